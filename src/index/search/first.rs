//! The earliest documents that match, and those whose dates leave it open whether they are earlier.

use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::collapse::Folding;
use super::matched::{Asked, Counting};
use super::request::Request;
use crate::answer::copies::Relation;
use crate::answer::dates::DatedDocument;
use crate::answer::first::{CopyOf, FirstDocument, FirstReport};
use crate::answer::search::Hit;
use crate::document::Doubt;
use crate::error::Result;
use crate::index::compile::vocabulary::Vocabulary;
use crate::index::copies::by_document::Folds;
use crate::index::record::clue_column::Clues;
use crate::index::record::date_column::Days;
use crate::index::record::id_column::Ids;
use crate::index::scoring::filter::{Condition, Filter, SegmentFilter, Verdict};
use crate::index::snapshot::shared::Inner;
use crate::index::storage::error::Doing;

/// So many uncertain documents of each kind are named.
const NAMED: usize = 20;
/// So many documents with conflicting clues are read, the earliest.
const READ: usize = 500;

impl Request {
    /// The earliest documents, and those that may be earlier.
    pub(crate) fn first(&self, index: &Inner) -> Result<FirstReport> {
        let view = index.view()?;
        let searcher = &view.searcher;
        let vocabulary = Vocabulary::new(&view);
        let asked =
            index.with_analyzer(|analyzer| Asked::new(self, index, &vocabulary, analyzer, Counting::Documents, 0))?;
        let limit = self.limit.min(searcher.num_docs() as usize);
        // A copy may be earlier than the one it is folded under, unless its day is known.
        let mut filter = asked.plan.filter.clone();
        filter.conditions.retain(|condition| !matches!(condition, Condition::Unfolded(_)));
        // The day of the first is what others are measured by, though none be asked for.
        let collector = Earliest { limit: limit.max(1), filter, folding: asked.folding.as_ref() };
        let found = searcher.search(&*asked.plan.query, &collector).doing("cannot search the index")?;
        let earliest = found.certain.sorted().map(|(_, address)| address);
        let hits = self.hits(index, &view, &asked, earliest.take(limit))?;
        let read = |address| view.document(address).map(DatedDocument::from);
        let first = found.certain.first_day().unwrap_or(i64::MAX);
        let may_be_first = |day: i64| day <= first;
        let coarse = found.coarse_days.range(..=first).map(|(_, documents)| documents).sum();
        let named = found.coarse.sorted().filter(|(day, _)| may_be_first(*day)).map(|(_, address)| read(address));
        let mut uncertain: Vec<DatedDocument> = named.collect::<Result<_>>()?;
        let mut conflicting = 0;
        for (day, address) in found.conflicting.sorted().filter(|(day, _)| !may_be_first(*day)) {
            let document = read(address)?;
            let mut clues = document.dated.rivals.iter().chain(&document.dated.refused);
            if clues.any(|clue| i64::from(clue.date.first_day()) < first.min(day)) {
                conflicting += 1;
                if conflicting <= NAMED as u64 {
                    uncertain.push(document);
                }
            }
        }
        for (_, address) in found.undated.sorted() {
            uncertain.push(read(address)?);
        }
        Ok(FirstReport {
            total: asked.counts.total,
            distinct: asked.distinct(),
            undated: asked.counts.undated,
            read_as: asked.read_as,
            notes: asked.notes,
            documents: hits.into_iter().map(FirstDocument::from).collect(),
            coarse,
            conflicting,
            uncertain,
        })
    }
}

impl From<Hit> for FirstDocument {
    fn from(hit: Hit) -> FirstDocument {
        // Of a version that is not the earliest, the earliest is told.
        let copy_of = hit.versions.first().filter(|_| hit.follows).map(|lead| CopyOf {
            id: lead.id.clone(),
            relation: Relation::of(lead.share_of_other, lead.share),
            share: lead.share_of_other,
        });
        FirstDocument { hit, copy_of }
    }
}

/// The documents of the earliest days, at most so many.
#[derive(Default)]
struct First {
    most: usize,
    documents: BinaryHeap<Dated>,
}

/// Its day; whether no story begins with it, since of one day that comes first which others took over; a number that
/// stays with it; and where it is stored.
type Dated = (i64, bool, u64, DocAddress);

impl First {
    fn new(most: usize) -> First {
        First { most, documents: BinaryHeap::new() }
    }

    fn add(&mut self, document: Dated) {
        self.documents.push(document);
        if self.documents.len() > self.most {
            self.documents.pop();
        }
    }

    fn join(&mut self, other: First) {
        other.documents.into_iter().for_each(|document| self.add(document));
    }

    fn sorted(&self) -> impl Iterator<Item = (i64, DocAddress)> {
        let mut documents: Vec<_> = self.documents.iter().copied().collect();
        documents.sort_unstable();
        documents.into_iter().map(|(day, .., address)| (day, address))
    }

    fn first_day(&self) -> Option<i64> {
        self.documents.iter().map(|(day, ..)| *day).min()
    }
}

/// Finds the documents of the earliest days, and those of which it is not certain what their day is.
struct Earliest<'a> {
    limit: usize,
    /// What is folded passes it.
    filter: Filter,
    folding: Option<&'a Folding>,
}

struct Found {
    certain: First,
    coarse: First,
    /// By first possible day.
    coarse_days: BTreeMap<i64, u64>,
    conflicting: First,
    undated: First,
}

impl Found {
    fn new(limit: usize) -> Found {
        Found {
            certain: First::new(limit),
            coarse: First::new(NAMED),
            coarse_days: BTreeMap::new(),
            conflicting: First::new(READ),
            undated: First::new(NAMED),
        }
    }
}

struct EarliestSegment {
    segment: SegmentOrdinal,
    filter: SegmentFilter,
    days: Days,
    clues: Clues,
    ids: Ids,
    folds: Option<Arc<Folds>>,
    /// Documents that another stands for, rising.
    folded: Arc<[DocId]>,
    found: Found,
}

impl EarliestSegment {
    /// Whether a story begins with a document.
    fn leads(&self, doc: DocId) -> bool {
        let row = self.folds.as_ref().and_then(|folds| folds.row(folds.known(self.segment, doc)?));
        row.is_some_and(|row| row.place == 0)
    }
}

impl Collector for Earliest<'_> {
    type Fruit = Found;
    type Child = EarliestSegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<EarliestSegment> {
        Ok(EarliestSegment {
            segment,
            filter: self.filter.for_segment(reader)?,
            days: Days::of(reader)?,
            clues: Clues::of(reader)?,
            ids: Ids::of(reader)?,
            folds: self.folding.map(|folding| Arc::clone(&folding.folds)),
            folded: self.folding.map(|folding| folding.folded.of(reader.segment_id())).unwrap_or_default(),
            found: Found::new(self.limit),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Found>) -> tantivy::Result<Found> {
        let mut all = Found::new(self.limit);
        for found in fruits {
            all.certain.join(found.certain);
            all.coarse.join(found.coarse);
            all.conflicting.join(found.conflicting);
            all.undated.join(found.undated);
            for (day, documents) in found.coarse_days {
                *all.coarse_days.entry(day).or_default() += documents;
            }
        }
        Ok(all)
    }
}

impl SegmentCollector for EarliestSegment {
    type Fruit = Found;

    fn collect(&mut self, doc: DocId, _: Score) {
        if self.filter.verdict(doc) != Verdict::In {
            return;
        }
        let begins = self.leads(doc);
        let dated = |day| (day, !begins, self.ids.key(doc), DocAddress::new(self.segment, doc));
        match self.days.both(doc) {
            None => self.found.undated.add(dated(i64::MAX)),
            Some((first, last)) if first == last => {
                if self.folded.binary_search(&doc).is_err() {
                    self.found.certain.add(dated(first));
                }
                if self.clues.doubts(doc).contains(Doubt::Conflicting) {
                    self.found.conflicting.add(dated(first));
                }
            }
            Some((first, _)) => {
                self.found.coarse.add(dated(first));
                *self.found.coarse_days.entry(first).or_default() += 1;
            }
        }
    }

    fn harvest(self) -> Found {
        self.found
    }
}
