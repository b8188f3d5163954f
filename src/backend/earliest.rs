//! The documents of the earliest days, and those whose dates leave open whether they are earlier.

use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use super::copies::{Collapsed, Copies};
use super::counts::Stored;
use super::found::Doc;
use crate::document::{Doubt, Doubts};

/// The number of documents wanted of each kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EarliestRequest {
    /// Documents dated to the day.
    pub(crate) certain: usize,
    /// Documents dated to a month or year, and undated ones.
    pub(crate) uncertain: usize,
    /// Documents whose clues disagree.
    pub(crate) conflicting: usize,
}

/// A document with what it is ordered by: its day; whether no story begins with it, since of one day the document that
/// others took over comes first; and its key.
type Early = (i64, bool, u64, Doc);

/// The documents of the earliest days, up to a limit.
#[derive(Debug, Default)]
pub(crate) struct FirstDocs {
    most: usize,
    documents: BinaryHeap<Early>,
}

impl FirstDocs {
    fn new(most: usize) -> FirstDocs {
        FirstDocs { most, documents: BinaryHeap::new() }
    }

    fn add(&mut self, document: Early) {
        self.documents.push(document);
        if self.documents.len() > self.most {
            self.documents.pop();
        }
    }

    fn join(&mut self, other: FirstDocs) {
        other.documents.into_iter().for_each(|document| self.add(document));
    }

    /// The documents with their days, the earliest first.
    pub(crate) fn sorted(&self) -> impl Iterator<Item = (i64, Doc)> {
        let mut documents: Vec<_> = self.documents.iter().copied().collect();
        documents.sort_unstable();
        documents.into_iter().map(|(day, .., doc)| (day, doc))
    }

    pub(crate) fn first_day(&self) -> Option<i64> {
        self.documents.iter().map(|(day, ..)| *day).min()
    }
}

/// The earliest documents of each kind.
#[derive(Debug)]
pub(crate) struct EarliestDocs {
    pub(crate) certain: FirstDocs,
    pub(crate) coarse: FirstDocs,
    /// The number of documents dated to a month or year, by first possible day.
    pub(crate) coarse_days: BTreeMap<i64, u64>,
    pub(crate) conflicting: FirstDocs,
    pub(crate) undated: FirstDocs,
}

impl EarliestDocs {
    pub(crate) fn new(request: EarliestRequest) -> EarliestDocs {
        EarliestDocs {
            certain: FirstDocs::new(request.certain),
            coarse: FirstDocs::new(request.uncertain),
            coarse_days: BTreeMap::new(),
            conflicting: FirstDocs::new(request.conflicting),
            undated: FirstDocs::new(request.uncertain),
        }
    }

    /// Adds a document of these days. Collapsed copies are not among the certain ones.
    pub(crate) fn add_document<C: Copies>(
        &mut self,
        (key, doc): Stored,
        days: Option<(i64, i64)>,
        doubts: impl FnOnce() -> Doubts,
        collapsed: Option<&(Arc<C>, Collapsed)>,
    ) {
        let begins = collapsed.is_some_and(|(copies, _)| copies.begins_story(doc));
        let early = |day| (day, !begins, key, doc);
        match days {
            None => self.undated.add(early(i64::MAX)),
            Some((first, last)) if first == last => {
                if !collapsed.is_some_and(|(_, collapsed)| collapsed.has(doc)) {
                    self.certain.add(early(first));
                }
                if doubts().contains(Doubt::Conflicting) {
                    self.conflicting.add(early(first));
                }
            }
            Some((first, _)) => {
                self.coarse.add(early(first));
                *self.coarse_days.entry(first).or_default() += 1;
            }
        }
    }

    /// Adds the documents of another value.
    pub(crate) fn join(&mut self, other: EarliestDocs) {
        self.certain.join(other.certain);
        self.coarse.join(other.coarse);
        self.conflicting.join(other.conflicting);
        self.undated.join(other.undated);
        for (day, documents) in other.coarse_days {
            *self.coarse_days.entry(day).or_default() += documents;
        }
    }
}
