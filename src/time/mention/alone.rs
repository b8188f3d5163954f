//! Decides whether a word is the name of a month or weekday where it stands alone.

use super::page::Page;
use super::sense::{Measure, Sense};
use crate::time::names::is_ordinary_word;
use crate::time::unit::Unit;

pub(super) const MONTH: Sense = Sense::Unit { measure: Measure::Whole(Unit::Month), many: false };

fn has_case(page: &Page<'_>, at: usize) -> bool {
    let capital = page.is_capital(at);
    page.habits.with_unit
        || capital == page.habits.capitals
        || capital && page.opens(at)
        || capital && page.word(at).chars().all(char::is_uppercase)
}

pub(super) fn is_weekday(page: &Page<'_>, at: usize) -> bool {
    let which = matches!(page.before(at), Sense::Which(_) | Sense::Every);
    let unit = matches!(page.sense(at + 1), Sense::Unit { measure: Measure::Whole(Unit::Day), .. });
    has_case(page, at)
        && (!page.habits.with_unit || unit || which)
        && (!page.habits.after_preposition || which || page.after_preposition(at))
}

/// Returns whether a word that may be a month's name, and a person's or another word, is one where it stands alone.
pub(super) fn is_month(page: &Page<'_>, at: usize) -> bool {
    let Sense::Month { short, .. } = page.sense(at) else { return false };
    let introduced = page.after_preposition(at);
    let unit = page.habits.with_unit && page.sense(at + 1) == MONTH;
    let next_is_name = page.sense(at + 1) == Sense::Other && page.is_capital(at + 1) && page.habits.capitals;
    let doubtful = short || next_is_name || is_ordinary_word(page.word(at));
    // A Latin abbreviation has a full stop, or is no word of its own.
    has_case(page, at)
        // The month has no such day.
        && !matches!(page.sense(at + 1), Sense::Figures(29..=99, 2))
        && (introduced || unit || !doubtful)
        && (!short || page.is_sign(at + 1, b'.') || page.word(at).len() >= 3 && introduced)
        && (!page.habits.with_unit || unit || matches!(page.before(at), Sense::Which(_)))
}
