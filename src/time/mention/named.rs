//! Dates by their numbers and names: `26 February 1992`, `Friday`, `in May`, `1992`; and which year or week is meant
//! where it is left open.

use super::found::{MentionCertainty, MentionRule};
use super::number;
use super::page::{Known, Page};
use super::period;
use super::point::Point;
use super::pointing;
use super::sense::{Measure, Sense, Tense, Which};
use crate::time::names::is_ordinary_word;
use crate::time::unit::Unit;
use crate::time::{Date, Precision};

/// A day without its year may lie so many days ahead, and still be of the year of writing.
const SOON: i32 = 31;

const DAY: Sense = Sense::Unit { measure: Measure::Whole(Unit::Day), many: false };
const MONTH: Sense = Sense::Unit { measure: Measure::Whole(Unit::Month), many: false };
const YEAR: Sense = Sense::Unit { measure: Measure::Whole(Unit::Year), many: false };

/// What some tokens name, and the token after them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    pub(super) what: What,
    pub(super) certainty: MentionCertainty,
    pub(super) rule: MentionRule,
    pub(super) end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A year, a month or a day, of which something may be left out that the other end of a range has.
    Calendar {
        year: Option<i32>,
        month: Option<u32>,
        day: Option<u32>,
    },
    Point(Point),
}

impl Named {
    pub(super) fn point(point: Point, certainty: MentionCertainty, rule: MentionRule, end: usize) -> Named {
        Named { what: What::Point(point), certainty, rule, end }
    }

    fn calendar(year: Option<i32>, month: Option<u32>, day: Option<u32>, end: usize) -> Named {
        let certainty = match year {
            Some(_) => MentionCertainty::Certain,
            None => MentionCertainty::Relative,
        };
        Named { what: What::Calendar { year, month, day }, certainty, rule: MentionRule::Date, end }
    }
}

/// What is named from this token on, with no word before it that tells which part is meant.
pub(super) fn named(page: &Page<'_>, at: usize) -> Option<Named> {
    // `lundi dernier`
    if page.habits.which_behind
        && let Some(named) = pointing::behind(page, at)
    {
        return Some(named);
    }
    match page.sense(at) {
        Sense::Dated { year, month, day } => {
            // `26 февраля 1992 года`
            let end = if year.is_some() && !page.habits.capitals { page.past(at + 1, YEAR) } else { at + 1 };
            Some(Named::calendar(year.map(i32::from), Some(month.into()), day.map(u32::from), end))
        }
        Sense::Weekday { .. } => weekday(page, at),
        Sense::Month { number, .. } => period::whole_month(page, at).or_else(|| {
            is_month(page, at).then(|| {
                let end = if page.habits.with_unit { page.past(at + 1, MONTH) } else { at + 1 };
                Named::calendar(None, Some(number.into()), None, end)
            })
        }),
        Sense::Feast(month, day) => {
            let year = number::year(page, at + 1 + usize::from(page.is_sign(at + 1, b',')));
            let end = if year.is_some() { at + 2 + usize::from(page.is_sign(at + 1, b',')) } else { at + 1 };
            Some(Named::calendar(year, Some(month.into()), Some(day.into()), end))
        }
        _ => None,
    }
    .or_else(|| period::named(page, at))
    .or_else(|| pointing::named(page, at))
    .or_else(|| {
        let year = number::year(page, at)?;
        if let Some(part) = period::part_of(page, year, at + 1) {
            return Some(part);
        }
        // `1992 года`, `1992 yılında`
        Some(Named::calendar(Some(year), None, None, page.past(at + 1, YEAR)))
    })
}

/// `Friday`, `Friday, 26 February 1992`.
fn weekday(page: &Page<'_>, at: usize) -> Option<Named> {
    let Sense::Weekday { number, short } = page.sense(at) else { return None };
    let comma = at + 1 + usize::from(matches!(page.sense(at + 1), Sense::Sign(b',' | b'.')));
    let comma = page.past(comma, Sense::Article);
    if let Sense::Dated { day: Some(_), .. } = page.sense(comma) {
        return named(page, comma);
    }
    if short || !is_weekday(page, at) {
        return None;
    }
    // `cuma günü`
    let end = if page.habits.with_unit { page.past(at + 1, DAY) } else { at + 1 };
    let point = weekday_near(number.into(), None, &page.known);
    Some(Named::point(point, MentionCertainty::Relative, MentionRule::Weekday, end))
}

fn has_case(page: &Page<'_>, at: usize) -> bool {
    let capital = page.is_capital(at);
    page.habits.with_unit
        || capital == page.habits.capitals
        || capital && page.opens(at)
        || capital && page.word(at).chars().all(char::is_uppercase)
}

fn is_weekday(page: &Page<'_>, at: usize) -> bool {
    let which = matches!(page.before(at), Sense::Which(_) | Sense::Every);
    let unit = matches!(page.sense(at + 1), Sense::Unit { measure: Measure::Whole(Unit::Day), .. });
    has_case(page, at)
        && (!page.habits.with_unit || unit || which)
        && (!page.habits.after_preposition || which || page.after_preposition(at))
}

/// Whether the name of a month that stands alone is one: a name of a person or another word it may be too.
pub(super) fn is_month(page: &Page<'_>, at: usize) -> bool {
    let Sense::Month { short, .. } = page.sense(at) else { return false };
    let introduced = page.after_preposition(at);
    let unit = page.habits.with_unit && page.sense(at + 1) == MONTH;
    let next_is_name = page.sense(at + 1) == Sense::Other && page.is_capital(at + 1) && page.habits.capitals;
    let doubtful = short || next_is_name || is_ordinary_word(page.word(at));
    // A Latin abbreviation has its full stop or is no word of its own.
    has_case(page, at)
        // A day that it has not.
        && !matches!(page.sense(at + 1), Sense::Figures(29..=99, 2))
        && (introduced || unit || !doubtful)
        && (!short || page.is_sign(at + 1, b'.') || page.word(at).len() >= 3 && introduced)
        && (!page.habits.with_unit || unit || matches!(page.before(at), Sense::Which(_)))
}

/// The weekday that is meant near the day of writing: the last one up to that day, if nothing says otherwise.
pub(super) fn weekday_near(weekday: u32, which: Option<Which>, known: &Known) -> Point {
    let Some(today) = known.today() else { return Point::Weekday(weekday) };
    let ahead = (weekday as i32 - today.weekday() as i32).rem_euclid(7);
    let days = match which {
        Some(Which::This) => weekday as i32 - today.weekday() as i32,
        Some(Which::Next | Which::Coming | Which::Following) => {
            if ahead == 0 {
                7
            } else {
                ahead
            }
        }
        Some(Which::Last | Which::Past | Which::Previous) => ahead - 7,
        _ if matches!(known.tense, Some(Tense::Future | Tense::Due)) || ahead == 0 => ahead,
        _ => ahead - 7,
    };
    Point::Date(today.plus_days(days))
}

/// The month that is meant near the day of writing: the last one up to that day, if nothing says otherwise.
pub(super) fn month_near(month: u32, which: Option<Which>, known: &Known) -> Point {
    let published = known.published.and_then(|date| Some((date.year(), date.month()?)));
    let Some((year, now)) = published else { return Point::Yearless { month, day: None } };
    let year = match which {
        Some(Which::This) => year,
        Some(Which::Next | Which::Coming | Which::Following) => year + i32::from(month <= now),
        Some(Which::Last | Which::Past | Which::Previous) => year - i32::from(month >= now),
        _ if known.tense == Some(Tense::Future) => year + i32::from(month < now),
        // A month that is hardly over is not waited for till it comes again.
        _ if known.tense == Some(Tense::Due) => year + i32::from(month + 3 < now) - i32::from(month > now + 9),
        _ => year - i32::from(month > now),
    };
    Date::from_ym(year, month).map_or(Point::Yearless { month, day: None }, Point::Date)
}

/// The day of a year that nothing names: of the year of a day named before, else near the day of writing.
fn day_near(month: u32, day: u32, known: &Known) -> Point {
    let unknown = Point::Yearless { month, day: Some(day) };
    let in_year = |year| Date::day_of_calendar(year, month, day);
    if let Some(named) = known.day {
        let same = in_year(named.year()).filter(|date| *date >= named).or_else(|| in_year(named.year() + 1));
        return same.map_or(unknown, Point::Date);
    }
    let Some(published) = known.published else { return unknown };
    let this = in_year(published.year());
    let date = match (this, published.precision()) {
        (Some(this), Precision::Day) => {
            let ahead = this.first_day() - published.first_day();
            let due = known.tense == Some(Tense::Due);
            if known.tense == Some(Tense::Future) && ahead < -SOON || due && ahead < -90 {
                in_year(published.year() + 1)
            } else if ahead > SOON && known.tense != Some(Tense::Future) && !(due && ahead < 270) {
                in_year(published.year() - 1).or(Some(this))
            } else if ahead < SOON - 365 {
                in_year(published.year() + 1)
            } else {
                Some(this)
            }
        }
        (this, _) => this.or_else(|| in_year(published.year() - 1)),
    };
    date.map_or(unknown, Point::Date)
}

/// The stretch of the calendar that is meant; `None` for a day of the month alone, and for days that do not exist.
pub(super) fn settled(what: What, known: &Known) -> Option<Point> {
    match what {
        What::Point(point) => Some(point),
        What::Calendar { year: Some(year), month, day } => Some(Point::Date(match (month, day) {
            (Some(month), Some(day)) => Date::day_of_calendar(year, month, day)?,
            (Some(month), None) => Date::from_ym(year, month).ok()?,
            (None, None) => Date::from_year(year).ok()?,
            (None, Some(_)) => return None,
        })),
        What::Calendar { year: None, month: Some(month), day: Some(day) } => Some(day_near(month, day, known)),
        What::Calendar { year: None, month: Some(month), day: None } => Some(month_near(month, None, known)),
        What::Calendar { .. } => None,
    }
}
