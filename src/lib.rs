//! Full-text search for archives of dated documents.

mod corpus;
mod error;
mod query;
mod text;
mod time;

pub use corpus::{Attribution, DateClue, DateRule, Dated, Document, Place, Source, SourceClue, SourceRule};
pub use error::{Error, ErrorKind, Result};
pub use query::{Matching, Node, Note, Query};
pub use text::Language;
pub use time::{Date, DateRange, Precision, ReadDates, parse_dates};
