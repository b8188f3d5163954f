//! Notes on how a question was read, kept short whatever was typed.

use std::ops::Range;

use crate::note::{Note, NoteKind};

/// The most notes of one text. Nobody reads more, and a megabyte of stray quotation marks must not cost a million
/// sentences.
const MAX_NOTES: usize = 20;

/// Notes in the making.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    kept: Vec<Note>,
    /// How many notes were not kept, and the span of the first of them.
    more: usize,
    more_span: Range<usize>,
}

impl Notes {
    /// Adds a note. Its sentence is only made if the note is kept.
    pub(crate) fn add(&mut self, kind: NoteKind, span: Range<usize>, message: impl FnOnce() -> String) {
        if self.kept.len() < MAX_NOTES {
            self.kept.push(Note::new(kind, message()).spanning(span));
        } else {
            if self.more == 0 {
                self.more_span = span;
            }
            self.more += 1;
        }
    }

    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// The notes in the order of the text. The last one counts those left out.
    pub(crate) fn finish(mut self) -> Vec<Note> {
        self.kept.sort_by_key(|note| note.span.as_ref().map(|span| span.start));
        if self.more > 0 {
            let message = format!("and {} more like these", self.more);
            self.kept.push(Note::new(NoteKind::More, message).spanning(self.more_span));
        }
        self.kept
    }
}

/// At most forty characters of what was typed, for a note.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_notes_are_counted_instead_of_kept() {
        let mut notes = Notes::default();
        for at in (0..1000).rev() {
            notes.add(NoteKind::ReadAs, at..at + 1, || format!("about {at}"));
        }
        let notes = notes.finish();
        assert_eq!(notes.len(), MAX_NOTES + 1);
        assert_eq!(notes.first().and_then(|note| note.span.clone()), Some(980..981));
        assert_eq!(notes.last().map(|note| note.message.as_str()), Some("and 980 more like these"));
    }

    #[test]
    fn long_words_are_cut_at_a_character() {
        assert_eq!(shortened(&"é".repeat(41)), format!("{}…", "é".repeat(40)));
        assert_eq!(shortened("short"), "short");
    }
}
