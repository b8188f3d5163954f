//! A picture, and what is made of it once for all its frames.

use sha2::{Digest, Sha256};

use super::limited::Input;

/// A file with one picture or several.
#[derive(Debug)]
pub(crate) struct Picture<'p> {
    pub(super) bytes: &'p [u8],
    /// The file for the program.
    pub(super) input: Input,
    hash: Option<[u8; 32]>,
}

impl Picture<'_> {
    pub(crate) fn of(bytes: &[u8]) -> Picture<'_> {
        Picture { bytes, input: Input::default(), hash: None }
    }

    pub(super) fn hash(&mut self) -> [u8; 32] {
        *self.hash.get_or_insert_with(|| Sha256::digest(self.bytes).into())
    }
}
