//! The clues to a document's date, with their places in its text.

use std::ops::Range;

use crate::serve::page::parts::words::Word;
use crate::{DateClue, Dated, Document};

/// How far into a text the words of a clue are looked for, in bytes from its head and from its foot.
const NEAR: usize = 20_000;

/// A clue, and the place of its words in the text where they stand in it.
pub(super) struct PlacedClue {
    pub(super) id: String,
    pub(super) clue: DateClue,
    /// What became of it.
    pub(super) standing: Word,
    pub(super) bytes: Option<Range<usize>>,
}

/// The clues to a date, and what became of each, the one that was believed first.
pub(super) fn standing(dated: &Dated) -> impl Iterator<Item = (&DateClue, Word)> {
    let all = dated.chosen.iter().map(|clue| (clue, Word::Believed));
    let all = all.chain(dated.rivals.iter().map(|clue| (clue, Word::Rival)));
    all.chain(dated.refused.iter().map(|clue| (clue, Word::Refused)))
}

/// All clues of a document, the one that was believed first.
pub(super) fn clues(document: &Document) -> Vec<PlacedClue> {
    let placed = |(at, (clue, standing)): (usize, (&DateClue, Word))| PlacedClue {
        id: format!("clue{}", at + 1),
        bytes: found(&document.text, &clue.written),
        clue: clue.clone(),
        standing,
    };
    standing(&document.dated).enumerate().map(placed).collect()
}

/// The first place of these words near the head of a text, or else near its foot.
fn found(text: &str, words: &str) -> Option<Range<usize>> {
    let words = words.trim();
    if words.is_empty() {
        return None;
    }
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let head = text.get(..floor(NEAR)).and_then(|head| head.find(words));
    let from = floor(text.len().saturating_sub(NEAR));
    let start = head.or_else(|| Some(from + text.get(from..)?.find(words)?))?;
    Some(start..start + words.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_clue_are_found_near_head_or_foot() {
        let text = format!("3 March 1992\n{}\n4 March 1992", "é".repeat(NEAR));
        assert_eq!(found(&text, "3 March 1992"), Some(0..12));
        assert_eq!(found(&text, " 4 March 1992 "), Some(text.len() - 12..text.len()));
        assert_eq!(found(&text, ""), None);
        assert_eq!(found(&text, "5 March"), None);
    }
}
