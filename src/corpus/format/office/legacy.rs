//! Word documents from before 2007, by a foreign reader that is guarded.

use std::panic::{AssertUnwindSafe, catch_unwind};

use undoc::model::{Block, Document, Paragraph, RevisionType, Table};
use undoc::{Error, Result};

use super::stories::beside;
use super::summary::properties;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::RawDocument;

/// The most bytes that are given to the foreign readers. They hold a file several times over.
const LONGEST: usize = 64 << 20;

/// Reads with a foreign reader, whose faults must not end a run over an archive.
fn guarded(
    what: &str,
    bytes: Vec<u8>,
    read: fn(Vec<u8>) -> Result<Document>,
) -> std::result::Result<Document, Problem> {
    if bytes.len() > LONGEST {
        return Err(Problem::failed(format!("{what} of more than {} MB, which is not read", LONGEST >> 20)));
    }
    match catch_unwind(AssertUnwindSafe(|| read(bytes))) {
        Ok(Ok(document)) => Ok(document),
        Ok(Err(Error::Encrypted)) => Err(Problem::failed("encrypted; it needs a password")),
        Ok(Err(error)) => Err(Problem::failed(format!("{what} that is damaged: {error}"))),
        Err(_) => Err(Problem::failed(format!("{what} that is damaged: it cannot be read"))),
    }
}

/// Reads a Word document.
pub(super) fn word(bytes: Vec<u8>) -> Vec<std::result::Result<RawDocument, Problem>> {
    let mut raw = RawDocument::default();
    properties(&mut raw, &bytes, "Word");
    let beside = beside(&bytes);
    let document =
        match guarded("a Word 97-2003 document", bytes, |bytes| undoc::doc::DocParser::from_bytes(bytes)?.parse()) {
            Ok(document) => document,
            Err(problem) => return vec![Err(problem)],
        };
    for section in &document.sections {
        for paragraph in section.header.iter().flatten() {
            add_paragraph(&mut raw.text, paragraph);
        }
        section.content.iter().for_each(|block| add_block(&mut raw.text, block));
        for paragraph in section.notes.iter().chain(section.footer.iter()).flatten() {
            add_paragraph(&mut raw.text, paragraph);
        }
    }
    for paragraph in beside {
        raw.text.push_str(&paragraph);
        raw.text.push_str("\n\n");
    }
    let pictures = document.resources.len();
    let unread = (pictures > 0).then(|| Err(Problem::nothing(format!("{pictures} pictures, which are not read"))));
    let read = if raw.text.trim().is_empty() { Err(Problem::nothing("a Word document without text")) } else { Ok(raw) };
    std::iter::once(read).chain(unread).collect()
}

fn words(paragraph: &Paragraph) -> String {
    let runs = paragraph.runs.iter().filter(|run| run.revision != RevisionType::Deleted);
    let mut words = String::new();
    for run in runs {
        words.extend(run.text.chars().filter(|c| *c != '\u{ad}'));
        if let Some(label) = &run.note {
            words.push_str(&format!("[{label}]"));
        }
        if run.line_break || run.page_break {
            words.push('\n');
        }
    }
    words
}

fn add_block(text: &mut String, block: &Block) {
    match block {
        Block::Paragraph(paragraph) => add_paragraph(text, paragraph),
        Block::Table(table) => add_table(text, table),
        Block::Note { label, content } => {
            let begin = text.len();
            content.iter().for_each(|paragraph| add_paragraph(text, paragraph));
            if text.len() > begin {
                text.insert_str(begin, &format!("[{label}] "));
            }
        }
        _ => {}
    }
}

fn add_paragraph(text: &mut String, paragraph: &Paragraph) {
    let words = words(paragraph);
    if !words.trim().is_empty() {
        text.push_str(words.trim());
        text.push_str("\n\n");
    }
}

fn add_table(text: &mut String, table: &Table) {
    let inner: Vec<&Table> =
        table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.nested_tables).collect();
    for row in &table.rows {
        let cells: Vec<String> = row
            .cells
            .iter()
            .map(|cell| {
                cell.content.iter().map(|words_of| words(words_of).replace('\n', " ")).collect::<Vec<_>>().join(" ")
            })
            .collect();
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            text.push_str(cells.join("\t").trim_end());
            text.push('\n');
        }
    }
    text.push('\n');
    inner.into_iter().for_each(|table| add_table(text, table));
}
