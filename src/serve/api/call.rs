//! One call of the interface: its parameters, the index it is about, and the form its answer has.

use crate::csv::{self, Table};
use crate::json::{self, Answer, Line};
use crate::serve::parameters::Parameters;
use crate::serve::problem::Problem;
use crate::serve::reply::{CSV, JSON, LINES, Reply};
use crate::serve::request::weighted;
use crate::{CitationStyle, Index};

/// A form in which an answer is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// One object, as `--format json` prints it.
    Json,
    /// One object a line, as `--format jsonl` prints them.
    Lines,
    /// A table, as `--format csv` prints it.
    Csv,
}

impl Form {
    fn content_type(self) -> &'static str {
        match self {
            Form::Json => JSON,
            Form::Lines => LINES,
            Form::Csv => CSV,
        }
    }

    /// The ending of a path that asks for this form.
    fn ending(self) -> &'static str {
        match self {
            Form::Json => ".json",
            Form::Lines => ".jsonl",
            Form::Csv => ".csv",
        }
    }

    /// Returns whether a value of the header Accept takes this form.
    fn is_taken(self, wanted: &str) -> bool {
        let bare = self.content_type().split(';').next().unwrap_or_default();
        let kind = bare.split('/').next().unwrap_or_default();
        let other = if self == Form::Lines { "application/jsonl" } else { bare };
        wanted == "*/*" || wanted == bare || wanted == other || wanted.strip_suffix("/*") == Some(kind)
    }
}

/// A call.
pub(super) struct Call<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) index: &'a Index,
    /// The path as it stands in the address.
    pub(super) path: &'a str,
    /// The header Accept.
    pub(super) accept: &'a str,
    /// The form that the ending of the path asks for.
    pub(super) ending: Option<Form>,
    pub(super) body: &'a [u8],
}

/// A last part of a path without the ending that asks for a form, and that form.
pub(super) fn without_ending(part: &str) -> (&str, Option<Form>) {
    let ended = [Form::Json, Form::Lines, Form::Csv].into_iter().find_map(|form| {
        let name = part.strip_suffix(form.ending())?;
        Some((name, Some(form)))
    });
    ended.unwrap_or((part, None))
}

impl Call<'_> {
    /// Fails where a parameter is not one of these.
    pub(super) fn only(&self, known: &[&[&str]]) -> Result<(), Problem> {
        self.parameters.only(&known.concat())
    }

    /// The form asked for, of those that there are; the first of them unless one is asked for.
    pub(super) fn form(&self, offered: &[Form]) -> Result<Form, Problem> {
        let wanted = weighted(self.accept);
        let found = match self.ending {
            Some(form) => offered.contains(&form).then_some(form),
            None if wanted.is_empty() => offered.first().copied(),
            None => wanted.iter().find_map(|wanted| offered.iter().copied().find(|form| form.is_taken(wanted))),
        };
        let types: Vec<&str> = offered.iter().map(|form| form.content_type()).collect();
        found.ok_or_else(|| Problem::new("not-acceptable", format!("this answer comes as {}", types.join(" or "))))
    }

    /// The style of citations that is asked for.
    pub(super) fn style(&self, name: &str) -> Result<Option<CitationStyle>, Problem> {
        self.parameters.read(name)
    }
}

/// An answer as one object: the bytes that the command prints.
pub(super) fn object(answer: &impl Answer) -> Result<Reply, Problem> {
    Ok(Reply::new(JSON, json::to_string_pretty(answer)? + "\n"))
}

/// An answer as lines: the bytes that the command prints.
pub(super) fn lines<'l>(all: impl IntoIterator<Item = &'l (impl Line + 'l)>) -> Result<Reply, Problem> {
    let mut text = String::new();
    for line in all {
        text.push_str(&json::to_line(line)?);
        text.push('\n');
    }
    Ok(Reply::new(LINES, text))
}

/// An answer as a table: the bytes that the command prints.
pub(super) fn table(answer: &(impl Table + ?Sized)) -> Reply {
    Reply::new(CSV, csv::to_string(answer))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn form(accept: &str, path: &str, offered: &[Form]) -> Result<Form, u16> {
        let index = Index::in_memory().unwrap();
        let parameters = Parameters::parse("");
        let (_, ending) = without_ending(path);
        let call = Call { parameters: &parameters, index: &index, path, accept, ending, body: b"" };
        call.form(offered).map_err(|problem| problem.status)
    }

    #[test]
    fn the_form_is_that_of_the_ending_or_the_most_wanted_there_is() {
        let all = [Form::Json, Form::Lines, Form::Csv];
        for (accept, path, expected) in [
            ("", "search", Ok(Form::Json)),
            ("*/*", "search", Ok(Form::Json)),
            ("application/*", "search", Ok(Form::Json)),
            ("application/x-ndjson", "search", Ok(Form::Lines)),
            ("text/csv, application/json;q=0.5", "search", Ok(Form::Csv)),
            ("text/html, */*;q=0.1", "search", Ok(Form::Json)),
            ("text/html", "search", Err(406)),
            ("text/html", "search.csv", Ok(Form::Csv)),
            ("", "search.jsonl", Ok(Form::Lines)),
        ] {
            assert_eq!(form(accept, path, &all), expected, "{accept} {path}");
        }
        assert_eq!(form("text/csv", "search", &[Form::Json]), Err(406));
        assert_eq!(form("", "search.csv", &[Form::Json]), Err(406));
    }
}
