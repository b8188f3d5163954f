//! OpenDocument texts: the paragraphs of `content.xml`, and what `meta.xml` says (OASIS OpenDocument 1.3).

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, Reader};

use super::packed::{Parts, text};
use super::properties::{declare, real_title};
use super::xml;
use super::xml::local;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::RawDocument;

/// The deepest nesting. No honest document nests deeper.
const DEEPEST: usize = 1_000;

/// The most blanks that one element may stand for.
const BLANKS: usize = 100;

/// Reads an OpenDocument text. Fails if it is encrypted, damaged before its first word, or longer than a document may
/// be. With `all_text`, text deleted in revision is read too.
pub(crate) fn read(bytes: Vec<u8>, all_text: bool) -> Result<RawDocument, Problem> {
    let mut parts = Parts::open(&bytes)?;
    let manifest = parts.part("META-INF/manifest.xml").ok().flatten().map(text).unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Problem::failed("encrypted; it needs a password"));
    }
    let Some(content) = parts.part("content.xml")? else {
        return Err(Problem::failed("a damaged OpenDocument: content.xml is missing"));
    };
    let mut raw = RawDocument::default();
    let content = text(content);
    let ended = Body { all_text, ..Body::default() }.read(&content, &mut raw.text);
    if !all_text {
        raw.leave_out("deleted words", memchr::memmem::find_iter(content.as_bytes(), "<text:deletion").count());
    }
    if content.contains("<office:annotation") {
        add_apart(&mut raw.text, content.into_bytes(), &["annotation"]);
    }
    if let Ok(Some(styles)) = parts.part("styles.xml")
        && ["<style:header", "<style:footer"].iter().any(|tag| memchr::memmem::find(&styles, tag.as_bytes()).is_some())
    {
        add_apart(&mut raw.text, styles, &["header", "footer"]);
    }
    if raw.text.trim().is_empty() {
        return Err(match ended {
            Ok(()) => Problem::nothing("an OpenDocument without text"),
            Err(error) => Problem::failed(format!("a damaged OpenDocument: {error}")),
        });
    }
    if let Ok(Some(meta)) = parts.part("meta.xml") {
        properties(&mut raw, &text(meta));
    }
    Ok(raw)
}

/// Reads a text that is one XML, with what is known of it already.
pub(super) fn flat(mut raw: RawDocument, content: String, all_text: bool) -> Result<RawDocument, Problem> {
    let ended = Body { all_text, ..Body::default() }.read(&content, &mut raw.text);
    if content.contains("<office:annotation") {
        add_apart(&mut raw.text, content.into_bytes(), &["annotation"]);
    }
    match ended {
        _ if !raw.text.trim().is_empty() => Ok(raw),
        Ok(()) => Err(Problem::nothing("an OpenDocument without text")),
        Err(error) => Err(Problem::failed(format!("a damaged OpenDocument: {error}"))),
    }
}

/// Adds the paragraphs of elements with these names behind a text: remarks in the margin, heads and feet of pages.
fn add_apart(out: &mut String, xml: Vec<u8>, names: &[&str]) {
    let tree = xml::read(xml);
    let Some(root) = tree.root() else { return };
    let elements = tree.descendants(root).filter(|id| names.contains(&local(tree.name(*id))));
    let paragraphs =
        elements.flat_map(|id| tree.descendants(id).filter(|id| matches!(local(tree.name(*id)), "p" | "h")));
    for words in paragraphs.filter_map(|paragraph| tree.line_of(paragraph)) {
        out.truncate(out.trim_end().len());
        out.push_str(if out.is_empty() { "" } else { "\n\n" });
        out.push_str(&words);
        out.push('\n');
    }
}

/// The state of reading a body.
#[derive(Default)]
struct Body {
    /// Set to read deleted text too.
    all_text: bool,
    depth: usize,
    /// The depth of the element whose content is left out.
    skipped: Option<usize>,
    /// The number of open paragraphs: those of notes and frames lie in others.
    paragraphs: usize,
    /// The number of open tables. Their rows are lines, with tabs between cells.
    tables: usize,
    /// White space that is written before the next words.
    gap: &'static str,
}

impl Body {
    fn read(mut self, xml: &str, out: &mut String) -> Result<(), Error> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().allow_dangling_amp = true;
        loop {
            match reader.read_event()? {
                Event::Start(element) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Ok(());
                    }
                    self.begin(&element, out);
                }
                Event::Empty(element) if self.skipped.is_none() => self.empty(&element, out),
                Event::End(element) => {
                    self.end(element.local_name().as_ref(), out);
                    self.depth = self.depth.saturating_sub(1);
                }
                Event::Text(words) => self.words(&words.xml10_content(), out),
                Event::CData(words) => self.words(&words.xml10_content(), out),
                Event::GeneralRef(reference) => self.reference(&reference, out),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn begin(&mut self, element: &BytesStart, out: &mut String) {
        if self.skipped.is_some() {
            return;
        }
        match element.local_name().as_ref() {
            // These are deleted text, the content of scripts and forms, remarks in the margin, and how indexes are
            // made.
            "tracked-changes" if self.all_text => {}
            "tracked-changes"
            | "scripts"
            | "forms"
            | "annotation"
            | "automatic-styles"
            | "font-face-decls"
            | "ruby-text"
            | "sequence-decls"
            | "note-citation"
            | "table-of-content-source"
            | "index-source-styles" => {
                self.skipped = Some(self.depth);
            }
            "p" | "h" => {
                if self.paragraphs > 0 && !out.ends_with('[') {
                    self.break_line(out);
                }
                self.paragraphs += 1;
            }
            // Notes stand in the sentence that they are about.
            "note" if self.paragraphs > 0 => {
                self.close_gap(out);
                out.push_str(" [");
            }
            "table" => self.tables += 1,
            _ => self.empty(element, out),
        }
    }

    /// Elements that stand for white space.
    fn empty(&mut self, element: &BytesStart, out: &mut String) {
        match element.local_name().as_ref() {
            "tab" => self.gap = "\t",
            "line-break" => self.break_line(out),
            "s" => {
                let told = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == "c");
                let count = told.and_then(|attribute| attribute.value.parse().ok()).unwrap_or(1_usize);
                if self.paragraphs > 0 {
                    out.extend(std::iter::repeat_n(' ', count.min(BLANKS)));
                }
                self.gap = "";
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str, out: &mut String) {
        if let Some(depth) = self.skipped {
            if depth == self.depth {
                self.skipped = None;
            }
            return;
        }
        match name {
            "p" | "h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                if self.tables > 0 || self.paragraphs > 0 {
                    self.gap = if self.tables > 0 { " " } else { "\n" };
                } else {
                    self.break_paragraph(out);
                }
            }
            "table-cell" if self.tables > 0 && !out.ends_with(['\n', '\t']) && !out.is_empty() => self.gap = "\t",
            "table-row" => self.break_line(out),
            "table" => {
                self.tables = self.tables.saturating_sub(1);
                self.break_paragraph(out);
            }
            "note" if self.paragraphs > 0 => {
                self.gap = "";
                out.push(']');
            }
            _ => {}
        }
    }

    fn break_line(&mut self, out: &mut String) {
        self.gap = "";
        out.truncate(out.trim_end_matches([' ', '\t']).len());
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
    }

    fn break_paragraph(&mut self, out: &mut String) {
        self.break_line(out);
        if !out.is_empty() && !out.ends_with("\n\n") {
            out.push('\n');
        }
    }

    /// White space counts as one blank, and as none at the beginning of a paragraph.
    fn words(&mut self, words: &str, out: &mut String) {
        if self.paragraphs == 0 || self.skipped.is_some() {
            return;
        }
        for c in words.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' => {
                    if self.gap.is_empty() && !out.ends_with([' ', '\n', '\t']) {
                        self.gap = " ";
                    }
                }
                '\u{ad}' => {}
                c => {
                    self.close_gap(out);
                    out.push(c);
                }
            }
        }
    }

    fn close_gap(&mut self, out: &mut String) {
        let gap = std::mem::take(&mut self.gap);
        if gap == "\n" {
            self.break_line(out);
        } else if !out.is_empty() && !out.ends_with('\n') {
            out.push_str(gap);
        }
    }

    /// Adds a character reference. Only the five names of XML and numbers are known: no document of this kind declares
    /// others.
    fn reference(&mut self, reference: &quick_xml::events::BytesRef, out: &mut String) {
        if let Ok(Some(c)) = reference.resolve_char_ref() {
            self.words(c.encode_utf8(&mut [0; 4]), out);
        } else if let Some(meant) = quick_xml::escape::resolve_predefined_entity(reference.as_ref()) {
            self.words(meant, out);
        }
    }
}

/// Adds the values of `meta.xml`, whose elements contain only text.
pub(super) fn properties(raw: &mut RawDocument, xml: &str) {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().allow_dangling_amp = true;
    let (mut name, mut value) = (String::new(), String::new());
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) => {
                name = element.name().as_ref().to_owned();
                value.clear();
            }
            Event::Text(words) => value.push_str(&words.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(c)) => value.push(c),
                _ => {
                    value
                        .push_str(quick_xml::escape::resolve_predefined_entity(reference.as_ref()).unwrap_or_default());
                }
            },
            Event::End(element) if element.name().as_ref() == name => property(raw, &name, value.trim()),
            Event::Eof => return,
            _ => {}
        }
    }
}

fn property(raw: &mut RawDocument, name: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    match name {
        "dc:title" => raw.title = real_title(value).or(raw.title.take()),
        "dc:language" => raw.language = Some(value.to_owned()),
        "meta:creation-date" => declare(raw, "created", value, "OpenDocument meta:creation-date"),
        "dc:date" => declare(raw, "modified", value, "OpenDocument dc:date"),
        "meta:initial-creator" => declare(raw, "author", value, "OpenDocument meta:initial-creator"),
        // This is whoever saved it last. It counts as the author unless somebody else is named.
        "dc:creator" if !raw.declared.iter().any(|declared| declared.name == "author") => {
            declare(raw, "author", value, "OpenDocument dc:creator");
        }
        "meta:generator" => declare(raw, "program", value, "OpenDocument meta:generator"),
        "dc:subject" | "dc:description" | "meta:keyword" | "meta:user-defined" => {
            let key = name.rsplit(':').next().unwrap_or(name).to_owned();
            raw.metadata
                .entry(key)
                .and_modify(|all| {
                    all.push_str(", ");
                    all.push_str(value);
                })
                .or_insert_with(|| value.to_owned());
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::corpus::format::packed::tests::archive;

    fn odt(body: &str) -> Vec<u8> {
        let content = format!(
            "<?xml version=\"1.0\"?><office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        );
        let meta = "<office:document-meta><office:meta><dc:title>The old bridge &amp; I</dc:title>\
                    <meta:initial-creator>Anna Example</meta:initial-creator><dc:creator>Tom Sample</dc:creator>\
                    <meta:creation-date>2003-05-06T07:08:09</meta:creation-date><dc:date>2004-05-06T07:08:09</dc:date>\
                    <dc:language>de-DE</dc:language></office:meta></office:document-meta>";
        archive(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", &content),
            ("meta.xml", meta),
        ])
    }

    #[test]
    fn the_body_becomes_text() {
        for (body, expected) in [
            ("<text:h>Head</text:h><text:p>One <text:span>two</text:span>.</text:p>", "Head\n\nOne two."),
            ("<text:p>a<text:tab/>b<text:s text:c=\"3\"/>c<text:line-break/>d</text:p>", "a\tb   c\nd"),
            ("<text:p>  a \n  b </text:p>", "a b"),
            ("<text:p>a &lt; b &#233; &unknown;</text:p>", "a < b é"),
            ("<text:list><text:list-item><text:p>x</text:p></text:list-item></text:list>", "x"),
            ("<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:p>kept</text:p>", "kept"),
            (
                "<text:p>word<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note> on</text:p>",
                "word [A note.] on",
            ),
            (
                "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>\
                 <table:table-row><table:table-cell><text:p>c</text:p><text:p>d</text:p></table:table-cell></table:table-row></table:table><text:p>end</text:p>",
                "a\tb\nc d\n\nend",
            ),
        ] {
            assert_eq!(read(odt(body), false).unwrap().text.trim(), expected, "{body}");
        }
    }

    #[test]
    fn what_it_says_of_itself_is_kept() {
        let raw = read(odt("<text:p>x</text:p>"), false).unwrap();
        assert_eq!((raw.title.as_deref(), raw.language.as_deref()), (Some("The old bridge & I"), Some("de-DE")));
        let declared: Vec<(&str, &str)> = raw.declared.iter().map(|d| (d.name.as_str(), d.value.as_str())).collect();
        assert_eq!(
            declared,
            [("author", "Anna Example"), ("created", "2003-05-06T07:08:09"), ("modified", "2004-05-06T07:08:09")]
        );
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let locked =
            archive(&[("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>"), ("content.xml", "\u{1}\u{2}")]);
        for (bytes, reason) in [
            (locked, "encrypted; it needs a password"),
            (archive(&[("a", "b")]), "a damaged OpenDocument: content.xml is missing"),
            (odt(""), "an OpenDocument without text"),
            (b"PK\x03\x04".to_vec(), "damaged or cut off: the list of its parts cannot be found"),
        ] {
            assert_eq!(read(bytes, false).unwrap_err().reason, reason);
        }
    }

    #[test]
    fn hostile_markup_is_survived() {
        let deep = format!("<text:p>first</text:p>{}", "<text:p>x".repeat(200_000));
        assert!(read(odt(&deep), false).unwrap().text.starts_with("first"));
        let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><a><text:p>one &b;</text:p></a>";
        let raw = read(archive(&[("content.xml", bomb)]), false).unwrap();
        assert_eq!(raw.text.trim(), "one");
    }
}
