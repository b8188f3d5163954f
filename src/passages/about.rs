//! Days asked about, and how well a mention answers them.

use crate::time::{DateRange, Mention, MentionCertainty};

/// The longest mention that is kept, in days: a mention of more than a hundred years is about no day in particular.
const MAX_DAYS: i64 = 36_525;

/// The days of a year, a leap day included. A mention of more days only answers a question for more days.
const YEAR: i64 = 366;

/// The days of one mention, counted from 1 January 1970, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: i64,
    pub(crate) last: i64,
    pub(crate) certainty: MentionCertainty,
}

impl Span {
    /// The days of a mention. None if it names none, or too many to mean any one of them.
    pub(crate) fn of(mention: &Mention) -> Option<Span> {
        let days = mention.days?;
        let (first, last) = (i64::from(days.first_number()), i64::from(days.last_number()));
        // An open end is farther away than that, too.
        let is_kept = (1..=MAX_DAYS).contains(&(last - first + 1));
        is_kept.then_some(Span { first, last, certainty: mention.certainty })
    }

    /// Returns whether it is longer than a year.
    pub(crate) fn is_long(&self) -> bool {
        self.last - self.first >= YEAR
    }
}

/// Returns whether days asked about are so many that mentions of more than a year answer for them.
pub(crate) fn is_for_long(range: &DateRange) -> bool {
    i64::from(range.last_number()) - i64::from(range.first_number()) >= YEAR
}

/// The share of its score that a document or passage keeps if it only touches the days asked about, after Berberich,
/// Bedathur, Alonso and Weikum, "A language modeling approach for temporal information needs" (2010).
const TOUCHING_SHARE: f32 = 0.2;

/// Days asked about. Any of them will do.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct About {
    pub(crate) ranges: Vec<DateRange>,
    /// Set if days that were only worked out, as from an anniversary, do not count.
    pub(crate) certain: bool,
    /// Set if a mention has to lie in the days with all of its own, as a date does that is certainly of them.
    pub(crate) within: bool,
}

impl About {
    /// Returns whether a mention includes any of the days, or lies within them if that is asked.
    #[inline]
    pub(crate) fn is_met(&self, span: Span) -> bool {
        // A decade or a century is about no day of it in particular. It answers those who ask for as long a time.
        let is_long = span.is_long();
        let is_in = |range: &DateRange| {
            let (from, to) = (i64::from(range.first_number()), i64::from(range.last_number()));
            if self.within {
                return from <= span.first && span.last <= to;
            }
            span.first <= to && from <= span.last && (!is_long || is_for_long(range))
        };
        !(self.certain && span.certainty == MentionCertainty::Derived) && self.ranges.iter().any(is_in)
    }

    /// How well a mention answers, from 0 to 1: the days it shares with those asked about, divided by the length of the
    /// longer of both. It is reduced for days that the text does not name but implies, and 0 if no day is shared.
    pub(crate) fn closeness(&self, span: Span) -> f32 {
        if !self.is_met(span) {
            return 0.0;
        }
        let sureness = match span.certainty {
            MentionCertainty::Certain => 1.0,
            MentionCertainty::Relative => 0.9,
            MentionCertainty::Derived => 0.8,
        };
        let shares = self.ranges.iter().map(|range| {
            let (from, to) = (i64::from(range.first_number()), i64::from(range.last_number()));
            let both = span.last.min(to) - span.first.max(from) + 1;
            let mut longer = span.last - span.first + 1;
            // A range without an end has no length to compare with.
            if from != i64::from(i32::MIN) && to != i64::from(i32::MAX) {
                longer = longer.max(to - from + 1);
            }
            both.max(0) as f32 / longer as f32
        });
        sureness * shares.fold(0.0, f32::max)
    }

    /// The share of its score that a document keeps for its best mention, and a passage for that mention. The fourth root
    /// sets a day, a week, a month and a year about equally far apart, so that the closest days come first among documents
    /// whose words match about as well.
    pub(crate) fn share(closeness: f32) -> f32 {
        TOUCHING_SHARE + (1.0 - TOUCHING_SHARE) * closeness.sqrt().sqrt()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::time::Date;

    fn span(days: &str, certainty: MentionCertainty) -> Span {
        let date: Date = days.parse().unwrap();
        Span { first: date.first_day().into(), last: date.last_day().into(), certainty }
    }

    fn about(from: &str, to: &str) -> About {
        About { ranges: vec![DateRange::new(from.parse().ok(), to.parse().ok())], certain: false, within: false }
    }

    #[test]
    fn the_closer_and_the_surer_a_mention_the_better_it_answers() {
        use MentionCertainty::{Certain, Derived, Relative};
        let night = about("1992-02-25", "1992-02-26");
        let in_order = [
            span("1992-02-25", Certain),
            span("1992-02-26", Relative),
            span("1992-02-26", Derived),
            span("1992-02", Certain),
            span("1992-02", Derived),
            span("1992", Certain),
        ];
        let closeness: Vec<f32> = in_order.iter().map(|span| night.closeness(*span)).collect();
        assert!(closeness.windows(2).all(|pair| pair[0] > pair[1]), "{closeness:?}");
        assert_eq!(night.closeness(span("1992-02-27", Certain)), 0.0);
        assert_eq!(about("1992", "1992").closeness(span("1992", Certain)), 1.0);
    }

    #[test]
    fn decades_and_centuries_answer_only_who_asks_for_as_long_a_time() {
        let certain = MentionCertainty::Certain;
        let years = |from: &str, to: &str| {
            let (from, to): (Date, Date) = (from.parse().unwrap(), to.parse().unwrap());
            Span { first: from.first_day().into(), last: to.last_day().into(), certainty: certain }
        };
        let (decade, century) = (years("1960", "1969"), years("1901", "2000"));
        for (from, to, is_met) in [
            ("1963-11-22", "1963-11-22", false),
            ("1963-11", "1963-11", false),
            ("1963", "1963", false),
            ("1964", "1964", false),
            ("1963", "1964", true),
            ("1960", "1969", true),
            ("1963-11-22", "", true),
        ] {
            assert_eq!(about(from, to).is_met(decade), is_met, "{from}..{to}");
            assert_eq!(about(from, to).is_met(century), is_met, "{from}..{to}");
        }
        assert!(about("1963-11-22", "1963-11-22").is_met(span("1963", certain)));
        assert!(about("1964", "1964").is_met(span("1964", certain)));
    }

    #[test]
    fn each_longer_time_keeps_clearly_less_of_a_score() {
        let day = about("1963-11-22", "1963-11-22");
        let shares: Vec<f32> = ["1963-11-22", "1963-11", "1963"]
            .map(|days| About::share(day.closeness(span(days, MentionCertainty::Certain))))
            .into();
        assert!(shares.windows(2).all(|pair| pair[0] > 1.3 * pair[1]), "{shares:?}");
    }

    #[test]
    fn a_range_without_end_asks_for_no_length() {
        let since = about("1992-02-26", "");
        assert_eq!(since.closeness(span("2010", MentionCertainty::Certain)), 1.0);
        assert!(since.closeness(span("1992-02", MentionCertainty::Certain)) < 0.2);
    }

    #[test]
    fn what_was_worked_out_can_be_left_out() {
        let mut about = about("1992", "1992");
        about.certain = true;
        assert!(!about.is_met(span("1992", MentionCertainty::Derived)));
        assert!(about.is_met(span("1992", MentionCertainty::Relative)));
        about.ranges.push(DateRange::from("2001".parse::<Date>().unwrap()));
        assert!(about.is_met(span("2001-09-11", MentionCertainty::Certain)));
    }

    #[test]
    fn a_mention_may_have_to_lie_within_the_days() {
        let february = About { within: true, ..about("1992-02", "1992-02") };
        for (days, is_met) in [("1992-02-26", true), ("1992-02", true), ("1992", false), ("1992-03-01", false)] {
            assert_eq!(february.is_met(span(days, MentionCertainty::Certain)), is_met, "{days}");
        }
    }

    #[test]
    fn a_mention_without_end_or_of_more_than_a_century_speaks_of_no_day() {
        let mut mention = crate::time::mentions("It began on 26 February 1992.", &Default::default()).remove(0);
        let span = Span::of(&mention).unwrap();
        assert_eq!((span.last - span.first, span.certainty), (0, MentionCertainty::Certain));
        let days = |from: &str, to: &str| Some(DateRange::new(from.parse().ok(), to.parse().ok()));
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
