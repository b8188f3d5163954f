//! Passages: a text cut into short runs of whole sentences, each with a stable number.

use std::ops::{Range, RangeInclusive};

use super::sentence::sentences;

/// A run of whole sentences with the white space after them. The passages of a text cover it without gap or overlap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Passage {
    number: u32,
    range: Range<usize>,
}

impl Passage {
    /// Its place among the passages of the text, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Its bytes in the text, end excluded.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }
}

/// Cuts texts into passages. The same text and settings always give the same passages.
///
/// A passage ends where a paragraph ends, if it is long enough by then, and never right after a heading. Words are
/// counted by the white space before them; in scripts that do not set words apart, two characters count as one.
///
/// ```
/// use dateline::Splitter;
///
/// let text = "The harbour froze in January. No ship came in for a week.\n\nIn spring the bridge was gone.";
/// let passages = Splitter::default().split(text);
/// assert_eq!(passages.len(), 1);
/// assert_eq!(passages[0].number(), 1);
/// assert_eq!(passages[0].range(), 0..text.len());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Splitter {
    words: RangeInclusive<usize>,
    maximum: usize,
    sentences: RangeInclusive<usize>,
}

impl Default for Splitter {
    /// 60 to 120 words, at most 200, two to five sentences.
    fn default() -> Self {
        Splitter { words: 60..=120, maximum: 200, sentences: 2..=5 }
    }
}

impl Splitter {
    /// Sets how many words a passage should have. A single long sentence may have more, up to the maximum. Short
    /// sentences and the end of a text may leave a passage with fewer.
    #[must_use]
    pub fn words(mut self, words: RangeInclusive<usize>) -> Self {
        self.words = words;
        self
    }

    /// Sets how many words a passage may have at most. A longer sentence is cut between words. Zero counts as one.
    #[must_use]
    pub fn maximum(mut self, words: usize) -> Self {
        self.maximum = words;
        self
    }

    /// Sets how many sentences a passage should have. Very short sentences do not count towards the upper end.
    #[must_use]
    pub fn sentences(mut self, sentences: RangeInclusive<usize>) -> Self {
        self.sentences = sentences;
        self
    }

    /// The passages of a text, in order. None for an empty text.
    pub fn split(&self, text: &str) -> Vec<Passage> {
        let mut run = Run { splitter: self, done: Vec::new(), start: 0, end: 0, words: 0, sentences: 0, headings: 0 };
        for sentence in sentences(text) {
            let words = count(text.get(sentence.range.clone()).unwrap_or_default());
            run.add(text, sentence.range, words, sentence.heading, sentence.ends_paragraph);
        }
        run.finish(text)
    }

    fn maximum_in_halves(&self) -> usize {
        self.maximum.max(1).saturating_mul(2)
    }
}

/// The passage being filled. Words are counted in halves, because a Chinese character counts as half a word.
struct Run<'a> {
    splitter: &'a Splitter,
    done: Vec<Range<usize>>,
    start: usize,
    end: usize,
    words: usize,
    sentences: usize,
    /// How many of the first sentences are headings. A sentence that is no heading ends the count.
    headings: usize,
}

impl Run<'_> {
    fn add(&mut self, text: &str, range: Range<usize>, words: usize, heading: bool, ends_paragraph: bool) {
        let only_headings = self.sentences == self.headings;
        let enough = self.words >= self.splitter.words.start().saturating_mul(2);
        let too_many = self.words + words > self.splitter.maximum_in_halves();
        let past_target = self.words + words > self.splitter.words.end().saturating_mul(2);
        let full = self.sentences - self.headings >= *self.splitter.sentences.end()
            && self.words >= *self.splitter.words.start();
        let flush = if only_headings {
            enough && heading
        } else {
            too_many || heading || full || past_target && (self.sentences >= *self.splitter.sentences.start() || enough)
        };
        if flush {
            self.flush();
        }
        self.end = range.end;
        self.words += words;
        self.sentences += 1;
        self.headings += usize::from(heading && self.headings + 1 == self.sentences);
        if self.words > self.splitter.maximum_in_halves() {
            self.cut(text);
        }
        let long_enough = self.words >= self.splitter.words.start().saturating_mul(2)
            && self.sentences >= *self.splitter.sentences.start();
        if ends_paragraph && long_enough && self.sentences > self.headings {
            self.flush();
        }
    }

    /// Cuts off pieces at words until the rest is short enough.
    fn cut(&mut self, text: &str) {
        let most = self.splitter.maximum_in_halves();
        while self.words > most {
            let Some(rest) = text.get(self.start..self.end) else { return };
            let (length, words) = fit(rest, most);
            if length == 0 || length >= rest.len() {
                return;
            }
            self.done.push(self.start..self.start + length);
            self.start += length;
            self.words = self.words.saturating_sub(words);
            (self.sentences, self.headings) = (1, 0);
        }
    }

    fn flush(&mut self) {
        if self.end > self.start {
            self.done.push(self.start..self.end);
        }
        self.start = self.end;
        (self.words, self.sentences, self.headings) = (0, 0, 0);
    }

    fn finish(mut self, text: &str) -> Vec<Passage> {
        let (words, sentences, left_over) = (self.words, self.sentences, self.end > self.start);
        let opens_with_heading = self.headings > 0 && self.headings < self.sentences;
        self.flush();
        // A short remainder belongs to the passage before it.
        let crumb = left_over
            && !opens_with_heading
            && (sentences < *self.splitter.sentences.start() || words < *self.splitter.words.start());
        if crumb && let [.., before, last] = self.done.as_mut_slice() {
            let together = count(text.get(before.clone()).unwrap_or_default()) + words;
            if together <= self.splitter.maximum_in_halves().min(self.splitter.words.end().saturating_mul(3)) {
                before.end = last.end;
                self.done.pop();
            }
        }
        let numbered = self.done.into_iter().zip(1..);
        numbered.map(|(range, number)| Passage { number, range }).collect()
    }
}

/// The bytes after which one word counts as another: a run this long is data and not language.
const LONG_WORD: usize = 64;

/// Counts words in halves.
fn count(text: &str) -> usize {
    let (mut halves, mut run, mut previous) = (0, 0, 0);
    for &b in text.as_bytes() {
        run = if is_space(b) { 0 } else { run + 1 };
        halves += weight(b, previous, run);
        previous = b;
    }
    halves
}

/// The longest beginning of a text with at most `most` half words, cut at a word boundary if there is one: its length
/// in bytes, and its half words.
fn fit(text: &str, most: usize) -> (usize, usize) {
    let (mut halves, mut run, mut previous) = (0, 0, 0);
    let (mut at_word, mut at_char) = ((0, 0), (0, 0));
    for (at, &b) in text.as_bytes().iter().enumerate() {
        run = if is_space(b) { 0 } else { run + 1 };
        let added = weight(b, previous, run);
        if text.is_char_boundary(at) {
            if run == 1 {
                at_word = (at, halves);
            } else if added == 0 || is_ideographic(b, previous) {
                at_char = (at, halves);
            }
        }
        halves += added;
        if halves > most {
            break;
        }
        previous = b;
    }
    // Cuts at the word boundary, unless that is far back and would leave a very short piece.
    if at_word.1 * 2 > most { at_word } else { at_char.max(at_word) }
}

fn is_space(b: u8) -> bool {
    b.is_ascii_whitespace()
}

#[inline]
fn weight(b: u8, previous: u8, run: usize) -> usize {
    if run == 1 {
        return 2;
    }
    if is_ideographic(b, previous) {
        1
    } else if run != 0 && run.is_multiple_of(LONG_WORD) {
        2
    } else {
        0
    }
}

/// The first byte of a Han or kana character, the second of a Thai, Lao, Khmer or Burmese one.
#[inline]
fn is_ideographic(b: u8, previous: u8) -> bool {
    matches!(b, 0xE3..=0xE9)
        || previous == 0xE0 && matches!(b, 0xB8..=0xBB)
        || previous == 0xE1 && matches!(b, 0x80..=0x82 | 0x9E | 0x9F)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_tiles(text: &str, passages: &[Passage]) {
        let mut end = 0;
        for (passage, number) in passages.iter().zip(1..) {
            assert_eq!(passage.number(), number);
            assert_eq!(passage.range().start, end);
            assert!(text.get(passage.range()).is_some_and(|bytes| !bytes.is_empty()));
            end = passage.range().end;
        }
        assert_eq!(end, text.len());
    }

    fn sentence(words: usize) -> String {
        format!("The{}. ", " word".repeat(words - 1))
    }

    /// The number of words in each passage.
    fn lengths(text: &str) -> Vec<usize> {
        let passages = Splitter::default().split(text);
        assert_tiles(text, &passages);
        passages.iter().map(|passage| text[passage.range()].split_whitespace().count()).collect()
    }

    #[test]
    fn takes_whole_sentences_up_to_the_target() {
        assert_eq!(lengths(&sentence(25).repeat(8)), [100, 100]);
        assert_eq!(lengths(&sentence(50).repeat(4)), [100, 100]);
        assert_eq!(lengths(&sentence(10).repeat(20)), [50, 50, 50, 50]);
        assert_eq!(lengths(&sentence(150).repeat(2)), [150, 150]);
        assert!(lengths("").is_empty());
    }

    #[test]
    fn prefers_the_end_of_a_paragraph() {
        let paragraph = format!("{}\n\n", sentence(20).repeat(3));
        assert_eq!(lengths(&paragraph.repeat(3)), [60, 60, 60]);
    }

    #[test]
    fn a_heading_goes_with_what_follows() {
        let text = format!("{}\n\nWhat came later\n\n{}", sentence(20).repeat(3), sentence(20).repeat(3));
        assert_eq!(lengths(&text), [60, 63]);
        let text = format!("A bridge\n\nBy Anna Example\n\n{}", sentence(30).repeat(2));
        assert_eq!(lengths(&text), [65]);
    }

    #[test]
    fn a_crumb_at_the_end_is_no_passage() {
        assert_eq!(lengths(&format!("{}He left.", sentence(30).repeat(4))), [122]);
    }

    #[test]
    fn an_endless_sentence_is_cut_between_words() {
        let text = "word ".repeat(1_000);
        let passages = Splitter::default().split(&text);
        assert_tiles(&text, &passages);
        assert!(passages.iter().all(|passage| text[passage.range()].split_whitespace().count() <= 200));
        assert!(passages.iter().all(|passage| text[passage.range()].starts_with("word")));
        for letter in ["a", "漢", "ไ", "\u{301}"] {
            let text = letter.repeat(20_000);
            let passages = Splitter::default().split(&text);
            assert_tiles(&text, &passages);
            assert!(passages.len() > 1, "{letter}");
        }
    }

    #[test]
    fn a_huge_line_takes_linear_time() {
        for piece in ["word ", "A. ", "\"", ". ", "! x", "漢。", "\n", "x\n", " ", "a.B", "- ", "[1]"] {
            let text = piece.repeat(300_000 / piece.len());
            assert_tiles(&text, &Splitter::default().split(&text));
        }
    }

    proptest! {
        #[test]
        fn passages_tile_any_text_and_depend_on_nothing_else(
            text in "(\\PC|[A-Z][a-z]{0,8}[.!?\"’)]? |[.!?…。\n\r\t ]|\n\n|word ){0,300}",
            low in 0usize..40, high in 0usize..80, maximum in 0usize..100, fewest in 0usize..4, most in 0usize..6,
        ) {
            let splitter = Splitter::default().words(low..=high).maximum(maximum).sentences(fewest..=most);
            let passages = splitter.split(&text);
            assert_tiles(&text, &passages);
            prop_assert_eq!(&splitter.split(&text), &passages);
            let passages = Splitter::default().split(&text);
            assert_tiles(&text, &passages);
            for passage in passages {
                prop_assert!(text[passage.range()].split_ascii_whitespace().count() <= 200);
            }
        }
    }
}
