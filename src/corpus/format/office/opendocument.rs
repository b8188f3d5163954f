//! OpenDocument spreadsheets and presentations, packed or flat (OASIS OpenDocument 1.3).

use std::collections::HashSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::book::{Book, Sheet, too_long};
use super::deck::{Deck, Slide};
use super::events::{add_reference, attribute, number};
use super::odt;
use super::printed::only_numbers;
use crate::corpus::format::xml;
use crate::corpus::format::xml::{Id, local};
use crate::corpus::input::problem::Problem;

/// The deepest nesting. No honest document nests deeper.
const DEEPEST: usize = 1_000;

/// The most rows and columns of a sheet.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;

/// How often a cell with a text is written where the file says that it is repeated.
const REPEATED: u32 = 1_000;

/// Elements whose texts are not shown, or are given elsewhere.
const PASSED_OVER: [&str; 8] =
    ["scripts", "forms", "tracked-changes", "automatic-styles", "font-face-decls", "settings", "binary-data", "object"];

/// Reads the sheets of a spreadsheet. Returns what the reading broke off at; fails if there is too much.
pub(super) fn sheets(xml: &str, book: &mut Book) -> Result<Option<String>, Problem> {
    let hidden = hidden_tables(xml);
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    let mut at = Grid { hidden, ..Grid::default() };
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => at.begin(&element, book),
            Ok(Event::Empty(element)) => {
                at.begin(&element, book);
                at.end(element.local_name().as_ref(), book)?;
            }
            Ok(Event::End(element)) => at.end(element.local_name().as_ref(), book)?,
            Ok(Event::Text(words)) => at.words(&words.xml10_content()),
            Ok(Event::CData(words)) => at.words(&words.xml10_content()),
            Ok(Event::GeneralRef(reference)) => {
                let mut words = String::new();
                add_reference(&mut words, &reference);
                at.words(&words);
            }
            Ok(Event::Eof) => return Ok(None),
            Ok(_) => {}
            Err(error) => return Ok(Some(error.to_string())),
        }
        if at.depth > DEEPEST {
            return Ok(Some("it nests too deep".to_owned()));
        }
    }
}

/// The styles of tables that are not shown.
fn hidden_tables(xml: &str) -> HashSet<String> {
    let mut reader = Reader::from_str(xml);
    let (mut style, mut hidden) = (String::new(), HashSet::new());
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "style" => style = attribute(&element, "name").unwrap_or_default(),
                "table-properties" if attribute(&element, "display").as_deref() == Some("false") => {
                    hidden.insert(style.clone());
                }
                "body" => break,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    hidden
}

/// The place in a spreadsheet that has been reached.
#[derive(Default)]
struct Grid {
    hidden: HashSet<String>,
    depth: usize,
    /// The depth of the element that is passed over.
    passed: Option<usize>,
    /// The number of open tables: those in cells are no sheets.
    tables: usize,
    row: u32,
    row_repeated: u32,
    column: u32,
    repeated: u32,
    in_cell: bool,
    /// The number of open paragraphs and notes.
    paragraphs: usize,
    notes: usize,
    cell: String,
    note: String,
    /// What stands in no cell.
    apart: String,
    /// The value of a cell that shows no text.
    value: Option<String>,
}

impl Grid {
    fn begin(&mut self, element: &BytesStart, book: &mut Book) {
        self.depth += 1;
        if self.passed.is_some() {
            return;
        }
        let name = element.local_name();
        match name.as_ref() {
            name if PASSED_OVER.contains(&name) => self.passed = Some(self.depth),
            "table" => {
                self.tables += 1;
                if self.tables == 1 {
                    let style = attribute(element, "style-name").unwrap_or_default();
                    let hidden = self.hidden.contains(&style).then_some("hidden");
                    let name = attribute(element, "name").unwrap_or_default();
                    book.sheets.push(Sheet { name, hidden, ..Sheet::default() });
                    (self.row, self.row_repeated) = (1, 0);
                }
            }
            "table-row" if self.tables == 1 => {
                self.row = self.row.saturating_add(self.row_repeated).min(ROWS + 1);
                self.row_repeated = number(element, "number-rows-repeated").unwrap_or(1).min(ROWS);
                (self.column, self.repeated) = (1, 0);
            }
            "table-cell" | "covered-table-cell" if self.tables == 1 => {
                self.column = self.column.saturating_add(self.repeated).min(COLUMNS + 1);
                self.repeated = number(element, "number-columns-repeated").unwrap_or(1).min(COLUMNS);
                self.in_cell = true;
                let value = ["date-value", "time-value", "string-value", "value", "boolean-value"];
                self.value = value.iter().find_map(|name| attribute(element, name));
                self.cell.clear();
                self.note.clear();
            }
            "annotation" => self.notes += 1,
            // A picture may say what it shows.
            "p" | "h" | "title" | "desc" => {
                let out = self.out();
                if !out.is_empty() {
                    out.push(' ');
                }
                self.paragraphs += 1;
            }
            "s" | "tab" | "line-break" if self.paragraphs > 0 => self.out().push(' '),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, book: &mut Book) -> Result<(), Problem> {
        let depth = self.depth;
        self.depth = depth.saturating_sub(1);
        if let Some(passed) = self.passed {
            if passed == depth {
                self.passed = None;
            }
            return Ok(());
        }
        match name {
            "table" => {
                self.tables = self.tables.saturating_sub(1);
            }
            "table-cell" | "covered-table-cell" if self.tables == 1 => return self.end_cell(book),
            "annotation" => self.notes = self.notes.saturating_sub(1),
            "p" | "h" | "title" | "desc" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                if !self.in_cell && self.paragraphs == 0 {
                    let words = std::mem::take(&mut self.apart);
                    if let Some(sheet) = book.sheets.last_mut().filter(|_| !words.trim().is_empty()) {
                        sheet.apart.push(words);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self, book: &mut Book) -> Result<(), Problem> {
        self.in_cell = false;
        if self.cell.trim().is_empty() {
            self.cell = self.value.take().unwrap_or_default();
        }
        if !self.note.trim().is_empty()
            && let Some(sheet) = book.sheets.last_mut()
        {
            sheet.notes.push((self.row, self.column, self.note.clone()));
        }
        // A value that is repeated to the edge of the sheet only fills it.
        let (rows, columns) = (self.row_repeated.clamp(1, REPEATED), self.repeated.clamp(1, REPEATED));
        if self.cell.trim().is_empty() {
            return Ok(());
        }
        for row in 0..rows {
            for column in 0..columns {
                if !book.push(self.row.saturating_add(row), self.column.saturating_add(column), &self.cell) {
                    return Err(too_long());
                }
            }
        }
        Ok(())
    }

    /// Where words belong.
    fn out(&mut self) -> &mut String {
        match (self.in_cell, self.notes > 0) {
            (true, true) => &mut self.note,
            (true, false) => &mut self.cell,
            (false, _) => &mut self.apart,
        }
    }

    fn words(&mut self, words: &str) {
        if self.paragraphs > 0 && self.passed.is_none() {
            self.out().push_str(words);
        }
    }
}

/// Adds what heads the printed pages of all sheets, and stands at their foot, to the first one. Returns what the reading
/// broke off at.
pub(super) fn printed(styles: Vec<u8>, book: &mut Book) -> Option<String> {
    let tree = xml::read(styles);
    let of_page = |id: &Id| matches!(local(tree.name(*id)), "page-number" | "page-count");
    let heads: Vec<Id> = tree.outermost(0, |id| odt::is_head_or_foot(local(tree.name(id)))).collect();
    let shown = heads.into_iter().filter(|id| tree.local_attribute(*id, "display") != Some("false"));
    let sheet = book.sheets.first_mut()?;
    for id in shown {
        // Names, days and numbers are put in when it is printed.
        let put_in = ["sheet-name", "file-name", "title", "date", "time", "page-number", "page-count"];
        let lines = tree.text_without(id, &|id| put_in.contains(&local(tree.name(id))));
        let lines = lines.lines().map(str::trim).filter(|line| line.contains(char::is_alphabetic));
        let numbers = tree.descendants(id).any(|id| of_page(&id));
        let (numbered, words): (Vec<&str>, Vec<&str>) = lines.partition(|line| numbers && only_numbers(line));
        sheet.page_numbers += numbered.len();
        for line in words {
            if !sheet.apart.iter().any(|known| known == line) {
                sheet.apart.push(line.to_owned());
            }
        }
    }
    tree.broken.map(|broken| format!("heads and feet of pages: {broken}"))
}

/// Reads the slides of a presentation. Returns what the reading broke off at.
pub(super) fn slides(xml: &str, deck: &mut Deck) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    let (mut depth, mut passed, mut in_notes, mut in_page) = (0_usize, None, false, false);
    let (mut paragraphs, mut paragraph) = (0_usize, String::new());
    loop {
        let event = reader.read_event();
        let empty = matches!(event, Ok(Event::Empty(_)));
        match event {
            Ok(Event::Start(element) | Event::Empty(element)) => {
                depth += usize::from(!empty);
                if depth > DEEPEST {
                    return Some("it nests too deep".to_owned());
                }
                match element.local_name().as_ref() {
                    _ if passed.is_some() => {}
                    name if PASSED_OVER.contains(&name) && !empty => passed = Some(depth),
                    "page" => {
                        in_page = true;
                        deck.slides.push(Slide::default());
                    }
                    "notes" => in_notes = true,
                    // A picture may say what it shows.
                    "p" | "h" | "title" | "desc" if !empty => paragraphs += 1,
                    "footer-decl" | "header-decl" | "date-time-decl" if !empty => paragraphs += 1,
                    "s" | "tab" | "line-break" => paragraph.push(' '),
                    _ => {}
                }
            }
            Ok(Event::End(element)) => {
                match element.local_name().as_ref() {
                    _ if passed == Some(depth) => passed = None,
                    _ if passed.is_some() => {}
                    "page" => in_page = false,
                    "notes" => in_notes = false,
                    "footer-decl" | "header-decl" | "date-time-decl" => {
                        paragraphs = paragraphs.saturating_sub(1);
                        deck.apart.push(std::mem::take(&mut paragraph));
                    }
                    "p" | "h" | "title" | "desc" => {
                        paragraphs = paragraphs.saturating_sub(1);
                        let words = std::mem::take(&mut paragraph);
                        match deck.slides.last_mut().filter(|_| in_page) {
                            Some(slide) if in_notes => slide.notes.push(words),
                            Some(slide) => slide.lines.push(words),
                            // Texts of the master pages are on every slide.
                            None => {}
                        }
                    }
                    _ => {}
                }
                depth = depth.saturating_sub(1);
            }
            Ok(Event::Text(words)) if paragraphs > 0 && passed.is_none() => paragraph.push_str(&words.xml10_content()),
            Ok(Event::CData(words)) if paragraphs > 0 && passed.is_none() => paragraph.push_str(&words.xml10_content()),
            Ok(Event::GeneralRef(reference)) if paragraphs > 0 => add_reference(&mut paragraph, &reference),
            Ok(Event::Eof) => return None,
            Ok(_) => {}
            Err(error) => return Some(error.to_string()),
        }
    }
}
