//! Full-text search for archives of dated documents.

mod corpus;
mod error;
mod index;
mod query;
mod text;
mod time;

pub use corpus::{
    Attribution, Corpus, DateClue, DateRule, Dated, Document, Documents, Place, Source, SourceClue, SourceRule,
};
pub use error::{Error, ErrorKind, Result};
pub use index::{
    Bucket, CommitReport, Excerpt, FacetCount, Highlight, Hit, Index, IndexWriter, Info, Matched, Progress, Results,
    Search, Skipped, Sort, Timeline, Unit, Update, UpdateReport,
};
pub use query::{Matching, Node, Note, Query};
pub use text::{Language, Passage, Splitter};
pub use time::{Date, DateRange, Precision, ReadDates, parse_dates};
