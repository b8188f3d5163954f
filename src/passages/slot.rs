//! Slots: one word with positions, and the words of the index that stand for it.

use std::sync::Arc;

/// A set of languages, one bit each, by their order in the index.
pub(crate) type Languages = u64;

/// Stands for documents in any language, or none.
pub(crate) const ANY_LANGUAGE: Languages = Languages::MAX;

/// The bit for documents in no language, or in one that has no bit of its own.
pub(crate) fn last_bit() -> Languages {
    1 << (Languages::BITS - 1)
}

/// The words that stand for one word, and the weight of an occurrence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Slot {
    /// Folded words, each with the languages in whose documents it stands for this word.
    pub(crate) words: Vec<(String, Languages)>,
    /// The exact form, if only that form counts.
    pub(crate) written: Option<String>,
    /// The inverse document frequency of all its words together.
    pub(crate) idf: f32,
}

/// The words that a pattern stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expansion {
    /// The words with the numbers of their documents, the most frequent first.
    pub(crate) words: Vec<(String, u64)>,
    /// The number of further words that match the pattern.
    pub(crate) left_out: usize,
}

impl Expansion {
    /// The same with at most `most` words.
    pub(crate) fn first(self: Arc<Self>, most: usize) -> Arc<Expansion> {
        let more = self.words.len().saturating_sub(most);
        if more == 0 {
            return self;
        }
        Arc::new(Expansion { words: self.words.iter().take(most).cloned().collect(), left_out: self.left_out + more })
    }
}
