//! A manifest: the files that an index was made of, with their hashes.

use std::hash::Hasher;
use std::io::Read;
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use super::proof::sha256;
use crate::answer::evidence::{FileManifest, ManifestFile};
use crate::document::path::path_of;
use crate::error::{Error, Result};
use crate::search::index::Index;

/// The files that an index holds documents of, sorted by path, hashed as they are now. A file that changed since it was
/// indexed, or is gone, is listed and said to be. Fails if the index cannot be read.
///
/// ```
/// # let folder = tempfile::tempdir().unwrap();
/// # std::fs::write(folder.path().join("mill.txt"), "The mill turns.\n").unwrap();
/// use dateline::{Corpus, Index, manifest};
///
/// let index = Index::in_memory()?;
/// index.update().run(&[Corpus::open(folder.path())?])?;
/// let manifest = manifest(&index)?;
/// assert_eq!(manifest.files.len(), 1);
/// assert_eq!(manifest.files[0].sha256.as_deref().map(str::len), Some(64));
/// # Ok::<(), dateline::Error>(())
/// ```
pub fn manifest(index: &Index) -> Result<FileManifest> {
    let catalog = index.engine.catalog()?;
    let mut files = Vec::new();
    for (path, state) in catalog.files.iter().filter(|(_, state)| state.documents > 0) {
        let file = path_of(path);
        let hashed = sha256(&file).ok();
        let bytes = hashed.as_ref().map(|(_, bytes)| *bytes);
        let differs = || match state.hash {
            Some(hash) => content_hash(&file).is_ok_and(|now| now != hash),
            None => bytes.is_some_and(|bytes| bytes != state.bytes),
        };
        files.push(ManifestFile {
            file: path.clone(),
            changed: bytes.is_some() && (bytes != Some(state.bytes) || differs()),
            sha256: hashed.map(|(digest, _)| digest),
            bytes,
            documents: state.documents,
        });
    }
    Ok(FileManifest { revision: index.revision()?, files })
}

/// The hash by which the index knows the content of a file.
fn content_hash(path: &Path) -> Result<u128> {
    let failed = |error| Error::io("cannot read", path, error);
    let mut file = std::fs::File::open(path).map_err(failed)?;
    let (mut hash, mut buffer) = (Xxh3::new(), vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        if read == 0 {
            return Ok(hash.digest128());
        }
        hash.write(buffer.get(..read).unwrap_or_default());
    }
}
