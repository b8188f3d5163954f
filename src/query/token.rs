//! The pieces of a question.

use std::ops::Range;

use super::ast::{Node, Reach};

/// A piece of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Open,
    Close,
    And,
    Or,
    Not,
    /// How near what stands on both sides is to be.
    Near(Reach),
    /// `+`, with what it stands before right behind it.
    Plus,
    /// Any hyphen that excludes, with what it excludes right behind it.
    Minus,
    /// A word, a phrase or a condition.
    Item(Node),
    /// Where something was left out, so that the sign before it does not catch what follows.
    Nothing,
}

/// A piece and its place, in bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) span: Range<usize>,
}
