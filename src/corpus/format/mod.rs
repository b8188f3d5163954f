//! The formats documents come in, one file each: from bytes to what the file says of itself.

#[cfg(feature = "csv")]
#[allow(dead_code)]
mod csv;
#[cfg(feature = "office")]
#[allow(dead_code)]
mod docx;
#[cfg(feature = "epub")]
#[allow(dead_code)]
mod epub;
#[cfg(feature = "xml")]
#[allow(dead_code)]
mod feed;
mod fields;
#[allow(dead_code)]
mod flow;
#[cfg(feature = "html")]
mod html;
#[allow(dead_code)]
mod iptc7901;
#[allow(dead_code)]
mod json;
mod jsonl;
mod kind;
#[cfg(feature = "mail")]
#[allow(dead_code)]
mod mail;
#[cfg(feature = "markdown")]
mod markdown;
#[allow(dead_code)]
mod markup;
#[cfg(feature = "mail")]
#[allow(dead_code)]
mod mbox;
#[cfg(feature = "mail")]
#[allow(dead_code)]
mod mhtml;
#[cfg(feature = "xml")]
#[allow(dead_code)]
mod newswire;
#[cfg(feature = "office")]
#[allow(dead_code)]
mod odt;
#[allow(dead_code)]
mod ole;
#[cfg(any(feature = "office", feature = "epub"))]
mod packed;
#[cfg(feature = "pdf")]
#[allow(dead_code)]
mod pdf;
mod plain;
#[allow(dead_code)]
mod properties;
#[cfg(feature = "xml")]
#[allow(dead_code)]
mod prose;
#[allow(dead_code)]
mod rtf;
#[cfg(feature = "xml")]
#[allow(dead_code)]
mod xml;

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
        _ => vec![Ok(plain::read(encoding::decode(bytes, declared)))],
    }
}
