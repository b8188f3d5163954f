//! The index's own words: their frequencies, and the terms that stand for a word in each language present.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use crate::backend::bm25::idf;
use crate::backend::clause::TextField;
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::passages::slot::{Expansion, Languages, last_bit};
use crate::text::{Analyzer, Language, Script, is_stemmed};

/// A term of the stemmed field, and where it stands as the engine knows it.
#[derive(Clone, Debug)]
pub(crate) struct StemTerm<T> {
    pub(crate) text: String,
    /// The number of documents with the stem.
    pub(crate) documents: u64,
    pub(crate) posted: T,
}

/// One word of a question in the index: the terms that stand for it, the commonest first.
#[derive(Clone, Debug)]
pub(crate) struct WordTerms<T> {
    pub(crate) folded: String,
    pub(crate) stems: Vec<StemTerm<T>>,
    /// The inverse document frequency of all its terms together, as in BM25.
    pub(crate) idf: f32,
}

/// A word of the index that ends with another, and the languages in which it is a compound.
#[derive(Clone, Debug)]
pub(crate) struct Compound {
    pub(crate) word: String,
    pub(crate) languages: Languages,
    /// The documents in these languages that have it.
    pub(crate) documents: u64,
}

impl Compound {
    /// The order of compounds: the most frequent first.
    pub(crate) fn rank(&self) -> (Reverse<u64>, &str) {
        (Reverse(self.documents), &self.word)
    }
}

/// Words of the index with the numbers of their documents.
pub(crate) type WordCounts = Vec<(String, u64)>;

pub(crate) struct Vocabulary<'a, B> {
    backend: &'a B,
    documents: u64,
    /// The variants of words. Finding them costs a walk through the words of the index, and a question without an
    /// answer is compiled several times.
    pub(crate) known_variants: RefCell<HashMap<(String, bool), WordCounts>>,
    /// The compounds of words, kept for the same reason.
    pub(crate) known_compounds: RefCell<HashMap<String, Vec<Compound>>>,
    /// The words of the stems of words in documents of no recognised language, kept for the same reason.
    pub(crate) known_untold: RefCell<HashMap<String, WordCounts>>,
    /// The words of patterns, by field and typed text, kept for the same reason.
    pub(crate) known_patterns: RefCell<HashMap<(TextField, String), Arc<Expansion>>>,
    /// The number of words of the index that patterns, and words of documents in no recognised language, have looked at.
    pub(crate) looked_at: Cell<usize>,
    /// The living documents of a language that have a word.
    known_living: RefCell<HashMap<(String, Language), u64>>,
}

impl<'a, B: Backend> Vocabulary<'a, B> {
    pub(crate) fn new(backend: &'a B) -> Vocabulary<'a, B> {
        Vocabulary {
            backend,
            documents: backend.documents(),
            known_variants: RefCell::default(),
            known_compounds: RefCell::default(),
            known_untold: RefCell::default(),
            known_patterns: RefCell::default(),
            looked_at: Cell::default(),
            known_living: RefCell::default(),
        }
    }

    /// The snapshot that the words are from.
    pub(crate) fn backend(&self) -> &'a B {
        self.backend
    }

    /// The codes of the languages that have a bit of their own, in the order of the bits.
    pub(crate) fn bit_codes(&self) -> Vec<String> {
        let most = Languages::BITS as usize - 1;
        self.backend.languages().iter().take(most).map(|(language, _)| language.code().to_string()).collect()
    }

    /// Each language of the index with its bit, and last the documents in no language. Languages past the last bit
    /// share it; no archive has that many.
    pub(crate) fn bits(&self) -> impl Iterator<Item = (Option<Language>, Languages)> {
        let most = Languages::BITS as usize - 1;
        let own = self
            .backend
            .languages()
            .iter()
            .take(most)
            .enumerate()
            .map(|(at, (language, _))| (Some(*language), 1 << at));
        own.chain([(None, last_bit())])
    }

    /// Documents in the index.
    pub(crate) fn documents(&self) -> u64 {
        self.documents
    }

    /// The terms that stand for a folded word in the languages of the index.
    pub(crate) fn word(&self, analyzer: &mut Analyzer, folded: &str) -> Result<WordTerms<B::Posted>> {
        let mut stems: Vec<StemTerm<B::Posted>> = Vec::new();
        let told: u64 = self.backend.languages().iter().map(|(_, documents)| documents).sum();
        let untold = (told < self.documents || self.backend.languages().is_empty()).then_some(None);
        let languages = self.backend.languages().iter().map(|(language, _)| Some(*language)).chain(untold);
        for language in languages {
            let stem = analyzer.stem(folded, language);
            if stems.iter().all(|known| known.text != stem) {
                let text = stem.to_string();
                let (posted, documents) = self.backend.stem(&text)?;
                stems.push(StemTerm { text, documents, posted });
            }
        }
        stems.sort_by_key(|stem| Reverse(stem.documents));
        // A term that no document has is kept only if there is no other.
        let present = stems.iter().filter(|stem| stem.documents > 0).count();
        stems.truncate(present.max(1));
        let with_word = stems.iter().map(|stem| stem.documents).sum();
        Ok(WordTerms { folded: folded.to_string(), stems, idf: idf(self.documents, with_word) })
    }

    /// The stems of a word with marks in the languages of the index, those that a document has.
    pub(crate) fn marked(&self, analyzer: &mut Analyzer, marked: &str) -> Result<Vec<StemTerm<B::Posted>>> {
        let mut stems: Vec<StemTerm<B::Posted>> = Vec::new();
        let languages = self.backend.languages().iter().map(|(language, _)| Some(*language)).chain([None]);
        for language in languages {
            let Some(text) = analyzer.marked_stem(marked, language) else { continue };
            if stems.iter().all(|known| known.text != text) {
                let (posted, documents) = self.backend.stem(&text)?;
                stems.push(StemTerm { text, documents, posted });
            }
        }
        stems.retain(|stem| stem.documents > 0);
        Ok(stems)
    }

    /// The language that documents of no recognised language are taken to be in, where a word's script is theirs: the
    /// commonest of the script in the index. None if it is English, in which they are stemmed, or has no stems.
    pub(crate) fn taken_for(&self, folded: &str) -> Option<Language> {
        let told: u64 = self.backend.languages().iter().map(|(_, documents)| documents).sum();
        let script = Script::of(folded);
        let commonest = self.backend.languages().iter().map(|(language, _)| *language);
        let language = commonest.into_iter().find(|language| language.script() == script)?;
        (told < self.documents && language != Language::ENGLISH && is_stemmed(Some(language))).then_some(language)
    }

    /// Tells which frequencies of a field are going to be asked for.
    pub(crate) fn expect<'t>(&self, field: TextField, terms: impl IntoIterator<Item = &'t String>) -> Result<()> {
        self.backend.expect(|| terms.into_iter().map(|term| (field, term.clone())).collect())
    }

    /// The number of living documents with exactly this folded word.
    pub(crate) fn exact_frequency(&self, folded: &str) -> Result<u64> {
        self.backend.frequency(TextField::Words, folded)
    }

    /// The number of living documents of a language with exactly this folded word.
    pub(crate) fn living(&self, folded: &str, language: Language) -> Result<u64> {
        let key = (folded.to_string(), language);
        if let Some(known) = self.known_living.borrow().get(&key) {
            return Ok(*known);
        }
        let documents = self.backend.living(folded, language)?;
        self.known_living.borrow_mut().insert(key, documents);
        Ok(documents)
    }
}
