//! JSON: a contract, described in `JSON.md` beside this file. Its version changes when a field changes its meaning or
//! goes; new fields may come without.

use std::collections::BTreeMap;
use std::io;

use dateline::{
    AlikeSources, Attribution, Certainty, Change, Comparison, CopyReport, Date, DateRange, DateReport, Dated, Document,
    FacetCount, FigureChange, FirstReport, Hit, Info, Language, Mention, MentionContext, MonthDay, Passage, Repair,
    Results, Source, SourceClue, Space, TextDiff, Timeline, UpdateReport, Verification, mentions,
};
use serde::Serialize;

use super::screen::Screen;

/// The version of the contract.
const VERSION: u32 = 1;

/// An answer with the version of its shape.
#[derive(Serialize)]
struct Versioned<'a, T> {
    version: u32,
    #[serde(flatten)]
    answer: &'a T,
}

pub(in super::super) fn results(screen: &mut Screen, results: &Results) -> io::Result<()> {
    screen.json(&Versioned { version: VERSION, answer: results })
}

pub(in super::super) fn timeline(screen: &mut Screen, timeline: &Timeline) -> io::Result<()> {
    screen.json(&Versioned { version: VERSION, answer: timeline })
}

pub(in super::super) fn comparison(screen: &mut Screen, comparison: &Comparison) -> io::Result<()> {
    screen.json(&Versioned { version: VERSION, answer: comparison })
}

pub(in super::super) fn info(screen: &mut Screen, info: &Info, space: Option<&Space>) -> io::Result<()> {
    #[derive(Serialize)]
    struct Told<'a> {
        #[serde(flatten)]
        info: &'a Info,
        #[serde(skip_serializing_if = "Option::is_none")]
        space: Option<&'a Space>,
    }
    screen.json(&Versioned { version: VERSION, answer: &Told { info, space } })
}

pub(in super::super) fn report(screen: &mut Screen, report: &UpdateReport) -> io::Result<()> {
    screen.json(&Versioned { version: VERSION, answer: report })
}

pub(in super::super) fn dates(screen: &mut Screen, report: &DateReport) -> io::Result<()> {
    screen.json(&Versioned { version: VERSION, answer: report })
}

/// What was found wrong with an index, and what came of mending it.
pub(in super::super) fn verification(
    screen: &mut Screen,
    found: Option<&Verification>,
    repair: Option<&Repair>,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Checked<'a> {
        found: Option<&'a Verification>,
        #[serde(skip_serializing_if = "Option::is_none")]
        repair: Option<&'a Repair>,
    }
    screen.json(&Versioned { version: VERSION, answer: &Checked { found, repair } })
}

/// One dated document a line.
pub(in super::super) fn dated(screen: &mut Screen, report: &DateReport) -> io::Result<()> {
    report.documents.iter().try_for_each(|document| screen.json_line(document))
}

/// One document a line.
pub(in super::super) fn hits(screen: &mut Screen, results: &Results) -> io::Result<()> {
    results.hits.iter().try_for_each(|hit: &Hit| screen.json_line(hit))
}

pub(in super::super) fn copies(screen: &mut Screen, report: &CopyReport) -> io::Result<()> {
    screen.json(&Versioned { version: VERSION, answer: report })
}

/// One story a line.
pub(in super::super) fn stories(screen: &mut Screen, report: &CopyReport) -> io::Result<()> {
    report.listed.iter().try_for_each(|story| screen.json_line(story))
}

pub(in super::super) fn first(screen: &mut Screen, report: &FirstReport) -> io::Result<()> {
    screen.json(&Versioned { version: VERSION, answer: report })
}

/// Two documents, stretch by stretch.
pub(in super::super) fn diff(screen: &mut Screen, old: &Document, new: &Document, diff: &TextDiff) -> io::Result<()> {
    #[derive(Serialize)]
    struct Stretch<'a> {
        same: bool,
        old: &'a str,
        new: &'a str,
        old_bytes: (usize, usize),
        new_bytes: (usize, usize),
    }
    #[derive(Serialize)]
    struct Diff<'a> {
        old_id: &'a str,
        new_id: &'a str,
        figures: &'a [FigureChange],
        changes: Vec<Stretch<'a>>,
    }
    let stretch = |change: &Change| Stretch {
        same: change.same,
        old: old.text.get(change.old.clone()).unwrap_or_default(),
        new: new.text.get(change.new.clone()).unwrap_or_default(),
        old_bytes: (change.old.start, change.old.end),
        new_bytes: (change.new.start, change.new.end),
    };
    let changes = diff.changes.iter().map(stretch).collect();
    let answer = Diff { old_id: &old.id, new_id: &new.id, figures: &diff.figures, changes };
    screen.json(&Versioned { version: VERSION, answer: &answer })
}

pub(in super::super) fn sources(screen: &mut Screen, results: &Results) -> io::Result<()> {
    #[derive(Serialize)]
    struct Sources<'a> {
        read_as: &'a str,
        notes: &'a [String],
        total: u64,
        undated: u64,
        sources: &'a [FacetCount],
        alike: Vec<AlikeSources>,
    }
    let answer = Sources {
        read_as: &results.read_as,
        notes: &results.notes,
        total: results.total,
        undated: results.undated,
        sources: &results.sources,
        alike: results.alike_sources(),
    };
    screen.json(&Versioned { version: VERSION, answer: &answer })
}

/// A document as `inspect` and `show` print it; what it has in common with a hit of a search is called the same.
#[derive(Serialize)]
struct Inspected<'a> {
    file: Option<String>,
    member: Option<&'a str>,
    line: Option<u32>,
    id: &'a str,
    record_id: Option<&'a str>,
    title: Option<&'a str>,
    date: Option<Date>,
    date_precision: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_partial: Option<MonthDay>,
    #[serde(flatten)]
    dated: &'a Dated,
    source: Option<Source>,
    source_provenance: Option<&'a SourceClue>,
    #[serde(flatten)]
    attribution: &'a Attribution,
    lang: Option<Language>,
    url: Option<&'a str>,
    encoding: Option<&'a str>,
    encoding_certainty: Option<Certainty>,
    unreadable: u64,
    metadata: &'a BTreeMap<String, String>,
    passages: Vec<Part<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doc: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timexes: Option<Vec<Timex<'a>>>,
}

/// A mention of time, the way corpora annotated with TIMEX3 are kept.
#[derive(Serialize)]
struct Timex<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    r#type: &'static str,
    value: String,
    first: Option<Date>,
    last: Option<Date>,
    certainty: &'static str,
    rule: &'static str,
    bytes: (usize, usize),
}

#[derive(Serialize)]
struct Part<'a> {
    id: String,
    number: u32,
    bytes: (usize, usize),
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

impl<'a> Inspected<'a> {
    fn new(document: &'a Document, passages: &[Passage], texts: bool) -> Inspected<'a> {
        let part = |passage: &Passage| Part {
            id: format!("{}#{}", document.id, passage.number()),
            number: passage.number(),
            bytes: (passage.range().start, passage.range().end),
            text: texts.then(|| document.text.get(passage.range())).flatten(),
        };
        Inspected {
            file: document.place.path.as_ref().map(|path| path.to_string_lossy().into_owned()),
            member: document.place.member.as_deref(),
            line: document.place.line,
            id: &document.id,
            record_id: document.record_id.as_deref(),
            title: document.title.as_deref(),
            date: document.dated.date(),
            date_precision: document.dated.precision().map_or("unknown", |precision| precision.name()),
            date_partial: document.dated.yearless.as_ref().map(|clue| clue.date),
            dated: &document.dated,
            source: document.attribution.source(),
            source_provenance: document.attribution.chosen(),
            attribution: &document.attribution,
            lang: document.language,
            url: document.url.as_deref(),
            encoding: document.encoding.as_deref(),
            encoding_certainty: document.certainty,
            unreadable: document.unreadable,
            metadata: &document.metadata,
            passages: passages.iter().map(part).collect(),
            doc: (!texts).then(|| document.record_id.as_deref().unwrap_or(&document.id)),
            timexes: (!texts).then(|| timexes(document)),
        }
    }
}

/// The times a document's text speaks of; places are counted in characters too.
fn timexes(document: &Document) -> Vec<Timex<'_>> {
    let text = &document.text;
    let context = MentionContext { published: document.dated.date(), language: document.language.map(Language::code) };
    let (mut bytes, mut chars) = (0, 0);
    // Mentions come in the order of the text, so its characters are counted once.
    let mut chars_up_to = |at: usize| {
        chars += text.get(bytes..at).map_or(0, |between| between.chars().count());
        bytes = at;
        chars
    };
    let timex = |mention: Mention| Timex {
        start: chars_up_to(mention.bytes.start),
        end: chars_up_to(mention.bytes.end),
        text: text.get(mention.bytes.clone()).unwrap_or_default(),
        r#type: mention.kind.name(),
        value: mention.value,
        first: mention.days.and_then(DateRange::first),
        last: mention.days.and_then(DateRange::last),
        certainty: mention.certainty.name(),
        rule: mention.rule.name(),
        bytes: (mention.bytes.start, mention.bytes.end),
    };
    mentions(text, &context).into_iter().map(timex).collect()
}

/// What dateline makes of a file, one document a line.
pub(in super::super) fn inspected(screen: &mut Screen, document: &Document) -> io::Result<()> {
    screen.json_line(&Inspected::new(document, &document.passages(), false))
}

/// A document with the text of some of its passages.
pub(in super::super) fn document(screen: &mut Screen, document: &Document, passages: &[Passage]) -> io::Result<()> {
    screen.json(&Versioned { version: VERSION, answer: &Inspected::new(document, passages, true) })
}
