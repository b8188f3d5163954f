//! Pairs of documents that have text in common, found by their fingerprints.
//!
//! New documents are compared in blocks: with all that were there before, and with each other. A hash that many
//! documents have would make a pair of any two of them, so a document is only paired with the first few that have the
//! hash and with the few before it. Copies share many hashes and are still found through one of them, while time and
//! memory stay proportional to the documents.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

use crate::answer::copies::COPY;
use crate::error::Result;
use crate::text::{Overlap, complete_to};

/// The hashes of new documents that are looked up together.
const HASHES_PER_BLOCK: usize = 1 << 20;
/// A document is paired with this many documents at the beginning of a hash's list, and with this many before it.
const MAX_NEIGHBOURS: usize = 3;
/// The most documents from earlier blocks that are looked at for one hash.
const MAX_EARLIER: u32 = 6;
/// The place of a document that no longer exists.
const GONE: u32 = u32::MAX;
/// The fewest hashes by which two documents must have been paired to be compared.
const MIN_PAIRINGS: usize = 4;
/// The fewest hashes that two documents must share, so that it is no coincidence.
const MIN_SHARED_HASHES: u32 = 3;
/// The smallest share of one of two documents, in percent, that must be in the other. The larger of both shares counts. A
/// text in which two of five words are written anew keeps a little more than this of its runs of three words.
const MIN_CONTAINMENT_PERCENT: u8 = 15;
/// The fewest hashes that two documents must share where neither share reaches [`PLAIN_PERCENT`], because a small share of
/// few hashes is chance.
const MIN_EDITED_HASHES: u32 = 8;
/// The share, in percent, from which on [`MIN_SHARED_HASHES`] are enough: few hashes can be compared where a short text
/// stands in a long one.
const PLAIN_PERCENT: u8 = 50;
/// The fewest runs of words that two documents must share: enough for a sentence, so that a formula is no common text.
/// Copies count however short they are.
const MIN_SHARED_RUNS: u32 = 16;
/// The most pairs of one document with earlier ones that are kept, the closest first.
const MAX_PAIRS: usize = 16;
/// A hash is boilerplate if this many times more documents have it than have the document's median hash.
const BOILERPLATE_FACTOR: u32 = 8;
/// The fewest documents with a hash that is boilerplate.
const MIN_BOILERPLATE_DOCUMENTS: u32 = 20;

/// Two documents, by their places in the order of all numbers, and the share of each that is in the other, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) first: u32,
    pub(crate) second: u32,
    pub(crate) of_first: u8,
    pub(crate) of_second: u8,
}

/// The share of each of two documents that is in the other, in percent. None if they share no text.
fn shares(overlap: Overlap) -> Option<(u8, u8)> {
    let (of_first, of_second) = (overlap.of_first(), overlap.of_second());
    let copies = of_first.min(of_second) >= COPY;
    let larger = of_first.max(of_second);
    let edited = larger >= MIN_CONTAINMENT_PERCENT && overlap.shared >= MIN_EDITED_HASHES;
    let part = (larger >= PLAIN_PERCENT || edited) && overlap.runs >= MIN_SHARED_RUNS;
    (overlap.shared >= MIN_SHARED_HASHES && (copies || part)).then_some((of_first, of_second))
}

/// Where a document's fingerprint is: the part of the index, and its place in there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Address {
    pub(crate) part: u32,
    pub(crate) document: u32,
}

/// A part of an index, with the fingerprints of its documents.
pub(crate) trait Part {
    type Fingerprints: Fingerprints;

    /// All places of the part are below this.
    fn places(&self) -> u32;

    /// Reads all fingerprints of the part.
    fn fingerprints(&self) -> Result<Self::Fingerprints>;
}

/// The fingerprints of a part.
pub(crate) trait Fingerprints {
    /// The hashes of a document, rising.
    fn get(&mut self, document: u32) -> &[u32];
}

/// The share of each of two documents that is in the other, by their fingerprints.
pub(crate) fn shares_of(first: &[u32], second: &[u32]) -> (u8, u8) {
    let overlap = Overlap::up_to(complete_to(first).min(complete_to(second)), first, second);
    shares(overlap).unwrap_or_default()
}

/// The documents of an index in the order of their numbers, and their fingerprints. Those of one part are in memory at a
/// time.
pub(crate) struct Prints<'p, P> {
    documents: Vec<(u64, Address)>,
    parts: &'p [P],
}

impl<'p, P: Part> Prints<'p, P> {
    pub(crate) fn new(mut documents: Vec<(u64, Address)>, parts: &'p [P]) -> Prints<'p, P> {
        documents.sort_unstable();
        Prints { documents, parts }
    }

    /// The number of documents.
    pub(crate) fn len(&self) -> usize {
        self.documents.len()
    }

    /// The place of a document in the order of all. None if it no longer exists.
    pub(crate) fn place(&self, number: u64) -> Option<u32> {
        let place = self.documents.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        Some(place as u32)
    }

    /// The number of the document at a place.
    pub(crate) fn number(&self, place: u32) -> u64 {
        self.documents[place as usize].0
    }

    /// The address of a document. None if it no longer exists.
    pub(crate) fn address(&self, number: u64) -> Option<Address> {
        Some(self.documents[self.place(number)? as usize].1)
    }

    /// The fingerprints of some documents, by number.
    pub(crate) fn of_documents(&self, numbers: &[u64]) -> Result<HashMap<u64, Vec<u32>>> {
        let mut wanted: Vec<(Address, u64)> =
            numbers.iter().filter_map(|number| Some((self.address(*number)?, *number))).collect();
        wanted.sort_unstable();
        let mut found = HashMap::with_capacity(wanted.len());
        self.read(&wanted, |number, hashes| {
            found.insert(*number, hashes.to_vec());
        })?;
        Ok(found)
    }

    /// Reads the fingerprints of documents that are in the order of their addresses.
    fn read<T>(&self, documents: &[(Address, T)], mut take: impl FnMut(&T, &[u32])) -> Result<()> {
        for of_part in documents.chunk_by(|a, b| a.0.part == b.0.part) {
            let part = &self.parts[of_part[0].0.part as usize];
            let mut fingerprints = part.fingerprints()?;
            of_part.iter().for_each(|(address, what)| take(what, fingerprints.get(address.document)));
        }
        Ok(())
    }

    /// The pairs in which at least one document has this number or a greater one. These documents are compared in the order
    /// that `order` gives them: their numbers tell in which order threads came to them.
    pub(crate) fn pairs_from<O: Ord>(&self, number: u64, order: impl Fn(Address) -> O) -> Result<Vec<Pair>> {
        let from = self.documents.partition_point(|(known, _)| *known < number);
        let mut documents = self.documents.clone();
        documents[from..].sort_by_cached_key(|(_, address)| order(*address));
        let ordered = Prints { documents, parts: self.parts };
        let by_number = |pair: Pair| {
            let first = self.place(ordered.number(pair.first))?;
            let second = self.place(ordered.number(pair.second))?;
            Some(if first < second {
                Pair { first, second, ..pair }
            } else {
                Pair { first: second, second: first, of_first: pair.of_second, of_second: pair.of_first }
            })
        };
        Ok(ordered.pairs_of(from)?.into_iter().filter_map(by_number).collect())
    }

    /// The pairs in which at least one document stands at this place or after it.
    fn pairs_of(&self, mut from: usize) -> Result<Vec<Pair>> {
        let mut pairs = Vec::new();
        if from == self.documents.len() {
            return Ok(pairs);
        }
        let places = self.places();
        let mut lengths = vec![0; self.documents.len()];
        self.read(&self.by_address(from..lengths.len()), |place, hashes| lengths[*place] = hashes.len())?;
        while from < lengths.len() {
            let (mut to, mut hashes) = (from, 0);
            while to < lengths.len() && hashes < HASHES_PER_BLOCK {
                hashes += lengths[to];
                to += 1;
            }
            Block::new(self, &places, from..to)?.pairs(&mut pairs)?;
            from = to;
        }
        Ok(pairs)
    }

    /// Some documents with their places, in the order in which they can be read.
    fn by_address(&self, places: Range<usize>) -> Vec<(Address, usize)> {
        let mut documents: Vec<_> = places.map(|place| (self.documents[place].1, place)).collect();
        documents.sort_unstable();
        documents
    }

    /// The places of each part's documents in the order of all.
    fn places(&self) -> Vec<Vec<u32>> {
        let mut places: Vec<_> = self.parts.iter().map(|part| vec![GONE; part.places() as usize]).collect();
        for (place, (_, address)) in (0..).zip(&self.documents) {
            places[address.part as usize][address.document as usize] = place;
        }
        places
    }
}

/// A block of new documents that are compared together.
struct Block<'p, P> {
    prints: &'p Prints<'p, P>,
    new: Range<usize>,
    /// The fingerprints of the new documents.
    hashes: Vec<Vec<u32>>,
    /// The number of documents that have a hash of the block, up to the end of the block.
    frequencies: HashMap<u32, u32, BuildHasherDefault<Spread>>,
    /// Hash and document in one number, rising.
    entries: Vec<u64>,
}

impl<'p, P: Part> Block<'p, P> {
    fn new(prints: &'p Prints<'p, P>, places: &[Vec<u32>], new: Range<usize>) -> Result<Block<'p, P>> {
        let mut block = Block {
            prints,
            hashes: vec![Vec::new(); new.len()],
            frequencies: HashMap::default(),
            entries: Vec::new(),
            new: new.clone(),
        };
        prints.read(&prints.by_address(new.clone()), |place, hashes| {
            block.hashes[*place - new.start] = hashes.to_vec();
            for hash in hashes {
                *block.frequencies.entry(*hash).or_default() += 1;
                block.entries.push(entry(*hash, *place as u64));
            }
        })?;
        if new.start > 0 {
            block.look_at_earlier(places)?;
        }
        block.entries.sort_unstable();
        Ok(block)
    }

    /// Looks up the hashes of the block in all documents before it.
    fn look_at_earlier(&mut self, places: &[Vec<u32>]) -> Result<()> {
        // Most hashes of the other documents are not in the block.
        let maybe = Sieve::new(self.frequencies.keys());
        let mut earlier: Vec<u64> = Vec::new();
        let mut full = HASHES_PER_BLOCK;
        for (part, places) in self.prints.parts.iter().zip(places) {
            let mut fingerprints = part.fingerprints()?;
            let before = |place: &u32| (*place as usize) < self.new.start;
            for (doc, place) in (0..).zip(places).filter(|(_, place)| before(place)) {
                for hash in fingerprints.get(doc) {
                    if !maybe.has(*hash) {
                        continue;
                    }
                    let Some(frequency) = self.frequencies.get_mut(hash) else { continue };
                    *frequency += 1;
                    earlier.push(entry(*hash, u64::from(*place)));
                }
            }
            if earlier.len() > full {
                keep_first(&mut earlier);
                full = HASHES_PER_BLOCK.max(2 * earlier.len());
            }
        }
        keep_first(&mut earlier);
        self.entries.append(&mut earlier);
        Ok(())
    }

    /// Adds the pairs of this block to `pairs`.
    fn pairs(mut self, pairs: &mut Vec<Pair>) -> Result<()> {
        let start = self.new.start;
        // The address is that of the first document, if it is not in the block.
        let mut within: Vec<(usize, usize)> = Vec::new();
        let mut across: Vec<(Address, (usize, usize))> = Vec::new();
        for (first, second) in self.candidates() {
            if first < start {
                across.push((self.prints.documents[first].1, (first, second)));
            } else {
                within.push((first, second));
            }
        }
        across.sort_unstable();
        let mut texts: Vec<Option<Text>> = Vec::new();
        texts.resize_with(self.new.len(), || None);
        for place in within.iter().flat_map(|(first, second)| [*first, *second]).chain(across.iter().map(|one| one.1.1))
        {
            texts[place - start].get_or_insert_with(|| self.text(place - start));
        }
        let text = |place: usize| texts[place - start].as_ref();
        let mut found: Vec<Pair> = Vec::new();
        let mut compare = |first: usize, second: usize, older: &Text, newer: &Text| {
            let limit = older.complete_to.min(newer.complete_to);
            if let Some((of_first, of_second)) = shares(Overlap::up_to(limit, &older.hashes, &newer.hashes)) {
                found.push(Pair { first: first as u32, second: second as u32, of_first, of_second });
            }
        };
        for (first, second) in within {
            if let (Some(older), Some(newer)) = (text(first), text(second)) {
                compare(first, second, older, newer);
            }
        }
        self.prints.read(&across, |(first, second), hashes| {
            if let Some(newer) = text(*second) {
                compare(*first, *second, &self.earlier_text(hashes, newer.common), newer);
            }
        })?;
        found.sort_by_key(|pair| {
            let (more, less) = (pair.of_first.max(pair.of_second), pair.of_first.min(pair.of_second));
            (pair.second, std::cmp::Reverse((more, less)), pair.first)
        });
        for same in found.chunk_by(|a, b| a.second == b.second) {
            pairs.extend(same.iter().take(MAX_PAIRS));
        }
        Ok(())
    }

    /// Places of documents that share hashes, the smaller place first. The greater is always in the block.
    fn candidates(&mut self) -> Vec<(usize, usize)> {
        let mut paired: Vec<u64> = Vec::new();
        for run in self.entries.chunk_by(|a, b| a >> 32 == b >> 32) {
            for (at, entry) in run.iter().enumerate().skip(1) {
                let second = entry & u64::from(u32::MAX);
                if (second as usize) < self.new.start {
                    continue;
                }
                let near = (0..at.min(MAX_NEIGHBOURS)).chain(at.saturating_sub(MAX_NEIGHBOURS).max(MAX_NEIGHBOURS)..at);
                paired.extend(near.map(|before| run[before] << 32 | second));
            }
        }
        self.entries = Vec::new();
        paired.sort_unstable();
        let often = paired.chunk_by(|a, b| a == b).filter(|same| same.len() >= MIN_PAIRINGS);
        often.map(|same| ((same[0] >> 32) as usize, (same[0] & u64::from(u32::MAX)) as usize)).collect()
    }

    /// A document of the block without boilerplate: without hashes that many more documents have than have its other
    /// hashes, such as the notes that a source puts under everything.
    fn text(&self, at: usize) -> Text {
        let mut hashes = self.hashes[at].clone();
        let complete_to = complete_to(&hashes);
        let documents = |hash: &u32| self.frequencies.get(hash).copied().unwrap_or(1);
        let mut counts: Vec<u32> = hashes.iter().map(documents).collect();
        let middle = counts.len() / 2;
        let middle = if counts.is_empty() { 1 } else { *counts.select_nth_unstable(middle).1 };
        let common = middle.saturating_mul(BOILERPLATE_FACTOR).max(MIN_BOILERPLATE_DOCUMENTS);
        hashes.retain(|hash| documents(hash) <= common);
        Text { hashes, complete_to, common }
    }

    /// A document from before the block, without what is boilerplate to the document it is compared with.
    fn earlier_text(&self, hashes: &[u32], common: u32) -> Text {
        let is_rare = |hash: &u32| self.frequencies.get(hash).is_none_or(|documents| *documents <= common);
        let complete_to = complete_to(hashes);
        Text { hashes: hashes.iter().copied().filter(is_rare).collect(), complete_to, common }
    }
}

fn entry(hash: u32, place: u64) -> u64 {
    u64::from(hash) << 32 | place
}

/// Keeps only the first few earlier documents of each hash.
fn keep_first(entries: &mut Vec<u64>) {
    entries.sort_unstable();
    let (mut hash, mut kept) = (None, 0);
    entries.retain(|entry| {
        kept = if hash == Some(entry >> 32) { kept + 1 } else { 1 };
        hash = Some(entry >> 32);
        kept <= MAX_EARLIER
    });
}

/// A fingerprint without boilerplate.
struct Text {
    hashes: Vec<u32>,
    complete_to: u32,
    /// A hash that more documents than this have is boilerplate.
    common: u32,
}

/// A bit set that rules out most hashes that are not in a set.
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

/// A hasher for hashes, which are random already, and for numbers of documents, which nobody chooses. They only need to
/// be spread over 64 bits.
#[derive(Default)]
pub(crate) struct Spread(u64);

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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::text::{Fingerprinter, word_hash};

    fn fingerprint<'w>(words: impl Iterator<Item = &'w String>) -> Vec<u32> {
        let mut fingerprinter = Fingerprinter::default();
        words.for_each(|word| fingerprinter.word(word_hash(word), false));
        fingerprinter.finish()
    }

    #[test]
    fn a_text_with_two_of_five_words_written_anew_shares_text_with_its_original() {
        let original: Vec<String> = (0..3_000).map(|n| format!("w{n}")).collect();
        let anew = |n: usize| word_hash(&n.to_string()) % 5 < 2;
        let edited: Vec<String> =
            original.iter().enumerate().map(|(n, word)| if anew(n) { format!("x{n}") } else { word.clone() }).collect();
        let changed = original.iter().zip(&edited).filter(|(a, b)| a != b).count();
        assert!((1_080..1_320).contains(&changed), "two of five: {changed}");
        let (of_one, of_other) = shares_of(&fingerprint(original.iter()), &fingerprint(edited.iter()));
        assert!(of_one >= MIN_CONTAINMENT_PERCENT && of_other >= MIN_CONTAINMENT_PERCENT, "{of_one} {of_other}");
        let other: Vec<String> = (0..3_000).map(|n| format!("y{n}")).collect();
        let sentence = other.iter().take(2_970).chain(original.iter().take(30));
        assert_eq!(shares_of(&fingerprint(original.iter()), &fingerprint(sentence)), (0, 0), "a quotation is less");
    }

    #[derive(Clone)]
    struct InMemory(Vec<Vec<u32>>);

    impl Part for InMemory {
        type Fingerprints = InMemory;

        fn places(&self) -> u32 {
            self.0.len() as u32
        }

        fn fingerprints(&self) -> Result<InMemory> {
            Ok(self.clone())
        }
    }

    impl Fingerprints for InMemory {
        fn get(&mut self, document: u32) -> &[u32] {
            &self.0[document as usize]
        }
    }

    #[test]
    fn pairs_do_not_depend_on_the_order_in_which_threads_came_to_the_documents() {
        // Copies of one text, each cut elsewhere, and most of them with one of two notes that grow to be boilerplate.
        let words = |from: usize, to: usize, of: &str| (from..to).map(|n| format!("{of}{n}")).collect::<Vec<_>>();
        let document = |n: usize| {
            let story = words(n % 7 * 10, 300 + n % 11 * 10, &format!("s{}", n / 12));
            let note = if n.is_multiple_of(3) { Vec::new() } else { words(0, 60, ["a", "b"][n % 2]) };
            fingerprint(story.iter().chain(&note))
        };
        let parts = [InMemory((0..120).map(document).collect())];
        let pairs = |number: &dyn Fn(u64) -> u64| {
            let of = |document: u32| Address { part: 0, document };
            let prints = Prints::new((0..120).map(|n| (number(n), of(n as u32))).collect(), &parts);
            let document = |place: u32| prints.documents[place as usize].1.document;
            let told = |pair: &Pair| {
                let mut both = [(document(pair.first), pair.of_first), (document(pair.second), pair.of_second)];
                both.sort_unstable();
                both
            };
            let mut pairs: Vec<_> =
                prints.pairs_from(0, |address| address.document).unwrap().iter().map(told).collect();
            pairs.sort_unstable();
            pairs
        };
        let in_order = pairs(&|n| n);
        assert!(in_order.len() > 300, "{}", in_order.len());
        for step in [7, 49, 71, 113] {
            assert_eq!(pairs(&|n| n * step % 120), in_order, "{step}");
        }
    }
}
