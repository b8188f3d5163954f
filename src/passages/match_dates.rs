//! Finds mentions of days in a text.
//!
//! Like words, days are looked for in the texts of the documents that are shown, by the same rules by which they came
//! into the index.

use std::ops::Range;

use super::about::{About, Span};
use super::query_terms::{Match, QueryTerms};
use crate::answer::search::DayMention;
use crate::document::Document;
use crate::text::Language;
use crate::time::{Date, DateRange, Mention, MentionContext, mentions};

/// All times that a text of a document speaks of.
pub(crate) fn mentions_in(text: &str, published: Option<Date>, language: Option<Language>) -> Vec<Mention> {
    mentions(text, &MentionContext { published, language: language.map(Language::code) })
}

/// The mentions in a text of days asked about, in order.
pub(crate) fn spoken(wanted: &QueryTerms, text: &str, document: &Document) -> Vec<Mention> {
    if wanted.days.is_empty() {
        return Vec::new();
    }
    let is_wanted =
        |mention: &Mention| Span::of(mention).is_some_and(|span| wanted.days.iter().any(|about| about.is_met(span)));
    let mut found = mentions_in(text, document.dated.date(), document.language);
    found.retain(is_wanted);
    found
}

/// The mentions as matches.
pub(crate) fn matches<'a>(wanted: &'a QueryTerms, mentions: &'a [Mention]) -> impl Iterator<Item = Match> + 'a {
    mentions.iter().filter_map(|mention| Some((mention, Span::of(mention)?))).flat_map(|(mention, span)| {
        let met = (wanted.first_days()..).zip(&wanted.days).filter(move |(_, about)| about.is_met(span));
        met.map(move |(what, about)| Match {
            range: mention.bytes.clone(),
            what,
            worth: About::share(about.closeness(span)),
        })
    })
}

/// The mentions within a part of the text, with offsets into that part.
pub(crate) fn within(mentions: &[Mention], text: &str, part: &Range<usize>) -> Vec<DayMention> {
    let is_inside = |mention: &&Mention| part.start <= mention.bytes.start && mention.bytes.end <= part.end;
    let told = mentions.iter().filter(is_inside).filter_map(|mention| {
        let before = text.get(part.start..mention.bytes.start)?.chars().count();
        let length = text.get(mention.bytes.clone())?.chars().count();
        Some(DayMention {
            bytes: mention.bytes.start - part.start..mention.bytes.end - part.start,
            chars: before..before + length,
            days: mention.days.unwrap_or(DateRange::all()),
            certainty: mention.certainty,
            rule: mention.rule,
            value: mention.value.clone(),
        })
    });
    told.collect()
}
