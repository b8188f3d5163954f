//! Results as CSV for spreadsheets, and as runs for scoring programs.

use std::io;

use dateline::{Bucket, DateClue, DatedDocument, FacetCount, Hit, Precision, Results, RuleCount, Timeline, ValueCount};

use super::screen::Screen;
use super::words::{path_text, tame};

/// Writes rows as CSV (RFC 4180), after a row of their names.
fn table<const N: usize>(
    screen: &mut Screen,
    names: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> io::Result<()> {
    screen.begin_table()?;
    let mut table = csv::Writer::from_writer(&mut screen.out);
    table.write_record(names)?;
    for row in rows {
        table.write_record(row.map(|text| cell(&text)))?;
    }
    table.flush()
}

fn precision(known: Option<Precision>) -> String {
    known.map_or("unknown", Precision::name).to_owned()
}

/// The text of a cell. A spreadsheet computes what begins like a formula, and texts are anybody's: an apostrophe before it
/// makes it a text there too.
fn cell(text: &str) -> String {
    let text = tame(text);
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

/// Writes one row of a table that is written row by row.
pub(super) fn row<const N: usize>(screen: &mut Screen, cells: [impl AsRef<str>; N]) -> io::Result<()> {
    screen.begin_table()?;
    let mut table = csv::Writer::from_writer(&mut screen.out);
    table.write_record(cells.map(|text| cell(text.as_ref())))?;
    table.flush()
}

/// Writes one row a passage, below their names if this is the first page.
pub(in super::super) fn csv(screen: &mut Screen, results: &Results, first: bool) -> io::Result<()> {
    let names = [
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
    ];
    let mut rows = results.hits.iter().flat_map(|hit| {
        hit.passages.iter().map(|excerpt| {
            [
                hit.rank.to_string(),
                hit.date.map_or(String::new(), |date| date.to_string()),
                precision(hit.date_precision),
                hit.source.as_ref().map_or(String::new(), |source| source.to_string()),
                hit.title.clone().unwrap_or_default(),
                hit.path.as_ref().map_or(String::new(), |path| path_text(path)),
                hit.member.clone().unwrap_or_default(),
                excerpt.line.map_or(String::new(), |line| line.to_string()),
                excerpt.page.map_or(String::new(), |page| page.to_string()),
                hit.id.clone(),
                excerpt.id.clone(),
                format!("{:.4}", hit.score),
                excerpt.text.clone(),
                hit.url.clone().unwrap_or_default(),
            ]
        })
    });
    if first {
        row(screen, names)?;
    }
    rows.try_for_each(|cells| row(screen, cells))
}

/// Writes a run as TREC's scoring programs read it: query, `Q0`, document, rank, score, name of the run.
pub(in super::super) fn trec(screen: &mut Screen, results: &Results, query: &str) -> io::Result<()> {
    let name = |hit: &Hit| hit.record_id.clone().unwrap_or_else(|| hit.id.clone());
    // The format has no escape for white space.
    let word = |text: &str| tame(text).split_whitespace().collect::<Vec<_>>().join("_");
    for hit in &results.hits {
        // Scoring programs sort by score and break ties by name, so only a score made of the rank keeps the order.
        let score = 1.0 / hit.rank as f64;
        screen.line(&format!("{} Q0 {} {} {score:.8} dateline", word(query), word(&name(hit)), hit.rank))?;
    }
    Ok(())
}

/// Writes one row a step.
pub(in super::super) fn timeline(screen: &mut Screen, timeline: &Timeline) -> io::Result<()> {
    let cells = |bucket: &Bucket| [bucket.label.clone(), bucket.start.to_string(), bucket.documents.to_string()];
    if timeline.mentions.is_none() {
        return table(screen, ["period", "first_day", "documents"], timeline.buckets.iter().map(cells));
    }
    let rows = timeline.buckets.iter().map(|bucket| {
        let [period, first_day, documents] = cells(bucket);
        [period, first_day, documents, bucket.mentioned.unwrap_or(0).to_string()]
    });
    table(screen, ["period", "first_day", "documents", "mentioned"], rows)
}

/// Writes one row a source.
pub(in super::super) fn sources(screen: &mut Screen, sources: &[FacetCount]) -> io::Result<()> {
    let day = |date: Option<dateline::Date>| date.map_or(String::new(), |date| date.to_string());
    let rows = sources
        .iter()
        .map(|source| [source.value.to_string(), source.documents.to_string(), day(source.first), day(source.last)]);
    table(screen, ["source", "documents", "first_day", "last_day"], rows)
}

/// Writes one row a value of a field.
pub(in super::super) fn values(screen: &mut Screen, values: &[ValueCount]) -> io::Result<()> {
    let rows = values.iter().map(|count| [count.value.clone(), count.documents.to_string()]);
    table(screen, ["value", "documents"], rows)
}

/// Writes one row a document, with the reason for its date and the contrary clues.
pub(in super::super) fn dates(screen: &mut Screen, documents: &[DatedDocument]) -> io::Result<()> {
    let names = [
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
    ];
    let clues = |clues: &[DateClue]| {
        let each = |clue: &DateClue| format!("{} {}", clue.date, clue.rule.name());
        clues.iter().map(each).collect::<Vec<_>>().join("; ")
    };
    let rows = documents.iter().map(|document| {
        let chosen = document.dated.chosen.as_ref();
        [
            document.date.map_or(String::new(), |date| date.to_string()),
            precision(document.date_precision),
            document.doubts.to_string(),
            chosen.map_or(String::new(), |clue| clue.rule.name().to_string()),
            chosen.map_or(String::new(), |clue| clue.place.clone()),
            chosen.map_or(String::new(), |clue| clue.written.clone()),
            clues(&document.dated.rivals),
            clues(&document.dated.refused),
            document.source.as_ref().map_or(String::new(), |source| source.to_string()),
            document.title.clone().unwrap_or_default(),
            document.path.as_ref().map_or(String::new(), |path| path_text(path)),
            document.member.clone().unwrap_or_default(),
            document.line.map_or(String::new(), |line| line.to_string()),
            document.id.clone(),
        ]
    });
    table(screen, names, rows)
}

/// Writes one row a kind of clue.
pub(in super::super) fn date_rules(screen: &mut Screen, rules: &[RuleCount]) -> io::Result<()> {
    let rows = rules.iter().map(|count| {
        let rule = count.rule.map_or(String::new(), |rule| rule.name().to_string());
        [rule, count.documents.to_string(), count.day.to_string(), count.month.to_string(), count.year.to_string()]
    });
    table(screen, ["rule", "documents", "day", "month", "year"], rows)
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
}
