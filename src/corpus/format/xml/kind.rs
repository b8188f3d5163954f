//! The kinds of XML files.

use super::tree::local;
use crate::corpus::format::markup;

/// The kind of an XML file, by its outermost element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum XmlKind {
    Feed,
    Newswire,
    FlatOpenDocument,
    Mets,
    Alto,
    PageXml,
    Tei,
    /// Another, by its name.
    Other(String),
}

/// The kind of an XML file, by its head. None if that is no XML.
pub(crate) fn xml_kind(head: &[u8]) -> Option<XmlKind> {
    let mut rest = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let mut declared = false;
    for _ in 0..64 {
        let begins = |sign: &[u8]| rest.starts_with(sign);
        let end = if begins(b"<!--") {
            memchr::memmem::find(rest, b"-->")? + 3
        } else if begins(b"<?") {
            declared = true;
            memchr::memmem::find(rest, b"?>")? + 2
        } else if begins(b"<!") {
            declared = true;
            doctype_end(rest)?
        } else {
            break;
        };
        rest = rest.get(end..)?.trim_ascii_start();
    }
    let tag = rest.strip_prefix(b"<")?;
    let end = tag.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))?;
    let name = std::str::from_utf8(tag.get(..end)?).ok()?;
    if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') || name.contains(['<', '"', '=', '@']) {
        return None;
    }
    let opening = tag.get(..memchr::memchr(b'>', tag).unwrap_or(tag.len())).unwrap_or(tag);
    let has = |word: &[u8]| memchr::memmem::find(opening, word).is_some();
    let named = opening.get(end..).unwrap_or_default();
    match local(name) {
        "rss" | "feed" | "channel" => Some(XmlKind::Feed),
        "RDF" if has(b"/rss/1.0") || has(b"netscape.com/rdf/simple") => Some(XmlKind::Feed),
        "nitf" | "newsItem" | "newsMessage" | "packageItem" | "conceptItem" | "knowledgeItem" | "NewsML" => {
            Some(XmlKind::Newswire)
        }
        "document" if has(b"urn:oasis:names:tc:opendocument:xmlns:office:1.0") => Some(XmlKind::FlatOpenDocument),
        "mets" => Some(XmlKind::Mets),
        "alto" => Some(XmlKind::Alto),
        "PcGts" => Some(XmlKind::PageXml),
        "TEI" | "TEI.2" | "teiCorpus" | "teiCorpus.2" => Some(XmlKind::Tei),
        "tei" if declared || has(b"tei-c.org") => Some(XmlKind::Tei),
        // A scrap of a page is read as such.
        other if !declared && (markup::is_markup(&format!("<{other}>")) || has(b"/1999/xhtml")) => None,
        // Without a declaration an element must look like one: a text may open with a word in angle brackets.
        other if declared || named.first() != Some(&b'>') && named.contains(&b'=') || closes(rest, name) => {
            Some(XmlKind::Other(other.to_owned()))
        }
        _ => None,
    }
}

fn closes(rest: &[u8], name: &str) -> bool {
    memchr::memmem::find(rest, format!("</{name}>").as_bytes()).is_some()
}

/// The end of a declaration in which others may stand between brackets.
fn doctype_end(rest: &[u8]) -> Option<usize> {
    let close = memchr::memchr(b'>', rest)?;
    match memchr::memchr(b'[', rest.get(..close)?) {
        None => Some(close + 1),
        Some(bracket) => {
            let inner = memchr::memchr(b']', rest.get(bracket..)?)? + bracket;
            Some(memchr::memchr(b'>', rest.get(inner..)?)? + inner + 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_go_by_the_outermost_element() {
        let cases: [(&str, Option<XmlKind>); 13] = [
            ("<?xml version='1.0'?><!-- <nitf> --><rss version='2.0'>", Some(XmlKind::Feed)),
            ("<feed xmlns='http://www.w3.org/2005/Atom'>", Some(XmlKind::Feed)),
            ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", Some(XmlKind::Feed)),
            ("<?xml version='1.0'?><rdf:RDF xmlns:a='b'>", Some(XmlKind::Other("RDF".into()))),
            ("\u{feff}<!DOCTYPE nitf SYSTEM 'x.dtd' [ <!ENTITY a 'b>'> ]>\n<nitf>", Some(XmlKind::Newswire)),
            ("<newsMessage xmlns='x'>", Some(XmlKind::Newswire)),
            ("<NewsML>", Some(XmlKind::Newswire)),
            ("<TEI xmlns='http://www.tei-c.org/ns/1.0'>", Some(XmlKind::Tei)),
            ("<doc><p>Words</p></doc>", Some(XmlKind::Other("doc".into()))),
            ("<applause> The minister thanked all.", None),
            ("<ann@example.org> wrote", None),
            ("<div class='x'>words</div>", None),
            ("words", None),
        ];
        for (head, expected) in cases {
            assert_eq!(xml_kind(head.as_bytes()), expected, "{head}");
        }
    }
}
