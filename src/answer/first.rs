//! Where something stands first, as plain data. Nothing here knows the engine; everything serializes.

use serde::Serialize;

use super::copies::Relation;
use super::dates::DatedDocument;
use super::search::Hit;

/// Which documents come first, and which may come before them.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct FirstReport {
    /// How the question was read, in words.
    pub read_as: String,
    /// What was read otherwise than typed; one sentence each.
    pub notes: Vec<String>,
    /// How many documents match, exactly.
    pub total: u64,
    /// How many of them say something that no other of them says.
    pub distinct: u64,
    /// The earliest documents whose day is known, the earliest first; copies are folded under them.
    pub documents: Vec<FirstDocument>,
    /// How many documents known to a month or a year alone may be as early as the first of these, or earlier. A copy
    /// counts here, and below, though it is folded.
    pub coarse: u64,
    /// How many have a clue to a day before it, beside the one that dates them.
    pub conflicting: u64,
    /// How many of those that match have no date.
    pub undated: u64,
    /// The first of all these, one kind after the other.
    pub uncertain: Vec<DatedDocument>,
}

/// One of the earliest documents.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct FirstDocument {
    /// The document.
    #[serde(flatten)]
    pub hit: Hit,
    /// Where it has its text from, if an earlier document has most of it; none if it is independent.
    pub copy_of: Option<CopyOf>,
}

/// From which document another has its text, as far as dates tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CopyOf {
    /// The earlier document, whether it matches or not.
    pub id: String,
    /// How the later one is related to it.
    pub relation: Relation,
    /// How much of the later one is in it, in hundredths.
    pub share: u8,
}
