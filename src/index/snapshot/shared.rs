//! The state that all clones of an index share: the engine, its fields, its folder.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::error::OpenDirectoryError;
use tantivy::directory::{Directory, RamDirectory};
use tantivy::index::SegmentId;
use tantivy::{IndexReader, IndexSettings, ReloadPolicy, SegmentReader};

use super::view::View;
use crate::error::{Error, ErrorKind, Result};
use crate::index::copies::by_document::CopiesByDocument;
use crate::index::copies::list::CopyList;
use crate::index::record::schema::{Fields, register_tokenizer};
use crate::index::storage::catalog::Catalog;
use crate::index::storage::catalog_file;
use crate::index::storage::checksum::unseal;
use crate::index::storage::commit::Payload;
use crate::index::storage::directory::Folder;
use crate::index::storage::error::{Doing, REBUILD};
use crate::index::storage::garbage;
use crate::index::storage::lock::WriterLock;
use crate::index::storage::manifest::Manifest;
use crate::index::storage::swap::Swap;
use crate::text::Analyzer;

/// The engine's file that lists its segments and the last commit's payload.
const META: &str = "meta.json";

/// Behind every clone of an index.
pub(crate) struct Inner {
    pub(crate) engine: tantivy::Index,
    pub(crate) reader: IndexReader,
    pub(crate) fields: Fields,
    /// The engine's own directory, for files that belong to a commit.
    pub(crate) directory: Box<dyn Directory>,
    /// The folder of the index. None for an index in memory.
    pub(crate) folder: Option<PathBuf>,
    /// The snapshot that was last searched.
    view: Mutex<Option<Arc<View>>>,
    reloading: Mutex<()>,
    /// Idle analyzers. Each has a cache of stems that is worth keeping from one search to the next.
    analyzers: Mutex<Vec<Analyzer>>,
}

impl Inner {
    pub(crate) fn in_memory() -> Result<Inner> {
        let directory = RamDirectory::create();
        Inner::over(Box::new(directory), None, true)
    }

    /// Makes a new index in a folder that does not exist, or holds nothing but hidden files and the remains of an
    /// interrupted creation.
    pub(crate) fn create(folder: PathBuf) -> Result<Inner> {
        fs::create_dir_all(&folder).map_err(|error| Error::io("cannot make the index folder", &folder, error))?;
        make_room(&folder)?;
        // If two processes begin at once, only one may make the index.
        let _lock = WriterLock::take(&folder)?;
        make_room(&folder)?;
        let unfinished = folder.join(META);
        if unfinished.exists() {
            fs::remove_file(&unfinished).map_err(|error| Error::io("cannot remove", unfinished, error))?;
        }
        let directory = open_directory(&folder)?;
        let inner = Inner::over(directory, Some(folder.clone()), true)?;
        // The manifest comes last, so that a folder with a manifest always has an index.
        Manifest::current().write(&folder)?;
        Ok(inner)
    }

    pub(crate) fn open(folder: PathBuf) -> Result<Inner> {
        Inner::over(Inner::directory(&folder)?, Some(folder), false)
    }

    /// The folder of an index of this format, as the engine sees it.
    pub(crate) fn directory(folder: &Path) -> Result<Box<dyn Directory>> {
        Manifest::read(folder)?;
        open_directory(folder)
    }

    pub(crate) fn over(directory: Box<dyn Directory>, folder: Option<PathBuf>, create: bool) -> Result<Inner> {
        let (schema, fields) = Fields::schema();
        let engine = if create {
            let made = tantivy::Index::create(directory.clone(), schema, IndexSettings::default());
            let engine = made.doing("cannot create the index")?;
            register_tokenizer(&engine);
            engine
        } else {
            open_engine(&*directory)?
        };
        let reader =
            engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().doing("cannot open the index")?;
        let searcher = reader.searcher();
        let parts = searcher.segment_readers().len();
        tracing::debug!(new = create, parts, documents = searcher.num_docs(), "index opened");
        Ok(Inner {
            engine,
            reader,
            fields,
            directory,
            folder,
            view: Mutex::default(),
            reloading: Mutex::default(),
            analyzers: Mutex::default(),
        })
    }

    /// The snapshot that the reader sees.
    pub(crate) fn view(&self) -> Result<Arc<View>> {
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

    /// Opens the engine on the folder as it is now. Another process may have written since this index was opened, and a
    /// writer must know all files. Files are read in windows, without maps. The caller must hold the writer's lock.
    pub(crate) fn reopened(&self) -> Result<tantivy::Index> {
        let engine = match &self.folder {
            Some(folder) => {
                Manifest::read(folder)?;
                Swap::of(folder)?.clear()?;
                open_engine(&*opened(folder, Folder::passing(folder))?)?
            }
            None => open_engine(&*self.directory)?,
        };
        self.collect_leftovers()?;
        Ok(engine)
    }

    /// Removes files that no commit names. The caller must hold the writer's lock, and nothing may be under way.
    pub(crate) fn collect_leftovers(&self) -> Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        garbage::collect(folder, &*self.directory, &self.engine.load_metas().doing("cannot read the index")?)
    }

    /// Lends an analyzer that no other thread has.
    pub(crate) fn with_analyzer<T>(&self, work: impl FnOnce(&mut Analyzer) -> T) -> T {
        let resting = || self.analyzers.lock().unwrap_or_else(PoisonError::into_inner);
        let rested = resting().pop();
        let mut analyzer = rested.unwrap_or_else(Analyzer::for_questions);
        let done = work(&mut analyzer);
        resting().push(analyzer);
        done
    }

    /// Makes later commits visible.
    pub(crate) fn reload(&self) -> Result<()> {
        // Only one thread reloads at a time: the slower of two would put back a state that the other has passed.
        let _turn = self.reloading.lock().unwrap_or_else(PoisonError::into_inner);
        self.reader.reload().doing("cannot reopen the index")
    }

    /// The payload of the last commit.
    pub(crate) fn payload(&self) -> Result<Payload> {
        let metas = self.engine.load_metas().doing("cannot read the index")?;
        Payload::read(metas.payload.as_deref())
    }

    /// The list of copies for a snapshot. It is empty if the folder has none of the snapshot's segments any more, as
    /// after a rebuild by another program: the numbers of one index mean nothing for another's documents.
    pub(crate) fn copies(&self, view: &View) -> Result<Arc<CopiesByDocument>> {
        view.folds(|searcher| {
            let parts: HashSet<SegmentId> = searcher.segment_readers().iter().map(SegmentReader::segment_id).collect();
            let payload = || -> Result<Payload> {
                let metas = self.engine.load_metas().doing("cannot read the index")?;
                let is_same = metas.segments.iter().any(|part| parts.contains(&part.id()));
                if is_same { Payload::read(metas.payload.as_deref()) } else { Ok(Payload::default()) }
            };
            let mut named = payload()?;
            loop {
                let filed = CopyList::of_commit(&*self.directory, &named);
                // A commit since the payload was read removes the file it names.
                let now = if filed.is_err() { payload()? } else { Payload::default() };
                match filed {
                    Err(_) if now.copies != named.copies => named = now,
                    filed => return CopiesByDocument::new(filed?, searcher),
                }
            }
        })
    }

    /// The catalog of the last commit.
    pub(crate) fn catalog(&self) -> Result<Catalog> {
        let payload = || -> Result<_> { Ok(self.engine.load_metas().doing("cannot read the index")?.payload) };
        let mut named = payload()?;
        loop {
            let read = catalog_file::read(&*self.directory, named.as_deref());
            // A commit in between removes the catalog of the former one.
            let now = if read.is_err() { payload()? } else { named.clone() };
            if now == named {
                return read;
            }
            named = now;
        }
    }
}

fn open_directory(folder: &Path) -> Result<Box<dyn Directory>> {
    opened(folder, Folder::mapped(folder))
}

fn opened(folder: &Path, directory: std::result::Result<Folder, OpenDirectoryError>) -> Result<Box<dyn Directory>> {
    let cannot = |error| Error::new(ErrorKind::Io, "cannot open the index folder").at(folder).because(error);
    Ok(Box::new(directory.map_err(cannot)?))
}

/// Opens the engine, ready to read and write our fields.
fn open_engine(directory: &dyn Directory) -> Result<tantivy::Index> {
    let engine = tantivy::Index::open(directory.box_clone()).doing("cannot open the index")?;
    if engine.schema() != Fields::schema().0 {
        return Err(
            Error::new(ErrorKind::IndexVersion, "this index has other fields than its format says").hint(REBUILD)
        );
    }
    register_tokenizer(&engine);
    Ok(engine)
}

/// Fails if a folder holds more than hidden files and the remains of an interrupted creation.
fn make_room(folder: &Path) -> Result<()> {
    let entries = fs::read_dir(folder).map_err(|error| Error::io("cannot read the folder", folder, error))?;
    for entry in entries.filter_map(std::result::Result::ok) {
        let name = entry.file_name();
        let ours = match &*name.to_string_lossy() {
            "writer.lock" | "manifest.draft" => true,
            META => is_empty_meta(&entry.path()),
            name => name.starts_with('.'),
        };
        if !ours {
            return Err(Error::new(ErrorKind::Argument, "this folder holds other files, so no index is made in it")
                .at(folder)
                .hint("name an empty or a new folder: --index DIR"));
        }
    }
    Ok(())
}

/// Returns whether this is an engine's list without segments, as it is before the first commit.
fn is_empty_meta(path: &Path) -> bool {
    let parsed = fs::read(path).and_then(|sealed| unseal(sealed, path)).ok();
    let meta = parsed.and_then(|content| serde_json::from_slice::<serde_json::Value>(&content).ok());
    meta.is_some_and(|meta| meta["segments"].as_array().is_some_and(Vec::is_empty) && meta["payload"].is_null())
}
