//! Mends an index: a new one is made beside it of everything that can still be read, and replaces it when it is
//! complete.
//!
//! The old index's copy of a document is as good as the file it came from, and documents that a program added have no
//! file. So documents are taken over from the old index wherever they can be read, and only missing ones are read from
//! the files. An index of an earlier format is converted in the same way.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf, is_separator};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};
use xxhash_rust::xxh3::xxh3_64;

use super::rebuild::rebuild;
use super::salvage::{Part, Salvage, Store};
use crate::answer::health::{Fault, Repair};
use crate::backend::writer::BackendWriter;
use crate::catalog::file_state::{FileState, PieceState};
use crate::catalog::files::Catalog;
use crate::corpus::{Corpus, Ocr, Recogniser, in_part, recognised};
use crate::document::path::{path_of, path_text};
use crate::error::Result;
use crate::index::snapshot::shared::Inner;
use crate::index::snapshot::view;
use crate::index::storage::error::{Doing, guarded};
use crate::index::storage::index_folder::IndexFolder;
use crate::index::writing::engine_writer::EngineWriter;
use crate::index::writing::update::Update;
use crate::indexer::former::content_hash;
use crate::note::{Note, NoteKind};

/// The bytes of terms and positions that are gathered before a segment is written.
const MEMORY: usize = 128 << 20;

/// Mends the index in a folder. Fails if there is none, or if the new one cannot be written.
pub(crate) fn repair(folder: &IndexFolder) -> Result<Repair> {
    let start = Instant::now();
    if !folder.is_index() {
        // This fails with what there is instead.
        folder.manifest()?;
    }
    let mut done = rebuild(folder, |new| mend(folder, &new))?;
    done.seconds = start.elapsed().as_secs_f64();
    Ok(done)
}

fn mend(old: &IndexFolder, new: &Arc<Inner>) -> Result<Repair> {
    let mut salvage = Salvage::open(old.path())?;
    let mut writer = EngineWriter::open(Arc::clone(new), 2, MEMORY)?;
    let mut copied = Copied::default();
    let mut stores = Vec::new();
    for part in std::mem::take(&mut salvage.parts) {
        match salvage.store(&part) {
            Ok(store) => stores.push((part, store)),
            Err(error) => copied.notes.push(Note::new(
                NoteKind::Repair,
                format!("segment {}: no document could be read: {}", part.name, error.message()),
            )),
        }
    }
    // If a document is in two segments, the one that is known not to be removed counts.
    stores.sort_by_key(|(_, store)| store.doubtful);
    let known = salvage.catalog.is_some();
    let mut catalog = salvage.catalog.take().unwrap_or_default();
    catalog.archives = std::mem::take(&mut salvage.archives);
    // A program may have named a file of its own in a document that it added itself.
    let came_from = |path: &String| !known || catalog.files.contains_key(path);
    for (part, store) in &stores {
        copy(part, store, &writer, &came_from, &mut copied)?;
    }
    let from_files: u64 = catalog.files.values().map(|state| state.documents).sum();
    // Documents whose words nobody can recognise again now stay as they were.
    let archives_before = catalog.archives.clone();
    let mut usable: BTreeMap<String, bool> = BTreeMap::new();
    let mut waits = |key: &str, state: &FileState| {
        let was_recognised = state.reader.as_deref().is_some_and(recognised);
        archives_before.languages_of(key).filter(|_| was_recognised).is_some_and(|languages| {
            let ask = || Recogniser::new(&Ocr::default(), languages, None).is_usable();
            !*usable.entry(languages.to_owned()).or_insert_with(ask)
        })
    };
    let files = copied.account(&mut catalog, known, &mut waits);
    writer.commit(&catalog)?;
    writer.close()?;

    let mut done = Repair { kept: copied.documents, notes: salvage.notes, ..Repair::default() };
    done.notes.append(&mut copied.notes);
    let read_again: BTreeSet<&String> = files.iter().filter(|file| file.readable).map(|file| &file.key).collect();
    if !read_again.is_empty() {
        let report = Update::new(Arc::clone(new)).run(&archives(&catalog, &read_again)?)?;
        done.read_again = report.added + report.changed;
        // These were taken over first and then replaced.
        done.kept -= files.iter().filter(|file| file.readable).map(|file| file.kept).sum::<u64>();
    }
    for file in files.iter().filter(|file| !file.readable) {
        let missing = file.before.saturating_sub(file.kept);
        if missing == 0 {
            continue;
        }
        done.lost += missing;
        let why = match file.waits {
            true => "tesseract, which recognised words of the file, is missing, so it is read by an update that has it",
            false => "the file cannot be read any more",
        };
        done.losses.push(Fault::new(&file.key, format!("{missing} documents; {why}")));
    }
    let by_hand = salvage.documents.map(|all| all.saturating_sub(from_files));
    if known && let Some(lost) = by_hand.map(|before| before.saturating_sub(copied.by_hand)).filter(|lost| *lost > 0) {
        done.lost += lost;
        done.losses.push(Fault::new("documents without a file", format!("{lost} documents")));
    }
    for id in guarded(|| unread_ids(old, &copied.unread)).unwrap_or_default() {
        if !has(new, &id)? {
            done.losses.push(Fault::new(id, "could not be read"));
        }
    }
    done.documents = view::count_undated(&new.reader.searcher())?.0;
    Ok(done)
}

/// The documents taken over from the old index.
#[derive(Default)]
struct Copied {
    documents: u64,
    /// The number of documents that came from no file.
    by_hand: u64,
    by_file: BTreeMap<String, u64>,
    /// Ids with the files they came from. A segment that should not exist may have a document twice.
    seen: HashSet<(String, Option<String>)>,
    /// Files with a document that was there twice. Only the file tells which of the two is current.
    twice: HashSet<String>,
    /// Documents that could not be read, by the names of their segments.
    unread: BTreeMap<String, HashSet<DocId>>,
    notes: Vec<Note>,
}

/// A file with missing documents, or with too many.
struct Short {
    key: String,
    before: u64,
    kept: u64,
    readable: bool,
    /// Set if it has words that nobody can recognise now.
    waits: bool,
}

/// Takes over the documents of a segment into the new index, on all processors.
fn copy(
    part: &Part,
    store: &Store,
    writer: &EngineWriter,
    came_from: &(dyn Fn(&String) -> bool + Sync),
    copied: &mut Copied,
) -> Result<()> {
    let living = store.living();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let shared = Mutex::new(copied);
    let take_over = |share: &[DocId]| -> Result<()> {
        let mut encoder = writer.encoder();
        for doc in share {
            let read = store.document(*doc);
            let mut copied = shared.lock().unwrap_or_else(PoisonError::into_inner);
            let Ok(document) = read else {
                copied.unread.entry(part.name.clone()).or_default().insert(*doc);
                continue;
            };
            let path = document.place.path.as_ref().map(|path| path_text(path));
            let file = path.filter(came_from);
            if !copied.seen.insert((document.id.clone(), file.clone())) {
                copied.twice.extend(file);
                continue;
            }
            copied.documents += 1;
            match &file {
                Some(file) => *copied.by_file.entry(file.clone()).or_default() += 1,
                None => copied.by_hand += 1,
            }
            drop(copied);
            writer.add(&mut encoder, document, file.as_deref().map(all_of), None)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let shares = living.chunks(living.len().div_ceil(threads).max(1));
        let workers: Vec<_> = shares.map(|share| scope.spawn(|| take_over(share))).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

impl Copied {
    /// Adjusts the catalog to what was taken over, and returns the files with too few or too many documents. Those that
    /// can be read are entered as changed, so that an update reads them, unless they have words that wait for a program.
    fn account(
        &self,
        catalog: &mut Catalog,
        known: bool,
        waits: &mut dyn FnMut(&str, &FileState) -> bool,
    ) -> Vec<Short> {
        let mut short = Vec::new();
        for (key, state) in &mut catalog.files {
            let state = Arc::make_mut(state);
            let kept = self.by_file.get(key).copied().unwrap_or(0);
            if kept != state.documents || self.twice.contains(key) {
                let waits = waits(key, state);
                let readable = !waits && content_hash(&path_of(key)).is_some();
                short.push(Short { key: key.clone(), before: state.documents, kept, readable, waits });
                if waits {
                    state.reader = Some(in_part());
                } else if readable {
                    await_reading(state, kept);
                }
            }
            keep_all_of(state, key, kept);
        }
        for (key, kept) in &self.by_file {
            let state = || Arc::new(FileState { documents: *kept, ..FileState::default() });
            let entered = Arc::make_mut(catalog.files.entry(key.clone()).or_insert_with(state));
            keep_all_of(entered, key, *kept);
            if !known {
                await_reading(entered, *kept);
            }
        }
        short
    }
}

/// The piece number for all documents of a file that are taken over. Where its pieces began and ended is not known any
/// more.
fn all_of(key: &str) -> u64 {
    xxh3_64(key.as_bytes())
}

fn keep_all_of(state: &mut FileState, key: &str, documents: u64) {
    let (skipped, failed) = (state.skipped, state.failed);
    state.documents = documents;
    state.leftover.clear();
    let all = PieceState { number: all_of(key), documents, skipped, failed };
    state.pieces = Some(all).filter(|all| all.documents > 0).into_iter().collect();
    state.problems.iter_mut().for_each(|noted| noted.piece = 0);
    state.problems.sort();
}

/// Enters the file as changed, so that the next update reads it.
fn await_reading(state: &mut FileState, documents: u64) {
    (state.bytes, state.modified, state.hash) = (u64::MAX, None, None);
    state.documents = documents;
}

/// The archives that files lie in, limited to those files. A file's path below its archive's root says much about it.
fn archives(catalog: &Catalog, files: &BTreeSet<&String>) -> Result<Vec<Corpus>> {
    let mut below: BTreeMap<(PathBuf, bool), BTreeSet<PathBuf>> = BTreeMap::new();
    for key in files {
        let Some(state) = catalog.files.get(*key) else { continue };
        let path = path_of(key);
        let root = key.strip_suffix(&state.seed).filter(|root| root.ends_with(is_separator)).map(path_of);
        // A file that was moved since has another path. The folder it lies in now is the best root there is.
        let root = root.or_else(|| path.parent().map(Path::to_path_buf)).unwrap_or_default();
        below.entry((root, state.file_times)).or_default().insert(path);
    }
    let archive = |((root, file_times), files)| Ok(Corpus::open(root)?.file_times(file_times).only(files));
    below.into_iter().map(archive).collect()
}

/// The ids of unreadable documents, as far as the old index still finds documents by their ids.
fn unread_ids(old: &IndexFolder, unread: &BTreeMap<String, HashSet<DocId>>) -> Result<Vec<String>> {
    let mut ids = Vec::new();
    if unread.is_empty() {
        return Ok(ids);
    }
    let (_, fields) = crate::index::record::schema::Fields::schema();
    let engine = tantivy::Index::open(old.mapped()?).doing("cannot open the index")?;
    for segment in engine.searchable_segments().doing("cannot open the index")? {
        let Some(unread) = unread.get(&segment.id().uuid_string()) else { continue };
        let Ok(reader) = guarded(|| SegmentReader::open(&segment).doing("cannot read the index")) else { continue };
        let index = reader.inverted_index(fields.id).doing("cannot read the index")?;
        let mut terms = index.terms().stream().doing("cannot read the index")?;
        while terms.advance() {
            let option = IndexRecordOption::Basic;
            let mut postings =
                index.read_postings_from_terminfo(terms.value(), option).doing("cannot read the index")?;
            while postings.doc() != TERMINATED {
                if unread.contains(&postings.doc()) {
                    ids.push(String::from_utf8_lossy(terms.key()).into_owned());
                }
                postings.advance();
            }
        }
    }
    Ok(ids)
}

fn has(index: &Inner, id: &str) -> Result<bool> {
    let query = TermQuery::new(Term::from_field_text(index.fields.id, id), IndexRecordOption::Basic);
    let found = index.reader.searcher().search(&query, &tantivy::collector::Count);
    Ok(found.doing("cannot search the index")? > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_whose_words_nobody_can_recognise_now_is_not_read_again() {
        let copied = Copied { by_file: BTreeMap::from([("scans.pdf".to_owned(), 1)]), ..Copied::default() };
        let state =
            FileState { documents: 2, hash: Some(7), bytes: 9, reader: Some("1".into()), ..FileState::default() };
        let files: BTreeMap<_, _> = [("scans.pdf".to_owned(), Arc::new(state))].into();
        let mut catalog = Catalog { files, ..Catalog::default() };
        let short = copied.account(&mut catalog, true, &mut |_, _| true);
        assert!(short.len() == 1 && short[0].waits && !short[0].readable);
        let state = &catalog.files["scans.pdf"];
        // It is known as it was, and as one that may give more.
        assert_eq!((state.bytes, state.hash, state.documents), (9, Some(7), 1));
        assert!(state.reader.as_deref().is_some_and(recognised));
    }
}
