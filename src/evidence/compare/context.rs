//! What a comparison knows besides the two texts.

use std::cell::RefCell;

use super::figures::Numerals;
use super::negation::Negations;
use crate::text::{Analyzer, Language, fold, is_stop_word};

/// What an archive knows of words.
pub(crate) trait Lexicon {
    /// How many documents have a word, however it is written.
    fn documents(&self, key: &str) -> u64;
    /// Whether the archive mostly writes a word with a capital letter.
    fn is_capitalised(&self, key: &str) -> bool;
}

/// The languages of a comparison, and what they make of words.
pub(crate) struct Context<'a> {
    pub(crate) language: Option<Language>,
    pub(crate) negations: Negations,
    pub(crate) numerals: Numerals,
    pub(crate) lexicon: &'a dyn Lexicon,
    stems: &'a RefCell<Analyzer>,
}

impl<'a> Context<'a> {
    /// What is known of a document's language, and of the quote's.
    pub(crate) fn new(
        document: Option<Language>,
        quote: Option<Language>,
        lexicon: &'a dyn Lexicon,
        stems: &'a RefCell<Analyzer>,
    ) -> Context<'a> {
        let languages: Vec<Option<Language>> = match (document, quote) {
            (None, None) => vec![None],
            (document, quote) => document.into_iter().chain(quote).map(Some).collect(),
        };
        let language = document.or(quote);
        let (negations, numerals) = (Negations::of(&languages), Numerals::of(&languages));
        Context { language, negations, numerals, lexicon, stems }
    }

    /// Returns whether two words have one stem.
    pub(crate) fn same_stem(&self, a: &str, b: &str) -> bool {
        let stem = |word: &str| -> String {
            let word = fold(word.trim_end_matches("'s"));
            self.stems.borrow_mut().stem(&word, self.language).to_string()
        };
        stem(a) == stem(b)
    }

    /// Returns whether a word is too common to tell anything.
    pub(crate) fn is_common(&self, key: &str) -> bool {
        is_stop_word(&fold(key), self.language.unwrap_or(Language::ENGLISH))
    }
}
