//! The formats documents come in, one file each: from bytes to what the file says of itself.

#[cfg(feature = "office")]
mod docx;
#[cfg(feature = "epub")]
mod epub;
mod fields;
#[cfg(feature = "html")]
mod html;
mod jsonl;
mod kind;
#[cfg(feature = "markdown")]
mod markdown;
#[cfg(feature = "office")]
mod odt;
mod ole;
#[cfg(any(feature = "office", feature = "epub"))]
mod packed;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
mod properties;
mod rtf;

use encoding_rs::Encoding;

use super::encoding;
use super::problem::Problem;
use super::raw::{Given, RawDocument};
use super::source::Bytes;
#[cfg(any(feature = "gzip", feature = "zstd"))]
use super::unpack;

pub(crate) use kind::{Format, HEAD, Shape, recognise, unsupported};

/// What the records of a file have to know of its beginning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {}

/// The bytes that a compressed file holds.
pub(crate) fn unpacked(format: Format, packed: Bytes) -> Bytes {
    match format {
        #[cfg(feature = "gzip")]
        Format::Gzip => unpack::gzip(packed),
        #[cfg(feature = "zstd")]
        Format::Zstd => unpack::zstd(packed),
        _ => packed,
    }
}

/// The name a compressed file has once unpacked.
pub(crate) fn unpacked_name(name: &str) -> &str {
    let Some((before, extension)) = name.rsplit_once('.') else { return name };
    // What was a tar archive is recognised as one by its content.
    if ["gz", "gzip", "zst", "zstd", "tgz"].iter().any(|packed| extension.eq_ignore_ascii_case(packed)) {
        before
    } else {
        name
    }
}

/// Where the first record of a file of records begins, in bytes, and what they all have to know.
pub(crate) fn begin(format: Format, head: &[u8]) -> (Context, usize) {
    match format {
        Format::JsonLines if head.starts_with(b"\xef\xbb\xbf") => (Context::default(), 3),
        _ => (Context::default(), 0),
    }
}

/// The end of the last record that is whole within `block`, which begins where a record does; none if none is. With
/// `at_end`, all that is left is.
pub(crate) fn cut(format: Format, block: &[u8], at_end: bool) -> Option<usize> {
    match format {
        _ if at_end => Some(block.len()),
        Format::JsonLines => memchr::memrchr(b'\n', block).map(|at| at + 1),
        _ => None,
    }
}

/// How many records a block of whole ones has.
pub(crate) fn count(format: Format, block: &[u8]) -> u64 {
    match format {
        Format::JsonLines => memchr::memchr_iter(b'\n', block).count() as u64,
        _ => 1,
    }
}

/// Reads a block of whole records. It begins on the line `line` of the file, with the record of the number `first`,
/// both from 1.
pub(crate) fn read_records(
    format: Format,
    block: &[u8],
    _context: &Context,
    line: u32,
    _first: u64,
) -> Vec<Result<RawDocument, Problem>> {
    match format {
        Format::JsonLines => jsonl::read_block(block, line),
        _ => Vec::new(),
    }
}

/// Reads a file that is no file of records: one document, mostly.
pub(crate) fn read_whole(format: Format, bytes: Vec<u8>, given: &Given) -> Vec<Result<RawDocument, Problem>> {
    let declared = given.charset.as_deref().and_then(|name| Encoding::for_label(name.as_bytes()));
    match format {
        #[cfg(feature = "html")]
        Format::Html => {
            let declared = declared.or_else(|| encoding::declared_charset(&bytes));
            vec![Ok(html::read(encoding::decode(bytes, declared)))]
        }
        #[cfg(feature = "markdown")]
        Format::Markdown => vec![Ok(markdown::read(encoding::decode(bytes, declared)))],
        #[cfg(feature = "pdf")]
        Format::Pdf => with_losses(pdf::read(bytes)),
        #[cfg(feature = "office")]
        Format::Docx => vec![docx::read(bytes)],
        #[cfg(feature = "office")]
        Format::Odt => vec![odt::read(bytes)],
        #[cfg(feature = "epub")]
        Format::Epub => with_losses(epub::read(bytes)),
        Format::Rtf => vec![rtf::read(bytes)],
        Format::OldOffice => vec![Err(Problem::nothing(ole::ole_kind(&bytes)))],
        _ => vec![Ok(plain::read(encoding::decode(bytes, declared)))],
    }
}

/// A document, and what of it could not be read.
#[cfg(any(feature = "pdf", feature = "epub"))]
fn with_losses(read: Result<RawDocument, Problem>) -> Vec<Result<RawDocument, Problem>> {
    let mut losses = Vec::new();
    if let Ok(raw) = &read {
        let told = [
            ("unread_pages", "pages that cannot be read"),
            ("incomplete_pages", "pages read in part"),
            ("unread_chapters", "chapters that cannot be read"),
        ];
        for (name, what) in told {
            losses.extend(raw.metadata.get(name).map(|which| Err(Problem::failed(format!("{what}: {which}")))));
        }
    }
    std::iter::once(read).chain(losses).collect()
}
