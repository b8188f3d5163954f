//! Sources: names, or paths of names.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A source: a name, or a path of names from the widest to the narrowest, such as `Senate/Akaka`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Source(String);

impl Source {
    /// Reads a name or a path of names set apart by `/`; white space is tidied, empty parts are dropped, and
    /// letters are composed with their accents (NFC), so that a name is one however it was written.
    pub fn new(path: &str) -> Source {
        let path: String = path.nfc().collect();
        let parts: Vec<String> = path
            .split('/')
            .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|part| !part.is_empty())
            .collect();
        Source(parts.join("/"))
    }

    /// The names from the widest to the narrowest.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }

    /// The path as one string, with `/` between its parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
