//! Columns of how documents were dated, by which kind of clue and with which doubts, and of sources that only the name
//! of a folder tells.
//!
//! They are small enough that all documents of an archive are counted without reading a record.

use std::sync::Arc;

use tantivy::columnar::{ColumnValues, StrColumn};
use tantivy::schema::{FAST, Field, STRING, SchemaBuilder};
use tantivy::{DocId, SegmentReader, TantivyDocument};

use crate::document::{Attribution, DateRule, Dated, Doubts};

pub(crate) const RULE: &str = "date_rule";
const DOUBTS: &str = "date_doubts";
const FOLDER: &str = "source_is_folder";

/// The fields of the schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClueFields {
    rule: Field,
    doubts: Field,
    folder: Field,
}

impl ClueFields {
    pub(crate) fn add_to(schema: &mut SchemaBuilder) -> ClueFields {
        ClueFields {
            rule: schema.add_text_field(RULE, STRING | FAST),
            doubts: schema.add_u64_field(DOUBTS, FAST),
            folder: schema.add_u64_field(FOLDER, FAST),
        }
    }

    pub(crate) fn write(self, record: &mut TantivyDocument, dated: &Dated, attribution: &Attribution) {
        if let Some(clue) = &dated.chosen {
            record.add_text(self.rule, clue.rule.name());
        }
        record.add_u64(self.doubts, dated.doubts().bits().into());
        record.add_u64(self.folder, attribution.is_folder().into());
    }
}

/// Which documents of one segment have a source that only the name of their folder tells.
pub(crate) struct FromFolders(Arc<dyn ColumnValues<u64>>);

impl FromFolders {
    pub(crate) fn of(segment: &SegmentReader) -> tantivy::Result<FromFolders> {
        Ok(FromFolders(segment.fast_fields().u64(FOLDER)?.values))
    }

    #[inline]
    pub(crate) fn has(&self, doc: DocId) -> bool {
        self.0.get_val(doc) > 0
    }
}

/// How the documents of one segment were dated.
pub(crate) struct Clues {
    rule: Option<StrColumn>,
    doubts: Arc<dyn ColumnValues<u64>>,
}

impl Clues {
    pub(crate) fn of(segment: &SegmentReader) -> tantivy::Result<Clues> {
        let columns = segment.fast_fields();
        Ok(Clues { rule: columns.str(RULE)?, doubts: columns.u64(DOUBTS)?.values })
    }

    /// The number of kinds of clues in the segment. Their numbers are below it.
    pub(crate) fn kinds(&self) -> usize {
        self.rule.as_ref().map_or(0, |rule| rule.num_terms())
    }

    /// The number of the clue's kind in this segment. None for an undated document.
    #[inline]
    pub(crate) fn kind(&self, doc: DocId) -> Option<usize> {
        Some(self.rule.as_ref()?.ords().first(doc)? as usize)
    }

    /// The kind of clue with this number.
    pub(crate) fn rule(&self, kind: usize) -> Option<DateRule> {
        let mut name = String::new();
        let known = self.rule.as_ref()?.ord_to_str(kind as u64, &mut name).unwrap_or(false);
        name.parse().ok().filter(|_| known)
    }

    #[inline]
    pub(crate) fn doubts(&self, doc: DocId) -> Doubts {
        Doubts::from_bits(self.doubts.get_val(doc) as u8)
    }
}
