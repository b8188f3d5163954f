//! Drafts: the quotes of a text that somebody is about to publish.
//!
//! A [`Draft`](read::Draft) is read from a file, from bytes or from a text. [`marks`] finds quotes by their quotation
//! marks, [`blocks`] those that Markdown and mail set as blocks, and takes Markdown's own marks out of their words.
//!
//! The invariant: what was not read is said, and makes the draft one that was read in part. No quote is left out
//! silently.

mod blocks;
mod marks;
pub(crate) mod read;
