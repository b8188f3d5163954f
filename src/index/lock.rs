//! One writer at a time, and who it is.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};

const FILE: &str = "writer.lock";

/// Held while writing. The operating system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock, or says which process holds it.
    pub(super) fn take(folder: &Path) -> Result<WriterLock> {
        let path = folder.join(FILE);
        let cannot =
            |error| Error::io("cannot write to the index", folder, error).hint("is the folder or its disk read-only?");
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                let _ = file.read_to_string(&mut holder);
                let holder = holder.trim();
                let who = if holder.is_empty() { "another process".into() } else { format!("process {holder}") };
                return Err(Error::new(ErrorKind::IndexBusy, format!("{who} is writing to this index"))
                    .at(folder)
                    .hint("wait until it is done; searching goes on meanwhile"));
            }
            Err(TryLockError::Error(error)) => return Err(cannot(error)),
        }
        let mut note = || -> std::io::Result<()> {
            file.set_len(0)?;
            file.rewind()?;
            write!(file, "{}", std::process::id())
        };
        note()
            .map_err(|error| Error::io("cannot write to the index", fs::canonicalize(&path).unwrap_or(path), error))?;
        Ok(WriterLock { _file: file })
    }
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
