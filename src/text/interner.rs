//! Interning: each text is stored once, as a small number with a value beside it.
//!
//! This table is our own because looking up words is what indexing does most: it keeps all texts in one block of
//! memory, allocates for none of them, and compares a hash before it touches a text.

use xxhash_rust::xxh3::xxh3_64;

/// Numbers texts in the order in which they are first met, from 0.
pub(crate) struct Interner<T> {
    /// All texts, one after the other.
    texts: String,
    entries: Vec<Entry<T>>,
    /// Open addressing: a power of two, at least twice as many as entries.
    slots: Vec<Slot>,
}

#[derive(Clone, Copy)]
struct Entry<T> {
    start: u32,
    length: u32,
    value: T,
}

#[derive(Clone, Copy)]
struct Slot {
    hash: u32,
    /// The number of the text plus one; 0 for an empty slot.
    number: u32,
}

const FREE: Slot = Slot { hash: 0, number: 0 };
const FIRST_SLOTS: usize = 1 << 12;

impl<T: Copy> Interner<T> {
    pub(crate) fn new() -> Interner<T> {
        Interner { texts: String::new(), entries: Vec::new(), slots: vec![FREE; FIRST_SLOTS] }
    }

    /// The number of a text. A new text gets the next number, and this value.
    #[inline]
    pub(crate) fn insert(&mut self, text: &str, value: T) -> u32 {
        let hash = hash(text);
        match self.probe(text, hash) {
            Ok(number) => number,
            Err(slot) => self.add(text, value, hash, slot),
        }
    }

    #[inline]
    pub(crate) fn text(&self, number: u32) -> &str {
        let entry = &self.entries[number as usize];
        &self.texts[entry.start as usize..(entry.start + entry.length) as usize]
    }

    #[inline]
    pub(crate) fn value(&self, number: u32) -> T {
        self.entries[number as usize].value
    }

    #[inline]
    pub(crate) fn value_mut(&mut self, number: u32) -> &mut T {
        &mut self.entries[number as usize].value
    }

    /// The bytes that texts and entries take.
    pub(crate) fn bytes(&self) -> usize {
        self.texts.capacity() + self.entries.capacity() * size_of::<Entry<T>>() + self.slots.len() * size_of::<Slot>()
    }

    /// The number of the text, or else the slot where it belongs.
    #[inline]
    fn probe(&self, text: &str, hash: u32) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.number == 0 {
                return Err(at);
            }
            if slot.hash == hash && self.text(slot.number - 1) == text {
                return Ok(slot.number - 1);
            }
            at = (at + 1) & mask;
        }
    }

    #[cold]
    fn add(&mut self, text: &str, value: T, hash: u32, slot: usize) -> u32 {
        let number = self.entries.len() as u32;
        // The table holds one document's texts and those of documents before it that left it small: far below 4 GB.
        self.entries.push(Entry { start: self.texts.len() as u32, length: text.len() as u32, value });
        self.texts.push_str(text);
        self.slots[slot] = Slot { hash, number: number + 1 };
        if self.entries.len() * 2 > self.slots.len() {
            self.grow();
        }
        number
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let old = std::mem::replace(&mut self.slots, vec![FREE; mask + 1]);
        for slot in old.into_iter().filter(|slot| slot.number > 0) {
            let mut at = slot.hash as usize & mask;
            while self.slots[at].number > 0 {
                at = (at + 1) & mask;
            }
            self.slots[at] = slot;
        }
    }
}

#[inline]
fn hash(text: &str) -> u32 {
    xxh3_64(text.as_bytes()) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_its_number_and_its_value_however_many_there_are() {
        let mut interner = Interner::new();
        for round in 0..2 {
            for number in 0..20_000_u32 {
                let text = format!("word{number}");
                assert_eq!(interner.insert(&text, number + round), number);
                assert_eq!((interner.text(number), interner.value(number)), (text.as_str(), number));
            }
        }
        assert_eq!(interner.insert("", 7), 20_000);
        assert_eq!(interner.text(20_000), "");
    }
}
