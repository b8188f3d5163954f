//! Folders that are indexes, met while an archive is listed.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use crate::backend::writer::BackendWriter;

/// Which folders are indexes: what an index of ours consists of is no part of an archive. Whatever else lies beside it
/// is. Files come folder by folder, so the last is asked for again and again.
pub(super) struct Indexes<'w, W> {
    writer: &'w W,
    /// The index that is brought up to date.
    own: Option<PathBuf>,
    last: Option<(PathBuf, bool)>,
    known: HashMap<PathBuf, bool>,
}

impl<'w, W: BackendWriter> Indexes<'w, W> {
    pub(super) fn new(writer: &'w W) -> Indexes<'w, W> {
        let own = writer.folder().and_then(|folder| folder.canonicalize().ok());
        Indexes { writer, own, last: None, known: HashMap::new() }
    }

    /// Returns whether a file is one of those that an index consists of.
    pub(super) fn hold(&mut self, file: &Path) -> bool {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        match file.parent() {
            Some(folder) if self.writer.may_be_of_index(&name) => self.is_index(folder),
            _ => false,
        }
    }

    fn is_index(&mut self, folder: &Path) -> bool {
        match &self.last {
            Some((last, is_index)) if last.as_os_str() == folder.as_os_str() => *is_index,
            _ => {
                let look = || self.writer.is_index(folder);
                let is_index = *self.known.entry(folder.to_path_buf()).or_insert_with(look);
                self.last = Some((folder.to_path_buf(), is_index));
                is_index
            }
        }
    }

    /// The folders of other indexes, in order.
    pub(super) fn others(self) -> impl Iterator<Item = PathBuf> {
        let own = self.own;
        let indexes: BTreeSet<PathBuf> =
            self.known.into_iter().filter(|(_, is_index)| *is_index).map(|(folder, _)| folder).collect();
        indexes.into_iter().filter(move |folder| own.is_none() || folder.canonicalize().ok() != own)
    }
}
