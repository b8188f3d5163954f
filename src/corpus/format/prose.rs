//! XML of an unknown kind. It is read if it is plainly a text, or has records with a text.

use serde_json::Value;

use super::markup;
use super::shared::entities;
use super::shared::fields;
use super::shared::fields::{Role, role};
use super::xml;
use super::xml::{Id, Tree, local};
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::{Origin, RawDocument};
use crate::document::Place;

/// The fewest words of a run of text.
const RUN: usize = 8;

/// The fewest bytes of a text, unless it is most of its record.
const TEXT: usize = 200;

/// Reads a file: as records if there are elements with a text among named values, as one document if most of it is
/// running text. Otherwise nothing is read, and the reason names the outermost element.
pub(crate) fn read(bytes: Vec<u8>) -> Vec<Result<RawDocument, Problem>> {
    let tree = xml::read(bytes);
    let Some(root) = tree.root() else {
        let reason = tree.broken.clone().unwrap_or_else(|| "XML with nothing in it".to_owned());
        return vec![Err(Problem::failed(reason))];
    };
    let records = records(&tree, root);
    let mut read: Vec<Result<RawDocument, Problem>> = match records.as_slice() {
        [] if is_prose(&tree, root) => vec![Ok(document(&tree, root))],
        [] => {
            let reason = format!("XML of a kind that is not read (its outermost element is <{}>)", tree.name(root));
            vec![Err(Problem::nothing(reason))]
        }
        [only] => vec![Ok(record(&tree, *only))],
        several => several.iter().zip(1..).map(|(id, number)| Ok(numbered(record(&tree, *id), number))).collect(),
    };
    if let (Some(reason), Some(Ok(_))) = (&tree.broken, read.first()) {
        read.push(Err(Problem::failed(reason.clone())));
    }
    read
}

/// The outermost elements in which one child is a text and the others are mostly values.
fn records(tree: &Tree, root: Id) -> Vec<Id> {
    let mut found = Vec::new();
    let mut waiting = vec![root];
    while let Some(id) = waiting.pop() {
        if is_record(tree, id) {
            found.push(id);
        } else {
            let from = waiting.len();
            waiting.extend(tree.children(id));
            if let Some(added) = waiting.get_mut(from..) {
                added.reverse();
            }
        }
    }
    found
}

fn is_record(tree: &Tree, id: Id) -> bool {
    let Some(text) = tree.children(id).find(|child| role(local(tree.name(*child))).0 == Role::Text) else {
        return false;
    };
    let length = tree.raw_text(text).trim().len();
    let words = tree.line_of(text).map_or(0, |line| line.split(' ').count());
    words >= RUN && (length >= TEXT || length * 2 >= tree.raw_text(id).len())
}

fn record(tree: &Tree, id: Id) -> RawDocument {
    let mut raw = begun(tree, id);
    let mut fields: Vec<(String, Value)> = Vec::new();
    let mut text = String::new();
    for child in tree.children(id) {
        let name = local(tree.name(child)).to_owned();
        let is_text = role(&name).0 == Role::Text;
        let value = match tree.is_leaf(child) {
            true if is_text => markup::text_of_value(tree.raw_text(child)),
            false if is_text => tree.text_of(child, &|_| false),
            _ => tree.line_of(child).unwrap_or_default(),
        };
        if is_text && text.len() < value.len() {
            text = value;
        } else if !is_text && tree.is_leaf(child) {
            fields.push((name, Value::String(value)));
        } else if !is_text {
            head_fields(tree, child, &mut fields);
        }
    }
    fields::fill(&mut raw, fields, Origin::Field, "element");
    raw.title = raw.title.take().map(|title| markup::text_of_value(entities::unescape(&title).into_owned()));
    raw.text = text;
    raw
}

fn numbered(mut raw: RawDocument, number: u64) -> RawDocument {
    raw.key = raw.record_id.clone().unwrap_or_else(|| format!("\0{number}"));
    raw.place.member = Some(format!("#{number}"));
    raw
}

fn begun(tree: &Tree, id: Id) -> RawDocument {
    RawDocument {
        place: Place { line: Some(tree.line(id)), ..Place::default() },
        encoding: Some(tree.encoding.to_owned()),
        certainty: Some(tree.certainty),
        language: tree.attribute(id, "xml:lang").or_else(|| tree.attribute(id, "lang")).map(str::to_owned),
        ..RawDocument::default()
    }
}

/// Returns whether most of the elements' content is runs of several words.
fn is_prose(tree: &Tree, root: Id) -> bool {
    let (mut runs, mut all) = (0, 0);
    for id in std::iter::once(root).chain(tree.descendants(root)) {
        // An element with others among its words is one run together with them.
        let mixed = !tree.is_leaf(id) && tree.own_words(id) >= RUN;
        if tree.is_leaf(id) || mixed {
            let text = if mixed { tree.own_length(id) } else { tree.raw_text(id).trim().len() };
            let words = tree.own_words(id);
            all += text;
            runs += if words >= RUN { text } else { 0 };
        }
    }
    runs >= TEXT && runs * 10 >= all * 6
}

/// Reads a text as a whole: TEI, DocBook, and anything else made of paragraphs.
fn document(tree: &Tree, root: Id) -> RawDocument {
    const HEADS: [&str; 9] =
        ["teiHeader", "head", "header", "info", "articleinfo", "bookinfo", "front", "metadata", "meta"];
    let mut raw = begun(tree, root);
    let is_head = |name: &str| HEADS.iter().any(|head| head.eq_ignore_ascii_case(name));
    let mut fields = Vec::new();
    for child in tree.children(root) {
        if is_head(tree.name(child)) {
            head_fields(tree, child, &mut fields);
        } else if tree.is_leaf(child) && role(local(tree.name(child))).0 != Role::Other {
            fields.push((local(tree.name(child)).to_owned(), Value::String(tree.line_of(child).unwrap_or_default())));
        }
    }
    fields::fill(&mut raw, fields, Origin::Field, "element");
    let in_root = |name: &str| name != tree.name(root) && is_head(name) && name != "head";
    raw.text = tree.text_of(root, &in_root);
    raw
}

/// Adds the values of a part that describes the text, by the names of their elements. Machines read dates from
/// attributes.
fn head_fields(tree: &Tree, head: Id, fields: &mut Vec<(String, Value)>) {
    const MOST: usize = 200;
    for id in tree.descendants(head).filter(|id| tree.is_leaf(*id)).take(MOST) {
        let name = local(tree.name(id));
        let of_machine = ["when", "when-iso", "norm", "value", "iso"].iter().find_map(|name| tree.attribute(id, name));
        let value = match role(name).0 {
            Role::Date => of_machine.map(str::to_owned).or_else(|| tree.line_of(id)),
            _ => tree.line_of(id),
        };
        fields.extend(value.map(|value| (name.to_owned(), Value::String(value))));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn of(xml: &str) -> Vec<Result<RawDocument, String>> {
        read(xml.into()).into_iter().map(|one| one.map_err(|problem| problem.reason)).collect()
    }

    const LONG: &str = "The old mill by the river turns again after forty years, and the village has come to see it grind the first sacks of rye.";

    #[test]
    fn texts_are_read_and_their_heads_told() {
        let tei = format!(
            "<TEI xmlns='http://www.tei-c.org/ns/1.0' xml:lang='en'><teiHeader><fileDesc><titleStmt><title>The mill</title><author>Ann Example</author></titleStmt>
            <publicationStmt><publisher>Mill Press</publisher><date when='1968-05-10'>10 May</date></publicationStmt></fileDesc></teiHeader>
            <text><body><head>The mill</head><p>{LONG} <hi>Truly</hi>.</p><p>{LONG} On <date when='1928-01-01'>New Year's Day of 1928</date> it stopped.</p></body></text></TEI>"
        );
        let read = of(&tei);
        let raw = read.first().unwrap().as_ref().unwrap();
        assert_eq!((raw.title.as_deref(), raw.language.as_deref()), (Some("The mill"), Some("en")));
        assert_eq!(raw.text, format!("The mill\n\n{LONG} Truly.\n\n{LONG} On New Year's Day of 1928 it stopped."));
        let clues: Vec<_> = raw.declared.iter().map(|d| format!("{}={}", d.place, d.value)).collect();
        assert_eq!(clues, ["element author=Ann Example", "element publisher=Mill Press", "element date=1968-05-10"]);

        let docbook =
            format!("<article><title>Mills</title><para>{LONG}</para><section><para>{LONG}</para></section></article>");
        let read = of(&docbook);
        let raw = read.first().unwrap().as_ref().unwrap();
        assert_eq!(
            (raw.title.as_deref(), raw.text.as_str()),
            (Some("Mills"), format!("Mills\n\n{LONG}\n\n{LONG}").as_str())
        );
    }

    #[test]
    fn records_with_a_text_are_documents() {
        let item = |n: u8| {
            format!(
                "<Story><Headline>Mill {n}</Headline><PublishDate>1996-02-2{n}</PublishDate><ByLine>Ann Example</ByLine><Content>&lt;p&gt;{LONG}&lt;/p&gt;</Content></Story>"
            )
        };
        let read = of(&format!("<Answer><Count>2</Count><Stories>{}{}</Stories></Answer>", item(1), item(2)));
        let shown: Vec<_> = read
            .iter()
            .map(|one| one.as_ref().map(|raw| (raw.title.as_deref().unwrap(), raw.key.as_str(), raw.text.as_str())))
            .collect();
        assert_eq!(shown, [Ok(("Mill 1", "\u{0}1", LONG)), Ok(("Mill 2", "\u{0}2", LONG))]);
        let small = of("<doc><title>T</title><text>A short text of no more than ten words altogether.</text></doc>");
        assert_eq!(small.first().unwrap().as_ref().unwrap().title.as_deref(), Some("T"));
    }

    #[test]
    fn data_is_no_text() {
        for xml in [
            "<project><name>mill</name><version>1.0</version><deps><dep>a</dep><dep>b</dep></deps></project>",
            "<address><company>Mill</company><phone>1</phone></address>",
            "<x/>",
        ] {
            let reason = of(xml).remove(0).unwrap_err();
            assert!(reason.contains("not read") && reason.contains('<'), "{reason}");
        }
    }
}
