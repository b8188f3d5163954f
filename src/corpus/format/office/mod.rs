//! Office files besides texts: spreadsheets and presentations, and all that was written before 2007.
//!
//! Each reader fills one of two models, whatever program wrote the file: a [`book`] of sheets, or a [`deck`] of slides.
//! [`mod@xlsx`], [`mod@pptx`] and [`opendocument`] read XML in a package, with the cells and slides numbered as their programs
//! show them. [`xls`] reads the records ([`biff`]) of old workbooks, [`ppt`] those of old presentations; [`legacy`] guards the
//! foreign reader of old texts, and [`stories`] adds what it passes over. [`summary`] reads the properties of all three. [`parts`] tells how the parts of
//! a package name each other, [`serial`] how a number looks that is a date.
//!
//! A sheet becomes a document whose rows are lines, with tabs between cells; where its head names columns that tables
//! have, each row is one, by the rules of CSV. A presentation becomes one document. Both tell where their words stand by
//! [`Spot`](crate::document::Spot)s: `budget.xlsx Sheet2!B7`, `talk.pptx slide 3`.
//!
//! The invariant: a value is what the program kept, nothing is worked out, and no macro and no link is followed. The
//! text of a file is bounded however often its cells name a text or are repeated. What is not read (pictures, macros,
//! files put into the document, damaged sheets) is told, a problem a kind.

mod biff;
mod book;
mod deck;
mod events;
mod legacy;
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

use super::odt;
use super::ole::OleKind;
use super::packed::{Parts, text};
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::RawDocument;
use book::Book;
use deck::Deck;

type Read = Vec<Result<RawDocument, Problem>>;

/// Reads an Excel workbook since 2007.
pub(super) fn xlsx(bytes: &[u8]) -> Read {
    xlsx::read(bytes).map_or_else(|problem| vec![Err(problem)], Book::documents)
}

/// Reads a PowerPoint presentation since 2007.
pub(super) fn pptx(bytes: &[u8]) -> Read {
    pptx::read(bytes).map_or_else(|problem| vec![Err(problem)], Deck::documents)
}

/// Reads an Office file from before 2007 of a kind that is known.
pub(super) fn old(kind: OleKind, bytes: Vec<u8>) -> Read {
    match kind {
        OleKind::Word => legacy::word(bytes),
        OleKind::Excel => {
            let mut book = Book::default();
            summary::properties(&mut book.about, &bytes, "Excel");
            xls::read(&bytes, &mut book).map_or_else(|problem| vec![Err(problem)], |()| book.documents())
        }
        OleKind::PowerPoint => {
            let mut deck = Deck::default();
            summary::properties(&mut deck.about, &bytes, "PowerPoint");
            ppt::read(&bytes, &mut deck).map_or_else(|problem| vec![Err(problem)], |()| deck.documents())
        }
        other => vec![Err(Problem::nothing(other.reason()))],
    }
}

/// Reads an OpenDocument package of any kind. What its content is counts, whatever it is called.
pub(super) fn open_document(bytes: Vec<u8>, all_text: bool) -> Read {
    let (content, about, problems) = match opened(&bytes) {
        Ok(opened) => opened,
        Err(problem) => return vec![Err(problem)],
    };
    if has(&content, "<office:spreadsheet") {
        let mut book = Book::new(about, problems);
        book_of(&mut book, &content).map_or_else(|problem| vec![Err(problem)], |()| book.documents())
    } else if has(&content, "<office:presentation") {
        deck_of(Deck { about, problems, ..Deck::default() }, &content)
    } else {
        drop(content);
        vec![odt::read(bytes, all_text)]
    }
}

fn has(content: &str, tag: &str) -> bool {
    memchr::memmem::find(content.as_bytes(), tag.as_bytes()).is_some()
}

/// Reads an OpenDocument file that is one XML, whatever it is of.
pub(super) fn flat(bytes: Vec<u8>, all_text: bool) -> Read {
    let content = text(bytes);
    let mut about = RawDocument::default();
    odt::properties(&mut about, &content);
    if has(&content, "<office:spreadsheet") {
        let mut book = Book::new(about, Vec::new());
        return book_of(&mut book, &content).map_or_else(|problem| vec![Err(problem)], |()| book.documents());
    }
    if has(&content, "<office:presentation") {
        return deck_of(Deck { about, ..Deck::default() }, &content);
    }
    vec![odt::flat(about, content, all_text)]
}

fn book_of(book: &mut Book, content: &str) -> Result<(), Problem> {
    if let Some(damage) = opendocument::sheets(content, book)? {
        book.problems.push(Problem::failed(format!("a damaged OpenDocument, read in part: {damage}")));
    }
    Ok(())
}

fn deck_of(mut deck: Deck, content: &str) -> Read {
    if let Some(damage) = opendocument::slides(content, &mut deck) {
        deck.problems.push(Problem::failed(format!("a damaged OpenDocument, read in part: {damage}")));
    }
    deck.documents()
}

/// The content of an OpenDocument package, what it says of itself, and what of it is not read.
fn opened(bytes: &[u8]) -> Result<(String, RawDocument, Vec<Problem>), Problem> {
    let mut parts = Parts::open(bytes)?;
    let manifest = parts.part("META-INF/manifest.xml").ok().flatten().map(text).unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Problem::failed("encrypted; it needs a password"));
    }
    let Some(content) = parts.part("content.xml")? else {
        return Err(Problem::failed("a damaged OpenDocument: content.xml is missing"));
    };
    let mut about = RawDocument::default();
    if let Ok(Some(meta)) = parts.part("meta.xml") {
        odt::properties(&mut about, &text(meta));
    }
    Ok((text(content), about, parts::unread(&parts.names())))
}

#[cfg(test)]
mod tests;
