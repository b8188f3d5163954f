//! Lengths of time, and dates counted by them: `three days`, `33 years ago`, `two weeks later`.

use super::found::{MentionCertainty, MentionKind, MentionRule};
use super::number;
use super::number::Count;
use super::page::{Match, Page, Reading};
use super::point::Point;
use super::pointing::shifted;
use super::quarter;
use super::sense::{Measure, Sense, Which};
use crate::time::Date;
use crate::time::unit::Unit;

/// A length from a token on, and the token after its unit.
struct Length {
    count: Count,
    measure: Measure,
    end: usize,
    /// Set if its unit is joined to it: `two-year`.
    hyphen: bool,
}

/// Reads a length, or a date counted by one, from this token on.
pub(super) fn read(page: &Page<'_>, at: usize) -> Option<Match> {
    match page.sense(at) {
        Sense::Ago | Sense::HenceBefore | Sense::AgoBefore => counted_before(page, at),
        Sense::Unit { many: true, .. } => bare(page, at),
        Sense::Unit { measure, many: false } => compound(page, at, measure),
        _ => pair(page, at).or_else(|| counted(page, at)).or_else(|| pointed(page, at)),
    }
}

/// Reads `three days`, `nearly 30 years`, `a mere 24 hours`, and what is counted from there.
fn counted(page: &Page<'_>, at: usize) -> Option<Match> {
    let (from, start) = beginning(page, at);
    let length = length(page, start)?;
    if let Some(end) = age(page, &length, from) {
        return Some(Match::nothing(end));
    }
    // The article of `the two-day meeting` belongs to the meeting.
    let from = if length.hyphen { start } else { from };
    // `three quarters of` and `a quarter point` are fractions, unless something is counted by them.
    let counts = matches!(
        page.sense(length.end),
        Sense::Ago | Sense::Earlier | Sense::Later | Sense::Hence | Sense::Before | Sense::After
    );
    if length.measure == Measure::Whole(Unit::Quarter) && !counts {
        return None;
    }
    if page.sense(start) == Sense::An && start == at && !counts && is_rate(page, at) {
        // `60 miles an hour`
        return Some(match length.measure {
            Measure::Hour | Measure::Minute | Measure::Second => Match::nothing(length.end),
            _ => Match::one(at, length.end, repeated(&length)),
        });
    }
    let away = |sign: i32| match length.count {
        Count::Whole(count) => i32::try_from(count).ok().map(|count| count.saturating_mul(sign)),
        _ => None,
    };
    let end = length.end;
    let published = page.known.published;
    let spoken = page.known.spoken.or(published);
    let closes =
        |at: usize| !matches!(page.sense(at), Sense::Other | Sense::Of | Sense::Article | Sense::An | Sense::Which(_));
    let reading = match page.sense(end) {
        // `$2 million in the third quarter, from $1 million a year earlier`
        Sense::Ago | Sense::Earlier if is_a_year(&length) && quarter::year_earlier(&page.known).is_some() => {
            quarter::reading_year_earlier(&page.known)?
        }
        Sense::Ago => moved(&length, published, away(-1), "PAST_REF"),
        Sense::Earlier => moved(&length, spoken, away(-1), "PAST_REF"),
        Sense::Before if closes(end + 1) && !length.hyphen => moved(&length, spoken, away(-1), "PAST_REF"),
        // Nothing has happened after the day of writing.
        Sense::After if closes(end + 1) && !length.hyphen => moved(&length, page.known.spoken, away(1), "FUTURE_REF"),
        Sense::Later => moved(&length, page.known.spoken, away(1), "FUTURE_REF"),
        Sense::Hence => moved(&length, published, away(1), "FUTURE_REF"),
        Sense::Since => {
            // `nearly four years since` has no exact beginning.
            let exact = page.before(start) != Sense::About;
            let reading = if exact { since(page, &length) } else { duration(&length) };
            return Some(Match::one(from, end, reading));
        }
        _ => return Some(Match::one(from, end, duration(&length))),
    };
    Some(Match::one(from, end + 1, reading))
}

fn is_a_year(length: &Length) -> bool {
    length.count == Count::Whole(1) && length.measure == Measure::Whole(Unit::Year)
}

/// The token at which the expression begins, and that of the number.
fn beginning(page: &Page<'_>, at: usize) -> (usize, usize) {
    let article = at + usize::from(matches!(page.sense(at), Sense::Article | Sense::An));
    // No more words than `more than about` stand before a number.
    let start = page.past(page.past(article, Sense::About), Sense::About);
    if article > at && start == article && page.sense(at) == Sense::An {
        // In `a two-year contract` the article belongs to the contract. `a few days` is one word, and in `a year` the
        // article is a number.
        return (at, at);
    }
    (at, start)
}

/// A number and its unit.
fn length(page: &Page<'_>, at: usize) -> Option<Length> {
    // `some years`
    if page.before(at) == Sense::About
        && let Sense::Unit { measure, many: true } = page.sense(at)
    {
        return Some(Length { count: Count::Some, measure, end: at + 1, hyphen: false });
    }
    let (count, after) = number::count(page, at)?;
    let after = page.past(after, Sense::Filler);
    let hyphen = page.is_sign(after, b'-');
    let unit = after + usize::from(hyphen);
    // `half an hour` is `half` and `hour`, and so is `a half hour`.
    let unit = page.past(unit, Sense::An);
    let (measure, many) = match page.sense(unit) {
        Sense::Unit { measure, many } => (measure, many),
        // `one night`, `1 second`
        _ => return None,
    };
    // In `an hour` and `one day` the unit is singular. `2 year` is an error, or a table.
    let one = matches!(count, Count::Whole(1) | Count::AndHalf(0));
    if !many && !one && !hyphen && page.habits.capitals {
        return None;
    }
    Some(Length { count, measure, end: unit + 1, hyphen })
}

/// The end of an age: `44-year-old`, `aged 44 years`, `18 years of age`.
fn age(page: &Page<'_>, length: &Length, from: usize) -> Option<usize> {
    let next = length.end + usize::from(page.is_sign(length.end, b'-'));
    let old = page.sense(next) == Sense::Old || page.before(from) == Sense::Old;
    old.then_some(next + usize::from(page.sense(next) == Sense::Old))
}

/// Reads `between 12 and 18 months`, `two to three years`: the first has the unit of the second.
fn pair(page: &Page<'_>, at: usize) -> Option<Match> {
    let (first, end) = number::count(page, at).filter(|_| page.sense(at) != Sense::An)?;
    let joint = page.sense(end);
    matches!(joint, Sense::To | Sense::And | Sense::Or | Sense::Sign(b'-')).then_some(())?;
    let next = end + 1;
    let second = length(page, next).filter(|_| page.sense(next) != Sense::An)?;
    if joint == Sense::And && page.before(at) != Sense::Between {
        return None;
    }
    if let Some(end) = age(page, &second, at) {
        return Some(Match::nothing(end));
    }
    let end = second.end;
    let first = Length { count: first, measure: second.measure, end, hyphen: false };
    let piece = |from, to, length: &Length| super::page::Piece { from, to, reading: duration(length) };
    // The beginning is not exact: `two or three years ago`.
    if matches!(page.sense(end), Sense::Ago | Sense::Earlier | Sense::Later | Sense::Hence) {
        let past = matches!(page.sense(end), Sense::Ago | Sense::Earlier);
        let reading = vague(if past { "PAST_REF" } else { "FUTURE_REF" });
        return Some(Match::one(at, end + 1, reading));
    }
    Some(Match { end, first: Some(piece(at, next - 1, &first)), second: Some(piece(next, end, &second)) })
}

/// Reads `the past two years`, `the next few months`, `recent weeks`, `the last decade`: lengths that end or begin now.
fn pointed(page: &Page<'_>, at: usize) -> Option<Match> {
    let which = page.past(at, Sense::Article);
    let which = which + usize::from(page.sense(which) == Sense::An);
    let (kind, start) = match page.sense(which) {
        Sense::Which(kind) => (kind, which + 1),
        Sense::Ordinal(1) => (Which::Some, which + 1),
        _ => return None,
    };
    // `will last two weeks`
    let verb = kind == Which::Last && matches!(page.before(which), Sense::Tense(_) | Sense::To);
    if let Some(length) = length(page, start).filter(|_| kind != Which::Same && !verb) {
        return Some(match age(page, &length, at) {
            Some(end) => Match::nothing(end),
            None => Match::one(at, length.end, duration(&length)),
        });
    }
    let Sense::Unit { measure, many } = page.sense(start) else { return None };
    let count = match (many, kind) {
        (
            true,
            Which::Some | Which::Past | Which::Coming | Which::Next | Which::Last | Which::Following | Which::Previous,
        ) => Count::Some,
        (false, Which::Past | Which::Coming) => Count::Whole(1),
        (false, Which::Last | Which::Next | Which::Following | Which::Previous)
            if measure == Measure::Whole(Unit::Decade) || matches!(measure, Measure::Hour | Measure::Minute) =>
        {
            Count::Whole(1)
        }
        _ => return None,
    };
    if page.sense(which) == Sense::Ordinal(1) {
        return None;
    }
    let length = Length { count, measure, end: start + 1, hyphen: false };
    Some(Match::one(at, start + 1, duration(&length)))
}

/// Reads `years`, `months`, `decades`: an unknown number of them.
fn bare(page: &Page<'_>, at: usize) -> Option<Match> {
    let Sense::Unit { measure, .. } = page.sense(at) else { return None };
    let length = Length { count: Count::Some, measure, end: at + 1, hyphen: false };
    if let Some(end) = age(page, &length, at) {
        return Some(Match::nothing(end));
    }
    // `Minutes` of a meeting, quarters to live in
    let other = measure == Measure::Whole(Unit::Quarter);
    if other || page.is_capital(at) && !page.opens(at) || page.is_joined(at) && page.is_sign(at.wrapping_sub(1), b'-') {
        return None;
    }
    let reading = match page.sense(at + 1) {
        Sense::Ago | Sense::Earlier => return Some(Match::one(at, at + 2, vague("PAST_REF"))),
        Sense::Later | Sense::Hence => return Some(Match::one(at, at + 2, vague("FUTURE_REF"))),
        _ => duration(&length),
    };
    Some(Match::one(at, at + 1, reading))
}

/// Reads `year-ago`, `year-earlier`: one unit.
fn compound(page: &Page<'_>, at: usize, measure: Measure) -> Option<Match> {
    if quarter::named(page, at).is_some() {
        return None;
    }
    // `a day-long meeting`
    if page.is_sign(at + 1, b'-') && page.sense(at + 2) == Sense::Long && page.is_joined(at + 1) {
        let length = Length { count: Count::Whole(1), measure, end: at + 3, hyphen: true };
        return Some(Match::one(at, at + 3, duration(&length)));
    }
    let past = page.is_sign(at + 1, b'-') && matches!(page.sense(at + 2), Sense::Ago | Sense::Earlier);
    let length = Length { count: Count::Whole(1), measure, end: at + 1, hyphen: false };
    past.then(|| Match::one(at, at + 3, moved(&length, page.known.published, Some(-1), "PAST_REF")))
}

/// `il y a trois ans`, `через три дня`.
fn counted_before(page: &Page<'_>, at: usize) -> Option<Match> {
    let (_, start) = beginning(page, at + 1);
    let length = length(page, start)?;
    let past = page.sense(at) == Sense::AgoBefore;
    if let Some(end) = age(page, &length, at + 1) {
        return Some(Match::nothing(end));
    }
    let away = match length.count {
        Count::Whole(count) => i32::try_from(count).ok().map(|count| if past { -count } else { count }),
        _ => None,
    };
    let reading = moved(&length, page.known.published, away, if past { "PAST_REF" } else { "FUTURE_REF" });
    Some(Match::one(at, length.end, reading))
}

fn vague(value: &str) -> Reading {
    Reading::without_days(MentionKind::Date, value.to_string(), MentionRule::Vague)
}

/// The whole unit that many units away. If it is unknown, only whether it is past or to come.
fn moved(length: &Length, from: Option<Date>, away: Option<i32>, otherwise: &str) -> Reading {
    let Some(away) = away else { return vague(otherwise) };
    let unit = match length.measure {
        Measure::Whole(unit) => unit,
        Measure::Weekend => Unit::Week,
        // A few hours from the day of writing it is still that day, or unknown.
        Measure::Hour | Measure::Minute | Measure::Second => {
            let point = from.filter(|date| date.day().is_some()).map_or(Point::Unknown(Unit::Day), Point::Date);
            let reading = Reading::of(point, MentionCertainty::Relative, MentionRule::Counted);
            return Reading { kind: MentionKind::Time, value: format!("{}TXX", reading.value), ..reading };
        }
    };
    let years = unit.months().max(1).saturating_mul(away) / 12;
    let point = match from {
        None => Some(Point::Unknown(unit)),
        Some(date) if !(1..=9999).contains(&date.year().saturating_add(years)) => None,
        Some(date) => Some(shifted(unit, date, away).unwrap_or(Point::Unknown(unit))),
    };
    match point {
        Some(point) => Reading::of(point, MentionCertainty::Relative, MentionRule::Counted),
        None => vague(otherwise),
    }
}

/// Reads `33 years since`: a length whose beginning can be computed.
fn since(page: &Page<'_>, length: &Length) -> Reading {
    let reading = duration(length);
    // `60,000 ounces a year since 1981`
    if matches!(page.sense(length.end + 1), Sense::Figures(_, 4) | Sense::Dated { .. } | Sense::Month { .. }) {
        return reading;
    }
    let (Count::Whole(count), Measure::Whole(unit @ (Unit::Year | Unit::Decade | Unit::Century))) =
        (&length.count, length.measure)
    else {
        return reading;
    };
    let years = i32::try_from(*count).ok().map(|count| count.saturating_mul(unit.months() / 12));
    let year = page.known.published.zip(years).map(|(date, years)| date.year().saturating_sub(years));
    match year.and_then(|year| Date::from_year(year).ok()) {
        Some(year) if *count > 0 => Reading {
            days: Some(year.range()),
            certainty: MentionCertainty::Derived,
            rule: MentionRule::Anniversary,
            ..reading
        },
        _ => reading,
    }
}

fn letter(measure: Measure) -> (&'static str, &'static str) {
    match measure {
        Measure::Second => ("T", "S"),
        Measure::Minute => ("T", "M"),
        Measure::Hour => ("T", "H"),
        Measure::Weekend => ("", "WE"),
        Measure::Whole(unit) => {
            let letter = match unit {
                Unit::Day => "D",
                Unit::Week => "W",
                Unit::Month => "M",
                Unit::Quarter => "Q",
                Unit::Year => "Y",
                Unit::Decade => "DE",
                Unit::Century => "CE",
            };
            ("", letter)
        }
    }
}

fn duration(length: &Length) -> Reading {
    let (time, letter) = letter(length.measure);
    let value = match (&length.count, length.measure) {
        (Count::AndHalf(whole), Measure::Hour) => format!("PT{}M", whole.saturating_mul(60).saturating_add(30)),
        (Count::AndHalf(whole), Measure::Whole(Unit::Year)) => {
            format!("P{}M", whole.saturating_mul(12).saturating_add(6))
        }
        (Count::AndHalf(whole), Measure::Whole(unit @ (Unit::Decade | Unit::Century))) => {
            let years = u32::try_from(unit.months() / 12).unwrap_or_default();
            format!("P{}Y", whole.saturating_mul(years).saturating_add(years / 2))
        }
        (Count::AndHalf(whole), _) => format!("P{time}{whole}.5{letter}"),
        (Count::Whole(count), _) => format!("P{time}{count}{letter}"),
        (Count::Decimal(count), _) => format!("P{time}{count}{letter}"),
        (Count::Some, _) => format!("P{time}X{letter}"),
    };
    Reading::without_days(MentionKind::Duration, value, MentionRule::Duration)
}

/// Returns whether `a year` says how often: `twice a year`, `5 million a year`.
fn is_rate(page: &Page<'_>, at: usize) -> bool {
    matches!(page.before(at), Sense::Often | Sense::Counted | Sense::Figures(..) | Sense::Decimal | Sense::Times(_))
}

fn repeated(length: &Length) -> Reading {
    let read = duration(length);
    Reading { kind: MentionKind::Set, rule: MentionRule::Set, ..read }
}

/// The value of something that comes again with each such unit.
pub(super) fn each(count: u32, measure: Measure) -> String {
    let (time, letter) = letter(measure);
    format!("P{time}{count}{letter}")
}
