//! The days a text speaks of, where they stand in it.

use std::ops::Range;

use super::days;
use super::locale::Locale;
use super::marks::Span;
use super::words::Word;
use crate::{DateRange, Document, Language, MentionCertainty, MentionContext, mentions};

/// The longest text, in bytes, that is read whole for days. Of a longer one, the part that is shown is read by itself.
const LONGEST: usize = 1_000_000;

/// Words that speak of days.
pub(in super::super) struct Spoken {
    /// Its place in the text.
    pub(in super::super) bytes: Range<usize>,
    pub(in super::super) days: DateRange,
    pub(in super::super) certainty: MentionCertainty,
    pub(in super::super) id: String,
}

impl Spoken {
    /// The days that a document speaks of in this stretch of its text, in order and without overlap.
    pub(in super::super) fn of(document: &Document, bytes: Range<usize>) -> Vec<Spoken> {
        let language = document.language.map(Language::code);
        let context = MentionContext { published: document.dated.date(), language };
        let read = if document.text.len() <= LONGEST { 0..document.text.len() } else { bytes.clone() };
        let found = mentions(document.text.get(read.clone()).unwrap_or_default(), &context);
        let mut end = 0;
        let mut spoken = Vec::new();
        for mention in found {
            let at = mention.bytes.start + read.start..mention.bytes.end + read.start;
            let Some(days) = mention.days.filter(|_| at.start >= end.max(bytes.start) && at.end <= bytes.end) else {
                continue;
            };
            end = at.end;
            let id = format!("d{}", spoken.len() + 1);
            spoken.push(Spoken { bytes: at, days, certainty: mention.certainty, id });
        }
        spoken
    }

    /// The sign of how the days are known.
    pub(in super::super) fn sign(&self) -> Option<(&'static str, Word)> {
        match self.certainty {
            MentionCertainty::Certain => None,
            MentionCertainty::Relative => Some(("~", Word::ToldFromPublication)),
            MentionCertainty::Derived => Some(("≈", Word::WorkedOut)),
        }
    }

    /// The days in words.
    pub(in super::super) fn told(&self, locale: Locale) -> String {
        days::range(locale, self.days).unwrap_or_default()
    }

    /// The stretch as it is marked in the text.
    pub(in super::super) fn span(&self, locale: Locale) -> Span {
        let sign = self.sign();
        let title = match sign {
            Some((_, word)) => format!("{} ({})", self.told(locale), locale.say(word)),
            None => self.told(locale),
        };
        Span {
            bytes: self.bytes.clone(),
            id: Some(self.id.clone()),
            title: Some(title),
            sign: sign.map(|(sign, _)| sign),
            class: "spoken",
        }
    }
}
