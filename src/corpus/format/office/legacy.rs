//! Word documents from before 2007, by a foreign reader that is guarded.

use std::io::{Cursor, Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use undoc::model::Document;
use undoc::{Error, Result};

use super::biff::{u16_at, u32_at};
use super::container::{stream, unread};
use super::stories::beside;
use super::summary::properties;
use crate::corpus::format::office::blocks::add_section;
use crate::corpus::format::shared::unread::Kind;
use crate::corpus::input::problem::{LOCKED, Problem};
use crate::corpus::raw::RawDocument;

/// The most bytes that are given to the foreign readers. They hold a file several times over.
const LONGEST: usize = 64 << 20;

/// The most numbers that are put right in a damaged document.
const MOST_EXCESSES: usize = 1_000;

/// Reads with a foreign reader, whose faults must not end a run over an archive.
fn guarded(
    what: &str,
    bytes: Vec<u8>,
    read: fn(Vec<u8>) -> Result<Document>,
) -> std::result::Result<Document, Problem> {
    if bytes.len() > LONGEST {
        return Err(Problem::failed(format!("{what} of more than {} MB, which is not read", LONGEST >> 20)));
    }
    match catch_unwind(AssertUnwindSafe(|| read(bytes))) {
        Ok(Ok(document)) => Ok(document),
        Ok(Err(Error::Encrypted)) => Err(Problem::failed(LOCKED)),
        Ok(Err(error)) => Err(Problem::failed(format!("{what} that is damaged: {error}"))),
        Err(_) => Err(Problem::failed(format!("{what} that is damaged: it cannot be read"))),
    }
}

/// A Word document that tells of no more characters than it has bytes, and lists its notes, heads and feet in their order.
/// The foreign reader asks for memory for as many as are told before it looks whether they are there, and reads what lies
/// between two places of such a list each time. None if it cannot be made so.
fn tamed(bytes: Vec<u8>) -> Option<Vec<u8>> {
    // What is too short to tell this is refused by the reader itself.
    let Ok(main) = stream(&bytes, &["/WordDocument"]) else { return Some(bytes) };
    let excesses = excesses(&bytes, &main).unwrap_or_default();
    if excesses.is_empty() {
        return Some(bytes);
    }
    if excesses.len() > MOST_EXCESSES {
        return None;
    }
    // A fault in foreign code must not end a run over an archive.
    let mend = AssertUnwindSafe(|| -> std::io::Result<Vec<u8>> {
        let mut file = cfb::CompoundFile::open(Cursor::new(bytes))?;
        for (name, at, number) in excesses {
            let mut stream = file.open_stream(name)?;
            stream.seek(SeekFrom::Start(at as u64))?;
            stream.write_all(&number.to_le_bytes())?;
            stream.flush()?;
        }
        Ok(file.into_inner().into_inner())
    });
    catch_unwind(mend).ok()?.ok()
}

/// Numbers of a Word document that tell of more than there is: their streams and places, and what they may be at most.
fn excesses(bytes: &[u8], main: &[u8]) -> Option<Vec<(&'static str, usize, u32)>> {
    const MAIN: &str = "/WordDocument";
    let most = u32::try_from(main.len()).ok()?;
    let is_excess = |at: &usize| u32_at(main, *at).is_some_and(|count| count > most);
    // Word 6 and 95 have another layout.
    if u16_at(main, 0)? == 0xa5dc || u16_at(main, 2)? < 0xc0 {
        return Some(Some(0x34).filter(is_excess).map(|at| (MAIN, at, most)).into_iter().collect());
    }
    let counts = 36 + 2 * usize::from(u16_at(main, 32)?);
    let places = counts + 4 * usize::from(u16_at(main, counts - 2)?) + 2;
    // Of the text, the footnotes, heads and feet, and comments.
    let of_stories = [3, 4, 5, 7].map(|number| counts + 4 * number);
    let mut excesses: Vec<_> = of_stories.into_iter().filter(is_excess).map(|at| (MAIN, at, most)).collect();
    let name = if u16_at(main, 0xa)? & 0x200 != 0 { "/1Table" } else { "/0Table" };
    let table = stream(bytes, &[name]).unwrap_or_default();
    // Of footnotes, heads and feet, and endnotes. The last entry of such a list may be anything.
    for list in [3, 11, 47] {
        let place = |at: usize| u32_at(main, places + 8 * list + at).and_then(|place| usize::try_from(place).ok());
        let (Some(begin), Some(length)) = (place(0), place(4)) else { continue };
        let mut before = 0;
        for at in (0..length / 4).filter_map(|entry| begin.checked_add(4 * entry)) {
            let Some(told) = u32_at(&table, at) else { break };
            if told < before || told > most {
                excesses.push((name, at, before));
            } else {
                before = told;
            }
        }
    }
    Some(excesses)
}

/// Reads a Word document, and tells what of it is not read.
pub(super) fn word(bytes: Vec<u8>) -> Vec<std::result::Result<RawDocument, Problem>> {
    let Some(bytes) = tamed(bytes) else {
        return vec![Err(Problem::failed("a Word 97-2003 document that is damaged: it tells of more than it has"))];
    };
    let mut raw = RawDocument::default();
    let mut problems: Vec<Problem> = properties(&mut raw, &bytes, "Word").into_iter().collect();
    let (beside, mut unread) = (beside(&bytes), unread(&bytes));
    let document =
        match guarded("a Word 97-2003 document", bytes, |bytes| undoc::doc::DocParser::from_bytes(bytes)?.parse()) {
            Ok(document) => document,
            Err(problem) => return vec![Err(problem)],
        };
    document.sections.iter().for_each(|section| add_section(&mut raw.text, section));
    for paragraph in beside.iter().flatten() {
        raw.text.push_str(paragraph);
        raw.text.push_str("\n\n");
    }
    if beside.is_none() {
        problems.push(Problem::failed("its comments and boxes cannot be read: the document is damaged"));
    }
    unread.add(Kind::Picture, document.resources.len());
    let read = if raw.text.trim().is_empty() { Err(Problem::nothing("a Word document without text")) } else { Ok(raw) };
    std::iter::once(read).chain(unread.problems().chain(problems).map(Err)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_document_that_tells_of_more_than_it_has_takes_no_memory_for_it() {
        let letter = include_bytes!("../../../../tests/fixtures/office/letter.doc");
        let text = word(letter.to_vec()).remove(0).unwrap().text;
        let first = text.lines().next().unwrap();
        let main = stream(letter, &["/WordDocument"]).unwrap();
        let most = main.len() as u32;
        // The characters of the text, in the layout of Word 97 and, under its name, in that of Word 6.
        for (name, at) in [(0xa5ec_u16, 0x4c), (0xa5dc, 0x34)] {
            let mut main = main.clone();
            main[..2].copy_from_slice(&name.to_le_bytes());
            main[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
            let mut file = cfb::CompoundFile::open(Cursor::new(letter.to_vec())).unwrap();
            file.create_stream("/WordDocument").unwrap().write_all(&main).unwrap();
            let bytes = file.into_inner().into_inner();
            let tame = tamed(bytes.clone()).unwrap();
            assert_eq!(u32_at(&stream(&tame, &["/WordDocument"]).unwrap(), at), Some(most), "{name:x}");
            let read = word(bytes);
            let is_read = || read[0].as_ref().unwrap().text.contains(first);
            assert!(name == 0xa5dc || is_read(), "{:?} for {text:?}", read[0]);
        }
    }
}
