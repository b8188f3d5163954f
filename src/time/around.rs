//! What stands beside a number that may be part of a date: the month's name, the year, and what joins them.

use std::ops::Range;

use super::names;

/// A month's name is no longer than this, in bytes.
const LONGEST_WORD: usize = 32;

/// No two parts of a date are set further apart, in bytes.
const LONGEST_GAP: usize = 12;

/// What joins two parts of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing: `10Apr2007`.
    None,
    /// `26-Feb-1987`.
    Hyphen,
    /// Anything else that may stand there.
    Other,
}

impl Gap {
    /// The gap with more signs in it.
    fn and(self, signs: &str) -> Gap {
        match (self, signs) {
            (gap, "") => gap,
            (Gap::None, "-") => Gap::Hyphen,
            _ => Gap::Other,
        }
    }
}

/// The text from `at`, at most `length` bytes of it and never half a character.
fn ahead(text: &str, at: usize, length: usize) -> &str {
    let mut end = at.saturating_add(length).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(at..end).unwrap_or("")
}

/// The text up to `at`, at most `length` bytes of it, from `free` on.
fn behind(text: &str, at: usize, length: usize, free: usize) -> &str {
    let mut start = at.saturating_sub(length).max(free.min(at));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..at).unwrap_or("")
}

/// Whether the number that begins at `at` is no part of a longer one or of a code.
pub(super) fn number_is_free_before(text: &str, at: usize) -> bool {
    let mut before = behind(text, at, 8, 0).chars().rev();
    match before.next() {
        Some('.' | ',' | '/' | ':') => !before.next().is_some_and(|c| c.is_ascii_digit()),
        Some('$' | '#' | '£' | '€') => false,
        Some(c) => !c.is_alphanumeric(),
        None => true,
    }
}

/// Whether the number that ends at `at` is no part of a longer one or of a code.
pub(super) fn number_is_free_after(text: &str, at: usize) -> bool {
    let mut after = ahead(text, at, 8).chars();
    match after.next() {
        Some('.' | ',' | ':' | '/') => !after.next().is_some_and(|c| c.is_ascii_digit()),
        Some('%' | '°') => false,
        Some(c) => !c.is_ascii_alphanumeric(),
        None => true,
    }
}

/// Whether the word is surely meant as a month where a number beside it is all there is: an ordinary word must at
/// least be written with a capital.
pub(super) fn reads_as_month(text: &str, word: &Range<usize>) -> bool {
    let Some(word) = text.get(word.clone()) else { return false };
    if !names::is_ordinary_word(word) {
        return true;
    }
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    capital && matches!(names::folded(word).trim_end_matches('.'), "may" | "march" | "mar" | "mars" | "mart" | "mei")
}

/// The word at `at`: letters, and combining marks among them.
fn word_at(text: &str, at: usize) -> Range<usize> {
    let window = ahead(text, at, LONGEST_WORD + 4);
    let end = window.find(|c: char| !is_letter(c)).unwrap_or(window.len());
    at..at + end
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// The month's name after a day or year that ends at `at`, and what stands between.
pub(super) fn month_after(text: &str, at: usize) -> Option<(Range<usize>, Gap)> {
    let mut start = at;
    let mut gap = Gap::None;
    // One ordinal ending or particle may come first: `26th of`, `1er`, `26 de`, `2.`, `1º de`.
    for _ in 0..3 {
        let signs = signs_at(text, start)?;
        gap = gap.and(signs.as_str());
        start += signs.bytes;
        let word = word_at(text, start);
        let name = text.get(word.clone())?;
        if names::month(name).is_some() {
            return Some((word, gap));
        }
        if name.is_empty() || !is_particle(name) {
            return None;
        }
        gap = Gap::Other;
        start = word.end;
    }
    None
}

/// A month's name together with a second name of the same month after a stroke.
pub(super) fn other_name_after(text: &str, word: &Range<usize>, month: u32) -> Option<Range<usize>> {
    let signs = signs_at(text, word.end).filter(|signs| signs.sign == Some('/'))?;
    let second = word_at(text, word.end + signs.bytes);
    (names::month(text.get(second.clone())?) == Some(month)).then_some(word.start..second.end)
}

/// Where the number begins that follows a word ending at `at`, and what stands between.
pub(super) fn number_after(text: &str, at: usize) -> Option<(usize, Gap)> {
    let mut start = at;
    let mut gap = Gap::None;
    for _ in 0..2 {
        let signs = signs_at(text, start)?;
        gap = gap.and(signs.as_str());
        start += signs.bytes;
        if text.as_bytes().get(start).is_some_and(u8::is_ascii_digit) {
            return Some((start, gap));
        }
        let word = word_at(text, start);
        if word.is_empty() || !is_particle(text.get(word.clone())?) {
            return None;
        }
        gap = Gap::Other;
        start = word.end;
    }
    None
}

/// The month's name before a number that begins at `at`; it begins at `free` or later.
pub(super) fn month_before(text: &str, at: usize, free: usize) -> Option<Range<usize>> {
    let mut end = at;
    for _ in 0..2 {
        let window = behind(text, end, LONGEST_GAP, free);
        let kept = window.trim_end_matches(|c: char| is_blank(c) || matches!(c, '.' | ',' | '-' | '\u{2011}'));
        let signs = window.get(kept.len()..)?;
        // A new sentence or a list is no date: `in May. 26 people`, `March - 26`.
        let joined = signs.is_empty() && end == at;
        if joined || signs.contains('\n') && signs.contains(['.', ',']) || signs.matches(['.', ',', '-']).count() > 1 {
            return None;
        }
        end = end - window.len() + kept.len();
        let window = behind(text, end, LONGEST_WORD + 4, free);
        let start = window.trim_end_matches(is_letter).len();
        let word = end - window.len() + start..end;
        let name = text.get(word.clone())?;
        if names::month(name).is_some() {
            // A point after the name is an abbreviation's or a sentence's.
            let whole = signs.starts_with('.') && name.chars().count() > 4;
            return (!whole).then_some(word);
        }
        if !is_particle(name) {
            return None;
        }
        end = word.start;
    }
    None
}

/// Past `st`, `nd`, `rd`, `th` after a day that ends at `at`.
pub(super) fn after_ordinal(text: &str, at: usize) -> usize {
    match ahead(text, at, 2) {
        "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH" => at + 2,
        _ => at,
    }
}

/// Where the year begins after a day that ends at `at`; a time of day may stand between (`Feb 26 10:00:00 UTC 2023`).
pub(super) fn year_after_day(text: &str, at: usize) -> Option<usize> {
    let window = ahead(text, at, 24);
    let mut rest = window.trim_start_matches(|c: char| is_blank(c) || c == ',');
    if rest.len() == window.len() {
        return None;
    }
    if rest.as_bytes().get(2) == Some(&b':') {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':').trim_start();
        rest = rest.trim_start_matches(|c: char| c.is_ascii_uppercase()).trim_start();
    }
    rest.starts_with(|c: char| c.is_ascii_digit()).then_some(at + window.len() - rest.len())
}

/// Signs between two parts of a date.
struct Signs {
    /// The one sign that is not white space, if any.
    sign: Option<char>,
    bytes: usize,
}

impl Signs {
    fn as_str(&self) -> &'static str {
        match (self.sign, self.bytes) {
            (_, 0) => "",
            (Some('-'), 1) => "-",
            _ => " ",
        }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// White space with at most one sign in it; `None` if more stands there than a date can have.
fn signs_at(text: &str, at: usize) -> Option<Signs> {
    let window = ahead(text, at, LONGEST_GAP);
    let mut signs = Signs { sign: None, bytes: 0 };
    for c in window.chars() {
        match c {
            c if is_blank(c) => {}
            '.' | ',' | '-' | '/' | '\u{2011}' | '\u{2010}' | 'º' | '°' | 'ª' | '’' | '\'' if signs.sign.is_none() =>
            {
                signs.sign = Some(c);
            }
            _ => break,
        }
        signs.bytes += c.len_utf8();
    }
    (signs.bytes < window.len() || window.len() < LONGEST_GAP).then_some(signs)
}

/// Words that may stand between the parts of a date and say nothing.
fn is_particle(word: &str) -> bool {
    word.len() <= 6
        && matches!(
            names::folded(word).as_str(),
            "of" | "de"
                | "del"
                | "di"
                | "do"
                | "da"
                | "d"
                | "den"
                | "st"
                | "nd"
                | "rd"
                | "th"
                | "er"
                | "e"
                | "го"
                | "ci"
                | "cu"
                | "m"
                | "года"
        )
}
