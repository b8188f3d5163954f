//! The arguments of a call, read as leniently as they can be without guessing.
//!
//! Models send a list as a string or as JSON in a string, `q` for `query`, numbers as strings, and `null` or "" for what
//! they leave out. All of that is read as meant. An argument that nothing tells the meaning of is refused with the name
//! that is most like it: passed over in silence, it would change the answer unseen.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::parameter::{Kind, Parameter};
use super::refusal::Refusal;
use crate::text::{nearest, repeated};

/// The longest text that is taken as an argument, in characters.
pub(super) const LONGEST: usize = 4_000;
/// The longest list.
const MOST: usize = 200;

/// Other names that models use, by the name that a tool has.
const ALIASES: [(&str, &[&str]); 12] = [
    ("query", &["q", "pattern", "text", "question", "search", "keywords", "search_query", "query_string", "topic"]),
    ("from", &["since", "start", "start_date", "date_from", "from_date", "after_date", "begin"]),
    ("to", &["until", "end", "end_date", "date_to", "to_date", "before_date"]),
    ("about", &["about_date", "about_days", "mentions_date"]),
    ("sources", &["source", "publisher", "publishers"]),
    ("lang", &["language", "languages", "langs", "locale"]),
    ("ref", &["id", "ids", "refs", "document", "document_id", "doc", "doc_id", "passage", "passage_id", "uri"]),
    ("limit", &["n", "max_results", "top_k", "k", "count", "size", "num_results", "max"]),
    ("after", &["cursor", "next", "page_token"]),
    ("by", &["unit", "interval", "granularity", "step"]),
    ("queries", &["query", "q", "values", "terms"]),
    ("quotes", &["quote", "text", "texts", "draft", "claim"]),
];

/// Arguments that are words to look for: there, "null" is a word like others.
const WORDS: [&str; 5] = ["query", "near", "queries", "quotes", "text"];

/// The values of a call by the names of the tool's parameters. Absent are those that were left out, `null` or empty.
#[derive(Debug, Default)]
pub(super) struct Arguments {
    values: BTreeMap<&'static str, Value>,
}

impl Arguments {
    /// Reads the arguments of a call. Fails for a name that the tool does not have, and for one that is given twice.
    pub(super) fn read(parameters: &'static [Parameter], given: &Map<String, Value>) -> Result<Arguments, Refusal> {
        let unwrapped = unwrapped(given)?;
        let mut values = BTreeMap::new();
        for (name, value) in unwrapped.as_ref().unwrap_or(given) {
            // Even a name that is not known may be given nothing.
            let known = meant(parameters, name);
            if is_absent(known.unwrap_or(name), value) {
                continue;
            }
            let known = known.ok_or_else(|| unknown(parameters, name))?;
            if values.insert(known, value.clone()).is_some_and(|former| former != *value) {
                return Err(Refusal::new(format!("`{known}` is given twice, with different values"), "give it once"));
            }
        }
        Ok(Arguments { values })
    }

    /// Whether it is given at all.
    pub(super) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    /// A text; several are joined by spaces.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Refusal> {
        let Some(texts) = self.list(name)? else { return Ok(None) };
        plain(name, &texts.join(" ").into(), LONGEST).map(Some)
    }

    /// Several texts: a list, one text, or a list as JSON in a text.
    pub(super) fn list(&self, name: &str) -> Result<Option<Vec<String>>, Refusal> {
        let Some(values) = self.items(name) else { return Ok(None) };
        let given = values.iter().filter(|value| !is_absent(name, value));
        let texts: Vec<String> = given.map(|value| plain(name, value, LONGEST)).collect::<Result<_, _>>()?;
        Ok((!texts.is_empty()).then_some(texts))
    }

    /// The values of a list: of a list, of one value, or of a list as JSON in a text.
    pub(super) fn items(&self, name: &str) -> Option<Vec<Value>> {
        Some(match self.values.get(name)? {
            Value::Array(values) => values.clone(),
            Value::String(text) => match serde_json::from_str::<Value>(text) {
                Ok(Value::Array(values)) => values,
                Ok(value @ Value::Object(_)) => vec![value],
                _ => vec![Value::String(text.clone())],
            },
            value => vec![value.clone()],
        })
    }

    /// A whole number within the bounds of its parameter.
    pub(super) fn number(&self, parameter: &Parameter) -> Result<Option<u64>, Refusal> {
        let Kind::Number(least, most) = parameter.kind else { return Ok(None) };
        let Some(value) = self.values.get(parameter.name) else { return Ok(None) };
        let number = match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().replace('_', "").parse::<f64>().ok(),
            _ => None,
        };
        let within = number.filter(|number| number.fract() == 0.0 && (least as f64..=most as f64).contains(number));
        match within {
            Some(number) => Ok(Some(number as u64)),
            None => Err(Refusal::new(
                format!("`{}` is {}", parameter.name, repeated(&written(value))),
                format!("a whole number from {least} to {most}"),
            )),
        }
    }

    /// Yes or no; no where it is absent.
    pub(super) fn flag(&self, name: &str) -> Result<bool, Refusal> {
        let Some(value) = self.values.get(name) else { return Ok(false) };
        match written(value).trim().to_lowercase().as_str() {
            "true" | "yes" | "1" => Ok(true),
            "false" | "no" | "0" => Ok(false),
            other => Err(Refusal::new(format!("`{name}` is {}", repeated(other)), "true or false")),
        }
    }

    /// One of the words of a choice.
    pub(super) fn choice(&self, parameter: &Parameter) -> Result<Option<&'static str>, Refusal> {
        let Kind::Choice(words) = parameter.kind else { return Ok(None) };
        let Some(value) = self.values.get(parameter.name) else { return Ok(None) };
        let typed = written(value).trim().to_lowercase();
        if let Some(word) = words.iter().find(|word| typed == **word || typed.strip_suffix('s') == Some(word)) {
            return Ok(Some(word));
        }
        let meant =
            nearest(&typed, words.iter().copied()).map_or(String::new(), |word| format!("; did you mean {word}?"));
        let what = format!("`{}` is {}{meant}", parameter.name, repeated(&typed));
        Err(Refusal::new(what, words.join(", ")))
    }

    /// The same arguments with some of them set, as an object that can be sent.
    pub(super) fn with(&self, changes: &[(&'static str, Value)]) -> Value {
        let mut values = self.values.clone();
        values.extend(changes.iter().cloned());
        Value::Object(values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

/// The refusal of a call without an argument that it needs.
pub(super) fn missing(name: &str) -> Refusal {
    Refusal::new(format!("`{name}` is missing or empty"), format!("give `{name}`"))
}

/// The arguments that stand inside a single argument called `arguments`, as an object or as JSON in a text.
fn unwrapped(given: &Map<String, Value>) -> Result<Option<Map<String, Value>>, Refusal> {
    let ("arguments" | "args" | "params" | "input", value) = (match given.iter().next() {
        Some((name, value)) if given.len() == 1 => (name.as_str(), value),
        _ => return Ok(None),
    }) else {
        return Ok(None);
    };
    let inner = match value {
        Value::String(text) => serde_json::from_str(text).unwrap_or_default(),
        value => value.clone(),
    };
    match inner {
        Value::Object(inner) => Ok(Some(inner)),
        _ if is_absent("", value) => Ok(Some(Map::new())),
        _ => {
            let what = format!("the arguments are {}", repeated(&written(value)));
            Err(Refusal::new(what, "an object of names and values"))
        }
    }
}

/// Whether an argument of this name is given nothing: null, empty, or the text "null" where no words are asked for.
pub(super) fn is_absent(name: &str, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty() || text.trim() == "null" && !WORDS.contains(&name),
        Value::Array(values) => values.iter().all(|value| is_absent(name, value)),
        Value::Object(values) => values.is_empty(),
        _ => false,
    }
}

/// The parameter that a name means: its own, however its words are set apart, or another in use for it.
fn meant(parameters: &'static [Parameter], name: &str) -> Option<&'static str> {
    let plain =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let typed = plain(name);
    let own = parameters.iter().find(|parameter| plain(parameter.name) == typed);
    let alias = |parameter: &&Parameter| {
        let aliases = ALIASES.iter().filter(|(name, _)| *name == parameter.name).flat_map(|(_, aliases)| *aliases);
        aliases.into_iter().any(|alias| plain(alias) == typed)
    };
    own.or_else(|| parameters.iter().find(alias)).map(|parameter| parameter.name)
}

fn unknown(parameters: &[Parameter], name: &str) -> Refusal {
    let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name).collect();
    let meant = nearest(name, names.iter().copied()).map_or(String::new(), |name| format!("; did you mean `{name}`?"));
    let allowed = if names.is_empty() { "no arguments".into() } else { names.join(", ") };
    Refusal::new(format!("there is no argument {}{meant}", repeated(name)), allowed)
}

/// A single value as text of at most `longest` characters.
pub(super) fn plain(name: &str, value: &Value, longest: usize) -> Result<String, Refusal> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            return Err(Refusal::new(
                format!("`{name}` holds {}", repeated(&value.to_string())),
                "text, or a list of texts",
            ));
        }
    };
    let length = text.chars().count();
    if length > longest {
        return Err(Refusal::new(format!("`{name}` has {length} characters"), format!("at most {longest}")));
    }
    Ok(text)
}

fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Refuses a list that is longer than one call may ask.
pub(super) fn at_most(name: &str, length: usize, most: usize) -> Result<(), Refusal> {
    let most = most.min(MOST);
    if length <= most {
        return Ok(());
    }
    Err(Refusal::new(format!("`{name}` has {length} parts"), format!("at most {most}; ask in several calls")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::super::parameter::{ABOUT, DETAIL, FROM, LIMIT, QUERY, SOURCES};
    use super::*;

    const PARAMETERS: &[Parameter] = &[QUERY, FROM, ABOUT, SOURCES, DETAIL, LIMIT];

    fn read(given: Value) -> Result<Arguments, Refusal> {
        Arguments::read(PARAMETERS, given.as_object().unwrap())
    }

    #[test]
    fn a_question_is_read_by_whatever_name_models_give_it() {
        for name in ["query", "q", "pattern", "text", "Query", "search-query", "searchQuery"] {
            let arguments = read(json!({name: "ferry"})).unwrap();
            assert_eq!(arguments.text("query").unwrap().as_deref(), Some("ferry"), "{name}");
        }
    }

    #[test]
    fn lists_come_as_lists_as_one_text_and_as_json_in_a_text() {
        for (given, wanted) in [
            (json!(["a", "b"]), &["a", "b"][..]),
            (json!("a, b"), &["a, b"]),
            (json!("[\"a\", \"b\"]"), &["a", "b"]),
            (json!(["a", null, "", 7]), &["a", "7"]),
            (json!(83), &["83"]),
        ] {
            assert_eq!(read(json!({"source": given})).unwrap().list("sources").unwrap().unwrap(), wanted);
        }
    }

    #[test]
    fn what_is_null_or_empty_is_absent() {
        for empty in [json!(null), json!(""), json!("  "), json!("null"), json!([]), json!([""]), json!({})] {
            assert!(read(json!({"from": empty, "any": empty})).unwrap().text("from").unwrap().is_none(), "{empty}");
        }
    }

    #[test]
    fn numbers_choices_and_flags_are_read_from_text_and_kept_within_their_bounds() {
        for given in [json!(7), json!("7"), json!(7.0)] {
            assert_eq!(read(json!({"n": given})).unwrap().number(&LIMIT).unwrap(), Some(7));
        }
        for wrong in [json!(0), json!(-1), json!(1.5), json!("many"), json!(1e99), json!([1])] {
            let refusal = read(json!({"limit": wrong})).unwrap().number(&LIMIT).unwrap_err();
            assert_eq!(refusal.allowed.as_deref(), Some("a whole number from 1 to 100"), "{wrong}");
        }
        assert_eq!(read(json!({"detail": "FULL"})).unwrap().choice(&DETAIL).unwrap(), Some("full"));
        let refusal = read(json!({"detail": "concice"})).unwrap().choice(&DETAIL).unwrap_err();
        assert!(refusal.what.ends_with("did you mean concise?"), "{refusal:?}");
    }

    #[test]
    fn an_argument_that_nothing_tells_the_meaning_of_is_refused_with_the_nearest_name() {
        let refusal = read(json!({"querry": "ferry"})).unwrap_err();
        assert_eq!(refusal.what, "there is no argument \"querry\"; did you mean `query`?");
        assert_eq!(refusal.allowed.as_deref(), Some("query, from, about, sources, detail, limit"));
        assert!(read(json!({"q": "a", "query": "b"})).unwrap_err().what.contains("twice"));
        assert!(read(json!({"q": "a", "query": "a"})).is_ok());
    }

    #[test]
    fn arguments_packed_once_too_often_are_unpacked() {
        for given in [json!({"query": "ferry"}), json!("{\"query\": \"ferry\"}")] {
            let arguments = read(json!({"arguments": given})).unwrap();
            assert_eq!(arguments.text("query").unwrap().as_deref(), Some("ferry"));
        }
        assert_eq!(
            read(json!({"arguments": [1]})).unwrap_err().allowed.as_deref(),
            Some("an object of names and values")
        );
        assert!(read(json!({"arguments": null})).unwrap().text("query").unwrap().is_none());
    }

    #[test]
    fn texts_that_no_question_needs_are_refused() {
        let refusal = read(json!({"query": "a".repeat(5_000)})).unwrap().text("query").unwrap_err();
        assert_eq!(refusal.allowed.as_deref(), Some("at most 4000"));
    }
}
