//! From words to a question. Knows no engine.
//!
//! [`lexer`] cuts the text into pieces and knows every character that means something, [`field`] knows the names
//! before a colon, [`parse`] sets the pieces in order, [`normal`] brings every question into the one shape that
//! [`print`] writes so that it can be read again. The language itself is told in `QUERY.md`.

mod ast;
mod field;
mod lexer;
mod normal;
mod notes;
mod parse;
mod print;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod properties;

pub use ast::{Matching, Node, Note, Query};
