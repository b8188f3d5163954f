//! Limits on how much of a file may be in memory.

/// How much of a file is held in memory at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The longest document, in bytes, unpacked: a file of one document, or a record of a file of many. Formats that
    /// hold more than text may have four times as many.
    pub(crate) document_bytes: u64,
    /// The approximate length of the pieces of a file of many documents, in bytes. A piece is longer if one of its
    /// documents is.
    pub(crate) piece_bytes: usize,
    /// The most records of a piece: each becomes a document, which takes a thousand times the bytes of a tiny row.
    pub(crate) piece_records: usize,
    /// The bytes that may come out of a packed file, besides a hundred times its size.
    pub(crate) unpacked_bytes: u64,
    /// The longest picture that is read, in bytes; 0 where nothing recognises the words of pictures.
    pub(crate) picture_bytes: u64,
}

impl Limits {
    /// The most bytes of a document of a format that holds text alone, or more than text.
    pub(crate) fn longest(self, is_text: bool) -> u64 {
        // Little is text in a format that packs its text or has pictures beside it.
        self.document_bytes.saturating_mul(if is_text { 1 } else { 4 })
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            document_bytes: 64 << 20,
            piece_bytes: 1 << 20,
            piece_records: 4096,
            unpacked_bytes: 256 << 20,
            picture_bytes: 0,
        }
    }
}

/// The reason why something longer than a limit is not read.
pub(crate) fn too_long(what: &str, limit: u64) -> String {
    match limit >> 20 {
        0 => format!("longer than {what} may be, {limit} bytes"),
        megabytes => format!("longer than {what} may be, {megabytes} MB"),
    }
}
