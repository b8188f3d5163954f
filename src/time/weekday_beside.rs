//! The weekday that stands beside a date: `Monday, 03/04/2019`, `03/04/2019 (Mon)`.

use std::ops::Range;

use super::names::weekday_in;

/// The bytes between a date and its weekday.
const REACH: usize = 48;

/// The number of the weekday, Monday 1 to Sunday 7, named right before the range or right behind it.
pub(super) fn weekday_beside(text: &str, range: &Range<usize>, language: Option<&str>) -> Option<u32> {
    let sign = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | '(' | ')' | '-' | '–' | '—' | '،');
    let before = text.get(..range.start)?;
    let before = before.get(floor(before, before.len().saturating_sub(REACH))..)?.trim_end_matches(sign);
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '(')).next().unwrap_or("");
    if let Some(weekday) = weekday_in(word, language) {
        return Some(weekday);
    }
    let after = text.get(range.end..)?;
    let after = after.get(..floor(after, after.len().min(REACH)))?.trim_start_matches(sign);
    weekday_in(after.split(sign).next().unwrap_or(""), language)
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
