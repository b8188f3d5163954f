//! From one file to documents, piece by piece.
//!
//! [`pieces`] opens a file, asks what it is, and goes into whatever is packed in it. What is packed no more becomes a
//! [`leaf`], which is cut into pieces as it is read: the whole file, a member of an archive, or about 1 MB of records.
//! [`piece`] makes documents of one piece on any thread: it decodes the bytes, lets the format make a raw document, and
//! asks the clues for date, source and title.
//!
//! [`mod@beside`] finds the pages of an issue, the issue of a page, and the lists of references that date and name a file,
//! which are files of their own.
//!
//! The invariant: a piece has a number made of its file's path, its content and its place in it. Each document carries
//! the number of its piece, so an update can leave alone the pieces that are as they were, and a file that grew or
//! whose reading was stopped is read from there.

#[cfg(any(feature = "newspapers", feature = "bibliography"))]
pub(crate) mod beside;
pub(crate) mod leaf;
pub(crate) mod piece;
pub(crate) mod pieces;
