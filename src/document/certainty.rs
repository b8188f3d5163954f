//! How the encoding of a text is known.

use serde::{Deserialize, Serialize};

/// How it is known in which encoding a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Certainty {
    /// A byte order mark opens it, or the signs by which the encoding shifts are in it.
    Marked,
    /// All of its bytes are good UTF-8, which hardly comes about by chance.
    Valid,
    /// It says so itself.
    Declared,
    /// By its bytes alone.
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
