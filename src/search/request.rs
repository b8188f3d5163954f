//! Everything that is asked.

use super::compile::compiler::Asking;
use super::compile::vocabulary::Vocabulary;
use super::rerank::RANKED;
use crate::answer::cursor::{Cursor, Place};
use crate::backend::filter::Condition;
use crate::backend::found::After;
use crate::document::{DateRule, Doubts};
use crate::query::{Matching, Query, Synonyms};

/// Copies named with a hit, unless another number is asked for.
const COPIES: usize = 20;

/// The order of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first; newest first where a question has nothing to rank by.
    #[default]
    Best,
    /// Newest first, undated last.
    Newest,
    /// Oldest first, undated last.
    Oldest,
}

/// Everything that is asked.
#[derive(Clone)]
pub(crate) struct Request {
    /// The question, the builder's own conditions included.
    pub(crate) query: Query,
    pub(crate) matching: Matching,
    pub(crate) sort: Sort,
    pub(crate) limit: usize,
    pub(crate) offset: usize,
    /// Where the page begins, beside the offset that this amounts to.
    pub(crate) after: Option<Cursor>,
    pub(crate) passages: usize,
    pub(crate) context: usize,
    pub(crate) by_source: bool,
    /// Whether a date has to lie within the days asked for with all the days it can be.
    pub(crate) certain: bool,
    /// Whether days worked out, and not named, are not enough for a text to speak of them.
    pub(crate) about_certain: bool,
    /// Kinds of clue of which any will do; none for all.
    pub(crate) rules: Vec<DateRule>,
    /// Reasons for doubt of which any will do; none for all documents.
    pub(crate) doubts: Doubts,
    pub(crate) synonyms: Synonyms,
    pub(crate) explain: bool,
    /// Whether an empty answer is to be explained.
    pub(crate) why_empty: bool,
    /// Whether one document stands for its copies,
    pub(crate) fold: bool,
    /// and how many of them are named with it;
    pub(crate) copies: usize,
    /// all of them with the document of this id.
    pub(crate) expanded: Option<String>,
}

impl Request {
    /// A question with nothing said beside it.
    pub(crate) fn of(query: Query) -> Request {
        Request {
            query,
            matching: Matching::Auto,
            sort: Sort::Best,
            limit: 10,
            offset: 0,
            after: None,
            passages: 1,
            context: 0,
            by_source: false,
            certain: false,
            about_certain: false,
            rules: Vec::new(),
            doubts: Doubts::default(),
            synonyms: Synonyms::default(),
            explain: false,
            why_empty: false,
            fold: false,
            copies: COPIES,
            expanded: None,
        }
    }

    /// How many documents have to be found to rank those asked for: always as many for a page near the top, so that it
    /// holds the same documents however pages are cut. None if they are not ranked.
    pub(crate) fn candidates(&self, documents: u64) -> usize {
        if self.limit == 0 || self.sort != Sort::Best {
            return 0;
        }
        if self.after_score().is_some() {
            return self.limit.min(documents as usize);
        }
        self.end().clamp(RANKED, documents.max(1) as usize + RANKED)
    }

    pub(crate) fn asking<'a, B>(&'a self, vocabulary: &'a Vocabulary<'a, B>) -> Asking<'a, B> {
        let Request { synonyms, certain, about_certain, .. } = self;
        Asking { vocabulary, synonyms, certain: *certain, about_certain: *about_certain }
    }

    /// Conditions that a question cannot express.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = Condition> {
        let rules = (!self.rules.is_empty()).then(|| Condition::Rules(self.rules.clone().into()));
        let doubts = (!self.doubts.is_empty()).then_some(Condition::Doubted(self.doubts));
        rules.into_iter().chain(doubts)
    }

    /// Where a page begins that holds none of the documents at the top.
    pub(crate) fn after_score(&self) -> Option<After> {
        match self.after?.place {
            Place::Score(score, key) => Some((score, key)),
            _ => None,
        }
    }

    /// Where a page in an order by day begins.
    pub(crate) fn after_day(&self) -> Option<(i64, u64)> {
        match self.after?.place {
            Place::Day(day, key) => Some((day, key)),
            _ => None,
        }
    }

    /// How many copies of a document are named.
    pub(crate) fn copies_of(&self, id: &str) -> usize {
        if self.expanded.as_deref() == Some(id) { usize::MAX } else { self.copies }
    }

    /// The rank after the last one wanted, from 0.
    pub(crate) fn end(&self) -> usize {
        self.offset.saturating_add(self.limit)
    }
}
