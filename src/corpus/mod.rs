//! From files to dated documents.

mod attribution;
mod dating;
mod document;
mod excerpt;
mod header;
mod raw;

pub(crate) use attribution::attribute;
pub(crate) use dating::date_document;
pub use document::{Attribution, DateClue, DateRule, Dated, Document, Place, Source, SourceClue, SourceRule};
pub(crate) use header::{LeadingHeader, leading_header};
pub(crate) use raw::{Declared, Origin, RawDocument};
