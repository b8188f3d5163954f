//! Words: languages, sentences, tokens, terms and passages. Knows no file and no index.

mod language;

pub use language::Language;
