//! The terms that a question looks for in a text: words, phrases, words with positions, days.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::about::About;
use super::intervals::Place;
use super::slot::Slot;

/// The weight of days among words: that of a word that one document in four hundred has.
const DAYS_WEIGHT: f32 = 6.0;

/// A word to look for. Every word of the same stem in the text's language matches, and of every stem that finds
/// documents by it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WantedWord {
    pub(crate) folded: String,
    /// Its stems in all languages of the index. A question has no language, so it finds texts in any.
    pub(crate) stems: Vec<String>,
    /// The weight of an occurrence: BM25's inverse document frequency.
    pub(crate) weight: f32,
}

/// Folded words in this order with nothing between them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WantedPhrase {
    pub(crate) words: Vec<String>,
    pub(crate) weight: f32,
}

/// Words with positions, which are found and marked by the same rules.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WantedPlace {
    pub(crate) place: Place,
    pub(crate) slots: Vec<Slot>,
    pub(crate) weight: f32,
    /// Set if it is only looked for in the title.
    pub(crate) in_title: bool,
}

/// All terms of a question, without excluded ones.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct QueryTerms {
    pub(crate) words: Vec<WantedWord>,
    pub(crate) phrases: Vec<WantedPhrase>,
    pub(crate) places: Vec<WantedPlace>,
    /// Days that the text should speak of.
    pub(crate) days: Vec<Arc<About>>,
    /// The codes of languages, by their bits.
    pub(crate) languages: Vec<String>,
}

/// One match in a text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Match {
    /// Its bytes in the text, end excluded.
    pub(crate) range: Range<usize>,
    /// The number of the term it matches: words come first, then phrases, places and days.
    pub(crate) what: usize,
    /// How well it matches, up to 1. It is less for a word that only has the same stem, and for a mention of more than
    /// the days asked about.
    pub(crate) worth: f32,
}

impl QueryTerms {
    /// Returns whether it looks for anything besides days.
    pub(crate) fn has_words(&self) -> bool {
        !(self.words.is_empty() && self.phrases.is_empty() && self.places.is_empty())
    }

    /// The weight of a term, by [`Match::what`].
    pub(crate) fn weight(&self, what: usize) -> f32 {
        let weight = |what: usize| -> Option<f32> {
            if let Some(word) = self.words.get(what) {
                return Some(word.weight);
            }
            let what = what.checked_sub(self.words.len())?;
            if let Some(phrase) = self.phrases.get(what) {
                return Some(phrase.weight);
            }
            let what = what.checked_sub(self.phrases.len())?;
            if let Some(place) = self.places.get(what) {
                return Some(place.weight);
            }
            self.days.get(what.checked_sub(self.places.len())?).map(|_| DAYS_WEIGHT)
        };
        weight(what).unwrap_or(0.0)
    }

    /// The number of words, phrases, places and days.
    pub(crate) fn len(&self) -> usize {
        self.first_days() + self.days.len()
    }

    /// The number of the first days among all terms.
    pub(crate) fn first_days(&self) -> usize {
        self.words.len() + self.phrases.len() + self.places.len()
    }

    /// Multiplies the weight of every term that another question has as well by `times`.
    pub(crate) fn raise(&mut self, own: &QueryTerms, times: f32) {
        let folded: HashSet<&str> = own.words.iter().map(|word| word.folded.as_str()).collect();
        let words = self.words.iter_mut().filter(|word| folded.contains(word.folded.as_str()));
        let phrases = self.phrases.iter_mut().filter(|phrase| own.phrases.contains(phrase));
        let places = self.places.iter_mut().filter(|place| own.places.contains(place)).map(|place| &mut place.weight);
        let words = words.map(|word| &mut word.weight);
        words.chain(phrases.map(|phrase| &mut phrase.weight)).chain(places).for_each(|weight| *weight *= times);
    }
}
