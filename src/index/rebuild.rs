//! Making an index anew beside the old one, and putting it in its place whole.

use std::fs;
use std::path::Path;

use super::handle::Inner;
use super::lock::WriterLock;
use super::manifest::Manifest;
use super::swap::Swap;
use crate::error::{Error, Result};

pub(super) fn rebuild<T>(folder: &Path, fill: impl FnOnce(Inner) -> Result<T>) -> Result<T> {
    Swap::finish(folder);
    if !Manifest::is_index(folder) {
        return fill(Inner::create(folder.to_path_buf())?);
    }
    // Nobody else may write to an index that is about to go.
    let lock = WriterLock::take(folder)?;
    let swap = Swap::of(folder)?;
    swap.clear()?;
    let filled = match fill(Inner::create(swap.new.clone())?) {
        Ok(filled) => filled,
        Err(error) => {
            swap.clear()?;
            return Err(error);
        }
    };
    keep_hidden(folder, &swap.new)?;
    // Elsewhere a folder can be renamed while one of its files is open.
    let lock = Some(lock).filter(|_| !cfg!(windows));
    swap.put()?;
    drop(lock);
    Ok(filled)
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
