//! A presentation, whatever program wrote it: one document, its slides counted, what the speaker notes marked.

use crate::corpus::input::problem::{Problem, counted};
use crate::corpus::raw::RawDocument;
use crate::document::Spot;

/// The longest text of one presentation, in bytes.
const LONGEST: usize = 64 << 20;

/// What stands before the notes of a slide.
const NOTES: &str = "Notes: ";

/// A slide with everything that is text on it.
#[derive(Debug, Default)]
pub(super) struct Slide {
    /// Its paragraphs, the title first where the file says which one that is.
    pub(super) lines: Vec<String>,
    /// What the speaker wrote beside it.
    pub(super) notes: Vec<String>,
    pub(super) hidden: bool,
}

/// A presentation.
#[derive(Debug, Default)]
pub(super) struct Deck {
    /// The properties of the file.
    pub(super) about: RawDocument,
    pub(super) slides: Vec<Slide>,
    /// Texts that stand on no slide of their own: heads and feet of all of them.
    pub(super) apart: Vec<String>,
    /// The parts that are not read.
    pub(super) problems: Vec<Problem>,
}

impl Deck {
    /// The presentation as a document, and what of it is not read.
    pub(super) fn documents(self) -> Vec<Result<RawDocument, Problem>> {
        let mut raw = self.about;
        let mut hidden = Vec::new();
        for (slide, number) in self.slides.iter().zip(1_u32..) {
            raw.place.spots.push(Spot { byte: raw.text.len(), slide: Some(number), ..Spot::default() });
            let begin = raw.text.len();
            add(&mut raw.text, &slide.lines, "");
            add(&mut raw.text, &slide.notes, NOTES);
            // A passage ends with its slide.
            if raw.text.len() > begin {
                raw.text.push('\n');
            }
            if slide.hidden {
                hidden.push(number.to_string());
            }
            if raw.text.len() > LONGEST {
                return vec![Err(Problem::failed(format!(
                    "longer than a document may be, {} MB of text",
                    LONGEST >> 20
                )))];
            }
        }
        add(&mut raw.text, &self.apart, "");
        raw.metadata.insert("slides".to_owned(), self.slides.len().to_string());
        if !hidden.is_empty() {
            raw.metadata.insert("hidden_slides".to_owned(), hidden.join(", "));
        }
        let read = if raw.text.trim().is_empty() {
            Err(Problem::nothing(format!(
                "a presentation of {} without text",
                counted(self.slides.len(), "slide", "slides")
            )))
        } else {
            Ok(raw)
        };
        std::iter::once(read).chain(self.problems.into_iter().map(Err)).collect()
    }
}

fn add(text: &mut String, lines: &[String], mark: &str) {
    let mut mark = mark;
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        if !words.is_empty() {
            text.push_str(mark);
            mark = "";
            text.push_str(&words.join(" "));
            text.push('\n');
        }
    }
}
