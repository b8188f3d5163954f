//! From files to dated documents.

mod dating;
mod document;
mod excerpt;
mod header;
mod raw;

pub use document::{Attribution, DateClue, DateRule, Dated, Document, Place, Source, SourceClue, SourceRule};
