//! Reports who copied whom: the stories of the matching documents, and the documents that stand in others.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use super::compile::vocabulary::Vocabulary;
use super::matched::{Beside, MatchedDocs};
use super::request::Request;
use crate::answer::copies::{Copied, CopyReport, Story};
use crate::answer::dates::DatedDocument;
use crate::backend::copies::{Copies, Figures};
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::text::Analyzer;

/// The stories of the matching documents, the one with the most documents first.
pub(crate) fn copy_report<B: Backend>(request: &Request, backend: &B, analyzer: &mut Analyzer) -> Result<CopyReport> {
    let matched = MatchedDocs::of(request, &Vocabulary::new(backend), analyzer, Beside::Nothing, 0)?;
    let mut report = CopyReport {
        total: matched.counts.total,
        distinct: matched.distinct(),
        stories: 0,
        listed: Vec::new(),
        read_as: matched.read_as,
        notes: matched.notes,
    };
    let Some(collapse) = &matched.collapse else { return Ok(report) };
    let matching: HashSet<u32> = matched.counts.sharing.into_iter().collect();
    let copies = &*collapse.copies;
    let mut stories = Vec::new();
    for (lead, taken) in all_stories(backend, copies)? {
        if matching.contains(&lead) || taken.iter().any(|taken| matching.contains(&taken.document)) {
            stories.push((Reverse(taken.len()), place(backend, copies, lead)?, lead, taken));
        }
    }
    stories.sort_by_key(|(length, place, ..)| (*length, *place));
    report.stories = stories.len() as u64;
    let read = |known: u32| backend.document(copies.doc(known));
    for (.., lead, taken) in stories.into_iter().skip(request.offset).take(request.limit) {
        let mut placed = Vec::with_capacity(taken.len());
        for taken in taken {
            placed.push((place(backend, copies, taken.document)?, taken));
        }
        placed.sort_by_key(|(place, _)| *place);
        let copied = placed.len() as u64;
        let copy = |(_, taken): ((i64, u64), Taken)| {
            let figures = taken.figures.map_or(Ok(Vec::new()), |figures| copies.figures(&figures))?;
            Ok(Copied::new(read(taken.document)?, taken.share, taken.share_of_lead, figures))
        };
        let copies = placed.into_iter().take(request.copies).map(copy).collect::<Result<_>>()?;
        report.listed.push(Story { lead: DatedDocument::from(read(lead)?), copied, copies });
    }
    Ok(report)
}

/// A document with its relation to the lead of its story.
struct Taken {
    document: u32,
    share: u8,
    share_of_lead: u8,
    figures: Option<Figures>,
}

/// The order of documents, independent of where they are stored: by day, undated ones last, then by id.
fn place<B: Backend>(backend: &B, copies: &B::Copies, known: u32) -> Result<(i64, u64)> {
    let doc = copies.doc(known);
    Ok((backend.days(doc)?.map_or(i64::MAX, |(first, _)| first), backend.key(doc)?))
}

/// All stories, by their leads. A document that shares less text with another is listed with the earlier of the two.
fn all_stories<B: Backend>(backend: &B, copies: &B::Copies) -> Result<BTreeMap<u32, Vec<Taken>>> {
    let mut stories: BTreeMap<u32, Vec<Taken>> = BTreeMap::new();
    for story in copies.stories()? {
        let members = story.members.into_iter().filter_map(|member| {
            let (document, figures) = (copies.by_number(member.number)?, Some(member.figures));
            Some(Taken { document, share: member.of_it, share_of_lead: member.of_other, figures })
        });
        let members: Vec<Taken> = members.collect();
        if let Some(lead) = copies.by_number(story.lead).filter(|_| !members.is_empty()) {
            stories.entry(lead).or_default().extend(members);
        }
    }
    for (first, second, pair) in copies.parts()? {
        let first_leads = place(backend, copies, first)? <= place(backend, copies, second)?;
        let (lead, document) = if first_leads { (first, second) } else { (second, first) };
        let (share, share_of_lead) =
            if first_leads { (pair.of_second, pair.of_first) } else { (pair.of_first, pair.of_second) };
        stories.entry(lead).or_default().push(Taken { document, share, share_of_lead, figures: None });
    }
    Ok(stories)
}
