//! Where a document lies.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::path::path_text;

/// Where a document lies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file; none for a document built by hand.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "as_text")]
    pub path: Option<PathBuf>,
    /// The way inside the file, where it is one of many packed together: `a/b.html` in a zip archive, `#12` for the
    /// twelfth message of a mailbox, `in.zip!/b.html` where archives lie in each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The line of the file, from 1, at which the document's text begins, or its record for a file of records.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The byte of the file at which the text begins, where the text is the file's own bytes from there on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
    /// Whether the text's line breaks are the file's own, so that lines can be counted on from `line`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lines: bool,
    /// Whether form feeds in the text part its pages, so that they can be counted, from 1.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pages: bool,
}

impl Place {
    /// Where it lies, for a person: the file and the way inside it, as in `archive.zip!/a/b.html` or `mail.mbox#12`.
    /// None for a document built by hand.
    pub fn locator(&self) -> Option<String> {
        Some(locator(self.path.as_deref()?, self.member.as_deref()))
    }
}

/// A file and the way inside it.
pub(crate) fn locator(path: &Path, member: Option<&str>) -> String {
    let path = path_text(path);
    match member {
        None => path,
        Some(member) if member.starts_with('#') => format!("{path}{member}"),
        Some(member) => format!("{path}!/{member}"),
    }
}

/// The way to something inside something inside the file: `a.zip` and `b.txt` make `a.zip!/b.txt`, `a.mbox` and `#12`
/// make `a.mbox#12`.
pub(crate) fn join(way: &str, step: &str) -> String {
    match (way.is_empty(), step.is_empty()) {
        (true, _) => step.to_owned(),
        (_, true) => way.to_owned(),
        _ if step.starts_with('#') => format!("{way}{step}"),
        _ => format!("{way}!/{step}"),
    }
}

/// Writes a path as text, bytes that are none as [`path_text`] has them.
fn as_text<S: serde::Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
    path.as_deref().map(path_text).serialize(serializer)
}
