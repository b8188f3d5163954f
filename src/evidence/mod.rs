//! Evidence: quotes verified against the archive, and passages cited so that they can be checked again.
//!
//! The main types are [`QuoteCheck`](check::QuoteCheck), which verifies quotes, and [`Quote`](quote::Quote), one of them
//! with what is claimed of it. A quote goes through these steps:
//!
//! 1. `candidates` asks the back end for documents with the quote's words: first as a phrase, then by the rarest.
//! 2. [`compare`] lays the quote against the text of each, and explains every difference.
//! 3. `verify` takes the best place, finds all documents with its words, the earliest first, and compares them with what
//!    was claimed.
//!
//! The invariant: no score decides. A quote passes if every difference was explained as another way to write the same
//! thing; a negation, a figure, a date, a name or an order that changed never passes, however little of it differs. The
//! work is bounded by counts of documents and cells, never by a clock, so that an answer is the same every time.

pub(crate) mod candidates;
pub(crate) mod check;
pub(crate) mod cite;
pub(crate) mod compare;
pub(crate) mod draft;
pub(crate) mod manifest;
pub(crate) mod proof;
pub(crate) mod quote;
pub(crate) mod verify;

#[cfg(test)]
mod tests;
