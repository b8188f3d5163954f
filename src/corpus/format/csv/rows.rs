//! Finds the rows and cells of a table.
//!
//! A cell that opens with a quote ends at the next quote that is not doubled, as in RFC 4180. Signs between that quote
//! and the delimiter belong to the cell. If no such quote comes within 1 MB, or before the end of the file, the first
//! one is a quote like any other, so that a stray quote does not swallow the rest of the table.

/// The longest quoted cell, in bytes.
const QUOTED: usize = 1 << 20;

/// The most columns that are read.
pub(super) const COLUMNS: usize = 4096;

/// The rows of some bytes, with their line breaks. A row that does not end is none, except at the end of the file.
pub(super) struct Rows<'a> {
    bytes: &'a [u8],
    /// The byte after the last row.
    pub(super) at: usize,
    at_end: bool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(bytes: &'a [u8], at_end: bool) -> Rows<'a> {
        Rows { bytes, at: 0, at_end }
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let begin = self.at;
        let mut at = begin;
        loop {
            let rest = self.bytes.get(at..).filter(|rest| !rest.is_empty());
            let Some(rest) = rest else {
                // It is not known yet whether the row has ended.
                let row = self.bytes.get(begin..).filter(|row| self.at_end && !row.is_empty())?;
                self.at = self.bytes.len();
                return Some(row);
            };
            let Some(found) = memchr::memchr2(b'\n', b'"', rest) else {
                at = self.bytes.len();
                continue;
            };
            at += found;
            if rest.get(found) == Some(&b'\n') {
                self.at = at + 1;
                return self.bytes.get(begin..at + 1);
            }
            let opens = at == begin || self.bytes.get(at - 1).is_some_and(|before| is_delimiter(*before));
            at = match opens.then(|| quoted(self.bytes, at)).flatten() {
                Some(Quoted::Closed(end)) => end,
                Some(Quoted::Unknown) if !self.at_end => return None,
                _ => at + 1,
            };
        }
    }
}

/// Returns whether a byte may be a delimiter. Rows are cut before the delimiter is known, so any of them may stand
/// before a quote.
fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b',' | b';' | b'\t' | b'|')
}

enum Quoted {
    /// The byte after the closing quote.
    Closed(usize),
    /// The bytes end before the closing quote.
    Unknown,
}

/// The end of a cell whose opening quote stands at `open`. None if there is no closing quote within the longest cell.
fn quoted(bytes: &[u8], open: usize) -> Option<Quoted> {
    let mut at = open + 1;
    loop {
        let limit = open.saturating_add(QUOTED).min(bytes.len());
        let rest = bytes.get(at..limit).unwrap_or_default();
        let Some(found) = memchr::memchr(b'"', rest) else {
            return (bytes.len() - open <= QUOTED).then_some(Quoted::Unknown);
        };
        at += found + 1;
        match bytes.get(at) {
            Some(b'"') => at += 1,
            Some(_) => return Some(Quoted::Closed(at)),
            // Another quote may follow.
            None => return Some(Quoted::Closed(at)),
        }
    }
}

/// The cells of a row, without their quotes and the line break.
pub(super) fn cells(row: &[u8], delimiter: u8) -> Vec<Vec<u8>> {
    let row = row.strip_suffix(b"\n").unwrap_or(row);
    let row = row.strip_suffix(b"\r").unwrap_or(row);
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let begin = at;
        let mut cell = Vec::new();
        if row.get(at) == Some(&b'"')
            && let Some(Quoted::Closed(end)) = quoted(row, at)
        {
            let inner = row.get(at + 1..end - 1).unwrap_or_default();
            cell.reserve(inner.len());
            let mut rest = inner;
            while let Some(quote) = memchr::memmem::find(rest, b"\"\"") {
                cell.extend_from_slice(rest.get(..quote + 1).unwrap_or_default());
                rest = rest.get(quote + 2..).unwrap_or_default();
            }
            cell.extend_from_slice(rest);
            at = end;
        }
        let rest = row.get(at..).unwrap_or_default();
        let length = memchr::memchr(delimiter, rest).unwrap_or(rest.len());
        cell.extend_from_slice(rest.get(..length).unwrap_or_default());
        at += length;
        cells.push(cell);
        if at >= row.len() || cells.len() > COLUMNS {
            return cells;
        }
        at += 1;
        debug_assert!(at > begin);
        if at == row.len() {
            cells.push(Vec::new());
            return cells;
        }
    }
}
