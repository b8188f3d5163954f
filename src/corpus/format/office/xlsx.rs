//! Excel workbooks since 2007 (SpreadsheetML, ECMA-376): cells with the values that the program kept, notes, boxes of
//! text. Formulas are not worked out, and nothing is fetched.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::book::{Book, Sheet, too_long};
use super::events::{add_reference, attribute, number};
use super::parts::{Relation, by_id, main_part, outer, properties, relations};
use super::serial::{Epoch, Shown, shown};
use crate::corpus::format::packed::{Package, text};
use crate::corpus::format::xml::{Tree, local};
use crate::corpus::input::problem::Problem;
use crate::document::column_number;

/// The most texts that cells may share, and their most bytes together.
const SHARED: usize = 4_000_000;
const SHARED_BYTES: usize = 64 << 20;

/// Reads a workbook. Fails if it is damaged before its first sheet, or longer than a document may be.
pub(super) fn read(bytes: &[u8]) -> Result<Book, Problem> {
    let mut package = Package::open(bytes)?;
    let outer = outer(&mut package);
    let main = main_part(&outer, "xl/workbook.xml");
    if main.ends_with(".bin") {
        return Err(Problem::nothing("an Excel binary workbook (xlsb), which is not read; save it as xlsx"));
    }
    let workbook = package.needed(&main, "a damaged workbook: its list of sheets is missing")?;
    let tree = package.tree(workbook, "the list of sheets");
    let mut book = Book::default();
    properties(&mut book.about, &mut package, &outer, "Excel");
    let relations = relations(&mut package, &main, "the workbook");
    let of_kind = |kind: &str| relations.iter().find(|relation| relation.kind == kind);
    let epoch = match tree.find(0, "workbookPr").and_then(|id| tree.local_attribute(id, "date1904")) {
        Some("1" | "true" | "on") => Epoch::Since1904,
        _ => Epoch::Since1900,
    };
    let mut cells = Cells { strings: Vec::new(), styles: Vec::new(), epoch };
    if let Some(part) = of_kind("styles") {
        let bytes = package.named(&part.target, "the list of styles");
        cells.styles = bytes.map(|bytes| styles(&package.tree(bytes, "the list of styles"))).unwrap_or_default();
    }
    if let Some(part) = of_kind("sharedStrings")
        && let Some(bytes) = package.named(&part.target, "the list of texts")
        && let Some(damage) = shared(bytes, &mut cells.strings)?
    {
        package.tell(Problem::failed(format!("the list of texts is read in part: {damage}")));
    }
    let by_id = by_id(&relations);
    for id in tree.descendants(0).filter(|id| local(tree.name(*id)) == "sheet") {
        let name = tree.attribute(id, "name").unwrap_or_default().to_owned();
        let hidden = hidden(tree.attribute(id, "state"));
        let target = tree.local_attribute(id, "id").and_then(|id| by_id.get(id));
        let Some(Relation { kind, target, .. }) = target else {
            package.tell(Problem::failed(format!("the sheet {name} is missing")));
            continue;
        };
        if kind != "worksheet" {
            package.tell(Problem::nothing(format!("the sheet {name} is a {kind}, which is not read")));
            continue;
        }
        book.sheets.push(Sheet { name, hidden, ..Sheet::default() });
        sheet(&mut book, &mut package, target, &cells)?;
    }
    book.problems = package.problems();
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
fn sheet(book: &mut Book, package: &mut Package, part: &str, cells: &Cells) -> Result<(), Problem> {
    let what = book.sheets.last().map(|sheet| format!("the sheet {}", sheet.name)).unwrap_or_default();
    if let Some(xml) = package.named(part, &what)
        && let Some(damage) = cells.read(&text(xml), book)?
    {
        package.tell(Problem::failed(format!("{what} is read in part: {damage}")));
    }
    let Some(sheet) = book.sheets.last_mut() else { return Ok(()) };
    let mut named = relations(package, part, &what);
    for drawing in
        named.iter().filter(|relation| relation.kind == "drawing").map(|found| found.target.clone()).collect::<Vec<_>>()
    {
        named.extend(relations(package, &drawing, &what).into_iter().filter(|relation| relation.kind == "chart"));
    }
    for Relation { kind, target, .. } in named {
        let what = match kind.as_str() {
            "comments" => format!("the list of notes of {what}"),
            "drawing" => format!("the drawing of {what}"),
            "chart" => format!("a chart of {what}"),
            _ => continue,
        };
        let Some(bytes) = package.named(&target, &what) else { continue };
        let tree = package.tree(bytes, &what);
        match kind.as_str() {
            "comments" => notes(&tree, sheet),
            _ => sheet.apart.extend(drawn_text(&tree)),
        }
    }
    Ok(())
}

/// The notes on cells.
fn notes(tree: &Tree, sheet: &mut Sheet) {
    for id in tree.outermost(0, |id| local(tree.name(id)) == "comment") {
        let words: String =
            tree.descendants(id).filter(|id| local(tree.name(*id)) == "t").map(|id| tree.raw_text(id)).collect();
        if let Some((row, column)) = tree.attribute(id, "ref").and_then(cell_of) {
            sheet.notes.push((row, column, words));
        }
    }
}

/// The paragraphs in boxes and charts.
fn drawn_text(tree: &Tree) -> Vec<String> {
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
fn styles(tree: &Tree) -> Vec<Shown> {
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

/// Reads the texts that cells share. Returns what the reading broke off at; fails if there is too much.
fn shared(bytes: Vec<u8>, strings: &mut Vec<String>) -> Result<Option<String>, Problem> {
    let xml = text(bytes);
    let mut reader = Reader::from_str(&xml);
    reader.config_mut().allow_dangling_amp = true;
    let (mut string, mut length) = (String::new(), 0);
    // Readings of characters are no part of the text.
    let (mut in_text, mut in_reading) = (false, false);
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return Ok(Some(error.to_string())),
        };
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
            Event::Eof => return Ok(None),
            _ => {}
        }
        if strings.len() > SHARED || length > SHARED_BYTES {
            return Err(too_long());
        }
    }
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
                        book.lost += usize::from(shown.is_none());
                        let shown = shown.unwrap_or_default();
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

    /// A cell as its program shows it. None if its text is one of those that cells share, and is not there.
    fn shown(&self, cell: &Open) -> Option<String> {
        let value = cell.value.trim();
        Some(match cell.kind.as_str() {
            "s" if value.is_empty() => String::new(),
            "s" => value.parse::<usize>().ok().and_then(|at| self.strings.get(at))?.clone(),
            "inlineStr" => cell.text.clone(),
            "b" => if value == "1" { "TRUE" } else { "FALSE" }.to_owned(),
            "str" | "e" => value.to_owned(),
            // Days may be written as such.
            "d" => value.replacen('T', " ", 1).trim_end_matches(" 00:00:00").to_owned(),
            _ => {
                let how = self.styles.get(cell.style).copied().unwrap_or_default();
                value.parse().map_or_else(|_| value.to_owned(), |number: f64| shown(number, how, self.epoch))
            }
        })
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
