//! Words that point from the day of writing, or from the time last mentioned: `yesterday`, `last week`, `that year`.

use super::alone::is_month;
use super::found::{MentionCertainty, MentionRule};
use super::page::Page;
use super::period::season_near;
use super::point::Point;
use super::quarter;
use super::resolve::{Named, month_near, weekday_near};
use super::sense::{Measure, Sense, Which};
use crate::time::Date;
use crate::time::unit::Unit;

/// Reads what is pointed at from this token on. An article before it was read already.
pub(super) fn named(page: &Page<'_>, at: usize) -> Option<Named> {
    match page.sense(at) {
        // `der Morgen` does not mean tomorrow.
        Sense::Day(1) if page.is_capital(at) && !page.opens(at) => None,
        Sense::Day(away) => Some(day(page, away.into(), at + 1)),
        Sense::Which(which) => pointed(page, which, at + 1).map(|named| Named { end: at + 2, ..named }),
        Sense::Unit { measure: Measure::Whole(unit), many: false } => {
            beside(page, unit, at).or_else(|| quarter::named(page, at))
        }
        _ => None,
    }
}

/// `la semaine dernière`
pub(super) fn behind(page: &Page<'_>, at: usize) -> Option<Named> {
    let Sense::Which(which) = page.sense(at + 1) else { return None };
    pointed(page, which, at).map(|named| Named { end: at + 2, ..named })
}

/// Reads `the day before`, `the week after`, without a word behind it that it is before or after.
fn beside(page: &Page<'_>, unit: Unit, at: usize) -> Option<Named> {
    let away = match page.sense(at + 1) {
        Sense::Before | Sense::Earlier => -1,
        Sense::After | Sense::Later => 1,
        _ => return None,
    };
    let alone = matches!(page.sense(at + 2), Sense::Stop | Sense::Sign(_) | Sense::And | Sense::Or | Sense::At);
    (alone && page.before(at) == Sense::Article).then_some(())?;
    let point = page.known.spoken.or(page.known.published).and_then(|from| shifted(unit, from, away));
    Some(relative(point.unwrap_or(Point::Unknown(unit)), MentionRule::Pointing, at + 2))
}

fn relative(point: Point, rule: MentionRule, end: usize) -> Named {
    Named::point(point, MentionCertainty::Relative, rule, end)
}

pub(super) fn day(page: &Page<'_>, away: i32, end: usize) -> Named {
    let point = page.known.today().map_or(Point::Unknown(Unit::Day), |today| Point::Date(today.plus_days(away)));
    relative(point, MentionRule::Pointing, end)
}

/// The unit, month, weekday or season at `at` that `which` selects.
fn pointed(page: &Page<'_>, which: Which, at: usize) -> Option<Named> {
    let end = at + 1;
    Some(match page.sense(at) {
        Sense::Unit { measure: Measure::Weekend, many: false } => {
            let away = match which {
                Which::Last | Which::Past | Which::Previous => -7,
                Which::Next | Which::Coming | Which::Following => 7,
                Which::This => 0,
                Which::Same | Which::Some | Which::Latest => return None,
            };
            let weekend = page.known.today().map(|today| Point::Weekend(today.monday().plus_days(away)));
            relative(weekend.unwrap_or(Point::Unknown(Unit::Week)), MentionRule::Pointing, end)
        }
        Sense::Unit { measure: Measure::Whole(unit), many: false } => {
            let point = self::unit(page, which, unit)?;
            relative(point.unwrap_or(Point::Unknown(unit)), MentionRule::Pointing, end)
        }
        // `last March 22`
        Sense::Dated { year: None, month, day: Some(day) } if names_one(which) => {
            let month_and_day = (u32::from(month), u32::from(day));
            let today = page.known.today()?;
            let this = (today.month()?, today.day()?);
            let year = match which {
                Which::Last | Which::Past | Which::Previous => today.year() - i32::from(month_and_day >= this),
                Which::Next | Which::Coming | Which::Following => today.year() + i32::from(month_and_day <= this),
                _ => today.year(),
            };
            let date = Date::day_of_calendar(year, month_and_day.0, month_and_day.1)?;
            relative(Point::Date(date), MentionRule::Date, end)
        }
        Sense::Month { number, .. } if names_one(which) && is_month(page, at) => {
            relative(month_near(number.into(), Some(which), &page.known), MentionRule::Pointing, end)
        }
        Sense::Weekday { number, short: false } if names_one(which) => {
            relative(weekday_near(number.into(), Some(which), &page.known), MentionRule::Weekday, end)
        }
        Sense::Season(season) if names_one(which) => {
            let year = season_near(season, Some(which), &page.known);
            relative(Point::Season(year, season), MentionRule::Pointing, end)
        }
        _ => return None,
    })
}

/// Returns whether `which` before a name is more than chance: `that Friday` after `said` is chance.
fn names_one(which: Which) -> bool {
    !matches!(which, Which::Some | Which::Same | Which::Latest)
}

/// The week, month or year that is meant. `None` if the words point at none; none inside if it is unknown.
fn unit(page: &Page<'_>, which: Which, unit: Unit) -> Option<Option<Point>> {
    if which == Which::Latest && unit == Unit::Quarter {
        return Some(quarter::reported(&page.known));
    }
    // The time mentioned last is known at least as precisely as the unit, or else something else is meant.
    let spoken = page.known.spoken.filter(|spoken| Point::around(unit, *spoken).is_some());
    let (from, away) = match which {
        Which::Last | Which::Latest => (page.known.published, -1),
        Which::This => (page.known.published, 0),
        // `the next day`
        Which::Next if unit == Unit::Day => (spoken.or(page.known.published), 1),
        Which::Next => (page.known.published, 1),
        Which::Previous => (spoken.or(page.known.published), -1),
        // What followed the day of writing cannot have been written about.
        Which::Following => (spoken, 1),
        Which::Same => (page.known.spoken, 0),
        // These are lengths, and no stretches of the calendar.
        Which::Past | Which::Coming | Which::Some => return None,
    };
    // `last day` and `this day` are seldom yesterday and today. Decades and centuries last, unless they are the present
    // one.
    let lasts = matches!(unit, Unit::Decade) && which != Which::This && which != Which::Same;
    if lasts || unit == Unit::Day && matches!(which, Which::Last | Which::This) {
        return None;
    }
    Some(from.and_then(|from| shifted(unit, from, away)))
}

/// The whole unit that many units from the one a date lies in. `None` if the date is not known precisely enough.
pub(super) fn shifted(unit: Unit, from: Date, away: i32) -> Option<Point> {
    Point::around(unit, from)?;
    Point::around(unit, unit.away(from, away))
}
