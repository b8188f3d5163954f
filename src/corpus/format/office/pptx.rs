//! PowerPoint presentations since 2007 (PresentationML, ECMA-376): the slides in their order, tables, notes, comments.

use std::collections::HashSet;

use super::deck::{Deck, Slide};
use super::parts::{Relation, by_id, main_part, outer, properties, relations};
use crate::corpus::format::packed::Package;
use crate::corpus::format::xml::{Id, Tree, local};
use crate::corpus::input::problem::Problem;

/// Reads a presentation. Fails if it is damaged before its first slide, or longer than a document may be.
pub(super) fn read(bytes: &[u8]) -> Result<Deck, Problem> {
    let mut package = Package::open(bytes)?;
    let outer = outer(&mut package);
    let main = main_part(&outer, "ppt/presentation.xml");
    let presentation = package.needed(&main, "a damaged presentation: its list of slides is missing")?;
    let tree = package.tree(presentation, "the list of slides");
    let mut deck = Deck::default();
    properties(&mut deck.about, &mut package, &outer, "PowerPoint");
    let listed = relations(&mut package, &main, "the presentation");
    let listed = by_id(&listed);
    for (id, number) in tree.descendants(0).filter(|id| local(tree.name(*id)) == "sldId").zip(1..) {
        let what = format!("slide {number}");
        let target = relation_id(&tree, id).and_then(|id| listed.get(id)).map(|known| known.target.as_str());
        if target.is_none() {
            package.tell(Problem::failed(format!("{what} is missing")));
        }
        // The number of one that cannot be read is kept for those after it.
        deck.slides.push(target.map(|target| slide(&mut package, target, &what)).unwrap_or_default());
    }
    deck.problems = package.problems();
    Ok(deck)
}

/// The name of the relation to a slide: the id that has a prefix, whatever that is, since the slide has an id of its own.
fn relation_id(tree: &Tree, id: Id) -> Option<&str> {
    tree.attributes(id).find(|(name, _)| name.contains(':') && local(name) == "id").map(|(_, value)| value)
}

/// A slide with what belongs to it, as far as it can be read.
fn slide(package: &mut Package, part: &str, what: &str) -> Slide {
    let mut slide = Slide::default();
    if let Some(bytes) = package.named(part, what) {
        let tree = package.tree(bytes, what);
        let show = tree.root().and_then(|root| tree.attribute(root, "show"));
        slide.hidden = matches!(show, Some("0" | "false"));
        slide.lines = paragraphs(&tree);
    }
    for Relation { kind, target, .. } in relations(package, part, what) {
        let what = match kind.as_str() {
            "notesSlide" => format!("the page of notes of {what}"),
            "comments" => format!("the list of comments of {what}"),
            "chart" => format!("a chart of {what}"),
            "diagramData" => format!("a diagram of {what}"),
            _ => continue,
        };
        let Some(bytes) = package.named(&target, &what) else { continue };
        let tree = package.tree(bytes, &what);
        match kind.as_str() {
            "notesSlide" => slide.notes.extend(paragraphs(&tree)),
            "comments" => slide.notes.extend(
                tree.descendants(0).filter(|id| local(tree.name(*id)) == "text").filter_map(|id| tree.line_of(id)),
            ),
            _ => slide.lines.extend(paragraphs(&tree)),
        }
    }
    slide
}

/// The paragraphs of a part, without the numbers of slides that the program puts in.
fn paragraphs(tree: &Tree) -> Vec<String> {
    let outermost: HashSet<Id> = tree.outermost(0, |id| local(tree.name(id)) == "p").collect();
    let mut lines = Vec::new();
    for id in tree.descendants(0) {
        if local(tree.name(id)) == "cNvPr" {
            // What a picture shows, told for those who do not see it.
            lines.extend(tree.attribute(id, "descr").filter(|words| words.contains(' ')).map(str::to_owned));
        }
        if outermost.contains(&id) {
            lines.extend(Some(paragraph(tree, id)).filter(|line| !line.trim().is_empty()));
        }
    }
    lines
}

fn paragraph(tree: &Tree, paragraph: Id) -> String {
    let is_number = |id: &Id| local(tree.name(*id)) == "fld" && tree.attribute(*id, "type") == Some("slidenum");
    let numbers: HashSet<Id> =
        tree.children(paragraph).filter(is_number).flat_map(|field| tree.children(field)).collect();
    let mut line = String::new();
    for id in tree.descendants(paragraph) {
        match local(tree.name(id)) {
            "t" if !numbers.contains(&id) => line.push_str(&tree.raw_text(id)),
            "br" | "tab" => line.push(' '),
            _ => {}
        }
    }
    line
}
