//! The numbers that are given for a thing.

use std::io;

use dateline::{Date, DateRange, FigureGroup, FigurePassage, FigureSource, FiguresReport};

use super::days::{day, days};
use super::screen::Screen;
use super::words::{harmless, quantity, shown_path, sourced};

const INDENT: &str = "              ";

/// Prints each number with its sources, and a sentence of each.
pub(in super::super) fn report(screen: &mut Screen, report: &FiguresReport) -> io::Result<()> {
    for (place, group) in report.figures.iter().enumerate() {
        if place > 0 {
            screen.line("")?;
        }
        let told = told(group);
        screen.line(&format!("{:>12}  {}", screen.bold(&harmless(&group.text)), screen.dim(&told)))?;
        for passage in &group.passages {
            sentence(screen, passage)?;
        }
        for source in group.sources.iter().filter(|source| source.documents > 1) {
            let line = format!("{}: {}", sourced(source.source.as_ref()), told_of(source));
            screen.paragraph(&screen.dim(&line), INDENT)?;
        }
    }
    Ok(())
}

/// `2 documents of 2 sources, 25 Feb 2024 – 26 Feb 2025`
fn told(group: &FigureGroup) -> String {
    let sources = group.sources.iter().filter(|source| source.source.is_some()).count() as u64;
    let of = if sources > 0 { format!(" of {}", quantity(sources, "source")) } else { String::new() };
    format!("{}{of}, {}", quantity(group.documents, "document"), span(group.first, group.last))
}

fn told_of(source: &FigureSource) -> String {
    format!("{}, {}", quantity(source.documents, "document"), span(source.first, source.last))
}

fn span(first: Option<Date>, last: Option<Date>) -> String {
    match (first, last) {
        (Some(first), Some(last)) => days(DateRange::new(Some(first), Some(last))),
        _ => "undated".to_string(),
    }
}

fn sentence(screen: &mut Screen, passage: &FigurePassage) -> io::Result<()> {
    let (before, after) = screen.marks();
    let source = sourced(passage.source.as_ref());
    screen.entry(&format!("{:>12}  ", day(passage.date)), &screen.dim(&source))?;
    let text: Vec<String> = passage.marked(before, after, harmless).split_whitespace().map(str::to_string).collect();
    screen.paragraph(&text.join(" "), INDENT)?;
    let place = match passage.locator() {
        Some(file) => {
            let line = passage.line.map_or(String::new(), |n| format!(":{n}"));
            let file = format!("{}{line}", shown_path(file.as_ref()));
            format!("{}  ", screen.linked(&file, passage.path.as_deref(), passage.line))
        }
        None => passage.url.as_deref().map_or(String::new(), |url| format!("{}  ", harmless(url))),
    };
    screen.place(&screen.dim(&format!("{place}{}", harmless(&passage.id))), INDENT)
}
