//! The lock that lets one writer in at a time and says who holds it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};

const FILE: &str = "writer.lock";

/// The lock, held while writing. The operating system releases it when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct WriterLock {
    file: File,
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // A program that is being started has a copy of every open file for a moment, and the lock with it. So closing
        // our file would not be enough.
        let _ = self.file.unlock();
    }
}

impl WriterLock {
    /// Takes the lock, or says which process holds it.
    pub(crate) fn take(folder: &Path) -> Result<WriterLock> {
        let path = folder.join(FILE);
        let cannot =
            |error| Error::io("cannot write to the index", folder, error).hint("is the folder or its disk read-only?");
        loop {
            let mut file =
                OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(cannot)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(busy(&mut file, folder)),
                Err(TryLockError::Error(error)) => return Err(cannot(error)),
            }
            // A new index may have replaced the one that this lock belongs to.
            if !is_at(&file, &path) {
                continue;
            }
            let mut note = || -> std::io::Result<()> {
                file.set_len(0)?;
                file.rewind()?;
                write!(file, "{}", std::process::id())
            };
            note().map_err(cannot)?;
            return Ok(WriterLock { file });
        }
    }
}

/// The process that is writing to an index now, if any.
pub(crate) fn holder(folder: &Path) -> Option<u32> {
    let path = folder.join(FILE);
    // Whoever opens a pipe waits for its other end.
    if !path.is_file() {
        return None;
    }
    let mut file = File::open(path).ok()?;
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => written_number(&mut file),
        _ => None,
    }
}

fn written_number(file: &mut File) -> Option<u32> {
    let mut holder = String::new();
    file.read_to_string(&mut holder).ok()?;
    holder.trim().parse().ok()
}

/// The error that says who holds the lock.
fn busy(file: &mut File, folder: &Path) -> Error {
    let who = written_number(file).map_or("another process".into(), |holder| format!("process {holder}"));
    Error::new(ErrorKind::IndexBusy, format!("{who} is writing to this index"))
        .at(folder)
        .hint("wait until it is done, or have it waited for: --wait 30s; searching goes on meanwhile")
}

/// Returns whether an open file is the one at a path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |data: fs::Metadata| (data.dev(), data.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(there)) => identity(open) == identity(there),
        _ => false,
    }
}

/// On other systems a folder with an open file in it cannot be replaced.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_second_writer_learns_who_the_first_is() {
        let folder = tempfile::tempdir().unwrap();
        let first = WriterLock::take(folder.path()).unwrap();
        let error = WriterLock::take(folder.path()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::IndexBusy);
        assert!(error.message().contains(&std::process::id().to_string()), "{error}");
        drop(first);
        WriterLock::take(folder.path()).unwrap();
    }
}
