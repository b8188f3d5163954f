//! From documents to a commit: an [`update`] of the index from folders, or a [`writer`] for documents of a program's
//! own.
//!
//! * [`plan`] compares the archive with the catalog of the last commit ([`former`]). A file of the same size and time is left alone,
//!   unless its time is so fresh that it may have changed again within it; then, and when size or time differ, its
//!   content hash decides. The same content under another path, whose old path is gone, was moved and keeps its ids.
//!   Files that are gone take their documents with them; files from elsewhere, and documents added by hand, stay.
//! * One thread reads files and cuts them, several make documents of the pieces ([`file_job`], with ids in the order of
//!   the file from [`id_order`]), the engine's threads write. [`memory_budget`] bounds the bytes on their way by a part
//!   of `--memory`, however large the archive and its files are; a larger document goes alone.
//! * A file that grew is read from where it grew, and one whose reading was stopped from where it stopped: the first
//!   pieces that are as the catalog has them are left alone.
//! * An update commits about once a minute, or a gigabyte, or a quarter of a million documents, also between two pieces
//!   of a file, and when it is stopped. [`find_copies`] runs after merges, with the fingerprints of one segment in
//!   memory, and makes a commit of its own.
//!
//! After every commit the index holds, for each file of the catalog, the documents of the pieces read so far; and while
//! the file is not read to its end (it has no hash till then), those of its former pieces that were not read again yet
//! (the leftover). No id stands twice, since a document read anew replaces the one of its id in the leftover in the same commit; no document goes
//! before its file was read to its end, except for one that took its place. Any commit can be continued, by the same
//! program or after a kill, with the file as it was or changed again.
//!
//! [`merge_policy`] bounds memory: what a merge must hold whole (the texts of one segment, the terms of all, one column
//! of all) is limited by what may be merged at once, so segments grow to some hundred megabytes and are then left
//! alone. What grows with the archive is what is known of all of it: a few hundred bytes for each file, some twenty for
//! each document, the list of copies, and freed memory that the allocator keeps for each thread (see `cli/shared/memory.rs`).
//! A writer opens the engine anew once it holds the lock, since another may have written in between, and first removes
//! what killed writers left.

mod companions;
pub(crate) mod file_job;
pub(crate) mod find_copies;
pub(crate) mod former;
pub(crate) mod id_order;
pub(crate) mod known;
pub(crate) mod memory_budget;
pub(crate) mod merge_policy;
mod other_indexes;
pub(crate) mod plan;
pub(crate) mod task;
pub(crate) mod update;
pub(crate) mod withdrawn;
pub(crate) mod writer;
