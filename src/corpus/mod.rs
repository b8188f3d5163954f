//! From files to dated documents.

mod document;
mod raw;

pub use document::{Attribution, DateClue, DateRule, Dated, Document, Place, Source, SourceClue, SourceRule};
