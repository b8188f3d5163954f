//! Clauses: a compiled question, which says what documents match and what each part adds to their scores.

use std::sync::Arc;

use super::filter::Condition;
use crate::passages::intervals::Place;
use crate::passages::slot::Languages;

/// A field of terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TextField {
    /// Stems of title and text, each in the document's own language.
    Stems,
    /// Folded words of title and text, with their positions.
    Words,
    /// Written forms of words that differ from their folded form.
    Forms,
    /// Folded words of the authors' names.
    Author,
}

/// The role of a clause among those beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occur {
    Must,
    Should,
    MustNot,
}

/// A stem, scored by BM25 times a boost.
#[derive(Clone, Debug)]
pub(crate) struct Stem<T> {
    pub(crate) text: String,
    pub(crate) boost: f32,
    /// The number of documents with the stem.
    pub(crate) documents: u64,
    /// The stem's postings, as the engine knows them.
    pub(crate) posted: T,
}

/// The terms that stand for one word with positions.
#[derive(Clone, Debug)]
pub(crate) struct SlotTerms {
    pub(crate) field: TextField,
    /// The terms, each with the languages in whose documents it counts.
    pub(crate) terms: Vec<(String, Languages)>,
    /// Terms of the forms whose positions do not count.
    pub(crate) but: Vec<String>,
}

impl SlotTerms {
    pub(crate) fn words(field: TextField, words: &[(String, Languages)]) -> SlotTerms {
        SlotTerms { field, terms: words.to_vec(), but: Vec::new() }
    }
}

/// Words with positions. It matches where the place holds, and is scored as one word by BM25.
#[derive(Clone, Debug)]
pub(crate) struct Intervals {
    pub(crate) place: Arc<Place>,
    pub(crate) slots: Vec<SlotTerms>,
    /// The field whose lengths count for the score.
    pub(crate) field: TextField,
    /// Set to find words of the title only.
    pub(crate) in_title: bool,
    /// The codes of the languages, by bit. Documents in other languages, or none, have the last bit.
    pub(crate) languages: Arc<[String]>,
    /// The inverse document frequency of all words together.
    pub(crate) idf: f32,
    /// The average number of words of a document in the field.
    pub(crate) average: f32,
}

/// A compiled question. `T` is a stem's postings, as the engine knows them.
#[derive(Clone, Debug)]
pub(crate) enum Clause<T> {
    /// No document.
    Nothing,
    /// Every document, with a score of 1.
    Everything,
    Stem(Stem<T>),
    /// A folded word, scored by BM25 times this weight.
    Word(String, f32),
    /// Folded words side by side, at least two, scored by BM25 as one word of their common weight.
    Phrase(Vec<String>),
    Intervals(Intervals),
    /// Documents that meet a condition, with a score of 1.
    Condition(Condition),
    /// A clause with this score in place of its own.
    Constant(Box<Clause<T>>, f32),
    /// A clause whose score is multiplied by this.
    Boost(Box<Clause<T>>, f32),
    /// Several clauses, at least one of which must or should match. The scores of those that match are added up.
    All(Vec<(Occur, Clause<T>)>),
}

impl<T> Clause<T> {
    /// The query for every document, with equal scores.
    pub(crate) fn unscored_everything() -> Clause<T> {
        Clause::Constant(Box::new(Clause::Everything), 0.0)
    }

    /// Clauses, any of which will do.
    pub(crate) fn any_of(mut clauses: Vec<Clause<T>>) -> Clause<T> {
        match clauses.len() {
            0 => Clause::Nothing,
            1 => clauses.remove(0),
            _ => Clause::All(clauses.into_iter().map(|clause| (Occur::Should, clause)).collect()),
        }
    }
}
