//! The second layer of terms: how words are written where that is not how they are folded, and where sentences and
//! paragraphs begin.
//!
//! Each of these terms stands at the position of a folded word, so `=Polish` can be part of a phrase, and whether two
//! words stand in one sentence is a matter of counting the beginnings between them.

use crate::text::sentences;

/// Stands at the first word of each sentence that begins no paragraph. It has no folded part, so no word is written so.
pub(crate) const SENTENCE: &str = "\u{1e}s";
/// Stands at the first word of each paragraph.
pub(crate) const PARAGRAPH: &str = "\u{1e}p";

/// Where the sentences of a text begin.
#[derive(Default)]
pub(crate) struct Beginnings {
    /// Bytes in the text, and whether a paragraph begins there too.
    starts: Vec<(usize, bool)>,
}

impl Beginnings {
    pub(crate) fn find(&mut self, text: &str) {
        self.starts.clear();
        let mut begins_paragraph = true;
        for sentence in sentences(text) {
            self.starts.push((sentence.range.start, begins_paragraph));
            begins_paragraph = sentence.ends_paragraph;
        }
    }

    /// Goes along the text, word by word.
    pub(crate) fn passed(&self) -> Passed<'_> {
        Passed { starts: &self.starts }
    }
}

/// See [`Beginnings::passed`].
pub(crate) struct Passed<'a> {
    starts: &'a [(usize, bool)],
}

impl Passed<'_> {
    /// Whether a sentence, or even a paragraph (`true`), begins between the last word and this one.
    #[inline]
    pub(crate) fn at(&mut self, word: usize) -> Option<bool> {
        let mut begun = None;
        while let Some(((_, is_paragraph), rest)) = self.starts.split_first().filter(|((at, _), _)| *at <= word) {
            begun = Some(begun.unwrap_or(false) | is_paragraph);
            self.starts = rest;
        }
        begun
    }
}
