//! A clue before it is weighed.

use crate::document::{DateClue, DateEvent, DateRule};
use crate::time::{Date, Written};

/// The event that a declared name says its date is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    /// It was published, explicitly.
    Published,
    /// It is a date of something that is not named.
    Plain,
    /// The page or file was made.
    Created,
    /// The page or file was last changed. Such a date comes after all other clues.
    Modified,
}

/// The first criterion of the order, before the strength of clues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// It may well be the date of publication.
    Date,
    /// It is explicitly that of a change.
    Modified,
    /// Nothing says what it is the date of.
    Guess,
}

/// A clue with everything needed to weigh it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) clue: DateClue,
    pub(super) meaning: Meaning,
    /// The date with day and month swapped, if the figures allow both readings.
    pub(super) other: Option<Date>,
    /// The same day a hundred years earlier, if the year has two digits.
    pub(super) century_before: Option<Date>,
    /// For a time in universal time, the day it may have been where it was published.
    pub(super) local: Option<Date>,
}

impl Candidate {
    pub(super) fn new(date: Date, rule: DateRule, place: String, written: &str) -> Candidate {
        let event = DateEvent::Published;
        let clue = DateClue { date, rule, place, written: written.to_string(), event, uncertain: false };
        Candidate { clue, meaning: Meaning::Plain, other: None, century_before: None, local: None }
    }

    /// A candidate made from a date found in this text.
    pub(super) fn written(found: &Written, text: &str, rule: DateRule, place: String) -> Candidate {
        let words = text.get(found.range.clone()).unwrap_or("");
        // A date of another calendar is shown as a Gregorian one, so the reader is told.
        let place = match found.calendar.name() {
            Some(calendar) => format!("{place}, {calendar}"),
            None => place,
        };
        let mut candidate = Candidate::new(found.date, rule, place, words);
        candidate.clue.uncertain = found.misread;
        Candidate { other: found.other, century_before: found.century_before, ..candidate }
    }

    /// The clue, with the event of its date.
    pub(super) fn into_clue(self) -> DateClue {
        let event = match self.meaning {
            Meaning::Published | Meaning::Plain => DateEvent::Published,
            Meaning::Created => DateEvent::Created,
            Meaning::Modified => DateEvent::Modified,
        };
        DateClue { event, ..self.clue }
    }

    /// The order of candidates. The larger, the weaker.
    pub(super) fn weakness(&self) -> (Tier, DateRule, Meaning) {
        let tier = match (self.clue.rule, self.meaning) {
            (_, Meaning::Modified) => Tier::Modified,
            (DateRule::PageText | DateRule::FileTime, _) => Tier::Guess,
            _ => Tier::Date,
        };
        match (self.clue.rule, self.meaning) {
            // Content systems put the day of the last change there too, so what the reader is shown comes first.
            (DateRule::Meta, Meaning::Plain | Meaning::Created) => (tier, DateRule::PageHead, Meaning::Modified),
            (rule, meaning) => (tier, rule, meaning),
        }
    }
}
