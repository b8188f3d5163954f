//! The state of an index: what it holds, what a check found, what came of mending it, what it takes on the disk. Plain data.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::note::Note;
use crate::time::Date;

/// The most faults that are listed. All are counted.
const TOLD: usize = 1_000;

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Fault {
    /// A file of the index, a file of the archive, or a document by its id.
    pub place: String,
    /// The fault.
    pub what: String,
}

impl Fault {
    pub(crate) fn new(place: impl Into<String>, what: impl Into<String>) -> Fault {
        Fault { place: place.into(), what: what.into() }
    }
}

/// The result of [`Index::verify`](crate::Index::verify).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Verification {
    /// Set if everything was read and nothing has changed since it was written.
    pub whole: bool,
    /// Documents, as the index's segments count them.
    pub documents: u64,
    /// Documents whose stored record and text were re-analysed and agree with the index.
    pub agreeing: u64,
    /// Files of the index that were read from end to end.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The number of damaged things.
    pub damaged: u64,
    /// The damage, up to a thousand faults.
    pub damage: Vec<Fault>,
    /// Files of the archives that changed since they were read, or are gone. That is no damage: an update reads them.
    pub outdated: Vec<Fault>,
    /// The time it took, in seconds.
    pub seconds: f64,
}

impl Verification {
    pub(crate) fn fault(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.damaged += 1;
        if self.damage.len() < TOLD {
            self.damage.push(Fault::new(place, what));
        }
    }

    /// Adds the results of another check.
    pub(crate) fn absorb(&mut self, part: Verification) {
        self.agreeing += part.agreeing;
        self.damaged += part.damaged;
        let room = TOLD.saturating_sub(self.damage.len());
        self.damage.extend(part.damage.into_iter().take(room));
    }
}

/// The result of [`Index::repair`](crate::Index::repair).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Repair {
    /// Documents in the index now.
    pub documents: u64,
    /// The number of documents taken over from the damaged index, with their stored texts.
    pub kept: u64,
    /// The number of documents read again from the files they came from.
    pub read_again: u64,
    /// The number of documents that could not be recovered, as far as that can be told.
    pub lost: u64,
    /// The lost documents, as far as the index can still tell: a document's id, or a file and how many of its
    /// documents.
    pub losses: Vec<Fault>,
    /// Notes on other things worth knowing.
    pub notes: Vec<Note>,
    /// The time it took, in seconds.
    pub seconds: f64,
}

/// A language and the number of its documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageCount {
    /// The language's code.
    pub language: String,
    /// Its documents.
    pub documents: u64,
}

/// The contents of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Info {
    /// Documents.
    pub documents: u64,
    /// Documents without a date.
    pub undated: u64,
    /// Sources.
    pub sources: u64,
    /// Bytes on disk, without lock files. 0 for an index in memory.
    pub bytes: u64,
    /// Files and records passed over in the last update of each folder.
    pub skipped: u64,
    /// Files the documents came from.
    pub files: u64,
    /// The first day of the earliest dated document.
    pub first: Option<Date>,
    /// The last day of the latest dated document.
    pub last: Option<Date>,
    /// Documents by language, most frequent first.
    pub languages: Vec<LanguageCount>,
    /// The number of the index's format.
    pub format: u32,
    /// Segments the engine keeps the index in.
    pub segments: u64,
    /// The folder of the index. None for an index in memory.
    pub path: Option<PathBuf>,
    /// What takes how much on the disk, for whoever puts [`Index::space`](crate::Index::space) here; else none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub space: Option<Space>,
}

/// The disk space of an index, by purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Space {
    /// The bytes, as they lie on the disk, of the files that documents of the index came from.
    pub files: u64,
    /// The parts of the index, the largest first. Together they are all its files except locks.
    pub parts: Vec<SpacePart>,
}

/// A part of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SpacePart {
    /// What is kept: `texts` (and all else that is shown of documents), `terms`, `postings` (which documents have a
    /// term, and how often), `positions`, `columns`, `lengths`, `deleted`, `catalog` (of the files), `copies` (which
    /// documents have text in common), `other` (the sums that files are checked by, the lists of segments, what a writer
    /// that was killed left).
    pub part: String,
    /// The field of the index. None for a part that serves all fields.
    pub field: Option<String>,
    /// Bytes on the disk.
    pub bytes: u64,
}

/// The facts of an index that a report of a fault needs. It holds no text, no name and no path of the archives'.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Diagnostics {
    /// This dateline and the formats it can read.
    pub reader: String,
    /// The format it writes.
    pub format: u32,
    /// The format the index has, where that can be told.
    pub index_format: Option<u32>,
    /// The dateline that made the index.
    pub written_by: Option<String>,
    /// What the index lies on, where that is another machine's.
    pub network: Option<String>,
    /// The number of the process that writes to the index just now.
    pub writer: Option<u32>,
    /// Documents and removed documents of each segment.
    pub segments: Vec<SegmentDiagnostics>,
    /// Bytes of the index's files by the ending of their names.
    pub bytes: BTreeMap<String, u64>,
    /// Files in the catalog, where it can be read.
    pub files: Option<u64>,
    /// How large documents and what is unpacked of files may be, in bytes.
    pub limits: BTreeMap<String, u64>,
    /// Why the index cannot be opened, if it cannot.
    pub error: Option<String>,
}

/// One segment of an index: the engine keeps it in one or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SegmentDiagnostics {
    /// Documents.
    pub documents: u64,
    /// Documents that were removed or replaced, and lie there still.
    pub removed: u64,
}
