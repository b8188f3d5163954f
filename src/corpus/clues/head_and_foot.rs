//! The head and the foot of a text, cut into segments: the only parts where a text speaks of itself.

use std::cell::OnceCell;
use std::ops::Range;

use super::header::{LeadingHeader, leading_header};
use crate::corpus::raw::{Origin, RawDocument};

/// The characters of a text that are its head. Of a wide gap, as between the columns of a page, only the first
/// character counts.
const HEAD: usize = 1200;

/// The most bytes that are looked at for the head, however wide its gaps.
const WIDEST: usize = 8000;

/// The bytes of a text that are its foot.
const FOOT: usize = 700;

/// A line, or a part of one between wide gaps or bars, as in web pages turned into text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment<'a> {
    /// The text without the white space around it; never empty.
    pub(crate) text: &'a str,
    /// The byte of the whole text at which it begins.
    pub(crate) start: usize,
    /// Set if it begins and ends where a line does.
    pub(crate) whole_line: bool,
}

impl Segment<'_> {
    pub(crate) fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }
}

/// The head and the foot of one document's text. They are found once, and cut into segments where a clue is looked for.
#[derive(Debug)]
pub(crate) struct HeadAndFoot<'a> {
    pub(crate) text: &'a str,
    /// The number of the text's first line, from 1.
    first_line: usize,
    /// The header that the text opens with. A header that was taken off the text is in no text any more.
    pub(crate) header: Option<LeadingHeader>,
    /// The bytes of the head, which begins below the header.
    pub(crate) head: Range<usize>,
    /// The bytes of the foot. In a short text it reaches into the head.
    pub(crate) foot: Range<usize>,
    head_segments: OnceCell<Vec<Segment<'a>>>,
    foot_segments: OnceCell<Vec<Segment<'a>>>,
}

impl<'a> HeadAndFoot<'a> {
    /// Finds head and foot below a header, which is none where the text opens with none.
    pub(crate) fn below(raw: &'a RawDocument, header: Option<LeadingHeader>) -> HeadAndFoot<'a> {
        let text = raw.text.as_str();
        let from = header.as_ref().map_or(0, |header| header.range.end);
        HeadAndFoot {
            text,
            first_line: raw.first_line(),
            header,
            head: head(text, from),
            foot: foot(text),
            head_segments: OnceCell::new(),
            foot_segments: OnceCell::new(),
        }
    }

    /// Finds header, head and foot. A document that declares a header has none in its text.
    pub(crate) fn of(raw: &'a RawDocument) -> HeadAndFoot<'a> {
        let declared = raw.declared.iter().any(|declared| declared.origin == Origin::Header);
        HeadAndFoot::below(raw, if declared { None } else { leading_header(&raw.text, raw.first_line()) })
    }

    /// The segments of the head, in their order.
    pub(crate) fn head_segments(&self) -> &[Segment<'a>] {
        self.head_segments.get_or_init(|| segments(self.text, self.head.clone()))
    }

    /// The segments of the foot, in their order.
    pub(crate) fn foot_segments(&self) -> &[Segment<'a>] {
        self.foot_segments.get_or_init(|| segments(self.text, self.foot.clone()))
    }

    /// The segments of the first lines below the header: enough for a headline and a byline.
    pub(crate) fn opening_segments(&self) -> Vec<Segment<'a>> {
        segments(self.text, opening(self.text, self.head.start))
    }

    /// The place of a byte of the text, in words for a person.
    pub(crate) fn place(&self, at: usize) -> String {
        let above = self.text.as_bytes().get(..at).map_or(0, |above| above.iter().filter(|b| **b == b'\n').count());
        format!("line {}", self.first_line + above)
    }
}

/// The head of the text from byte `from` on.
fn head(text: &str, from: usize) -> Range<usize> {
    let rest = text.get(from..).unwrap_or("");
    let rest = rest.trim_start();
    let start = text.len() - rest.len();
    let mut blank = false;
    let end = rest
        .char_indices()
        .take_while(|(at, _)| *at < WIDEST)
        .filter(|(_, c)| {
            let gap = std::mem::replace(&mut blank, c.is_whitespace());
            !(gap && blank)
        })
        .nth(HEAD)
        .map_or(rest.len().min(WIDEST), |(at, _)| at);
    let mut end = start + end;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    start..end
}

/// The first lines of the text from byte `from` on.
fn opening(text: &str, from: usize) -> Range<usize> {
    let mut end = from.saturating_add(300).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    from.min(end)..end
}

/// The foot of the text. It begins at a line or a gap, if there is one.
fn foot(text: &str) -> Range<usize> {
    let end = text.trim_end().len();
    let mut start = end.saturating_sub(FOOT);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    if start > 0 {
        let excerpt = text.get(start..end).unwrap_or("");
        start += excerpt.find('\n').or_else(|| excerpt.find("   ")).unwrap_or(0);
    }
    start..end
}

/// The segments of a part of the text, in its order.
pub(crate) fn segments(text: &str, part: Range<usize>) -> Vec<Segment<'_>> {
    let mut segments = Vec::new();
    let mut add = |range: Range<usize>, opens: bool, closes: bool| {
        let raw = text.get(range.clone()).unwrap_or("");
        let kept = raw.trim();
        if !kept.is_empty() {
            let start = range.start + raw.len() - raw.trim_start().len();
            segments.push(Segment { text: kept, start, whole_line: opens && closes });
        }
    };
    let excerpt = text.get(part.clone()).unwrap_or("");
    let (mut begun, mut opens) = (0, true);
    // The byte at which the current run of blanks began, and its length in characters.
    let (mut blank, mut blanks) = (0, 0);
    for (at, c) in excerpt.char_indices() {
        match c {
            '\n' | '\r' | '\u{2028}' => {
                add(part.start + begun..part.start + at, opens, true);
                (begun, opens, blanks) = (at + c.len_utf8(), true, 0);
            }
            '|' | '·' | '•' => {
                add(part.start + begun..part.start + at, opens, false);
                (begun, opens, blanks) = (at + c.len_utf8(), false, 0);
            }
            c if c.is_whitespace() => {
                if blanks == 0 {
                    blank = at;
                }
                blanks += 1;
            }
            _ => {
                if blanks >= 3 && excerpt.get(begun..blank).is_some_and(|before| !before.trim().is_empty()) {
                    add(part.start + begun..part.start + blank, opens, false);
                    (begun, opens) = (at, false);
                }
                blanks = 0;
            }
        }
    }
    add(part.start + begun..part.end, opens, true);
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_wide_gaps_and_bars_part_segments() {
        let text = "\n  One line \nBy Ann  Example   26 May | Town\n\n";
        let found = segments(text, 0..text.len());
        let texts: Vec<_> = found.iter().map(|segment| (segment.text, segment.whole_line)).collect();
        assert_eq!(texts, [("One line", true), ("By Ann  Example", false), ("26 May", false), ("Town", false)]);
    }

    proptest! {
        #[test]
        fn segments_are_pieces_of_the_text(text in "[a é|\n \u{2003}]{0,40}", from in 0usize..50) {
            for part in [head(&text, from.min(text.len())), foot(&text)] {
                for segment in segments(&text, part) {
                    prop_assert_eq!(text.get(segment.range()), Some(segment.text));
                    prop_assert_eq!(segment.text.trim(), segment.text);
                }
            }
        }
    }
}
