//! The quarter that a company reports on: `the quarter`, `the latest quarter`, `a year earlier`, `the year-ago period`.

use super::found::{MentionCertainty, MentionRule};
use super::page::{Known, Page, Reading};
use super::point::Point;
use super::resolve::Named;
use super::sense::{Measure, Sense};
use crate::time::unit::Unit;

const QUARTER: Sense = Sense::Unit { measure: Measure::Whole(Unit::Quarter), many: false };
const YEAR: Sense = Sense::Unit { measure: Measure::Whole(Unit::Year), many: false };

/// The sentences within which "a year earlier" is still the quarter a year earlier.
const MAX_SENTENCES: usize = 3;

/// The quarter reported on: the one mentioned last, or else the last that was over when the text was written. In the
/// third month of a quarter it is that quarter.
pub(super) fn reported(known: &Known) -> Option<Point> {
    if let Some((year, number)) = known.quarter {
        return Some(Point::Quarter(Some(year), number));
    }
    let written = known.published?;
    let before = written.plus_months(-2);
    Some(Point::Quarter(Some(before.year()), (before.month()? - 1) / 3 + 1))
}

/// The quarter reported on, a year earlier, if a quarter is mentioned near here.
pub(super) fn year_earlier(known: &Known) -> Option<Point> {
    let (year, number) = known.quarter.filter(|_| known.sentences_since_quarter <= MAX_SENTENCES)?;
    Some(Point::Quarter(Some(year - 1), number))
}

/// A year earlier, as a reading.
pub(super) fn reading_year_earlier(known: &Known) -> Option<Reading> {
    let point = year_earlier(known)?;
    Some(Reading::of(point, MentionCertainty::Relative, MentionRule::Counted))
}

/// Reads `the quarter`, `the year-ago quarter`, `the year-earlier period`. The article was read already.
pub(super) fn named(page: &Page<'_>, at: usize) -> Option<Named> {
    let article = page.before(at) == Sense::Article;
    let found = |point: Option<Point>, rule, end| {
        let point = point.unwrap_or(Point::Unknown(Unit::Quarter));
        Some(Named::point(point, MentionCertainty::Relative, rule, end))
    };
    match page.sense(at) {
        // `the quarter of a mile`, `the quarter-point cut`
        QUARTER if article && !matches!(page.sense(at + 1), Sense::Of | Sense::Sign(b'-')) => {
            found(reported(&page.known), MentionRule::Period, at + 1)
        }
        YEAR if page.is_sign(at + 1, b'-') && matches!(page.sense(at + 2), Sense::Ago | Sense::Earlier) => {
            let end = at + 3;
            let of_a_quarter = page.sense(end) == QUARTER || page.word(end).eq_ignore_ascii_case("period");
            of_a_quarter.then_some(())?;
            let point = year_earlier(&page.known).or_else(|| match page.sense(end) {
                QUARTER => match reported(&page.known)? {
                    Point::Quarter(Some(year), number) => Some(Point::Quarter(Some(year - 1), number)),
                    _ => None,
                },
                _ => Point::around(Unit::Year, page.known.published?.plus_months(-12)),
            });
            found(point, MentionRule::Counted, end + 1)
        }
        _ => None,
    }
}
