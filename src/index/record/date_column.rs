//! Columns of the days a document may have been published on.
//!
//! An undated document has a day that is in no calendar, so every document has one. In a column without gaps a
//! document's number is its place, and needs no lookup.

use tantivy::columnar::ColumnValues;
use tantivy::schema::{FAST, Field, SchemaBuilder};
use tantivy::{DocId, SegmentReader, TantivyDocument};

use std::sync::Arc;

use crate::backend::day_histogram::DayCounts;
use crate::time::Date;

const FIRST: &str = "day_first";
const SPAN: &str = "day_span";

/// The day of undated documents. It comes after the last day of the year 9999, and near enough to it to need few bits.
const UNDATED: i64 = 3_000_000;
/// Documents that are looked up together.
const BATCH: usize = 64;

/// The two fields of the schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DayFields {
    first: Field,
    span: Field,
}

impl DayFields {
    pub(crate) fn add_to(schema: &mut SchemaBuilder) -> DayFields {
        DayFields { first: schema.add_i64_field(FIRST, FAST), span: schema.add_i64_field(SPAN, FAST) }
    }

    pub(crate) fn write(self, record: &mut TantivyDocument, date: Option<Date>) {
        let (first, last) = date.map_or((UNDATED, UNDATED), |date| (date.first_day().into(), date.last_day().into()));
        record.add_i64(self.first, first);
        record.add_i64(self.span, last - first);
    }
}

/// The days of the documents of one segment, as numbers from 1 January 1970.
#[derive(Clone)]
pub(crate) struct Days {
    first: Arc<dyn ColumnValues<i64>>,
    /// How many days later the document may be. It is 0 for almost all documents, so the column takes no room.
    span: Arc<dyn ColumnValues<i64>>,
    /// Set if every document of the segment is dated.
    pub(crate) all_dated: bool,
    /// Set if every date of the segment is a day.
    all_days: bool,
}

impl Days {
    pub(crate) fn of(segment: &SegmentReader) -> tantivy::Result<Days> {
        let columns = segment.fast_fields();
        let (first, span) = (columns.i64(FIRST)?.values, columns.i64(SPAN)?.values);
        let (all_dated, all_days) = (first.max_value() < UNDATED, span.max_value() == 0);
        Ok(Days { first, span, all_dated, all_days })
    }

    /// The first day the document can be of. None for an undated one.
    #[inline]
    pub(crate) fn first(&self, doc: DocId) -> Option<i64> {
        Some(self.first.get_val(doc)).filter(|day| *day != UNDATED)
    }

    /// The last day the document can be of. None for an undated one.
    #[inline]
    pub(crate) fn last(&self, doc: DocId) -> Option<i64> {
        Some(self.both(doc)?.1)
    }

    /// The first and the last day the document can be of. None for an undated one.
    #[inline]
    pub(crate) fn both(&self, doc: DocId) -> Option<(i64, i64)> {
        let first = self.first(doc)?;
        Some((first, if self.all_days { first } else { first + self.span.get_val(doc) }))
    }

    /// The earliest day in the segment, or a day before it.
    pub(crate) fn earliest(&self) -> i64 {
        self.first.min_value()
    }

    /// Counts documents by day, and returns how many of them are undated.
    pub(crate) fn count(&self, docs: &[DocId], counts: &mut DayCounts) -> u64 {
        let mut undated = 0;
        let mut days = [0; BATCH];
        for docs in docs.chunks(BATCH) {
            let days = &mut days[..docs.len()];
            self.first.get_vals(docs, days);
            for (&doc, &first) in docs.iter().zip(days.iter()) {
                if first == UNDATED {
                    undated += 1;
                } else if self.all_days {
                    counts.add_day(first);
                } else {
                    counts.add_span(first, first + self.span.get_val(doc));
                }
            }
        }
        undated
    }
}
