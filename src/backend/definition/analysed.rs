//! A document with its terms, in plain lists.

use std::collections::HashMap;

use super::columns::Columns;
use crate::backend::clause::TextField;
use crate::document::Document;
use crate::text::{
    Analyzer, Fingerprinter, Grams, for_each_written_word, form_term, marked_form, sentences, tokens, word_hash,
    written_form,
};

/// Positions between title and text that no word has.
const GAP: u32 = 256;

/// One document, analysed.
pub(crate) struct Analysed {
    pub(crate) document: Document,
    pub(crate) columns: Columns,
    /// The number of positions that belong to the title.
    pub(crate) title_words: u32,
    pub(crate) sentences: Vec<u32>,
    pub(crate) paragraphs: Vec<u32>,
    /// The terms of words, stems, forms and authors with their positions. The positions of stems have no meaning.
    pub(crate) terms: [HashMap<String, Vec<u32>>; 4],
}

impl Analysed {
    pub(crate) fn of(document: Document, analyzer: &mut Analyzer) -> Analysed {
        let mut analysed = Analysed {
            columns: Columns::of(&document),
            title_words: 0,
            sentences: Vec::new(),
            paragraphs: Vec::new(),
            terms: Default::default(),
            document,
        };
        let (title, text) = (analysed.document.title.clone().unwrap_or_default(), analysed.document.text.clone());
        let opens = text.trim_start().trim_start_matches(['#', ' ']).starts_with(title.trim_end_matches('…'));
        let mut position = 0;
        if opens {
            analysed.title_words = tokens(&title).len() as u32;
        } else {
            position = analysed.read(&title, position);
            analysed.title_words = position;
            position += GAP;
        }
        analysed.read(&text, position);
        if !opens {
            analysed.add_stems(&title, analyzer);
        }
        analysed.add_stems(&text, analyzer);
        // The words of the title tell once more.
        analysed.add_stems(&title, analyzer);
        if let Some(byline) = analysed.document.attribution.byline.clone() {
            for (place, token) in (0..).zip(tokens(&byline.name)) {
                analysed.terms[slot(TextField::Author)].entry(token.text).or_default().push(place);
            }
        }
        analysed
    }

    /// A document of which only the columns are known.
    #[cfg(feature = "cluster")]
    pub(crate) fn without_words(columns: Columns) -> Analysed {
        Analysed {
            document: Document::default(),
            columns,
            title_words: 0,
            sentences: Vec::new(),
            paragraphs: Vec::new(),
            terms: Default::default(),
        }
    }

    /// Reads the words of a text from a position on. Returns the position after the last.
    fn read(&mut self, text: &str, mut position: u32) -> u32 {
        let mut starts: Vec<(usize, bool)> = Vec::new();
        let mut begins_paragraph = true;
        for sentence in sentences(text) {
            starts.push((sentence.range.start, begins_paragraph));
            begins_paragraph = sentence.ends_paragraph;
        }
        let mut starts = starts.into_iter().peekable();
        for_each_written_word(text, |range, written, folded| {
            let mut begun = None;
            while let Some((_, is_paragraph)) = starts.next_if(|(at, _)| *at <= range.start) {
                begun = Some(begun.unwrap_or(false) | is_paragraph);
            }
            if let Some(is_paragraph) = begun {
                self.sentences.push(position);
                self.paragraphs.extend(is_paragraph.then_some(position));
            }
            self.terms[slot(TextField::Words)].entry(folded.to_string()).or_default().push(position);
            if let Some(form) = written_form(written, folded) {
                let term = form_term(folded, &form);
                self.terms[slot(TextField::Forms)].entry(term).or_default().push(position);
            }
            position += 1;
        });
        position
    }

    /// Adds all that a text is scored by: the stems of its words, those of words with marks, and the grams of scripts
    /// without spaces.
    fn add_stems(&mut self, text: &str, analyzer: &mut Analyzer) {
        let (language, mut grams, mut stems) = (self.columns.language, Grams::default(), Vec::new());
        for_each_written_word(text, |range, written, folded| {
            stems.push(analyzer.stem(folded, language).to_string());
            stems.extend(marked_form(written, folded).and_then(|marked| analyzer.marked_stem(&marked, language)));
            stems.extend(grams.step(&range, folded).map(|(_, gram)| gram.to_string()));
        });
        stems.into_iter().for_each(|stem| self.terms[slot(TextField::Stems)].entry(stem).or_default().push(0));
    }

    /// The hashes of its text's runs of words, by which copies are found.
    pub(crate) fn fingerprint(&self) -> Vec<u32> {
        let (mut prints, mut grams) = (Fingerprinter::default(), Grams::default());
        for_each_written_word(&self.document.text, |range, _, folded| {
            let _ = grams.step(&range, folded);
            prints.word(word_hash(folded), grams.is_in_spaceless());
        });
        prints.finish()
    }

    /// All terms of a field.
    pub(crate) fn terms(&self, field: TextField) -> impl Iterator<Item = &str> {
        self.terms[slot(field)].keys().map(String::as_str)
    }

    /// The positions of a term in a field.
    pub(crate) fn places(&self, field: TextField, term: &str) -> &[u32] {
        self.terms[slot(field)].get(term).map_or(&[], Vec::as_slice)
    }

    /// The number of terms of a field, repeated ones included.
    pub(crate) fn length(&self, field: TextField) -> u64 {
        self.terms[slot(field)].values().map(|places| places.len() as u64).sum()
    }
}

fn slot(field: TextField) -> usize {
    match field {
        TextField::Words => 0,
        TextField::Stems => 1,
        TextField::Forms => 2,
        TextField::Author => 3,
    }
}
