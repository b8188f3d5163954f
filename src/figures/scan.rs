//! A sentence as a row of words, numbers in digits, and signs.

use std::ops::Range;

use crate::text::fold;
use crate::time::is_digit;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// A word with a possessive ending: `children's`.
    Owner,
    /// A number in digits, with what groups them.
    Digits,
    Sign(char),
}

/// A word, a number or a sign.
#[derive(Clone, Debug)]
pub(super) struct Token<'t> {
    pub(super) range: Range<usize>,
    pub(super) text: &'t str,
    /// The folded word; the digits of a number as they are.
    pub(super) folded: String,
    pub(super) kind: Kind,
    /// Set if nothing stands between this and the token before.
    pub(super) glued: bool,
    /// Set if it begins a cell: behind a tab or several blanks, and in a table behind a line break.
    pub(super) apart: bool,
}

impl Token<'_> {
    pub(super) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Owner)
    }

    pub(super) fn is_capitalised(&self) -> bool {
        self.is_word() && self.text.starts_with(char::is_uppercase)
    }

    /// A Chinese or Japanese character, which is a token by itself.
    pub(super) fn is_ideograph(&self) -> bool {
        self.is_word() && self.text.starts_with(is_ideograph)
    }
}

/// The tokens of a text. In a language that sets thousands apart by blanks, `1 275` is one number.
pub(super) fn scan(text: &str, blanks_group: bool) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    // Elsewhere a line may break within a sentence.
    let is_table = text.contains(['\t', '|']);
    let mut at = 0;
    let mut end = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (to, kind) = if is_digit(c) {
            (digits(text, at, blanks_group), Kind::Digits)
        } else if is_ideograph(c) {
            (at + c.len_utf8(), Kind::Word)
        } else if c.is_alphabetic() {
            (word(text, at), Kind::Word)
        } else {
            (at + c.len_utf8(), Kind::Sign(plain(c)))
        };
        let gap = text.get(end..at).unwrap_or_default();
        let apart = gap.contains('\t') || gap.chars().count() > 2 || is_table && gap.contains(['\n', '\x0c']);
        let mut token = Token {
            range: at..to,
            text: text.get(at..to).unwrap_or_default(),
            folded: String::new(),
            kind,
            glued: gap.is_empty() && !tokens.is_empty(),
            apart: apart && !tokens.is_empty(),
        };
        at = to;
        match kind {
            Kind::Word => {
                token.folded = fold(token.text);
                if let Some(possessive) = possessive(text, to) {
                    (token.kind, at) = (Kind::Owner, to + possessive);
                }
            }
            Kind::Digits => token.folded = token.text.to_string(),
            Kind::Owner | Kind::Sign(_) => {}
        }
        end = at;
        tokens.push(token);
    }
    tokens
}

/// The end of the word that begins at `at`.
fn word(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let belongs = |c: char| c.is_alphabetic() && !is_ideograph(c) || is_mark(c) || c == '\u{ad}' || c == '\u{200c}';
    at + rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

/// The end of the number that begins at `at`: digits with single separators between them.
fn digits(text: &str, at: usize, blanks_group: bool) -> usize {
    let mut end = at;
    loop {
        let run = |from: usize| {
            let rest = text.get(from..).unwrap_or_default();
            rest.find(|c| !is_digit(c)).unwrap_or(rest.len())
        };
        end += run(end);
        let mut rest = text.get(end..).unwrap_or_default().chars();
        let Some(sign) = rest.next() else { return end };
        let next = end + sign.len_utf8();
        let more = text.get(next..next + run(next)).unwrap_or_default().chars().count();
        let joins = match sign {
            '.' | ',' | '٬' | '٫' => more > 0,
            '\u{a0}' | '\u{202f}' | '\u{2009}' | '’' | '\'' => more == 3,
            ' ' => blanks_group && more == 3 && text.get(at..end).is_some_and(|before| last_group(before) <= 3),
            _ => false,
        };
        if !joins {
            return end;
        }
        end = next;
    }
}

/// The length of the last group of digits.
fn last_group(number: &str) -> usize {
    number.chars().rev().take_while(|c| is_digit(*c)).count()
}

/// The bytes of a possessive ending at `at`: an apostrophe with or without an `s`.
fn possessive(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let apostrophe = rest.chars().next().filter(|c| matches!(c, '\'' | '’'))?;
    let after = rest.get(apostrophe.len_utf8()..)?;
    let ends = |rest: &str| !rest.chars().next().is_some_and(char::is_alphanumeric);
    match after.strip_prefix('s') {
        Some(rest) if ends(rest) => Some(apostrophe.len_utf8() + 1),
        // `the mayors' dogs`; an apostrophe after another letter closes a quotation.
        _ if text.get(..at)?.ends_with('s') && after.starts_with(' ') => Some(apostrophe.len_utf8()),
        _ => None,
    }
}

/// Dashes as hyphens, apostrophes and full-width signs as their ASCII look-alikes.
fn plain(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '’' | '‘' | 'ʼ' => '\'',
        '％' | '٪' => '%',
        '，' | '、' | '،' => ',',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        '；' | '؛' => ';',
        '。' => '.',
        '～' => '~',
        c => c,
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Marks that stand on letters.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_and_signs_are_told_apart() {
        for (text, blanks, tokens) in [
            ("613 civilians, including", false, "613 civilians , including"),
            ("1,275.5 and 12:30", false, "1,275.5 and 12 : 30"),
            ("In 1992 613", true, "In 1992 613"),
            ("1 275 personnes", true, "1 275|personnes"),
            ("1 275 people", false, "1 275 people"),
            ("children's bodies", false, "children bodies"),
            ("83'ü çocuk", false, "83 ' ü çocuk"),
            ("83名儿童", false, "83 名 儿 童"),
        ] {
            let found: Vec<&str> = scan(text, blanks).iter().map(|token| token.text).collect();
            let expected: Vec<&str> = match tokens.split_once('|') {
                Some((number, word)) => vec![number, word],
                None => tokens.split(' ').collect(),
            };
            assert_eq!(found, expected, "{text}");
        }
    }
}
