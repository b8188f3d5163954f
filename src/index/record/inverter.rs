//! Inverts a document: collects its words into terms, each term once with all its positions.

use xxhash_rust::xxh3::xxh3_64;

use super::surface_forms::{Beginnings, PARAGRAPH, SENTENCE};
use super::term_stream::{write_places, write_term};
use crate::text::{
    Analyzer, Fingerprinter, Grams, Interner, Language, fold_into, for_each_raw_word, form_term, marked_form,
    word_hash, written_form,
};

/// The positions between title and text that no word has, so that no phrase spans both.
const GAP: u32 = 256;

/// The entries of the cache of written words: a power of two. A megabyte fits the caches of a core.
const CACHE_ENTRIES: usize = 1 << 14;
const KNOWN_BYTES: usize = 47;

/// The most bytes that are kept after a document. A document with a million words must leave nothing behind.
const MAX_KEPT_BYTES: usize = 4 << 20;

/// Stands for no term.
const NONE: u32 = u32::MAX;
/// Stands for a stem that has no marks, though its word has.
const UNMARKED: u32 = u32::MAX - 1;

/// Inverts one document after the other. Each thread needs its own, because it remembers the terms of words.
pub(crate) struct Inverter {
    /// Written words with their terms, so that a word that occurs again is not folded again.
    known: Vec<Known>,
    /// Folded words, their stems and their forms.
    terms: Interner<Term>,
    /// The number of the current document.
    document: u32,
    /// The positions given out so far.
    position: u32,
    words: InvertedField,
    forms: InvertedField,
    /// The grams of scripts without spaces, which are only counted; and their terms, apart from those of words.
    grams: InvertedField,
    gram_terms: Interner<Term>,
    walk: Grams,
    beginnings: Beginnings,
    fingerprinter: Fingerprinter,
    folded: String,
}

/// The terms of a written word, by number.
#[derive(Clone, Copy)]
struct Meaning {
    /// None if the word folds to nothing.
    word: u32,
    /// None if the word is written as it is folded.
    form: u32,
    /// The hash that the fingerprint takes of it.
    hash: u64,
}

impl Meaning {
    const NOTHING: Meaning = Meaning { word: NONE, form: NONE, hash: 0 };
}

/// A written word with its terms, in one cache line. The next word with the same hash replaces it.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Known {
    meaning: Meaning,
    /// The length of the word; 0 for an empty entry.
    length: u8,
    word: [u8; KNOWN_BYTES],
}

/// A term and where it was last met.
#[derive(Clone, Copy)]
struct Term {
    /// The document in which it was last met, and its number among that document's terms.
    document: u32,
    local: u32,
    /// Its stem in the language it was last stemmed in. That of a form is the form's word with marks, if it has any.
    stem: u32,
    language: Option<Language>,
}

const UNMET: Term = Term { document: 0, local: 0, stem: NONE, language: None };

/// The terms of one field of a document.
#[derive(Default)]
struct InvertedField {
    /// The terms, each once, in the order in which they were met.
    terms: Vec<u32>,
    times: Vec<u32>,
    /// The term at each position, in the order of the text.
    order: Vec<(u32, u32)>,
    /// The positions of each term, behind those of the term before it.
    places: Vec<u32>,
}

impl Inverter {
    pub(crate) fn new() -> Inverter {
        Inverter {
            known: vec![Known { meaning: Meaning::NOTHING, length: 0, word: [0; KNOWN_BYTES] }; CACHE_ENTRIES],
            terms: Interner::new(),
            document: 0,
            position: 0,
            words: InvertedField::default(),
            forms: InvertedField::default(),
            grams: InvertedField::default(),
            gram_terms: Interner::new(),
            walk: Grams::default(),
            beginnings: Beginnings::default(),
            fingerprinter: Fingerprinter::default(),
            folded: String::new(),
        }
    }

    /// Begins another document.
    pub(crate) fn begin(&mut self) {
        let terms = self.terms.bytes() + self.gram_terms.bytes();
        let bytes = terms + self.words.bytes() + self.forms.bytes() + self.grams.bytes();
        if bytes > MAX_KEPT_BYTES || self.document == u32::MAX {
            *self = Inverter::new();
        }
        self.document += 1;
        self.position = 0;
        self.words.clear();
        self.forms.clear();
        self.grams.clear();
    }

    /// The positions of words so far, gaps included.
    pub(crate) fn position(&self) -> u32 {
        self.position
    }

    /// Leaves a gap in the positions, and starts the fingerprint anew: a copy may have another title.
    pub(crate) fn gap(&mut self) {
        self.position += GAP;
        self.fingerprinter.finish();
    }

    /// The fingerprint of the last text.
    pub(crate) fn fingerprint(&mut self) -> Vec<u32> {
        self.fingerprinter.finish()
    }

    /// Collects the words of a text.
    pub(crate) fn text(&mut self, text: &str) {
        let mut beginnings = std::mem::take(&mut self.beginnings);
        beginnings.find(text);
        let [sentence, paragraph] = [SENTENCE, PARAGRAPH].map(|mark| self.term(mark));
        let mut begun = beginnings.passed();
        self.walk = Grams::default();
        for_each_raw_word(text, |range, written| {
            let Meaning { word, form, hash } = self.meaning(written);
            if word == NONE {
                return;
            }
            if let Some(is_paragraph) = begun.at(range.start) {
                let mark = if is_paragraph { paragraph } else { sentence };
                self.forms.add(&mut self.terms, self.document, mark, self.position);
            }
            self.words.add(&mut self.terms, self.document, word, self.position);
            if form != NONE {
                self.forms.add(&mut self.terms, self.document, form, self.position);
            }
            if let Some((_, gram)) = self.walk.step(&range, self.terms.text(word)) {
                let gram = self.gram_terms.insert(gram, UNMET);
                self.grams.add(&mut self.gram_terms, self.document, gram, self.position);
            }
            self.fingerprinter.word(hash, self.walk.is_in_spaceless());
            self.position += 1;
        });
        self.beginnings = beginnings;
    }

    /// Writes the folded words with their positions for the engine.
    pub(crate) fn write_words(&mut self, out: &mut String) {
        out.clear();
        self.words.write(&self.terms, out);
    }

    /// Writes the forms of words and the beginnings of sentences, with their positions, for the engine.
    pub(crate) fn write_forms(&mut self, out: &mut String) {
        out.clear();
        self.forms.write(&self.terms, out);
    }

    /// Writes the stems of the words with their frequencies for the engine, and beside them the grams, and the stems of
    /// words with marks. Those of `again` are counted once more.
    pub(crate) fn write_stems(
        &mut self,
        analyzer: &mut Analyzer,
        language: Option<Language>,
        again: &str,
        out: &mut String,
    ) {
        out.clear();
        for at in 0..self.words.terms.len() {
            let stem = self.stem(self.words.terms[at], analyzer, language);
            write_term(out, self.terms.text(stem), self.words.times[at]);
        }
        for at in 0..self.forms.terms.len() {
            self.write_marked(self.forms.terms[at], self.forms.times[at], analyzer, language, out);
        }
        for (gram, times) in self.grams.terms.iter().zip(&self.grams.times) {
            write_term(out, self.gram_terms.text(*gram), *times);
        }
        let mut walk = Grams::default();
        for_each_raw_word(again, |range, written| {
            let Meaning { word, form, .. } = self.meaning(written);
            if word == NONE {
                return;
            }
            let stem = self.stem(word, analyzer, language);
            write_term(out, self.terms.text(stem), 1);
            if form != NONE {
                self.write_marked(form, 1, analyzer, language, out);
            }
            if let Some((_, gram)) = walk.step(&range, self.terms.text(word)) {
                write_term(out, gram, 1);
            }
        });
    }

    /// Writes the stem of a form's word with its marks, if it has any.
    fn write_marked(
        &mut self,
        form: u32,
        times: u32,
        analyzer: &mut Analyzer,
        language: Option<Language>,
        out: &mut String,
    ) {
        let marked = self.terms.value(form).stem;
        if marked == NONE {
            return;
        }
        let Term { mut stem, language: asked, .. } = self.terms.value(marked);
        if stem == NONE || asked != language {
            let marks = self.terms.text(marked).to_owned();
            stem = analyzer.marked_stem(&marks, language).map_or(UNMARKED, |stem| self.terms.insert(&stem, UNMET));
            let term = self.terms.value_mut(marked);
            (term.stem, term.language) = (stem, language);
        }
        if stem != UNMARKED {
            write_term(out, self.terms.text(stem), times);
        }
    }

    #[inline]
    fn stem(&mut self, word: u32, analyzer: &mut Analyzer, language: Option<Language>) -> u32 {
        let Term { stem, language: asked, .. } = self.terms.value(word);
        if stem != NONE && asked == language {
            return stem;
        }
        let folded = self.terms.text(word).to_owned();
        let stem = self.terms.insert(analyzer.stem(&folded, language), UNMET);
        let term = self.terms.value_mut(word);
        (term.stem, term.language) = (stem, language);
        stem
    }

    #[inline]
    fn meaning(&mut self, written: &str) -> Meaning {
        let at = xxh3_64(written.as_bytes()) as usize & (CACHE_ENTRIES - 1);
        let known = &self.known[at];
        if known.word.get(..usize::from(known.length)) == Some(written.as_bytes()) {
            return known.meaning;
        }
        let meaning = self.learn(written);
        let known = &mut self.known[at];
        if let Some(word) = known.word.get_mut(..written.len()) {
            word.copy_from_slice(written.as_bytes());
            (known.meaning, known.length) = (meaning, written.len() as u8);
        }
        meaning
    }

    fn learn(&mut self, written: &str) -> Meaning {
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        fold_into(written, &mut folded);
        let meaning = if folded.is_empty() {
            Meaning::NOTHING
        } else {
            let form = written_form(written, &folded);
            let form = form.map_or(NONE, |form| self.term(&form_term(&folded, &form)));
            if let Some(marked) = marked_form(written, &folded).filter(|_| form != NONE) {
                self.terms.value_mut(form).stem = self.term(&marked);
            }
            Meaning { word: self.term(&folded), form, hash: word_hash(&folded) }
        };
        self.folded = folded;
        meaning
    }

    fn term(&mut self, text: &str) -> u32 {
        self.terms.insert(text, UNMET)
    }
}

impl InvertedField {
    fn clear(&mut self) {
        self.terms.clear();
        self.times.clear();
        self.order.clear();
    }

    fn bytes(&self) -> usize {
        4 * (self.terms.capacity() + self.times.capacity() + 2 * self.order.capacity() + self.places.capacity())
    }

    #[inline]
    fn add(&mut self, terms: &mut Interner<Term>, document: u32, term: u32, place: u32) {
        let met = terms.value_mut(term);
        if met.document != document {
            (met.document, met.local) = (document, self.terms.len() as u32);
            self.terms.push(term);
            self.times.push(0);
        }
        self.times[met.local as usize] += 1;
        self.order.push((met.local, place));
    }

    fn write(&mut self, terms: &Interner<Term>, out: &mut String) {
        // A counting sort: first the end of each term's positions, then every position into its term's part.
        let mut ends = Vec::with_capacity(self.times.len());
        let mut total = 0;
        for times in &self.times {
            ends.push(total);
            total += *times as usize;
        }
        self.places.clear();
        self.places.resize(total, 0);
        for (local, place) in &self.order {
            let end = &mut ends[*local as usize];
            self.places[*end] = *place;
            *end += 1;
        }
        let mut start = 0;
        for (term, end) in self.terms.iter().zip(ends) {
            let places = &self.places[start..end];
            write_term(out, terms.text(*term), places.len() as u32);
            write_places(out, places);
            start = end;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use tantivy::tokenizer::{TokenStream, Tokenizer};

    use super::*;
    use crate::index::record::term_stream::Terms;
    use crate::text::{for_each_written_word, tokens};

    /// Position and term, in the order of positions.
    fn read(mut tokenizer: Terms, terms: &str) -> Vec<(usize, String)> {
        let mut stream = tokenizer.token_stream(terms);
        let mut seen = Vec::new();
        while stream.advance() {
            seen.push((stream.token().position, stream.token().text.clone()));
        }
        seen.sort_by_key(|(position, _)| *position);
        seen
    }

    #[test]
    fn forms_stand_at_the_positions_of_their_words() {
        let mut gatherer = Inverter::new();
        gatherer.begin();
        gatherer.text("A Polish pole. It fell.\n\nTHE eNd:x");
        let mut terms = String::new();
        gatherer.write_forms(&mut terms);
        let seen: Vec<String> = read(Terms::placed(), &terms)
            .into_iter()
            .map(|(position, term)| format!("{position} {}", term.replace('\u{1e}', "|")))
            .collect();
        let expected = ["0 |p", "0 a|T", "1 polish|T", "3 |s", "3 it|T", "5 |p", "5 the|U", "6 end|eNd"];
        assert_eq!(seen, expected);
        assert_eq!(gatherer.position(), 8);
    }

    #[test]
    fn stems_are_counted_and_those_of_a_title_once_more() {
        let mut gatherer = Inverter::new();
        gatherer.begin();
        gatherer.text("The Mayor's elections, an election, 1,275 votes");
        let mut terms = String::new();
        gatherer.write_stems(&mut Analyzer::new(), Some(Language::ENGLISH), "Elected", &mut terms);
        let mut times = BTreeMap::new();
        for (_, term) in read(Terms::counted(), &terms) {
            *times.entry(term).or_insert(0) += 1;
        }
        let expected = [("1275", 1), ("an", 1), ("elect", 3), ("mayor", 1), ("the", 1), ("vote", 1)];
        assert_eq!(times, expected.map(|(term, times)| (term.to_string(), times)).into());
    }

    #[test]
    fn a_composed_and_a_decomposed_word_are_one_term_in_the_order_of_the_text() {
        let mut gatherer = Inverter::new();
        for _ in 0..2 {
            gatherer.begin();
            gatherer.text("\u{c9}lan E\u{301}lan \u{c9}lan");
            let (mut words, mut forms) = (String::new(), String::new());
            gatherer.write_words(&mut words);
            gatherer.write_forms(&mut forms);
            assert_eq!(read(Terms::placed(), &words), [0, 1, 2].map(|at| (at, "elan".to_string())));
            assert_eq!(read(Terms::placed(), &forms).len(), 4, "three words and where the paragraph begins");
        }
    }

    proptest! {
        #[test]
        fn every_word_stands_at_its_place(texts in prop::collection::vec("([a-cA-C1-3é,.'\u{301}\n ]|\\PC){0,60}", 1..4)) {
            let mut gatherer = Inverter::new();
            for text in &texts {
                gatherer.begin();
                gatherer.text(text);
                let mut terms = String::new();
                gatherer.write_words(&mut terms);
                let words = read(Terms::placed(), &terms);
                let expected: Vec<_> = tokens(text).into_iter().map(|token| token.text).enumerate().collect();
                prop_assert_eq!(words, expected);
                let mut forms = 0;
                for_each_written_word(text, |_, written, folded| forms += usize::from(written_form(written, folded).is_some()));
                gatherer.write_forms(&mut terms);
                let written = read(Terms::placed(), &terms).into_iter().filter(|(_, term)| !term.starts_with('\u{1e}'));
                prop_assert_eq!(written.count(), forms);
            }
        }
    }
}
