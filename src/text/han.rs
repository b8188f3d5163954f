//! Ideographs in the forms of Taiwan, Hong Kong and Japan as the simplified ones that stand for them.
//!
//! A reader of either form is asking for the same word, so both are folded to one. `han.py` writes the table.

use std::sync::OnceLock;

/// Each form with the one that stands for it, one pair after the other.
const PAIRS: &str = include!("han.in");

const FIRST: u32 = 0x3400;
const COUNT: usize = 0xA000 - 0x3400;

/// The form that stands for an ideograph; itself for most.
#[inline]
pub(super) fn simplified(c: char) -> char {
    static TABLE: OnceLock<Vec<u16>> = OnceLock::new();
    let Some(at) = u32::from(c).checked_sub(FIRST).map(|at| at as usize).filter(|at| *at < COUNT) else { return c };
    let other = TABLE.get_or_init(table).get(at).copied().unwrap_or_default();
    char::from_u32(other.into()).filter(|other| *other != '\0').unwrap_or(c)
}

/// The forms by their place in the Unicode block, 0 where a character stands for itself.
fn table() -> Vec<u16> {
    let mut table = vec![0; COUNT];
    let mut letters = PAIRS.chars();
    while let (Some(form), Some(other)) = (letters.next(), letters.next()) {
        let place = (u32::from(form).saturating_sub(FIRST)) as usize;
        if let (Some(place), Ok(other)) = (table.get_mut(place), u16::try_from(u32::from(other))) {
            *place = other;
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_stands_for_one_that_stands_for_itself() {
        let letters: Vec<char> = PAIRS.chars().collect();
        assert_eq!(letters.len() % 2, 0);
        for pair in letters.chunks(2) {
            assert_eq!(simplified(pair[0]), pair[1]);
            assert_eq!(simplified(pair[1]), pair[1], "{} stands for itself", pair[1]);
        }
    }

    #[test]
    fn traditional_and_japanese_forms_meet_the_simplified() {
        for (forms, simple) in [("戰戦战", '战'), ("國国", '国'), ("氣気气", '气'), ("學学", '学'), ("港", '港')]
        {
            assert!(forms.chars().all(|form| simplified(form) == simple), "{forms}");
        }
        assert_eq!(simplified('a'), 'a');
    }
}
