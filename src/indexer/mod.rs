//! From files to a commit, over any engine that can be written to.
//!
//! [`update`] brings an index up to date with folders, [`own_documents`] takes the documents of a program's own, and
//! [`archives`] tells and forgets what an index was made from. All write through
//! [`BackendWriter`](crate::backend::writer::BackendWriter).
//!
//! * [`plan`] compares the archive with the catalog of the last commit ([`former`]). A file of the same size and time is
//!   left alone, unless its time is so fresh that it may have changed again within it; then, and when size or time
//!   differ, its content hash decides. The same content under another path, whose old path is gone, was moved and keeps
//!   its ids. Files that are gone take their documents with them; files from elsewhere, and documents added by hand,
//!   stay.
//! * One thread reads files and cuts them, several make documents of the pieces ([`file_job`], with ids in the order of
//!   the file from [`id_order`]), the engine writes. A budget bounds the bytes on their way by a part of `--memory`,
//!   however large the archive and its files are; a larger document goes alone.
//! * A file that grew is read from where it grew, and one whose reading was stopped from where it stopped: the first
//!   pieces that are as the catalog has them are left alone.
//! * An update commits about once a minute, or a gigabyte, or a quarter of a million documents, also between two pieces
//!   of a file, and when it is stopped.
//!
//! The invariant: after every commit the index holds, for each file of the catalog, the documents of the pieces read so
//! far; and while the file is not read to its end (it has no hash till then), those of its former pieces that were not
//! read again yet (the leftover). No id stands twice, since a document read anew replaces the one of its id in the
//! leftover in the same commit; no document goes before its file was read to its end, except for one that took its
//! place. Any commit can be continued, by the same program or after a kill, with the file as it was or changed again.

pub(crate) mod archives;
mod companions;
mod ending;
mod file_job;
pub(crate) mod former;
mod id_order;
mod other_indexes;
pub(crate) mod own_documents;
mod plan;
mod task;
#[cfg(test)]
mod tests;
pub(crate) mod update;
