//! Longer named stretches: `the third quarter of 1992`, `summer 1968`, `the 1990s`, `the 20th century`, `fiscal 2014`.

use super::found::{MentionCertainty, MentionRule};
use super::number;
use super::page::{Known, Page};
use super::point::Point;
use super::resolve::Named;
use super::sense::{Measure, Season, Sense, Tense, Which};
use crate::time::unit::Unit;

fn named_period(point: Point, certainty: MentionCertainty, end: usize) -> Option<Named> {
    Some(Named::point(point, certainty, MentionRule::Period, end))
}

/// Reads a period from this token on. An article before it was read already.
pub(super) fn named(page: &Page<'_>, at: usize) -> Option<Named> {
    match page.sense(at) {
        Sense::Season(season) => season_named(page, season, at),
        Sense::Unit { measure: Measure::Weekend, many: false } if page.before(at) == Sense::Article => {
            weekend(page, at)
        }
        Sense::Fiscal => {
            let year = number::year(page, at + 1)?;
            named_period(Point::FiscalYear(year), MentionCertainty::Certain, at + 2)
        }
        Sense::QuarterSign => {
            let Sense::Figures(number @ 1..=4, 1) = page.sense(at + 1) else { return None };
            (page.is_joined(at + 1) && page.is_capital(at)).then_some(())?;
            part_of_year(page, Part::Quarter, number, at, at + 2)
        }
        Sense::Decade(decade) => {
            let century = page.known.published.map_or(1900, |date| century_of_decade(decade, date.year()));
            // In `her twenties` these are years of a life.
            matches!(
                page.before(at),
                Sense::Article | Sense::Edge(_) | Sense::EdgeOf(_) | Sense::At | Sense::Sign(b'-')
            )
            .then_some(())?;
            named_period(Point::Decade(century + i32::from(decade)), MentionCertainty::Certain, at + 1)
        }
        Sense::DecadeYears => {
            let (decade, end) = decade_figures(page, at + 1)?;
            named_period(Point::Decade(decade), MentionCertainty::Certain, end)
        }
        Sense::Figures(..) | Sense::Sign(b'\'') | Sense::Ordinal(_) | Sense::Cardinal(_) => {
            decade(page, at).or_else(|| by_ordinal(page, at))
        }
        // `XX век`, `XIXe siècle`, `XX. yüzyıl`
        Sense::Roman(number) => {
            let point = page.habits.dots_ordinals && page.is_sign(at + 1, b'.');
            let next = page.past(at + 1 + usize::from(point), Sense::OrdinalEnding);
            is_century(page, next).then_some(())?;
            century(number.into(), next + 1)
        }
        // `siglo XX`
        Sense::Unit { measure: Measure::Whole(Unit::Century), many: false } if page.habits.which_behind => {
            let Sense::Roman(number) = page.sense(at + 1) else { return None };
            century(number.into(), at + 2)
        }
        _ => None,
    }
}

fn century(number: u32, end: usize) -> Option<Named> {
    let first = i32::try_from(number).ok()?.checked_mul(100)? - 100;
    named_period(Point::Century(first), MentionCertainty::Certain, end)
}

/// Reads a month whose name and year stand apart: `May of 1968`, `mayo del año 1968`.
pub(super) fn whole_month(page: &Page<'_>, at: usize) -> Option<Named> {
    let Sense::Month { number, .. } = page.sense(at) else { return None };
    let next = at + 1 + usize::from(matches!(page.sense(at + 1), Sense::Of | Sense::Sign(b',')));
    let year = number::year(page, next)?;
    let date = crate::time::Date::from_ym(year, number.into()).ok()?;
    Some(Named::point(Point::Date(date), MentionCertainty::Certain, MentionRule::Date, next + 1))
}

/// The century for which a decade is the last one begun by a year.
fn century_of_decade(decade: u8, year: i32) -> i32 {
    let century = year - year.rem_euclid(100);
    if century + i32::from(decade) <= year { century } else { century - 100 }
}

/// `1990s`, `'90s`, `90-х годов`, `1990'lar`.
fn decade(page: &Page<'_>, at: usize) -> Option<Named> {
    let figures = at + usize::from(page.is_sign(at, b'\''));
    let (decade, end) = decade_figures(page, figures)?;
    // `MH-60S` is no decade, and `the 60s` is one.
    let short = matches!(page.sense(figures), Sense::Figures(_, 2));
    if short && figures == at && !(page.before(at) == Sense::Article || page.after_preposition(at)) {
        return None;
    }
    let joint = end + usize::from(matches!(page.sense(end), Sense::Sign(b'-' | b'\'')) && page.is_joined(end));
    (page.sense(joint) == Sense::DecadeEnding && page.is_joined(joint)).then_some(())?;
    // `2010's elections` are those of one year, and `the 1990's` are ten years.
    let possessive = page.is_sign(end, b'\'') && page.word(joint).eq_ignore_ascii_case("s");
    let many = matches!(page.before(at), Sense::Article | Sense::Edge(_) | Sense::EdgeOf(_) | Sense::Sign(b'-'));
    if possessive && !many {
        return None;
    }
    let years = Sense::Unit { measure: Measure::Whole(Unit::Year), many: true };
    named_period(Point::Decade(decade), MentionCertainty::Certain, page.past(joint + 1, years))
}

/// The first year of a decade in figures, of four or two digits, and the token after them.
fn decade_figures(page: &Page<'_>, at: usize) -> Option<(i32, usize)> {
    match page.sense(at) {
        Sense::Figures(year @ 1000..=2100, 4) if year % 10 == 0 => Some((year as i32, at + 1)),
        Sense::Figures(year @ 10..=90, 2) if year % 10 == 0 => {
            let written = page.known.published.map_or(1999, |date| date.year());
            Some((century_of_decade(year as u8, written) + year as i32, at + 1))
        }
        _ => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Quarter,
    Half,
}

fn is_century(page: &Page<'_>, at: usize) -> bool {
    matches!(page.sense(at), Sense::Unit { measure: Measure::Whole(Unit::Century), .. })
}

/// `the third quarter`, `the first half of 1992`, `the 20th century`.
fn by_ordinal(page: &Page<'_>, at: usize) -> Option<Named> {
    let (number, end) = number::ordinal(page, at)?;
    let end = end + usize::from(page.is_sign(end, b'-'));
    match page.sense(end) {
        Sense::Unit { measure: Measure::Whole(Unit::Century), .. } if (1..=30).contains(&number) => {
            century(number, end + 1)
        }
        Sense::Unit { measure: Measure::Whole(Unit::Quarter), many: false } if (1..=4).contains(&number) => {
            part_of_year(page, Part::Quarter, number, at, end + 1)
        }
        Sense::Half if number <= 2 => part_of_year(page, Part::Half, number, at, end + 1),
        Sense::Unit { measure: Measure::Whole(Unit::Day), many: false } if page.before(at) == Sense::Article => {
            // `the 99th day` does not say of what.
            let rule = MentionRule::Counted;
            Some(Named::point(Point::Unknown(Unit::Day), MentionCertainty::Relative, rule, end + 1))
        }
        _ => None,
    }
}

/// `1992 third quarter`, `1992's first half`.
pub(super) fn part_of(page: &Page<'_>, year: i32, at: usize) -> Option<Named> {
    let own = page.is_sign(at, b'\'') && page.sense(at + 1) == Sense::DecadeEnding;
    let (number, end) = number::ordinal(page, if own { at + 2 } else { at })?;
    let point = match page.sense(end) {
        Sense::Unit { measure: Measure::Whole(Unit::Quarter), many: false } if (1..=4).contains(&number) => {
            Point::Quarter(Some(year), number)
        }
        Sense::Half if number <= 2 => Point::Half(Some(year), number),
        _ => return None,
    };
    named_period(point, MentionCertainty::Certain, end + 1)
}

/// A quarter or half of the year named behind it, or else of the one near the day of writing.
fn part_of_year(page: &Page<'_>, part: Part, number: u32, at: usize, end: usize) -> Option<Named> {
    let point = |year| match part {
        Part::Quarter => Point::Quarter(year, number),
        Part::Half => Point::Half(year, number),
    };
    let next = page.past(page.past(end, Sense::Of), Sense::Article);
    let next = next + usize::from(page.is_sign(next, b','));
    if let Some(year) = number::year(page, next) {
        return named_period(point(Some(year)), MentionCertainty::Certain, next + 1);
    }
    if page.sense(next) == Sense::Fiscal
        && let Some(year) = number::year(page, next + 1)
    {
        return named_period(point(Some(year)), MentionCertainty::Certain, next + 2);
    }
    // `of the year`, `of last year`
    let (which, unit) = match page.sense(next) {
        Sense::Which(which) => (Some(which), next + 1),
        _ => (None, next),
    };
    let year = Sense::Unit { measure: Measure::Whole(Unit::Year), many: false };
    let published = page.known.published;
    if next > end && page.sense(unit) == year {
        let away = match which {
            Some(Which::Last | Which::Previous) => -1,
            Some(Which::Next | Which::Following | Which::Coming) => 1,
            _ => 0,
        };
        return named_period(point(published.map(|date| date.year() + away)), MentionCertainty::Relative, unit + 1);
    }
    // `last year's first quarter`
    let own = page.sense(at.wrapping_sub(1)) == Sense::DecadeEnding && page.is_sign(at.wrapping_sub(2), b'\'');
    if let Some(spoken) = page.known.spoken.filter(|_| own && at > 1) {
        return named_period(point(Some(spoken.year())), MentionCertainty::Relative, end);
    }
    // A first half, and a half without a year, may be of a match.
    if part == Part::Half && page.known.quarter.is_none() {
        return None;
    }
    let year = published.and_then(|date| {
        let now = match part {
            Part::Quarter => (date.month()? - 1) / 3 + 1,
            Part::Half => (date.month()? - 1) / 6 + 1,
        };
        let future = page.known.tense == Some(Tense::Future);
        Some(date.year() + if future { i32::from(number < now) } else { -i32::from(number > now) })
    });
    named_period(point(year), MentionCertainty::Relative, end)
}

/// Reads `summer 1968`, `the summer of 1968`, `winter 1991/92`. A season alone is the one near the day of writing.
fn season_named(page: &Page<'_>, season: Season, at: usize) -> Option<Named> {
    let next = page.past(page.past(at + 1, Sense::Of), Sense::Article);
    let next = next + usize::from(page.is_sign(next, b','));
    if let Some(year) = number::year(page, next) {
        let unit = Sense::Unit { measure: Measure::Whole(Unit::Year), many: false };
        // `winter 1991/92`
        let two = matches!(page.sense(next + 1), Sense::Sign(b'/' | b'-'))
            && number::is_next_year(page, year.unsigned_abs(), next + 2);
        let end = if two { next + 3 } else { page.past(next + 1, unit) };
        return named_period(Point::Season(Some(year), season), MentionCertainty::Certain, end);
    }
    // A fall may be any fall, and a spring may be one of water.
    let introduced = match page.before(at) {
        Sense::Edge(_) | Sense::EdgeOf(_) | Sense::At => true,
        Sense::Article => matches!(page.before(at - 1), Sense::At | Sense::EdgeOf(_)),
        _ => false,
    };
    let ends = !matches!(page.sense(at + 1), Sense::Other | Sense::Of);
    if !introduced || !ends {
        return None;
    }
    let year = season_near(season, None, &page.known);
    named_period(Point::Season(year, season), MentionCertainty::Relative, at + 1)
}

/// Reads `the weekend`: the last one begun by the day of writing, unless something says otherwise.
fn weekend(page: &Page<'_>, at: usize) -> Option<Named> {
    let point = page.known.today().map_or(Point::Unknown(Unit::Week), |today| {
        let future = page.known.tense == Some(Tense::Future);
        Point::Weekend(today.monday().plus_days(if today.weekday() >= 6 || future { 0 } else { -7 }))
    });
    Some(Named::point(point, MentionCertainty::Relative, MentionRule::Pointing, at + 1))
}

/// The year of the season that is meant: the last one begun by the day of writing, unless something says otherwise.
pub(super) fn season_near(season: Season, which: Option<Which>, known: &Known) -> Option<i32> {
    let published = known.published?;
    let (now, year) = Season::of(published.year(), published.month()?);
    let (season, now) = (season as i32, now as i32);
    Some(match which {
        Some(Which::Last | Which::Past | Which::Previous) => year - i32::from(season >= now),
        Some(Which::Next | Which::Coming | Which::Following) => year + i32::from(season <= now),
        Some(Which::This) => published.year(),
        _ if known.tense == Some(Tense::Future) => year + i32::from(season < now),
        _ => year - i32::from(season > now),
    })
}
