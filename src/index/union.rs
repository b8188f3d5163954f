//! The documents of a segment that have any of many words, and how often.

use tantivy::postings::Postings;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

use super::slot::SlotTerms;

/// Made whole when it is opened: walking a thousand lists side by side would cost more than adding them up.
pub(super) struct Union {
    docs: Vec<(DocId, u32)>,
    at: usize,
}

impl Union {
    pub(super) fn of(reader: &SegmentReader, slot: &SlotTerms) -> tantivy::Result<Union> {
        let mut counts = Counts::new(reader, slot)?;
        for (term, _) in &slot.terms {
            counts.walk(reader, term, |times, more| times + more)?;
        }
        // Every word in a form of its own counts once there and once folded.
        for term in &slot.but {
            counts.walk(reader, term, u32::saturating_sub)?;
        }
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

/// How often by document: a list while there are few, a table of all documents where there are many.
enum Counts {
    Few(Vec<(DocId, i64)>),
    Many(Vec<u32>),
}

impl Counts {
    fn new(reader: &SegmentReader, slot: &SlotTerms) -> tantivy::Result<Counts> {
        let mut documents = 0;
        for term in slot.terms.iter().map(|(term, _)| term).chain(&slot.but) {
            documents += u64::from(reader.inverted_index(term.field())?.doc_freq(term)?);
        }
        let few = documents * 16 < u64::from(reader.max_doc());
        Ok(if few { Counts::Few(Vec::new()) } else { Counts::Many(vec![0; reader.max_doc() as usize]) })
    }

    fn walk(&mut self, reader: &SegmentReader, term: &Term, change: fn(u32, u32) -> u32) -> tantivy::Result<()> {
        let inverted = reader.inverted_index(term.field())?;
        let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::WithFreqs)? else { return Ok(()) };
        let sign = if change(1, 1) > 0 { 1 } else { -1 };
        while postings.doc() != TERMINATED {
            let (doc, times) = (postings.doc(), postings.term_freq());
            match self {
                Counts::Few(list) => list.push((doc, sign * i64::from(times))),
                Counts::Many(table) => {
                    if let Some(count) = table.get_mut(doc as usize) {
                        *count = change(*count, times);
                    }
                }
            }
            postings.advance();
        }
        Ok(())
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
            Counts::Many(table) => (0..).zip(table).filter(|(_, times)| *times > 0).collect(),
        }
    }
}
