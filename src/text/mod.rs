//! Words: languages, sentences, tokens, terms and passages. Knows no file and no index.

pub(crate) mod analyzer;
mod fold;
mod language;
mod segment;
pub(crate) mod stop;
pub(crate) mod token;

pub use language::Language;
