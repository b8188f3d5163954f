//! One word of a question that has a place: the words of the index that stand for it.

use std::sync::Arc;

/// Languages, one bit each, by their place among those of the index.
pub(crate) type Languages = u64;

/// Documents in any language, or none.
pub(crate) const ANY_LANGUAGE: Languages = Languages::MAX;

/// The bit of documents in no language, or in one that has no bit of its own.
pub(crate) fn last_bit() -> Languages {
    1 << (Languages::BITS - 1)
}

/// The words that stand for one word, and how much an occurrence tells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Slot {
    /// Folded words, each with the languages of the documents in which it stands for this one.
    pub(crate) words: Vec<(String, Languages)>,
    /// Only where the word is written just so.
    pub(crate) written: Option<String>,
    /// Inverse document frequency of all its words together.
    pub(crate) idf: f32,
}

/// The words a pattern stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expansion {
    /// With their documents, the most frequent first.
    pub(crate) words: Vec<(String, u64)>,
    /// How many more it would mean.
    pub(crate) left_out: usize,
}

impl Expansion {
    /// The same with at most so many words.
    pub(crate) fn first(self: Arc<Self>, most: usize) -> Arc<Expansion> {
        let more = self.words.len().saturating_sub(most);
        if more == 0 {
            return self;
        }
        Arc::new(Expansion { words: self.words.iter().take(most).cloned().collect(), left_out: self.left_out + more })
    }
}
