//! A file or member with nothing packed around it any more, cut into pieces as it is read.

use std::io;
use std::sync::Arc;

use super::piece::Piece;
use crate::corpus::format;
use crate::corpus::format::{Format, HEAD, Shape};
use crate::corpus::input::hashed_file::{Bytes, fill};
use crate::corpus::input::limits::{Limits, too_long};
use crate::corpus::input::problem::Problem;
use crate::corpus::input::walk::FileEntry;
use crate::corpus::raw::Given;

/// A file, or a member of one, on its way into pieces.
pub(crate) struct Leaf {
    /// The model of its pieces: all that they have in common.
    model: Piece,
    /// Nothing any more once all has been read.
    bytes: Option<Bytes>,
    /// Set if the bytes came out of something packed.
    packed: bool,
    /// Read already, not handed out yet: the head of the file or the beginning of a record.
    pending: Vec<u8>,
    /// The error in the bytes after those pending.
    broken: Option<io::Error>,
}

/// A document or a file of records with everything packed around it taken off.
pub(crate) struct Unpacked {
    /// The way to it inside the file.
    pub(crate) way: String,
    /// The text its ids are made from, if that is not the way.
    pub(crate) key: Option<String>,
    pub(crate) format: Format,
    /// The facts that the packing gives.
    pub(crate) given: Given,
    /// Set if its bytes came out of something packed.
    pub(crate) packed: bool,
    /// Its bytes behind the head.
    pub(crate) bytes: Bytes,
    /// The first bytes, read already.
    pub(crate) head: Vec<u8>,
    /// The error in the bytes after the head.
    pub(crate) broken: Option<io::Error>,
}

impl Leaf {
    pub(crate) fn new(entry: &Arc<FileEntry>, found: Unpacked) -> Leaf {
        let Unpacked { way, key, format, given, packed, bytes, head, broken } = found;
        let mut pending = head;
        let (context, start) = format::begin(format, &pending);
        let line = 1 + line_breaks(pending.get(..start).unwrap_or_default());
        pending.drain(..start);
        let is_whole = way.is_empty();
        let model = Piece {
            entry: Arc::clone(entry),
            way,
            key,
            format,
            context,
            given: Arc::new(given),
            bytes: Vec::new(),
            line,
            first: 1,
            is_whole,
            problems: Vec::new(),
        };
        Leaf { model, bytes: Some(bytes), packed, pending, broken }
    }

    /// The most bytes of one of its documents.
    pub(crate) fn longest(&self, limits: Limits) -> u64 {
        match self.model.format {
            Format::Picture => limits.picture_bytes,
            format => limits.longest(format.is_text()),
        }
    }

    /// The next piece; none after the last.
    pub(crate) fn next_piece(&mut self, limits: Limits) -> Option<Piece> {
        self.bytes.as_ref()?;
        match self.model.format.shape() {
            Shape::Records => self.next_records(limits),
            _ => self.whole(limits),
        }
    }

    /// Fills `pending` up to `length`, and tells whether that was all there is.
    fn fill(&mut self, length: usize) -> bool {
        if let (Some(bytes), None) = (&mut self.bytes, &self.broken) {
            self.broken = fill(bytes, &mut self.pending, length).err();
        }
        self.broken.is_some() || self.pending.len() < length
    }

    fn piece(&self, bytes: Vec<u8>, problems: Vec<Problem>) -> Piece {
        Piece { bytes, problems, ..self.model.clone() }
    }

    /// Ends the pieces, with what went wrong if something did.
    fn end(&mut self) -> Option<Piece> {
        self.bytes = None;
        let error = self.broken.take()?;
        let piece = self.piece(Vec::new(), vec![Problem::failed(plain_words(&error, self.packed))]);
        // Something may have come before it.
        Some(Piece { is_whole: false, ..piece })
    }

    fn whole(&mut self, limits: Limits) -> Option<Piece> {
        let limit = usize::try_from(self.longest(limits)).unwrap_or(usize::MAX);
        self.fill(limit.saturating_add(1));
        if self.pending.is_empty() {
            return self.end();
        }
        if self.pending.len() > limit {
            (self.pending, self.bytes) = (Vec::new(), None);
            let problem = Problem::failed(too_long("a document", limit as u64));
            return Some(self.piece(Vec::new(), vec![problem]));
        }
        let bytes = std::mem::take(&mut self.pending);
        if self.broken.is_none() {
            self.bytes = None;
        }
        Some(self.piece(bytes, Vec::new()))
    }

    fn next_records(&mut self, limits: Limits) -> Option<Piece> {
        let limit = usize::try_from(limits.document_bytes).unwrap_or(usize::MAX);
        let mut length = limits.piece_bytes.max(1);
        loop {
            let at_end = self.fill(length);
            if self.pending.is_empty() {
                return self.end();
            }
            let enough = format::end_of(self.model.format, &self.pending, limits.piece_records);
            let cut = match enough.or_else(|| format::cut(self.model.format, &self.pending, at_end)) {
                Some(cut) if cut > 0 => cut.min(self.pending.len()),
                _ if at_end => self.pending.len(),
                _ if self.pending.len() > limit => return Some(self.pass_over(limits)),
                _ => {
                    // A record longer than this: look further, and not again and again at the same bytes.
                    let more = limits.piece_bytes.max(self.pending.len());
                    length = self.pending.len().saturating_add(more).min(limit.saturating_add(1));
                    length = length.max(self.pending.len() + 1);
                    continue;
                }
            };
            let rest = self.pending.split_off(cut);
            let bytes = std::mem::replace(&mut self.pending, rest);
            let (lines, records) = (line_breaks(&bytes), format::count(self.model.format, &bytes));
            let piece = self.piece(bytes, Vec::new());
            self.model.line = self.model.line.saturating_add(lines);
            self.model.first += records;
            return Some(piece);
        }
    }

    /// Passes over a record that is too long, keeping nothing of it: to the end of its line where records are lines,
    /// else to the end of the file.
    fn pass_over(&mut self, limits: Limits) -> Piece {
        if self.model.format != Format::JsonLines {
            (self.pending, self.bytes) = (Vec::new(), None);
            let reason = too_long("a record", limits.document_bytes) + "; what comes after it was not read";
            return self.piece(Vec::new(), vec![Problem::on_line(self.model.line, reason)]);
        }
        let problem = Problem::on_line(self.model.line, too_long("a line", limits.document_bytes));
        self.pending = Vec::new();
        loop {
            self.pending.clear();
            let at_end = self.fill(HEAD);
            match memchr::memchr(b'\n', &self.pending) {
                Some(end) => {
                    self.pending.drain(..=end);
                    break;
                }
                None if at_end => {
                    self.pending.clear();
                    break;
                }
                None => {}
            }
        }
        let piece = self.piece(Vec::new(), vec![problem]);
        self.model.line = self.model.line.saturating_add(1);
        self.model.first += 1;
        piece
    }
}

fn line_breaks(bytes: &[u8]) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', bytes).count()).unwrap_or(u32::MAX)
}

/// An error in the bytes of a file, for a person.
pub(crate) fn plain_words(error: &io::Error, packed: bool) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof if packed => {
            "the compressed file is cut off; what came before was read".to_owned()
        }
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData if packed => {
            format!("the compressed file is damaged ({error}); what came before was read")
        }
        _ => format!("cannot read on: {error}"),
    }
}
