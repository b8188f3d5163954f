//! Words: languages, sentences, tokens, terms and passages. Knows no file and no index.

mod abbreviation;
pub(crate) mod analyzer;
mod boundary;
pub(crate) mod fold;
mod language;
mod layout;
mod passage;
mod segment;
pub(crate) mod sentence;
pub(crate) mod stop;
pub(crate) mod token;

pub use language::Language;
pub use passage::{Passage, Splitter};
