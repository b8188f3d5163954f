//! Makes an index anew beside the old one, and swaps the two when the new one is complete.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::index::snapshot::shared::Inner;
use crate::index::storage::garbage::is_ours;
use crate::index::storage::lock::WriterLock;
use crate::index::storage::manifest::Manifest;
use crate::index::storage::swap::Swap;

pub(crate) fn rebuild<T>(folder: &Path, fill: impl FnOnce(Inner) -> Result<T>) -> Result<T> {
    Swap::finish(folder);
    if !Manifest::is_index(folder) {
        return fill(Inner::create(folder.to_path_buf())?);
    }
    // Nobody else may write to an index that is about to be replaced.
    let lock = WriterLock::take(folder)?;
    // Other files are looked for before the work begins, and once more at its end.
    others(folder)?;
    let swap = Swap::of(folder)?;
    swap.clear()?;
    let filled = match fill(Inner::create(swap.new.clone())?) {
        Ok(filled) => filled,
        Err(error) => {
            swap.clear()?;
            return Err(error);
        }
    };
    if let Err(error) = keep_others(folder, &swap.new) {
        swap.clear()?;
        return Err(error);
    }
    // Other systems rename a folder while one of its files is open.
    let lock = Some(lock).filter(|_| !cfg!(windows));
    swap.put()?;
    drop(lock);
    Ok(filled)
}

/// Moves hidden files along, because they are not ours. Fails if anything else would be lost with the old index.
fn keep_others(from: &Path, to: &Path) -> Result<()> {
    for path in others(from)? {
        let kept = to.join(path.file_name().unwrap_or_default());
        fs::copy(&path, kept).map_err(|error| Error::io("cannot keep", path, error))?;
    }
    Ok(())
}

/// The hidden files that somebody else put into the folder. Fails if there are other files besides.
fn others(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |error| Error::io("cannot read", folder, error);
    let mut others = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_ours(&name) {
            continue;
        }
        if !name.starts_with('.') || !entry.path().is_file() {
            let message = format!("this folder holds {name} beside the index, which would be lost with the old one");
            return Err(Error::new(ErrorKind::Argument, message).at(folder).hint("move it elsewhere first"));
        }
        others.push(entry.path());
    }
    Ok(others)
}
