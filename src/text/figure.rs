//! Words that are figures: a number, a month or a weekday, however it is written.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::time::{month_number, weekday_number};

/// A number or a part of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Figure {
    /// Its digits, without what groups them: `1275`, `11.40`.
    Number(String),
    /// From 1.
    Month(u32),
    /// Monday is 1.
    Weekday(u32),
}

/// Small numbers in words, as agencies write them. "One" is missing because it is an article in most languages; `_`
/// stands for a name that has another common meaning.
const NUMERALS: [&str; 6] = [
    "two three four five six seven eight nine ten eleven twelve twenty",
    "deux trois quatre cinq six sept huit neuf dix onze douze vingt",
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig",
    "dos tres cuatro cinco seis siete ocho nueve diez _ doce veinte",
    "два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать двадцать",
    "iki üç dört beş altı yedi sekiz dokuz _ _ _ yirmi",
];
const VALUES: [u32; 12] = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20];

static NUMERAL_VALUES: LazyLock<HashMap<&str, u32>> =
    LazyLock::new(|| NUMERALS.iter().flat_map(|names| names.split(' ').zip(VALUES)).collect());

/// The figure that a word is.
pub(crate) fn figure(word: &str) -> Option<Figure> {
    if word.starts_with(|c: char| c.is_numeric()) {
        // `26th` is 26, and `1,275` is 1275.
        let number: String = word.chars().take_while(|c| !c.is_alphabetic()).filter(|c| *c != ',').collect();
        return Some(Figure::Number(number));
    }
    let numeral = || {
        let value = NUMERAL_VALUES.get(word.to_lowercase().as_str())?;
        Some(Figure::Number(value.to_string()))
    };
    // Months and weekdays are written with a capital; without one they are often other words ("may", "mar"). So "Sept"
    // is not the French seven.
    let name = word.starts_with(char::is_uppercase) || !word.is_ascii();
    let month = || month_number(word).map(Figure::Month);
    let named = || name.then(|| month().or_else(|| weekday_number(word).map(Figure::Weekday)))?;
    named().or_else(numeral)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_however_it_is_written() {
        let number = |word| match figure(word) {
            Some(Figure::Number(number)) => number,
            other => format!("{other:?}"),
        };
        for (word, expected) in
            [("83", "83"), ("1,275", "1275"), ("26th", "26"), ("11.40", "11.40"), ("Nine", "9"), ("пять", "5")]
        {
            assert_eq!(number(word), expected, "{word}");
        }
    }

    #[test]
    fn names_of_days_and_months_are_figures_and_other_words_are_not() {
        assert_eq!(figure("Feb"), figure("February"));
        assert_eq!(figure("Sept"), figure("September"));
        assert_eq!(figure("sept"), figure("7"));
        assert_eq!(figure("Wednesday"), Some(Figure::Weekday(3)));
        assert_eq!(figure("août"), Some(Figure::Month(8)));
        for word in ["may", "once", "boats", "loft", "", "x5"] {
            assert_eq!(figure(word), None, "{word}");
        }
    }
}
