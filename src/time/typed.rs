//! One date as a person types it, perhaps incomplete: `26.02.2023`, `feb 1992`, `26 February`, `06`.

use super::date::Date;
use super::names;
use crate::error::{Error, ErrorKind, Result};

/// A token of typed text, folded to lower case without diacritics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Digits: their value and their number.
    Number(u32, usize),
    /// Letters and apostrophes.
    Word(String),
    /// Any other character but white space.
    Mark(char),
}

impl Token {
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// Cuts folded text into tokens. A number of more than eight digits counts as a mark, since it is no date.
pub(super) fn tokens(folded: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = folded.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = |belongs: fn(char) -> bool| rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let length = if first.is_ascii_digit() {
            let length = end(|c| c.is_ascii_digit());
            let (digits, _) = rest.split_at(length);
            tokens.push(match digits.parse() {
                Ok(value) if length <= 8 => Token::Number(value, length),
                _ => Token::Mark('#'),
            });
            length
        } else if first.is_alphabetic() {
            let length = end(|c| c.is_alphabetic() || c == '\'');
            let (word, _) = rest.split_at(length);
            tokens.push(Token::Word(word.to_string()));
            length
        } else {
            tokens.push(Token::Mark(first));
            first.len_utf8()
        };
        rest = rest.split_at(length).1.trim_start();
    }
    tokens
}

/// The typed parts of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) year: Option<i32>,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
    /// One or two digits alone: a day, a month or the end of a year, as the second end of a range.
    pub(super) bare: Option<u32>,
}

impl Typed {
    pub(super) fn from_date(date: Date) -> Typed {
        Typed { year: Some(date.year()), month: date.month(), day: date.day(), bare: None }
    }

    fn ymd(year: u32, month: u32, day: u32) -> Typed {
        Typed { year: i32::try_from(year).ok(), month: Some(month), day: Some(day), bare: None }
    }

    /// The date, with `year` if no year was typed.
    pub(super) fn date(self, year: i32) -> Result<Date> {
        let year = self.year.unwrap_or(year);
        match (self.month, self.day) {
            (Some(month), Some(day)) => Date::from_ymd(year, month, day),
            (Some(month), None) => Date::from_ym(year, month),
            (None, None) if self.bare.is_none() => Date::from_year(year),
            _ => Err(Error::new(ErrorKind::Date, "a number alone is no date")),
        }
    }

    /// The date. If no year was typed, the latest such date that has begun.
    pub(super) fn most_recent(self, today: Date) -> Result<Date> {
        let begun = |year: i32| self.date(year).ok().filter(|date| date.first_day() <= today.first_day());
        match self.year {
            Some(year) => self.date(year),
            // Eight years back there is always a 29 February, even across a century without one.
            None => (0..=8).find_map(|back| begun(today.year() - back)).map_or_else(|| self.date(today.year()), Ok),
        }
    }
}

/// Reads one date. `None` if the tokens are none. Notes say what was decided.
pub(super) fn read(tokens: &[Token], today: Date, notes: &mut Vec<String>) -> Option<Typed> {
    let tokens = without_time(tokens);
    numeric(tokens, today, notes).or_else(|| worded(tokens, today, notes))
}

/// Drops a time of day after the date: ` 10:30`, `T10:30:00Z`.
fn without_time(tokens: &[Token]) -> &[Token] {
    use Token::{Mark, Number, Word};
    let time = tokens.windows(2).enumerate().skip(3).find_map(|(at, pair)| match pair {
        [Word(t), Number(..)] if t == "t" => Some(at),
        [Number(..), Mark(':')] => Some(at),
        _ => None,
    });
    tokens.get(..time.unwrap_or(tokens.len())).unwrap_or(tokens)
}

fn numeric(tokens: &[Token], today: Date, notes: &mut Vec<String>) -> Option<Typed> {
    use Token::{Mark, Number};
    let tokens = match tokens {
        [rest @ .., Mark('.')] => rest,
        all => all,
    };
    let sign = |mark: &char| matches!(mark, '-' | '/' | '.');
    match tokens {
        [Number(year, 4)] => Some(Typed { year: Some(*year as i32), ..Typed::default() }),
        [Number(day, 1 | 2)] => Some(Typed { bare: Some(*day), ..Typed::default() }),
        [Number(all, 8)] => Some(Typed::ymd(all / 10_000, all / 100 % 100, all % 100)),
        [Number(year, 4), Mark(a), Number(month, 1 | 2)] if sign(a) && *month <= 12 => {
            Some(Typed { year: Some(*year as i32), month: Some(*month), ..Typed::default() })
        }
        [Number(year, 4), Mark(a), Number(month, 1 | 2), Mark(b), Number(day, 1 | 2)] if sign(a) && a == b => {
            Some(Typed::ymd(*year, *month, *day))
        }
        [Number(month, 1 | 2), Mark(a), Number(year, 4)] if sign(a) => {
            Some(Typed { year: Some(*year as i32), month: Some(*month), ..Typed::default() })
        }
        [Number(first, 1 | 2), Mark(a), Number(second, 1 | 2), Mark(b), Number(year, digits @ (2 | 4))]
            if sign(a) && a == b =>
        {
            let year = if *digits == 4 { *year as i32 } else { with_century(*year, today, notes) };
            let (day, month) = day_and_month(*first, *second, *a, notes);
            Some(Typed { year: Some(year), month: Some(month), day: Some(day), bare: None })
        }
        [Number(first, 1 | 2), Mark(a @ ('/' | '.')), Number(second, 1 | 2)] => {
            let (day, month) = day_and_month(*first, *second, *a, notes);
            Some(Typed { month: Some(month), day: Some(day), ..Typed::default() })
        }
        // `03-05` is the second end of `1992-02-25..03-05`.
        [Number(month @ 1..=12, 2), Mark('-'), Number(day @ 1..=31, 2)] => {
            notes.push(format!("{month:02}-{day:02} was read as month {month}, day {day}"));
            Some(Typed { month: Some(*month), day: Some(*day), ..Typed::default() })
        }
        _ => None,
    }
}

/// Takes the day first unless that is impossible. With points, unlike strokes, the month is never first.
fn day_and_month(first: u32, second: u32, sign: char, notes: &mut Vec<String>) -> (u32, u32) {
    if second > 12 && first <= 12 {
        return (second, first);
    }
    if sign != '.' && first <= 12 && first != second {
        notes.push(format!("{first}{sign}{second} was read as day {first} of month {second}"));
    }
    (first, second)
}

/// The latest year with these last two digits that has begun.
fn with_century(digits: u32, today: Date, notes: &mut Vec<String>) -> i32 {
    let digits = digits as i32 % 100;
    let century = today.year() - today.year().rem_euclid(100);
    let year = if century + digits <= today.year() { century + digits } else { century - 100 + digits };
    notes.push(format!("the year {digits:02} was read as {year}"));
    year
}

/// Reads a month by name, with a day, a year or both, in any order.
fn worded(tokens: &[Token], today: Date, notes: &mut Vec<String>) -> Option<Typed> {
    let mut typed = Typed::default();
    let mut short = None;
    for token in tokens {
        match token {
            Token::Number(year, 4) if typed.year.is_none() => typed.year = Some(*year as i32),
            Token::Number(day @ 1..=31, 1 | 2) if typed.day.is_none() => typed.day = Some(*day),
            Token::Number(year, 2) if short.is_none() => short = Some(*year),
            Token::Word(word) if typed.month.is_none() && names::month(word).is_some() => {
                typed.month = names::month(word);
            }
            Token::Word(word) if is_filler(word) => {}
            Token::Word(word) if names::weekday(word).is_some() && names::month(word).is_none() => {}
            Token::Mark(',' | '.' | '-' | '/' | '\'' | '’' | 'º' | '°') => {}
            _ => return None,
        }
    }
    if let (Some(digits), None) = (short, typed.year) {
        typed.year = Some(with_century(digits, today, notes));
    } else if short.is_some() {
        return None;
    }
    // `28, 2023` is the second end of `February 26 - 28, 2023`.
    let end = typed.day.is_some() && typed.year.is_some() && short.is_none();
    (typed.month.is_some() || end).then_some(typed)
}

/// Returns whether a word may stand inside a date without a meaning of its own: `26 de febrero de 2023`, `26 февраля
/// 2023 года`.
fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "of"
            | "on"
            | "in"
            | "st"
            | "nd"
            | "rd"
            | "th"
            | "le"
            | "du"
            | "de"
            | "del"
            | "d'"
            | "er"
            | "en"
            | "el"
            | "der"
            | "den"
            | "des"
            | "im"
            | "am"
            | "il"
            | "di"
            | "do"
            | "o"
            | "a"
            | "г"
            | "год"
            | "года"
            | "году"
            | "в"
            | "р"
            | "року"
            | "рік"
            | "рок"
            | "i"
            | "r"
            | "roku"
            | "il\u{131}"
            | "yili"
            | "cu"
            | "ci"
            | "го"
            | "е"
            | "m"
            | "d"
    )
}
