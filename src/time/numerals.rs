//! Numbers in figures of any script, and in Chinese numerals.

use std::ops::Range;

/// The years that a bare number in prose can be.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=9999;

/// The digit zero of each script that papers use for numbers. One to nine follow it.
const ZEROS: [u32; 18] = [
    0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0,
    0x1810, 0xff10,
];

/// The value of a digit of any script.
fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let code = u32::from(c);
    ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map(|zero| code - zero)
}

/// Returns whether a character is a digit of any script.
pub(crate) fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// The value of a Chinese numeral. Ten is 10.
fn chinese(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | '○' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        _ => return None,
    })
}

/// A run of digits of one script.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) range: Range<usize>,
    pub(super) value: u32,
    digits: usize,
}

impl Number {
    /// The number one, written as a word in this range.
    pub(super) fn one(range: Range<usize>) -> Number {
        Number { range, value: 1, digits: 1 }
    }

    pub(super) fn digits(&self) -> usize {
        self.digits
    }

    /// Reads the number that begins at `at`, of at most eight digits.
    pub(super) fn at(text: &str, at: usize) -> Option<Number> {
        let rest = text.as_bytes().get(at..)?;
        let plain = rest.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
        if plain > 0 {
            let value = (1..=8).contains(&plain).then(|| text.get(at..at + plain))??.parse().ok()?;
            return Some(Number { range: at..at + plain, value, digits: plain });
        }
        if rest.first()?.is_ascii() {
            return None;
        }
        let (mut value, mut digits, mut bytes) = (0u32, 0, 0);
        for (c, more) in text.get(at..)?.chars().take(9).map_while(|c| Some((c, digit(c)?))) {
            value = value.saturating_mul(10).saturating_add(more);
            digits += 1;
            bytes += c.len_utf8();
        }
        (1..=8).contains(&digits).then_some(Number { range: at..at + bytes, value, digits })
    }

    /// Reads the number in Chinese numerals that begins at `at`: `二〇一九`, `十二`, `三十一`.
    pub(super) fn chinese_at(text: &str, at: usize) -> Option<Number> {
        let (mut value, mut digits, mut bytes) = (0u32, 0, 0);
        let mut last = 0;
        for (c, more) in text.get(at..)?.chars().take(6).map_while(|c| Some((c, chinese(c)?))) {
            value = match (more, last) {
                // `十二`, and `二十`
                (10, _) => value.max(1) * 10,
                (more, 10) => value + more,
                (more, _) => value * 10 + more,
            };
            last = more;
            digits += 1;
            bytes += c.len_utf8();
        }
        (digits > 0).then_some(Number { range: at..at + bytes, value, digits })
    }

    pub(super) fn year(&self) -> Option<i32> {
        (self.digits == 4 && YEARS.contains(&self.value)).then_some(self.value as i32)
    }

    /// A year by its last two digits: 69 to 99 mean 1969 to 1999, the rest 2000 to 2068, as POSIX has it.
    pub(super) fn short_year(&self) -> Option<i32> {
        (self.digits == 2).then(|| self.value as i32 + if self.value >= 69 { 1900 } else { 2000 })
    }

    pub(super) fn day(&self) -> Option<u32> {
        (self.digits <= 2 && (1..=31).contains(&self.value)).then_some(self.value)
    }
}

/// The beginning of the next number at `from` or later: a digit of any script, or a Chinese numeral.
pub(super) fn next_number(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = text.as_bytes().get(at..)?;
        // These are the first bytes of digits beyond ASCII and of Chinese numerals.
        let ahead = rest.iter().position(|byte| {
            byte.is_ascii_digit() || matches!(byte, 0xd9 | 0xdb | 0xe0 | 0xe1 | 0xe2 | 0xe3..=0xe9 | 0xef)
        })?;
        at += ahead;
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else {
            at += 1;
            continue;
        };
        if is_digit(c) || chinese(c).is_some() || c == '元' {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Reads a number in Roman letters, 1 to 12, as some write the month.
pub(super) fn roman_month(word: &str) -> Option<u32> {
    const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];
    (1..).zip(ROMAN).find(|(_, roman)| *roman == word).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_script_s_digits_are_read() {
        for zero in ZEROS {
            let text: String = [2, 0, 1, 9].iter().filter_map(|digit| char::from_u32(zero + digit)).collect();
            let number = Number::at(&text, 0).unwrap();
            assert_eq!((number.year(), number.range), (Some(2019), 0..text.len()), "{text}");
            assert_eq!(next_number(&format!("é {text}"), 0), Some(3), "{text}");
        }
        assert!(Number::at("x", 0).is_none() && Number::at("123456789", 0).is_none() && Number::at("é", 0).is_none());
    }

    #[test]
    fn chinese_numerals_are_read_as_digits_and_by_tens() {
        for (text, value) in [("二〇一九", 2019), ("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("三十一", 31)]
        {
            assert_eq!(Number::chinese_at(text, 0).unwrap().value, value, "{text}");
        }
        assert!(Number::chinese_at("年", 0).is_none());
    }
}
