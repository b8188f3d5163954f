//! Which documents have how much of their texts in common, by their fingerprints.
//!
//! New documents are compared in blocks: with all that were there before, and with each other. A hash that many
//! documents have would give a pair for any two of them; so a document is only paired with the first few that have the
//! hash and with the few before it. Copies share many hashes, and so are still found through one of them, while work
//! and memory stay in proportion to the documents.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use tantivy::{DocAddress, Searcher};

use super::failure::Doing;
use super::prints::{Fingerprints, numbers};
use crate::error::Result;
use crate::text::{Overlap, complete_to};

/// Hashes of new documents that are looked at together.
const BLOCK: usize = 1 << 21;
/// A document is paired with so many that have a hash first, and with so many before it.
const NEAR: usize = 3;
/// Of the documents compared before, so many of a hash are looked at.
const EARLIER: u32 = 6;
/// Documents that share fewer hashes by this way of pairing are not compared.
const PROMISING: usize = 2;
/// Documents share a text if they share so many hashes, so that it is no chance,
const SHARED: u32 = 3;
/// and so much of the one of which more is in the other, in hundredths:
const PART: u8 = 30;
/// runs of words enough for a sentence, so that a formula is no text;
const SENTENCE: u32 = 16;
/// or so much of both, however short they are.
const COPY: u8 = 80;
/// So many pairs of one document are kept with those before it, the closest.
const KEPT: usize = 16;
/// A hash that this many times more documents have than the document's middle one is no part of its story,
const BOILERPLATE: u32 = 8;
/// if so many have it.
const COMMON: u32 = 20;

/// Two documents, by number, and how much of each is in the other, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) first: u64,
    pub(super) second: u64,
    pub(super) of_first: u8,
    pub(super) of_second: u8,
}

/// How much of each of two documents is in the other, in hundredths, if they share a text at all.
fn shares(overlap: Overlap) -> Option<(u8, u8)> {
    let (of_first, of_second) = (overlap.of_first(), overlap.of_second());
    let copies = of_first.min(of_second) >= COPY;
    let part = of_first.max(of_second) >= PART && overlap.runs >= SENTENCE;
    (overlap.shared >= SHARED && (copies || part)).then_some((of_first, of_second))
}

/// The documents of an index in the order of their numbers, and their fingerprints.
pub(super) struct Prints {
    documents: Vec<(u64, DocAddress)>,
    segments: Vec<Fingerprints>,
}

impl Prints {
    pub(super) fn of(searcher: &Searcher) -> Result<Prints> {
        let mut documents = Vec::with_capacity(searcher.num_docs() as usize);
        let mut segments = Vec::new();
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            let numbers = numbers(segment).doing("cannot read the index")?;
            let alive = segment.doc_ids_alive();
            documents.extend(alive.map(|doc| (numbers.get_val(doc), DocAddress::new(ordinal, doc))));
            segments.push(Fingerprints::of(segment).doing("cannot read the index")?);
        }
        documents.sort_unstable();
        Ok(Prints { documents, segments })
    }

    /// Where a document is; none if it is gone.
    pub(super) fn address(&self, number: u64) -> Option<DocAddress> {
        let at = self.documents.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        Some(self.documents[at].1)
    }

    fn hashes(&self, address: DocAddress) -> usize {
        self.segments[address.segment_ord as usize].len(address.doc_id)
    }

    /// How much two documents have in common.
    pub(super) fn shares(&mut self, first: DocAddress, second: DocAddress) -> Option<(u8, u8)> {
        let (first, second) = (self.get(first), self.get(second));
        shares(Overlap::up_to(complete_to(&first).min(complete_to(&second)), &first, &second))
    }

    fn get(&mut self, address: DocAddress) -> Vec<u32> {
        self.segments[address.segment_ord as usize].get(address.doc_id).collect()
    }

    fn at(&mut self, place: usize) -> Vec<u32> {
        self.get(self.documents[place].1)
    }

    /// Pairs of which one at least has this number or a greater one.
    pub(super) fn pairs_from(&mut self, number: u64) -> Vec<Pair> {
        let mut pairs = Vec::new();
        let mut from = self.documents.partition_point(|(known, _)| *known < number);
        while from < self.documents.len() {
            let (mut to, mut hashes) = (from, 0);
            while to < self.documents.len() && hashes < BLOCK {
                hashes += self.hashes(self.documents[to].1);
                to += 1;
            }
            Block::new(self, from..to).pairs(&mut pairs);
            from = to;
        }
        pairs
    }
}

/// How many documents have a hash of the block, up to the end of the block.
#[derive(Clone, Copy, Default)]
struct Frequency {
    documents: u32,
    /// How many of those before the block are looked at.
    earlier: u32,
}

/// New documents under way to be compared.
struct Block<'p> {
    prints: &'p mut Prints,
    new: Range<usize>,
    frequencies: HashMap<u32, Frequency, BuildHasherDefault<Spread>>,
    /// Hash and place of document, in one number.
    entries: Vec<u64>,
}

impl Block<'_> {
    fn new(prints: &mut Prints, new: Range<usize>) -> Block<'_> {
        let mut block = Block { prints, frequencies: HashMap::default(), entries: Vec::new(), new: new.clone() };
        for place in new.clone() {
            for hash in block.prints.at(place) {
                block.frequencies.entry(hash).or_default().documents += 1;
                block.entries.push(u64::from(hash) << 32 | place as u64);
            }
        }
        // Most hashes of the other documents are in none of the block.
        let maybe = Sieve::new(block.frequencies.keys());
        for place in 0..new.start {
            let address = block.prints.documents[place].1;
            for hash in block.prints.segments[address.segment_ord as usize].get(address.doc_id) {
                if !maybe.has(hash) {
                    continue;
                }
                let Some(frequency) = block.frequencies.get_mut(&hash) else { continue };
                frequency.documents += 1;
                if frequency.earlier < EARLIER {
                    frequency.earlier += 1;
                    block.entries.push(u64::from(hash) << 32 | place as u64);
                }
            }
        }
        block.entries.sort_unstable();
        block
    }

    /// Adds the pairs of this block to others.
    fn pairs(mut self, pairs: &mut Vec<Pair>) {
        let candidates = self.candidates();
        let mut texts: HashMap<usize, Text> = HashMap::new();
        let mut found: Vec<(usize, Pair)> = Vec::new();
        for (first, second) in candidates {
            for place in [first, second] {
                if place >= self.new.start && !texts.contains_key(&place) {
                    let text = self.text(place);
                    texts.insert(place, text);
                }
            }
            let Some(newer) = texts.get(&second) else { continue };
            let earlier;
            let older = match texts.get(&first) {
                Some(older) => older,
                None => {
                    earlier = self.earlier_text(first, newer.common);
                    &earlier
                }
            };
            let limit = older.complete_to.min(newer.complete_to);
            let overlap = Overlap::up_to(limit, &older.hashes, &newer.hashes);
            if let Some((of_first, of_second)) = shares(overlap) {
                let number = |place: usize| self.prints.documents[place].0;
                found.push((second, Pair { first: number(first), second: number(second), of_first, of_second }));
            }
        }
        found.sort_by_key(|(second, pair)| {
            let (more, less) = (pair.of_first.max(pair.of_second), pair.of_first.min(pair.of_second));
            (*second, std::cmp::Reverse((more, less)), pair.first)
        });
        for same in found.chunk_by(|a, b| a.0 == b.0) {
            pairs.extend(same.iter().take(KEPT).map(|(_, pair)| *pair));
        }
    }

    /// Places of documents that share some hashes, the smaller first; the greater is always in the block.
    fn candidates(&mut self) -> Vec<(usize, usize)> {
        let mut paired: Vec<u64> = Vec::new();
        for run in self.entries.chunk_by(|a, b| a >> 32 == b >> 32) {
            for (at, entry) in run.iter().enumerate().skip(1) {
                let second = entry & u64::from(u32::MAX);
                if (second as usize) < self.new.start {
                    continue;
                }
                let near = (0..at.min(NEAR)).chain(at.saturating_sub(NEAR).max(NEAR)..at);
                paired.extend(near.map(|before| run[before] << 32 | second));
            }
        }
        self.entries = Vec::new();
        paired.sort_unstable();
        let often = paired.chunk_by(|a, b| a == b).filter(|same| same.len() >= PROMISING);
        often.map(|same| ((same[0] >> 32) as usize, (same[0] & u64::from(u32::MAX)) as usize)).collect()
    }

    /// A document of the block, without what is no part of its story: a hash that many more documents have than have
    /// its other hashes, as the notes do that a source puts under everything.
    fn text(&mut self, place: usize) -> Text {
        let mut hashes = self.prints.at(place);
        let complete_to = complete_to(&hashes);
        let documents = |hash: &u32| self.frequencies.get(hash).map_or(1, |frequency| frequency.documents);
        let mut counts: Vec<u32> = hashes.iter().map(documents).collect();
        let middle = counts.len() / 2;
        let middle = if counts.is_empty() { 1 } else { *counts.select_nth_unstable(middle).1 };
        let common = middle.saturating_mul(BOILERPLATE).max(COMMON);
        hashes.retain(|hash| documents(hash) <= common);
        Text { hashes, complete_to, common }
    }

    /// A document from before the block, without what is boilerplate to the one it is compared with.
    fn earlier_text(&mut self, place: usize, common: u32) -> Text {
        let mut hashes = self.prints.at(place);
        let complete_to = complete_to(&hashes);
        hashes.retain(|hash| self.frequencies.get(hash).is_none_or(|frequency| frequency.documents <= common));
        Text { hashes, complete_to, common }
    }
}

/// A fingerprint without boilerplate.
struct Text {
    hashes: Vec<u32>,
    complete_to: u32,
    /// A hash that more documents have is boilerplate.
    common: u32,
}

/// Tells of most hashes, by one bit, that they are not in a set.
struct Sieve {
    bits: Vec<u64>,
}

impl Sieve {
    fn new<'h>(hashes: impl ExactSizeIterator<Item = &'h u32>) -> Sieve {
        // Sixteen bits a hash let one of sixteen others through.
        let words = (hashes.len() / 4).next_power_of_two().clamp(1 << 8, 1 << 20);
        let mut sieve = Sieve { bits: vec![0; words] };
        for hash in hashes {
            let (word, bit) = sieve.place(*hash);
            sieve.bits[word] |= bit;
        }
        sieve
    }

    #[inline]
    fn has(&self, hash: u32) -> bool {
        let (word, bit) = self.place(hash);
        self.bits[word] & bit != 0
    }

    #[inline]
    fn place(&self, hash: u32) -> (usize, u64) {
        ((hash >> 6) as usize & (self.bits.len() - 1), 1 << (hash & 63))
    }
}

/// For hashes, which are random already, and for numbers of documents, which nobody chooses: they only need to be
/// spread over 64 bits.
#[derive(Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
