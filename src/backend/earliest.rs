//! The documents of the earliest days, and those whose dates leave it open whether they are earlier.

use std::collections::{BTreeMap, BinaryHeap};

use super::found::Doc;

/// How many documents of each kind are wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EarliestRequest {
    /// Dated to the day.
    pub(crate) certain: usize,
    /// Dated to a month or year, and undated ones.
    pub(crate) uncertain: usize,
    /// Whose clues disagree.
    pub(crate) conflicting: usize,
}

/// A document and what it is ordered by: its day; whether no story begins with it, since of one day that comes first
/// which others took over; and a number that stays with it.
pub(crate) type Early = (i64, bool, u64, Doc);

/// The documents of the earliest days, at most so many.
#[derive(Debug, Default)]
pub(crate) struct FirstDocs {
    most: usize,
    documents: BinaryHeap<Early>,
}

impl FirstDocs {
    fn new(most: usize) -> FirstDocs {
        FirstDocs { most, documents: BinaryHeap::new() }
    }

    pub(crate) fn add(&mut self, document: Early) {
        self.documents.push(document);
        if self.documents.len() > self.most {
            self.documents.pop();
        }
    }

    fn join(&mut self, other: FirstDocs) {
        other.documents.into_iter().for_each(|document| self.add(document));
    }

    /// With their days, the earliest first.
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
    /// How many are dated coarsely, by first possible day.
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

    /// Adds what was found elsewhere.
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
