//! What became of one file: its size, time and hash, its pieces, its problems.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

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

    /// Returns whether an update was stopped while it was being read, so that the index has a part of it, or what it was
    /// before.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.hash.is_none() && self.is_indexed() && self.problems.iter().all(|noted| noted.piece != NO_PIECE)
    }

    /// Returns whether the index has anything of it, or has still to drop something.
    pub(crate) fn is_indexed(&self) -> bool {
        !self.pieces.is_empty() || !self.leftover.is_empty()
    }

    /// The number of its documents that the index has, with those that it has still to drop.
    pub(crate) fn in_index(&self) -> u64 {
        self.documents + self.leftover.iter().map(|piece| piece.documents).sum::<u64>()
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

    /// Takes a document of one of its pieces out of what was counted.
    pub(crate) fn discount(&mut self, piece: usize) {
        self.documents = self.documents.saturating_sub(1);
        if let Some(piece) = self.pieces.get_mut(piece) {
            piece.documents = piece.documents.saturating_sub(1);
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
