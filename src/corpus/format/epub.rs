//! EPUB: the chapters of a book in reading order, and what its package says (EPUB 3.3, 2.0.1).

use std::collections::HashSet;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rbook::Epub;
use rbook::epub::metadata::EpubMetadata;

use super::html::whole_text;
use super::packed::{LONGEST_FILE, Parts, text};
use super::shared::properties::declare;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::{Declared, Origin, RawDocument};

/// The kind of a page.
const PAGE: &str = "application/xhtml+xml";

/// Encryptions that only scramble fonts and keep nobody from reading. Anything else that is encrypted is not read.
const SCRAMBLED_FONTS: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

/// Reads a book as one document, with blank lines between chapters. Fails if it is protected, damaged so that no
/// chapter can be read, or longer than a document may be. With `all_text`, pages that are not in the reading order
/// follow.
pub(crate) fn read(bytes: Vec<u8>, all_text: bool) -> Result<RawDocument, Problem> {
    let mut parts = Parts::open(&bytes)?;
    parts.measure()?;
    let locks = parts.part("META-INF/encryption.xml").ok().flatten().map(text).unwrap_or_default();
    let algorithms = || locks.match_indices("Algorithm=").filter_map(|(at, _)| locks.get(at + 11..));
    if algorithms().any(|algorithm| !SCRAMBLED_FONTS.iter().any(|known| algorithm.starts_with(known))) {
        return Err(Problem::failed("encrypted; it is protected against copying (DRM)"));
    }
    drop(parts);
    // A fault in foreign code must not end a run over an archive.
    catch_unwind(AssertUnwindSafe(|| read_book(bytes, all_text)))
        .unwrap_or_else(|_| Err(Problem::failed("a damaged EPUB: it cannot be read")))
}

fn read_book(bytes: Vec<u8>, all_text: bool) -> Result<RawDocument, Problem> {
    let damaged = |error: &dyn std::fmt::Display| Problem::failed(format!("a damaged EPUB: {error}"));
    let book = Epub::options().skip_toc(true).read(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut raw = RawDocument::default();
    let mut missing = Vec::new();
    let mut unpacked = 0_u64;
    for entry in book.spine().iter() {
        let Some(chapter) = entry.manifest_entry() else {
            missing.push(entry.idref().to_owned());
            continue;
        };
        match chapter.read_bytes() {
            Ok(page) => {
                // A chapter may be named repeatedly.
                unpacked = unpacked.saturating_add(page.len() as u64);
                if unpacked > LONGEST_FILE {
                    return Err(Problem::failed(format!("longer than a document may be, {} MB", LONGEST_FILE >> 20)));
                }
                add_chapter(&mut raw.text, &text(page));
            }
            Err(_) => missing.push(chapter.id().to_owned()),
        }
    }
    let read: HashSet<String> = book.spine().iter().map(|entry| entry.idref().to_owned()).collect();
    for page in book.manifest().iter().filter(|page| page.media_type() == PAGE && !read.contains(page.id())) {
        // Tables of contents and covers, mostly.
        raw.leave_out("pages out of the reading order", 1);
        if let Some(page) = all_text.then(|| page.read_bytes().ok()).flatten() {
            unpacked = unpacked.saturating_add(page.len() as u64);
            if unpacked <= LONGEST_FILE {
                add_chapter(&mut raw.text, &text(page));
            }
        }
    }
    if raw.text.trim().is_empty() {
        return Err(match missing.len() {
            0 => Problem::nothing("an EPUB without text"),
            count => Problem::failed(format!("a damaged EPUB: none of its {count} chapters can be read")),
        });
    }
    if !missing.is_empty() {
        missing.truncate(20);
        raw.metadata.insert("unread_chapters".to_owned(), missing.join(", "));
    }
    properties(&mut raw, &book.metadata());
    Ok(raw)
}

/// Adds the words of a chapter and a blank line.
fn add_chapter(book: &mut String, page: &str) {
    // Heads of XHTML may hold an empty `<title/>`, which would open in HTML and hide the rest.
    let body = memchr::memmem::find(page.as_bytes(), b"<body").and_then(|at| page.get(at..)).unwrap_or(page);
    let words = whole_text(body);
    let words = words.trim();
    if !words.is_empty() {
        book.push_str(words);
        book.push_str("\n\n");
    }
}

fn properties(raw: &mut RawDocument, told: &EpubMetadata) {
    raw.title = told.title().map(|title| title.value().trim().to_owned()).filter(|title| !title.is_empty());
    raw.language = told.language().map(|language| language.value().trim().to_owned());
    let mut field = |name: &str, value: &str| {
        let (origin, value) = (Origin::Field, value.trim().to_owned());
        if !value.is_empty() {
            raw.declared.push(Declared { origin, name: name.to_owned(), value, place: format!("EPUB {name}") });
        }
    };
    if let Some(date) = told.published_entry() {
        // Most books say only `dc:date`, which should be, and mostly is, the day this edition came out.
        let named = date.attributes().iter().any(|attribute| attribute.value() == "publication");
        field(if named { "publication date" } else { "dc:date" }, date.value());
    }
    for author in told.creators() {
        field("author", author.value());
    }
    if let Some(publisher) = told.publishers().next() {
        field("publisher", publisher.value());
    }
    if let Some(date) = told.modified_entry() {
        declare(raw, "modified", date.value(), "EPUB dcterms:modified");
    }
    if let Some(description) = told.description() {
        raw.metadata.insert("description".to_owned(), description.value().trim().to_owned());
    }
    let tags: Vec<&str> = told.tags().map(|tag| tag.value().trim()).take(50).collect();
    if !tags.is_empty() {
        raw.metadata.insert("keywords".to_owned(), tags.join(", "));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::corpus::format::packed::tests::archive;

    const CONTAINER: &str = r#"<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
        <rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;

    fn package(metadata: &str) -> String {
        format!(
            r#"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id">
            <metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
            <dc:identifier id="id">1</dc:identifier><dc:title>The old bridge</dc:title><dc:language>en-GB</dc:language>{metadata}</metadata>
            <manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="b" href="b.xhtml" media-type="application/xhtml+xml"/></manifest>
            <spine><itemref idref="b"/><itemref idref="a"/></spine></package>"#
        )
    }

    fn epub(metadata: &str, more: &[(&str, &str)]) -> Vec<u8> {
        let package = package(metadata);
        let mut parts = vec![
            ("mimetype", "application/epub+zip"),
            ("META-INF/container.xml", CONTAINER),
            ("OPS/book.opf", package.as_str()),
            ("OPS/a.xhtml", "<html><head><title/></head><body><h1>Two</h1><p>Second &amp; last.</p></body></html>"),
            ("OPS/b.xhtml", "<html><head><title>x</title></head><body><h1>One</h1><p>First.</p></body></html>"),
        ];
        parts.extend(more);
        archive(&parts)
    }

    #[test]
    fn chapters_are_read_in_the_order_of_reading() {
        let raw = read(epub("", &[]), false).unwrap();
        assert_eq!(raw.text.trim(), "One\n\nFirst.\n\nTwo\n\nSecond & last.");
        assert_eq!((raw.title.as_deref(), raw.language.as_deref()), (Some("The old bridge"), Some("en-GB")));
    }

    #[test]
    fn the_package_is_declared() {
        let metadata = r#"<dc:creator>Anna Example</dc:creator><dc:publisher>Example Press</dc:publisher>
            <dc:date opf:event="creation">2001-01-01</dc:date><dc:date opf:event="publication">2003-05-06</dc:date>"#;
        let raw = read(epub(metadata, &[]), false).unwrap();
        let declared: Vec<(&str, &str)> = raw.declared.iter().map(|d| (d.name.as_str(), d.value.as_str())).collect();
        assert_eq!(
            declared,
            [("publication date", "2003-05-06"), ("author", "Anna Example"), ("publisher", "Example Press")]
        );
        assert!(raw.declared.iter().all(|declared| declared.origin == Origin::Field));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let lock =
            r#"<encryption><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></encryption>"#;
        let fonts = r#"<encryption><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></encryption>"#;
        let problem = read(epub("", &[("META-INF/encryption.xml", lock)]), false).unwrap_err();
        assert_eq!(problem.reason, "encrypted; it is protected against copying (DRM)");
        assert!(read(epub("", &[("META-INF/encryption.xml", fonts)]), false).is_ok());
        assert!(read(archive(&[("a", "b")]), false).unwrap_err().reason.starts_with("a damaged EPUB: "));
        let package = package("");
        let empty = archive(&[("META-INF/container.xml", CONTAINER), ("OPS/book.opf", &package)]);
        assert_eq!(read(empty, false).unwrap_err().reason, "a damaged EPUB: none of its 2 chapters can be read");
    }
}
