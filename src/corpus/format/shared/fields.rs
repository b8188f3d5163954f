//! Named values of records and front matter, and their meanings.

use serde_json::Value;

use super::field_names::{is_foreign, meaning, meanings};

pub(crate) use super::field_names::{Meaning, Role};
use crate::corpus::raw::{Declared, Origin, RawDocument};

/// The roles of fields or columns, found from all their names together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Roles {
    /// Set if one of the names is of another language than English.
    foreign: bool,
}

impl Roles {
    pub(crate) fn of<'a>(mut names: impl Iterator<Item = &'a str>) -> Roles {
        Roles { foreign: names.any(is_foreign) }
    }

    pub(crate) fn meaning(self, name: &str) -> Meaning {
        meaning(name, self.foreign)
    }
}

/// The role of a field by its name alone, and how usual that name is for the role; 0 is the most usual.
pub(crate) fn role(name: &str) -> (Role, usize) {
    let meaning = meaning(name, false);
    (meaning.role, meaning.rank)
}

/// Fills a document with named values in the order of the file, except its text.
///
/// `label` names the place for a person: `field` or `front matter`. Returns the text field, if there was one.
pub(crate) fn fill(raw: &mut RawDocument, fields: Vec<(String, Value)>, origin: Origin, label: &str) -> Option<Value> {
    // Of several fields for one role the most usual name wins; of several with one name, the first.
    let meanings = meanings(fields.iter().map(|(name, _)| name.as_str()));
    let mut best = [None::<usize>; 9];
    for ((_, value), &Meaning { role, rank, .. }) in fields.iter().zip(&meanings) {
        let slot = &mut best[role as usize];
        if !is_blank(value) && slot.is_none_or(|best| rank < best) {
            *slot = Some(rank);
        }
    }
    let mut text = None;
    for ((name, value), Meaning { role, rank, english, .. }) in fields.into_iter().zip(meanings) {
        let chosen = best.get(role as usize).copied().flatten() == Some(rank);
        if is_blank(&value) {
            continue;
        }
        match role {
            Role::Text if chosen && text.is_none() => text = Some(value),
            Role::Id if chosen && raw.record_id.is_none() => raw.record_id = Some(shown(value)),
            Role::Title if chosen && raw.title.is_none() => raw.title = Some(shown(value)),
            Role::Url if chosen && raw.url.is_none() => raw.url = Some(shown(value)),
            Role::Language if chosen && raw.language.is_none() => raw.language = Some(shown(value)),
            Role::Date => raw.declared.push(declared(origin, label, name, english, shown(value))),
            Role::Source | Role::Author => {
                raw.declared.push(declared(origin, label, name, english, names_of(value)));
            }
            _ => {
                let value = shown(value);
                if speaks_of_origin(&name) && value.len() <= 200 {
                    raw.declared.push(declared(origin, label, name.clone(), None, value.clone()));
                }
                raw.metadata.entry(name).or_insert(value);
            }
        }
    }
    text
}

/// A declared value with the English name that weighing it needs. A person is shown the file's own name.
fn declared(origin: Origin, label: &str, name: String, english: Option<&str>, value: String) -> Declared {
    let place = format!("{label} {name}");
    Declared { origin, name: english.map_or(name, str::to_owned), value, place }
}

/// Returns whether a field without a known role may help to date or attribute the document.
fn speaks_of_origin(name: &str) -> bool {
    const WORDS: [&str; 9] = ["date", "time", "publish", "source", "author", "credit", "byline", "agency", "copyright"];
    name.len() <= 40 && {
        let name = name.to_ascii_lowercase();
        WORDS.iter().any(|word| name.contains(word))
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A value as one string: scalars as they are, lists of scalars joined by `, `, anything else as compact JSON.
pub(crate) fn shown(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Array(items) if items.iter().all(|item| !item.is_array() && !item.is_object()) => {
            items.into_iter().filter(|item| !is_blank(item)).map(shown).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// Names of people or publishers, which may be objects that have a name.
fn names_of(value: Value) -> String {
    match value {
        Value::Object(mut fields) => match fields.remove("name") {
            Some(name) => shown(name),
            None => Value::Object(fields).to_string(),
        },
        Value::Array(items) => {
            items.into_iter().map(names_of).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
        }
        other => shown(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn roles_go_by_name_in_any_dress() {
        let cases = [
            ("text", Role::Text),
            ("Full_Text", Role::Text),
            ("datePublished", Role::Date),
            ("pub-date", Role::Date),
            ("published_at", Role::Date),
            ("doc.id", Role::Id),
            ("Publisher", Role::Source),
            ("LANG", Role::Language),
            ("topics", Role::Other),
            ("", Role::Other),
            ("a name far longer than any role has", Role::Other),
        ];
        for (name, expected) in cases {
            assert_eq!(role(name).0, expected, "{name}");
        }
    }

    #[test]
    fn the_most_usual_name_wins_and_nothing_is_lost() {
        let mut raw = RawDocument::default();
        let fields = [
            ("headline", json!("Second")),
            ("title", json!("First")),
            ("content", json!("short")),
            ("text", json!("the text")),
            ("id", json!(7)),
            ("published", json!("1992-02-26")),
            ("publisher", json!({"name": "Harbour News", "id": 3})),
            ("authors", json!([{"name": "A. One"}, "B. Two"])),
            ("dateline", json!("RIGA, May 3 -")),
            ("topics", json!(["ships", "trade"])),
            ("geo", json!({"lat": 1.5})),
            ("empty", json!("")),
            ("none", json!(null)),
            ("wire", json!(true)),
        ];
        let fields = fields.map(|(name, value)| (name.to_owned(), value)).to_vec();
        let text = fill(&mut raw, fields, Origin::Field, "field");
        assert_eq!(text, Some(json!("the text")));
        assert_eq!((raw.title.as_deref(), raw.record_id.as_deref()), (Some("First"), Some("7")));
        let declared: Vec<_> = raw.declared.iter().map(|d| (d.place.as_str(), d.value.as_str())).collect();
        let expected = [
            ("field published", "1992-02-26"),
            ("field publisher", "Harbour News"),
            ("field authors", "A. One, B. Two"),
            ("field dateline", "RIGA, May 3 -"),
        ];
        assert_eq!(declared, expected);
        let metadata: Vec<_> = raw.metadata.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let expected = [
            "content=short",
            "dateline=RIGA, May 3 -",
            "geo={\"lat\":1.5}",
            "headline=Second",
            "topics=ships, trade",
            "wire=true",
        ];
        assert_eq!(metadata, expected);
    }
}
