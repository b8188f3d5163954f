//! Finds the earliest documents that match, and those whose dates leave open whether they are earlier.

use super::answer::hits;
use super::compile::vocabulary::Vocabulary;
use super::matched::{Beside, MatchedDocs};
use super::request::Request;
use crate::answer::copies::Relation;
use crate::answer::dates::DatedDocument;
use crate::answer::first::{CopyOf, FirstDocument, FirstReport};
use crate::answer::search::Hit;
use crate::backend::earliest::EarliestRequest;
use crate::backend::filter::Condition;
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::text::Analyzer;

/// The uncertain documents of each kind that are named.
const NAMED: usize = 20;
/// The documents with conflicting clues that are read, the earliest ones.
const READ: usize = 500;

/// The earliest documents, and those that may be earlier.
pub(crate) fn first<B: Backend>(request: &Request, backend: &B, analyzer: &mut Analyzer) -> Result<FirstReport> {
    let matched = MatchedDocs::of(request, &Vocabulary::new(backend), analyzer, Beside::Nothing, 0)?;
    let limit = request.limit.min(backend.documents() as usize);
    // A copy may be earlier than the document that stands for it, unless its day is known.
    let mut filter = matched.compiled.filter.clone();
    filter.conditions.retain(|condition| !matches!(condition, Condition::NotCollapsed(_)));
    let collapsed = matched.collapse.as_ref().map(|collapse| (collapse.copies.clone(), collapse.collapsed.clone()));
    // The others are compared with the day of the first document, so it is needed even if none is asked for.
    let wanted = EarliestRequest { certain: limit.max(1), uncertain: NAMED, conflicting: READ };
    let found = backend.earliest(&matched.compiled.query, &filter, wanted, collapsed)?;
    let earliest = found.certain.sorted().map(|(_, doc)| doc);
    let hits = hits(request, backend, analyzer, &matched, earliest.take(limit))?;
    let read = |doc| backend.document(doc).map(DatedDocument::from);
    let first = found.certain.first_day().unwrap_or(i64::MAX);
    let may_be_first = |day: i64| day <= first;
    let coarse = found.coarse_days.range(..=first).map(|(_, documents)| documents).sum();
    let named = found.coarse.sorted().filter(|(day, _)| may_be_first(*day)).map(|(_, doc)| read(doc));
    let mut uncertain: Vec<DatedDocument> = named.collect::<Result<_>>()?;
    let mut conflicting = 0;
    for (day, doc) in found.conflicting.sorted().filter(|(day, _)| !may_be_first(*day)) {
        let document = read(doc)?;
        let mut clues = document.dated.rivals.iter().chain(&document.dated.refused);
        if clues.any(|clue| i64::from(clue.date.first_day()) < first.min(day)) {
            conflicting += 1;
            if conflicting <= NAMED as u64 {
                uncertain.push(document);
            }
        }
    }
    for (_, doc) in found.undated.sorted() {
        uncertain.push(read(doc)?);
    }
    Ok(FirstReport {
        total: matched.counts.total,
        distinct: matched.distinct(),
        undated: matched.counts.undated,
        read_as: matched.read_as,
        notes: matched.notes,
        documents: hits.into_iter().map(FirstDocument::from).collect(),
        coarse,
        conflicting,
        uncertain,
    })
}

impl From<Hit> for FirstDocument {
    fn from(hit: Hit) -> FirstDocument {
        // A version that is not the earliest names the earliest.
        let copy_of = hit.versions.first().filter(|_| hit.follows).map(|lead| CopyOf {
            id: lead.id.clone(),
            relation: Relation::of(lead.share_of_other, lead.share),
            share: lead.share_of_other,
        });
        FirstDocument { hit, copy_of }
    }
}
