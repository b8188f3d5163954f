//! Verifies an index from end to end: that no byte has changed since it was written, and that postings agree with the
//! stored texts.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use tantivy::directory::{Directory, FileHandle, META_LOCK};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, IndexMeta, SegmentReader, TERMINATED};

use super::consistency::Agreement;
use crate::answer::health::{Fault, Verification};
use crate::catalog::file_state::PieceState;
use crate::catalog::files::Catalog;
use crate::corpus::modified;
use crate::document::path::path_of;
use crate::error::{Error, ErrorKind, Result};
use crate::index::snapshot::shared::Inner;
use crate::index::storage::catalog_file;
use crate::index::storage::commit::Payload;
use crate::index::storage::error::{Doing, failure, guarded};
use crate::index::storage::index_folder::IndexFolder;
use crate::indexer::former::same_content;

/// An opened file of the index with its name.
type Opened = (String, Arc<dyn FileHandle>);

/// Verifies an index. Fails if there is none, or one of another format. Everything that is wrong with an index is in
/// the result.
pub(crate) fn verify(folder: &IndexFolder) -> Result<Verification> {
    let start = Instant::now();
    let mut found = Verification::default();
    if let Err(error) = guarded(|| check(folder, &mut found)) {
        match error.kind() {
            // The engine fails this way only because of what it read.
            ErrorKind::Corrupt | ErrorKind::Internal => found.fault(place(&error), error.message()),
            _ => return Err(error),
        }
    }
    found.damage.sort();
    found.damage.dedup();
    found.whole = found.damaged == 0;
    found.seconds = start.elapsed().as_secs_f64();
    Ok(found)
}

fn place(error: &Error) -> String {
    error.path().map_or("the index".into(), |path| path.display().to_string())
}

fn check(folder: &IndexFolder, found: &mut Verification) -> Result<()> {
    let directory = folder.mapped()?;
    let (committed, files) = committed(&*directory, found)?;
    found.documents = committed.segments.iter().map(|segment| u64::from(segment.num_docs())).sum();
    read(files, found);
    if found.damaged > 0 {
        found.outdated = outdated(&catalog_file::read(&*directory, committed.payload.as_deref())?);
        return Ok(());
    }
    let (inner, catalog) = of_one_commit(folder)?;
    found.outdated = outdated(&catalog);
    let searcher = inner.reader.searcher();
    count(&inner, searcher.segment_readers(), &catalog, found)?;
    let agreement = Agreement::new(&inner);
    for segment in searcher.segment_readers() {
        agreement.check(segment, found)?;
    }
    Ok(())
}

/// The index and the catalog of one commit, although another commit may come between opening them.
fn of_one_commit(folder: &IndexFolder) -> Result<(Inner, Catalog)> {
    /// More attempts than commits can fall between two steps of opening.
    const ATTEMPTS: usize = 1_000;
    let mut attempt = 0;
    loop {
        attempt += 1;
        let committed = |inner: &Inner| -> Result<Option<String>> {
            Ok(inner.engine.load_metas().doing("cannot read the index")?.payload)
        };
        let inner = Inner::open(folder.clone())?;
        let before = committed(&inner)?;
        let catalog = catalog_file::read(&*inner.directory, before.as_deref());
        inner.reader.reload().doing("cannot reopen the index")?;
        if committed(&inner)? == before || attempt == ATTEMPTS {
            return Ok((inner, catalog?));
        }
    }
}

/// The last commit with all its files, opened while no commit can remove one.
fn committed(directory: &dyn Directory, found: &mut Verification) -> Result<(IndexMeta, Vec<Opened>)> {
    let _no_commit = directory.acquire_lock(&META_LOCK).doing("cannot read the index")?;
    let engine = tantivy::Index::open(directory.box_clone()).doing("cannot open the index")?;
    let committed = engine.load_metas().doing("cannot read the index")?;
    let mut files = Vec::new();
    let copies = Payload::read(committed.payload.as_deref())?.copies;
    for path in committed.list_segment_files().into_iter().chain(copies.map(PathBuf::from)) {
        let name = path.display().to_string();
        // A segment without deletions has no such list.
        match directory.exists(&path).map_err(tantivy::TantivyError::from).doing("cannot read the index") {
            Ok(true) => {}
            Ok(false) if name.ends_with(".0.del") => continue,
            Ok(false) => {
                found.fault(name, "is gone");
                continue;
            }
            Err(error) => return Err(error),
        }
        match directory.get_file_handle(&path) {
            Ok(file) => files.push((name, file)),
            Err(error) => {
                let error = failure("cannot be read", error.into());
                found.fault(name, error.to_string());
            }
        }
    }
    Ok((committed, files))
}

/// Reads files from end to end, on all processors.
fn read(files: Vec<Opened>, found: &mut Verification) {
    /// The bytes that keep a disk busy.
    const AT_ONCE: usize = 1 << 20;
    let threads = thread::available_parallelism().map_or(1, usize::from);
    found.files = files.len() as u64;
    found.bytes = files.iter().map(|(_, file)| file.len() as u64).sum();
    let mut shares: Vec<Vec<Opened>> = (0..threads).map(|_| Vec::new()).collect();
    for (number, file) in files.into_iter().enumerate() {
        shares[number % threads].push(file);
    }
    let read_one = |file: &dyn FileHandle| {
        let mut starts = (0..file.len()).step_by(AT_ONCE);
        starts.find_map(|start| file.read_bytes(start..file.len().min(start + AT_ONCE)).err())
    };
    let faults: Vec<Fault> = thread::scope(|scope| {
        let readers: Vec<_> = shares
            .into_iter()
            .map(|share| {
                scope.spawn(move || {
                    let wrong =
                        |(name, file): Opened| read_one(&*file).map(|error| Fault::new(name, error.to_string()));
                    share.into_iter().filter_map(wrong).collect::<Vec<Fault>>()
                })
            })
            .collect();
        // An error while reading does not mean that what was read is sound.
        let faults =
            |reader: thread::ScopedJoinHandle<'_, _>| reader.join().unwrap_or_else(|panic| resume_unwind(panic));
        readers.into_iter().flat_map(faults).collect()
    });
    for Fault { place, what } in faults {
        found.fault(place, what);
    }
}

/// Compares the documents of each file in the catalog with those in the index, and looks for documents of unknown
/// files.
fn count(inner: &Inner, segments: &[SegmentReader], catalog: &Catalog, found: &mut Verification) -> Result<()> {
    let mut documents: BTreeMap<u64, u64> = BTreeMap::new();
    for segment in segments {
        let index = segment.inverted_index(inner.fields.piece).doing("cannot read the index")?;
        let mut terms = index.terms().stream().doing("cannot read the index")?;
        while terms.advance() {
            // A number as a term is its eight bytes, the highest first.
            let number = terms.key().try_into().map_or(0, u64::from_be_bytes);
            let option = IndexRecordOption::Basic;
            let mut postings =
                index.read_postings_from_terminfo(terms.value(), option).doing("cannot read the index")?;
            while postings.doc() != TERMINATED {
                *documents.entry(number).or_default() += u64::from(!segment.is_deleted(postings.doc()));
                postings.advance();
            }
        }
    }
    for (path, state) in &catalog.files {
        let mut take = |piece: &PieceState| documents.remove(&piece.number).unwrap_or_default();
        let (said, counted) = (state.documents, state.pieces.iter().map(&mut take).sum::<u64>());
        // Documents of these pieces that were read anew are gone.
        let _: u64 = state.leftover.iter().map(take).sum();
        if counted != said {
            found.fault(path, format!("gave {said} documents, as the catalog says, of which the index has {counted}"));
        }
    }
    let unknown: u64 = documents.values().sum();
    if unknown > 0 {
        found.fault("the catalog", format!("knows nothing of the files that {unknown} documents came from"));
    }
    Ok(())
}

/// Files of the archives that changed since they were read.
fn outdated(catalog: &Catalog) -> Vec<Fault> {
    let read = catalog.files.iter().filter(|(_, state)| state.documents > 0);
    read.filter_map(|(key, state)| {
        let path = path_of(key);
        let what = match std::fs::symlink_metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => "is gone",
            Err(_) => "cannot be looked at",
            Ok(data) if !data.is_file() => "is no file any more",
            Ok(data) if data.len() != state.bytes => "has changed",
            Ok(data) if modified(&data) != state.modified && !same_content(state, &path) => "has changed",
            Ok(_) => return None,
        };
        Some(Fault::new(key, what))
    })
    .collect()
}
