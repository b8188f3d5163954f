//! What the engine says went wrong, in our words.

use std::{fmt, io};

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError};

use crate::error::{Error, ErrorKind};

const REBUILD: &str =
    "make it anew from the files: dateline index --rebuild FOLDER (and --index, if it is not in ./index)";

/// Turns an engine error into ours. What the engine says stays underneath as the cause only where a person can use it.
pub(super) fn failure(doing: &str, error: TantivyError) -> Error {
    match error {
        TantivyError::IoError(error) => Error::new(ErrorKind::Io, doing).because(io::Error::new(error.kind(), error)),
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
            let message = format!("the index is damaged: its file {} is gone", file.display());
            Error::new(ErrorKind::Corrupt, message).hint(REBUILD)
        }
        error => Error::new(ErrorKind::Corrupt, "the index is damaged").because(FirstLine(error)).hint(REBUILD),
    }
}

/// An engine error of which only the first line is shown: the rest is for the engine's developers.
#[derive(Debug)]
struct FirstLine(TantivyError);

impl fmt::Display for FirstLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.to_string().lines().next().unwrap_or_default())
    }
}

impl std::error::Error for FirstLine {}

/// Says what was being done when the engine failed.
pub(super) trait Doing<T> {
    fn doing(self, what: &str) -> crate::error::Result<T>;
}

impl<T, E: Into<TantivyError>> Doing<T> for Result<T, E> {
    fn doing(self, what: &str) -> crate::error::Result<T> {
        self.map_err(|error| failure(what, error.into()))
    }
}
