//! The folder of an index on the disk.

use std::fs;
use std::path::{Path, PathBuf};

use tantivy::directory::Directory;
use tantivy::directory::error::OpenDirectoryError;

use super::checksum::unseal;
use super::directory::Folder;
use super::garbage::is_ours;
use super::lock::WriterLock;
use super::manifest::Manifest;
use super::swap::Swap;
use crate::error::{Error, ErrorKind, Result};

/// The engine's file that lists its segments and the last commit's payload.
pub(crate) const META: &str = "meta.json";

/// Where an index lies, and the one way to its manifest, its lock, its files and the index that replaces it.
#[derive(Clone, Debug)]
pub(crate) struct IndexFolder {
    path: PathBuf,
}

impl IndexFolder {
    /// The folder at a path, whether or not it holds an index. Finishes the swap of a rebuild that was cut off there.
    pub(crate) fn at(path: impl Into<PathBuf>) -> IndexFolder {
        let path = path.into();
        if !Manifest::exists(&path) {
            Swap::finish(&path);
        }
        IndexFolder { path }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns whether the folder claims to be an index, of whatever format.
    pub(crate) fn has_manifest(&self) -> bool {
        Manifest::exists(&self.path)
    }

    /// Returns whether the folder is that of an index, even without its manifest.
    pub(crate) fn is_index(&self) -> bool {
        Manifest::is_index(&self.path)
    }

    /// The manifest of an index that this version can use. Fails with what there is instead.
    pub(crate) fn manifest(&self) -> Result<Manifest> {
        Manifest::read(&self.path)
    }

    /// Takes the writer's lock, or says which process holds it.
    pub(crate) fn lock(&self) -> Result<WriterLock> {
        WriterLock::take(&self.path)
    }

    /// The place where a new index is made to replace this one.
    pub(crate) fn swap(&self) -> Result<Swap> {
        Swap::of(&self.path)
    }

    /// The files of an index of this format, mapped into memory for searching.
    pub(crate) fn mapped(&self) -> Result<Box<dyn Directory>> {
        self.manifest()?;
        self.opened(Folder::mapped(&self.path))
    }

    /// The files of an index of this format, read in windows for writing.
    pub(crate) fn windowed(&self) -> Result<Box<dyn Directory>> {
        self.manifest()?;
        self.opened(Folder::passing(&self.path))
    }

    fn opened(&self, directory: std::result::Result<Folder, OpenDirectoryError>) -> Result<Box<dyn Directory>> {
        let cannot = |error| Error::new(ErrorKind::Io, "cannot open the index folder").at(&self.path).because(error);
        Ok(Box::new(directory.map_err(cannot)?))
    }

    /// Makes an index here: `make` gets the empty folder's files. Fails unless the folder does not exist yet, or holds
    /// nothing but hidden files and the remains of an interrupted creation.
    pub(crate) fn create<T>(&self, make: impl FnOnce(Box<dyn Directory>) -> Result<T>) -> Result<T> {
        let folder = &self.path;
        fs::create_dir_all(folder).map_err(|error| Error::io("cannot make the index folder", folder, error))?;
        self.make_room()?;
        // If two processes begin at once, only one may make the index.
        let _lock = self.lock()?;
        self.make_room()?;
        let unfinished = folder.join(META);
        if unfinished.exists() {
            fs::remove_file(&unfinished).map_err(|error| Error::io("cannot remove", unfinished, error))?;
        }
        let made = make(self.opened(Folder::mapped(folder))?)?;
        // The manifest comes last, so that a folder with a manifest always has an index.
        Manifest::current().write(folder)?;
        Ok(made)
    }

    /// Fails if the folder holds more than hidden files and the remains of an interrupted creation.
    fn make_room(&self) -> Result<()> {
        let cannot = |error| Error::io("cannot read the folder", &self.path, error);
        for entry in fs::read_dir(&self.path).map_err(cannot)?.filter_map(std::result::Result::ok) {
            let name = entry.file_name();
            let ours = match &*name.to_string_lossy() {
                "writer.lock" | "manifest.draft" => true,
                META => is_empty_meta(&entry.path()),
                name => name.starts_with('.'),
            };
            if !ours {
                return Err(Error::new(
                    ErrorKind::Argument,
                    "this folder holds other files, so no index is made in it",
                )
                .at(&self.path)
                .hint("name an empty or a new folder: --index DIR"));
            }
        }
        Ok(())
    }

    /// The hidden files that somebody else put into the folder. Fails if it holds other files besides: they would be
    /// lost with the index.
    pub(crate) fn hidden_files(&self) -> Result<Vec<PathBuf>> {
        let failed = |error| Error::io("cannot read", &self.path, error);
        let mut hidden = Vec::new();
        for entry in fs::read_dir(&self.path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_ours(&name) {
                continue;
            }
            if !name.starts_with('.') || !entry.path().is_file() {
                let message =
                    format!("this folder holds {name} beside the index, which would be lost with the old one");
                return Err(Error::new(ErrorKind::Argument, message).at(&self.path).hint("move it elsewhere first"));
            }
            hidden.push(entry.path());
        }
        Ok(hidden)
    }

    /// The bytes of all files of the index except locks.
    pub(crate) fn bytes(&self) -> u64 {
        let Ok(entries) = fs::read_dir(&self.path) else { return 0 };
        let entries = entries.filter_map(std::result::Result::ok);
        let kept = entries.filter(|entry| !entry.file_name().to_string_lossy().ends_with(".lock"));
        kept.filter_map(|entry| entry.metadata().ok()).filter(|data| data.is_file()).map(|data| data.len()).sum()
    }
}

/// Returns whether this is an engine's list without segments, as it is before the first commit.
fn is_empty_meta(path: &Path) -> bool {
    let parsed = fs::read(path).and_then(|sealed| unseal(sealed, path)).ok();
    let meta = parsed.and_then(|content| serde_json::from_slice::<serde_json::Value>(&content).ok());
    meta.is_some_and(|meta| meta["segments"].as_array().is_some_and(Vec::is_empty) && meta["payload"].is_null())
}
