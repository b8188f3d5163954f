//! The stream of terms that is handed to the engine.
//!
//! Analysis happens before the engine sees a document, so a text field gets terms instead of text: each term of the
//! document once, its end marked by one character, then its frequency and, if the field has positions, its positions.
//! The engine looks a term up each time it occurs. With all occurrences of a term one after the other, it finds what it
//! needs in the processor's nearest cache for all but the first, and nothing is split or copied twice.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name under which terms with positions are registered. Tantivy does not keep tokenizers with an index.
pub(crate) const PLACED: &str = "placed_terms";
/// The name under which terms with frequencies alone are registered.
pub(crate) const COUNTED: &str = "counted_terms";

/// Ends a term. No word contains it.
const TERM_END: char = '\u{1f}';

/// The bits of a number in one byte. The next bit says that more bytes follow, so every byte is a character of its own.
const BITS: u32 = 6;
const MORE: u8 = 1 << BITS;

/// Writes a term with its frequency. If the field has positions, they must follow.
pub(crate) fn write_term(out: &mut String, term: &str, times: u32) {
    out.push_str(term);
    out.push(TERM_END);
    write_number(out, times);
}

/// Writes the positions of a term in order; `places` are the numbers of its words.
pub(crate) fn write_places(out: &mut String, places: &[u32]) {
    let mut last = 0;
    for place in places {
        write_number(out, place - last);
        last = *place;
    }
}

#[inline]
fn write_number(out: &mut String, mut number: u32) {
    while number >= u32::from(MORE) {
        out.push(char::from((number as u8 & (MORE - 1)) | MORE));
        number >>= BITS;
    }
    out.push(char::from(number as u8));
}

/// Reads what [`write_term`] and [`write_places`] wrote.
#[derive(Clone)]
pub(crate) struct Terms {
    placed: bool,
    token: Token,
}

impl Terms {
    pub(crate) fn placed() -> Terms {
        Terms { placed: true, token: Token::default() }
    }

    pub(crate) fn counted() -> Terms {
        Terms { placed: false, token: Token::default() }
    }
}

pub(crate) struct TermStream<'a> {
    text: &'a str,
    /// How many bytes of it have been read.
    read: usize,
    placed: bool,
    /// How many more times the current term occurs.
    times: u32,
    token: &'a mut Token,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.reset();
        TermStream { text, read: 0, placed: self.placed, times: 0, token: &mut self.token }
    }
}

impl TermStream<'_> {
    #[inline]
    fn number(&mut self) -> u32 {
        let (mut number, mut shift) = (0_u32, 0);
        while let Some(byte) = self.text.as_bytes().get(self.read) {
            self.read += 1;
            number |= u32::from(byte & (MORE - 1)).checked_shl(shift).unwrap_or_default();
            shift += BITS;
            if byte & MORE == 0 {
                return number;
            }
        }
        0
    }
}

impl TokenStream for TermStream<'_> {
    #[inline]
    fn advance(&mut self) -> bool {
        while self.times == 0 {
            let rest = self.text.get(self.read..).unwrap_or_default();
            let Some(end) = memchr::memchr(TERM_END as u8, rest.as_bytes()) else { return false };
            self.token.text.clear();
            self.token.text.push_str(&rest[..end]);
            self.token.position = 0;
            self.read += end + 1;
            self.times = self.number();
        }
        self.times -= 1;
        if self.placed {
            self.token.position += self.number() as usize;
        }
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
    use super::*;

    fn read(mut terms: Terms, text: &str) -> Vec<(usize, String)> {
        let mut stream = terms.token_stream(text);
        let mut seen = Vec::new();
        while stream.advance() {
            seen.push((stream.token().position, stream.token().text.clone()));
        }
        seen
    }

    #[test]
    fn terms_come_back_with_their_places() {
        let expected = [("one", vec![0, 63, 64, 70_000]), ("três", vec![5]), ("zwei", vec![u32::MAX])];
        let (mut placed, mut counted) = (String::new(), String::new());
        for (term, places) in &expected {
            write_term(&mut placed, term, places.len() as u32);
            write_places(&mut placed, places);
            write_term(&mut counted, term, places.len() as u32);
        }
        let seen = |(term, places): &(&str, Vec<u32>)| {
            places.iter().map(|place| (*place as usize, term.to_string())).collect::<Vec<_>>()
        };
        assert_eq!(read(Terms::placed(), &placed), expected.iter().flat_map(seen).collect::<Vec<_>>());
        let times = read(Terms::counted(), &counted).iter().filter(|(_, term)| term == "one").count();
        assert_eq!(times, 4);
    }

    #[test]
    fn what_is_no_list_of_terms_ends_it() {
        for text in ["", "word", "word\u{1f}", "word\u{1f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}"] {
            assert!(read(Terms::placed(), text).is_empty());
        }
    }
}
