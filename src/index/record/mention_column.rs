//! The days a document speaks of, as a column: its distinct mentions, the earliest first.
//!
//! A mention is one number: its first day, how many more days it has, and how they are known, so that what is said of
//! a document lies side by side and costs about four bytes a mention.

use tantivy::columnar::Column;
use tantivy::schema::{FAST, Field, SchemaBuilder};
use tantivy::{DocId, SegmentReader, TantivyDocument};

use crate::corpus::Document;
use crate::text::Language;
use crate::time::{Date, Mention, MentionCertainty, MentionContext, mentions};

const MENTIONED: &str = "mentioned";

/// No mention of more days is kept: what speaks of more than a hundred years speaks of no day in particular.
const LONGEST: i64 = 36_525;

const CERTAINTY_BITS: u32 = 2;
const LENGTH_BITS: u32 = 16;

/// The days of one mention, from 1 January 1970, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) first: i64,
    pub(super) last: i64,
    pub(super) certainty: MentionCertainty,
}

impl Span {
    /// The days of a mention; none where it names none, or too many to mean any of them.
    pub(super) fn of(mention: &Mention) -> Option<Span> {
        let days = mention.days?;
        let (first, last) = (i64::from(days.first_number()), i64::from(days.last_number()));
        // An open end is farther away than that, too.
        let is_kept = (1..=LONGEST).contains(&(last - first + 1));
        is_kept.then_some(Span { first, last, certainty: mention.certainty })
    }

    /// In the order of the first days; of equal days the surest comes first.
    fn pack(self) -> u64 {
        let first = (self.first - i64::from(Date::MIN.first_day())) as u64;
        let more = (self.last - self.first) as u64;
        (first << LENGTH_BITS | more) << CERTAINTY_BITS | self.certainty as u64
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
}

/// The times a text of a document speaks of.
pub(super) fn mentions_in(text: &str, published: Option<Date>, language: Option<Language>) -> Vec<Mention> {
    mentions(text, &MentionContext { published, language: language.map(Language::code) })
}

/// The field of the schema.
#[derive(Clone, Copy, Debug)]
pub(super) struct MentionField(Field);

impl MentionField {
    pub(super) fn add_to(schema: &mut SchemaBuilder) -> MentionField {
        MentionField(schema.add_u64_field(MENTIONED, FAST))
    }

    /// Finds what a document speaks of, in its title too; `language` is what it is taken to be written in.
    pub(super) fn write(self, record: &mut TantivyDocument, document: &Document, language: Option<Language>) {
        let texts = document.title.iter().chain([&document.text]);
        let found = texts.flat_map(|text| mentions_in(text, document.dated.date(), language));
        let mut packed: Vec<u64> = found.filter_map(|mention| Span::of(&mention)).map(Span::pack).collect();
        packed.sort_unstable();
        // The same days said twice, once more surely, are said surely.
        packed.dedup_by_key(|packed| *packed >> CERTAINTY_BITS);
        for packed in packed {
            record.add_u64(self.0, packed);
        }
    }
}

/// What the documents of one segment speak of.
pub(super) struct Mentioned(Column<u64>);

impl Mentioned {
    pub(super) fn of(segment: &SegmentReader) -> tantivy::Result<Mentioned> {
        Ok(Mentioned(segment.fast_fields().u64(MENTIONED)?))
    }

    /// Passes the days a document speaks of, the earliest first, until `is_enough` has had enough. Whether it had.
    #[inline]
    pub(super) fn any(&self, doc: DocId, mut is_enough: impl FnMut(Span) -> bool) -> bool {
        let rows = self.0.index.value_row_ids(doc);
        // Several at a time: each call into a column costs as much as the look at a few values.
        let mut buffer = [0; 8];
        let mut from = rows.start;
        while from < rows.end {
            let some = &mut buffer[..((rows.end - from) as usize).min(8)];
            self.0.values.get_range(u64::from(from), some);
            if some.iter().any(|packed| is_enough(Span::unpack(*packed))) {
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
            a in -719_162i64..=2_932_896, b in -719_162i64..=2_932_896, days in 0i64..LONGEST, certainty in 0usize..3
        ) {
            let certainty =
                [MentionCertainty::Certain, MentionCertainty::Relative, MentionCertainty::Derived][certainty];
            let span = |first| Span { first, last: first + days, certainty };
            prop_assert_eq!(Span::unpack(span(a).pack()), span(a));
            prop_assert_eq!(span(a).pack().cmp(&span(b).pack()), a.cmp(&b));
        }
    }

    #[test]
    fn a_mention_without_end_or_of_more_than_a_century_speaks_of_no_day() {
        let mut mention = mentions_in("It began on 26 February 1992.", None, None).remove(0);
        let span = Span::of(&mention).unwrap();
        assert_eq!((span.last - span.first, span.certainty), (0, MentionCertainty::Certain));
        let days = |from: &str, to: &str| Some(crate::time::DateRange::new(from.parse().ok(), to.parse().ok()));
        for (range, is_kept) in [
            (days("1901", "2000"), true),
            (days("1900-12-31", "2000-12-31"), false),
            (days("1992", ""), false),
            (None, false),
        ] {
            mention.days = range;
            assert_eq!(Span::of(&mention).is_some(), is_kept, "{range:?}");
        }
    }
}
