//! Finds the terms of a question in a text.
//!
//! This module works on text alone, so passages and highlights are the same whichever engine found the document.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use super::match_intervals;
use super::query_terms::{Match, QueryTerms, WantedPhrase};
use crate::text::{Analyzer, Grams, Language, for_each_word};

/// The worth of a word of the same stem, compared with 1 for the very word.
const STEM: f32 = 0.9;

/// All matches in the text, in the order of their beginnings.
pub(crate) fn matches(
    wanted: &QueryTerms,
    text: &str,
    language: Option<Language>,
    analyzer: &mut Analyzer,
) -> Vec<Match> {
    find_in(wanted, text, language, analyzer, false)
}

/// All matches in a title.
pub(crate) fn title_matches(
    wanted: &QueryTerms,
    text: &str,
    language: Option<Language>,
    analyzer: &mut Analyzer,
) -> Vec<Match> {
    find_in(wanted, text, language, analyzer, true)
}

fn find_in(
    wanted: &QueryTerms,
    text: &str,
    language: Option<Language>,
    analyzer: &mut Analyzer,
    is_title: bool,
) -> Vec<Match> {
    let mut found = find_words(wanted, text, language, analyzer);
    let first = wanted.words.len() + wanted.phrases.len();
    if !wanted.places.is_empty() {
        found.extend(match_intervals::find(&wanted.places, &wanted.languages, first, text, language, is_title));
        found.sort_by_key(|found| (found.range.start, std::cmp::Reverse(found.range.end)));
    }
    found
}

fn find_words(wanted: &QueryTerms, text: &str, language: Option<Language>, analyzer: &mut Analyzer) -> Vec<Match> {
    if wanted.words.is_empty() && wanted.phrases.is_empty() {
        return Vec::new();
    }
    // Where a stem keeps the first letter of its word, one look at the first byte rules out most words of a text.
    let keeps_beginnings = language.is_none_or(Language::keeps_beginnings);
    let mut first_bytes = [!keeps_beginnings; 256];
    let mut exact: HashMap<&str, usize> = HashMap::new();
    let mut stems: HashMap<String, usize> = HashMap::new();
    for (index, word) in wanted.words.iter().enumerate() {
        exact.entry(&word.folded).or_insert(index);
        stems.entry(analyzer.stem(&word.folded, language).to_string()).or_insert(index);
        for word in std::iter::once(&word.folded).chain(&word.stems) {
            first_bytes[usize::from(word.as_bytes().first().copied().unwrap_or(0))] = true;
        }
    }
    // A document is marked by every stem that finds it, also by that of another language. The stem in its own language
    // comes first.
    for (index, word) in wanted.words.iter().enumerate() {
        for stem in &word.stems {
            stems.entry(stem.clone()).or_insert(index);
        }
    }
    let mut phrases = PhraseFinder::new(&wanted.phrases, wanted.words.len());
    let (mut found, mut grams) = (Vec::new(), Grams::default());
    for_each_word(text, |range, folded| {
        if let Some((range, gram)) = grams.step(&range, folded)
            && let Some(&what) = exact.get(gram)
        {
            found.push(Match { range, what, worth: 1.0 });
        }
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

/// Walks the words of a text and reports a phrase when its last word goes by.
struct PhraseFinder<'a> {
    /// The number of the first phrase among all terms.
    base: usize,
    /// A number for each word of any phrase.
    numbers: HashMap<&'a str, u32>,
    spelled: Vec<Vec<u32>>,
    /// The last words seen: their numbers (none for a word of no phrase), and the bytes at which they begin.
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
    use crate::passages::query_terms::WantedWord;

    fn wanted(words: &[&str], phrases: &[&[&str]]) -> QueryTerms {
        QueryTerms {
            words: words.iter().map(|w| WantedWord { folded: w.to_string(), stems: Vec::new(), weight: 1.0 }).collect(),
            phrases: phrases
                .iter()
                .map(|p| WantedPhrase { words: p.iter().map(|w| w.to_string()).collect(), weight: 2.0 })
                .collect(),
            ..QueryTerms::default()
        }
    }

    fn found<'t>(wanted: &QueryTerms, text: &'t str) -> Vec<&'t str> {
        let matches = matches(wanted, text, Some(Language::ENGLISH), &mut Analyzer::new());
        matches.into_iter().map(|found| &text[found.range]).collect()
    }

    #[test]
    fn words_match_by_stem_and_are_marked_whole() {
        assert_eq!(found(&wanted(&["sail"], &[]), "She sails; he sailed. A sailor!"), ["sails", "sailed"]);
    }

    #[test]
    fn words_match_though_their_stems_begin_otherwise() {
        let (text, language) = ("membaca buku", "id".parse().ok());
        let found = matches(&wanted(&["baca"], &[]), text, language, &mut Analyzer::new());
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
