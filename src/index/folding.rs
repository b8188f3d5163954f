//! Copies folded: of the documents that match, one stands for those that say nothing it does not say.
//!
//! Folding comes after all conditions. What is folded is refused by the filter of the ranking, as if it did not match;
//! so an answer has its documents in one order, and pages of it hold each of them once.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::{DocAddress, DocId, Searcher};

use super::copied::{COPY, Copied};
use super::days::Days;
use super::failure::Doing;
use super::filed::{Figures, Filed};
use super::folded::Folded;
use super::pairs::{Pair, Spread};
use super::prints::numbers;
use super::stories::{Member, Story};
use crate::corpus::Document;
use crate::error::Result;
use crate::text::FigureChange;

/// So many documents are looked up in one go.
const AT_ONCE: usize = 1_024;

/// What is known of copies, by the places of documents in one state of the index.
pub(super) struct Folds {
    /// By segment and document the place in `documents`, counted from 1; 0 for those that share no text.
    segments: Vec<Vec<u32>>,
    documents: Vec<Known>,
    filed: Filed,
    by_number: HashMap<u64, u32, BuildHasherDefault<Spread>>,
    /// Documents that share less than those of a story.
    parts: Vec<Pair>,
}

/// Where a document is that is there no more.
const GONE: DocAddress = DocAddress { segment_ord: u32::MAX, doc_id: 0 };

/// A document that shares text with others.
struct Known {
    address: DocAddress,
    number: u64,
    /// Its story, and its place there: 0 for the lead.
    story: Option<(u32, u32)>,
}

impl Folds {
    /// From the list of copies of that state.
    pub(super) fn new(mut filed: Filed, searcher: &Searcher) -> Result<Folds> {
        let pairs = std::mem::take(&mut filed.copies.pairs);
        let documents = filed.copies.stories.iter().map(|story| 1 + story.members.len()).sum();
        let mut folds = Folds {
            segments: Vec::new(),
            documents: Vec::with_capacity(documents),
            by_number: HashMap::with_capacity_and_hasher(documents, BuildHasherDefault::default()),
            filed: Filed::default(),
            parts: Vec::new(),
        };
        for (at, story) in (0..).zip(&filed.copies.stories) {
            folds.name(story.lead, Some((at, 0)));
            (1..).zip(&story.members).for_each(|(place, member)| folds.name(member.number, Some((at, place))));
        }
        for pair in pairs {
            let story = |number| folds.by_number.get(&number).and_then(|known| folds.documents[*known as usize].story);
            let (one, other) = (story(pair.first), story(pair.second));
            if one.is_none() || one.map(|one| one.0) != other.map(|other| other.0) {
                folds.name(pair.first, None);
                folds.name(pair.second, None);
                folds.parts.push(pair);
            }
        }
        folds.filed = filed;
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            let mut here = Vec::new();
            if !folds.documents.is_empty() {
                here.resize(segment.max_doc() as usize, 0);
                let numbers = numbers(segment).doing("cannot read the index")?;
                let mut some = [0; AT_ONCE];
                for first in (0..segment.max_doc()).step_by(AT_ONCE) {
                    let some = &mut some[..AT_ONCE.min((segment.max_doc() - first) as usize)];
                    numbers.get_range(u64::from(first), some);
                    for (doc, number) in (first..).zip(some) {
                        let Some(known) = folds.by_number.get(number) else { continue };
                        if !segment.is_deleted(doc) {
                            folds.documents[*known as usize].address = DocAddress::new(ordinal, doc);
                            here[doc as usize] = known + 1;
                        }
                    }
                }
            }
            folds.segments.push(here);
        }
        Ok(folds)
    }

    /// Notes a document that shares text, once.
    fn name(&mut self, number: u64, story: Option<(u32, u32)>) {
        let documents = &mut self.documents;
        self.by_number.entry(number).or_insert_with(|| {
            documents.push(Known { address: GONE, number, story });
            documents.len() as u32 - 1
        });
    }

    /// The place among the documents that share text; none for a document that does not.
    #[inline]
    pub(super) fn known(&self, segment: u32, doc: DocId) -> Option<u32> {
        self.segments.get(segment as usize)?.get(doc as usize)?.checked_sub(1)
    }

    pub(super) fn address(&self, known: u32) -> DocAddress {
        self.documents[known as usize].address
    }

    pub(super) fn by_number(&self, number: u64) -> Option<u32> {
        self.by_number.get(&number).copied().filter(|known| self.address(*known) != GONE)
    }

    pub(super) fn stories(&self) -> &[Story<Figures>] {
        &self.filed.copies.stories
    }

    /// The figures of a document that another has otherwise.
    pub(super) fn figures(&self, figures: &Figures) -> Result<Vec<FigureChange>> {
        self.filed.figures(figures)
    }

    /// The story a document is of, and its own part in it; none for the lead.
    pub(super) fn story(&self, known: u32) -> Option<(u32, Option<&Member<Figures>>)> {
        let (story, place) = self.documents[known as usize].story?;
        let member =
            place.checked_sub(1).and_then(|place| self.stories().get(story as usize)?.members.get(place as usize));
        Some((story, member))
    }

    /// Which document of a story comes when, from 0.
    pub(super) fn place(&self, known: u32) -> Option<(u32, u32)> {
        self.documents[known as usize].story
    }

    /// Pairs of documents that share text and are not of one story.
    pub(super) fn parts(&self) -> &[Pair] {
        &self.parts
    }

    /// The number of the document that can stand for this one: its own where no other can.
    fn version(&self, known: u32) -> u64 {
        let under = self.story(known).and_then(|(_, member)| member).filter(|member| member.folds);
        under.map_or(self.documents[known as usize].number, |member| member.under)
    }
}

/// Of the documents that match, which stand for which.
pub(super) struct Folding {
    pub(super) folds: Arc<Folds>,
    /// Under each document those folded, in the order of their days.
    under: HashMap<DocAddress, Vec<u32>>,
    pub(super) folded: Arc<Folded>,
}

/// What a document found has in common with others.
#[derive(Default)]
pub(super) struct Kin {
    /// How many documents that match are folded under it,
    pub(super) copied: u64,
    /// and the first of them.
    pub(super) copies: Vec<Copied>,
    /// Other versions of its story, whether they match or not; of one that is not the lead, the lead alone.
    pub(super) versions: Vec<Copied>,
    pub(super) follows: bool,
}

impl Folding {
    /// Folds those documents that match and share text with others. Where the oldest come first, the earliest of the
    /// copies that match stands for the others: the first whose day is known, as of a year nobody can tell whether it
    /// was earlier.
    pub(super) fn new(
        folds: Arc<Folds>,
        mut matching: Vec<u32>,
        earliest: bool,
        searcher: &Searcher,
    ) -> Result<Folding> {
        let days = searcher.segment_readers().iter().map(Days::of).collect::<tantivy::Result<Vec<_>>>();
        let days = days.doing("cannot read the index")?;
        let is_exact = |known: &u32| {
            let DocAddress { segment_ord, doc_id } = folds.address(*known);
            let day = days.get(segment_ord as usize).and_then(|days| days.both(doc_id));
            day.is_some_and(|(first, last)| first == last)
        };
        // A story keeps its order.
        matching.sort_unstable_by_key(|known| folds.place(*known));
        let mut groups: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        for known in matching.into_iter().filter(|known| folds.place(*known).is_some()) {
            groups.entry(folds.version(known)).or_default().push(known);
        }
        let (mut under, mut documents) = (HashMap::new(), 0);
        let mut by_segment: HashMap<SegmentId, Vec<DocId>> = HashMap::new();
        for (version, mut group) in groups.into_iter().filter(|(_, group)| group.len() > 1) {
            // Otherwise the one the others were compared with, or else the first that has nearly all of it.
            let whole = |known: &u32| match folds.story(*known) {
                Some((_, Some(member))) if member.number != version => member.of_other,
                _ => u8::MAX,
            };
            let has = |share: u8| group.iter().position(|known| whole(known) >= share);
            let fullest = || (0..group.len()).max_by_key(|at| (whole(&group[*at]), std::cmp::Reverse(*at)));
            let best = || has(u8::MAX).or_else(|| has(COPY)).or_else(fullest).unwrap_or_default();
            let first = || group.iter().position(is_exact).unwrap_or_default();
            let shown = group.remove(if earliest { first() } else { best() });
            for known in &group {
                let DocAddress { segment_ord, doc_id } = folds.address(*known);
                let segment = searcher.segment_reader(segment_ord).segment_id();
                by_segment.entry(segment).or_default().push(doc_id);
                documents += 1;
            }
            under.insert(folds.address(shown), group);
        }
        let rising = |(segment, mut docs): (SegmentId, Vec<DocId>)| {
            docs.sort_unstable();
            (segment, docs.into())
        };
        let by_segment = by_segment.into_iter().map(rising).collect();
        Ok(Folding { folds, under, folded: Arc::new(Folded { by_segment, documents }) })
    }

    /// What a document has in common with others, at most so many of each kind, which are read.
    pub(super) fn kin(
        &self,
        address: DocAddress,
        most: usize,
        mut read: impl FnMut(DocAddress) -> Result<Document>,
    ) -> Result<Kin> {
        let folds = &self.folds;
        let known = folds.known(address.segment_ord, address.doc_id);
        let Some((story, own)) = known.and_then(|known| folds.story(known)) else { return Ok(Kin::default()) };
        let mut kin = Kin::default();
        let under = self.under.get(&address).map_or(&[][..], Vec::as_slice);
        kin.copied = under.len() as u64;
        for copy in under.iter().take(most) {
            // A lead is under one that was compared with it. Where what others were compared with does not match, another
            // stands for it: no more is known of that one.
            let member = folds.story(*copy).and_then(|(_, member)| member);
            let shares = member.map(|member| (member.of_it, member.of_other));
            let Some((share, of_other)) = shares.or(own.map(|own| (own.of_other, own.of_it))) else { continue };
            kin.copies.push(Copied::new(read(folds.address(*copy))?, share, of_other, Vec::new()));
        }
        let Some(story) = folds.stories().get(story as usize) else { return Ok(kin) };
        match own {
            Some(own) => {
                // Of a folded one that stands for its like, what is known is of the one it would be under.
                let version = story.members.iter().find(|member| own.folds && member.number == own.under);
                let version = version.unwrap_or(own);
                let lead = folds.by_number(story.lead).filter(|_| !version.folds);
                if let Some(lead) = lead {
                    let figures = folds.figures(&version.figures)?.into_iter();
                    let figures = figures.map(|FigureChange { old, new }| FigureChange { old: new, new: old });
                    let lead = read(folds.address(lead))?;
                    kin.versions.push(Copied::new(lead, version.of_other, version.of_it, figures.collect()));
                    kin.follows = true;
                }
            }
            None => {
                let others = story.members.iter().filter(|member| !member.folds);
                let there = others.filter_map(|member| Some((folds.by_number(member.number)?, member)));
                for (known, member) in there.take(most) {
                    let (document, figures) = (read(folds.address(known))?, folds.figures(&member.figures)?);
                    kin.versions.push(Copied::new(document, member.of_it, member.of_other, figures));
                }
            }
        }
        Ok(kin)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::index::handle::Inner;
    use crate::index::search::Search;
    use crate::index::writer::{Engine, IndexWriter};
    use crate::query::Query;

    #[test]
    fn versions_that_are_gone_take_no_place_of_those_that_are_there() {
        let inner = Arc::new(Inner::in_memory().unwrap());
        let words: Vec<String> = (0..60).map(|n| format!("skerry{n}")).collect();
        let text = |boats: u32| format!("In the harbour {boats} boats burnt before dawn. {}.", words.join(" "));
        let mut writer = IndexWriter::new(Arc::clone(&inner)).unwrap();
        for (id, boats) in [("lead", 83), ("gone", 63), ("there", 71)] {
            writer.add(Document::new(id, text(boats))).unwrap();
            writer.commit().unwrap();
        }
        drop(writer);
        let versions = || {
            let results = Search::new(Arc::clone(&inner), Query::from("harbour")).fold(true).copies(1).run().unwrap();
            let lead = results.hits.iter().find(|hit| !hit.follows).unwrap();
            (lead.id.clone(), lead.versions.iter().map(|version| version.id.clone()).collect::<Vec<_>>())
        };
        let (lead, before) = versions();
        // The list of copies is made anew by a later commit.
        let mut engine = Engine::open(&inner, 1, 0).unwrap();
        engine.remove(&inner, &before[0]);
        engine.commit(&inner, &inner.catalog().unwrap()).unwrap();
        let (still, after) = versions();
        assert_eq!((still, after.len()), (lead, 1));
        assert_ne!(before, after);
    }
}
