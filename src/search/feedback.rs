//! Pseudo relevance feedback: re-ranks by words of the best documents that a question did not name.
//!
//! The ten best documents mostly have in common what was asked for. So other words that they say often, and most
//! documents do not, tell good candidates from bad ones: Rocchio, "Relevance feedback in information retrieval" (1971),
//! without his negative part, with documents weighed by their score as in RM3 (Abdul-Jaleel et al., "UMass at TREC
//! 2004: Novelty and HARD"). Three guards keep a question from drifting: a word must stand in two of the documents and
//! in at most a tenth of the index; these words have an eighth of the score; and they only reorder candidates that the
//! question found itself. Feedback never adds a document.

use std::collections::HashMap;

use crate::document::Document;
use crate::error::Result;
use crate::text::{Analyzer, Grams, Language, Spaceless, floor, for_each_word};

use crate::backend::bm25::idf;

/// The best documents that are read for their words.
pub(crate) const DOCUMENTS: usize = 10;
/// The fewest documents that have something in common worth knowing.
pub(crate) const ENOUGH: usize = 3;
/// The fewest different words of a question for feedback. A person who types fewer has chosen them, and waits for the
/// answer.
pub(crate) const WORDS: usize = 6;
/// The words that are taken from the documents.
const TERMS: usize = 12;
/// The most frequent words that are looked up in the index.
const LOOKED_UP: usize = 40;
/// The fewest of the documents read that must have a word.
const SHARED_BY: u32 = 2;
/// A word that more than one document in this number has says nothing.
const COMMON: u64 = 10;
/// The bytes of a document that are read. Its opening says what it is about, and the cost of an answer must not depend
/// on whether there is a book in the archive.
const READ: usize = 2_000;

/// The stems of documents with their weights.
#[derive(Default)]
pub(crate) struct Feedback {
    stems: HashMap<String, Count>,
    read: u32,
}

struct Count {
    /// The sum of its occurrences, each weighed by its document.
    weight: f32,
    documents: u32,
    /// The last document that had it, so that each document is counted once.
    last: u32,
}

impl Feedback {
    /// Counts the stems of a document; `share` is its score as a share of the best one's, and `tells_nothing` knows the
    /// words of a language that tell nothing.
    pub(crate) fn read(
        &mut self,
        document: &Document,
        share: f32,
        analyzer: &mut Analyzer,
        mut tells_nothing: impl FnMut(&str, Language) -> bool,
    ) {
        self.read += 1;
        let (language, number) = (document.language, self.read);
        let text = document.text.get(..floor(&document.text, READ)).unwrap_or_default();
        for text in [document.title.as_deref().unwrap_or_default(), text] {
            let mut grams = Grams::default();
            for_each_word(text, |range, folded| {
                if let Some((_, gram)) = grams.step(&range, folded) {
                    self.count(gram, share, number);
                }
                // A character of a script without spaces is no word: its grams are.
                if Spaceless::of(folded).is_some() {
                    return;
                }
                let figures = folded.bytes().all(|byte| byte.is_ascii_digit());
                if figures || language.is_some_and(|language| tells_nothing(folded, language)) {
                    return;
                }
                let stem = analyzer.stem(folded, language);
                // Two letters are too ambiguous.
                if stem.len() > 2 {
                    self.count(stem, share, number);
                }
            });
        }
    }

    fn count(&mut self, stem: &str, share: f32, number: u32) {
        match self.stems.get_mut(stem) {
            Some(count) => {
                count.weight += share;
                count.documents += u32::from(count.last != number);
                count.last = number;
            }
            None => {
                self.stems.insert(stem.to_string(), Count { weight: share, documents: 1, last: number });
            }
        }
    }

    /// The most telling stems with their weights; the first has a weight of 1. `frequency` returns the number of
    /// documents with a stem, out of all `documents`.
    pub(crate) fn terms(
        self,
        documents: u64,
        mut frequency: impl FnMut(&str) -> Result<u64>,
    ) -> Result<Vec<(String, f32)>> {
        let mut stems: Vec<(String, f32)> = self
            .stems
            .into_iter()
            .filter(|(_, count)| count.documents >= SHARED_BY)
            .map(|(stem, count)| (stem, count.weight))
            .collect();
        sort(&mut stems);
        stems.truncate(LOOKED_UP);
        let mut terms = Vec::new();
        for (stem, weight) in stems {
            let with_stem = frequency(&stem)?;
            if with_stem > 0 && with_stem.saturating_mul(COMMON) <= documents {
                terms.push((stem, weight * idf(documents, with_stem)));
            }
        }
        sort(&mut terms);
        terms.truncate(TERMS);
        let most = terms.first().map_or(1.0, |(_, weight)| *weight);
        terms.iter_mut().for_each(|(_, weight)| *weight /= most);
        Ok(terms)
    }
}

/// Sorts by weight, the heaviest first, and by letters where weights are equal: a hash table has no order of its own.
fn sort(terms: &mut [(String, f32)]) {
    terms.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::text::is_stop_word;

    fn terms(texts: &[&str], documents: u64, frequency: impl FnMut(&str) -> Result<u64>) -> Vec<(String, f32)> {
        let mut feedback = Feedback::default();
        for text in texts {
            let document = Document::new("d", *text).language(Language::ENGLISH);
            feedback.read(&document, 1.0, &mut Analyzer::new(), is_stop_word);
        }
        feedback.terms(documents, frequency).unwrap()
    }

    #[test]
    fn rare_words_that_documents_share_come_first() {
        let texts = ["The ferry and the harbours, the harbour.", "A harbour, a ferry, 1987.", "Only here: lighthouse."];
        let found = terms(&texts, 1000, |stem| Ok(if stem == "ferri" { 90 } else { 5 }));
        let names: Vec<&str> = found.iter().map(|(stem, _)| stem.as_str()).collect();
        assert_eq!(names, ["harbour", "ferri"], "no stop words, no figures, nothing that only one document has");
        assert!((found[0].1 - 1.0).abs() < 1e-6 && found[1].1 < 0.5, "{found:?}");
    }

    #[test]
    fn words_common_in_the_index_and_words_it_does_not_have_are_left_out() {
        let texts = ["mayor council", "mayor council"];
        assert!(terms(&texts, 100, |stem| Ok(if stem == "mayor" { 11 } else { 0 })).is_empty());
    }

    #[test]
    fn equal_weights_are_in_order_of_letters() {
        let texts = ["delta charlie bravo alpha", "alpha bravo charlie delta"];
        let names: Vec<String> = terms(&texts, 1000, |_| Ok(3)).into_iter().map(|(stem, _)| stem).collect();
        assert_eq!(names, ["alpha", "bravo", "charli", "delta"]);
    }
}
