//! Digitised newspapers and other scans: the words of pages with their regions, and the issues that they make up.
//!
//! [`mod@alto`], [`mod@page_xml`] and [`mod@hocr`] read a [`page`] as it was scanned; [`mod@mets`] tells which pages are an
//! issue, and which parts of them are articles. A METS file beside its pages becomes a document an article, and one for
//! what of each page is in none; pages without METS are documents themselves. Blocks come in reading order, words that a
//! line's end cuts in two are one, and each line has its page and region as a [`Spot`].
//!
//! The invariant: a day is never made up. The days on which somebody scanned, read or annotated a page are no clue. The
//! issue's own day stands in METS, in the names of folder and file, or in the masthead; a label that counts volumes is no
//! year. What METS names and is not there is told.

mod alto;
mod hocr;
mod mets;
mod page;
mod page_xml;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::xml;
use crate::corpus::input::problem::{Faults, Problem, counted};
use crate::corpus::raw::{Declared, Origin, RawDocument};
use crate::document::Spot;
use mets::{Article, Issue};
use page::{Page, Text, Words};

type Read = Vec<Result<RawDocument, Problem>>;

pub(super) use hocr::is_hocr;
pub(crate) use mets::{IssueFiles, files};

/// The reason why a page that METS names is not read with it.
pub(crate) enum Unloaded {
    /// It is lost, or not in the archive.
    Missing(String),
    /// It is read elsewhere: how, as what pages do.
    Elsewhere(String),
}

/// Gives the bytes of a file that METS names.
pub(crate) type Load<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, Unloaded>;

/// Reads the pages of a file of ALTO.
pub(super) fn alto(bytes: Vec<u8>) -> Read {
    scanned(alto::read(bytes), RawDocument::default())
}

/// Reads the pages of a file of PAGE-XML.
pub(super) fn page_xml(bytes: Vec<u8>) -> Read {
    scanned(page_xml::read(bytes), RawDocument::default())
}

/// Reads the pages of a file of hOCR. Fails with what is to be told of it if no page has words.
pub(super) fn hocr(bytes: Vec<u8>) -> Result<Read, Read> {
    let (pages, title) = hocr::read(bytes);
    let title = title.filter(|title| title.contains(' '));
    let read = scanned(pages, RawDocument { title, ..RawDocument::default() });
    if read.iter().any(Result::is_ok) { Ok(read) } else { Err(read) }
}

/// The text of a page that was recognised just now, its lines with their regions, and how sure the reader was of its
/// words: in thousandths, and their number.
pub(super) fn recognised(hocr: Vec<u8>, number: u32) -> (String, Vec<Spot>, (u64, u64)) {
    let mut text = Text::default();
    let mut sure = (0, 0);
    for page in hocr::read(hocr).0 {
        let words = Words::of(&page);
        let count = words.places.len();
        add_words(&mut text, &page, number, &words, 0..count, &mut vec![false; count]);
        sure = (sure.0 + page.confidence.0, sure.1 + page.confidence.1);
    }
    text.close();
    (text.text, text.spots, sure)
}

/// The pages of one file as a document.
fn scanned(pages: Vec<Page>, mut raw: RawDocument) -> Read {
    let mut text = Text::default();
    for (page, number) in pages.iter().zip(1..) {
        let words = Words::of(page);
        let count = words.places.len();
        add_words(&mut text, page, number, &words, 0..count, &mut vec![false; count]);
    }
    let broken: Vec<Problem> = pages
        .iter()
        .filter_map(|page| page.broken.as_ref())
        .map(|broken| Problem::failed(format!("read in part: {broken}")))
        .collect();
    finish(&mut raw, text, pages.iter());
    let read = if !raw.text.trim().is_empty() {
        Ok(raw)
    } else if let Some(damage) = broken.first() {
        return vec![Err(Problem::failed(format!("a damaged scan without text: {}", damage.reason)))];
    } else {
        Err(Problem::nothing(format!("a scan of {} that holds no text", counted(pages.len(), "page", "pages"))))
    };
    std::iter::once(read).chain(broken.into_iter().map(Err)).collect()
}

fn finish<'a>(raw: &mut RawDocument, mut text: Text, pages: impl Iterator<Item = &'a Page>) {
    text.close();
    raw.text = text.text;
    raw.place.spots = text.spots;
    note_confidence(raw, pages.fold((0, 0), |(sum, count), page| (sum + page.confidence.0, count + page.confidence.1)));
}

/// Notes how sure the reader was of the words, from the sum in thousandths and their number.
pub(super) fn note_confidence(raw: &mut RawDocument, (sum, count): (u64, u64)) {
    if let Some(thousandths) = sum.checked_div(count) {
        let hundredths = thousandths / 10;
        raw.metadata.insert("ocr_confidence".to_owned(), format!("{}.{:02}", hundredths / 100, hundredths % 100));
    }
}

/// The words that articles may be made of together, each as often as an article names it.
const WORDS: usize = 20_000_000;

/// Adds those words of a stretch of a page that nothing has taken yet, and takes them.
fn add_words(text: &mut Text, page: &Page, number: u32, words: &Words, range: Range<usize>, taken: &mut [bool]) {
    let mut before = None;
    let mut at = range.start;
    while let Some((block, line)) = words.places.get(at).copied().filter(|_| at < range.end) {
        let end = words.line_end(at).min(range.end);
        let chosen: Vec<usize> = (at..end)
            .filter(|word| taken.get_mut(*word).is_some_and(|taken| !std::mem::replace(taken, true)))
            .collect();
        if let Some(of_line) =
            page.blocks.get(block).and_then(|block| block.lines.get(line)).filter(|_| !chosen.is_empty())
        {
            if before.replace(block) != Some(block) {
                text.paragraph();
            }
            let first = words.line_begin(at);
            text.line(number, of_line, chosen.into_iter().filter_map(|word| of_line.words.get(word - first)));
        }
        at = end;
    }
}

/// Reads the issue that METS describes, from the pages beside it.
pub(crate) fn mets(bytes: Vec<u8>, load: Load) -> Read {
    let Some((issue, mut problems)) = mets::read(bytes) else {
        return vec![Err(Problem::failed("a damaged METS file: it cannot be read"))];
    };
    let Loaded { pages, elsewhere, problems: told } = Loader::new(load).pages(&issue);
    if pages.is_empty() && elsewhere == 0 {
        let named = counted(issue.pages.len(), "page", "pages");
        problems.push(Problem::nothing(format!("METS that names {named}, whose texts are not beside it")));
    }
    problems.extend(told);
    let words: Vec<Words> = pages.iter().map(|scanned| Words::of(&scanned.page)).collect();
    let mut taken: Vec<Vec<bool>> = words.iter().map(|words| vec![false; words.places.len()]).collect();
    let by_file: HashMap<&str, usize> = pages.iter().zip(0..).map(|(scanned, at)| (&*scanned.file, at)).collect();
    let mut read: Read = Vec::new();
    let mut left = WORDS;
    for (article, number) in issue.articles.iter().zip(1..) {
        let mut text = Text::default();
        let mut used = Vec::new();
        for part in &article.parts {
            let Some(&at) = by_file.get(&*part.file) else { continue };
            let (Some(scanned), Some(words), Some(taken)) = (pages.get(at), words.get(at), taken.get_mut(at)) else {
                continue;
            };
            let range = words.range(part.begin.as_deref(), part.end.as_deref());
            left = left.saturating_sub(range.len());
            if left > 0 {
                add_words(&mut text, &scanned.page, scanned.number, words, range, taken);
                used.push(at);
            }
        }
        used.dedup();
        let used = used.into_iter().filter_map(|at| pages.get(at)).map(|scanned| &scanned.page);
        read.extend(of_article(&issue, article, number, text, used).map(Ok));
    }
    if left == 0 {
        problems
            .push(Problem::failed("METS whose articles name more words than are read; the rest stands with its page"));
    }
    for ((scanned, words), taken) in pages.iter().zip(&words).zip(&mut taken) {
        let Scanned { number, page, .. } = scanned;
        let mut text = Text::default();
        add_words(&mut text, page, *number, words, 0..words.places.len(), taken);
        let mut raw = begun(&issue, None);
        raw.title = issue.title.as_ref().map(|title| format!("{title}, p. {number}"));
        raw.key = format!("page {number}");
        let member = Some(format!("#p{number}"));
        raw.place.member.clone_from(&member);
        finish(&mut raw, text, std::iter::once(page));
        if !raw.text.trim().is_empty() {
            read.push(Ok(raw));
        } else if words.places.is_empty() && page.broken.is_none() {
            problems.push(Problem { member: member.clone(), ..Problem::nothing("a page that holds no text") });
        }
        if let Some(broken) = &page.broken {
            problems.push(Problem { member, ..Problem::failed(format!("a page read in part: {broken}")) });
        }
    }
    read.extend(problems.into_iter().map(Err));
    read
}

/// A page of an issue with its number and the name of its file.
struct Scanned {
    number: u32,
    file: Arc<str>,
    page: Page,
}

/// The pages of an issue that are there.
struct Loaded {
    pages: Vec<Scanned>,
    /// The number of those that are read elsewhere.
    elsewhere: usize,
    /// What is told of those that are not read here.
    problems: Vec<Problem>,
}

/// The most bytes of pages of one issue.
const LONGEST_ISSUE: usize = 512 << 20;

/// Loads the pages of an issue, each file once.
struct Loader<'a> {
    load: Load<'a>,
    left: usize,
    seen: HashSet<&'a str>,
    /// How many pages are read elsewhere, by where.
    elsewhere: BTreeMap<String, usize>,
    /// The number of pages beyond the bytes of one issue.
    beyond: usize,
    faults: Faults,
}

impl<'a> Loader<'a> {
    fn new(load: Load<'a>) -> Loader<'a> {
        let (seen, elsewhere, faults) = Default::default();
        Loader { load, left: LONGEST_ISSUE, seen, elsewhere, beyond: 0, faults }
    }

    /// The pages that are there, and what is told of the others.
    fn pages(mut self, issue: &'a Issue) -> Loaded {
        let mut pages = Vec::new();
        for (files, number) in issue.pages.iter().zip(1..) {
            pages.extend(self.page(files).map(|(file, page)| Scanned { number, file, page }));
        }
        let mut problems = self.faults.problems();
        let elsewhere = self.elsewhere.values().sum();
        let told =
            self.elsewhere.into_iter().map(|(how, count)| Problem::nothing(format!("pages that {how}: {count}")));
        problems.extend(told);
        if self.beyond > 0 {
            let longest = LONGEST_ISSUE >> 20;
            let reason = format!("an issue of more than {longest} MB; pages that are not read: {}", self.beyond);
            problems.push(Problem::failed(reason));
        }
        Loaded { pages, elsewhere, problems }
    }

    /// The text of a page: the first of its files that is one. That a picture is not there is no loss.
    fn page(&mut self, files: &'a [Arc<str>]) -> Option<(Arc<str>, Page)> {
        let mut missing = Vec::new();
        for file in files.iter().filter(|file| mets::may_be_text(file)) {
            if !self.seen.insert(file) {
                continue;
            }
            if self.left == 0 {
                self.beyond += 1;
                continue;
            }
            match (self.load)(file) {
                Ok(bytes) => {
                    self.left = self.left.saturating_sub(bytes.len());
                    if let Some(page) = any_page(bytes) {
                        return Some((Arc::clone(file), page));
                    }
                }
                Err(Unloaded::Elsewhere(how)) => {
                    *self.elsewhere.entry(how).or_default() += 1;
                    return None;
                }
                Err(Unloaded::Missing(reason)) => missing.push((file, reason)),
            }
        }
        // Files elsewhere on the net are no part of the archive.
        for (file, reason) in missing.into_iter().filter(|(file, _)| !file.contains("://") || file.starts_with("file:"))
        {
            self.faults.tell(Problem { member: Some(file.to_string()), ..Problem::failed(reason) });
        }
        None
    }
}

fn any_page(bytes: Vec<u8>) -> Option<Page> {
    let head = bytes.get(..64 * 1024).unwrap_or(&bytes);
    let mut pages = match xml::xml_kind(head) {
        Some(xml::XmlKind::Alto) => alto::read(bytes),
        Some(xml::XmlKind::PageXml) => page_xml::read(bytes),
        _ if is_hocr(head) => hocr::read(bytes).0,
        _ => return None,
    };
    let mut all = pages.drain(..1.min(pages.len())).next()?;
    // A file with several pages is one here, as METS counts it.
    for page in pages {
        all.blocks.extend(page.blocks);
        all.confidence = (all.confidence.0 + page.confidence.0, all.confidence.1 + page.confidence.1);
        all.broken = all.broken.or(page.broken);
    }
    Some(all)
}

/// A document of an issue before its text.
fn begun(issue: &Issue, section: Option<&str>) -> RawDocument {
    let mut raw =
        RawDocument { language: issue.language.clone(), declared: issue.dates.clone(), ..RawDocument::default() };
    if let Some(title) = &issue.title {
        let value = section.map_or(title.clone(), |section| format!("{title}/{section}"));
        let (origin, name) = (Origin::Field, "source".to_owned());
        raw.declared.push(Declared { origin, name, value, place: "METS title".to_owned() });
    }
    raw
}

/// An article with its text. None if nothing of it is there.
fn of_article<'a>(
    issue: &Issue,
    article: &Article,
    number: usize,
    text: Text,
    used: impl Iterator<Item = &'a Page>,
) -> Option<RawDocument> {
    let mut raw = begun(issue, article.section.as_deref());
    raw.title.clone_from(&article.title);
    if let Some(value) = article.author.clone() {
        raw.declared.push(Declared {
            origin: Origin::Field,
            name: "author".into(),
            value,
            place: "METS author".into(),
        });
    }
    finish(&mut raw, text, used);
    raw.key = if article.name.is_empty() { format!("article {number}") } else { article.name.clone() };
    raw.place.member = Some(format!("#{}", raw.key));
    Some(raw).filter(|raw| !raw.text.trim().is_empty())
}

#[cfg(test)]
mod tests;
