//! From documents to a commit: the writing half of the seam ([`engine_writer`]), and the public handles that open it,
//! [`update`] for folders and [`index_writer`] for documents of a program's own.
//!
//! A writer opens the engine anew once it holds the lock, since another may have written in between, and first removes
//! what killed writers left. It writes the catalog beside the engine's files before each commit and names it in the
//! commit's payload. [`find_copies`] runs after merges, with the fingerprints of one segment in memory, and makes a
//! commit of its own.
//!
//! [`merge_policy`] bounds memory: what a merge must hold whole (the texts of one segment, the terms of all, one column
//! of all) is limited by what may be merged at once, so segments grow to some hundred megabytes and are then left
//! alone. What grows with the archive is what is known of all of it: a few hundred bytes for each file, some twenty for
//! each document, the list of copies, and freed memory that the allocator keeps for each thread (see `cli/shared/memory.rs`).

pub(crate) mod engine_writer;
pub(crate) mod find_copies;
pub(crate) mod index_writer;
mod merge_policy;
mod piece_documents;
pub(crate) mod update;
mod weighed;
