//! Clues of a web page that agree with each other and contradict the strongest one.

use super::candidate::{Candidate, Tier};
use crate::document::DateRule;
use crate::time::{Date, Precision};

/// Independent sources of a web page's date. Clues of one voice are often one value, printed twice.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Voice {
    StructuredData,
    Meta,
    Shown,
    Address,
}

impl Voice {
    fn of(rule: DateRule) -> Option<Voice> {
        match rule {
            DateRule::JsonLd => Some(Voice::StructuredData),
            DateRule::Meta => Some(Voice::Meta),
            DateRule::PageHead | DateRule::TimeElement | DateRule::PageLine => Some(Voice::Shown),
            DateRule::Url => Some(Voice::Address),
            _ => None,
        }
    }

    const ALL: [Voice; 4] = [Voice::StructuredData, Voice::Meta, Voice::Shown, Voice::Address];
}

/// Puts a day first on which two voices of a page agree, if the strongest clue names another that no voice supports.
pub(super) fn outvote(candidates: &mut [Candidate]) {
    let day = |candidate: &Candidate| {
        candidate.weakness().0 == Tier::Date && candidate.clue.date.precision() == Precision::Day
    };
    let Some(first) = candidates.first().filter(|first| day(first)) else { return };
    let Some(voice) = Voice::of(first.clue.rule) else { return };
    let chosen = first.clue.date;
    let strongest =
        |voice: Voice| candidates.iter().position(|other| day(other) && Voice::of(other.clue.rule) == Some(voice));
    let others: Vec<(usize, Date)> = Voice::ALL
        .into_iter()
        .filter(|other| *other != voice)
        .filter_map(|other| Some((strongest(other)?, candidates.get(strongest(other)?)?.clue.date)))
        .collect();
    // Clocks in other zones make a difference of one day.
    if others.iter().any(|(_, date)| (date.first_day() - chosen.first_day()).abs() <= 1) {
        return;
    }
    let agreed = others.iter().find(|(_, date)| others.iter().filter(|(_, other)| other == date).count() >= 2);
    if let Some(head) = agreed.and_then(|(at, _)| candidates.get_mut(..=*at)) {
        head.rotate_right(1);
    }
}
