//! The index's own words: how often a word occurs, and which terms stand for it in each language present.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use tantivy::Searcher;
use tantivy::schema::{Field, Term};

use crate::error::Result;
use crate::index::record::schema::Fields;
use crate::index::scoring::stem_query::Posted;
use crate::index::snapshot::bm25::idf;
use crate::index::snapshot::view::View;
use crate::index::storage::error::Doing;
use crate::passages::slot::last_bit;
use crate::passages::slot::{Expansion, Languages};
use crate::text::{Analyzer, Language, is_remnant, is_stop_word};

/// A term of the stemmed field, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct StemTerm {
    pub(crate) text: String,
    pub(crate) posted: Posted,
}

/// One word of a question as the index knows it: the terms that stand for it, the commonest first.
#[derive(Clone, Debug)]
pub(crate) struct WordTerms {
    pub(crate) folded: String,
    pub(crate) stems: Vec<StemTerm>,
    /// Inverse document frequency of all its terms together, as in BM25.
    pub(crate) idf: f32,
}

pub(crate) struct Vocabulary<'a> {
    view: &'a View,
    documents: u64,
    /// Variants of words, which cost a walk through the words of the index, by the word: a question is read several
    /// times where nothing answers it.
    pub(crate) known_variants: RefCell<HashMap<String, Vec<(String, u64)>>>,
    /// What patterns mean, by field and what was typed, for the same reason.
    pub(crate) known_patterns: RefCell<HashMap<(Field, String), Arc<Expansion>>>,
    /// How many words have been looked at for them.
    pub(crate) looked_at: Cell<usize>,
}

impl<'a> Vocabulary<'a> {
    pub(crate) fn new(view: &'a View) -> Vocabulary<'a> {
        Vocabulary {
            view,
            documents: view.searcher.num_docs(),
            known_variants: RefCell::default(),
            known_patterns: RefCell::default(),
            looked_at: Cell::default(),
        }
    }

    /// The state of the index whose words these are.
    pub(crate) fn view(&self) -> &'a View {
        self.view
    }

    pub(crate) fn searcher(&self) -> &Searcher {
        &self.view.searcher
    }

    pub(crate) fn fields(&self) -> Fields {
        self.view.fields
    }

    /// The languages that have a bit of their own, in the order of the bits, as codes.
    pub(crate) fn bit_codes(&self) -> Vec<String> {
        let most = Languages::BITS as usize - 1;
        self.view.languages.iter().take(most).map(|(language, _)| language.code().to_string()).collect()
    }

    /// Each language of the index with its bit, and last the documents in none. Languages past the last bit share it:
    /// no archive has so many.
    pub(crate) fn bits(&self) -> impl Iterator<Item = (Option<Language>, Languages)> {
        let most = Languages::BITS as usize - 1;
        let own =
            self.view.languages.iter().take(most).enumerate().map(|(at, (language, _))| (Some(*language), 1 << at));
        own.chain([(None, last_bit())])
    }

    /// Words that a document has on the average in a field.
    pub(crate) fn average_length(&self, field: Field) -> Result<f32> {
        let mut tokens = 0;
        for segment in self.view.searcher.segment_readers() {
            tokens += segment.inverted_index(field).doing("cannot read the index")?.total_num_tokens();
        }
        Ok(tokens as f32 / self.documents.max(1) as f32)
    }

    /// Documents in the index.
    pub(crate) fn documents(&self) -> u64 {
        self.documents
    }

    /// The terms that stand for a folded word in the languages of the index.
    pub(crate) fn word(&self, analyzer: &mut Analyzer, folded: &str) -> Result<WordTerms> {
        let mut stems: Vec<StemTerm> = Vec::new();
        let told: u64 = self.view.languages.iter().map(|(_, documents)| documents).sum();
        let untold = (told < self.documents || self.view.languages.is_empty()).then_some(None);
        let languages = self.view.languages.iter().map(|(language, _)| Some(*language)).chain(untold);
        for language in languages {
            let stem = analyzer.stem(folded, language);
            if stems.iter().all(|known| known.text != stem) {
                let text = stem.to_string();
                let term = Term::from_field_text(self.view.fields.stems, &text);
                let posted = Posted::look_up(self.view, &term).doing("cannot read the index")?;
                stems.push(StemTerm { text, posted });
            }
        }
        stems.sort_by_key(|stem| std::cmp::Reverse(stem.posted.documents));
        // A term that no document has is only worth keeping where it is all there is.
        let present = stems.iter().filter(|stem| stem.posted.documents > 0).count();
        stems.truncate(present.max(1));
        let with_word = stems.iter().map(|stem| stem.posted.documents).sum();
        Ok(WordTerms { folded: folded.to_string(), stems, idf: idf(self.documents, with_word) })
    }

    /// In how many documents a folded word occurs just so.
    pub(crate) fn exact_frequency(&self, folded: &str) -> Result<u64> {
        self.frequency(self.view.fields.words, folded)
    }

    /// In how many documents a term of a field occurs.
    pub(crate) fn frequency(&self, field: Field, term: &str) -> Result<u64> {
        self.view.searcher.doc_freq(&Term::from_field_text(field, term)).doing("cannot read the index")
    }

    /// Which of the folded words carry no meaning in the language the question seems to be in: the language of the
    /// index with the most of them on its list, the commoner language where two tie. None where all would go. Each word
    /// comes with whether it stands beside an apostrophe: only there can it be what one leaves of a word.
    pub(crate) fn stop_words(&self, words: &[(&str, bool)]) -> Vec<bool> {
        let of = |language: Language| {
            words.iter().map(move |(word, apostrophe)| {
                is_stop_word(word, language) && (*apostrophe || !is_remnant(word, language))
            })
        };
        let mut best: Option<(usize, Language)> = None;
        for (language, _) in &self.view.languages {
            let count = of(*language).filter(|stop| *stop).count();
            if count > best.map_or(0, |(count, _)| count) {
                best = Some((count, *language));
            }
        }
        match best {
            Some((count, language)) if count < words.len() => of(language).collect(),
            _ => vec![false; words.len()],
        }
    }
}
