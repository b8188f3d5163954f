//! The surroundings of a number that may be part of a date: the month, the year, and what joins them.

use std::ops::Range;

use super::names::{self, LONGEST as LONGEST_WORD};
use super::numerals::{Number, is_digit, roman_month};
use super::particles::{is_particle, is_year_word};

/// The largest gap between two parts of a date, in bytes.
const LONGEST_GAP: usize = 12;

/// The gap between two parts of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// No gap: `10Apr2007`.
    None,
    /// `26-Feb-1987`.
    Hyphen,
    /// Anything else that may stand between them.
    Other,
}

impl Gap {
    /// The gap extended by more signs.
    fn and(self, signs: &str) -> Gap {
        match (self, signs) {
            (gap, "") => gap,
            (Gap::None, "-") => Gap::Hyphen,
            _ => Gap::Other,
        }
    }
}

/// The text from `at`, at most `length` bytes, cut between characters.
fn ahead(text: &str, at: usize, length: usize) -> &str {
    let mut end = at.saturating_add(length).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(at..end).unwrap_or("")
}

/// The text up to `at`, at most `length` bytes and from `free` on, cut between characters.
fn behind(text: &str, at: usize, length: usize, free: usize) -> &str {
    let mut start = at.saturating_sub(length).max(free.min(at));
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..at).unwrap_or("")
}

/// Returns whether the number that begins at `at` is no part of a longer one or of a code.
pub(super) fn number_is_free_before(text: &str, at: usize) -> bool {
    let mut before = behind(text, at, 8, 0).chars().rev();
    match before.next() {
        Some('.' | ',' | '/' | ':') => !before.next().is_some_and(|c| c.is_ascii_digit()),
        Some('$' | '#' | '£' | '€') => false,
        // Scripts without blanks between words have the word for day before it: `วันที่3`, `ថ្ងៃទី៣`.
        Some(c) => !c.is_alphanumeric() || is_unspaced(c),
        None => true,
    }
}

/// Returns whether the number that ends at `at` is no part of a longer one or of a code.
pub(super) fn number_is_free_after(text: &str, at: usize) -> bool {
    let mut after = ahead(text, at, 8).chars();
    match after.next() {
        Some('.' | ',' | ':' | '/') => !after.next().is_some_and(|c| c.is_ascii_digit()),
        Some('%' | '°') => false,
        Some(c) if is_digit(c) => false,
        Some(c) => !c.is_ascii_alphanumeric(),
        None => true,
    }
}

/// The same for a day that ends at `at`. An ending may stand behind it: `3-án`, `3a`, `3-ü`.
pub(super) fn number_is_free_after_day(text: &str, at: usize) -> bool {
    let rest = ahead(text, at, 8);
    let ending = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_lowercase()).len();
    number_is_free_after(text, at) || ending <= 2 && number_is_free_after(text, at + ending)
}

/// Returns whether the word certainly is a month where only a number stands beside it: an ordinary word must at least
/// have a capital.
pub(super) fn reads_as_month(text: &str, word: &Range<usize>) -> bool {
    let Some(word) = text.get(word.clone()) else { return false };
    if !names::is_ordinary_word(word) {
        return true;
    }
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    capital && matches!(names::folded(word).trim_end_matches('.'), "may" | "march" | "mar" | "mars" | "mart" | "mei")
}

/// Returns whether a letter is of Thai, Lao, Burmese or Khmer, which have no blanks between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// The word at `at`: letters, with combining marks among them.
fn word_at(text: &str, at: usize) -> Range<usize> {
    let window = ahead(text, at, LONGEST_WORD + 4);
    let end = window.find(|c: char| !is_letter(c)).unwrap_or(window.len());
    let Some(first) = window.chars().next().filter(|c| is_unspaced(*c)) else { return at..at + end };
    // In `ม.ค.` the full stops of a Thai abbreviation stand among its letters.
    let dotted = window.find(|c: char| !is_letter(c) && c != '.').unwrap_or(window.len());
    let word = window.get(..dotted).unwrap_or("").trim_end_matches('.');
    if is_letter(first) { at..at + word.len() } else { at..at }
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    // The vowels of many scripts are combining marks, and joiners stand within words of Persian and Sinhala.
    c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}')
}

/// A month's name in a text.
#[derive(Clone, Debug)]
pub(super) struct Month {
    pub(super) range: Range<usize>,
    pub(super) number: u32,
    pub(super) kind: MonthKind,
}

/// How a month is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MonthKind {
    Named,
    /// In Roman letters. It counts only if the rest of a date stands around it.
    Roman,
    /// As a number behind the word for month: `tháng 3`.
    Numbered,
    /// As a month of the Solar Hijri calendar.
    SolarHijri,
}

/// The month at `at`, by its name in one or two words, or by its number.
fn month_at(text: &str, at: usize, language: Option<&str>) -> Option<Month> {
    let range = word_at(text, at);
    let word = text.get(range.clone()).filter(|word| !word.is_empty())?;
    let named = |range, number| Some(Month { range, number, kind: MonthKind::Named });
    if let Some(range) = second_word(text, &range).filter(|_| names::opens_a_name(word))
        && let Some(number) = names::month_in(text.get(range.clone())?, language)
    {
        return named(range, number);
    }
    if let Some(number) = names::month_in(word, language) {
        return named(range, number);
    }
    if word.is_ascii() {
        return roman_month(word).map(|number| Month { range, number, kind: MonthKind::Roman });
    }
    if let Some(number) = names::solar_hijri_month(word) {
        return Some(Month { range, number, kind: MonthKind::SolarHijri });
    }
    numbered_month(text, &range)
}

/// A word together with the one after it.
fn second_word(text: &str, word: &Range<usize>) -> Option<Range<usize>> {
    let blank = text.get(word.end..)?.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}'))?;
    let second = word_at(text, word.end + blank.len_utf8());
    (!second.is_empty() && blank == ' ').then_some(word.start..second.end)
}

/// `tháng 3`, `thg 3`
fn numbered_month(text: &str, word: &Range<usize>) -> Option<Month> {
    let name = text.get(word.clone())?;
    (name.len() <= 8 && names::folded(name) == "thang").then_some(())?;
    let blank = text.get(word.end..)?;
    let number = Number::at(text, word.end + blank.len() - blank.trim_start_matches(is_blank).len())?;
    let month = (number.digits() <= 2 && (1..=12).contains(&number.value)).then_some(number.value)?;
    Some(Month { range: word.start..number.range.end, number: month, kind: MonthKind::Numbered })
}

/// The month after a day or year that ends at `at`, and the gap before it.
pub(super) fn month_after(text: &str, at: usize, language: Option<&str>) -> Option<(Month, Gap)> {
    let mut start = at;
    let mut gap = Gap::None;
    // Ordinal endings and particles may come first: `26th of`, `3rd day of`, `1er`, `26 de`, `2.`, `1º de`.
    for _ in 0..4 {
        let signs = signs_at(text, start)?;
        gap = gap.and(signs.as_str());
        start += signs.bytes;
        if let Some(month) = month_at(text, start, language) {
            return Some((month, gap));
        }
        let word = word_at(text, start);
        let name = text.get(word.clone())?;
        if name.is_empty() || !is_particle(name) {
            return None;
        }
        gap = Gap::Other;
        start = word.end;
    }
    None
}

/// A month together with a second name for it after a stroke: `نيسان / أبريل`.
pub(super) fn other_name_after(text: &str, month: Month, language: Option<&str>) -> Month {
    let second = signs_at(text, month.range.end)
        .filter(|signs| signs.sign == Some('/'))
        .and_then(|signs| month_at(text, month.range.end + signs.bytes, language))
        .filter(|second| second.number == month.number && second.kind == MonthKind::Named);
    match second {
        Some(second) => Month { range: month.range.start..second.range.end, ..month },
        None => month,
    }
}

/// The beginning of the number that follows a word ending at `at`, and the gap before it.
pub(super) fn number_after(text: &str, at: usize) -> Option<(usize, Gap)> {
    let mut start = at;
    let mut gap = Gap::None;
    for _ in 0..4 {
        let signs = signs_at(text, start)?;
        gap = gap.and(signs.as_str());
        start += signs.bytes;
        if text.get(start..)?.chars().next().is_some_and(is_digit) {
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

/// Returns whether a word for "year" stands between `from` and the number at `to`: `2019. gada 3.`, `2019 жылғы 3`.
pub(super) fn has_year_word(text: &str, from: usize, to: usize) -> bool {
    let between = text.get(from..to).unwrap_or("");
    between.split(|c: char| !is_letter(c)).any(|word| !word.is_empty() && is_year_word(word))
}

/// The month before a number that begins at `at`. The month begins at `free` or later.
pub(super) fn month_before(text: &str, at: usize, free: usize, language: Option<&str>) -> Option<Month> {
    let mut end = at;
    for _ in 0..3 {
        let window = behind(text, end, LONGEST_GAP, free);
        let kept = window.trim_end_matches(|c: char| is_blank(c) || matches!(c, '.' | ',' | '،' | '-' | '\u{2011}'));
        let signs = window.get(kept.len()..)?;
        // A new sentence or a list is no date: `in May. 26 people`, `March - 26`.
        let joined = signs.is_empty() && end == at && !window.chars().next_back().is_some_and(is_unspaced);
        if joined || signs.contains('\n') && signs.contains(['.', ',']) || signs.matches(['.', ',', '-']).count() > 1 {
            return None;
        }
        end = end - window.len() + kept.len();
        let range = word_before(text, end, free);
        let name = text.get(range.clone())?;
        if let Some(number) = names::month_in(name, language) {
            // A point after the name is an abbreviation's or a sentence's.
            let whole = signs.starts_with('.') && name.chars().count() > 4 && name.is_ascii();
            return (!whole).then_some(Month { range, number, kind: MonthKind::Named });
        }
        if let Some(month) = two_words_before(text, &range, free, language) {
            return Some(month);
        }
        if let Some(number) = names::solar_hijri_month(name) {
            return Some(Month { range, number, kind: MonthKind::SolarHijri });
        }
        if !is_particle(name) {
            return None;
        }
        end = range.start;
    }
    None
}

/// The word that ends at `end`.
fn word_before(text: &str, end: usize, free: usize) -> Range<usize> {
    let window = behind(text, end, LONGEST_WORD + 4, free);
    let start = window.trim_end_matches(is_letter).len();
    end - window.len() + start..end
}

/// A month's name whose second word is known: `كانون الثاني`, `Meán Fómhair`.
fn two_words_before(text: &str, second: &Range<usize>, free: usize, language: Option<&str>) -> Option<Month> {
    let name = text.get(second.clone())?;
    let blank = text.get(..second.start)?.ends_with(' ');
    if name.is_empty() || !blank {
        return None;
    }
    let first = word_before(text, second.start - 1, free);
    let word = text.get(first.clone()).filter(|word| !word.is_empty() && names::opens_a_name(word))?;
    let range = first.start..second.end;
    let number = names::month_in(text.get(range.clone())?, language)?;
    (word.len() < range.len()).then_some(Month { range, number, kind: MonthKind::Named })
}

/// Past `st`, `nd`, `rd`, `th` after a day that ends at `at`.
pub(super) fn after_ordinal(text: &str, at: usize) -> usize {
    match ahead(text, at, 2) {
        "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH" => at + 2,
        _ => at,
    }
}

/// The beginning of the year after a day that ends at `at`. A time of day may stand between (`Feb 26 10:00:00 UTC
/// 2023`), or the word for day (`tammikuun 3. päivänä 2019`).
pub(super) fn year_after_day(text: &str, at: usize) -> Option<usize> {
    let window = ahead(text, at, 40);
    let mut rest = window.trim_start_matches(|c: char| is_blank(c) || matches!(c, ',' | '،'));
    if let Some(day) = rest.strip_prefix('.').map(|rest| rest.trim_start_matches(is_blank))
        && names::folded(day.split(' ').next().unwrap_or("")).starts_with("paiva")
    {
        rest = day.split_once(' ').map_or("", |(_, rest)| rest);
    }
    if rest.len() == window.len() {
        return None;
    }
    if rest.as_bytes().get(2) == Some(&b':') {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':').trim_start();
        rest = rest.trim_start_matches(|c: char| c.is_ascii_uppercase()).trim_start();
    }
    rest.starts_with(is_digit).then_some(at + window.len() - rest.len())
}

/// Returns whether a year of two digits that ends at `at` is one by what follows: nothing, a sign, a clock, or a word
/// that continues the sentence. Words for things that are counted, such as people and miles, make it a number.
pub(super) fn goes_on_after(text: &str, at: usize) -> bool {
    let rest = ahead(text, at, 16);
    let bare = rest.trim_start_matches([' ', '\u{a0}']);
    let Some(first) = bare.chars().next() else { return true };
    if bare.len() == rest.len() || !first.is_alphabetic() {
        return !first.is_alphanumeric() && first != ':' && first != '%' || bare.len() < rest.len() && is_clock(bare);
    }
    let word = bare.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    first.is_uppercase()
        || matches!(
            names::folded(word).as_str(),
            "and"
                | "at"
                | "in"
                | "to"
                | "um"
                | "und"
                | "à"
                | "a"
                | "et"
                | "y"
                | "e"
                | "и"
                | "в"
                | "was"
                | "is"
                | "by"
                | "from"
                | "for"
                | "on"
                | "the"
                | "when"
                | "r"
                | "г"
        )
}

/// `08:00`
fn is_clock(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && text.as_bytes().get(digits) == Some(&b':')
        || !text.starts_with(|c: char| c.is_alphanumeric())
}

/// The beginning of a year of two digits with its apostrophe, after a day that ends at `at`: `July 17, ’99`.
pub(super) fn short_year_after(text: &str, at: usize) -> Option<usize> {
    let window = ahead(text, at, 12);
    let rest = window.trim_start_matches(|c: char| is_blank(c) || c == ',');
    let year = rest.trim_start_matches(['\'', '’', '‘', 'ʼ']);
    (rest.len() < window.len() && year.len() < rest.len()).then_some(at + window.len() - year.len())
}

/// Returns whether an apostrophe stands before the number at `at`, as before a year of two digits: `'99`.
pub(super) fn has_apostrophe(text: &str, at: usize) -> bool {
    matches!(behind(text, at, 4, 0).chars().next_back(), Some('\'' | '’' | '‘' | 'ʼ'))
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
            (Some('-'), 1 | 3) => "-",
            _ => " ",
        }
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{200e}' | '\u{200f}' | '\u{3000}')
}

/// White space with at most one sign in it; `None` if more stands there than a date can have.
fn signs_at(text: &str, at: usize) -> Option<Signs> {
    let window = ahead(text, at, LONGEST_GAP);
    let mut signs = Signs { sign: None, bytes: 0 };
    for c in window.chars() {
        match c {
            c if is_blank(c) => {}
            '.' | ',' | '،' | '-' | '/' | '\u{2011}' | '\u{2010}' | 'º' | '°' | 'ª' | '’' | '\'' | 'ʼ'
                if signs.sign.is_none() =>
            {
                signs.sign = Some(c);
            }
            // A dash that joins has no blanks beside it.
            '\u{2012}' | '\u{2013}' | '\u{2014}' | '\u{2212}' if signs.bytes == 0 => signs.sign = Some('-'),
            _ => break,
        }
        signs.bytes += c.len_utf8();
    }
    (signs.bytes < window.len() || window.len() < LONGEST_GAP).then_some(signs)
}
