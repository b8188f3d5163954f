//! Tables: CSV, TSV and similar formats, one document a row. Columns are known by their names.

mod rows;

use encoding_rs::Encoding;
use serde_json::Value;

use super::markup;
use super::shared::fields;
use super::shared::fields::{Meaning, Role, Roles};
use crate::corpus::encoding;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::{Origin, RawDocument};
use crate::document::Place;
use crate::time::find_dates;
use rows::{COLUMNS, Rows, cells};

/// The rows of the head from which the properties of a table are learnt.
const SAMPLE: usize = 200;

/// The properties of a table, learnt from its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    delimiter: u8,
    /// The names of the columns. Empty if the table has none.
    names: Vec<String>,
    /// The roles of the columns, by their names.
    roles: Roles,
    /// The number of columns.
    width: usize,
    /// The column with the text.
    text: Option<usize>,
    encoding: Option<&'static Encoding>,
    /// The byte of the file at which the rows begin, after the names of the columns and any text above them.
    pub(crate) begin: usize,
    /// The line of the file at which the rows begin, from 1.
    pub(crate) line: u32,
}

/// Returns whether a file is a table: by its name, or because its first lines have the same columns and the first names
/// them.
pub(crate) fn is_csv(head: &[u8], name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    if matches!(extension.as_str(), "csv" | "tsv" | "tab") {
        return true;
    }
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    [b',', b';', b'\t', b'|'].into_iter().any(|delimiter| {
        let rows: Vec<Vec<Vec<u8>>> = Rows::new(head, false).take(20).map(|row| cells(row, delimiter)).collect();
        let Some(first) = rows.first() else { return false };
        let names: Vec<String> = first.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        let roles = Roles::of(names.iter().map(String::as_str));
        let known = names.iter().filter(|name| role_of(name, roles) != Role::Other).count();
        let short = first.iter().all(|cell| cell.len() <= 40);
        rows.len() >= 5 && first.len() > 3 && known >= 2 && short && rows.iter().all(|row| row.len() == first.len())
    })
}

/// The end of the last whole row in a block that begins with one. At the end of the file, everything is whole.
pub(crate) fn cut(block: &[u8], at_end: bool) -> Option<usize> {
    if at_end {
        return Some(block.len()).filter(|&length| length > 0);
    }
    let mut rows = Rows::new(block, false);
    rows.by_ref().for_each(drop);
    Some(rows.at).filter(|&at| at > 0)
}

/// The end of the row of that number, from 1, in some bytes that begin with one.
pub(crate) fn end_of(block: &[u8], number: usize) -> Option<usize> {
    let mut rows = Rows::new(block, false);
    rows.by_ref().nth(number.checked_sub(1)?)?;
    Some(rows.at)
}

/// The number of rows in a block that begins with one, without blank rows.
pub(crate) fn count(block: &[u8]) -> u64 {
    Rows::new(block, true).filter(|row| !row.trim_ascii().is_empty()).count() as u64
}

/// Learns the properties of a table from the head of its file.
pub(crate) fn header(head: &[u8]) -> Table {
    let marked = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let body = head.get(marked..).unwrap_or_default();
    let mut ends = Vec::new();
    let mut rows = Rows::new(body, false);
    while ends.len() < SAMPLE
        && let Some(row) = rows.next()
    {
        ends.push((row, rows.at));
    }
    if ends.is_empty() {
        // The file may have one row alone, without a line break.
        ends.extend(Rows::new(body, true).next().map(|row| (row, body.len())));
    }
    let name = encoding::decode(body.to_vec(), None).encoding;
    let encoding = Encoding::for_label(name.as_bytes());
    let delimiter = delimiter(ends.iter().map(|(row, _)| *row));
    let read = |row: &[u8]| -> Vec<String> {
        cells(row, delimiter).into_iter().map(|cell| encoding::decode(cell, encoding).text.trim().to_owned()).collect()
    };
    let rows: Vec<Vec<String>> = ends.iter().map(|(row, _)| read(row)).collect();
    let header = names_row(&rows);
    let (names, begin) = match header.and_then(|at| Some((rows.get(at)?, ends.get(at)?.1))) {
        Some((names, end)) => (names.clone(), marked + end),
        None => (Vec::new(), marked),
    };
    let rows = rows.get(header.map_or(0, |at| at + 1)..).unwrap_or_default();
    let width = if names.is_empty() { commonest(rows.iter().map(Vec::len)) } else { names.len() };
    let lines = memchr::memchr_iter(b'\n', head.get(..begin).unwrap_or_default()).count();
    let line = u32::try_from(lines).unwrap_or(u32::MAX).saturating_add(1);
    let roles = Roles::of(names.iter().map(String::as_str));
    let text = text_column(&names, roles, rows, width);
    Table { delimiter, names, roles, width, text, encoding, begin, line }
}

/// Reads the rows of a block that begins with one, on line `line` of the file; `first` is the number of the first.
///
/// A row with more or fewer cells than the table has columns is read as far as it goes, and is a problem too.
pub(crate) fn read_block(block: &[u8], table: &Table, line: u32, first: u64) -> Vec<Result<RawDocument, Problem>> {
    let mut read = Vec::new();
    let mut line = line;
    let mut number = first;
    for row in Rows::new(block, true) {
        if !row.trim_ascii().is_empty() {
            let cells = cells(row, table.delimiter);
            let count = cells.len();
            if cells.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                let member = format!("#{number}");
                match table.document(cells, line, number) {
                    Some(raw) => {
                        read.push(Ok(raw));
                        if count != table.width {
                            let reason = format!("a row of {count} cells in a table of {} columns", table.width);
                            read.push(Err(Problem { member: Some(member), ..Problem::on_line(line, reason) }));
                        }
                    }
                    None => {
                        let problem = Problem::nothing_on_line(line, "the row has no text");
                        read.push(Err(Problem { member: Some(member), ..problem }));
                    }
                }
            }
            number += 1;
        }
        let lines = memchr::memchr_iter(b'\n', row).count();
        line = line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
    }
    read
}

/// The table that some rows of text cells begin, if one of the first ten names its columns: the table, and which row
/// that is. At least two of the names are known, and one of them is that of a text, a title or a date.
#[cfg(feature = "office")]
pub(crate) fn named(rows: &[Vec<String>]) -> Option<(Table, usize)> {
    let at = rows.iter().take(10).position(|row| {
        let roles = Roles::of(row.iter().map(String::as_str));
        let known = row.iter().filter(|cell| cell.len() <= 40).map(|cell| role_of(cell, roles));
        let known: Vec<Role> = known.filter(|role| *role != Role::Other).collect();
        known.len() >= 2 && known.iter().any(|role| matches!(role, Role::Text | Role::Title | Role::Date))
    })?;
    let names = rows.get(at)?.clone();
    let below = rows.get(at + 1..)?;
    if !below.iter().any(|row| row.iter().any(|cell| !cell.is_empty())) {
        return None;
    }
    let (roles, width) = (Roles::of(names.iter().map(String::as_str)), names.len());
    let text = text_column(&names, roles, below, width);
    let table = Table { delimiter: b'\t', names, roles, width, text, encoding: None, begin: 0, line: 1 };
    Some((table, at))
}

impl Table {
    /// The column with the text, from 0, if there is one.
    #[cfg(feature = "office")]
    pub(crate) fn text_column(&self) -> Option<usize> {
        self.text
    }

    /// A row of cells as a document. None if it has no text.
    pub(crate) fn document(&self, cells: Vec<Vec<u8>>, line: u32, number: u64) -> Option<RawDocument> {
        let mut raw = RawDocument {
            place: Place { member: Some(format!("#{number}")), line: Some(line), ..Place::default() },
            encoding: Some(encoding_rs::UTF_8.name().to_owned()),
            ..RawDocument::default()
        };
        let mut text = None;
        let mut fields = Vec::with_capacity(cells.len());
        for (index, cell) in cells.into_iter().enumerate().take(COLUMNS) {
            let value = match String::from_utf8(cell) {
                Ok(value) => value,
                Err(error) => {
                    let decoded = encoding::decode(error.into_bytes(), self.encoding);
                    raw.encoding = Some(decoded.encoding.to_owned());
                    raw.certainty = Some(decoded.certainty);
                    decoded.text
                }
            };
            if Some(index) == self.text {
                text = Some(value).filter(|value| !value.trim().is_empty());
            } else {
                let name = self.names.get(index).filter(|name| !name.is_empty());
                fields.push((name.cloned().unwrap_or_else(|| format!("column {}", index + 1)), value));
            }
        }
        let joined = if text.is_none() { self.joined(&fields) } else { None };
        let fields = fields.into_iter().map(|(name, value)| (name, Value::String(value))).collect();
        let other = fields::fill(&mut raw, fields, Origin::Field, "column").map(fields::shown);
        raw.text = markup::text_of_value(text.or(other).or(joined).or_else(|| raw.title.clone())?);
        raw.key = raw.record_id.clone().unwrap_or_else(|| format!("\0{number}"));
        Some(raw).filter(|raw| !raw.text.trim().is_empty())
    }

    /// The text of a row without one: all cells that do not say when, where and by whom, with the names of their
    /// columns.
    fn joined(&self, fields: &[(String, String)]) -> Option<String> {
        let said = |wanted: fn(Role) -> bool| -> Vec<String> {
            let named = !self.names.is_empty();
            let told =
                fields.iter().filter(|(name, value)| !value.trim().is_empty() && wanted(role_of(name, self.roles)));
            told.map(|(name, value)| match role_of(name, self.roles) {
                Role::Other if named => format!("{name}: {}", value.trim()),
                _ => value.trim().to_owned(),
            })
            .collect()
        };
        let mut words = said(|role| role == Role::Title);
        words.extend(said(|role| role == Role::Other));
        if words.is_empty() {
            words = said(|_| true);
        }
        Some(words.join("; ")).filter(|words| !words.is_empty())
    }
}

/// The role of a column by its name. Some tables name their text differently from records.
fn role_of(name: &str, roles: Roles) -> Role {
    match roles.meaning(name.trim()).role {
        Role::Other
            if ["description", "summary", "abstract", "message", "story", "article", "transcript", "speech"]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(name.trim())) =>
        {
            Role::Text
        }
        role => role,
    }
}

/// The row that names the columns. It has two known names, or it is the first row and has words where others have
/// figures and days, or has the only short cells.
fn names_row(rows: &[Vec<String>]) -> Option<usize> {
    let is_name = |cell: &String| {
        cell.chars().any(char::is_alphabetic) && cell.len() <= 60 && find_dates(cell).is_empty() && !cell.ends_with('.')
    };
    let known = rows.iter().take(10).position(|row| {
        let roles = Roles::of(row.iter().map(String::as_str));
        let names = row.iter().filter(|cell| cell.len() <= 40 && role_of(cell, roles) != Role::Other).count();
        names >= 2 || names == 1 && row.len() <= 3
    });
    if known.is_some() {
        return known;
    }
    // A line above a table has fewer cells filled than its rows.
    let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count();
    let usual = commonest(rows.iter().map(filled).filter(|&cells| cells > 0));
    let first = rows.iter().take(10).position(|row| filled(row) >= usual.max(2))?;
    let row = rows.get(first)?;
    let below = rows.get(first + 1..)?.iter().find(|row| filled(row) > 0)?;
    let named = row.iter().filter(|cell| !cell.is_empty()).all(is_name);
    let differs = row.iter().zip(below).any(|(name, cell)| !cell.is_empty() && !is_name(cell) && !name.is_empty());
    (named && differs).then_some(first)
}

/// The column with the text: the one that is named so, or else the one that is by far the longest.
fn text_column(names: &[String], roles: Roles, rows: &[Vec<String>], width: usize) -> Option<usize> {
    const LONG: usize = 40;
    let average = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty());
        let (sum, count) = cells.fold((0, 0), |(sum, count), cell| (sum + cell.len(), count + 1));
        sum / std::cmp::Ord::max(count, 1)
    };
    let named = names.iter().enumerate().filter(|(_, name)| role_of(name, roles) == Role::Text);
    // Of several such names the most usual comes first; names that only tables have come last.
    let rank = |name: &str| match roles.meaning(name.trim()) {
        Meaning { role: Role::Text, rank, .. } => rank,
        _ => usize::MAX,
    };
    if let Some((column, _)) = named.min_by_key(|(_, name)| rank(name)) {
        return Some(column);
    }
    let mut lengths: Vec<(usize, usize)> = (0..width.min(COLUMNS)).map(|column| (average(column), column)).collect();
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    let (longest, column) = *lengths.first()?;
    let next = lengths.get(1).map_or(0, |(length, _)| *length);
    let title = names.get(column).is_some_and(|name| role_of(name, roles) != Role::Other);
    (!title && longest >= LONG && longest >= next.saturating_mul(2)).then_some(column)
}

fn commonest(counts: impl Iterator<Item = usize>) -> usize {
    let mut counts: Vec<usize> = counts.collect();
    counts.sort_unstable();
    let runs = counts.chunk_by(|a, b| a == b).map(|run| (run.len(), run.first().copied().unwrap_or_default()));
    runs.max().map_or(0, |(_, count)| count)
}

/// The delimiter that separates most rows into the same columns.
fn delimiter<'a>(rows: impl Iterator<Item = &'a [u8]> + Clone) -> u8 {
    let score = |delimiter: u8| {
        let filled = rows.clone().filter(|row| !row.trim_ascii().is_empty()).take(50);
        let widths: Vec<usize> = filled.map(|row| cells(row, delimiter).len()).collect();
        let width = commonest(widths.iter().copied());
        let alike = widths.iter().filter(|&&other| other == width).count();
        (if width > 1 { alike * 100 / widths.len().max(1) } else { 0 }, width)
    };
    // Of equally good ones the first counts: a tab hardly ever stands in a text, but a comma does.
    [b'\t', b';', b',', b'|']
        .into_iter()
        .rev()
        .max_by_key(|&delimiter| {
            let (alike, width) = score(delimiter);
            // Nearly all rows are as good as all, because a row may be ragged.
            (if alike >= 80 { 80 } else { alike }, width.min(3), delimiter != b',', width)
        })
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn read(table: &str) -> Vec<Result<RawDocument, Problem>> {
        let known = header(table.as_bytes());
        read_block(&table.as_bytes()[known.begin..], &known, known.line, 1)
    }

    fn texts(table: &str) -> Vec<String> {
        read(table).into_iter().filter_map(Result::ok).map(|raw| raw.text).collect()
    }

    #[test]
    fn columns_are_known_by_their_names() {
        for (delimiter, quote) in [(",", "\""), (";", "\""), ("\t", "")] {
            let row = |cells: [&str; 5]| cells.map(|cell| format!("{quote}{cell}{quote}")).join(delimiter) + "\r\n";
            let table = format!(
                "\u{feff}{}{}{}",
                row(["id", "Headline", "pub_date", "author", "Text"]),
                row(["m1", "The mill", "1996-02-26", "Ann Example", "It turns; it grinds."]),
                row(["m2", "The river", "1996-02-27", "Bo Sample", "It flows, mostly."])
            );
            let table = table.replace(", mostly", if delimiter == "," { ", mostly" } else { " mostly" });
            let table = if delimiter == ";" { table } else { table.replace("; it", " it") };
            let read = read(&table);
            let raw = read.first().unwrap().as_ref().unwrap();
            assert!(raw.text.starts_with("It turns"), "{raw:?}");
            assert_eq!((raw.title.as_deref(), raw.key.as_str(), raw.place.line), (Some("The mill"), "m1", Some(2)));
            let clues: Vec<_> = raw.declared.iter().map(|d| format!("{}={}", d.place, d.value)).collect();
            assert_eq!(clues, ["column pub_date=1996-02-26", "column author=Ann Example"]);
            assert_eq!(read.len(), 2);
        }
    }

    #[test]
    fn quoted_cells_may_hold_anything_and_stray_quotes_swallow_nothing() {
        assert_eq!(
            texts("title,text\nA,\"one \"\"two\"\", three\nfour\"\nB,5\" wide\n"),
            ["one \"two\", three\nfour", "5\" wide"]
        );
        assert_eq!(texts("title,text\nA,\"never closed\nB,next\n"), ["\"never closed", "next"]);
        let far = format!("title,text\nA,\"stray\n{}B,\"last\"\n", "C,row\n".repeat(300_000));
        let texts = texts(&far);
        assert_eq!(
            (texts.len(), texts.first().map(String::as_str), texts.last().map(String::as_str)),
            (300_002, Some("\"stray"), Some("last"))
        );
    }

    #[test]
    fn ragged_rows_are_read_and_told() {
        let read = read("title,date,text\nA,1996,one\n\nB,1997\nC,1998,three,four\n");
        let shown: Vec<_> = read
            .iter()
            .map(|one| match one {
                Ok(raw) => raw.text.clone(),
                Err(problem) => {
                    format!("{} {} {}", problem.member.as_deref().unwrap(), problem.line.unwrap(), problem.reason)
                }
            })
            .collect();
        assert_eq!(
            shown,
            [
                "one",
                "B",
                "#2 4 a row of 2 cells in a table of 3 columns",
                "three",
                "#3 5 a row of 4 cells in a table of 3 columns"
            ]
        );
    }

    #[test]
    fn tables_without_names_or_without_a_text_are_read_all_the_same() {
        let words = "the mill turns by the river and grinds the rye of the village all day long";
        assert_eq!(texts(&format!("1996-02-26,7,{words}\n1996-02-27,8,{words}\n")), [words, words]);
        assert_eq!(texts(&format!("no,what\n7,{words}\n8,{words}\n")), [words, words]);
        assert_eq!(
            texts("Sacks,Miller,date\n12,Ann,1996-02-26\n13,Bo,1996-02-27\n"),
            ["Sacks: 12; Miller: Ann", "Sacks: 13; Miller: Bo"]
        );
        assert_eq!(
            texts("Rye of the year,,\n,,\nMonth,Sacks,\nMay,12,\nJune,13,\n"),
            ["Month: May; Sacks: 12", "Month: June; Sacks: 13"]
        );
        assert_eq!(texts("a"), ["a"]);
    }

    #[test]
    fn cells_in_an_old_encoding_are_read() {
        let (bytes, ..) = encoding_rs::WINDOWS_1252
            .encode("title;text\nCafé;Le café du port, à côté de la gare, ouvre ses volets d'été.\n");
        let table = header(&bytes);
        let raw = read_block(&bytes[table.begin..], &table, 2, 1).remove(0).unwrap();
        assert_eq!((raw.title.as_deref(), raw.encoding.as_deref()), (Some("Café"), Some("windows-1252")));
    }

    #[test]
    fn tables_are_told_from_texts() {
        let table = |first: &str| format!("{first}\n{}", "1996,The mill,Ann,It turns\n".repeat(5));
        for (head, name, expected) in [
            ("x", "a.csv", true),
            ("x", "a.TSV", true),
            (table("date,title,author,text").as_str(), "a.txt", true),
            (table("one,two,three,four").as_str(), "a.txt", false),
            ("date,title,author,text\n1,2,3,4\n", "a.txt", false),
            ("The mill, the river, the rye, and the date.\n", "a.txt", false),
        ] {
            assert_eq!(is_csv(head.as_bytes(), name), expected, "{head}");
        }
    }

    #[test]
    fn one_long_line_and_many_quotes_are_passed_in_one_go() {
        for piece in ["word ", "\"", ",\"", ",\"\"", "\"a\"b,"] {
            let line = piece.repeat(2_000_000 / piece.len());
            assert_eq!(cut(line.as_bytes(), false), None);
            assert_eq!((header(line.as_bytes()).line, count(line.as_bytes())), (1, 1));
        }
    }

    proptest! {
        #[test]
        fn any_table_is_cut_between_its_rows(table in "(,|;|\"|\"\"|\n|\r\n|a|date|text|é|\t){0,60}", end in 0usize..80) {
            let known = header(table.as_bytes());
            let rows = &table.as_bytes()[known.begin..];
            read_block(rows, &known, known.line, 1);
            let whole: Vec<&[u8]> = Rows::new(rows, true).collect();
            prop_assert_eq!(whole.concat(), rows);
            if let Some(at) = cut(&rows[..end.min(rows.len())], false) {
                let ends: Vec<usize> = whole.iter().scan(0, |sum, row| { *sum += row.len(); Some(*sum) }).collect();
                prop_assert!(ends.contains(&at), "{at} {ends:?}");
            }
        }
    }
}
