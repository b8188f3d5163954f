//! The words that stand for one word of a question, as terms of the engine.

use tantivy::schema::{Field, Term};

use crate::passages::slot::Languages;

/// The words of a [`Slot`](crate::passages::slot::Slot) as terms of the engine.
#[derive(Clone, Debug)]
pub(crate) struct SlotTerms {
    /// Terms, each with the languages of the documents in which it counts.
    pub(crate) terms: Vec<(Term, Languages)>,
    /// Positions of these do not count.
    pub(crate) but: Vec<Term>,
}

impl SlotTerms {
    pub(crate) fn words(field: Field, words: &[(String, Languages)]) -> SlotTerms {
        let terms = words.iter().map(|(word, languages)| (Term::from_field_text(field, word), *languages)).collect();
        SlotTerms { terms, but: Vec::new() }
    }
}
