//! One file that an update has to read.

use std::sync::Arc;

use crate::catalog::file_state::FileState;
use crate::corpus::{FileEntry, Limits, Reading};

/// One file to read.
pub(crate) struct Task {
    /// Its absolute path: its key in the catalog.
    pub(crate) key: String,
    pub(crate) entry: Arc<FileEntry>,
    pub(crate) reading: Reading,
    pub(crate) limits: Limits,
    /// The key of the file it replaces: its own, or that of the moved file.
    pub(crate) replaces: Option<String>,
    /// The former state of that file.
    pub(crate) before: Option<Arc<FileState>>,
    /// Set if that file was read by the same rules, so that equal pieces give equal documents.
    pub(crate) same_rules: bool,
    /// A number made of what `dateline.toml` and lists of references say of it.
    pub(crate) corrected: u64,
}

impl Task {
    /// The text that its documents' ids are made from.
    pub(crate) fn seed(&self) -> &str {
        self.reading.seed.as_deref().unwrap_or(&self.entry.relative)
    }

    /// Returns whether it replaces the same content under another path.
    pub(crate) fn is_moved(&self) -> bool {
        self.replaces.as_ref().is_some_and(|from| *from != self.key)
    }
}
