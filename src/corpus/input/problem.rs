//! Problems: parts of files that were not read, and why.

use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind};

/// A part of a file that gave no document. The rest of the file is read all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The way inside the file, as in [`Place`](crate::document::Place).
    pub(crate) member: Option<String>,
    /// The line of the file, from 1.
    pub(crate) line: Option<u32>,
    /// The reason, in lower case, without a full stop.
    pub(crate) reason: String,
    /// Set if it should have been read: a broken record should, a picture or an empty file should not.
    pub(crate) failed: bool,
}

impl Problem {
    /// Something that should have been read.
    pub(crate) fn failed(reason: impl Into<String>) -> Problem {
        Problem { member: None, line: None, reason: reason.into(), failed: true }
    }

    /// Something that contains nothing to read.
    pub(crate) fn nothing(reason: impl Into<String>) -> Problem {
        Problem { failed: false, ..Problem::failed(reason) }
    }

    pub(crate) fn on_line(line: u32, reason: impl Into<String>) -> Problem {
        Problem { line: Some(line), ..Problem::failed(reason) }
    }

    /// A record that contains nothing to read.
    pub(crate) fn nothing_on_line(line: u32, reason: impl Into<String>) -> Problem {
        Problem { line: Some(line), ..Problem::nothing(reason) }
    }

    /// The problem as an error about its file.
    pub(crate) fn in_file(self, path: &Path) -> Error {
        let line = self.line.map(|line| format!("line {line}"));
        let message: Vec<String> = self.member.into_iter().chain(line).chain([self.reason]).collect();
        let message = message.join(": ");
        Error::new(ErrorKind::Format, message).at(path)
    }
}

/// The reason for all that has a password.
pub(crate) const LOCKED: &str = "encrypted; it needs a password";

/// A number of things, in the words of a reason: `1 page`, `2 pages`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The most faults of one file that are told one by one.
#[cfg(any(feature = "office", feature = "mail", feature = "newspapers", feature = "bibliography"))]
const MOST_TOLD: usize = 100;

/// The faults of one file. A hostile one has any number of them: the first are told, the rest counted.
#[cfg(any(feature = "office", feature = "mail", feature = "newspapers", feature = "bibliography"))]
#[derive(Debug, Default)]
pub(crate) struct Faults {
    told: Vec<Problem>,
    more: usize,
}

#[cfg(any(feature = "office", feature = "mail", feature = "newspapers", feature = "bibliography"))]
impl Faults {
    pub(crate) fn tell(&mut self, problem: Problem) {
        if self.told.len() < MOST_TOLD {
            self.told.push(problem);
        } else {
            self.more += 1;
        }
    }

    /// The faults, the last of which counts those that are not told.
    pub(crate) fn problems(self) -> Vec<Problem> {
        let mut problems = self.told;
        if self.more > 0 {
            problems.push(Problem::failed(counted(self.more, "further fault", "further faults")));
        }
        problems
    }
}

/// A file that is not read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Skip {
    pub(crate) path: PathBuf,
    /// The reason, in lower case, without a full stop.
    pub(crate) reason: String,
    /// Set if it should have been read: a broken record should, a picture or an empty file should not.
    pub(crate) failed: bool,
    /// Set if its bytes could not be read, so that its content is unknown.
    pub(crate) unread: bool,
}

impl Skip {
    /// A file that should not be read: its format is not supported, or it is empty, or not a regular file.
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
