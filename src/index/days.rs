//! The days a document may have been published on, as columns.
//!
//! Undated documents hold a day that no calendar has, so that every document holds one: in a column
//! without gaps a document's place is its number, and needs no looking up.

use tantivy::columnar::ColumnValues;
use tantivy::schema::{FAST, Field, SchemaBuilder};
use tantivy::{DocId, SegmentReader, TantivyDocument};

use std::sync::Arc;

use crate::time::Date;

const FIRST: &str = "day_first";
const LAST: &str = "day_last";

/// After the last day of the year 9999, and near enough to it to need few bits.
const UNDATED: i64 = 3_000_000;

/// The two fields of the schema.
#[derive(Clone, Copy, Debug)]
pub(super) struct DayFields {
    first: Field,
    last: Field,
}

impl DayFields {
    pub(super) fn add_to(schema: &mut SchemaBuilder) -> DayFields {
        DayFields { first: schema.add_i64_field(FIRST, FAST), last: schema.add_i64_field(LAST, FAST) }
    }

    pub(super) fn write(self, record: &mut TantivyDocument, date: Option<Date>) {
        let day = |number: Option<i32>| number.map_or(UNDATED, i64::from);
        record.add_i64(self.first, day(date.map(Date::first_day)));
        record.add_i64(self.last, day(date.map(Date::last_day)));
    }
}

/// The days of the documents of one segment, as numbers from 1 January 1970.
pub(super) struct Days {
    first: Arc<dyn ColumnValues<i64>>,
    last: Arc<dyn ColumnValues<i64>>,
    /// Whether every document of the segment is dated.
    pub(super) all_dated: bool,
}

impl Days {
    pub(super) fn of(segment: &SegmentReader) -> tantivy::Result<Days> {
        let columns = segment.fast_fields();
        let (first, last) = (columns.i64(FIRST)?.values, columns.i64(LAST)?.values);
        let all_dated = last.max_value() < UNDATED;
        Ok(Days { first, last, all_dated })
    }

    /// The first day a document can be of; none for an undated one.
    #[inline]
    pub(super) fn first(&self, doc: DocId) -> Option<i64> {
        Some(self.first.get_val(doc)).filter(|day| *day != UNDATED)
    }

    /// The last day a document can be of; none for an undated one.
    #[inline]
    pub(super) fn last(&self, doc: DocId) -> Option<i64> {
        Some(self.last.get_val(doc)).filter(|day| *day != UNDATED)
    }

    /// Both; none for an undated document.
    #[inline]
    pub(super) fn both(&self, doc: DocId) -> Option<(i64, i64)> {
        Some((self.first(doc)?, self.last.get_val(doc)))
    }
}
