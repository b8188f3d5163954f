//! An answer to a request, before it is sent.

use std::fs::File;

use http_body_util::{Either, Full};
use hyper::body::Bytes;

use super::file::Sending;
use super::problem::Problem;

pub(super) const JSON: &str = "application/json";
pub(super) const LINES: &str = "application/x-ndjson";
pub(super) const TEXT: &str = "text/plain; charset=utf-8";
pub(super) const HTML: &str = "text/html; charset=utf-8";
pub(super) const CSV: &str = "text/csv; charset=utf-8";
const PROBLEM: &str = "application/problem+json";

/// How long an answer may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// Not at all.
    Never,
    /// As long as its tag is asked about before each use.
    Checked,
    /// For a year: another content has another name.
    Forever,
}

/// The content of an answer as it is sent.
pub(super) type Body = Either<Full<Bytes>, Sending>;

/// The content of an answer.
#[derive(Debug)]
pub(super) enum Content {
    /// Bytes.
    Bytes(Vec<u8>),
    /// A file, which may be long, and its length in bytes.
    File(File, u64),
}

/// An answer: status, headers and content.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) content: Content,
    pub(super) keep: Keep,
    /// Headers besides those that every answer has.
    pub(super) headers: Vec<(&'static str, String)>,
}

impl Reply {
    /// An answer that is the same as long as the index is.
    pub(super) fn new(content_type: &'static str, body: impl Into<Vec<u8>>) -> Reply {
        let content = Content::Bytes(body.into());
        Reply { status: 200, content_type, content, keep: Keep::Checked, headers: Vec::new() }
    }

    /// Replaces one stretch of its text, where the content is text.
    pub(super) fn replace(&mut self, old: &str, new: &str) {
        let Content::Bytes(bytes) = &mut self.content else { return };
        let found = bytes.windows(old.len().max(1)).position(|window| window == old.as_bytes());
        if let Some(at) = found {
            bytes.splice(at..at + old.len(), new.bytes());
        }
    }

    /// The same with another status.
    pub(super) fn status(mut self, status: u16) -> Reply {
        self.status = status;
        self
    }

    /// The same, to be kept otherwise.
    pub(super) fn keep(mut self, keep: Keep) -> Reply {
        self.keep = keep;
        self
    }

    /// The same with one more header.
    pub(super) fn header(mut self, name: &'static str, value: impl Into<String>) -> Reply {
        self.headers.push((name, value.into()));
        self
    }
}

impl From<&Problem> for Reply {
    fn from(problem: &Problem) -> Reply {
        // Words of the request stand in it, which are no markup to anybody who takes it for a page.
        let body = format!("{:#}\n", problem.to_json()).replace('<', "\\u003c").replace('>', "\\u003e");
        let reply = Reply::new(PROBLEM, body).status(problem.status).keep(Keep::Never);
        match problem.kind {
            "busy" => reply.header("retry-after", "1"),
            "not-signed-in" => reply.header("www-authenticate", "Bearer"),
            _ => reply,
        }
    }
}

impl From<Problem> for Reply {
    fn from(problem: Problem) -> Reply {
        Reply::from(&problem)
    }
}
