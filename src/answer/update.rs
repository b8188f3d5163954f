//! What an update or a commit did, and what was passed over: plain data.

use serde::{Deserialize, Serialize};

use crate::document::locator;
use crate::error::{Error, ErrorKind, Result};
use crate::note::Note;

/// The result of an update. Counts are of documents, except for the last ones.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UpdateReport {
    /// New documents.
    pub added: u64,
    /// Documents of files that changed and were read again.
    pub changed: u64,
    /// Documents whose file was moved or renamed.
    pub moved: u64,
    /// Documents whose file, or whose record in it, is gone.
    pub removed: u64,
    /// Documents left as they were.
    pub unchanged: u64,
    /// Documents in the index, after the update.
    pub documents: u64,
    /// Undated documents in the index, after the update.
    pub undated: u64,
    /// Files and records that were not read. [`Index::skipped`](crate::Index::skipped) lists them.
    pub skipped: u64,
    /// The number of damaged or unreadable files and records read this time. Pictures and empty files do not
    /// count.
    pub failed: u64,
    /// The commonest reasons for failures, with the number of times each occurred.
    pub reasons: Vec<ReasonCount>,
    /// Notes: what is wrong with the archives' corrections (the file, the line and the reason; all that could be read
    /// of them holds), and whether the index lies on another machine's disk.
    pub notes: Vec<Note>,
    /// Set if the update was stopped before its end. Finished work is kept.
    pub stopped: bool,
    /// The time it took, in seconds.
    pub seconds: f64,
}

impl UpdateReport {
    /// The report of an update that was not stopped; for [`Index::rebuild`](crate::Index::rebuild), where half of an
    /// archive must not take the place of an index that has all of it. Fails where the update was stopped.
    pub fn finished(self) -> Result<UpdateReport> {
        if self.stopped {
            let error = Error::new(ErrorKind::Cancelled, "stopped before the new index was whole");
            return Err(error.hint("the old one is in use as before; making it anew begins from the start"));
        }
        Ok(self)
    }
}

/// A reason why files and records were not read, and how often it occurred.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonCount {
    /// The reason.
    pub reason: String,
    /// The number of times it occurred.
    pub count: u64,
}

/// A record or a file that was not read, and the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The file.
    #[serde(rename = "file")]
    pub path: String,
    /// The way inside the file, if only a part of it was not read: `a/b.html`, `#12`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The line of the record, if only a record was not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The reason.
    pub reason: String,
}

impl Skipped {
    /// The file and the way inside it, in words for a person: see [`Place::locator`](crate::Place::locator).
    pub fn locator(&self) -> String {
        locator(self.path.as_ref(), self.member.as_deref())
    }
}

/// The result of a commit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitReport {
    /// Documents added since the last commit, including those that replaced another.
    pub added: u64,
    /// Ids whose removal was asked for since the last commit.
    pub removed: u64,
    /// The number of added documents without a date.
    pub undated: u64,
}
