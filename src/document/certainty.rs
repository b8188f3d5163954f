//! How certain the encoding of a text is.

use serde::{Deserialize, Serialize};

/// How the encoding of a text is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Certainty {
    /// A byte order mark opens the text, or it contains the signs by which its encoding shifts.
    Marked,
    /// All of its bytes are valid UTF-8, which hardly happens by chance.
    Valid,
    /// The text declares it.
    Declared,
    /// Its bytes alone suggest it.
    Guessed,
}

impl Certainty {
    /// `marked`, `valid`, `declared` or `guessed`.
    pub fn name(self) -> &'static str {
        match self {
            Certainty::Marked => "marked",
            Certainty::Valid => "valid",
            Certainty::Declared => "declared",
            Certainty::Guessed => "guessed",
        }
    }
}
