//! A document: its text, its date and source with the reasons for them, and where it lies.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;
use serde::{Deserialize, Serialize};

use super::encoding::Certainty;
use super::walk::path_text;
use crate::error::{Error, ErrorKind};
use crate::text::{Language, Passage, Splitter};
use crate::time::{Date, MonthDay, Precision};

/// Which clue a publication date was taken from, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DateRule {
    /// Set by whoever built the document.
    Given,
    /// A correction that the archive's keeper wrote down.
    Corrected,
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
    /// What the program that made the file noted in it, as PDF and Office documents have it.
    Properties,
    /// A date that stands by itself somewhere on a web page, with nothing to say what it is the date of.
    PageText,
    /// When the file was last changed; only on request.
    FileTime,
}

impl DateRule {
    /// Its name in JSON and on the command line: `header`, `front-matter`, `json-ld` …
    pub fn name(self) -> &'static str {
        match self {
            DateRule::Given => "given",
            DateRule::Corrected => "corrected",
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

/// What a clue says happened on its date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DateEvent {
    /// The document was published, as far as the clue says anything of it.
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
    /// What kind of clue it is.
    pub rule: DateRule,
    /// Where it stands, for a person: `line 1`, `meta article:published_time`, `folder 1992-02`.
    pub place: String,
    /// The very words.
    pub written: String,
    /// What it says happened then.
    #[serde(default, skip_serializing_if = "DateEvent::is_published")]
    pub event: DateEvent,
}

/// A clue to month and day of publication that leaves the year to be known from elsewhere, as datelines do:
/// `OSLO, March 3 -`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearlessClue {
    /// Month and day.
    pub date: MonthDay,
    /// Where it stands, for a person.
    pub place: String,
    /// The very words.
    pub written: String,
}

/// A publication date with its reason, and the clues that say otherwise.
///
/// Without a clue a document is undated: a state, not an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The clue that won, if there was any.
    #[serde(default, rename = "date_provenance")]
    pub chosen: Option<DateClue>,
    /// The other clues, strongest first, those that agree included.
    #[serde(default, rename = "date_candidates")]
    pub rivals: Vec<DateClue>,
    /// Clues to days after the day on which the document was read: it cannot have been published then.
    #[serde(default, rename = "date_refused", skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<DateClue>,
    /// A month and day whose year nothing tells.
    #[serde(default, rename = "date_partial_provenance", skip_serializing_if = "Option::is_none")]
    pub yearless: Option<YearlessClue>,
}

impl Dated {
    /// The date, unless the document is undated.
    pub fn date(&self) -> Option<Date> {
        self.chosen.as_ref().map(|clue| clue.date)
    }

    /// How much of the date is known; `None` for an undated document.
    pub fn precision(&self) -> Option<Precision> {
        self.date().map(Date::precision)
    }
}

impl From<Date> for Dated {
    fn from(date: Date) -> Self {
        let (place, written, event) = (String::new(), date.to_string(), DateEvent::Published);
        let clue = DateClue { date, rule: DateRule::Given, place, written, event };
        Dated { chosen: Some(clue), ..Dated::default() }
    }
}

/// Which clue a source was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SourceRule {
    /// Set by whoever built the document.
    Given,
    /// A correction that the archive's keeper wrote down.
    Corrected,
    /// A line at the head: `Source: …`, `From: …`, `By …`.
    Header,
    /// Front matter of a Markdown file.
    FrontMatter,
    /// A field of a record.
    Field,
    /// A header of an e-mail.
    Mail,
    /// Structured data in a web page (JSON-LD).
    JsonLd,
    /// A meta tag of a web page, such as its site name.
    Meta,
    /// An agency's mark in a dateline: `(Reuters) -`, `/AZERTAC/`.
    AgencyTag,
    /// `Trend reports.`, `According to Report, …`
    Attribution,
    /// A `By …` line.
    Byline,
    /// The signature at the foot of a release.
    Signature,
    /// What the program that made the file noted in it, as PDF and Office documents have it.
    Properties,
    /// The host of the address it was published at.
    UrlHost,
    /// The folder the file lies in.
    Folder,
}

/// A name and the clue it was taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceClue {
    /// The name as written, white space tidied.
    pub name: String,
    /// What kind of clue it is.
    pub rule: SourceRule,
    /// Where it stands, for a person.
    pub place: String,
}

/// Who published a document, whom it cites as its source, who wrote it: never mixed up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// Who published it.
    #[serde(default)]
    pub publisher: Option<SourceClue>,
    /// The agency it cites.
    #[serde(default)]
    pub agency: Option<SourceClue>,
    /// Who wrote it.
    #[serde(default)]
    pub byline: Option<SourceClue>,
}

impl Attribution {
    /// What the document is filed under: its publisher, else the agency it cites. A publisher that only a folder's
    /// name suggests gives way to an agency.
    pub fn source(&self) -> Option<Source> {
        self.chosen().map(|clue| Source::new(&clue.name))
    }

    /// The clue behind [`source`](Self::source).
    pub fn chosen(&self) -> Option<&SourceClue> {
        match (&self.publisher, &self.agency) {
            // The name of a folder says least: it may be nothing but a drawer.
            (Some(publisher), Some(agency)) if publisher.rule == SourceRule::Folder => Some(agency),
            (publisher, agency) => publisher.as_ref().or(agency.as_ref()),
        }
    }
}

/// A source: a name, or a path of names from the widest to the narrowest, such as `Senate/Akaka`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Source(String);

impl Source {
    /// Reads a name or a path of names set apart by `/`; white space is tidied, empty parts are dropped.
    pub fn new(path: &str) -> Source {
        let parts: Vec<String> = path
            .split('/')
            .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|part| !part.is_empty())
            .collect();
        Source(parts.join("/"))
    }

    /// The names from the widest to the narrowest.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }

    /// The path as one string, its parts set apart by `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Where a document lies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file; none for a document built by hand.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "as_text")]
    pub path: Option<PathBuf>,
    /// The way inside the file, where it is one of many packed together: `a/b.html` in a zip archive, `#12` for the
    /// twelfth message of a mailbox, `in.zip!/b.html` where archives lie in each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The line of the file, from 1, at which the document's text begins, or its record for a file of records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The byte of the file at which the text begins, where the text is the file's own bytes from there on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
    /// Whether the text's line breaks are the file's own, so that lines can be counted on from `line`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lines: bool,
    /// Whether form feeds in the text part its pages, so that they can be counted, from 1.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pages: bool,
}

impl Place {
    /// Where it lies, for a person: the file and the way inside it, as in `archive.zip!/a/b.html` or `mail.mbox#12`.
    /// None for a document built by hand.
    pub fn locator(&self) -> Option<String> {
        Some(locator(self.path.as_deref()?, self.member.as_deref()))
    }
}

/// A file and the way inside it.
pub(crate) fn locator(path: &Path, member: Option<&str>) -> String {
    let path = path_text(path);
    match member {
        None => path,
        Some(member) if member.starts_with('#') => format!("{path}{member}"),
        Some(member) => format!("{path}!/{member}"),
    }
}

/// The way to something inside something inside the file: `a.zip` and `b.txt` make `a.zip!/b.txt`, `a.mbox` and `#12`
/// make `a.mbox#12`.
pub(super) fn join(way: &str, step: &str) -> String {
    match (way.is_empty(), step.is_empty()) {
        (true, _) => step.to_owned(),
        (_, true) => way.to_owned(),
        _ if step.starts_with('#') => format!("{way}{step}"),
        _ => format!("{way}!/{step}"),
    }
}

/// Writes a path as text, bytes that are none as [`path_text`] has them.
fn as_text<S: serde::Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
    path.as_deref().map(path_text).serialize(serializer)
}

/// One document of an archive, read from a file or built by hand.
///
/// ```
/// use dateline::{Date, Document};
///
/// let tract = Document::new("tract-17", "Soyez réalistes, demandez l'impossible.")
///     .title("Tract 17")
///     .source("Sorbonne")
///     .date("1968-05".parse::<Date>()?);
/// assert_eq!(tract.dated.date().map(|d| d.to_string()).as_deref(), Some("1968-05"));
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Document {
    /// Names the document in an index; adding another of the same id replaces it.
    ///
    /// For a document from a file, 16 hexadecimal digits made of the file's path below the folder it was found in
    /// and of the record's place in the file: the same for the same archive wherever it is kept.
    pub id: String,
    /// The id the record gives itself, as in JSON Lines.
    pub record_id: Option<String>,
    /// The text that is searched, split into passages and shown.
    pub text: String,
    /// The title.
    pub title: Option<String>,
    /// When it was published, and how that is known.
    pub dated: Dated,
    /// Who published it, whom it cites, who wrote it.
    pub attribution: Attribution,
    /// The language of the text.
    pub language: Option<Language>,
    /// The address it was published at.
    pub url: Option<String>,
    /// Where it lies.
    pub place: Place,
    /// The character encoding its bytes were read in; none for a document built by hand.
    pub encoding: Option<String>,
    /// How that is known; none where the format settles it.
    pub certainty: Option<Certainty>,
    /// How many characters of the text stand for bytes that mean nothing in that encoding (U+FFFD).
    pub unreadable: u64,
    /// Whatever else it says of itself.
    pub metadata: BTreeMap<String, String>,
}

impl Document {
    /// A document built by hand, undated and of no source until told otherwise. Its language is recognised when it is
    /// added to an index, unless it is set.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Document {
        Document { id: id.into(), text: text.into(), ..Document::default() }
    }

    /// Sets the title.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Document {
        self.title = Some(title.into());
        self
    }

    /// Sets the publication date.
    #[must_use]
    pub fn date(mut self, date: Date) -> Document {
        self.dated = Dated::from(date);
        self
    }

    /// Sets the publisher; parts set apart by `/` make a path of sources.
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Document {
        self.attribution.publisher =
            Some(SourceClue { name: source.into(), rule: SourceRule::Given, place: String::new() });
        self
    }

    /// Sets the language.
    #[must_use]
    pub fn language(mut self, language: Language) -> Document {
        self.language = Some(language);
        self
    }

    /// Sets the address it was published at.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Document {
        self.url = Some(url.into());
        self
    }

    /// The passages of its text, as an index numbers them.
    pub fn passages(&self) -> Vec<Passage> {
        Splitter::default().split(&self.text)
    }

    /// Adds a fact about it.
    #[must_use]
    pub fn meta(mut self, name: impl Into<String>, value: impl Into<String>) -> Document {
        self.metadata.insert(name.into(), value.into());
        self
    }
}
