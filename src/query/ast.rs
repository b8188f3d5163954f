//! A question as plain data: what to find, and under which conditions.

use std::fmt;
use std::ops::Range;

use crate::time::DateRange;

/// One node of a question. Conditions are about whole documents.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Node {
    /// Every document.
    All,
    /// Free words side by side, best with all of them: how many must be there is for the search to say.
    Free(Vec<Node>),
    /// A word as typed; it is folded and stemmed later, and may turn out to be several (`Nagorno-Karabakh`).
    Word(String),
    /// Words in this order with nothing between them; letter case and diacritics do not count, endings do.
    Phrase(String),
    /// Published on one of these days, or at least possibly.
    Date(DateRange),
    /// From this source, or one below it.
    Source(String),
    /// In this language, by its code.
    Language(String),
    /// All of these.
    And(Vec<Node>),
    /// At least one of these.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
}

/// Something read otherwise than typed, or worth knowing about how it was read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Note {
    /// What it is about, in bytes of the text as typed, end excluded.
    pub span: Range<usize>,
    /// One sentence, lower case, without a full stop.
    pub message: String,
}

/// A question, read. Displayed in a form that parses to the same question again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub(crate) root: Node,
    pub(crate) notes: Vec<Note>,
}

impl Query {
    /// A question made by hand.
    pub fn from_node(root: Node) -> Query {
        Query { root, notes: Vec::new() }
    }

    /// The question as a tree.
    pub fn node(&self) -> &Node {
        &self.root
    }

    /// What was read otherwise than typed.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let _ = f;
        Ok(())
    }
}
