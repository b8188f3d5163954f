//! Recognises the format of a file: by its content first, then by its name.

#[cfg(feature = "bibliography")]
use super::bibliography;
use super::compound::kind::MAGIC as COMPOUND;
use super::kind::{Format, Shape};
#[cfg(feature = "newspapers")]
use super::newspaper;
#[cfg(feature = "xml")]
use super::xml;
use super::{csv, iptc7901, json, subtitles};
#[cfg(feature = "mail")]
use super::{mail, mbox, mhtml};
use crate::corpus::encoding;

/// The bytes of a file's head by which it is recognised.
pub(crate) const HEAD: usize = 64 * 1024;

/// Data known by its first bytes, and the name it has in the reason for not reading it.
const MAGIC: [(&[u8], &str); 16] = [
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive, which is not read"),
    (b"Rar!\x1a\x07", "a RAR archive, which is not read"),
    (b"GIF8", "an image"),
    (b"\0\0\x01\0", "an image"),
    (b"8BPS", "an image"),
    (b"<svg", "an image"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound or video recording"),
    (b"fLaC", "a sound recording"),
    (b"\x1aE\xdf\xa3", "a video recording"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"%!PS", "PostScript is not read"),
];

/// Formats known by their first bytes.
const SIGNED: [(&[u8], Format); 18] = [
    (b"%PDF-", Format::Pdf),
    (b"{\\rtf", Format::Rtf),
    (COMPOUND, Format::OldOffice),
    // Workbooks from before there were containers (BIFF 2 to 4).
    (b"\x09\x00\x04\x00", Format::OldOffice),
    (b"\x09\x00\x06\x00", Format::OldOffice),
    (b"\x09\x02\x06\x00", Format::OldOffice),
    (b"\x09\x04\x06\x00", Format::OldOffice),
    (b"\x1f\x8b", Format::Gzip),
    (b"\xfd7zXZ\0", Format::Xz),
    (b"\x28\xb5\x2f\xfd", Format::Zstd),
    // A frame to be passed over may come first.
    (b"\x50\x2a\x4d\x18", Format::Zstd),
    (b"WARC/", Format::WebArchive),
    (b"filedesc://", Format::WebArchive),
    (b"PK\x05\x06", Format::Zip),
    (b"\x89PNG\r\n", Format::Picture),
    (b"\xff\xd8\xff", Format::Picture),
    (b"II*\0", Format::Picture),
    (b"MM\0*", Format::Picture),
];

/// Names of files that are text but no documents, and of files that are not what their names say.
const NAMES: [(&str, &str); 14] = [
    ("css", "a style sheet"),
    ("js", "a script"),
    ("mjs", "a script"),
    ("map", "a source map"),
    ("svg", "an image"),
    ("xml", "a file named XML that is none"),
    ("rtf", "a file named RTF that is none"),
    ("pdf", "a file named PDF that is none"),
    ("doc", "a file named DOC that is none"),
    ("docx", "a file named DOCX that is none"),
    ("odt", "a file named ODT that is none"),
    ("epub", "a file named EPUB that is none"),
    ("zip", "a file named ZIP that is none"),
    ("gz", "a file named GZ that is not gzip"),
];

/// Recognises a file by its first bytes (up to [`HEAD`]) and its name, without the `.gz` of a compressed one.
///
/// Fails with the reason why the file is not read.
pub(crate) fn recognise(head: &[u8], name: &str) -> Result<Format, String> {
    if head.is_empty() {
        return Err("an empty file".to_owned());
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    if let Some((_, format)) = SIGNED.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Ok(*format);
    }
    // The size of its blocks follows, and then the number pi, or that of its root where there is no block.
    let is_bzip2 = |rest: &[u8]| {
        rest.first().is_some_and(u8::is_ascii_digit) && matches!(rest.get(1..4), None | Some(b"1AY" | b"\x17\x72\x45"))
    };
    if head.strip_prefix(b"BZh").is_some_and(is_bzip2) {
        return Ok(Format::Bzip2);
    }
    if let Some(known) = known_data(head) {
        return known;
    }
    // Mail programs and servers have put lines before the PDF's beginning.
    if extension == "pdf" && memchr::memmem::find(head.get(..1024).unwrap_or(head), b"%PDF-").is_some() {
        return Ok(Format::Pdf);
    }
    if iptc7901::is_iptc7901(head) {
        return Ok(Format::Iptc7901);
    }
    if encoding::is_binary(head) {
        return Err("a binary file".to_owned());
    }
    let wide = encoding::is_wide(head);
    let decoded = wide.then(|| encoding::decode(head.to_vec(), None).text.into_bytes());
    let head = decoded.as_deref().unwrap_or(head);
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let format = recognise_text(text, &extension, name)?;
    // Records are separated by bytes.
    if wide && format.shape() == Shape::Records {
        return Err(format!("{} in UTF-16; save it as UTF-8", records_of(format)));
    }
    Ok(format)
}

fn recognise_text(text: &[u8], extension: &str, name: &str) -> Result<Format, String> {
    if matches!(extension, "jsonl" | "ndjson") || is_json_lines(text, extension == "json") {
        return Ok(Format::JsonLines);
    }
    if is_capture_index(text) {
        return Err("an index of a web archive, which lists pages and holds none".to_owned());
    }
    #[cfg(feature = "bibliography")]
    if bibliography::is_list(text, extension) {
        return Ok(Format::References);
    }
    if subtitles::is_subtitles(text) {
        return Ok(Format::Subtitles);
    }
    #[cfg(feature = "mail")]
    if let Some(format) = mail_kind(text) {
        return Ok(format);
    }
    // Pages are saved without their frame, and then begin with whatever stood first in them.
    let named = matches!(extension, "html" | "htm" | "xhtml" | "shtml");
    if is_html(text) || named && !text.starts_with(b"<?xml") {
        #[cfg(feature = "newspapers")]
        if newspaper::is_hocr(text) {
            return Ok(Format::Hocr);
        }
        return Ok(Format::Html);
    }
    if text.starts_with(b"[") || text.starts_with(b"{") {
        if json::array_start(text).is_some() {
            return Ok(Format::JsonArray);
        }
        if extension == "json" || text.starts_with(b"{") && is_json(text) {
            return Ok(Format::Json);
        }
    }
    #[cfg(feature = "xml")]
    match xml::xml_kind(text) {
        Some(xml::XmlKind::Feed) => return Ok(Format::Feed),
        Some(xml::XmlKind::Newswire) => return Ok(Format::Newswire),
        Some(xml::XmlKind::Mets) => return Ok(Format::Mets),
        Some(xml::XmlKind::Alto) => return Ok(Format::Alto),
        Some(xml::XmlKind::PageXml) => return Ok(Format::PageXml),
        Some(xml::XmlKind::Tei) => return Ok(Format::Tei),
        Some(xml::XmlKind::FlatOpenDocument) => return Ok(Format::FlatOpenDocument),
        Some(xml::XmlKind::Other(_)) => return Ok(Format::Xml),
        None => {}
    }
    if text.starts_with(b"<?xml") {
        return Ok(Format::Xml);
    }
    match extension {
        "md" | "markdown" | "mdown" | "mkd" | "mkdn" | "rmd" | "qmd" => return Ok(Format::Markdown),
        "html" | "htm" | "xhtml" | "shtml" => return Ok(Format::Html),
        "eml" | "emlx" => return Ok(Format::Mail),
        "json" => return Err("a file named JSON that is none".to_owned()),
        _ => {}
    }
    if csv::is_csv(text, name) {
        return Ok(Format::Csv);
    }
    if let Some((_, reason)) = NAMES.iter().find(|(name, _)| *name == extension) {
        return Err((*reason).to_owned());
    }
    Ok(if has_front_matter(text) { Format::Markdown } else { Format::Plain })
}

#[cfg(feature = "mail")]
fn mail_kind(text: &[u8]) -> Option<Format> {
    if mbox::is_mbox(text) {
        Some(Format::Mbox)
    } else if mhtml::is_mhtml(text) {
        Some(Format::Mhtml)
    } else if mail::is_mail(text) {
        Some(Format::Mail)
    } else {
        None
    }
}

/// The name of a file of records.
fn records_of(format: Format) -> &'static str {
    match format {
        Format::Csv => "a table",
        Format::Mbox => "a mailbox",
        _ => "JSON",
    }
}

/// Returns whether a text is an index of a web archive (CDX, CDXJ): the address sorted by host, a time, and where the
/// page lies.
fn is_capture_index(text: &[u8]) -> bool {
    let line = text.split(|byte| *byte == b'\n').find(|line| !line.starts_with(b"!"));
    let line = String::from_utf8_lossy(
        line.unwrap_or_default().get(..512.min(line.unwrap_or_default().len())).unwrap_or_default(),
    );
    let mut words = line.split_ascii_whitespace();
    let first = words.next().unwrap_or_default();
    if first == "CDX" {
        return words.clone().count() >= 5 && words.all(|word| word.len() == 1);
    }
    let stamped =
        words.next().is_some_and(|stamp| stamp.len() == 14 && stamp.bytes().all(|byte| byte.is_ascii_digit()));
    stamped && first.contains(")/") && words.next().is_some_and(|word| word.starts_with('{') || word.contains("://"))
}

/// Returns whether a text is one JSON object, as far as it goes.
fn is_json(text: &[u8]) -> bool {
    match serde_json::from_slice::<serde::de::IgnoredAny>(text) {
        Ok(_) => true,
        Err(error) => error.is_eof() && text.len() + 16 >= HEAD,
    }
}

fn known_data(head: &[u8]) -> Option<Result<Format, String>> {
    if let Some((_, reason)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(Err((*reason).to_owned()));
    }
    let has = |at: usize, magic: &[u8]| head.get(at..).is_some_and(|rest| rest.starts_with(magic));
    if has(0, b"PK\x03\x04") || has(0, b"PK\x07\x08") {
        return Some(zip_kind(head));
    }
    if has(257, b"ustar") {
        return Some(Ok(Format::Tar));
    }
    let reason = if has(0, b"RIFF") && has(8, b"WEBP") {
        "an image"
    } else if has(0, b"RIFF") || has(4, b"ftyp") {
        "a sound or video recording"
    } else {
        return None;
    };
    Some(Err(reason.to_owned()))
}

/// Tells Office formats, which are zip archives, by the first names in them.
fn zip_kind(head: &[u8]) -> Result<Format, String> {
    let has = |word: &[u8]| memchr::memmem::find(head, word).is_some();
    // The first member's name follows its header of 30 bytes. Names further on may be those of documents in an archive.
    let first = |word: &[u8]| head.get(30..).is_some_and(|rest| rest.starts_with(word));
    let office = [b"[Content_Types].xml".as_slice(), b"_rels/", b"docProps/", b"word/", b"xl/", b"ppt/"];
    let office = office.iter().any(|word| first(word));
    if first(b"mimetypeapplication/epub+zip") || first(b"META-INF/") && has(b"META-INF/container.xml") {
        Ok(Format::Epub)
    } else if first(b"mimetypeapplication/vnd.oasis.opendocument.text") {
        Ok(Format::Odt)
    } else if first(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet") {
        Ok(Format::Ods)
    } else if first(b"mimetypeapplication/vnd.oasis.opendocument.presentation") {
        Ok(Format::Odp)
    } else if first(b"mimetypeapplication/vnd.oasis.opendocument") {
        Err("an OpenDocument file that is no text, spreadsheet or presentation, which is not read".to_owned())
    } else if office && has(b"word/") {
        Ok(Format::Docx)
    } else if office && has(b"xl/") {
        Ok(Format::Xlsx)
    } else if office && has(b"ppt/") {
        Ok(Format::Pptx)
    } else {
        Ok(Format::Zip)
    }
}

/// Returns whether the first line is a whole JSON object and the next one begins another. The name of the file may
/// replace the second condition.
fn is_json_lines(text: &[u8], named: bool) -> bool {
    if !text.starts_with(b"{") {
        return false;
    }
    let (first, rest) = match memchr::memchr(b'\n', text) {
        Some(end) => text.split_at(end),
        None => (text, [].as_slice()),
    };
    let next = rest.trim_ascii_start();
    if !(next.starts_with(b"{") || (named && next.is_empty())) {
        // A first line longer than the head can only be judged by its beginning.
        return named && rest.is_empty() && text.len() + 3 >= HEAD;
    }
    serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok()
}

fn is_html(text: &[u8]) -> bool {
    let mut rest = text;
    // Declarations and comments may come first.
    for _ in 0..20 {
        rest = rest.trim_ascii_start();
        let begins = |word: &[u8]| rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
        if begins(b"<!doctype html") || begins(b"<html") {
            return true;
        }
        let end: &[u8] = if rest.starts_with(b"<!--") {
            b"-->"
        } else if rest.starts_with(b"<?xml") {
            b"?>"
        } else {
            // Without its frame a page mostly still begins with its head.
            return begins(b"<head>") || begins(b"<body") || begins(b"<meta ") || begins(b"<title>");
        };
        match memchr::memmem::find(rest, end).and_then(|at| rest.get(at + end.len()..)) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    false
}

/// Returns whether the text opens with a block between two `---` or two `+++` lines in which something has a value.
fn has_front_matter(text: &[u8]) -> bool {
    let (fence, sign): (&[u8], u8) = if text.starts_with(b"---") { (b"---", b':') } else { (b"+++", b'=') };
    let mut lines = text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end);
    if lines.next() != Some(fence) {
        return false;
    }
    let mut values = 0;
    for line in lines.take(200) {
        if line == fence {
            return values > 0;
        }
        let name = line.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
        values +=
            usize::from(name > 0 && line.get(name..).unwrap_or_default().trim_ascii_start().first() == Some(&sign));
    }
    false
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn content_goes_before_the_name() {
        use Format::*;
        let cases: [(&str, &str, Format); 21] = [
            ("words", "a.txt", Plain),
            ("words", "README", Plain),
            ("# Heading", "a.md", Markdown),
            ("---\ntitle: A\n---\nwords", "a.txt", Markdown),
            ("+++\ntitle = \"A\"\n+++\nwords", "a", Markdown),
            ("---\nnothing here\n---\n", "a.txt", Plain),
            ("---\ntitle: never closed", "a.txt", Plain),
            ("<!DOCTYPE html><p>x", "a.txt", Html),
            ("<?xml version='1.0'?>\n<!-- c -->\n<HTML>", "a.xhtml", Html),
            ("\u{feff} <html lang=en>", "a", Html),
            ("<p>fragment", "a.html", Html),
            ("<script>x</script><p>fragment", "a.htm", Html),
            ("a < b", "a.txt", Plain),
            ("{\"text\":1}\n{\"text\":2}\n", "a.txt", JsonLines),
            ("{\"text\":1}\n", "a.json", JsonLines),
            ("{\"text\":1", "a.jsonl", JsonLines),
            ("", "a.jsonl", JsonLines),
            ("{ not json }\n{ at all }\n", "a.txt", Plain),
            ("{\"text\":1}\nwords", "a.txt", Plain),
            ("{\"a\":1}\r\n{\"a\":2}\r\n", "data", JsonLines),
            ("{\"a\":1}", "a.ndjson", JsonLines),
        ];
        for (content, name, expected) in cases.into_iter().filter(|(content, ..)| !content.is_empty()) {
            assert_eq!(recognise(content.as_bytes(), name), Ok(expected), "{content:?} {name}");
        }
    }

    #[test]
    fn packed_formats_are_told_by_their_first_bytes() {
        use Format::*;
        let zip = |rest: &str| format!("PK\u{3}\u{4}..........................{rest}").into_bytes();
        let cases = [
            (b"%PDF-1.4".to_vec(), Pdf),
            (b"{\\rtf1 x}".to_vec(), Rtf),
            (zip("mimetypeapplication/epub+zip"), Epub),
            (zip("META-INF/....META-INF/container.xml"), Epub),
            (zip("mimetypeapplication/vnd.oasis.opendocument.text"), Odt),
            (zip("[Content_Types].xml....word/document.xml"), Docx),
            (zip("[Content_Types].xml....xl/workbook.xml"), Xlsx),
            (zip("_rels/.rels....ppt/presentation.xml"), Pptx),
            (zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), Ods),
            (zip("mimetypeapplication/vnd.oasis.opendocument.presentation"), Odp),
            (zip("a.txt....word/document.xml [Content_Types].xml"), Zip),
            (b"WARC/1.0".to_vec(), WebArchive),
        ];
        for (head, format) in cases {
            assert_eq!(recognise(&head, "a.txt"), Ok(format));
        }
        let texts = [
            ("{\n \"text\": 1\n}\n", "a.txt", Json),
            ("[{\"text\": 1}, {\"text\": 2}]", "a.txt", JsonArray),
            ("date,title,text\n1992,a,b\n", "a.csv", Csv),
            #[cfg(feature = "xml")]
            ("<?xml version='1.0'?><nitf/>", "a.txt", Newswire),
            #[cfg(feature = "xml")]
            ("<rss version='2.0'><channel/></rss>", "a.txt", Feed),
            #[cfg(feature = "mail")]
            ("From ann@example.org Mon Jun  1 10:00:00 2009\nSubject: x\n\nwords", "a.txt", Mbox),
            #[cfg(feature = "mail")]
            (
                "Received: from a\nFrom: Ann <a@example.org>\nDate: Mon, 1 Jun 2009 10:00:00 +0000\nSubject: x\n\nw",
                "a",
                Mail,
            ),
        ];
        for (head, name, format) in texts {
            assert_eq!(recognise(head.as_bytes(), name), Ok(format), "{head}");
        }
        assert_eq!(recognise(b"junk before\n%PDF-1.4\n", "a.pdf"), Ok(Pdf));
    }

    #[test]
    fn xz_and_bzip2_are_told_by_more_than_three_letters() {
        for (head, expected) in [
            (&b"\xfd7zXZ\0\0\x04"[..], Some(Format::Xz)),
            (b"BZh91AY&SY", Some(Format::Bzip2)),
            (b"BZh1\x17\x72\x45\x38", Some(Format::Bzip2)),
            (b"BZh is what the boat was called.", None),
            (b"BZh9 was painted on it.", None),
            (b"\x89PNG\r\n\x1a\n", Some(Format::Picture)),
        ] {
            let known = recognise(head, "a").ok().filter(|known| *known != Format::Plain);
            assert_eq!(known, expected, "{head:?}");
        }
    }

    #[test]
    fn what_is_not_read_is_named() {
        let cases: [(&[u8], &str, &str); 8] = [
            (b"", "a.txt", "an empty file"),
            (b"GIF89a", "a.txt", "an image"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "a", "an image"),
            (b"\x01\x02\x03\0\0\0\0\0", "a.txt", "a binary file"),
            (b"words", "a.docx", "a file named DOCX that is none"),
            (b"words", "a.json", "a file named JSON that is none"),
            (b"{\0\"\0a\0\"\0:\0[\0]\0}\0\n\0", "a.jsonl", "JSON in UTF-16; save it as UTF-8"),
            (b"body { color: red }", "A.CSS", "a style sheet"),
        ];
        for (content, name, reason) in cases {
            assert_eq!(recognise(content, name), Err(reason.to_owned()), "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_head_is_recognised_or_refused(head in proptest::collection::vec(any::<u8>(), 0..200), name in "[a-z.]{0,9}") {
            let _ = recognise(&head, &name);
        }
    }
}
