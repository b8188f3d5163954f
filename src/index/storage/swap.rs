//! Puts a new index in the place of an old one, so that everybody who opens the folder finds one of them whole.
//!
//! Not every system can replace a folder by another in one step, so it takes two renames: the old one away, the new one
//! in. If the process is killed between them, whoever opens the index next finishes the swap.

use std::fs;
use std::path::{Path, PathBuf};

use super::manifest::Manifest;
use crate::error::{Error, ErrorKind, Result};

/// The folder of an index, and the hidden names beside it that are used for nothing else.
pub(crate) struct Swap {
    folder: PathBuf,
    /// The folder where the new index is made.
    pub(crate) new: PathBuf,
    /// The place of the old index between the two renames, and until it is removed.
    old: PathBuf,
}

impl Swap {
    /// Fails for a folder without a name, such as the root.
    pub(crate) fn of(folder: &Path) -> Result<Swap> {
        let folder = resolved(folder)?;
        let nameless = || Error::new(ErrorKind::Argument, "an index cannot be rebuilt here").at(&folder);
        let name = folder.file_name().ok_or_else(nameless)?;
        let beside = |what: &str| {
            let mut beside = std::ffi::OsString::from(".");
            beside.push(name);
            beside.push(what);
            folder.with_file_name(beside)
        };
        Ok(Swap { new: beside(".dateline-new"), old: beside(".dateline-old"), folder })
    }

    /// Removes what an interrupted rebuild left. The caller must hold the writer's lock: nobody is rebuilding then.
    pub(crate) fn clear(&self) -> Result<()> {
        remove(&self.new)?;
        remove(&self.old)
    }

    /// Puts the new index in its place.
    pub(crate) fn put(&self) -> Result<()> {
        let cannot = |error| Error::io("cannot put the new index in its place", &self.folder, error);
        fs::rename(&self.folder, &self.old).map_err(cannot)?;
        if let Err(error) = fs::rename(&self.new, &self.folder) {
            // Somebody who opened the index at this moment may have finished the swap.
            if !Manifest::exists(&self.folder) {
                // The old index is better than none.
                let _ = fs::rename(&self.old, &self.folder);
                return Err(cannot(error));
            }
        }
        remove(&self.old)
    }

    /// Finishes a [`put`](Self::put) that was interrupted after its first rename. A failure here shows when the index
    /// is opened.
    pub(crate) fn finish(folder: &Path) {
        let Ok(swap) = Swap::of(folder) else { return };
        if !swap.folder.exists() && swap.old.exists() {
            let whole = if Manifest::exists(&swap.new) { &swap.new } else { &swap.old };
            let _ = fs::rename(whole, &swap.folder);
        }
    }
}

/// The folder that a path leads to if it is a link, even while that folder is missing.
fn resolved(folder: &Path) -> Result<PathBuf> {
    if let Ok(whole) = fs::canonicalize(folder) {
        return Ok(whole);
    }
    let parent = |path: &Path| match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_path_buf(),
        _ => PathBuf::from("."),
    };
    let target = fs::read_link(folder).map_or(folder.to_path_buf(), |target| parent(folder).join(target));
    let whole = fs::canonicalize(parent(&target)).map_err(|error| Error::io("cannot read", &target, error))?;
    Ok(target.file_name().map_or(whole.clone(), |name| whole.join(name)))
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io("cannot remove", folder, error)),
        _ => Ok(()),
    }
}
