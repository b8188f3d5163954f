//! A document as `show` and `inspect` print it: plain data. What it has in common with a hit of a search is called the
//! same.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::document::path::path_text;
use crate::document::{Attribution, Certainty, Dated, Document, Source, SourceClue};
use crate::text::{Language, Passage};
use crate::time::{Date, DateRange, Mention, MentionContext, MonthDay, Precision, mentions, precision};

/// A document with the reasons for its date and source, and its passages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DocumentReport {
    /// The file it lies in.
    pub file: Option<String>,
    /// The way inside the file, if the file holds many documents.
    pub member: Option<String>,
    /// The line of the file at which it begins, from 1.
    pub line: Option<u32>,
    /// The id of the document.
    pub id: String,
    /// The id the record gives itself.
    pub record_id: Option<String>,
    /// The ids that the document had before its file was moved, the latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_ids: Vec<String>,
    /// The title.
    pub title: Option<String>,
    /// The publication date, or none.
    pub date: Option<Date>,
    /// The precision of the date; none where there is no date. `unknown` in JSON.
    #[serde(with = "precision")]
    pub date_precision: Option<Precision>,
    /// A month and day without a known year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_partial: Option<MonthDay>,
    /// The clue that dated it, its rivals, and the clues that were refused.
    #[serde(flatten)]
    pub dated: Dated,
    /// The source it is filed under.
    pub source: Option<Source>,
    /// The clue to the source.
    pub source_provenance: Option<SourceClue>,
    /// Publisher, cited agency, author.
    #[serde(flatten)]
    pub attribution: Attribution,
    /// Its language.
    #[serde(rename = "lang")]
    pub language: Option<Language>,
    /// The address it was published at.
    pub url: Option<String>,
    /// The character encoding its bytes were read in.
    pub encoding: Option<String>,
    /// The evidence for the encoding.
    pub encoding_certainty: Option<Certainty>,
    /// The number of characters of the text that stand for bytes that mean nothing in that encoding.
    pub unreadable: u64,
    /// Other facts that the document states about itself, by name.
    pub metadata: BTreeMap<String, String>,
    /// Its passages.
    pub passages: Vec<PassageText>,
    /// The id the record gives itself, else `id`; only of a document that is [inspected](Self::inspected).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// The times its text speaks of, in its order; only of a document that is [inspected](Self::inspected).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timexes: Option<Vec<Timex>>,
}

/// A passage of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PassageText {
    /// The id `DOCUMENT#NUMBER`, which `show` takes.
    pub id: String,
    /// Its number in the document, from 1.
    pub number: u32,
    /// Its bytes in the document's text, end excluded.
    pub bytes: (usize, usize),
    /// Its text; none of a document that is [inspected](DocumentReport::inspected).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A mention of time, the way corpora annotated with TIMEX3 are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Timex {
    /// The character of the document's text at which it begins.
    pub start: usize,
    /// The character at which it ends, not included.
    pub end: usize,
    /// The words it was read from.
    pub text: String,
    /// `DATE`, `TIME`, `DURATION` or `SET`.
    pub r#type: String,
    /// The value as TIMEX3 writes it.
    pub value: String,
    /// The first day it speaks of; none where it names none.
    pub first: Option<Date>,
    /// The last day it speaks of.
    pub last: Option<Date>,
    /// The certainty of the days: [`MentionCertainty::name`](crate::MentionCertainty::name).
    pub certainty: String,
    /// The rule that recognised it: [`MentionRule::name`](crate::MentionRule::name).
    pub rule: String,
    /// Its bytes in the document's text, end excluded.
    pub bytes: (usize, usize),
}

impl DocumentReport {
    /// A document of an index with the text of these of its passages, as `show` prints it.
    pub fn shown(document: &Document, passages: &[Passage]) -> DocumentReport {
        let passages = passages.iter().map(|passage| PassageText {
            text: document.text.get(passage.range()).map(str::to_owned),
            ..PassageText::new(document, passage)
        });
        DocumentReport { passages: passages.collect(), ..DocumentReport::of(document) }
    }

    /// The documents made of a file, with the times its text speaks of, as `inspect` prints it.
    pub fn inspected(document: &Document) -> DocumentReport {
        DocumentReport {
            passages: document.passages().iter().map(|passage| PassageText::new(document, passage)).collect(),
            doc: Some(document.record_id.as_ref().unwrap_or(&document.id).clone()),
            timexes: Some(timexes(document)),
            ..DocumentReport::of(document)
        }
    }

    fn of(document: &Document) -> DocumentReport {
        DocumentReport {
            file: document.place.path.as_deref().map(path_text),
            member: document.place.member.clone(),
            line: document.place.line,
            id: document.id.clone(),
            record_id: document.record_id.clone(),
            former_ids: document.former_ids.clone(),
            title: document.title.clone(),
            date: document.dated.date(),
            date_precision: document.dated.precision(),
            date_partial: document.dated.yearless.as_ref().map(|clue| clue.date),
            dated: document.dated.clone(),
            source: document.attribution.source(),
            source_provenance: document.attribution.chosen().cloned(),
            attribution: document.attribution.clone(),
            language: document.language,
            url: document.url.clone(),
            encoding: document.encoding.clone(),
            encoding_certainty: document.certainty,
            unreadable: document.unreadable,
            metadata: document.metadata.clone(),
            passages: Vec::new(),
            doc: None,
            timexes: None,
        }
    }
}

impl PassageText {
    /// The passage without its text.
    fn new(document: &Document, passage: &Passage) -> PassageText {
        PassageText {
            id: format!("{}#{}", document.id, passage.number()),
            number: passage.number(),
            bytes: (passage.range().start, passage.range().end),
            text: None,
        }
    }
}

/// The times a document's text speaks of. Characters are counted in the text as the file gives it, so that they can be
/// looked up there.
fn timexes(document: &Document) -> Vec<Timex> {
    let text = &document.text;
    let context = MentionContext { published: document.dated.date(), language: document.language.map(Language::code) };
    let (mut bytes, mut chars) = (0, document.place.before as usize);
    // Mentions come in the order of the text, so its characters are counted once.
    let mut chars_up_to = |at: usize| {
        chars += text.get(bytes..at).map_or(0, |between| between.chars().count());
        bytes = at;
        chars
    };
    let timex = |mention: Mention| Timex {
        start: chars_up_to(mention.bytes.start),
        end: chars_up_to(mention.bytes.end),
        text: text.get(mention.bytes.clone()).unwrap_or_default().to_owned(),
        r#type: mention.kind.name().to_owned(),
        value: mention.value,
        first: mention.days.and_then(DateRange::first),
        last: mention.days.and_then(DateRange::last),
        certainty: mention.certainty.name().to_owned(),
        rule: mention.rule.name().to_owned(),
        bytes: (mention.bytes.start, mention.bytes.end),
    };
    mentions(text, &context).into_iter().map(timex).collect()
}
