//! A document as a visit reads it: its passages, what matched in them, the days it speaks of.

use std::ops::Range;

use super::clues::clues;
use crate::serve::page::parts::marks::Span;
use crate::serve::page::parts::spoken::Spoken;
use crate::serve::page::parts::visit::{PART, Visit};
use crate::serve::page::parts::words::Word;
use crate::serve::parameters::Parameters;
use crate::serve::problem::Problem;
use crate::{Document, Hit, Index, Passage};

/// A document as a visit reads it.
pub(super) struct Reading {
    pub(super) document: Document,
    /// The document as the question shows it.
    pub(super) hit: Hit,
    pub(super) passages: Vec<Passage>,
    pub(super) spoken: Vec<Spoken>,
    /// The passages on this page, by their place.
    pub(super) shown: Range<usize>,
    /// The matches in the text, in its bytes and its order.
    pub(super) marks: Vec<Range<usize>>,
    /// The days spoken of and the places of clues, in the order of the text.
    pub(super) spans: Vec<Span>,
}

impl Reading {
    pub(super) fn new(visit: &Visit<'_>, index: &Index, id: &str) -> Result<Reading, Problem> {
        let document = crate::serve::named::document(index, id)?;
        let (search, _) = visit.parameters.conditions(index, visit.question())?;
        let search = search.passages(usize::MAX).collapse_copies(true).copies(usize::MAX);
        let hit = match search.read(&document.id)? {
            Some(hit) => hit,
            None => return Err(Problem::new("no-such-document", visit.say(Word::NoSuchDocument))),
        };
        let passages = document.passages();
        let parts = (passages.len() as u32).div_ceil(PART).max(1) as usize;
        let part = visit.parameters.place("part")?.unwrap_or(1).clamp(1, parts) - 1;
        let shown = part * PART as usize..((part + 1) * PART as usize).min(passages.len());
        let bytes = match (passages.get(shown.start), passages.get(shown.end.saturating_sub(1))) {
            (Some(first), Some(last)) => first.range().start..last.range().end,
            _ => 0..0,
        };
        let spoken = Spoken::of(&document, bytes);
        let (marks, spans) = (marks(&hit), spans(visit, &document, &spoken));
        Ok(Reading { document, hit, passages, spoken, shown, marks, spans })
    }
}

fn marks(hit: &Hit) -> Vec<Range<usize>> {
    let mut marks: Vec<Range<usize>> = Vec::new();
    for excerpt in &hit.passages {
        let at = |bytes: &Range<usize>| bytes.start + excerpt.bytes.start..bytes.end + excerpt.bytes.start;
        marks.extend(excerpt.highlights.iter().map(|highlight| at(&highlight.bytes)));
    }
    marks.sort_by_key(|mark| mark.start);
    marks
}

fn spans(visit: &Visit<'_>, document: &Document, spoken: &[Spoken]) -> Vec<Span> {
    let mut spans: Vec<Span> = spoken.iter().map(|spoken| spoken.span(visit.locale)).collect();
    for clue in clues(document) {
        if let Some(bytes) = clue.bytes.filter(|bytes| !spans.iter().any(|span| overlap(&span.bytes, bytes))) {
            spans.push(Span { bytes, id: Some(clue.id), title: None, sign: None, class: "clue" });
        }
    }
    spans.sort_by_key(|span| span.bytes.start);
    spans
}

pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The conditions and the place in the list: what links within a document keep.
pub(super) fn parameters_here(visit: &Visit<'_>) -> Parameters {
    let view = visit.view();
    visit.parameters.get("rank").map_or(view.clone(), |rank| view.with("rank", rank))
}

/// The number of the passage that has this byte.
pub(super) fn number_at(reading: &Reading, byte: usize) -> Option<u32> {
    let after = reading.passages.partition_point(|passage| passage.range().start <= byte);
    Some(reading.passages.get(after.checked_sub(1)?)?.number())
}
