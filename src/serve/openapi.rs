//! `/openapi.json`: the interface for programs, described for programs (OpenAPI 3.1).

use serde_json::{Map, Value, json};

use super::schemas::{schema, schemas};

/// A parameter: its name, the type of its value, and what it means.
const PARAMETERS: [(&str, &str, &str); 45] = [
    ("q", "str", "the question; every document where there is none"),
    ("from", "str", "published on or after: 1992, feb 1992, 1992-02-26, yesterday"),
    ("to", "str", "published on or before"),
    ("on", "str", "published on a day of: february 1992, 1992-02-25..1992-03-05"),
    ("about", "[str]", "speaks of one of these days, whenever it was published"),
    ("about-within", "[str]", "speaks of a time that lies in these days as a whole"),
    ("certain", "flag", "leave out dates that may lie outside"),
    ("about-certain", "flag", "leave out days that were worked out, as from an anniversary"),
    ("source", "[str]", "from this source"),
    ("lang", "[str]", "in this language: fr, German"),
    ("match", "auto best all", "how many of the free words a document needs"),
    ("today", "day", "the day that words like yesterday count from"),
    ("sort", "best newest oldest", "the order of the documents"),
    ("limit", "count", "at most so many"),
    ("after", "str", "go on: `next` of the page before, with the same question"),
    ("passages", "count", "passages of each document, or sentences of each source of a figure"),
    ("context", "count", "passages before and after each"),
    ("no-collapse", "flag", "show every document, also those that only repeat another"),
    ("expand", "str", "name all copies of the document with this id; of every document where it is empty"),
    ("flat", "flag", "three passages of each document unless another number is asked for"),
    ("explain", "flag", "where each score came from"),
    ("cite", "style", "cite each document in this style"),
    ("by", "year month week day", "the length of a step; months, or years where those would be too many"),
    ("mentions", "flag", "also count the days that documents speak of"),
    (
        "share",
        "flag",
        "also count all documents of each step, whatever their words: what the found ones are a share of",
    ),
    (
        "split",
        "source",
        "also count by source: `limit` of them, 8 unless another number is given, and the others together",
    ),
    ("field", "str", "count by the values of one of the documents' own fields"),
    ("near", "str", "words that must stand near those of each question"),
    ("within", "sentence paragraph document", "how near they must stand"),
    ("doubtful", "str", "list documents whose date is doubtful: 1, or reasons with commas between them"),
    ("undated", "flag", "list documents without a date"),
    ("rule", "[str]", "list documents dated by this kind of clue"),
    ("offset", "count", "leave out so many stories"),
    ("copies", "count", "name at most so many documents of each story"),
    ("style", "style", "the style of the citation; plain where none is named"),
    ("passage", "count", "the number of a passage"),
    ("accessed", "day", "the day on which it was looked at"),
    ("ref", "str", "look in this document alone"),
    ("min", "count", "the fewest letters of a quote that is looked for"),
    ("places", "count", "places of each quote"),
    ("id", "str", "the id of a document, or its beginning of four characters at least"),
    ("old", "str", "the document that was changed"),
    ("new", "str", "the document that changed it"),
    ("number", "count", "the number of the passage, from 1"),
    ("kind", "str", "the kind of problem"),
];

/// An address as it is described.
pub(super) struct Described {
    /// Its path; parts in braces are parameters.
    pub(super) path: &'static str,
    /// What it answers.
    pub(super) about: &'static str,
    /// The parameters it takes.
    pub(super) parameters: Vec<&'static str>,
    /// The type of its answer as one object, where it has that form.
    pub(super) object: Option<&'static str>,
    /// The type of each line of its answer, where it has that form.
    pub(super) line: Option<&'static str>,
    /// Other types of content it comes as.
    pub(super) others: &'static [&'static str],
    /// Whether a body is sent.
    pub(super) is_posted: bool,
}

/// The description of these addresses.
pub(super) fn openapi(addresses: &[Described]) -> Value {
    let mut paths = Map::new();
    for address in addresses {
        let method = if address.is_posted { "post" } else { "get" };
        paths.insert(address.path.to_owned(), json!({method: operation(address)}));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "dateline",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "An archive of dated documents. Bodies are the JSON contract of the command, version 2; new \
                fields come without a new version. Every question is answered whole or not at all.",
        },
        "paths": paths,
        "components": {"schemas": schemas(), "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
        "security": [{}, {"token": []}],
    })
}

fn operation(address: &Described) -> Value {
    let in_path = address.path.split(['{', '}']).skip(1).step_by(2);
    let placed = in_path.map(|name| (name, "path")).chain(address.parameters.iter().map(|name| (*name, "query")));
    let mut content = Map::new();
    if let Some(object) = address.object {
        content.insert("application/json".into(), json!({"schema": schema(object)}));
    }
    if let Some(line) = address.line {
        let about = format!("one {line} a line");
        content.insert("application/x-ndjson".into(), json!({"schema": {"type": "string", "description": about}}));
    }
    for other in address.others {
        content.insert((*other).to_owned(), json!({"schema": {"type": "string"}}));
    }
    let problem = json!({
        "description": "what was wrong, as RFC 9457 tells it",
        "content": {"application/problem+json": {"schema": schema("Problem")}},
    });
    let mut operation = json!({
        "summary": address.about,
        "operationId": operation_id(address.path),
        "parameters": placed.map(|(name, place)| parameter(name, place)).collect::<Vec<_>>(),
        "responses": {"200": {"description": address.about, "content": content}, "default": problem},
    });
    if address.is_posted {
        operation["requestBody"] = json!({"required": true, "content": {"text/plain": {"schema": {"type": "string"}}}});
    }
    operation
}

fn parameter(name: &str, place: &str) -> Value {
    let known = PARAMETERS.iter().find(|(known, ..)| *known == name);
    let (kind, about) = known.map_or(("str", ""), |(_, kind, about)| (*kind, *about));
    let schema = match kind {
        "flag" => json!({"type": "string", "enum": ["1", "0"]}),
        "count" => json!({"type": "integer", "minimum": 0}),
        "style" => json!({"enum": crate::CitationStyle::ALL.map(crate::CitationStyle::name)}),
        words if words.contains(' ') => json!({"enum": words.split(' ').collect::<Vec<_>>()}),
        kind => schema(kind),
    };
    json!({"name": name, "in": place, "required": place == "path", "description": about, "schema": schema})
}

/// The name of an operation: `/api/v1/documents/{id}/copies` is `documents-id-copies`.
fn operation_id(path: &str) -> String {
    let words: Vec<&str> =
        path.trim_start_matches("/api/v1/").split(['/', '{', '}']).filter(|part| !part.is_empty()).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_have_the_types_they_take() {
        assert_eq!(parameter("about", "query")["schema"]["type"], "array");
        assert_eq!(parameter("sort", "query")["schema"]["enum"][1], "newest");
        assert_eq!(parameter("id", "path")["required"], true);
        assert_eq!(operation_id("/api/v1/documents/{id}/copies"), "documents-id-copies");
    }

    #[test]
    fn each_parameter_is_described_once() {
        for (place, (name, ..)) in PARAMETERS.iter().enumerate() {
            assert!(!PARAMETERS.iter().skip(place + 1).any(|(other, ..)| other == name), "{name}");
        }
    }
}
