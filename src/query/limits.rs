//! How much of a question is read. What goes beyond is left out, or read more simply, with a note.

/// A question is read up to this many words; the rest is left out, with a note.
pub(crate) const MAX_WORDS: usize = 4096;
/// The words of a phrase that is farther apart are anywhere.
pub(crate) const MAX_MOVES: u32 = 100;
/// So many are read of one question: each costs a walk through the words of the index.
pub(crate) const MAX_FORMS: usize = 32;
/// How deep AND and OR may be nested.
pub(crate) const MAX_DEPTH: usize = 64;
/// So many can be near each other; more are as good as all of them.
pub(crate) const MAX_NEAR: usize = 16;
/// A phrase of more words must stand as it is.
pub(crate) const MAX_MOVED: usize = 32;
