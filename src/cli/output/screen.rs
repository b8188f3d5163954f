//! Standard output, and what is known about its reader.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use anyhow::Result;
use clap::ValueEnum;
use dateline::{csv, json};

use super::link;

/// When to use colours, or links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in super::super) enum When {
    Auto,
    Always,
    Never,
}

/// Standard output, with what is known about its reader.
pub(in super::super) struct Screen {
    pub(super) out: BufWriter<AutoStream<io::Stdout>>,
    /// Set if marks may be colours. Otherwise they are characters.
    colored: bool,
    /// The machine whose files the names of files lead to, where they are to be links.
    links: Option<String>,
    /// Set until a table has begun, if it is to begin with a byte order mark.
    bom: bool,
    /// The columns of a terminal, or those in `COLUMNS`. `None` if the reader is a program; lines are then left whole.
    width: Option<usize>,
}

impl Screen {
    /// Standard output with colours and links or without; `bom` sets a byte order mark before tables for spreadsheets.
    pub(in super::super) fn new(colors: When, links: When, bom: bool) -> Screen {
        let colors = match colors {
            When::Auto => AutoStream::choice(&io::stdout()),
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        };
        let colored = colors != ColorChoice::Never;
        let links = match links {
            When::Auto => colored && io::stdout().is_terminal(),
            When::Always => true,
            When::Never => false,
        };
        let choice = if links && !colored { ColorChoice::Always } else { colors };
        let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width: Option<usize> = told.or_else(|| {
            io::stdout().is_terminal().then(|| {
                terminal_size::terminal_size().map_or(80, |(terminal_size::Width(columns), _)| usize::from(columns))
            })
        });
        Screen {
            out: BufWriter::with_capacity(1 << 16, AutoStream::new(io::stdout(), choice)),
            colored,
            links: links.then(link::machine),
            bom,
            width: width.map(|columns| columns.clamp(40, 110)),
        }
    }

    /// Standard output without colours and links.
    pub(in super::super) fn plain() -> Screen {
        Screen::new(When::Never, When::Never, false)
    }

    /// Writes a line unchanged.
    pub(in super::super) fn line(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{line}")
    }

    /// Writes an indented paragraph, wrapped to the width of the terminal.
    pub(in super::super) fn paragraph(&mut self, text: &str, indent: &str) -> io::Result<()> {
        self.wrapped(text, (indent, indent), true)
    }

    /// Writes the first line of an entry behind its `head`, wrapped below itself.
    pub(super) fn entry(&mut self, head: &str, text: &str) -> io::Result<()> {
        let indent = " ".repeat(display_width(head));
        self.wrapped(text, (head, &indent), true)
    }

    /// Writes a paragraph whose further lines are indented.
    pub(super) fn hanging(&mut self, text: &str, indent: &str) -> io::Result<()> {
        self.wrapped(text, ("", indent), true)
    }

    /// Writes a place: a path and an id, wrapped between them and never inside, so that they can be copied.
    pub(super) fn place(&mut self, text: &str, indent: &str) -> io::Result<()> {
        self.wrapped(text, (indent, indent), false)
    }

    /// Wraps by the columns that characters take: two for Chinese, none for marks. Where `breaks` is set, a word that is
    /// longer than a line, as a sentence of Chinese is, goes on in the next.
    fn wrapped(&mut self, text: &str, (first, rest): (&str, &str), breaks: bool) -> io::Result<()> {
        let Some(width) = self.width else { return self.line(&format!("{first}{text}")) };
        // Lines are broken at spaces only, so `25-26 February` and `--expand=ID` stay whole.
        let whole = textwrap::WordSplitter::NoHyphenation;
        let options = textwrap::Options::new(width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .word_splitter(whole)
            .break_words(breaks);
        for line in textwrap::wrap(text, options) {
            self.line(&line)?;
        }
        Ok(())
    }

    /// The columns of the terminal; none if the reader is a program.
    pub(super) fn width(&self) -> Option<usize> {
        self.width
    }

    /// Lets the reader see what was written so far.
    pub(in super::super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Writes an object over several lines.
    pub(in super::super) fn json(&mut self, answer: &impl json::Answer) -> Result<()> {
        Ok(self.line(&json::to_string_pretty(answer)?)?)
    }

    /// Writes an object on one line.
    pub(in super::super) fn json_line(&mut self, line: &impl json::Line) -> Result<()> {
        Ok(self.line(&json::to_line(line)?)?)
    }

    /// Writes objects, one a line.
    pub(in super::super) fn json_lines<'a>(
        &mut self,
        lines: impl IntoIterator<Item = &'a (impl json::Line + 'a)>,
    ) -> Result<()> {
        lines.into_iter().try_for_each(|line| self.json_line(line))
    }

    /// Writes an answer as a table for spreadsheets, behind a byte order mark if that was asked for.
    pub(in super::super) fn table(&mut self, answer: &(impl csv::Table + ?Sized)) -> io::Result<()> {
        if std::mem::take(&mut self.bom) {
            write!(self.out, "\u{feff}")?;
        }
        self.out.write_all(csv::to_string(answer).as_bytes())
    }

    /// Writes the rows of a table without the names of its columns.
    pub(in super::super) fn rows(&mut self, answer: &(impl csv::Table + ?Sized)) -> io::Result<()> {
        self.out.write_all(csv::rows_to_string(answer).as_bytes())
    }

    /// Writes what is still in the buffer. Nothing is certain to be written before.
    pub(in super::super) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// The characters before and after a match.
    pub(super) fn marks(&self) -> (&'static str, &'static str) {
        if self.colored { ("\u{1b}[1;33m", "\u{1b}[0m") } else { ("*", "*") }
    }

    /// The same inside bold words.
    pub(super) fn marks_in_bold(&self) -> (&'static str, &'static str) {
        if self.colored { ("\u{1b}[33m", "\u{1b}[39m") } else { ("*", "*") }
    }

    /// The characters before and after removed words, and before and after added ones.
    pub(super) fn changes(&self) -> ((&'static str, &'static str), (&'static str, &'static str)) {
        if self.colored {
            (("\u{1b}[31;9m", "\u{1b}[0m"), ("\u{1b}[32m", "\u{1b}[0m"))
        } else {
            (("[-", "-]"), ("{+", "+}"))
        }
    }

    pub(super) fn bold(&self, text: &str) -> String {
        if self.colored { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_string() }
    }

    /// A text that leads to a file, and to a line of it, where links are wanted.
    pub(in super::super) fn linked(&self, text: &str, file: Option<&Path>, line: Option<u32>) -> String {
        match self.links.as_deref().zip(file) {
            Some((machine, file)) => link::linked(text, machine, file, line),
            None => text.to_owned(),
        }
    }

    pub(super) fn dim(&self, text: &str) -> String {
        if self.colored { format!("\u{1b}[2m{text}\u{1b}[0m") } else { text.to_string() }
    }
}

/// The columns that a text takes in a terminal.
pub(super) fn display_width(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// A text with blanks behind it up to this many columns.
pub(super) fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(display_width(text))))
}
