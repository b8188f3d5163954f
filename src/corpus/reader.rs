//! One file, cut into pieces that any thread can read.

use std::io;
use std::sync::Arc;

use super::format::{self, Format, HEAD};
use super::piece::Piece;
use super::problem::{Problem, Skip};
use super::source::{Refused, Source, fill};
use super::walk::FileEntry;
use crate::error::{Error, ErrorKind, Result};

/// How much is held in memory at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The longest document, in bytes, unpacked: a file of one document, or a line of JSON Lines.
    pub(crate) document_bytes: u64,
    /// About how long the pieces of a file of many documents are, in bytes; longer where one document is.
    pub(crate) piece_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { document_bytes: 64 << 20, piece_bytes: 1 << 20 }
    }
}

/// The pieces of a file in their order.
///
/// An error ends them: what was good before it has been handed out.
pub(crate) struct Pieces {
    entry: Arc<FileEntry>,
    format: Format,
    limits: Limits,
    source: Option<Source>,
    /// Read already, not handed out yet: the head of the file or the beginning of a line.
    pending: Vec<u8>,
    /// The line of the file that `pending` begins with.
    line: u32,
    /// How far the head was read before something went wrong with it.
    broken: Option<io::Error>,
    hash: Option<u128>,
}

impl Pieces {
    /// Opens a file and recognises its format by its first 64 KB.
    ///
    /// Fails with the reason why the file is passed over: it cannot be opened, is of a format that is not read, is too
    /// long for one document.
    pub(crate) fn open(entry: Arc<FileEntry>, limits: Limits) -> Result<Pieces, Skip> {
        let skip = |reason: String| Skip::new(entry.path.clone(), reason);
        let failed = |reason: String| Skip::failed(entry.path.clone(), reason);
        let mut source = Source::open(&entry.path).map_err(|refused| match refused {
            Refused::Io(error) if error.kind() == io::ErrorKind::NotFound => {
                failed("it has vanished since the folder was listed".to_owned())
            }
            Refused::Io(error) => failed(format!("cannot open: {error}")),
            Refused::Compressed => skip("gzip, which this build does not read (feature gzip)".to_owned()),
        })?;
        let mut head = Vec::new();
        let broken = fill(&mut source, &mut head, HEAD).err();
        if let Some(error) = broken.as_ref().filter(|_| head.is_empty()) {
            return Err(failed(format!("cannot read: {}", plain_words(error, source.is_compressed()))));
        }
        let name = if source.is_compressed() { unpacked_name(&entry.relative) } else { &entry.relative };
        let format = format::recognise(&head, name).map_err(skip)?;
        if let Some(reason) = format::unsupported(format) {
            return Err(skip(reason.to_owned()));
        }
        if format != Format::JsonLines && !source.is_compressed() && entry.bytes > limits.document_bytes {
            return Err(failed(too_long("a document", limits.document_bytes)));
        }
        if format == Format::JsonLines && head.starts_with(b"\xef\xbb\xbf") {
            head.drain(..3);
        }
        Ok(Pieces { entry, format, limits, source: Some(source), pending: head, line: 1, broken, hash: None })
    }

    /// The hash (XXH3, 128 bits) of the file's bytes as they lie on the disk, after the last piece or an error; none
    /// before, and none if they could not all be read.
    pub(crate) fn hash(&self) -> Option<u128> {
        self.hash
    }

    /// Fills `pending` up to `length`; what stops it short of that and of the end is kept for the end.
    fn fill(&mut self, length: usize) {
        if let (Some(source), None) = (&mut self.source, &self.broken) {
            self.broken = fill(source, &mut self.pending, length).err();
        }
    }

    /// Whether all has been read that can be, given that `pending` was to be filled up to `length`.
    fn is_at_end(&self, length: usize) -> bool {
        self.broken.is_some() || self.pending.len() < length
    }

    fn piece(&self, bytes: Vec<u8>, problems: Vec<Problem>) -> Piece {
        Piece { entry: self.entry.clone(), format: self.format, bytes, line: self.line, problems }
    }

    /// Ends the pieces, with the error that there was.
    fn end(&mut self) -> Option<Error> {
        let source = self.source.take()?;
        let compressed = source.is_compressed();
        self.hash = source.finish();
        let error = self.broken.take()?;
        let kind = if compressed { ErrorKind::Format } else { ErrorKind::Io };
        Some(Error::new(kind, plain_words(&error, compressed)).at(self.entry.path.clone()))
    }

    fn next_document(&mut self) -> Option<Result<Piece>> {
        let limit = usize::try_from(self.limits.document_bytes).unwrap_or(usize::MAX);
        if self.pending.is_empty() {
            return self.end().map(Err);
        }
        self.fill(limit.saturating_add(1));
        if self.pending.len() > limit {
            self.pending = Vec::new();
            self.broken = None;
            self.end();
            let message = too_long("a document", self.limits.document_bytes);
            return Some(Err(Error::new(ErrorKind::Format, message).at(self.entry.path.clone())));
        }
        let bytes = std::mem::take(&mut self.pending);
        if self.broken.is_none() {
            self.end();
        }
        Some(Ok(self.piece(bytes, Vec::new())))
    }

    fn next_lines(&mut self) -> Option<Result<Piece>> {
        let limit = usize::try_from(self.limits.document_bytes).unwrap_or(usize::MAX);
        let mut length = self.limits.piece_bytes.max(1);
        let mut searched = 0;
        loop {
            self.fill(length);
            let at_end = self.is_at_end(length);
            let tail = self.pending.get(searched..).unwrap_or_default();
            let cut = memchr::memrchr(b'\n', tail).map(|at| searched + at + 1);
            if cut.is_none() && !at_end {
                searched = self.pending.len();
                if searched > limit {
                    return Some(Ok(self.pass_over_line()));
                }
                length = searched.saturating_add(self.limits.piece_bytes.max(searched / 2));
                length = length.min(limit.saturating_add(1)).max(searched + 1);
                continue;
            }
            if self.pending.is_empty() {
                return self.end().map(Err);
            }
            let cut = if at_end { self.pending.len() } else { cut.unwrap_or(self.pending.len()) };
            let rest = self.pending.split_off(cut);
            let bytes = std::mem::replace(&mut self.pending, rest);
            let lines = memchr::memchr_iter(b'\n', &bytes).count();
            let piece = self.piece(bytes, Vec::new());
            self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
            return Some(Ok(piece));
        }
    }

    /// Reads on to the end of a line that is too long, keeping nothing of it.
    fn pass_over_line(&mut self) -> Piece {
        let problem = Problem::on_line(self.line, too_long("a line", self.limits.document_bytes));
        self.pending = Vec::new();
        loop {
            self.pending.clear();
            self.fill(HEAD);
            match memchr::memchr(b'\n', &self.pending) {
                Some(end) => {
                    self.pending.drain(..=end);
                    break;
                }
                None if self.is_at_end(HEAD) => {
                    self.pending.clear();
                    break;
                }
                None => {}
            }
        }
        let piece = self.piece(Vec::new(), vec![problem]);
        self.line = self.line.saturating_add(1);
        piece
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece>;

    fn next(&mut self) -> Option<Result<Piece>> {
        self.source.as_ref()?;
        match self.format {
            Format::JsonLines => self.next_lines(),
            Format::Plain | Format::Markdown | Format::Html => self.next_document(),
        }
    }
}

/// The name a compressed file has once unpacked.
fn unpacked_name(name: &str) -> &str {
    let cut = name.len().saturating_sub(3);
    match (name.get(..cut), name.get(cut..)) {
        (Some(before), Some(end)) if end.eq_ignore_ascii_case(".gz") => before,
        _ => name,
    }
}

fn too_long(what: &str, limit: u64) -> String {
    match limit >> 20 {
        0 => format!("longer than {what} may be, {limit} bytes"),
        megabytes => format!("longer than {what} may be, {megabytes} MB"),
    }
}

/// What went wrong with the bytes of a file, for a person.
fn plain_words(error: &io::Error, compressed: bool) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof if compressed => {
            "the compressed file is cut off; what came before was read".to_owned()
        }
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData if compressed => {
            format!("the compressed file is damaged ({error}); what came before was read")
        }
        _ => format!("cannot read on: {error}"),
    }
}
