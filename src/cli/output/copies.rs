//! Copies, for reading: those of a document, stories, and differences word by word.

use std::io;

use dateline::{Change, Copied, CopyReport, Date, Document, FigureChange, Hit, Relation, Source, TextDiff};

use super::days::day;
use super::screen::Screen;
use super::words::{counted, harmless, quantity, shown_path, sourced, titled};

/// The most copies that are named with a document, unless all are asked for.
const NAMED: usize = 20;

/// The number of copies that are named with a document.
pub(in super::super) fn named(all: bool) -> usize {
    if all { usize::MAX } else { NAMED }
}
/// The most copies named on one line.
const ON_A_LINE: usize = 4;
/// The most figures shown for one document.
const FIGURES: usize = 4;
const INDENT: &str = "              ";

/// `Daily B 28 Feb 1992`.
fn who(source: Option<&Source>, date: Option<Date>) -> String {
    format!("{} {}", sourced(source), day(date))
}

/// `83 / 63, six / nine`.
fn figures(changes: &[FigureChange]) -> String {
    let pairs =
        changes.iter().take(FIGURES).map(|change| format!("{} / {}", harmless(&change.old), harmless(&change.new)));
    let mut line = pairs.collect::<Vec<_>>().join(", ");
    if changes.len() > FIGURES {
        line.push_str(&format!(", … (+{})", changes.len() - FIGURES));
    }
    line
}

/// `copy, 97 %`.
fn relation(copied: &Copied) -> String {
    match copied.relation {
        Relation::Copy => format!("copy, {} %", copied.share),
        Relation::Contains => format!("has {} % of it, and more", copied.share_of_other),
        _ => format!("{} % is from it", copied.share),
    }
}

/// Prints what a document has in common with others. Most have nothing.
pub(super) fn of_hit(screen: &mut Screen, hit: &Hit, expand: Option<&str>) -> io::Result<()> {
    let expanded = expand.is_some_and(|id| id.is_empty() || hit.id == id);
    if expanded && hit.copied > 0 {
        screen.line(&format!("{INDENT}+ {}:", quantities(hit.copied)))?;
        for copy in &hit.copies {
            let line =
                format!("{}, {}  {}", who(copy.source.as_ref(), copy.date), relation(copy), screen.dim(&copy.id));
            screen.line(&format!("{INDENT}  {line}"))?;
        }
    } else if hit.copied > 0 {
        let names = hit.copies.iter().take(ON_A_LINE).map(|copy| who(copy.source.as_ref(), copy.date));
        let mut line = format!("+ {}: {}", quantities(hit.copied), names.collect::<Vec<_>>().join(", "));
        if hit.copied > ON_A_LINE as u64 {
            line.push_str(", …");
        }
        let more = screen.dim(&format!("(--expand={})", hit.id));
        screen.paragraph(&format!("{line} {more}"), INDENT)?;
    }
    for version in hit.versions.iter().filter(|version| !version.figures.is_empty()) {
        let other = who(version.source.as_ref(), version.date);
        let line = format!("figures differ: {}  in {other}", figures(&version.figures));
        screen.line(&format!("{INDENT}{line}  {}", screen.dim(&version.id)))?;
    }
    Ok(())
}

fn quantities(copies: u64) -> String {
    format!("{} {}", counted(copies), if copies == 1 { "copy" } else { "copies" })
}

/// Prints stories, each with its copies.
pub(in super::super) fn report(screen: &mut Screen, report: &CopyReport) -> io::Result<()> {
    for (place, story) in report.listed.iter().enumerate() {
        if place > 0 {
            screen.line("")?;
        }
        let title = titled(story.lead.title.as_deref());
        let source = sourced(story.lead.source.as_ref());
        let head = format!("{:>12}  {}", day(story.lead.date), screen.bold(&title));
        let lead = &story.lead;
        let file = lead.locator().map_or(String::new(), |file| shown_path(file.as_ref()));
        let file = screen.linked(&file, lead.path.as_deref(), lead.line);
        let tail = screen.dim(&format!("— {source}  {file}  {}", story.lead.id));
        screen.line(&format!("{head}  {tail}"))?;
        for copy in &story.copies {
            let source = sourced(copy.source.as_ref());
            let mut line = format!("{:>12}  {source}  {}", day(copy.date), relation(copy));
            if !copy.figures.is_empty() {
                line.push_str(&format!(" · figures differ: {}", figures(&copy.figures)));
            }
            let file = copy.locator().map_or(String::new(), |file| shown_path(file.as_ref()));
            let file = screen.linked(&file, copy.path.as_deref(), None);
            screen.line(&format!("{line}  {}", screen.dim(&format!("{file}  {}", copy.id))))?;
        }
        let named = story.copies.len() as u64;
        if named < story.copied {
            let more = quantity(story.copied - named, "more document");
            screen.line(&screen.dim(&format!("{INDENT}and {more}: --copies {} shows more", story.copied)))?;
        }
    }
    Ok(())
}

/// Prints two documents and what the second changed of the first.
pub(in super::super) fn diff(
    screen: &mut Screen,
    old: &Document,
    new: &Document,
    diff: &TextDiff,
    whole: bool,
) -> io::Result<()> {
    for (sign, document) in [("-", old), ("+", new)] {
        let title = titled(document.title.as_deref());
        let who = who(document.attribution.source().as_ref(), document.dated.date());
        screen.line(&format!(
            "{sign} {}  {}",
            screen.bold(&title),
            screen.dim(&format!("— {who}  {}", document.id))
        ))?;
    }
    let same: usize = diff.changes.iter().filter(|change| change.same).map(|change| change.new.len()).sum();
    let share = same * 100 / new.text.len().max(1);
    let mut told = format!("{share} % of the second text is in the first");
    if !diff.figures.is_empty() {
        told.push_str(&format!(" · figures differ: {}", figures(&diff.figures)));
    }
    screen.line(&told)?;
    screen.line("")?;
    let mut text = String::new();
    for change in &diff.changes {
        text.push_str(&stretch(screen, change, (&old.text, &new.text), whole));
    }
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        screen.paragraph(paragraph.trim(), "")?;
    }
    Ok(())
}

/// The words shown at either end of a stretch that is the same.
const AROUND: usize = 12;

fn stretch(screen: &Screen, change: &Change, (old, new): (&str, &str), whole: bool) -> String {
    // Control characters are removed before our own marks are added.
    let gone = paragraphs(old.get(change.old.clone()).unwrap_or_default());
    let here = paragraphs(new.get(change.new.clone()).unwrap_or_default());
    if change.same {
        return if whole { here } else { shortened(&here) };
    }
    let ((out, out_end), (put, put_end)) = screen.changes();
    // A mark encloses words, and not the space after them.
    let marked = |text: &str, before: &str, after: &str| {
        let words = text.trim();
        if words.is_empty() {
            return String::new();
        }
        let end = &text[text.trim_end().len()..];
        format!("{}{before}{}{after}{end}", &text[..text.len() - text.trim_start().len()], words.replace("\n\n", " ¶ "))
    };
    let (gone, here) = (marked(&gone, out, out_end), marked(&here, put, put_end));
    if here.is_empty() || gone.ends_with(char::is_whitespace) || gone.is_empty() {
        format!("{gone}{here}")
    } else {
        format!("{gone} {here}")
    }
}

/// The ends of a long text, with dots between them.
fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    if words.len() <= 3 * AROUND {
        return text.to_string();
    }
    format!("{}… {}", words[..AROUND].concat(), words[words.len() - AROUND..].concat())
}

/// The text of a document without control characters, with its paragraphs apart.
fn paragraphs(text: &str) -> String {
    text.split("\n\n").map(harmless).collect::<Vec<_>>().join("\n\n")
}
