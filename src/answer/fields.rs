//! The values of one of the documents' own fields: plain data.

use serde::{Deserialize, Serialize};

use crate::note::Note;

/// The documents that match, by the value of one of their own fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FieldReport {
    /// The question as it was read, in words.
    pub read_as: String,
    /// Notes on what was read otherwise than typed.
    pub notes: Vec<Note>,
    /// The field as it was named.
    pub field: String,
    /// The number of matching documents, exactly.
    pub total: u64,
    /// The number of those with the field.
    pub documents: u64,
    /// Documents by value, the most frequent first, then in the order of the values. A document with several values
    /// counts for each.
    pub values: Vec<ValueCount>,
}

/// A value of a field, and its documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ValueCount {
    /// The value as written.
    pub value: String,
    /// The number of documents with it.
    pub documents: u64,
}

impl ValueCount {
    pub(crate) fn new(value: String, documents: u64) -> ValueCount {
        ValueCount { value, documents }
    }
}
