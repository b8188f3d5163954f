//! Limits on how much of a question is read. Whatever exceeds them is left out, or read more simply, with a note.

/// The most words of a question that are read.
pub(crate) const MAX_WORDS: usize = 4096;
/// The most moves of a loose phrase. Words that may move farther may stand anywhere.
pub(crate) const MAX_MOVES: u32 = 100;
/// The most forms (patterns, exact words) of a question that are read. Each costs a walk through the index's words.
pub(crate) const MAX_FORMS: usize = 32;
/// The deepest nesting of AND and OR.
pub(crate) const MAX_DEPTH: usize = 64;
/// The most parts that can be near each other. For more, all of them anywhere is as good.
pub(crate) const MAX_NEAR: usize = 16;
/// The most words of a phrase that may be loose. A longer phrase must stand as it is.
pub(crate) const MAX_MOVED: usize = 32;
