//! From one file to documents, piece by piece.

pub(crate) mod leaf;
pub(crate) mod piece;
pub(crate) mod pieces;
