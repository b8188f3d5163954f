//! The earliest documents that say something, as plain data.

use serde::{Deserialize, Serialize};

use super::copies::Relation;
use super::dates::DatedDocument;
use super::search::Hit;
use crate::note::Note;

/// The earliest documents that match, and those that may be earlier.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FirstReport {
    /// The question as it was read, in words.
    pub read_as: String,
    /// Notes on what was read otherwise than typed.
    pub notes: Vec<Note>,
    /// The number of matching documents, exactly.
    pub total: u64,
    /// The number of matching documents without those that only repeat others.
    pub distinct: u64,
    /// The earliest documents whose day is known, the earliest first; copies are collapsed under them.
    pub documents: Vec<FirstDocument>,
    /// The number of documents dated only to a month or a year that may be as early as the first of these. Copies
    /// count here and in the next two numbers, although they are collapsed.
    pub coarse: u64,
    /// The number of documents that have a clue to an earlier day than the first, besides the clue that dates them.
    pub conflicting: u64,
    /// The number of undated matching documents.
    pub undated: u64,
    /// The first of all these documents, one kind after the other.
    pub uncertain: Vec<DatedDocument>,
}

/// One of the earliest documents.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FirstDocument {
    /// The document.
    #[serde(flatten)]
    pub hit: Hit,
    /// The earlier document that most of its text is from. None if it is independent.
    pub copy_of: Option<CopyOf>,
}

/// The document that another took its text from, as far as dates show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CopyOf {
    /// The earlier document, whether it matches or not.
    pub id: String,
    /// The relation of the later document to it.
    pub relation: Relation,
    /// The share of the later document that is in it, in percent.
    pub share: u8,
}
