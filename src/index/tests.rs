//! The engine's disk fails at every place it can: once, or from then on.

#![allow(clippy::unwrap_used)]

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};

use super::snapshot::shared::Inner;
use super::storage::index_folder::IndexFolder;
use super::upkeep::verify::verify;
use super::writing::index_writer::IndexWriter;
use crate::document::Document;
use crate::error::Result;

/// Does what another directory does, but for one operation or all after it.
#[derive(Clone, Debug)]
struct Failing {
    inner: Box<dyn Directory>,
    /// Operations that still succeed; below zero are those that came too late.
    left: Arc<AtomicI64>,
    lasting: bool,
}

impl Failing {
    fn next(&self) -> io::Result<()> {
        let left = self.left.fetch_sub(1, Ordering::SeqCst);
        if left == 0 || self.lasting && left < 0 { Err(io::Error::other("the disk fails")) } else { Ok(()) }
    }

    fn has_failed(&self) -> bool {
        self.left.load(Ordering::SeqCst) < 0
    }
}

struct FailingWriter {
    inner: WritePtr,
    disk: Failing,
}

impl Write for FailingWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.next()?;
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl TerminatingWrite for FailingWriter {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.disk.next()?;
        self.inner.terminate_ref(token)
    }
}

impl Directory for Failing {
    fn get_file_handle(&self, path: &Path) -> std::result::Result<Arc<dyn FileHandle>, OpenReadError> {
        self.next().map_err(|error| OpenReadError::wrap_io_error(error, path.to_path_buf()))?;
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> std::result::Result<(), DeleteError> {
        let failed = |error| DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_path_buf() };
        self.next().map_err(failed)?;
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> std::result::Result<bool, OpenReadError> {
        self.next().map_err(|error| OpenReadError::wrap_io_error(error, path.to_path_buf()))?;
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> std::result::Result<WritePtr, OpenWriteError> {
        self.next().map_err(|error| OpenWriteError::wrap_io_error(error, path.to_path_buf()))?;
        let inner = self.inner.open_write(path)?;
        Ok(BufWriter::new(Box::new(FailingWriter { inner, disk: self.clone() })))
    }

    fn atomic_read(&self, path: &Path) -> std::result::Result<Vec<u8>, OpenReadError> {
        self.next().map_err(|error| OpenReadError::wrap_io_error(error, path.to_path_buf()))?;
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.next()?;
        self.inner.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.next()?;
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> std::result::Result<DirectoryLock, LockError> {
        self.next().map_err(LockError::wrap_io_error)?;
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

/// Removes one document, replaces another and adds a third: the same however often it is done.
fn change(inner: Inner) -> Result<()> {
    let mut writer = IndexWriter::new(Arc::new(inner))?;
    writer.remove("a");
    writer.add(Document::new("b", "The mill turns again."))?;
    writer.add(Document::new("d", "An otter sleeps."))?;
    writer.commit().map(|_| ())
}

fn texts(folder: &Path) -> Vec<String> {
    let inner = Inner::open(IndexFolder::at(folder)).unwrap();
    let searcher = inner.reader.searcher();
    let found = searcher.search(&tantivy::query::AllQuery, &tantivy::collector::DocSetCollector).unwrap();
    let text = |address| super::record::stored::decode(&inner.fields, &searcher.doc(address).unwrap()).unwrap().text;
    let mut texts: Vec<String> = found.into_iter().map(text).collect();
    texts.sort();
    texts
}

fn fail_everywhere(lasting: bool) {
    const BEFORE: [&str; 3] = ["Fog since four.", "The ferry sails.", "The mill turns."];
    const AFTER: [&str; 3] = ["An otter sleeps.", "Fog since four.", "The mill turns again."];
    // Every place, where there is time for it: `DATELINE_ROUNDS` asks for the long run.
    let step = if std::env::var_os("DATELINE_ROUNDS").is_some() { 1 } else { 5 };
    for place in (0..).step_by(step) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let mut writer = IndexWriter::new(Arc::new(Inner::create(IndexFolder::at(path)).unwrap())).unwrap();
        for (id, text) in [("a", BEFORE[1]), ("b", BEFORE[2]), ("c", BEFORE[0])] {
            writer.add(Document::new(id, text)).unwrap();
        }
        writer.commit().unwrap();
        drop(writer);

        let inner = IndexFolder::at(path).mapped().unwrap();
        let disk = Failing { inner, left: Arc::new(AtomicI64::new(place)), lasting };
        let done = Inner::over(Box::new(disk.clone()), Some(IndexFolder::at(path)), false).and_then(change);
        let verified = verify(&IndexFolder::at(path)).unwrap();
        assert!(verified.whole, "operation {place}: {:?}", verified.damage);
        let now = texts(path);
        assert!(now == BEFORE || now == AFTER, "operation {place}: {now:?}");
        if done.is_ok() {
            assert_eq!(now, AFTER, "operation {place}: what was said to be committed is not there");
        }
        // Once the disk is well again the job is done as if nothing had been.
        Inner::open(IndexFolder::at(path)).and_then(change).unwrap();
        assert_eq!(texts(path), AFTER, "operation {place}");
        if !disk.has_failed() {
            assert!(done.is_ok() && place > 30, "the change takes {place} operations and fails: {done:?}");
            println!("{} operations failed, each in a run of its own", place / step as i64);
            return;
        }
    }
}

#[test]
fn an_operation_that_fails_once_costs_at_most_the_change_under_way() {
    fail_everywhere(false);
}

#[test]
fn a_disk_that_fails_for_good_costs_at_most_the_change_under_way() {
    fail_everywhere(true);
}
