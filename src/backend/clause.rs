//! A compiled query: which documents match, and what each part adds to their scores.

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
    /// Words as they are written, where that is not how they are folded.
    Forms,
    /// Folded words of the authors' names.
    Author,
}

/// What a clause adds to those beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occur {
    Must,
    Should,
    MustNot,
}

/// A stem, weighed by BM25 times a boost.
#[derive(Clone, Debug)]
pub(crate) struct Stem<T> {
    pub(crate) text: String,
    pub(crate) boost: f32,
    /// In how many documents.
    pub(crate) documents: u64,
    /// Where it stands, as the engine knows it.
    pub(crate) posted: T,
}

/// The terms that stand for one word that has a place.
#[derive(Clone, Debug)]
pub(crate) struct SlotTerms {
    pub(crate) field: TextField,
    /// Each with the languages of the documents in which it counts.
    pub(crate) terms: Vec<(String, Languages)>,
    /// Positions of these terms of the forms do not count.
    pub(crate) but: Vec<String>,
}

impl SlotTerms {
    pub(crate) fn words(field: TextField, words: &[(String, Languages)]) -> SlotTerms {
        SlotTerms { field, terms: words.to_vec(), but: Vec::new() }
    }
}

/// Words with a place: matches where the place holds, and is scored as one word by BM25.
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
    /// Inverse document frequency of all of it.
    pub(crate) idf: f32,
    /// Words a document has on the average in the field.
    pub(crate) average: f32,
}

/// A compiled query. `T` is where a stem stands, as the engine knows it.
#[derive(Clone, Debug)]
pub(crate) enum Clause<T> {
    /// No document.
    Nothing,
    /// Every document, with a score of 1.
    Everything,
    Stem(Stem<T>),
    /// A folded word, weighed by BM25 times this.
    Word(String, f32),
    /// Folded words side by side, weighed by BM25 as one word of their common weight; two at least.
    Phrase(Vec<String>),
    Intervals(Intervals),
    /// Documents that meet a condition, with a score of 1.
    Condition(Condition),
    /// The score of a clause is this, whatever it was.
    Constant(Box<Clause<T>>, f32),
    /// The score of a clause is multiplied.
    Boost(Box<Clause<T>>, f32),
    /// Several clauses; scores of those that match are added up. Has a clause that must or should match.
    All(Vec<(Occur, Clause<T>)>),
}

impl<T> Clause<T> {
    /// The query for every document, with equal scores.
    pub(crate) fn unscored_everything() -> Clause<T> {
        Clause::Constant(Box::new(Clause::Everything), 0.0)
    }

    /// Clauses of which any will do.
    pub(crate) fn any_of(mut clauses: Vec<Clause<T>>) -> Clause<T> {
        match clauses.len() {
            0 => Clause::Nothing,
            1 => clauses.remove(0),
            _ => Clause::All(clauses.into_iter().map(|clause| (Occur::Should, clause)).collect()),
        }
    }
}
