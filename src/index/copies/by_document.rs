//! What is known of copies, by the places of documents in one state of the index.

use tantivy::{DocAddress, DocId, Searcher};

use super::list::{Figures, Filed, Row, Sharing};
use super::stories::Story;
use crate::error::Result;
use crate::index::record::fingerprint_column::numbers;
use crate::index::storage::error::Doing;
use crate::text::FigureChange;

/// So many documents are looked up in one go.
const AT_ONCE: usize = 1_024;

/// Where a document is that is there no more.
const GONE: DocAddress = DocAddress { segment_ord: u32::MAX, doc_id: 0 };

/// The list of copies beside the documents that it names.
pub(crate) struct Folds {
    filed: Filed,
    /// By segment and document its place in the list, counted from 1; 0 for those that share no text.
    segments: Vec<Vec<u32>>,
    /// By place in the list.
    addresses: Vec<DocAddress>,
}

impl Folds {
    /// From the list of copies of that state.
    pub(crate) fn new(filed: Filed, searcher: &Searcher) -> Result<Folds> {
        let mut addresses = vec![GONE; filed.documents()];
        let mut segments = Vec::new();
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            let mut here = Vec::new();
            if !addresses.is_empty() {
                here.resize(segment.max_doc() as usize, 0);
                let numbers = numbers(segment).doing("cannot read the index")?;
                let (mut some, mut place) = ([0; AT_ONCE], 0);
                for first in (0..segment.max_doc()).step_by(AT_ONCE) {
                    let some = &mut some[..AT_ONCE.min((segment.max_doc() - first) as usize)];
                    numbers.get_range(u64::from(first), some);
                    for (doc, number) in (first..).zip(&*some) {
                        // Documents that were added one after the other still lie so, mostly.
                        place = filed.place(*number, place);
                        if filed.number(place) == Some(*number) && !segment.is_deleted(doc) {
                            addresses[place] = DocAddress::new(ordinal, doc);
                            here[doc as usize] = place as u32 + 1;
                        }
                    }
                }
            }
            segments.push(here);
        }
        Ok(Folds { filed, segments, addresses })
    }

    /// The place among the documents that share text; none for a document that does not.
    #[inline]
    pub(crate) fn known(&self, segment: u32, doc: DocId) -> Option<u32> {
        self.segments.get(segment as usize)?.get(doc as usize)?.checked_sub(1)
    }

    pub(crate) fn address(&self, known: u32) -> DocAddress {
        self.addresses[known as usize]
    }

    pub(crate) fn by_number(&self, number: u64) -> Option<u32> {
        let place = self.filed.place(number, 0);
        let found = self.filed.number(place) == Some(number) && self.addresses[place] != GONE;
        found.then_some(place as u32)
    }

    /// What is said of a document that is of a story.
    pub(crate) fn row(&self, known: u32) -> Option<Row> {
        self.filed.row(known as usize)
    }

    /// The story that a row names.
    pub(crate) fn story(&self, row: Row) -> Result<Story<Figures>> {
        self.filed.story(row.story)
    }

    pub(crate) fn stories(&self) -> Result<Vec<Story<Figures>>> {
        self.filed.stories()
    }

    /// The figures of a document that another has otherwise.
    pub(crate) fn figures(&self, figures: &Figures) -> Result<Vec<FigureChange>> {
        self.filed.figures(figures)
    }

    /// Documents that share text, are not of one story, and are both there.
    pub(crate) fn parts(&self) -> Result<Vec<(u32, u32, Sharing)>> {
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
