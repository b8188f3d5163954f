//! Chooses the passages of a document to show, and marks the matches in them.

use std::ops::Range;

use super::query_terms::{Match, QueryTerms};
use super::{match_dates, match_terms};
use crate::answer::search::{DayMention, Excerpt, Highlight};
use crate::document::{Document, RECOGNISED_BY, locate};
use crate::text::{Analyzer, Passage, Splitter, sentences};
use crate::time::Mention;

/// The bytes of a short excerpt.
const EXCERPT_BYTES: usize = 280;
/// The most bytes of a sentence that a short excerpt shows whole.
const MAX_SENTENCE_BYTES: usize = 420;

/// A document read for its passages: their places, matches and scores.
#[derive(Default)]
pub(crate) struct Reading {
    passages: Vec<Passage>,
    matches: Vec<Match>,
    /// The mentions of days asked about.
    mentions: Vec<Mention>,
    /// Passages (by index) with their scores, the best first. Only passages with a match.
    ranked: Vec<(usize, f32)>,
    /// The matches in the title.
    pub(crate) title: Vec<Highlight>,
    title_matches: Vec<Match>,
    /// The mentions in the title of days asked about.
    pub(crate) title_mentions: Vec<DayMention>,
}

impl Reading {
    /// Splits a document into passages and scores them against the terms of a question.
    pub(crate) fn new(document: &Document, wanted: &QueryTerms, analyzer: &mut Analyzer) -> Reading {
        let passages = Splitter::default().split(&document.text);
        let matches = match_terms::matches(wanted, &document.text, document.language, analyzer);
        let title = document.title.as_deref().unwrap_or_default();
        let title_matches = match_terms::title_matches(wanted, title, document.language, analyzer);
        let ranked = ranked(&passages, &matches, wanted);
        let title = highlights(title, &title_matches);
        Reading { passages, matches, ranked, title, title_matches, ..Reading::default() }
    }

    /// Looks for days asked about. This takes longer than looking for words, so it is done only for documents that are
    /// shown.
    pub(crate) fn add_days(&mut self, document: &Document, wanted: &QueryTerms) {
        if wanted.days.is_empty() {
            return;
        }
        self.mentions = match_dates::spoken(wanted, &document.text, document);
        add(&mut self.matches, match_dates::matches(wanted, &self.mentions));
        self.ranked = ranked(&self.passages, &self.matches, wanted);
        // Who asks about a day wants to read what is said of it, so passages that speak of it come first.
        let speaks = |at: usize| {
            let range = self.passages.get(at).map_or(0..0, Passage::range);
            has_days(wanted, self.matches.iter().filter(|found| range.contains(&found.range.start)))
        };
        self.ranked.sort_by_cached_key(|(at, _)| !speaks(*at));
        let title = document.title.as_deref().unwrap_or_default();
        let in_title = match_dates::spoken(wanted, title, document);
        add(&mut self.title_matches, match_dates::matches(wanted, &in_title));
        self.title = highlights(title, &self.title_matches);
        self.title_mentions = match_dates::within(&in_title, title, &(0..title.len()));
    }

    /// The score of the best passage; 0 if no passage matches.
    pub(crate) fn best_score(&self) -> f32 {
        self.ranked.first().map_or(0.0, |(_, score)| *score)
    }

    /// The number of passages in the document.
    pub(crate) fn number(&self) -> usize {
        self.passages.len()
    }

    /// The best passages, the best first, or the opening of the document if no passage matches. Each is joined with
    /// `context` passages before and after it.
    pub(crate) fn excerpts(
        &self,
        document: &Document,
        wanted: &QueryTerms,
        limit: usize,
        context: usize,
    ) -> Vec<Excerpt> {
        let opening = [(0, 0.0)];
        let ranked: &[(usize, f32)] = if self.ranked.is_empty() { &opening } else { &self.ranked };
        ranked
            .iter()
            .take(limit)
            .filter_map(|&(index, score)| self.excerpt(document, wanted, index, score, context))
            .collect()
    }

    fn excerpt(
        &self,
        document: &Document,
        wanted: &QueryTerms,
        index: usize,
        score: f32,
        context: usize,
    ) -> Option<Excerpt> {
        let passage = self.passages.get(index)?;
        let first = self.passages.get(index.saturating_sub(context))?;
        let last = self.passages.get((index + context).min(self.passages.len() - 1))?;
        let own = trimmed(&document.text, passage.range());
        let range = trimmed(&document.text, first.range().start..last.range().end);
        let text = document.text.get(range.clone())?;
        let matches: Vec<Match> = self
            .matches
            .iter()
            .filter(|found| range.start <= found.range.start && found.range.end <= range.end)
            .map(|found| Match { range: found.range.start - range.start..found.range.end - range.start, ..*found })
            .collect();
        // A caller that asks for context wants to see all of it.
        let best = if context > 0 {
            0..text.len()
        } else {
            best_sentences(text, own.start - range.start..own.end - range.start, &matches, wanted)
        };
        let also = if context > 0 { None } else { second_stretch(text, &best, &matches, wanted) };
        let chars_before = document.text.get(..range.start)?.chars().count();
        // A cell or a slide may be small beside a passage: the first match leads to it.
        let spot = range.start + matches.first().map_or(0, |found| found.range.start);
        let located = locate(&document.place.spots, &document.text, spot, range.clone());
        Some(Excerpt {
            id: format!("{}#{}", document.id, passage.number()),
            number: passage.number(),
            bytes: range.clone(),
            chars: chars_before..chars_before + text.chars().count(),
            file_byte: document.place.byte.map(|byte| byte + range.start as u64),
            line: line_of(document, range.start),
            page: located.region.map(|[page, ..]| page).or_else(|| page_of(document, range.start)),
            cell: located.cell,
            slide: located.slide,
            time: located.time.map(|milliseconds| milliseconds as f64 / 1000.0),
            // Only what was recognised has regions in such a document.
            recognised_by: located.region.and_then(|_| document.metadata.get(RECOGNISED_BY).cloned()),
            region: located.region,
            best,
            also,
            highlights: highlights(text, &matches),
            mentions: match_dates::within(&self.mentions, &document.text, &range),
            score,
            text: text.to_string(),
        })
    }
}

/// The line of the file on which a byte of the text stands.
pub(crate) fn line_of(document: &Document, byte: usize) -> Option<u32> {
    let first = document.place.line?;
    if !document.place.lines {
        return Some(first);
    }
    let breaks = memchr::memchr_iter(b'\n', document.text.as_bytes().get(..byte)?).count();
    Some(first + breaks as u32)
}

/// The page on which a byte of the text stands, if the text has pages.
fn page_of(document: &Document, byte: usize) -> Option<u32> {
    let before = document.text.as_bytes().get(..byte).filter(|_| document.place.pages)?;
    Some(1 + memchr::memchr_iter(b'\x0c', before).count() as u32)
}

/// The passages with a match and their scores, the best first.
fn ranked(passages: &[Passage], matches: &[Match], wanted: &QueryTerms) -> Vec<(usize, f32)> {
    let mut ranked = Vec::new();
    let mut from = 0;
    for (index, passage) in passages.iter().enumerate() {
        let range = passage.range();
        let end = from + matches[from..].partition_point(|found| found.range.start < range.end);
        if end > from {
            ranked.push((index, score(wanted, &matches[from..end], index == 0)));
        }
        from = end;
    }
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked
}

/// Returns whether one of these matches is a day asked about.
fn has_days<'a>(wanted: &QueryTerms, matches: impl IntoIterator<Item = &'a Match>) -> bool {
    matches.into_iter().any(|found| found.what >= wanted.first_days())
}

/// Adds matches and restores the order of their beginnings.
fn add(matches: &mut Vec<Match>, more: impl Iterator<Item = Match>) {
    let before = matches.len();
    matches.extend(more);
    if matches.len() > before {
        matches.sort_by_key(|found| (found.range.start, std::cmp::Reverse(found.range.end)));
    }
}

/// The score of a passage: the weights of the terms it has, once each; a little more for repeated terms and for words
/// that stand side by side; a little for opening the document.
fn score(wanted: &QueryTerms, matches: &[Match], opening: bool) -> f32 {
    let mut times = vec![0u32; wanted.len()];
    let mut best = vec![0f32; wanted.len()];
    let mut score = 0.0;
    for (index, found) in matches.iter().enumerate() {
        times[found.what] += 1;
        if found.worth > best[found.what] {
            score += wanted.weight(found.what) * (found.worth - best[found.what]);
            best[found.what] = found.worth;
        }
        if let Some(next) = matches.get(index + 1) {
            let gap = next.range.start.saturating_sub(found.range.end);
            if next.what != found.what && gap <= 2 {
                score += 0.25 * (wanted.weight(found.what).min(wanted.weight(next.what)));
            }
        }
    }
    for (what, &times) in times.iter().enumerate().filter(|(_, times)| **times > 1) {
        let more = times as f32 - 1.0;
        score += 0.3 * wanted.weight(what) * more / (more + 1.2);
    }
    if opening { score * 1.02 + 0.1 } else { score }
}

/// The range without white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(part) = text.get(range.clone()) else { return range };
    let start = range.start + (part.len() - part.trim_start().len());
    start..(start + part.trim().len())
}

/// The run of whole sentences within `passage` that has the most matches in about [`EXCERPT_BYTES`] bytes. It has at
/// least one sentence, however long that is.
fn best_sentences(text: &str, passage: Range<usize>, matches: &[Match], wanted: &QueryTerms) -> Range<usize> {
    let Some(part) = text.get(passage.clone()) else { return passage };
    // The title is shown above the snippet already, so headings are only shown if there is nothing else.
    let all: Vec<_> = sentences(part).collect();
    let headings = all.iter().take_while(|sentence| sentence.heading).count();
    let skipped = if headings < all.len() { headings } else { 0 };
    let spans: Vec<Range<usize>> = all
        .into_iter()
        .skip(skipped)
        .map(|sentence| passage.start + sentence.range.start..passage.start + sentence.range.end)
        .collect();
    let mut best: Option<((bool, f32), Range<usize>)> = None;
    for first in 0..spans.len() {
        for last in first..spans.len() {
            let range = spans[first].start..spans[last].end;
            if last > first && range.len() > EXCERPT_BYTES {
                break;
            }
            let inside: Vec<Match> = matches
                .iter()
                .filter(|found| range.start <= found.range.start && found.range.end <= range.end)
                .cloned()
                .collect();
            // A sentence that speaks of a day asked about is always shown.
            let score = (has_days(wanted, &inside), score(wanted, &inside, false));
            // More sentences of the same score are taken while there is room, because they help reading.
            if best.as_ref().is_none_or(|(most, chosen)| {
                score > *most || (score == *most && range.len() > chosen.len() && chosen.start == range.start)
            }) {
                best = Some((score, range));
            }
        }
    }
    let best = best.map_or(passage, |(_, range)| range);
    trimmed(text, if best.len() > MAX_SENTENCE_BYTES { best_window(text, best, matches, wanted) } else { best })
}

/// The run of whole sentences on one side of `best` that has the most terms which `best` lacks. None if `best` has all.
/// If `best` is a part of a sentence, the remainder counts as a sentence.
fn second_stretch(text: &str, best: &Range<usize>, matches: &[Match], wanted: &QueryTerms) -> Option<Range<usize>> {
    let mut new = vec![true; wanted.len()];
    let inside = |range: &Range<usize>, found: &Match| range.start <= found.range.start && found.range.end <= range.end;
    matches.iter().filter(|found| inside(best, found)).for_each(|found| new[found.what] = false);
    let rest: Vec<Match> = matches.iter().filter(|found| new[found.what]).cloned().collect();
    if rest.is_empty() {
        return None;
    }
    let spans: Vec<Range<usize>> = sentences(text)
        .filter(|sentence| !sentence.heading)
        .flat_map(|sentence| {
            let Range { start, end } = sentence.range;
            [start..end.min(best.start), start.max(best.end)..end]
        })
        .filter(|span| !span.is_empty())
        .map(|span| trimmed(text, span))
        .collect();
    let mut most: (f32, Option<Range<usize>>) = (0.0, None);
    for (first, from) in spans.iter().enumerate() {
        for to in spans.get(first..).unwrap_or_default() {
            let span = from.start..to.end;
            let around = span.start < best.start && best.end < span.end;
            if around || to != from && span.len() > EXCERPT_BYTES {
                break;
            }
            let here: Vec<Match> = rest.iter().filter(|found| inside(&span, found)).cloned().collect();
            let worth = if here.is_empty() { 0.0 } else { score(wanted, &here, false) };
            if worth > most.0 || most.1.as_ref().is_some_and(|chosen| worth == most.0 && span.len() < chosen.len()) {
                most = (worth, Some(span));
            }
        }
    }
    let span = most.1?;
    Some(if span.len() > MAX_SENTENCE_BYTES { trimmed(text, best_window(text, span, &rest, wanted)) } else { span })
}

/// The stretch of about [`EXCERPT_BYTES`] bytes, between words, with the most matches in a sentence too long to be shown
/// whole.
fn best_window(text: &str, sentence: Range<usize>, matches: &[Match], wanted: &QueryTerms) -> Range<usize> {
    let inside: Vec<&Match> =
        matches.iter().filter(|found| sentence.start <= found.range.start && found.range.end <= sentence.end).collect();
    let mut best = (f32::MIN, sentence.start, sentence.start);
    for (first, from) in inside.iter().enumerate() {
        let mut seen = vec![false; wanted.len()];
        let mut score = 0.0;
        let mut end = from.range.end;
        for found in inside.iter().skip(first).take_while(|found| found.range.end - from.range.start <= EXCERPT_BYTES) {
            if !std::mem::replace(&mut seen[found.what], true) {
                score += wanted.weight(found.what);
            }
            end = found.range.end;
        }
        if score > best.0 {
            best = (score, from.range.start, end);
        }
    }
    let room = EXCERPT_BYTES.saturating_sub(best.2 - best.1);
    // Most of the remaining room goes behind the match, because people read on.
    let start = word_start(text, best.1.saturating_sub(room / 4).max(sentence.start), best.1);
    let end = word_end(text, (start + EXCERPT_BYTES).max(best.2).min(sentence.end), best.2);
    start..end
}

/// The first beginning of a word between `from` and `to`.
fn word_start(text: &str, from: usize, to: usize) -> usize {
    if from == 0 {
        return 0;
    }
    let breaks = text.char_indices().map(|(at, c)| (at + c.len_utf8(), c)).skip_while(|(end, _)| *end < from);
    breaks.take_while(|(end, _)| *end <= to).find(|(_, c)| c.is_whitespace()).map_or(to, |(end, _)| end)
}

/// The last end of a word between `from` and `to`.
fn word_end(text: &str, to: usize, from: usize) -> usize {
    if to == text.len() {
        return to;
    }
    let part = text.char_indices().skip_while(|(at, _)| *at < from).take_while(|(at, _)| *at <= to);
    part.filter(|(_, c)| c.is_whitespace()).last().map_or(from, |(at, _)| at)
}

/// Highlights made of matches: in order, with overlapping ones joined.
fn highlights(text: &str, matches: &[Match]) -> Vec<Highlight> {
    marked_ranges(text, matches.iter().map(|found| &found.range))
}

/// The ranges, which are in the order of their beginnings, as highlights without overlap.
pub(crate) fn marked_ranges<'a>(text: &str, found: impl IntoIterator<Item = &'a Range<usize>>) -> Vec<Highlight> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for range in found {
        match ranges.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => ranges.push(range.clone()),
        }
    }
    let mut counted = (0, 0);
    let mut chars_at = |byte: usize| {
        counted.1 += text.get(counted.0..byte).map_or(0, |part| part.chars().count());
        counted.0 = byte;
        counted.1
    };
    ranges
        .into_iter()
        .map(|bytes| {
            let start = chars_at(bytes.start);
            let end = chars_at(bytes.end);
            Highlight { bytes, chars: start..end }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::passages::query_terms::WantedWord;
    use crate::text::Language;
    use proptest::prelude::*;

    fn wanted(words: &[&str]) -> QueryTerms {
        let words =
            words.iter().map(|w| WantedWord { folded: w.to_string(), stems: Vec::new(), weight: 2.0 }).collect();
        QueryTerms { words, ..QueryTerms::default() }
    }

    fn document(text: &str) -> Document {
        Document::new("d", text).language(Language::ENGLISH)
    }

    #[test]
    fn the_passage_with_most_of_the_question_comes_first() {
        let filler = "The committee met and talked about nothing in particular for a long while. ".repeat(12);
        let text = format!("{filler}\n\nThe ferry is late.\n\n{filler}\n\nThe ferry struck the sea wall at dawn.\n");
        let (document, wanted) = (document(&text), wanted(&["ferry", "wall"]));
        let reading = Reading::new(&document, &wanted, &mut Analyzer::new());
        let excerpts = reading.excerpts(&document, &wanted, 3, 0);
        assert!(excerpts[0].text.contains("sea wall"), "{}", excerpts[0].text);
        assert!(excerpts[0].text[excerpts[0].best.clone()].contains("struck the sea wall"));
        assert_eq!(&document.text[excerpts[0].bytes.clone()], excerpts[0].text);
    }

    #[test]
    fn lines_are_counted_on_from_where_the_text_begins() {
        let mut document = document("one\ntwo\nthree");
        assert_eq!(line_of(&document, 4), None);
        document.place.line = Some(5);
        assert_eq!(line_of(&document, 4), Some(5));
        document.place.lines = true;
        assert_eq!(line_of(&document, 4), Some(6));
    }

    proptest! {
        #[test]
        fn every_highlight_is_a_matching_word_on_character_boundaries(
            text in "([a-zé’‑ ]{0,20}(ferry|Ferries|WALL|wall’s)?[.!? \n]{0,3}){0,30}"
        ) {
            let (document, wanted) = (document(&text), wanted(&["ferry", "wall"]));
            let reading = Reading::new(&document, &wanted, &mut Analyzer::new());
            for excerpt in reading.excerpts(&document, &wanted, 5, 0) {
                prop_assert_eq!(&text[excerpt.bytes.clone()], &excerpt.text);
                prop_assert!(excerpt.text.get(excerpt.best.clone()).is_some());
                for highlight in &excerpt.highlights {
                    let marked = &excerpt.text[highlight.bytes.clone()];
                    let folded = marked.to_lowercase();
                    prop_assert!(folded.starts_with("ferr") || folded.starts_with("wall"), "{}", marked);
                    let chars: String = excerpt.text.chars().skip(highlight.chars.start)
                        .take(highlight.chars.len()).collect();
                    prop_assert_eq!(&chars, marked);
                }
            }
        }
    }
}
