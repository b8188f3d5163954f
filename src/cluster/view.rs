//! The documents of one commit, read from the cluster.
//!
//! Each document says with which commit it came and with which it went. A view asks for those of its own commit alone, so what is
//! written meanwhile changes nothing in it, whichever node answers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use super::client::{Client, unexpected};
use super::mapping::{self, field};
use super::record;
use crate::backend::clause::TextField;
use crate::backend::definition::analysed::Analysed;
use crate::backend::definition::columns::Columns;
use crate::backend::definition::statistics::{FIELDS, Statistics};
use crate::backend::found::Doc;
use crate::error::{Error, ErrorKind, Result};
use crate::text::Language;

/// The documents of one answer: with their columns alone, and whole.
const LIGHT_PAGE: usize = 5_000;
const WHOLE_PAGE: usize = 100;
/// The buckets of one answer.
const BUCKETS: usize = 5_000;
/// The terms that are counted by one request.
const COUNTED: usize = 200;
/// What is asked for where columns are enough: what is stored is compressed, and costs far more to read.
pub(crate) const NONE_STORED: &str = "_none_";
/// The bytes of text, and the documents' columns, that are kept.
const KEPT_BYTES: usize = 64 << 20;
const KEPT_ROWS: usize = 200_000;
const KEPT_FREQUENCIES: usize = 200_000;
const KEPT_BEGINNINGS: usize = 20_000;

/// Listed terms, by what they begin with.
type Beginnings = HashMap<(TextField, String), Arc<Vec<String>>>;

/// What is kept of documents that were read.
#[derive(Default)]
struct Kept {
    whole: HashMap<u64, Arc<Analysed>>,
    bytes: usize,
    rows: HashMap<u64, Row>,
}

/// What answers that list documents tell of each.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) days: Option<(i64, i64)>,
}

/// The state of an archive as of one commit.
pub(crate) struct View {
    pub(crate) client: Arc<Client>,
    pub(crate) index: String,
    pub(crate) generation: i64,
    pub(crate) documents: u64,
    pub(crate) languages: Vec<(Language, u64)>,
    /// The average numbers of terms of the fields.
    averages: HashMap<TextField, f32>,
    frequencies: Mutex<HashMap<(TextField, String), u64>>,
    beginning: Mutex<Beginnings>,
    kept: Mutex<Kept>,
}

/// The documents of one commit.
pub(crate) fn living(generation: i64) -> Vec<Value> {
    vec![
        json!({ "range": { field::ADDED: { "lte": generation } } }),
        json!({ "bool": { "must_not": { "range": { field::REMOVED: { "lte": generation } } } } }),
    ]
}

impl View {
    pub(crate) fn open(client: Arc<Client>, index: String, generation: i64) -> Result<View> {
        let mut view = View {
            client,
            index,
            generation,
            documents: 0,
            languages: Vec::new(),
            averages: HashMap::new(),
            frequencies: Mutex::default(),
            beginning: Mutex::default(),
            kept: Mutex::default(),
        };
        let mut counted =
            json!({ "languages": { "terms": { "field": field::LANGUAGE, "size": 1000, "shard_size": 1000 } } });
        for text in FIELDS {
            counted[mapping::length(text)] = json!({ "sum": { "field": mapping::length(text) } });
        }
        let answer = view.search(&json!({
            "size": 0, "track_total_hits": true, "query": view.all_of(Vec::new()), "aggs": counted,
        }))?;
        view.documents = total(&answer)?;
        for text in FIELDS {
            let sum = answer["aggregations"][mapping::length(text)]["value"].as_f64();
            let sum = sum.ok_or_else(|| unexpected("aggregations"))?;
            view.averages.insert(text, sum as u64 as f32 / view.documents.max(1) as f32);
        }
        for bucket in buckets(&answer, "languages")? {
            let code = bucket["key"].as_str().ok_or_else(|| unexpected("key"))?;
            let language = code.parse().map_err(|_| {
                Error::new(ErrorKind::IndexVersion, format!("the cluster has documents in an unknown language {code}"))
            })?;
            view.languages.push((language, bucket["doc_count"].as_u64().unwrap_or_default()));
        }
        view.languages.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        Ok(view)
    }

    /// The documents of this commit that all of these queries find.
    pub(crate) fn all_of(&self, queries: Vec<Value>) -> Value {
        let filter: Vec<Value> = living(self.generation).into_iter().chain(queries).collect();
        json!({ "bool": { "filter": filter } })
    }

    pub(crate) fn search(&self, body: &Value) -> Result<Value> {
        self.client.search(&self.index, body)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of documents that a query finds.
    pub(crate) fn total(&self, query: &Value) -> Result<u64> {
        total(&self.search(&json!({ "size": 0, "track_total_hits": true, "query": query }))?)
    }

    /// Calls `each` with every document that a query finds and its columns, in the order of their keys.
    pub(crate) fn each_row(&self, query: &Value, mut each: impl FnMut(Doc, &Columns) -> Result<()>) -> Result<()> {
        self.scan(query, LIGHT_PAGE, &record::COLUMNS, None, &mut |hit| {
            let (doc, columns) = self.note_row(hit)?;
            each(doc, &columns)
        })
    }

    /// Calls `each` with every document that a query finds, in the order of their keys.
    pub(crate) fn each_whole(&self, query: &Value, mut each: impl FnMut(Doc, &Analysed) -> Result<()>) -> Result<()> {
        self.scan(query, WHOLE_PAGE, &record::COLUMNS, Some(&record::SOURCE), &mut |hit| {
            let (doc, analysed) = self.note_whole(hit)?;
            each(doc, &analysed)
        })
    }

    /// Calls `each` with these columns of every document that a query finds, in the order of their keys.
    pub(crate) fn each_hit(
        &self,
        query: &Value,
        columns: &[&str],
        mut each: impl FnMut(&Value) -> Result<()>,
    ) -> Result<()> {
        self.scan(query, LIGHT_PAGE, columns, None, &mut each)
    }

    fn scan(
        &self,
        query: &Value,
        page: usize,
        columns: &[&str],
        source: Option<&[&str]>,
        each: &mut dyn FnMut(&Value) -> Result<()>,
    ) -> Result<()> {
        let mut body = json!({ "query": query, "docvalue_fields": columns, "sort": [{ field::KEY: "asc" }] });
        match source {
            Some(source) => body["_source"] = json!(source),
            None => body["stored_fields"] = NONE_STORED.into(),
        }
        self.client.each_hit(&self.index, page, body, each)
    }

    /// Reads and keeps what a hit tells.
    pub(crate) fn note_row(&self, hit: &Value) -> Result<(Doc, Columns)> {
        let (key, columns) = (record::key(hit)?, record::columns(hit)?);
        let id = record::text(hit, field::ID).ok_or_else(|| unexpected(field::ID))?.to_owned();
        let mut kept = self.kept();
        if kept.rows.len() >= KEPT_ROWS {
            kept.rows.clear();
        }
        kept.rows.insert(key, Row { id, days: columns.days });
        Ok((Doc(key), columns))
    }

    /// Reads and keeps a hit with all that is decided on.
    pub(crate) fn note_whole(&self, hit: &Value) -> Result<(Doc, Arc<Analysed>)> {
        let (doc, _) = self.note_row(hit)?;
        if let Some(known) = self.kept().whole.get(&doc.0) {
            return Ok((doc, Arc::clone(known)));
        }
        let analysed = Arc::new(record::analysed(hit)?);
        let mut kept = self.kept();
        if kept.bytes > KEPT_BYTES {
            kept.whole.clear();
            kept.bytes = 0;
        }
        // Its terms and their places take several times the bytes of its text.
        kept.bytes += 8 * analysed.document.text.len() + 1024;
        kept.whole.insert(doc.0, Arc::clone(&analysed));
        Ok((doc, analysed))
    }

    /// A document as it is decided on.
    pub(crate) fn whole(&self, doc: Doc) -> Result<Arc<Analysed>> {
        if let Some(known) = self.kept().whole.get(&doc.0) {
            return Ok(Arc::clone(known));
        }
        self.fetch(&[doc])?.pop().map(|(_, analysed)| analysed).ok_or_else(gone)
    }

    /// Reads those of these documents that are not kept, in few requests.
    pub(crate) fn prefetch(&self, docs: &[Doc]) -> Result<()> {
        let missing: Vec<Doc> = {
            let kept = self.kept();
            docs.iter().copied().filter(|doc| !kept.whole.contains_key(&doc.0)).collect()
        };
        missing.chunks(WHOLE_PAGE).try_for_each(|docs| self.fetch(docs).map(drop))
    }

    fn fetch(&self, docs: &[Doc]) -> Result<Vec<(Doc, Arc<Analysed>)>> {
        let keys: Vec<i64> = docs.iter().map(|doc| record::signed(doc.0)).collect();
        let answer = self.search(&json!({
            "size": docs.len() + 1, "query": self.all_of(vec![json!({ "terms": { field::KEY: keys } })]),
            "docvalue_fields": record::COLUMNS, "_source": record::SOURCE, "track_total_hits": false,
        }))?;
        let hits = hits(&answer)?;
        if hits.len() != docs.len() {
            return Err(gone());
        }
        hits.iter().map(|hit| self.note_whole(hit)).collect()
    }

    /// Returns whether what lists tell of a document is known.
    pub(crate) fn has_row(&self, doc: Doc) -> bool {
        self.kept().rows.contains_key(&doc.0)
    }

    /// What lists tell of a document.
    pub(crate) fn row(&self, doc: Doc) -> Result<Row> {
        if let Some(known) = self.kept().rows.get(&doc.0) {
            return Ok(known.clone());
        }
        let mut found = None;
        let query = self.all_of(vec![json!({ "term": { field::KEY: record::signed(doc.0) } })]);
        self.each_row(&query, |_, columns| {
            found = Some(columns.days);
            Ok(())
        })?;
        let known = self.kept().rows.get(&doc.0).cloned();
        known.filter(|_| found.is_some()).ok_or_else(gone)
    }

    /// The numbers of documents with these terms.
    pub(crate) fn frequencies(&self, terms: &[(TextField, String)]) -> Result<HashMap<(TextField, String), u64>> {
        let kept = || self.frequencies.lock().unwrap_or_else(PoisonError::into_inner);
        let mut told: HashMap<(TextField, String), u64> = HashMap::new();
        {
            let kept = kept();
            told.extend(terms.iter().filter_map(|term| Some((term.clone(), *kept.get(term)?))));
        }
        let mut missing: Vec<&(TextField, String)> = terms.iter().filter(|term| !told.contains_key(*term)).collect();
        missing.sort_by_key(|(text, term)| (mapping::name(*text), term));
        missing.dedup();
        // What this call looks up is kept whole, since it is asked for next.
        if kept().len() + missing.len() > KEPT_FREQUENCIES {
            kept().clear();
        }
        for some in missing.chunks(COUNTED) {
            let filters: Vec<Value> =
                some.iter().map(|(text, term)| json!({ "term": { mapping::name(*text): term } })).collect();
            // Only documents with one of them need to be looked at.
            let any = json!({ "bool": { "should": FIELDS.map(|field| {
                let terms: Vec<&str> =
                    some.iter().filter(|(text, _)| *text == field).map(|(_, term)| term.as_str()).collect();
                json!({ "terms": { mapping::name(field): terms } })
            }) } });
            let answer = self.search(&json!({
                "size": 0, "track_total_hits": false, "query": self.all_of(vec![any]),
                "aggs": { "terms": { "filters": { "filters": filters } } },
            }))?;
            let counted = buckets(&answer, "terms")?;
            if counted.len() != some.len() {
                return Err(unexpected("buckets"));
            }
            let mut kept = kept();
            for (term, bucket) in some.iter().zip(counted) {
                let documents = bucket["doc_count"].as_u64().ok_or_else(|| unexpected("doc_count"))?;
                kept.insert((*term).clone(), documents);
                told.insert((*term).clone(), documents);
            }
        }
        Ok(told)
    }

    /// The average number of terms of a field.
    pub(crate) fn average(&self, text: TextField) -> f32 {
        self.averages.get(&text).copied().unwrap_or_default()
    }

    /// The listed terms that begin so, where they were looked up.
    pub(crate) fn known_beginning(&self, text: TextField, prefix: &str) -> Option<Arc<Vec<String>>> {
        let known = self.beginning.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&(text, prefix.to_owned())).map(Arc::clone)
    }

    /// Keeps the listed terms that begin so.
    pub(crate) fn note_beginning(&self, text: TextField, prefix: String, terms: Vec<String>) {
        let mut known = self.beginning.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT_BEGINNINGS {
            known.clear();
        }
        known.insert((text, prefix), Arc::new(terms));
    }

    /// The statistics of these terms.
    pub(crate) fn statistics(&self, terms: &[(TextField, String)]) -> Result<Statistics> {
        Ok(Statistics::known(self.documents, self.frequencies(terms)?, self.averages.clone()))
    }

    /// Every combination of values of some columns among the documents that a query finds, with their number.
    pub(crate) fn combinations(
        &self,
        query: &Value,
        columns: &[&str],
        from: Option<Value>,
        each: &mut dyn FnMut(&Value, u64) -> Result<bool>,
    ) -> Result<()> {
        let sources: Vec<Value> = columns.iter().map(|name| json!({ *name: { "terms": { "field": name } } })).collect();
        let mut after = from;
        loop {
            let mut composite = json!({ "size": BUCKETS, "sources": sources });
            if let Some(after) = after.take() {
                composite["after"] = after;
            }
            let answer = self.search(&json!({
                "size": 0, "track_total_hits": false, "query": query, "aggs": { "all": { "composite": composite } },
            }))?;
            let buckets = buckets(&answer, "all")?;
            for bucket in buckets {
                let documents = bucket["doc_count"].as_u64().ok_or_else(|| unexpected("doc_count"))?;
                if !each(&bucket["key"], documents)? {
                    return Ok(());
                }
            }
            match &answer["aggregations"]["all"]["after_key"] {
                Value::Null => return Ok(()),
                _ if buckets.len() < BUCKETS => return Ok(()),
                key => after = Some(key.clone()),
            }
        }
    }
}

fn gone() -> Error {
    Error::new(ErrorKind::Argument, "the archive in the cluster has no such document any more")
        .hint("somebody brought it up to date: ask again")
}

pub(crate) fn total(answer: &Value) -> Result<u64> {
    let total = &answer["hits"]["total"];
    let is_all = total["relation"] == "eq";
    total["value"].as_u64().filter(|_| is_all).ok_or_else(|| unexpected("hits.total"))
}

pub(crate) fn hits(answer: &Value) -> Result<&[Value]> {
    answer["hits"]["hits"].as_array().map(Vec::as_slice).ok_or_else(|| unexpected("hits"))
}

pub(crate) fn buckets<'a>(answer: &'a Value, name: &str) -> Result<&'a [Value]> {
    answer["aggregations"][name]["buckets"].as_array().map(Vec::as_slice).ok_or_else(|| unexpected("buckets"))
}
