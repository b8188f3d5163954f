//! What is indexed already: every file seen, its size, time and content, and what became of it.
//!
//! A catalog is written beside the engine's files before each commit and named in the commit's payload, so an index
//! and its catalog are always of the same moment, whenever the machine stops.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize};

use crate::document::locator;

/// Stands for the file as a whole.
pub(crate) const NO_PIECE: u64 = u64::MAX;

/// At most this many problems of one file are kept word for word; all are counted.
const KEPT_PROBLEMS: usize = 100;

/// A record or a file that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The file.
    #[serde(rename = "file")]
    pub path: String,
    /// The way inside the file, where only a part of it was passed over: `a/b.html`, `#12`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The line of the record, where only that was passed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Why.
    pub reason: String,
}

impl Skipped {
    /// Where it lies, for a person: see [`Place::locator`](crate::Place::locator).
    pub fn locator(&self) -> String {
        locator(self.path.as_ref(), self.member.as_deref())
    }
}

/// A part of a file that was passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) struct Noted {
    /// The piece of the file it is in, from 0; [`NO_PIECE`] where the file could not even be looked at.
    #[serde(default)]
    pub(crate) piece: u64,
    #[serde(default)]
    pub(crate) line: Option<u32>,
    #[serde(default)]
    pub(crate) member: Option<String>,
    pub(crate) reason: String,
}

/// Why files and records were passed over, and how many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReasonCount {
    /// Why.
    pub reason: String,
    /// How many.
    pub count: u64,
}

/// What became of one piece of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "(u64, u64, u64, u64)")]
pub(crate) struct PieceState {
    /// Made of its content and its place; by it the index finds its documents.
    pub(crate) number: u64,
    pub(crate) documents: u64,
    pub(crate) skipped: u64,
    pub(crate) failed: u64,
}

impl From<(u64, u64, u64, u64)> for PieceState {
    fn from((number, documents, skipped, failed): (u64, u64, u64, u64)) -> PieceState {
        PieceState { number, documents, skipped, failed }
    }
}

/// What became of one file.
///
/// While a file is being read, a commit may come between two of its pieces: then it has pieces and no hash, and
/// `leftover` still holds what the index had of it before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct FileState {
    pub(crate) bytes: u64,
    /// Nanoseconds since 1970, where the file system tells.
    pub(crate) modified: Option<i64>,
    /// xxh3-128 of the bytes; `None` where the file was never read to its end.
    #[serde(deserialize_with = "hexadecimal")]
    pub(crate) hash: Option<u128>,
    /// What the ids of its documents are made from: its path below the archive's root when it was first seen.
    pub(crate) seed: String,
    /// Whether its time could date its documents.
    #[serde(default)]
    pub(crate) file_times: bool,
    /// What the sidecar said of the file and of all sources when it was read, as a number; 0 if nothing.
    #[serde(default)]
    pub(crate) corrected: u64,
    /// What it said of ids in the file, each as a number.
    #[serde(default)]
    pub(crate) corrected_ids: BTreeMap<String, u64>,
    /// The pieces in the index, in the order of the file.
    #[serde(default)]
    pub(crate) pieces: Vec<PieceState>,
    /// Pieces that go from the index when the file has been read to its end.
    #[serde(default)]
    pub(crate) leftover: Vec<PieceState>,
    /// How many documents it gave.
    pub(crate) documents: u64,
    /// How many files (itself) or records were passed over.
    pub(crate) skipped: u64,
    /// How many of those should have been read: a broken record should, a picture should not.
    #[serde(default)]
    pub(crate) failed: u64,
    /// The first of them, in their order.
    #[serde(default)]
    pub(crate) problems: Vec<Noted>,
    /// What could read what when something was passed over: another version may read more.
    #[serde(default)]
    pub(crate) reader: Option<String>,
}

/// A hash as former formats wrote it.
fn hexadecimal<'d, D: Deserializer<'d>>(deserializer: D) -> Result<Option<u128>, D::Error> {
    let hash = Option::<String>::deserialize(deserializer)?;
    Ok(hash.and_then(|hash| u128::from_str_radix(&hash, 16).ok()))
}

impl FileState {
    /// Whether reading it stopped before its end.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.hash.is_none() && (self.failed > 0 || !self.pieces.is_empty())
    }

    /// Whether the index has anything of it, or is still to drop something.
    pub(crate) fn is_indexed(&self) -> bool {
        !self.pieces.is_empty() || !self.leftover.is_empty()
    }

    /// The same, as if it had not been read to its end.
    pub(crate) fn unfinished(&self) -> FileState {
        let mut state = FileState { hash: None, ..self.clone() };
        state.keep(self, self.pieces.len());
        state
    }

    /// Goes on from the first pieces of another state of the file; the others are left over.
    pub(crate) fn keep(&mut self, before: &FileState, pieces: usize) {
        let (kept, left) = before.pieces.split_at(pieces.min(before.pieces.len()));
        self.pieces = kept.to_vec();
        self.leftover = [left, &before.leftover].concat();
        self.problems = before.problems.iter().filter(|noted| (noted.piece as usize) < kept.len()).cloned().collect();
        self.documents = kept.iter().map(|piece| piece.documents).sum();
        self.skipped = kept.iter().map(|piece| piece.skipped).sum();
        self.failed = kept.iter().map(|piece| piece.failed).sum();
        self.reader = before.reader.clone().filter(|_| self.skipped > 0);
        if pieces > 0 {
            self.corrected_ids = before.corrected_ids.clone();
        }
    }

    /// Counts documents of one of its pieces.
    pub(crate) fn count(&mut self, piece: usize, documents: u64) {
        self.documents += documents;
        if let Some(piece) = self.pieces.get_mut(piece) {
            piece.documents += documents;
        }
    }

    /// Counts a problem, and keeps it if it is one of the first in the file, whichever was met first. It `failed` if it
    /// should have been read; `reader` names the build that could not read it.
    pub(crate) fn problem(&mut self, problem: Noted, failed: bool, reader: &str) {
        self.skipped += 1;
        self.reader.get_or_insert_with(|| reader.to_owned());
        self.failed += u64::from(failed);
        if let Some(piece) = self.pieces.get_mut(problem.piece as usize) {
            piece.skipped += 1;
            piece.failed += u64::from(failed);
        }
        let at = self.problems.partition_point(|known| *known <= problem);
        if at < KEPT_PROBLEMS {
            self.problems.insert(at, problem);
            self.problems.truncate(KEPT_PROBLEMS);
        }
    }
}

/// Every file the index knows, by its absolute path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Catalog {
    /// When the last update began, in nanoseconds since 1970: files changed after it are looked at again.
    pub(crate) began: i64,
    /// What was left as it was is shared by the catalog of before and that of after.
    pub(crate) files: BTreeMap<String, Arc<FileState>>,
}

impl Catalog {
    /// Everything passed over, in the order of the files. A file's problems past the first hundred are one line.
    pub(crate) fn skipped(&self) -> Vec<Skipped> {
        let mut list = Vec::new();
        for (path, state) in &self.files {
            list.extend(state.problems.iter().map(|Noted { line, member, reason, .. }| Skipped {
                path: path.clone(),
                member: member.clone(),
                line: *line,
                reason: reason.clone(),
            }));
            let more = state.skipped.saturating_sub(state.problems.len() as u64);
            if more > 0 {
                list.push(Skipped {
                    path: path.clone(),
                    member: None,
                    line: None,
                    reason: format!("{more} more records like these"),
                });
            }
        }
        list
    }

    /// The commonest reasons and how often each occurs, most frequent first.
    pub(crate) fn reasons(&self) -> Vec<ReasonCount> {
        // With the words that all of a kind have in common, or the very words where there is one alone.
        let mut counts: HashMap<String, (u64, Option<&str>)> = HashMap::new();
        for Noted { reason, .. } in self.files.values().flat_map(|state| &state.problems) {
            let (count, words) = counts.entry(without_places(reason)).or_insert((0, Some(reason)));
            *count += 1;
            *words = words.filter(|words| words == reason);
        }
        let told = |(kind, (count, words)): (String, (u64, Option<&str>))| ReasonCount {
            reason: words.map_or(kind, str::to_owned),
            count,
        };
        let mut reasons: Vec<_> = counts.into_iter().map(told).collect();
        reasons.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
        reasons
    }
}

/// A reason without the numbers that say where in a file it was: they differ where the reason is the same.
fn without_places(reason: &str) -> String {
    const PLACES: [&str; 12] =
        ["line", "column", "col", "byte", "bytes", "offset", "position", "page", "record", "row", "object", "at"];
    let mut words = Vec::new();
    let mut after_place = false;
    for word in reason.split(' ') {
        let bare = word.trim_matches(|c: char| matches!(c, ',' | ':' | ';' | '(' | ')' | '#'));
        let number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
        words.push(if number && after_place { word.replace(bare, "…") } else { word.to_owned() });
        after_place = PLACES.contains(&bare.to_lowercase().as_str());
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn reasons_that_differ_in_their_place_alone_are_one() {
        let mut state = FileState::default();
        for reason in ["line 3, column 7: no comma", "line 12, column 8: no comma", "at most 64 MB", "an image"] {
            state.problem(Noted { reason: reason.into(), ..Noted::default() }, true, "1");
        }
        let catalog = Catalog { began: 0, files: BTreeMap::from([("x".to_string(), Arc::new(state))]) };
        let reasons: Vec<_> =
            catalog.reasons().into_iter().map(|why| format!("{} {}", why.count, why.reason)).collect();
        assert_eq!(reasons, ["2 line …, column …: no comma", "1 an image", "1 at most 64 MB"]);
    }

    #[test]
    fn problems_past_the_first_hundred_are_still_counted_and_listed() {
        let mut state = FileState::default();
        // Threads meet them in any order.
        for line in (1..=103).rev() {
            state.problem(Noted { line: Some(line), reason: "broken".into(), ..Noted::default() }, true, "1");
        }
        let catalog = Catalog { began: 0, files: BTreeMap::from([("x".to_string(), Arc::new(state))]) };
        let list = catalog.skipped();
        assert_eq!(list.len(), 101);
        assert!(list.iter().map(|skipped| skipped.line).take(100).eq((1..=100).map(Some)), "{list:?}");
        assert_eq!(list.last().unwrap().reason, "3 more records like these");
    }
}
