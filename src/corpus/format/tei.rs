//! TEI: texts of editions and archives, dated by what they are, and not by whoever edited them (TEI P5).

use std::collections::{HashMap, HashSet};

use super::xml;
use super::xml::{Id, Tree, local};
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::{Declared, Origin, RawDocument};
use crate::document::Place;
use crate::time::{Precision, find_dates};

/// What stands beside the text of a document, in an element of its own: the page as it was written, and notes on it.
const BESIDE: [(&str, &str); 2] =
    [("sourceDoc", "transcriptions of pages beside the text"), ("standOff", "annotations apart from the text")];

/// Reads the texts of a file: one, or those of a corpus; with `all_text` running heads, each form of a word that has
/// several, and what stands beside the text too.
pub(super) fn read(bytes: Vec<u8>, all_text: bool) -> Vec<Result<RawDocument, Problem>> {
    let tree = xml::read(bytes);
    let is_text = |id: &Id| matches!(local(tree.name(*id)), "TEI" | "TEI.2" | "tei");
    let holders: Vec<Id> = tree.descendants(0).filter(is_text).collect();
    let outer: Vec<Id> = if holders.is_empty() { tree.root().into_iter().collect() } else { holders };
    let several = outer.len() > 1;
    let mut read: Vec<Result<RawDocument, Problem>> = Vec::new();
    for (id, number) in outer.into_iter().zip(1..) {
        let mut raw = document(&tree, id, all_text);
        if several {
            raw.key = tree.attribute(id, "xml:id").map_or_else(|| format!("\0{number}"), str::to_owned);
            raw.place.member = Some(format!("#{number}"));
        }
        let member = raw.place.member.clone();
        let empty = || Problem { member, ..Problem::nothing("TEI without a text: a header or a register alone") };
        read.push(if raw.text.trim().is_empty() { Err(empty()) } else { Ok(raw) });
    }
    read.extend(tree.broken.map(|broken| Err(Problem::failed(format!("read in part: {broken}")))));
    read
}

fn document(tree: &Tree, id: Id, all_text: bool) -> RawDocument {
    let mut raw = RawDocument {
        place: Place { line: Some(tree.line(id)), ..Place::default() },
        encoding: Some(tree.encoding.to_owned()),
        certainty: Some(tree.certainty),
        language: tree.attribute(id, "xml:lang").map(str::to_owned),
        ..RawDocument::default()
    };
    let named = |name: &'static str| tree.children(id).find(move |child| local(tree.name(*child)) == name);
    if let Some(header) = named("teiHeader") {
        header_of(tree, header, &mut raw);
    }
    let mut texts: Vec<Id> = tree.children(id).filter(|child| local(tree.name(*child)) == "text").collect();
    let left_out = left_out(tree, &texts, all_text);
    for (name, what) in BESIDE {
        let beside = tree.children(id).filter(|child| local(tree.name(*child)) == name);
        let beside: Vec<Id> = beside.filter(|child| tree.line_of(*child).is_some()).collect();
        // An edition of a manuscript may have no other text than its pages.
        if all_text || texts.is_empty() && name == "sourceDoc" {
            texts.extend(beside);
        } else {
            raw.leave_out(what, beside.len());
        }
    }
    for text in texts {
        raw.language = raw.language.take().or_else(|| tree.attribute(text, "xml:lang").map(str::to_owned));
        dates_of_text(tree, text, &mut raw);
        if !raw.text.is_empty() {
            raw.text.push_str("\n\n");
        }
        raw.text.push_str(&tree.text_without(text, &|id| left_out.contains_key(&id)));
    }
    for what in left_out.into_values() {
        raw.leave_out(what, 1);
    }
    raw
}

/// The elements of texts whose words are not those of the text, with what they are: running heads, and of a word that
/// has several forms all but one. A form alone is the text.
fn left_out(tree: &Tree, texts: &[Id], all_text: bool) -> HashMap<Id, &'static str> {
    let mut left_out = HashMap::new();
    for id in texts.iter().filter(|_| !all_text).flat_map(|text| tree.descendants(*text)) {
        match local(tree.name(id)) {
            "fw" => drop(left_out.insert(id, "running heads and feet")),
            name @ ("choice" | "app" | "subst") => {
                // The best form is read; of several the first, but of an author's own changes the last.
                // Where a reading of the edition has no words, it says that there are none.
                let forms = tree.children(id).filter(|child| name != "choice" || tree.line_of(*child).is_some());
                let forms = forms.filter(|child| name != "app" || is_reading(tree, *child));
                let mut forms: Vec<(Id, u8, &str)> = forms.map(|child| form(tree, child)).collect();
                if name == "subst" {
                    forms.reverse();
                }
                let best = forms.iter().min_by_key(|(_, rank, _)| *rank).map(|(child, ..)| *child);
                let others = forms.into_iter().filter(|(child, ..)| Some(*child) != best);
                left_out.extend(others.map(|(child, _, what)| (child, what)));
            }
            _ => {}
        }
    }
    left_out
}

fn is_reading(tree: &Tree, id: Id) -> bool {
    matches!(local(tree.name(id)), "lem" | "rdg" | "rdgGrp")
}

/// A form of a word, how far it is from the one that is read, and what is told of it where it is not.
fn form(tree: &Tree, id: Id) -> (Id, u8, &'static str) {
    // A choice in a choice is as good as the best that it holds.
    let inner = tree.children(id).filter(|_| local(tree.name(id)) == "choice").map(|child| form(tree, child));
    if let Some((_, rank, what)) = inner.min_by_key(|(_, rank, _)| *rank) {
        return (id, rank, what);
    }
    let (rank, what) = match local(tree.name(id)) {
        "reg" | "expan" | "lem" | "add" => (0, "other forms of a word"),
        "corr" => (1, "other forms of a word"),
        "sic" | "orig" => (3, "forms before they were mended"),
        "abbr" => (4, "abbreviations that are written out"),
        "rdg" | "rdgGrp" => (2, "other readings"),
        "del" => (5, "deleted words"),
        _ => (2, "other forms of a word"),
    };
    (id, rank, what)
}

/// Adds title, author and dates of a header.
fn header_of(tree: &Tree, header: Id, raw: &mut RawDocument) {
    let find = |from: Id, name: &'static str| tree.descendants(from).find(move |id| local(tree.name(*id)) == name);
    let statement = find(header, "titleStmt");
    let titles: Vec<Id> = statement
        .map(|statement| tree.children(statement).filter(|id| local(tree.name(*id)) == "title").collect())
        .unwrap_or_default();
    for title in &titles {
        if tree.attribute(*title, "type") == Some("iso-date") {
            let value =
                tree.attribute(*title, "when-iso").or_else(|| tree.attribute(*title, "when")).map(str::to_owned);
            declare(raw, "dateIssued", value.or_else(|| tree.line_of(*title)), "TEI title of type iso-date");
        }
    }
    let shown = titles
        .iter()
        .find(|id| tree.attribute(**id, "type") == Some("main") || tree.attribute(**id, "level") == Some("a"));
    let plain = titles.iter().find(|id| tree.attribute(**id, "type") != Some("iso-date"));
    raw.title = shown.or(plain).or(titles.first()).and_then(|id| tree.line_of(*id));
    if let Some(author) = statement.and_then(|statement| find(statement, "author")) {
        declare(raw, "author", tree.line_of(author), "TEI author");
    }
    let language =
        find(header, "langUsage").and_then(|id| find(id, "language")).and_then(|id| tree.attribute(id, "ident"));
    raw.language = raw.language.take().or_else(|| language.map(str::to_owned));
    let created = below(tree, header, |id| local(tree.name(id)) == "creation");
    let sent = below(tree, header, |id| {
        local(tree.name(id)) == "correspAction" && tree.attribute(id, "type").is_none_or(|kind| kind == "sent")
    });
    for id in tree.descendants(header) {
        let (name, place) = match local(tree.name(id)) {
            "date" if created.contains(&id) => ("dateIssued", "TEI creation"),
            "date" if tree.attribute(id, "type") == Some("creation") => ("dateIssued", "TEI date of type creation"),
            "origDate" => ("date", "TEI origDate"),
            "date" if sent.contains(&id) => ("dateIssued", "TEI correspAction sent"),
            _ => continue,
        };
        declare(raw, name, day_of(tree, id), place);
    }
    // A title may be all that dates a letter.
    let day = raw.title.as_deref().map(find_dates).unwrap_or_default();
    if let Some(found) = day.first().filter(|found| found.date.precision() == Precision::Day) {
        declare(raw, "date", Some(found.date.to_string()), "TEI title");
    }
    edition(tree, header, raw);
}

/// Notes when the edition came out, which is not when the text was written.
fn edition(tree: &Tree, header: Id, raw: &mut RawDocument) {
    let statement = tree.descendants(header).find(|id| local(tree.name(*id)) == "publicationStmt");
    let date = statement.and_then(|id| tree.descendants(id).find(|id| local(tree.name(*id)) == "date"));
    if let Some(value) = date.and_then(|date| day_of(tree, date)) {
        raw.metadata.insert("edition".to_owned(), value);
    }
    let source = tree.descendants(header).find(|id| local(tree.name(*id)) == "sourceDesc");
    if let Some(value) = source.and_then(|id| tree.line_of(id)) {
        raw.metadata.insert("edited_from".to_owned(), value.chars().take(500).collect());
    }
}

/// The dates that the text itself bears: on its title page, at the head of a letter.
fn dates_of_text(tree: &Tree, text: Id, raw: &mut RawDocument) {
    let page = tree.descendants(text).find(|id| local(tree.name(*id)) == "docDate");
    declare(raw, "date", page.and_then(|id| day_of(tree, id)), "TEI docDate");
    let line = tree.descendants(text).find(|id| local(tree.name(*id)) == "dateline");
    let date = line.and_then(|line| tree.descendants(line).find(|id| local(tree.name(*id)) == "date"));
    declare(raw, "date", date.and_then(|id| day_of(tree, id)), "TEI dateline");
}

/// A date as machines read it, or as it is written.
fn day_of(tree: &Tree, id: Id) -> Option<String> {
    let machine = ["when", "when-iso", "when-custom", "notBefore", "from"];
    machine.iter().find_map(|name| tree.attribute(id, name)).map(str::to_owned).or_else(|| tree.line_of(id))
}

fn declare(raw: &mut RawDocument, name: &str, value: Option<String>, place: &str) {
    if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
        let (origin, name, place) = (Origin::Field, name.to_owned(), place.to_owned());
        raw.declared.push(Declared { origin, name, value, place });
    }
}

/// The elements that lie in others which a test chooses.
fn below(tree: &Tree, header: Id, outer: impl Fn(Id) -> bool) -> HashSet<Id> {
    tree.descendants(header).filter(|id| outer(*id)).flat_map(|id| tree.descendants(id)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn told(header: &str, text: &str) -> (RawDocument, Vec<String>) {
        let file = format!(
            "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader>{header}</teiHeader><text>{text}</text></TEI>"
        );
        let raw = read(file.into_bytes(), false).remove(0).unwrap();
        let told = raw.declared.iter().map(|told| format!("{} {} {}", told.name, told.value, told.place)).collect();
        (raw, told)
    }

    #[test]
    fn a_text_is_dated_by_what_it_is_and_not_by_its_edition() {
        let edition = "<publicationStmt><date when='2017'>2017</date></publicationStmt><sourceDesc><bibl><date>1988</date></bibl></sourceDesc>";
        for (header, text, expected) in [
            (
                "<titleStmt><title level='a'>Monday</title><title type='iso-date' when-iso='1890-05-05'>1890-05-05</title></titleStmt>",
                "",
                "dateIssued 1890-05-05 TEI title of type iso-date",
            ),
            (
                "<profileDesc><creation><date when='1915-01-01'>1 January 1915</date></creation></profileDesc>",
                "",
                "dateIssued 1915-01-01 TEI creation",
            ),
            (
                "<profileDesc><correspDesc><correspAction type='received'><date when='1899-01-05'/></correspAction><correspAction type='sent'><date when='1899-01-02'/></correspAction></correspDesc></profileDesc>",
                "",
                "dateIssued 1899-01-02 TEI correspAction sent",
            ),
            (
                "<titleStmt><title>To the ferryman. Riverby, Wednesday, 3 October 1888.</title></titleStmt>",
                "",
                "date 1888-10-03 TEI title",
            ),
            ("", "<front><docDate>1784</docDate></front>", "date 1784 TEI docDate"),
        ] {
            let (raw, told) = told(
                &format!("<fileDesc>{header}{edition}</fileDesc>"),
                &format!("{text}<body><p>The boat lies at the bridge.</p></body>"),
            );
            assert_eq!(told, [expected]);
            assert_eq!(raw.metadata["edition"], "2017");
        }
    }

    #[test]
    fn running_heads_and_old_forms_are_left_out_and_counted() {
        let (raw, _) =
            told("", "<body><fw>HEAD</fw><p>The <choice><sic>bote</sic><corr>boat</corr></choice> lies.</p></body>");
        assert_eq!(raw.text.trim(), "The boat lies.");
        assert_eq!(raw.left_out.values().sum::<usize>(), 2);
    }

    #[test]
    fn a_form_without_another_is_the_text() {
        for (text, expected, left_out) in [
            (
                "In the <abbr>Co.</abbr> of <orig>Riverbie</orig> <sic>the the</sic> boat",
                "In the Co. of Riverbie the the boat",
                0,
            ),
            ("<choice><abbr>Mr</abbr><expan>Mister</expan></choice> Hale", "Mister Hale", 1),
            ("<choice><orig>olde</orig><reg>old</reg></choice> boat, <orig>faire</orig>", "old boat, faire", 1),
            ("<choice><sic>bote</sic><orig>boate</orig></choice>", "bote", 1),
            ("<choice><unclear>boat</unclear><unclear>coat</unclear></choice>", "boat", 1),
            ("<choice><choice><sic>bote</sic><corr>boate</corr></choice><reg>boat</reg></choice>", "boat", 2),
            ("<choice><sic>bote</sic><corr/></choice> lies", "bote lies", 0),
            ("The boat <app><lem/><rdg>never</rdg></app> lies", "The boat lies", 1),
            ("<app><lem>boat</lem><rdg>bote</rdg><rdg>boot</rdg><note>so B</note></app>", "boat\n\nso B", 2),
            ("<app><rdg>bote</rdg><rdg>boot</rdg></app>", "bote", 1),
            ("<subst><del>boot</del><add>boat</add></subst>, <del>old</del>", "boat, old", 1),
        ] {
            let (raw, _) = told("", &format!("<body><p>{text}</p></body>"));
            assert_eq!((raw.text.trim(), raw.left_out.values().sum::<usize>()), (expected, left_out), "{text}");
        }
    }

    #[test]
    fn all_text_is_read_on_request_and_pages_where_there_is_no_other() {
        let header = "<teiHeader><fileDesc><titleStmt><title>x</title></titleStmt></fileDesc></teiHeader>";
        let text = "<text><body><fw>HEAD</fw><p><choice><sic>bote</sic><corr>boat</corr></choice></p></body></text>";
        let pages = "<sourceDoc><surface><line>The mill</line></surface></sourceDoc>";
        let notes = "<standOff><p>a note</p></standOff>";
        let read = |parts: &str, all_text| {
            let raw = read(format!("<TEI>{header}{parts}</TEI>").into_bytes(), all_text).remove(0).unwrap();
            let words: Vec<&str> = raw.text.split_whitespace().collect();
            (words.join(" "), raw.left_out.values().sum::<usize>())
        };
        let all = format!("{text}{pages}{notes}");
        assert_eq!(read(&all, false), ("boat".to_owned(), 4));
        assert_eq!(read(&all, true), ("HEAD boteboat The mill a note".to_owned(), 0));
        assert_eq!(read(&format!("{pages}{notes}"), false), ("The mill".to_owned(), 1));
    }

    #[test]
    fn a_header_alone_is_no_text() {
        let read = read(b"<tei><teiHeader><titleStmt><title>x</title></titleStmt></teiHeader></tei>".to_vec(), false);
        assert_eq!(read[0].as_ref().unwrap_err().reason, "TEI without a text: a header or a register alone");
    }
}
