//! The words of one language as a table. Most words of a text are ruled out by their first and last letters and their
//! length.

use super::letters::folded;
use crate::time::mention::sense::{Habits, Sense};
use crate::time::names;

/// The longest word of a lexicon, in bytes, when it is folded.
const LONGEST: usize = 32;

/// The rest of a phrase, kept by its first word: `the day before yesterday`.
struct Phrase {
    rest: Vec<Box<str>>,
    sense: Sense,
}

struct Entry {
    word: Box<[u8]>,
    sense: Option<Sense>,
    /// The phrases, the longest first.
    phrases: Vec<Phrase>,
}

/// The words of time in one language.
pub(in super::super) struct Lexicon {
    entries: Vec<Entry>,
    /// Hashes and places in `entries`. Of two words with one slot, the second takes the next free slot.
    slots: Vec<Option<(u32, u16)>>,
    /// One bit for each combination of first letter, last letter and length that a word of ASCII letters has: see
    /// `outline`.
    outlines: Box<[u64; OUTLINES / 64]>,
    pub(in super::super) habits: Habits,
}

impl Lexicon {
    /// Makes a table of lists of words, each list with one sense. Spaces separate words, and `_` joins the words of a
    /// phrase. The months and weekdays of the language come from the calendar's names; words of the list itself are
    /// preferred.
    pub(super) fn new(language: &str, words: &[(Sense, &str)], habits: Habits) -> Lexicon {
        let mut entries: Vec<Entry> = Vec::new();
        for (sense, list) in words {
            for written in list.split_whitespace() {
                insert(&mut entries, written, *sense);
            }
        }
        let months: Vec<_> = names::months_in(language).collect();
        for &(name, number) in &months {
            insert(&mut entries, name, Sense::Month { number, short: is_short(name, number, &months) });
        }
        let weekdays: Vec<_> = names::weekdays_in(language).collect();
        for &(name, number) in &weekdays {
            insert(&mut entries, name, Sense::Weekday { number, short: is_short(name, number, &weekdays) });
        }
        for entry in &mut entries {
            entry.phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        Lexicon::of(entries, habits)
    }

    fn of(entries: Vec<Entry>, habits: Habits) -> Lexicon {
        let size = (entries.len() * 4).max(4).next_power_of_two();
        let mut slots = vec![None; size];
        let mut outlines = Box::new([0; OUTLINES / 64]);
        for (at, entry) in entries.iter().enumerate() {
            let hash = hash(&entry.word);
            let mut slot = hash as usize & (size - 1);
            while slots.get(slot).is_some_and(Option::is_some) {
                slot = (slot + 1) & (size - 1);
            }
            slots[slot] = u16::try_from(at).ok().map(|at| (hash, at));
            let outline = outline(&entry.word);
            outlines[outline / 64] |= 1 << (outline % 64);
        }
        Lexicon { entries, slots, outlines, habits }
    }

    /// Returns whether a word of ASCII letters may be in the table. It is quick, and seldom wrong.
    #[inline]
    pub(in super::super) fn may_have(&self, word: &[u8]) -> bool {
        let outline = outline(word);
        self.outlines[outline / 64] >> (outline % 64) & 1 == 1
    }

    /// The sense of the word of `length` bytes at the beginning of `text`, and the length of the expression in bytes,
    /// which is longer if further words belong to it.
    pub(in super::super) fn read(&self, text: &str, length: usize) -> Option<(Sense, usize)> {
        let entry = self.entry(text.get(..length)?)?;
        let next = letter_after_space(text.as_bytes().get(length..)?);
        for phrase in &entry.phrases {
            if next.is_some() && next != phrase.rest.first().and_then(|word| word.bytes().next()) {
                continue;
            }
            if let Some(end) = follow(text, length, &phrase.rest) {
                return Some((phrase.sense, end));
            }
        }
        entry.sense.map(|sense| (sense, length))
    }

    fn entry(&self, word: &str) -> Option<&Entry> {
        if word.is_ascii() {
            return self.probe(hash_of(word.bytes().map(|byte| byte.to_ascii_lowercase())), |entry| {
                entry.eq_ignore_ascii_case(word.as_bytes())
            });
        }
        let mut buffer = [0; LONGEST];
        let word = folded(word, &mut buffer)?;
        self.probe(hash(word), |entry| entry == word)
    }

    fn probe(&self, hash: u32, is_it: impl Fn(&[u8]) -> bool) -> Option<&Entry> {
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while let Some(&Some((its, at))) = self.slots.get(slot) {
            let entry = self.entries.get(usize::from(at))?;
            if its == hash && is_it(&entry.word) {
                return Some(entry);
            }
            slot = (slot + 1) & mask;
        }
        None
    }
}

/// The number of outlines that words can have.
const OUTLINES: usize = 1 << 15;

/// First letter, last letter and length of a word as one number, independent of letter case.
#[inline]
fn outline(word: &[u8]) -> usize {
    let letter = |byte: Option<&u8>| usize::from(byte.copied().unwrap_or(0) & 31);
    (letter(word.first()) << 5 | letter(word.last())) << 5 | word.len().min(31)
}

/// Fowler, Noll and Vo's hash (FNV-1a), 32 bits.
fn hash_of(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn hash(word: &[u8]) -> u32 {
    hash_of(word.iter().copied())
}

fn insert(entries: &mut Vec<Entry>, written: &str, sense: Sense) {
    let mut words = written.split('_').map(|word| names::folded(word).into_boxed_str());
    let first = words.next().unwrap_or_default().into_boxed_bytes();
    let rest: Vec<_> = words.collect();
    let at = entries.iter().position(|entry| entry.word == first).unwrap_or_else(|| {
        entries.push(Entry { word: first, sense: None, phrases: Vec::new() });
        entries.len() - 1
    });
    let entry = &mut entries[at];
    if !rest.is_empty() {
        entry.phrases.push(Phrase { rest, sense });
    } else if entry.sense.is_none() {
        entry.sense = Some(sense);
    }
}

/// Returns whether a name is the beginning of another name of the same month or weekday: `sept`, not `may`.
fn is_short(name: &str, number: u8, names: &[(&str, u8)]) -> bool {
    names.iter().any(|(other, same)| *same == number && other.len() > name.len() && other.starts_with(name))
        && name.chars().count() <= 4
}

/// The ASCII letter after one space, in lower case. It rules most phrases out.
#[inline]
fn letter_after_space(rest: &[u8]) -> Option<u8> {
    match rest {
        [b' ', letter, ..] if letter.is_ascii_alphabetic() => Some(letter.to_ascii_lowercase()),
        _ => None,
    }
}

/// The end of a phrase that continues at `end`. An apostrophe, a hyphen, a full stop or white space may join two of its
/// words.
fn follow(text: &str, mut end: usize, words: &[Box<str>]) -> Option<usize> {
    let mut buffer = [0; LONGEST];
    for word in words {
        let rest = text.get(end..)?;
        let blank = rest.len() - rest.trim_start_matches([' ', '\n', '\r', '\t', '\u{a0}']).len();
        let joint = match rest.chars().next() {
            Some(c @ ('\'' | '’' | '-' | '\u{2010}' | '\u{2011}' | '.')) => c.len_utf8(),
            _ if (1..=4).contains(&blank) => blank,
            _ => return None,
        };
        let rest = rest.get(joint..)?;
        // The phrase is ruled out quickly if the first letters differ and neither has diacritics.
        let (first, wanted) = (rest.bytes().next()?, word.bytes().next()?);
        if first.is_ascii() && first.to_ascii_lowercase() != wanted {
            return None;
        }
        let length: usize =
            rest.chars().take_while(|c| super::letters::continues_word(*c)).take(LONGEST).map(char::len_utf8).sum();
        if folded(rest.get(..length)?, &mut buffer)? != word.as_bytes() {
            return None;
        }
        end += joint + length;
    }
    Some(end)
}
