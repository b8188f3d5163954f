//! How documents are dated, as plain data. Nothing here knows the engine; everything serializes.

use std::path::PathBuf;

use serde::Serialize;

use crate::document::{DateRule, Dated, Document, Doubt, Doubts, Source, locator};
use crate::time::Date;

/// How the documents that match were dated.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DateReport {
    /// How the question was read, in words.
    pub read_as: String,
    /// What was read otherwise than typed; one sentence each.
    pub notes: Vec<String>,
    /// How many documents match, exactly.
    pub total: u64,
    /// How many more would match if they were not undated.
    pub undated_left_out: u64,
    /// Documents by the kind of clue that dated them, the strongest first, undated ones last.
    pub rules: Vec<RuleCount>,
    /// How many of the documents that match have a date that is doubted, or none.
    pub doubtful: u64,
    /// Documents by reason for doubt; a document may have several.
    pub doubts: Vec<DoubtCount>,
    /// The documents from `offset` on, the oldest first and the undated last.
    pub documents: Vec<DatedDocument>,
}

/// How many documents a kind of clue dated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleCount {
    /// The kind of clue; none for undated documents.
    pub rule: Option<DateRule>,
    /// Its documents.
    pub documents: u64,
    /// How many of them are dated to the day.
    pub day: u64,
    /// To the month.
    pub month: u64,
    /// To the year.
    pub year: u64,
}

/// How many documents have a date doubted for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DoubtCount {
    /// The reason.
    pub doubt: Doubt,
    /// Its documents.
    pub documents: u64,
}

/// A document with its date, the reason for it and what speaks against it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DatedDocument {
    /// Names the document.
    pub id: String,
    /// The id the record gives itself.
    pub record_id: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The publication date, or none.
    pub date: Option<Date>,
    /// `day`, `month`, `year` or `unknown`.
    pub date_precision: &'static str,
    /// Why the date is not to be trusted without a look.
    pub doubts: Doubts,
    /// The reason for the date, its rivals and what was refused.
    #[serde(flatten)]
    pub dated: Dated,
    /// What it is filed under.
    pub source: Option<Source>,
    /// The file it lies in.
    #[serde(rename = "file")]
    pub path: Option<PathBuf>,
    /// The way inside the file, where it is one of many packed together.
    pub member: Option<String>,
    /// The line of the file at which it begins, from 1.
    pub line: Option<u32>,
}

impl DatedDocument {
    /// Where it lies, for a person: see [`Hit::locator`](crate::Hit::locator).
    pub fn locator(&self) -> Option<String> {
        Some(locator(self.path.as_deref()?, self.member.as_deref()))
    }
}

impl From<Document> for DatedDocument {
    fn from(document: Document) -> DatedDocument {
        DatedDocument {
            date: document.dated.date(),
            date_precision: document.dated.precision().map_or("unknown", |precision| precision.name()),
            doubts: document.dated.doubts(),
            source: document.attribution.source(),
            id: document.id,
            record_id: document.record_id,
            title: document.title,
            dated: document.dated,
            path: document.place.path,
            member: document.place.member,
            line: document.place.line,
        }
    }
}
