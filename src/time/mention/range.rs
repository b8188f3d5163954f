//! Ranges: `25-26 February 1992`, `from May to July 1994`, `between X and Y`, `1957-58`.
//!
//! TIMEX3 has no ranges, so both ends are mentions of their own. Each has all the days between them.

use super::found::MentionRule;
use super::named::named;
use super::number;
use super::page::{Match, Page, Piece, Reading};
use super::resolve::{Named, What};
use super::sense::Sense;
use crate::time::DateRange;

/// Reads two dates from this token on, which may be the `from` or `between` before them.
pub(super) fn read(page: &Page<'_>, at: usize) -> Option<Match> {
    let opening = page.sense(at);
    let from = at + usize::from(matches!(opening, Sense::From | Sense::Between));
    let start = page.past(from, Sense::Article);
    let first = named(page, start).or_else(|| day_of_month(page, start))?;
    // `between April 1, 1986, and March 31, 1988`
    let whole = matches!(first.what, What::Calendar { year: Some(_), month: Some(_), day: Some(_) });
    let comma = whole && page.is_sign(first.end, b',') && matches!(page.sense(first.end + 1), Sense::And | Sense::To);
    let close = first.end + usize::from(comma);
    let (next, joint) = match page.sense(close) {
        Sense::Sign(b'-') => (close + 1, Joint::Dash),
        Sense::Sign(b'/') if page.is_joined(close) => (close + 1, Joint::Dash),
        Sense::To | Sense::Until => (close + 1, Joint::Word),
        Sense::And if opening == Sense::Between => (close + 1, Joint::Word),
        Sense::And | Sense::Or => (close + 1, Joint::And),
        _ => return None,
    };
    let next = page.past(next, Sense::Article);
    let second = short_year(page, &first, next, joint)
        .or_else(|| named(page, next))
        .or_else(|| day_of_month_and_year(page, next))?;
    let (one, two) = completed(first, second)?;
    let calendar = matches!((one.what, two.what), (What::Calendar { .. }, What::Calendar { .. }));
    if !calendar && joint != Joint::Word {
        return None;
    }
    let (mut left, mut right) = (one.reading(&page.known)?, two.reading(&page.known)?);
    // `Monday to Friday` lies in one week.
    let (monday, friday) = (left.days.and_then(DateRange::first), right.days.and_then(DateRange::first));
    if one.rule == MentionRule::Weekday && two.rule == MentionRule::Weekday && monday > friday {
        let before = monday?.plus_days(-7);
        left = Reading { value: before.to_string(), days: Some(before.range()), ..left };
    }
    // Neither end has a year, so the last must not come before the first.
    if let (What::Calendar { year: None, .. }, What::Calendar { year: None, month, day }) = (one.what, two.what)
        && left.days.map(DateRange::first_number) > right.days.map(DateRange::first_number)
    {
        let year = left.days?.first()?.year();
        let later = |year| {
            let two = Named { what: What::Calendar { year: Some(year), month, day }, ..two };
            two.reading(&page.known)
                .filter(|read| read.days.map(DateRange::first_number) >= left.days.map(DateRange::first_number))
        };
        right = Reading { certainty: right.certainty, ..later(year).or_else(|| later(year + 1))? };
    }
    if joint == Joint::And && left.days.map(DateRange::first_number) > right.days.map(DateRange::first_number) {
        return None;
    }
    if joint != Joint::And
        && let (Some(a), Some(b)) = (left.days, right.days)
    {
        if a.first_number() > b.last_number() {
            return None;
        }
        let days = Some(DateRange::new(a.first(), b.last()));
        (left.days, right.days) = (days, days);
        (left.rule, right.rule) = (MentionRule::Range, MentionRule::Range);
    }
    let first = Piece { from: start, to: first.end, reading: left };
    let second = Piece { from: next, to: second.end, reading: right };
    Some(Match { end: second.to, first: Some(first), second: Some(second) })
}

/// The word or sign that joins two dates.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Dash,
    /// `to`, or `and` after `between`.
    Word,
    /// `and` or `or`, between two dates that share a month or a year. The days between them do not count.
    And,
}

fn calendar(year: Option<i32>, month: Option<u32>, day: Option<u32>, named: Named) -> Named {
    use super::found::MentionCertainty::{Certain, Relative};
    let certainty = if year.is_some() { Certain } else { Relative };
    Named { what: What::Calendar { year, month, day }, certainty, ..named }
}

/// Reads `25`, `25th`: a day whose month the other end has.
fn day_of_month(page: &Page<'_>, at: usize) -> Option<Named> {
    let (day, end) = match page.sense(at) {
        Sense::Figures(day, 1 | 2) => match number::ordinal(page, at) {
            Some((_, end)) => (day, end),
            None => (day, at + 1),
        },
        _ => return None,
    };
    (1..=31).contains(&day).then_some(())?;
    let what = What::Calendar { year: None, month: None, day: Some(day) };
    let certainty = super::found::MentionCertainty::Relative;
    Some(Named { what, certainty, rule: MentionRule::Date, end })
}

/// `26`, `26, 1992`.
fn day_of_month_and_year(page: &Page<'_>, at: usize) -> Option<Named> {
    let day = day_of_month(page, at)?;
    let What::Calendar { day: number, .. } = day.what else { return None };
    // `February 25 - 30 people`, `Feb. 25-26.5`
    let next = day.end + usize::from(page.is_sign(day.end, b','));
    match number::year(page, next) {
        Some(year) => Some(Named { end: next + 1, ..calendar(Some(year), None, number, day) }),
        None if matches!(
            page.sense(day.end),
            Sense::Sign(b'%' | b':' | b'/') | Sense::Counted | Sense::Unit { .. }
        ) =>
        {
            None
        }
        None if page.sense(day.end) == Sense::Other && !page.is_joined(at) && !page.is_capital(day.end) => None,
        None => Some(day),
    }
}

/// The `58` of `1957-58`.
fn short_year(page: &Page<'_>, first: &Named, at: usize, joint: Joint) -> Option<Named> {
    let What::Calendar { year: Some(year), month: None, day: None } = first.what else { return None };
    let Sense::Figures(short, 2) = page.sense(at) else { return None };
    if joint != Joint::Dash || page.is_joined(at + 1) && matches!(page.sense(at + 1), Sense::Sign(b'-' | b'/' | b'%')) {
        return None;
    }
    let last = year - year.rem_euclid(100) + i32::try_from(short).ok()?;
    // `2013-03` is a month, unless it is the year right after.
    let month = short <= 12 && page.is_joined(at) && last != year + 1;
    (last > year && !month).then(|| Named { end: at + 1, ..calendar(Some(last), None, None, *first) })
}

/// Both dates, each completed by what only the other one says. `None` if they are of different kinds.
fn completed(first: Named, second: Named) -> Option<(Named, Named)> {
    let (What::Calendar { year: y1, month: m1, day: d1 }, What::Calendar { year: y2, month: m2, day: d2 }) =
        (first.what, second.what)
    else {
        let bare = |named: &Named| matches!(named.what, What::Calendar { month: None, year: None, .. });
        return (!bare(&first) && !bare(&second)).then_some((first, second));
    };
    let (month1, month2) = match (m1, m2) {
        // `25 to 26 February`
        (None, Some(month)) if y1.is_none() => (Some(month), Some(month)),
        // `February 25-26`
        (Some(month), None) if d1.is_some() && d2.is_some() => (Some(month), Some(month)),
        (None, None) if y1.is_some() && y2.is_some() => (None, None),
        (Some(_), Some(_)) => (m1, m2),
        // `February 1992 to 1993`
        (Some(_), None) if y1.is_some() && y2.is_some() => (m1, None),
        _ => return None,
    };
    // `from November to February 1994` begins in the year before.
    let earlier = match (y1, y2) {
        (None, Some(year)) => Some(if (month1, d1) > (month2, d2) && month1 != month2 { year - 1 } else { year }),
        _ => y1,
    };
    let later = match (y1, y2) {
        (Some(year), None) => Some(if (month1, d1) > (month2, d2) && month1 != month2 { year + 1 } else { year }),
        _ => y2,
    };
    Some((calendar(earlier, month1, d1, first), calendar(later, month2, d2, second)))
}
