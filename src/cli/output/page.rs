//! Long pages in Markdown, wrapped to the terminal.

use std::io;

use super::screen::{Screen, display_width};

/// Prints a page. Where the terminal is narrower than its lines, paragraphs are filled anew, and examples and rows of
/// tables are wrapped below themselves.
pub(in super::super) fn page<'p>(screen: &mut Screen, lines: impl Iterator<Item = &'p str>) -> io::Result<()> {
    let lines: Vec<&str> = lines.collect();
    let widest = lines.iter().map(|line| display_width(line)).max().unwrap_or(0);
    if screen.width().is_none_or(|width| widest <= width) {
        return lines.iter().try_for_each(|line| screen.line(line));
    }
    let mut paragraph: Vec<&str> = Vec::new();
    let mut is_example = false;
    for line in lines {
        let is_fence = line.starts_with("```");
        is_example ^= is_fence;
        if !is_example && is_prose(line, !paragraph.is_empty()) {
            paragraph.push(line.trim());
            continue;
        }
        fill(screen, &mut paragraph)?;
        match line {
            line if is_fence || line.trim().is_empty() => screen.line(line)?,
            line if line.starts_with('|') => row(screen, line)?,
            line if is_example => screen.hanging(&squeezed(line), "    ")?,
            line => paragraph.push(line),
        }
    }
    fill(screen, &mut paragraph)
}

/// Returns whether a line goes on with a paragraph, or begins one where none is open.
fn is_prose(line: &str, goes_on: bool) -> bool {
    let text = line.trim_start();
    let begins =
        text.starts_with(['#', '|']) || text.starts_with("* ") || text.starts_with("- ") || text.starts_with("```");
    !text.is_empty() && !begins && (goes_on || !line.starts_with("    "))
}

fn fill(screen: &mut Screen, paragraph: &mut Vec<&str>) -> io::Result<()> {
    if paragraph.is_empty() {
        return Ok(());
    }
    let text = std::mem::take(paragraph).join(" ");
    let indent = if text.starts_with("* ") { "  " } else { "" };
    screen.hanging(&text, indent)
}

/// A row of a table as one line, without the line between head and rows.
fn row(screen: &mut Screen, line: &str) -> io::Result<()> {
    let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
    let rules = line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    if rules { Ok(()) } else { screen.hanging(&cells.join(" · "), "    ") }
}

/// A line with runs of blanks made two.
fn squeezed(line: &str) -> String {
    let mut parts = line.split("  ").map(str::trim).filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |line, part| format!("{line}  {part}"))
}
