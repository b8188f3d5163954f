//! A column of the days a document speaks of: its distinct mentions, the earliest first.
//!
//! A mention is one number: its first day, how many more days it has, and how certain they are. So the mentions of a
//! document lie side by side and cost about four bytes each.

use tantivy::columnar::Column;
use tantivy::schema::{FAST, Field, SchemaBuilder};
use tantivy::{DocId, SegmentReader, TantivyDocument};

use crate::document::Document;
use crate::passages::about::Span;
use crate::passages::match_dates::mentions_in;
use crate::text::Language;
use crate::time::{Date, MentionCertainty};

const MENTIONED: &str = "mentioned";

const CERTAINTY_BITS: u32 = 2;
const LENGTH_BITS: u32 = 16;

/// Packs a span into one number. Numbers are ordered by first day; for equal days, the most certain comes first.
fn pack(span: Span) -> u64 {
    let first = (span.first - i64::from(Date::MIN.first_day())) as u64;
    let more = (span.last - span.first) as u64;
    (first << LENGTH_BITS | more) << CERTAINTY_BITS | span.certainty as u64
}

#[inline]
fn unpack(packed: u64) -> Span {
    let (rest, certainty) = (packed >> CERTAINTY_BITS, packed & ((1 << CERTAINTY_BITS) - 1));
    let (first, more) = (rest >> LENGTH_BITS, rest & ((1 << LENGTH_BITS) - 1));
    let first = first as i64 + i64::from(Date::MIN.first_day());
    let certainty = match certainty {
        0 => MentionCertainty::Certain,
        1 => MentionCertainty::Relative,
        _ => MentionCertainty::Derived,
    };
    Span { first, last: first + more as i64, certainty }
}

/// The field of the schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MentionField(Field);

impl MentionField {
    pub(crate) fn add_to(schema: &mut SchemaBuilder) -> MentionField {
        MentionField(schema.add_u64_field(MENTIONED, FAST))
    }

    /// Writes the days that a document speaks of, including those in its title. `language` is the language it is taken
    /// to be in.
    pub(crate) fn write(self, record: &mut TantivyDocument, document: &Document, language: Option<Language>) {
        let texts = document.title.iter().chain([&document.text]);
        let found = texts.flat_map(|text| mentions_in(text, document.dated.date(), language));
        let mut packed: Vec<u64> = found.filter_map(|mention| Span::of(&mention)).map(pack).collect();
        packed.sort_unstable();
        // Of equal days the most certain mention is kept.
        packed.dedup_by_key(|packed| *packed >> CERTAINTY_BITS);
        for packed in packed {
            record.add_u64(self.0, packed);
        }
    }
}

/// The mentions of the documents of one segment.
pub(crate) struct Mentioned(Column<u64>);

impl Mentioned {
    pub(crate) fn of(segment: &SegmentReader) -> tantivy::Result<Mentioned> {
        Ok(Mentioned(segment.fast_fields().u64(MENTIONED)?))
    }

    /// Passes the days a document speaks of, the earliest first, until `is_enough` returns true. Returns whether it
    /// did.
    #[inline]
    pub(crate) fn any(&self, doc: DocId, mut is_enough: impl FnMut(Span) -> bool) -> bool {
        let rows = self.0.index.value_row_ids(doc);
        // Values are read several at a time: a call into a column costs as much as reading a few of them.
        let mut buffer = [0; 8];
        let mut from = rows.start;
        while from < rows.end {
            let some = &mut buffer[..((rows.end - from) as usize).min(8)];
            self.0.values.get_range(u64::from(from), some);
            if some.iter().any(|packed| is_enough(unpack(*packed))) {
                return true;
            }
            from += some.len() as u32;
        }
        false
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_out_again_in_the_order_of_days(
            a in -719_162i64..=2_932_896, b in -719_162i64..=2_932_896, days in 0i64..36_525, certainty in 0usize..3
        ) {
            let certainty =
                [MentionCertainty::Certain, MentionCertainty::Relative, MentionCertainty::Derived][certainty];
            let span = |first| Span { first, last: first + days, certainty };
            prop_assert_eq!(unpack(pack(span(a))), span(a));
            prop_assert_eq!(pack(span(a)).cmp(&pack(span(b))), a.cmp(&b));
        }
    }
}
