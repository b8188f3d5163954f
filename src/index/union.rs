//! The documents of a segment that have any of many words, and how often.

use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, SegmentReader, TERMINATED};

use super::slot::SlotTerms;

/// A table is looked through so many documents at a time.
const STRIDE: usize = 8;

/// Made whole when it is opened: walking a thousand lists side by side would cost more than adding them up.
pub(super) struct Union {
    docs: Vec<(DocId, u32)>,
    at: usize,
}

impl Union {
    pub(super) fn of(reader: &SegmentReader, slot: &SlotTerms) -> tantivy::Result<Union> {
        let terms = lists(reader, slot.terms.iter().map(|(term, _)| term))?;
        // Every word in a form of its own counts once there and once folded.
        let but = lists(reader, &slot.but)?;
        let documents = terms.iter().chain(&but).map(|blocks| u64::from(blocks.doc_freq())).sum();
        let mut counts = Counts::new(documents, reader.max_doc());
        terms.into_iter().for_each(|blocks| counts.walk(blocks, |times, more| times + more));
        but.into_iter().for_each(|blocks| counts.walk(blocks, u32::saturating_sub));
        Ok(Union { docs: counts.finish(), at: 0 })
    }

    pub(super) fn doc(&self) -> DocId {
        self.docs.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    pub(super) fn times(&self) -> u32 {
        self.docs.get(self.at).map_or(0, |(_, times)| *times)
    }

    pub(super) fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|(doc, _)| *doc < target);
        self.doc()
    }

    pub(super) fn len(&self) -> u32 {
        self.docs.len() as u32
    }
}

/// The postings of terms in a segment.
fn lists<'t>(
    reader: &SegmentReader,
    terms: impl IntoIterator<Item = &'t Term>,
) -> tantivy::Result<Vec<BlockSegmentPostings>> {
    let mut lists = Vec::new();
    for term in terms {
        let inverted = reader.inverted_index(term.field())?;
        lists.extend(inverted.read_block_postings(term, IndexRecordOption::WithFreqs)?);
    }
    Ok(lists)
}

/// How often by document: a list while there are few, a table of all documents where there are many.
enum Counts {
    Few(Vec<(DocId, i64)>),
    Many(Vec<u32>),
}

impl Counts {
    fn new(documents: u64, all: u32) -> Counts {
        let few = documents * 16 < u64::from(all);
        if few { Counts::Few(Vec::with_capacity(documents as usize)) } else { Counts::Many(vec![0; all as usize]) }
    }

    fn walk(&mut self, mut blocks: BlockSegmentPostings, change: fn(u32, u32) -> u32) {
        let sign = if change(1, 1) > 0 { 1 } else { -1 };
        while !blocks.docs().is_empty() {
            let postings = blocks.docs().iter().copied().zip(blocks.freqs().iter().copied());
            match self {
                Counts::Few(list) => list.extend(postings.map(|(doc, times)| (doc, sign * i64::from(times)))),
                Counts::Many(table) => postings.for_each(|(doc, times)| {
                    if let Some(count) = table.get_mut(doc as usize) {
                        *count = change(*count, times);
                    }
                }),
            }
            blocks.advance();
        }
    }

    fn finish(self) -> Vec<(DocId, u32)> {
        match self {
            Counts::Few(mut list) => {
                list.sort_unstable_by_key(|(doc, _)| *doc);
                let merged = list.chunk_by(|a, b| a.0 == b.0).map(|same| {
                    let times: i64 = same.iter().map(|(_, times)| times).sum();
                    (same[0].0, u32::try_from(times).unwrap_or(0))
                });
                merged.filter(|(_, times)| *times > 0).collect()
            }
            Counts::Many(table) => {
                let mut docs = Vec::with_capacity(table.len() / 4);
                for (first, stride) in (0..).step_by(STRIDE).zip(table.chunks(STRIDE)) {
                    if stride.iter().fold(0, |all, times| all | times) > 0 {
                        let here = (first..).zip(stride.iter().copied());
                        docs.extend(here.filter(|(_, times)| *times > 0));
                    }
                }
                docs
            }
        }
    }
}
