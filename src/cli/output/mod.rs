//! The only writers to standard output.
//!
//! [`screen`](Screen) is standard output and what is known about who reads it: a terminal or a program, colours, width.
//! Each other module writes one kind of answer: text for reading, rows of CSV and TREC, JSON, charts, corrections to be
//! edited.
//!
//! The invariant: what a document says is never trusted on a screen. Control characters are replaced before anything is
//! printed, and a pipe that closes early ends the run without an error.
//!
//! Sizes are written by a function of our own: indicatif's `DecimalBytes` gives two decimals and more units, and the screens
//! would change.

pub(super) mod batch;
pub(super) mod chart;
pub(super) mod compare;
pub(super) mod copies;
pub(super) mod dates;
mod days;
pub(super) mod earliest;
pub(super) mod evidence;
pub(super) mod figures;
mod link;
pub(super) mod page;
#[cfg(feature = "mcp")]
pub(super) mod protocol;
pub(super) mod quotes;
mod screen;
pub(super) mod text;
pub(super) mod trec;
mod words;

pub(super) use screen::{Screen, When};
pub(super) use words::{counted, harmless, megabytes, quantity, quoted, shown_path, tame};
