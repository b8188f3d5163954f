//! Checking, mending and describing an index.
//!
//! * [`verify`] reads every byte, and [`consistency`] analyses every stored text anew and compares it with the
//!   postings, sum against sum. So it finds damage on the disk as well as a fault of ours in indexing. `answer::health` is
//!   what it found.
//! * [`repair`] makes a new index of all that can be saved. [`salvage`] reads the stores of the old one, which hold all
//!   there is to know of a document, also in an earlier format; only what is missing is read from the files again.
//!   Documents that a program added have no file, so the old store is their only copy.
//! * [`rebuild`] fills a new folder beside the old one (`.index.dateline-new`) and swaps them when it is whole. It
//!   needs no readable old index, so it is the way out of another format. The old folder goes, so a rebuild is refused
//!   where somebody keeps other files in it; hidden files move along.
//! * [`diagnostics`] is what a report of a fault needs to know, without any of an archive's words. [`disk_usage`]
//!   counts bytes.
//!
//! The invariant: the old index answers until the new one is whole, and nothing that somebody put into its folder is
//! lost.

pub(crate) mod consistency;
pub(crate) mod diagnostics;
pub(crate) mod disk_usage;
pub(crate) mod rebuild;
pub(crate) mod repair;
pub(crate) mod salvage;
pub(crate) mod verify;
