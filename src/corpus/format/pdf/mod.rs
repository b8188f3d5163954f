//! PDF: the text of its pages, with form feeds between them, and the values of its information dictionary.

mod decrypt;
mod furniture;
mod guard;
mod lines;
#[cfg(feature = "newspapers")]
mod picture;
mod shape;
mod spans;
mod unpacked;
mod weight;

use std::panic::{AssertUnwindSafe, catch_unwind};

use unpdf::Error;
use unpdf::parser::backend::{PdfBackend, PdfMetadataRaw};
use unpdf::parser::{LayoutAnalyzer, TextBlock};

use super::how::How;
#[cfg(feature = "newspapers")]
use super::scan::Scan;
use super::shared::properties::{declare, real_title};
use crate::corpus::input::problem::{LOCKED, Problem};
use crate::corpus::raw::RawDocument;
#[cfg(feature = "newspapers")]
use crate::corpus::recognition::Picture;
use crate::document::{Place, RECOGNISED_BY};

use guard::Guarded;
use lines::Pages;

/// The longest text that is taken from one file, in bytes.
const LONGEST: usize = 64 << 20;

/// The largest distance of text that is read, in points. No page is longer or wider than 14,400 points (ISO 32000-1,
/// C.2); text farther off is on no page.
const FARTHEST: f32 = 20_000.0;

/// Reads a PDF. An encrypted one that can be read without a password is read like any other.
///
/// With all text each page keeps its running head and foot; where words are to be recognised, a page without text that is
/// one picture gets those of the picture. Fails if it needs a password, is damaged so that no page
/// can be found, or has no text; the reason then says whether there are pictures.
pub(crate) fn read(bytes: Vec<u8>, how: How<'_>) -> Result<RawDocument, Problem> {
    // A fault in foreign code must not end a run over an archive.
    catch_unwind(AssertUnwindSafe(|| read_pages(bytes, how)))
        .unwrap_or_else(|_| Err(Problem::failed("a damaged PDF: it cannot be read")))
}

/// The pages that gave no text, and what they may have needed.
#[derive(Default)]
struct Losses {
    failed: Vec<u32>,
    cut: Vec<u32>,
    /// The number of pages without text that are whole.
    empty: usize,
    pictures: u64,
    unreadable: usize,
    streams: u64,
    /// Those whose words are not recognised, with the reasons.
    unrecognised: Option<String>,
}

fn too_heavy(_: weight::TooHeavy) -> Problem {
    Problem::failed("a PDF that unpacks, or nests or names its objects, beyond reason")
}

fn read_pages(mut bytes: Vec<u8>, how: How<'_>) -> Result<RawDocument, Problem> {
    #[cfg(feature = "newspapers")]
    let mut scan = how.recogniser.filter(|recogniser| recogniser.is_usable()).map(Scan::by);
    #[cfg(feature = "newspapers")]
    let pictures = scan.is_some();
    #[cfg(not(feature = "newspapers"))]
    let pictures = false;
    let mut streams = weight::lighten(&mut bytes, pictures).map_err(too_heavy)?;
    if let Some(decrypted) = decrypt::decrypted(&mut bytes).map_err(refusal)? {
        bytes = decrypted;
        streams = weight::lighten(&mut bytes, pictures).map_err(too_heavy)?;
    }
    let long = weight::long_pages(&bytes).map_err(too_heavy)?;
    let backend = Guarded::open(&bytes, long).map_err(refusal)?;
    let ids = backend.pages();
    let numbers: Vec<u32> = ids.keys().copied().collect();
    if numbers.is_empty() {
        return Err(Problem::failed("a damaged PDF: no page can be found in it"));
    }
    let mut pages = Pages::default();
    let mut losses = Losses { streams, ..Losses::default() };
    for &number in &numbers {
        if backend.is_exhausted() {
            losses.failed.push(number);
            pages.push(Vec::new());
            continue;
        }
        backend.begin_page();
        // Headings are recognised by the sizes of letters on their own page, so that pages do not depend on each other.
        let mut analyzer = LayoutAnalyzer::new(&backend);
        let read = catch_unwind(AssertUnwindSafe(|| blocks(&mut analyzer, number)));
        let mut empty = false;
        match read {
            Ok(Ok(blocks)) => {
                empty = blocks.is_empty();
                pages.push(blocks);
            }
            _ => {
                losses.failed.push(number);
                pages.push(Vec::new());
            }
        }
        losses.pictures += u64::from(analyzer.page_op_counts().image);
        losses.unreadable += analyzer.suppressed_text_runs();
        let is_cut = backend.is_cut() || analyzer.undecodable_content_streams() > 0;
        if is_cut {
            losses.cut.push(number);
        }
        // Of a page whose words are looked for, the scan tells what became of them.
        #[cfg_attr(not(feature = "newspapers"), allow(unused_mut, reason = "nobody looks for words"))]
        let mut is_blank = empty && !is_cut;
        #[cfg(feature = "newspapers")]
        if let Some((scan, id)) = scan.as_mut().zip(ids.get(&number)).filter(|_| empty) {
            let at = u32::try_from(pages.count()).unwrap_or(u32::MAX);
            // What will not be looked at is not unpacked.
            let taken = match scan.refusal() {
                Some(reason) => Ok(Err(reason)),
                None => catch_unwind(AssertUnwindSafe(|| picture::of_page(&backend, *id))),
            };
            match taken.unwrap_or_else(|_| Err("a damaged picture".to_owned())) {
                Ok(Some(picture)) => {
                    scan.page(at, &mut Picture::of(&picture), None);
                    is_blank = false;
                }
                // A page left blank.
                Ok(None) => {}
                Err(reason) => {
                    scan.fail(at, reason);
                    is_blank = false;
                }
            }
        }
        losses.empty += usize::from(is_blank);
        if pages.len() > LONGEST {
            return Err(Problem::failed(format!("longer than a document may be, {} MB of text", LONGEST >> 20)));
        }
    }
    let furniture = if how.all_text { 0 } else { pages.drop_furniture() };
    let mut raw = RawDocument { place: Place { pages: true, ..Place::default() }, ..RawDocument::default() };
    raw.text = pages.text();
    let has_words = !raw.text.trim().is_empty();
    #[cfg(feature = "newspapers")]
    if let Some(scan) = scan {
        losses.empty += scan.empty();
        losses.unrecognised = scan.failures();
        let text = std::mem::take(&mut raw.text);
        scan.put_into(&mut raw, &text, u32::try_from(numbers.len()).unwrap_or(u32::MAX));
    }
    if raw.text.trim().is_empty() {
        return Err(without_text(numbers.len(), &losses));
    }
    raw.leave_out("running heads and feet", furniture);
    let mut told = backend.metadata();
    if raw.metadata.contains_key(RECOGNISED_BY) && !has_words {
        // Every page is scanned, also one that is blank or was not recognised, and the day on which that was done says nothing of when it was published.
        told.mod_date = None;
        raw.metadata.extend(told.creation_date.take().map(|day| ("scanned".to_owned(), iso_date(&day).unwrap_or(day))));
    }
    properties(&mut raw, told);
    raw.metadata.insert("pages".to_owned(), numbers.len().to_string());
    for (name, pages) in [("unread_pages", &losses.failed), ("incomplete_pages", &losses.cut)] {
        if !pages.is_empty() {
            let shown: Vec<String> = pages.iter().take(20).map(u32::to_string).collect();
            raw.metadata.insert(name.to_owned(), shown.join(", "));
        }
    }
    if let Some(unrecognised) = losses.unrecognised {
        raw.metadata.insert("unrecognised_pages".to_owned(), unrecognised);
    }
    if losses.empty > 0 {
        raw.metadata.insert("pages_without_text".to_owned(), losses.empty.to_string());
    }
    if losses.streams > 0 {
        raw.metadata.insert("unread_streams".to_owned(), losses.streams.to_string());
    }
    Ok(raw)
}

/// Does what `LayoutAnalyzer::extract_page_blocks` does, without text far off the page: the layout is worked out on a
/// grid as large as the stretch that the text covers, however large that is.
fn blocks(analyzer: &mut LayoutAnalyzer, page: u32) -> Result<Vec<TextBlock>, Error> {
    let mut spans = analyzer.extract_page_spans(page)?;
    let near = |length: f32| length.is_finite() && length.abs() <= FARTHEST;
    spans.retain(|span| {
        [span.x, span.y, span.width, span.ink_width.unwrap_or(0.0), span.font_size].into_iter().all(near)
    });
    analyzer.filter_spans_for_page(&mut spans, page);
    spans::drop_doubles(&mut spans);
    let sizes = analyzer.font_stats_mut();
    for span in &spans {
        sizes.add_text(span.font_size, &span.text);
    }
    sizes.analyze();
    let lines = analyzer.group_spans_into_lines_pub(spans);
    let lines = analyzer.detect_headings_pub(lines);
    Ok(analyzer.group_lines_into_blocks_pub(lines))
}

fn refusal(error: Error) -> Problem {
    let reason = match error {
        Error::Encrypted | Error::InvalidPassword => LOCKED.to_owned(),
        Error::PdfParse(message) if message.contains("Encrypt") => "encrypted in a way that is not known".to_owned(),
        Error::UnknownFormat => "no PDF, though it begins like one".to_owned(),
        error => format!("a damaged PDF: {error}"),
    };
    Problem::failed(reason)
}

/// The reason why there is no text.
fn without_text(pages: usize, losses: &Losses) -> Problem {
    let pages = if pages == 1 { "1 page".to_owned() } else { format!("{pages} pages") };
    if losses.unreadable > 0 {
        Problem::failed(format!("a PDF whose fonts do not say which letters they show, {pages}"))
    } else if !losses.failed.is_empty() || !losses.cut.is_empty() || losses.streams > 0 {
        Problem::failed(format!("a damaged PDF: no text could be read, {pages}"))
    } else if let Some(unrecognised) = &losses.unrecognised {
        Problem::failed(format!(
            "a PDF of pictures without text, {pages}; pages that are not recognised: {unrecognised}"
        ))
    } else if losses.pictures > 0 {
        Problem::nothing(format!("a PDF of pictures without text, {pages}"))
    } else {
        Problem::nothing(format!("a PDF without text, {pages}"))
    }
}

fn properties(raw: &mut RawDocument, told: PdfMetadataRaw) {
    raw.title = told.title.as_deref().and_then(real_title);
    let date = |value: Option<String>| value.map(|value| iso_date(&value).unwrap_or(value));
    for (name, value, place) in [
        ("created", date(told.creation_date), "PDF CreationDate"),
        ("modified", date(told.mod_date), "PDF ModDate"),
        ("author", told.author, "PDF Author"),
        ("producer", told.producer, "PDF Producer"),
        ("creator", told.creator, "PDF Creator"),
    ] {
        // The program that made the file is no author, whatever the name of the field.
        let name = if name == "creator" { "program" } else { name };
        declare(raw, name, value.as_deref().unwrap_or_default(), place);
    }
    for (name, value) in [("subject", told.subject), ("keywords", told.keywords)] {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            raw.metadata.insert(name.to_owned(), value.trim().to_owned());
        }
    }
}

/// `D:20230226103000+01'00'` as `2023-02-26T10:30:00+01:00`, as much of it as there is (ISO 32000-1, 7.9.4).
fn iso_date(value: &str) -> Option<String> {
    let value = value.trim();
    let value = value.strip_prefix("D:").unwrap_or(value);
    let digits = value.len() - value.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, zone) = value.split_at_checked(digits)?;
    let part = |from: usize| number.get(from..from + 2);
    let mut iso = number.get(..4)?.to_owned();
    for (from, sign) in [(4, '-'), (6, '-'), (8, 'T'), (10, ':'), (12, ':')] {
        // An hour without its minutes is no time.
        if from == 8 && part(10).is_none() {
            break;
        }
        let Some(two) = part(from) else { break };
        iso.push(sign);
        iso.push_str(two);
    }
    if part(10).is_some() {
        let mut figures = zone.chars().filter(char::is_ascii_digit);
        match zone.chars().next() {
            Some('Z') => iso.push('Z'),
            Some(sign @ ('+' | '-')) => {
                let hours: String = figures.by_ref().take(2).collect();
                let minutes: String = figures.take(2).collect();
                if hours.len() == 2 {
                    iso.push(sign);
                    iso.push_str(&hours);
                    iso.push(':');
                    iso.push_str(if minutes.len() == 2 { &minutes } else { "00" });
                }
            }
            _ => {}
        }
    }
    Some(iso)
}

#[cfg(test)]
mod tests;
