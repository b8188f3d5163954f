//! Arguments that several commands share.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::{ArgAction, Args, ValueEnum};
use dateline::{
    Date, DateRange, Error, ErrorKind, Index, Language, Matching, Node, Note, Query, Search, Synonyms, parse_dates,
    parse_ends,
};

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use super::progress::interrupted;
use crate::cli::output::{Screen, When};

/// Arguments of every command.
#[derive(Args)]
#[command(next_help_heading = "Options of every command")]
pub(in super::super) struct Common {
    /// The index's folder (with the feature cluster also an archive in a cluster, as http://127.0.0.1:9200/NAME)
    #[arg(long, value_name = "DIR", env = "DATELINE_INDEX", default_value = "index", global = true)]
    pub(in super::super) index: PathBuf,
    /// Whether the folder was named, and not left to be the one in the working folder
    #[arg(skip)]
    pub(in super::super) is_index_named: bool,
    /// Today's date, for words like "last month"
    #[arg(long, value_name = "DATE", global = true, hide_short_help = true)]
    today: Option<Date>,
    /// Colours: auto is on for a terminal, unless NO_COLOR is set
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, hide_short_help = true)]
    color: When,
    /// Names of files as links to them: auto is on for a terminal with colours
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, hide_short_help = true)]
    hyperlink: When,
    /// Wait up to this long while another process writes to the index: 30s, 5m
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = duration, global = true, hide_short_help = true)]
    wait: Duration,
    /// Log each step with its time to standard error; twice: each file too
    #[arg(long, short, global = true, action = ArgAction::Count, hide_short_help = true)]
    pub(in super::super) verbose: u8,
    /// Begin CSV with a byte order mark, by which spreadsheets know that it is UTF-8
    #[arg(long, global = true, hide_short_help = true)]
    bom: bool,
    /// Print nothing but the results
    #[arg(long, short, global = true, action = ArgAction::SetTrue)]
    pub(in super::super) quiet: bool,
}

impl Common {
    /// Standard output as these arguments want it.
    pub(in super::super) fn screen(&self) -> Screen {
        Screen::new(self.color, self.hyperlink, self.bom)
    }

    pub(in super::super) fn today(&self) -> Date {
        self.today.unwrap_or_else(local_today)
    }

    /// What tells today's date to a command that runs for days.
    #[cfg(any(feature = "mcp", feature = "serve"))]
    pub(in super::super) fn clock(&self) -> impl Fn() -> Date + Send + Sync + 'static {
        let given = self.today;
        move || given.unwrap_or_else(local_today)
    }

    pub(in super::super) fn open(&self) -> Result<Index> {
        Ok(Index::open(&self.index)?)
    }

    /// Does work that needs the index to itself. While another process has the index, the work is tried again until the
    /// waiting time is over.
    pub(in super::super) fn patiently<T>(&self, mut work: impl FnMut() -> dateline::Result<T>) -> Result<T> {
        let start = Instant::now();
        let mut told = false;
        loop {
            match work() {
                Err(error) if error.kind() == ErrorKind::IndexBusy && start.elapsed() < self.wait => {
                    if !told {
                        self.note(&format!("waiting: {}", error.message()));
                        told = true;
                    }
                    if interrupted().load(Ordering::Relaxed) {
                        return Err(Error::new(ErrorKind::Cancelled, "stopped while waiting").into());
                    }
                    std::thread::sleep(Duration::from_millis(100));
                }
                done => return Ok(done?),
            }
        }
    }

    /// Prints a line on standard error, unless only results are wanted.
    pub(in super::super) fn note(&self, line: &str) {
        if !self.quiet {
            // Nobody may be listening, which is no reason to stop.
            let _ = writeln!(std::io::stderr(), "{}", crate::cli::output::harmless(line));
        }
    }

    /// Prints how a question was read, and the notes on it.
    pub(in super::super) fn say_read<'n>(&self, read_as: &str, notes: impl IntoIterator<Item = &'n Note>) {
        self.note(&format!("read as: {read_as}"));
        for note in notes {
            self.note(&format!("note: {note}"));
        }
    }

    /// Prints a line of a drawing, with its indentation.
    pub(in super::super) fn say_indented(&self, line: &str) {
        let text = line.trim_start();
        if !self.quiet {
            let indent = " ".repeat(line.len() - text.len());
            let _ = writeln!(std::io::stderr(), "  {indent}{}", crate::cli::output::harmless(text));
        }
    }

    /// Returns whether standard error is a terminal.
    pub(in super::super) fn watched(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }
}

fn local_today() -> Date {
    let today = now().date();
    Date::from_ymd(today.year().into(), today.month() as u32, today.day() as u32).unwrap_or(Date::MAX)
}

/// The local time. Finding a time zone by name takes longer than a search, so the zone is read from its own file if the
/// system has one and nobody names another.
fn now() -> ZonedDateTime {
    let file = if std::env::var_os("TZ").is_none() { std::fs::read("/etc/localtime").ok() } else { None };
    match file.and_then(|rules| TimeZone::tzif("local", &rules).ok()) {
        Some(zone) => Timestamp::now().to_zoned_datetime(zone),
        None => ZonedDateTime::now(),
    }
}

/// Reads a time as people write it: `30s`, `5m`, `1h`; a number alone is seconds.
fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[digits.len()..] {
        "" | "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return Err("a time is a number and s, m or h: 30s".into()),
    };
    let number: u64 = digits.parse().map_err(|_| "a time is a whole number and s, m or h: 30s".to_string())?;
    number.checked_mul(unit).map(Duration::from_secs).ok_or_else(|| "that is too long".into())
}

/// The question: one argument in quotes, or several.
#[derive(Args)]
pub(in super::super) struct Question {
    /// The question; without one, every document that meets the conditions
    // A list that accepted hyphens would swallow the options that follow it, so only the first word may begin with one.
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    first: Option<String>,
    #[arg(value_name = "WORDS", hide = true)]
    more: Vec<String>,
}

impl Question {
    /// The whole question as one text. Fails for an option that does not exist: taken for a word, it would go
    /// unnoticed.
    pub(in super::super) fn words(&self) -> Result<String> {
        if let Some(option) = self.first.as_deref().and_then(misread_option) {
            let error = Error::new(ErrorKind::Argument, format!("{option} is no option here, or not as it is written"));
            let hint = "--help lists the options, a value stands apart: -n 5; to exclude a word, write one hyphen";
            return Err(error.hint(hint).into());
        }
        let words: Vec<&str> = self.first.iter().chain(&self.more).map(String::as_str).collect();
        Ok(words.join(" "))
    }
}

/// The option that a question seems to begin with: `--name`, or a letter with a number, as in `-n5`.
fn misread_option(typed: &str) -> Option<&str> {
    let word = typed.split_whitespace().next()?;
    let long = word.strip_prefix("--").is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()));
    let short = word.strip_prefix('-').and_then(|rest| rest.strip_prefix(|c: char| c.is_ascii_alphabetic()));
    let is_option = long || word == typed && short.is_some_and(|value| value.bytes().all(|b| b.is_ascii_digit()));
    is_option.then_some(word)
}

/// Reads how many are to be printed: a number, or `all`.
pub(in super::super) fn how_many(text: &str) -> Result<usize, String> {
    match text.trim() {
        "all" => Ok(usize::MAX),
        number => number.parse().map_err(|_| format!("\"{text}\" is neither a number nor all")),
    }
}

/// Conditions on documents.
#[derive(Args)]
#[command(next_help_heading = "Which documents")]
pub(in super::super) struct Filters {
    /// Published on or after: 1992, 1992-02, "feb 1992", 26.2.1992, "last month" …
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Published on or before
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Published on a day of: 1992-02-26, "february 1992", 1992-02-25..1992-03-05
    #[arg(long, value_name = "DATES")]
    on: Option<String>,
    /// Speaks of one of these days, whenever it was published: 1992-02-25..26, "feb 1992" (repeat for both)
    #[arg(long, value_name = "DATES")]
    about: Vec<String>,
    /// Speaks of a time that lies in these days as a whole: what a step of `timeline --mentions` counts
    #[arg(long, value_name = "DATES")]
    about_within: Vec<String>,
    /// With --about, leave out days that the text does not name and that were worked out, as from an anniversary
    #[arg(long)]
    about_certain: bool,
    /// Leave out dates that may lie outside: those of a month or a year that is not wholly inside
    #[arg(long)]
    certain: bool,
    /// From this source (repeat for either)
    #[arg(long, value_name = "NAME")]
    source: Vec<String>,
    /// In this language: fr, German … (repeat for either)
    #[arg(long, value_name = "LANGUAGE")]
    lang: Vec<Language>,
    /// How many of the free words a document needs
    #[arg(long = "match", value_name = "HOW", default_value = "auto")]
    matching: HowMany,
    /// Synonyms: a file with lines like Kiev = Kyiv = Киев
    #[arg(long, value_name = "FILE")]
    synonyms: Option<PathBuf>,
}

/// How many free words a document needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum HowMany {
    /// All of up to four words, at least one of more
    Auto,
    /// Every word
    All,
    /// At least one; documents with more words, and with rarer ones, come first, and quotation marks are ignored
    Best,
}

impl Filters {
    /// A search of the index for these words under these conditions, and notes on how dates were read.
    pub(in super::super) fn search(&self, common: &Common, index: &Index, words: &str) -> Result<(Search, Vec<Note>)> {
        let mut notes = Vec::new();
        // An empty question was not misread, so it needs no note.
        let query =
            if words.trim().is_empty() { Query::from_node(Node::All) } else { Query::parse(words, common.today()) };
        let mut search = index.search(query);
        if let Some(dates) = self.dates(common.today(), &mut notes)? {
            search = search.dates(dates);
        }
        for text in &self.about {
            let read = parse_dates(text, common.today())?;
            notes.extend(read.notes);
            search = search.about(read.range);
        }
        for text in &self.about_within {
            let read = parse_dates(text, common.today())?;
            notes.extend(read.notes);
            search = search.about_within(read.range);
        }
        for source in &self.source {
            search = search.source(source);
        }
        for language in &self.lang {
            search = search.language(*language);
        }
        let matching = match self.matching {
            HowMany::Auto => Matching::Auto,
            HowMany::All => Matching::All,
            HowMany::Best => Matching::Best,
        };
        if let Some(path) = &self.synonyms {
            let text = std::fs::read_to_string(path).map_err(|error| {
                Error::new(ErrorKind::Argument, "cannot read the list of synonyms").at(path).because(error)
            })?;
            search = search.synonyms(Synonyms::parse(&text));
        }
        Ok((search.matching(matching).certain(self.certain).about_certain(self.about_certain).why_empty(true), notes))
    }

    fn dates(&self, today: Date, notes: &mut Vec<Note>) -> Result<Option<DateRange>> {
        let ends = parse_ends(self.from.as_deref(), self.to.as_deref(), today)?;
        notes.extend(ends.notes);
        let mut range = ends.range;
        if let Some(on) = &self.on {
            let read = parse_dates(on, today)?;
            notes.extend(read.notes);
            range = range.intersection(read.range);
        }
        if range.is_empty() {
            let error = Error::new(ErrorKind::Date, "no day is both in --on and between --from and --to");
            return Err(error.hint("leave out one of them").into());
        }
        Ok((!range.is_all()).then_some(range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_that_do_not_exist_are_not_taken_for_words() {
        for (typed, option) in [
            ("--mention fire", Some("--mention")),
            ("-n5", Some("-n5")),
            ("-n", Some("-n")),
            ("-fire", None),
            ("-n fire", None),
            ("--", None),
            ("-5", None),
            ("fire --x", None),
        ] {
            assert_eq!(misread_option(typed), option, "{typed}");
        }
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        let seconds = |text| duration(text).map(|time| time.as_secs());
        assert_eq!([seconds("30s"), seconds("5m"), seconds("1h"), seconds("7")], [Ok(30), Ok(300), Ok(3600), Ok(7)]);
        for wrong in ["", "s", "-1s", "1.5s", "30 s", "3d", "99999999999999999h", "5é"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }
}
