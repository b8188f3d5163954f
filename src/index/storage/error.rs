//! Errors of the engine, translated into ours.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::{fmt, io};

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError};

use super::checksum::Damage;
use crate::error::{Error, ErrorKind, Result};

/// The advice for a damaged index.
pub(crate) const REPAIR: &str = "mend it, losing nothing that can be read: dateline verify --repair";

/// The advice for an index of another format.
pub(crate) const REBUILD: &str = "make it anew from the files: dateline index --rebuild FOLDER; or from the texts it \
                                  keeps: dateline verify --repair";

/// Translates an engine error into ours. The engine's own message stays as the cause only where a person can use it.
pub(crate) fn failure(doing: &str, error: TantivyError) -> Error {
    match error {
        TantivyError::IoError(error) => input_output(doing, &error),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => input_output(doing, &io_error),
        TantivyError::LockFailure(LockError::IoError(error), _) => {
            Error::new(ErrorKind::Io, doing).because(io::Error::new(error.kind(), error))
        }
        TantivyError::LockFailure(LockError::LockBusy, _) => {
            Error::new(ErrorKind::IndexBusy, "another program is writing to this index")
        }
        TantivyError::IncompatibleIndex(_) => {
            Error::new(ErrorKind::IndexVersion, "another version wrote this index").hint(REBUILD)
        }
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
            damaged(format!("its file {} is gone", file.display()))
        }
        // The engine does not say why one of its threads gave up, but a writing thread has one reason to.
        TantivyError::ErrorInThread(_) => Error::new(ErrorKind::Io, doing)
            .because("a file could not be written")
            .hint("is the disk full, or a limit to the size of files reached? The index is as it was before"),
        error => match of_the_system(&error) {
            Some(cause) => Error::new(ErrorKind::Io, doing).because(cause),
            None => damaged(FirstLine(error)),
        },
    }
}

/// The error of the operating system behind one of the engine, which keeps only the words of some of them. A disk that is
/// full is no damage.
fn of_the_system(error: &TantivyError) -> Option<io::Error> {
    let TantivyError::InternalError(text) = error else { return None };
    let (_, code) = text.strip_suffix(')')?.rsplit_once("(os error ")?;
    code.parse().ok().map(io::Error::from_raw_os_error)
}

/// The error for an index that changed since it was written.
pub(crate) fn damaged(why: impl fmt::Display) -> Error {
    Error::new(ErrorKind::Corrupt, format!("the index is damaged: {why}")).hint(REPAIR)
}

/// Translates a failure below the engine: of the disk, or a file that changed since it was written.
fn input_output(doing: &str, error: &std::sync::Arc<io::Error>) -> Error {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Damage>()) {
        Some(damage) => damaged(damage),
        None => Error::new(ErrorKind::Io, doing).because(io::Error::new(error.kind(), std::sync::Arc::clone(error))),
    }
}

/// Runs work in the engine and turns a panic into an error. What the engine reads is checked, but its own faults should
/// not end the program around it.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    // A thread that panicked takes its unfinished work along. What remains shared are caches and the engine, which
    // handles this the same way.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(panicked(&*panic)))
}

fn panicked(panic: &(dyn Any + Send)) -> Error {
    let said = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    Error::new(ErrorKind::Internal, format!("a fault in dateline itself: {}", said.unwrap_or("a panic"))).hint(
        "is the index whole? dateline verify; if it is, please report this with what dateline info --diagnostics prints",
    )
}

/// Displays only the first line of an engine error; the rest is for the engine's developers.
#[derive(Debug)]
struct FirstLine(TantivyError);

impl fmt::Display for FirstLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.to_string().lines().next().unwrap_or_default())
    }
}

impl std::error::Error for FirstLine {}

/// Adds to an engine error what was being done.
pub(crate) trait Doing<T> {
    fn doing(self, what: &str) -> Result<T>;
}

impl<T, E: Into<TantivyError>> Doing<T> for std::result::Result<T, E> {
    fn doing(self, what: &str) -> Result<T> {
        self.map_err(|error| failure(what, error.into()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_that_says_what_it_was() {
        let error = guarded(|| -> Result<()> { panic!("no such {}", "luck") }).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Internal);
        assert_eq!(error.to_string(), "a fault in dateline itself: no such luck");
        assert_eq!(guarded(|| Ok(3)).unwrap(), 3);
    }

    #[test]
    fn a_full_disk_is_no_damage() {
        let full = io::Error::from_raw_os_error(28);
        let error = failure("cannot write the index", TantivyError::InternalError(full.to_string()));
        assert_eq!(error.kind(), ErrorKind::Io);
        assert!(error.to_string().starts_with("cannot write the index"), "{error}");
        for other in ["term 3 (of 5) is gone", "(os error x)"] {
            let error = failure("cannot write the index", TantivyError::InternalError(other.to_owned()));
            assert_eq!(error.kind(), ErrorKind::Corrupt, "{other}");
        }
    }
}
