//! What an engine knows of copies: which documents share text, and the stories they make.
//!
//! Documents that share text with others are numbered one after the other, in one state of an index; a story names them
//! by numbers of their own, which no other document of that index ever gets.

use std::ops::Range;
use std::sync::Arc;

use super::found::Doc;
use crate::error::Result;
use crate::text::FigureChange;

/// What is known of a document that is of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Where its story is.
    pub(crate) story: u64,
    /// Its place there: 0 for the lead.
    pub(crate) place: u32,
    /// The number of the document that can stand for this one. It is its own number if no other can.
    pub(crate) version: u64,
    /// The share of it that is in that document, in percent. More than 100 if it is that document.
    pub(crate) whole: u8,
}

/// Where the figures of a document are kept.
pub(crate) type Figures = Range<usize>;

/// Documents with a text in common. `F` are their figures, or where those are kept.
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
    /// How much of the other is in it, in hundredths.
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

/// What is known of copies in one state of an index.
pub(crate) trait Copies {
    /// The place of a document among those that share text; none for one that does not.
    fn known(&self, doc: Doc) -> Option<u32>;

    /// The document at a place among those that share text.
    fn doc(&self, known: u32) -> Doc;

    /// The place of the document of a number, where it is still there.
    fn by_number(&self, number: u64) -> Option<u32>;

    /// What is known of a document that is of a story.
    fn row(&self, known: u32) -> Option<Row>;

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
    /// Rising.
    docs: Arc<[Doc]>,
}

impl Collapsed {
    pub(crate) fn new(mut docs: Vec<Doc>) -> Collapsed {
        docs.sort_unstable();
        Collapsed { docs: docs.into() }
    }

    /// The number of stories.
    pub(crate) fn documents(&self) -> u64 {
        self.docs.len() as u64
    }

    pub(crate) fn has(&self, doc: Doc) -> bool {
        self.docs.binary_search(&doc).is_ok()
    }

    /// Those of a range of documents, rising.
    pub(crate) fn within(&self, docs: Range<Doc>) -> &[Doc] {
        let from = self.docs.partition_point(|doc| *doc < docs.start);
        let to = self.docs.partition_point(|doc| *doc < docs.end);
        self.docs.get(from..to).unwrap_or_default()
    }
}
