//! What an index knows of files before an update, looked up by place, size, content and seed.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use super::task::Task;
use crate::catalog::file_state::FileState;
use crate::catalog::files::Catalog;
use crate::corpus::{FileEntry, Reading, read_with};
use crate::document::path::path_of;

/// The most places at which a file lay before, by which its documents are still found.
const MOST_FORMER: usize = 16;

/// The former catalog, indexed in several ways.
pub(super) struct Known<'c> {
    pub(super) catalog: &'c Catalog,
    /// The catalog of the index that this one replaces.
    pub(super) predecessor: &'c Catalog,
    /// Files of the given archives that were not met again.
    pub(super) gone: BTreeMap<&'c String, &'c Arc<FileState>>,
    /// Files with documents that were not met, by size.
    by_size: HashMap<u64, Vec<(&'c String, &'c Arc<FileState>)>>,
    /// Files that were read to their end and gave nothing, by size.
    unread: HashMap<u64, Vec<(&'c String, &'c Arc<FileState>)>>,
    /// Files that have to be read again though they are as they were: ids in them have new corrections, or they are read
    /// with another file that is not as it was.
    pub(super) again: HashSet<String>,
    /// Files that are gone from their places, moved or not.
    leaving: HashSet<String>,
    /// The file that each seed belongs to. It is made when an unknown file is met.
    seeds: Option<HashMap<String, String>>,
}

impl<'c> Known<'c> {
    pub(super) fn new(
        catalog: &'c Catalog,
        predecessor: &'c Catalog,
        gone: BTreeMap<&'c String, &'c Arc<FileState>>,
        met: &HashSet<String>,
    ) -> Known<'c> {
        let mut by_size: HashMap<u64, Vec<_>> = HashMap::new();
        for (key, state) in catalog.files.iter().filter(|(key, state)| state.documents > 0 && !met.contains(*key)) {
            by_size.entry(state.bytes).or_default().push((key, state));
        }
        let mut unread: HashMap<u64, Vec<_>> = HashMap::new();
        for (key, state) in &catalog.files {
            let in_vain = state.documents == 0 && state.skipped > 0 && state.hash.is_some();
            if in_vain {
                unread.entry(state.bytes).or_default().push((key, state));
            }
        }
        let leaving = gone.keys().map(|key| (*key).clone()).collect();
        Known { catalog, predecessor, gone, leaving, by_size, seeds: None, unread, again: HashSet::new() }
    }

    /// The file that each seed belongs to.
    fn seeds(&mut self, tasks: &[Task]) -> &HashMap<String, String> {
        self.seeds.get_or_insert_with(|| {
            let known = self.catalog.files.iter().map(|(key, state)| (state.seed.as_str(), key));
            let tasks = tasks.iter().map(|task| (task.seed(), &task.key));
            known.chain(tasks).map(|(seed, key)| (seed.to_owned(), key.clone())).collect()
        })
    }

    /// The state of a file with the same content, under another name of the same kind, from which nothing could be
    /// read, and of which the same (`corrected`) is said outside it. The result would be the same again.
    pub(super) fn unread_before(
        &self,
        entry: &FileEntry,
        reading: &Reading,
        corrected: u64,
    ) -> Option<&'c Arc<FileState>> {
        let ending = |path: &Path| path.extension().map(|ending| ending.to_ascii_lowercase());
        let mut same_size = self
            .unread
            .get(&entry.bytes)?
            .iter()
            .filter(|(key, state)| {
                ending(Path::new(key)) == ending(&entry.path)
                    && state.corrected == corrected
                    // It is read elsewhere, with an issue that may lie beside it alone.
                    && !state.problems.iter().any(|noted| read_with(&noted.reason).is_some())
                    && state.reader.as_ref().is_some_and(|reader| reading.is_as_good_as(reader))
            })
            .peekable();
        same_size.peek()?;
        let hash = content_hash(&entry.path)?;
        same_size.find(|(_, state)| state.hash == Some(hash)).map(|(_, state)| *state)
    }

    /// A free seed for the ids of a new file. `tasks` are the files to be read so far.
    pub(super) fn free_seed(&mut self, key: &str, relative: &str, tasks: &[Task]) -> String {
        let owner = self.seeds(tasks).get(relative).cloned();
        match owner {
            // Two archives may have a file with the same name in the same place. Who is gone needs none any more.
            Some(other) if other != key && !self.leaving.contains(&other) => format!("{relative}\0{key}"),
            _ => relative.to_owned(),
        }
    }

    /// Notes the file that a seed belongs to.
    pub(super) fn take_seed(&mut self, seed: &str, key: &str) {
        if let Some(seeds) = &mut self.seeds {
            seeds.insert(seed.to_owned(), key.to_owned());
        }
    }

    /// The state that a file had in the index which this one replaces: the file in its place, or one with its content
    /// that is gone since.
    pub(super) fn replaced(&self, key: &str, entry: &FileEntry) -> Option<&'c FileState> {
        if let Some(state) = self.predecessor.files.get(key) {
            return Some(state);
        }
        let mut gone = self.predecessor.files.iter().filter(|(key, state)| {
            state.bytes == entry.bytes && state.hash.is_some() && state.documents > 0 && !path_of(key).exists()
        });
        let first = gone.next()?;
        let hash = content_hash(&entry.path);
        [first].into_iter().chain(gone).find(|(_, state)| state.hash == hash).map(|(_, state)| &**state)
    }

    /// The file that had the same content and is no longer in its place, in the given archives or elsewhere. Only files
    /// of the same size are hashed for this. It is found once: a second file with this content is new.
    pub(super) fn moved_from(&mut self, entry: &FileEntry) -> Option<(&'c String, &'c Arc<FileState>)> {
        let mut hash = None;
        let same_size = self.by_size.get_mut(&entry.bytes)?;
        let at = same_size.iter().position(|(key, state)| {
            (self.gone.contains_key(*key) || !path_of(key).exists())
                && state.hash.is_some()
                && *hash.get_or_insert_with(|| content_hash(&entry.path)) == state.hash
        })?;
        let (key, state) = same_size.remove(at);
        self.gone.remove(key);
        self.leaving.insert(key.clone());
        Some((key, state))
    }
}

/// The seeds that a file had before this one, the latest first.
pub(super) fn former_seeds(state: &FileState, seed: &str) -> Vec<String> {
    let mut former: Vec<String> = Vec::new();
    for known in [&state.seed].into_iter().chain(&state.former_seeds) {
        if !known.is_empty() && known != seed && !former.contains(known) {
            former.push(known.clone());
        }
    }
    former.truncate(MOST_FORMER);
    former
}

/// Returns whether a file may have another content than when it was read, by its size and its time.
pub(super) fn has_changed(state: &FileState, entry: &FileEntry) -> bool {
    state.bytes != entry.bytes || state.modified != entry.modified
}

/// Returns whether a file has the content it had when it was read.
pub(crate) fn same_content(state: &FileState, path: &Path) -> bool {
    state.hash.is_some() && content_hash(path) == state.hash
}

/// The hash that reading the file would give. `None` if it cannot be read.
pub(crate) fn content_hash(path: &Path) -> Option<u128> {
    let mut file = File::open(path).ok()?;
    let mut hash = Xxh3::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).ok()? {
            0 => return Some(hash.digest128()),
            read => hash.update(buffer.get(..read)?),
        }
    }
}
