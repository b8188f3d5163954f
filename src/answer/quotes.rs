//! Quotes as they were checked, as plain data.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::document::{Doubts, Source};
use crate::note::Note;
use crate::text::harmless;
use crate::time::{Date, Precision, precision};

/// How a quote stands to the archive, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum QuoteStatus {
    /// The very characters stand in the source.
    Exact,
    /// The same words, printed otherwise: quotation marks, dashes, spaces, hyphens, ligatures, the case of the first
    /// letter, the mark at the end, a figure or date written otherwise, a letter that a scanner misread.
    Typographic,
    /// An ellipsis marks where words were left out; what is quoted stands in order in one document.
    Elided,
    /// Words in brackets were put in by the writer.
    Bracketed,
    /// Words differ.
    Altered,
    /// The words stand elsewhere: in another source, document or day than was claimed.
    Elsewhere,
    /// The words stand nowhere in the archive.
    NotFound,
    /// Too short to mean anything where it is found.
    TooShort,
    /// Too long to be compared.
    TooLong,
}

impl QuoteStatus {
    /// All of them, from best to worst.
    pub const ALL: [QuoteStatus; 9] = [
        QuoteStatus::Exact,
        QuoteStatus::Typographic,
        QuoteStatus::Elided,
        QuoteStatus::Bracketed,
        QuoteStatus::Altered,
        QuoteStatus::Elsewhere,
        QuoteStatus::NotFound,
        QuoteStatus::TooShort,
        QuoteStatus::TooLong,
    ];

    /// Its name in JSON: `exact`, `not-found`, `too-short` and so on.
    pub fn name(self) -> &'static str {
        match self {
            QuoteStatus::Exact => "exact",
            QuoteStatus::Typographic => "typographic",
            QuoteStatus::Elided => "elided",
            QuoteStatus::Bracketed => "bracketed",
            QuoteStatus::Altered => "altered",
            QuoteStatus::Elsewhere => "elsewhere",
            QuoteStatus::NotFound => "not-found",
            QuoteStatus::TooShort => "too-short",
            QuoteStatus::TooLong => "too-long",
        }
    }

    /// Returns whether a quote of this status passes: it is exact, typographic, elided or bracketed. A strict reader
    /// takes only the first two.
    pub fn passes(self, strict: bool) -> bool {
        match self {
            QuoteStatus::Exact | QuoteStatus::Typographic => true,
            QuoteStatus::Elided | QuoteStatus::Bracketed => !strict,
            _ => false,
        }
    }
}

/// What a difference between a quote and its source is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum DifferenceClass {
    /// A word or a part of a word that negates, put in, left out or exchanged.
    Negation,
    /// A figure, in digits or words.
    Figure,
    /// A day, a month, a year or a weekday.
    Date,
    /// A name.
    Name,
    /// The same words in another order.
    Order,
    /// Another source, document or day than was claimed.
    Attribution,
    /// A word that says how likely or necessary something is: may, must, should.
    Modal,
    /// The same word in another form, or an auxiliary verb.
    Tense,
    /// The spelling of one word.
    Spelling,
    /// Another word, one put in, or one left out.
    Word,
    /// More was left out than an ellipsis or a bracket stands for.
    Gap,
    /// A mark inside the quote, or a question that became a statement.
    Punctuation,
}

impl DifferenceClass {
    /// Its name in JSON: `negation`, `figure` and so on.
    pub fn name(self) -> &'static str {
        match self {
            DifferenceClass::Negation => "negation",
            DifferenceClass::Figure => "figure",
            DifferenceClass::Date => "date",
            DifferenceClass::Name => "name",
            DifferenceClass::Order => "order",
            DifferenceClass::Attribution => "attribution",
            DifferenceClass::Modal => "modal",
            DifferenceClass::Tense => "tense",
            DifferenceClass::Spelling => "spelling",
            DifferenceClass::Word => "word",
            DifferenceClass::Gap => "gap",
            DifferenceClass::Punctuation => "punctuation",
        }
    }

    /// Returns whether such a difference can turn what is said into something else, however little of it differs.
    pub fn is_grave(self) -> bool {
        use DifferenceClass::{Date, Figure, Name, Negation, Order};
        matches!(self, Negation | Figure | Date | Name | Order)
    }
}

/// One difference between a quote and its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Difference {
    /// What it is about.
    pub class: DifferenceClass,
    /// Set if it is of a grave class and was not accepted.
    pub grave: bool,
    /// Set if it only concerns how the same thing is written, so that the quote passes with it.
    pub accepted: bool,
    /// The words of the quote; empty where the quote leaves words out.
    pub quoted: String,
    /// The words of the source; empty where the quote puts words in. For `attribution`, what was claimed stands in
    /// `quoted` and what is so stands here.
    pub source: String,
    /// Their characters in the quote, end excluded.
    pub quote_chars: (usize, usize),
    /// Their characters in the document's text, end excluded.
    pub source_chars: (usize, usize),
}

/// The most characters of either side of a difference that are repeated in words.
const SHOWN: usize = 400;

/// The difference in words: `figure: "83", in the source "71"`.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (quoted, source) = (shortened(&self.quoted), shortened(&self.source));
        let class = self.class.name();
        if self.class == DifferenceClass::Attribution {
            return write!(f, "{class}: said to be in {quoted}; stands in {source}");
        }
        if self.accepted {
            return write!(f, "written otherwise: \"{quoted}\", in the source \"{source}\"");
        }
        if self.class == DifferenceClass::Order {
            let words = if quoted.is_empty() { source } else { quoted };
            return write!(f, "{class}: \"{words}\" stands elsewhere in the source");
        }
        match (quoted.is_empty(), source.is_empty()) {
            (true, true) => write!(f, "{class}: at the mark"),
            (true, false) => write!(f, "{class}: the quote leaves out \"{source}\""),
            (false, true) => write!(f, "{class}: the quote puts in \"{quoted}\""),
            (false, false) => write!(f, "{class}: \"{quoted}\", in the source \"{source}\""),
        }
    }
}

/// Words on one line, cut where they are long.
fn shortened(text: &str) -> String {
    let text = harmless(text).split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} …", text.get(..end).unwrap_or_default().trim_end()),
        None => text,
    }
}

/// Words of the source that an ellipsis left out or that a bracket stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QuoteGap {
    /// The words of the source; empty where nothing was left out.
    pub text: String,
    /// Their characters in the document's text, end excluded.
    pub chars: (usize, usize),
    /// What the writer put in brackets in their place; none for an ellipsis.
    pub put_in: Option<String>,
    /// Set if more than one sentence is concerned.
    pub across_sentences: bool,
}

/// A place where a quote stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QuotePlace {
    /// The id of the document.
    pub r#ref: String,
    /// The publication date, or none.
    pub date: Option<Date>,
    /// How much of it is known; none where there is no date. `unknown` in JSON.
    #[serde(with = "precision")]
    pub date_precision: Option<Precision>,
    /// The reasons to check the date.
    pub doubt: Doubts,
    /// The source it is filed under.
    pub source: Option<Source>,
    /// The title.
    pub title: Option<String>,
    /// The file and the way inside it, in words for a person.
    pub file: Option<String>,
    /// The number of the passage in which the words begin.
    pub passage: u32,
    /// The words as they stand in the document.
    pub text: String,
    /// Their characters in the document's text, end excluded.
    pub chars: (usize, usize),
    /// How many other documents with the words only repeat this one.
    pub copies: u64,
    /// Set if source, document and day are as claimed, or if nothing was claimed.
    pub as_claimed: bool,
    /// The place as a citation, in the style asked for.
    pub cite: String,
}

/// One quote, checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CheckedQuote {
    /// Its number among those checked, from 1.
    pub number: u64,
    /// The quote as the draft has it.
    pub text: String,
    /// The line of the draft at which it begins, from 1; none where there is no draft.
    pub line: Option<u32>,
    /// How it stands to the archive.
    pub status: QuoteStatus,
    /// Set if one of the differences is grave.
    pub grave: bool,
    /// The differences from the words at the first place, or from the nearest passage.
    pub differences: Vec<Difference>,
    /// The words left out and put in with a mark.
    pub gaps: Vec<QuoteGap>,
    /// How many documents have the words of the first place.
    pub total: u64,
    /// How many of them remain when those that only repeat others are left out.
    pub distinct: u64,
    /// The places, the earliest first, those as claimed before others; copies stand under the earliest of them.
    pub places: Vec<QuotePlace>,
    /// The nearest passage to a quote that was not found. It is no match.
    pub nearest: Option<QuotePlace>,
}

/// Quotes, checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QuoteReport {
    /// The state of the index: another one may answer otherwise.
    pub revision: String,
    /// How many quotes were checked, those too short among them.
    pub checked: u64,
    /// How many of them pass.
    pub passed: u64,
    /// How many differ gravely.
    pub grave: u64,
    /// What could not be read of the draft, and what was read otherwise than written.
    pub notes: Vec<Note>,
    /// The quotes in their order.
    pub quotes: Vec<CheckedQuote>,
}

impl QuoteReport {
    /// Returns whether every quote that is long enough to be checked passes, and there is one. A strict reader takes no
    /// ellipsis and no bracket.
    pub fn all_pass(&self, strict: bool) -> bool {
        !self.quotes.is_empty() && self.quotes.iter().all(|quote| quote.status.passes(strict))
    }
}
