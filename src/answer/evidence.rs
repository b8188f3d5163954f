//! What makes a citation checkable again, as plain data.

use serde::{Deserialize, Serialize};

use crate::time::Date;

/// The version of [`Evidence`] as it is written.
pub(crate) const EVIDENCE_VERSION: u32 = 1;

/// A passage of a document with all that another program needs to find it again, years later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Evidence {
    /// The version of this shape; other programs know evidence by this key.
    #[serde(rename = "dateline-evidence")]
    pub version: u32,
    /// The id of the document in its index.
    pub id: String,
    /// The id the record gives itself.
    pub record_id: Option<String>,
    /// The file it lay in.
    pub file: Option<String>,
    /// The way inside the file, if the file holds many documents.
    pub member: Option<String>,
    /// The SHA-256 of the whole file, in hexadecimal digits; none where the file could not be read.
    pub sha256: Option<String>,
    /// The size of the file in bytes.
    pub file_bytes: Option<u64>,
    /// The state of the index.
    pub revision: Option<String>,
    /// The characters of the passage in the document's text, in code points, end excluded.
    pub chars: (usize, usize),
    /// The words of the passage as they stand.
    pub exact: String,
    /// At most 32 characters before them.
    pub prefix: String,
    /// At most 32 characters after them.
    pub suffix: String,
    /// The title.
    pub title: Option<String>,
    /// The source.
    pub source: Option<String>,
    /// The publication date, as precise as it is known.
    pub date: Option<Date>,
    /// The address it was published at.
    pub url: Option<String>,
    /// The address with a text fragment, where the words are unique in the text.
    pub fragment: Option<String>,
    /// The moment at which a web archive or a saved page says it was captured. It is no date of publication.
    pub captured: Option<String>,
}

/// What became of cited words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum EvidenceStatus {
    /// The same file, byte for byte, with the same words at the same place.
    Same,
    /// The words stand at another place, in another document, or in a file that lies elsewhere now.
    Moved,
    /// The file is another one, or the words at the place are; the words stand at the same place, or nowhere exactly.
    Changed,
    /// Neither the document nor the words are there.
    Gone,
}

impl EvidenceStatus {
    /// Its name in JSON: `same`, `moved`, `changed` or `gone`.
    pub fn name(self) -> &'static str {
        match self {
            EvidenceStatus::Same => "same",
            EvidenceStatus::Moved => "moved",
            EvidenceStatus::Changed => "changed",
            EvidenceStatus::Gone => "gone",
        }
    }
}

/// One piece of evidence, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CheckedEvidence {
    /// Its number, from 1.
    pub number: u64,
    /// What was cited.
    pub cited: Evidence,
    /// What became of it.
    pub status: EvidenceStatus,
    /// Whether the file has the same SHA-256; none where there is no file to compare.
    pub same_file: Option<bool>,
    /// The document in which the words stand now.
    pub id: Option<String>,
    /// Where they stand now, in characters of its text.
    pub chars: Option<(usize, usize)>,
    /// The words that stand at the cited place now, where they are others.
    pub now: Option<String>,
    /// What happened, in one sentence.
    pub message: String,
}

/// Evidence, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EvidenceReport {
    /// The state of the index that was asked.
    pub revision: String,
    /// How many pieces of evidence were checked.
    pub checked: u64,
    /// How many of them are as they were.
    pub same: u64,
    /// The evidence in its order.
    pub evidence: Vec<CheckedEvidence>,
}

/// A file of a manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ManifestFile {
    /// The file.
    pub file: String,
    /// Its SHA-256 as it is now, in hexadecimal digits; none if it cannot be read any more.
    pub sha256: Option<String>,
    /// Its size now, in bytes.
    pub bytes: Option<u64>,
    /// How many documents the index has of it.
    pub documents: u64,
    /// Set if its content is not the one that was indexed.
    pub changed: bool,
}

/// The files that an index was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FileManifest {
    /// The state of the index.
    pub revision: String,
    /// The files, sorted by path.
    pub files: Vec<ManifestFile>,
}
