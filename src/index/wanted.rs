//! What a question looks for in a text: words, phrases, words with a place, days spoken of, and where a text has them.
//!
//! This works on text alone, so passages and highlights are the same whatever engine found the document.

use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;
use std::sync::Arc;

use super::about::About;
use super::place::Place;
use super::places;
use super::slot::Slot;
use crate::text::{Analyzer, Language, for_each_word};

/// A word of the same stem answers a little less well than the very word.
const STEM: f32 = 0.9;
/// What days spoken of tell, beside words: as much as a word that one document of four hundred has.
const DAYS: f32 = 6.0;

/// A word looked for; any word of the same stem in the text's language matches.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WantedWord {
    pub(super) folded: String,
    /// How much an occurrence tells: BM25's inverse document frequency.
    pub(super) weight: f32,
}

/// Folded words looked for in this order with nothing between them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WantedPhrase {
    pub(super) words: Vec<String>,
    pub(super) weight: f32,
}

/// Words with a place: what is found is told by the same rules.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WantedPlace {
    pub(super) place: Place,
    pub(super) slots: Vec<Slot>,
    pub(super) weight: f32,
    /// Only looked for in the title.
    pub(super) in_title: bool,
}

/// Everything a question looks for, negated words left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Wanted {
    pub(super) words: Vec<WantedWord>,
    pub(super) phrases: Vec<WantedPhrase>,
    pub(super) places: Vec<WantedPlace>,
    /// Days to be spoken of.
    pub(super) days: Vec<Arc<About>>,
    /// Languages by their bits, as codes.
    pub(super) languages: Vec<String>,
}

/// One place where a text has something wanted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Match {
    /// Bytes of the text, end excluded.
    pub(super) range: Range<usize>,
    /// Which word, or which phrase counted on from the words, or which place counted on from both, or which days.
    pub(super) what: usize,
    /// How well it answers, up to 1: less where the text has not the very word but one of the same stem, or speaks of
    /// more than the days asked about.
    pub(super) worth: f32,
}

impl Wanted {
    /// Whether anything but days is looked for.
    pub(super) fn has_words(&self) -> bool {
        !(self.words.is_empty() && self.phrases.is_empty() && self.places.is_empty())
    }

    /// The weight of what is looked for, by [`Match::what`].
    pub(super) fn weight(&self, what: usize) -> f32 {
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
    pub(super) fn len(&self) -> usize {
        self.first_days() + self.days.len()
    }

    /// The number of the first days among all that is looked for.
    pub(super) fn first_days(&self) -> usize {
        self.words.len() + self.phrases.len() + self.places.len()
    }

    /// Has what another question looks for count so many times as much as the rest.
    pub(super) fn raise(&mut self, own: &Wanted, times: f32) {
        let folded: HashSet<&str> = own.words.iter().map(|word| word.folded.as_str()).collect();
        let words = self.words.iter_mut().filter(|word| folded.contains(word.folded.as_str()));
        let phrases = self.phrases.iter_mut().filter(|phrase| own.phrases.contains(phrase));
        let places = self.places.iter_mut().filter(|place| own.places.contains(place)).map(|place| &mut place.weight);
        let words = words.map(|word| &mut word.weight);
        words.chain(phrases.map(|phrase| &mut phrase.weight)).chain(places).for_each(|weight| *weight *= times);
    }

    /// Every match in the text, in order of where it starts.
    pub(super) fn find(&self, text: &str, language: Option<Language>, analyzer: &mut Analyzer) -> Vec<Match> {
        self.find_in(text, language, analyzer, false)
    }

    /// Every match in a title.
    pub(super) fn find_in_title(&self, text: &str, language: Option<Language>, analyzer: &mut Analyzer) -> Vec<Match> {
        self.find_in(text, language, analyzer, true)
    }

    fn find_in(&self, text: &str, language: Option<Language>, analyzer: &mut Analyzer, is_title: bool) -> Vec<Match> {
        let mut found = self.find_words(text, language, analyzer);
        let first = self.words.len() + self.phrases.len();
        if !self.places.is_empty() {
            places::find(&self.places, &self.languages, first, text, language, is_title, &mut found);
            found.sort_by_key(|found| (found.range.start, std::cmp::Reverse(found.range.end)));
        }
        found
    }

    fn find_words(&self, text: &str, language: Option<Language>, analyzer: &mut Analyzer) -> Vec<Match> {
        if self.words.is_empty() && self.phrases.is_empty() {
            return Vec::new();
        }
        // Where a stem keeps the first letter of its word, most words of a text can be passed over by one look at their
        // first byte.
        let keeps_beginnings = language.is_none_or(Language::keeps_beginnings);
        let mut first_bytes = [!keeps_beginnings; 256];
        let mut exact: HashMap<&str, usize> = HashMap::new();
        let mut stems: HashMap<String, usize> = HashMap::new();
        for (index, word) in self.words.iter().enumerate() {
            exact.entry(&word.folded).or_insert(index);
            stems.entry(analyzer.stem(&word.folded, language).to_string()).or_insert(index);
            first_bytes[usize::from(word.folded.as_bytes().first().copied().unwrap_or(0))] = true;
        }
        let mut phrases = PhraseFinder::new(&self.phrases, self.words.len());
        let mut found = Vec::new();
        for_each_word(text, |range, folded| {
            phrases.step(&range, folded, &mut found);
            let first = folded.as_bytes().first().copied().unwrap_or(0);
            if !first_bytes[usize::from(first)] {
                return;
            }
            if let Some(&what) = exact.get(folded) {
                found.push(Match { range, what, worth: 1.0 });
            } else if let Some(&what) = stems.get(analyzer.stem(folded, language)) {
                found.push(Match { range, what, worth: STEM });
            }
        });
        found.sort_by_key(|found| (found.range.start, std::cmp::Reverse(found.range.end)));
        found
    }
}

/// Walks the words of a text and notices phrases as their last word goes by.
struct PhraseFinder<'a> {
    /// Number of the first phrase among all that is wanted.
    base: usize,
    /// A number for each word of any phrase.
    numbers: HashMap<&'a str, u32>,
    spelled: Vec<Vec<u32>>,
    /// The last words seen: their numbers (none for a word of no phrase) and where they start.
    recent: VecDeque<(Option<u32>, usize)>,
    longest: usize,
}

impl<'a> PhraseFinder<'a> {
    fn new(phrases: &'a [WantedPhrase], base: usize) -> Self {
        let mut numbers = HashMap::new();
        let spelled = phrases
            .iter()
            .map(|phrase| {
                let number = |word: &'a String| {
                    let next = numbers.len() as u32;
                    *numbers.entry(word.as_str()).or_insert(next)
                };
                phrase.words.iter().map(number).collect()
            })
            .collect();
        let longest = phrases.iter().map(|phrase| phrase.words.len()).max().unwrap_or(0);
        PhraseFinder { base, numbers, spelled, recent: VecDeque::with_capacity(longest + 1), longest }
    }

    fn step(&mut self, range: &Range<usize>, folded: &str, found: &mut Vec<Match>) {
        if self.longest == 0 {
            return;
        }
        if self.recent.len() == self.longest {
            self.recent.pop_front();
        }
        let number = self.numbers.get(folded).copied();
        self.recent.push_back((number, range.start));
        let Some(number) = number else { return };
        for (index, spelled) in self.spelled.iter().enumerate() {
            if spelled.last() != Some(&number) || spelled.len() > self.recent.len() {
                continue;
            }
            let from = self.recent.len() - spelled.len();
            if self.recent.iter().skip(from).zip(spelled).all(|((seen, _), wanted)| *seen == Some(*wanted)) {
                let start = self.recent.get(from).map_or(range.start, |(_, start)| *start);
                found.push(Match { range: start..range.end, what: self.base + index, worth: 1.0 });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(words: &[&str], phrases: &[&[&str]]) -> Wanted {
        Wanted {
            words: words.iter().map(|w| WantedWord { folded: w.to_string(), weight: 1.0 }).collect(),
            phrases: phrases
                .iter()
                .map(|p| WantedPhrase { words: p.iter().map(|w| w.to_string()).collect(), weight: 2.0 })
                .collect(),
            ..Wanted::default()
        }
    }

    fn found<'t>(wanted: &Wanted, text: &'t str) -> Vec<&'t str> {
        let matches = wanted.find(text, Some(Language::ENGLISH), &mut Analyzer::new());
        matches.into_iter().map(|found| &text[found.range]).collect()
    }

    #[test]
    fn words_match_by_stem_and_are_marked_whole() {
        assert_eq!(found(&wanted(&["sail"], &[]), "She sails; he sailed. A sailor!"), ["sails", "sailed"]);
    }

    #[test]
    fn words_match_though_their_stems_begin_otherwise() {
        let (text, language) = ("membaca buku", "id".parse().ok());
        let found = wanted(&["baca"], &[]).find(text, language, &mut Analyzer::new());
        assert_eq!(found.first().map(|found| &text[found.range.clone()]), Some("membaca"));
    }

    #[test]
    fn phrases_match_as_one_and_only_in_order() {
        let wanted = wanted(&[], &[&["left", "open"]]);
        assert_eq!(
            found(&wanted, "Left, open and “left open”; open left, left\u{a0}open."),
            ["Left, open", "left open", "left\u{a0}open"]
        );
    }

    #[test]
    fn a_phrase_of_repeated_words_is_found_where_it_overlaps_itself() {
        assert_eq!(found(&wanted(&[], &[&["no", "no"]]), "no no no").len(), 2);
    }
}
