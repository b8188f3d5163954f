//! The words of a question as clauses: what stands for a word in each language, in other letters, and by the user's own
//! list.

use std::collections::HashMap;

use super::expand::same_stem_in;
use super::intervals::{IntervalsCompiler, LONGEST_PHRASE, Words, also, cut_short};
use super::kindred::{compounds, umlauts};
use super::spelling::{RARE, variants};
use super::typed_word::{OtherForm, TypedWord};
use super::vocabulary::{StemTerm, Vocabulary, WordTerms};
use crate::backend::bm25::idf;
use crate::backend::clause::{Clause, Occur, Stem, TextField};
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::note::{Note, NoteKind};
use crate::passages::query_terms::{QueryTerms, WantedPhrase, WantedWord};
use crate::passages::slot::{Languages, last_bit};
use crate::query::{Node, Synonyms};
use crate::text::{Analyzer, tokens};

/// The share of a word's weight that it has without the marks it was typed with. Marks tell words apart in many
/// languages (`năm` is a year, `nam` the south); who writes without them is found last.
const UNMARKED: f32 = 0.3;
/// The weight of a compound beside the word it ends with.
const COMPOUND: f32 = 0.4;
/// Words that are looked up as the end of compounds, for one question.
const MOST_COMPOUNDED: usize = 4;
/// Names of a question that are looked up in other letters though many documents have them: of a page pasted whole, the
/// first.
const MOST_NAMES: usize = 12;
/// Rare words, and names with other spellings, that are looked up in other letters for one question.
const MOST_LOOKED_UP: usize = 3;

/// Compiles the words of one question, and notes what is looked for in texts.
pub(crate) struct WordCompiler<'a, B> {
    pub(crate) vocabulary: &'a Vocabulary<'a, B>,
    pub(crate) synonyms: &'a Synonyms,
    pub(crate) analyzer: &'a mut Analyzer,
    /// What to look for in texts.
    pub(crate) wanted: QueryTerms,
    /// Folded words whose exact form lifts a document.
    pub(crate) exact: Vec<String>,
    /// Folded words that no document has.
    pub(crate) missing: Vec<String>,
    pub(crate) notes: Vec<Note>,
    /// How many negations enclose the node at hand: what stands under one is never marked.
    pub(crate) negations: usize,
    /// Folded words that were typed with marks, each as typed in lower case.
    marked: HashMap<String, String>,
    /// How many rare words have been looked up in other letters.
    looked_up: usize,
    /// How many words have been looked up as the end of compounds.
    compounded: usize,
    pub(crate) placer: IntervalsCompiler,
}

impl<'a, B: Backend> WordCompiler<'a, B> {
    pub(crate) fn new(
        vocabulary: &'a Vocabulary<'a, B>,
        synonyms: &'a Synonyms,
        analyzer: &'a mut Analyzer,
    ) -> WordCompiler<'a, B> {
        WordCompiler {
            vocabulary,
            synonyms,
            analyzer,
            wanted: QueryTerms::default(),
            exact: Vec::new(),
            missing: Vec::new(),
            notes: Vec::new(),
            negations: 0,
            marked: HashMap::new(),
            looked_up: 0,
            compounded: 0,
            placer: IntervalsCompiler::default(),
        }
    }

    /// A typed word, as its one word or, where it is several, as a phrase; and written the other way.
    pub(crate) fn words(&mut self, typed: TypedWord) -> Result<Clause<B::Posted>> {
        self.note_marks(&typed);
        let mut clauses = self.synonyms(&typed.words)?;
        match typed.words.as_slice() {
            [] => {}
            [word] => self.word_clauses(word, &mut clauses)?,
            _ => clauses.push(self.phrase_of(typed.words)?),
        }
        if let Some(other) = typed.other.as_ref().filter(|other| !matches!(other, OtherForm::Compound(_))) {
            self.other_form(other, &mut clauses)?;
        }
        Ok(Clause::any_of(clauses))
    }

    /// Remembers which words were typed with marks.
    pub(crate) fn note_marks(&mut self, typed: &TypedWord) {
        self.marked.extend(typed.marked.iter().cloned());
    }

    /// A name of letters and figures as others write it, where the index has it so.
    pub(crate) fn other_form(&mut self, other: &OtherForm, clauses: &mut Vec<Clause<B::Posted>>) -> Result<()> {
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
    pub(crate) fn synonyms(&mut self, words: &[String]) -> Result<Vec<Clause<B::Posted>>> {
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
    fn add_variants(&mut self, terms: &WordTerms<B::Posted>, clauses: &mut Vec<Clause<B::Posted>>) -> Result<()> {
        if self.negations > 0 || self.looked_up >= MOST_LOOKED_UP {
            return Ok(());
        }
        let documents: u64 = terms.stems.iter().map(|stem| stem.documents).sum();
        let is_rare = documents <= RARE;
        if !is_rare && self.wanted.words.len() > MOST_NAMES {
            return Ok(());
        }
        let variants = variants(self.vocabulary, &terms.folded, self.marked.contains_key(&terms.folded), is_rare)?;
        self.looked_up += usize::from(is_rare || !variants.is_empty());
        if documents == 0 && variants.is_empty() {
            self.missing.push(terms.folded.clone());
        }
        if variants.is_empty() {
            return Ok(());
        }
        let together = variants.iter().map(|(_, documents)| documents).sum();
        for (variant, documents) in &variants {
            let (all, own) = (self.vocabulary.documents(), *documents);
            let share = idf(all, together) / idf(all, own).max(f32::MIN_POSITIVE);
            clauses.push(Clause::Word(variant.clone(), share));
            if self.wanted.words.iter().all(|word| word.folded != *variant) {
                self.wanted.words.push(WantedWord {
                    folded: variant.clone(),
                    stems: Vec::new(),
                    weight: idf(all, together),
                });
            }
        }
        let names: Vec<&str> = variants.iter().map(|(variant, _)| variant.as_str()).collect();
        let message = format!(
            "{} is in {}: {} searched along, the same name in other letters; ={0} finds it only as typed",
            terms.folded,
            match documents {
                0 => "no document".to_string(),
                1 => "1 document".to_string(),
                documents => format!("{documents} documents"),
            },
            names.join(", "),
        );
        self.notes.push(Note::new(NoteKind::OtherLetters, message));
        Ok(())
    }

    /// A folded word as clauses of which any one finds it.
    pub(crate) fn word_clauses(&mut self, folded: &str, clauses: &mut Vec<Clause<B::Posted>>) -> Result<()> {
        let terms = self.stem_clauses(folded, clauses)?;
        if self.negations == 0 {
            self.add_compounds(&terms, clauses)?;
        }
        self.add_untold(&terms, clauses)?;
        let marked = self.marked.get(folded).map(String::as_str);
        if let Some(other) = umlauts(self.vocabulary, folded, marked)? {
            self.stem_clauses(&other, clauses)?;
        }
        self.add_variants(&terms, clauses)
    }

    /// Compounds that end with a word, in the languages that write them as one word. They weigh less than the word.
    fn add_compounds(&mut self, terms: &WordTerms<B::Posted>, clauses: &mut Vec<Clause<B::Posted>>) -> Result<()> {
        if self.compounded >= MOST_COMPOUNDED {
            return Ok(());
        }
        self.compounded += 1;
        let compounds = compounds(self.vocabulary, self.analyzer, &terms.folded)?;
        let Some((first, others)) = compounds.split_first() else { return Ok(()) };
        let more = match others.len() {
            0 => String::new(),
            1 => " and 1 more".to_string(),
            more => format!(" and {more} more"),
        };
        let message = format!("{} is also the end of {}{more}; ={0} finds it only as typed", terms.folded, first.word);
        self.notes.push(Note::new(NoteKind::Compounds, message));
        let words = compounds.into_iter().map(|compound| (compound.word, compound.languages, compound.documents));
        self.any_word(&format!("*{}", terms.folded), words.collect(), terms.idf * COMPOUND, clauses)
    }

    /// The words of a stem in documents whose language was not recognised: these have English stems, and are taken to be
    /// in the commonest language of their script.
    fn add_untold(&mut self, terms: &WordTerms<B::Posted>, clauses: &mut Vec<Clause<B::Posted>>) -> Result<()> {
        let Some(language) = self.vocabulary.taken_for(&terms.folded) else { return Ok(()) };
        let words = same_stem_in(self.vocabulary, self.analyzer, &terms.folded, language)?;
        if words.is_empty() {
            return Ok(());
        }
        let words = words.into_iter().map(|(word, documents)| (word, last_bit(), documents)).collect();
        self.any_word(&terms.folded, words, terms.idf, clauses)
    }

    /// Any of some words of the index, each with its documents, the most frequent first. They are looked for in texts
    /// too, and have their part of the budget under the name `typed`.
    fn any_word(
        &mut self,
        typed: &str,
        words: Vec<(String, Languages, u64)>,
        idf: f32,
        clauses: &mut Vec<Clause<B::Posted>>,
    ) -> Result<()> {
        let placement = self.placer.any_word(typed, words, idf);
        if self.negations == 0 {
            self.wanted.places.push(placement.wanted(false));
            self.wanted.languages = self.vocabulary.bit_codes();
        }
        let words = Words { vocabulary: self.vocabulary, analyzer: self.analyzer, synonyms: self.synonyms };
        clauses.push(placement.clause(&words, TextField::Words, false)?);
        Ok(())
    }

    /// The terms that stand for a folded word, each as a clause.
    pub(crate) fn stem_clauses(
        &mut self,
        folded: &str,
        clauses: &mut Vec<Clause<B::Posted>>,
    ) -> Result<WordTerms<B::Posted>> {
        let terms = self.vocabulary.word(self.analyzer, folded)?;
        self.want(&terms);
        let documents = self.vocabulary.documents();
        let marked = self.marked_clauses(folded, clauses)?;
        let share = if marked { UNMARKED } else { 1.0 };
        for stem in &terms.stems {
            // All terms of a word weigh what the word weighs: a form that is rare only because its language is rare in
            // this archive would otherwise come first.
            let own = idf(documents, stem.documents);
            let boost = share * if terms.stems.len() == 1 || own <= 0.0 { 1.0 } else { terms.idf / own };
            let (text, posted) = (stem.text.clone(), stem.posted.clone());
            clauses.push(Clause::Stem(Stem { text, boost, documents: stem.documents, posted }));
        }
        Ok(terms)
    }

    /// The stems of a word with the marks it was typed with. Returns whether a document has one.
    fn marked_clauses(&mut self, folded: &str, clauses: &mut Vec<Clause<B::Posted>>) -> Result<bool> {
        let Some(marked) = self.marked.get(folded) else { return Ok(false) };
        let stems = self.vocabulary.marked(self.analyzer, marked)?;
        let any = !stems.is_empty();
        clauses.extend(stems.into_iter().map(|StemTerm { text, documents, posted }| {
            Clause::Stem(Stem { text, boost: 1.0 - UNMARKED, documents, posted })
        }));
        Ok(any)
    }

    /// Words with a place.
    pub(crate) fn placed(&mut self, node: &Node, in_title: bool) -> Result<Clause<B::Posted>> {
        let mut words = Words { vocabulary: self.vocabulary, analyzer: self.analyzer, synonyms: self.synonyms };
        let Some(placement) = self.placer.placement(&mut words, node, in_title)? else {
            return Ok(Clause::unscored_everything());
        };
        if self.negations == 0 {
            let wanted = placement.wanted(in_title);
            if !self.wanted.places.contains(&wanted) {
                self.wanted.places.push(wanted);
                self.wanted.languages = self.vocabulary.bit_codes();
            }
        }
        let apart = placement.apart();
        let near = placement.clause(&words, TextField::Words, in_title)?;
        match (apart, node) {
            (Some(apart), Node::Near(nodes, _)) => {
                let mut clauses = vec![(Occur::Must, near)];
                for node in nodes.get(apart..).unwrap_or_default() {
                    clauses.push((Occur::Must, self.placed(node, in_title)?));
                }
                Ok(Clause::All(clauses))
            }
            _ => Ok(near),
        }
    }

    pub(crate) fn want(&mut self, terms: &WordTerms<B::Posted>) {
        if self.negations == 0 && self.wanted.words.iter().all(|word| word.folded != terms.folded) {
            let stems = terms.stems.iter().map(|stem| stem.text.clone()).collect();
            self.wanted.words.push(WantedWord { folded: terms.folded.clone(), stems, weight: terms.idf });
            self.exact.push(terms.folded.clone());
        }
    }

    pub(crate) fn phrase(&mut self, text: &str) -> Result<Clause<B::Posted>> {
        let words: Vec<String> = tokens(text).into_iter().map(|token| token.text).collect();
        let mut clauses = self.synonyms(&words)?;
        clauses.push(self.phrase_of(words)?);
        Ok(Clause::any_of(clauses))
    }

    pub(crate) fn phrase_of(&mut self, mut words: Vec<String>) -> Result<Clause<B::Posted>> {
        if words.len() > LONGEST_PHRASE {
            words.truncate(LONGEST_PHRASE);
            self.notes.push(cut_short());
        }
        let mut weight = 0.0;
        for word in &words {
            weight += idf(self.vocabulary.documents(), self.vocabulary.exact_frequency(word)?);
        }
        if self.negations == 0 && !words.is_empty() {
            let phrase = WantedPhrase { words: words.clone(), weight };
            if !self.wanted.phrases.contains(&phrase) {
                self.wanted.phrases.push(phrase);
            }
        }
        Ok(match words.len() {
            0 => Clause::unscored_everything(),
            1 => Clause::Word(words.remove(0), 1.0),
            _ => Clause::Phrase(words),
        })
    }
}
