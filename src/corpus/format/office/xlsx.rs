//! Excel workbooks since 2007 (SpreadsheetML, ECMA-376): cells with the values that the program kept, notes, boxes of
//! text. Formulas are not worked out, and nothing is fetched.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::book::{Book, Sheet, too_long};
use super::events::{add_reference, attribute, number};
use super::parts::{Relation, by_id, properties, relations, unread};
use super::serial::{Epoch, Shown, shown};
use crate::corpus::format::packed::{Parts, text};
use crate::corpus::format::xml;
use crate::corpus::format::xml::local;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::RawDocument;
use crate::document::column_number;

/// The most texts that cells may share, and their most bytes together.
const SHARED: usize = 4_000_000;
const SHARED_BYTES: usize = 64 << 20;

/// Reads a workbook. Fails if it is damaged before its first sheet, or longer than a document may be.
pub(super) fn read(bytes: &[u8]) -> Result<Book, Problem> {
    let mut parts = Parts::open(bytes)?;
    let names = parts.names();
    let named = relations(&mut parts, "").into_iter().find(|relation| relation.kind == "officeDocument");
    let main = named.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
    if main.ends_with(".bin") {
        return Err(Problem::nothing("an Excel binary workbook (xlsb), which is not read; save it as xlsx"));
    }
    let Some(workbook) = parts.part(&main)? else {
        return Err(Problem::failed("a damaged workbook: its list of sheets is missing"));
    };
    let mut book = Book::new(RawDocument::default(), unread(&names));
    properties(&mut book.about, &mut parts, "Excel");
    let relations = relations(&mut parts, &main);
    let of_kind =
        |kind: &str| relations.iter().find(|relation| relation.kind == kind).map(|found| found.target.clone());
    let tree = xml::read(workbook);
    let epoch = match tree.find(0, "workbookPr").and_then(|id| tree.local_attribute(id, "date1904")) {
        Some("1" | "true" | "on") => Epoch::Since1904,
        _ => Epoch::Since1900,
    };
    let styles = match of_kind("styles") {
        Some(part) => parts.part(&part).ok().flatten().map(styles).unwrap_or_default(),
        None => Vec::new(),
    };
    let strings = match of_kind("sharedStrings") {
        Some(part) => parts.part(&part)?.map(shared).transpose()?.unwrap_or_default(),
        None => Vec::new(),
    };
    let cells = Cells { strings, styles, epoch };
    let by_id = by_id(&relations);
    for id in tree.descendants(0).filter(|id| local(tree.name(*id)) == "sheet") {
        let name = tree.attribute(id, "name").unwrap_or_default().to_owned();
        let hidden = hidden(tree.attribute(id, "state"));
        let target = tree.local_attribute(id, "id").and_then(|id| by_id.get(id));
        let Some(Relation { kind, target, .. }) = target else {
            book.problems.push(Problem::failed(format!("the sheet {name} is missing")));
            continue;
        };
        if kind != "worksheet" {
            book.problems.push(Problem::nothing(format!("the sheet {name} is a {kind}, which is not read")));
            continue;
        }
        book.sheets.push(Sheet { name, hidden, ..Sheet::default() });
        sheet(&mut book, &mut parts, target, &cells)?;
    }
    Ok(book)
}

/// How a sheet is hidden, in words for a person.
fn hidden(state: Option<&str>) -> Option<&'static str> {
    match state {
        Some("hidden") => Some("hidden"),
        Some("veryHidden") => Some("very hidden"),
        _ => None,
    }
}

/// Reads one sheet into the last of the book. What is damaged is told, and the other sheets are read.
fn sheet(book: &mut Book, parts: &mut Parts, part: &str, cells: &Cells) -> Result<(), Problem> {
    let name = book.sheets.last().map(|sheet| sheet.name.clone()).unwrap_or_default();
    let told = |problem: Problem| Problem { reason: format!("the sheet {name}: {}", problem.reason), ..problem };
    match parts.part(part) {
        Ok(Some(xml)) => {
            if let Some(damage) = cells.read(&text(xml), book)? {
                book.problems.push(Problem::failed(format!("the sheet {name} is read in part: {damage}")));
            }
        }
        Ok(None) => book.problems.push(Problem::failed(format!("the sheet {name} is missing"))),
        Err(problem) => book.problems.push(told(problem)),
    }
    for relation in relations(parts, part) {
        match relation.kind.as_str() {
            "comments" => {
                if let (Ok(Some(bytes)), Some(sheet)) = (parts.part(&relation.target), book.sheets.last_mut()) {
                    notes(bytes, sheet);
                }
            }
            "drawing" => {
                let mut drawn = vec![relation.target.clone()];
                let charts = relations(parts, &relation.target);
                drawn.extend(charts.into_iter().filter(|chart| chart.kind == "chart").map(|chart| chart.target));
                for part in drawn {
                    if let (Ok(Some(bytes)), Some(sheet)) = (parts.part(&part), book.sheets.last_mut()) {
                        sheet.apart.extend(drawn_text(bytes));
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// The notes on cells.
fn notes(bytes: Vec<u8>, sheet: &mut Sheet) {
    let tree = xml::read(bytes);
    for id in tree.outermost(0, |id| local(tree.name(id)) == "comment") {
        let words: String =
            tree.descendants(id).filter(|id| local(tree.name(*id)) == "t").map(|id| tree.raw_text(id)).collect();
        if let Some((row, column)) = tree.attribute(id, "ref").and_then(cell_of) {
            sheet.notes.push((row, column, words));
        }
    }
}

/// The paragraphs in boxes and charts.
fn drawn_text(bytes: Vec<u8>) -> Vec<String> {
    let tree = xml::read(bytes);
    let paragraphs = tree.outermost(0, |id| local(tree.name(id)) == "p");
    let words = paragraphs.map(|id| {
        tree.descendants(id).filter(|id| local(tree.name(*id)) == "t").map(|id| tree.raw_text(id)).collect::<String>()
    });
    words.filter(|words| !words.trim().is_empty()).collect()
}

/// The row and the column of a cell by its name, both from 1.
fn cell_of(name: &str) -> Option<(u32, u32)> {
    let digits = name.find(|c: char| c.is_ascii_digit())?;
    let (column, row) = name.split_at_checked(digits)?;
    Some((row.parse().ok()?, column_number(column)?))
}

/// How the numbers of cells are shown, by the number of their style.
fn styles(bytes: Vec<u8>) -> Vec<Shown> {
    let tree = xml::read(bytes);
    let mut codes = std::collections::HashMap::new();
    for id in tree.descendants(0).filter(|id| local(tree.name(*id)) == "numFmt") {
        let number = tree.attribute(id, "numFmtId").and_then(|number| number.parse::<u32>().ok());
        if let (Some(number), Some(code)) = (number, tree.attribute(id, "formatCode")) {
            codes.insert(number, Shown::of_code(code));
        }
    }
    let Some(list) = tree.descendants(0).find(|id| local(tree.name(*id)) == "cellXfs") else { return Vec::new() };
    let number = |id| tree.attribute(id, "numFmtId").and_then(|number| number.parse::<u32>().ok()).unwrap_or_default();
    let formats = tree.children(list).map(number);
    formats.map(|number| codes.get(&number).copied().unwrap_or_else(|| Shown::of_built_in(number))).collect()
}

/// The texts that cells share.
fn shared(bytes: Vec<u8>) -> Result<Vec<String>, Problem> {
    let xml = text(bytes);
    let mut reader = Reader::from_str(&xml);
    reader.config_mut().allow_dangling_amp = true;
    let (mut strings, mut string, mut length) = (Vec::new(), String::new(), 0);
    // Readings of characters are no part of the text.
    let (mut in_text, mut in_reading) = (false, false);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "t" => in_text = true,
                "rPh" => in_reading = true,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "t" => in_text = false,
                "rPh" => in_reading = false,
                "si" => strings.push(std::mem::take(&mut string)),
                _ => {}
            },
            Event::Empty(element) if element.local_name().as_ref() == "si" => strings.push(String::new()),
            Event::Text(words) if in_text && !in_reading => {
                length += words.len();
                string.push_str(&words.xml10_content());
            }
            Event::CData(words) if in_text && !in_reading => string.push_str(&words.xml10_content()),
            Event::GeneralRef(reference) if in_text && !in_reading => add_reference(&mut string, &reference),
            Event::Eof => break,
            _ => {}
        }
        if strings.len() > SHARED || length > SHARED_BYTES {
            return Err(too_long());
        }
    }
    Ok(strings)
}

/// What the cells of a workbook need to be shown.
struct Cells {
    strings: Vec<String>,
    styles: Vec<Shown>,
    epoch: Epoch,
}

/// The cell that is being read.
#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    kind: String,
    style: usize,
    /// The value as written, and the text that stands in the cell itself.
    value: String,
    text: String,
}

/// The element whose text is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum In {
    Nothing,
    Value,
    Text,
    Furniture,
}

impl Cells {
    /// Reads the cells of a sheet into the last of the book, and what its printed pages are headed with. Returns what
    /// the reading broke off at; fails if there is too much.
    fn read(&self, xml: &str, book: &mut Book) -> Result<Option<String>, Problem> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().allow_dangling_amp = true;
        let (mut row, mut open, mut within, mut furniture) = (0_u32, Open::default(), In::Nothing, String::new());
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => match element.local_name().as_ref() {
                    "row" => (row, open.column) = (number(&element, "r").unwrap_or(row.saturating_add(1)), 0),
                    "c" => open = begin(&element, row, open.column),
                    "v" => within = In::Value,
                    "t" => within = In::Text,
                    "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader" | "firstFooter" => {
                        within = In::Furniture;
                    }
                    _ => {}
                },
                Ok(Event::Empty(element)) => match element.local_name().as_ref() {
                    "row" => row = number(&element, "r").unwrap_or(row.saturating_add(1)),
                    "c" => open = begin(&element, row, open.column),
                    _ => {}
                },
                Ok(Event::End(element)) => match element.local_name().as_ref() {
                    "c" => {
                        let shown = self.shown(&open);
                        if !book.push(open.row, open.column, &shown) {
                            return Err(too_long());
                        }
                    }
                    "v" | "t" => within = In::Nothing,
                    "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader" | "firstFooter" => {
                        within = In::Nothing;
                        book.push_printed(&std::mem::take(&mut furniture));
                    }
                    _ => {}
                },
                Ok(Event::Text(words)) => add(&mut open, &mut furniture, within, &words.xml10_content()),
                Ok(Event::CData(words)) => add(&mut open, &mut furniture, within, &words.xml10_content()),
                Ok(Event::GeneralRef(reference)) => {
                    let mut words = String::new();
                    add_reference(&mut words, &reference);
                    add(&mut open, &mut furniture, within, &words);
                }
                Ok(Event::Eof) => return Ok(None),
                Ok(_) => {}
                Err(error) => return Ok(Some(error.to_string())),
            }
        }
    }

    fn shown(&self, cell: &Open) -> String {
        let value = cell.value.trim();
        match cell.kind.as_str() {
            "s" => value.parse::<usize>().ok().and_then(|at| self.strings.get(at)).cloned().unwrap_or_default(),
            "inlineStr" => cell.text.clone(),
            "b" => if value == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "str" | "e" => value.to_owned(),
            // Days may be written as such.
            "d" => value.replacen('T', " ", 1).trim_end_matches(" 00:00:00").to_owned(),
            _ => {
                let how = self.styles.get(cell.style).copied().unwrap_or_default();
                value.parse().map_or_else(|_| value.to_owned(), |number: f64| shown(number, how, self.epoch))
            }
        }
    }
}

fn begin(element: &BytesStart, row: u32, column: u32) -> Open {
    let told = attribute(element, "r").and_then(|name| cell_of(&name));
    let (row, column) = told.unwrap_or((row, column.saturating_add(1)));
    let style = number(element, "s").and_then(|style| usize::try_from(style).ok()).unwrap_or_default();
    Open { row, column, kind: attribute(element, "t").unwrap_or_default(), style, ..Open::default() }
}

fn add(open: &mut Open, furniture: &mut String, within: In, words: &str) {
    match within {
        In::Value => open.value.push_str(words),
        In::Text => open.text.push_str(words),
        In::Furniture => furniture.push_str(words),
        In::Nothing => {}
    }
}
