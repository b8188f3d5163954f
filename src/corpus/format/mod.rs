//! The formats that documents come in, one file each: from bytes to what the file says of itself.
//!
//! [`mod@recognise`] tells the format of a file, by its content first and then by its name; [`kind`] lists the formats and
//! says how each is read: whole, or cut into records. A format module makes [`RawDocument`]s,
//! which only repeat what the file says and guess nothing. What formats have in common is in [`shared`], [`mod@compound`]
//! is the container of old Office and Outlook files; [`markup`] reads pieces of HTML inside other formats, [`packed`] the
//! parts of a document that is a zip archive.
//!
//! The invariant: a format reads any bytes within limits. Bytes made to hurt (nested, endless, unpacking to gigabytes)
//! cost no more than the limits allow, and what goes beyond is a problem with a reason and no panic.
//!
//! CONTRIBUTING.md tells how a new format comes in, step by step.

#[cfg(feature = "bibliography")]
mod bibliography;
mod compound;
mod csv;
#[cfg(feature = "epub")]
mod epub;
#[cfg(feature = "xml")]
mod feed;
mod how;
#[cfg(feature = "html")]
mod html;
mod iptc7901;
mod json;
mod jsonl;
mod kind;
#[cfg(feature = "mail")]
mod mail;
#[cfg(feature = "markdown")]
mod markdown;
mod markup;
#[cfg(feature = "mail")]
mod mbox;
#[cfg(feature = "mail")]
mod mhtml;
#[cfg(feature = "mail")]
mod msg;
#[cfg(feature = "newspapers")]
mod newspaper;
#[cfg(feature = "xml")]
mod newswire;
#[cfg(feature = "office")]
mod office;
#[cfg(any(feature = "office", feature = "epub"))]
mod packed;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
#[cfg(feature = "xml")]
mod prose;
mod recognise;
mod rtf;
#[cfg(feature = "newspapers")]
mod scan;
mod shared;
mod subtitles;
#[cfg(feature = "xml")]
mod tei;
#[cfg(feature = "xml")]
mod xml;

use std::sync::Arc;

use encoding_rs::Encoding;

use super::encoding;
#[cfg(any(feature = "gzip", feature = "zstd", feature = "xz", feature = "bzip2"))]
use super::input::decompress;
use super::input::hashed_file::Bytes;
#[cfg(feature = "mail")]
use super::input::line_ends;
use super::input::problem::Problem;
#[cfg(feature = "mail")]
use super::raw::{Declared, Origin};
use super::raw::{Given, RawDocument};
#[cfg(feature = "mail")]
use crate::document::{Place, join};
use compound::kind::{OleKind, ole_kind};

#[cfg(feature = "bibliography")]
pub(crate) use bibliography::{Entry as Reference, entries as references_of, read as read_references};
pub(crate) use how::How;
pub(crate) use kind::{Format, Shape, unsupported};
#[cfg(feature = "newspapers")]
pub(crate) use newspaper::{IssueFiles, Unloaded, files as files_of_issue, mets as read_issue};
pub(crate) use recognise::{HEAD, recognise};

/// The properties of a file, known from its beginning, that its records need.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    /// The columns of a table.
    table: Option<Arc<csv::Table>>,
}

/// The bytes that a compressed file holds.
pub(crate) fn unpacked(format: Format, packed: Bytes) -> Bytes {
    match format {
        #[cfg(feature = "gzip")]
        Format::Gzip => decompress::gzip(packed),
        #[cfg(feature = "zstd")]
        Format::Zstd => decompress::zstd(packed),
        #[cfg(feature = "xz")]
        Format::Xz => decompress::xz(packed),
        #[cfg(feature = "bzip2")]
        Format::Bzip2 => decompress::bzip2(packed),
        _ => packed,
    }
}

/// The name of a compressed file after unpacking.
pub(crate) fn unpacked_name(name: &str) -> &str {
    let Some((before, extension)) = name.rsplit_once('.') else { return name };
    // A tar archive is recognised by its content after unpacking.
    if ["gz", "gzip", "zst", "zstd", "tgz", "xz", "txz", "bz2", "bzip2", "tbz2", "tbz"]
        .iter()
        .any(|packed| extension.eq_ignore_ascii_case(packed))
    {
        before
    } else {
        name
    }
}

/// The byte at which the first record of a file of records begins, and the context that its records need.
pub(crate) fn begin(format: Format, head: &[u8]) -> (Context, usize) {
    match format {
        Format::JsonLines if head.starts_with(b"\xef\xbb\xbf") => (Context::default(), 3),
        Format::JsonArray => (Context::default(), json::array_start(head).unwrap_or_default()),
        Format::Csv => {
            let table = csv::header(head);
            let begin = table.begin;
            (Context { table: Some(Arc::new(table)) }, begin)
        }
        _ => (Context::default(), 0),
    }
}

/// The end of the last whole record in `block`, which begins where a record does. None if there is none. With `at_end`,
/// the remainder is whole.
pub(crate) fn cut(format: Format, block: &[u8], at_end: bool) -> Option<usize> {
    match format {
        _ if at_end => Some(block.len()),
        Format::JsonLines => memchr::memrchr(b'\n', block).map(|at| at + 1),
        Format::JsonArray => json::cut(block, at_end),
        Format::Csv => csv::cut(block, at_end),
        #[cfg(feature = "mail")]
        Format::Mbox => mbox::cut(block, at_end),
        _ => None,
    }
}

/// The end of the record of that number, from 1, in bytes that begin with a record; none where no record after it has
/// begun. No more is looked at than the records up to it.
pub(crate) fn end_of(format: Format, block: &[u8], number: usize) -> Option<usize> {
    let end = match format {
        Format::JsonLines => memchr::memchr_iter(b'\n', block).nth(number.checked_sub(1)?).map(|at| at + 1),
        Format::JsonArray => json::end_of(block, number),
        Format::Csv => csv::end_of(block, number),
        #[cfg(feature = "mail")]
        Format::Mbox => mbox::end_of(block, number),
        _ => None,
    };
    end.filter(|&end| end < block.len())
}

/// The number of records in a block of whole ones.
pub(crate) fn count(format: Format, block: &[u8]) -> u64 {
    match format {
        Format::JsonLines => memchr::memchr_iter(b'\n', block).count() as u64,
        Format::JsonArray => json::count(block),
        Format::Csv => csv::count(block),
        #[cfg(feature = "mail")]
        Format::Mbox => mbox::count(block),
        _ => 1,
    }
}

/// Reads a block of whole records. It begins on the line `line` of the
/// file, with the record of the number `first`, both from 1.
#[cfg_attr(not(feature = "mail"), allow(unused_variables, reason = "rules leave out parts of mails alone"))]
pub(crate) fn read_records(
    format: Format,
    block: &[u8],
    context: &Context,
    line: u32,
    first: u64,
    how: How<'_>,
) -> Vec<Result<RawDocument, Problem>> {
    match (format, &context.table) {
        (Format::JsonLines, _) => jsonl::read_block(block, line),
        (Format::JsonArray, _) => json::read_block(block, line, first),
        (Format::Csv, Some(table)) => csv::read_block(block, table, line, first),
        #[cfg(feature = "mail")]
        (Format::Mbox, _) => {
            mbox::read_block(block, line, first, how.all_text, |message, bytes| with_attachments(message, bytes, how))
        }
        // A format without an arm here must not vanish in silence.
        _ => vec![Err(Problem::on_line(line, "records of this format cannot be read here"))],
    }
}

/// Reads a file that is no file of records: one document, mostly.
pub(crate) fn read_whole(
    format: Format,
    bytes: Vec<u8>,
    given: &Given,
    how: How<'_>,
) -> Vec<Result<RawDocument, Problem>> {
    let all_text = how.all_text;
    let declared = given.charset.as_deref().and_then(|name| Encoding::for_label(name.as_bytes()));
    match format {
        #[cfg(feature = "html")]
        Format::Html => {
            let declared = declared.or_else(|| encoding::declared_charset(&bytes));
            vec![Ok(html::read(encoding::decode(bytes, declared), all_text))]
        }
        #[cfg(feature = "markdown")]
        Format::Markdown => vec![Ok(markdown::read(encoding::decode(bytes, declared)))],
        #[cfg(feature = "pdf")]
        Format::Pdf => with_losses(pdf::read(bytes, how)),
        #[cfg(feature = "office")]
        Format::Docx => office::docx(bytes, all_text),
        #[cfg(feature = "epub")]
        Format::Epub => with_losses(epub::read(bytes, all_text)),
        Format::Rtf => rtf::read(bytes, all_text),
        #[cfg(feature = "mail")]
        Format::Mail => with_attachments(mail::read(bytes.clone(), all_text), &bytes, how),
        #[cfg(feature = "mail")]
        Format::Mhtml => vec![mhtml::read(bytes, all_text)],
        #[cfg(feature = "xml")]
        Format::Feed => feed::read(bytes),
        #[cfg(feature = "xml")]
        Format::Newswire => newswire::read(bytes),
        #[cfg(feature = "newspapers")]
        Format::Alto => newspaper::alto(bytes),
        #[cfg(feature = "newspapers")]
        Format::PageXml => newspaper::page_xml(bytes),
        #[cfg(feature = "newspapers")]
        Format::Hocr => newspaper::hocr(bytes.clone()).unwrap_or_else(|empty| {
            // A web page may have such classes and no words in them.
            let page = if unsupported(Format::Html).is_none() {
                read_whole(Format::Html, bytes, given, how)
            } else {
                Vec::new()
            };
            if page.iter().flatten().any(|raw| !raw.text.trim().is_empty()) { page } else { empty }
        }),
        #[cfg(feature = "newspapers")]
        Format::Mets => newspaper::mets(bytes, &|_| {
            Err(newspaper::Unloaded::Elsewhere(
                "lie in an archive with their METS, and are read by themselves".to_owned(),
            ))
        }),
        #[cfg(feature = "xml")]
        Format::Tei => tei::read(bytes, all_text),
        #[cfg(feature = "xml")]
        Format::Xml => prose::read(bytes),
        #[cfg(feature = "bibliography")]
        Format::References => bibliography::read(bytes, None),
        Format::Subtitles => vec![Ok(subtitles::read(encoding::decode(bytes, declared), all_text))],
        Format::Iptc7901 => iptc7901::read(bytes),
        Format::Json => json::read(bytes),
        Format::OldOffice => read_old(bytes, how),
        #[cfg(feature = "office")]
        Format::Xlsx => office::xlsx(&bytes),
        #[cfg(feature = "office")]
        Format::Pptx => office::pptx(&bytes),
        #[cfg(feature = "office")]
        Format::Odt | Format::Ods | Format::Odp => office::open_document(bytes, all_text),
        #[cfg(feature = "office")]
        Format::FlatOpenDocument => office::flat(bytes, all_text),
        #[cfg(feature = "newspapers")]
        Format::Picture => scan::read(&bytes, how.recogniser),
        _ => vec![Ok(plain::read(encoding::decode(bytes, declared)))],
    }
}

/// Reads a file from before 2007, as far as this build can.
#[cfg_attr(not(feature = "mail"), allow(unused_variables, reason = "rules leave out parts of mails alone"))]
fn read_old(bytes: Vec<u8>, how: How<'_>) -> Vec<Result<RawDocument, Problem>> {
    match ole_kind(&bytes) {
        #[cfg(feature = "mail")]
        OleKind::Message => read_msg(&bytes, how),
        #[cfg(feature = "office")]
        OleKind::Word => office::doc(bytes),
        #[cfg(feature = "office")]
        OleKind::Excel => office::xls(&bytes),
        #[cfg(feature = "office")]
        OleKind::PowerPoint => office::ppt(&bytes),
        kind @ OleKind::Locked => vec![Err(Problem::failed(kind.reason()))],
        kind => vec![Err(Problem::nothing(kind.reason()))],
    }
}

/// Reads an Outlook message and what is attached to it.
#[cfg(feature = "mail")]
fn read_msg(bytes: &[u8], how: How<'_>) -> Vec<Result<RawDocument, Problem>> {
    let msg::Written { mail, delivered, submitted, problems } = match msg::to_mail(bytes) {
        Ok(written) => written,
        Err(problem) => return vec![Err(problem)],
    };
    let message = mail::read(mail.clone(), how.all_text).map(|mut raw| {
        for declared in raw.declared.iter_mut().filter(|_| submitted) {
            declared.place = declared.place.replace("header Date", "time of sending");
        }
        let (name, place, origin) = ("created".to_owned(), "time of delivery".to_owned(), Origin::Mail);
        raw.declared.extend(delivered.map(|value| Declared { origin, name, value, place }));
        raw
    });
    let mut read = with_attachments(message, &mail, how);
    read.extend(problems.into_iter().map(Err));
    read
}

/// A document, and a problem for what of it could not be read.
#[cfg(any(feature = "pdf", feature = "epub"))]
fn with_losses(read: Result<RawDocument, Problem>) -> Vec<Result<RawDocument, Problem>> {
    let mut losses = Vec::new();
    if let Ok(raw) = &read {
        let told = [
            ("unread_pages", "pages that cannot be read"),
            ("incomplete_pages", "pages read in part"),
            ("unread_streams", "streams besides pictures that are not read, as they may unpack too far"),
            ("unread_chapters", "chapters that cannot be read"),
            ("unrecognised_pages", "pages that are not recognised"),
        ];
        for (name, what) in told {
            losses.extend(raw.metadata.get(name).map(|which| Err(Problem::failed(format!("{what}: {which}")))));
        }
        // A page that was scanned, or left blank.
        let empty = raw.metadata.get("pages_without_text");
        losses.extend(empty.map(|count| Err(Problem::nothing(format!("pages that hold no text: {count}")))));
    }
    std::iter::once(read).chain(losses).collect()
}

/// A message and its attachments, which are documents too if their formats are no archives.
#[cfg(feature = "mail")]
fn with_attachments(
    message: Result<RawDocument, Problem>,
    bytes: &[u8],
    how: How<'_>,
) -> Vec<Result<RawDocument, Problem>> {
    let Ok(raw) = &message else { return vec![message] };
    let around = raw.place.member.clone().unwrap_or_default();
    // The day of sending is a weak clue to an attachment's day of publication.
    let sent: Vec<Declared> = raw
        .declared
        .iter()
        .filter(|declared| declared.origin == Origin::Mail && matches!(declared.name.as_str(), "date" | "publisher"))
        .map(|declared| Declared {
            origin: Origin::Properties,
            name: declared.name.replace("date", "created"),
            place: format!("mail {}", declared.place),
            ..declared.clone()
        })
        .collect();
    let mut read = Vec::new();
    for (name, bytes) in mail::attachments(bytes) {
        let member = join(&around, &name);
        let further = |way: Option<String>| join(&member, way.as_deref().unwrap_or_default());
        for document in read_attachment(&name, bytes, how) {
            read.push(match document {
                Ok(mut document) => {
                    document.declared.extend_from_slice(&sent);
                    document.key = format!("{}\0{member}\0{}", raw.key, document.key);
                    document.place = Place { member: Some(further(document.place.member)), ..document.place };
                    document.place.byte = None;
                    Ok(document)
                }
                Err(problem) => Err(Problem { member: Some(further(problem.member)), ..problem }),
            });
        }
    }
    std::iter::once(message).chain(read).collect()
}

#[cfg(feature = "mail")]
fn read_attachment(name: &str, mut bytes: Vec<u8>, how: How<'_>) -> Vec<Result<RawDocument, Problem>> {
    let recognised = |bytes: &[u8]| recognise(bytes.get(..HEAD).unwrap_or(bytes), name);
    let mut format = recognised(&bytes);
    let lines = format.as_ref().is_ok_and(|format| format.is_lines());
    if lines && line_ends::has_bare_returns(&bytes) && !encoding::is_wide(&bytes) {
        line_ends::with_line_feeds(&mut bytes);
        format = recognised(&bytes);
    }
    let format = match format {
        Ok(format) => format,
        Err(reason) => return vec![Err(Problem::nothing(reason))],
    };
    if let Some(reason) = unsupported(format) {
        return vec![Err(Problem::nothing(reason))];
    }
    match format.shape() {
        Shape::Packed | Shape::Container => vec![Err(Problem::failed("an attached archive, which is not read"))],
        Shape::Records => {
            let (context, begin) = self::begin(format, &bytes);
            let line = 1 + memchr::memchr_iter(b'\n', bytes.get(..begin).unwrap_or_default()).count() as u32;
            read_records(format, bytes.get(begin..).unwrap_or_default(), &context, line, 1, how)
        }
        Shape::Whole => read_whole(format, bytes, &Given::default(), how),
    }
}

#[cfg(test)]
#[cfg(feature = "mail")]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_message_is_dated_by_its_sending_and_its_delivery_is_a_weaker_clue() {
        let read = read_whole(Format::OldOffice, msg::tests::message(), &Given::default(), How::default());
        let raw = read[0].as_ref().unwrap();
        let told: Vec<String> =
            raw.declared.iter().map(|told| format!("{} {} {}", told.name, told.value, told.place)).collect();
        for expected in ["date 1996-02-26T10:00:00Z time of sending", "created 1996-02-27T10:00:00Z time of delivery"] {
            assert!(told.iter().any(|told| told == expected), "{told:?}");
        }
        let members: Vec<&str> = read.iter().flatten().filter_map(|raw| raw.place.member.as_deref()).collect();
        assert!(members[0].starts_with("ducks.csv"), "{members:?}");
        assert!(members.iter().any(|member| member.starts_with("message-2.eml")), "{members:?}");
    }
}
