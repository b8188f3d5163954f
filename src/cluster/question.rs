//! One question to the documents of a commit: a clause and a filter.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use serde_json::{Value, json};

use super::calibration::{Calibration, Compared};
use super::clause::{Asked, asked, asks_for_no_words, leaves, passing};
use super::mapping::field;
use super::record::{NEVER, signed};
use super::view::{NONE_STORED, View, hits, total};
use crate::backend::clause::{Clause, TextField};
use crate::backend::definition::analysed::Analysed;
use crate::backend::definition::columns::Columns;
use crate::backend::definition::evaluate::{Passes, days_share, passes, score};
use crate::backend::definition::statistics::Statistics;
use crate::backend::filter::{Condition, Filter};
use crate::backend::found::{ByDayRequest, Candidate, Doc, Matches, TopDocsRequest};
use crate::error::{Error, ErrorKind, Result};

/// The documents that are looked at beyond those that are wanted, so that one answer is mostly enough.
const SPARE: usize = 24;
/// The most documents of one answer that are read whole.
pub(crate) const MOST_READ: usize = 200;

/// A clause and a filter, asked of the documents of a commit.
#[derive(Clone, Copy)]
pub(crate) struct Question<'q> {
    pub(crate) view: &'q View,
    pub(crate) clause: &'q Clause<()>,
    pub(crate) filter: &'q Filter,
}

/// A question and a filter, as they are put to the cluster.
pub(crate) struct Put {
    /// Finds all that matches, and perhaps more.
    pub(crate) query: Value,
    /// Whether it finds only what matches, as far as the clause goes, and as far as the filter goes.
    clause_is_exact: bool,
    filter_is_exact: bool,
}

impl Put {
    pub(crate) fn is_exact(&self) -> bool {
        self.clause_is_exact && self.filter_is_exact
    }
}

fn is_days(condition: &Condition) -> bool {
    matches!(condition, Condition::Days { .. })
}

impl Question<'_> {
    /// How it is put to the cluster, with what more is asked.
    pub(crate) fn put(&self, more: Vec<Value>) -> Put {
        let Question { clause, filter, .. } = *self;
        let Asked { query, is_exact: clause_is_exact } = asked(clause, 1.0, &|_| 0.0);
        let (mut queries, filter_is_exact) = passing(filter);
        queries.push(query);
        queries.extend(more);
        Put { query: self.view.all_of(queries), clause_is_exact, filter_is_exact }
    }

    /// The statistics that the scores of a clause are made of.
    pub(crate) fn statistics(&self) -> Result<Statistics> {
        let terms: Vec<(TextField, String)> = leaves(self.clause).iter().flat_map(|leaf| leaf.terms()).collect();
        self.view.statistics(&terms)
    }

    /// Calls `each` with every document that matches and passes, in the order of their keys.
    pub(crate) fn each(&self, more: Vec<Value>, mut each: impl FnMut(Doc, &Columns) -> Result<()>) -> Result<()> {
        let Question { clause, filter, .. } = *self;
        let put = self.put(more);
        let passes = |doc, columns: &Columns| {
            put.filter_is_exact || passes(filter, columns) == Passes::Yes && !is_collapsed(filter, doc)
        };
        if put.clause_is_exact {
            return self.view.each_row(
                &put.query,
                |doc, columns| {
                    if passes(doc, columns) { each(doc, columns) } else { Ok(()) }
                },
            );
        }
        let statistics = self.statistics()?;
        self.view.each_whole(&put.query, |doc, document| {
            let matches = passes(doc, &document.columns) && score(&statistics, clause, document).is_some();
            if matches { each(doc, &document.columns) } else { Ok(()) }
        })
    }

    /// The undated documents that meet everything but the days asked for.
    pub(crate) fn undated_left_out(&self) -> Result<u64> {
        let filter = self.filter;
        if !filter.conditions.iter().any(is_days) {
            return Ok(0);
        }
        let others: Vec<Condition> =
            filter.conditions.iter().filter(|condition| !is_days(condition)).cloned().collect();
        let others = Filter { conditions: others };
        Question { filter: &others, ..*self }.counted(vec![json!({ "term": { field::UNDATED: true } })])
    }

    /// The number of documents that match and pass, and of which more is asked.
    fn counted(&self, more: Vec<Value>) -> Result<u64> {
        let put = self.put(more.clone());
        if put.is_exact() {
            return self.view.total(&put.query);
        }
        let mut counted = 0;
        self.each(more, |_, _| {
            counted += 1;
            Ok(())
        })?;
        Ok(counted)
    }

    pub(crate) fn matches(&self) -> Result<Matches> {
        let put = self.put(Vec::new());
        let mut matches = Matches { undated_left_out: self.undated_left_out()?, ..Matches::default() };
        if put.is_exact() {
            let undated = json!({ "filter": { "term": { field::UNDATED: true } } });
            let answer = self.view.search(&json!({
                "size": 0, "track_total_hits": true, "query": put.query, "aggs": { "undated": undated },
            }))?;
            matches.total = total(&answer)?;
            let undated = answer["aggregations"]["undated"]["doc_count"].as_u64();
            matches.undated = undated.ok_or_else(|| super::client::unexpected("undated"))?;
            return Ok(matches);
        }
        self.each(Vec::new(), |_, columns| {
            matches.total += 1;
            matches.undated += u64::from(columns.days.is_none());
            Ok(())
        })?;
        Ok(matches)
    }

    /// The best documents by score. They are looked at in the order of the scores that the cluster gives them, or that they
    /// can have at most, until no later one can be better than those that were found.
    pub(crate) fn best(&self, request: TopDocsRequest) -> Result<Vec<Candidate>> {
        const TRIES: u32 = 5;
        let statistics = self.statistics()?;
        if asks_for_no_words(self.clause) {
            return self.best_by_columns(request, &statistics);
        }
        for _ in 0..TRIES {
            if let Some(found) = self.best_by_score(request, &statistics)? {
                return Ok(found);
            }
        }
        Err(Error::new(ErrorKind::IndexBusy, "the archive changes faster than it can be asked").hint("ask again later"))
    }

    /// None where what somebody writes meanwhile changed the cluster's scores from one page of its list to the next.
    fn best_by_score(&self, request: TopDocsRequest, statistics: &Statistics) -> Result<Option<Vec<Candidate>>> {
        let Question { clause, filter, .. } = *self;
        let calibration = Calibration::of(clause, statistics);
        let Asked { query, .. } = asked(clause, 1.0, &|leaf| calibration.word_weight(leaf));
        let (passing, _) = passing(filter);
        let query = json!({ "bool": { "must": [query], "filter": self.view.all_of(passing) } });
        let mut found: Vec<Candidate> = Vec::new();
        let mut after: Option<Value> = None;
        let mut page = request.limit.saturating_add(SPARE).min(MOST_READ);
        let mut compared: Option<Compared> = None;
        loop {
            let mut body = json!({
                "size": page, "query": query, "docvalue_fields": super::record::COLUMNS, "_source": super::record::SOURCE,
                "sort": [{ "_score": "desc" }, { field::KEY: "asc" }], "track_scores": true, "track_total_hits": false,
            });
            if let Some(after) = after.take() {
                body["search_after"] = after;
            }
            // What the scores are compared by comes with the first page.
            let mut bodies: Vec<Value> = if compared.is_none() { calibration.searches().collect() } else { Vec::new() };
            bodies.push(body);
            let answers = self.view.client.searches(&self.view.index, &bodies)?;
            let (answer, explained) = answers.split_last().ok_or_else(|| super::client::unexpected("responses"))?;
            let is_first = compared.is_none();
            let before = match &mut compared {
                Some(before) => before,
                none => none.insert(calibration.compared(explained)?),
            };
            let hits = hits(answer)?;
            for hit in hits {
                let (doc, document) = self.view.note_whole(hit)?;
                let passes = passes(filter, &document.columns) == Passes::Yes && !is_collapsed(filter, doc);
                let Some(score) = score(statistics, clause, &document).filter(|_| passes) else { continue };
                let score = score * days_share(filter, &document.columns);
                let candidate = Candidate { score, key: doc.0, doc };
                if request.after.is_none_or(|after| is_behind(&candidate, after)) {
                    found.push(candidate);
                }
            }
            found.sort_by(|a, b| b.cmp(a));
            found.truncate(request.limit);
            let least = found.last().filter(|_| found.len() == request.limit);
            match hits.last().filter(|_| hits.len() == page) {
                Some(last) if least.is_none_or(|least| score_of(last) * before.most >= least.score) => {
                    after = Some(last["sort"].clone());
                    page = (page * 2).min(MOST_READ);
                }
                _ if is_first => return Ok(Some(found)),
                _ => {
                    let searches: Vec<Value> = calibration.searches().collect();
                    let explained = self.view.client.searches(&self.view.index, &searches)?;
                    return Ok((calibration.compared(&explained)? == *before).then_some(found));
                }
            }
        }
    }

    /// The same for a question without words: by the columns of all documents, which are a fraction of what they say.
    fn best_by_columns(&self, request: TopDocsRequest, statistics: &Statistics) -> Result<Vec<Candidate>> {
        let Question { clause, filter, .. } = *self;
        let mut found: BinaryHeap<Reverse<Candidate>> = BinaryHeap::new();
        self.each(Vec::new(), |doc, columns| {
            let share = days_share(filter, columns);
            let score = score(statistics, clause, &Analysed::without_words(columns.clone())).unwrap_or(0.0) * share;
            let candidate = Candidate { score, key: doc.0, doc };
            if request.after.is_none_or(|after| is_behind(&candidate, after)) {
                found.push(Reverse(candidate));
                if found.len() > request.limit {
                    found.pop();
                }
            }
            Ok(())
        })?;
        let mut found: Vec<Candidate> = found.into_iter().map(|Reverse(candidate)| candidate).collect();
        found.sort_by(|a, b| b.cmp(a));
        let docs: Vec<Doc> = found.iter().take(MOST_READ).map(|candidate| candidate.doc).collect();
        self.view.prefetch(&docs)?;
        Ok(found)
    }

    /// Calls `each` with groups of equal documents that match and pass: their source, whether only their folder gives it, their days,
    /// and how many they are.
    pub(crate) fn groups(
        &self,
        with_sources: bool,
        mut each: impl FnMut(&str, bool, Option<(i64, i64)>, u64),
    ) -> Result<()> {
        let put = self.put(Vec::new());
        if !put.is_exact() {
            return self.each(Vec::new(), |_, columns| {
                each(&columns.source, columns.is_folder, columns.days, 1);
                Ok(())
            });
        }
        let mut columns = vec![field::FIRST, field::LAST];
        if with_sources {
            columns.extend([field::SOURCE, field::FOLDER]);
        }
        self.view.combinations(&put.query, &columns, None, &mut |key, documents| {
            let day = |name: &str| key[name].as_i64().unwrap_or(NEVER);
            let days = (day(field::FIRST) != NEVER).then(|| (day(field::FIRST), day(field::LAST)));
            let is_folder = key[field::FOLDER].as_i64() == Some(1);
            each(key[field::SOURCE].as_str().unwrap_or_default(), is_folder, days, documents);
            Ok(true)
        })
    }

    /// The newest or oldest documents, each with what it is ordered by.
    pub(crate) fn by_day(&self, request: ByDayRequest) -> Result<Vec<(i64, Candidate)>> {
        let put = self.put(Vec::new());
        let column = if request.newest { field::NEWEST } else { field::FIRST };
        let mut found: Vec<(i64, Candidate)> = Vec::new();
        let candidate = |doc: Doc| Candidate { score: 0.0, key: doc.0, doc };
        if !put.is_exact() {
            self.each(Vec::new(), |doc, columns| {
                let order = columns.days.map_or(NEVER, |(first, last)| if request.newest { -last } else { first });
                if request.after.is_none_or(|after| (order, doc.0) > after) {
                    found.push((order, candidate(doc)));
                }
                Ok(())
            })?;
            found.sort_by_key(|(order, found)| (*order, found.key));
            found.truncate(request.limit);
            return Ok(found);
        }
        let mut after = request.after.map(|(order, key)| json!([order, signed(key)]));
        loop {
            let page = (request.limit - found.len()).min(5_000);
            let mut body = json!({
                "size": page, "query": put.query, "docvalue_fields": super::record::COLUMNS,
                "stored_fields": NONE_STORED, "sort": [{ column: "asc" }, { field::KEY: "asc" }], "track_total_hits": false,
            });
            if let Some(after) = after.take() {
                body["search_after"] = after;
            }
            let answer = self.view.search(&body)?;
            let hits = hits(&answer)?;
            for hit in hits {
                let (doc, _) = self.view.note_row(hit)?;
                let order = hit["sort"][0].as_i64().ok_or_else(|| super::client::unexpected("sort"))?;
                found.push((order, candidate(doc)));
            }
            match hits.last() {
                Some(last) if hits.len() == page && found.len() < request.limit => after = Some(last["sort"].clone()),
                _ => return Ok(found),
            }
        }
    }
}

/// The cluster's score of a hit.
fn score_of(hit: &Value) -> f32 {
    hit["_score"].as_f64().map_or(f32::MAX, |score| score as f32)
}

/// Returns whether a candidate comes after the end of the former page.
fn is_behind(candidate: &Candidate, (score, key): (f32, u64)) -> bool {
    match candidate.score.total_cmp(&score) {
        Ordering::Less => true,
        Ordering::Equal => candidate.key > key,
        Ordering::Greater => false,
    }
}

fn is_collapsed(filter: &Filter, doc: Doc) -> bool {
    filter.conditions.iter().any(|condition| match condition {
        Condition::NotCollapsed(collapsed) => collapsed.has(doc),
        _ => false,
    })
}
