//! One word of a question that has a place: the words of the index that stand for it.

use std::sync::Arc;

use tantivy::schema::{Field, Term};

/// Languages, one bit each, by their place among those of the index.
pub(super) type Languages = u64;

/// Documents in any language, or none.
pub(super) const ANY_LANGUAGE: Languages = Languages::MAX;

/// The words that stand for one word, and how much an occurrence tells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Slot {
    /// Folded words, each with the languages of the documents in which it stands for this one.
    pub(super) words: Vec<(String, Languages)>,
    /// Only where the word is written just so.
    pub(super) written: Option<String>,
    /// Inverse document frequency of all its words together.
    pub(super) idf: f32,
}

/// The same as the engine's terms.
#[derive(Clone, Debug)]
pub(super) struct SlotTerms {
    /// Terms, each with the languages of the documents in which it counts.
    pub(super) terms: Vec<(Term, Languages)>,
    /// Positions of these do not count.
    pub(super) but: Vec<Term>,
}

impl SlotTerms {
    pub(super) fn words(field: Field, words: &[(String, Languages)]) -> SlotTerms {
        let terms = words.iter().map(|(word, languages)| (Term::from_field_text(field, word), *languages)).collect();
        SlotTerms { terms, but: Vec::new() }
    }
}

/// The words a pattern stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Expansion {
    /// With their documents, the most frequent first.
    pub(super) words: Vec<(String, u64)>,
    /// How many more it would mean.
    pub(super) left_out: usize,
}

impl Expansion {
    /// The same with at most so many words.
    pub(super) fn first(self: Arc<Self>, most: usize) -> Arc<Expansion> {
        let more = self.words.len().saturating_sub(most);
        if more == 0 {
            return self;
        }
        Arc::new(Expansion { words: self.words.iter().take(most).cloned().collect(), left_out: self.left_out + more })
    }
}
