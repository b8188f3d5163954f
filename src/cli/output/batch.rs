//! Answers to many questions, a row each.

use std::io;

use dateline::{Date, Results, Source};
use serde::Serialize;

use super::rows;
use super::screen::Screen;
use super::words::{counted, harmless};

/// The widths of the columns for question and source, in characters.
const QUERY: usize = 34;
const SOURCE: usize = 26;

/// The answer to one question.
pub(in super::super) struct Answer<'a> {
    pub(in super::super) id: &'a str,
    pub(in super::super) query: &'a str,
    /// The results, or the error.
    pub(in super::super) results: Result<&'a Results, &'a str>,
    /// The fault of the line the question stood on.
    pub(in super::super) note: Option<&'a str>,
}

impl<'a> Answer<'a> {
    /// The notes on how the question was read, each once.
    pub(in super::super) fn notes(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let read = self.results.into_iter().flat_map(|results| results.notes.iter().map(String::as_str));
        let mut notes: Vec<&str> = self.note.into_iter().chain(read).collect();
        notes.dedup();
        notes.into_iter()
    }
}

/// How the rows are written.
pub(in super::super) enum Table {
    Text,
    JsonLines,
    Csv,
    Trec,
}

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    query: &'a str,
    read_as: Option<&'a str>,
    documents: Option<u64>,
    undated: Option<u64>,
    first: Option<Date>,
    last: Option<Date>,
    top_source: Option<&'a Source>,
    top_source_documents: Option<u64>,
    passage: Option<&'a str>,
    notes: Vec<&'a str>,
    error: Option<&'a str>,
}

impl<'a> Row<'a> {
    fn new(answer: &Answer<'a>) -> Row<'a> {
        let results = answer.results.ok();
        let top = results.and_then(|results| results.sources.first());
        let best = results.and_then(|results| results.hits.first()).and_then(|hit| hit.passages.first());
        Row {
            id: answer.id,
            query: answer.query,
            read_as: results.map(|results| results.read_as.as_str()),
            documents: results.map(|results| results.total),
            undated: results.map(|results| results.undated),
            first: results.and_then(|results| results.first),
            last: results.and_then(|results| results.last),
            top_source: top.map(|top| &top.value),
            top_source_documents: top.map(|top| top.documents),
            passage: best.map(|best| best.id.as_str()),
            notes: answer.notes().collect(),
            error: answer.results.err(),
        }
    }
}

impl Table {
    /// A table for reading, after its heading was printed.
    pub(in super::super) fn text(screen: &mut Screen) -> io::Result<Table> {
        let heading = format!(
            "{:>9}  {:<10}  {:<10}  {:<SOURCE$}  {:<QUERY$}  best passage",
            "documents", "first", "last", "top source", "question"
        );
        let heading = screen.dim(&heading);
        screen.line(&heading)?;
        Ok(Table::Text)
    }

    /// A table for spreadsheets, after its heading was printed.
    pub(in super::super) fn csv(screen: &mut Screen) -> io::Result<Table> {
        let names = [
            "id",
            "query",
            "documents",
            "undated",
            "first",
            "last",
            "top_source",
            "top_source_documents",
            "passage",
            "notes",
        ];
        rows::row(screen, names)?;
        Ok(Table::Csv)
    }

    pub(in super::super) fn row(&mut self, screen: &mut Screen, answer: &Answer) -> io::Result<()> {
        let row = Row::new(answer);
        let day = |date: Option<Date>| date.map_or(String::new(), |date| date.to_string());
        let number = |number: Option<u64>| number.map_or(String::new(), |number| number.to_string());
        let source = row.top_source.map_or(String::new(), ToString::to_string);
        match self {
            Table::JsonLines => screen.json_line(&row),
            Table::Trec => answer.results.map_or(Ok(()), |results| rows::trec(screen, results, answer.id)),
            Table::Csv => {
                let notes: Vec<&str> = row.notes.iter().copied().chain(row.error).collect();
                let cells = [
                    row.id.to_string(),
                    row.query.to_string(),
                    number(row.documents),
                    number(row.undated),
                    day(row.first),
                    day(row.last),
                    source,
                    number(row.top_source_documents),
                    row.passage.unwrap_or_default().to_string(),
                    notes.join("; "),
                ];
                rows::row(screen, cells)
            }
            Table::Text => {
                let documents = row.documents.map_or("failed".to_string(), counted);
                let line = format!(
                    "{documents:>9}  {:<10}  {:<10}  {}  {}  {}",
                    day(row.first),
                    day(row.last),
                    cut(&source, SOURCE),
                    cut(row.query, QUERY),
                    row.passage.unwrap_or_default()
                );
                screen.line(line.trim_end())
            }
        }
    }
}

/// A text cut or filled to exactly this many characters.
fn cut(text: &str, width: usize) -> String {
    let text = harmless(text);
    let length = text.chars().count();
    if length <= width {
        return format!("{text}{}", " ".repeat(width - length));
    }
    text.chars().take(width - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_their_width_whatever_is_in_them() {
        for text in ["", "short", "exactly ten", "a text far longer than its cell", "åäö åäö åäö åäö"] {
            assert_eq!(cut(text, 11).chars().count(), 11, "{text}");
        }
        assert_eq!(cut("a text far longer", 11), "a text far…");
    }
}
