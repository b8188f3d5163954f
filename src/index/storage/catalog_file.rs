//! The file of the catalog. Every update reads it and most write it, so it is compact and made in one pass.

use std::path::Path;

use tantivy::directory::Directory;

use super::commit::Payload;
use super::error::{Doing, damaged};
use crate::catalog::encoded::{decode, encode};
use crate::catalog::files::Catalog;
use crate::error::{Error, ErrorKind, Result};

/// Reads the catalog of a commit. It is empty if the commit names none.
pub(crate) fn read(directory: &dyn Directory, payload: Option<&str>) -> Result<Catalog> {
    let Payload { catalog, archives, .. } = Payload::read(payload)?;
    let Some(file) = catalog else { return Ok(Catalog { archives, ..Catalog::default() }) };
    let bytes = directory.atomic_read(Path::new(&file)).doing("cannot read the index's catalog")?;
    let catalog = decode(&bytes).ok_or_else(|| damaged("it ends too early or goes on too long"))?;
    Ok(Catalog { archives, ..catalog })
}

/// Writes the catalog for the commit with this stamp, and returns the name of its file.
pub(crate) fn write(catalog: &Catalog, directory: &dyn Directory, stamp: u64) -> Result<String> {
    let file = format!("catalog-{stamp}.bin");
    directory
        .atomic_write(Path::new(&file), &encode(catalog))
        .map_err(|error| Error::new(ErrorKind::Io, "cannot write the index's catalog").because(error))?;
    Ok(file)
}

/// The name of the catalog file that a payload points to.
pub(crate) fn file_of(payload: &str) -> Option<String> {
    Payload::read(Some(payload)).ok()?.catalog
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use tantivy::directory::RamDirectory;

    #[test]
    fn a_catalog_comes_back_through_its_payload() {
        let directory = RamDirectory::create();
        let catalog = Catalog { began: 7, ..Catalog::default() };
        let payload = Payload { catalog: Some(write(&catalog, &directory, 7).unwrap()), ..Payload::default() };
        let payload = payload.write().unwrap();
        let back = read(&directory, Some(&payload)).unwrap();
        assert_eq!((back.began, back.files), (catalog.began, catalog.files));
        assert_eq!(file_of(&payload).as_deref(), Some("catalog-7.bin"));
    }
}
