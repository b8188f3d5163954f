//! A report on how documents are dated, as plain data.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::toml::quoted;
use crate::document::{DateRule, Dated, Document, Doubt, Doubts, Source, locator};
use crate::note::Note;
use crate::text::harmless;
use crate::time::{Date, Precision, precision};

/// How the matching documents are dated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DateReport {
    /// The question as it was read, in words.
    pub read_as: String,
    /// Notes on what was read otherwise than typed.
    pub notes: Vec<Note>,
    /// The number of matching documents, exactly.
    pub total: u64,
    /// The number of undated documents that match but for the range of days.
    pub undated_left_out: u64,
    /// Documents by the kind of clue that dated them, the strongest first, undated ones last.
    pub rules: Vec<RuleCount>,
    /// The number of matching documents with a doubtful date or none.
    pub doubtful: u64,
    /// Documents by reason for doubt. A document may have several reasons.
    pub doubts: Vec<DoubtCount>,
    /// The documents from `offset` on: the oldest first, the undated last.
    pub documents: Vec<DatedDocument>,
}

impl DateReport {
    /// The beginning of a `dateline.toml`: an entry for each document listed, with the dates that its clues give left
    /// out until somebody decides. `place` says in a comment where a document lies, as with
    /// [`DatedDocument::locator`].
    pub fn to_corrections(&self, place: impl Fn(&DatedDocument) -> String) -> String {
        let mut out = String::from(
            "# Corrections for dateline: put this file at the archive's root as dateline.toml.\n\
             # Take the # off the right date of an entry, or write it: a day, a month or a year.\n",
        );
        for document in &self.documents {
            let title = document.title.as_deref().map_or("(no title)".to_owned(), harmless);
            out.push_str(&format!(
                "\n# {}: {title}\n# doubtful: {}\n[[correct]]\nid = {}\n",
                harmless(&place(document)),
                document.doubts,
                quoted(&document.id)
            ));
            let clues = document.dated.chosen.iter().chain(&document.dated.rivals).chain(&document.dated.refused);
            let mut told = Vec::new();
            for clue in clues {
                if !told.contains(&clue.date) {
                    told.push(clue.date);
                    out.push_str(&format!("# date = \"{}\"  # {}\n", clue.date, clue));
                }
            }
            if told.is_empty() {
                out.push_str("# date = \"\"\n");
            }
        }
        out
    }
}

/// The documents that one kind of clue dated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCount {
    /// The kind of clue. None for undated documents.
    pub rule: Option<DateRule>,
    /// Its documents.
    pub documents: u64,
    /// The number of those dated to the day.
    pub day: u64,
    /// The number of those dated to the month.
    pub month: u64,
    /// The number of those dated to the year.
    pub year: u64,
}

/// The documents whose date is doubtful for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoubtCount {
    /// The reason.
    pub doubt: Doubt,
    /// Its documents.
    pub documents: u64,
}

/// A document with its date, the reason for it and the clues against it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DatedDocument {
    /// The id of the document.
    pub id: String,
    /// The id the record gives itself.
    pub record_id: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The publication date, or none.
    pub date: Option<Date>,
    /// The precision of the date; none where there is no date. `unknown` in JSON.
    #[serde(with = "precision")]
    pub date_precision: Option<Precision>,
    /// The reasons to check the date.
    pub doubts: Doubts,
    /// The clue that dated it, its rivals, and the clues that were refused.
    #[serde(flatten)]
    pub dated: Dated,
    /// The source it is filed under.
    pub source: Option<Source>,
    /// The file it lies in.
    #[serde(rename = "file")]
    pub path: Option<PathBuf>,
    /// The way inside the file, if the file holds many documents.
    pub member: Option<String>,
    /// The line of the file at which it begins, from 1.
    pub line: Option<u32>,
}

impl DatedDocument {
    /// The file and the way inside it, in words for a person: see [`Hit::locator`](crate::Hit::locator).
    pub fn locator(&self) -> Option<String> {
        Some(locator(self.path.as_deref()?, self.member.as_deref()))
    }
}

impl From<Document> for DatedDocument {
    fn from(document: Document) -> DatedDocument {
        DatedDocument {
            date: document.dated.date(),
            date_precision: document.dated.precision(),
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
