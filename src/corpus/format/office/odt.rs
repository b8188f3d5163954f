//! OpenDocument texts: the paragraphs of `content.xml`, and what `meta.xml` says (OASIS OpenDocument 1.3).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::corpus::format::shared::properties::{declare, real_title};
use crate::corpus::format::xml;
use crate::corpus::format::xml::{Id, Tree, local};
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::RawDocument;

/// The deepest nesting. No honest document nests deeper.
const DEEPEST: usize = 1_000;

/// The most blanks that one element may stand for.
const BLANKS: usize = 100;

/// Reads an OpenDocument text, of which `raw` says what is known already: its content, and the part with its styles
/// where that is another. With `all_text`, text deleted in revision is read too.
pub(super) fn read(
    mut raw: RawDocument,
    content: String,
    styles: Option<Vec<u8>>,
    all_text: bool,
) -> Vec<Result<RawDocument, Problem>> {
    let ended = Body { all_text, ..Body::default() }.read(&content, &mut raw.text);
    if !all_text {
        raw.leave_out("deleted words", memchr::memmem::find_iter(content.as_bytes(), "<text:deletion").count());
    }
    let mut damage: Vec<String> = ended.err().into_iter().collect();
    if has_any(content.as_bytes(), &["<office:annotation", "<style:header", "<style:footer"]) {
        add_apart(&mut raw.text, &xml::read(content.into_bytes()));
    }
    if let Some(styles) = styles.filter(|styles| has_any(styles, &["<style:header", "<style:footer"])) {
        let tree = xml::read(styles);
        add_apart(&mut raw.text, &tree);
        damage.extend(tree.broken.map(|broken| format!("heads and feet of pages: {broken}")));
    }
    let read = if raw.text.trim().is_empty() {
        Err(match damage.first() {
            None => Problem::nothing("an OpenDocument without text"),
            Some(damage) => Problem::failed(format!("a damaged OpenDocument: {damage}")),
        })
    } else {
        Ok(raw)
    };
    let told = damage.iter().filter(|_| read.is_ok());
    let told: Vec<Problem> =
        told.map(|damage| Problem::failed(format!("a damaged OpenDocument, read in part: {damage}"))).collect();
    std::iter::once(read).chain(told.into_iter().map(Err)).collect()
}

fn has_any(xml: &[u8], tags: &[&str]) -> bool {
    tags.iter().any(|tag| memchr::memmem::find(xml, tag.as_bytes()).is_some())
}

/// Adds the paragraphs that stand apart behind a text: remarks in the margin, then heads and feet of pages.
fn add_apart(out: &mut String, tree: &Tree) {
    let remarks = |name: &str| name == "annotation";
    for chosen in [&remarks as &dyn Fn(&str) -> bool, &is_head_or_foot] {
        for words in paragraphs(tree, chosen) {
            out.truncate(out.trim_end().len());
            out.push_str(if out.is_empty() { "" } else { "\n\n" });
            out.push_str(&words);
            out.push('\n');
        }
    }
}

/// The heads and feet of pages: those of all, of left ones, of the first.
pub(super) fn is_head_or_foot(name: &str) -> bool {
    matches!(name, "header" | "header-left" | "header-first" | "footer" | "footer-left" | "footer-first")
}

/// The paragraphs in elements of chosen names, each once, however they lie in each other: a remark in a head is none of
/// the head's words.
pub(super) fn paragraphs(tree: &Tree, chosen: &dyn Fn(&str) -> bool) -> Vec<String> {
    let apart = |name: &str| name == "annotation" || is_head_or_foot(name);
    let outer: Vec<Id> = tree.outermost(0, |id| chosen(local(tree.name(id)))).collect();
    let mut found = Vec::new();
    for id in outer {
        let text = tree.text_without(id, &|below| below != id && apart(local(tree.name(below))));
        let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        found.extend(lines.filter(|line| !line.is_empty()));
    }
    found
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
    /// Fails with what the reading broke off at.
    fn read(mut self, xml: &str, out: &mut String) -> Result<(), String> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().allow_dangling_amp = true;
        loop {
            match reader.read_event().map_err(|error| error.to_string())? {
                Event::Start(element) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err("it nests too deep".to_owned());
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
            // These are deleted text, the content of scripts and forms, remarks in the margin, how indexes and pages
            // are made, and in a flat file pictures and objects.
            "tracked-changes" if self.all_text => {}
            "tracked-changes"
            | "scripts"
            | "forms"
            | "annotation"
            | "automatic-styles"
            | "master-styles"
            | "binary-data"
            | "object"
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

    fn odt(body: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        )
    }

    const META: &str = "<office:document-meta><office:meta><dc:title>The old bridge &amp; I</dc:title>\
        <meta:initial-creator>Anna Example</meta:initial-creator><dc:creator>Tom Sample</dc:creator>\
        <meta:creation-date>2003-05-06T07:08:09</meta:creation-date><dc:date>2004-05-06T07:08:09</dc:date>\
        <dc:language>de-DE</dc:language></office:meta></office:document-meta>";

    fn first(content: String) -> Result<RawDocument, Problem> {
        read(RawDocument::default(), content, None, false).remove(0)
    }

    #[test]
    fn the_body_becomes_text() {
        for (body, expected) in [
            ("<text:h>Head</text:h><text:p>One <text:span>two</text:span>.</text:p>", "Head\n\nOne two."),
            ("<text:p>a<text:tab/>b<text:s text:c=\"3\"/>c<text:line-break/>d</text:p>", "a\tb   c\nd"),
            ("<text:p>  a \n  b </text:p>", "a b"),
            (
                "<text:p>a <draw:image><office:binary-data>iVBORw0KGgo=</office:binary-data></draw:image>b</text:p>",
                "a b",
            ),
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
            assert_eq!(first(odt(body)).unwrap().text.trim(), expected, "{body}");
        }
    }

    #[test]
    fn what_it_says_of_itself_is_kept() {
        let mut raw = RawDocument::default();
        properties(&mut raw, META);
        assert_eq!((raw.title.as_deref(), raw.language.as_deref()), (Some("The old bridge & I"), Some("de-DE")));
        let declared: Vec<(&str, &str)> = raw.declared.iter().map(|d| (d.name.as_str(), d.value.as_str())).collect();
        assert_eq!(
            declared,
            [("author", "Anna Example"), ("created", "2003-05-06T07:08:09"), ("modified", "2004-05-06T07:08:09")]
        );
    }

    #[test]
    fn heads_and_feet_of_pages_follow_the_text_wherever_they_stand() {
        let heads = "<office:master-styles><style:header><text:p>A head</text:p></style:header>\
            <style:footer><text:p>A foot</text:p></style:footer></office:master-styles>";
        let body = odt("<text:p>The pond<office:annotation><text:p>Whose?</text:p></office:annotation></text:p>");
        let expected = "The pond\n\nWhose?\n\nA head\n\nA foot";
        let packed = read(RawDocument::default(), body.clone(), Some(heads.as_bytes().to_vec()), false);
        let flat = body.replace("<office:body>", &format!("{heads}<office:body>"));
        for mut read in [packed, read(RawDocument::default(), flat, None, false)] {
            assert_eq!(read.remove(0).unwrap().text.trim(), expected);
        }
    }

    #[test]
    fn what_lies_in_a_head_is_read_once_and_heads_of_single_pages_too() {
        let heads = "<office:master-styles><style:header><style:region-left><text:p>Left<draw:frame><draw:text-box>\
            <text:p>In a box</text:p></draw:text-box></draw:frame></text:p></style:region-left>\
            <text:p>A head<office:annotation><text:p>Why?</text:p></office:annotation></text:p></style:header>\
            <style:header-left><text:p>On the left</text:p></style:header-left>\
            <style:header-first><text:p>First</text:p></style:header-first>\
            <style:footer-left><text:p>A foot</text:p></style:footer-left></office:master-styles>";
        let body = odt("<text:p>The pond<text:note><text:note-body><text:p>A note<draw:frame><text:p>in it</text:p>\
            </draw:frame></text:p></text:note-body></text:note></text:p>");
        let raw = read(RawDocument::default(), body, Some(heads.as_bytes().to_vec()), false).remove(0).unwrap();
        let lines: Vec<&str> = raw.text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(
            lines,
            ["The pond [A note", "in it]", "Why?", "Left", "In a box", "A head", "On the left", "First", "A foot"]
        );
    }

    #[test]
    fn damage_is_told() {
        for (content, styles, told) in [
            (odt(""), None, "an OpenDocument without text"),
            (odt("<text:p>The pond</text:p><text:p>and <"), None, "a damaged OpenDocument, read in part: "),
            (
                odt("<text:p>The pond</text:p>"),
                Some("<style:header><text:p>A head"),
                "a damaged OpenDocument, read in part: heads and feet of pages: ",
            ),
        ] {
            let styles = styles.map(|styles| styles.as_bytes().to_vec());
            let problem = read(RawDocument::default(), content, styles, false).pop().unwrap().unwrap_err();
            assert!(problem.reason.starts_with(told), "{}", problem.reason);
        }
    }

    #[test]
    fn hostile_markup_is_survived() {
        let deep = format!("<text:p>first</text:p>{}", "<text:p>x".repeat(200_000));
        assert!(first(odt(&deep)).unwrap().text.starts_with("first"));
        let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><a><text:p>one &b;</text:p></a>";
        let raw = first(bomb.to_owned()).unwrap();
        assert_eq!(raw.text.trim(), "one");
    }
}
