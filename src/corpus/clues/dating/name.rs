//! A date inside a name: of a file, of folders, or of the pages in an address. Words in names stand close together, so
//! the rules differ from those of prose.

use std::ops::Range;

use crate::time::{Date, month_number};

/// The years that a name can contain.
const YEARS: Range<u32> = 1500..2200;

/// The most bytes of a name that are read.
const LONGEST: usize = 400;

/// A run of digits, a run of letters, or a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Digits(&'a str),
    Letters(&'a str),
    Sign(char),
}

/// The date in a name, and its bytes: `lemonde-19680511`, `1992/02/25`, `10Apr2007sample175`, `05-1968`. Of several
/// dates the most precise counts, and of those the first.
pub(super) fn date_in_name(name: &str) -> Option<(Date, Range<usize>)> {
    let pieces = tidied(pieces(name));
    let mut best: Option<(Date, Range<usize>)> = None;
    for at in 0..pieces.len() {
        let after_digit = at.checked_sub(1).and_then(|before| pieces.get(before));
        let rest = pieces.get(at..).unwrap_or(&[]);
        // In `v1.2023-02-26` the date begins inside something else.
        let inside = matches!(after_digit, Some((Piece::Sign('.' | ','), _)))
            && matches!(at.checked_sub(2).and_then(|before| pieces.get(before)), Some((Piece::Digits(_), _)));
        if inside {
            continue;
        }
        let plain: Vec<Piece> = rest.iter().take(6).map(|(piece, _)| *piece).collect();
        if let Some((date, taken)) = day(&plain).or_else(|| month(&plain)) {
            let range = rest.first().map_or(0, |(_, range)| range.start)
                ..rest.get(taken.saturating_sub(1)).map_or(name.len(), |(_, range)| range.end);
            if best.as_ref().is_none_or(|(before, _)| date.precision() > before.precision()) {
                best = Some((date, range));
            }
        }
    }
    best
}

fn pieces(name: &str) -> Vec<(Piece<'_>, Range<usize>)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(rest) = name.get(at..).filter(|_| at < LONGEST) {
        let Some(first) = rest.chars().next() else { break };
        let run = |belongs: fn(char) -> bool| rest.split_at(rest.find(|c| !belongs(c)).unwrap_or(rest.len())).0;
        let (piece, length) = if first.is_ascii_digit() {
            let digits = run(|c| c.is_ascii_digit());
            (Piece::Digits(digits), digits.len())
        } else if first.is_alphabetic() {
            let letters = run(char::is_alphabetic);
            (Piece::Letters(letters), letters.len())
        } else {
            (Piece::Sign(first), first.len_utf8())
        };
        pieces.push((piece, at..at + length));
        at += length;
    }
    pieces
}

/// The pieces with several signs joined into one, and without endings and particles: `19. Februar 2025`, `Feb 19th,
/// 2025`, `19 de febrero de 2025`.
fn tidied(pieces: Vec<(Piece<'_>, Range<usize>)>) -> Vec<(Piece<'_>, Range<usize>)> {
    let mut tidy: Vec<(Piece<'_>, Range<usize>)> = Vec::with_capacity(pieces.len());
    for (piece, range) in pieces {
        let last = tidy.last().map(|(piece, _)| *piece);
        match (last, piece) {
            (Some(Piece::Sign(before)), Piece::Sign(sign)) if joins(before) && joins(sign) => {
                if let Some((piece, at)) = tidy.last_mut() {
                    // Blanks beside a sign say nothing.
                    *piece = Piece::Sign(if before == ' ' { sign } else { before });
                    at.end = range.end;
                }
            }
            (Some(Piece::Digits(_)), Piece::Letters("st" | "nd" | "rd" | "th" | "er")) => {}
            (Some(Piece::Sign(_)), Piece::Letters("de" | "of" | "del" | "do")) if follows_a_part(&tidy) => {}
            _ => tidy.push((piece, range)),
        }
    }
    tidy
}

/// Returns whether a number of few digits or a month stands before the last sign.
fn follows_a_part(pieces: &[(Piece<'_>, Range<usize>)]) -> bool {
    match pieces.iter().rev().nth(1) {
        Some((Piece::Digits(digits), _)) => digits.len() <= 2,
        Some((Piece::Letters(word), _)) => month_number(word).is_some(),
        _ => false,
    }
}

fn number(digits: &str, lengths: Range<usize>) -> Option<u32> {
    lengths.contains(&digits.len()).then(|| digits.parse().ok())?
}

fn year(digits: &str) -> Option<i32> {
    number(digits, 4..5).filter(|year| YEARS.contains(year)).map(|year| year as i32)
}

fn joins(sign: char) -> bool {
    matches!(sign, '-' | '_' | '.' | '/' | ' ' | '\\' | '+' | ',' | '–')
}

/// A day at the beginning of the pieces, and the number of its pieces.
fn day(pieces: &[Piece]) -> Option<(Date, usize)> {
    use Piece::{Digits, Letters, Sign};
    let small = |digits: &str| number(digits, 1..3);
    let named = |day: &str, month: &str, y: &str| Date::day_of_calendar(year(y)?, month_number(month)?, small(day)?);
    match *pieces {
        // `19680511`, and with the time of day after it
        [Digits(all), ..] if matches!(all.len(), 8 | 12 | 14) => {
            let first: u32 = all.get(..8)?.parse().ok()?;
            let day_of = |year: u32, month, day| {
                YEARS.contains(&year).then(|| Date::day_of_calendar(year as i32, month, day))?
            };
            // `19022025` where it has no other reading
            let last = || {
                let day = Some(first / 1_000_000).filter(|day| *day > 12 && all.len() == 8)?;
                day_of(first % 10_000, first / 10_000 % 100, day)
            };
            Some((day_of(first / 10_000, first / 100 % 100, first % 100).or_else(last)?, 1))
        }
        [Digits(y), Letters("年"), Digits(m), Letters("月"), Digits(d), ..] if y.len() == 4 => {
            Some((Date::day_of_calendar(year(y)?, small(m)?, small(d)?)?, 5))
        }
        [Digits(y), Sign(a), Digits(m), Sign(b), Digits(d), ..] if joins(a) && a == b && y.len() == 4 => {
            Some((Date::day_of_calendar(year(y)?, small(m)?, small(d)?)?, 5))
        }
        [Digits(d), Sign(a), Digits(m), Sign(b), Digits(y), ..] if joins(a) && a == b && y.len() == 4 => {
            let (first, second) = (small(d)?, small(m)?);
            let (day, month) = if second > 12 { (second, first) } else { (first, second) };
            Some((Date::day_of_calendar(year(y)?, month, day)?, 5))
        }
        [Digits(d), Letters(m), Digits(y), ..] if y.len() == 4 => Some((named(d, m, y)?, 3)),
        [Digits(y), Letters(m), Digits(d), ..] if y.len() == 4 => Some((named(d, m, y)?, 3)),
        [Digits(d), Sign(a), Letters(m), Sign(b), Digits(y), ..] if joins(a) && joins(b) && y.len() == 4 => {
            Some((named(d, m, y)?, 5))
        }
        [Digits(y), Sign(a), Letters(m), Sign(b), Digits(d), ..] if joins(a) && joins(b) && y.len() == 4 => {
            Some((named(d, m, y)?, 5))
        }
        [Letters(m), Sign(a), Digits(d), Sign(b), Digits(y), ..] if joins(a) && joins(b) && y.len() == 4 => {
            Some((named(d, m, y)?, 5))
        }
        _ => None,
    }
}

/// A month at the beginning of the pieces, and the number of its pieces.
fn month(pieces: &[Piece]) -> Option<(Date, usize)> {
    use Piece::{Digits, Letters, Sign};
    let date = |year: Option<i32>, month: Option<u32>, taken: usize| Some((Date::from_ym(year?, month?).ok()?, taken));
    match *pieces {
        // The number must end here: `2020/10-facts` and `2004-05-6789` name no month.
        [Digits(y), Sign(a), Digits(m), ref rest @ ..] if joins(a) && y.len() == 4 && m.len() == 2 => {
            let ends = match rest {
                [] => true,
                [Sign(next), ..] if a == '/' => matches!(next, '/' | '?' | '#'),
                [Sign(next), Digits(_), ..] => *next != a,
                [next, ..] => matches!(next, Sign(_)),
            };
            if !ends {
                return None;
            }
            date(year(y), number(m, 2..3), 3)
        }
        [Digits(m), Sign(a), Digits(y), ..] if matches!(a, '-' | '_') && y.len() == 4 && m.len() == 2 => {
            date(year(y), number(m, 2..3), 3)
        }
        [Letters(m), Sign(a), Digits(y), ..] if joins(a) && y.len() == 4 => date(year(y), month_number(m), 3),
        [Digits(y), Sign(a), Letters(m), ..] if joins(a) && y.len() == 4 => date(year(y), month_number(m), 3),
        [Letters(m), Digits(y), ..] if y.len() == 4 => date(year(y), month_number(m), 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_give_their_date() {
        for (name, date) in [
            ("lemonde-19680511.txt", "1968-05-11"),
            ("2024-02-25_x.md", "2024-02-25"),
            ("10Apr2007sample175", "2007-04-10"),
            ("05-1968", "1968-05"),
            ("1992-02", "1992-02"),
            ("1992/02/25", "1992-02-25"),
            ("1992/02", "1992-02"),
            ("archive 1992/Feb/25", "1992-02-25"),
            ("26.02.2023.txt", "2023-02-26"),
            ("02-26-2023.txt", "2023-02-26"),
            ("feb-2023", "2023-02"),
            ("notes_2023_02_26_final", "2023-02-26"),
            ("IMG20230226101530", "2023-02-26"),
            ("1992-02/speech-25feb1992", "1992-02-25"),
            ("/world/2020/12/345678", "2020-12"),
            ("Brief 19. Februar 2025.txt", "2025-02-19"),
            ("Brief 19. 2. 2025", "2025-02-19"),
            ("Minutes Feb 19th, 2025.txt", "2025-02-19"),
            ("19th of February 2025", "2025-02-19"),
            ("acta 19 de febrero de 2025", "2025-02-19"),
            ("2025 - 02 - 19 minutes", "2025-02-19"),
            ("2025年2月19日", "2025-02-19"),
            ("Scan_19022025_0001", "2025-02-19"),
            ("Screenshot 2025-02-19 at 10.02.33", "2025-02-19"),
            ("IMG-20250219-WA0001", "2025-02-19"),
            ("wywiad 19 lutego 2025", "2025-02-19"),
        ] {
            assert_eq!(date_in_name(name).unwrap().0.to_string(), date, "{name}");
        }
    }

    #[test]
    fn other_numbers_in_names_are_no_dates() {
        for name in
            ["", "1984.txt", "report-123456", "a/2020/10-facts", "1999-13", "12345678901", "x-20231345", "v2.10"]
        {
            assert_eq!(date_in_name(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn the_words_lie_in_the_name(name in "([0-9]{1,4}|[-_/.é]|feb|x){0,20}") {
            if let Some((_, range)) = date_in_name(&name) {
                prop_assert!(name.get(range).is_some_and(|words| !words.is_empty()));
            }
        }
    }
}
