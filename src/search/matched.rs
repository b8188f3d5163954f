//! A question read against one state of the index: how it is understood, what it matches, what there is to say.

use std::collections::HashSet;

use super::collapse::Collapse;
use super::compile::compiler::{CompiledQuery, compile};
use super::compile::stop_words::{Reduced, gather, without_stop_words};
use super::compile::vocabulary::Vocabulary;
use super::facets::unknown_sources;
use super::field_names::unknown_fields;
use super::request::{Request, Sort};
use super::rerank::RANKED;
use super::why_empty::{absent, emptied};
use crate::answer::search::Matched;
use crate::backend::clause::TextField;
use crate::backend::counts::{Counting, Counts};
use crate::backend::filter::Condition;
use crate::backend::found::{ByDayRequest, Candidate, TopDocsRequest};
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::note::{Note, NoteKind};
use crate::query::{Matching, Node, Query};
use crate::text::Analyzer;

/// Words in no document are looked for in other spellings where a question has no more words.
const FEW_WORDS: usize = 12;

/// The things counted beside the documents themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    Nothing,
    Sources,
    Days,
}

/// The `limit` newest or oldest documents that a query finds, each with what it is ordered by.
pub(crate) fn by_day<B: Backend>(
    backend: &B,
    compiled: &CompiledQuery<B>,
    limit: usize,
    sort: Sort,
    after: Option<(i64, u64)>,
) -> Result<Vec<(i64, Candidate)>> {
    let request = ByDayRequest { limit, newest: sort != Sort::Oldest, after };
    backend.by_day(&compiled.query, &compiled.filter, request)
}

/// A question read against one state of the index, and everything counted that it matches.
pub(crate) struct MatchedDocs<B: Backend> {
    /// The question without words that tell nothing.
    pub(crate) query: Query,
    pub(crate) compiled: CompiledQuery<B>,
    pub(crate) counts: Counts,
    /// The copies to collapse, if they are collapsed.
    pub(crate) collapse: Option<Collapse<B::Copies>>,
    /// The best by score, as many as were asked for.
    pub(crate) candidates: Vec<Candidate>,
    pub(crate) notes: Vec<Note>,
    pub(crate) read_as: String,
}

/// The result of one walk through the documents that match.
struct Found<C> {
    counts: Counts,
    collapse: Option<Collapse<C>>,
    candidates: Vec<Candidate>,
}

impl<B: Backend> MatchedDocs<B> {
    /// Reads a question, finds the best `candidates` documents, and counts. Where no document has all of its words,
    /// those with some of them are found, unless all were asked for.
    pub(crate) fn of(
        request: &Request,
        vocabulary: &Vocabulary<'_, B>,
        analyzer: &mut Analyzer,
        beside: Beside,
        candidates: usize,
    ) -> Result<MatchedDocs<B>> {
        let backend = vocabulary.backend();
        expect_words(request.query.node(), vocabulary, analyzer)?;
        let Reduced { query, notes: mut said } =
            without_stop_words(&request.query, request.matching, &request.synonyms, vocabulary)?;
        let request = &Request { query, ..request.clone() };
        let mut compiled = compiled(request, vocabulary, analyzer, false)?;
        let mut found = find(request, backend, &mut compiled, beside, candidates)?;
        let mut notes = request.query.notes().to_vec();
        let mut matching = request.matching;
        if found.counts.total == 0 && compiled.can_relax && matching == Matching::Auto {
            let mut relaxed = self::compiled(request, vocabulary, analyzer, true)?;
            let others = find(request, backend, &mut relaxed, beside, candidates)?;
            if others.counts.total > 0 {
                let apart = if found.counts.undated_left_out > 0 { "no dated document" } else { "no document" };
                let message = format!("{apart} has all of these words: showing those with some of them, best first");
                notes.push(Note::new(NoteKind::BestMatch, message));
                (compiled, found, matching) = (relaxed, others, Matching::Best);
            }
        }
        notes.append(&mut said);
        notes.append(&mut compiled.notes);
        notes.extend(what_is_missing(request, vocabulary, analyzer, &compiled, &found.counts)?);
        let read_as = read_as(request, matching, compiled.matched);
        let Found { counts, collapse, candidates } = found;
        let query = request.query.clone();
        Ok(MatchedDocs { query, compiled, counts, collapse, candidates, notes, read_as })
    }

    /// The number of matching documents that no other stands for.
    pub(crate) fn distinct(&self) -> u64 {
        self.counts.total - self.collapse.as_ref().map_or(0, |collapse| collapse.collapsed.documents())
    }
}

/// Tells the engine which terms a question is going to ask about.
fn expect_words<B: Backend>(node: &Node, vocabulary: &Vocabulary<'_, B>, analyzer: &mut Analyzer) -> Result<()> {
    vocabulary.backend().expect(|| {
        let (mut words, mut terms) = (Vec::new(), HashSet::new());
        gather(node, &mut words);
        for word in words {
            let stems = vocabulary.bits().map(|(language, _)| analyzer.stem(&word, language).to_string());
            terms.extend(stems.map(|stem| (TextField::Stems, stem)));
            terms.insert((TextField::Words, word));
        }
        terms.into_iter().collect()
    })
}

/// A question with all of its conditions, made ready for the engine.
pub(crate) fn compiled<B: Backend>(
    request: &Request,
    vocabulary: &Vocabulary<'_, B>,
    analyzer: &mut Analyzer,
    relaxed: bool,
) -> Result<CompiledQuery<B>> {
    let asking = request.asking(vocabulary);
    let mut compiled = compile(request.query.node(), request.matching, relaxed, &asking, analyzer)?;
    compiled.filter.conditions.extend(request.conditions());
    Ok(compiled)
}

/// Counts what matches and finds the best of it. Where copies are collapsed, those that another stands for are refused
/// by the filter from here on.
fn find<B: Backend>(
    request: &Request,
    backend: &B,
    compiled: &mut CompiledQuery<B>,
    beside: Beside,
    candidates: usize,
) -> Result<Found<B::Copies>> {
    let copies = if request.collapse { Some(backend.copies()?) } else { None };
    let top = TopDocsRequest {
        limit: if compiled.scored { candidates } else { 0 },
        after: request.after_score(),
        // A page that ends past the top is gone on from by score.
        exact: request.end() >= RANKED,
        counting: beside == Beside::Nothing && copies.is_none(),
    };
    if top.counting {
        let (matches, candidates) = backend.top_docs(&compiled.query, &compiled.filter, top)?;
        return Ok(Found { counts: matches.into(), collapse: None, candidates });
    }
    let (sources, days) = (beside == Beside::Sources, beside == Beside::Days);
    let counts = backend.count(
        &compiled.query,
        &compiled.filter,
        Counting { sources, days, split: None, copies: copies.clone() },
    )?;
    let earliest = request.sort == Sort::Oldest;
    let collapse = match copies {
        Some(copies) => Some(Collapse::new(backend, copies, &counts.sharing, earliest)?),
        None => None,
    };
    if let Some(collapse) = collapse.as_ref().filter(|collapse| collapse.collapsed.documents() > 0) {
        compiled.filter.conditions.push(Condition::NotCollapsed(collapse.collapsed.clone()));
    }
    let candidates =
        if top.limit > 0 { backend.top_docs(&compiled.query, &compiled.filter, top)?.1 } else { Vec::new() };
    Ok(Found { counts, collapse, candidates })
}

/// Sentences on words and sources that the index does not have, and on why nothing was found.
fn what_is_missing<B: Backend>(
    request: &Request,
    vocabulary: &Vocabulary<'_, B>,
    analyzer: &mut Analyzer,
    compiled: &CompiledQuery<B>,
    counts: &Counts,
) -> Result<Vec<Note>> {
    if vocabulary.documents() == 0 {
        return Ok(vec![Note::new(NoteKind::EmptyIndex, "the index holds no document yet")]);
    }
    let mut notes = Vec::new();
    let few = compiled.wanted.words.len() <= FEW_WORDS;
    if counts.total == 0 || request.matching == Matching::Auto && few {
        notes.extend(absent(&compiled.missing, vocabulary)?);
    }
    if counts.total == 0 {
        notes.extend(unknown_sources(&request.query, vocabulary.backend())?);
        notes.extend(unknown_fields(&request.query, vocabulary.backend())?);
        if request.why_empty && !compiled.is_heavy {
            let conditions: Vec<Condition> = request.conditions().collect();
            let asking = request.asking(vocabulary);
            notes.extend(emptied(request.query.node(), &compiled.missing, &asking, &conditions, analyzer)?);
        }
    }
    Ok(notes)
}

/// A question as it was read, in words.
fn read_as(request: &Request, matching: Matching, matched: Matched) -> String {
    let matching = match (matching, matched) {
        (Matching::Auto, Matched::All) => Matching::All,
        (Matching::Auto, Matched::Best) => Matching::Best,
        (matching, _) => matching,
    };
    let mut read_as = request.query.describe(matching);
    for range in &request.about_within {
        read_as.push_str(&format!(" · about a time within {range}"));
    }
    if request.certain {
        read_as.push_str(" · certainly");
    }
    if request.about_certain {
        read_as.push_str(" · days worked out left out");
    }
    read_as
}
