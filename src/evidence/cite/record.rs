//! What a citation says, whatever its style.

use super::kind::Kind;
use super::name::Name;
use super::when::When;
use crate::answer::evidence::Evidence;
use crate::time::Date;

/// The facts of a citation.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) kind: Kind,
    pub(crate) title: Option<String>,
    pub(crate) authors: Vec<Name>,
    /// The source it is filed under, parts set apart by `/`.
    pub(crate) source: Option<String>,
    /// The agency it cites, if that is not the source.
    pub(crate) agency: Option<String>,
    pub(crate) when: When,
    /// The days it may be of, where clues are in conflict.
    pub(crate) one_of: Option<String>,
    /// Where the date was taken from, and what speaks against it.
    pub(crate) remark: Option<String>,
    pub(crate) url: Option<String>,
    /// The file and the way inside it.
    pub(crate) file: Option<String>,
    pub(crate) language: Option<&'static str>,
    pub(crate) passage: Option<u32>,
    pub(crate) page: Option<u32>,
    pub(crate) accessed: Option<Date>,
    pub(crate) quote: Option<String>,
    pub(crate) evidence: Option<Evidence>,
    /// A citation of the earliest document with the words.
    pub(crate) first: Option<(String, Option<String>)>,
}

impl Record {
    /// The title, on one line.
    pub(crate) fn title(&self) -> Option<String> {
        self.title.as_deref().map(line).filter(|title| !title.is_empty())
    }

    /// The narrowest name of the source.
    pub(crate) fn container(&self) -> Option<String> {
        let source = self.source.as_deref()?;
        let parts: Vec<&str> = source.rsplit('/').map(str::trim).filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| line(&parts.join(", ")))
    }

    /// The id, with the passage.
    pub(crate) fn reference(&self) -> String {
        self.passage.map_or(self.id.clone(), |number| format!("{}#{number}", self.id))
    }

    /// What a note says beside the citation: the clue to the date and its doubts, and the day of capture.
    pub(crate) fn note(&self) -> Option<String> {
        let captured = self.evidence.as_ref().and_then(|evidence| evidence.captured.as_deref());
        let captured = captured.map(|captured| format!("captured {captured}"));
        let told: Vec<String> = self.remark.iter().cloned().chain(captured).collect();
        (!told.is_empty()).then(|| line(&told.join("; ")))
    }

    /// The link to give: with a text fragment, where there is one.
    pub(crate) fn link(&self) -> Option<&str> {
        let fragment = self.evidence.as_ref().and_then(|evidence| evidence.fragment.as_deref());
        fragment.or(self.url.as_deref())
    }
}

/// A text on one line, without characters that command a terminal or turn the direction of what follows.
pub(crate) fn line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() || is_invisible(c) { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks of direction that reach beyond the words they stand in.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}
