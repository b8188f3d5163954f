//! Dates named by numbers and names: `26 February 1992`, `Friday`, `in May`, `1992`.

use super::alone::{MONTH, is_month, is_weekday};
use super::feast::Feast;
use super::found::{MentionCertainty, MentionRule};
use super::number;
use super::page::Page;
use super::period;
use super::point::Point;
use super::pointing;
use super::resolve::{Named, weekday_near};
use super::sense::{Measure, Sense};
use crate::time::unit::Unit;

const DAY: Sense = Sense::Unit { measure: Measure::Whole(Unit::Day), many: false };
const YEAR: Sense = Sense::Unit { measure: Measure::Whole(Unit::Year), many: false };

/// Reads what is named from this token on, without a word before it that tells which part is meant.
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
        Sense::Feast(feast) => feast_of(page, feast, at),
        Sense::FeastOfYear(feast) => {
            feast_of(page, feast, at).filter(|named| named.certainty == MentionCertainty::Certain)
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

/// `Good Friday`, `Christmas Day, 1914`: in the year that follows, or the day closest to that of writing.
fn feast_of(page: &Page<'_>, feast: Feast, at: usize) -> Option<Named> {
    let behind = at + 1 + usize::from(page.is_sign(at + 1, b','));
    if let Some(year) = number::year(page, behind) {
        let day = feast.in_year(year)?;
        return Some(Named::point(Point::Date(day), MentionCertainty::Certain, MentionRule::Date, behind + 1));
    }
    if let Feast::On(month, day) = feast {
        return Some(Named::calendar(None, Some(month.into()), Some(day.into()), at + 1));
    }
    let day = feast.near(page.known.today()?)?;
    Some(Named::point(Point::Date(day), MentionCertainty::Relative, MentionRule::Date, at + 1))
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
