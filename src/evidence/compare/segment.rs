//! The parts of an alignment: words that are the same, stretches that differ, marks and what they stand for.

use std::ops::Range;

use super::align::{Alignment, Step};
use super::quoted::Quoted;

/// A part of an alignment, in places of words; those of the source count from the window's beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    Same(usize, usize),
    Differs(Range<usize>, Range<usize>),
    /// The mark before a word of the quote, and the words it stands for.
    Joint(usize, Range<usize>),
}

/// The parts of an alignment, in order.
pub(crate) fn segments(alignment: &Alignment, quoted: &Quoted) -> Vec<Segment> {
    let mut found: Vec<Segment> = Vec::new();
    let (mut left, mut right) = (0, alignment.words.start);
    // The last word of the quote whose mark was seen.
    let mut marked = None;
    for step in &alignment.steps {
        let word = match step {
            Step::Same(word, _) | Step::Exchanged(word, _) | Step::PutIn(word) => Some(*word),
            Step::Passed(..) | Step::LeftOut(_) => None,
        };
        let joint = word.filter(|word| *word > 0 && quoted.joints.get(*word).is_some_and(Option::is_some));
        if joint.is_some() && joint != marked {
            marked = joint;
            found.push(Segment::Joint(left, right..right));
        }
        match *step {
            Step::Same(quoted, source) => {
                found.push(Segment::Same(quoted, source));
                (left, right) = (quoted + 1, source + 1);
            }
            Step::Exchanged(quoted, source) => {
                differ(&mut found, quoted..quoted + 1, source..source + 1);
                (left, right) = (quoted + 1, source + 1);
            }
            Step::PutIn(quoted) => {
                differ(&mut found, quoted..quoted + 1, right..right);
                left = quoted + 1;
            }
            Step::LeftOut(source) => {
                differ(&mut found, left..left, source..source + 1);
                right = source + 1;
            }
            Step::Passed(quoted, source) => {
                marked = Some(quoted);
                match found.last_mut() {
                    Some(Segment::Joint(_, passed)) if passed.end == source => passed.end = source + 1,
                    _ => found.push(Segment::Joint(quoted, source..source + 1)),
                }
                right = source + 1;
            }
        }
    }
    found
}

/// Adds words that differ to those that differ before them.
fn differ(found: &mut Vec<Segment>, quoted: Range<usize>, source: Range<usize>) {
    match found.last_mut() {
        Some(Segment::Differs(left, right)) => (left.end, right.end) = (quoted.end, source.end),
        _ => found.push(Segment::Differs(quoted, source)),
    }
}
