//! Words as they are searched: each with its byte range in the text and its folded form.
//!
//! On top of the word boundaries of Unicode Standard Annex 29:
//!
//! * a possessive `'s` is neither part of the word nor a word; any other apostrophe parts words (`l'armée`, `Ankara'da`);
//! * hyphens, underscores and colons part words; a soft hyphen joins them;
//! * a full stop parts words (`end.Then`) but stays between digits (`5.93`), and an acronym is one word (`U.S.` = `us`);
//! * commas that group digits are dropped (`1,275` = `1275`), others part them.

use std::ops::Range;

use super::fold::fold_into;
use super::segment::{Shape, for_each_segment};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Its bytes, end excluded, without a possessive ending.
    pub(crate) range: Range<usize>,
    /// Its folded form, never empty.
    pub(crate) text: String,
}

/// The words of a text, for short texts such as questions.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    for_each_word(text, |range, folded| found.push(Token { range, text: folded.to_owned() }));
    found
}

/// Calls `f` with the byte range and the folded form of each word, in order. Allocates nothing for a single word.
#[inline]
pub(crate) fn for_each_word(text: &str, mut f: impl FnMut(Range<usize>, &str)) {
    for_each_written_word(text, |range, _, folded| f(range, folded));
}

/// As [`for_each_word`], with each word as it is written (see [`for_each_raw_word`]) between range and folded form.
#[inline]
pub(crate) fn for_each_written_word(text: &str, mut f: impl FnMut(Range<usize>, &str, &str)) {
    let mut folded = String::new();
    for_each_raw_word(text, |range, written| {
        folded.clear();
        fold_into(written, &mut folded);
        if !folded.is_empty() {
            f(range, written, &folded);
        }
    });
}

/// Calls `f` with the byte range of each word and the word as it is written. Marks that a folded form never has are
/// left out (the stops of `U.S.`, the comma of `1,275`); all else stands letter for letter. Words that fold to nothing
/// are passed too.
#[inline]
pub(crate) fn for_each_raw_word(text: &str, mut f: impl FnMut(Range<usize>, &str)) {
    let mut joined = String::new();
    for_each_formula(text, |range, shape| {
        let Some(word) = text.get(range.clone()) else { return };
        match shape {
            Shape::Mixed => for_each_part(word, |part| {
                // A mark belongs to whatever stands before it, even a space. The word begins with its first letter.
                let Some(letter) = word.get(part.clone()).and_then(|part| part.find(char::is_alphanumeric)) else {
                    return;
                };
                let part = part.start + letter..part.end;
                let at = range.start + part.start..range.start + part.end;
                let Some(part) = word.get(part) else { return };
                if part.contains(is_silent) {
                    joined.clear();
                    joined.extend(
                        part.chars().filter(|c| !is_silent(*c) || is_stop(*c) && part.starts_with(char::is_numeric)),
                    );
                    f(at, &joined);
                } else {
                    f(at, part);
                }
            }),
            Shape::Plain | Shape::Letters => {
                if word.len() > 1 || !is_stray_possessive(text, &range) {
                    f(range, word);
                }
            }
        }
    });
}

/// Calls `f` with each segment of a text. Figures written below the line belong to the letters beside them, so that
/// `H₂O` is one word, as `H2O` is; the annex takes them for signs. Figures above the line mostly number notes.
#[inline]
fn for_each_formula(text: &str, mut f: impl FnMut(Range<usize>, Shape)) {
    // The first bytes of such figures. Few texts have them, or the other signs that begin so.
    if memchr::memmem::find(text.as_bytes(), b"\xE2\x82").is_none() {
        return for_each_segment(text, f);
    }
    let mut held: Option<(Range<usize>, Shape)> = None;
    for_each_segment(text, |range, shape| {
        if let Some((before, held_shape)) = &mut held {
            let joins = before.end == range.start
                && (text.get(..range.start).is_some_and(|before| before.ends_with(is_below))
                    || text.get(range.start..).is_some_and(|after| after.starts_with(is_below)));
            if joins {
                (before.end, *held_shape) = (range.end, Shape::Mixed);
                return;
            }
        }
        if let Some((before, shape)) = held.replace((range, shape)) {
            f(before, shape);
        }
    });
    if let Some((last, shape)) = held {
        f(last, shape);
    }
}

/// Returns whether this is a figure written below the line.
fn is_below(c: char) -> bool {
    matches!(c, '\u{2080}'..='\u{2089}')
}

/// Calls `f` with the byte range of each part that is a word of its own.
fn for_each_part(word: &str, mut f: impl FnMut(Range<usize>)) {
    let stem = without_possessive(word);
    if is_acronym(stem) {
        return f(0..stem.len());
    }
    let mut start = 0;
    for (at, c) in stem.char_indices() {
        let parts = is_apostrophe(c)
            || is_joiner(c)
            || is_stop(c) && !stands_between_digits(stem, at, c)
            || is_persian_join(stem, at, c);
        if parts {
            for_each_number(stem, start..at, &mut f);
            start = at + c.len_utf8();
        }
    }
    for_each_number(stem, start..stem.len(), &mut f);
}

/// Keeps digits that commas group together, and parts the word at all other commas.
fn for_each_number(word: &str, range: Range<usize>, f: &mut impl FnMut(Range<usize>)) {
    let Some(part) = word.get(range.clone()) else { return };
    if !part.contains(is_grouper) || is_grouped(part) {
        if part.chars().any(char::is_alphanumeric) {
            f(range);
        }
        return;
    }
    let mut start = range.start;
    for (at, c) in part.char_indices().filter(|(_, c)| is_grouper(*c)).chain([(part.len(), ',')]) {
        let end = range.start + at;
        if word.get(start..end).is_some_and(|piece| piece.chars().any(char::is_alphanumeric)) {
            f(start..end);
        }
        start = end + c.len_utf8();
    }
}

/// Returns whether commas stand where thousands do: `1,275`, `12,345,678.90`, and `1,00,000` as in India.
fn is_grouped(number: &str) -> bool {
    let whole = number.split(is_stop).next().unwrap_or_default();
    let mut separators = whole.chars().filter(|c| is_grouper(*c));
    let first = separators.next();
    if !separators.all(|c| Some(c) == first) || !whole.chars().all(|c| c.is_numeric() || is_grouper(c)) {
        return false;
    }
    // A comma after the decimal point groups nothing.
    if number.get(whole.len()..).is_some_and(|rest| rest.contains(is_grouper)) {
        return false;
    }
    let count = whole.split(is_grouper).count();
    let (mut by_thousands, mut indian) = (true, true);
    for (at, group) in whole.split(is_grouper).enumerate() {
        let length = group.chars().count();
        let is_last = at + 1 == count;
        by_thousands &= if at == 0 { (1..=3).contains(&length) } else { length == 3 };
        indian &= if is_last {
            length == 3
        } else if at == 0 {
            (1..=2).contains(&length)
        } else {
            length == 2
        };
    }
    by_thousands || indian
}

/// `U.S`, `e.g`: single letters with a stop between each two.
fn is_acronym(word: &str) -> bool {
    let mut letters = 0;
    for (at, c) in word.chars().enumerate() {
        if at % 2 == 1 && !is_stop(c) || at % 2 == 0 && !c.is_alphabetic() {
            return false;
        }
        letters += (at + 1) % 2;
    }
    letters > 1 && word.ends_with(char::is_alphabetic)
}

fn without_possessive(word: &str) -> &str {
    word.strip_suffix(['s', 'S'])
        .and_then(|rest| rest.strip_suffix(is_apostrophe))
        .filter(|owner| !owner.is_empty())
        .unwrap_or(word)
}

/// The ending of `1990's` or `U.S.'s`, which the annex sets apart from what it belongs to.
fn is_stray_possessive(text: &str, range: &Range<usize>) -> bool {
    matches!(text.get(range.clone()), Some("s" | "S"))
        && text.get(..range.start).is_some_and(|before| {
            let mut back = before.chars().rev();
            back.next().is_some_and(is_apostrophe) && back.next().is_some_and(|c| c.is_alphanumeric() || c == '.')
        })
}

fn stands_between_digits(word: &str, at: usize, c: char) -> bool {
    word.get(..at).is_some_and(|before| before.ends_with(char::is_numeric))
        && word.get(at + c.len_utf8()..).is_some_and(|after| after.starts_with(char::is_numeric))
}

/// The sign without width that Persian sets between a word and its ending (`کتاب‌ها`), where others set a space.
fn is_persian_join(word: &str, at: usize, c: char) -> bool {
    c == '\u{200C}' && word.get(..at).is_some_and(|before| before.ends_with(|c| matches!(c, '\u{620}'..='\u{6D3}')))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇')
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '\u{2024}' | '\u{FE52}' | '．')
}

/// Commas, and the narrow space of French numbers.
fn is_grouper(c: char) -> bool {
    matches!(c, ',' | '\u{66C}' | '\u{FE10}' | '\u{FE50}' | '，' | '\u{202F}')
}

/// Characters that the annex leaves inside words and that part words here.
fn is_joiner(c: char) -> bool {
    matches!(c, '_' | '\u{203F}' | '\u{2040}' | '\u{2054}' | '\u{FE33}' | '\u{FE34}' | '\u{FE4D}'..='\u{FE4F}' | '＿')
        || matches!(c, ':' | '\u{FE13}' | '\u{FE55}' | '：')
        || matches!(c, ';' | '\u{37E}' | '\u{589}' | '\u{60C}' | '\u{60D}' | '\u{FE14}' | '\u{FE54}' | '；')
}

/// Characters that a word may contain and its folded form does not.
fn is_silent(c: char) -> bool {
    is_grouper(c) || is_stop(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn parts_words_by_our_rules() {
        let cases = [
            ("Hello, World", "hello world"),
            ("the mayor's dog and the mayors' dogs", "the mayor dog and the mayors dogs"),
            ("the mayor’s", "the mayor"),
            ("MAYOR'S", "mayor"),
            ("l'armée d’Elbe", "l armee d elbe"),
            ("O'Brien's O’Brien", "o brien o brien"),
            ("Ankara'da Bakıʼda", "ankara da baki da"),
            ("don't it's 's", "don t it s"),
            ("the 1980's and the U.S.'s", "the 1980 and the us"),
            ("1,275 men, 12,345,678.90 in all, 1,00,000", "1275 men 12345678.90 in all 100000"),
            ("3,5 kg 1987,1988 12,34,5", "3 5 kg 1987 1988 12 34 5"),
            ("1\u{202F}275 km\u{202F}; 26\u{202F}mai", "1275 km 26 mai"),
            ("well-known Nagorno\u{2011}Karabakh 1988–1994 −5", "well known nagorno karabakh 1988 1994 5"),
            ("govern\u{AD}ment", "government"),
            ("file_name __init__ _", "file name init"),
            ("U.S. u.n. e.g. Ph.D. end.Then 5.93 26.02.1992", "us un eg ph d end then 5.93 26.02.1992"),
            ("12:30 key:value", "12 30 key value"),
            ("COVID-19 F16 3rd", "covid 19 f16 3rd"),
            ("Straße ŁÓDŹ İstanbul", "strasse lodz istanbul"),
            ("漢字 カタカナ 한국어", "汉 字 カタカナ 한국어"),
            ("हिन्दी में", "हिन्दी में"),
            ("١٬٢٧٥ ١٩٩٢", "1275 1992"),
            ("…!? — «»", ""),
            ("کتاب\u{200C}های می\u{200C}رود", "كتاب هاي مي رود"),
            ("H₂O, CO₂ and C₆H₁₂O₆: 5 € x₁", "h2o co2 and c6h12o6 5 x1"),
            ("a note² and m²", "a note 2 and m 2"),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn ranges_cover_the_written_word_without_its_possessive() {
        let text = "The Mayor’s l'armée of the U.S. has 1,275";
        let written: Vec<&str> = tokens(text).iter().map(|token| &text[token.range.clone()]).collect();
        assert_eq!(written, ["The", "Mayor", "l", "armée", "of", "the", "U.S", "has", "1,275"]);
    }

    #[test]
    fn a_term_too_long_is_cut_and_still_one_term() {
        for letter in ["a", "é", "漢\u{301}"] {
            let long = tokens(&letter.repeat(100_000));
            assert!(long.iter().all(|token| token.text.len() <= crate::text::fold::MAX_TERM_BYTES));
            assert!(!long.is_empty());
        }
    }

    #[test]
    fn no_word_takes_in_a_space_a_control_or_a_sign_before_a_mark() {
        for mark in (0..=0x3_FFFF).filter_map(char::from_u32) {
            for before in [' ', '\t', '\u{1f}', '\u{2003}', '$'] {
                for token in tokens(&format!("{before}{mark}")) {
                    assert!(!token.text.contains(before), "{before:?} before U+{:04X}", u32::from(mark));
                }
            }
        }
    }

    proptest! {
        #[test]
        fn ranges_are_in_order_on_boundaries_and_terms_survive_a_second_reading(text in "([a-cA-Z1-3éЯə _.:,;'’\u{ad}\u{301}\u{202f}\u{5b0}\u{93e}\u{1f}\n-]|\\PC){0,60}") {
            let mut end = 0;
            for token in tokens(&text) {
                prop_assert!(token.range.start >= end);
                prop_assert!(text.get(token.range.clone()).is_some_and(|word| !word.is_empty()));
                prop_assert!(!token.text.is_empty());
                prop_assert!(!token.text.contains(['\u{1f}', ' ']), "{:?}", token);
                end = token.range.end;
            }
        }
    }
}
