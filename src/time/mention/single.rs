//! A single date with what belongs to it: a part of it, a part of the day, a time of day.

use super::clock;
use super::clock::Hour;
use super::found::{MentionCertainty, MentionKind, MentionRule};
use super::named::named;
use super::number;
use super::page::{Match, Page, Reading};
use super::point::Point;
use super::pointing;
use super::resolve::{Named, settled};
use super::sense::{DayPart, Edge, Measure, Sense, Which};
use crate::time::unit::Unit;

/// Reads a date from this token on.
pub(super) fn read(page: &Page<'_>, at: usize) -> Option<Match> {
    let article = page.past(at, Sense::Article);
    night_of(page, at, article)
        .or_else(|| part(page, at, article))
        .or_else(|| with_time(page, at, at))
        .or_else(|| if article > at { with_article(page, at, article) } else { None })
}

/// Reads an expression that begins with its article: `the 1990s`, `the third quarter`, `the previous week`.
fn with_article(page: &Page<'_>, at: usize, first: usize) -> Option<Match> {
    let own = match page.sense(first) {
        // Dates and years have no article: that of `the FY 2014 budget` belongs to the budget.
        Sense::Fiscal | Sense::Dated { .. } | Sense::Month { .. } | Sense::Weekday { .. } => false,
        Sense::Figures(_, 4) => number::year(page, first).is_none() || named(page, first)?.end > first + 1,
        _ => true,
    };
    own.then(|| with_time(page, at, first)).flatten()
}

/// Reads a date, with a time of day if one follows. The tokens before `first` belong to it.
fn with_time(page: &Page<'_>, from: usize, first: usize) -> Option<Match> {
    if let Sense::DayPartOf(away, part) = page.sense(first) {
        let day = pointing::day(page, away.into(), first + 1);
        return in_part(page, day, part, from, first + 1);
    }
    if let Some(found) = near_part(page, from, first) {
        return Some(found);
    }
    let day = named(page, first)?;
    let reading = day.reading(&page.known)?;
    // Annotators of news leave the article out.
    let century = matches!(settled(day.what, &page.known), Some(Point::Century(_)))
        && reading.certainty == MentionCertainty::Certain;
    let from = if century { first } else { from };
    if !matches!(reading.days, Some(days) if days.first() != days.last())
        && let Some(found) = timed(page, &day, from)
    {
        return Some(found);
    }
    Some(Match::one(from, day.end, reading))
}

/// Reads `Friday night`, `26 February 1992 at 10:30`: a day with a time of it behind.
fn timed(page: &Page<'_>, day: &Named, from: usize) -> Option<Match> {
    let at = day.end + usize::from(matches!(page.sense(day.end), Sense::At | Sense::To));
    match page.sense(at) {
        Sense::DayPart(part) if at == day.end || matches!(part, DayPart::Noon | DayPart::Midnight) => {
            in_part(page, *day, part, from, at + 1)
        }
        _ => {
            let comma = at + usize::from(page.is_sign(at, b','));
            let (hour, end) = clock::hour(page, page.past(page.past(comma, Sense::At), Sense::To))
                .or_else(|| clock::iso(page, day.end))?;
            at_hour(page, Some(*day), &hour, from, end)
        }
    }
}

/// `last night`, `this morning`, `that evening`.
fn near_part(page: &Page<'_>, from: usize, at: usize) -> Option<Match> {
    let (Sense::Which(which), Sense::DayPart(part)) = (page.sense(at), page.sense(at + 1)) else { return None };
    let spoken = page.known.spoken;
    let (counted_from, away) = match which {
        Which::This => (page.known.today(), 0),
        Which::Last => (page.known.today(), -1),
        Which::Same => (spoken, 0),
        Which::Previous => (spoken.or(page.known.published), -1),
        Which::Following | Which::Next => (spoken, 1),
        Which::Past | Which::Coming | Which::Some | Which::Latest => return None,
    };
    let point = counted_from.and_then(|day| pointing::shifted(Unit::Day, day, away));
    let point = point.unwrap_or(Point::Unknown(Unit::Day));
    let day = Named::point(point, MentionCertainty::Relative, MentionRule::Pointing, at + 2);
    in_part(page, day, part, from, at + 2)
}

fn in_part(page: &Page<'_>, day: Named, part: DayPart, from: usize, to: usize) -> Option<Match> {
    at_hour(page, Some(day), &Hour::Part(part), from, to)
}

/// Reads a time of day from this token on, with the day behind it: `8:30 p.m. Friday`, `10 a.m. on 26 February`.
pub(super) fn read_clock(page: &Page<'_>, at: usize) -> Option<Match> {
    let (hour, end) = clock::hour(page, at).or_else(|| match page.sense(at) {
        Sense::DayPart(part @ (DayPart::Noon | DayPart::Midnight)) => Some((Hour::Part(part), at + 1)),
        _ => None,
    })?;
    let comma = end + usize::from(page.is_sign(end, b','));
    let day = named(page, page.past(page.past(comma, Sense::At), Sense::Article)).filter(|day| {
        let point = settled(day.what, &page.known);
        point.is_some_and(|point| point.to_string().matches('-').count() == 2)
    });
    let to = day.map_or(end, |day| day.end);
    at_hour(page, day, &hour, at, to)
}

/// A time of a day. Without `day`, it is of the day last named in the sentence, or else of the day of writing.
fn at_hour(page: &Page<'_>, day: Option<Named>, hour: &Hour, from: usize, to: usize) -> Option<Match> {
    let day =
        day.unwrap_or_else(|| match page.known.near.or(page.known.spoken.filter(|spoken| spoken.day().is_some())) {
            Some(named) => {
                let named = named.plus_days(i32::from(after_midnight(page, hour)));
                Named::point(Point::Date(named), MentionCertainty::Relative, MentionRule::Clock, to)
            }
            None => pointing::day(page, 0, to),
        });
    let day_reading = day.reading(&page.known)?;
    let rule = if matches!(hour, Hour::Part(_)) { day_reading.rule } else { MentionRule::Clock };
    let value = format!("{}T{hour}", day_reading.value);
    Some(Match::one(from, to, Reading { kind: MentionKind::Time, value, rule, ..day_reading }))
}

/// Returns whether an hour is one of the morning after the night mentioned last: `on the night of 25 February … at 1.17
/// a.m.`
fn after_midnight(page: &Page<'_>, hour: &Hour) -> bool {
    page.known.night && matches!(hour, Hour::Clock { hour: 0..=7, .. })
}

/// Reads `the night of 25 to 26 February 1992`, `the morning of the same day`: the night begins on the first of two
/// days.
fn night_of(page: &Page<'_>, at: usize, part: usize) -> Option<Match> {
    let Sense::DayPart(time) = page.sense(part) else { return None };
    let of = page.past(part + 1, Sense::Of);
    if of == part + 1 && page.sense(of) != Sense::From {
        return None;
    }
    let (mut first, end) = match super::range::read(page, of) {
        Some(Match { end, first: Some(first), second: Some(_) }) => (first.reading, end),
        _ => {
            let day = page.past(page.past(of, Sense::From), Sense::Article);
            let day = named(page, day)?;
            (day.reading(&page.known)?, day.end)
        }
    };
    // A year or a month has no single night.
    if first.value.trim_start_matches('X').matches('-').count() < 2 || first.kind != MentionKind::Date {
        return None;
    }
    first.value = format!("{}T{}", first.value, Hour::Part(time));
    first.kind = MentionKind::Time;
    Some(Match::one(at, end, first))
}

/// `early March`, `mid-1990s`, `late last year`, `the end of the week`, `the first half of the 1990s`.
fn part(page: &Page<'_>, at: usize, first: usize) -> Option<Match> {
    let year = |at| page.sense(at) == Sense::Unit { measure: Measure::Whole(Unit::Year), many: false };
    match page.sense(first) {
        Sense::Edge(edge) => {
            let hyphen = first + 1 + usize::from(page.is_sign(first + 1, b'-'));
            let day = named(page, page.past(hyphen, Sense::Article))?;
            cut(page, &day, edge, at)
        }
        // `earlier this year`
        Sense::Earlier | Sense::Later if matches!(page.sense(first + 1), Sense::Which(Which::This) | Sense::Day(_)) => {
            let day = named(page, first + 1)?;
            let read = day.reading(&page.known)?;
            Some(Match::one(at, day.end, read))
        }
        Sense::EdgeOf(edge) => {
            let article = page.past(first + 1, Sense::Article);
            let day = named(page, article).or_else(|| {
                // `the end of the year`
                let Sense::Unit { measure: Measure::Whole(unit), many: false } = page.sense(article) else {
                    return None;
                };
                let point = page.known.published.and_then(|date| Point::around(unit, date));
                (article > first + 1 && unit != Unit::Day).then_some(())?;
                let point = point.unwrap_or(Point::Unknown(unit));
                Some(Named::point(point, MentionCertainty::Relative, MentionRule::Pointing, article + 1))
            })?;
            cut(page, &day, edge, at)
        }
        _ => {
            let (half, end) = number::ordinal(page, first)?;
            (page.sense(end) == Sense::Half && half <= 2 && page.sense(end + 1) == Sense::Of).then_some(())?;
            let article = page.past(end + 2, Sense::Article);
            // A half of a year has a value of its own.
            if year(article) || number::year(page, article).is_some() {
                return None;
            }
            let day = named(page, article)?;
            let days = settled(day.what, &page.known)?.half(half);
            Some(Match::one(at, day.end, Reading { days, ..day.reading(&page.known)? }))
        }
    }
}

/// The first, middle or last third of what is named.
fn cut(page: &Page<'_>, day: &Named, edge: Edge, from: usize) -> Option<Match> {
    let point = settled(day.what, &page.known)?;
    let read = Reading { days: point.third(edge), ..day.reading(&page.known)? };
    if let Some(Match { first: Some(piece), end, .. }) = timed(page, day, from)
        && matches!(point, Point::Date(date) if date.day().is_some())
    {
        return Some(Match::one(from, end, piece.reading));
    }
    Some(Match::one(from, day.end, read))
}
