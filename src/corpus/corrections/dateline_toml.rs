//! Corrections that the archive's keeper wrote down: `dateline.toml` at the archive's root.
//!
//! ```toml
//! [[correct]]
//! files = "speeches/1992-*.txt"        # or path = "a[1].txt", or id = "f5ddff7f7965e127"; or a list of them
//! date = "26 February 1992"            # a day, a month or a year as people type them; or "none"
//! source = "Example Gazette"
//! language = "az"
//!
//! [aliases]
//! "Le Monde" = ["lemonde.fr", "LE MONDE"]
//! ```
//!
//! `*` and `?` stand for anything within one name, `**` for any folders. Parts of a file are named as dateline names
//! them: `archive.zip!/a/b.html`, `mail.mbox#12`; what is said of a file is said of all its parts. Where several
//! entries speak of one document, the last one that says something holds. The file is never written here.

use std::borrow::Cow;
use std::fs;
use std::io::ErrorKind as IoKind;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::correction::{Correction, Corrections, Selector};
use crate::error::{Error, ErrorKind, Result};
use crate::text::{Language, nearest};
use crate::time::{Date, parse_dates};

/// The name of the file.
pub(crate) const SIDECAR: &str = "dateline.toml";

/// The largest file that is read, in bytes. Nobody's corrections are longer.
const LONGEST: u64 = 32 << 20;

const KEYS: [&str; 6] = ["files", "path", "id", "date", "source", "language"];

/// Reads the corrections of an archive; `None` if it has none. Entries that cannot be read are noted, and the others
/// hold.
///
/// Fails if the file is no TOML at all: half of the corrections would be silently missing.
pub(crate) fn read(root: &Path, today: Date) -> Result<Option<Corrections>> {
    let partial = !root.is_dir();
    let folder = if partial { root.parent().unwrap_or(Path::new("")) } else { root };
    let path = folder.join(SIDECAR);
    let unreadable = |error| Error::io("cannot read the corrections", &path, error);
    // A link or a pipe is not followed here either.
    match fs::symlink_metadata(&path) {
        Ok(metadata) if metadata.is_file() && metadata.len() <= LONGEST => {}
        Ok(metadata) if metadata.is_file() => {
            return Err(Error::new(ErrorKind::Format, "too long for a file of corrections").at(path));
        }
        Ok(_) => return Ok(None),
        Err(error) if matches!(error.kind(), IoKind::NotFound | IoKind::NotADirectory) => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    }
    let bytes = fs::read(&path).map_err(unreadable)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Error::new(ErrorKind::Format, "the corrections are not in UTF-8").at(&path))?;
    let corrections = parse(&text, today).map_err(|error| error.at(&path))?;
    let mut corrections = corrections.named(path)?;
    corrections.partial = partial;
    Ok(Some(corrections))
}

fn parse(text: &str, today: Date) -> Result<Corrections> {
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let message = error.message().lines().next().unwrap_or("not TOML").to_owned();
        Error::new(ErrorKind::Format, format!("line {}: {message}", line_of(text, at)))
            .spanning(at..at)
            .hint("nothing was changed; mend the line and run the command again")
    })?;
    let mut reader = Reader { text, today, corrections: Corrections::default() };
    let mut table: Vec<_> = table.into_inner().into_iter().collect();
    table.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in table {
        let line = reader.line(&key);
        match (key.get_ref().as_ref(), value.into_inner()) {
            ("correct", DeValue::Array(entries)) => {
                for entry in entries {
                    let line = reader.line(&entry);
                    match entry.into_inner() {
                        DeValue::Table(entry) => reader.correction(line, entry),
                        _ => reader.note(line, "an entry of corrections begins with [[correct]]"),
                    }
                }
            }
            ("correct", DeValue::Table(entry)) => reader.correction(line, entry),
            ("aliases", DeValue::Table(aliases)) => reader.aliases(aliases),
            (name @ ("correct" | "aliases"), _) => {
                reader.note(line, format!("\"{name}\" is a section: write [[correct]] or [aliases]"));
            }
            (name, _) => reader.unknown(line, name, &["correct", "aliases"]),
        }
    }
    Ok(reader.corrections)
}

struct Reader<'t> {
    text: &'t str,
    today: Date,
    corrections: Corrections,
}

impl Reader<'_> {
    fn line<T>(&self, item: &Spanned<T>) -> usize {
        line_of(self.text, item.span().start)
    }

    fn note(&mut self, line: usize, words: impl AsRef<str>) {
        self.corrections.notes.push((line, words.as_ref().to_owned()));
    }

    fn unknown(&mut self, line: usize, name: &str, known: &[&'static str]) {
        let shown: String = name.chars().take(40).collect();
        let hint = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean {near}?"),
            None => format!("there are {}", known.join(", ")),
        };
        self.note(line, format!("\"{shown}\" means nothing here: {hint}"));
    }

    fn correction(&mut self, line: usize, entry: DeTable<'_>) {
        let mut correction = Correction { line, ..Correction::default() };
        let mut selectors = Vec::new();
        let mut entry: Vec<_> = entry.into_iter().collect();
        entry.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entry {
            let line = self.line(&key);
            match key.get_ref().as_ref() {
                name @ ("files" | "path" | "id") => {
                    let Some(texts) = texts(&value) else {
                        self.note(line, format!("{name} is a name in quotes, or a list of them"));
                        continue;
                    };
                    selectors.extend(texts.into_iter().map(|text| match name {
                        "files" => Selector::Files(text),
                        "path" => Selector::Path(text),
                        _ => Selector::Id(text),
                    }));
                }
                "date" => match self.date(line, value.get_ref()) {
                    Ok((date, written)) => {
                        correction.date = Some(date);
                        correction.written = written;
                    }
                    Err(why) => self.note(line, why),
                },
                "source" => match value.get_ref() {
                    DeValue::String(name) if !name.trim().is_empty() => {
                        correction.source = Some(name.trim().to_owned());
                    }
                    _ => self.note(line, "source is a name in quotes"),
                },
                "language" | "lang" => match value.get_ref() {
                    DeValue::String(name) => match name.parse::<Language>() {
                        Ok(language) => correction.language = Some(language),
                        Err(error) => self.note(line, error.message()),
                    },
                    _ => self.note(line, "language is a code or a name in quotes, such as \"fr\""),
                },
                name => self.unknown(line, name, &KEYS),
            }
        }
        if selectors.is_empty() {
            return self.note(line, "this entry does not say what it is about: give it files, path or id");
        }
        // An entry that is not filled in yet says nothing.
        if correction.says_something() {
            for (selector, why) in self.corrections.add(correction, selectors) {
                self.note(line, format!("\"{selector}\" is no pattern of names: {why}"));
            }
        }
    }

    /// The date with the words it was written in. Fails with the reason why there is none.
    fn date(&mut self, line: usize, value: &DeValue<'_>) -> Result<(Option<Date>, String), String> {
        let typed: Cow<'_, str> = match value {
            DeValue::String(text) => Cow::Borrowed(text.trim()),
            DeValue::Integer(number) => Cow::Owned(number.to_string()),
            DeValue::Datetime(time) => match time.date {
                Some(date) => Cow::Owned(date.to_string()),
                None => return Err("a time of day is no date".into()),
            },
            _ => return Err("date is a day, a month or a year, such as \"26 Feb 1992\"".into()),
        };
        if matches!(typed.to_lowercase().as_str(), "none" | "undated" | "unknown") {
            return Ok((None, typed.into_owned()));
        }
        let read = parse_dates(&typed, self.today).map_err(|error| error.message().to_owned())?;
        // A relative date would be another day tomorrow.
        let elsewhen = parse_dates(&typed, self.today.plus_days(-500)).map(|read| read.range);
        let shown: String = typed.chars().take(60).collect();
        if elsewhen.is_ok_and(|range| range != read.range) {
            return Err(format!("\"{shown}\" is another day whenever it is read: write the year"));
        }
        let date = read.range.first().zip(read.range.last()).and_then(|(first, last)| whole(first, last));
        let Some(date) = date else {
            return Err(format!("\"{shown}\" is more than one day, one month or one year"));
        };
        if date.first_day() > self.today.last_day() {
            return Err(format!("{date} lies after today"));
        }
        for note in read.notes {
            self.note(line, note.message);
        }
        Ok((Some(date), typed.into_owned()))
    }

    fn aliases(&mut self, aliases: DeTable<'_>) {
        let mut aliases: Vec<_> = aliases.into_iter().collect();
        aliases.sort_by_key(|(key, _)| key.span().start);
        for (name, others) in aliases {
            let line = self.line(&name);
            let name = name.into_inner();
            match texts(&others) {
                Some(_) if name.trim().is_empty() => self.note(line, "a source has a name"),
                Some(others) => {
                    for taken in self.corrections.alias(name.trim(), others) {
                        self.note(line, format!("\"{taken}\" is an alias of two sources; the first one holds"));
                    }
                }
                None => self.note(line, "aliases are a list of names in quotes: \"Le Monde\" = [\"lemonde.fr\"]"),
            }
        }
    }
}

/// A string, or a list of strings.
fn texts(value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
    let text = |value: &DeValue<'_>| match value {
        DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        _ => None,
    };
    match value.get_ref() {
        DeValue::Array(list) => list.iter().map(|item| text(item.get_ref())).collect(),
        one => text(one).map(|one| vec![one]),
    }
}

/// The day, month or year that has exactly these days.
fn whole(first: Date, last: Date) -> Option<Date> {
    let month = || Date::from_ym(first.year(), first.month()?).ok();
    [Some(first), month(), Date::from_year(first.year()).ok()]
        .into_iter()
        .flatten()
        .find(|date| (date.first_day(), date.last_day()) == (first.first_day(), last.last_day()))
}

/// The line that a byte stands on, from 1.
fn line_of(text: &str, byte: usize) -> usize {
    1 + memchr::memchr_iter(b'\n', text.as_bytes().get(..byte).unwrap_or_default()).count()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::document::Document;
    use proptest::prelude::*;

    fn today() -> Date {
        "2026-11-22".parse().unwrap()
    }

    fn read(text: &str) -> Corrections {
        parse(text, today()).unwrap().named("dateline.toml".into()).unwrap()
    }

    fn notes(text: &str) -> Vec<String> {
        read(text).notes.iter().map(|(line, words)| format!("{line}: {words}")).collect()
    }

    #[test]
    fn dates_are_read_as_people_type_them() {
        for (written, expected) in [
            ("\"1992-02-26\"", "1992-02-26"),
            ("1992-02-26", "1992-02-26"),
            ("1992-02-26T10:00:00Z", "1992-02-26"),
            ("\"26 février 1992\"", "1992-02-26"),
            ("\"feb 1992\"", "1992-02"),
            ("\"1992\"", "1992"),
            ("1992", "1992"),
            ("\"14 October 1066\"", "1066-10-14"),
            ("\"none\"", "none"),
        ] {
            let corrections = read(&format!("[[correct]]\npath = 'a'\ndate = {written}\n"));
            assert!(corrections.notes.is_empty(), "{:?}", corrections.notes);
            let mut document = Document::new("x", "text");
            corrections.apply(&mut document, "a");
            let date = document.dated.date().map_or("none".to_string(), |date| date.to_string());
            assert_eq!(date, expected, "{written}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_noted_with_its_line_and_the_rest_holds() {
        let text = "colour = 1\n[[correct]]\nfiles = 'a*'\ndate = 'last month'\nsource = 'Gazette'\nsorce = 'x'\n\
                    [[correct]]\ndate = 1992\n[[correct]]\nid = 3\ndate = 1\n[[correct]]\nfiles = '[z-a]'\ndate = 1990\n\
                    [[correct]]\nfiles = 'b'\nlanguage = 'klingon'\ndate = '1992..1994'\n\
                    [[correct]]\nfiles = 'b'\ndate = 2031\n[aliases]\nA = ['x']\nB = ['X', 'y']\nC = 3\n";
        let told = notes(text).join("\n");
        for expected in [
            "1: \"colour\" means nothing here",
            "4: \"last month\" is another day whenever it is read: write the year",
            "6: \"sorce\" means nothing here: did you mean source?",
            "7: this entry does not say what it is about",
            "10: id is a name in quotes",
            "12: \"[z-a]\" is no pattern of names",
            "17: there is no language \"klingon\" here",
            "18: \"1992..1994\" is more than one day",
            "21: 2031 lies after today",
            "24: \"X\" is an alias of two sources",
            "25: aliases are a list",
        ] {
            assert!(told.contains(expected), "no {expected} in {told}");
        }
        let mut document = Document::new("x", "text");
        read(text).apply(&mut document, "a.txt");
        assert_eq!(document.attribution.source().unwrap().as_str(), "Gazette");
    }

    #[test]
    fn an_entry_that_is_not_filled_in_says_nothing() {
        assert!(notes("[[correct]]\nid = \"f5ddff7f7965e127\"\n# date = \"1992\"\n").is_empty());
    }

    #[test]
    fn what_is_no_toml_fails_with_its_line() {
        let error = parse("[[correct]]\nfiles = a b\n", today()).unwrap_err();
        assert!(error.message().starts_with("line 2: "), "{error}");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(\\[|\\]|correct|aliases|files|date|=|'|\"|\n|1992|[a-z*#!/]|\\PC){0,60}") {
            if let Ok(corrections) = parse(&text, today()).and_then(|read| read.named("x".into())) {
                corrections.apply(&mut Document::new("x", "text"), "a/b.txt");
            }
        }
    }
}
