//! BibTeX and BibLaTeX, each reference by itself: one that is damaged does not take the others with it.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use biblatex::{Bibliography, ChunksExt, DateValue, Datetime, ParseErrorKind, PermissiveType, RawBibliography};

use super::entry::{Entry, numbers, shared};
use crate::corpus::input::problem::Problem;

/// The longest reference, and the longest abbreviation that many of them share.
const LONGEST: usize = 256 * 1024;
const ABBREVIATION: usize = 4 * 1024;

/// The most abbreviations of one reference.
const USED: usize = 8;

/// The fields that name entries of which an entry is a part, and what they are called for the foreign reader, which would
/// follow them without an end where they form a circle.
const LINKS: [(&str, &str); 2] = [("crossref", "of-crossref"), ("xdata", "of-xdata")];

/// The most entries that one is a part of, and how many generations of them are asked.
const PARENTS: usize = 8;
const GENERATIONS: usize = 4;

/// The deepest braces in braces. The foreign reader may call itself for each.
const DEEPEST: usize = 100;

/// Returns whether a text begins like BibTeX: with an entry that has a key and a field.
/// `named` says that its name is that of such a list, in which remarks may stand before the first entry.
pub(super) fn is_bibtex(head: &[u8], named: bool) -> bool {
    let head = String::from_utf8_lossy(head);
    if named {
        return Blocks::of(&head).next().is_some();
    }
    let mut head = head.trim_start_matches('\u{feff}').trim_start();
    while head.starts_with('%') {
        head = head.split_once('\n').map_or("", |(_, rest)| rest).trim_start();
    }
    // What people mention and what programs annotate begins with the same sign, so the first entry has to show more.
    let mut blocks = Blocks::of(head);
    blocks.sign(0) == Some(0) && blocks.find_map(|block| has_field(head.get(block)?)) == Some(true)
}

/// Returns whether an entry has a field behind its key, as `@book{mill, title = `. None for one that has neither, such
/// as a remark.
fn has_field(block: &str) -> Option<bool> {
    let (kind, rest) = block.split_once('{')?;
    let is_key = |key: &str| !key.contains(|c: char| c.is_whitespace() || "{}()=\"".contains(c));
    let is_named = |field: &str| {
        let value = field.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "-_:.".contains(c));
        value.len() < field.len() && value.trim_start().starts_with('=')
    };
    match kind.trim().to_ascii_lowercase().as_str() {
        "@comment" | "@preamble" => None,
        "@string" => Some(is_named(rest.trim_start())),
        _ => Some(rest.split_once(',').is_some_and(|(key, rest)| is_key(key.trim()) && is_named(rest.trim_start()))),
    }
}

pub(super) fn read(text: &str) -> (Vec<Entry>, Vec<Problem>) {
    let (mut entries, mut problems) = (Vec::new(), Vec::new());
    let mut abbreviations: HashMap<String, &str> = HashMap::new();
    let (mut line, mut counted) = (1_u32, 0);
    for range in Blocks::of(text) {
        let before = text.as_bytes().get(counted..range.start).unwrap_or_default();
        line = line.saturating_add(u32::try_from(memchr::memchr_iter(b'\n', before).count()).unwrap_or(u32::MAX));
        counted = range.start;
        let block = text.get(range).unwrap_or_default();
        let kind = block.get(1..).and_then(|rest| rest.split(['{', '(']).next()).unwrap_or_default();
        match kind.trim().to_ascii_lowercase().as_str() {
            "comment" | "preamble" => {}
            "string" => {
                let name = block.split(['{', '(']).nth(1).and_then(|rest| rest.split('=').next()).unwrap_or_default();
                if block.len() <= ABBREVIATION {
                    abbreviations.insert(name.trim().to_lowercase(), block);
                } else {
                    problems.push(Problem::on_line(line, "an abbreviation that is too long to be read"));
                }
            }
            _ => match parsed(&abbreviations, block) {
                Ok(entry) => entries.push(Entry { line, ..entry }),
                Err(reason) => problems.push(Problem::on_line(line, format!("a damaged reference: {reason}"))),
            },
        }
    }
    inherit(&mut entries);
    (entries, problems)
}

/// Gives each entry the date, the source and the language that it does not say itself, and that entries say of which it is
/// a part: a chapter appeared in its book, an article in its issue.
fn inherit(entries: &mut [Entry]) {
    let mut places: HashMap<String, usize> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        if let Some(key) = &entry.key {
            places.entry(key.to_lowercase()).or_insert(at);
        }
    }
    let parents = |entry: &Entry| -> Vec<usize> {
        let keys = LINKS.iter().filter_map(|(name, _)| entry.other.get(*name)).flat_map(|keys| keys.split(','));
        keys.filter_map(|key| places.get(&key.trim().to_lowercase()).copied()).take(PARENTS).collect()
    };
    let links: Vec<(usize, Vec<usize>)> = entries.iter().map(parents).enumerate().collect();
    let links: Vec<_> = links.into_iter().filter(|(_, parents)| !parents.is_empty()).collect();
    for _ in 0..GENERATIONS {
        for (at, parents) in &links {
            for parent in parents.iter().filter(|parent| *parent != at) {
                let Some(parent) = entries.get(*parent) else { continue };
                let (date, language) = (parent.date.clone(), parent.language.clone());
                let source = parent.title.clone().or_else(|| parent.source.clone());
                let Some(entry) = entries.get_mut(*at) else { continue };
                entry.date = entry.date.take().or(date);
                entry.source = entry.source.take().or(source);
                entry.language = entry.language.take().or(language);
            }
        }
    }
}

/// The entries of a text: from a sign at the beginning of a line to the brace that closes it, or to where the next begins.
struct Blocks<'t> {
    text: &'t str,
    at: usize,
}

impl Blocks<'_> {
    fn of(text: &str) -> Blocks<'_> {
        Blocks { text, at: 0 }
    }

    /// The next sign that begins an entry: at the beginning of a line, with a word and a brace behind it.
    fn sign(&self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        memchr::memchr_iter(b'@', bytes.get(from..)?).map(|at| from + at).find(|at| {
            let before = bytes.get(..*at).unwrap_or_default().iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
            let after = bytes.get(at + 1..).unwrap_or_default();
            let word = after.iter().take(40).take_while(|byte| byte.is_ascii_alphabetic()).count();
            let brace = after.get(word..).unwrap_or_default().iter().take(8).find(|byte| !byte.is_ascii_whitespace());
            matches!(before, None | Some(b'\n' | b'\r' | b'}')) && word > 0 && matches!(brace, Some(b'{' | b'('))
        })
    }
}

impl Iterator for Blocks<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let begin = self.sign(self.at)?;
        let next = self.sign(begin + 1).unwrap_or(self.text.len());
        self.at = next;
        Some(begin..next)
    }
}

fn parsed(abbreviations: &HashMap<String, &str>, block: &str) -> Result<Entry, String> {
    if block.len() > LONGEST {
        return Err(format!("longer than {} KB", LONGEST >> 10));
    }
    let depth = block.bytes().scan(0_usize, |depth, byte| {
        *depth = match byte {
            b'{' => *depth + 1,
            b'}' => depth.saturating_sub(1),
            _ => *depth,
        };
        Some(*depth)
    });
    if depth.max().unwrap_or_default() > DEEPEST {
        return Err("braces that lie in each other beyond reason".to_owned());
    }
    // What stands behind the last brace is a remark.
    let block = block.rfind(['}', ')']).and_then(|end| block.get(..=end)).unwrap_or(block);
    let mut text = block.to_owned();
    for _ in 0..=USED {
        // A fault in foreign code must not end a run over an archive.
        let read = catch_unwind(AssertUnwindSafe(|| entry(&text)));
        let missing = match read.map_err(|_| "it cannot be read")? {
            Ok(entry) => return Ok(entry),
            Err(ParseErrorKind::UnknownAbbreviation(name)) => name,
            Err(kind) => return Err(kind.to_string()),
        };
        let Some(meant) = abbreviations.get(&missing.to_lowercase()) else {
            return Err(format!("the abbreviation {missing} is not explained"));
        };
        text.insert_str(0, meant);
    }
    Err(format!("more than {USED} abbreviations"))
}

fn entry(text: &str) -> Result<Entry, ParseErrorKind> {
    let mut read = RawBibliography::parse(text).map_err(|error| error.kind)?;
    for field in read.entries.iter_mut().flat_map(|entry| &mut entry.v.fields) {
        let link = LINKS.iter().find(|(name, _)| field.key.v.eq_ignore_ascii_case(name));
        field.key.v = link.map_or(field.key.v, |(_, name)| name);
    }
    let read = Bibliography::from_raw(read).map_err(|error| error.kind)?;
    let entry = read.iter().next().ok_or(ParseErrorKind::UnexpectedEof)?;
    let text =
        |name: &str| entry.get(name).map(|chunks| chunks.format_verbatim()).filter(|text| !text.trim().is_empty());
    let first = |names: &[&str]| names.iter().find_map(|name| text(name));
    let authors = entry
        .author()
        .or_else(|_| entry.editors().map(|editors| editors.into_iter().flat_map(|(people, _)| people).collect()));
    let authors: Vec<String> = authors.unwrap_or_default().iter().take(20).map(person).collect();
    let files = first(&["file", "local-url", "pdf"]);
    Ok(Entry {
        title: text("title"),
        author: Some(authors.join("; ")).filter(|authors| !authors.is_empty()),
        source: first(&["journaltitle", "journal", "newspaper", "booktitle", "publisher", "institution", "school"]),
        date: date(entry),
        key: Some(entry.key.trim().to_owned()).filter(|key| !key.is_empty()),
        language: first(&["langid", "language"]),
        url: text("url"),
        summary: text("abstract"),
        files: files.map(|files| names(&files)).unwrap_or_default(),
        other: other(entry),
        ..Entry::default()
    })
}

/// The date of an entry. A day that is none, such as `1--7`, leaves its month, and such a month its year; a year that is no
/// number, such as `[1896]` or `c. 1896`, is kept as it is written.
fn date(entry: &biblatex::Entry) -> Option<String> {
    let mut entry = entry.clone();
    for odd in ["day", "month", ""] {
        match entry.date() {
            Ok(PermissiveType::Typed(date)) => return day(&date),
            Ok(PermissiveType::Chunks(chunks)) => return Some(chunks.format_verbatim()),
            Err(_) => entry.fields.remove(odd),
        };
    }
    entry.get("year").map(|year| year.format_verbatim())
}

/// The fields that mean nothing else here.
fn other(entry: &biblatex::Entry) -> BTreeMap<String, String> {
    let known =
        ["title", "author", "journaltitle", "journal", "date", "year", "month", "day", "url", "abstract", "file"];
    let others = entry.fields.iter().filter(|(name, _)| !known.contains(&name.as_str()));
    let own =
        |name: &String| LINKS.iter().find(|(_, link)| link == name).map_or(name.clone(), |(own, _)| (*own).to_owned());
    others.map(|(name, value)| (own(name), value.format_verbatim())).collect()
}

fn person(person: &biblatex::Person) -> String {
    let parts = [&person.given_name, &person.prefix, &person.name, &person.suffix];
    parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}

fn day(date: &biblatex::Date) -> Option<String> {
    let one = |day: Datetime| {
        let number = |part: Option<u8>| part.map(|part| i64::from(part) + 1);
        numbers(day.year.into(), number(day.month), number(day.day))
    };
    let told = match date.value {
        DateValue::At(day) => one(day),
        DateValue::Between(begin, end) => shared(&one(begin)?, &one(end)?),
        // From a day on, or until one, is no date.
        DateValue::After(_) | DateValue::Before(_) => None,
    }?;
    Some(if date.uncertain || date.approximate { format!("c. {told}") } else { told })
}

/// The files of a field: one name, or several with a description before each and a type behind it, as programs for
/// references write them: `Full text:files/12/a.pdf:application/pdf;:b.pdf:PDF`.
fn names(field: &str) -> Vec<String> {
    let mut parts: Vec<Vec<String>> = vec![vec![String::new()]];
    let mut letters = field.chars();
    while let Some(letter) = letters.next() {
        let Some(file) = parts.last_mut() else { break };
        match letter {
            ';' => parts.push(vec![String::new()]),
            ':' => file.push(String::new()),
            letter => {
                // A sign before another sign means that it is a part of the name.
                let sign = letters.clone().next().filter(|next| letter == '\\' && !next.is_alphanumeric());
                if let Some(part) = file.last_mut() {
                    part.push(sign.unwrap_or(letter));
                }
                if sign.is_some() {
                    letters.next();
                }
            }
        }
    }
    // A drive of Windows has a colon of its own, and so has an address.
    let of_parts = |file: Vec<String>| match file.as_slice() {
        [name] => Some(name.clone()),
        [scheme, rest] if rest.starts_with("//") => Some(format!("{scheme}:{rest}")),
        [_, middle @ .., _] if !middle.is_empty() => Some(middle.join(":")),
        [_, name] => Some(name.clone()),
        _ => None,
    };
    parts.into_iter().filter_map(of_parts).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}
