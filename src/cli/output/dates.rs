//! How documents are dated, for reading and for correcting.

use std::io;

use dateline::{AlikeSources, DateEvent, DateReport, DatedDocument, Doubt};

use super::days::{day, published};
use super::screen::Screen;
use super::words::{counted, harmless, shown_path, sourced, titled};

/// The most rivals of a date that are printed.
const RIVALS: usize = 4;

/// Prints counts by kind of clue and precision, and by reason for doubt.
pub(in super::super) fn summary(screen: &mut Screen, report: &DateReport) -> io::Result<()> {
    let number = |count: u64| if count == 0 { String::new() } else { counted(count) };
    let head = format!("{:<14} {:>10} {:>10} {:>10} {:>10}", "dated by", "documents", "to the day", "month", "year");
    screen.line(&screen.dim(&head))?;
    for count in &report.rules {
        let rule = count.rule.map_or("undated", |rule| rule.name());
        let columns = [count.documents, count.day, count.month, count.year].map(number);
        let [documents, day, month, year] = &columns;
        screen.line(format!("{rule:<14} {documents:>10} {day:>10} {month:>10} {year:>10}").trim_end())?;
    }
    screen.line("")?;
    screen.line(&screen.dim("doubtful"))?;
    for count in &report.doubts {
        let meaning = match count.doubt {
            Doubt::Undated => "no clue gives a date",
            Doubt::Conflicting => "clues as strong say other days",
            Doubt::Future => "a clue as strong lies after the day of reading",
            Doubt::Uncertain => {
                "the clue leaves the day open: about, a question mark, two figures that may be the month"
            }
            Doubt::Weak => "only a month or a year, or taken from a name or from what a program noted",
            _ => "",
        };
        let line = format!("{:<14} {:>10}  {}", count.doubt, counted(count.documents), screen.dim(meaning));
        screen.line(line.trim_end())?;
    }
    Ok(())
}

/// Prints a few lines a document: date, reason, contrary clues, place.
pub(in super::super) fn listed(screen: &mut Screen, report: &DateReport) -> io::Result<()> {
    for (place, document) in report.documents.iter().enumerate() {
        if place > 0 {
            screen.line("")?;
        }
        let title = titled(document.title.as_deref());
        let source = sourced(document.source.as_ref());
        let head = format!("{:>12}  {}", published(&document.dated), screen.bold(&title));
        screen.line(&format!("{head}  {}", screen.dim(&format!("— {source}"))))?;
        if let Some(clue) = &document.dated.chosen {
            screen.line(&format!("{:>12}  {}", "by", clue))?;
        }
        let rivals = document.dated.rivals.iter().filter(|rival| Some(rival.date) != document.date);
        for rival in rivals.take(RIVALS) {
            let event = match rival.event {
                DateEvent::Created => ", when it was made",
                DateEvent::Modified => ", when it was changed",
                _ => "",
            };
            screen.line(&format!("{:>12}  {}: {}{event}", "or", day(Some(rival.date)), rival))?;
        }
        for refused in &document.dated.refused {
            screen.line(&format!("{:>12}  {}: {}", "refused", day(Some(refused.date)), refused))?;
        }
        if let Some(clue) = document.dated.yearless.as_ref() {
            let words = format!("{}: {}", harmless(&clue.place), harmless(&clue.written));
            screen.line(&format!("{:>12}  {words}, without a year", "perhaps"))?;
        }
        if !document.doubts.is_empty() {
            screen.line(&format!("{:>12}  {}", "doubtful", document.doubts))?;
        }
        let place = screen.linked(&place_of(document), document.path.as_deref(), document.line);
        screen.line(&format!("{:>12}  {}", "", screen.dim(&format!("{place}  {}", document.id))))?;
    }
    Ok(())
}

fn place_of(document: &DatedDocument) -> String {
    let Some(file) = document.locator() else { return String::new() };
    let file = shown_path(file.as_ref());
    match document.line.filter(|line| *line > 1) {
        Some(line) => format!("{file}:{line}"),
        None => file,
    }
}

/// Prints the beginning of a `dateline.toml`: an entry a document, without dates until somebody decides.
pub(in super::super) fn corrections(screen: &mut Screen, report: &DateReport) -> io::Result<()> {
    screen.line(report.to_corrections(place_of).trim_end_matches('\n'))
}

/// Prints sources that look alike as aliases for `dateline.toml`.
pub(in super::super) fn aliases(screen: &mut Screen, alike: &[AlikeSources]) -> io::Result<()> {
    if alike.is_empty() {
        return Ok(());
    }
    screen.line("")?;
    screen
        .line(&screen.dim(
            "# These look alike. Those that are one: put their lines into dateline.toml at the archive's root.",
        ))?;
    screen.line("[aliases]")?;
    alike.iter().try_for_each(|sources| screen.line(&sources.to_alias()))
}
