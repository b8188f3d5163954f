//! What is said beside an answer: a kind for programs, a sentence for people, and the place it is about.
//!
//! A note is said where what it tells is noticed: of typed days in `time/input.rs`, of a whole question at the end of
//! `query/parse.rs`, of one word of it in `query/word.rs`, of its words in the index in `search/compile/`, of an answer
//! in the file of `search/` that makes it, of an update in `indexer/update.rs`, of the place of an index in
//! `index/writing/engine_writer.rs`, of what was mended in `index/upkeep/`, of a draft in `evidence/draft/`.

pub(crate) mod span;

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Something read otherwise than typed, left out, fallen back to or worth knowing.
///
/// Displayed as its message.
///
/// ```
/// use dateline::{NoteKind, Query};
///
/// let query = Query::parse("harbour fire )", "2024-05-11".parse()?);
/// let note = &query.notes()[0];
/// assert_eq!((note.kind, note.span.clone()), (NoteKind::LeftOut, Some(13..14)));
/// assert_eq!(note.to_string(), "a bracket that was never opened: ignored");
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Note {
    /// The kind of note.
    pub kind: NoteKind,
    /// One sentence, lower case, without a full stop.
    pub message: String,
    /// The part of the question it is about, in bytes as typed, end excluded; none where it is about something else.
    #[serde(with = "span::or_null")]
    pub span: Option<Range<usize>>,
}

impl Note {
    /// A note of this kind; `message` is lower case, without a full stop.
    pub fn new(kind: NoteKind, message: impl Into<String>) -> Note {
        Note { kind, message: message.into(), span: None }
    }

    /// Points at the bytes of the question that it is about.
    #[must_use]
    pub fn spanning(mut self, span: Range<usize>) -> Note {
        self.span = Some(span);
        self
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// The kind of a note: enough to show it, to act on it or to leave it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NoteKind {
    /// A part of the question means nothing where it stands, and was left out.
    LeftOut,
    /// A part of the question was read otherwise than typed.
    ReadAs,
    /// More was asked than one question may ask, and the rest was left out.
    Limit,
    /// The question has no word to search for.
    NoWord,
    /// No day is in all the dates that the question asks for.
    NoDay,
    /// Further notes were left out; the message counts them.
    More,
    /// The reading of words that name days.
    Dates,
    /// No document has all words: those with some of them are shown.
    BestMatch,
    /// No document has this word.
    MissingWord,
    /// The part of the question that keeps it from finding anything.
    WhyEmpty,
    /// No source is called so.
    UnknownSource,
    /// No document has a field of this name.
    UnknownField,
    /// No language is called so.
    UnknownLanguage,
    /// The index holds no document yet.
    EmptyIndex,
    /// Words so common that they tell nothing were left out.
    CommonWords,
    /// A name was searched in other letters too.
    OtherLetters,
    /// Compounds that end with a word were searched too.
    Compounds,
    /// A list of synonyms added words.
    Synonyms,
    /// The words a pattern stands for.
    Pattern,
    /// Empty years of a timeline were left out.
    Gap,
    /// Something in a `dateline.toml` is wrong, or about nothing.
    Correction,
    /// The index lies on another machine's disk.
    NetworkDisk,
    /// Words of pictures could not be recognised, or what was recognised not be kept.
    Recognition,
    /// Something about an index that was mended.
    Repair,
    /// Something in a line of a list of questions is wrong.
    Line,
    /// A kind that a later version knows.
    #[serde(other)]
    Other,
}

impl NoteKind {
    /// Its name in JSON, in lower case with hyphens: `left-out`.
    pub fn name(self) -> &'static str {
        match self {
            NoteKind::LeftOut => "left-out",
            NoteKind::ReadAs => "read-as",
            NoteKind::Limit => "limit",
            NoteKind::NoWord => "no-word",
            NoteKind::NoDay => "no-day",
            NoteKind::More => "more",
            NoteKind::Dates => "dates",
            NoteKind::BestMatch => "best-match",
            NoteKind::MissingWord => "missing-word",
            NoteKind::WhyEmpty => "why-empty",
            NoteKind::UnknownSource => "unknown-source",
            NoteKind::UnknownField => "unknown-field",
            NoteKind::UnknownLanguage => "unknown-language",
            NoteKind::EmptyIndex => "empty-index",
            NoteKind::CommonWords => "common-words",
            NoteKind::OtherLetters => "other-letters",
            NoteKind::Compounds => "compounds",
            NoteKind::Synonyms => "synonyms",
            NoteKind::Pattern => "pattern",
            NoteKind::Gap => "gap",
            NoteKind::Correction => "correction",
            NoteKind::NetworkDisk => "network-disk",
            NoteKind::Recognition => "recognition",
            NoteKind::Repair => "repair",
            NoteKind::Line => "line",
            NoteKind::Other => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn notes_come_back_from_json_and_kinds_of_later_versions_are_other() {
        for note in [Note::new(NoteKind::NoDay, "no day"), Note::new(NoteKind::ReadAs, "so").spanning(3..7)] {
            let json = serde_json::to_string(&note).unwrap();
            assert!(json.contains(&format!("\"{}\"", note.kind.name())), "{json}");
            assert_eq!(serde_json::from_str::<Note>(&json).unwrap(), note);
        }
        let later: Note = serde_json::from_str(r#"{"kind": "weather", "message": "rain", "span": null}"#).unwrap();
        assert_eq!(later.kind, NoteKind::Other);
    }
}
