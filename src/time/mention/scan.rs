//! Cuts a text into words, numbers and signs, each with its meaning for the rules of time.

use super::found::MentionContext;
use super::lexicon::{Lexicon, continues_word};
use super::sense::Sense;
use crate::time::Date;
use crate::time::expression::date_around;
use crate::time::figures::Found;
use crate::time::numerals::{Number, is_digit};
use crate::time::unit::from_roman;
use crate::time::weekday_beside::weekday_beside;

/// A word, a number, a sign or a whole date.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) sense: Sense,
}

/// The number of tokens from which a stretch ends at the end of a paragraph.
const ENOUGH: usize = 1 << 10;
/// The number of tokens from which a stretch ends at the end of a sentence.
const MANY: usize = 1 << 13;
/// The number of tokens at which a stretch ends anywhere, so that memory does not grow with the text.
const TOO_MANY: usize = 1 << 15;

/// Cuts a text into tokens, one stretch at a time.
pub(super) struct Scanner<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
    published: Option<Date>,
    /// The language of the text, whose month names are preferred to those of others.
    language: Option<&'a str>,
    at: usize,
    /// The end of the last whole date. No other date begins before it.
    free: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, lexicon: &'a Lexicon, context: &MentionContext<'a>) -> Scanner<'a> {
        let MentionContext { published, language } = *context;
        Scanner { text, lexicon, published, language, at: 0, free: 0 }
    }

    /// Replaces the tokens by those of the next stretch. Returns false at the end of the text.
    pub(super) fn next_stretch(&mut self, tokens: &mut Vec<Token>) -> bool {
        tokens.clear();
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' => self.at += 1,
                _ if byte.is_ascii_alphabetic() || byte >= 0x80 => self.word(tokens),
                b'0'..=b'9' => self.number(tokens),
                b'\n' => {
                    if self.line_break(tokens) && tokens.len() > ENOUGH {
                        return true;
                    }
                }
                b'.' | b'!' | b'?' => {
                    let sense = if self.ends_sentence(byte, tokens) { Sense::Stop } else { Sense::Sign(byte) };
                    self.push(tokens, 1, sense);
                    if tokens.len() > MANY && sense == Sense::Stop {
                        return true;
                    }
                }
                _ => self.push(tokens, 1, Sense::Sign(byte)),
            }
            if tokens.len() > TOO_MANY {
                return true;
            }
        }
        !tokens.is_empty()
    }

    fn push(&mut self, tokens: &mut Vec<Token>, length: usize, sense: Sense) {
        tokens.push(Token { start: self.at, end: self.at + length, sense });
        self.at += length;
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Reads a word, or a sign beyond ASCII.
    fn word(&mut self, tokens: &mut Vec<Token>) {
        let rest = self.rest();
        let plain = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let pure = rest.as_bytes().get(plain).is_none_or(u8::is_ascii);
        let word = rest.get(..plain).unwrap_or("");
        if pure && !self.lexicon.may_have(word.as_bytes()) {
            let roman = (2..=7).contains(&plain) && word.starts_with(['X', 'V', 'I']);
            let roman = if roman { roman_number(word) } else { None };
            return self.push(tokens, plain, roman.map_or(Sense::Other, Sense::Roman));
        }
        let length = match pure {
            true => plain,
            false => rest.find(|c| !continues_word(c)).unwrap_or(rest.len()),
        };
        if length == 0 {
            return self.sign(tokens);
        }
        let (sense, mut length) = self.lexicon.read(rest, length).unwrap_or((Sense::Other, length));
        // The full stop of `p.m.` is part of it, and does not end the sentence.
        let dots = rest.as_bytes().get(..=length).unwrap_or_default();
        if matches!(sense, Sense::HalfDay { .. }) && dots.iter().filter(|byte| **byte == b'.').count() == 2 {
            length += 1;
        }
        self.push(tokens, length, sense);
    }

    /// Reads a sign that is not ASCII.
    fn sign(&mut self, tokens: &mut Vec<Token>) {
        let Some(c) = self.rest().chars().next() else { return };
        let sense = match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => Sense::Sign(b'-'),
            '’' | '‘' | 'ʼ' => Sense::Sign(b'\''),
            '“' | '”' | '«' | '»' | '„' => Sense::Sign(b'"'),
            '…' | '。' => Sense::Stop,
            c if c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}' => {
                self.at += c.len_utf8();
                return;
            }
            c if is_digit(c) => return self.number(tokens),
            _ => Sense::Sign(b'*'),
        };
        self.push(tokens, c.len_utf8(), sense);
    }

    /// Skips white space with a line break. A blank line in it ends the sentence before.
    fn line_break(&mut self, tokens: &mut Vec<Token>) -> bool {
        let rest = self.rest();
        let blank = rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
        let ends = rest.bytes().take(blank).filter(|byte| *byte == b'\n').count() > 1;
        if ends {
            tokens.push(Token { start: self.at, end: self.at, sense: Sense::Stop });
        }
        self.at += blank;
        ends
    }

    /// Returns whether this full stop ends a sentence, and not an abbreviation or initial.
    fn ends_sentence(&self, sign: u8, tokens: &[Token]) -> bool {
        let mut after = self.rest().chars().skip(1).skip_while(|c| matches!(c, '"' | '”' | '\'' | '’' | ')'));
        match after.next() {
            None => return true,
            Some(c) if !c.is_whitespace() => return false,
            _ if sign != b'.' => return true,
            _ => {}
        }
        let Some(before) = tokens.last().filter(|token| token.end == self.at) else { return true };
        let next = after.find(|c| !c.is_whitespace());
        match before.sense {
            // `Feb. 26`, `Sun. morning`; also `26. Februar`, `33. Jahrestag`.
            Sense::Month { short: true, .. } | Sense::Weekday { short: true, .. } => false,
            Sense::Figures(_, 1 | 2) => !self.lexicon.habits.dots_ordinals || !next.is_some_and(char::is_alphabetic),
            // `J. Smith`, `U.S. Senate`
            Sense::Numbered => false,
            _ if before.end - before.start == 1
                && self.text.as_bytes().get(before.start).is_some_and(u8::is_ascii_alphabetic) =>
            {
                false
            }
            _ => !next.is_some_and(char::is_lowercase),
        }
    }

    /// Returns whether the parts found are one date in prose, and neither two cells of a table nor `in May, 5 people`.
    fn is_one(&self, found: &Found) -> bool {
        let text = self.text.get(found.range.clone()).unwrap_or("");
        let list = found.year.is_none() && text.contains(',');
        !(list || text.contains(" -") || has_blank_line(text))
    }

    /// Returns whether the month has no such day as stands before it: `31 February 2010`.
    fn impossible(&self, found: &Found, tokens: &[Token]) -> bool {
        let before = tokens.iter().rfind(|token| token.end <= found.range.start);
        found.day.is_none()
            && before.is_some_and(|token| {
                let gap = self.text.get(token.end..found.range.start).unwrap_or("-");
                gap.trim().is_empty() && matches!(token.sense, Sense::Figures(29..=99, 2))
            })
    }

    /// The meaning of a date. If day and month may be swapped, the day that fits the weekday beside them is meant, or
    /// else the one nearer to the day of writing.
    fn dated(&self, found: &Found) -> Option<Sense> {
        let (mut month, mut day) = (found.month, found.day);
        if let (true, Some(year), Some(second)) = (found.exchangeable, found.year, day) {
            let date = |month, day| Date::day_of_calendar(year, month, day);
            let weekday = weekday_beside(self.text, &found.range, self.language);
            let fits = |date: Option<Date>| date.is_some_and(|date| Some(date.weekday()) == weekday);
            let away = |date: Option<Date>| match (date, self.published) {
                (Some(date), Some(published)) => (date.first_day() - published.first_day()).abs(),
                _ => i32::MAX,
            };
            let (first, exchanged) = (date(month, second), date(second, month));
            let nearer = away(exchanged) < away(first);
            if fits(exchanged) && !fits(first) || nearer && fits(exchanged) == fits(first) {
                (month, day) = (second, Some(month));
            }
        }
        Some(Sense::Dated {
            year: found.year.map(i16::try_from).transpose().ok()?,
            month: u8::try_from(month).ok()?,
            day: day.map(u8::try_from).transpose().ok()?,
        })
    }

    /// Reads a number, or the whole date it is part of.
    fn number(&mut self, tokens: &mut Vec<Token>) {
        if let Some(found) = date_around(self.text, self.at, self.free, self.language) {
            let range = found.range.clone();
            let sense = match self.impossible(&found, tokens) {
                true => Some(Sense::Other),
                false => self.dated(&found).filter(|_| self.is_one(&found)),
            };
            if let Some(sense) = sense {
                while tokens.last().is_some_and(|token| token.end > range.start) {
                    tokens.pop();
                }
                self.free = range.end;
                self.at = range.end;
                return tokens.push(Token { start: range.start, end: range.end, sense });
            }
        }
        if let Some(number) =
            Number::at(self.text, self.at).filter(|_| !self.rest().starts_with(|c: char| c.is_ascii()))
        {
            let digits = u8::try_from(number.digits()).unwrap_or(u8::MAX);
            return self.push(tokens, number.range.len(), Sense::Figures(number.value, digits));
        }
        let bytes = self.rest().as_bytes();
        let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let mut value = value_of(bytes.get(..digits).unwrap_or_default());
        let mut length = digits;
        // `1,275`
        while digits <= 3 && bytes.get(length) == Some(&b',') {
            let group = bytes.get(length + 1..length + 4).unwrap_or_default();
            let more = bytes.get(length + 4).is_some_and(u8::is_ascii_digit);
            if group.len() < 3 || more || !group.iter().all(u8::is_ascii_digit) {
                break;
            }
            value = value.saturating_mul(1000).saturating_add(value_of(group));
            length += 4;
        }
        let decimals = match bytes.get(length) {
            Some(b'.') => bytes.iter().skip(length + 1).take_while(|byte| byte.is_ascii_digit()).count(),
            _ => 0,
        };
        let sense = match decimals {
            0 if length > digits => Sense::Figures(value, 0),
            0 => Sense::Figures(value, u8::try_from(digits).unwrap_or(u8::MAX)),
            _ => Sense::Decimal,
        };
        self.push(tokens, length + if decimals > 0 { decimals + 1 } else { 0 }, sense);
    }
}

/// Reads a number in Roman letters, as centuries have. A French ending may follow.
fn roman_number(word: &str) -> Option<u8> {
    let letters = word.strip_suffix('e').unwrap_or(word);
    letters.bytes().all(|byte| matches!(byte, b'X' | b'V' | b'I')).then_some(())?;
    from_roman(&letters.to_ascii_lowercase()).and_then(|value| u8::try_from(value).ok())
}

/// Returns whether the text contains a blank line.
fn has_blank_line(text: &str) -> bool {
    text.split('\n').skip(1).any(|line| line.trim().is_empty())
}

fn value_of(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |value: u32, digit| value.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
}
