//! The address of a document in one state of the index, as one number.

use tantivy::{DocAddress, DocId, SegmentOrdinal};

use crate::backend::found::Doc;

/// The document with this number in a segment. Documents are ordered by segment and number.
#[inline]
pub(crate) fn doc_at(segment: SegmentOrdinal, doc: DocId) -> Doc {
    Doc(u64::from(segment) << 32 | u64::from(doc))
}

/// The place where the engine stores a document.
#[inline]
pub(crate) fn address(doc: Doc) -> DocAddress {
    DocAddress::new((doc.0 >> 32) as SegmentOrdinal, doc.0 as DocId)
}
