//! Makes an index anew beside the old one, and swaps the two when the new one is complete.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::salvage::Salvage;
use crate::catalog::files::Catalog;
use crate::error::{Error, Result};
use crate::index::snapshot::shared::Inner;
use crate::index::storage::error::guarded;
use crate::index::storage::index_folder::IndexFolder;

pub(crate) fn rebuild<T>(folder: &IndexFolder, fill: impl FnOnce(Arc<Inner>) -> Result<T>) -> Result<T> {
    if !folder.is_index() {
        return fill(Arc::new(Inner::create(folder.clone())?));
    }
    // Nobody else may write to an index that is about to be replaced.
    let lock = folder.lock()?;
    // Other files are looked for before the work begins, and once more at its end.
    folder.hidden_files()?;
    let swap = folder.swap()?;
    swap.clear()?;
    let mut new = Inner::create(IndexFolder::at(&swap.new))?;
    // Also what a damaged index or one of another format still tells of its files, and of what is left out.
    if let Ok(Salvage { catalog, archives, .. }) = guarded(|| Salvage::open(folder.path())) {
        new.predecessor = Catalog { archives, ..catalog.unwrap_or_default() };
    }
    new.replaces = Some(folder.path().to_path_buf());
    let filled = match fill(Arc::new(new)) {
        Ok(filled) => filled,
        Err(error) => {
            swap.clear()?;
            return Err(error);
        }
    };
    if let Err(error) = keep_hidden_files(folder, &swap.new) {
        swap.clear()?;
        return Err(error);
    }
    // Other systems rename a folder while one of its files is open.
    let lock = Some(lock).filter(|_| !cfg!(windows));
    swap.put()?;
    drop(lock);
    Ok(filled)
}

/// Copies hidden files along, because they are not ours. Fails if anything else would be lost with the old index.
fn keep_hidden_files(from: &IndexFolder, to: &Path) -> Result<()> {
    for path in from.hidden_files()? {
        let kept = to.join(path.file_name().unwrap_or_default());
        fs::copy(&path, kept).map_err(|error| Error::io("cannot keep", path, error))?;
    }
    Ok(())
}
