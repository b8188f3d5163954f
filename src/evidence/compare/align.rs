//! Alignment: the words of a quote laid against those of a text, at the least cost.
//!
//! A quote may begin and end anywhere in the text. Equal words cost nothing, others a whole unit, related ones less, so
//! that they are laid against each other. Of words left out side by side only the first costs a whole unit. At a joint, where the writer marked that something was left out or put in,
//! words of the text are passed over for next to nothing. The table has a cell for each word of the quote and each word
//! of the text within a band; [`MAX_CELLS`] is its limit.

use std::ops::Range;

/// The most cells of a table: the memory of one comparison, in bytes.
pub(crate) const MAX_CELLS: usize = 8_000_000;

/// The cost of the first of several words left out.
const LEFT_OUT: u32 = 1_000;
/// The cost of each further one. What was left out before the last word of a quote is then seen as left out, and the last
/// word not as put in.
const FURTHER: u32 = 60;
/// The cost of a word that is exchanged for another.
const EXCHANGED: u32 = 1_300;
/// The cost of a word put in.
const PUT_IN: u32 = 1_400;
/// The cost of a word that is exchanged for a related one.
const RELATED: u32 = 800;
/// The cost of a word passed over at a joint.
const PASSED: u32 = 2;

/// A step of an alignment. Numbers are places of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The same word in both.
    Same(usize, usize),
    /// A word of the quote in the place of one of the text.
    Exchanged(usize, usize),
    /// A word that only the quote has.
    PutIn(usize),
    /// A word that only the text has.
    LeftOut(usize),
    /// A word of the text passed over at the joint before a word of the quote.
    Passed(usize, usize),
}

/// A quote laid against a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alignment {
    pub(crate) steps: Vec<Step>,
    /// The words of the text from the first to the last that is the quote's, end excluded.
    pub(crate) words: Range<usize>,
    /// The number of equal words.
    pub(crate) same: usize,
}

/// What an alignment needs to know of both sides.
pub(crate) trait Sides {
    /// The number of words of the quote.
    fn quoted(&self) -> usize;
    /// The number of words of the text.
    fn words(&self) -> usize;
    /// Whether two words are the same.
    fn same(&self, quoted: usize, word: usize) -> bool;
    /// Whether two words that differ may be versions of one.
    fn related(&self, quoted: usize, word: usize) -> bool;
    /// Whether a joint stands before a word of the quote.
    fn joint(&self, quoted: usize) -> bool;
}

/// The cheapest way into a cell: two equal or exchanged words, a word put in, or words left out.
const DIAGONAL: u8 = 0;
const UP: u8 = 1;
const LEFT: u8 = 2;
const WAYS: u8 = 3;
/// Set where the cheapest way that ends with a word left out leaves out the word before it as well.
const GOES_ON: u8 = 4;

/// Lays a quote against a text. None if the table would be too large, or one side is empty.
pub(crate) fn align(sides: &impl Sides) -> Option<Alignment> {
    let (rows, columns) = (sides.quoted(), sides.words());
    let width = columns + 1;
    if rows == 0 || columns == 0 || rows.checked_add(1)?.checked_mul(width)? > MAX_CELLS {
        return None;
    }
    let mut moves = vec![LEFT; (rows + 1) * width];
    let mut before = vec![0_u32; width];
    let mut costs = vec![0_u32; width];
    for row in 1..=rows {
        let joint = row < rows && sides.joint(row);
        let (first, further) = if joint { (PASSED, PASSED) } else { (LEFT_OUT, FURTHER) };
        let own = moves.get_mut(row * width..(row + 1) * width)?;
        costs[0] = before[0] + PUT_IN;
        own[0] = UP;
        let mut left = u32::MAX / 2;
        for column in 1..width {
            let exchange = if sides.same(row - 1, column - 1) {
                0
            } else if sides.related(row - 1, column - 1) {
                RELATED
            } else {
                EXCHANGED
            };
            let goes_on = left + further < costs[column - 1] + first;
            left = if goes_on { left + further } else { costs[column - 1] + first };
            let diagonal = before[column - 1] + exchange;
            let up = before[column] + PUT_IN;
            let (cost, way) =
                [(diagonal, DIAGONAL), (up, UP), (left, LEFT)].into_iter().min_by_key(|(cost, _)| *cost)?;
            costs[column] = cost;
            own[column] = way | if goes_on { GOES_ON } else { 0 };
        }
        std::mem::swap(&mut before, &mut costs);
    }
    let end = (0..width).min_by_key(|column| before[*column])?;
    Some(walk_back(sides, &moves, rows, end))
}

fn walk_back(sides: &impl Sides, moves: &[u8], rows: usize, end: usize) -> Alignment {
    let width = sides.words() + 1;
    let (mut row, mut column) = (rows, end);
    let mut steps = Vec::with_capacity(rows + 8);
    // Set while words are left out one after another.
    let mut leaving = false;
    while row > 0 {
        let cell = moves.get(row * width + column).copied().unwrap_or(UP);
        let way = if leaving { LEFT } else { cell & WAYS };
        match way {
            DIAGONAL if column > 0 => {
                (row, column) = (row - 1, column - 1);
                let same = sides.same(row, column);
                steps.push(if same { Step::Same(row, column) } else { Step::Exchanged(row, column) });
            }
            LEFT if column > 0 => {
                leaving = cell & GOES_ON != 0;
                column -= 1;
                let joint = row < rows && sides.joint(row);
                steps.push(if joint { Step::Passed(row, column) } else { Step::LeftOut(column) });
            }
            _ => {
                (row, leaving) = (row - 1, false);
                steps.push(Step::PutIn(row));
            }
        }
    }
    steps.reverse();
    let taken = |step: &Step| match step {
        Step::Same(_, word) | Step::Exchanged(_, word) | Step::LeftOut(word) | Step::Passed(_, word) => Some(*word),
        Step::PutIn(_) => None,
    };
    let first = steps.iter().find_map(taken).unwrap_or(column);
    let last = steps.iter().rev().find_map(taken).map_or(first, |last| last + 1);
    let same = steps.iter().filter(|step| matches!(step, Step::Same(..))).count();
    Alignment { steps, words: first..last, same }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Letters<'a>(&'a str, &'a str, Option<usize>);

    impl Sides for Letters<'_> {
        fn quoted(&self) -> usize {
            self.0.len()
        }
        fn words(&self) -> usize {
            self.1.len()
        }
        fn same(&self, quoted: usize, word: usize) -> bool {
            self.0.as_bytes()[quoted] == self.1.as_bytes()[word]
        }
        fn related(&self, _: usize, _: usize) -> bool {
            false
        }
        fn joint(&self, quoted: usize) -> bool {
            self.2 == Some(quoted)
        }
    }

    fn told(quote: &str, text: &str, joint: Option<usize>) -> (String, Range<usize>) {
        let alignment = align(&Letters(quote, text, joint)).expect("small");
        let letter = |step: &Step| match step {
            Step::Same(..) => '=',
            Step::Exchanged(..) => 'x',
            Step::PutIn(_) => '+',
            Step::LeftOut(_) => '-',
            Step::Passed(..) => '.',
        };
        (alignment.steps.iter().map(letter).collect(), alignment.words)
    }

    #[test]
    fn a_quote_is_laid_against_the_words_it_has() {
        assert_eq!(told("cd", "abcdef", None), ("==".into(), 2..4));
        assert_eq!(told("cxe", "abcdef", None), ("=x=".into(), 2..5));
        assert_eq!(told("ce", "abcdef", None), ("=-=".into(), 2..5));
        assert_eq!(told("cyde", "abcdef", None), ("=+==".into(), 2..5));
        assert_eq!(told("abghi", "abcdefghi", None), ("==----===".into(), 0..9));
        assert_eq!(told("bf", "abcdef", Some(1)), ("=...=".into(), 1..6));
    }

    #[test]
    fn what_would_take_too_much_memory_is_not_laid() {
        let long = "a".repeat(4_000);
        assert_eq!(align(&Letters(&long, &long, None)), None);
        assert_eq!(align(&Letters("", "abc", None)), None);
    }
}
