//! The styles a citation is written in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

/// A form of citation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum CitationStyle {
    /// Source, title, day, passage, clue and id, in one line.
    #[default]
    Plain,
    /// A note of the Chicago Manual of Style.
    Chicago,
    /// A reference of the American Psychological Association's seventh edition.
    Apa,
    /// Markdown, with a link.
    Markdown,
    /// JSON of the Citation Style Language.
    CslJson,
    /// RIS, which reference managers import.
    Ris,
    /// BibTeX, with the date of BibLaTeX.
    Bibtex,
    /// A Web Annotation as JSON-LD.
    Annotation,
    /// The skeleton of a ClaimReview of schema.org, without a rating.
    Claimreview,
}

impl CitationStyle {
    /// All styles.
    pub const ALL: [CitationStyle; 9] = [
        CitationStyle::Plain,
        CitationStyle::Chicago,
        CitationStyle::Apa,
        CitationStyle::Markdown,
        CitationStyle::CslJson,
        CitationStyle::Ris,
        CitationStyle::Bibtex,
        CitationStyle::Annotation,
        CitationStyle::Claimreview,
    ];

    /// Its name on the command line: `plain`, `csl-json` and so on.
    pub fn name(self) -> &'static str {
        match self {
            CitationStyle::Plain => "plain",
            CitationStyle::Chicago => "chicago",
            CitationStyle::Apa => "apa",
            CitationStyle::Markdown => "markdown",
            CitationStyle::CslJson => "csl-json",
            CitationStyle::Ris => "ris",
            CitationStyle::Bibtex => "bibtex",
            CitationStyle::Annotation => "annotation",
            CitationStyle::Claimreview => "claimreview",
        }
    }

    /// Returns whether a citation in this style is a JSON object.
    pub fn is_json(self) -> bool {
        matches!(self, CitationStyle::CslJson | CitationStyle::Annotation | CitationStyle::Claimreview)
    }
}

impl fmt::Display for CitationStyle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for CitationStyle {
    type Err = Error;

    /// Reads the [name](CitationStyle::name).
    fn from_str(name: &str) -> Result<CitationStyle, Error> {
        CitationStyle::ALL.into_iter().find(|style| style.name() == name).ok_or_else(|| {
            let names: Vec<&str> = CitationStyle::ALL.iter().map(|style| style.name()).collect();
            Error::new(ErrorKind::Argument, format!("\"{name}\" is no style of citation"))
                .hint(format!("they are {}", names.join(", ")))
        })
    }
}
