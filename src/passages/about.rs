//! The days a question asks about, and how well a mention answers.

use super::mentioned::Span;
use crate::time::{DateRange, MentionCertainty};

/// A document or a passage that only touches the days asked about keeps this share of its score, in the manner of
/// Berberich, Bedathur, Alonso and Weikum, "A language modeling approach for temporal information needs" (2010).
const TOUCHED: f32 = 0.5;

/// Days asked about, of which any will do.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct About {
    pub(super) ranges: Vec<DateRange>,
    /// Whether days that were worked out, as from an anniversary, are not enough.
    pub(super) certain: bool,
}

impl About {
    /// Whether a mention speaks of any of the days.
    #[inline]
    pub(super) fn is_met(&self, span: Span) -> bool {
        let is_in = |range: &DateRange| {
            span.first <= i64::from(range.last_number()) && i64::from(range.first_number()) <= span.last
        };
        !(self.certain && span.certainty == MentionCertainty::Derived) && self.ranges.iter().any(is_in)
    }

    /// How well a mention answers, up to 1: the days it shares with those asked about among the days of the longer
    /// of both, less where they were not named but told from something else. 0 where it speaks of none.
    pub(super) fn closeness(&self, span: Span) -> f32 {
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
            // A range without end has no length to compare with.
            if from != i64::from(i32::MIN) && to != i64::from(i32::MAX) {
                longer = longer.max(to - from + 1);
            }
            both.max(0) as f32 / longer as f32
        });
        sureness * shares.fold(0.0, f32::max)
    }

    /// The share of its score that a document keeps whose best mention is that close, and a passage for that mention.
    pub(super) fn share(closeness: f32) -> f32 {
        TOUCHED + (1.0 - TOUCHED) * closeness
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
        About { ranges: vec![DateRange::new(from.parse().ok(), to.parse().ok())], certain: false }
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
}
