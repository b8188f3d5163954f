//! The JSON contract: an answer as the bytes that the command prints, for servers, agents and other languages.
//!
//! An [`Answer`] is one whole object and carries the [`VERSION`] of its shape; a [`Line`] is one of many, printed one a
//! line (`--format jsonl`), without a version. [`CONTRACT`] describes each field. The version is raised when a field
//! changes its meaning or goes; new fields come without.
//!
//! ```
//! use dateline::{Document, Index, Results, json};
//!
//! let index = Index::in_memory()?;
//! let mut writer = index.writer()?;
//! writer.add(Document::new("log-1", "Fog since four. The ferry stays where it is."))?;
//! writer.commit()?;
//!
//! let results = index.search("ferry").run()?;
//! let body = json::to_string(&results)?;
//! assert!(body.starts_with(&format!("{{\"version\":{},", json::VERSION)));
//! for hit in &results.hits {
//!     assert!(json::to_line(hit)?.starts_with("{\"rank\":1,\"id\":\"log-1\","));
//! }
//! # Ok::<(), dateline::Error>(())
//! ```
//!
//! The strings hold no character that commands a terminal: those are written as `\u` escapes.

mod batch;
mod diff;
mod document;
mod failure;
mod sources;
mod verification;

pub use batch::BatchRow;
pub use diff::{DiffReport, Stretch};
pub use document::{DocumentReport, PassageText, Timex};
pub use failure::{Failure, FailureDetail};
pub use sources::SourceReport;
pub use verification::VerificationReport;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::comparison::Comparison;
use super::copies::{CopyReport, Story};
use super::dates::{DateReport, DatedDocument};
use super::evidence::{CheckedEvidence, EvidenceReport, FileManifest};
use super::fields::FieldReport;
use super::figures::{FigureGroup, FiguresReport};
use super::first::FirstReport;
use super::health::Info;
use super::quotes::{CheckedQuote, QuoteReport};
use super::search::{Hit, Results};
use super::timeline::Timeline;
use super::update::{Skipped, UpdateReport};
use crate::error::{Error, ErrorKind, Result};
use crate::text::commands;

/// The version of the contract.
pub const VERSION: u32 = 2;

/// The contract in words: every field of every answer.
pub const CONTRACT: &str = include_str!("JSON.md");

mod sealed {
    pub trait Sealed {}
}

/// An answer that the contract describes: one object with its version.
pub trait Answer: Serialize + sealed::Sealed {}

/// One of many objects that the contract describes, printed one a line without a version.
pub trait Line: Serialize + sealed::Sealed {}

macro_rules! described {
    ($kind:ident: $($name:ty),+) => {
        $(impl sealed::Sealed for $name {}
        impl $kind for $name {})+
    };
}

described!(Answer: Results, Timeline, Comparison, Info, UpdateReport, DateReport, CopyReport, FirstReport);
described!(Answer: FiguresReport, QuoteReport, EvidenceReport, FileManifest);
described!(Answer: SourceReport, FieldReport, DiffReport, DocumentReport, VerificationReport, Failure);
described!(Line: Hit, Story, DatedDocument, Skipped, BatchRow, CheckedQuote, CheckedEvidence, FigureGroup);

impl Line for DocumentReport {}

/// An answer with the version of its shape.
#[derive(Serialize)]
struct Versioned<'a, T> {
    version: u32,
    #[serde(flatten)]
    answer: &'a T,
}

/// An answer on one line, as a server sends it.
pub fn to_string(answer: &impl Answer) -> Result<String> {
    written(serde_json::to_string(&Versioned { version: VERSION, answer }))
}

/// An answer over several lines, as `--format json` prints it.
pub fn to_string_pretty(answer: &impl Answer) -> Result<String> {
    written(serde_json::to_string_pretty(&Versioned { version: VERSION, answer }))
}

/// One of many objects on a line, as `--format jsonl` prints it; the line break is left to the caller.
pub fn to_line(line: &impl Line) -> Result<String> {
    written(serde_json::to_string(line))
}

/// Reads an answer that [`to_string`] or the command wrote. Fails where the text is no such answer, or one of another
/// version of the contract.
///
/// ```
/// # use dateline::{Document, Index, Results, json};
/// # let index = Index::in_memory()?;
/// # let mut writer = index.writer()?;
/// # writer.add(Document::new("log-1", "The ferry stays where it is."))?;
/// # writer.commit()?;
/// let body = json::to_string(&index.search("ferry").run()?)?;
/// let results: Results = json::from_str(&body)?;
/// assert_eq!(results.hits[0].id, "log-1");
/// # Ok::<(), dateline::Error>(())
/// ```
pub fn from_str<T: Answer + DeserializeOwned>(json: &str) -> Result<T> {
    #[derive(Deserialize)]
    struct Version {
        version: u32,
    }
    let Version { version } = serde_json::from_str(json).map_err(unreadable)?;
    if version != VERSION {
        let message = format!("the answer has version {version} of the JSON contract");
        return Err(Error::new(ErrorKind::Argument, message).hint(format!("this dateline reads version {VERSION}")));
    }
    serde_json::from_str(json).map_err(unreadable)
}

fn unreadable(error: serde_json::Error) -> Error {
    Error::new(ErrorKind::Argument, "this is no answer of dateline as JSON").because(error)
}

fn written(json: serde_json::Result<String>) -> Result<String> {
    json.map(escaped).map_err(|error| Error::new(ErrorKind::Internal, "cannot write an answer as JSON").because(error))
}

/// JSON in which characters that could command a terminal are escaped. They occur in strings only.
fn escaped(json: String) -> String {
    if !json.contains(|c: char| commands(c) && c != '\n') {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if commands(c) && c != '\n' {
            out.push_str(&format!("\\u{:04x}", c as u32));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_keeps_what_commands_a_terminal_as_escapes() {
        let json = escaped(serde_json::to_string("a\u{9b}\u{7f}\u{202e}\u{1b}é").unwrap_or_default());
        assert_eq!(json, "\"a\\u009b\\u007f\\u202e\\u001bé\"");
        assert_eq!(serde_json::from_str::<String>(&json).ok().as_deref(), Some("a\u{9b}\u{7f}\u{202e}\u{1b}é"));
    }
}
