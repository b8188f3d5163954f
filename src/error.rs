//! The library's one error type: what happened, to which file, and what to do.

use std::error::Error as StdError;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A result whose error is [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The kind of an error: enough to choose an exit code or an HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operating system refused to read or write.
    Io,
    /// A file is damaged, is not what it claims to be, or is of a kind that dateline does not read.
    Format,
    /// A text that should name a day or a range of days does not.
    Date,
    /// A question could not be used as it stands.
    Query,
    /// There is no index at this place.
    NoIndex,
    /// The index was written in a format this version does not read.
    IndexVersion,
    /// Somebody else is writing to the index.
    IndexBusy,
    /// The index is damaged.
    Corrupt,
    /// An argument makes no sense.
    Argument,
    /// The caller asked to stop.
    Cancelled,
    /// A fault in this library.
    Internal,
}

impl ErrorKind {
    /// Its name, in lower case with hyphens: `no-index`.
    pub fn name(self) -> &'static str {
        match self {
            ErrorKind::Io => "io",
            ErrorKind::Format => "format",
            ErrorKind::Date => "date",
            ErrorKind::Query => "query",
            ErrorKind::NoIndex => "no-index",
            ErrorKind::IndexVersion => "index-version",
            ErrorKind::IndexBusy => "index-busy",
            ErrorKind::Corrupt => "corrupt",
            ErrorKind::Argument => "argument",
            ErrorKind::Cancelled => "cancelled",
            ErrorKind::Internal => "internal",
        }
    }
}

/// An error with its kind and, where they are known, the file, the place in the input and a way out.
///
/// Displayed in lower case on one line; foreign errors are in [`source`](StdError::source).
///
/// ```
/// use dateline::{Date, ErrorKind};
///
/// let error = "2024-02-31".parse::<Date>().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Date);
/// assert_eq!(error.to_string(), "there is no day 2024-02-31");
/// ```
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
    path: Option<PathBuf>,
    span: Option<Range<usize>>,
    hint: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// An error of this kind; `message` is lower case, without a full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Box::new(Inner { kind, message: message.into(), path: None, span: None, hint: None, source: None }))
    }

    /// An error of the operating system about a file.
    pub(crate) fn io(doing: &str, path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Error::new(ErrorKind::Io, doing).at(path).because(source)
    }

    /// Names the file it happened to.
    #[must_use]
    pub fn at(mut self, path: impl Into<PathBuf>) -> Self {
        self.0.path = Some(path.into());
        self
    }

    /// Leaves out the file it happened to, for readers who are not to learn where it lies.
    #[must_use]
    pub(crate) fn without_path(mut self) -> Self {
        self.0.path = None;
        self
    }

    /// Points at the bytes of the input that caused it.
    #[must_use]
    pub fn spanning(mut self, span: Range<usize>) -> Self {
        self.0.span = Some(span);
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// Keeps the error underneath.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The kind of the error.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The file it happened to.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// The bytes of the input that caused it, end excluded.
    pub fn span(&self) -> Option<Range<usize>> {
        self.0.span.clone()
    }

    /// The remedy.
    pub fn advice(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// The event, without the file and without the error underneath.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.0.path {
            write!(f, "{}: ", path.display())?;
        }
        f.write_str(&self.0.message)?;
        match &self.0.source {
            Some(source) => write!(f, ": {source}"),
            None => Ok(()),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn displays_file_then_message_then_cause_on_one_line() {
        let error = Error::io("cannot read", "a.txt", std::io::Error::other("no such luck")).hint("try b.txt");
        assert_eq!(error.to_string(), "a.txt: cannot read: no such luck");
        assert_eq!(error.advice(), Some("try b.txt"));
        assert_eq!(error.kind(), ErrorKind::Io);
    }
}
