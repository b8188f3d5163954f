//! What every part of an index shares: the engine, its fields, its folder.

use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::{Directory, MmapDirectory, RamDirectory};
use tantivy::{IndexReader, IndexSettings, ReloadPolicy};

use super::catalog::Catalog;
use super::failure::Doing;
use super::folder::Folder;
use super::manifest::Manifest;
use super::schema::{Fields, register_tokenizer};
use super::view::View;
use crate::error::{Error, ErrorKind, Result};
use crate::text::Analyzer;

/// Behind every clone of an index.
pub(super) struct Inner {
    pub(super) engine: tantivy::Index,
    pub(super) reader: IndexReader,
    pub(super) fields: Fields,
    /// The engine's own directory, for files that live and die with a commit.
    pub(super) directory: Box<dyn Directory>,
    /// None for an index in memory.
    pub(super) folder: Option<PathBuf>,
    /// The state last searched.
    view: Mutex<Option<Arc<View>>>,
    /// Analyzers at rest: each holds a cache of stems that is worth keeping from one search to the next.
    analyzers: Mutex<Vec<Analyzer>>,
}

impl Inner {
    pub(super) fn in_memory() -> Result<Inner> {
        let directory = RamDirectory::create();
        Inner::over(Box::new(directory), None, true)
    }

    /// A new index in a folder that does not exist, or holds nothing but hidden files.
    pub(super) fn create(folder: PathBuf) -> Result<Inner> {
        fs::create_dir_all(&folder).map_err(|error| Error::io("cannot make the index folder", &folder, error))?;
        let taken = fs::read_dir(&folder)
            .map_err(|error| Error::io("cannot read the folder", &folder, error))?
            .filter_map(std::result::Result::ok)
            .any(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
        if taken {
            return Err(Error::new(ErrorKind::Argument, "this folder holds other files, so no index is made in it")
                .at(folder)
                .hint("name an empty or a new folder: --index DIR"));
        }
        let directory = open_directory(&folder)?;
        let inner = Inner::over(directory, Some(folder.clone()), true)?;
        // Last, so that a folder with a manifest always has an index behind it.
        Manifest::current().write(&folder)?;
        Ok(inner)
    }

    pub(super) fn open(folder: PathBuf) -> Result<Inner> {
        Manifest::read(&folder)?;
        let directory = open_directory(&folder)?;
        Inner::over(directory, Some(folder), false)
    }

    fn over(directory: Box<dyn Directory>, folder: Option<PathBuf>, create: bool) -> Result<Inner> {
        let (schema, fields) = Fields::schema();
        let engine = if create {
            tantivy::Index::create(directory.clone(), schema, IndexSettings::default())
                .doing("cannot create the index")?
        } else {
            let engine = tantivy::Index::open(directory.clone()).doing("cannot open the index")?;
            if engine.schema() != schema {
                return Err(Error::new(ErrorKind::IndexVersion, "this index has other fields than its format says")
                    .hint("rebuild it from the files: dateline index --rebuild"));
            }
            engine
        };
        register_tokenizer(&engine);
        let reader =
            engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().doing("cannot open the index")?;
        Ok(Inner { engine, reader, fields, directory, folder, view: Mutex::default(), analyzers: Mutex::default() })
    }

    /// The state of the index that the reader sees.
    pub(super) fn view(&self) -> Result<Arc<View>> {
        let searcher = self.reader.searcher();
        let generation = searcher.generation().generation_id();
        let mut kept = self.view.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(view) = kept.as_ref().filter(|view| view.searcher.generation().generation_id() == generation) {
            return Ok(Arc::clone(view));
        }
        let view = Arc::new(View::new(searcher, self.fields)?);
        *kept = Some(Arc::clone(&view));
        Ok(view)
    }

    /// Lends an analyzer that no other thread has.
    pub(super) fn with_analyzer<T>(&self, work: impl FnOnce(&mut Analyzer) -> T) -> T {
        let resting = || self.analyzers.lock().unwrap_or_else(PoisonError::into_inner);
        let rested = resting().pop();
        let mut analyzer = rested.unwrap_or_else(Analyzer::new);
        let done = work(&mut analyzer);
        resting().push(analyzer);
        done
    }

    /// The catalog of the last commit.
    pub(super) fn catalog(&self) -> Result<Catalog> {
        let metas = self.engine.load_metas().doing("cannot read the index")?;
        Catalog::read(&*self.directory, metas.payload.as_deref())
    }

    /// Deletes catalogs of commits gone by, and drafts a dead writer left.
    pub(super) fn sweep(&self, payload: &str) {
        let (Some(folder), Some(current)) = (&self.folder, Catalog::file_of(payload)) else { return };
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.filter_map(std::result::Result::ok) {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let old = name.starts_with("catalog-") && name.ends_with(".json") && *name != *current;
            if old || name.ends_with(".draft") {
                // What cannot be deleted now is found again next time.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

fn open_directory(folder: &std::path::Path) -> Result<Box<dyn Directory>> {
    let directory = MmapDirectory::open(folder)
        .map(Folder)
        .map_err(|error| Error::new(ErrorKind::Io, "cannot open the index folder").at(folder).because(error))?;
    Ok(Box::new(directory))
}
