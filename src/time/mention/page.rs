//! A stretch of tokens that rules read, and what is known at the place where they read.

use super::found::{MentionCertainty, MentionKind, MentionRule};
use super::point::Point;
use super::scan::Token;
use super::sense::{Habits, Sense, Tense};
use crate::time::{Date, DateRange};

/// A stretch of a text, in tokens.
pub(super) struct Page<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) habits: Habits,
    pub(super) known: Known,
}

/// What is known at a place of the text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    /// The day of writing, as precisely as it is known.
    pub(super) published: Option<Date>,
    /// The day, month or year that was mentioned last.
    pub(super) spoken: Option<Date>,
    /// A whole day that the sentence has named before.
    pub(super) day: Option<Date>,
    /// The day that the sentence mentioned last, however it was named.
    pub(super) near: Option<Date>,
    /// The tense of the nearest word to the left that tells past or future.
    pub(super) tense: Option<Tense>,
    /// The quarter of a year that was mentioned last, and how many sentences ago.
    pub(super) quarter: Option<(i32, u32)>,
    pub(super) sentences_since_quarter: usize,
    /// Set if the time mentioned last is a night, which begins on the day named.
    pub(super) night: bool,
}

impl Known {
    /// The day of writing, if it is known to the day.
    pub(super) fn today(&self) -> Option<Date> {
        self.published.filter(|date| date.day().is_some())
    }
}

/// The meaning of some tokens.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) kind: MentionKind,
    pub(super) value: String,
    pub(super) days: Option<DateRange>,
    pub(super) certainty: MentionCertainty,
    pub(super) rule: MentionRule,
}

impl Reading {
    pub(super) fn of(point: Point, certainty: MentionCertainty, rule: MentionRule) -> Reading {
        Reading { kind: MentionKind::Date, value: point.to_string(), days: point.days(), certainty, rule }
    }

    /// A reading that names no days of the calendar.
    pub(super) fn without_days(kind: MentionKind, value: String, rule: MentionRule) -> Reading {
        let certainty = match rule {
            MentionRule::Vague => MentionCertainty::Relative,
            _ => MentionCertainty::Certain,
        };
        Reading { kind, value, days: None, certainty, rule }
    }
}

/// A reading with its tokens: from the first on, up to the second.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) reading: Reading,
}

/// The result of a rule at a token.
#[derive(Clone, Debug, Default)]
pub(super) struct Match {
    /// The token at which reading continues.
    pub(super) end: usize,
    /// None for tokens that look like a time and are none, such as an age.
    pub(super) first: Option<Piece>,
    /// The other end of a range.
    pub(super) second: Option<Piece>,
}

impl Match {
    pub(super) fn one(from: usize, to: usize, reading: Reading) -> Match {
        Match { end: to, first: Some(Piece { from, to, reading }), second: None }
    }

    pub(super) fn nothing(end: usize) -> Match {
        Match { end, first: None, second: None }
    }
}

impl<'a> Page<'a> {
    pub(super) fn sense(&self, at: usize) -> Sense {
        self.tokens.get(at).map_or(Sense::Stop, |token| token.sense)
    }

    /// The sense of the token before, or the end of a sentence if there is none.
    pub(super) fn before(&self, at: usize) -> Sense {
        at.checked_sub(1).map_or(Sense::Stop, |at| self.sense(at))
    }

    pub(super) fn is_sign(&self, at: usize, sign: u8) -> bool {
        self.sense(at) == Sense::Sign(sign)
    }

    /// Skips the token if it has this sense.
    pub(super) fn past(&self, at: usize, sense: Sense) -> usize {
        at + usize::from(self.sense(at) == sense)
    }

    /// Returns whether nothing stands between the token and the one before it.
    pub(super) fn is_joined(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        matches!((before, self.tokens.get(at)), (Some(before), Some(token)) if before.end == token.start)
    }

    pub(super) fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|token| self.text.get(token.start..token.end)).unwrap_or("")
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.word(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// Returns whether a sentence may begin at the token, so that its capital means nothing.
    pub(super) fn opens(&self, at: usize) -> bool {
        matches!(self.before(at), Sense::Stop | Sense::Sign(b'"' | b'\'' | b'(' | b':' | b'-' | b'*'))
    }

    /// Returns whether the token is a preposition that stands before times, or another word that only times follow.
    pub(super) fn after_preposition(&self, at: usize) -> bool {
        use Sense::{And, At, Before, Between, By, Edge, EdgeOf, From, Month, Of, Or, Season, Since, To, Until, Which};
        matches!(
            self.before(at),
            At | From
                | To
                | Until
                | By
                | Since
                | Between
                | And
                | Or
                | Of
                | Before
                | Edge(_)
                | EdgeOf(_)
                | Which(_)
                | Month { .. }
                | Season(_)
        ) || self.is_sign(at.wrapping_sub(1), b'-') && matches!(self.before(at.wrapping_sub(1)), Edge(_))
    }
}
