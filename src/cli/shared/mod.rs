//! What several commands share: their options, the index they ask, and how they end.
//!
//! [`args`] has the options of every command and the conditions on documents, [`chosen`] the documents that a command is
//! about, [`named`] the one that an id names. [`updating`] brings an index up to date, [`watch`] goes on doing so.
//! [`listen`] takes an address, or says who has it. [`progress`] draws the bar and listens for Ctrl-C, [`log`] is `-v`, [`memory`] gives freed memory back while indexing.
//! [`exit`] turns what happened into an exit code.
//!
//! The invariant: nothing here is a command of its own, and only `output` is below it.

pub(super) mod args;
pub(super) mod chosen;
pub(super) mod exit;
#[cfg(feature = "serve")]
pub(super) mod listen;
pub(super) mod log;
pub(super) mod memory;
pub(super) mod named;
pub(super) mod progress;
pub(super) mod updating;
#[cfg(feature = "serve")]
pub(super) mod watch;
