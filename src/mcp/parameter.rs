//! The arguments that a tool takes, as it is told to clients.

use serde_json::{Map, Value, json};

/// The type of an argument.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Words.
    Text,
    /// Several words or names.
    List,
    /// Quotes: words, or objects with what is claimed of them.
    Quotes,
    /// A whole number within these bounds, both included.
    Number(u64, u64),
    /// Yes or no.
    Flag,
    /// One of these words.
    Choice(&'static [&'static str]),
}

/// An argument: its name, its type, and what it means.
#[derive(Debug)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) about: &'static str,
}

/// The least size of an answer that can be asked for, in characters.
pub(super) const LEAST_CHARS: u64 = 1_000;
/// The largest size of an answer that can be asked for, in characters.
pub(super) const MOST_CHARS: u64 = 200_000;

const fn parameter(name: &'static str, kind: Kind, about: &'static str) -> Parameter {
    Parameter { name, kind, about }
}

pub(super) const QUERY: Parameter =
    parameter("query", Kind::Text, "words, \"phrase\", -not, OR, kill*, a NEAR/5 b; empty: every document");
pub(super) const FROM: Parameter =
    parameter("from", Kind::Text, "published on or after: 1992, feb 1992, 1992-02-26, yesterday");
pub(super) const TO: Parameter = parameter("to", Kind::Text, "published on or before");
pub(super) const ABOUT: Parameter = parameter("about", Kind::List, "days the text speaks of, whenever published");
pub(super) const SOURCES: Parameter = parameter("sources", Kind::List, "only from these sources");
pub(super) const LANG: Parameter = parameter("lang", Kind::List, "only in these languages: fr, German");
pub(super) const DETAIL: Parameter =
    parameter("detail", Kind::Choice(&["concise", "full"]), "full: clues to dates, places in files, matches");
pub(super) const MAX_CHARS: Parameter =
    parameter("max_chars", Kind::Number(LEAST_CHARS, MOST_CHARS), "size of the whole answer");
pub(super) const AFTER: Parameter = parameter("after", Kind::Text, "go on: `next` of the answer before");
pub(super) const REF: Parameter = parameter("ref", Kind::List, "ID, or ID#N for a passage; or several");
pub(super) const LIMIT: Parameter = parameter("limit", Kind::Number(1, 100), "at most so many (5)");

impl Parameter {
    /// The JSON Schema of its value.
    pub(super) fn schema(&self) -> Value {
        let mut schema = match self.kind {
            Kind::Text => json!({"type": "string"}),
            Kind::List => json!({"type": "array", "items": {"type": "string"}}),
            Kind::Quotes => {
                let fields = ["text", "ref", "source", "date"].map(|name| (name.to_owned(), json!({"type": "string"})));
                let claimed = json!({"type": "object", "properties": Map::from_iter(fields), "required": ["text"]});
                json!({"type": "array", "items": {"anyOf": [{"type": "string"}, claimed]}})
            }
            Kind::Number(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
            Kind::Flag => json!({"type": "boolean"}),
            Kind::Choice(words) => json!({"enum": words}),
        };
        schema["description"] = self.about.into();
        schema
    }
}
