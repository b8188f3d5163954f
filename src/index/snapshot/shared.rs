//! The state that all clones of an index share: the engine, its fields, its folder.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::{Directory, RamDirectory};
use tantivy::index::SegmentId;
use tantivy::{IndexReader, IndexSettings, ReloadPolicy, SegmentReader};
use xxhash_rust::xxh3::xxh3_64;

use super::view::View;
use crate::catalog::files::Catalog;
use crate::catalog::public_paths::PublicPaths;
use crate::error::{Error, ErrorKind, Result};
use crate::index::copies::by_document::CopiesByDocument;
use crate::index::copies::list::CopyList;
use crate::index::record::schema::{Fields, register_tokenizer};
use crate::index::storage::catalog_file;
use crate::index::storage::commit::Payload;
use crate::index::storage::error::{Doing, REBUILD};
use crate::index::storage::garbage;
use crate::index::storage::index_folder::{IndexFolder, META};
use crate::text::Analyzers;

/// Behind every clone of an index.
pub(crate) struct Inner {
    pub(crate) engine: tantivy::Index,
    pub(crate) reader: IndexReader,
    pub(crate) fields: Fields,
    /// The engine's own directory, for files that belong to a commit.
    pub(crate) directory: Box<dyn Directory>,
    /// The folder of the index. None for an index in memory.
    pub(crate) folder: Option<IndexFolder>,
    /// The catalog of the index that this one replaces, which knows where files lay before. Empty if it replaces none.
    pub(crate) predecessor: Catalog,
    /// The folder of the index that this one replaces.
    pub(crate) replaces: Option<PathBuf>,
    /// Whether paths are told from the archive's folder on, and not from the root of the disk.
    pub(crate) has_public_paths: bool,
    /// The snapshot that was last searched.
    view: Mutex<Option<Arc<View>>>,
    /// The engine's list of segments as it was last loaded, by its hash. Held while it is loaded anew.
    loaded: Mutex<Option<u64>>,
    pub(crate) analyzers: Analyzers,
}

impl Inner {
    pub(crate) fn in_memory() -> Result<Inner> {
        let directory = RamDirectory::create();
        Inner::over(Box::new(directory), None, true)
    }

    /// Makes a new index in a folder that does not exist, or holds nothing but hidden files and the remains of an
    /// interrupted creation.
    pub(crate) fn create(folder: IndexFolder) -> Result<Inner> {
        folder.create(|directory| Inner::over(directory, Some(folder.clone()), true))
    }

    pub(crate) fn open(folder: IndexFolder) -> Result<Inner> {
        Inner::over(folder.mapped()?, Some(folder), false)
    }

    /// The same index with paths told from the archive's folder on, opened once more.
    pub(crate) fn public_paths(&self) -> Result<Inner> {
        let again = Inner::over(self.directory.clone(), self.folder.clone(), false)?;
        Ok(Inner { has_public_paths: true, ..again })
    }

    /// How a snapshot's paths are told shortly. None where they are told whole.
    pub(crate) fn paths<'v>(&self, view: &'v View) -> Result<Option<&'v PublicPaths>> {
        let read = || Ok(PublicPaths::new(&self.payload()?.archives));
        self.has_public_paths.then(|| view.paths(read)).transpose()
    }

    /// The path of the index's folder. None for an index in memory.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.folder.as_ref().map(IndexFolder::path)
    }

    pub(crate) fn over(directory: Box<dyn Directory>, folder: Option<IndexFolder>, create: bool) -> Result<Inner> {
        let (schema, fields) = Fields::schema();
        let engine = if create {
            let made = tantivy::Index::create(directory.clone(), schema, IndexSettings::default());
            let engine = made.doing("cannot create the index")?;
            register_tokenizer(&engine);
            engine
        } else {
            open_engine(&*directory)?
        };
        // Read before the reader reads it: a commit between the two is then loaded once more, and never missed.
        let loaded = list_of_segments(&*directory);
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
            predecessor: Catalog::default(),
            replaces: None,
            has_public_paths: false,
            view: Mutex::default(),
            loaded: Mutex::new(loaded),
            analyzers: Analyzers::default(),
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
                let files = folder.windowed()?;
                folder.swap()?.clear()?;
                open_engine(&*files)?
            }
            None => open_engine(&*self.directory)?,
        };
        self.collect_leftovers()?;
        Ok(engine)
    }

    /// Removes files that no commit names. The caller must hold the writer's lock, and nothing may be under way.
    pub(crate) fn collect_leftovers(&self) -> Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        garbage::collect(folder.path(), &*self.directory, &self.engine.load_metas().doing("cannot read the index")?)
    }

    /// Makes later commits visible. Where there is none, a small file is read and nothing else.
    pub(crate) fn reload(&self) -> Result<()> {
        // Only one thread reloads at a time: the slower of two would put back a state that the other has passed.
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let now = list_of_segments(&*self.directory);
        if now.is_some() && now == *loaded {
            return Ok(());
        }
        self.reader.reload().doing("cannot reopen the index")?;
        *loaded = now;
        Ok(())
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

/// The engine's list of segments, by its hash. None where it cannot be read.
fn list_of_segments(directory: &dyn Directory) -> Option<u64> {
    directory.atomic_read(Path::new(META)).ok().map(|list| xxh3_64(&list))
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
