//! The formats documents come in, one file each: from bytes to what the file says of itself.

mod fields;
#[cfg(feature = "html")]
mod html;
mod jsonl;
mod kind;
#[cfg(feature = "markdown")]
mod markdown;
mod plain;

use super::encoding;
use super::raw::RawDocument;

pub(crate) use jsonl::read_line;
pub(crate) use kind::{Format, HEAD, recognise};

/// Why this build cannot read a format.
pub(crate) fn unsupported(format: Format) -> Option<&'static str> {
    (format == Format::Html && !cfg!(feature = "html")).then_some("HTML, which this build does not read (feature html)")
}

/// Reads a file that is one document.
pub(crate) fn read_document(format: Format, bytes: Vec<u8>) -> RawDocument {
    match format {
        #[cfg(feature = "html")]
        Format::Html => {
            let declared = encoding::declared_charset(&bytes);
            html::read(encoding::decode(bytes, declared))
        }
        #[cfg(feature = "markdown")]
        Format::Markdown => markdown::read(encoding::decode(bytes, None)),
        _ => plain::read(encoding::decode(bytes, None)),
    }
}
