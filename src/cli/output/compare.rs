//! The documents that several questions find in each source.

use std::io;

use dateline::{ComparedCell, ComparedSource, Comparison, DateRange, Sighting, Switch};

use super::days::{day, days};
use super::screen::{Screen, display_width, padded};
use super::text::{place_of, snippet};
use super::words::{counted, harmless, quantity, sourced};

/// The widest column for the names of sources, in characters.
const SOURCE: usize = 28;
/// The blanks between two columns.
const GAP: &str = "   ";
/// A cell without a document.
const NOTHING: &str = "—";

/// Prints a table of days and numbers. Each cell has the number of a passage below the table.
pub(in super::super) fn table(screen: &mut Screen, comparison: &Comparison) -> io::Result<()> {
    let mut places: Vec<&Sighting> = Vec::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let heads = comparison.queries.iter().map(|query| harmless(&query.query));
    rows.push(std::iter::once(String::new()).chain(heads).collect());
    for source in &comparison.sources {
        let mut row = vec![cut(&name(source))];
        for cell in &source.cells {
            let reference = cell.first.as_ref().map_or(String::new(), |first| {
                places.push(first);
                format!(" [{}]", places.len())
            });
            row.push(format!("{}{reference}", told(cell)));
        }
        rows.push(row);
    }
    let columns = comparison.queries.len() + 1;
    let width = |column: usize| rows.iter().map(|row| display_width(&row[column])).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let whole = widths.iter().sum::<usize>() + (columns - 1) * GAP.len();
    let is_narrow = screen.width().is_some_and(|width| width < whole);
    for (number, row) in rows.iter().enumerate() {
        if is_narrow {
            stacked(screen, rows.first().filter(|_| number > 0), row)?;
        } else {
            let cells = row.iter().zip(&widths).map(|(cell, width)| padded(cell, *width));
            let line = cells.collect::<Vec<_>>().join(GAP);
            let line = if number == 0 { screen.dim(line.trim_end()) } else { line.trim_end().to_string() };
            screen.line(&line)?;
        }
        // The first row is the heading.
        let source = number.checked_sub(1).and_then(|number| comparison.sources.get(number));
        for switch in source.iter().flat_map(|source| &source.switches) {
            let line = screen.bold(&switched(comparison, switch));
            screen.line(&format!("  {line}"))?;
        }
    }
    for (number, place) in (1..).zip(places) {
        screen.line("")?;
        let mark = format!("[{number}]");
        let title = place.title.as_deref().map_or(String::new(), harmless);
        screen.entry(&format!("{mark:<5} {}  ", day(place.date)), &screen.bold(&title))?;
        let Some(passage) = &place.passage else { continue };
        let text = snippet(screen, passage);
        screen.paragraph(&text, "      ")?;
        let file = place_of(place.locator(), place.url.as_deref(), passage);
        let file = screen.linked(&file, place.path.as_deref(), passage.line);
        screen.place(&screen.dim(&format!("{file}  {}", passage.id)), "      ")?;
    }
    Ok(())
}

/// Prints a row whose cells do not fit side by side, one below the other, each behind its heading.
fn stacked(screen: &mut Screen, heads: Option<&Vec<String>>, row: &[String]) -> io::Result<()> {
    let Some(heads) = heads else { return Ok(()) };
    let (Some(source), cells) = (row.first(), row.iter().skip(1)) else { return Ok(()) };
    screen.entry("", &screen.bold(source))?;
    for (head, cell) in heads.iter().skip(1).zip(cells).filter(|(_, cell)| *cell != NOTHING) {
        screen.entry(&format!("  {head}  "), cell)?;
    }
    Ok(())
}

fn name(source: &ComparedSource) -> String {
    sourced(source.source.as_ref())
}

fn cut(name: &str) -> String {
    if display_width(name) <= SOURCE {
        return name.to_string();
    }
    let mut kept = String::new();
    for c in name.chars() {
        kept.push(c);
        if display_width(&kept) >= SOURCE {
            kept.pop();
            break;
        }
    }
    kept + "…"
}

/// `26–27 Feb 1992 · 3`, and how many of these are not dated to the day.
fn told(cell: &ComparedCell) -> String {
    if cell.documents == 0 {
        return NOTHING.into();
    }
    let ends = cell.first.as_ref().and_then(|first| first.date).zip(cell.last.as_ref().and_then(|last| last.date));
    let mut told = match ends {
        None => "undated".to_string(),
        Some((first, last)) if first == last => day(Some(first)),
        Some((first, last)) => days(DateRange::new(Some(first), Some(last))),
    };
    told.push_str(&format!(" · {}", counted(cell.documents)));
    let exact = cell.documents - cell.coarse - cell.undated;
    for (number, what) in [(cell.coarse, "coarse"), (cell.undated, "undated")] {
        // A date that is no day says so itself.
        if number > 0 && (exact > 0 || number < cell.documents) {
            told.push_str(&format!(", {} {what}", counted(number)));
        }
    }
    told
}

/// `83 → 71 on 27 Feb 1992, but for 1 document`
fn switched(comparison: &Comparison, switch: &Switch) -> String {
    let query = |number: usize| comparison.queries.get(number).map_or(String::new(), |query| harmless(&query.query));
    let strays = match switch.strays {
        0 => String::new(),
        more => format!(", but for {}", quantity(more, "document")),
    };
    format!("{} → {} on {}{strays}", query(switch.from), query(switch.to), day(Some(switch.date)))
}
