//! The earliest documents, for reading.

use std::io;

use dateline::{DatedDocument, FirstReport, Precision, Relation};

use super::copies;
use super::days::day;
use super::screen::Screen;
use super::text::passages;
use super::words::{counted, harmless, sourced, titled};

/// The most uncertain documents that are printed.
const NAMED: usize = 6;
const INDENT: &str = "              ";

/// Prints the earliest document with the reason for its date, the documents that follow, and those that may be earlier.
pub(in super::super) fn report(screen: &mut Screen, report: &FirstReport, expand: Option<&str>) -> io::Result<()> {
    for (place, document) in report.documents.iter().enumerate() {
        if place > 0 {
            screen.line("")?;
        }
        let hit = &document.hit;
        let title = titled(hit.title.as_deref());
        let source = sourced(hit.source.as_ref());
        let text = format!("{}  {}", screen.bold(&title), screen.dim(&format!("— {source}")));
        screen.entry(&format!("{:>12}  ", day(hit.date)), &text)?;
        let standing = match &document.copy_of {
            None if place == 0 => "the earliest".to_string(),
            None => "independent".to_string(),
            Some(of) if of.relation == Relation::Contains => format!("has what {} says, and more", harmless(&of.id)),
            Some(of) => format!("{} % of it is from {}", of.share, harmless(&of.id)),
        };
        let clue = hit.dated.chosen.as_ref().map_or(String::new(), |clue| {
            format!(" · dated by {}: {}", harmless(&clue.place), harmless(&clue.written))
        });
        screen.paragraph(&format!("{standing}{clue}"), INDENT)?;
        passages(screen, hit)?;
        copies::of_hit(screen, hit, expand)?;
    }
    uncertain(screen, report)
}

/// Prints the documents that may be earlier than the earliest, kind by kind.
fn uncertain(screen: &mut Screen, report: &FirstReport) -> io::Result<()> {
    let kinds = [
        (report.coarse, "known to the month or year alone"),
        (report.conflicting, "with a clue to an earlier day"),
        (report.undated, "undated"),
    ];
    let told = kinds.iter().filter(|(count, _)| *count > 0).map(|(count, kind)| format!("{} {kind}", counted(*count)));
    let told: Vec<String> = told.collect();
    if told.is_empty() {
        return Ok(());
    }
    screen.line("")?;
    screen.line(&format!("may be earlier: {}", told.join(", ")))?;
    for document in report.uncertain.iter().take(NAMED) {
        let title = titled(document.title.as_deref());
        let source = sourced(document.source.as_ref());
        let line = format!("{title}{}", rival(document));
        let text = format!("{line}  {}", screen.dim(&format!("— {source}  {}", document.id)));
        screen.entry(&format!("{:>12}  ", day(document.date)), &text)?;
    }
    Ok(())
}

/// The earlier day that another clue gives to a document whose day is known.
fn rival(document: &DatedDocument) -> String {
    let Some(date) = document.date.filter(|date| date.precision() == Precision::Day) else { return String::new() };
    let clues = document.dated.rivals.iter().chain(&document.dated.refused);
    let earlier = clues.map(|clue| clue.date).filter(|other| other.first_day() < date.first_day());
    earlier.min_by_key(|date| date.first_day()).map_or(String::new(), |date| format!(", or {}", day(Some(date))))
}
