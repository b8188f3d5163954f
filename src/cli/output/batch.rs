//! Answers to many questions, a row each.

use std::io;

use anyhow::Result;
use dateline::json::BatchRow;
use dateline::{Date, Results};

use super::screen::Screen;
use super::trec;
use super::words::{counted, harmless};

/// The widths of the columns for question and source, in characters.
const QUERY: usize = 34;
const SOURCE: usize = 26;

/// How the rows are written.
pub(in super::super) enum Table {
    Text,
    JsonLines,
    Csv,
    Trec,
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
        let none: &[BatchRow] = &[];
        screen.table(none)?;
        Ok(Table::Csv)
    }

    /// Writes the row of a question; a run has a line for each document of its results.
    pub(in super::super) fn row(
        &mut self,
        screen: &mut Screen,
        row: &BatchRow,
        results: Option<&Results>,
    ) -> Result<()> {
        let day = |date: Option<Date>| date.map_or(String::new(), |date| date.to_string());
        let source = row.top_source.as_ref().map_or(String::new(), ToString::to_string);
        match self {
            Table::JsonLines => screen.json_line(row)?,
            Table::Trec => results.map_or(Ok(()), |results| trec::run(screen, results, &row.id))?,
            Table::Csv => screen.rows(std::slice::from_ref(row))?,
            Table::Text => {
                let documents = row.documents.map_or("failed".to_string(), counted);
                let line = format!(
                    "{documents:>9}  {:<10}  {:<10}  {}  {}  {}",
                    day(row.first),
                    day(row.last),
                    cut(&source, SOURCE),
                    cut(&row.query, QUERY),
                    row.passage.as_deref().unwrap_or_default()
                );
                screen.line(line.trim_end())?;
            }
        }
        Ok(())
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
