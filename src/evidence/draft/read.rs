//! A draft, and the quotes in it.

use std::path::Path;

use serde::Deserialize;

use super::blocks::{self, without_markdown};
use super::marks;
use crate::corpus::{Corpus, decode, is_binary};
use crate::error::{Error, ErrorKind, Result};
use crate::evidence::quote::Quote;
use crate::note::{Note, NoteKind};
use crate::time::{Date, parse_dates};

/// The largest draft that is read, in bytes.
const MAX_BYTES: u64 = 256 << 20;
/// The most notes of one kind; further ones are counted.
const MAX_NOTES: usize = 20;

/// The quotes of a draft.
///
/// ```
/// use dateline::Draft;
///
/// let draft = Draft::of_text("The keeper said “we saw nothing” and “nobody came”.");
/// let words: Vec<&str> = draft.quotes.iter().map(|quote| quote.text.as_str()).collect();
/// assert_eq!(words, ["we saw nothing", "nobody came"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Draft {
    /// The quotes, in their order.
    pub quotes: Vec<Quote>,
    /// What was not read, or read otherwise than written.
    pub notes: Vec<Note>,
    /// Set if the draft was read only in part: a quotation mark that nothing closes, a line that is no quote, a document
    /// in it that cannot be read.
    pub partly: bool,
}

impl Draft {
    /// Reads the quotes of a file: text in any encoding, Markdown, JSON Lines with a `quote` in each line, and every
    /// other format that an archive may have. Fails if there is no such file, or nothing of it can be read.
    pub fn read(path: impl AsRef<Path>) -> Result<Draft> {
        let path = path.as_ref();
        let size = std::fs::metadata(path).map_err(|error| Error::io("cannot read", path, error))?.len();
        if size > MAX_BYTES {
            let error = Error::new(ErrorKind::Argument, "the draft is larger than 256 MB").at(path);
            return Err(error.hint("check its parts one by one"));
        }
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        if matches!(
            &*ending,
            "" | "txt" | "text" | "md" | "markdown" | "mdown" | "jsonl" | "ndjson" | "rst" | "org" | "tex" | "adoc"
        ) {
            let bytes = std::fs::read(path).map_err(|error| Error::io("cannot read", path, error))?;
            if !is_binary(&bytes) {
                return Ok(Draft::of_text(&decode(bytes, None).text));
            }
        }
        Draft::of_documents(path)
    }

    /// Reads the quotes of a text in any encoding, as it comes from another program. Fails for other formats, which need
    /// a file.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Draft> {
        if is_binary(&bytes) {
            let error = Error::new(ErrorKind::Argument, "the draft is no text");
            return Err(error.hint("give other formats as a file: dateline verify-quote draft.docx"));
        }
        Ok(Draft::of_text(&decode(bytes, None).text))
    }

    /// The quotes of a text: those of a text with Markdown, or of JSON Lines.
    pub fn of_text(text: &str) -> Draft {
        let mut draft = Draft::default();
        if is_json_lines(text) {
            draft.json_lines(text);
        } else {
            draft.prose(text, 1);
        }
        draft
    }

    /// The quotes of the documents in a file.
    fn of_documents(path: &Path) -> Result<Draft> {
        let mut draft = Draft::default();
        let (mut read, mut failed) = (0, Vec::new());
        for document in Corpus::open(path)?.all_text(true).corrections(false) {
            match document {
                Ok(document) => {
                    read += 1;
                    let lines = document.place.line.filter(|_| document.place.lines);
                    let before = draft.quotes.len();
                    draft.prose(&document.text, lines.unwrap_or(1));
                    if lines.is_none() {
                        // A line of the text is none of the file.
                        draft.quotes.iter_mut().skip(before).for_each(|quote| quote.line = None);
                    }
                }
                Err(error) => failed.push(error),
            }
        }
        if read == 0 {
            let error = failed.into_iter().next();
            return Err(
                error.unwrap_or_else(|| Error::new(ErrorKind::Argument, "nothing of the draft can be read").at(path))
            );
        }
        draft.partly |= !failed.is_empty();
        draft
            .notes
            .extend(failed.into_iter().take(MAX_NOTES).map(|error| Note::new(NoteKind::LeftOut, error.to_string())));
        Ok(draft)
    }

    /// Adds the quotes of a text whose first line has this number.
    fn prose(&mut self, text: &str, first_line: u32) {
        let blocks = blocks::find(text);
        let mut masked = text.to_string();
        for block in &blocks {
            let blank: String = text
                .get(block.bytes.clone())
                .unwrap_or_default()
                .bytes()
                .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
                .collect();
            masked.replace_range(block.bytes.clone(), &blank);
        }
        let found = marks::find(&masked);
        let mut placed: Vec<(usize, String)> = blocks
            .into_iter()
            .filter_map(|block| Some((block.bytes.start, block.quoted?)))
            .chain(found.quotes.into_iter().map(|quote| (quote.bytes.start, quote.text)))
            .collect();
        placed.sort_by_key(|(at, _)| *at);
        let mut lines = LineCount { text, at: 0, line: first_line };
        for (at, words) in placed {
            let quote = Quote { line: Some(lines.at(at)), ..Quote::new(without_markdown(&words).trim()) };
            if !quote.text.is_empty() {
                self.quotes.push(quote);
            }
        }
        let mut lines = LineCount { text, at: 0, line: first_line };
        let unclosed: Vec<u32> = found.unclosed.iter().map(|at| lines.at(*at)).collect();
        let messages = unclosed.iter().map(|line| {
            format!("line {line}: a quotation mark opens and none closes it, so what follows it was not checked")
        });
        self.add_notes(messages.collect());
        if let Some(at) = found.unread_from {
            let line = LineCount { text, at: 0, line: first_line }.at(at);
            self.add_notes(vec![format!(
                "from line {line} on the draft was not read: too many quotation marks do not match"
            )]);
        }
    }

    /// Adds the quotes of JSON Lines: `{"quote": "…", "source": "…", "date": "…", "ref": "…"}`.
    fn json_lines(&mut self, text: &str) {
        let mut wrong = Vec::new();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
            match claimed(line) {
                Ok(quote) => self.quotes.push(quote.line(number)),
                Err(why) => wrong.push(format!("line {number}: {why}")),
            }
        }
        self.add_notes(wrong);
    }

    /// Adds notes on what was not read; of many of them, the first and how many more there are.
    fn add_notes(&mut self, messages: Vec<String>) {
        self.partly |= !messages.is_empty();
        let more = messages.len().saturating_sub(MAX_NOTES);
        self.notes.extend(messages.into_iter().take(MAX_NOTES).map(|message| Note::new(NoteKind::LeftOut, message)));
        if more > 0 {
            self.notes.push(Note::new(NoteKind::More, format!("and {more} more of these")));
        }
    }
}

/// Returns whether a text is JSON Lines with quotes: its first line that is not blank is an object with one.
fn is_json_lines(text: &str) -> bool {
    let first = text.trim_start_matches('\u{FEFF}').lines().find(|line| !line.trim().is_empty());
    let object = first.filter(|line| line.trim_start().starts_with('{'));
    object.and_then(|line| serde_json::from_str::<serde_json::Value>(line).ok()).is_some_and(|line| line.is_object())
}

/// A line of JSON Lines.
#[derive(Deserialize)]
struct Claim {
    quote: String,
    source: Option<String>,
    date: Option<String>,
    r#ref: Option<String>,
}

fn claimed(line: &str) -> std::result::Result<Quote, String> {
    let claim: Claim = serde_json::from_str(line.trim_start_matches('\u{FEFF}'))
        .map_err(|_| "this is no JSON object with a quote".to_string())?;
    let dates = claim
        .date
        .map(|date| parse_dates(&date, Date::today()))
        .transpose()
        .map_err(|error| error.message().to_string())?;
    Ok(Quote {
        source: claim.source,
        dates: dates.map(|read| read.range),
        document: claim.r#ref,
        ..Quote::new(claim.quote)
    })
}

/// Counts the lines of a text, from its beginning on.
struct LineCount<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl LineCount<'_> {
    /// The line at which a byte stands; places must not go back.
    fn at(&mut self, place: usize) -> u32 {
        let between = self.text.get(self.at..place).unwrap_or_default();
        self.line = self.line.saturating_add(u32::try_from(between.matches('\n').count()).unwrap_or(u32::MAX));
        self.at = self.at.max(place);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(draft: &Draft) -> Vec<(u32, &str)> {
        draft.quotes.iter().map(|quote| (quote.line.unwrap_or_default(), quote.text.as_str())).collect()
    }

    #[test]
    fn quotes_come_in_order_with_their_lines() {
        let draft = Draft::of_text("# Title\n\nHe said “we *sailed*”.\n\n> A block\n> of words.\n\n“Unclosed.\n");
        assert_eq!(told(&draft), [(3, "we sailed"), (5, "A block\nof words.")]);
        assert!(draft.partly && draft.notes[0].message.starts_with("line 8: "));
    }

    #[test]
    fn lines_of_json_claim_source_and_day() {
        let draft = Draft::of_text(
            "{\"quote\": \"we sailed\", \"source\": \"Courier\", \"date\": \"1992-02\"}\n\nnot json\n{\"quote\": \"home\", \"ref\": \"a\"}\n{\"quote\":\"x\",\"date\":\"never\"}",
        );
        assert_eq!(told(&draft), [(1, "we sailed"), (4, "home")]);
        assert_eq!(draft.quotes[0].dates.map(|dates| dates.to_string()).as_deref(), Some("1992-02-01..1992-02-29"));
        assert_eq!((draft.quotes[1].document.as_deref(), draft.notes.len(), draft.partly), (Some("a"), 2, true));
    }

    #[test]
    fn a_draft_is_read_in_any_encoding() {
        let text = "Er sagte: „Wir fahren nach Köln.“";
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(told(&Draft::from_bytes(utf16).expect("text")), [(1, "Wir fahren nach Köln.")]);
        assert!(Draft::of_text("No quotes here.").quotes.is_empty());
        assert!(Draft::from_bytes(b"PK\x03\x04\x00\x00\x00\x00\xff\xfe\x00\x01".to_vec()).is_err());
    }
}
