//! Web pages saved with everything they need in one file (MHTML): a message of which the page is one part.

use encoding_rs::Encoding;
use mail_parser::{MessagePart, MimeHeaders, PartType};

use super::mail;
use crate::corpus::encoding;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::RawDocument;

/// Returns whether a file begins as a saved page does: with the header of a message that nobody sent.
pub(crate) fn is_mhtml(head: &[u8]) -> bool {
    let Some(headers) = mail::headers(head) else { return false };
    let of = |name: &str| headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    let saved = of("From").is_some_and(|from| from.contains("<Saved by")) || of("Snapshot-Content-Location").is_some();
    let sent = ["To", "Received", "Message-ID", "Delivered-To"].iter().any(|name| of(name).is_some());
    let kind = of("Content-Type").map(|kind| kind.to_ascii_lowercase()).unwrap_or_default();
    saved && !kind.is_empty()
        || !sent && of("MIME-Version").is_some() && kind.starts_with("multipart/related")
        || !sent && of("Content-Location").is_some() && kind.starts_with("text/html")
}

/// Reads a saved page. The day of saving is kept as a fact, and is no clue to the day of publication.
pub(crate) fn read(bytes: Vec<u8>, all_text: bool) -> Result<RawDocument, Problem> {
    let message = bytes.trim_ascii_start();
    let Some(parsed) = mail::parse(message) else {
        return Err(Problem::failed("a saved page (MHTML) whose parts cannot be told apart"));
    };
    let is_page = |part: &&MessagePart| matches!(part.body, PartType::Html(_));
    let start = parsed.content_type().and_then(|kind| kind.attribute("start")).map(|id| id.trim_matches(['<', '>']));
    let root = start.and_then(|start| parsed.parts.iter().find(|part| part.content_id() == Some(start)));
    let Some(part) = root.filter(is_page).or_else(|| parsed.parts.iter().find(is_page)) else {
        return Err(Problem::failed("a saved page (MHTML) without a page in it"));
    };
    let location = mail::header(&parsed, "Snapshot-Content-Location")
        .or_else(|| mail::header(&parsed, "Content-Location"))
        .or_else(|| part.content_location().map(str::to_owned))
        .map(|location| location.replace(' ', ""));
    let label = part.content_type().and_then(|kind| kind.attribute("charset"));
    let declared = label.and_then(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    let page = mail::contents(&parsed, part);
    let declared = declared.or_else(|| encoding::declared_charset(&page));
    let mut raw = page_of(encoding::decode(page, declared), all_text);
    let frames: Vec<&MessagePart> =
        parsed.parts.iter().filter(is_page).filter(|other| !std::ptr::eq(*other, part)).collect();
    for frame in frames.iter().filter(|_| all_text) {
        let frame = page_of(encoding::decode(mail::contents(&parsed, frame), None), all_text);
        raw.text.push_str("\n\n");
        raw.text.push_str(&frame.text);
    }
    raw.leave_out("frames of a saved page", if all_text { 0 } else { frames.len() });
    raw.url = raw.url.or(location.filter(|location| location.starts_with("http")));
    raw.title = raw.title.filter(|title| !title.trim().is_empty()).or_else(|| mail::header(&parsed, "Subject"));
    if let Some(date) = mail::header(&parsed, "Date") {
        raw.metadata.insert("saved".to_owned(), date);
    }
    Ok(raw)
}

#[cfg(feature = "html")]
fn page_of(page: encoding::Decoded, all_text: bool) -> RawDocument {
    super::html::read(page, all_text)
}

#[cfg(not(feature = "html"))]
fn page_of(page: encoding::Decoded, _: bool) -> RawDocument {
    RawDocument {
        text: super::markup::text_of(&page.text),
        encoding: Some(page.encoding.to_owned()),
        certainty: Some(page.certainty),
        ..RawDocument::default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const PAGE: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://mill.example/turns\r\nSubject: =?utf-8?Q?The_mill?=\r\nDate: Mon, 26 Feb 2024 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"b\"\r\n\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-ID: <f@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://mill.example/turns\r\n\r\n<html><head><meta charset=3D\"windows-1252\"></head><body><p>The m=FChle turns.</p></body></html>\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n";

    #[test]
    fn the_page_is_read_and_the_day_it_was_saved_is_no_clue() {
        assert!(is_mhtml(PAGE.as_bytes()));
        let raw = read(PAGE.into(), false).unwrap();
        assert_eq!(raw.text, "The mühle turns.");
        assert_eq!((raw.url.as_deref(), raw.title.as_deref()), (Some("https://mill.example/turns"), Some("The mill")));
        assert_eq!(raw.metadata.get("saved").map(String::as_str), Some("Mon, 26 Feb 2024 10:00:00 -0000"));
        assert!(raw.declared.is_empty(), "{:?}", raw.declared);
    }

    #[test]
    fn mail_with_pictures_is_no_saved_page() {
        for (head, expected) in [
            ("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n", true),
            ("Content-Location: http://a.example/\nContent-Type: text/html\n\n", true),
            ("MIME-Version: 1.0\nMessage-ID: <1@a>\nTo: b\nContent-Type: multipart/related; boundary=b\n\n", false),
            ("MIME-Version: 1.0\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n", false),
            ("words", false),
        ] {
            assert_eq!(is_mhtml(head.as_bytes()), expected, "{head}");
        }
        let cut = PAGE.split_once("<html>").unwrap().0;
        assert!(read(cut.into(), false).is_err() || read(cut.into(), false).unwrap().text.is_empty());
        assert!(read(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n".to_vec(), false).is_err());
    }
}
