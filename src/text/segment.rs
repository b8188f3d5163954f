//! Word boundaries of Unicode Standard Annex 29, fast.
//!
//! Runs of common letters, digits and punctuation are cut by a table. Text that needs the whole annex (combining marks,
//! joiners, Hebrew, kana, emoji …) goes to `unicode-segmentation`, from the last certain boundary to the next white
//! space. No rule of the annex looks back across a boundary, so the result is the same.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// The characters a word is made of, as far as cutting it has shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// ASCII letters and digits only.
    Plain,
    /// Letters and digits only, some of them not ASCII.
    Letters,
    /// There may be punctuation or marks inside.
    Mixed,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Class {
    Letter,
    Numeric,
    /// Joins letters and digits: the underscore.
    Extend,
    MidLetter,
    MidNum,
    MidBoth,
    Space,
    Other,
    /// A character that the table does not cover.
    Complex,
}

const ASCII: [Class; 128] = {
    let mut table = [Class::Other; 128];
    let mut at = 0;
    while at < 128 {
        let b = at as u8;
        table[at] = match b {
            b'A'..=b'Z' | b'a'..=b'z' => Class::Letter,
            b'0'..=b'9' => Class::Numeric,
            b'_' => Class::Extend,
            b':' => Class::MidLetter,
            b',' | b';' => Class::MidNum,
            b'.' | b'\'' => Class::MidBoth,
            b' ' => Class::Space,
            _ => Class::Other,
        };
        at += 1;
    }
    table
};

fn classify(c: char) -> Class {
    match u32::from(c) {
        0xD7 | 0xF7 => Class::Other,
        0xC0..=0x2AF => Class::Letter,
        0x386 | 0x388..=0x38A | 0x38C | 0x391..=0x3A1 | 0x3A3..=0x3CE => Class::Letter,
        0x400..=0x481 | 0x48A..=0x52F | 0x1E00..=0x1EFF => Class::Letter,
        0x621..=0x63A | 0x641..=0x64A | 0x671..=0x6D3 => Class::Letter,
        0xAC00..=0xD7A3 => Class::Letter,
        0x660..=0x669 | 0x6F0..=0x6F9 => Class::Numeric,
        0x60C => Class::MidNum,
        0x2018 | 0x2019 => Class::MidBoth,
        0xA0 | 0xA3 | 0xA7 | 0xAB | 0xB0 | 0xBB | 0x61F | 0x6D4 => Class::Other,
        0x2010..=0x2017 | 0x201A..=0x2022 | 0x2026 | 0x20AC | 0x2116 => Class::Other,
        _ => Class::Complex,
    }
}

/// The class of the character at a byte and the byte after it; `Other` at the end of the text.
#[inline]
fn at(text: &str, place: usize) -> (Class, usize) {
    match text.as_bytes().get(place) {
        None => (Class::Other, place),
        Some(&b) if b < 0x80 => (ASCII[usize::from(b)], place + 1),
        Some(_) => match text.get(place..).and_then(|rest| rest.chars().next()) {
            Some(c) => (classify(c), place + c.len_utf8()),
            None => (Class::Other, place + 1),
        },
    }
}

/// Calls `f` with each word of the annex that contains a letter or a digit: its byte range and its shape.
pub(crate) fn for_each_segment(text: &str, mut f: impl FnMut(Range<usize>, Shape)) {
    let bytes = text.as_bytes();
    let mut place = 0;
    while place < bytes.len() {
        let start = place;
        let (class, next) = at(text, place);
        let certain = match class {
            Class::Letter | Class::Numeric | Class::Extend => word(text, start, &mut f),
            Class::Space => {
                let mut end = next;
                while bytes.get(end) == Some(&b' ') {
                    end += 1;
                }
                alone(text, end)
            }
            Class::Complex => None,
            _ => alone(text, next),
        };
        place = certain.unwrap_or_else(|| by_the_book(text, start, &mut f));
    }
}

/// The end of a character that makes no word, unless a mark may attach to it.
#[inline]
fn alone(text: &str, end: usize) -> Option<usize> {
    match text.as_bytes().get(end) {
        Some(&b) if b >= 0x80 && at(text, end).0 == Class::Complex => None,
        _ => Some(end),
    }
}

/// Reads a word from its first character on. `None` if a character that the table does not cover affects where it ends.
#[inline]
fn word(text: &str, start: usize, f: &mut impl FnMut(Range<usize>, Shape)) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = start;
    let mut last = Class::Other;
    let (mut ascii, mut mixed, mut speaks) = (true, false, false);
    loop {
        // The common case first: ASCII letters and digits.
        while let Some(&b) = bytes.get(end) {
            if !b.is_ascii_alphanumeric() {
                break;
            }
            speaks = true;
            last = if b.is_ascii_digit() { Class::Numeric } else { Class::Letter };
            end += 1;
        }
        let (class, next) = at(text, end);
        match class {
            Class::Letter | Class::Numeric => {
                ascii = false;
                speaks = true;
                last = class;
                end = next;
            }
            Class::Extend => {
                mixed = true;
                last = class;
                end = next;
            }
            Class::Complex => return None,
            Class::MidLetter | Class::MidNum | Class::MidBoth => {
                let (after, beyond) = at(text, next);
                let joins = match last {
                    Class::Letter => class != Class::MidNum && after == Class::Letter,
                    Class::Numeric => class != Class::MidLetter && after == Class::Numeric,
                    _ => false,
                };
                if after == Class::Complex {
                    return None;
                }
                if !joins {
                    break;
                }
                ascii &= beyond - end == 2;
                mixed = true;
                last = after;
                end = beyond;
            }
            Class::Space | Class::Other => break,
        }
    }
    if speaks {
        let shape = match (mixed, ascii) {
            (true, _) => Shape::Mixed,
            (false, true) => Shape::Plain,
            (false, false) => Shape::Letters,
        };
        f(start..end, shape);
    }
    Some(end)
}

/// Runs the full algorithm up to the next white space, which always begins a segment of its own unless another space
/// stands before it. Returns where it stopped.
fn by_the_book(text: &str, start: usize, f: &mut impl FnMut(Range<usize>, Shape)) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    // A mark may have attached itself to the white space at the beginning, so that is stepped over first.
    while bytes.get(end).is_some_and(|b| b.is_ascii_whitespace()) {
        end += 1;
    }
    while let Some(&b) = bytes.get(end) {
        if b.is_ascii_whitespace() && !follows_space(text, end) {
            break;
        }
        end += 1;
    }
    let Some(stretch) = text.get(start..end) else { return text.len() };
    for (offset, word) in stretch.unicode_word_indices() {
        f(start + offset..start + offset + word.len(), Shape::Mixed);
    }
    end
}

fn follows_space(text: &str, place: usize) -> bool {
    text.get(..place).and_then(|before| before.chars().next_back()).is_some_and(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ours(text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for_each_segment(text, |range, _| found.push(range));
        found
    }

    fn theirs(text: &str) -> Vec<Range<usize>> {
        text.unicode_word_indices().map(|(at, word)| at..at + word.len()).collect()
    }

    #[test]
    fn every_character_stands_where_the_annex_puts_it() {
        for c in (0..=0x3_FFFF).filter_map(char::from_u32) {
            for text in
                [format!("{c}"), format!("a{c}b"), format!("1{c}2"), format!(" {c} {c}{c}"), format!("x.{c}'{c}")]
            {
                assert_eq!(ours(&text), theirs(&text), "U+{:04X} in {text:?}", u32::from(c));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn same_as_the_annex_on_any_text(text in "([a-c1-2éяəع한אカ漢 \n\r_.:,;'’\"“…٠،\u{300}\u{345}\u{ad}\u{200d}\u{2003}\u{3000}\u{202f}👩🏽🇦🇿-]|\\PC){0,40}") {
            prop_assert_eq!(ours(&text), theirs(&text), "{:?}", text);
        }

        #[test]
        fn shapes_tell_the_truth(text in "[a-z1-2éя _.,'’]{0,40}") {
            for_each_segment(&text, |range, shape| {
                let word = &text[range];
                match shape {
                    Shape::Plain => assert!(word.bytes().all(|b| b.is_ascii_alphanumeric())),
                    Shape::Letters => assert!(word.chars().all(char::is_alphanumeric)),
                    Shape::Mixed => {}
                }
            });
        }
    }
}
