//! Numbers of things, ordinals, and years.

use super::page::Page;
use super::sense::{Sense, is_zone};

/// A number of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Count {
    Whole(u32),
    /// This many and a half.
    AndHalf(u32),
    /// A number with decimals, as written.
    Decimal(String),
    /// An unknown number: `several`.
    Some,
}

/// Reads a number before a unit, and the token after it: `three`, `twenty-five`, `a hundred`, `2.5`, `several`.
pub(super) fn count(page: &Page<'_>, at: usize) -> Option<(Count, usize)> {
    let (whole, end) = match page.sense(at) {
        Sense::Decimal => return Some((Count::Decimal(page.word(at).to_string()), at + 1)),
        Sense::Several => return Some((Count::Some, at + 1)),
        Sense::Half => return Some((Count::AndHalf(0), at + 1)),
        Sense::Figures(value, digits) => {
            let code =
                at > 0 && page.is_joined(at) && matches!(page.before(at), Sense::Sign(b'$' | b'#' | b'/' | b'.'));
            // `2-1/2`
            let half = [Sense::Sign(b'-'), Sense::Figures(1, 1), Sense::Sign(b'/'), Sense::Figures(2, 1)];
            if (1..).zip(half).all(|(after, sense)| page.sense(at + after) == sense && page.is_joined(at + after)) {
                return Some((Count::AndHalf(value), at + 5));
            }
            // `5 1/2`
            let half = [Sense::Figures(1, 1), Sense::Sign(b'/'), Sense::Figures(2, 1)];
            if (1..).zip(half).all(|(after, sense)| page.sense(at + after) == sense) {
                return Some((Count::AndHalf(value), at + 4));
            }
            // `1992 года`, `1992 yılında`
            let named = digits == 4 && !page.habits.capitals && year(page, at).is_some();
            (digits <= 4 && !code && !named).then_some((value, at + 1))?
        }
        _ => words(page, at)?,
    };
    // `one and a half`
    if page.sense(end) == Sense::And && page.sense(end + 1) == Sense::Half {
        return Some((Count::AndHalf(whole), end + 2));
    }
    Some((Count::Whole(whole), end))
}

/// Reads a number in words, and the token after it.
fn words(page: &Page<'_>, at: usize) -> Option<(u32, usize)> {
    let small = |at: usize| match page.sense(at) {
        Sense::Cardinal(tens @ 10..=90) if tens % 10 == 0 => {
            let hyphen = page.is_sign(at + 1, b'-');
            let next = at + 1 + usize::from(hyphen);
            match page.sense(next) {
                // In `soixante-dix` the ones go beyond ten.
                Sense::Cardinal(ones @ 1..=19) if ones < 10 || hyphen => Some((tens + ones, next + 1)),
                _ => Some((tens, at + 1)),
            }
        }
        Sense::Cardinal(value) => Some((value, at + 1)),
        Sense::An => Some((1, at + 1)),
        Sense::Times(_) => Some((1, at)),
        _ => None,
    };
    let (mut value, mut end) = small(at)?;
    while let Sense::Times(times) = page.sense(end) {
        value = value.saturating_mul(times);
        end = page.past(end + 1, Sense::And);
        match small(end) {
            Some((more, after)) if after > end && page.sense(end) != Sense::An => {
                (value, end) = (value.saturating_add(more), after);
            }
            _ if page.before(end) == Sense::And => end -= 1,
            _ => {}
        }
        if end > at + 12 {
            break;
        }
    }
    Some((value, end))
}

/// Reads an ordinal, and the token after it: `third`, `33rd`, `twenty-fifth`, or `33.` in languages that write so.
pub(super) fn ordinal(page: &Page<'_>, at: usize) -> Option<(u32, usize)> {
    match page.sense(at) {
        Sense::Ordinal(value) => Some((value, at + 1)),
        Sense::Figures(value, 1..=3) => {
            if page.sense(at + 1) == Sense::OrdinalEnding && page.is_joined(at + 1) {
                return Some((value, at + 2));
            }
            let joint = matches!(page.sense(at + 1), Sense::Sign(b'-' | b'\'' | b'*')) && page.is_joined(at + 1);
            if joint && page.sense(at + 2) == Sense::OrdinalEnding && page.is_joined(at + 2) {
                return Some((value, at + 3));
            }
            (page.habits.dots_ordinals && page.is_sign(at + 1, b'.')).then_some((value, at + 2))
        }
        Sense::Cardinal(tens @ 20..=90) => {
            let next = at + 1 + usize::from(page.is_sign(at + 1, b'-'));
            match page.sense(next) {
                Sense::Ordinal(ones @ 1..=9) => Some((tens + ones, next + 1)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Returns whether the figures are the year after another one, in two digits or in four: `1991/92`.
pub(super) fn is_next_year(page: &Page<'_>, year: u32, at: usize) -> bool {
    match page.sense(at) {
        Sense::Figures(next, 2) => next == (year + 1) % 100,
        Sense::Figures(next, 4) => next == year + 1,
        _ => false,
    }
}

/// Reads a year in figures that stands by itself: no number of things, and no part of a code.
pub(super) fn year(page: &Page<'_>, at: usize) -> Option<i32> {
    let Sense::Figures(value @ 1000..=2100, 4) = page.sense(at) else { return None };
    let token = page.tokens.get(at)?;
    let bytes = page.text.as_bytes();
    let byte = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
    let (before, after) = (byte(token.start.checked_sub(1)), byte(Some(token.end)));
    let digit_after = byte(Some(token.end + 1)).is_ascii_digit();
    match before {
        b'$' | b'#' | b'/' | b'_' | b'=' | b'+' | b'&' | b'@' | b'%' => return None,
        b'-' | b'.' | b',' | b':' if byte(token.start.checked_sub(2)).is_ascii_digit() => return None,
        before if before.is_ascii_alphabetic() => return None,
        _ => {}
    }
    match after {
        b'/' if !is_next_year(page, value, at + 2) => return None,
        // `2010-02-31`
        b'-' if digit_after && page.is_sign(at + 3, b'-') && page.is_joined(at + 3) => return None,
        b'%' | b'_' | b'=' | b'@' | b'&' => return None,
        b'.' | b',' | b':' if digit_after => return None,
        after if after.is_ascii_alphabetic() => return None,
        _ => {}
    }
    // `S. 2013`, `No. 1998`
    let numbered = |at: usize| match page.before(at) {
        Sense::Numbered => true,
        Sense::Other | Sense::DecadeEnding | Sense::OrdinalEnding => {
            page.tokens.get(at.wrapping_sub(1)).is_some_and(|token| token.end - token.start == 1)
        }
        _ => false,
    };
    if numbered(at) || page.is_sign(at.wrapping_sub(1), b'.') && numbered(at - 1) {
        return None;
    }
    let (left, right) = (page.before(at), page.sense(at + 1));
    if is_zone(page.word(at + 1)) {
        return None;
    }
    if left == Sense::About || matches!(right, Sense::Counted | Sense::Times(_)) {
        return None;
    }
    if let Sense::Unit { many, .. } = right {
        // `1992 года` is a year, `2000 years` is none.
        return (!many && !page.habits.capitals).then_some(value as i32);
    }
    let round = value % 100 == 0 && matches!(right, Sense::Other);
    let shown = page.after_preposition(at)
        || matches!(left, Sense::Article | Sense::Unit { many: false, .. } | Sense::Sign(b'('));
    let plausible = if shown { !(round && value < 1900) } else { (1900..2040).contains(&value) && !round };
    plausible.then_some(value as i32)
}
