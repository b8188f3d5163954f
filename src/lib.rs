//! Full-text search for archives of dated documents.

mod corpus;
mod error;
mod query;
mod text;
mod time;

pub use corpus::{
    Attribution, Corpus, DateClue, DateRule, Dated, Document, Documents, Place, Source, SourceClue, SourceRule,
};
pub use error::{Error, ErrorKind, Result};
pub use query::{Node, Note, Query};
pub use text::Language;
pub use time::{Date, DateRange, Precision};
