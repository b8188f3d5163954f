//! Dates of a quote and of a text, to be compared however they are written.

use std::ops::Range;

use crate::text::{Language, fold};
use crate::time::{
    Date, DateRange, Mention, MentionCertainty, MentionContext, MentionKind, MentionRule, mentions, weekday_number,
};

/// The dates that a text speaks of by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dates {
    named: Vec<Named>,
}

#[derive(Clone, Debug)]
struct Named {
    bytes: Range<usize>,
    value: String,
    days: Option<DateRange>,
    /// The weekday that stands with it: a wrong one is another date, whatever its day.
    weekday: Option<u32>,
    certain: bool,
}

impl Dates {
    /// The dates of a stretch of text. Words that count from another day, as "yesterday", are words.
    pub(crate) fn of(text: &str, within: Range<usize>, language: Option<Language>) -> Dates {
        let context = MentionContext { published: None, language: language.map(Language::code) };
        let stretch = text.get(within.clone()).unwrap_or_default();
        let named = mentions(stretch, &context).into_iter().filter(is_named).map(|mention| Named {
            weekday: weekday_of(stretch.get(mention.bytes.clone()).unwrap_or_default()),
            bytes: mention.bytes.start + within.start..mention.bytes.end + within.start,
            value: mention.value,
            days: mention.days,
            certain: mention.certainty == MentionCertainty::Certain,
        });
        Dates { named: named.collect() }
    }

    /// The dates that name a day, in order.
    pub(crate) fn days(&self) -> impl Iterator<Item = (&Range<usize>, Date)> {
        self.named.iter().filter_map(|named| {
            let (first, last) = (named.days?.first()?, named.days?.last()?);
            (named.certain && first == last && first.day().is_some()).then_some((&named.bytes, first))
        })
    }

    /// The dates that these bytes are a part of, or, if there are none, touch.
    fn at(&self, bytes: &Range<usize>) -> Vec<&Named> {
        let reach = if bytes.is_empty() { 3 } else { 0 };
        let touches = |named: &&Named| {
            named.bytes.start < bytes.end.saturating_add(reach.max(1))
                && bytes.start < named.bytes.end.saturating_add(reach)
        };
        self.named.iter().filter(touches).collect()
    }

    /// Compares the dates at a place of a quote with those at a place of a text. None unless both have one there.
    pub(crate) fn same(&self, quoted: &Range<usize>, other: &Dates, source: &Range<usize>) -> Option<bool> {
        let (quoted, source) = (self.at(quoted), other.at(source));
        if quoted.is_empty() || source.is_empty() {
            return None;
        }
        let weekdays = |a: &Named, b: &Named| a.weekday.is_none() || b.weekday.is_none() || a.weekday == b.weekday;
        let equal = quoted.len() == source.len()
            && quoted.iter().zip(&source).all(|(a, b)| match (a.days, b.days) {
                (Some(days), Some(others)) => days == others && weekdays(a, b),
                _ => a.value == b.value && weekdays(a, b),
            });
        Some(equal)
    }

    /// Returns whether these bytes are a part of a date.
    pub(crate) fn has(&self, bytes: &Range<usize>) -> bool {
        !bytes.is_empty() && !self.at(bytes).is_empty()
    }
}

fn weekday_of(text: &str) -> Option<u32> {
    text.split(|c: char| !c.is_alphanumeric()).find_map(|word| weekday_number(&fold(word)))
}

fn is_named(mention: &Mention) -> bool {
    matches!(mention.kind, MentionKind::Date | MentionKind::Time)
        && matches!(mention.rule, MentionRule::Date | MentionRule::Range | MentionRule::Period | MentionRule::Weekday)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_written_otherwise_is_the_same_date() {
        let same = |a: &str, b: &str| {
            let english = Some(Language::ENGLISH);
            Dates::of(a, 0..a.len(), english).same(&(0..a.len()), &Dates::of(b, 0..b.len(), english), &(0..b.len()))
        };
        assert_eq!(same("26 February 1992", "February 26, 1992"), Some(true));
        assert_eq!(same("26 February 1992", "27 February 1992"), Some(false));
        assert_eq!(same("on Tuesday", "on Wednesday"), Some(false));
        assert_eq!(same("a boat", "on Wednesday"), None);
        assert_eq!(same("Friday, May 5, 2006", "5 May 2006"), Some(true));
        assert_eq!(same("Thursday, May 5, 2006", "Friday, May 5, 2006"), Some(false));
    }
}
