//! An error as plain data.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::document::path::path_text;
use crate::error::Error;

/// An error as JSON: `{"error": {…}}` with the version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The error.
    pub error: FailureDetail,
}

/// An error's parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FailureDetail {
    /// The kind of error: [`ErrorKind::name`](crate::ErrorKind::name).
    pub kind: String,
    /// The event on one line, with the file and the error underneath.
    pub message: String,
    /// The file it happened to.
    pub file: Option<String>,
    /// The bytes of the input that caused it, end excluded.
    pub span: Option<(usize, usize)>,
    /// The remedy.
    pub hint: Option<String>,
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Failure {
        Failure {
            error: FailureDetail {
                kind: error.kind().name().to_owned(),
                message: error.to_string(),
                file: error.path().map(Path::new).map(path_text),
                span: error.span().map(|span| (span.start, span.end)),
                hint: error.advice().map(str::to_owned),
            },
        }
    }
}
