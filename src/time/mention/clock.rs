//! Times of day.

use std::fmt;

use super::page::Page;
use super::sense::{DayPart, Sense, is_zone};

/// A time of day. It is displayed as TIMEX3 has it after the T.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hour {
    Clock { hour: u32, minute: u32, second: Option<u32> },
    Part(DayPart),
}

impl fmt::Display for Hour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hour::Clock { hour, minute, second: Some(second) } => write!(f, "{hour:02}:{minute:02}:{second:02}"),
            Hour::Clock { hour, minute, second: None } => write!(f, "{hour:02}:{minute:02}"),
            Hour::Part(part) => f.write_str(match part {
                DayPart::Morning => "MO",
                DayPart::Noon => "12:00",
                DayPart::Afternoon => "AF",
                DayPart::Evening => "EV",
                DayPart::Night => "NI",
                DayPart::Midnight => "24:00",
            }),
        }
    }
}

fn figures(page: &Page<'_>, at: usize, most: u32) -> Option<u32> {
    match page.sense(at) {
        Sense::Figures(value, 1 | 2) if value <= most => Some(value),
        _ => None,
    }
}

/// `8:30`, `8:30 p.m.`, `10 a.m.`, `8 o'clock`, `20h30`, `8.30 p.m.`, and the token after it.
pub(super) fn hour(page: &Page<'_>, at: usize) -> Option<(Hour, usize)> {
    let (mut hour, minute, mut end) = match page.sense(at) {
        Sense::Decimal => {
            let (hour, minute) = page.word(at).split_once('.')?;
            (hour.parse().ok()?, Some(minute.parse().ok().filter(|_| minute.len() == 2)?), at + 1)
        }
        // `1900 GMT`
        Sense::Figures(time @ 0..=2400, 4) if is_zone(page.word(at + 1)) && time % 100 < 60 => {
            (time / 100, Some(time % 100), at + 1)
        }
        _ => {
            let hour = figures(page, at, 24)?;
            let joint = page.is_joined(at + 1) && page.is_joined(at + 2);
            // `20h30`, `20 h 30`
            let minutes = joint && page.is_sign(at + 1, b':') || page.sense(at + 1) == Sense::Clock;
            match figures(page, at + 2, 59).filter(|_| minutes && matches!(page.sense(at + 2), Sense::Figures(_, 2))) {
                Some(minute) => (hour, Some(minute), at + 3),
                None => (hour, None, at + 1),
            }
        }
    };
    let mut second = None;
    if minute.is_some() && page.is_sign(end, b':') && page.is_joined(end) {
        // `1:2:30` is a score or a ratio, and `10:30:00` a time.
        second = Some(figures(page, end + 1, 59)?);
        end += 2;
    }
    let shown = match page.sense(end) {
        Sense::HalfDay { afternoon } if (1..=12).contains(&hour) => {
            hour = hour % 12 + if afternoon { 12 } else { 0 };
            end += 1;
            true
        }
        Sense::Clock => {
            end += 1;
            true
        }
        _ => minute.is_some() && page.sense(at) != Sense::Decimal,
    };
    let joined_before = page.is_joined(at) && !matches!(page.before(at), Sense::Sign(b'(' | b'"' | b'-' | b'['));
    // These are verses and scores: `John 3:16` has an hour of one figure, and `30:28` has no hour.
    let plain = minute.is_some() && end == at + 3 && page.word(at).len() == 1;
    if !shown
        || joined_before
        || hour > 24
        || minute.is_some_and(|minute| minute > 59)
        || plain && !page.after_preposition(at)
    {
        return None;
    }
    // `10:30 EST`
    end += usize::from(is_zone(page.word(end)));
    Some((Hour::Clock { hour, minute: minute.unwrap_or(0), second }, end))
}

/// Reads the `T10:30:00Z` after a day in ISO 8601.
pub(super) fn iso(page: &Page<'_>, at: usize) -> Option<(Hour, usize)> {
    let joined = page.is_joined(at) && page.is_joined(at + 1) && page.word(at) == "T";
    let hour = figures(page, at + 1, 24).filter(|_| joined && page.is_sign(at + 2, b':'))?;
    let minute = figures(page, at + 3, 59)?;
    let (mut second, mut end) = (None, at + 4);
    if page.is_sign(end, b':') && page.is_joined(end) {
        match page.sense(end + 1) {
            Sense::Decimal => end += 2,
            _ => {
                second = figures(page, end + 1, 60);
                end += 1 + usize::from(second.is_some());
            }
        }
    }
    if page.word(end) == "Z" && page.is_joined(end) {
        end += 1;
    }
    Some((Hour::Clock { hour, minute, second }, end))
}
