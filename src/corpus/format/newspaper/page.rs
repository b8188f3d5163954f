//! A scanned page as it was read: blocks of lines of words, each with its region of the page.

use std::collections::HashMap;
use std::ops::Range;

use crate::corpus::format::shared::hyphens;
use crate::document::Spot;

/// The longest text of one document, in bytes.
pub(super) const LONGEST: usize = 64 << 20;

/// A page of a scan.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) blocks: Vec<Block>,
    /// The sum of how sure the reader was of its words, in thousandths, and their number.
    pub(super) confidence: (u64, u64),
    /// Set if its file ends before it should.
    pub(super) broken: Option<String>,
}

/// A paragraph, a heading or a column: lines in reading order.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Its own name and those of what it stands in, by which an article refers to it.
    pub(super) names: Vec<String>,
    pub(super) lines: Vec<Line>,
}

/// A line with its region: left, top, width, height.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) region: Option<[u32; 4]>,
    pub(super) words: Vec<Word>,
    /// Set if the line says that it ends within a word.
    pub(super) hyphen: bool,
}

/// A word, or a part of one that a line's end cuts in two.
#[derive(Debug, Default)]
pub(super) struct Word {
    pub(super) name: String,
    pub(super) text: String,
    /// The whole word, if the file tells it.
    pub(super) whole: Option<String>,
    pub(super) half: Half,
}

/// Which half of a word that a line's end cuts in two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Half {
    #[default]
    None,
    First,
    Second,
}

impl Page {
    /// Notes how sure the reader was of a word, from 0 to 1.
    pub(super) fn note_confidence(&mut self, sure: &str) {
        if let Ok(sure) = sure.trim().parse::<f64>()
            && (0.0..=1.0).contains(&sure)
        {
            self.confidence.0 += (sure * 1000.0).round() as u64;
            self.confidence.1 += 1;
        }
    }
}

/// Notes with the last page of a file, or with an empty one, that the file ends before it should.
pub(super) fn note_damage(pages: &mut Vec<Page>, broken: Option<String>) {
    if broken.is_some() && pages.is_empty() {
        pages.push(Page::default());
    }
    if let Some(page) = pages.last_mut() {
        page.broken = broken;
    }
}

/// The words of a page in reading order, and where the things with names begin and end among them.
pub(super) struct Words<'a> {
    /// The block and the line of each word.
    pub(super) places: Vec<(usize, usize)>,
    names: HashMap<&'a str, Range<usize>>,
}

impl<'a> Words<'a> {
    pub(super) fn of(page: &'a Page) -> Words<'a> {
        let mut words = Words { places: Vec::new(), names: HashMap::new() };
        for (at, block) in page.blocks.iter().enumerate() {
            let begin = words.places.len();
            for (line_at, line) in block.lines.iter().enumerate() {
                let begin = words.places.len();
                for word in &line.words {
                    let place = words.places.len();
                    words.places.push((at, line_at));
                    words.name(&word.name, place..place + 1);
                }
                words.name(&line.name, begin..words.places.len());
            }
            for name in &block.names {
                words.name(name, begin..words.places.len());
            }
        }
        words
    }

    fn name(&mut self, name: &'a str, range: Range<usize>) {
        if !name.is_empty() {
            let known = self.names.entry(name).or_insert(range.clone());
            known.end = known.end.max(range.end);
        }
    }

    /// The words from one name to another, both included; of a name alone what it names; without a name all.
    pub(super) fn range(&self, begin: Option<&str>, end: Option<&str>) -> Range<usize> {
        let Some(begin) = begin else { return 0..self.places.len() };
        let Some(from) = self.names.get(begin) else { return 0..0 };
        let to = end.and_then(|end| self.names.get(end)).unwrap_or(from);
        from.start..to.end.max(from.start)
    }

    /// The first word of the line that a word stands in, and the first after it.
    pub(super) fn line_begin(&self, at: usize) -> usize {
        let line = self.places.get(at);
        self.places.partition_point(|place| Some(place) < line)
    }

    pub(super) fn line_end(&self, at: usize) -> usize {
        let line = self.places.get(at);
        self.places.partition_point(|place| Some(place) <= line)
    }
}

/// Puts the text of a document together from lines of pages.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) spots: Vec<Spot>,
    /// Set after the first half of a word whose whole has been written.
    written: bool,
    /// After a line that ends within a word, which the next one goes on with: the sign that was taken off it.
    open: Option<String>,
    /// Set where a paragraph begins before the other half of a word.
    parted: bool,
}

impl Text {
    /// Begins a paragraph.
    pub(super) fn paragraph(&mut self) {
        if self.open.is_some() {
            self.parted = true;
            return;
        }
        self.text.truncate(self.text.trim_end().len());
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
    }

    /// Adds a line of a page, whose number is counted from 1.
    pub(super) fn line<'a>(&mut self, page: u32, line: &Line, words: impl Iterator<Item = &'a Word>) {
        let mut begun = false;
        let mut words = words.filter(|word| !word.text.trim().is_empty()).peekable();
        while let Some(word) = words.next() {
            let last = words.peek().is_none();
            if self.text.len() > LONGEST {
                return;
            }
            if word.half == Half::Second && std::mem::take(&mut self.written) {
                continue;
            }
            self.written = false;
            self.begin(word);
            if !std::mem::replace(&mut begun, true) {
                let region = line.region.map(|[left, top, width, height]| [page, left, top, width, height]);
                self.spots.push(Spot { byte: self.text.len(), region, ..Spot::default() });
            }
            match (&word.whole, word.half) {
                (Some(whole), Half::First) => {
                    self.text.push_str(whole.trim());
                    self.written = true;
                }
                _ => self.part(word, last, line.hyphen),
            }
        }
    }

    /// Begins a word, if it is not the other half of the last one. A paragraph that begins with a capital goes on with
    /// nothing.
    fn begin(&mut self, word: &Word) {
        let parted = std::mem::take(&mut self.parted);
        if parted && word.text.trim().starts_with(char::is_uppercase) {
            self.close();
            self.paragraph();
        } else if self.open.take().is_none() && !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
            self.text.push(' ');
        }
    }

    /// Gives the sign back to a half of a word that nothing follows.
    pub(super) fn close(&mut self) {
        self.text.extend(self.open.take());
    }

    /// Adds a word as it is written; one that the line's end cuts in two goes on in the next line.
    fn part(&mut self, word: &Word, last: bool, hyphen: bool) {
        let text = word.text.trim();
        let (half, sign) = hyphens::cut_word(text).unwrap_or((text, ""));
        if last && (hyphen || hyphens::only_cuts(sign) || word.half == Half::First) {
            self.text.push_str(half);
            self.open = Some(sign.to_owned());
        } else {
            self.text.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, whole: Option<&str>, half: Half) -> Word {
        Word { text: text.to_owned(), whole: whole.map(str::to_owned), half, ..Word::default() }
    }

    #[test]
    fn a_word_that_a_line_cuts_in_two_is_one() {
        let lines = [
            Line {
                words: vec![word("the", None, Half::None), word("Lombard", Some("Lombardstreet,"), Half::First)],
                ..Line::default()
            },
            Line {
                words: vec![word("street,", Some("Lombardstreet,"), Half::Second), word("of free", None, Half::None)],
                ..Line::default()
            },
            Line { words: vec![word("will-", None, Half::None)], hyphen: true, ..Line::default() },
            Line { words: vec![word("kür.", None, Half::None), word("half", None, Half::Second)], ..Line::default() },
        ];
        let mut text = Text::default();
        text.paragraph();
        for line in &lines {
            text.line(1, line, line.words.iter());
        }
        assert_eq!(text.text, "the Lombardstreet, of free willkür. half");
        assert_eq!(text.spots.iter().map(|spot| spot.byte).collect::<Vec<_>>(), [0, 19, 27, 31]);
    }
}
