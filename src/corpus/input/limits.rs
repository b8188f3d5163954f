//! How much of a file may be in memory.

/// How much is held in memory at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The longest document, in bytes, unpacked: a file of one document, or a record of many. Four times
    /// as many for formats that hold more than their text.
    pub(crate) document_bytes: u64,
    /// About how long the pieces of a file of many documents are, in bytes; longer where one document is.
    pub(crate) piece_bytes: usize,
    /// What may come out of a packed file, in bytes, besides a hundred times its size.
    pub(crate) unpacked_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { document_bytes: 64 << 20, piece_bytes: 1 << 20, unpacked_bytes: 256 << 20 }
    }
}
