//! Which files there are, and their bytes.
//!
//! [`walk`] lists the files of an archive, always in the same order. [`hashed_file`] reads one and hashes its bytes as
//! they lie on the disk. [`decompress`] takes off gzip and zstd, with a limit on what comes out. [`limits`] bounds how
//! much of a file may be in memory, [`problem`] says what could not be read and why, [`build`] what this build can
//! read, and [`nearest`] which name somebody meant who mistyped a path.
//!
//! The invariant: no file, however it is made, takes more memory than its limit allows. Limits are counts of bytes and
//! never a clock, so the same file gives the same result on every machine.

pub(crate) mod build;
pub(crate) mod decompress;
pub(crate) mod hashed_file;
pub(crate) mod ignored;
pub(crate) mod limits;
pub(crate) mod line_ends;
pub(crate) mod nearest;
pub(crate) mod problem;
pub(crate) mod walk;
