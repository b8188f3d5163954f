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
    /// How the question was read, in words.
    pub read_as: String,
    /// Notes on what was read otherwise than typed.
    pub notes: Vec<Note>,
    /// How many documents match, exactly.
    pub total: u64,
    /// How many of the matching documents remain when those that only repeat others are left out.
    pub distinct: u64,
    /// The earliest documents whose day is known, the earliest first; copies are collapsed under them.
    pub documents: Vec<FirstDocument>,
    /// How many documents dated only to a month or a year may be as early as the first of these, or earlier. Copies
    /// count here and in the next two numbers, although they are collapsed.
    pub coarse: u64,
    /// How many documents have a clue to an earlier day than the first, besides the clue that dates them.
    pub conflicting: u64,
    /// How many matching documents have no date.
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
