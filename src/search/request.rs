//! A request: everything that is asked.

use super::compile::compiler::Asking;
use super::compile::vocabulary::Vocabulary;
use super::rerank::RANKED;
use crate::answer::cursor::{Cursor, Place};
use crate::backend::filter::Condition;
use crate::backend::found::After;
use crate::document::{DateRule, Doubts};
use crate::query::{Matching, Query, Synonyms};
use crate::time::DateRange;

/// Copies named with a hit, unless another number is asked for.
const COPIES: usize = 20;

/// The order of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first. Newest first if the question has nothing to rank by.
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
    /// The end of the former page, which the offset follows from.
    pub(crate) after: Option<Cursor>,
    pub(crate) passages: usize,
    pub(crate) context: usize,
    pub(crate) by_source: bool,
    /// The number of sources that a timeline is told of one by one.
    pub(crate) split: Option<usize>,
    /// Set if a timeline also counts the documents that the conditions let through, whatever their words.
    pub(crate) shares: bool,
    /// Set if a date must lie within the days asked for with all the days it can be.
    pub(crate) certain: bool,
    /// Set if days that were worked out, and not named, do not count as mentioned.
    pub(crate) about_certain: bool,
    /// Days within which a time has to lie that the document speaks of, one for each of these.
    pub(crate) about_within: Vec<DateRange>,
    /// Kinds of clues, any of which will do. Empty for all.
    pub(crate) rules: Vec<DateRule>,
    /// Reasons for doubt, any of which will do. Empty for all documents.
    pub(crate) doubts: Doubts,
    pub(crate) synonyms: Synonyms,
    pub(crate) explain: bool,
    /// Set to explain an empty answer.
    pub(crate) why_empty: bool,
    /// Set to let one document stand for its copies.
    pub(crate) collapse: bool,
    /// The number of copies that are named with a document.
    pub(crate) copies: usize,
    /// The id of the document with which all copies are named.
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
            split: None,
            shares: false,
            certain: false,
            about_certain: false,
            about_within: Vec::new(),
            rules: Vec::new(),
            doubts: Doubts::default(),
            synonyms: Synonyms::default(),
            explain: false,
            why_empty: false,
            collapse: false,
            copies: COPIES,
            expanded: None,
        }
    }

    /// The number of documents to find so that those asked for can be ranked. It is the same for all pages near the
    /// top, so that a page holds the same documents however pages are cut. 0 if they are not ranked.
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
        let Request { synonyms, certain, about_certain, about_within, .. } = self;
        Asking { vocabulary, synonyms, certain: *certain, about_certain: *about_certain, about_within }
    }

    /// The conditions that a question cannot express.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = Condition> {
        let rules = (!self.rules.is_empty()).then(|| Condition::Rules(self.rules.clone().into()));
        let doubts = (!self.doubts.is_empty()).then_some(Condition::Doubted(self.doubts));
        rules.into_iter().chain(doubts)
    }

    /// The beginning of a page that has none of the top documents.
    pub(crate) fn after_score(&self) -> Option<After> {
        match self.after?.place {
            Place::Score(score, key) => Some((score, key)),
            _ => None,
        }
    }

    /// The beginning of a page in an order by day.
    pub(crate) fn after_day(&self) -> Option<(i64, u64)> {
        match self.after?.place {
            Place::Day(day, key) => Some((day, key)),
            _ => None,
        }
    }

    /// The number of copies of a document that are named.
    pub(crate) fn copies_of(&self, id: &str) -> usize {
        if self.expanded.as_deref() == Some(id) { usize::MAX } else { self.copies }
    }

    /// The rank after the last document wanted, from 0.
    pub(crate) fn end(&self) -> usize {
        self.offset.saturating_add(self.limit)
    }
}
