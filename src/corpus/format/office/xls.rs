//! Excel workbooks from before 2007 (BIFF 2 to 8): cells with the values that the program kept, notes, boxes of text.

use std::collections::{BTreeMap, HashMap, HashSet};

use encoding_rs::Encoding;

use super::biff::{Cursor, Record, Records, rk, u16_at};
use super::book::{Book, Sheet, too_long};
use super::container::{pictures_of_drawings, stream};
use super::serial::{Epoch, Shown, shown};
use crate::corpus::encoding::code_page;
use crate::corpus::format::compound::kind::MAGIC;
use crate::corpus::format::shared::unread::{Kind, Unread};
use crate::corpus::input::problem::{LOCKED, Problem};

/// The most records that are looked at, those of each sheet together.
const RECORDS: usize = 20_000_000;

fn too_many() -> Problem {
    Problem::failed(format!("a workbook of more than {RECORDS} records, which is not read"))
}

/// Ends a part of the stream that began with a BOF.
const EOF: u16 = 0x0a;

/// The generation of a workbook. Each changed the layout of its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Biff {
    V2,
    V3,
    V4,
    V5,
    V8,
}

/// The generation, and the kind of the part, that a record begins; none if it begins no part.
fn beginning(record: &Record) -> Option<(Biff, u16)> {
    let data = record.data();
    let kind = u16_at(data, 2)?;
    match record.kind {
        0x0009 => Some((Biff::V2, kind)),
        0x0209 => Some((Biff::V3, kind)),
        0x0409 => Some((Biff::V4, kind)),
        0x0809 if u16_at(data, 0)? == 0x0600 => Some((Biff::V8, kind)),
        0x0809 => Some((Biff::V5, kind)),
        _ => None,
    }
}

/// A sheet that the workbook lists.
struct Listed {
    name: String,
    hidden: Option<&'static str>,
    /// What it is if it has no cells.
    other: Option<&'static str>,
    at: usize,
}

/// What the cells of a workbook need to be shown.
struct Globals {
    biff: Biff,
    sheets: Vec<Listed>,
    strings: Vec<String>,
    /// The format of each style, and how formats show numbers.
    styles: Vec<u16>,
    formats: HashMap<u16, Shown>,
    epoch: Epoch,
    encoding: &'static Encoding,
    pictures: usize,
}

/// Reads a workbook into `book`, which has its properties. Fails if it has a password, is damaged before its first cell,
/// or is longer than a document may be.
pub(super) fn read(bytes: &[u8], book: &mut Book) -> Result<(), Problem> {
    let owned;
    let stream = if bytes.starts_with(MAGIC) {
        let damaged = |error: std::io::Error| Problem::failed(format!("a damaged Excel workbook: {error}"));
        owned = stream(bytes, &["/Workbook", "/Book"]).map_err(damaged)?;
        &owned
    } else {
        bytes
    };
    let mut budget = RECORDS;
    let Some(globals) = globals(stream, &mut budget)? else {
        return Err(Problem::failed("a damaged Excel workbook: it does not begin like one"));
    };
    let mut unread = Unread::default();
    unread.add(Kind::Picture, globals.pictures);
    book.problems.extend(unread.problems());
    if globals.sheets.is_empty() {
        book.sheets.push(Sheet::default());
        return sheet(stream, 0, &globals, book, &mut budget);
    }
    let mut seen = HashSet::new();
    for listed in &globals.sheets {
        let Listed { name, hidden, other, at } = listed;
        if let Some(other) = other {
            book.problems.push(Problem::nothing(format!("the sheet {name} is {other}, which is not read")));
        } else if seen.insert(*at) && Records::new(stream, *at).next().is_some_and(|first| beginning(&first).is_some())
        {
            book.sheets.push(Sheet { name: name.clone(), hidden: *hidden, ..Sheet::default() });
            sheet(stream, *at, &globals, book, &mut budget)?;
        } else {
            book.problems
                .push(Problem::failed(format!("the sheet {name} is missing: the workbook is damaged or cut off")));
        }
    }
    Ok(())
}

/// What the stream says of all cells. None if it does not begin like a workbook.
fn globals(stream: &[u8], budget: &mut usize) -> Result<Option<Globals>, Problem> {
    let mut records = Records::new(stream, 0);
    let Some((biff, _)) = records.next().as_ref().and_then(beginning) else { return Ok(None) };
    let (sheets, strings, styles, formats) = Default::default();
    let mut globals = Globals {
        biff,
        sheets,
        strings,
        styles,
        formats,
        epoch: Epoch::Since1900,
        encoding: encoding_rs::WINDOWS_1252,
        pictures: 0,
    };
    let mut names: Vec<(Vec<u8>, usize)> = Vec::new();
    for record in records {
        *budget = budget.checked_sub(1).ok_or_else(too_many)?;
        let mut at = Cursor::new(&record.segments);
        match record.kind {
            0x2f => return Err(Problem::failed(LOCKED)),
            0x22 if at.u16() == Some(1) => globals.epoch = Epoch::Since1904,
            0x42 => globals.encoding = at.u16().and_then(|page| code_page(page.into())).unwrap_or(globals.encoding),
            0x85 if biff >= Biff::V5 => {
                if let Some((listed, name)) = listed(&mut at, biff) {
                    names.push((name, globals.sheets.len()));
                    globals.sheets.push(listed);
                }
            }
            0xfc => globals.strings = shared(&mut at),
            0xeb => globals.pictures += pictures_of_drawings(record.data()),
            0x1e | 0x41e => globals.format(&mut at, record.kind),
            0xe0 => globals.styles.push(at.u16().and_then(|_| at.u16()).unwrap_or_default()),
            0x243 | 0x443 => globals.styles.push(at.u8().and_then(|_| at.u8()).map_or(0, u16::from)),
            // A workbook of one sheet says all this among its cells.
            EOF if biff >= Biff::V5 => break,
            _ => {}
        }
    }
    // The code page may stand behind the names.
    for (name, sheet) in names.into_iter().filter(|_| biff < Biff::V8) {
        if let Some(listed) = globals.sheets.get_mut(sheet) {
            listed.name = globals.encoding.decode(&name).0.into_owned();
        }
    }
    Ok(Some(globals))
}

/// A sheet as the workbook lists it, with the bytes of its name where they are in a code page.
fn listed(at: &mut Cursor, biff: Biff) -> Option<(Listed, Vec<u8>)> {
    let (begin, state, kind, length) = (at.u32()?, at.u8()?, at.u8()?, at.u8()?);
    let (name, bytes) = match biff {
        Biff::V8 => (at.flagged(usize::from(length))?, Vec::new()),
        _ => (String::new(), at.bytes(usize::from(length))?),
    };
    let hidden = match state & 3 {
        1 => Some("hidden"),
        2 => Some("very hidden"),
        _ => None,
    };
    let other = match kind {
        0 => None,
        1 => Some("one of macros"),
        2 => Some("a chart"),
        _ => Some("a module of macros"),
    };
    Some((Listed { name, hidden, other, at: usize::try_from(begin).ok()? }, bytes))
}

/// The texts that cells share, as far as they are whole.
fn shared(at: &mut Cursor) -> Vec<String> {
    let Some((_, count)) = at.u32().zip(at.u32()) else { return Vec::new() };
    (0..count).map_while(|_| at.rich_string()).collect()
}

impl Globals {
    fn format(&mut self, at: &mut Cursor, kind: u16) {
        let number = match (self.biff, kind) {
            (Biff::V5 | Biff::V8, _) => at.u16(),
            // Older formats are known by their order.
            (_, 0x41e) => at.u16().map(|_| self.formats.len() as u16),
            _ => Some(self.formats.len() as u16),
        };
        let code = match self.biff {
            Biff::V8 => at.rich_string(),
            _ => at.u8().and_then(|length| at.bytes(usize::from(length))).map(|bytes| self.decoded(&bytes)),
        };
        if let (Some(number), Some(code)) = (number, code) {
            self.formats.insert(number, Shown::of_code(&code));
        }
    }

    fn decoded(&self, bytes: &[u8]) -> String {
        self.encoding.decode(bytes).0.into_owned()
    }

    fn number(&self, value: f64, format: Format) -> String {
        let number = match format {
            Format::Style(style) => self.styles.get(usize::from(style)).copied().unwrap_or_default(),
            Format::Number(number) => number,
        };
        let built_in = if self.biff >= Biff::V5 { Shown::of_built_in(u32::from(number)) } else { Shown::Number };
        shown(value, self.formats.get(&number).copied().unwrap_or(built_in), self.epoch)
    }

    /// A text of a cell with its length before it.
    fn text(&self, at: &mut Cursor) -> Option<String> {
        match self.biff {
            Biff::V8 => at.rich_string(),
            Biff::V2 => at.u8().and_then(|length| at.bytes(usize::from(length))).map(|bytes| self.decoded(&bytes)),
            _ => at.u16().and_then(|length| at.bytes(usize::from(length))).map(|bytes| self.decoded(&bytes)),
        }
    }
}

/// Where the format of a number is told.
#[derive(Clone, Copy)]
enum Format {
    Style(u16),
    Number(u16),
}

/// Row and column from 1, and the format.
fn head(at: &mut Cursor, biff: Biff) -> Option<(u32, u32, Format)> {
    let (row, column) = (u32::from(at.u16()?) + 1, u32::from(at.u16()?) + 1);
    let format = match biff {
        Biff::V2 => {
            let [_, format, _] = [at.u8()?, at.u8()?, at.u8()?];
            Format::Number(u16::from(format & 0x3f))
        }
        _ => Format::Style(at.u16()?),
    };
    Some((row, column, format))
}

/// What of a sheet stands apart from its cells while it is read.
#[derive(Default)]
struct Drawn {
    /// A formula whose text is in the record after it.
    waiting: Option<(u32, u32)>,
    /// The number of the object that a text belongs to, if it is a note.
    note: Option<u16>,
    notes: HashMap<u16, String>,
    old_notes: BTreeMap<(u32, u32), Vec<u8>>,
    last: (u32, u32),
}

/// Reads the part of the stream that begins at `at` into the last sheet of the book.
fn sheet(stream: &[u8], at: usize, globals: &Globals, book: &mut Book, budget: &mut usize) -> Result<(), Problem> {
    let mut drawn = Drawn::default();
    let mut depth = 0_usize;
    let mut ended = false;
    for record in Records::new(stream, at) {
        *budget = budget.checked_sub(1).ok_or_else(too_many)?;
        if beginning(&record).is_some() {
            depth += 1;
        } else if record.kind == EOF {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                ended = true;
                break;
            }
        } else if !cells(&record, globals, book)? {
            apart(&record, globals, book, &mut drawn)?;
        }
    }
    if let Some(sheet) = book.sheets.last_mut() {
        let notes = drawn.old_notes.into_iter();
        sheet.notes.extend(notes.map(|((row, column), bytes)| (row, column, globals.decoded(&bytes))));
        if !ended {
            let reason = format!("the sheet {} is read in part: the workbook is damaged or cut off", sheet.name);
            book.problems.push(Problem::failed(reason));
        }
    }
    Ok(())
}

/// Reads a record with the value of a cell, and returns whether it is one.
fn cells(record: &Record, globals: &Globals, book: &mut Book) -> Result<bool, Problem> {
    let mut at = Cursor::new(&record.segments);
    let at = &mut at;
    let known = matches!(record.kind, 0xfd | 0x204 | 0xd6 | 0x04 | 0x203 | 0x03 | 0x02 | 0x27e | 0xbd | 0x205 | 0x05);
    if !known {
        return Ok(false);
    }
    if record.kind == 0xbd {
        let Some((row, first)) = at.u16().zip(at.u16()) else { return Ok(true) };
        let count = record.data().len().saturating_sub(6) / 6;
        for column in (u32::from(first) + 1..).take(count) {
            let Some((style, number)) = at.u16().zip(at.u32()) else { break };
            if !book.push(u32::from(row) + 1, column, &globals.number(rk(number), Format::Style(style))) {
                return Err(too_long());
            }
        }
        return Ok(true);
    }
    let Some((row, column, format)) = head(at, globals.biff) else { return Ok(true) };
    let shown = match record.kind {
        0xfd => {
            let text = at.u32().and_then(|string| globals.strings.get(usize::try_from(string).ok()?));
            book.lost += usize::from(text.is_none());
            text.cloned()
        }
        0x204 | 0xd6 | 0x04 => globals.text(at),
        0x203 | 0x03 => at.f64().map(|value| globals.number(value, format)),
        0x02 => at.u16().map(|value| globals.number(f64::from(value), format)),
        0x27e => at.u32().map(|value| globals.number(rk(value), format)),
        _ => at.u8().zip(at.u8()).map(|(value, error)| logical(value, error != 0)),
    };
    if book.push(row, column, &shown.unwrap_or_default()) { Ok(true) } else { Err(too_long()) }
}

fn logical(value: u8, error: bool) -> String {
    let shown = match (error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (_, 0) => "#NULL!",
        (_, 7) => "#DIV/0!",
        (_, 15) => "#VALUE!",
        (_, 23) => "#REF!",
        (_, 29) => "#NAME?",
        (_, 36) => "#NUM!",
        _ => "#N/A",
    };
    shown.to_owned()
}

/// Reads formulas, whose text stands in a record of its own, and what is text in no cell.
fn apart(record: &Record, globals: &Globals, book: &mut Book, drawn: &mut Drawn) -> Result<(), Problem> {
    let mut at = Cursor::new(&record.segments);
    let at = &mut at;
    let push =
        |book: &mut Book, row, column, text: &str| if book.push(row, column, text) { Ok(()) } else { Err(too_long()) };
    match record.kind {
        0x06 | 0x206 | 0x406 => {
            let Some((row, column, format)) = head(at, globals.biff) else { return Ok(()) };
            let Some(value) = at.f64() else { return Ok(()) };
            let [kind, _, what, _, _, _, 0xff, 0xff] = value.to_bits().to_le_bytes() else {
                return push(book, row, column, &globals.number(value, format));
            };
            match kind {
                0 => drawn.waiting = Some((row, column)),
                1 | 2 => push(book, row, column, &logical(what, kind == 2))?,
                _ => {}
            }
        }
        0x07 | 0x207 => {
            if let (Some((row, column)), Some(text)) = (drawn.waiting.take(), globals.text(at)) {
                push(book, row, column, &text)?;
            }
        }
        0x14 | 0x15 if record.data().len() > 2 => {
            let text = match globals.biff {
                Biff::V8 => at.rich_string(),
                _ => at.u8().and_then(|length| at.bytes(usize::from(length))).map(|bytes| globals.decoded(&bytes)),
            };
            book.push_printed(&text.unwrap_or_default());
        }
        // What is drawn says what it is, and then what is written in it.
        0x5d if globals.biff == Biff::V8 => {
            let data = record.data();
            drawn.note = u16_at(data, 6).filter(|_| u16_at(data, 4) == Some(0x19));
        }
        0x1b6 => {
            let length = u16_at(record.data(), 10).map_or(0, usize::from);
            let text = Cursor::new(record.segments.get(1..).unwrap_or_default()).flagged(length);
            match (drawn.note.take(), text.filter(|text| !text.trim().is_empty()), book.sheets.last_mut()) {
                (Some(note), Some(text), _) => drop(drawn.notes.insert(note, text)),
                (None, Some(text), Some(sheet)) => sheet.apart.push(text),
                _ => {}
            }
        }
        0x1c => note(at, globals, book, drawn),
        _ => {}
    }
    Ok(())
}

fn note(at: &mut Cursor, globals: &Globals, book: &mut Book, drawn: &mut Drawn) {
    let Some((row, column)) = at.u16().zip(at.u16()) else { return };
    let cell = (u32::from(row) + 1, u32::from(column) + 1);
    if globals.biff == Biff::V8 {
        let text = at.u16().zip(at.u16()).and_then(|(_, object)| drawn.notes.remove(&object));
        if let (Some(text), Some(sheet)) = (text, book.sheets.last_mut()) {
            sheet.notes.push((cell.0, cell.1, text));
        }
        return;
    }
    let Some(length) = at.u16() else { return };
    // A long note goes on in records for no cell.
    let cell = if row == 0xffff { drawn.last } else { cell };
    drawn.last = cell;
    let mut bytes = Vec::new();
    bytes.extend((0..length.min(2_048)).map_while(|_| at.u8()));
    drawn.old_notes.entry(cell).or_default().extend(bytes);
}
