//! The folders of an archive in which files are looked for beside others, and how these are read.

use std::collections::HashMap;
use std::fs;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::corpus::format;
use crate::corpus::format::{Format, HEAD};
use crate::corpus::input::hashed_file::Bytes;
use crate::corpus::input::limits::{Limits, too_long};
use crate::corpus::input::walk::{FileEntry, Reach, WalkOptions};
use crate::document::path::path_text;

/// The folders above a file in which is looked for what belongs to it.
const ABOVE: usize = 6;

/// The most folders of which something is remembered.
const REMEMBERED: usize = 256;

/// An archive, as it is during one run over it. Paths are compared with links resolved.
#[derive(Debug)]
pub(super) struct Ground {
    /// The folder that the archive is, or lies in.
    pub(super) root: PathBuf,
    /// The same as it was given.
    given: PathBuf,
    pub(super) reach: Reach,
    limits: Limits,
}

impl Ground {
    pub(super) fn below(root: &Path, walk: &WalkOptions, limits: Limits) -> Ground {
        let mut given = root.to_path_buf();
        let mut root = fs::canonicalize(root).unwrap_or_else(|_| given.clone());
        if root.is_file() {
            root.pop();
            given.pop();
        }
        Ground { reach: Reach::below(&root, walk), root, given, limits }
    }

    /// The path of a file with links resolved. The walk follows none below the root.
    pub(super) fn whole(&self, entry: &FileEntry) -> PathBuf {
        match entry.path.strip_prefix(&self.given) {
            Ok(below) => self.root.join(below),
            Err(_) => fs::canonicalize(&entry.path).unwrap_or_else(|_| entry.path.clone()),
        }
    }

    /// A path below the archive's root.
    #[cfg_attr(not(feature = "newspapers"), allow(dead_code, reason = "only issues are told with their paths"))]
    pub(super) fn name(&self, path: &Path) -> String {
        path_text(path.strip_prefix(&self.root).unwrap_or(path))
    }

    /// The folders from that of a file up to the root, as far as is looked.
    pub(super) fn above<'p>(&'p self, file: &'p Path) -> impl Iterator<Item = &'p Path> {
        file.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.root)).take(ABOVE)
    }

    /// The bytes of a file, unpacked, if it is no longer than a document may be.
    pub(super) fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        let bytes = open(path).ok_or("it is no file")?;
        let longest = self.limits.longest(true);
        let mut all = Vec::new();
        bytes.take(longest.saturating_add(1)).read_to_end(&mut all).map_err(|error| error.to_string())?;
        if all.len() as u64 > longest {
            return Err(too_long("a document", longest));
        }
        Ok(all)
    }

    /// The same of a file that is of this format.
    pub(super) fn read_if(&self, path: &Path, format: Format) -> Option<Vec<u8>> {
        let name = path.file_name()?.to_string_lossy();
        let known = format::recognise(&head(path)?, format::unpacked_name(&name));
        (known.ok()? == format).then(|| self.read(path).ok())?
    }
}

/// What is known of folders: of each found once, when it is asked for. Of too many that which was not asked for the
/// longest is forgotten.
#[derive(Debug)]
pub(super) struct Memory<T> {
    recent: Mutex<Recent<T>>,
}

/// The folders that were asked for last.
#[derive(Debug)]
struct Recent<T> {
    /// What is known of each, and when it was asked for.
    known: HashMap<PathBuf, (u64, Arc<OnceLock<T>>)>,
    /// How often any was asked for.
    asked: u64,
}

impl<T> Default for Memory<T> {
    fn default() -> Memory<T> {
        Memory { recent: Mutex::new(Recent { known: HashMap::new(), asked: 0 }) }
    }
}

impl<T> Memory<T> {
    /// The place of what is known of a folder.
    pub(super) fn of(&self, folder: &Path) -> Arc<OnceLock<T>> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let Recent { known, asked } = &mut *recent;
        *asked += 1;
        if let Some((last, place)) = known.get_mut(folder) {
            *last = *asked;
            return Arc::clone(place);
        }
        if known.len() >= REMEMBERED
            && let Some(oldest) = known.iter().min_by_key(|(_, (last, _))| *last).map(|(path, _)| path.clone())
        {
            known.remove(&oldest);
        }
        let place = Arc::default();
        known.insert(folder.to_path_buf(), (*asked, Arc::clone(&place)));
        place
    }
}

/// The files and folders in a folder, by their names.
pub(super) fn list(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// The first bytes of a file, unpacked.
pub(super) fn head(path: &Path) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    open(path)?.take(HEAD as u64).read_to_end(&mut head).ok()?;
    Some(head)
}

/// A file, unpacked if it is packed. Links are not followed.
fn open(path: &Path) -> Option<Bytes> {
    if !fs::symlink_metadata(path).ok()?.is_file() {
        return None;
    }
    let mut file = File::open(path).ok()?;
    let mut first = [0; 6];
    let count = file.read(&mut first).ok()?;
    let bytes: Bytes = Box::new(File::open(path).ok()?);
    match format::recognise(first.get(..count)?, "") {
        Ok(packed @ (Format::Gzip | Format::Zstd | Format::Xz | Format::Bzip2)) => {
            Some(format::unpacked(packed, bytes))
        }
        _ => Some(bytes),
    }
}
