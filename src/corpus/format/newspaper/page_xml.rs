//! PAGE-XML: the lines of a scanned page with their outlines, in the order in which they are read (PRImA).

use std::collections::HashMap;

use super::page::{Block, Line, Page, Word, note_damage};
use crate::corpus::format::shared::hyphens;
use crate::corpus::format::xml;
use crate::corpus::format::xml::{Id, Tree, local};

/// Reads the page of a file. The days on which it was made and changed are those of whoever worked on it, and no clue.
pub(super) fn read(bytes: Vec<u8>) -> Vec<Page> {
    let tree = xml::read(bytes);
    let mut pages = Vec::new();
    for page in tree.descendants(0).filter(|id| local(tree.name(*id)) == "Page") {
        let order = order(&tree, page);
        let place = |id: &Id| {
            let name = tree.attribute(*id, "id").unwrap_or_default();
            order.get(name).copied().unwrap_or(order.len())
        };
        // Regions without text of their own only surround others.
        let mut regions: Vec<Id> =
            tree.descendants(page).filter(|id| local(tree.name(*id)).ends_with("Region")).collect();
        regions.sort_by_key(place);
        let mut read = Page::default();
        for region in regions {
            let lines = lines(&tree, region);
            if !lines.is_empty() {
                let names = vec![tree.attribute(region, "id").unwrap_or_default().to_owned()];
                read.blocks.push(Block { names, lines });
            }
        }
        for id in tree.descendants(page).filter(|id| local(tree.name(*id)) == "TextEquiv") {
            if let Some(sure) = tree.attribute(id, "conf") {
                read.note_confidence(sure);
            }
        }
        pages.push(read);
    }
    note_damage(&mut pages, tree.broken);
    pages
}

/// The places of regions in reading order by their names, as far as the page tells it.
fn order(tree: &Tree, page: Id) -> HashMap<&str, usize> {
    let mut places = HashMap::new();
    let Some(order) = tree.children(page).find(|id| local(tree.name(*id)) == "ReadingOrder") else { return places };
    let mut waiting = vec![order];
    while let Some(id) = waiting.pop() {
        if let Some(name) = tree.attribute(id, "regionRef") {
            let next = places.len();
            places.entry(name).or_insert(next);
        }
        let mut children: Vec<Id> = tree.children(id).collect();
        let index =
            |id: &Id| tree.attribute(*id, "index").and_then(|index| index.parse::<u32>().ok()).unwrap_or(u32::MAX);
        children.sort_by_key(index);
        waiting.extend(children.into_iter().rev());
    }
    places
}

/// The lines of a region, or its text if it has no lines with words.
fn lines(tree: &Tree, region: Id) -> Vec<Line> {
    let mut lines: Vec<Line> = tree
        .children(region)
        .filter(|id| local(tree.name(*id)) == "TextLine")
        .filter_map(|id| {
            let text = text(tree, id).or_else(|| {
                let words =
                    tree.children(id).filter(|id| local(tree.name(*id)) == "Word").filter_map(|id| text(tree, id));
                Some(words.collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty())
            })?;
            Some(line(tree, id, &text))
        })
        .collect();
    if lines.is_empty()
        && let Some(text) = text(tree, region)
    {
        lines.extend(text.lines().map(|words| line(tree, region, words)));
    }
    lines
}

fn line(tree: &Tree, id: Id, text: &str) -> Line {
    let words: Vec<Word> =
        text.split_whitespace().map(|word| Word { text: word.to_owned(), ..Word::default() }).collect();
    // Whoever writes a page off writes a hyphen at a line's end where a word goes on.
    let hyphen = words.last().is_some_and(|word| hyphens::cut_word(&word.text).is_some());
    Line { name: tree.attribute(id, "id").unwrap_or_default().to_owned(), region: outline(tree, id), words, hyphen }
}

/// The text of an element: of several readings the first.
fn text(tree: &Tree, id: Id) -> Option<String> {
    let readings = tree.children(id).filter(|id| local(tree.name(*id)) == "TextEquiv");
    let index = |id: &Id| tree.attribute(*id, "index").and_then(|index| index.parse::<u32>().ok()).unwrap_or(0);
    let best = readings.min_by_key(index)?;
    let named = |name: &'static str| tree.children(best).find(|id| local(tree.name(*id)) == name);
    let text = tree.raw_text(named("Unicode").or_else(|| named("PlainText"))?);
    Some(text).filter(|text| !text.trim().is_empty())
}

/// The region around an outline.
fn outline(tree: &Tree, id: Id) -> Option<[u32; 4]> {
    let coords = tree.children(id).find(|id| local(tree.name(*id)) == "Coords")?;
    let mut points: Vec<(u32, u32)> = Vec::new();
    if let Some(written) = tree.attribute(coords, "points") {
        points.extend(written.split_whitespace().filter_map(|point| {
            let (x, y) = point.split_once(',')?;
            Some((x.parse().ok()?, y.parse().ok()?))
        }));
    }
    // Before 2013 each point was an element.
    points.extend(tree.children(coords).filter_map(|point| {
        Some((tree.attribute(point, "x")?.parse().ok()?, tree.attribute(point, "y")?.parse().ok()?))
    }));
    let left = points.iter().map(|(x, _)| *x).min()?;
    let right = points.iter().map(|(x, _)| *x).max()?;
    let top = points.iter().map(|(_, y)| *y).min()?;
    let foot = points.iter().map(|(_, y)| *y).max()?;
    Some([left, top, right - left, foot - top])
}
