//! Collapses copies: among the matching documents, one stands for those that only repeat it.
//!
//! Copies are collapsed after all conditions. A document that another stands for is refused by the ranking's filter, as
//! if it did not match. So an answer has its documents in one order, and pages of it hold each of them once.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::answer::copies::{COPY, Copied};
use crate::backend::copies::{Collapsed, Copies, Row};
use crate::backend::filter::Condition;
use crate::backend::found::Doc;
use crate::backend::reader::Backend;
use crate::document::Document;
use crate::error::Result;
use crate::text::FigureChange;

/// The matching documents that stand for others.
pub(crate) struct Collapse<C> {
    pub(crate) copies: Arc<C>,
    /// The documents that each one stands for, in the order of their days.
    under: HashMap<Doc, Vec<u32>>,
    pub(crate) collapsed: Collapsed,
}

/// The documents that have text in common with a hit.
#[derive(Default)]
pub(crate) struct Kin {
    /// The number of matching documents that are collapsed under it.
    pub(crate) copied: u64,
    /// The first of these documents.
    pub(crate) copies: Vec<Copied>,
    /// Other versions of its story, whether they match or not. For a document that is not the lead, only the lead.
    pub(crate) versions: Vec<Copied>,
    pub(crate) follows: bool,
}

impl<C: Copies> Collapse<C> {
    /// Collapses the documents that match and share text with others. Where the oldest come first, the earliest
    /// matching copy stands for the others: the first whose day is known, since a document of an unknown day may not be
    /// earlier.
    pub(crate) fn new<B: Backend<Copies = C>>(
        backend: &B,
        copies: Arc<C>,
        matching: &[u32],
        earliest: bool,
    ) -> Result<Collapse<C>> {
        let is_exact = |known: u32| -> Result<bool> {
            Ok(backend.days(copies.doc(known))?.is_some_and(|(first, last)| first == last))
        };
        let rows = matching.iter().filter_map(|known| Some((copies.row(*known)?, *known)));
        let mut groups: BTreeMap<u64, Vec<(Row, u32)>> = BTreeMap::new();
        rows.for_each(|(row, known)| groups.entry(row.version).or_default().push((row, known)));
        let (mut under, mut collapsed) = (HashMap::new(), Vec::new());
        for mut group in groups.into_values().filter(|group| group.len() > 1) {
            // A story keeps its order.
            group.sort_unstable_by_key(|(row, _)| row.place);
            // Otherwise it is the one the others were compared with, or else the first that has nearly all of its text.
            let has = |share: u8| group.iter().position(|(row, _)| row.whole >= share);
            let fullest = || (0..group.len()).max_by_key(|at| (group[*at].0.whole, std::cmp::Reverse(*at)));
            let best = || has(u8::MAX).or_else(|| has(COPY)).or_else(fullest);
            let first = || -> Result<Option<usize>> {
                for (at, (_, known)) in group.iter().enumerate() {
                    if is_exact(*known)? {
                        return Ok(Some(at));
                    }
                }
                Ok(None)
            };
            let shown = if earliest { first()? } else { best() };
            let (_, shown) = group.remove(shown.unwrap_or_default());
            let group: Vec<u32> = group.into_iter().map(|(_, known)| known).collect();
            collapsed.extend(group.iter().map(|known| copies.doc(*known)));
            under.insert(copies.doc(shown), group);
        }
        Ok(Collapse { copies, under, collapsed: Collapsed::new(collapsed) })
    }

    /// The number of matching documents that a document stands for.
    pub(crate) fn copied(&self, doc: Doc) -> u64 {
        self.under.get(&doc).map_or(0, |under| under.len() as u64)
    }

    /// The condition that leaves collapsed documents out; none if there are none.
    pub(crate) fn condition(&self) -> Option<Condition> {
        (self.collapsed.documents() > 0).then(|| Condition::NotCollapsed(self.collapsed.clone()))
    }

    /// The documents that have text in common with one, at most `most` of each kind. `read` reads them.
    pub(crate) fn kin(&self, doc: Doc, most: usize, mut read: impl FnMut(Doc) -> Result<Document>) -> Result<Kin> {
        let copies = &self.copies;
        let row = copies.known(doc).and_then(|known| copies.row(known));
        let Some(row) = row else { return Ok(Kin::default()) };
        let story = copies.story(row)?;
        // The lead is no member of its story.
        let member = |place: u32| story.members.get(place.checked_sub(1)? as usize);
        let mut kin = Kin::default();
        let under = self.under.get(&doc).map_or(&[][..], Vec::as_slice);
        kin.copied = under.len() as u64;
        for copy in under.iter().take(most) {
            // A lead is under a document that was compared with it. If the document that others were compared with does
            // not match, another stands for it, of which no more is known.
            let shares =
                copies.row(*copy).and_then(|row| member(row.place)).map(|member| (member.of_it, member.of_other));
            let own = member(row.place).map(|own| (own.of_other, own.of_it));
            let Some((share, of_other)) = shares.or(own) else { continue };
            kin.copies.push(Copied::new(read(copies.doc(*copy))?, share, of_other, Vec::new()));
        }
        match member(row.place) {
            Some(own) => {
                // A collapsed document that stands for its like is described by the one it would be under.
                let version = story.members.iter().find(|member| own.folds && member.number == own.under);
                let version = version.unwrap_or(own);
                let lead = copies.by_number(story.lead).filter(|_| !version.folds);
                if let Some(lead) = lead {
                    let figures = copies.figures(&version.figures)?.into_iter();
                    let figures = figures.map(|FigureChange { old, new }| FigureChange { old: new, new: old });
                    let lead = read(copies.doc(lead))?;
                    kin.versions.push(Copied::new(lead, version.of_other, version.of_it, figures.collect()));
                    kin.follows = true;
                }
            }
            None => {
                let others = story.members.iter().filter(|member| !member.folds);
                let there = others.filter_map(|member| Some((copies.by_number(member.number)?, member)));
                for (known, member) in there.take(most) {
                    let (document, figures) = (read(copies.doc(known))?, copies.figures(&member.figures)?);
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
    use crate::backend::writer::BackendWriter;
    use crate::index::snapshot::shared::Inner;
    use crate::index::writing::engine_writer::EngineWriter;
    use crate::index::writing::index_writer::IndexWriter;
    use crate::query::Query;
    use crate::search::builder::Search;
    use crate::search::engine::Engine;

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
            let results = Search::new(Engine::Disk(Arc::clone(&inner)), Query::from("harbour"))
                .collapse_copies(true)
                .copies(1)
                .run()
                .unwrap();
            let lead = results.hits.iter().find(|hit| !hit.follows).unwrap();
            (lead.id.clone(), lead.versions.iter().map(|version| version.id.clone()).collect::<Vec<_>>())
        };
        let (lead, before) = versions();
        // A later commit makes the list of copies anew.
        let mut writer = EngineWriter::open(Arc::clone(&inner), 1, 0).unwrap();
        writer.remove(&before[0]);
        writer.commit(&inner.catalog().unwrap()).unwrap();
        let (still, after) = versions();
        assert_eq!((still, after.len()), (lead, 1));
        assert_ne!(before, after);
    }
}
