//! Reads the numbers of a sentence, each with the words that it counts.

use std::ops::Range;

use super::counted::{Sentence, counted};
use super::lexicon::Lexicon;
use super::named::is_named;
use super::quantity::Quantity;
use super::read::quantity;
use super::scan::scan;
use crate::text::Language;
use crate::time::{MentionContext, MentionKind, mentions};

/// A number of things in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    pub(crate) quantity: Quantity,
    /// Its bytes in the sentence, with the words for how closely it is meant and its unit.
    pub(crate) bytes: Range<usize>,
    /// The bytes of the words that it counts.
    pub(crate) counts: Vec<Range<usize>>,
}

impl Figure {
    /// Returns whether a stretch of the sentence is among what the number counts.
    pub(crate) fn has(&self, stretch: &Range<usize>) -> bool {
        self.counts.iter().any(|word| word.start < stretch.end && stretch.start < word.end)
    }
}

/// The numbers of things in a sentence, in its order.
pub(crate) fn figures(sentence: &str, language: Option<Language>) -> Vec<Figure> {
    let code = language.map(Language::code);
    let lexicon = Lexicon::of(code);
    let tokens = scan(sentence, lexicon.blanks_group());
    let times = mentions(sentence, &MentionContext { published: None, language: code });
    let is_day = |kind: MentionKind| kind != MentionKind::Duration;
    let in_time = |range: &Range<usize>| {
        times.iter().any(|time| is_day(time.kind) && time.bytes.start < range.end && range.start < time.bytes.end)
    };
    let dated: Vec<bool> = tokens.iter().map(|token| in_time(&token.range)).collect();
    let mut sentence = Sentence::new(&tokens, lexicon);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(read) = quantity(&tokens, at, lexicon) else {
            at += 1;
            continue;
        };
        at = read.end.max(at + 1);
        if !is_named(&tokens, &read, &dated, lexicon) {
            let words = counted(&mut sentence, &read);
            let counts: Vec<Range<usize>> = words.into_iter().map(|at| tokens[at].range.clone()).collect();
            let bytes = tokens[read.first].range.start..tokens[read.end - 1].range.end;
            if !counts.is_empty() {
                found.push(Figure { quantity: read.quantity.clone(), bytes, counts });
            }
        }
        sentence.pass(read.first..read.end);
    }
    found
}

#[cfg(test)]
mod tests;
