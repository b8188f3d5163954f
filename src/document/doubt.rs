//! Reasons to check a date before relying on it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::dated::{DateClue, DateEvent, DateRule, Dated};
use crate::error::{Error, ErrorKind};
use crate::time::{Date, Precision};

/// The most days between two dates of one publication: clocks stand in other zones, and a story written in the evening
/// is published in the morning.
const MAX_DAYS_APART: i32 = 1;

/// One reason to doubt a document's date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Doubt {
    /// No clue gives a date.
    Undated,
    /// Another clue of comparable strength to the publication says a day more than one day away. A date of
    /// creation or of change is no such clue, and a month is not at odds with a day in it.
    Conflicting,
    /// A clue of comparable strength was refused because it lies after the day on which the document was read.
    Future,
    /// The date is only a month or a year, or was taken from the name of a file or a folder, from what a program noted
    /// in the file, from a date that stands by itself on a web page, or from the time the file was last changed.
    Weak,
    /// The clue itself leaves the date open: whoever wrote it was not sure (`c. 1723`, `1920?`, `[1920]`, `1731/32`),
    /// nothing tells which of two figures is the month, or a scanner took a figure for a letter.
    Uncertain,
}

impl Doubt {
    /// All reasons, in the order in which they are listed.
    pub const ALL: [Doubt; 5] = [Doubt::Undated, Doubt::Conflicting, Doubt::Future, Doubt::Weak, Doubt::Uncertain];

    /// `undated`, `conflicting`, `future`, `weak` or `uncertain`.
    pub fn name(self) -> &'static str {
        match self {
            Doubt::Undated => "undated",
            Doubt::Conflicting => "conflicting",
            Doubt::Future => "future",
            Doubt::Weak => "weak",
            Doubt::Uncertain => "uncertain",
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Doubt {
    type Err = Error;

    /// Reads the [name](Doubt::name).
    fn from_str(name: &str) -> Result<Doubt, Error> {
        Doubt::ALL.into_iter().find(|doubt| doubt.name() == name).ok_or_else(|| {
            let names: Vec<&str> = Doubt::ALL.iter().map(|doubt| doubt.name()).collect();
            Error::new(ErrorKind::Argument, format!("\"{name}\" is no reason for doubt"))
                .hint(format!("they are {}", names.join(", ")))
        })
    }
}

impl Serialize for Doubt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Doubt {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Doubt, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The reasons to doubt one date; none for a date that can be trusted.
///
/// ```
/// use dateline::{Date, Document, Doubt};
///
/// let undated = Document::new("a", "The ferry ran all night.");
/// assert!(undated.dated.doubts().contains(Doubt::Undated));
/// assert!(undated.date("1992-02-26".parse::<Date>()?).dated.doubts().is_empty());
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Doubts(u8);

impl Doubts {
    /// Returns whether there is no reason for doubt.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns whether this is one of the reasons.
    pub fn contains(self, doubt: Doubt) -> bool {
        self.0 & doubt.bit() != 0
    }

    /// The reasons, in the order of [`Doubt::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Doubt> {
        Doubt::ALL.into_iter().filter(move |doubt| self.contains(*doubt))
    }

    /// The reasons as bits, for columns.
    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    pub(crate) fn from_bits(bits: u8) -> Doubts {
        Doubts(bits)
    }
}

impl FromIterator<Doubt> for Doubts {
    fn from_iter<I: IntoIterator<Item = Doubt>>(doubts: I) -> Doubts {
        Doubts(doubts.into_iter().fold(0, |bits, doubt| bits | doubt.bit()))
    }
}

impl fmt::Display for Doubts {
    /// The names, with commas between them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.iter().map(Doubt::name).collect();
        f.pad(&names.join(", "))
    }
}

impl Serialize for Doubts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Doubts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Doubts, D::Error> {
        Ok(Vec::<Doubt>::deserialize(deserializer)?.into_iter().collect())
    }
}

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
            DateRule::Header
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

impl Dated {
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

    #[test]
    fn doubts_are_read_by_their_names_and_kept_as_bits() {
        for doubt in Doubt::ALL {
            assert_eq!(doubt.name().parse::<Doubt>().unwrap(), doubt);
        }
        assert!("strange".parse::<Doubt>().is_err());
        let both: Doubts = [Doubt::Weak, Doubt::Undated].into_iter().collect();
        assert_eq!(Doubts::from_bits(both.bits()), both);
        assert_eq!(serde_json::to_string(&both).unwrap(), r#"["undated","weak"]"#);
    }
}
