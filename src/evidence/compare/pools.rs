//! Words of a quote that stand elsewhere in the source than the quote has them.

use std::collections::HashSet;

use super::align::{Alignment, Step};
use super::quoted::Quoted;
use super::segment::Segment;
use super::word::Word;

/// Words side by side that are no accident where they stand elsewhere.
const RUN: usize = 3;

/// The words that differ, by stretch, and those of the source beside the place.
pub(crate) struct Pools<'a> {
    pub(crate) left_out: Vec<(usize, String)>,
    pub(crate) put_in: Vec<(usize, String)>,
    pub(crate) before: &'a [Word],
    pub(crate) after: &'a [Word],
    /// For each word of the quote, whether it is one of several side by side that stand elsewhere in the source.
    pub(crate) moved: Vec<bool>,
}

impl<'a> Pools<'a> {
    pub(crate) fn of(segments: &[Segment], quoted: &Quoted, words: &'a [Word], alignment: &Alignment) -> Pools<'a> {
        let (mut left_out, mut put_in) = (Vec::new(), Vec::new());
        for (at, segment) in segments.iter().enumerate() {
            if let Segment::Differs(left, right) = segment {
                put_in.extend(
                    quoted.words.get(left.clone()).unwrap_or_default().iter().map(|word| (at, word.key.clone())),
                );
                left_out.extend(words.get(right.clone()).unwrap_or_default().iter().map(|word| (at, word.key.clone())));
            }
        }
        let reach = quoted.words.len() + 2;
        let before = words.get(alignment.words.start.saturating_sub(reach)..alignment.words.start).unwrap_or_default();
        let after = words.get(alignment.words.end..(alignment.words.end + reach).min(words.len())).unwrap_or_default();
        let moved = moved(quoted, alignment, before, after);
        Pools { left_out, put_in, before, after, moved }
    }
}

/// For each word of the quote, whether it is one of a run that stands before the place of the words it follows, or after
/// that of the words it comes before.
fn moved(quoted: &Quoted, alignment: &Alignment, before: &[Word], after: &[Word]) -> Vec<bool> {
    let mut moved = vec![false; quoted.words.len()];
    let mut same = vec![false; quoted.words.len()];
    for step in &alignment.steps {
        if let Step::Same(word, _) = step {
            same.get_mut(*word).into_iter().for_each(|same| *same = true);
        }
    }
    if same.iter().all(|same| *same) {
        return moved;
    }
    // The longest run of equal words is what the quote is laid by.
    let (mut anchor, mut start) = (0..0, 0);
    for (at, same) in same.iter().chain([&false]).enumerate() {
        if !same {
            if at - start > anchor.len() {
                anchor = start..at;
            }
            start = at + 1;
        }
    }
    let runs = |words: &[Word]| -> HashSet<Vec<String>> {
        words.windows(RUN).map(|run| run.iter().map(|word| word.key.clone()).collect()).collect()
    };
    let (before, after) = (runs(before), runs(after));
    for (at, run) in quoted.words.windows(RUN).enumerate() {
        let own: Vec<String> = run.iter().map(|word| word.key.clone()).collect();
        let follows = at >= anchor.end && before.contains(&own);
        let precedes = at + RUN <= anchor.start && after.contains(&own);
        let differs = same.get(at..at + RUN).is_some_and(|same| same.iter().any(|same| !same));
        if differs && (follows || precedes) {
            moved.iter_mut().skip(at).take(RUN).for_each(|moved| *moved = true);
        }
    }
    moved
}
