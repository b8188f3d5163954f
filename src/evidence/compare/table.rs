//! Words of both sides as numbers, for the alignment.

use std::collections::HashMap;
use std::ops::Range;

use super::align::Sides;
use super::classify::negates;
use super::context::Context;
use super::quoted::Quoted;
use super::word::{Word, key};

/// Both sides as numbers.
pub(crate) struct Table<'a> {
    quoted: &'a Quoted,
    left: Vec<u32>,
    right: Vec<u32>,
    /// The first letters of each word, to tell related words.
    left_heads: Vec<u32>,
    right_heads: Vec<u32>,
    /// For words with letters in brackets, the words of the source that they may stand for.
    patched: HashMap<usize, Vec<bool>>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(quoted: &'a Quoted, words: &[Word], context: &Context<'_>) -> Table<'a> {
        let mut ids: HashMap<&str, u32> = HashMap::new();
        let left = quoted.words.iter().map(|word| {
            let next = ids.len() as u32;
            *ids.entry(&word.key).or_insert(next)
        });
        let left: Vec<u32> = left.collect();
        let right = words.iter().map(|word| ids.get(word.key.as_str()).copied().unwrap_or(u32::MAX)).collect();
        let patched = quoted.words.iter().enumerate().filter_map(|(at, word)| {
            let patch = quoted.patch(word)?;
            Some((at, words.iter().map(|source| is_patched(quoted, word, patch, source, context)).collect()))
        });
        Table {
            quoted,
            left,
            right,
            left_heads: quoted.words.iter().map(|word| head(&word.key)).collect(),
            right_heads: words.iter().map(|word| head(&word.key)).collect(),
            patched: patched.collect(),
        }
    }
}

/// The first letters of a word as a number; figures have one of their own.
fn head(key: &str) -> u32 {
    if key.contains(|c: char| c.is_ascii_digit()) {
        return 1;
    }
    let mut chars = key.chars();
    let mut next = || chars.next().map_or(0, u32::from);
    next().wrapping_mul(0x01_0001).wrapping_add(next().wrapping_mul(257)).wrapping_add(next())
}

/// Returns whether a word with letters in brackets can stand for a word of the source: `[T]he` for `the`, `want[ed]` for
/// `wants`. Brackets that negate stand for nothing.
fn is_patched(quoted: &Quoted, word: &Word, patch: &Range<usize>, source: &Word, context: &Context<'_>) -> bool {
    if word.key == source.key {
        return true;
    }
    let text = |range: Range<usize>| key(quoted.text.get(range).unwrap_or_default());
    let (before, after) = (
        text(word.range.start..patch.start.max(word.range.start)),
        text(patch.end.min(word.range.end)..word.range.end),
    );
    let kept = before.len() + after.len();
    let fits = kept > 0 && source.key.starts_with(&before) && source.key.ends_with(&after);
    let put_in = text(patch.clone());
    fits && (kept >= put_in.len() || context.same_stem(&word.key, &source.key))
        && !context.negations.opposes(&word.key, &source.key)
        && !negates(std::slice::from_ref(word), std::slice::from_ref(source), context)
}

impl Sides for Table<'_> {
    fn quoted(&self) -> usize {
        self.left.len()
    }

    fn words(&self) -> usize {
        self.right.len()
    }

    fn same(&self, quoted: usize, word: usize) -> bool {
        self.left.get(quoted) == self.right.get(word)
            || self.patched.get(&quoted).is_some_and(|fits| fits.get(word).copied().unwrap_or_default())
    }

    fn related(&self, quoted: usize, word: usize) -> bool {
        self.left_heads.get(quoted) == self.right_heads.get(word)
    }

    fn joint(&self, quoted: usize) -> bool {
        self.quoted.joints.get(quoted).is_some_and(Option::is_some)
    }
}
