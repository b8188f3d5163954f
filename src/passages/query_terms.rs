//! What a question looks for in a text: words, phrases, words with a place, days spoken of.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::about::About;
use super::intervals::Place;
use super::slot::Slot;

/// What days spoken of tell, beside words: as much as a word that one document of four hundred has.
const DAYS: f32 = 6.0;

/// A word looked for; any word of the same stem in the text's language matches, and of any stem it was found by.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WantedWord {
    pub(crate) folded: String,
    /// Its stems in all languages of the index: a question has no language, so they find texts in any.
    pub(crate) stems: Vec<String>,
    /// How much an occurrence tells: BM25's inverse document frequency.
    pub(crate) weight: f32,
}

/// Folded words looked for in this order with nothing between them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WantedPhrase {
    pub(crate) words: Vec<String>,
    pub(crate) weight: f32,
}

/// Words with a place: what is found is told by the same rules.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct WantedPlace {
    pub(crate) place: Place,
    pub(crate) slots: Vec<Slot>,
    pub(crate) weight: f32,
    /// Only looked for in the title.
    pub(crate) in_title: bool,
}

/// Everything a question looks for, negated words left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct QueryTerms {
    pub(crate) words: Vec<WantedWord>,
    pub(crate) phrases: Vec<WantedPhrase>,
    pub(crate) places: Vec<WantedPlace>,
    /// Days to be spoken of.
    pub(crate) days: Vec<Arc<About>>,
    /// Languages by their bits, as codes.
    pub(crate) languages: Vec<String>,
}

/// One place where a text has something wanted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Match {
    /// Bytes of the text, end excluded.
    pub(crate) range: Range<usize>,
    /// Which word, or which phrase counted on from the words, or which place counted on from both, or which days.
    pub(crate) what: usize,
    /// How well it answers, up to 1: less where the text has not the very word but one of the same stem, or speaks of
    /// more than the days asked about.
    pub(crate) worth: f32,
}

impl QueryTerms {
    /// Whether anything but days is looked for.
    pub(crate) fn has_words(&self) -> bool {
        !(self.words.is_empty() && self.phrases.is_empty() && self.places.is_empty())
    }

    /// The weight of what is looked for, by [`Match::what`].
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
            self.days.get(what.checked_sub(self.places.len())?).map(|_| DAYS)
        };
        weight(what).unwrap_or(0.0)
    }

    /// How many words, phrases, places and days there are.
    pub(crate) fn len(&self) -> usize {
        self.first_days() + self.days.len()
    }

    /// The number of the first days among all that is looked for.
    pub(crate) fn first_days(&self) -> usize {
        self.words.len() + self.phrases.len() + self.places.len()
    }

    /// Has what another question looks for count so many times as much as the rest.
    pub(crate) fn raise(&mut self, own: &QueryTerms, times: f32) {
        let folded: HashSet<&str> = own.words.iter().map(|word| word.folded.as_str()).collect();
        let words = self.words.iter_mut().filter(|word| folded.contains(word.folded.as_str()));
        let phrases = self.phrases.iter_mut().filter(|phrase| own.phrases.contains(phrase));
        let places = self.places.iter_mut().filter(|place| own.places.contains(place)).map(|place| &mut place.weight);
        let words = words.map(|word| &mut word.weight);
        words.chain(phrases.map(|phrase| &mut phrase.weight)).chain(places).for_each(|weight| *weight *= times);
    }
}
