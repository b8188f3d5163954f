//! A document as engines store it, beside its text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::{Attribution, Certainty, Dated, Document, Place};
use crate::text::Language;

/// A document without its text, as it is stored.
#[derive(Serialize, Deserialize)]
pub(crate) struct Record {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    record_id: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    former_ids: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    dated: Dated,
    attribution: Attribution,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) language: Option<Language>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    place: Place,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    certainty: Option<Certainty>,
    #[serde(default, skip_serializing_if = "is_none")]
    unreadable: u64,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    metadata: BTreeMap<String, String>,
}

fn is_none(number: &u64) -> bool {
    *number == 0
}

impl Record {
    /// Takes a document apart: all of it but its text, and the text.
    pub(crate) fn of(document: Document) -> (Record, String) {
        let record = Record {
            id: document.id,
            record_id: document.record_id,
            former_ids: document.former_ids,
            title: document.title,
            dated: document.dated,
            attribution: document.attribution,
            language: document.language,
            url: document.url,
            place: document.place,
            encoding: document.encoding,
            certainty: document.certainty,
            unreadable: document.unreadable,
            metadata: document.metadata,
        };
        (record, document.text)
    }

    /// The document again.
    pub(crate) fn with_text(self, text: impl Into<String>) -> Document {
        let mut document = Document::new(self.id, text);
        document.record_id = self.record_id;
        document.former_ids = self.former_ids;
        document.title = self.title;
        document.dated = self.dated;
        document.attribution = self.attribution;
        document.language = self.language;
        document.url = self.url;
        document.place = self.place;
        document.encoding = self.encoding;
        document.certainty = self.certainty;
        document.unreadable = self.unreadable;
        document.metadata = self.metadata;
        document
    }
}
