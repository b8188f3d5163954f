//! Finds the numbers that documents give for the words of a question.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use super::compile::compiler::compile;
use super::compile::vocabulary::Vocabulary;
use super::matched::{Beside, MatchedDocs, by_day};
use super::request::{Request, Sort};
use crate::answer::figures::{FigureGroup, FigurePassage, FigureSource, FiguresReport};
use crate::answer::search::Highlight;
use crate::backend::reader::Backend;
use crate::document::{Document, Source};
use crate::error::{Error, ErrorKind, Result};
use crate::figures::{Bound, Figure, Quantity, figures as figures_in};
use crate::note::{Note, NoteKind};
use crate::passages::excerpt::{line_of, marked_ranges};
use crate::passages::match_terms::matches;
use crate::passages::query_terms::QueryTerms;
use crate::query::{Matching, Node};
use crate::text::{Analyzer, Passage, Splitter, sentences};
use crate::time::Date;

/// The documents that are read, the oldest ones.
const READ: usize = 20_000;

/// The numbers that the matching documents give for the words of the question.
pub(crate) fn figures<B: Backend>(request: &Request, backend: &B, analyzer: &mut Analyzer) -> Result<FiguresReport> {
    let matching = if request.matching == Matching::Auto { Matching::All } else { request.matching };
    let request = &Request { matching, ..request.clone() };
    let vocabulary = Vocabulary::new(backend);
    let mut matched = MatchedDocs::of(request, &vocabulary, analyzer, Beside::Nothing, 0)?;
    let mut parts: Vec<QueryTerms> = Vec::new();
    for node in parts_of(matched.query.node()) {
        parts.push(compile(node, matching, false, &request.asking(&vocabulary), analyzer)?.wanted);
    }
    parts.retain(QueryTerms::has_words);
    if parts.is_empty() {
        let error = Error::new(ErrorKind::Argument, "the question has no word for what is counted");
        return Err(error.hint("say what: dateline figures 'boats'"));
    }
    let limit = READ.min(backend.documents() as usize);
    let found = by_day(backend, &matched.compiled, limit, Sort::Oldest, None)?;
    let distinct = matched.distinct();
    let mut gathered = Gathered::default();
    for (_, candidate) in &found {
        gathered.read(&backend.document(candidate.doc)?, &parts, request.passages, analyzer);
    }
    if distinct > found.len() as u64 {
        let message = format!("only the oldest {} documents were read, of {distinct}", found.len());
        matched.notes.push(Note::new(NoteKind::Limit, message));
    }
    let documents = gathered.documents;
    let mut figures: Vec<FigureGroup> = gathered.groups.into_values().map(Group::into_answer).collect();
    figures.sort_by(|a, b| {
        let day = |group: &FigureGroup| group.first.map_or(i32::MAX, Date::first_day);
        b.documents.cmp(&a.documents).then(day(a).cmp(&day(b))).then_with(|| a.quantity.order(&b.quantity))
    });
    let figures_left_out = figures.len().saturating_sub(request.limit) as u64;
    figures.truncate(request.limit);
    Ok(FiguresReport {
        total: matched.counts.total,
        distinct,
        read_as: matched.read_as,
        notes: matched.notes,
        documents,
        figures,
        figures_left_out,
    })
}

/// The parts of a question that must all stand in one sentence.
fn parts_of(node: &Node) -> Vec<&Node> {
    match node {
        Node::And(nodes) | Node::Free(nodes) => nodes.iter().flat_map(parts_of).collect(),
        Node::Not(_) => Vec::new(),
        node => vec![node],
    }
}

/// What makes two quantities one.
type Key = (Bound, u64, Option<u64>, Option<String>);

fn key(quantity: &Quantity) -> Key {
    (quantity.bound, quantity.value.to_bits(), quantity.high.map(f64::to_bits), quantity.unit.clone())
}

/// What was found in the documents read so far, which come in the order of their days.
#[derive(Default)]
struct Gathered {
    documents: u64,
    groups: HashMap<Key, Group>,
}

/// A number with the documents that give it.
struct Group {
    quantity: Quantity,
    sources: Vec<FigureSource>,
    passages: Vec<FigurePassage>,
}

/// A number in a sentence of a document.
struct Said {
    figure: Figure,
    /// The bytes of the sentence in the text; none for the title.
    sentence: Option<Range<usize>>,
    highlights: Vec<Range<usize>>,
}

impl Gathered {
    /// Reads a document. At most `most` sentences of each source are kept for a number.
    fn read(&mut self, document: &Document, parts: &[QueryTerms], most: usize, analyzer: &mut Analyzer) {
        let mut first: Vec<(Key, Said)> = Vec::new();
        for said in said(document, parts, analyzer) {
            let key = key(&said.figure.quantity);
            if !first.iter().any(|(known, _)| *known == key) {
                first.push((key, said));
            }
        }
        self.documents += u64::from(!first.is_empty());
        let passages = OnceCell::new();
        let source = document.attribution.source();
        for (key, said) in first {
            let quantity = said.figure.quantity.clone();
            let group = self.groups.entry(key).or_insert_with(|| Group::new(quantity));
            if group.add(source.as_ref(), document.dated.date()) <= most as u64 {
                group.passages.extend(passage(document, &passages, source.clone(), &said));
            }
        }
    }
}

impl Group {
    fn new(quantity: Quantity) -> Group {
        Group { quantity, sources: Vec::new(), passages: Vec::new() }
    }

    /// Counts a document, and returns how many its source has by now.
    fn add(&mut self, source: Option<&Source>, date: Option<Date>) -> u64 {
        let at = self.sources.iter().position(|known| known.source.as_ref() == source);
        let at = at.unwrap_or_else(|| {
            let source = source.cloned();
            self.sources.push(FigureSource { source, documents: 0, first: None, last: None });
            self.sources.len() - 1
        });
        let known = &mut self.sources[at];
        known.documents += 1;
        if let Some(date) = date {
            let (first, last) = (Date::from_day_number(date.first_day()), Date::from_day_number(date.last_day()));
            known.first = Some(known.first.map_or(first, |known| known.min(first)));
            known.last = Some(known.last.map_or(last, |known| known.max(last)));
        }
        known.documents
    }

    fn into_answer(self) -> FigureGroup {
        FigureGroup {
            text: self.quantity.to_string(),
            documents: self.sources.iter().map(|source| source.documents).sum(),
            first: self.sources.iter().filter_map(|source| source.first).min(),
            last: self.sources.iter().filter_map(|source| source.last).max(),
            quantity: self.quantity,
            sources: self.sources,
            passages: self.passages,
        }
    }
}

/// The numbers that a document gives for what all parts of a question ask for, the title's last.
fn said(document: &Document, parts: &[QueryTerms], analyzer: &mut Analyzer) -> Vec<Said> {
    let in_text = |text: &str, analyzer: &mut Analyzer| -> Vec<Vec<Range<usize>>> {
        let found = parts.iter().map(|part| matches(part, text, document.language, analyzer));
        found.map(|found| found.into_iter().map(|found| found.range).collect()).collect()
    };
    let marks = in_text(&document.text, analyzer);
    let mut all = Vec::new();
    for sentence in sentences(&document.text) {
        let range = sentence.range;
        let Some(text) = document.text.get(range.clone()) else { continue };
        let marks: Vec<Vec<Range<usize>>> = marks.iter().map(|marks| within(marks, &range)).collect();
        all.extend(said_in(text, &marks, document).map(|said| Said { sentence: Some(range.clone()), ..said }));
    }
    // A title that is taken from the text was read with it.
    if let Some(title) = document.title.as_deref().filter(|title| !document.text.contains(*title)) {
        let marks = in_text(title, analyzer);
        all.extend(said_in(title, &marks, document));
    }
    all
}

/// The ranges that lie in a part of the text, with offsets into it. They are in the order of their beginnings.
fn within(ranges: &[Range<usize>], part: &Range<usize>) -> Vec<Range<usize>> {
    let from = ranges.partition_point(|range| range.start < part.start);
    let inside = ranges[from..].iter().take_while(|range| range.start < part.end);
    inside.map(|range| range.start - part.start..range.end.min(part.end) - part.start).collect()
}

/// The numbers of a sentence that count one of the marked words, if every part has a marked word in it.
fn said_in<'a>(
    text: &str,
    marks: &'a [Vec<Range<usize>>],
    document: &Document,
) -> impl Iterator<Item = Said> + use<'a> {
    let found =
        if marks.iter().all(|marks| !marks.is_empty()) { figures_in(text, document.language) } else { Vec::new() };
    found.into_iter().filter_map(move |figure| {
        let mut highlights: Vec<Range<usize>> =
            marks.iter().flatten().filter(|mark| figure.has(mark)).cloned().collect();
        if highlights.is_empty() {
            return None;
        }
        highlights.push(figure.bytes.clone());
        highlights.sort_by_key(|range| range.start);
        Some(Said { figure, sentence: None, highlights })
    })
}

/// A sentence as it is shown. The passages of the text are cut once for a document.
fn passage(
    document: &Document,
    passages: &OnceCell<Vec<Passage>>,
    source: Option<Source>,
    said: &Said,
) -> Option<FigurePassage> {
    let whole = match &said.sentence {
        Some(range) => document.text.get(range.clone())?,
        None => document.title.as_deref()?,
    };
    let (text, before) = (whole.trim(), whole.len() - whole.trim_start().len());
    let moved = |range: &Range<usize>| {
        let at = |byte: usize| byte.saturating_sub(before).min(text.len());
        at(range.start)..at(range.end)
    };
    let highlights: Vec<Range<usize>> = said.highlights.iter().map(moved).collect();
    let bytes = said.sentence.as_ref().map(|range| range.start + before..range.start + before + text.len());
    let number = bytes.as_ref().and_then(|bytes| {
        let passages = passages.get_or_init(|| Splitter::default().split(&document.text));
        let at = passages.iter().find(|passage| passage.range().contains(&bytes.start))?;
        Some(at.number())
    });
    let highlights: Vec<Highlight> = marked_ranges(text, &highlights);
    Some(FigurePassage {
        id: number.map_or(document.id.clone(), |number| format!("{}#{number}", document.id)),
        date: document.dated.date(),
        source,
        title: document.title.clone(),
        path: document.place.path.clone(),
        member: document.place.member.clone(),
        line: line_of(document, bytes.as_ref().map_or(0, |bytes| bytes.start)),
        url: document.url.clone(),
        written: whole.get(said.figure.bytes.clone())?.to_string(),
        text: text.to_string(),
        bytes,
        highlights,
    })
}
