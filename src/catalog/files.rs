//! The catalog: every file that was seen, with its size, time, content hash and outcome.
//!
//! A catalog is written beside the engine's files before each commit and named in the commit's payload. So an index and
//! its catalog are always of the same moment, whenever the machine stops.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Deserializer};

use super::archives::Archives;
use crate::answer::update::{ReasonCount, Skipped};

/// The piece number that stands for the file as a whole.
pub(crate) const NO_PIECE: u64 = u64::MAX;

/// The most problems of one file that are kept word for word. All are counted.
const MAX_PROBLEMS: usize = 100;

/// A part of a file that was not read.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) struct Noted {
    /// The number of the piece in the file, from 0. [`NO_PIECE`] if the file could not even be opened.
    #[serde(default)]
    pub(crate) piece: u64,
    #[serde(default)]
    pub(crate) line: Option<u32>,
    #[serde(default)]
    pub(crate) member: Option<String>,
    pub(crate) reason: String,
}

/// The outcome of one piece of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "(u64, u64, u64, u64)")]
pub(crate) struct PieceState {
    /// The number of the piece, made of its content and its place. The index finds the piece's documents by it.
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

/// The outcome of one file.
///
/// A commit may come between two pieces of a file that is being read. The file then has pieces and no hash, and
/// `leftover` holds what the index had of it before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct FileState {
    pub(crate) bytes: u64,
    /// Nanoseconds since 1970, if the file system tells.
    pub(crate) modified: Option<i64>,
    /// xxh3-128 of the bytes. `None` if the file was never read to its end.
    #[serde(deserialize_with = "hexadecimal")]
    pub(crate) hash: Option<u128>,
    /// The text that its documents' ids are made from: its path below the archive's root.
    pub(crate) seed: String,
    /// The texts that they were made from before it was moved, the latest first.
    #[serde(default)]
    pub(crate) former_seeds: Vec<String>,
    /// Set if its time could date its documents.
    #[serde(default)]
    pub(crate) file_times: bool,
    /// A number made of what `dateline.toml` said of the file and of all sources when it was read, and lists of references
    /// beside it of the file; 0 for nothing.
    #[serde(default)]
    pub(crate) corrected: u64,
    /// The same for each id in the file that `dateline.toml` names.
    #[serde(default)]
    pub(crate) corrected_ids: BTreeMap<String, u64>,
    /// The pieces in the index, in the order of the file.
    #[serde(default)]
    pub(crate) pieces: Vec<PieceState>,
    /// Former pieces, which the index drops when the file has been read to its end.
    #[serde(default)]
    pub(crate) leftover: Vec<PieceState>,
    /// The number of its documents.
    pub(crate) documents: u64,
    /// The number of records, or of files (itself), that were not read.
    pub(crate) skipped: u64,
    /// How many of those should have been read: a broken record should, a picture should not.
    #[serde(default)]
    pub(crate) failed: u64,
    /// The first of its problems, in the order of the file.
    #[serde(default)]
    pub(crate) problems: Vec<Noted>,
    /// The build that read it, its features, and the languages in which it recognised words, if something was not read or
    /// was recognised: another may read more.
    #[serde(default)]
    pub(crate) reader: Option<String>,
}

/// Reads a hash as former formats wrote it.
fn hexadecimal<'d, D: Deserializer<'d>>(deserializer: D) -> Result<Option<u128>, D::Error> {
    let hash = Option::<String>::deserialize(deserializer)?;
    Ok(hash.and_then(|hash| u128::from_str_radix(&hash, 16).ok()))
}

impl FileState {
    /// Returns whether reading it stopped before its end.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.hash.is_none() && (self.failed > 0 || !self.pieces.is_empty())
    }

    /// Returns whether the index has anything of it, or has still to drop something.
    pub(crate) fn is_indexed(&self) -> bool {
        !self.pieces.is_empty() || !self.leftover.is_empty()
    }

    /// The same state, as if the file had not been read to its end.
    pub(crate) fn unfinished(&self) -> FileState {
        let mut state = FileState { hash: None, ..self.clone() };
        state.keep(self, self.pieces.len());
        state
    }

    /// Continues from the first pieces of a former state of the file. Its other pieces are left over.
    pub(crate) fn keep(&mut self, before: &FileState, pieces: usize) {
        let (kept, left) = before.pieces.split_at(pieces.min(before.pieces.len()));
        self.pieces = kept.to_vec();
        self.leftover = [left, &before.leftover].concat();
        self.problems = before.problems.iter().filter(|noted| (noted.piece as usize) < kept.len()).cloned().collect();
        self.documents = kept.iter().map(|piece| piece.documents).sum();
        self.skipped = kept.iter().map(|piece| piece.skipped).sum();
        self.failed = kept.iter().map(|piece| piece.failed).sum();
        self.reader = before.reader.clone().filter(|_| pieces > 0);
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

    /// Counts a problem, and keeps it if it is one of the first in the order of the file, whichever thread met it
    /// first. `failed` says that the record should have been read.
    pub(crate) fn problem(&mut self, problem: Noted, failed: bool) {
        self.skipped += 1;
        self.failed += u64::from(failed);
        if let Some(piece) = self.pieces.get_mut(problem.piece as usize) {
            piece.skipped += 1;
            piece.failed += u64::from(failed);
        }
        let at = self.problems.partition_point(|known| *known <= problem);
        if at < MAX_PROBLEMS {
            self.problems.insert(at, problem);
            self.problems.truncate(MAX_PROBLEMS);
        }
    }
}

/// Every file the index knows, by its absolute path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Catalog {
    /// The beginning of the last update, in nanoseconds since 1970. Files that changed after it are compared again.
    pub(crate) began: i64,
    /// The files. Their states are shared between the former catalog and the new one if nothing changed.
    pub(crate) files: BTreeMap<String, Arc<FileState>>,
    /// The archives they are of. They stand in the commit's payload.
    pub(crate) archives: Archives,
}

impl Catalog {
    /// Everything that was not read, in the order of the files. A file's problems past the first hundred are one line.
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

    /// The commonest reasons with their counts, the most frequent first.
    pub(crate) fn reasons(&self) -> Vec<ReasonCount> {
        // A kind of reason is shown by the words that all of the kind share, or by its own words if there is only one.
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

/// A reason without the numbers that say where in a file it occurred, so that equal reasons are counted together.
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
            state.problem(Noted { reason: reason.into(), ..Noted::default() }, true);
        }
        let catalog = Catalog { files: BTreeMap::from([("x".to_string(), Arc::new(state))]), ..Catalog::default() };
        let reasons: Vec<_> =
            catalog.reasons().into_iter().map(|why| format!("{} {}", why.count, why.reason)).collect();
        assert_eq!(reasons, ["2 line …, column …: no comma", "1 an image", "1 at most 64 MB"]);
    }

    #[test]
    fn problems_past_the_first_hundred_are_still_counted_and_listed() {
        let mut state = FileState::default();
        // Threads meet problems in any order.
        for line in (1..=103).rev() {
            state.problem(Noted { line: Some(line), reason: "broken".into(), ..Noted::default() }, true);
        }
        let catalog = Catalog { files: BTreeMap::from([("x".to_string(), Arc::new(state))]), ..Catalog::default() };
        let list = catalog.skipped();
        assert_eq!(list.len(), 101);
        assert!(list.iter().map(|skipped| skipped.line).take(100).eq((1..=100).map(Some)), "{list:?}");
        assert_eq!(list.last().unwrap().reason, "3 more records like these");
    }
}
