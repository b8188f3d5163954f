//! PowerPoint presentations since 2007 (PresentationML, ECMA-376): the slides in their order, tables, notes, comments.

use std::collections::HashSet;

use super::deck::{Deck, Slide};
use super::parts::{by_id, properties, relations, unread};
use crate::corpus::format::packed::Parts;
use crate::corpus::format::xml;
use crate::corpus::format::xml::{Id, Tree, local};
use crate::corpus::input::problem::Problem;

/// Reads a presentation. Fails if it is damaged before its first slide, or longer than a document may be.
pub(super) fn read(bytes: &[u8]) -> Result<Deck, Problem> {
    let mut parts = Parts::open(bytes)?;
    let names = parts.names();
    let named = relations(&mut parts, "").into_iter().find(|relation| relation.kind == "officeDocument");
    let main = named.map_or_else(|| "ppt/presentation.xml".to_owned(), |relation| relation.target);
    let Some(presentation) = parts.part(&main)? else {
        return Err(Problem::failed("a damaged presentation: its list of slides is missing"));
    };
    let mut deck = Deck { problems: unread(&names), ..Deck::default() };
    properties(&mut deck.about, &mut parts, "PowerPoint");
    let listed = relations(&mut parts, &main);
    let listed = by_id(&listed);
    let tree = xml::read(presentation);
    for (id, number) in tree.descendants(0).filter(|id| local(tree.name(*id)) == "sldId").zip(1..) {
        let relation = tree.attribute(id, "r:id").or_else(|| relation_id(&tree, id));
        let target = relation.and_then(|id| listed.get(id)).map(|known| known.target.clone());
        let read = match target {
            Some(target) => slide(&mut parts, &target),
            None => Err(Problem::failed("it is missing")),
        };
        match read {
            Ok(slide) => deck.slides.push(slide),
            Err(problem) => {
                // Its number is kept for those after it.
                deck.slides.push(Slide::default());
                deck.problems.push(Problem { reason: format!("slide {number}: {}", problem.reason), ..problem });
            }
        }
    }
    Ok(deck)
}

/// The name of the relation to a slide: the id that has a prefix, since the slide has an id of its own too.
fn relation_id(tree: &Tree, id: Id) -> Option<&str> {
    tree.attributes(id).find(|(name, _)| name.contains(':') && local(name) == "id").map(|(_, value)| value)
}

fn slide(parts: &mut Parts, part: &str) -> Result<Slide, Problem> {
    let Some(bytes) = parts.part(part)? else { return Err(Problem::failed("it is missing")) };
    let tree = xml::read(bytes);
    let hidden =
        tree.root().and_then(|root| tree.attribute(root, "show")).is_some_and(|show| matches!(show, "0" | "false"));
    let mut slide = Slide { hidden, lines: paragraphs(&tree), notes: Vec::new() };
    for relation in relations(parts, part) {
        if !matches!(relation.kind.as_str(), "notesSlide" | "comments" | "chart" | "diagramData") {
            continue;
        }
        let Ok(Some(bytes)) = parts.part(&relation.target) else { continue };
        let tree = xml::read(bytes);
        match relation.kind.as_str() {
            "notesSlide" => slide.notes.extend(paragraphs(&tree)),
            "comments" => slide.notes.extend(
                tree.descendants(0).filter(|id| local(tree.name(*id)) == "text").filter_map(|id| tree.line_of(id)),
            ),
            _ => slide.lines.extend(paragraphs(&tree)),
        }
    }
    if let Some(broken) = tree.broken {
        slide.lines.retain(|line| !line.trim().is_empty());
        if slide.lines.is_empty() {
            return Err(Problem::failed(broken));
        }
    }
    Ok(slide)
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
