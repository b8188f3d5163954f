//! The list of copies, addressed by the documents of one snapshot.

use tantivy::{DocId, Searcher, SegmentOrdinal};

use super::list::CopyList;
use crate::backend::copies::{Copies, Figures, Row, Sharing, Story};
use crate::backend::found::Doc;
use crate::error::Result;
use crate::index::record::address::{address, doc_at};
use crate::index::record::fingerprint_column::numbers;
use crate::index::storage::error::Doing;
use crate::text::FigureChange;

/// Documents that are looked up together.
const BATCH: usize = 1_024;

/// The address of a document that no longer exists.
const GONE: Doc = Doc(u64::MAX);

/// The list of copies with the documents that it names.
pub(crate) struct CopiesByDocument {
    filed: CopyList,
    /// The place of each document in the list, by segment and document, counted from 1. It is 0 for documents that
    /// share no text.
    segments: Vec<Vec<u32>>,
    /// The addresses of documents, by place in the list.
    docs: Vec<Doc>,
}

impl CopiesByDocument {
    /// Reads it from the list of copies that belongs to the snapshot.
    pub(crate) fn new(filed: CopyList, searcher: &Searcher) -> Result<CopiesByDocument> {
        let mut docs = vec![GONE; filed.documents()];
        let mut segments = Vec::new();
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            let mut here = Vec::new();
            if !docs.is_empty() {
                here.resize(segment.max_doc() as usize, 0);
                let numbers = numbers(segment).doing("cannot read the index")?;
                let (mut some, mut place) = ([0; BATCH], 0);
                for first in (0..segment.max_doc()).step_by(BATCH) {
                    let some = &mut some[..BATCH.min((segment.max_doc() - first) as usize)];
                    numbers.get_range(u64::from(first), some);
                    for (doc, number) in (first..).zip(&*some) {
                        // Documents that were added one after the other mostly still lie so.
                        place = filed.place(*number, place);
                        if filed.number(place) == Some(*number) && !segment.is_deleted(doc) {
                            docs[place] = doc_at(ordinal, doc);
                            here[doc as usize] = place as u32 + 1;
                        }
                    }
                }
            }
            segments.push(here);
        }
        Ok(CopiesByDocument { filed, segments, docs })
    }

    /// The place of a document of a segment among those that share text. None if it shares none.
    #[inline]
    pub(crate) fn known_at(&self, segment: SegmentOrdinal, doc: DocId) -> Option<u32> {
        self.segments.get(segment as usize)?.get(doc as usize)?.checked_sub(1)
    }
}

impl Copies for CopiesByDocument {
    fn known(&self, doc: Doc) -> Option<u32> {
        let address = address(doc);
        self.known_at(address.segment_ord, address.doc_id)
    }

    fn doc(&self, known: u32) -> Doc {
        self.docs.get(known as usize).copied().unwrap_or(GONE)
    }

    fn by_number(&self, number: u64) -> Option<u32> {
        let place = self.filed.place(number, 0);
        let is_there = self.filed.number(place) == Some(number) && self.docs.get(place).is_some_and(|doc| *doc != GONE);
        is_there.then_some(place as u32)
    }

    fn row(&self, known: u32) -> Option<Row> {
        self.filed.row(known as usize)
    }

    fn story(&self, row: Row) -> Result<Story<Figures>> {
        self.filed.story(row.story)
    }

    fn stories(&self) -> Result<Vec<Story<Figures>>> {
        self.filed.stories()
    }

    fn figures(&self, figures: &Figures) -> Result<Vec<FigureChange>> {
        self.filed.figures(figures)
    }

    fn parts(&self) -> Result<Vec<(u32, u32, Sharing)>> {
        let mut parts = Vec::new();
        self.filed.sharing(|pair| {
            let Some((first, second)) = self.by_number(pair.first).zip(self.by_number(pair.second)) else { return };
            let [one, other] = [first, second].map(|known| self.row(known).map(|row| row.story));
            if one.is_none() || one != other {
                parts.push((first, second, pair));
            }
        })?;
        Ok(parts)
    }
}
