//! The second layer of terms: the written forms of words that differ from their folded form, and the beginnings of
//! sentences and paragraphs.
//!
//! Each of these terms stands at the position of a folded word. So `=Polish` can be part of a phrase, and two words
//! stand in one sentence if no beginning lies between them.

use crate::text::sentences;

/// The term at the first word of each sentence that does not begin a paragraph. It has no folded part, so no word is
/// written like it.
pub(crate) const SENTENCE: &str = "\u{1e}s";
/// The term at the first word of each paragraph.
pub(crate) const PARAGRAPH: &str = "\u{1e}p";

/// The beginnings of the sentences of a text.
#[derive(Default)]
pub(crate) struct Beginnings {
    /// Their bytes in the text, and whether a paragraph begins there too.
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

    /// Walks along the text, word by word.
    pub(crate) fn passed(&self) -> Passed<'_> {
        Passed { starts: &self.starts }
    }
}

/// The walk of [`Beginnings::passed`].
pub(crate) struct Passed<'a> {
    starts: &'a [(usize, bool)],
}

impl Passed<'_> {
    /// Returns the beginning between the last word and this one: none, of a sentence (`false`), or of a paragraph
    /// (`true`).
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
