//! The numbers that documents give for a thing, as plain data.

use std::ops::Range;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::search::Highlight;
use crate::document::{Source, locator};
use crate::figures::Quantity;
use crate::note::{Note, span};
use crate::time::Date;

/// The numbers that the matching documents give for the words of a question, each number with who gives it and when.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FiguresReport {
    /// How the question was read, in words.
    pub read_as: String,
    /// Notes on what was read otherwise than typed, and on what was not read.
    pub notes: Vec<Note>,
    /// How many documents match, exactly.
    pub total: u64,
    /// How many of them remain when those that only repeat others are left out. These are read.
    pub distinct: u64,
    /// How many of those that were read give a number.
    pub documents: u64,
    /// The numbers, the most given first; at most [`limit`](crate::Search::limit) of them.
    pub figures: Vec<FigureGroup>,
    /// How many more numbers there are.
    pub figures_left_out: u64,
}

/// One number, with everyone who gives it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FigureGroup {
    /// The number, how closely it is meant, and its unit.
    #[serde(flatten)]
    pub quantity: Quantity,
    /// The same in English: `83`, `more than 600`, `60 to 70`.
    pub text: String,
    /// How many documents give it.
    pub documents: u64,
    /// The sources that give it, the first to do so first, those without a dated document last.
    pub sources: Vec<FigureSource>,
    /// The first day of the earliest dated document that gives it.
    pub first: Option<Date>,
    /// The last day of the latest.
    pub last: Option<Date>,
    /// The sentences that give it, the earliest first, one a document. At most
    /// [`passages`](crate::Search::passages) for each source.
    pub passages: Vec<FigurePassage>,
}

/// A source that gives a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FigureSource {
    /// The source; none for documents without one.
    pub source: Option<Source>,
    /// How many of its documents give the number.
    pub documents: u64,
    /// The first day of the earliest of them that is dated.
    pub first: Option<Date>,
    /// The last day of the latest.
    pub last: Option<Date>,
}

/// A sentence that gives a number.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FigurePassage {
    /// The id of the passage that the sentence stands in, `DOCUMENT#NUMBER`, which `show` takes. For a title, that of
    /// the document.
    pub id: String,
    /// The date of publication.
    pub date: Option<Date>,
    /// The source of the document.
    pub source: Option<Source>,
    /// The title of the document.
    pub title: Option<String>,
    /// The file it lies in.
    #[serde(rename = "file")]
    pub path: Option<PathBuf>,
    /// The way inside the file, if the file holds many documents.
    pub member: Option<String>,
    /// The line of the file, from 1, where lines can be counted. Otherwise the line of the record.
    pub line: Option<u32>,
    /// The address it was published at.
    pub url: Option<String>,
    /// The sentence as it stands in the document.
    pub text: String,
    /// Its bytes in the document's text, end excluded. None where it is the title.
    #[serde(with = "span::or_null")]
    pub bytes: Option<Range<usize>>,
    /// The very words of the number: `eighty-three`, `more than 600`.
    pub written: String,
    /// The number and the words that it counts, in order and without overlap.
    pub highlights: Vec<Highlight>,
}

impl FigurePassage {
    /// The sentence with `before` and `after` put around the number and the words it counts, and every stretch of text
    /// passed through `escape`.
    pub fn marked(&self, before: &str, after: &str, escape: impl Fn(&str) -> String) -> String {
        super::search::marked(&self.text, 0..self.text.len(), &self.highlights, (before, after), escape)
    }

    /// The file and the way inside it, in words for a person. None for a document built by hand.
    pub fn locator(&self) -> Option<String> {
        Some(locator(self.path.as_deref()?, self.member.as_deref()))
    }
}
