//! From what a person types to a question. This room knows no engine.
//!
//! The main type is [`Query`], a tree of [`Node`]s with notes on what was read otherwise than typed. `lexer` cuts the
//! text into tokens (`chars` knows the characters that have a meaning, `field` the names before a colon, `capitals`
//! sentences in capitals, `form`
//! and `word` the forms a word can have, `near` the operators of nearness, `other_syntax` the syntax of other search
//! languages). `parse` builds the tree, and `normal` keeps it in the one shape that `print` writes back as
//! text. `synonyms` reads a user's list of words that mean the same.
//!
//! The invariant: every text is a question. Nothing that is typed is an error; what goes beyond `limits` is left out
//! or read more simply, with a note. What `print` writes is read again as the same tree.
//!
//! `QUERY.md` describes the language. Rustdoc and `dateline help query` show that page, and tests read its examples.

mod alone;
mod ast;
mod capitals;
mod chars;
mod field;
mod form;
mod lexer;
mod limits;
mod near;
mod normal;
mod notes;
mod other_syntax;
mod parse;
mod print;
mod question;
mod questions;
mod synonyms;
mod token;
mod word;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod properties;

pub use ast::{Form, Matching, Node, Reach};
pub(crate) use chars::is_hyphen;
pub(crate) use limits::MAX_FORMS;
pub use question::Query;
pub use questions::{Question, Questions};
pub use synonyms::Synonyms;
