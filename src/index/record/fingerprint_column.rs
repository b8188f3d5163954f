//! Columns for finding copies: a number that no other document of the index ever gets, and the fingerprint of the text.

use std::sync::Arc;

use tantivy::columnar::{Column, ColumnValues};
use tantivy::schema::{FAST, Field, SchemaBuilder};
use tantivy::{DocId, Searcher, SegmentReader, TantivyDocument};

use crate::backend::pairs::{Address, Fingerprints, Part, Prints};
use crate::error::Result;
use crate::index::storage::error::Doing;

const NUMBER: &str = "number";
const FINGERPRINT: &str = "fingerprint";

/// The two fields of the schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PrintFields {
    number: Field,
    fingerprint: Field,
}

impl PrintFields {
    pub(crate) fn add_to(schema: &mut SchemaBuilder) -> PrintFields {
        PrintFields { number: schema.add_u64_field(NUMBER, FAST), fingerprint: schema.add_u64_field(FINGERPRINT, FAST) }
    }

    pub(crate) fn write_fingerprint(self, record: &mut TantivyDocument, fingerprint: &[u32]) {
        fingerprint.iter().for_each(|hash| record.add_u64(self.fingerprint, u64::from(*hash)));
    }

    pub(crate) fn write_number(self, record: &mut TantivyDocument, number: u64) {
        record.add_u64(self.number, number);
    }
}

/// The numbers of the documents of one segment.
pub(crate) fn numbers(segment: &SegmentReader) -> tantivy::Result<Arc<dyn ColumnValues<u64>>> {
    Ok(segment.fast_fields().u64(NUMBER)?.values)
}

/// A number greater than that of any document of the index.
pub(crate) fn beyond(searcher: &Searcher) -> tantivy::Result<u64> {
    let mut beyond = 0;
    for segment in searcher.segment_readers().iter().filter(|segment| segment.max_doc() > 0) {
        beyond = beyond.max(numbers(segment)?.max_value() + 1);
    }
    Ok(beyond)
}

/// The fingerprints of the documents of one segment.
pub(crate) struct FingerprintColumn {
    /// None if no document of the segment has a fingerprint.
    column: Option<Column<u64>>,
    buffer: Vec<u64>,
    hashes: Vec<u32>,
}

impl Part for SegmentReader {
    type Fingerprints = FingerprintColumn;

    fn places(&self) -> u32 {
        self.max_doc()
    }

    /// Reads the whole column.
    fn fingerprints(&self) -> Result<FingerprintColumn> {
        let column = self.fast_fields().column_opt(FINGERPRINT).doing("cannot read the index")?;
        Ok(FingerprintColumn { column, buffer: Vec::new(), hashes: Vec::new() })
    }
}

impl Fingerprints for FingerprintColumn {
    fn get(&mut self, doc: DocId) -> &[u32] {
        self.buffer.clear();
        if let Some(column) = &self.column {
            let rows = column.index.value_row_ids(doc);
            self.buffer.resize(rows.len(), 0);
            if !rows.is_empty() {
                column.values.get_range(u64::from(rows.start), &mut self.buffer);
            }
        }
        self.hashes.clear();
        self.hashes.extend(self.buffer.iter().map(|hash| *hash as u32));
        &self.hashes
    }
}

/// The living documents of segments with their fingerprints.
pub(crate) fn prints(parts: &[SegmentReader]) -> Result<Prints<'_, SegmentReader>> {
    let mut documents = Vec::with_capacity(parts.iter().map(|part| part.num_docs() as usize).sum());
    for (ordinal, part) in (0..).zip(parts) {
        let numbers = numbers(part).doing("cannot read the index")?;
        let alive = part.doc_ids_alive();
        documents.extend(alive.map(|document| (numbers.get_val(document), Address { part: ordinal, document })));
    }
    Ok(Prints::new(documents, parts))
}
