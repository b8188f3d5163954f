//! Figures and dates of several words as one word each, so that `83` lies against `eighty-three`.

use super::dates::Dates;
use super::figures::Numerals;
use super::word::Word;

/// How the key of a merged date begins. No word begins so.
pub(crate) const DATE: &str = "d:";

/// The words of a text with each figure as one word, whose key is the number in digits.
pub(crate) fn figures(words: &[Word], numerals: &Numerals) -> Vec<Word> {
    let mut merged = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let rest = words.get(at..).unwrap_or_default();
        match numerals.number(rest).filter(|(value, _)| !value.weak && is_plain(word)) {
            Some((value, taken)) => {
                merged.push(joined(rest.get(..taken).unwrap_or_default(), word, value.number.to_string()));
                at += taken;
            }
            None => {
                merged.push(word.clone());
                at += 1;
            }
        }
    }
    merged
}

/// A figure, and no code or ordinal: `F16` and `3rd` stay as they are.
fn is_plain(word: &Word) -> bool {
    !(word.key.contains(|c: char| c.is_ascii_digit()) && word.key.contains(char::is_alphabetic))
}

/// The words of a text with each date that names a day as one word, whose key is that day.
pub(crate) fn dates(words: Vec<Word>, dates: &Dates) -> Vec<Word> {
    let mut days = dates.days().peekable();
    if days.peek().is_none() {
        return words;
    }
    let mut merged: Vec<Word> = Vec::with_capacity(words.len());
    let mut current: Option<usize> = None;
    for word in words {
        while days.peek().is_some_and(|(bytes, _)| bytes.end <= word.range.start) {
            days.next();
            current = None;
        }
        let day = days.peek().filter(|(bytes, _)| bytes.start <= word.range.start && word.range.end <= bytes.end);
        match (day, current.and_then(|at| merged.get_mut(at))) {
            (Some(_), Some(begun)) => begun.range.end = word.range.end,
            (Some((_, day)), None) => {
                current = Some(merged.len());
                merged.push(Word { key: format!("{DATE}{day}"), ..word });
            }
            (None, _) => merged.push(word),
        }
    }
    merged
}

fn joined(words: &[Word], first: &Word, key: String) -> Word {
    let end = words.last().map_or(first.range.end, |last| last.range.end);
    Word { range: first.range.start..end, key, ..first.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::compare::word::words;
    use crate::text::Language;

    #[test]
    fn figures_and_dates_become_one_word_each() {
        let text = "On 26 February 1992 eighty-three boats of 1,275 and one F16";
        let english = Some(Language::ENGLISH);
        let merged = dates(figures(&words(text), &Numerals::of(&[english])), &Dates::of(text, 0..text.len(), english));
        let keys: Vec<&str> = merged.iter().map(|word| word.key.as_str()).collect();
        assert_eq!(keys, ["on", "d:1992-02-26", "83", "boats", "of", "1275", "and", "one", "f16"]);
    }
}
