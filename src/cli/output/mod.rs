//! The only writers to standard output.

pub(super) mod chart;
pub(super) mod json;
pub(super) mod rows;
pub(super) mod text;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use serde::Serialize;

use super::args::Color;

/// Standard output, with what is known about who reads it.
pub(super) struct Screen {
    out: BufWriter<AutoStream<io::Stdout>>,
    /// Whether marks may be colours; else they are letters.
    colored: bool,
    /// Columns of a terminal; `None` where the reader is a program, and lines are left whole.
    width: Option<usize>,
}

impl Screen {
    pub(super) fn new(color: Color) -> Screen {
        let choice = match color {
            Color::Auto => AutoStream::choice(&io::stdout()),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        let width = io::stdout().is_terminal().then(|| {
            terminal_size::terminal_size().map_or(80, |(terminal_size::Width(columns), _)| usize::from(columns))
        });
        Screen {
            out: BufWriter::with_capacity(1 << 16, AutoStream::new(io::stdout(), choice)),
            colored: choice != ColorChoice::Never,
            width: width.map(|columns| columns.clamp(40, 110)),
        }
    }

    /// For output that has no colours.
    pub(super) fn plain() -> Screen {
        Screen::new(Color::Never)
    }

    /// Writes a line, as it is.
    pub(super) fn line(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{line}")
    }

    /// Writes a paragraph, indented, and folded to the width of the terminal.
    pub(super) fn paragraph(&mut self, text: &str, indent: &str) -> io::Result<()> {
        let Some(width) = self.width else { return self.line(&format!("{indent}{text}")) };
        let options = textwrap::Options::new(width).initial_indent(indent).subsequent_indent(indent);
        for line in textwrap::wrap(text, options) {
            self.line(&line)?;
        }
        Ok(())
    }

    /// Writes an object over several lines.
    pub(super) fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.out, value)?;
        writeln!(self.out)
    }

    /// Writes an object on one line.
    pub(super) fn json_line(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, value)?;
        writeln!(self.out)
    }

    /// Hands over what is still held back. Nothing is certain to be written before.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// The words around something to be marked.
    fn marks(&self) -> (&'static str, &'static str) {
        if self.colored { ("\u{1b}[1;33m", "\u{1b}[0m") } else { ("*", "*") }
    }

    fn bold(&self, text: &str) -> String {
        if self.colored { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_string() }
    }

    fn dim(&self, text: &str) -> String {
        if self.colored { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_string() }
    }
}

/// Text of a document on one line: white space tidied, and control characters, which could command a terminal, gone.
pub(super) fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        // Marks of direction could make a line read otherwise than it stands.
        let command = c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if c.is_whitespace() || c == '\u{feff}' {
            space = true;
        } else if command {
            continue;
        } else {
            if space {
                out.push(' ');
            }
            space = false;
            out.push(c);
        }
    }
    if space {
        out.push(' ');
    }
    out
}

/// A number with its thousands set apart: `72,644`.
pub(super) fn counted(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 document`, `2 documents`.
pub(super) fn quantity(number: u64, noun: &str) -> String {
    format!("{} {noun}{}", counted(number), if number == 1 { "" } else { "s" })
}

/// A size for people.
pub(super) fn megabytes(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{:.0} KB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// A path as short as it can be: below the working folder, from there.
pub(super) fn shown_path(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let short = here.as_deref().and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path);
    harmless(&short.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_cannot_command_the_terminal() {
        assert_eq!(harmless("a\u{1b}[2Jb\u{7}\r\n  c\u{202e}d"), "a[2Jb cd");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1_000, 72_644, 1_000_000].map(counted), ["0", "999", "1,000", "72,644", "1,000,000"]);
    }
}
