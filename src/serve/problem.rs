//! What is wrong with a request, as RFC 9457 tells it.

use serde_json::{Value, json};

use crate::{Error, ErrorKind};

/// The kinds of problems: its name, its status, its title, and what to do about it.
pub(crate) const KINDS: [(&str, u16, &str, &str); 21] = [
    ("bad-query", 400, "The question cannot be used", "ask it otherwise: `dateline help query` tells the language"),
    ("bad-date", 400, "These words name no day", "1992, feb 1992, 1992-02-26, 1992-02-25..1992-03-05, last month"),
    (
        "bad-parameter",
        400,
        "A parameter has a value that it cannot have",
        "the problem names the parameter and what it takes",
    ),
    ("unknown-parameter", 400, "There is no such parameter", "/openapi.json lists the parameters of each address"),
    ("stale-cursor", 400, "The page before was of another state or question", "ask again without `after`"),
    ("bad-request", 400, "The request cannot be read", "send HTTP/1.1 with one Host header"),
    (
        "not-signed-in",
        401,
        "A token is needed",
        "send `Authorization: Bearer TOKEN`, or open the link that the server printed at its start",
    ),
    ("not-allowed", 403, "Other sites may not ask", "ask from the page itself, or from a program"),
    ("no-such-page", 404, "There is nothing at this address", "/openapi.json lists the addresses"),
    ("no-such-document", 404, "No document has this id", "ids are in the answers of /api/v1/search"),
    ("wrong-method", 405, "This address does not take this method", "the header Allow names those it takes"),
    ("not-acceptable", 406, "This answer has no such form", "ask for application/json, or for what the problem names"),
    ("too-slow", 408, "The request took too long to arrive", "send it again, faster"),
    ("ambiguous-id", 409, "Several documents begin with this id", "give one of the ids that the problem names"),
    ("too-large", 413, "The request is too large", "a body may have 1 MB, an address 16 kB, a batch 1,000 questions"),
    (
        "wrong-host",
        421,
        "This server has another name",
        "open it by the address it printed at its start; --allow-host adds names",
    ),
    ("internal", 500, "A fault in dateline itself", "please report it with what `dateline info --diagnostics` prints"),
    ("busy", 503, "Too many questions at once", "ask again after the seconds that Retry-After names"),
    ("no-index", 503, "There is no index", "make it: dateline index FOLDER"),
    ("index-changed", 503, "The index has another format now", "make it anew: dateline index --rebuild FOLDER"),
    ("index-damaged", 503, "The index cannot be read", "check it: dateline verify; mend it: dateline verify --repair"),
];

/// What was wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Its name in [`KINDS`].
    pub(crate) kind: &'static str,
    /// The status of the answer.
    pub(crate) status: u16,
    /// The kind in words.
    pub(crate) title: &'static str,
    /// What happened, on one line.
    pub(crate) detail: String,
    /// The parts of the request that are wrong.
    pub(crate) errors: Vec<Wrong>,
    /// The ids that an ambiguous one may mean.
    pub(crate) candidates: Vec<String>,
}

/// A part of a request that is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The parameter.
    pub(crate) parameter: Option<String>,
    /// The bytes of its value, end excluded.
    pub(crate) at: Option<(usize, usize)>,
    /// What is wrong with it.
    pub(crate) detail: String,
    /// What to do.
    pub(crate) hint: Option<String>,
}

impl Problem {
    /// A problem of a kind that is in [`KINDS`].
    pub(crate) fn new(kind: &'static str, detail: impl Into<String>) -> Problem {
        let known = KINDS.iter().find(|known| known.0 == kind);
        let (kind, status, title, _) = known.copied().unwrap_or(("internal", 500, "A fault in dateline itself", ""));
        Problem { kind, status, title, detail: detail.into(), errors: Vec::new(), candidates: Vec::new() }
    }

    /// A problem with the value of a parameter.
    pub(crate) fn parameter(name: &str, detail: impl Into<String>, hint: impl Into<String>) -> Problem {
        let detail = detail.into();
        let wrong = Wrong { parameter: Some(name.into()), detail: detail.clone(), hint: Some(hint.into()), at: None };
        Problem::new("bad-parameter", format!("`{name}`: {detail}")).with(wrong)
    }

    /// A problem with the value of a parameter, as the library tells it.
    pub(crate) fn of_parameter(name: &str, error: &Error) -> Problem {
        let told = Problem::from(error);
        let mut wrong = told.errors.into_iter().next().unwrap_or_default();
        wrong.parameter = Some(name.into());
        Problem { detail: format!("`{name}`: {}", told.detail), errors: vec![wrong], ..Problem::new(told.kind, "") }
    }

    /// The same with one more part that is wrong.
    pub(crate) fn with(mut self, wrong: Wrong) -> Problem {
        self.errors.push(wrong);
        self
    }

    /// What to do about problems of this kind.
    pub(crate) fn hint(&self) -> &'static str {
        KINDS.iter().find(|known| known.0 == self.kind).map_or("", |known| known.3)
    }

    /// The problem as `application/problem+json`.
    pub(crate) fn to_json(&self) -> Value {
        let errors = self.errors.iter().map(|wrong| {
            json!({"parameter": wrong.parameter, "at": wrong.at.map(|(from, to)| [from, to]), "detail": wrong.detail,
                "hint": wrong.hint})
        });
        let mut body = json!({
            "type": format!("/problems/{}", self.kind),
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "hint": self.hint(),
            "errors": errors.collect::<Vec<_>>(),
        });
        if !self.candidates.is_empty() {
            body["candidates"] = json!(self.candidates);
        }
        body
    }
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Problem {
        let kind = match error.kind() {
            ErrorKind::Date => "bad-date",
            ErrorKind::Query => "bad-query",
            ErrorKind::Argument | ErrorKind::Format => "bad-parameter",
            ErrorKind::NoIndex => "no-index",
            ErrorKind::IndexVersion => "index-changed",
            ErrorKind::IndexBusy | ErrorKind::Cancelled => "busy",
            ErrorKind::Corrupt | ErrorKind::Io => "index-damaged",
            ErrorKind::Internal => "internal",
        };
        let wrong = Wrong {
            parameter: None,
            at: error.span().map(|span| (span.start, span.end)),
            detail: error.message().to_owned(),
            hint: error.advice().map(str::to_owned),
        };
        Problem::new(kind, error.to_string()).with(wrong)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Problem {
        Problem::from(&error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_error_is_a_kind_of_problem_with_a_hint() {
        let kinds = [
            ErrorKind::Io,
            ErrorKind::Format,
            ErrorKind::Date,
            ErrorKind::Query,
            ErrorKind::NoIndex,
            ErrorKind::IndexVersion,
            ErrorKind::IndexBusy,
            ErrorKind::Corrupt,
            ErrorKind::Argument,
            ErrorKind::Cancelled,
            ErrorKind::Internal,
        ];
        for kind in kinds {
            let problem = Problem::from(Error::new(kind, "it happened"));
            assert_eq!(
                (problem.kind == "internal", problem.detail.as_str()),
                (kind == ErrorKind::Internal, "it happened")
            );
            assert!(!problem.hint().is_empty() && problem.status >= 400, "{problem:?}");
        }
    }

    #[test]
    fn the_contract_names_every_kind() {
        for (kind, ..) in KINDS {
            assert!(crate::json::CONTRACT.contains(&format!("`{kind}`")), "{kind}");
        }
    }

    #[test]
    fn a_problem_names_the_parameter_and_the_place() {
        let error = Error::new(ErrorKind::Date, "there is no day 31.2.").spanning(0..5).hint("write 28.2.");
        let told = Problem::of_parameter("from", &error).to_json();
        assert_eq!(told["type"], "/problems/bad-date");
        assert_eq!(told["status"], 400);
        assert_eq!(
            told["errors"][0],
            json!({"parameter": "from", "at": [0, 5], "detail": "there is no day 31.2.", "hint": "write 28.2."})
        );
    }
}
