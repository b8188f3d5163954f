//! A document, or a passage of one, to be cited.

use std::ops::Range;

use super::kind::{Kind, Signs};
use super::name::Name;
use super::record::Record;
use super::style::CitationStyle;
use super::when::{When, one_of, remark};
use super::{bibtex, csl, prose, ris};
use crate::answer::evidence::Evidence;
use crate::answer::search::Hit;
use crate::document::{Attribution, Document, Source, locator};
use crate::text::Language;
use crate::time::Date;

/// A document, or a passage of one, to be cited.
///
/// ```
/// use dateline::{Citation, CitationStyle, Document};
///
/// let log = Document::new("log-1", "Fog since four.").title("Log of the ferry").source("Courier").date("1992-02".parse()?);
/// assert_eq!(
///     Citation::of(&log).passage(1).write(CitationStyle::Plain),
///     "Courier, \"Log of the ferry\", February 1992, passage 1 [log-1#1]"
/// );
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a citation does nothing until it is written"]
pub struct Citation {
    record: Record,
}

impl Citation {
    /// A document.
    pub fn of(document: &Document) -> Citation {
        let file = document.place.locator();
        let signs = Signs {
            dated: &document.dated,
            attribution: &document.attribution,
            metadata: Some(&document.metadata),
            title: document.title.as_deref(),
            url: document.url.as_deref(),
            file: file.as_deref(),
        };
        Citation { record: record(&document.id, &signs, document.language) }
    }

    /// A document as a search found it, with its best passage.
    pub fn of_hit(hit: &Hit) -> Citation {
        let file = hit.path.as_deref().map(|path| locator(path, hit.member.as_deref()));
        let signs = Signs {
            dated: &hit.dated,
            attribution: &hit.attribution,
            metadata: None,
            title: hit.title.as_deref(),
            url: hit.url.as_deref(),
            file: file.as_deref(),
        };
        let mut record = record(&hit.id, &signs, hit.language);
        if let Some(best) = hit.passages.first() {
            (record.passage, record.page) = (Some(best.number), best.page);
        }
        Citation { record }
    }

    /// Names the passage, by its number.
    pub fn passage(mut self, number: u32) -> Citation {
        self.record.passage = Some(number);
        self
    }

    /// Names the page, from 1.
    pub fn page(mut self, number: u32) -> Citation {
        self.record.page = Some(number);
        self
    }

    /// Says when the document was looked at.
    pub fn accessed(mut self, day: Date) -> Citation {
        self.record.accessed = Some(day);
        self
    }

    /// Gives the words that are quoted.
    pub fn quote(mut self, words: impl Into<String>) -> Citation {
        self.record.quote = Some(words.into());
        self
    }

    /// Adds what makes it checkable again: see [`Prover`](crate::Prover).
    pub fn evidence(mut self, evidence: Evidence) -> Citation {
        self.record.evidence = Some(evidence);
        self
    }

    /// Says which document has the words first, for a ClaimReview.
    pub fn first(mut self, first: &Document) -> Citation {
        let name = Citation::of(first).write(CitationStyle::Plain);
        self.record.first = Some((name, first.url.clone()));
        self
    }

    /// The citation in a style. JSON is on one line; evidence comes last, on a line of its own in styles for readers.
    pub fn write(&self, style: CitationStyle) -> String {
        let record = &self.record;
        let prose =
            |text: String| match record.evidence.as_ref().and_then(|evidence| serde_json::to_string(evidence).ok()) {
                Some(evidence) => format!("{text}\nevidence: {evidence}"),
                None => text,
            };
        match style {
            CitationStyle::Plain => prose(prose::plain(record)),
            CitationStyle::Chicago => prose(prose::chicago(record)),
            CitationStyle::Apa => prose(prose::apa(record)),
            CitationStyle::Markdown => match &record.evidence {
                Some(evidence) => {
                    let evidence = serde_json::to_string(evidence).unwrap_or_default().replace("--", "-\\u002d");
                    format!("{}\n\n<!-- {evidence} -->", prose::markdown(record))
                }
                None => prose::markdown(record),
            },
            CitationStyle::CslJson => csl::item(record).to_string(),
            CitationStyle::Annotation => csl::annotation(record).to_string(),
            CitationStyle::Claimreview => csl::claim_review(record).to_string(),
            CitationStyle::Ris => ris::write(record),
            CitationStyle::Bibtex => bibtex::write(record),
        }
    }
}

fn record(id: &str, signs: &Signs<'_>, language: Option<Language>) -> Record {
    let attribution: &Attribution = signs.attribution;
    let source = attribution.source();
    let agency = attribution
        .agency
        .as_ref()
        .map(|clue| Source::new(&clue.name))
        .filter(|agency| Some(agency) != source.as_ref());
    let authors = attribution.byline.as_ref().map(|clue| Name::all(&clue.name)).unwrap_or_default();
    Record {
        id: id.to_string(),
        kind: Kind::of(signs),
        title: signs.title.map(str::to_string),
        authors,
        source: source.map(|source| source.to_string()),
        agency: agency.map(|agency| agency.to_string()),
        when: When::of(signs.dated),
        one_of: one_of(signs.dated),
        remark: remark(signs.dated),
        url: signs.url.map(str::to_string),
        file: signs.file.map(str::to_string),
        language: language.map(Language::code),
        passage: None,
        page: None,
        accessed: None,
        quote: None,
        evidence: None,
        first: None,
    }
}

/// The bytes of a text that characters stand for; cut off at its end.
pub(crate) fn bytes_of(text: &str, chars: (usize, usize)) -> Range<usize> {
    let at = |count: usize| text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    let start = at(chars.0);
    start..at(chars.1).max(start)
}
