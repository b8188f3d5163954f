//! Making an index anew beside the old one, and putting it in its place whole.

use std::fs;
use std::path::{Path, PathBuf};

use super::handle::Inner;
use super::lock::WriterLock;
use super::manifest::Manifest;
use crate::error::{Error, ErrorKind, Result};

pub(super) fn rebuild<T>(folder: &Path, fill: impl FnOnce(Inner) -> Result<T>) -> Result<T> {
    if !Manifest::exists(folder) {
        return fill(Inner::create(folder.to_path_buf())?);
    }
    // Nobody else may write to an index that is about to go.
    let lock = WriterLock::take(folder)?;
    let (new, old) = (beside(folder, "new")?, beside(folder, "old")?);
    for left in [&new, &old] {
        remove(left)?;
    }
    let filled = match fill(Inner::create(new.clone())?) {
        Ok(filled) => filled,
        Err(error) => {
            remove(&new)?;
            return Err(error);
        }
    };
    keep_hidden(folder, &new)?;
    // Elsewhere a folder can be renamed while one of its files is open.
    let lock = Some(lock).filter(|_| !cfg!(windows));
    let moving = |from: &Path, to: &Path| {
        fs::rename(from, to).map_err(|error| Error::io("cannot put the new index in its place", to, error))
    };
    moving(folder, &old)?;
    if let Err(error) = moving(&new, folder) {
        // The old index is better than none.
        let _ = fs::rename(&old, folder);
        return Err(error);
    }
    drop(lock);
    remove(&old)?;
    Ok(filled)
}

/// A name next to the folder's, for this job only.
fn beside(folder: &Path, what: &str) -> Result<PathBuf> {
    let whole = fs::canonicalize(folder).map_err(|error| Error::io("cannot read", folder, error))?;
    let nameless = || Error::new(ErrorKind::Argument, "an index cannot be rebuilt here").at(folder);
    let mut name = whole.file_name().ok_or_else(nameless)?.to_os_string();
    name.push(format!(".{what}"));
    Ok(whole.with_file_name(name))
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io("cannot remove", folder, error)),
        _ => Ok(()),
    }
}

/// Hidden files in the folder are not ours: they move along.
fn keep_hidden(from: &Path, to: &Path) -> Result<()> {
    let failed = |error| Error::io("cannot read", from, error);
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let hidden = name.to_string_lossy();
        let engines = hidden.starts_with(".tantivy") || hidden.starts_with(".managed") || hidden.starts_with(".tmp");
        if hidden.starts_with('.') && !engines && entry.path().is_file() {
            fs::copy(entry.path(), to.join(&name)).map_err(|error| Error::io("cannot keep", entry.path(), error))?;
        }
    }
    Ok(())
}
