//! Times that come again, and words that only mean past, present or future: `every Friday`, `annually`, `now`, `in the
//! past`.

use super::found::{MentionKind, MentionRule};
use super::length::each;
use super::number;
use super::page::{Match, Page, Reading};
use super::sense::{Measure, Sense, Which};
use crate::time::unit::Unit;

fn set(value: String) -> Reading {
    Reading::without_days(MentionKind::Set, value, MentionRule::Set)
}

/// `every Friday`, `each year`, `every two weeks`, `Fridays`, `annually`.
pub(super) fn read(page: &Page<'_>, at: usize) -> Option<Match> {
    match page.sense(at) {
        Sense::Every => {
            // `every two years`, `every third day`
            let counted = match (page.sense(at + 1), number::ordinal(page, at + 1)) {
                (_, Some((count, end))) => Some((count, end)),
                (Sense::Figures(count @ 1..=999, _) | Sense::Cardinal(count), _) => Some((count, at + 2)),
                _ => None,
            };
            let (count, unit) = counted.unwrap_or((1, at + 1));
            let value = match page.sense(unit) {
                Sense::Unit { measure, .. } => each(count, measure),
                _ if unit > at + 1 => return None,
                Sense::Weekday { number, short: false } => format!("XXXX-WXX-{number}"),
                Sense::Month { number, short: false } => format!("XXXX-{number:02}"),
                Sense::Season(season) => super::point::Point::Season(None, season).to_string(),
                Sense::DayPart(part) => format!("XXXX-XX-XXT{}", super::clock::Hour::Part(part)),
                _ => return None,
            };
            Some(Match::one(at, unit + 1, set(value)))
        }
        Sense::Weekdays(number) => Some(Match::one(at, at + 1, set(format!("XXXX-WXX-{number}")))),
        Sense::Repeated(measure) => {
            // `the Daily News`
            if page.is_capital(at) && !page.opens(at) {
                return None;
            }
            let value = match measure {
                Measure::Whole(Unit::Year) => "XXXX",
                Measure::Whole(Unit::Month) => "XXXX-XX",
                Measure::Whole(Unit::Week) => "XXXX-WXX",
                Measure::Whole(Unit::Day) => "XXXX-XX-XX",
                _ => return Some(Match::one(at, at + 1, set(each(1, measure)))),
            };
            Some(Match::one(at, at + 1, set(value.to_string())))
        }
        _ => None,
    }
}

/// `now`, `recently`, `soon`, `the past`, `the future`.
pub(super) fn vague(page: &Page<'_>, at: usize) -> Option<Match> {
    let found = |end, value: &str| {
        let reading = Reading::without_days(MentionKind::Date, value.to_string(), MentionRule::Vague);
        Some(Match::one(at, end, reading))
    };
    // The word is part of a name, as in `Democracy Now`.
    let name = page.is_capital(at) && !page.opens(at);
    match page.sense(at) {
        Sense::Now if !name => found(at + 1, "PRESENT_REF"),
        // `at the time of`
        Sense::Recently if !name && page.sense(at + 1) != Sense::Of => found(at + 1, "PAST_REF"),
        Sense::Soon if !name => found(at + 1, "FUTURE_REF"),
        Sense::Article => {
            let noun = !matches!(page.sense(at + 2), Sense::Other | Sense::Of | Sense::Counted);
            match page.sense(at + 1) {
                Sense::Which(Which::Past) if noun => found(at + 2, "PAST_REF"),
                Sense::Future if noun => found(at + 2, "FUTURE_REF"),
                _ => None,
            }
        }
        _ => None,
    }
}
