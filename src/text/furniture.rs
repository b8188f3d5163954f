//! The date furniture of a text: what dates the text itself, and is no part of its story.
//!
//! A paper that prints a story again sets its own day above it: in a line of its own (`Published 26.02.1992, 10:45`), or
//! in the dateline with which the story opens (`PORT MAREN, Feb. 26 (TNA) -`). Only the figures of such days are
//! furniture, never other numbers of the same line.

use std::ops::Range;

use super::figure::{Figure, figure};
use super::token::for_each_raw_word;
use crate::time::{MentionContext, MentionKind, find_dates_and_partial, mentions};

/// The lines at the head of a text, and at its foot, that may be furniture.
const HEAD: usize = 8;
const FOOT: usize = 4;
/// The longest such line, in bytes.
const LONGEST: usize = 120;
/// The most words beside the days in a line that only dates the text.
const BESIDE: usize = 4;
/// Words that a line may have that only dates the text, besides names. Others in lower case, or in a script without case,
/// say something.
const SMALL: [&str; 42] = [
    "on",
    "at",
    "by",
    "and",
    "updated",
    "published",
    "posted",
    "am",
    "pm",
    "a",
    "p",
    "m",
    "vom",
    "um",
    "le",
    "à",
    "el",
    "il",
    "h",
    "de",
    "г",
    "года",
    "в",
    "tarihinde",
    "في",
    "نشر",
    "نُشر",
    "تم",
    "النشر",
    "تاريخ",
    "آخر",
    "تحديث",
    "الساعة",
    "يوم",
    "م",
    "هـ",
    "发布",
    "时间",
    "日期",
    "更新",
    "配信",
    "입력",
];
/// The bytes of a line in which a dateline ends.
const DATELINE: usize = 90;
/// The most words of the place and of the agency in a dateline.
const PLACE: usize = 6;

/// The stretches of a text that date the text itself, in its order.
pub(super) fn furniture(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            lines.push(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    let foot = lines.len().saturating_sub(FOOT).max(HEAD);
    let ends = lines.iter().take(HEAD).chain(lines.iter().skip(foot));
    let mut found = Vec::new();
    for (number, line) in ends.enumerate() {
        let written = text.get(line.clone()).unwrap_or_default();
        let days = if written.len() <= LONGEST && dates_the_text(written) {
            days(written)
        } else if number < HEAD {
            dateline(written)
        } else {
            Vec::new()
        };
        found.extend(days.into_iter().map(|day| line.start + day.start..line.start + day.end));
    }
    found
}

/// The days and times of day in a line, in the order of their beginnings.
fn days(line: &str) -> Vec<Range<usize>> {
    let (dates, partial) = find_dates_and_partial(line, None);
    let mut days: Vec<Range<usize>> = dates.into_iter().map(|date| date.range).collect();
    days.extend(partial.into_iter().map(|date| date.range));
    let times = mentions(line, &MentionContext::default()).into_iter();
    days.extend(times.filter(|time| time.kind == MentionKind::Time).map(|time| time.bytes));
    for_each_raw_word(line, |range, word| {
        if matches!(figure(word), Some(Figure::Weekday(_))) {
            days.push(range);
        }
    });
    days.extend(clocks(line));
    days.sort_by_key(|day| day.start);
    days.dedup_by(|later, day| {
        let overlaps = later.start < day.end;
        if overlaps {
            day.end = day.end.max(later.end);
        }
        overlaps
    });
    days
}

/// `10:45`
fn clocks(line: &str) -> Vec<Range<usize>> {
    let bytes = line.as_bytes();
    let digits = |range: Range<usize>| bytes.get(range).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    let clock = |(colon, _): (usize, &str)| {
        let start = if colon >= 2 && digits(colon - 2..colon) { colon - 2 } else { colon.checked_sub(1)? };
        (digits(start..colon) && digits(colon + 1..colon + 3)).then_some(start..colon + 3)
    };
    line.match_indices(':').filter_map(clock).collect()
}

/// Returns whether a line only dates the text: it has a day, and few words beside it, which are names. What is counted,
/// and what a day is only the first word of, says something: `83 Boats Burnt`, `September 11 Attacks`.
fn dates_the_text(line: &str) -> bool {
    let days = days(line);
    let (mut beside, mut says) = (0, false);
    // Where the day or the number before a word ends, if that is a day or a number.
    let mut carried: Option<usize> = None;
    for_each_raw_word(line, |range, word| {
        let day = days.iter().find(|day| day.start < range.end && range.start < day.end);
        if let Some(day) = day {
            carried = Some(day.end);
        } else if figure(word).is_some() {
            carried = Some(range.end);
        } else {
            beside += 1;
            let between = carried.take().and_then(|end| line.get(end..range.start));
            let goes_on = between.is_some_and(|between| between.trim().is_empty());
            says |= !SMALL.contains(&word) && (!word.starts_with(char::is_uppercase) || goes_on && !is_zone(word));
        }
    });
    !days.is_empty() && beside <= BESIDE && !says
}

/// Returns whether a word behind a time of day is that of its zone: `GMT`, `MESZ`, `Uhr`.
fn is_zone(word: &str) -> bool {
    word == "Uhr" || (2..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The day of the dateline with which a line begins: behind a place, and before a dash, or a stop after a place in
/// capitals.
fn dateline(line: &str) -> Vec<Range<usize>> {
    let (dates, partial) = find_dates_and_partial(line.get(..super::floor(line, DATELINE)).unwrap_or_default(), None);
    let days = dates.into_iter().map(|date| date.range).chain(partial.into_iter().map(|date| date.range));
    let Some(day) = days.min_by_key(|day| day.start) else { return Vec::new() };
    let (before, after) = (line.get(..day.start).unwrap_or_default(), line.get(day.end..).unwrap_or_default());
    let place: Vec<&str> = before.split_whitespace().collect();
    let is_name =
        |word: &&str| word.trim_start_matches(['(', '*']).starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic());
    let shouted = place.first().is_some_and(|word| word.len() > 2 && !word.contains(char::is_lowercase));
    if place.is_empty() || place.len() > PLACE || !place.iter().all(is_name) {
        return Vec::new();
    }
    let end = ["- ", "– ", "— ", "-- "].iter().filter_map(|dash| after.find(dash)).min();
    let stop = after.find(". ").filter(|_| shouted);
    let end = match (end, stop) {
        (Some(end), Some(stop)) => Some(end.min(stop)),
        (end, stop) => end.or(stop),
    };
    // Between the day and the dash stands the agency, if anything.
    let ends = end.and_then(|end| after.get(..end)).is_some_and(|agency| {
        let words: Vec<&str> = agency.split_whitespace().collect();
        words.len() <= PLACE && words.iter().all(is_name)
    });
    if ends { vec![day] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_dates_the_text_is_furniture_and_what_its_story_says_is_not() {
        for (text, expected) in [
            ("26 February 1992\n\nThe fire took 83 boats.", vec!["26 February 1992"]),
            ("83 boats burnt\nPublished 26.02.1992, 10:45\n\nText.", vec!["26.02.1992, 10:45"]),
            ("PORT MAREN, Feb. 26 (TNA) - Fire took 83 boats.", vec!["Feb. 26"]),
            ("PORT MAREN, Skerryland, Feb. 26, 1992. Fire took 83 boats.", vec!["Feb. 26, 1992"]),
            ("Port Maren, 26 February 1992 – Fire took 83 boats.", vec!["26 February 1992"]),
            ("On 26 February the fire took 83 boats - all of them - in the old harbour of the town.", vec![]),
            ("The fire of 26 February 1992 took 83 boats. It was the worst of all that anyone could remember.", vec![]),
            ("The fire took 83 boats.\n\nBrussels\n26 February 1992", vec!["26 February 1992"]),
            ("83 boats burnt", vec![]),
            ("83 Boats Burnt, 26 February 1992", vec![]),
            ("No 83, Riverby, 26 February 1992", vec!["26 February 1992"]),
            ("26 February 1992, 10:45 GMT", vec!["26 February 1992, 10:45 GMT"]),
            ("September 11 Attacks Remembered", vec![]),
            ("حريق كبير في الميناء 26 فبراير 1992", vec![]),
            ("نشر في 26 فبراير 1992", vec!["26 فبراير 1992"]),
            ("1992年2月26日港口大火", vec![]),
            ("", vec![]),
        ] {
            let found: Vec<&str> = furniture(text).into_iter().map(|range| text[range].trim_end_matches(',')).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
