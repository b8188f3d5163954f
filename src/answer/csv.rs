//! Answers as tables of comma-separated values (RFC 4180), for spreadsheets.
//!
//! A [`Table`] has a row of names and rows of cells. A spreadsheet computes what begins like a formula, and texts are
//! anybody's: an apostrophe before such a cell makes it a text there too.
//!
//! ```
//! use dateline::{Document, Index, csv};
//!
//! let index = Index::in_memory()?;
//! let mut writer = index.writer()?;
//! writer.add(Document::new("log-1", "Fog since four.").source("Harbour log"))?;
//! writer.commit()?;
//!
//! let sources = index.search("fog").source_report()?;
//! assert_eq!(csv::to_string(&sources), "source,documents,first_day,last_day,from_folder\nHarbour log,1,,,0\n");
//! # Ok::<(), dateline::Error>(())
//! ```

use std::path::Path;

use super::comparison::{Comparison, Sighting};
use super::dates::{DatedDocument, RuleCount};
use super::fields::FieldReport;
use super::figures::{FigureGroup, FigurePassage, FiguresReport};
use super::json::{BatchRow, SourceReport};
use super::quotes::{CheckedQuote, QuotePlace, QuoteReport};
use super::search::{Excerpt, Hit, Results};
use super::timeline::{Share, Timeline};
use crate::document::DateClue;
use crate::document::path::path_text;
use crate::text::tame;
use crate::time::Precision;

mod sealed {
    pub trait Sealed {}
}

macro_rules! sealed {
    ($($name:ty),+) => {
        $(impl sealed::Sealed for $name {})+
    };
}

sealed!(Results, Timeline, SourceReport, FieldReport, Comparison, FiguresReport, QuoteReport);
sealed!([DatedDocument], [RuleCount], [BatchRow]);

/// An answer that has a form as a table.
pub trait Table: sealed::Sealed {
    /// The names of the columns.
    fn names(&self) -> Vec<&'static str>;

    /// The rows, each with a cell for every column.
    fn rows(&self) -> Vec<Vec<String>>;
}

/// A table with the names of its columns.
pub fn to_string(table: &(impl Table + ?Sized)) -> String {
    let names = table.names().into_iter().map(str::to_owned).collect();
    std::iter::once(names).chain(table.rows()).map(|row| line(&row)).collect()
}

/// The rows of a table without the names of its columns.
pub fn rows_to_string(table: &(impl Table + ?Sized)) -> String {
    table.rows().iter().map(|row| line(row)).collect()
}

fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| quoted(cell(text))).collect();
    cells.join(",") + "\n"
}

/// The text of a cell, which is no formula.
fn cell(text: &str) -> String {
    let text = tame(text);
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

fn quoted(text: String) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// A value that may be missing.
fn shown(value: Option<impl ToString>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

fn path(path: Option<&Path>) -> String {
    path.map_or(String::new(), path_text)
}

fn precision(known: Option<Precision>) -> String {
    known.map_or("unknown", Precision::name).to_owned()
}

/// A row a passage.
impl Table for Results {
    fn names(&self) -> Vec<&'static str> {
        vec![
            "rank",
            "date",
            "date_precision",
            "source",
            "title",
            "path",
            "member",
            "line",
            "page",
            "id",
            "passage",
            "score",
            "text",
            "url",
        ]
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |hit: &Hit, excerpt: &Excerpt| {
            vec![
                hit.rank.to_string(),
                shown(hit.date),
                precision(hit.date_precision),
                shown(hit.source.as_ref()),
                hit.title.clone().unwrap_or_default(),
                path(hit.path.as_deref()),
                hit.member.clone().unwrap_or_default(),
                shown(excerpt.line),
                shown(excerpt.page),
                hit.id.clone(),
                excerpt.id.clone(),
                format!("{:.4}", hit.score),
                excerpt.text.clone(),
                hit.url.clone().unwrap_or_default(),
            ]
        };
        self.hits.iter().flat_map(|hit| hit.passages.iter().map(move |excerpt| row(hit, excerpt))).collect()
    }
}

/// A row a step; of each source, where the timeline tells of sources.
impl Table for Timeline {
    fn names(&self) -> Vec<&'static str> {
        let mut names = vec!["period", "first_day"];
        names.extend(self.sources.iter().flat_map(|_| ["source", "other_sources"]));
        names.push("documents");
        names.extend(self.all.iter().flat_map(|_| ["all", "share"]));
        names.extend(self.mentions.as_ref().filter(|_| self.sources.is_none()).map(|_| "mentioned"));
        names
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let shares = |documents: u64, share: Option<Share>| {
            let fraction = |share: Share| share.fraction().map_or(String::new(), |share| format!("{share:.6}"));
            let cells = share.map(|share| [share.all.to_string(), fraction(share)]);
            std::iter::once(documents.to_string()).chain(cells.into_iter().flatten())
        };
        let mut rows = Vec::new();
        for (at, bucket) in self.buckets.iter().enumerate() {
            let period = [bucket.label.clone(), bucket.start.to_string()];
            match &self.sources {
                None => {
                    let mentioned = self.mentions.as_ref().map(|_| bucket.mentioned.unwrap_or(0).to_string());
                    let counts = shares(bucket.documents, bucket.share());
                    rows.push(period.into_iter().chain(counts).chain(mentioned).collect());
                }
                Some(sources) => rows.extend(sources.iter().filter_map(|source| {
                    let step = source.steps.get(at)?;
                    let named = [shown(source.source.as_ref()), shown(source.other_sources)];
                    let counts = shares(step.documents, step.share());
                    Some(period.iter().cloned().chain(named).chain(counts).collect())
                })),
            }
        }
        rows
    }
}

/// A row a source.
impl Table for SourceReport {
    fn names(&self) -> Vec<&'static str> {
        vec!["source", "documents", "first_day", "last_day", "from_folder"]
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |source: &super::search::FacetCount| {
            let (documents, from_folder) = (source.documents.to_string(), source.from_folder.to_string());
            vec![source.value.to_string(), documents, shown(source.first), shown(source.last), from_folder]
        };
        self.sources.iter().map(row).collect()
    }
}

/// A row a value.
impl Table for FieldReport {
    fn names(&self) -> Vec<&'static str> {
        vec!["value", "documents"]
    }

    fn rows(&self) -> Vec<Vec<String>> {
        self.values.iter().map(|count| vec![count.value.clone(), count.documents.to_string()]).collect()
    }
}

/// A row a document, with the reason for its date and the contrary clues.
impl Table for [DatedDocument] {
    fn names(&self) -> Vec<&'static str> {
        vec![
            "date",
            "date_precision",
            "doubts",
            "rule",
            "place",
            "written",
            "rivals",
            "refused",
            "source",
            "title",
            "path",
            "member",
            "line",
            "id",
        ]
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let clues = |clues: &[DateClue]| {
            let each = |clue: &DateClue| format!("{} {}", clue.date, clue.rule.name());
            clues.iter().map(each).collect::<Vec<_>>().join("; ")
        };
        let row = |document: &DatedDocument| {
            let chosen = document.dated.chosen.as_ref();
            vec![
                shown(document.date),
                precision(document.date_precision),
                document.doubts.to_string(),
                shown(chosen.map(|clue| clue.rule.name())),
                shown(chosen.map(|clue| clue.place.as_str())),
                shown(chosen.map(|clue| clue.written.as_str())),
                clues(&document.dated.rivals),
                clues(&document.dated.refused),
                shown(document.source.as_ref()),
                document.title.clone().unwrap_or_default(),
                path(document.path.as_deref()),
                document.member.clone().unwrap_or_default(),
                shown(document.line),
                document.id.clone(),
            ]
        };
        self.iter().map(row).collect()
    }
}

/// A row a kind of clue.
impl Table for [RuleCount] {
    fn names(&self) -> Vec<&'static str> {
        vec!["rule", "documents", "day", "month", "year"]
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |count: &RuleCount| {
            let counts = [count.documents, count.day, count.month, count.year].map(|number| number.to_string());
            std::iter::once(shown(count.rule.map(|rule| rule.name()))).chain(counts).collect()
        };
        self.iter().map(row).collect()
    }
}

/// A row for each question in each source.
impl Table for Comparison {
    fn names(&self) -> Vec<&'static str> {
        vec![
            "source",
            "query",
            "documents",
            "coarse",
            "undated",
            "first_date",
            "first_passage",
            "first_path",
            "last_date",
            "last_passage",
            "last_path",
            "switched_from",
            "switched_on",
            "strays",
        ]
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for source in &self.sources {
            for (number, (cell, query)) in source.cells.iter().zip(&self.queries).enumerate() {
                let switch = source.switches.iter().find(|switch| switch.to == number);
                let before = switch.and_then(|switch| self.queries.get(switch.from));
                let mut row = vec![
                    shown(source.source.as_ref()),
                    query.query.clone(),
                    cell.documents.to_string(),
                    cell.coarse.to_string(),
                    cell.undated.to_string(),
                ];
                row.extend(sighted(cell.first.as_ref()));
                row.extend(sighted(cell.last.as_ref()));
                row.extend([
                    shown(before.map(|query| query.query.as_str())),
                    shown(switch.map(|switch| switch.date)),
                    shown(switch.map(|switch| switch.strays)),
                ]);
                rows.push(row);
            }
        }
        rows
    }
}

fn sighted(sighting: Option<&Sighting>) -> [String; 3] {
    let Some(sighting) = sighting else { return Default::default() };
    let passage = sighting.passage.as_ref().map_or(&sighting.id, |passage| &passage.id);
    [shown(sighting.date), passage.clone(), sighting.locator().unwrap_or_default()]
}

/// A row a sentence.
impl Table for FiguresReport {
    fn names(&self) -> Vec<&'static str> {
        vec![
            "number",
            "bound",
            "value",
            "high",
            "unit",
            "documents",
            "first",
            "last",
            "source",
            "date",
            "written",
            "sentence",
            "passage",
            "path",
            "member",
            "line",
            "url",
        ]
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |group: &FigureGroup, passage: &FigurePassage| {
            let quantity = &group.quantity;
            vec![
                group.text.clone(),
                quantity.bound.name().to_owned(),
                quantity.value.to_string(),
                shown(quantity.high),
                quantity.unit.clone().unwrap_or_default(),
                group.documents.to_string(),
                shown(group.first),
                shown(group.last),
                shown(passage.source.as_ref()),
                shown(passage.date),
                passage.written.clone(),
                passage.text.clone(),
                passage.id.clone(),
                path(passage.path.as_deref()),
                passage.member.clone().unwrap_or_default(),
                shown(passage.line),
                passage.url.clone().unwrap_or_default(),
            ]
        };
        self.figures.iter().flat_map(|group| group.passages.iter().map(move |passage| row(group, passage))).collect()
    }
}

/// A row a quote, with its first place.
impl Table for QuoteReport {
    fn names(&self) -> Vec<&'static str> {
        vec![
            "number",
            "line",
            "status",
            "grave",
            "text",
            "differences",
            "total",
            "distinct",
            "id",
            "date",
            "source",
            "title",
            "source_text",
            "cite",
        ]
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |quote: &CheckedQuote| {
            let differences: Vec<String> = quote.differences.iter().map(ToString::to_string).collect();
            let of = |field: fn(&QuotePlace) -> String| quote.places.first().map(field).unwrap_or_default();
            vec![
                quote.number.to_string(),
                shown(quote.line),
                quote.status.name().to_owned(),
                quote.grave.to_string(),
                quote.text.clone(),
                differences.join("; "),
                quote.total.to_string(),
                quote.distinct.to_string(),
                of(|place| place.r#ref.clone()),
                of(|place| shown(place.date)),
                of(|place| shown(place.source.as_ref())),
                of(|place| place.title.clone().unwrap_or_default()),
                of(|place| place.text.clone()),
                of(|place| place.cite.clone()),
            ]
        };
        self.quotes.iter().map(row).collect()
    }
}

/// A row a question.
impl Table for [BatchRow] {
    fn names(&self) -> Vec<&'static str> {
        vec![
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
        ]
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |row: &BatchRow| {
            let notes = row.notes.iter().map(|note| note.message.as_str());
            vec![
                row.id.clone(),
                row.query.clone(),
                shown(row.documents),
                shown(row.undated),
                shown(row.first),
                shown(row.last),
                shown(row.top_source.as_ref()),
                shown(row.top_source_documents),
                row.passage.clone().unwrap_or_default(),
                notes.chain(row.error.as_deref()).collect::<Vec<_>>().join("; "),
            ]
        };
        self.iter().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, safe) in [
            ("=HYPERLINK(\"http://example.org\")", "'=HYPERLINK(\"http://example.org\")"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\u{1b}=1", "'=1"),
            ("1992-02-26", "1992-02-26"),
            ("a = b", "a = b"),
            ("", ""),
        ] {
            assert_eq!(cell(text), safe, "{text:?}");
        }
    }

    #[test]
    fn cells_with_commas_quotes_and_lines_stay_one_cell() {
        let cells = ["a,b", "say \"so\"", "two\nlines", "plain", ""].map(str::to_owned);
        assert_eq!(line(&cells), "\"a,b\",\"say \"\"so\"\"\",\"two\nlines\",plain,\n");
    }
}
