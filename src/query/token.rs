//! The tokens of a question.

use std::ops::Range;

use super::ast::{Node, Reach};

/// A kind of token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Open,
    Close,
    And,
    Or,
    Not,
    /// An operator: how near its two sides must be.
    Near(Reach),
    /// `+`, which stands right before its operand.
    Plus,
    /// A hyphen that excludes its operand, which stands right behind it.
    Minus,
    /// A word, a phrase or a condition.
    Item(Node),
    /// The place of something left out, so that the sign before it does not apply to what follows.
    Nothing,
}

/// A token and its span, in bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) span: Range<usize>,
}
