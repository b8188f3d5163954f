//! A clue on its way to being weighed.

use crate::document::{DateClue, DateEvent, DateRule};
use crate::time::{Date, Written};

/// What a declared name says its date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    /// When it was published, in so many words.
    Published,
    /// A date, without saying of what.
    Plain,
    /// When the page or file was made.
    Created,
    /// When it was last changed: never before another clue.
    Modified,
}

/// What comes before strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// It may well be the date of publication.
    Date,
    /// It says of itself that it is that of a change.
    Modified,
    /// Nothing says what it is the date of.
    Guess,
}

/// A clue, with what is needed to weigh it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) clue: DateClue,
    pub(super) meaning: Meaning,
    /// The date with day and month exchanged, where figures allow both.
    pub(super) other: Option<Date>,
    /// The same day a hundred years earlier, where the year has two digits.
    pub(super) century_before: Option<Date>,
    /// The day it may have been where it was published, for a time told in universal time.
    pub(super) local: Option<Date>,
}

impl Candidate {
    pub(super) fn new(date: Date, rule: DateRule, place: String, written: &str) -> Candidate {
        let event = DateEvent::Published;
        let clue = DateClue { date, rule, place, written: written.to_string(), event, uncertain: false };
        Candidate { clue, meaning: Meaning::Plain, other: None, century_before: None, local: None }
    }

    /// From a date found in this text.
    pub(super) fn written(found: &Written, text: &str, rule: DateRule, place: String) -> Candidate {
        let words = text.get(found.range.clone()).unwrap_or("");
        // A date of another calendar is told as one of ours: the reader learns of it.
        let place = match found.calendar.name() {
            Some(calendar) => format!("{place}, {calendar}"),
            None => place,
        };
        let mut candidate = Candidate::new(found.date, rule, place, words);
        candidate.clue.uncertain = found.misread;
        Candidate { other: found.other, century_before: found.century_before, ..candidate }
    }

    /// The clue, with what it says happened on its date.
    pub(super) fn into_clue(self) -> DateClue {
        let event = match self.meaning {
            Meaning::Published | Meaning::Plain => DateEvent::Published,
            Meaning::Created => DateEvent::Created,
            Meaning::Modified => DateEvent::Modified,
        };
        DateClue { event, ..self.clue }
    }

    /// The weaker, the larger.
    pub(super) fn weakness(&self) -> (Tier, DateRule, Meaning) {
        let tier = match (self.clue.rule, self.meaning) {
            (_, Meaning::Modified) => Tier::Modified,
            (DateRule::PageText | DateRule::FileTime, _) => Tier::Guess,
            _ => Tier::Date,
        };
        match (self.clue.rule, self.meaning) {
            // Content systems put the day of the last change there too: what the reader is shown goes before it.
            (DateRule::Meta, Meaning::Plain | Meaning::Created) => (tier, DateRule::PageHead, Meaning::Modified),
            (rule, meaning) => (tier, rule, meaning),
        }
    }
}
