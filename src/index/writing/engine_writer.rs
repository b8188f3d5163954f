//! The engine's writer: adding, replacing and removing documents, and committing them.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tantivy::collector::DocSetCollector;
use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, META_LOCK};
use tantivy::index::{Segment, SegmentReader};
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use tantivy::query::{BooleanQuery, TermQuery, TermSetQuery};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, TantivyDocument, TantivyError};

use super::find_copies;
use super::merge_policy::Merging;
use super::piece_documents::{counts_in, origins, taken_ids};
use super::weighed::Weighed;
use crate::backend::memory_budget::Share;
use crate::backend::writer::{BackendWriter, DocumentCounts, Origins, TakenIds};
use crate::catalog::file_state::PieceState;
use crate::catalog::files::Catalog;
use crate::document::Document;
use crate::document::path::path_text;
use crate::error::Result;
use crate::index::copies::list_writer::write_again;
use crate::index::record::fingerprint_column::beyond;
use crate::index::record::stored::{Encoder, decode};
use crate::index::snapshot::shared::Inner;
use crate::index::snapshot::view;
use crate::index::storage::catalog_file;
use crate::index::storage::error::Doing;
use crate::index::storage::garbage;
use crate::index::storage::index_folder::IndexFolder;
use crate::index::storage::lock::WriterLock;
use crate::index::storage::manifest::{Manifest, has_list};
use crate::index::storage::network_disk;
use crate::note::{Note, NoteKind};

/// The least memory for a thread that the engine accepts.
const MIN_THREAD_MEMORY: usize = 15_000_000;
/// The most memory for a thread that the engine accepts: 4 GB.
const MAX_THREAD_MEMORY: usize = 4_000_000_000;

/// The bytes that may be merged, as a multiple of the bytes that are gathered. A merge holds the term dictionaries, the
/// column that is merged and the texts of one segment: about a sixth of the whole.
const MERGE_FACTOR: u64 = 6;

/// Longer than starting a program takes.
const LOCK_PATIENCE: Duration = Duration::from_secs(5);

/// The engine's writer with our lock around it.
pub(crate) struct EngineWriter {
    index: Arc<Inner>,
    writer: tantivy::IndexWriter<Weighed>,
    /// The number that the next document gets.
    next: AtomicU64,
    /// Our lock, taken before the engine's own because it can say who holds it.
    lock: Option<WriterLock>,
}

impl EngineWriter {
    /// Opens a writer with this many threads, which gather `memory` bytes of terms and positions in all before they
    /// write a segment.
    pub(crate) fn open(index: Arc<Inner>, threads: usize, memory: usize) -> Result<EngineWriter> {
        let lock = index.folder.as_ref().map(IndexFolder::lock).transpose()?;
        EngineWriter::holding(lock, index, threads, memory)
    }

    fn holding(lock: Option<WriterLock>, index: Arc<Inner>, threads: usize, memory: usize) -> Result<EngineWriter> {
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
        let next = AtomicU64::new(index.payload()?.next.max(beyond));
        Ok(EngineWriter { index, writer, next, lock })
    }

    /// Compares what was committed since the last time with all the rest to find copies, in a commit of its own. If the
    /// machine stops before it, the newest documents remain to be compared the next time. If nothing changed, no commit
    /// is made, except one that names the list `anew`, so that nobody has to look again.
    fn compare(&mut self, anew: bool) -> Result<()> {
        let index = Arc::clone(&self.index);
        let start = Instant::now();
        let mut payload = index.payload()?;
        let segments = self.segments()?;
        let parts = segments.iter().map(SegmentReader::open).collect::<tantivy::Result<Vec<_>>>();
        let parts = parts.doing("cannot read the index")?;
        let found = find_copies::find(&index, &parts, &payload)?;
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

    /// The documents with a term.
    fn with_term(&self, term: Term) -> Result<HashSet<DocAddress>> {
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        self.index.reader.searcher().search(&query, &DocSetCollector).doing("cannot search the index")
    }
}

impl BackendWriter for EngineWriter {
    type Encoder = Encoder;

    fn encoder(&self) -> Encoder {
        Encoder::new(self.index.fields)
    }

    fn add(&self, encoder: &mut Encoder, document: Document, piece: Option<u64>, share: Option<Share>) -> Result<()> {
        let mut record = encoder.encode(document, piece)?;
        self.index.fields.prints.write_number(&mut record, self.next.fetch_add(1, Ordering::Relaxed));
        let record = Weighed { record, _share: share };
        self.writer.add_document(record).doing("cannot add a document to the index").map(drop)
    }

    fn remove(&self, id: &str) {
        self.writer.delete_term(Term::from_field_text(self.index.fields.id, id));
    }

    fn remove_pieces(&self, numbers: impl IntoIterator<Item = u64>) {
        for number in numbers {
            self.writer.delete_term(Term::from_field_u64(self.index.fields.piece, number));
        }
    }

    fn remove_from(&self, pieces: &[PieceState], ids: &HashSet<String>) -> Result<()> {
        let fields = self.index.fields;
        let pieces = pieces.iter().map(|piece| Term::from_field_u64(fields.piece, piece.number));
        let ids = ids.iter().map(|id| Term::from_field_text(fields.id, id));
        let both = [Box::new(TermSetQuery::new(pieces)) as _, Box::new(TermSetQuery::new(ids)) as _];
        let query = BooleanQuery::intersection(both.into());
        self.writer.delete_query(Box::new(query)).doing("cannot remove documents from the index").map(drop)
    }

    fn commit(&mut self, catalog: &Catalog) -> Result<()> {
        let (start, index) = (Instant::now(), &*self.index);
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

    fn find_copies(&mut self) -> Result<()> {
        self.compare(false)
    }

    /// Waits for the engine to finish merging, removes what is no longer used, and then finds copies. These steps
    /// follow each other because each takes memory.
    fn close(self) -> Result<DocumentCounts> {
        let start = Instant::now();
        let EngineWriter { index, writer, lock, .. } = self;
        writer.wait_merging_threads().doing("cannot finish writing the index")?;
        index.collect_leftovers()?;
        tracing::debug!(millis = start.elapsed().as_millis() as u64, "parts merged");
        if !find_copies::are_found(&index)? {
            let mut engine = EngineWriter::holding(lock, Arc::clone(&index), 1, MIN_THREAD_MEMORY)?;
            // Nobody would wait for the end of a merge.
            engine.writer.set_merge_policy(Box::new(NoMergePolicy));
            engine.compare(true)?;
        }
        index.reload()?;
        let (documents, undated) = view::count_undated(&index.reader.searcher())?;
        Ok(DocumentCounts { documents, undated })
    }

    fn catalog(&self) -> Result<Catalog> {
        self.index.catalog()
    }

    fn predecessor(&self) -> &Catalog {
        &self.index.predecessor
    }

    fn folder(&self) -> Option<&Path> {
        self.index.path()
    }

    fn home(&self) -> Option<&Path> {
        self.index.replaces.as_deref().or(self.index.path())
    }

    fn may_be_of_index(&self, name: &str) -> bool {
        garbage::is_ours(name)
    }

    fn is_index(&self, folder: &Path) -> bool {
        Manifest::parse(folder).is_some() && has_list(folder)
    }

    fn notes(&self) -> Vec<Note> {
        let network = self.index.path().and_then(network_disk::network);
        let note = network.map(|kind| Note::new(NoteKind::NetworkDisk, network_disk::warning(&kind)));
        note.into_iter().collect()
    }

    fn origins(&self) -> Result<Origins> {
        origins(&self.index.reader.searcher(), self.index.fields)
    }

    fn files_of(&self, id: &str) -> Result<Vec<String>> {
        let (searcher, fields) = (self.index.reader.searcher(), &self.index.fields);
        let mut files = Vec::new();
        for field in [fields.id, fields.other_ids] {
            for address in self.with_term(Term::from_field_text(field, id))? {
                let record: TantivyDocument = searcher.doc(address).doing("cannot read the index")?;
                files.extend(decode(fields, &record)?.place.path.map(|path| path_text(&path)));
            }
        }
        Ok(files)
    }

    fn counts_in(&self, pieces: &[PieceState], ids: &HashSet<String>) -> Result<Vec<u64>> {
        let mut documents = HashSet::new();
        for id in ids {
            documents.extend(self.with_term(Term::from_field_text(self.index.fields.id, id))?);
        }
        counts_in(&self.index.reader.searcher(), self.index.fields, pieces, &documents)
    }

    fn taken_ids(&self, pieces: &[PieceState]) -> Result<TakenIds> {
        taken_ids(self.index.reader.searcher(), self.index.fields, pieces)
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
            assert!(find_copies::are_found(index.engine.disk("").unwrap()).unwrap());
            index.engine.disk("").unwrap().payload().unwrap().copies.unwrap()
        };
        let first = named(0);
        // A document that shares nothing with others leaves the list as it was.
        std::fs::remove_file(path("texts").join("alone.txt")).unwrap();
        let later = named(1);
        assert_ne!(first, later);
        assert_eq!(named(0), later);
        let list = CopyList::of_commit(
            &*index.engine.disk("").unwrap().directory,
            &index.engine.disk("").unwrap().payload().unwrap(),
        )
        .unwrap();
        let mut pairs = 0;
        list.sharing(|_| pairs += 1).unwrap();
        assert_eq!((list.compared, pairs), (3, 1));
    }
}
