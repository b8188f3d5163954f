//! The date of a document, and the clues to it.

use std::fmt;
use std::str::FromStr;

use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;
use serde::{Deserialize, Serialize};

use super::doubt::{Doubt, Doubts};
use crate::error::{Error, ErrorKind};
use crate::text::harmless;
use crate::time::{Date, MonthDay, Precision};

/// The kinds of clues to a publication date, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DateRule {
    /// Whoever built the document set it.
    Given,
    /// The archive's keeper wrote it down as a correction.
    Corrected,
    /// A list of references beside the file, which names it: RIS, BibTeX or CSL-JSON.
    Sidecar,
    /// A line at the head that says so: `Date: …`, `Published: …`, ` date 2025-02-26 …`.
    Header,
    /// Front matter of a Markdown file.
    FrontMatter,
    /// A field of a record, as in JSON Lines.
    Field,
    /// A header of an e-mail.
    Mail,
    /// Structured data in a web page (JSON-LD).
    JsonLd,
    /// A meta tag of a web page.
    Meta,
    /// A date that a web page shows beside its headline.
    PageHead,
    /// The address the document was published at.
    Url,
    /// A `<time>` element or one whose class speaks of a date, away from the headline.
    TimeElement,
    /// A line of a web page that says that it is the date: `Posted on …`.
    PageLine,
    /// The place and day that open a news story: `BAKU, Azerbaijan, February 26.`
    Dateline,
    /// A date that stands alone near the head of the text.
    HeadLine,
    /// A date that stands alone near the foot of the text.
    FootLine,
    /// The name of the file.
    FileName,
    /// The name of a folder above the file.
    FolderName,
    /// A note by the program that made the file, as PDF and Office documents have it.
    Properties,
    /// A date that stands by itself somewhere on a web page, with no word on what it dates.
    PageText,
    /// The time the file was last changed; only on request.
    FileTime,
}

impl DateRule {
    /// Its name in JSON and on the command line: `header`, `front-matter`, `json-ld` …
    pub fn name(self) -> &'static str {
        match self {
            DateRule::Given => "given",
            DateRule::Corrected => "corrected",
            DateRule::Sidecar => "sidecar",
            DateRule::Header => "header",
            DateRule::FrontMatter => "front-matter",
            DateRule::Field => "field",
            DateRule::Mail => "mail",
            DateRule::JsonLd => "json-ld",
            DateRule::Meta => "meta",
            DateRule::PageHead => "page-head",
            DateRule::Url => "url",
            DateRule::TimeElement => "time-element",
            DateRule::PageLine => "page-line",
            DateRule::Dateline => "dateline",
            DateRule::HeadLine => "head-line",
            DateRule::FootLine => "foot-line",
            DateRule::FileName => "file-name",
            DateRule::FolderName => "folder-name",
            DateRule::Properties => "properties",
            DateRule::PageText => "page-text",
            DateRule::FileTime => "file-time",
        }
    }
}

impl FromStr for DateRule {
    type Err = Error;

    /// Reads the [name](DateRule::name).
    fn from_str(name: &str) -> Result<DateRule, Error> {
        let written: StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
        DateRule::deserialize(written).map_err(|_| {
            Error::new(ErrorKind::Argument, format!("\"{name}\" is no kind of clue to a date"))
                .hint("such kinds are header, json-ld, meta, url, dateline, file-name; dateline dates counts them")
        })
    }
}

/// The event that a clue dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DateEvent {
    /// The document was published. Clues that name no event count as this.
    #[default]
    Published,
    /// The page or the file was made.
    Created,
    /// It was last changed.
    Modified,
}

impl DateEvent {
    fn is_published(&self) -> bool {
        *self == DateEvent::Published
    }
}

/// One clue to the publication date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateClue {
    /// The date it gives.
    pub date: Date,
    /// The kind of the clue.
    pub rule: DateRule,
    /// Its place, in words for a person: `line 1`, `meta article:published_time`, `folder 1992-02`.
    pub place: String,
    /// The words it was read from.
    pub written: String,
    /// The event it dates.
    #[serde(default, skip_serializing_if = "DateEvent::is_published")]
    pub event: DateEvent,
    /// Set if it leaves the date open: whoever wrote it was not sure (`c. 1723`, `1920?`, `[1920]`, `1731/32`), nothing
    /// tells which of two figures is the month, or a scanner took a figure for a letter.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub uncertain: bool,
}

/// A clue to the month and day of publication without a year, as datelines have it: `OSLO, March 3 -`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearlessClue {
    /// Month and day.
    pub date: MonthDay,
    /// Its place, in words for a person.
    pub place: String,
    /// The words it was read from.
    pub written: String,
}

/// A publication date with its reason, and all other clues.
///
/// A document without a clue is undated: a state, and not an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The clue that won, if there was one.
    #[serde(default, rename = "date_provenance")]
    pub chosen: Option<DateClue>,
    /// The other clues, the strongest first. Clues that agree with the chosen one are included.
    #[serde(default, rename = "date_candidates")]
    pub rivals: Vec<DateClue>,
    /// Clues to days after the day on which the document was read. It cannot have been published then.
    #[serde(default, rename = "date_refused", skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<DateClue>,
    /// A month and day without a known year.
    #[serde(default, rename = "date_partial_provenance", skip_serializing_if = "Option::is_none")]
    pub yearless: Option<YearlessClue>,
}

impl Dated {
    /// The date, unless the document is undated.
    pub fn date(&self) -> Option<Date> {
        self.chosen.as_ref().map(|clue| clue.date)
    }

    /// The precision of the date; `None` for an undated document.
    pub fn precision(&self) -> Option<Precision> {
        self.date().map(Date::precision)
    }

    /// The reasons to check the date. A date that is given or corrected has none.
    pub fn doubts(&self) -> Doubts {
        let published = |clue: &&DateClue| clue.event == DateEvent::Published;
        let Some(chosen) = &self.chosen else {
            let future = self.refused.iter().any(|clue| published(&clue));
            return [Doubt::Undated].into_iter().chain(future.then_some(Doubt::Future)).collect();
        };
        let strength = Strength::of(chosen.rule);
        if strength == Strength::Settled {
            return Doubts::default();
        }
        let rival = |clue: &DateClue| Strength::of(clue.rule) == strength && !may_be_same(clue.date, chosen.date);
        let conflicting = self.rivals.iter().filter(published).any(rival);
        let future = self.refused.iter().filter(published).any(|clue| Strength::of(clue.rule) <= strength);
        let weak = strength == Strength::Weak || chosen.date.precision() != Precision::Day;
        let uncertain = (chosen.uncertain, Doubt::Uncertain);
        [(conflicting, Doubt::Conflicting), (future, Doubt::Future), (weak, Doubt::Weak), uncertain]
            .into_iter()
            .filter_map(|(holds, doubt)| holds.then_some(doubt))
            .collect()
    }
}

impl From<Date> for Dated {
    fn from(date: Date) -> Self {
        let (place, written, event) = (String::new(), date.to_string(), DateEvent::Published);
        let clue = DateClue { date, rule: DateRule::Given, place, written, event, uncertain: false };
        Dated { chosen: Some(clue), ..Dated::default() }
    }
}

impl fmt::Display for DateClue {
    /// Its place, its words and its kind: `meta date: 2020-05-03  (meta)`. Control characters are left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (place, written) = (harmless(&self.place), harmless(&self.written));
        let between = if place.is_empty() || written.is_empty() { "" } else { ": " };
        write!(f, "{place}{between}{written}  ({})", self.rule.name())
    }
}

/// The most days between two dates of one publication: clocks stand in other zones, and a story written in the evening
/// is published in the morning.
const MAX_DAYS_APART: i32 = 1;

/// How far a kind of clue can be trusted. Clues of the same strength are comparable.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// Nothing in the file can contradict it.
    Settled,
    /// The document declares it as its date of publication.
    Declared,
    /// The document shows it to its readers.
    Shown,
    /// It is about the file more than about the document.
    Weak,
}

impl Strength {
    fn of(rule: DateRule) -> Strength {
        match rule {
            DateRule::Given | DateRule::Corrected => Strength::Settled,
            DateRule::Sidecar
            | DateRule::Header
            | DateRule::FrontMatter
            | DateRule::Field
            | DateRule::Mail
            | DateRule::JsonLd
            | DateRule::Meta => Strength::Declared,
            DateRule::PageHead
            | DateRule::Url
            | DateRule::TimeElement
            | DateRule::PageLine
            | DateRule::Dateline
            | DateRule::HeadLine
            | DateRule::FootLine => Strength::Shown,
            DateRule::FileName
            | DateRule::FolderName
            | DateRule::Properties
            | DateRule::PageText
            | DateRule::FileTime => Strength::Weak,
        }
    }
}

/// Returns whether two dates can mean the same moment.
fn may_be_same(a: Date, b: Date) -> bool {
    let apart = (a.first_day() - b.last_day()).max(b.first_day() - a.last_day());
    apart <= MAX_DAYS_APART
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn clue(rule: DateRule, date: &str) -> DateClue {
        let event = if date.ends_with('m') { DateEvent::Modified } else { DateEvent::Published };
        let uncertain = date.ends_with('?');
        let date = date.trim_end_matches(['m', '?']).parse().unwrap();
        DateClue { date, rule, place: String::new(), written: String::new(), event, uncertain }
    }

    #[test]
    fn dates_are_doubted_for_what_speaks_against_them() {
        use DateRule::*;
        type Clues<'a> = &'a [(DateRule, &'a str)];
        let cases: [(Clues, Clues, &str); 18] = [
            (&[(Meta, "2020-05-03?")], &[], "uncertain"),
            (&[(Field, "1723?")], &[], "weak, uncertain"),
            (&[], &[], "undated"),
            (&[], &[(HeadLine, "2031-01-01")], "undated, future"),
            (&[(Meta, "2020-05-03")], &[], ""),
            (&[(Meta, "2020-05-03"), (JsonLd, "2020-05-09")], &[], "conflicting"),
            (&[(Meta, "2020-05-03"), (JsonLd, "2020-05-04")], &[], ""),
            (&[(Meta, "2020-05-03"), (Header, "2020-05")], &[], ""),
            (&[(Meta, "2020-05-03"), (Meta, "2021-01-01m")], &[], ""),
            (&[(Meta, "2020-05-03"), (FootLine, "2019-01-01"), (FileName, "2018")], &[], ""),
            (&[(Url, "2020-05"), (HeadLine, "2020-05-31")], &[], "weak"),
            (&[(Url, "2020-05"), (HeadLine, "2020-06-30")], &[], "conflicting, weak"),
            (&[(FileName, "2020-05-03")], &[], "weak"),
            (&[(FileName, "2020-05-03"), (FolderName, "2019")], &[], "conflicting, weak"),
            (&[(Properties, "2020-05-03"), (FileTime, "2020-05-03")], &[], "weak"),
            (&[(HeadLine, "2020-05-03")], &[(Meta, "2031-01-01")], "future"),
            (&[(Meta, "2020-05-03")], &[(HeadLine, "2031-01-01"), (Meta, "2031-01-01m")], ""),
            (&[(Corrected, "2020"), (Meta, "2019-01-01")], &[(Meta, "2031-01-01")], ""),
        ];
        for (clues, refused, expected) in cases {
            let mut clues = clues.iter().map(|(rule, date)| clue(*rule, date));
            let refused = refused.iter().map(|(rule, date)| clue(*rule, date)).collect();
            let dated = Dated { chosen: clues.next(), rivals: clues.collect(), refused, ..Dated::default() };
            assert_eq!(dated.doubts().to_string(), expected, "{dated:?}");
        }
    }
}
