//! A call that could not be answered, told so that whoever made it can make a better one.

use crate::{Error, ErrorKind};

/// Longer than any words worth repeating, in characters.
const REPEATED: usize = 80;

/// What was wrong with a call, and what is allowed instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) what: String,
    pub(super) allowed: Option<String>,
    pub(super) kind: ErrorKind,
}

impl Refusal {
    /// A call that was wrong in itself.
    pub(super) fn new(what: impl Into<String>, allowed: impl Into<String>) -> Refusal {
        Refusal { what: what.into(), allowed: Some(allowed.into()), kind: ErrorKind::Argument }
    }

    /// Whether another call of the same shape would do, so that an example helps.
    pub(super) fn is_wrong_call(&self) -> bool {
        matches!(self.kind, ErrorKind::Argument | ErrorKind::Date | ErrorKind::Query)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal { what: error.to_string(), allowed: error.advice().map(str::to_owned), kind: error.kind() }
    }
}

/// Words of the caller as they are repeated in an answer: on one line, harmless, and cut where they are long.
pub(super) fn repeated(words: &str) -> String {
    let shown: String = crate::text::harmless(words).chars().take(REPEATED).collect();
    let dots = if words.chars().count() > REPEATED { "…" } else { "" };
    format!("\"{shown}{dots}\"")
}

/// The name that is most like a mistyped one. None if more than a third of the letters of every name differ.
pub(super) fn nearest<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = wanted.to_lowercase();
    let allowed = wanted.chars().count().div_ceil(3);
    let distances = names.into_iter().map(|name| (strsim::osa_distance(&wanted, name), name));
    distances.filter(|(distance, _)| *distance <= allowed).min().map(|(_, name)| name)
}
