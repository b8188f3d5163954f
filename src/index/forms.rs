//! The second layer of terms: how words are written where that is not how they are folded, and where sentences and
//! paragraphs begin.
//!
//! These terms are handed to the engine with their places: each stands at the position of a folded word, so `=Polish`
//! can be part of a phrase, and whether two words stand in one sentence is a matter of counting the beginnings between
//! them.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::text::{FORM_SEPARATOR, TERM_SEPARATOR, sentences, written_form};

/// The name under which [`FormTerms`] is registered.
pub(super) const FORM_TERMS: &str = "form_terms";

/// Stands at the first word of each sentence that begins no paragraph. It has no folded part, so no word is written so.
pub(super) const SENTENCE: &str = "\u{1e}s";
/// Stands at the first word of each paragraph.
pub(super) const PARAGRAPH: &str = "\u{1e}p";

/// The term for a word written in a way of its own.
pub(super) fn form_term(folded: &str, written: &str) -> String {
    format!("{folded}{FORM_SEPARATOR}{}", short(folded, written))
}

/// The two commonest ways to write a word differently, named by one letter, so that their terms share their ends in the
/// dictionary: `T` with a capital letter, `U` all in capitals. No other word is written as one of these letters.
fn short<'a>(folded: &str, written: &'a str) -> &'a str {
    let (folded, bytes) = (folded.as_bytes(), written.as_bytes());
    if !written.is_ascii() || folded.len() != bytes.len() {
        return written;
    }
    let capital = |at: usize| bytes[at] == folded[at].to_ascii_uppercase();
    if !bytes.is_empty() && capital(0) && bytes[1..] == folded[1..] {
        "T"
    } else if (0..bytes.len()).all(capital) {
        "U"
    } else {
        written
    }
}

/// Writes the forms of a document, word by word: for each its distance from the one before, and the term.
#[derive(Default)]
pub(super) struct FormWriter {
    pub(super) terms: String,
    /// Position of the next word.
    position: usize,
    /// Position of the last term written.
    last: usize,
    /// Where the sentences of the text at hand begin, and whether a paragraph does.
    starts: Vec<(usize, bool)>,
    /// How many of them are behind.
    passed: usize,
}

impl FormWriter {
    pub(super) fn clear(&mut self) {
        self.terms.clear();
        (self.position, self.last) = (0, 0);
    }

    /// Positions of words so far, gaps included.
    pub(super) fn position(&self) -> usize {
        self.position
    }

    /// Leaves a gap in the positions.
    pub(super) fn gap(&mut self, positions: usize) {
        self.position += positions;
    }

    /// Begins a text, so that the words that follow are told by their place in it.
    pub(super) fn begin(&mut self, text: &str) {
        self.starts.clear();
        self.passed = 0;
        let mut begins_paragraph = true;
        for sentence in sentences(text) {
            self.starts.push((sentence.range.start, begins_paragraph));
            begins_paragraph = sentence.ends_paragraph;
        }
    }

    /// The next word of the text.
    #[inline]
    pub(super) fn word(&mut self, at: usize, written: &str, folded: &str) {
        let (mut sentence, mut paragraph) = (false, false);
        while let Some((_, is_paragraph)) = self.starts.get(self.passed).filter(|(start, _)| *start <= at) {
            sentence = true;
            paragraph |= is_paragraph;
            self.passed += 1;
        }
        if sentence {
            self.write(&[if paragraph { PARAGRAPH } else { SENTENCE }]);
        }
        if let Some(form) = written_form(written, folded) {
            self.write(&[folded, FORM_SEPARATOR.encode_utf8(&mut [0; 4]), short(folded, &form)]);
        }
        self.position += 1;
    }

    fn write(&mut self, parts: &[&str]) {
        use std::fmt::Write;
        // Writing to a string cannot fail.
        let _ = write!(self.terms, "{}:", self.position - self.last);
        self.last = self.position;
        parts.iter().for_each(|part| self.terms.push_str(part));
        self.terms.push(TERM_SEPARATOR);
    }
}

/// Splits what [`FormWriter`] wrote.
#[derive(Clone, Default)]
pub(super) struct FormTerms {
    token: Token,
}

pub(super) struct FormStream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for FormTerms {
    type TokenStream<'a> = FormStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FormStream<'a> {
        self.token.reset();
        self.token.position = 0;
        FormStream { rest: text, token: &mut self.token }
    }
}

impl TokenStream for FormStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(end) = memchr::memchr(TERM_SEPARATOR as u8, self.rest.as_bytes()) else { return false };
        let (entry, rest) = (&self.rest[..end], &self.rest[end + 1..]);
        let Some((distance, term)) = entry.split_once(':') else { return false };
        self.token.position += distance.parse::<usize>().unwrap_or(0);
        self.token.text.clear();
        self.token.text.push_str(term);
        self.rest = rest;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::text::for_each_written_word;

    #[test]
    fn forms_stand_at_the_positions_of_their_words() {
        let text = "A Polish pole. It fell.\n\nTHE eNd:x";
        let mut writer = FormWriter::default();
        writer.begin(text);
        for_each_written_word(text, |range, written, folded| writer.word(range.start, written, folded));
        let mut terms = FormTerms::default();
        let mut stream = terms.token_stream(&writer.terms);
        let mut seen = Vec::new();
        while stream.advance() {
            seen.push(format!("{} {}", stream.token().position, stream.token().text.replace('\u{1e}', "|")));
        }
        let expected = ["0 |p", "0 a|T", "1 polish|T", "3 |s", "3 it|T", "5 |p", "5 the|U", "6 end|eNd"];
        assert_eq!(seen, expected);
        assert_eq!(writer.position(), 8);
    }
}
