//! Turns tokens into mentions: the rules in their order, and what is remembered between them.

use super::anniversary;
use super::anniversary::{Spoken, Waiting};
use super::found::{Mention, MentionContext, MentionKind, MentionRule};
use super::lexicon::lexicon;
use super::page::{Known, Match, Page, Piece};
use super::scan::Scanner;
use super::sense::{Sense, Tense};
use super::{again, length, range, single};
use crate::time::Date;

/// The mentions in a text, in its order.
pub(super) fn read(text: &str, context: &MentionContext<'_>) -> Vec<Mention> {
    let lexicon = lexicon(context.language);
    let mut scanner = Scanner::new(text, lexicon, context);
    // A short text has about this many tokens. A long one makes room for more.
    let mut tokens = Vec::with_capacity((text.len() / 4).min(1 << 9));
    let mut memory = Memory { published: context.published, ..Memory::default() };
    let mut carried = Known::default();
    while scanner.next_stretch(&mut tokens) {
        let Known { spoken, quarter, sentences_since_quarter, .. } = carried;
        let published = context.published;
        let known = Known { published, spoken, quarter, sentences_since_quarter, ..Known::default() };
        let mut page = Page { text, tokens: &tokens, habits: lexicon.habits, known };
        memory.read(&mut page);
        carried = page.known;
    }
    let Memory { mut found, waiting, days, .. } = memory;
    anniversary::settle(&mut found, &waiting, &days, context.published);
    found
}

/// The mentions found so far, and what is remembered of them.
#[derive(Default)]
struct Memory {
    published: Option<Date>,
    found: Vec<Mention>,
    sentence: usize,
    /// Days that the text names, which may be those of waiting anniversaries.
    days: Vec<Spoken>,
    waiting: Vec<Waiting>,
}

impl Memory {
    /// Reads a stretch from left to right.
    fn read(&mut self, page: &mut Page<'_>) {
        let mut at = 0;
        while let Some(token) = page.tokens.get(at) {
            match token.sense {
                Sense::Stop => {
                    self.sentence += 1;
                    page.known.tense = None;
                    page.known.day = None;
                    page.known.near = None;
                    page.known.sentences_since_quarter += 1;
                    at += 1;
                    continue;
                }
                Sense::Tense(tense) => {
                    page.known.tense = Some(tense);
                    at += 1;
                    continue;
                }
                sense if !sense.may_begin(page.sense(at + 1)) => {
                    at += 1;
                    continue;
                }
                _ => {}
            }
            let tense = page.known.tense;
            if page.before(at) == Sense::By || page.before(at) == Sense::Until && !is_told(page, at) {
                page.known.tense = Some(Tense::Due);
            }
            let end = self.rules(page, at).unwrap_or(at);
            page.known.tense = tense;
            at = end.max(at + 1);
        }
    }

    /// The first rule that matches from this token on, and the token after its match.
    fn rules(&mut self, page: &mut Page<'_>, at: usize) -> Option<usize> {
        if let Some((_, found)) = anniversary::read(page, at) {
            self.waiting.push(Waiting { sentence: self.sentence, at: self.found.len() });
            return Some(self.take(page, found));
        }
        let found = again::read(page, at)
            .or_else(|| range::read(page, at))
            .or_else(|| single::read_clock(page, at))
            .or_else(|| length::read(page, at))
            .or_else(|| single::read(page, at))
            .or_else(|| again::vague(page, at))?;
        Some(self.take(page, found))
    }

    fn take(&mut self, page: &mut Page<'_>, found: Match) -> usize {
        for piece in [found.first, found.second].into_iter().flatten() {
            self.remember(page, piece);
        }
        found.end
    }

    fn remember(&mut self, page: &mut Page<'_>, piece: Piece) {
        let ends =
            piece.to.checked_sub(1).and_then(|last| Some((page.tokens.get(piece.from)?, page.tokens.get(last)?)));
        let Some((first, last)) = ends else { return };
        let mut bytes = first.start..last.end;
        // The full stop of `Jan.` belongs to it.
        let abbreviated = matches!(last.sense, Sense::Month { short: true, .. });
        if abbreviated && page.text.as_bytes().get(bytes.end) == Some(&b'.') {
            bytes.end += 1;
        }
        let reading = piece.reading;
        // A quarter that is only compared with is not remembered.
        if let Some(quarter) = quarter_of(&reading.value).filter(|_| reading.rule == MentionRule::Period) {
            (page.known.quarter, page.known.sentences_since_quarter) = (Some(quarter), 0);
        }
        if reading.kind == MentionKind::Time || reading.value.len() == "1992-02-26".len() {
            page.known.night = reading.value.ends_with("TNI");
        }
        if let Some(days) = reading.days.filter(|_| matches!(reading.kind, MentionKind::Date | MentionKind::Time))
            && let Some(spoken) = reading.value.split('T').next().and_then(|value| value.parse::<Date>().ok())
            && reading.rule != MentionRule::Anniversary
        {
            // A time that is only counted back to is not remembered: `a year earlier` twice is the same year.
            if !matches!(last.sense, Sense::Earlier | Sense::Before) {
                page.known.spoken = Some(spoken);
            }
            if spoken.day().is_some() {
                page.known.near = Some(spoken);
                let named = matches!(reading.rule, MentionRule::Date | MentionRule::Range);
                if named && reading.certainty == super::found::MentionCertainty::Certain {
                    page.known.day = Some(spoken);
                }
                if named || self.published != Some(spoken) {
                    self.days.push(Spoken { sentence: self.sentence, day: spoken, named, days });
                }
            }
        }
        self.found.push(Mention {
            bytes,
            kind: reading.kind,
            value: reading.value,
            days: reading.days,
            certainty: reading.certainty,
            rule: reading.rule,
        });
    }
}

/// The year and number of a quarter, by its value: `1989-Q3`.
fn quarter_of(value: &str) -> Option<(i32, u32)> {
    let (year, number) = value.split_once("-Q")?;
    Some((year.parse().ok()?, number.parse().ok()?))
}

/// Returns whether a sentence that begins with a time as an end tells of the past: `Until Thursday, they had no clue`.
fn is_told(page: &Page<'_>, at: usize) -> bool {
    const NEAR: usize = 12;
    let ahead = (at..at + NEAR).map(|at| page.sense(at)).take_while(|sense| *sense != Sense::Stop);
    let tense = ahead.filter_map(|sense| if let Sense::Tense(tense) = sense { Some(tense) } else { None }).next();
    page.known.tense != Some(Tense::Future) && tense == Some(Tense::Past)
}
