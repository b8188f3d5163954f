//! Columns of ids. An answer of ids alone reads them instead of records, and they order equal scores, however the
//! engine has stored and merged the documents.
//!
//! Ids of documents from files are sixteen hexadecimal digits, which are a number. For any other id the column holds a
//! hash.

use std::sync::Arc;

use tantivy::columnar::ColumnValues;
use tantivy::schema::{FAST, Field, SchemaBuilder};
use tantivy::{DocId, SegmentReader, TantivyDocument};
use xxhash_rust::xxh3::xxh3_64;

const NUMBER: &str = "id_number";
const IS_WHOLE: &str = "id_is_number";
const DIGITS: usize = 16;

/// The two fields of the schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IdFields {
    number: Field,
    is_whole: Field,
}

impl IdFields {
    pub(crate) fn add_to(schema: &mut SchemaBuilder) -> IdFields {
        IdFields { number: schema.add_u64_field(NUMBER, FAST), is_whole: schema.add_u64_field(IS_WHOLE, FAST) }
    }

    pub(crate) fn write(self, record: &mut TantivyDocument, id: &str) {
        record.add_u64(self.number, key_of(id));
        record.add_u64(self.is_whole, u64::from(number_of(id).is_some()));
    }
}

/// The ids of the documents of one segment.
#[derive(Clone)]
pub(crate) struct Ids {
    numbers: Arc<dyn ColumnValues<u64>>,
    is_whole: Arc<dyn ColumnValues<u64>>,
}

impl Ids {
    pub(crate) fn of(segment: &SegmentReader) -> tantivy::Result<Ids> {
        let columns = segment.fast_fields();
        Ok(Ids { numbers: columns.u64(NUMBER)?.values, is_whole: columns.u64(IS_WHOLE)?.values })
    }

    /// A number that stays with the document for good.
    #[inline]
    pub(crate) fn key(&self, doc: DocId) -> u64 {
        self.numbers.get_val(doc)
    }

    /// The id, if it is a number.
    pub(crate) fn id(&self, doc: DocId) -> Option<String> {
        (self.is_whole.get_val(doc) == 1).then(|| digits(self.numbers.get_val(doc)))
    }
}

/// A number as an id. The standard library's formatting would take longer than finding the document.
fn digits(number: u64) -> String {
    let mut digits = [0; DIGITS];
    for (at, digit) in digits.iter_mut().rev().enumerate() {
        *digit = b"0123456789abcdef"[(number >> (4 * at)) as usize & 15];
    }
    str::from_utf8(&digits).unwrap_or_default().to_owned()
}

/// The number that stands for an id.
pub(crate) fn key_of(id: &str) -> u64 {
    number_of(id).unwrap_or_else(|| xxh3_64(id.as_bytes()))
}

/// The number that is written with exactly these digits.
fn number_of(id: &str) -> Option<u64> {
    let plain = id.len() == DIGITS && id.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if plain { u64::from_str_radix(id, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ids_that_come_back_as_they_were_are_numbers() {
        for id in ["00000000000000ff", "0123456789abcdef", "fedcba9876543210", "0000000000000000"] {
            assert_eq!(number_of(id).map(digits).as_deref(), Some(id));
        }
        for id in ["ff", "00000000000000FF", "00000000000000ff-12", "release-2004-0001", "", "+0000000000000ff"] {
            assert_eq!(number_of(id), None, "{id}");
        }
    }
}
