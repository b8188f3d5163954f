//! From words to a question. Knows no engine.
//!
//! [`lexer`] cuts the text into pieces ([`chars`] knows the characters that mean something, [`field`] the names
//! before a colon, [`foreign`] what others write and this language does not read, [`limits`] how much is read), [`parse`]
//! sets the pieces in order, [`normal`] brings every question into the one shape that [`mod@print`] writes so that it can be read again.
//! The language itself is told in `QUERY.md`.

mod alone;
mod ast;
mod chars;
mod field;
mod foreign;
mod form;
mod lexer;
mod limits;
mod near;
mod normal;
mod notes;
mod parse;
mod print;
mod synonyms;
mod token;
mod word;

#[cfg(test)]
mod golden;
#[cfg(test)]
mod properties;

pub use ast::{Form, Matching, Node, Note, Query, Reach};
pub(crate) use chars::is_hyphen;
pub(crate) use limits::MAX_FORMS;
pub use synonyms::Synonyms;
