//! The answer to a question: documents, passages, highlights, counts and timelines, as plain data.

use std::ops::Range;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::copies::Copied;
use super::cursor::Cursor;
use super::toml::quoted;
use crate::document::{Attribution, Dated, Source, SourceClue, locator};
use crate::note::{Note, span};
use crate::text::{Language, alike};
use crate::time::{Date, DateRange, MentionCertainty, MentionRule, Precision, precision};

/// The way the free words of a question were matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Matched {
    /// A document had to have all of them.
    All,
    /// A document had to have at least one; those with more, and rarer, words come first.
    Best,
}

/// The answer to a search.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Results {
    /// The question as it was read, in words.
    pub read_as: String,
    /// The way free words were matched.
    pub matched: Matched,
    /// Notes on what was read otherwise than typed, left out, or fallen back to.
    pub notes: Vec<Note>,
    /// The number of matching documents, exactly.
    pub total: u64,
    /// The number of hits of the answer. Where copies are collapsed, matching documents that only repeat others are not
    /// counted; otherwise this is the total.
    pub distinct: u64,
    /// The number of undated matching documents.
    pub undated: u64,
    /// The number of undated documents that match but for the range of days: documents without a date are in no range.
    pub undated_left_out: u64,
    /// The first day of the earliest dated document; none unless sources are counted.
    pub first: Option<Date>,
    /// The last day of the latest dated document; none unless sources are counted.
    pub last: Option<Date>,
    /// The documents from `offset` on, best or newest first as asked.
    pub hits: Vec<Hit>,
    /// The end of this page, for [`Search::after`](crate::Search::after). None on the last page.
    pub next: Option<Cursor>,
    /// The question as an indented tree, one part a line. Only if an explanation was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tree: Option<String>,
    /// Matching documents by source, most frequent first; empty unless asked for.
    pub sources: Vec<FacetCount>,
}

/// One document found.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Hit {
    /// The place in the whole answer, from 1.
    pub rank: u64,
    /// The id of the document, which `show` and [`Index::document`](crate::Index::document) take.
    pub id: String,
    /// The id the record gives itself.
    pub record_id: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// The matches in the title, in order and without overlap.
    pub title_highlights: Vec<Highlight>,
    /// The mentions in the title of days asked about.
    pub title_mentions: Vec<DayMention>,
    /// The publication date, or none.
    pub date: Option<Date>,
    /// The precision of the date; none where there is no date. `unknown` in JSON.
    #[serde(with = "precision")]
    pub date_precision: Option<Precision>,
    /// The clue that dated it, and its rivals.
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
    /// The file it lies in.
    #[serde(rename = "file")]
    pub path: Option<PathBuf>,
    /// The way inside the file, if the file holds many documents: `a/b.html`, `#12`.
    pub member: Option<String>,
    /// The line of the file at which it begins, from 1.
    pub line: Option<u32>,
    /// The score, comparable within one answer only. 0 where the order is by date.
    pub score: f32,
    /// The parts of the score. Only if an explanation was asked for and the order is by score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scores: Option<Scores>,
    /// The best passages, best first.
    pub passages: Vec<Excerpt>,
    /// The number of matching documents collapsed under this one, because they only repeat it.
    pub copied: u64,
    /// The first of the collapsed documents, in the order of their days.
    pub copies: Vec<Copied>,
    /// Other versions of the text, whether they match or not: with other figures, or with more or less text. Only where
    /// copies are collapsed.
    pub versions: Vec<Copied>,
    /// Set if an earlier document has most of its text. That document is then the only one of
    /// [`versions`](Self::versions).
    pub follows: bool,
    /// The document as a citation, if one was asked for: see [`Citation`](crate::Citation).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<String>,
}

/// The parts of a score. In the final order the best passage counts up to a fifth, the more the more passages the
/// document has, and the document the rest; each as a share of the best among sixteen neighbours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Scores {
    /// The score of the whole document: its parts, the exact words, and the words that the best documents share.
    pub document: f32,
    /// The amount that exact words added to it.
    pub exact: f32,
    /// The amount that the words of the best documents changed it by, in questions where any of several words would do.
    /// Below 0 for a document with few of those words.
    pub feedback: f32,
    /// The score of the best passage.
    pub passage: f32,
    /// The share of its parts that the days left, by how well the document speaks of them. None if no days were asked
    /// about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<f32>,
    /// The score of each part of the question.
    pub parts: Vec<PartScore>,
}

/// The score that one part of a question gave a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartScore {
    /// The part, as it can be typed.
    pub part: String,
    /// BM25 of the part. 0 where it does not match.
    pub score: f32,
}

impl Results {
    /// Groups of [`sources`](Self::sources) that may be one source under several names: names that differ only in case,
    /// spaces, articles or the form of an address, or initials and their words. The group with the most documents comes
    /// first.
    pub fn alike_sources(&self) -> Vec<AlikeSources> {
        let names: Vec<_> = self.sources.iter().map(|count| (count.value.as_str(), count.documents)).collect();
        let group = |names: Vec<&str>| {
            let mut names = names.into_iter().map(Source::new);
            Some(AlikeSources { name: names.next()?, others: names.collect() })
        };
        alike(&names).into_iter().filter_map(group).collect()
    }
}

impl Hit {
    /// The file and the way inside it, in words for a person: `archive.zip!/a/b.html` or `mail.mbox#12`. None for a
    /// document built by hand.
    pub fn locator(&self) -> Option<String> {
        Some(locator(self.path.as_deref()?, self.member.as_deref()))
    }
}

/// A passage of a document, with the matches in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Excerpt {
    /// The id `DOCUMENT#NUMBER`, which `show` takes.
    pub id: String,
    /// Number of the passage in its document, from 1.
    pub number: u32,
    /// The whole passage: two to five sentences as they stand in the document.
    pub text: String,
    /// Its bytes in the document's text, end excluded.
    #[serde(with = "span")]
    pub bytes: Range<usize>,
    /// Its characters in the document's text, end excluded.
    #[serde(with = "span")]
    pub chars: Range<usize>,
    /// Its first byte in the file, if the text is the file's own bytes.
    pub file_byte: Option<u64>,
    /// The line of the file, from 1, where lines can be counted. Otherwise the line of the record.
    pub line: Option<u32>,
    /// The page of the file, from 1, where it has pages.
    pub page: Option<u32>,
    /// The cell of a spreadsheet in which its first match stands, or at which it begins: `Sheet2!B7`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// The slide of a presentation, from 1, on which its first match stands, or at which it begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slide: Option<u32>,
    /// The time at which it is said, in seconds from the beginning of a recording.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<f64>,
    /// The region of a scanned page that it covers: page (from 1), left, top, width, height, in the units of the file,
    /// mostly pixels of the scan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<[u32; 5]>,
    /// What recognised its words on a picture when the file was read, with the languages it was told: `tesseract 5.3.0
    /// (eng)`. None where the file says them itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognised_by: Option<String>,
    /// The sentences to show where room is short, in bytes of `text`, end excluded.
    #[serde(with = "span")]
    pub best: Range<usize>,
    /// A second stretch to show, if words of the question stand apart from the first; in bytes of `text`.
    #[serde(with = "span::or_null")]
    pub also: Option<Range<usize>>,
    /// The stretches to mark, in order and without overlap.
    pub highlights: Vec<Highlight>,
    /// The mentions of days asked about, in order. Empty if none were asked about.
    pub mentions: Vec<DayMention>,
    /// Comparable within one answer only.
    pub score: f32,
}

/// A stretch of a passage that shows why the document matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Highlight {
    /// Its bytes in the passage's text, end excluded.
    #[serde(with = "span")]
    pub bytes: Range<usize>,
    /// Its characters in the passage's text, end excluded.
    #[serde(with = "span")]
    pub chars: Range<usize>,
}

/// Words that speak of days asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct DayMention {
    /// Their bytes in the passage's text or in the title, end excluded.
    #[serde(with = "span")]
    pub bytes: Range<usize>,
    /// Their characters, end excluded.
    #[serde(with = "span")]
    pub chars: Range<usize>,
    /// The days they speak of, both ends included.
    pub days: DateRange,
    /// The certainty of the days.
    pub certainty: MentionCertainty,
    /// The rule that recognised the words.
    pub rule: MentionRule,
    /// The days as TIMEX3 writes them.
    pub value: String,
}

impl Excerpt {
    /// The part of the text from `range`, with `before` and `after` put round each highlight in it and every stretch
    /// of text passed through `escape`. Highlights that cross the ends of the range are cut to it.
    ///
    /// ```
    /// # use dateline::{Document, Index, Search};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Document::new("a", "Fire & smoke over the harbour."))?;
    /// writer.commit()?;
    /// let results = index.search("smoke").run()?;
    /// let html = results.hits[0].passages[0].marked(None, "<mark>", "</mark>", |text| text.replace('&', "&amp;"));
    /// assert_eq!(html, "Fire &amp; <mark>smoke</mark> over the harbour.");
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn marked(
        &self,
        range: Option<Range<usize>>,
        before: &str,
        after: &str,
        escape: impl Fn(&str) -> String,
    ) -> String {
        let range = range.unwrap_or(0..self.text.len());
        marked(&self.text, range, &self.highlights, (before, after), escape)
    }

    /// As HTML: the text escaped, highlights in `<mark>`.
    pub fn to_html(&self) -> String {
        self.marked(None, "<mark>", "</mark>", escape_html)
    }
}

impl Hit {
    /// The title with `before` and `after` put around each match, and every stretch of text passed through `escape`.
    /// None for a document without a title.
    pub fn marked_title(&self, before: &str, after: &str, escape: impl Fn(&str) -> String) -> Option<String> {
        let title = self.title.as_deref()?;
        Some(marked(title, 0..title.len(), &self.title_highlights, (before, after), escape))
    }
}

pub(super) fn marked(
    text: &str,
    range: Range<usize>,
    highlights: &[Highlight],
    (before, after): (&str, &str),
    escape: impl Fn(&str) -> String,
) -> String {
    let mut out = String::new();
    let mut done = range.start;
    let part = |from: usize, to: usize| escape(text.get(from..to).unwrap_or_default());
    for highlight in highlights {
        let (start, end) = (highlight.bytes.start.max(done), highlight.bytes.end.min(range.end));
        if start >= end {
            continue;
        }
        out.push_str(&part(done, start));
        out.push_str(before);
        out.push_str(&part(start, end));
        out.push_str(after);
        done = end;
    }
    out.push_str(&part(done, range.end.max(done)));
    out
}

/// Escapes text for an HTML element or a quoted attribute.
pub(crate) fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The number of documents of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetCount {
    /// The source.
    pub value: Source,
    /// Its documents.
    pub documents: u64,
    /// Those of which only the name of their folder says that they are of this source, and not the document.
    #[serde(default)]
    pub from_folder: u64,
    /// The first day of its earliest dated document.
    pub first: Option<Date>,
    /// The last day of its latest dated document.
    pub last: Option<Date>,
}

/// Sources with names so similar that they may be one: candidates for the aliases of `dateline.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlikeSources {
    /// The name to keep, which looks most like a name.
    pub name: Source,
    /// The other names.
    pub others: Vec<Source>,
}

impl AlikeSources {
    /// The line that makes them one source, for the section `[aliases]` of a `dateline.toml`.
    ///
    /// ```
    /// # use dateline::{Document, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Document::new("a", "Fog.").source("The Courier"))?;
    /// writer.add(Document::new("b", "Fog.").source("the courier"))?;
    /// writer.commit()?;
    /// let report = index.search("").source_report()?;
    /// assert_eq!(report.alike[0].to_alias(), "\"The Courier\" = [\"the courier\"]");
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn to_alias(&self) -> String {
        let others: Vec<String> = self.others.iter().map(|other| quoted(other.as_str())).collect();
        format!("{} = [{}]", quoted(self.name.as_str()), others.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(text: &str, marks: &[Range<usize>]) -> Excerpt {
        Excerpt {
            id: "a#1".into(),
            number: 1,
            text: text.into(),
            bytes: 0..text.len(),
            chars: 0..text.chars().count(),
            file_byte: None,
            line: None,
            page: None,
            cell: None,
            slide: None,
            time: None,
            region: None,
            recognised_by: None,
            best: 0..text.len(),
            also: None,
            highlights: marks.iter().map(|m| Highlight { bytes: m.clone(), chars: m.clone() }).collect(),
            mentions: Vec::new(),
            score: 1.0,
        }
    }

    #[test]
    fn html_escapes_everything_but_the_marks() {
        let html = excerpt("<b>fire</b> & 'ice'", std::slice::from_ref(&(3..7))).to_html();
        assert_eq!(html, "&lt;b&gt;<mark>fire</mark>&lt;/b&gt; &amp; &#39;ice&#39;");
    }

    #[test]
    fn marks_are_cut_to_the_range_shown() {
        let excerpt = excerpt("one two three", &[0..3, 4..7, 8..13]);
        assert_eq!(excerpt.marked(Some(4..10), "[", "]", str::to_string), "[two] [th]");
    }
}
