//! What the engine says went wrong, in our words.

use tantivy::TantivyError;
use tantivy::directory::error::OpenReadError;

use crate::error::{Error, ErrorKind};

/// Turns an engine error into ours; the engine's own words stay underneath as its cause.
pub(super) fn failure(doing: &str, error: TantivyError) -> Error {
    let (kind, hint) = match &error {
        TantivyError::IncompatibleIndex(_) => {
            (ErrorKind::IndexVersion, Some("rebuild it from the files: dateline index --rebuild"))
        }
        TantivyError::DataCorruption(_) | TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_)) => {
            (ErrorKind::Corrupt, Some("rebuild it from the files: dateline index --rebuild"))
        }
        TantivyError::LockFailure(..) => (ErrorKind::IndexBusy, None),
        TantivyError::IoError(_) => (ErrorKind::Io, None),
        _ => (ErrorKind::Corrupt, None),
    };
    let failure = Error::new(kind, doing).because(error);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// Says what was being done when the engine failed.
pub(super) trait Doing<T> {
    fn doing(self, what: &str) -> crate::error::Result<T>;
}

impl<T, E: Into<TantivyError>> Doing<T> for Result<T, E> {
    fn doing(self, what: &str) -> crate::error::Result<T> {
        self.map_err(|error| failure(what, error.into()))
    }
}
