//! Scripts that are written without spaces between words: Chinese, Japanese, Thai, Lao, Khmer, Burmese and their kin.
//!
//! Each character of such a script (with its marks) is a word of its own, with a position, so a word of several
//! characters is found exactly, as a phrase. What is scored where any word will do is runs of characters: two
//! ideographs or kana, three letters of the scripts of South-East Asia, which Unicode's line breaking calls complex.
//! Pairs and triples were chosen on judged collections, where single characters, longer runs and mixtures of lengths
//! find less. A dictionary finds no more and splits a compound in a text otherwise than in a question.

use std::ops::Range;

use super::token::Token;

/// A script without spaces between words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Spaceless {
    /// Ideographs and hiragana. Katakana is not among them: it spells names and loanwords, each one run of letters.
    Ideographs,
    /// Letters of South-East Asia, several to a syllable.
    Letters,
}

impl Spaceless {
    /// The script of a folded word of one character, if it is one of these.
    #[inline]
    pub(crate) fn of(folded: &str) -> Option<Spaceless> {
        if folded.as_bytes().first().is_none_or(|byte| *byte < 0xE0) {
            return None;
        }
        match u32::from(folded.chars().next()?) {
            0x3005 | 0x3041..=0x3096 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF => {
                Some(Spaceless::Ideographs)
            }
            0xE01..=0xE3A | 0xE40..=0xE4E | 0xE81..=0xECE | 0xEDC..=0xEDF => Some(Spaceless::Letters),
            0x1000..=0x103F | 0x1050..=0x108F | 0x109A..=0x109D | 0x1780..=0x17D3 | 0x17D7..=0x17DD => {
                Some(Spaceless::Letters)
            }
            0x1950..=0x19C9 | 0x1A20..=0x1A7F | 0xA9E0..=0xA9EF | 0xAA60..=0xAADF | 0x11700..=0x1172B => {
                Some(Spaceless::Letters)
            }
            _ => None,
        }
    }

    /// The characters of a gram.
    pub(crate) fn gram(self) -> usize {
        match self {
            Spaceless::Ideographs => 2,
            Spaceless::Letters => 3,
        }
    }

    /// The characters of a usual word, by which a distance between words is stretched.
    pub(crate) fn word(self) -> u32 {
        match self {
            Spaceless::Ideographs => 2,
            Spaceless::Letters => 4,
        }
    }
}

/// Walks along the words of a text and tells the gram that each completes.
#[derive(Default)]
pub(crate) struct Grams {
    script: Option<Spaceless>,
    /// The last characters, one after the other, and where each ends here and begins in the text.
    letters: String,
    parts: Vec<(usize, usize)>,
    /// The end of the last character in the text.
    end: usize,
}

impl Grams {
    /// Returns whether the last word is a character of a script without spaces.
    #[inline]
    pub(crate) fn is_in_spaceless(&self) -> bool {
        self.script.is_some()
    }

    /// Takes in the next word. Returns the gram that ends with it, with its bytes in the text.
    #[inline]
    pub(crate) fn step(&mut self, range: &Range<usize>, folded: &str) -> Option<(Range<usize>, &str)> {
        match Spaceless::of(folded) {
            None => {
                self.script = None;
                None
            }
            Some(script) => self.take(script, range, folded),
        }
    }

    fn take(&mut self, script: Spaceless, range: &Range<usize>, folded: &str) -> Option<(Range<usize>, &str)> {
        if self.script != Some(script) || range.start != self.end {
            self.parts.clear();
            self.letters.clear();
            self.script = Some(script);
        }
        if self.parts.len() == script.gram() {
            let (first, _) = self.parts.remove(0);
            self.letters.drain(..first);
            self.parts.iter_mut().for_each(|(end, _)| *end -= first);
        }
        self.letters.push_str(folded);
        self.parts.push((self.letters.len(), range.start));
        self.end = range.end;
        let (_, start) = *self.parts.first()?;
        (self.parts.len() == script.gram()).then_some((start..range.end, self.letters.as_str()))
    }
}

/// What a question looks for where any word will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A word between spaces, or a single character.
    Word(String),
    /// A gram of a longer run.
    Gram(String),
    /// A run shorter than a gram: these characters side by side.
    Run(Vec<String>),
}

/// The pieces of some words of a text, in order.
pub(crate) fn pieces(tokens: &[Token]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for run in runs(tokens) {
        let script = run.first().and_then(|token| Spaceless::of(&token.text));
        match (script, run) {
            (Some(script), run) if run.len() >= script.gram() => {
                let grams = run.windows(script.gram());
                pieces.extend(grams.map(|gram| Piece::Gram(gram.iter().map(|token| token.text.as_str()).collect())));
            }
            (Some(_), run) if run.len() > 1 => {
                pieces.push(Piece::Run(run.iter().map(|token| token.text.clone()).collect()));
            }
            (_, run) => pieces.extend(run.iter().map(|token| Piece::Word(token.text.clone()))),
        }
    }
    pieces
}

/// About how many words a typed word is to its reader: one, or as many as a sentence without spaces has.
pub(crate) fn readers_words(tokens: &[Token]) -> usize {
    let count = |run: &[Token]| {
        let script = run.first().and_then(|token| Spaceless::of(&token.text));
        script.map_or(0, |script| run.len() / script.word() as usize)
    };
    runs(tokens).map(count).sum::<usize>().max(usize::from(!tokens.is_empty()))
}

/// How much further apart than words the characters of a text stand: 1 unless it is in one of these scripts.
pub(crate) fn stretch(tokens: &[Token]) -> u32 {
    tokens.iter().filter_map(|token| Spaceless::of(&token.text)).map(Spaceless::word).max().unwrap_or(1)
}

/// Words in runs of one such script without anything between them; other words in runs of their own kind.
fn runs(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    tokens.chunk_by(|a, b| {
        let (one, other) = (Spaceless::of(&a.text), Spaceless::of(&b.text));
        one == other && (one.is_none() || a.range.end == b.range.start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{for_each_word, tokens};

    fn grams(text: &str) -> Vec<String> {
        let (mut grams, mut found) = (Grams::default(), Vec::new());
        for_each_word(text, |range, folded| {
            if let Some((range, gram)) = grams.step(&range, folded) {
                assert_eq!(crate::text::fold(&text[range]), gram);
                found.push(gram.to_string());
            }
        });
        found
    }

    #[test]
    fn grams_are_pairs_of_ideographs_and_triples_of_letters_and_cross_no_gap() {
        let cases: [(&str, &[&str]); 7] = [
            ("港口火灾", &["港口", "口火", "火灾"]),
            ("港口,火灾 船", &["港口", "火灾"]),
            ("港", &[]),
            ("東京タワーの火災", &["东京", "の火", "火灾"]),
            ("the harbour", &[]),
            ("ข่าวดี", &["ข่าว", "าวดี"]),
            ("在2019年发", &["年发"]),
        ];
        for (text, expected) in cases {
            assert_eq!(grams(text), expected, "{text}");
        }
    }

    #[test]
    fn a_question_is_looked_for_in_the_grams_that_texts_have() {
        for text in ["港口火灾", "ข่าวดีมาก", "港口, 火灾船", "ferry 港口火"] {
            let found = pieces(&tokens(text));
            let of_question: Vec<&str> = found
                .iter()
                .filter_map(|piece| if let Piece::Gram(gram) = piece { Some(gram.as_str()) } else { None })
                .collect();
            assert_eq!(of_question, grams(text), "{text}");
        }
        assert_eq!(pieces(&tokens("น้ำ")), [Piece::Run(vec!["น้".into(), "\u{E4D}า".into()])]);
        assert_eq!(pieces(&tokens("鱼 boat")), [Piece::Word("鱼".into()), Piece::Word("boat".into())]);
    }
}
