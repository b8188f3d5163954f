//! The words of a question as clauses of the engine: what stands for a word in each language, in other letters, and by
//! the user's own list.

use tantivy::query::{BoostQuery, PhraseQuery, Query as EngineQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};

use super::compiler::{Compiler, any_of, everything};
use super::intervals::{LONGEST_PHRASE, Words, also, cut_short};
use super::spelling::RARE;
use super::typed_word::{OtherForm, TypedWord};
use super::vocabulary::WordTerms;
use crate::error::Result;
use crate::index::scoring::stem_query::Stem;
use crate::index::snapshot::bm25::idf;
use crate::passages::query_terms::{WantedPhrase, WantedWord};
use crate::query::Node;
use crate::text::tokens;

/// Rare words that are looked up in other letters, for one question.
const MOST_LOOKED_UP: usize = 3;

impl Compiler<'_> {
    /// A typed word, as its one word or, where it is several, as a phrase; and written the other way.
    pub(crate) fn words(&mut self, typed: TypedWord) -> Result<Box<dyn EngineQuery>> {
        let mut clauses = self.synonyms(&typed.words)?;
        match typed.words.as_slice() {
            [] => {}
            [word] => self.word_clauses(word, &mut clauses)?,
            _ => clauses.push(self.phrase_of(typed.words)?),
        }
        if let Some(other) = typed.other.as_ref().filter(|other| !matches!(other, OtherForm::Compound(_))) {
            self.other_form(other, &mut clauses)?;
        }
        Ok(any_of(clauses))
    }

    /// A name of letters and figures as others write it, where the index has it so.
    pub(crate) fn other_form(&mut self, other: &OtherForm, clauses: &mut Vec<Box<dyn EngineQuery>>) -> Result<()> {
        match other {
            OtherForm::Joined(word) | OtherForm::Compound(word) => {
                if self.vocabulary.exact_frequency(word)? > 0 {
                    self.stem_clauses(word, clauses)?;
                }
            }
            OtherForm::Apart(words) => {
                for word in words {
                    if self.vocabulary.exact_frequency(word)? == 0 {
                        return Ok(());
                    }
                }
                clauses.push(self.phrase_of(words.to_vec())?);
            }
        }
        Ok(())
    }

    /// What the user holds to be the same as these folded words.
    pub(crate) fn synonyms(&mut self, words: &[String]) -> Result<Vec<Box<dyn EngineQuery>>> {
        let mut clauses = Vec::new();
        for other in self.synonyms.others(words) {
            match other.as_slice() {
                [word] => self.word_clauses(word, &mut clauses)?,
                _ => clauses.push(self.phrase_of(other.clone())?),
            }
        }
        if !clauses.is_empty() {
            self.notes.push(also(self.synonyms, words));
        }
        Ok(clauses)
    }

    /// The same name in other letters, where it is hardly known as typed.
    pub(crate) fn variants(&mut self, terms: &WordTerms, clauses: &mut Vec<Box<dyn EngineQuery>>) -> Result<()> {
        let documents: u64 = terms.stems.iter().map(|stem| stem.posted.documents).sum();
        if documents > RARE || self.negations > 0 || self.looked_up >= MOST_LOOKED_UP {
            return Ok(());
        }
        self.looked_up += 1;
        let variants = self.vocabulary.variants(&terms.folded)?;
        if documents == 0 && variants.is_empty() {
            self.missing.push(terms.folded.clone());
        }
        if variants.is_empty() {
            return Ok(());
        }
        let together = variants.iter().map(|(_, documents)| documents).sum();
        for (variant, documents) in &variants {
            let term = Term::from_field_text(self.fields.words, variant);
            let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            let (all, own) = (self.vocabulary.documents(), *documents);
            let share = idf(all, together) / idf(all, own).max(f32::MIN_POSITIVE);
            clauses.push(Box::new(BoostQuery::new(query, share)));
            if self.wanted.words.iter().all(|word| word.folded != *variant) {
                self.wanted.words.push(WantedWord {
                    folded: variant.clone(),
                    stems: Vec::new(),
                    weight: idf(all, together),
                });
            }
        }
        let names: Vec<&str> = variants.iter().map(|(variant, _)| variant.as_str()).collect();
        self.notes.push(format!(
            "{} is in {}: {} searched along, the same name in other letters; ={0} finds it only as typed",
            terms.folded,
            match documents {
                0 => "no document".to_string(),
                1 => "1 document".to_string(),
                documents => format!("{documents} documents"),
            },
            names.join(", "),
        ));
        Ok(())
    }

    /// A folded word as clauses of which any one finds it.
    pub(crate) fn word_clauses(&mut self, folded: &str, clauses: &mut Vec<Box<dyn EngineQuery>>) -> Result<()> {
        let terms = self.stem_clauses(folded, clauses)?;
        self.variants(&terms, clauses)
    }

    /// The terms that stand for a folded word, each as a clause.
    fn stem_clauses(&mut self, folded: &str, clauses: &mut Vec<Box<dyn EngineQuery>>) -> Result<WordTerms> {
        let terms = self.vocabulary.word(self.analyzer, folded)?;
        self.want(&terms);
        let documents = self.vocabulary.documents();
        for stem in &terms.stems {
            let term = Term::from_field_text(self.fields.stems, &stem.text);
            // All terms of a word weigh what the word weighs: a form that is rare only because its language is rare in
            // this archive would otherwise come first.
            let own = idf(documents, stem.posted.documents);
            let boost = if terms.stems.len() == 1 || own <= 0.0 { 1.0 } else { terms.idf / own };
            clauses.push(Box::new(Stem { term, boost, posted: stem.posted.clone() }));
        }
        Ok(terms)
    }

    /// Words with a place.
    pub(crate) fn placed(&mut self, node: &Node, in_title: bool) -> Result<Box<dyn EngineQuery>> {
        let mut words = Words { vocabulary: self.vocabulary, analyzer: self.analyzer, synonyms: self.synonyms };
        let Some(placement) = self.placer.placement(&mut words, node, in_title)? else { return Ok(everything()) };
        if self.negations == 0 {
            let wanted = placement.wanted(in_title);
            if !self.wanted.places.contains(&wanted) {
                self.wanted.places.push(wanted);
                self.wanted.languages = self.vocabulary.bit_codes();
            }
        }
        placement.query(&words, self.fields.words, in_title)
    }

    pub(crate) fn want(&mut self, terms: &WordTerms) {
        if self.negations == 0 && self.wanted.words.iter().all(|word| word.folded != terms.folded) {
            let stems = terms.stems.iter().map(|stem| stem.text.clone()).collect();
            self.wanted.words.push(WantedWord { folded: terms.folded.clone(), stems, weight: terms.idf });
            self.exact.push(terms.folded.clone());
        }
    }

    pub(crate) fn phrase(&mut self, text: &str) -> Result<Box<dyn EngineQuery>> {
        let words: Vec<String> = tokens(text).into_iter().map(|token| token.text).collect();
        let mut clauses = self.synonyms(&words)?;
        clauses.push(self.phrase_of(words)?);
        Ok(any_of(clauses))
    }

    pub(crate) fn phrase_of(&mut self, mut words: Vec<String>) -> Result<Box<dyn EngineQuery>> {
        if words.len() > LONGEST_PHRASE {
            words.truncate(LONGEST_PHRASE);
            self.notes.push(cut_short());
        }
        let mut weight = 0.0;
        for word in &words {
            weight += idf(self.vocabulary.documents(), self.vocabulary.exact_frequency(word)?);
        }
        let terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(self.fields.words, word)).collect();
        if self.negations == 0 && !words.is_empty() {
            let phrase = WantedPhrase { words, weight };
            if !self.wanted.phrases.contains(&phrase) {
                self.wanted.phrases.push(phrase);
            }
        }
        Ok(match terms.as_slice() {
            [] => everything(),
            [term] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::WithFreqs)),
            _ => Box::new(PhraseQuery::new(terms)),
        })
    }
}
