//! Walks the documents of a query, whichever way is least work.

use tantivy::SegmentOrdinal;

use super::conjunction::{Conjunction, FEW};
use super::filter::Verdict;
use super::prepared::{Prepared, Walk};
use super::top_docs::{SegmentGate, TopDocs, walk_all};
use crate::backend::filter::Filter;
use crate::backend::found::{Candidate, Matches, TopDocsRequest};
use crate::error::Result;
use crate::index::snapshot::view::View;
use crate::index::storage::error::Doing;

/// The documents by which it is estimated how much a filter lets pass.
const SAMPLES: u32 = 64;

/// The best documents, and how many match in all if that is asked for.
pub(crate) fn execute(
    view: &View,
    prepared: &Prepared,
    filter: &Filter,
    request: TopDocsRequest,
) -> Result<(Matches, Vec<Candidate>)> {
    let mut best = TopDocs::new(request.limit, request.after);
    let matches = walk(view, prepared, filter, request, &mut best).doing("cannot search the index")?;
    Ok((matches, best.into_vec()))
}

fn walk(
    view: &View,
    prepared: &Prepared,
    filter: &Filter,
    request: TopDocsRequest,
    best: &mut TopDocs,
) -> tantivy::Result<Matches> {
    match &prepared.walk {
        Walk::Scorers => walk_all(view, &*prepared.query, filter, request.counting, best),
        Walk::OneWord(intervals) => intervals.walk(view, filter, request.counting, best),
        Walk::Conjunction(conjunction) => walk_conjunction(view, conjunction, filter, request, best),
    }
}

fn walk_conjunction(
    view: &View,
    conjunction: &Conjunction,
    filter: &Filter,
    request: TopDocsRequest,
    best: &mut TopDocs,
) -> tantivy::Result<Matches> {
    let counting = request.counting;
    // The documents of one stem are as many as the index says.
    let known = match conjunction.only() {
        Some(stem) if counting && counts_all(view, filter)? => {
            Some(Matches { total: stem.documents, ..Matches::default() })
        }
        _ => None,
    };
    let counting = counting && known.is_none();
    let prunes = !request.exact && !counting && conjunction.prunes();
    // Of one word, documents are scored before the filter is asked; of several, looking for the others costs more.
    if prunes && (conjunction.is_one() || conjunction.rarest() * passing(view, filter)? >= FEW * u64::from(SAMPLES)) {
        conjunction.walk_pruned(view, filter, best)?;
        return Ok(known.unwrap_or_default());
    }
    let counted = conjunction.walk(view, filter, counting, best)?;
    Ok(known.unwrap_or(counted))
}

/// Returns whether every found document counts: none is deleted, refused or undated.
fn counts_all(view: &View, filter: &Filter) -> tantivy::Result<bool> {
    if !filter.conditions.is_empty() {
        return Ok(false);
    }
    for (segment, reader) in (0..).zip(view.searcher.segment_readers()) {
        if reader.has_deletes() || !view.days(segment)?.all_dated {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Of [`SAMPLES`] documents, how many a filter lets pass.
fn passing(view: &View, filter: &Filter) -> tantivy::Result<u64> {
    if filter.conditions.is_empty() {
        return Ok(u64::from(SAMPLES));
    }
    let mut passing = 0;
    let step = (view.all_documents() / u64::from(SAMPLES)).max(1);
    let mut before: u64 = 0;
    for (segment, reader) in (0 as SegmentOrdinal..).zip(view.searcher.segment_readers()) {
        let gate = SegmentGate::new(view, segment, filter, false)?;
        let documents = u64::from(reader.max_doc());
        let first = before.next_multiple_of(step);
        for doc in (first..before + documents).step_by(step as usize) {
            passing += u64::from(gate.verdict((doc - before) as u32) == Verdict::In);
        }
        before += documents;
    }
    Ok(passing)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::Arc;

    use super::*;
    use crate::document::Document;
    use crate::index::snapshot::shared::Inner;
    use crate::index::state::State;
    use crate::index::writing::index_writer::IndexWriter;
    use crate::query::{Matching, Query, Synonyms};
    use crate::search::compile::compiler::{Asking, compile};
    use crate::search::compile::vocabulary::Vocabulary;
    use crate::text::{Analyzer, Language};
    use crate::time::Date;

    /// Several segments of documents of many lengths, in two languages, some undated, some deleted.
    fn index() -> Arc<Inner> {
        let inner = Arc::new(Inner::in_memory().unwrap());
        let words = ["harbour", "fires", "ferry", "councils", "bread", "nights", "lights"];
        for part in 0..3_u32 {
            let mut writer = IndexWriter::new(Arc::clone(&inner)).unwrap();
            for number in 0..1_500_u32 {
                // Any spread that does not repeat soon.
                let seed = (part * 1_500 + number).wrapping_mul(2_654_435_761);
                let has = |at: &usize| seed >> (3 * at) & 7 < 1 + *at as u32 % 4;
                let picked: Vec<&str> = (0..words.len())
                    .filter(has)
                    .flat_map(|at| vec![words[at]; 1 + (seed >> 28) as usize % 3])
                    .collect();
                let filler = "and so on ".repeat((seed >> 20) as usize % 9);
                let language = if seed % 97 == 0 { "fr".parse().unwrap() } else { Language::ENGLISH };
                let spoken =
                    ["", "On 4 March 1972.", "In 1972.", "In 1971 and in May 1972."][(seed >> 13) as usize % 4];
                let text = format!("{} {filler} {spoken}", picked.join(" "));
                let mut document = Document::new(format!("{part}-{number}"), text);
                document = document.language(language);
                if seed % 89 != 0 {
                    document = document.date(Date::from_day_number((seed >> 8) as i32 % 3_000));
                }
                writer.add(document).unwrap();
            }
            (0..50).for_each(|number| writer.remove(&format!("{part}-{}", number * 7)));
            writer.commit().unwrap();
        }
        inner.reader.reload().unwrap();
        inner
    }

    #[test]
    fn every_way_of_walking_finds_and_counts_the_same_documents() {
        let inner = index();
        let state = State::of(&inner).unwrap();
        let view = &*state.view;
        assert!(view.searcher.segment_readers().len() > 1);
        let vocabulary = Vocabulary::new(&state);
        let synonyms = Synonyms::default();
        let asking = Asking {
            vocabulary: &vocabulary,
            synonyms: &synonyms,
            certain: false,
            about_certain: false,
            about_within: &[],
        };
        let today: Date = "2026-01-01".parse().unwrap();
        for (question, matching) in [
            ("harbour", Matching::All),
            ("lights", Matching::All),
            ("councils", Matching::All),
            ("councils date:1971..1977", Matching::All),
            ("councils about:1972-03", Matching::All),
            ("l*", Matching::All),
            ("n* date:1971..1977", Matching::All),
            ("b* about:1972-03", Matching::All),
            ("fires~1", Matching::All),
            ("harbour fire", Matching::All),
            ("lights councils bread", Matching::All),
            ("harbour lights ferry bread council", Matching::Best),
            ("fire bread", Matching::Best),
            ("ferry date:1972..1972", Matching::All),
            ("lights bread date:1971..1977", Matching::All),
            ("harbour lights ferry bread council date:1972", Matching::Best),
            ("ferry about:1972-03-04", Matching::All),
            ("lights bread about:1972-03 date:1971..1977", Matching::All),
            ("harbour lights ferry bread council about:1972-05", Matching::Best),
            ("nowhere", Matching::All),
        ] {
            let query = Query::parse(question, today);
            let mut compiled = compile(query.node(), matching, false, &asking, &mut Analyzer::new()).unwrap();
            let is_pattern = question.contains(['*', '~']);
            assert_eq!(!matches!(compiled.query.walk, Walk::Conjunction(_)), is_pattern, "{question} is words alone");
            let find = |prepared: &Prepared, request| execute(view, prepared, &compiled.filter, request).unwrap();
            let count = TopDocsRequest { limit: 30, counting: true, exact: true, ..TopDocsRequest::default() };
            let (counts, counted) = find(&compiled.query, count);
            let (_, quick) = find(&compiled.query, TopDocsRequest { limit: 30, ..TopDocsRequest::default() });
            let after = counted.get(9).map(|tenth| (tenth.score, tenth.key));
            let (_, rest) = find(&compiled.query, TopDocsRequest { limit: 20, after, ..count });
            compiled.query.walk = Walk::Scorers;
            let (by_engine, engine) = execute(view, &compiled.query, &compiled.filter, count).unwrap();
            assert_eq!((counts.total, counts.undated), (by_engine.total, by_engine.undated), "{question}");
            assert_eq!(counts.undated_left_out, by_engine.undated_left_out, "{question}");
            for found in [&quick, &engine] {
                assert_eq!(found.len(), counted.len(), "{question}");
                for (a, b) in found.iter().zip(&counted) {
                    assert!((a.score - b.score).abs() < 1e-4, "{question}: {a:?} {b:?}");
                }
            }
            if counted.len() > 10 {
                assert_eq!(rest[..], counted[10..], "{question}: a page after the tenth");
            }
        }
    }
}
