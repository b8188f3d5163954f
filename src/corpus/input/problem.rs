//! What could not be read, and why.

use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind};

/// A part of a file that gave no document; the rest of the file is read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The way inside the file, as in [`Place`](crate::document::Place).
    pub(crate) member: Option<String>,
    /// The line of the file, from 1.
    pub(crate) line: Option<u32>,
    /// Lower case, without a full stop.
    pub(crate) reason: String,
    /// Whether it should have been read: a broken record should, a picture or an empty file should not.
    pub(crate) failed: bool,
}

impl Problem {
    /// Something that should have been read.
    pub(crate) fn failed(reason: impl Into<String>) -> Problem {
        Problem { member: None, line: None, reason: reason.into(), failed: true }
    }

    /// Something with nothing in it to read.
    pub(crate) fn nothing(reason: impl Into<String>) -> Problem {
        Problem { failed: false, ..Problem::failed(reason) }
    }

    pub(crate) fn on_line(line: u32, reason: impl Into<String>) -> Problem {
        Problem { line: Some(line), ..Problem::failed(reason) }
    }

    /// A record with nothing in it to read.
    pub(crate) fn nothing_on_line(line: u32, reason: impl Into<String>) -> Problem {
        Problem { line: Some(line), ..Problem::nothing(reason) }
    }

    /// The problem as an error of the file it is in.
    pub(crate) fn in_file(self, path: &Path) -> Error {
        let line = self.line.map(|line| format!("line {line}"));
        let message: Vec<String> = self.member.into_iter().chain(line).chain([self.reason]).collect();
        let message = message.join(": ");
        Error::new(ErrorKind::Format, message).at(path)
    }
}

/// A file passed over as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Skip {
    pub(crate) path: PathBuf,
    /// Lower case, without a full stop.
    pub(crate) reason: String,
    /// Whether it should have been read: a broken record should, a picture or an empty file should not.
    pub(crate) failed: bool,
    /// Whether its bytes could not be read, so that nobody knows what it holds.
    pub(crate) unread: bool,
}

impl Skip {
    /// A file that is none of ours: of a format that is not read, empty, or no file at all.
    pub(crate) fn new(path: impl Into<PathBuf>, reason: impl Into<String>) -> Skip {
        Skip { path: path.into(), reason: reason.into(), failed: false, unread: false }
    }

    /// A file that should have been read.
    pub(crate) fn failed(path: impl Into<PathBuf>, reason: impl Into<String>) -> Skip {
        Skip { failed: true, ..Skip::new(path, reason) }
    }
}

impl From<Skip> for Error {
    fn from(skip: Skip) -> Error {
        let kind = if skip.unread { ErrorKind::Io } else { ErrorKind::Format };
        Error::new(kind, format!("skipped: {}", skip.reason)).at(skip.path)
    }
}
