//! The changes between two texts, word by word, and the figures that differ where the rest is the same.
//!
//! Words are matched by anchors, which are words that stand once in each of two stretches (Cohen's patience diff).
//! Short stretches without an anchor are matched by their longest common subsequence, and long ones count as rewritten.
//! Both steps are bounded, so the time is proportional to the lengths of the texts.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::mem::{Discriminant, discriminant};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::figure::{Figure, figure};
use super::furniture::furniture;
use super::token::for_each_word;

/// The most levels of anchors that are looked for between anchors.
const MAX_DEPTH: u32 = 12;
/// The most pairs of words that are compared one by one in a stretch without an anchor.
const MAX_PAIRS: usize = 1 << 14;
/// The most words of a replaced stretch whose figures are compared. A longer stretch was written anew, so its figures
/// do not stand in the same place.
const MAX_REPLACED: usize = 24;

/// A stretch of two texts. All stretches together, in order, are both texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Set if its words are the same in both texts, apart from letter case, diacritics and punctuation.
    pub same: bool,
    /// Its bytes in the first text, end excluded. Empty for words that only the second text has.
    pub old: Range<usize>,
    /// Its bytes in the second text, end excluded. Empty for words that only the first text has.
    pub new: Range<usize>,
}

/// A figure or date that differs between two texts at the same place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FigureChange {
    /// As the first text has it.
    pub old: String,
    /// As the second text has it.
    pub new: String,
}

/// What the second of two texts changed of the first.
///
/// ```
/// use dateline::TextDiff;
///
/// let diff = TextDiff::of("It destroyed 83 boats.", "It destroyed 63 fishing boats.");
/// assert_eq!(diff.figures[0].old, "83");
/// assert_eq!(diff.figures[0].new, "63");
/// assert!(diff.changes[0].same);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TextDiff {
    /// Both texts, stretch by stretch.
    pub changes: Vec<Change>,
    /// Numbers, months and weekdays that were replaced by others.
    pub figures: Vec<FigureChange>,
}

impl TextDiff {
    /// Compares two texts.
    pub fn of(old: &str, new: &str) -> TextDiff {
        Words::of(old).diff(&Words::of(new))
    }
}

/// A text ready to be compared with others.
pub(crate) struct Words {
    text: String,
    words: Vec<(Range<usize>, u64)>,
    /// The stretches that date the text itself, found when they are first needed.
    furniture: OnceCell<Vec<Range<usize>>>,
}

impl Words {
    pub(crate) fn of(text: &str) -> Words {
        let mut words = Vec::new();
        for_each_word(text, |range, folded| words.push((range, xxh3_64(folded.as_bytes()))));
        Words { text: text.to_string(), words, furniture: OnceCell::new() }
    }

    fn diff(&self, new: &Words) -> TextDiff {
        let mut changes = Vec::new();
        let (mut old_byte, mut new_byte) = (0, 0);
        let mut push = |same, old_end: usize, new_end: usize| {
            if old_byte < old_end || new_byte < new_end {
                changes.push(Change { same, old: old_byte..old_end, new: new_byte..new_end });
                (old_byte, new_byte) = (old_end, new_end);
            }
        };
        let matches = self.matches(new);
        for &Matched { old: at, new: to, words } in &matches {
            push(false, self.start(at), new.start(to));
            push(true, self.start(at + words), new.start(to + words));
        }
        push(false, self.text.len(), new.text.len());
        TextDiff { changes, figures: self.figures_between(new, matches) }
    }

    /// The figures that this text and another have in the same place and that differ.
    pub(crate) fn figures(&self, new: &Words) -> Vec<FigureChange> {
        self.figures_between(new, self.matches(new))
    }

    /// The figures that differ between words that both texts have.
    fn figures_between(&self, new: &Words, matches: Vec<Matched>) -> Vec<FigureChange> {
        let mut found = Vec::new();
        let (mut old_at, mut new_at) = (0, 0);
        let end = Matched { old: self.words.len(), new: new.words.len(), words: 0 };
        for Matched { old: at, new: to, words } in matches.into_iter().chain([end]) {
            if at - old_at <= MAX_REPLACED && to - new_at <= MAX_REPLACED {
                found.extend(changed(&self.figures_in(old_at..at), &new.figures_in(new_at..to)));
            }
            (old_at, new_at) = (at + words, to + words);
        }
        let mut told = HashSet::new();
        found.retain(|change| told.insert(change.clone()));
        found
    }

    fn figures_in(&self, words: Range<usize>) -> Vec<(Figure, &str)> {
        let words = self.words.get(words).unwrap_or_default();
        // The day on which a text was printed is none of its story.
        let dates_it = |range: &Range<usize>| {
            let furniture = self.furniture.get_or_init(|| furniture(&self.text));
            furniture.iter().any(|day| day.start < range.end && range.start < day.end)
        };
        let story = words.iter().filter(|(range, _)| !dates_it(range));
        let written = story.filter_map(|(range, _)| self.text.get(range.clone()));
        written.filter_map(|word| Some((figure(word)?, word))).collect()
    }

    /// The byte at which a word begins together with the brackets and quotes written before it without a space, or the
    /// end of the text.
    fn start(&self, word: usize) -> usize {
        let Some((range, _)) = self.words.get(word) else { return self.text.len() };
        let before = word.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |(range, _)| range.end);
        let between = self.text.get(before..range.start).unwrap_or_default();
        match between.char_indices().rfind(|(_, c)| c.is_whitespace()) {
            // Whatever stands before the first word belongs to it.
            _ if word == 0 => 0,
            Some((at, space)) => before + at + space.len_utf8(),
            None => range.start,
        }
    }

    /// The longest sequence of words, in order, that both texts have.
    fn matches(&self, new: &Words) -> Vec<Matched> {
        let words = |text: &Words| text.words.iter().map(|(_, hash)| *hash).collect::<Vec<u64>>();
        let mut found = align(&words(self), &words(new));
        found.sort_unstable_by_key(|matched| matched.old);
        let mut joined: Vec<Matched> = Vec::new();
        for matched in found {
            match joined.last_mut() {
                Some(last) if last.old + last.words == matched.old && last.new + last.words == matched.new => {
                    last.words += matched.words;
                }
                _ => joined.push(matched),
            }
        }
        joined
    }
}

/// Pairs the words that each side alone has by kind: a number with a number, a month with a month.
fn changed(old: &[(Figure, &str)], new: &[(Figure, &str)]) -> Vec<FigureChange> {
    let only = |here: &[(Figure, &str)], there: &[(Figure, &str)]| -> Vec<(Discriminant<Figure>, String)> {
        let gone = here.iter().filter(|(figure, _)| !there.iter().any(|(other, _)| other == figure));
        gone.map(|(figure, written)| (discriminant(figure), (*written).to_string())).collect()
    };
    let mut put_in = only(new, old);
    let mut changes = Vec::new();
    for (kind, old) in only(old, new) {
        if let Some(at) = put_in.iter().position(|(other, _)| *other == kind) {
            changes.push(FigureChange { old, new: put_in.remove(at).1 });
        }
    }
    changes
}

/// A run of words that is the same in both texts: its beginning in each, and its length.
#[derive(Clone, Copy)]
struct Matched {
    old: usize,
    new: usize,
    words: usize,
}

fn align(old: &[u64], new: &[u64]) -> Vec<Matched> {
    let mut found = Vec::new();
    let mut rest = vec![(0..old.len(), 0..new.len(), 0)];
    while let Some((mut a, mut b, depth)) = rest.pop() {
        let same = |a: usize, b: usize| old[a] == new[b];
        let most = a.len().min(b.len());
        let head = (0..most).take_while(|n| same(a.start + n, b.start + n)).count();
        let tail = (0..most - head).take_while(|n| same(a.end - 1 - n, b.end - 1 - n)).count();
        found.push(Matched { old: a.start, new: b.start, words: head });
        found.push(Matched { old: a.end - tail, new: b.end - tail, words: tail });
        (a, b) = (a.start + head..a.end - tail, b.start + head..b.end - tail);
        if a.is_empty() || b.is_empty() {
            continue;
        }
        let anchors = if depth < MAX_DEPTH { anchors(&old[a.clone()], &new[b.clone()]) } else { Vec::new() };
        if anchors.is_empty() {
            if a.len() * b.len() <= MAX_PAIRS {
                let common = common(&old[a.clone()], &new[b.clone()]);
                found.extend(common.map(|(x, y)| Matched { old: a.start + x, new: b.start + y, words: 1 }));
            }
            continue;
        }
        let (mut from_a, mut from_b) = (a.start, b.start);
        for (x, y) in anchors {
            let (x, y) = (a.start + x, b.start + y);
            found.push(Matched { old: x, new: y, words: 1 });
            rest.push((from_a..x, from_b..y, depth + 1));
            (from_a, from_b) = (x + 1, y + 1);
        }
        rest.push((from_a..a.end, from_b..b.end, depth + 1));
    }
    found.retain(|matched| matched.words > 0);
    found
}

/// Words that stand once in each text, as many of them as come in the same order in both.
fn anchors(old: &[u64], new: &[u64]) -> Vec<(usize, usize)> {
    let side = |new, words: &[u64]| words.iter().zip(0_usize..).map(|(word, at)| (*word, new, at)).collect::<Vec<_>>();
    let mut places = side(false, old);
    places.append(&mut side(true, new));
    places.sort_unstable();
    let mut once: Vec<(usize, usize)> = places
        .chunk_by(|one, other| one.0 == other.0)
        .filter_map(|same| match same {
            [(_, false, old), (_, true, new)] => Some((*old, *new)),
            _ => None,
        })
        .collect();
    once.sort_unstable();
    longest_rising(&once)
}

/// The longest run of pairs, not necessarily neighbours, whose second parts rise too.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The last pair of the best run of each length so far, and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; pairs.len()];
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < pair.1);
        before[at] = length.checked_sub(1).map(|last| ends[last]);
        ends.truncate(ends.len().max(length));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut run: Vec<(usize, usize)> =
        std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| pairs[at]).collect();
    run.reverse();
    run
}

/// The longest common subsequence of two short runs of words.
fn common(old: &[u64], new: &[u64]) -> impl Iterator<Item = (usize, usize)> {
    let width = new.len() + 1;
    let mut lengths = vec![0u16; (old.len() + 1) * width];
    for (x, one) in old.iter().enumerate().rev() {
        for (y, other) in new.iter().enumerate().rev() {
            let at = x * width + y;
            lengths[at] =
                if one == other { lengths[at + width + 1] + 1 } else { lengths[at + 1].max(lengths[at + width]) };
        }
    }
    let (mut x, mut y) = (0, 0);
    let mut pairs = Vec::new();
    while let (Some(one), Some(other)) = (old.get(x), new.get(y)) {
        let at = x * width + y;
        if one == other {
            pairs.push((x, y));
            (x, y) = (x + 1, y + 1);
        } else if lengths[at + width] >= lengths[at + 1] {
            x += 1;
        } else {
            y += 1;
        }
    }
    pairs.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Both texts as one, with `[-removed-]` and `{+added+}` words marked.
    fn marked(old: &str, new: &str) -> String {
        let mut out = String::new();
        for change in TextDiff::of(old, new).changes {
            let (gone, here) = (&old[change.old], &new[change.new]);
            match (change.same, gone.is_empty(), here.is_empty()) {
                (true, ..) => out.push_str(here),
                (_, true, _) => out.push_str(&format!("{{+{here}+}}")),
                (_, _, true) => out.push_str(&format!("[-{gone}-]")),
                _ => out.push_str(&format!("[-{gone}-]{{+{here}+}}")),
            }
        }
        out
    }

    fn figures(old: &str, new: &str) -> String {
        let changes = TextDiff::of(old, new).figures;
        changes.iter().map(|change| format!("{} / {}", change.old, change.new)).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn words_that_changed_are_told() {
        let cases = [
            ("a b c", "a b c", "a b c"),
            ("Fire, smoke.", "fire smoke", "fire smoke"),
            ("a b c", "a c", "a [-b -]c"),
            ("a c", "a b c", "a {+b +}c"),
            ("it burnt 83 boats", "it burnt 63 boats", "it burnt [-83 -]{+63 +}boats"),
            ("one (two) three", "one three", "one [-(two) -]three"),
            ("the cat sat on the mat", "the dog sat by the mat", "the [-cat -]{+dog +}sat [-on -]{+by +}the mat"),
            ("", "new", "{+new+}"),
            ("old", "", "[-old-]"),
            ("", "", ""),
        ];
        for (old, new, expected) in cases {
            assert_eq!(marked(old, new), expected, "{old:?} to {new:?}");
        }
    }

    #[test]
    fn figures_and_dates_in_the_same_place_are_told_and_others_are_not() {
        let cases = [
            ("destroying 83 boats and two lofts", "destroying 63 boats and two lofts", "83 / 63"),
            ("six firefighters were hurt", "nine firefighters were hurt", "six / nine"),
            ("it sailed on Feb. 26 at dawn", "it sailed on February 26 at dawn", ""),
            ("it sailed on 26 February", "it sailed on 27 March", "26 / 27, February / March"),
            ("1,275 votes", "1275 votes", ""),
            ("eight votes were cast", "8 votes were cast", ""),
            ("83 boats burnt", "boats burnt", ""),
            ("boats burnt", "boats burnt, 83 of them", ""),
            ("of 83 boats", "of many boats", ""),
            ("it sailed on Monday", "it sailed on 26 February", ""),
            ("it sailed on Monday, 24 March", "it sailed on 26 February", "24 / 26, March / February"),
            ("the 3rd and 5th of May", "the 5th and 3rd of May", ""),
            ("сгорело 83 лодки", "сгорело 63 лодки", "83 / 63"),
            ("26 February 1992\n\nIt burnt 83 boats.", "3 March 1992\n\nIt burnt 63 boats.", "83 / 63"),
            ("MAREN, Feb. 26 (TNA) - It burnt.", "MAREN, March 3 (TNA) - It burnt.", ""),
            ("Updated 10:45\n26.02.1992\nIt burnt.", "Updated 11:50\n27.02.1992\nIt burnt.", ""),
        ];
        for (old, new, expected) in cases {
            assert_eq!(figures(old, new), expected, "{old:?} to {new:?}");
        }
    }

    #[test]
    fn texts_that_repeat_themselves_take_no_longer() {
        // Comparing all pairs of words would take minutes for a thousand times this text.
        let (old, new) = ("a b ".repeat(50_000), "b a a ".repeat(50_000));
        assert!(!TextDiff::of(&old, &new).changes.is_empty());
    }

    proptest! {
        #[test]
        fn the_stretches_are_both_texts_and_the_same_words_where_they_say_so(
            old in "([abc1]{1,2}[ ,.]{1,2}){0,30}",
            new in "([abc1]{1,2}[ ,.]{1,2}){0,30}",
        ) {
            let changes = TextDiff::of(&old, &new).changes;
            let words = |text: &str| Words::of(text).words.into_iter().map(|(_, hash)| hash).collect::<Vec<_>>();
            let (mut from, mut to) = (String::new(), String::new());
            for Change { same, old: gone, new: here } in changes {
                prop_assert!(!same || words(&old[gone.clone()]) == words(&new[here.clone()]));
                from.push_str(&old[gone]);
                to.push_str(&new[here]);
            }
            prop_assert_eq!(from, old);
            prop_assert_eq!(to, new);
        }
    }
}
