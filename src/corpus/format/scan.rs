//! Pages whose words are recognised, and pictures, which are nothing else.

use std::collections::BTreeMap;

use super::newspaper;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::RawDocument;
use crate::corpus::recognition::{Picture, Recogniser};
use crate::document::{Place, RECOGNISED_BY, Spot};

/// The character between pages.
const PAGE: char = '\u{c}';

/// The most numbers of pages that a reason names.
const NAMED: usize = 20;

/// The words of the pages of one file, as far as they are recognised.
pub(super) struct Scan<'r> {
    recogniser: &'r Recogniser,
    /// How many pages may still be recognised.
    left: u32,
    /// The words of each page by its number, from 1, with their places on it.
    pages: BTreeMap<u32, (String, Vec<Spot>)>,
    confidence: (u64, u64),
    /// The pages that were not recognised, by the reason.
    failed: BTreeMap<String, Vec<u32>>,
    /// The number of pages on which there are no words.
    empty: usize,
}

impl<'r> Scan<'r> {
    pub(super) fn by(recogniser: &'r Recogniser) -> Scan<'r> {
        let (pages, confidence, failed, empty) = Default::default();
        Scan { recogniser, left: recogniser.most_pages(), pages, confidence, failed, empty }
    }

    /// Recognises the words of a page, by its number, from 1; of a frame of the picture where it has several.
    pub(super) fn page(&mut self, number: u32, picture: &mut Picture<'_>, frame: Option<u32>) {
        if let Some(reason) = self.refusal() {
            return self.fail(number, reason);
        }
        self.left = self.left.saturating_sub(1);
        match self.recogniser.page(picture, frame) {
            Ok(hocr) => {
                let (text, spots, (sum, count)) = newspaper::recognised(hocr, number);
                self.confidence = (self.confidence.0 + sum, self.confidence.1 + count);
                if text.trim().is_empty() {
                    self.empty += 1;
                } else {
                    self.pages.insert(number, (text, spots));
                }
            }
            Err(reason) => self.fail(number, reason),
        }
    }

    /// The reason why no further page is recognised, if there is one.
    pub(super) fn refusal(&self) -> Option<String> {
        (self.left == 0).then(|| format!("only {} pages of a file are recognised", self.recogniser.most_pages()))
    }

    /// Notes why the words of a page are not recognised.
    pub(super) fn fail(&mut self, number: u32, reason: String) {
        self.failed.entry(reason).or_default().push(number);
    }

    /// The number of pages on which there are no words.
    #[cfg(feature = "pdf")]
    pub(super) fn empty(&self) -> usize {
        self.empty
    }

    /// The pages that were not recognised, with the reasons. None if there are none.
    pub(super) fn failures(&self) -> Option<String> {
        let told = self.failed.iter().map(|(reason, pages)| {
            let more = if pages.len() > NAMED { " …" } else { "" };
            let pages: Vec<String> = pages.iter().take(NAMED).map(u32::to_string).collect();
            format!("{}{more} ({reason})", pages.join(", "))
        });
        (!self.failed.is_empty()).then(|| told.collect::<Vec<_>>().join("; "))
    }

    /// Puts the recognised pages where they belong among all `count` pages. `text` has the others, parted by form feeds.
    pub(super) fn put_into(self, raw: &mut RawDocument, text: &str, count: u32) {
        if self.pages.is_empty() {
            text.clone_into(&mut raw.text);
            return;
        }
        let mut texts = text.split(PAGE);
        let mut was_recognised = true;
        for number in 1..=count {
            if number > 1 {
                raw.text.push(PAGE);
            }
            let told = texts.next().unwrap_or_default();
            let begin = raw.text.len();
            if let Some((words, spots)) = self.pages.get(&number) {
                raw.text.push_str(words);
                raw.text.push_str(if number < count { "\n\n" } else { "" });
                let spots = spots.iter().map(|spot| Spot { byte: begin + spot.byte, ..spot.clone() });
                raw.place.spots.extend(spots);
                was_recognised = true;
            } else {
                // The place of the words before does not reach over to this page.
                if std::mem::take(&mut was_recognised) {
                    raw.place.spots.push(Spot { byte: begin, ..Spot::default() });
                }
                raw.text.push_str(told);
            }
        }
        raw.metadata.insert(RECOGNISED_BY.to_owned(), self.recogniser.name());
        if self.pages.len() < count as usize {
            let shown: Vec<String> = self.pages.keys().take(NAMED).map(u32::to_string).collect();
            let more = if self.pages.len() > NAMED { " …" } else { "" };
            raw.metadata.insert("recognised_pages".to_owned(), shown.join(", ") + more);
        }
        newspaper::note_confidence(raw, self.confidence);
    }
}

/// Reads a picture: its words, where they are asked for.
pub(super) fn read(bytes: &[u8], recogniser: Option<&Recogniser>) -> Vec<Result<RawDocument, Problem>> {
    let Some(recogniser) = recogniser.filter(|recogniser| recogniser.is_usable()) else {
        return vec![Err(Problem::nothing("an image"))];
    };
    let mut scan = Scan::by(recogniser);
    let frames = frames(bytes);
    let mut picture = Picture::of(bytes);
    for number in 1..=frames {
        scan.page(number, &mut picture, (frames > 1).then_some(number - 1));
    }
    let failures = scan.failures();
    let mut raw = RawDocument { place: Place { pages: true, ..Place::default() }, ..RawDocument::default() };
    scan.put_into(&mut raw, "", frames);
    let mut read = Vec::new();
    if !raw.text.trim().is_empty() {
        read.push(Ok(raw));
    } else if failures.is_none() {
        read.push(Err(Problem::nothing("an image in which no words are recognised")));
    }
    read.extend(failures.map(|pages| match frames {
        1 => Err(Problem::failed(format!("an image whose words are not recognised{}", pages.trim_start_matches('1')))),
        _ => Err(Problem::failed(format!("pages that are not recognised: {pages}"))),
    }));
    read
}

/// The most pictures that a file of several is taken to have.
const FRAMES: u32 = 100_000;

/// The number of pictures in a file: a TIFF has a list of them, other files have one.
fn frames(bytes: &[u8]) -> u32 {
    let is_little = match bytes.get(..4) {
        Some(b"II*\0") => true,
        Some(b"MM\0*") => false,
        _ => return 1,
    };
    let number = |at: usize, length: usize| -> Option<usize> {
        let digits = bytes.get(at..at.checked_add(length)?)?;
        let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if is_little { digits.iter().rev().fold(0, add) } else { digits.iter().fold(0, add) })
    };
    let mut count = 0;
    let mut next = number(4, 4);
    let mut met = std::collections::HashSet::new();
    while let Some(at) = next.filter(|at| *at != 0 && met.insert(*at)) {
        let Some(entries) = number(at, 2) else { break };
        count += 1;
        if count >= FRAMES {
            break;
        }
        next = number(at + 2 + 12 * entries, 4);
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn pictures_in_a_tiff_are_counted_and_lists_that_bite_their_tail_end() {
        let list = |next: u32| [&1_u16.to_le_bytes()[..], &[0; 12], &next.to_le_bytes()].concat();
        let file = |lists: &[Vec<u8>]| [&b"II*\0\x08\0\0\0"[..], &lists.concat()].concat();
        assert_eq!(frames(&file(&[list(0)])), 1);
        assert_eq!(frames(&file(&[list(26), list(44), list(0)])), 3);
        assert_eq!(frames(&file(&[list(26), list(8)])), 2);
        assert_eq!(frames(&file(&[list(4_000_000)])), 1);
        assert_eq!(frames(b"II*\0"), 1);
        assert_eq!(frames(b"\x89PNG\r\n"), 1);
    }
}
