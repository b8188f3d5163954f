//! Word documents from before 2007, by a foreign reader that is guarded.

use std::panic::{AssertUnwindSafe, catch_unwind};

use undoc::model::Document;
use undoc::{Error, Result};

use super::container::unread;
use super::stories::beside;
use super::summary::properties;
use crate::corpus::format::office::blocks::add_section;
use crate::corpus::format::shared::unread::Kind;
use crate::corpus::input::problem::{LOCKED, Problem};
use crate::corpus::raw::RawDocument;

/// The most bytes that are given to the foreign readers. They hold a file several times over.
const LONGEST: usize = 64 << 20;

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

/// Reads a Word document, and tells what of it is not read.
pub(super) fn word(bytes: Vec<u8>) -> Vec<std::result::Result<RawDocument, Problem>> {
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
