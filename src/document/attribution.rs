//! Attribution: who published a document, whom it cites, who wrote it.

use serde::{Deserialize, Serialize};

use super::source::Source;

/// The kinds of clues to a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SourceRule {
    /// Whoever built the document set it.
    Given,
    /// The archive's keeper wrote it down as a correction.
    Corrected,
    /// A list of references beside the file, which names it.
    Sidecar,
    /// A line at the head: `Source: …`, `From: …`, `By …`.
    Header,
    /// Front matter of a Markdown file.
    FrontMatter,
    /// A field of a record.
    Field,
    /// A header of an e-mail.
    Mail,
    /// Structured data in a web page (JSON-LD).
    JsonLd,
    /// A meta tag of a web page, such as its site name.
    Meta,
    /// An agency's mark in a dateline: `(Reuters) -`, `/AZERTAC/`.
    AgencyTag,
    /// `Trend reports.`, `According to Report, …`
    Attribution,
    /// A `By …` line.
    Byline,
    /// The signature at the foot of a release.
    Signature,
    /// A note by the program that made the file, as PDF and Office documents have it.
    Properties,
    /// The host of the address it was published at.
    UrlHost,
    /// The folder the file lies in.
    Folder,
}

/// A name and the clue it was taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceClue {
    /// The name as written, white space tidied.
    pub name: String,
    /// The kind of the clue.
    pub rule: SourceRule,
    /// Its place, in words for a person.
    pub place: String,
}

/// Who published a document, whom it cites as its source, and who wrote it. The three are never mixed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// Who published it.
    #[serde(default)]
    pub publisher: Option<SourceClue>,
    /// The agency it cites.
    #[serde(default)]
    pub agency: Option<SourceClue>,
    /// Who wrote it.
    #[serde(default)]
    pub byline: Option<SourceClue>,
}

impl Attribution {
    /// The source a document is filed under: its publisher, else the agency it cites. An agency is preferred to a
    /// publisher that only a folder's name suggests.
    pub fn source(&self) -> Option<Source> {
        self.chosen().map(|clue| Source::new(&clue.name))
    }

    /// Returns whether the source is only the name of a folder, which no document says.
    pub fn is_folder(&self) -> bool {
        self.chosen().is_some_and(|clue| clue.rule == SourceRule::Folder)
    }

    /// The clue behind [`source`](Self::source).
    pub fn chosen(&self) -> Option<&SourceClue> {
        match (&self.publisher, &self.agency) {
            // The name of a folder is the weakest clue: it may be only a drawer.
            (Some(publisher), Some(agency)) if publisher.rule == SourceRule::Folder => Some(agency),
            (publisher, agency) => publisher.as_ref().or(agency.as_ref()),
        }
    }
}
