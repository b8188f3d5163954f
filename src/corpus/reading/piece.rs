//! A piece of a file, and how documents are made of it. This is the heavy work, done on any thread.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

#[cfg(any(feature = "newspapers", feature = "bibliography"))]
use super::beside::Beside;
use crate::corpus::clues::attribution::attribute;
use crate::corpus::clues::dating::{Surroundings, date_document};
use crate::corpus::clues::head_and_foot::HeadAndFoot;
use crate::corpus::clues::header::leading_header;
use crate::corpus::clues::title::{guess_title, tidy_title};
use crate::corpus::corrections::Corrections;
use crate::corpus::format;
use crate::corpus::format::{Context, Format, How, Shape};
use crate::corpus::input::build::ability;
#[cfg(any(feature = "newspapers", feature = "bibliography"))]
use crate::corpus::input::limits::Limits;
use crate::corpus::input::problem::Problem;
use crate::corpus::input::walk::{FileEntry, WalkOptions};
use crate::corpus::raw::{Given, Order, Origin, RawDocument};
use crate::corpus::recognition::Recogniser;
use crate::document::{Document, begin_at, join};
use crate::text::Language;
use crate::time::Date;

/// The name, in a document's metadata, of the parts that rules left out of its text.
pub(crate) const LEFT_OUT: &str = "left_out";

/// What follows the build's name in that of a reader that recognises words.
const RECOGNISER: &str = " · tesseract";

/// What stands before and behind an issue's name in the reason why its page gives no document of its own.
const PAGE_OF: &str = "a page of ";
const READ_WITH: &str = ", which is read with it";

/// The longest value of a field, in bytes, that may be a date in figures alone.
const LONGEST_DATE: usize = 40;

/// The settings of a reader.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// The day from which relative dates are counted, and after which no document can have been published.
    pub(crate) today: Date,
    /// Set if the time of a file's last change may date it.
    pub(crate) file_times: bool,
    /// Set to read parts that rules leave out on purpose.
    pub(crate) all_text: bool,
    /// The text that document ids are made from, in place of the file's path below the root.
    pub(crate) seed: Option<String>,
    /// The texts that they were made from before the file was moved, the latest first.
    pub(crate) former_seeds: Vec<String>,
    /// The corrections of the archive.
    pub(crate) corrections: Option<Arc<Corrections>>,
    /// What recognises the words of pictures, if they are asked for.
    pub(crate) recogniser: Option<Arc<Recogniser>>,
    /// What lies beside the files of the archive.
    #[cfg(any(feature = "newspapers", feature = "bibliography"))]
    pub(crate) beside: Arc<Beside>,
}

impl Reading {
    /// The settings for an archive that is read on this day.
    #[cfg_attr(
        not(any(feature = "newspapers", feature = "bibliography")),
        allow(unused_variables, reason = "nothing is read beside a file")
    )]
    pub(crate) fn on(today: Date, root: &Path, walk: &WalkOptions) -> Reading {
        Reading {
            today,
            file_times: false,
            all_text: false,
            seed: None,
            former_seeds: Vec::new(),
            corrections: None,
            recogniser: None,
            #[cfg(any(feature = "newspapers", feature = "bibliography"))]
            beside: Arc::new(Beside::below(root, walk, Limits::default())),
        }
    }

    fn how(&self) -> How<'_> {
        How { all_text: self.all_text, recogniser: self.recogniser.as_deref() }
    }

    /// The build that reads, its formats, and what recognises words for it: another may read more. `before` is who read
    /// other parts of the same file.
    pub(crate) fn reader(&self, before: Option<&str>) -> String {
        let reader = match self.recogniser.as_deref().filter(|recogniser| recogniser.is_usable()) {
            // Pages that were refused are tried another time.
            Some(recogniser) if recogniser.has_refused() => in_part(),
            Some(recogniser) => with_languages(recogniser),
            None => ability(),
        };
        if before.is_none_or(|before| before == reader) { reader } else { in_part() }
    }

    /// Returns whether a reader of this name would read what this one does. One without its program keeps what it
    /// recognised when it had it.
    pub(crate) fn is_as_good_as(&self, reader: &str) -> bool {
        match &self.recogniser {
            Some(recogniser) => {
                reader == with_languages(recogniser)
                    || (reader == ability() || reader == in_part()) && !recogniser.is_usable()
            }
            None => reader == ability(),
        }
    }

    /// Returns whether words that a reader of this name recognised would be lost if their file were read anew: they are
    /// still asked for, and the program is not there.
    pub(crate) fn would_lose(&self, reader: &str) -> bool {
        let recogniser = self.recogniser.as_deref().filter(|_| recognised(reader));
        recogniser.is_some_and(|recogniser| !recogniser.is_usable())
    }

    /// Returns whether a list of references has an abstract of a file, which is read where the file gives nothing.
    #[cfg_attr(
        not(feature = "bibliography"),
        allow(unused_variables, clippy::unused_self, reason = "nothing is said beside a file")
    )]
    pub(crate) fn has_abstract(&self, entry: &FileEntry) -> bool {
        #[cfg(feature = "bibliography")]
        return self.beside.lists.has_abstract(entry);
        #[cfg(not(feature = "bibliography"))]
        return false;
    }

    /// The files that are read with this one: an issue and its pages.
    #[cfg_attr(
        not(feature = "newspapers"),
        allow(unused_variables, clippy::unused_self, reason = "no file is read with another")
    )]
    pub(crate) fn others_of(&self, entry: &FileEntry) -> Vec<PathBuf> {
        #[cfg(feature = "newspapers")]
        return self.beside.issues.others_of(entry);
        #[cfg(not(feature = "newspapers"))]
        return Vec::new();
    }

    /// The issues that may have named a page which is gone.
    #[cfg_attr(
        not(feature = "newspapers"),
        allow(unused_variables, clippy::unused_self, reason = "no file is read with another")
    )]
    pub(crate) fn issues_around(&self, page: &Path) -> Vec<PathBuf> {
        #[cfg(feature = "newspapers")]
        return self.beside.issues.around(page);
        #[cfg(not(feature = "newspapers"))]
        return Vec::new();
    }

    /// A number made of all that is said of a file outside it, by corrections and by lists of references. When it changes,
    /// the file has to be read again. 0 if nothing is said.
    pub(crate) fn mark_of(&self, entry: &FileEntry) -> u64 {
        let corrected = self.corrections.as_ref().map_or(0, |corrections| corrections.mark_of(&entry.relative));
        #[cfg(feature = "bibliography")]
        if let cited @ 1.. = self.beside.lists.mark_of(entry) {
            return xxh3_64(&[corrected.to_le_bytes(), cited.to_le_bytes()].concat());
        }
        corrected
    }
}

/// The issue that a page is read with, where a reason says so.
pub(crate) fn read_with(reason: &str) -> Option<&str> {
    reason.strip_prefix(PAGE_OF)?.strip_suffix(READ_WITH)
}

/// The build, its formats, and the languages in which it recognises words.
fn with_languages(recogniser: &Recogniser) -> String {
    format!("{}{RECOGNISER} {}", ability(), recogniser.languages())
}

/// Returns whether a reader of this name recognised words.
pub(crate) fn recognised(reader: &str) -> bool {
    reader.contains(RECOGNISER)
}

/// The build, its formats, and that not all words were recognised that may be.
pub(crate) fn in_part() -> String {
    format!("{}{RECOGNISER}, in part", ability())
}

/// One document, or some of the records of a file of many.
#[derive(Clone)]
pub(crate) struct Piece {
    pub(crate) entry: Arc<FileEntry>,
    /// The way inside the file to the leaf it was cut from. Empty for the file itself.
    pub(crate) way: String,
    /// The text that ids are made from instead of the way, if there is a more lasting one.
    pub(crate) key: Option<String>,
    pub(crate) format: Format,
    pub(crate) context: Context,
    pub(crate) given: Arc<Given>,
    pub(crate) bytes: Vec<u8>,
    /// The line at which it begins, from 1.
    pub(crate) line: u32,
    /// The number of its first record, from 1.
    pub(crate) first: u64,
    /// Set if it is all that is read of the file.
    #[cfg_attr(
        not(feature = "bibliography"),
        allow(dead_code, reason = "only lists of references tell of whole files")
    )]
    pub(crate) is_whole: bool,
    /// The problems that were met before it.
    pub(crate) problems: Vec<Problem>,
}

impl Piece {
    /// A piece with a problem and nothing else.
    pub(crate) fn of_problem(entry: Arc<FileEntry>, problem: Problem) -> Piece {
        Piece {
            entry,
            way: String::new(),
            key: None,
            format: Format::Plain,
            context: Context::default(),
            given: Arc::default(),
            bytes: Vec::new(),
            line: 1,
            first: 1,
            is_whole: false,
            problems: vec![problem],
        }
    }

    /// Its length in bytes, unpacked.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// A number made of everything that its documents are read from except the file's path and time: its bytes, their
    /// place, and what the rest of the file says of them. `at` is its place among the file's pieces, since members of
    /// an archive may have everything else in common.
    pub(crate) fn number(&self, seed: u64, at: u64) -> u64 {
        let Piece { entry: _, way, key, format, context, given, bytes, line, first, is_whole: _, problems } = self;
        let about = format!("{way}\0{key:?}\0{format:?}\0{context:?}\0{given:?}\0{line}\0{first}\0{problems:?}\0");
        let mut hash = Xxh3::with_seed(seed);
        hash.update(&at.to_le_bytes());
        hash.update(about.as_bytes());
        hash.update(bytes);
        hash.digest()
    }

    /// Its documents, and problems in the places of those that could not be read.
    pub(crate) fn read(mut self, reading: &Reading) -> Vec<Result<Document, Problem>> {
        let mut problems = std::mem::take(&mut self.problems);
        let bytes = std::mem::take(&mut self.bytes);
        let how = reading.how();
        let mut raws = match self.format.shape() {
            _ if !problems.is_empty() => Vec::new(),
            Shape::Records => format::read_records(self.format, &bytes, &self.context, self.line, self.first, how),
            _ => self.whole(bytes, reading),
        };
        settle_order(&mut raws);
        // Nothing is told of the records of a file of many, nor of lists themselves.
        #[cfg(feature = "bibliography")]
        if self.is_whole && self.format.shape() == Shape::Whole && self.format != Format::References {
            reading.beside.lists.tell(&self.entry, &mut raws);
        }
        for problem in &mut problems {
            self.locate(&mut problem.member);
        }
        let read = raws.into_iter().map(|raw| match raw {
            Ok(raw) => self.finish(raw, reading),
            Err(problem) => Err(problem),
        });
        let read = read.map(|read| {
            read.map_err(|mut problem| {
                self.locate(&mut problem.member);
                problem
            })
        });
        problems.into_iter().map(Err).chain(read).collect()
    }

    /// Reads a file that is no file of records, with the files beside it that belong to it.
    #[cfg(any(feature = "newspapers", feature = "bibliography"))]
    fn whole(&self, bytes: Vec<u8>, reading: &Reading) -> Vec<Result<RawDocument, Problem>> {
        match self.format {
            // What lies in an archive has nothing beside it.
            #[cfg(feature = "bibliography")]
            Format::References if self.way.is_empty() => {
                let pointing = reading.beside.lists.pointing(&self.entry);
                format::read_references(bytes, pointing.as_ref())
            }
            #[cfg(feature = "newspapers")]
            Format::Mets if self.way.is_empty() => {
                format::read_issue(bytes, &|name| reading.beside.issues.load(&self.entry, name))
            }
            // A page that is an archive by itself is read as it is.
            #[cfg(feature = "newspapers")]
            Format::Alto | Format::PageXml | Format::Hocr if self.way.is_empty() && !self.entry.alone => {
                match reading.beside.issues.of_entry(&self.entry) {
                    Some(issue) => {
                        vec![Err(Problem::nothing(format!("{PAGE_OF}{issue}{READ_WITH}")))]
                    }
                    None => format::read_whole(self.format, bytes, &self.given, reading.how()),
                }
            }
            _ => format::read_whole(self.format, bytes, &self.given, reading.how()),
        }
    }

    /// Reads a file that is no file of records.
    #[cfg(not(any(feature = "newspapers", feature = "bibliography")))]
    fn whole(&self, bytes: Vec<u8>, reading: &Reading) -> Vec<Result<RawDocument, Problem>> {
        format::read_whole(self.format, bytes, &self.given, reading.how())
    }

    /// Turns a way inside the leaf into a way inside the file.
    fn locate(&self, member: &mut Option<String>) {
        if !self.way.is_empty() {
            *member = Some(join(&self.way, member.as_deref().unwrap_or_default()));
        }
    }

    /// The path and the way inside the file as folders and a file. Their names may date and attribute a document.
    fn name(&self) -> String {
        let mut name = self.entry.relative.clone();
        for step in self.way.split("!/").flat_map(|step| step.split('#').next()).filter(|step| !step.is_empty()) {
            // A container stands for a folder here, so its ending says nothing.
            let stem = format::unpacked_name(&name);
            let stem = stem
                .rsplit_once('.')
                .filter(|(stem, ending)| !stem.is_empty() && !ending.contains('/'))
                .map_or(stem, |(stem, _)| stem);
            name = format!("{stem}/{step}");
        }
        name
    }

    /// Makes a document of what a file says of itself: declared values are weighed, missing ones guessed.
    fn finish(&self, mut raw: RawDocument, reading: &Reading) -> Result<Document, Problem> {
        // Lines that open the body of a mail like a header are quoted from elsewhere: its own header stands above.
        let quoted = raw.declared.iter().any(|declared| declared.origin == Origin::Mail);
        if quoted {
            trim(&mut raw, 0);
        } else {
            take_header(&mut raw);
        }
        if raw.text.trim().is_empty() {
            let line = raw.place.line.filter(|_| !raw.key.is_empty());
            return Err(Problem { member: raw.place.member, line, ..Problem::nothing("no text") });
        }
        raw.url = raw.url.or_else(|| self.given.url.clone());
        raw.declared.extend_from_slice(&self.given.declared);
        raw.metadata.extend(self.given.metadata.iter().cloned());
        note_left_out(&mut raw);
        let name = self.name();
        let changed = self.entry.modified.filter(|_| reading.file_times && self.way.is_empty()).map(day_of);
        let ends = if quoted { HeadAndFoot::of(&raw) } else { HeadAndFoot::below(&raw, None) };
        let attribution = attribute(&raw, &ends, &name);
        let header = |names: &[&str]| {
            let told = raw
                .declared
                .iter()
                .find(|d| d.origin == Origin::Header && names.contains(&d.name.to_lowercase().as_str()));
            told.map(|declared| declared.value.as_str())
        };
        let language = raw.language.as_deref().or_else(|| header(&["language", "lang"]));
        let language = language.and_then(|name| name.trim().parse().ok()).or_else(|| Language::detect(&raw.text));
        let surroundings = Surroundings {
            relative_path: &name,
            language: language.map(Language::code),
            modified: changed,
            today: reading.today,
        };
        let dated = date_document(&raw, &ends, &surroundings);
        let title = raw.title.as_deref().or_else(|| header(&["title", "headline", "subject"]));
        let title = title.and_then(tidy_title).or_else(|| guess_title(&raw.text));
        let url = raw.url.as_deref().or_else(|| header(&["url", "link"])).map(|url| url.trim().to_owned());
        let key = match self.key.as_deref().unwrap_or(&self.way) {
            "" => raw.key,
            way => format!("{way}\0{}", raw.key),
        };
        let id = document_id(reading.seed.as_deref().unwrap_or(&self.entry.relative), &key);
        let former_ids = reading.former_seeds.iter().map(|seed| document_id(seed, &key)).collect();
        raw.place.path = Some(self.entry.path.clone());
        self.locate(&mut raw.place.member);
        if !self.way.is_empty() {
            // A byte of a member is no byte of the file.
            raw.place.byte = None;
        }
        let unreadable = memchr::memmem::find_iter(raw.text.as_bytes(), "\u{fffd}").count() as u64;
        let mut document = Document {
            id,
            record_id: raw.record_id,
            former_ids,
            text: raw.text,
            title,
            dated,
            attribution,
            language,
            url,
            place: raw.place,
            encoding: raw.encoding,
            certainty: raw.certainty,
            unreadable,
            metadata: raw.metadata,
        };
        if let Some(corrections) = &reading.corrections {
            corrections.apply(&mut document, &self.entry.relative);
        }
        Ok(document)
    }
}

/// Adds to the metadata what rules left out of the text: `menus 3, other form of the text 1`.
fn note_left_out(raw: &mut RawDocument) {
    let parts: Vec<String> = raw.left_out.iter().map(|(what, count)| format!("{what} {count}")).collect();
    if !parts.is_empty() {
        raw.metadata.insert(LEFT_OUT.to_owned(), parts.join(", "));
    }
}

/// Tells each record whether day or month comes first in the same field of the others.
fn settle_order(raws: &mut [Result<RawDocument, Problem>]) {
    if raws.len() < 2 {
        return;
    }
    let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for raw in raws.iter().flatten() {
        for said in raw.declared.iter().filter(|said| said.origin == Origin::Field && said.value.len() <= LONGEST_DATE)
        {
            values.entry(said.name.as_str()).or_default().push(said.value.get(..).unwrap_or(""));
        }
    }
    let orders: BTreeMap<String, Order> = values
        .into_iter()
        .filter_map(|(name, values)| {
            let dates = values.into_iter().filter_map(|value| value.split([' ', 'T', ',']).next());
            Some((name.to_owned(), Order::of_dates(dates)?))
        })
        .collect();
    for raw in raws.iter_mut().flatten().filter(|_| !orders.is_empty()) {
        raw.order = raw.declared.iter().find_map(|said| orders.get(&said.name)).copied();
    }
}

/// The id of a document: 16 hexadecimal digits of XXH3 over the seed and the key that tells the records of a file
/// apart.
pub(crate) fn document_id(seed: &str, key: &str) -> String {
    let mut name = String::with_capacity(seed.len() + 1 + key.len());
    name.push_str(seed);
    name.push('\0');
    name.push_str(key);
    format!("{:016x}", xxh3_64(name.as_bytes()))
}

/// Takes the header and the blank lines around it off the text, and keeps what the header declares.
fn take_header(raw: &mut RawDocument) {
    let mut begin = 0;
    if let Some(header) = leading_header(&raw.text, raw.first_line()) {
        begin = header.range.end;
        raw.declared.extend(header.declared);
    }
    trim(raw, begin);
}

/// Takes the text before byte `begin` off, and the blank lines at both ends.
fn trim(raw: &mut RawDocument, mut begin: usize) {
    let rest = raw.text.get(begin..).unwrap_or_default();
    // Blank lines are removed whole. The spaces that open a first line stay, since they may be its indent.
    let pages = raw.place.pages;
    // A form feed stays too, because it counts a page.
    let blank = rest.find(|c: char| !c.is_whitespace() || pages && c == '\u{c}').unwrap_or(rest.len());
    begin += match rest.get(..blank).and_then(|blank| blank.rfind('\n')) {
        Some(end) => end + 1,
        None if begin > 0 => blank,
        None => 0,
    };
    let end = raw.text.trim_end().len();
    raw.text.truncate(end);
    if begin == 0 || begin > end {
        return;
    }
    begin_at(&mut raw.place.spots, &raw.text, begin);
    let taken: String = raw.text.drain(..begin).collect();
    if raw.place.lines {
        let lines = memchr::memchr_iter(b'\n', taken.as_bytes()).count();
        let lines = u32::try_from(lines).unwrap_or(u32::MAX);
        raw.place.line = raw.place.line.map(|line| line.saturating_add(lines));
    }
    raw.place.byte = raw.place.byte.map(|byte| byte + begin as u64);
    raw.place.before = raw.place.before.saturating_add(u32::try_from(taken.chars().count()).unwrap_or(u32::MAX));
}

/// The civil day (UTC) of a time in nanoseconds since 1970.
fn day_of(nanoseconds: i64) -> Date {
    const DAY: i64 = 86_400_000_000_000;
    Date::from_day_number(i32::try_from(nanoseconds.div_euclid(DAY)).unwrap_or(i32::MAX))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::document::Place;

    fn raw(text: &str) -> RawDocument {
        let place = Place { line: Some(1), byte: Some(0), lines: true, ..Place::default() };
        RawDocument { text: text.to_owned(), place, ..RawDocument::default() }
    }

    #[test]
    fn blank_lines_at_both_ends_go_and_places_stay_exact() {
        let cases = [
            ("words", "words", 1, 0, 0),
            ("\n\n  \nwords\n\n", "words", 4, 5, 5),
            ("\r\n\r\n  indented\r\n", "  indented", 3, 4, 4),
            ("  indented", "  indented", 1, 0, 0),
            ("\n\u{2003}\nwords", "words", 3, 5, 3),
        ];
        for (text, expected, line, byte, before) in cases {
            let mut raw = raw(text);
            take_header(&mut raw);
            assert_eq!(
                (raw.text.as_str(), raw.place.line, raw.place.byte, raw.place.before),
                (expected, Some(line), Some(byte), before),
                "{text:?}"
            );
        }
    }

    #[test]
    fn empty_pages_at_the_head_are_counted() {
        let mut raw = raw("\n \u{c}\u{c}\nwords");
        raw.place.pages = true;
        take_header(&mut raw);
        assert_eq!((raw.text.as_str(), raw.place.byte), (" \u{c}\u{c}\nwords", Some(1)));
    }

    #[test]
    fn a_header_is_taken_off_and_kept() {
        let text = " date 2025-02-26 BAKU, February 26. Words.\n";
        let mut raw = raw(text);
        take_header(&mut raw);
        assert_eq!(raw.text, text[raw.place.byte.unwrap() as usize..].trim_end());
        assert!(raw.text.starts_with("BAKU"), "{}", raw.text);
        let declared = raw.declared.first().unwrap();
        assert_eq!(
            (declared.origin, declared.place.as_str(), declared.value.as_str()),
            (Origin::Header, "line 1", "2025-02-26")
        );
    }

    #[test]
    fn ids_depend_on_seed_and_key_alone() {
        assert_eq!(document_id("a.txt", ""), document_id("a.txt", ""));
        assert_eq!(document_id("a.txt", "").len(), 16);
        assert_ne!(document_id("a", "b"), document_id("ab", ""));
    }

    #[test]
    fn file_times_are_whole_days() {
        assert_eq!(day_of(0).to_string(), "1970-01-01");
        assert_eq!(day_of(-1).to_string(), "1969-12-31");
        assert_eq!(day_of(951_782_400_000_000_000).to_string(), "2000-02-29");
    }
}
