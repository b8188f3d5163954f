//! The folders of an archive in which files are looked for beside others, and how these are read.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use percent_encoding::percent_decode_str;

use crate::corpus::format;
use crate::corpus::format::{Format, HEAD};
use crate::corpus::input::hashed_file::{Bytes, fill, rewound};
use crate::corpus::input::limits::{Limits, too_long};
use crate::corpus::input::walk::{FileEntry, Reach, WalkOptions};
use crate::document::path::path_text;

/// The folders above a file in which is looked for what belongs to it.
const ABOVE: usize = 6;

/// The most steps at the end of a path by which a file is looked for.
const STEPS: usize = 12;

/// The endings of files that are packed, and none.
const PACKED: [&str; 5] = ["", ".gz", ".bz2", ".xz", ".zst"];

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

/// How a name in a file is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// As it is written; of an address, or of a path from the root of somebody's machine, the last step.
    #[cfg_attr(not(feature = "newspapers"), allow(dead_code, reason = "only issues name their pages so"))]
    Exactly,
    /// By as much of its end as is there, since files are named as they lay on somebody's machine.
    #[cfg_attr(not(feature = "bibliography"), allow(dead_code, reason = "only lists name files so"))]
    ByItsEnd,
}

/// The file that a name means, seen from a folder: packed or not, its escapes read or not. It never leads to a root. The
/// first that `fits` is taken.
pub(super) fn meant(folder: &Path, name: &str, taken: Taken, fits: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    let bare = name.strip_prefix("file://").or_else(|| name.strip_prefix("file:")).unwrap_or(name).replace('\\', "/");
    let (bare, is_far) = match bare.rsplit_once('/') {
        Some((before, last)) if bare.contains("://") => (last, !before.is_empty()),
        _ => (&*bare, bare.starts_with('/')),
    };
    let decoded = percent_decode_str(bare).decode_utf8().ok().filter(|decoded| decoded != bare);
    [Some(Cow::Borrowed(bare)), decoded].into_iter().flatten().find_map(|name| {
        let steps: Vec<&str> = name.split('/').filter(|step| !matches!(*step, "" | ".")).collect();
        let froms = match taken {
            Taken::Exactly if is_far => steps.len().saturating_sub(1)..steps.len(),
            Taken::Exactly => 0..steps.len().min(1),
            Taken::ByItsEnd => steps.len().saturating_sub(STEPS)..steps.len(),
        };
        froms.into_iter().find_map(|from| {
            let path = plain(&folder.join(steps.get(from..)?.iter().collect::<PathBuf>()))?;
            let packed = PACKED.iter().map(|ending| {
                let mut name = path.as_os_str().to_owned();
                name.push(ending);
                PathBuf::from(name)
            });
            packed.into_iter().find(|path| path.is_file() && fits(path))
        })
    })
}

/// A path without steps up.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for step in path.components() {
        match step {
            Component::ParentDir => {
                if !plain.pop() {
                    return None;
                }
            }
            Component::CurDir => {}
            step => plain.push(step),
        }
    }
    Some(plain)
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

/// The files and folders in a folder whose paths are `wanted`, by their names.
pub(super) fn list(folder: &Path, wanted: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| wanted(path)).collect();
    paths.sort();
    paths
}

/// The first bytes of a file, unpacked.
pub(super) fn head(path: &Path) -> Option<Vec<u8>> {
    beginning(path, HEAD)
}

/// The same, so many.
pub(super) fn beginning(path: &Path, length: usize) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    fill(&mut open(path)?, &mut head, length).ok()?;
    Some(head)
}

/// A file, unpacked if it is packed. Links are not followed.
fn open(path: &Path) -> Option<Bytes> {
    if !fs::symlink_metadata(path).ok()?.is_file() {
        return None;
    }
    let mut file = File::open(path).ok()?;
    let mut first = Vec::new();
    fill(&mut file, &mut first, 6).ok()?;
    let known = format::recognise(&first, "");
    let bytes = rewound(first, Box::new(file));
    match known {
        Ok(packed @ (Format::Gzip | Format::Zstd | Format::Xz | Format::Bzip2)) => {
            Some(format::unpacked(packed, bytes))
        }
        _ => Some(bytes),
    }
}
