//! Results for reading.

use std::collections::HashSet;
use std::io;

use dateline::{Attribution, Certainty, Document, Excerpt, Hit, Passage, Results, Scores, SourceClue, SourceRule};

use super::copies;
use super::days::{day, published, spoken_of};
use super::screen::Screen;
use super::words::{harmless, quantity, shown_path, sourced, titled};

/// Prints documents with their best passages. Copies are named on one line; those of the id in `expand` have a line
/// each, or those of all documents if it is empty.
pub(in super::super) fn grouped(screen: &mut Screen, results: &Results, expand: Option<&str>) -> io::Result<()> {
    for (place, hit) in results.hits.iter().enumerate() {
        if place > 0 {
            screen.line("")?;
        }
        let (before, after) = screen.marks_in_bold();
        let title = hit.marked_title(before, after, harmless).unwrap_or_else(|| titled(None));
        let source = sourced(hit.source.as_ref());
        let head = format!("{:>12}  ", published(&hit.dated));
        let text = format!("{}  {}", screen.bold(&title), screen.dim(&format!("— {source}")));
        screen.entry(&head, &text)?;
        if let Some(scores) = &hit.scores {
            screen.line(&format!("              {}", screen.dim(&score(hit, scores))))?;
        }
        passages(screen, hit)?;
        copies::of_hit(screen, hit, expand)?;
    }
    Ok(())
}

/// Prints the passages of a document, each with its place.
pub(super) fn passages(screen: &mut Screen, hit: &Hit) -> io::Result<()> {
    let title = hit.title.as_deref().unwrap_or_default();
    if let Some(line) = spoken_of(title, &hit.title_mentions) {
        screen.paragraph(&screen.dim(&line), "              ")?;
    }
    for excerpt in &hit.passages {
        if !repeats(excerpt, title) {
            let text = snippet(screen, excerpt);
            screen.paragraph(&text, "              ")?;
        }
        if let Some(line) = spoken_of(&excerpt.text, &excerpt.mentions) {
            screen.paragraph(&screen.dim(&line), "              ")?;
        }
        let place = place_of(hit.locator(), hit.url.as_deref(), excerpt);
        let place = format!("{}  {}", screen.linked(&place, hit.path.as_deref(), excerpt.line), excerpt.id);
        screen.place(&screen.dim(&place), "              ")?;
    }
    if hit.passages.is_empty() {
        screen.line(&format!("              {}", screen.dim(&hit.id)))?;
    }
    for line in hit.cite.iter().flat_map(|cite| cite.lines()) {
        screen.line(&format!("              {}", harmless(line)))?;
    }
    Ok(())
}

/// Returns whether all that would be shown of a passage is the title, which stands above it.
fn repeats(excerpt: &Excerpt, title: &str) -> bool {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = excerpt.text.get(excerpt.best.clone()).map(words);
    excerpt.also.is_none() && !title.is_empty() && shown.is_some_and(|shown| shown == words(title))
}

/// Prints one line a passage, the best first.
pub(in super::super) fn flat(screen: &mut Screen, results: &Results) -> io::Result<()> {
    let mut rows: Vec<(&Hit, &Excerpt)> =
        results.hits.iter().flat_map(|hit| hit.passages.iter().map(move |excerpt| (hit, excerpt))).collect();
    rows.sort_by(|a, b| b.1.score.total_cmp(&a.1.score));
    for (hit, excerpt) in rows {
        let date = hit.date.map_or("undated".to_string(), |date| date.to_string());
        let source = hit.source.as_ref().map_or(String::new(), |source| harmless(source.as_str()));
        let spoken = spoken_of(&excerpt.text, &excerpt.mentions).map_or(String::new(), |line| format!("{line}  "));
        let place = place_of(hit.locator(), hit.url.as_deref(), excerpt);
        let place = screen.linked(&place, hit.path.as_deref(), excerpt.line);
        let place = screen.dim(&format!("{spoken}{place}  {}", excerpt.id));
        screen.line(&format!("{date:<10}  {source}  {}  {place}", snippet(screen, excerpt)))?;
    }
    Ok(())
}

/// The parts of a score, on one line.
fn score(hit: &Hit, scores: &Scores) -> String {
    let parts: Vec<String> =
        scores.parts.iter().map(|part| format!("{} {:.2}", harmless(&part.part), part.score)).collect();
    // Only questions of several words, of which any would do, have this part.
    let feedback = match scores.feedback {
        0.0 => String::new(),
        change => format!(" {} shared words {:.2}", if change < 0.0 { '-' } else { '+' }, change.abs()),
    };
    format!(
        "score {:.2}: document {:.2} ({} + exact words {:.2}{feedback}), best passage {:.2}",
        hit.score,
        scores.document,
        parts.join(" + "),
        scores.exact,
        scores.passage
    )
}

/// The sentences to show, marked, with dots where the passage continues.
pub(super) fn snippet(screen: &Screen, excerpt: &Excerpt) -> String {
    let (before, after) = screen.marks();
    // With context asked for, all of it is shown.
    let mut stretches: Vec<_> = std::iter::once(&excerpt.best).chain(&excerpt.also).cloned().collect();
    stretches.sort_by_key(|stretch| stretch.start);
    let mut out = String::new();
    let mut end = 0;
    for stretch in stretches {
        let skipped = excerpt.text.get(end..stretch.start).is_some_and(|between| !between.trim().is_empty());
        if skipped {
            out.push_str(if end > 0 { " … " } else { "… " });
        } else if end > 0 {
            out.push(' ');
        }
        out.push_str(excerpt.marked(Some(stretch.clone()), before, after, harmless).trim());
        end = stretch.end;
    }
    if end < excerpt.text.len() {
        out.push_str(" …");
    }
    out
}

/// `corpus/courier/a.txt:12`, `reports.zip!/1992.pdf p. 3`, `budget.xlsx Sheet2!B7`, `talk.pptx slide 3`, and by what words
/// were recognised.
pub(super) fn place_of(file: Option<String>, url: Option<&str>, excerpt: &Excerpt) -> String {
    let place = bare_place(file, url, excerpt);
    match &excerpt.recognised_by {
        Some(by) => format!("{place}, recognised by {}", harmless(by)),
        None => place,
    }
}

fn bare_place(file: Option<String>, url: Option<&str>, excerpt: &Excerpt) -> String {
    let Some(file) = file else { return url.unwrap_or_default().to_string() };
    if let Some(cell) = &excerpt.cell {
        // The cell names its sheet, so the way to the sheet is not said twice.
        let sheet = cell.rsplit_once('!').map_or("", |(sheet, _)| sheet);
        let file =
            file.rsplit_once('#').filter(|(_, member)| member.starts_with(sheet)).map_or(&*file, |(file, _)| file);
        return format!("{} {}", shown_path(file.as_ref()), harmless(cell));
    }
    let file = shown_path(file.as_ref());
    match (excerpt.slide, excerpt.time, excerpt.page, excerpt.line) {
        (Some(slide), ..) => format!("{file} slide {slide}"),
        (_, Some(time), ..) => format!("{file} {}", clock(time)),
        (.., Some(page), _) => format!("{file} p. {page}"),
        (.., Some(line)) => format!("{file}:{line}"),
        _ => file,
    }
}

/// A time of a recording: `00:12:31`.
fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0) as u64;
    format!("{:02}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
}

/// Prints a document's facts, one a line.
fn facts(screen: &mut Screen, document: &Document) -> io::Result<()> {
    row(screen, "id", &document.id)?;
    if let Some(record) = &document.record_id {
        row(screen, "record", record)?;
    }
    if !document.former_ids.is_empty() {
        row(screen, "formerly", &document.former_ids.join(" "))?;
    }
    row(screen, "title", document.title.as_deref().unwrap_or("none"))?;
    match &document.dated.chosen {
        None => row(screen, "date", "undated: no clue gives a date")?,
        Some(clue) => {
            row(screen, "date", &format!("{}  ({}: {})", published(&document.dated), clue.place, clue.written))?;
        }
    }
    for rival in document.dated.rivals.iter() {
        row(screen, "  or", &format!("{}  ({}: {})", day(Some(rival.date)), rival.place, rival.written))?;
    }
    let attribution = &document.attribution;
    let source = attribution.chosen();
    let told = |clue: &SourceClue| {
        let said = if clue.rule == SourceRule::Folder { ", not said by the document" } else { "" };
        format!("{}  ({}{said})", clue.name, clue.place)
    };
    row(screen, "source", &source.map_or("none".to_string(), told))?;
    let Attribution { publisher, agency, byline, .. } = attribution;
    for (name, clue) in [("publisher", publisher), ("agency", agency), ("author", byline)] {
        if let Some(clue) = clue.as_ref().filter(|clue| source != Some(clue)) {
            row(screen, name, &told(clue))?;
        }
    }
    row(screen, "language", document.language.map_or("not recognised", |language| language.name()))?;
    if let Some(url) = &document.url {
        row(screen, "url", url)?;
    }
    if let Some(file) = document.place.locator() {
        let line = document.place.line.map_or(String::new(), |line| format!(":{line}"));
        let file = format!("{}{line}", shown_path(file.as_ref()));
        let file = screen.linked(&file, document.place.path.as_deref(), document.place.line);
        screen.line(&format!("{} {file}", head(screen, "file")))?;
    }
    for (name, value) in &document.metadata {
        match name.as_str() {
            LEFT_OUT => row(screen, "left out", value)?,
            RECOGNISED_BY => row(screen, "recognised", &format!("by {value}"))?,
            name => row(screen, "field", &format!("{name}: {}", shortened(value)))?,
        }
    }
    Ok(())
}

fn row(screen: &mut Screen, name: &str, value: &str) -> io::Result<()> {
    screen.line(&format!("{} {}", head(screen, name), harmless(value)))
}

fn head(screen: &Screen, name: &str) -> String {
    screen.dim(&format!("{name:<10}"))
}

/// The name, in a document's metadata, of what recognised words on pictures.
const RECOGNISED_BY: &str = "recognised_by";

/// The name, in a document's metadata, of the parts that rules left out of its text.
const LEFT_OUT: &str = "left_out";

/// The value of a field on one line. The JSON has all of it.
fn shortened(value: &str) -> String {
    const LONGEST: usize = 300;
    let mut short: String = value.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = short.char_indices().nth(LONGEST) {
        short.truncate(end);
        short.push('…');
    }
    short
}

/// Prints what rules leave out of a document's text: the lines of its complete text that the document lacks.
pub(in super::super) fn left_out(screen: &mut Screen, document: &Document, all: &Document) -> io::Result<()> {
    let kept: HashSet<&str> = document.text.lines().map(str::trim).collect();
    for line in all.text.lines().map(str::trim).filter(|line| !line.is_empty() && !kept.contains(line)) {
        screen.paragraph(harmless(line).trim(), "  - ")?;
    }
    screen.line("")
}

/// Prints how dateline reads a file.
pub(in super::super) fn inspected(screen: &mut Screen, document: &Document) -> io::Result<()> {
    facts(screen, document)?;
    let mut encoding = document.encoding.clone().unwrap_or("none".into());
    // Valid UTF-8 needs no reason.
    if let Some(certainty) = document.certainty.filter(|certainty| *certainty != Certainty::Valid) {
        encoding.push_str(&format!(" ({})", certainty.name()));
    }
    if document.unreadable > 0 {
        encoding.push_str(&format!(", {} unreadable", quantity(document.unreadable, "character")));
    }
    let passages = quantity(document.passages().len() as u64, "passage");
    let name = screen.dim(&format!("{:<10}", "text"));
    screen.line(&format!("{name} {passages}, {} characters, {encoding}", document.text.chars().count()))?;
    screen.line("")
}

/// Prints a document, or some of its passages. `marked` is the passage asked for.
pub(in super::super) fn document(
    screen: &mut Screen,
    document: &Document,
    passages: &[Passage],
    marked: Option<u32>,
) -> io::Result<()> {
    facts(screen, document)?;
    for passage in passages {
        screen.line("")?;
        let number = format!("#{}", passage.number());
        let number = if marked == Some(passage.number()) { screen.bold(&number) } else { screen.dim(&number) };
        screen.line(&number)?;
        let text = document.text.get(passage.range()).unwrap_or_default();
        for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            screen.paragraph(harmless(paragraph).trim(), "")?;
        }
    }
    Ok(())
}
