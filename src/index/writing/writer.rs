//! Adding, replacing and removing documents.

use std::collections::HashSet;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, META_LOCK};
use tantivy::index::{Segment, SegmentReader};
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use tantivy::query::{BooleanQuery, TermSetQuery};
use tantivy::schema::Term;
use tantivy::{TantivyDocument, TantivyError};

use super::find_copies;
use super::memory_budget::{Share, Weighed};
use super::merge_policy::Merging;
use super::withdrawn::Withdrawn;
use crate::answer::update::CommitReport;
use crate::document::Document;
use crate::error::Result;
use crate::index::copies::list_writer::write_again;
use crate::index::record::fingerprint_column::beyond;
use crate::index::record::stored::Encoder;
use crate::index::snapshot::shared::Inner;
use crate::index::storage::catalog::{Catalog, PieceState};
use crate::index::storage::catalog_file;
use crate::index::storage::error::Doing;
use crate::index::storage::garbage;
use crate::index::storage::index_folder::IndexFolder;
use crate::index::storage::lock::WriterLock;

/// The least memory for a thread that the engine accepts.
const MIN_THREAD_MEMORY: usize = 15_000_000;
/// The most memory for a thread that the engine accepts: 4 GB.
const MAX_THREAD_MEMORY: usize = 4_000_000_000;

/// The bytes of terms and positions that an [`IndexWriter`] gathers before it writes a segment.
const WRITER_MEMORY: usize = 96 << 20;

/// The bytes that may be merged, as a multiple of the bytes that are gathered. A merge holds the term dictionaries, the
/// column that is merged and the texts of one segment: about a sixth of the whole.
const MERGE_FACTOR: u64 = 6;

/// Longer than starting a program takes.
const LOCK_PATIENCE: Duration = Duration::from_secs(5);

/// The engine's writer with our lock around it. [`IndexWriter`] and the update of folders share it.
pub(crate) struct Engine {
    writer: tantivy::IndexWriter<Weighed>,
    /// The number that the next document gets.
    next: AtomicU64,
    /// Our lock, taken before the engine's own because it can say who holds it.
    lock: Option<WriterLock>,
}

impl Engine {
    /// Opens a writer with this many threads, which gather `memory` bytes of terms and positions in all before they
    /// write a segment.
    pub(crate) fn open(index: &Inner, threads: usize, memory: usize) -> Result<Engine> {
        Engine::holding(index.folder.as_ref().map(IndexFolder::lock).transpose()?, index, threads, memory)
    }

    fn holding(lock: Option<WriterLock>, index: &Inner, threads: usize, memory: usize) -> Result<Engine> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread((memory / threads).clamp(MIN_THREAD_MEMORY, MAX_THREAD_MEMORY))
            .num_merge_threads(1)
            .build();
        let engine = index.reopened()?;
        let start = Instant::now();
        let writer = loop {
            match engine.writer_with_options(options.clone()) {
                // Nobody else writes while we hold our lock, but a program that is being started has a copy of the
                // engine's lock for a moment.
                Err(TantivyError::LockFailure(LockError::LockBusy, _))
                    if lock.is_some() && start.elapsed() < LOCK_PATIENCE =>
                {
                    std::thread::sleep(Duration::from_millis(5));
                }
                opened => break opened.doing("cannot write to the index")?,
            }
        };
        writer.set_merge_policy(Box::new(Merging::new(index.folder.clone(), MERGE_FACTOR * memory as u64)));
        // No number is given twice, whatever became of the payload.
        index.reload()?;
        let beyond = beyond(&index.reader.searcher()).doing("cannot read the index")?;
        Ok(Engine { writer, next: AtomicU64::new(index.payload()?.next.max(beyond)), lock })
    }

    /// Adds a record and gives it a number. `share` is its part of a budget until it is written.
    pub(crate) fn add(&self, index: &Inner, mut record: TantivyDocument, share: Option<Share>) -> Result<()> {
        index.fields.prints.write_number(&mut record, self.next.fetch_add(1, Ordering::Relaxed));
        let record = Weighed { record, _share: share };
        self.writer.add_document(record).doing("cannot add a document to the index").map(drop)
    }

    /// Makes everything since the last commit visible, together with this catalog.
    pub(crate) fn commit(&mut self, index: &Inner, catalog: &Catalog) -> Result<()> {
        let start = Instant::now();
        let mut payload = index.payload()?;
        let mut commit = self.writer.prepare_commit().doing("cannot commit to the index")?;
        payload.catalog = Some(catalog_file::write(catalog, &*index.directory, commit.opstamp())?);
        payload.next = self.next.load(Ordering::Relaxed);
        payload.archives = catalog.archives.clone();
        commit.set_payload(&payload.write()?);
        commit.commit().doing("cannot commit to the index")?;
        garbage::drop_lists(index.path(), &*index.directory, &payload);
        index.reload()?;
        let (documents, parts) = {
            let searcher = index.reader.searcher();
            (searcher.num_docs(), searcher.segment_readers().len())
        };
        tracing::debug!(documents, parts, millis = start.elapsed().as_millis() as u64, "committed");
        Ok(())
    }

    /// Compares what was committed since the last time with all the rest to find copies, in a commit of its own. If the
    /// machine stops before it, the newest documents remain to be compared the next time. If nothing changed, no commit
    /// is made, except one that names the list `anew`, so that nobody has to look again.
    fn find_copies(&mut self, index: &Inner, anew: bool) -> Result<()> {
        let start = Instant::now();
        let mut payload = index.payload()?;
        let segments = self.segments()?;
        let parts = segments.iter().map(SegmentReader::open).collect::<tantivy::Result<Vec<_>>>();
        let parts = parts.doing("cannot read the index")?;
        let found = find_copies::find(index, &parts, &payload)?;
        if found.is_none() && !anew {
            return Ok(());
        }
        let stories = found.as_ref().map(|found| found.stories.count);
        let mut commit = self.writer.prepare_commit().doing("cannot commit to the index")?;
        payload.copies = Some(match found {
            Some(found) => found.write(&*index.directory, commit.opstamp())?,
            None => write_again(&*index.directory, commit.opstamp(), &payload)?,
        });
        commit.set_payload(&payload.write()?);
        commit.commit().doing("cannot commit to the index")?;
        garbage::drop_lists(index.path(), &*index.directory, &payload);
        tracing::debug!(stories, millis = start.elapsed().as_millis() as u64, "copies found");
        index.reload()
    }

    /// The segments of the last commit. No merge removes their files while these are held.
    fn segments(&self) -> Result<Vec<Segment>> {
        let engine = self.writer.index();
        let lock = engine.directory().acquire_lock(&META_LOCK).map_err(TantivyError::from);
        let _no_collection = lock.doing("cannot read the index")?;
        engine.searchable_segments().doing("cannot read the index")
    }

    /// Removes the documents with this id that were added before.
    pub(crate) fn remove(&self, index: &Inner, id: &str) {
        self.writer.delete_term(Term::from_field_text(index.fields.id, id));
    }

    /// Removes all documents that were added before and belong to the pieces with these numbers.
    pub(crate) fn remove_pieces(&self, index: &Inner, numbers: impl IntoIterator<Item = u64>) {
        for number in numbers {
            self.writer.delete_term(Term::from_field_u64(index.fields.piece, number));
        }
    }

    /// Removes the documents of some pieces that have one of these ids.
    pub(crate) fn remove_from(&self, index: &Inner, pieces: &[PieceState], ids: &HashSet<String>) -> Result<()> {
        let pieces = pieces.iter().map(|piece| Term::from_field_u64(index.fields.piece, piece.number));
        let ids = ids.iter().map(|id| Term::from_field_text(index.fields.id, id));
        let both = [Box::new(TermSetQuery::new(pieces)) as _, Box::new(TermSetQuery::new(ids)) as _];
        let query = BooleanQuery::intersection(both.into());
        self.writer.delete_query(Box::new(query)).doing("cannot remove documents from the index").map(drop)
    }

    /// Waits for the engine to finish merging, removes what is no longer used, and then finds copies. These steps
    /// follow each other because each takes memory.
    pub(crate) fn close(self, index: &Inner) -> Result<()> {
        let start = Instant::now();
        let Engine { writer, lock, .. } = self;
        writer.wait_merging_threads().doing("cannot finish writing the index")?;
        index.collect_leftovers()?;
        tracing::debug!(millis = start.elapsed().as_millis() as u64, "parts merged");
        if find_copies::are_found(index)? {
            return Ok(());
        }
        let mut engine = Engine::holding(lock, index, 1, MIN_THREAD_MEMORY)?;
        // Nobody would wait for the end of a merge.
        engine.writer.set_merge_policy(Box::new(NoMergePolicy));
        engine.find_copies(index, true)
    }
}

/// Writes documents to an index. Nothing is seen by a search before [`commit`](Self::commit), and what was not
/// committed when the writer goes away never happened.
///
/// ```
/// use dateline::{Document, Index};
///
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.add(Document::new("a", "The ferry sailed at dawn."))?;
/// assert_eq!(writer.commit()?.added, 1);
/// assert_eq!(index.info()?.documents, 1);
/// # Ok::<(), dateline::Error>(())
/// ```
pub struct IndexWriter {
    engine: Engine,
    encoder: Encoder,
    index: std::sync::Arc<Inner>,
    withdrawn: Withdrawn,
    report: CommitReport,
}

impl IndexWriter {
    pub(crate) fn new(index: std::sync::Arc<Inner>) -> Result<IndexWriter> {
        let engine = Engine::open(&index, 1, WRITER_MEMORY)?;
        let (encoder, withdrawn) = (Encoder::new(index.fields), Withdrawn::since_commit(&index)?);
        Ok(IndexWriter { engine, encoder, index, withdrawn, report: CommitReport::default() })
    }

    /// Adds a document, which replaces one with the same id. Fails if the index cannot be written.
    pub fn add(&mut self, document: Document) -> Result<()> {
        self.withdrawn.note(&document.id);
        self.engine.remove(&self.index, &document.id);
        self.report.added += 1;
        self.report.undated += u64::from(document.dated.date().is_none());
        let record = self.encoder.encode(document, None)?;
        self.engine.add(&self.index, record, None)
    }

    /// Removes the document with this id, if there is one.
    pub fn remove(&mut self, id: &str) {
        self.withdrawn.note(id);
        self.report.removed += 1;
        self.engine.remove(&self.index, id);
    }

    /// Makes all changes visible at once, and safe on disk.
    pub fn commit(&mut self) -> Result<CommitReport> {
        let mut catalog = self.index.catalog()?;
        self.withdrawn.take_out(&self.index, &mut catalog)?;
        self.engine.commit(&self.index, &catalog)?;
        self.engine.find_copies(&self.index, false)?;
        self.withdrawn = Withdrawn::since_commit(&self.index)?;
        Ok(std::mem::take(&mut self.report))
    }
}

impl fmt::Debug for IndexWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IndexWriter")
            .field("folder", &self.index.folder)
            .field("report", &self.report)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::corpus::Corpus;
    use crate::index::copies::list::CopyList;
    use crate::search::index::Index;

    #[test]
    fn copies_are_not_looked_for_again_where_nothing_changed() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::create_dir(path("texts")).unwrap();
        let write = |name: &str, text: &str| std::fs::write(path("texts").join(name), text).unwrap();
        let text = "The ferry sailed at dawn. ".repeat(20);
        write("one.txt", &text);
        write("other.txt", &text);
        write("alone.txt", "An otter sleeps where the mill turned.");
        let index = Index::create(path("index")).unwrap();
        let named = |removed: u64| {
            let report = index.update().run(&[Corpus::open(path("texts")).unwrap()]).unwrap();
            assert_eq!(report.removed, removed);
            assert!(find_copies::are_found(&index.inner).unwrap());
            index.inner.payload().unwrap().copies.unwrap()
        };
        let first = named(0);
        // A document that shares nothing with others leaves the list as it was.
        std::fs::remove_file(path("texts").join("alone.txt")).unwrap();
        let later = named(1);
        assert_ne!(first, later);
        assert_eq!(named(0), later);
        let list = CopyList::of_commit(&*index.inner.directory, &index.inner.payload().unwrap()).unwrap();
        let mut pairs = 0;
        list.sharing(|_| pairs += 1).unwrap();
        assert_eq!((list.compared, pairs), (3, 1));
    }
}
