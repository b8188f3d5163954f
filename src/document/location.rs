//! The place of a document: its file, and the way inside it.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::path::{path_of, path_text};
use super::spot::Spot;

/// The place of a document in an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file; none for a document built by hand.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "as_text",
        deserialize_with = "of_text"
    )]
    pub path: Option<PathBuf>,
    /// The way inside a file that holds many documents: `a/b.html` in a zip archive, `#12` for the twelfth message of a
    /// mailbox, `in.zip!/b.html` for an archive inside another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The line of the file, from 1, at which the document's text begins. In a file of records, the number of the
    /// record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The byte of the file at which the text begins, if the text is the file's own bytes from there on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byte: Option<u64>,
    /// The number of characters before the document's text in the text as the file gives it (a record's field, a plain
    /// file, what follows its front matter): blank lines, and a header that was read off it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub before: u32,
    /// Set if the text's line breaks are the file's own, so that lines can be counted from `line`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lines: bool,
    /// Set if form feeds in the text part its pages, so that they can be counted, from 1.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pages: bool,
    /// Where stretches of the text stand in the file, in the order of the text, for files that have no lines of their
    /// own: cells, slides, times, regions of scanned pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spots: Vec<Spot>,
}

impl Place {
    /// The file and the way inside it, in words for a person: `archive.zip!/a/b.html` or `mail.mbox#12`. None for a
    /// document built by hand.
    pub fn locator(&self) -> Option<String> {
        Some(locator(self.path.as_deref()?, self.member.as_deref()))
    }
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// The file and the way inside it, as one text.
pub(crate) fn locator(path: &Path, member: Option<&str>) -> String {
    let path = path_text(path);
    match member {
        None => path,
        Some(member) if member.starts_with('#') => format!("{path}{member}"),
        Some(member) => format!("{path}!/{member}"),
    }
}

/// Extends the way inside a file by one step: `a.zip` and `b.txt` make `a.zip!/b.txt`, `a.mbox` and `#12` make
/// `a.mbox#12`.
pub(crate) fn join(way: &str, step: &str) -> String {
    match (way.is_empty(), step.is_empty()) {
        (true, _) => step.to_owned(),
        (_, true) => way.to_owned(),
        _ if step.starts_with('#') => format!("{way}{step}"),
        _ => format!("{way}!/{step}"),
    }
}

/// Writes a path as text, with [`path_text`].
fn as_text<S: serde::Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
    path.as_deref().map(path_text).serialize(serializer)
}

/// Reads what [`as_text`] wrote.
fn of_text<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<PathBuf>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.map(|path| path_of(&path)))
}
