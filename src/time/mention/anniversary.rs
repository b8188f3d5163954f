//! Anniversaries: the day is not named, but can be computed.
//!
//! The year is the year of writing less the number. The day is looked for nearby: first a day of that year named
//! anywhere in the text, then a day near the day of writing that the sentence, or the text, names. Without one, the
//! anniversary is taken to fall into the month in which it is written about.

use super::found::{Mention, MentionCertainty, MentionKind, MentionRule};
use super::number;
use super::page::{Match, Page, Reading};
use super::sense::{Measure, Sense};
use crate::time::unit::Unit;
use crate::time::{Date, DateRange, Precision};

/// The most days between the day of writing and a day that may be the anniversary.
const MAX_DAYS_AWAY: i32 = 15;

/// Reads an anniversary from this token on: `the 33rd anniversary`, `10-year anniversary`, `centenary`.
pub(super) fn read(page: &Page<'_>, at: usize) -> Option<(u32, Match)> {
    let start = page.past(at, Sense::Article);
    let (years, end) = match page.sense(start) {
        // The Centennial State is named after one.
        Sense::Jubilee(_)
            if page.is_capital(start) && page.sense(start + 1) == Sense::Other && page.is_capital(start + 1) =>
        {
            return None;
        }
        Sense::Jubilee(years) => (u32::from(years), start + 1),
        _ => numbered(page, start)?,
    };
    let value = page.known.published.and_then(|date| {
        let year = date.year().checked_sub(i32::try_from(years).ok()?)?;
        Date::from_year(year).ok().filter(|_| years > 0)
    });
    let reading = Reading {
        kind: MentionKind::Date,
        value: value.map_or_else(|| "XXXX".to_string(), |year| year.to_string()),
        days: value.map(Date::range),
        certainty: MentionCertainty::Derived,
        rule: MentionRule::Anniversary,
    };
    Some((years, Match::one(at, end, reading)))
}

fn numbered(page: &Page<'_>, at: usize) -> Option<(u32, usize)> {
    let (years, end) = match number::ordinal(page, at) {
        Some(found) => found,
        // `10-year anniversary`, `33 aniversario`, `33-летие`
        None => {
            let (number::Count::Whole(years), end) = number::count(page, at)? else { return None };
            let end = end + usize::from(page.is_sign(end, b'-'));
            let year = matches!(page.sense(end), Sense::Unit { measure: Measure::Whole(Unit::Year), .. });
            (years, end + usize::from(year))
        }
    };
    (page.sense(end) == Sense::Anniversary && years <= 3000).then_some((years, end + 1))
}

/// A day that the text names, kept for anniversaries.
pub(super) struct Spoken {
    /// The number of its sentence in the text.
    pub(super) sentence: usize,
    pub(super) day: Date,
    /// Set if it is named by its month, and not as a weekday or by counting.
    pub(super) named: bool,
    /// The range of days that it is an end of, if any.
    pub(super) days: DateRange,
}

/// An anniversary that waits for its day.
pub(super) struct Waiting {
    pub(super) sentence: usize,
    /// The place of its mention among all.
    pub(super) at: usize,
}

/// Gives anniversaries their days, once the whole text has been read.
pub(super) fn settle(found: &mut [Mention], waiting: &[Waiting], days: &[Spoken], published: Option<Date>) {
    let Some(published) = published else { return };
    for Waiting { sentence, at } in waiting {
        let Some(mention) = found.get_mut(*at) else { continue };
        let Some(year) = mention.days.and_then(DateRange::first).map(Date::year) else { continue };
        let (value, days) = match day_of(year, *sentence, days, published) {
            Some((day, days)) => (day, days),
            None => match published.month().and_then(|month| Date::from_ym(year, month).ok()) {
                Some(month) => (month, month.range()),
                None => continue,
            },
        };
        mention.value = value.to_string();
        mention.days = Some(days);
    }
}

/// The first day among `days` that tells on which day of `year` it was.
fn day_of(year: i32, sentence: usize, days: &[Spoken], published: Date) -> Option<(Date, DateRange)> {
    // Only this many are looked at: a text with thousands of dates is a table.
    const MOST: usize = 200;
    let known = days.iter().take(MOST);
    if let Some(spoken) = known.clone().find(|spoken| spoken.day.year() == year) {
        // An event longer than a week has no single anniversary.
        let days = spoken.days;
        let short = days.last_number().saturating_sub(days.first_number()) < 7;
        return Some((spoken.day, if short { days } else { spoken.day.range() }));
    }
    let near = |spoken: &&Spoken| (spoken.day.first_day() - published.first_day()).abs() <= MAX_DAYS_AWAY;
    let near = |spoken: &&Spoken| published.precision() == Precision::Day && near(spoken);
    let same = days.get(days.partition_point(|spoken| spoken.sentence < sentence)..).unwrap_or_default();
    let same = same.iter().take_while(|spoken| spoken.sentence == sentence);
    let spoken = same.take(MOST).find(near).or_else(|| known.filter(|spoken| spoken.named).find(near))?;
    let day = Date::day_of_calendar(year, spoken.day.month()?, spoken.day.day()?)?;
    Some((day, day.range()))
}
