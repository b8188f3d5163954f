//! The documents of a segment that have any of many words, with their frequencies.

use std::io;
use std::sync::Arc;

use tantivy::postings::TermInfo;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, InvertedIndexReader, SegmentReader, TERMINATED};

use super::slot_terms::SlotTerms;

/// The documents of a table that are looked at together.
const STRIDE: usize = 16;

/// A scorer over the documents of many words. All of them are added up when it is opened, since walking a thousand
/// lists side by side would cost more.
pub(crate) struct Union {
    docs: Vec<(DocId, u32)>,
    at: usize,
}

impl Union {
    pub(crate) fn of(reader: &SegmentReader, slot: &SlotTerms) -> tantivy::Result<Union> {
        let counts = Counts::of(reader, slot)?;
        let mut docs = Vec::with_capacity(counts.room());
        counts.each(1, |doc, times| {
            docs.push((doc, times));
            1
        });
        Ok(Union { docs, at: 0 })
    }

    pub(crate) fn doc(&self) -> DocId {
        self.docs.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    pub(crate) fn times(&self) -> u32 {
        self.docs.get(self.at).map_or(0, |(_, times)| *times)
    }

    pub(crate) fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|(doc, _)| *doc < target);
        self.doc()
    }

    pub(crate) fn len(&self) -> u32 {
        self.docs.len() as u32
    }
}

/// Frequencies by document: a list for few documents, a table of all documents for many.
pub(crate) enum Counts {
    Few(Vec<(DocId, i32)>),
    Many(Vec<i32>),
}

impl Counts {
    /// The frequency of a slot's words in each document of a segment.
    pub(crate) fn of(reader: &SegmentReader, slot: &SlotTerms) -> tantivy::Result<Counts> {
        let terms = found(reader, slot.terms.iter().map(|(term, _)| term))?;
        // A word in a form of its own is counted once there and once folded.
        let but = found(reader, &slot.but)?;
        let documents = terms.iter().chain(&but).map(|(_, info)| u64::from(info.doc_freq)).sum();
        let mut counts = Counts::new(documents, reader.max_doc());
        each_block(&terms, |docs, times| counts.add(docs, times, 1))?;
        each_block(&but, |docs, times| counts.add(docs, times, -1))?;
        if let Counts::Few(list) = &mut counts {
            list.sort_unstable_by_key(|(doc, _)| *doc);
            list.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                kept.1 += if same { next.1 } else { 0 };
                same
            });
        }
        Ok(counts)
    }

    fn new(documents: u64, all: u32) -> Counts {
        let few = documents * 16 < u64::from(all);
        if few { Counts::Few(Vec::with_capacity(documents as usize)) } else { Counts::Many(vec![0; all as usize]) }
    }

    /// Adds frequencies to some documents, or subtracts them.
    fn add(&mut self, docs: &[DocId], times: &[u32], sign: i32) {
        let postings = docs.iter().zip(times).map(|(&doc, &times)| (doc, sign * times as i32));
        match self {
            Counts::Few(list) => list.extend(postings),
            Counts::Many(table) => postings.for_each(|(doc, times)| {
                if let Some(count) = table.get_mut(doc as usize) {
                    *count += times;
                }
            }),
        }
    }

    /// The number of documents to make room for: an upper bound for a list, a guess for a table.
    fn room(&self) -> usize {
        match self {
            Counts::Few(list) => list.len(),
            Counts::Many(table) => table.len() / 4,
        }
    }

    /// Calls `each` with every document that has a frequency of at least `least`, in rising order. `each` returns the
    /// minimum for the next.
    pub(crate) fn each(&self, least: u32, mut each: impl FnMut(DocId, u32) -> u32) {
        let bounded = |least: u32| i32::try_from(least).unwrap_or(i32::MAX).max(1);
        let mut least = bounded(least);
        let mut look = |doc, times: i32, least: &mut i32| {
            if times >= *least {
                *least = bounded(each(doc, times as u32));
            }
        };
        match self {
            Counts::Few(list) => list.iter().for_each(|&(doc, times)| look(doc, times, &mut least)),
            Counts::Many(table) => {
                for (first, stride) in (0..).step_by(STRIDE).zip(table.chunks(STRIDE)) {
                    if stride.iter().fold(false, |any, times| any | (*times >= least)) {
                        (first..).zip(stride).for_each(|(doc, &times)| look(doc, times, &mut least));
                    }
                }
            }
        }
    }
}

/// The postings of a term in a segment.
type Found = (Arc<InvertedIndexReader>, TermInfo);

fn found<'t>(reader: &SegmentReader, terms: impl IntoIterator<Item = &'t Term>) -> tantivy::Result<Vec<Found>> {
    let mut found = Vec::new();
    for term in terms {
        let inverted = reader.inverted_index(term.field())?;
        if let Some(info) = inverted.get_term_info(term)? {
            found.push((inverted, info));
        }
    }
    Ok(found)
}

/// Passes the postings of terms, one list after the other, in the same memory: a pattern stands for a thousand words.
fn each_block(terms: &[Found], mut each: impl FnMut(&[DocId], &[u32])) -> io::Result<()> {
    let Some(((first, info), others)) = terms.split_first() else { return Ok(()) };
    let mut blocks = first.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
    let mut others = others.iter();
    loop {
        while !blocks.docs().is_empty() {
            each(blocks.docs(), blocks.freqs());
            blocks.advance();
        }
        let Some((inverted, info)) = others.next() else { return Ok(()) };
        inverted.reset_block_postings_from_terminfo(info, &mut blocks)?;
    }
}
