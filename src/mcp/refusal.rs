//! A call that could not be answered, told so that whoever made it can make a better one.

use crate::{Error, ErrorKind};

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
