//! The folder of an index on the disk: its manifest, lock, and checked files.
//!
//! The engine reads and writes through [`directory`], which seals every file with checksums ([`checksum`]) and verifies
//! each block when it is first read. The engine trusts what it reads, and so it never sees a changed byte: reading one is
//! an error, and damage never gives a wrong answer. The engine's own checksums,
//! one a file, would cost a whole reading at every start. `FORMAT.md` in the folder above has the layout.
//!
//! * [`index_folder`] is the folder as a value: the one way to its manifest, lock, files and swap.
//! * [`manifest`] holds the format and version of an index. Whatever shapes stored data stands there.
//! * [`lock`] lets one writer in at a time. The operating system locks the file and the process's number is in it, so a
//!   second writer can say who is in its way, and a dead process holds nothing. Readers never ask for it. It is taken
//!   before the engine's own lock, whose error hides other errors of input and output.
//! * [`catalog_file`] is the file in which the catalog of a commit is kept.
//! * [`commit`] is the payload of the engine's commit. It names the catalog and the list of copies, so an index and its
//!   catalog are of the same moment whenever the machine stops. [`garbage`] removes files that no commit names.
//! * [`windowed`] reads files in windows for writers. A map's pages count as memory for as long as the map exists, and
//!   a writer passes through whole files; searches map files instead.
//! * [`swap`] puts a new index in the place of an old one by two renames. Whoever opens the index next finishes a swap
//!   that was cut off between them.
//! * [`error`] turns the engine's errors and panics into ours.

pub(crate) mod catalog_file;
pub(crate) mod checksum;
pub(crate) mod commit;
pub(crate) mod directory;
pub(crate) mod error;
pub(crate) mod garbage;
pub(crate) mod index_folder;
pub(crate) mod lock;
pub(crate) mod manifest;
pub(crate) mod network_disk;
pub(crate) mod swap;
pub(crate) mod windowed;
