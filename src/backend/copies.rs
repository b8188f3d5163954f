//! An engine's knowledge of copies: which documents share text, and the stories they make.
//!
//! In one state of an index, documents that share text with others are numbered one after the other. A story names them
//! by other numbers, which no other document of the index ever gets.

use std::ops::Range;
use std::sync::Arc;

use super::found::Doc;
use crate::error::Result;
use crate::text::FigureChange;

/// The row of a document that belongs to a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// The place of its story.
    pub(crate) story: u64,
    /// Its place in the story; 0 for the lead.
    pub(crate) place: u32,
    /// The number of the document that can stand for this one. It is its own number if no other can.
    pub(crate) version: u64,
    /// The share of it that is in that document, in percent. More than 100 if it is that document.
    pub(crate) whole: u8,
}

/// The place where the figures of a document are kept.
pub(crate) type Figures = Range<usize>;

/// Documents with a text in common. `F` is their figures, or the place where those are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Story<F = Vec<FigureChange>> {
    /// The number of the earliest document.
    pub(crate) lead: u64,
    /// The other documents, the earliest first.
    pub(crate) members: Vec<Member<F>>,
}

/// A document of a story other than its lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member<F = Vec<FigureChange>> {
    /// Its number.
    pub(crate) number: u64,
    /// The number of the document it was compared with: one that it can be collapsed under, or the story's lead.
    pub(crate) under: u64,
    /// Set if it only repeats the other document, figures included.
    pub(crate) folds: bool,
    /// The share of it that is in the other, in percent.
    pub(crate) of_it: u8,
    /// The share of the other that is in it, in percent.
    pub(crate) of_other: u8,
    /// The figures in which the two differ.
    pub(crate) figures: F,
}

impl<F> Member<F> {
    /// The number of the document that can stand for this one, and the share of it that is in that one, in percent. If
    /// no other can: its own number, and more than 100.
    pub(crate) fn version(&self) -> (u64, u8) {
        if self.folds { (self.under, self.of_other) } else { (self.number, u8::MAX) }
    }
}

/// Two documents that have text in common, by number, and the share of each that is in the other, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sharing {
    pub(crate) first: u64,
    pub(crate) second: u64,
    pub(crate) of_first: u8,
    pub(crate) of_second: u8,
}

/// The copies in one state of an index.
pub(crate) trait Copies {
    /// The place of a document among those that share text. None if it shares none.
    fn known(&self, doc: Doc) -> Option<u32>;

    /// The document at a place among those that share text.
    fn doc(&self, known: u32) -> Doc;

    /// The place of the document with this number, if the document still exists.
    fn by_number(&self, number: u64) -> Option<u32>;

    /// The row of a document that belongs to a story.
    fn row(&self, known: u32) -> Option<Row>;

    /// Returns whether a story begins with a document.
    fn begins_story(&self, doc: Doc) -> bool {
        self.known(doc).and_then(|known| self.row(known)).is_some_and(|row| row.place == 0)
    }

    /// The story that a row names.
    fn story(&self, row: Row) -> Result<Story<Figures>>;

    /// All stories.
    fn stories(&self) -> Result<Vec<Story<Figures>>>;

    /// The figures in which a document differs from another.
    fn figures(&self, figures: &Figures) -> Result<Vec<FigureChange>>;

    /// Pairs of documents that share text, belong to different stories, and both still exist.
    fn parts(&self) -> Result<Vec<(u32, u32, Sharing)>>;
}

/// Documents that another one stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Collapsed {
    /// The documents, rising.
    docs: Arc<[Doc]>,
}

impl Collapsed {
    pub(crate) fn new(mut docs: Vec<Doc>) -> Collapsed {
        docs.sort_unstable();
        Collapsed { docs: docs.into() }
    }

    /// The number of these documents.
    pub(crate) fn documents(&self) -> u64 {
        self.docs.len() as u64
    }

    pub(crate) fn has(&self, doc: Doc) -> bool {
        self.docs.binary_search(&doc).is_ok()
    }

    /// Those of them that lie in a range of documents, rising.
    pub(crate) fn within(&self, docs: Range<Doc>) -> &[Doc] {
        let from = self.docs.partition_point(|doc| *doc < docs.start);
        let to = self.docs.partition_point(|doc| *doc < docs.end);
        self.docs.get(from..to).unwrap_or_default()
    }
}
