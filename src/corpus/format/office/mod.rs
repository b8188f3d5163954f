//! Office files: texts, spreadsheets and presentations, old and new.
//!
//! [`mod@docx`] and [`odt`] read texts, [`blocks`] what the foreign reader of Word's gives. Each other reader fills one of
//! two models, whatever program wrote the file: a [`book`] of sheets, or a [`deck`] of slides.
//! [`mod@xlsx`], [`mod@pptx`] and [`opendocument`] read XML in a package, with the cells and slides numbered as their
//! programs show them; [`parts`] tells how the parts of a package name each other. [`mod@xls`] reads the records
//! ([`biff`]) of old workbooks, [`mod@ppt`] those of old presentations; [`legacy`] guards the foreign reader of old texts,
//! and [`stories`] adds what it passes over. All three lie in a [`container`] with their properties ([`summary`]).
//! [`serial`] tells how a number looks that is a date, [`printed`] what heads the pages of a sheet.
//!
//! A sheet becomes a document whose rows are lines, with tabs between cells; where its head names columns that tables
//! have, each row is one, by the rules of CSV. A presentation becomes one document. Both tell where their words stand by
//! [`Spot`](crate::document::Spot)s: `budget.xlsx Sheet2!B7`, `talk.pptx slide 3`.
//!
//! The invariant: a value is what the program kept, nothing is worked out, and no macro and no link is followed. The
//! text of a file is bounded however often its cells name a text or are repeated. What is not read (pictures, macros,
//! files put into the document, damaged sheets) is told, a problem a kind.

mod biff;
mod blocks;
mod book;
mod container;
mod deck;
mod docx;
mod events;
mod legacy;
mod odt;
mod opendocument;
mod parts;
mod ppt;
mod pptx;
mod printed;
mod serial;
mod stories;
mod summary;
mod xls;
mod xlsx;

use super::packed::{Package, text};
use super::shared::unread::{Kind, Unread};
use crate::corpus::input::problem::{LOCKED, Problem};
use crate::corpus::raw::RawDocument;
use book::Book;
use deck::Deck;

type Read = Vec<Result<RawDocument, Problem>>;

/// Reads a Word document since 2007.
pub(super) fn docx(bytes: Vec<u8>, all_text: bool) -> Read {
    docx::read(bytes, all_text)
}

/// Reads an Excel workbook since 2007.
pub(super) fn xlsx(bytes: &[u8]) -> Read {
    xlsx::read(bytes).map_or_else(|problem| vec![Err(problem)], Book::documents)
}

/// Reads a PowerPoint presentation since 2007.
pub(super) fn pptx(bytes: &[u8]) -> Read {
    pptx::read(bytes).map_or_else(|problem| vec![Err(problem)], Deck::documents)
}

/// Reads a Word document from before 2007.
pub(super) fn doc(bytes: Vec<u8>) -> Read {
    legacy::word(bytes)
}

/// Reads an Excel workbook from before 2007.
pub(super) fn xls(bytes: &[u8]) -> Read {
    let mut book = Book::default();
    book.problems.extend(summary::properties(&mut book.about, bytes, "Excel"));
    book.problems.extend(container::unread(bytes).problems());
    xls::read(bytes, &mut book).map_or_else(|problem| vec![Err(problem)], |()| book.documents())
}

/// Reads a PowerPoint presentation from before 2007.
pub(super) fn ppt(bytes: &[u8]) -> Read {
    let mut deck = Deck::default();
    deck.problems.extend(summary::properties(&mut deck.about, bytes, "PowerPoint"));
    ppt::read(bytes, &mut deck).map_or_else(|problem| vec![Err(problem)], |()| deck.documents())
}

/// Reads an OpenDocument package of any kind. What its content is counts, whatever it is called.
pub(super) fn open_document(bytes: Vec<u8>, all_text: bool) -> Read {
    opened(&bytes).map_or_else(|problem| vec![Err(problem)], |opened| opened.read(all_text))
}

fn has(content: &str, tag: &str) -> bool {
    memchr::memmem::find(content.as_bytes(), tag.as_bytes()).is_some()
}

/// Reads an OpenDocument file that is one XML, whatever it is of.
pub(super) fn flat(bytes: Vec<u8>, all_text: bool) -> Read {
    let content = text(bytes);
    let mut about = RawDocument::default();
    odt::properties(&mut about, &content);
    let count = |tag: &str| memchr::memmem::find_iter(content.as_bytes(), tag.as_bytes()).count();
    let (objects, mut unread) = (count("<draw:object"), Unread::default());
    unread.add(Kind::File, objects);
    // What is shown in place of an object is no picture of its own.
    unread.add(Kind::Picture, count("<office:binary-data").saturating_sub(objects));
    unread.add(Kind::Macros, count("<ooo:module ") + count("<script:module "));
    Opened { about, content, styles: None, problems: unread.problems().collect() }.read(all_text)
}

/// The parts of an OpenDocument file, packed or flat, and what of it is not read.
struct Opened {
    about: RawDocument,
    content: String,
    /// The part with heads and feet of pages, where that is not the content itself.
    styles: Option<Vec<u8>>,
    problems: Vec<Problem>,
}

impl Opened {
    fn read(self, all_text: bool) -> Read {
        let Opened { about, content, styles, mut problems } = self;
        let damaged = |damage| Problem::failed(format!("a damaged OpenDocument, read in part: {damage}"));
        if has(&content, "<office:spreadsheet") {
            let mut book = Book::default();
            (book.about, book.problems) = (about, problems);
            return match opendocument::sheets(&content, &mut book) {
                Ok(damage) => {
                    book.problems.extend(damage.map(damaged));
                    let printed = styles.unwrap_or_else(|| content.into_bytes());
                    let damage = opendocument::printed(printed, &mut book);
                    book.problems.extend(damage.map(damaged));
                    book.documents()
                }
                Err(problem) => vec![Err(problem)],
            };
        }
        if has(&content, "<office:presentation") {
            let mut deck = Deck { about, ..Deck::default() };
            problems.extend(opendocument::slides(&content, &mut deck).map(damaged));
            return Deck { problems, ..deck }.documents();
        }
        let mut read = odt::read(about, content, styles, all_text);
        read.extend(problems.into_iter().map(Err));
        read
    }
}

fn opened(bytes: &[u8]) -> Result<Opened, Problem> {
    let mut package = Package::open(bytes)?;
    let manifest = package.optional("META-INF/manifest.xml", "the list of parts").map(text).unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Problem::failed(LOCKED));
    }
    let content = text(package.needed("content.xml", "a damaged OpenDocument: content.xml is missing")?);
    let mut about = RawDocument::default();
    if let Some(meta) = package.optional("meta.xml", "what the file says of itself") {
        odt::properties(&mut about, &text(meta));
    }
    let styles = package.optional("styles.xml", "heads and feet of pages");
    Ok(Opened { about, content, styles, problems: package.problems() })
}

#[cfg(test)]
mod tests;
