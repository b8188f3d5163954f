//! A workbook, whatever program wrote it: its sheets as documents, or their rows where the head says so.

use super::printed::Printed;
use crate::corpus::format::csv;
use crate::corpus::input::problem::{Problem, counted};
use crate::corpus::raw::RawDocument;
use crate::document::{Place, Spot};

/// The most bytes of text of one workbook, and the most cells: a cell may name a text that others name too, so that a
/// small file has a long text.
const LONGEST: usize = 64 << 20;
const CELLS: usize = 4_000_000;

/// The rows from which it is learnt whether a sheet is a table.
const SAMPLE: usize = 200;

/// The empty columns that a row may pass over. After more the text goes on in a line of its own.
const GAP: u32 = 30;

/// The fault of a workbook that is longer than a document may be.
pub(super) fn too_long() -> Problem {
    Problem::failed(format!("longer than a document may be, {} MB of text or {CELLS} cells", LONGEST >> 20))
}

/// A row that is not empty: its number and its cells with their columns, both from 1.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) number: u32,
    pub(super) cells: Vec<(u32, String)>,
}

/// A sheet with everything that is text in it.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// Set to how it is hidden from the reader.
    pub(super) hidden: Option<&'static str>,
    pub(super) rows: Vec<Row>,
    /// The notes on cells: row, column, words.
    pub(super) notes: Vec<(u32, u32, String)>,
    /// Texts that stand in no cell: boxes, heads and feet of the printed page.
    pub(super) apart: Vec<String>,
    /// The number of heads and feet that only number the pages, which are left out.
    pub(super) page_numbers: usize,
}

/// A workbook.
#[derive(Debug, Default)]
pub(super) struct Book {
    /// The properties of the file, which its documents share.
    pub(super) about: RawDocument,
    pub(super) sheets: Vec<Sheet>,
    /// The parts that are not read.
    pub(super) problems: Vec<Problem>,
    /// The number of cells that name a text which is not there.
    pub(super) lost: usize,
    bytes: usize,
    cells: usize,
}

impl Book {
    /// Adds a cell to the last sheet. White space that would look like the end of a cell or a row becomes blanks. False
    /// if there are too many.
    pub(super) fn push(&mut self, row: u32, column: u32, text: &str) -> bool {
        let text = text.trim();
        let Some(sheet) = self.sheets.last_mut() else { return true };
        if text.is_empty() {
            return true;
        }
        self.cells += 1;
        self.bytes = self.bytes.saturating_add(text.len());
        if self.cells > CELLS || self.bytes > LONGEST {
            return false;
        }
        if sheet.rows.last().is_none_or(|last| last.number != row) {
            sheet.rows.push(Row { number: row, cells: Vec::new() });
        }
        if let Some(last) = sheet.rows.last_mut() {
            last.cells.push((column, one_line(text)));
        }
        true
    }

    /// Adds what heads the printed pages of the last sheet, or stands at their foot, as it is written with its codes.
    pub(super) fn push_printed(&mut self, written: &str) {
        let Some(sheet) = self.sheets.last_mut() else { return };
        let printed = Printed::of(written);
        sheet.apart.extend(Some(printed.words).filter(|words| !words.is_empty()));
        sheet.page_numbers += printed.page_numbers;
    }

    /// The documents of the workbook.
    pub(super) fn documents(self) -> Vec<Result<RawDocument, Problem>> {
        let mut read = Vec::new();
        let only = self.sheets.len() == 1;
        for mut sheet in self.sheets {
            sheet.settle();
            let about = sheet.about(&self.about, only);
            match sheet.records() {
                Some((rows, head)) => {
                    let names = sheet.rest(&about, Some(head));
                    read.extend(rows.into_iter().map(|row| row.map(|row| with_properties(row, &about))));
                    read.extend(names.map(Ok));
                }
                None => read.extend(sheet.rest(&about, None).map(Ok)),
            }
        }
        if !read.iter().any(Result::is_ok) {
            read.push(Err(Problem::nothing("a workbook without text")));
        }
        read.extend(self.problems.into_iter().map(Err));
        if self.lost > 0 {
            let cells = counted(self.lost, "cell", "cells");
            read.push(Err(Problem::failed(format!("{cells} whose text is not in the workbook: it is damaged"))));
        }
        read
    }
}

fn one_line(text: &str) -> String {
    if text.contains(['\n', '\r', '\t']) {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    }
}

/// A row with what the file says of itself.
fn with_properties(row: RawDocument, about: &RawDocument) -> RawDocument {
    let mut row = row;
    row.declared.extend(about.declared.iter().cloned());
    for (name, value) in &about.metadata {
        row.metadata.entry(name.clone()).or_insert_with(|| value.clone());
    }
    row
}

impl Sheet {
    /// Puts rows and cells into their order, each once.
    fn settle(&mut self) {
        self.rows.sort_by_key(|row| row.number);
        self.rows.dedup_by(|row, before| {
            let same = row.number == before.number;
            if same {
                before.cells.append(&mut row.cells);
            }
            same
        });
        self.rows.iter_mut().for_each(|row| row.cells.sort_by_key(|(column, _)| *column));
    }

    /// What is known of each document of the sheet before its text.
    fn about(&self, book: &RawDocument, only: bool) -> RawDocument {
        let mut about = book.clone();
        let given = self.name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let default = given.len() < self.name.len() && given.chars().all(char::is_alphabetic) || self.name.is_empty();
        about.title = match (book.title.as_deref(), default) {
            (Some(title), true) if only => Some(title.to_owned()),
            (Some(title), _) => Some(format!("{title}: {}", self.name)),
            (None, true) => None,
            (None, false) => Some(self.name.clone()),
        };
        about.metadata.insert("sheet".to_owned(), self.name.clone());
        if let Some(hidden) = self.hidden {
            about.metadata.insert("sheet_state".to_owned(), hidden.to_owned());
        }
        about
    }

    /// Its rows as documents, if one of the first names the columns, and the number of that row.
    fn records(&self) -> Option<(Vec<Result<RawDocument, Problem>>, u32)> {
        let first = self.rows.iter().filter_map(|row| row.cells.first()).map(|(column, _)| *column).min()?;
        let dense = |row: &Row| {
            let mut cells = Vec::new();
            for (column, text) in &row.cells {
                let at = usize::try_from(column.saturating_sub(first)).unwrap_or(usize::MAX);
                if at < 1_000 {
                    cells.resize(cells.len().max(at + 1), String::new());
                    if let Some(cell) = cells.get_mut(at) {
                        cell.clone_from(text);
                    }
                }
            }
            cells
        };
        let sample: Vec<Vec<String>> = self.rows.iter().take(SAMPLE).map(dense).collect();
        let (table, head) = csv::named(&sample)?;
        let width = sample.get(head)?.len();
        let mut read = Vec::new();
        for row in self.rows.get(head + 1..)? {
            let cell = Spot::of_cell(0, &self.name, row.number, first).cell.unwrap_or_default();
            let member = Some(format!("#{cell}"));
            let last = row.cells.last().map_or(first, |(column, _)| *column);
            let count = usize::try_from(last - first).unwrap_or(usize::MAX).saturating_add(1);
            let cells = dense(row).into_iter().map(String::into_bytes).collect();
            read.push(match table.document(cells, row.number, u64::from(row.number)) {
                Some(mut raw) => {
                    let text = table.text_column().and_then(|column| u32::try_from(column).ok()).unwrap_or_default();
                    let spots = vec![Spot::of_cell(0, &self.name, row.number, first.saturating_add(text))];
                    raw.key = format!("{}\0{}", self.name, raw.key);
                    raw.place = Place { member: member.clone(), spots, ..Place::default() };
                    raw.encoding = None;
                    Ok(raw)
                }
                None => Err(Problem { member: member.clone(), ..Problem::nothing("the row has no text") }),
            });
            if count > width {
                let reason = format!("a row of {count} cells in a table of {width} columns");
                read.push(Err(Problem { member, ..Problem::failed(reason) }));
            }
        }
        Some((read, self.rows.get(head)?.number))
    }

    /// The sheet as one document; of a table, what stands above its rows and beside its cells. None if that is nothing.
    fn rest(&self, about: &RawDocument, table: Option<u32>) -> Option<RawDocument> {
        let mut raw = about.clone();
        let mut page = Page { text: String::new(), spots: Vec::new(), sheet: &self.name, next: None };
        for row in self.rows.iter().take_while(|row| table.is_none_or(|head| row.number < head)) {
            page.row(row);
        }
        for (row, column, words) in &self.notes {
            page.line(*row, *column, words);
        }
        for words in &self.apart {
            page.next = None;
            page.text.push_str(&one_line(words));
            page.text.push('\n');
        }
        raw.text = page.text;
        raw.leave_out("numbers of pages", self.page_numbers);
        raw.key.clone_from(&self.name);
        raw.place = Place { member: Some(format!("#{}", self.name)), spots: page.spots, ..Place::default() };
        Some(raw).filter(|raw| !raw.text.trim().is_empty())
    }
}

/// The text of a sheet, and where its lines stand.
struct Page<'a> {
    text: String,
    spots: Vec<Spot>,
    sheet: &'a str,
    /// The row and the column that the next line has if no spot says otherwise.
    next: Option<(u32, u32)>,
}

impl Page<'_> {
    fn row(&mut self, row: &Row) {
        let mut before: Option<u32> = None;
        for (column, text) in &row.cells {
            match before {
                Some(last) if *column > last && column - last <= GAP => {
                    self.text.extend(std::iter::repeat_n('\t', (column - last) as usize));
                }
                _ => {
                    if before.is_some() {
                        self.text.push('\n');
                        self.next = None;
                    }
                    self.begin(row.number, *column);
                }
            }
            before = Some(*column);
            self.text.push_str(text);
        }
        self.text.push('\n');
    }

    fn line(&mut self, row: u32, column: u32, words: &str) {
        self.next = None;
        self.begin(row, column);
        self.text.push_str(&one_line(words));
        self.text.push('\n');
        self.next = None;
    }

    fn begin(&mut self, row: u32, column: u32) {
        if self.next != Some((row, column)) {
            self.spots.push(Spot::of_cell(self.text.len(), self.sheet, row, column));
        }
        self.next = Some((row.saturating_add(1), column));
    }
}
