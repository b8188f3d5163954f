//! The terms of an archive: a small document for each in the index of the documents, so that terms which begin, are spelled or
//! sound alike are found by the cluster and without a walk through all of them.
//!
//! A term is written once, before the commit that first needs it, and stays when the last document with it goes. So the list may hold
//! more than a state has, and whoever needs to know asks for a term's frequency.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value, json};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::bulk::Change;
use super::mapping::{self, field};
use super::record;
use super::view::{NONE_STORED, View};
use crate::backend::clause::TextField;
use crate::backend::definition::analysed::Analysed;
use crate::error::{Error, ErrorKind, Result};
use crate::text::{FORM_SEPARATOR, NameKeys};

/// The fields whose terms are listed.
pub(crate) const LISTED: [TextField; 3] = [TextField::Words, TextField::Forms, TextField::Author];
/// The terms of one answer.
const PAGE: usize = 5_000;
/// The terms that a writer remembers to have written, by their hashes.
const REMEMBERED: usize = 4_000_000;

/// The terms that a writer has written.
#[derive(Default)]
pub(crate) struct Written(Mutex<HashSet<u64>>);

impl Written {
    /// The changes by which the terms of a document are listed that were not yet.
    pub(crate) fn changes(&self, analysed: &Analysed) -> Vec<Change> {
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changes = Vec::new();
        for text in LISTED {
            for term in analysed.terms(text) {
                let place = format!("{} {term}", mapping::name(text));
                if written.len() >= REMEMBERED {
                    written.clear();
                }
                if written.insert(xxh3_64(place.as_bytes())) {
                    let name = format!("term-{:032x}", xxh3_128(place.as_bytes()));
                    changes.push(Change::create(&name, term, &fields(text, term)));
                }
            }
        }
        changes
    }
}

fn fields(text: TextField, term: &str) -> Value {
    let mut fields = Map::new();
    fields.insert(mapping::listed(text).unwrap_or_default().to_owned(), json!(term));
    if let Some(keys) = NameKeys::of(term).filter(|_| text == TextField::Words) {
        fields.insert(field::SOUNDS.to_owned(), json!(keys.labels()));
    }
    Value::Object(fields)
}

/// Calls `each` with every listed term of a field that begins so, in order.
pub(crate) fn beginning(view: &View, text: TextField, prefix: &str, each: &mut dyn FnMut(&str)) -> Result<()> {
    if let Some(known) = view.known_beginning(text, prefix) {
        known.iter().for_each(|term| each(term));
        return Ok(());
    }
    let name = listed(text)?;
    let query =
        if prefix.is_empty() { json!({ "exists": { "field": name } }) } else { json!({ "prefix": { name: prefix } }) };
    all(view, name, query, each)
}

/// The forms of these words, which the view knows from then on.
pub(crate) fn forms(view: &View, words: &[String]) -> Result<Vec<String>> {
    let name = listed(TextField::Forms)?;
    let mut forms: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for word in words {
        let prefix = format!("{word}{FORM_SEPARATOR}");
        if view.known_beginning(TextField::Forms, &prefix).is_none() {
            forms.insert(prefix, Vec::new());
        }
    }
    if forms.is_empty() {
        return Ok(Vec::new());
    }
    let any: Vec<Value> = forms.keys().map(|prefix| json!({ "prefix": { name: prefix } })).collect();
    let mut found = Vec::new();
    all(view, name, json!({ "bool": { "should": any } }), &mut |term| {
        let end = term.find(FORM_SEPARATOR).map_or(0, |at| at + FORM_SEPARATOR.len_utf8());
        if let Some(of_word) = term.get(..end).and_then(|prefix| forms.get_mut(prefix)) {
            of_word.push(term.to_owned());
            found.push(term.to_owned());
        }
    })?;
    forms.into_iter().for_each(|(prefix, forms)| view.note_beginning(TextField::Forms, prefix, forms));
    Ok(found)
}

/// Calls `each` with every listed term of a field that holds one of these parts.
pub(crate) fn holding(view: &View, text: TextField, parts: &[&str], each: &mut dyn FnMut(&str)) -> Result<()> {
    let name = listed(text)?;
    let holds = |part: &&str| {
        let plain: String =
            part.chars().flat_map(|c| matches!(c, '*' | '?' | '\\').then_some('\\').into_iter().chain([c])).collect();
        json!({ "wildcard": { name: { "value": format!("*{plain}*"), "rewrite": "constant_score" } } })
    };
    all(view, name, json!({ "bool": { "should": parts.iter().map(holds).collect::<Vec<_>>() } }), each)
}

/// Calls `each` with every listed term of a field that is at most `distance` letters away from a word.
pub(crate) fn near(view: &View, text: TextField, word: &str, distance: u8, each: &mut dyn FnMut(&str)) -> Result<()> {
    let name = listed(text)?;
    let fuzzy = json!({ "fuzzy": { name: {
        "value": word, "fuzziness": distance, "prefix_length": 0, "transpositions": true, "rewrite": "constant_score",
    } } });
    all(view, name, fuzzy, each)
}

/// Calls `each` with every listed term of a field that sounds as a name may.
pub(crate) fn sounding(view: &View, text: TextField, name: &NameKeys, each: &mut dyn FnMut(&str)) -> Result<()> {
    all(view, listed(text)?, json!({ "terms": { field::SOUNDS: name.labels() } }), each)
}

fn listed(text: TextField) -> Result<&'static str> {
    mapping::listed(text)
        .ok_or_else(|| Error::new(ErrorKind::Internal, "the cluster keeps no list of this field's terms"))
}

fn all(view: &View, name: &str, query: Value, each: &mut dyn FnMut(&str)) -> Result<()> {
    let body = json!({
        "query": { "bool": { "filter": [query] } }, "docvalue_fields": [name], "stored_fields": NONE_STORED,
        "sort": [{ name: "asc" }],
    });
    view.client.each_hit(&view.index, PAGE, body, &mut |hit| {
        record::text(hit, name).map(&mut *each);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::document::Document;
    use crate::text::{Analyzer, likeness};

    #[test]
    fn each_term_is_listed_once() {
        let written = Written::default();
        let analyzed = |text: &str| Analysed::of(Document::new("a", text), &mut Analyzer::new());
        let ids = |changes: Vec<Change>| -> Vec<String> {
            let mut ids: Vec<String> = changes.into_iter().map(|change| change.id).collect();
            ids.sort();
            ids
        };
        let first = ids(written.changes(&analyzed("The ferry sank.")));
        assert_eq!(first.iter().filter(|term| !term.contains(crate::text::FORM_SEPARATOR)).count(), 3);
        assert_eq!(ids(written.changes(&analyzed("the ferry sank again"))), ["again"]);
    }

    #[test]
    fn names_that_sound_alike_share_a_label_and_no_others_do() {
        let names = ["khojaly", "xocali", "kyiv", "kiev", "qaddafi", "gaddafi", "ferry", "fairy", "wheat"];
        for (one, other) in names.iter().flat_map(|one| names.iter().map(move |other| (one, other))) {
            let (keys, others) = (NameKeys::of(one).unwrap(), NameKeys::of(other).unwrap().labels());
            let shares = keys.labels().iter().any(|label| others.contains(label));
            assert_eq!(shares, likeness(&keys, other).is_some(), "{one} {other}");
        }
    }
}
