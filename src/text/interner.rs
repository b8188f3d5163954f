//! Interning: each text is stored once, as a small number with a value beside it.
//!
//! Indexing does nothing more often than looking up words. So all texts lie in one block of memory, none is allocated
//! alone, and a hash is compared before a text is touched.

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64;

/// Numbers texts in the order in which they are first met, from 0.
pub(crate) struct Interner<T> {
    /// All texts, one after the other.
    texts: String,
    entries: Vec<Entry<T>>,
    /// The number of each text, by its hash.
    numbers: HashTable<Numbered>,
}

#[derive(Clone, Copy)]
struct Entry<T> {
    start: u32,
    length: u32,
    value: T,
}

#[derive(Clone, Copy)]
struct Numbered {
    /// The lower half of the hash.
    hash: u32,
    number: u32,
}

/// The texts that the table has room for before it grows.
const FIRST: usize = 1 << 11;

impl<T: Copy> Interner<T> {
    pub(crate) fn new() -> Interner<T> {
        Interner { texts: String::new(), entries: Vec::new(), numbers: HashTable::with_capacity(FIRST) }
    }

    /// The number of a text. A new text gets the next number, and this value.
    #[inline]
    pub(crate) fn insert(&mut self, text: &str, value: T) -> u32 {
        let hash = xxh3_64(text.as_bytes());
        let is_it = |found: &Numbered| found.hash == hash as u32 && self.text(found.number) == text;
        match self.numbers.find(hash, is_it) {
            Some(found) => found.number,
            None => self.add(text, value, hash),
        }
    }

    #[inline]
    pub(crate) fn text(&self, number: u32) -> &str {
        text_of(&self.texts, &self.entries, number)
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
        self.texts.capacity() + self.entries.capacity() * size_of::<Entry<T>>() + self.numbers.allocation_size()
    }

    #[cold]
    fn add(&mut self, text: &str, value: T, hash: u64) -> u32 {
        let number = self.entries.len() as u32;
        // The table holds one document's texts and those of documents before it that left it small: far below 4 GB.
        self.entries.push(Entry { start: self.texts.len() as u32, length: text.len() as u32, value });
        self.texts.push_str(text);
        let hash_again = |one: &Numbered| xxh3_64(text_of(&self.texts, &self.entries, one.number).as_bytes());
        self.numbers.insert_unique(hash, Numbered { hash: hash as u32, number }, hash_again);
        number
    }
}

#[inline]
fn text_of<'a, T>(texts: &'a str, entries: &[Entry<T>], number: u32) -> &'a str {
    let entry = &entries[number as usize];
    &texts[entry.start as usize..(entry.start + entry.length) as usize]
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
