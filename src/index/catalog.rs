//! What is indexed already: every file seen, its size, time and content, and what became of it.
//!
//! A catalog is written beside the engine's files before each commit and named in the commit's payload, so an index
//! and its catalog are always of the same moment, whenever the machine stops.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::directory::Directory;

use super::manifest::FORMAT;
use crate::error::{Error, ErrorKind, Result};

/// At most this many problems of one file are kept word for word; all are counted.
const KEPT_PROBLEMS: usize = 100;

/// A record or a file that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The file.
    #[serde(rename = "file")]
    pub path: String,
    /// The line of the record, where only that was passed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Why.
    pub reason: String,
}

/// Why files and records were passed over, and how many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReasonCount {
    /// Why.
    pub reason: String,
    /// How many.
    pub count: u64,
}

/// What became of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileState {
    pub(super) bytes: u64,
    /// Nanoseconds since 1970, where the file system tells.
    pub(super) modified: Option<i64>,
    /// xxh3-128 of the bytes; `None` where the file was never read to its end.
    pub(super) hash: Option<String>,
    /// What the ids of its documents are made from: its path below the archive's root when it was first seen.
    pub(super) seed: String,
    /// Whether its time could date its documents.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) file_times: bool,
    /// What the sidecar said of the file and of all sources when it was read, as a number; 0 if nothing.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) corrected: u64,
    /// What it said of ids in the file, each as a number.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) corrected_ids: BTreeMap<String, u64>,
    /// How many documents it gave.
    pub(super) documents: u64,
    /// How many files (itself) or records were passed over.
    pub(super) skipped: u64,
    /// How many of those should have been read: a broken record should, a picture should not.
    #[serde(default)]
    pub(super) failed: u64,
    /// The first of them, with line and reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) problems: Vec<(Option<u32>, String)>,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl FileState {
    /// Counts a problem, and keeps it while there are few. It `failed` if it should have been read.
    pub(super) fn problem(&mut self, line: Option<u32>, reason: String, failed: bool) {
        self.skipped += 1;
        self.failed += u64::from(failed);
        if self.problems.len() < KEPT_PROBLEMS {
            self.problems.push((line, reason));
        }
    }
}

/// Every file the index knows, by its absolute path.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Catalog {
    /// When the last update began, in nanoseconds since 1970: files changed after it are looked at again.
    pub(super) began: i64,
    pub(super) files: BTreeMap<String, FileState>,
}

/// What a commit says of itself.
#[derive(Serialize, Deserialize)]
struct Payload {
    format: u32,
    catalog: String,
}

impl Catalog {
    /// The catalog of a commit; an empty one where the commit names none.
    pub(super) fn read(directory: &dyn Directory, payload: Option<&str>) -> Result<Catalog> {
        let Some(payload) = payload else { return Ok(Catalog::default()) };
        let damaged = || {
            Error::new(ErrorKind::Corrupt, "the index's catalog of files is damaged")
                .hint("rebuild it from the files: dateline index --rebuild")
        };
        let payload: Payload = serde_json::from_str(payload).map_err(|error| damaged().because(error))?;
        let bytes = directory.atomic_read(Path::new(&payload.catalog)).map_err(|error| damaged().because(error))?;
        serde_json::from_slice(&bytes).map_err(|error| damaged().because(error))
    }

    /// Writes the catalog and gives the payload that names it.
    pub(super) fn write(&self, directory: &dyn Directory, stamp: u64) -> Result<String> {
        let catalog = format!("catalog-{stamp}.json");
        let cannot = |error: Box<dyn std::error::Error + Send + Sync>| {
            Error::new(ErrorKind::Io, "cannot write the index's catalog").because(error)
        };
        let bytes = serde_json::to_vec(self).map_err(|error| cannot(error.into()))?;
        directory.atomic_write(Path::new(&catalog), &bytes).map_err(|error| cannot(error.into()))?;
        serde_json::to_string(&Payload { format: FORMAT, catalog }).map_err(|error| cannot(error.into()))
    }

    /// The name of the catalog file that a payload points to.
    pub(super) fn file_of(payload: &str) -> Option<String> {
        serde_json::from_str::<Payload>(payload).ok().map(|payload| payload.catalog)
    }

    /// Everything passed over, in the order of the files. A file's problems past the first hundred are one line.
    pub(super) fn skipped(&self) -> Vec<Skipped> {
        let mut list = Vec::new();
        for (path, state) in &self.files {
            list.extend(state.problems.iter().map(|(line, reason)| Skipped {
                path: path.clone(),
                line: *line,
                reason: reason.clone(),
            }));
            let more = state.skipped.saturating_sub(state.problems.len() as u64);
            if more > 0 {
                list.push(Skipped {
                    path: path.clone(),
                    line: None,
                    reason: format!("{more} more records like these"),
                });
            }
        }
        list
    }

    /// The commonest reasons and how often each occurs, most frequent first.
    pub(super) fn reasons(&self) -> Vec<ReasonCount> {
        let mut counts: HashMap<&str, u64> = HashMap::new();
        for state in self.files.values() {
            for (_, reason) in &state.problems {
                *counts.entry(reason).or_default() += 1;
            }
        }
        let mut reasons: Vec<_> =
            counts.into_iter().map(|(reason, count)| ReasonCount { reason: reason.to_string(), count }).collect();
        reasons.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
        reasons
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use tantivy::directory::RamDirectory;

    #[test]
    fn a_catalog_comes_back_through_its_payload() {
        let directory = RamDirectory::create();
        let mut catalog = Catalog::default();
        catalog.files.insert("/a/b.txt".into(), FileState { bytes: 3, documents: 1, ..FileState::default() });
        let payload = catalog.write(&directory, 7).unwrap();
        let back = Catalog::read(&directory, Some(&payload)).unwrap();
        assert_eq!(back.files, catalog.files);
        assert_eq!(Catalog::file_of(&payload).as_deref(), Some("catalog-7.json"));
    }

    #[test]
    fn problems_past_the_first_hundred_are_still_counted_and_listed() {
        let mut state = FileState::default();
        for line in 0..103 {
            state.problem(Some(line), "broken".into(), true);
        }
        let catalog = Catalog { began: 0, files: BTreeMap::from([("x".to_string(), state)]) };
        let list = catalog.skipped();
        assert_eq!(list.len(), 101);
        assert_eq!(list.last().unwrap().reason, "3 more records like these");
    }
}
