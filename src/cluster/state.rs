//! One state of an archive in a cluster, which implements [`Backend`].
//!
//! The cluster finds and counts. What it cannot decide is decided here, document by document, by the definition in
//! [`crate::backend::definition`]; and so is every score: those of the cluster, which are of other statistics and added up otherwise,
//! only tell in which order documents are looked at, and when no later one can be among the best.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeSet, BinaryHeap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};

use super::calibration::Calibration;
use super::clause::{Asked, asked, asks_for_no_words, leaves, passing};
use super::copies::KnownCopies;
use super::mapping::field;
use super::open::Cluster;
use super::record::{NEVER, signed};
use super::view::{Row, View, hits, total};
use crate::answer::steps::step_of;
use crate::answer::timeline::Unit;
use crate::backend::clause::{Clause, Intervals, Stem, TextField};
use crate::backend::copies::{Collapsed, Copies};
use crate::backend::counts::{
    Counting, Counts, DateCounts, MentionCounts, SightingsBySource, SourceTally, place_in_split, precision,
};
use crate::backend::definition::analysed::Analysed;
use crate::backend::definition::columns::Columns;
use crate::backend::definition::edits::edits;
use crate::backend::definition::evaluate::{Passes, days_share, passes, score, term_score};
use crate::backend::definition::statistics::Statistics;
use crate::backend::earliest::{EarliestDocs, EarliestRequest};
use crate::backend::filter::{Condition, Filter};
use crate::backend::found::{ByDayRequest, Candidate, Doc, Matches, TopDocsRequest};
use crate::backend::own_field::OwnCounts;
use crate::backend::reader::Backend;
use crate::document::{Document, Doubt};
use crate::error::Result;
use crate::text::{Language, NameKeys, likeness};
use crate::time::{MentionCertainty, Precision};

/// The documents that are looked at beyond those that are wanted, so that one answer is mostly enough.
const SPARE: usize = 24;
/// The most documents of one answer that are read whole.
const MOST_READ: usize = 500;
/// The documents that are counted by their keys in one request.
const KEYS: usize = 20_000;

/// One state of an archive in a cluster.
#[derive(Clone)]
pub(crate) struct State {
    cluster: Arc<Cluster>,
    view: Arc<View>,
}

/// A question and a filter, as they are put to the cluster.
struct Put {
    /// Finds all that matches, and perhaps more.
    query: Value,
    /// Whether it finds only what matches, as far as the clause goes, and as far as the filter goes.
    clause_is_exact: bool,
    filter_is_exact: bool,
}

impl Put {
    fn is_exact(&self) -> bool {
        self.clause_is_exact && self.filter_is_exact
    }
}

fn is_days(condition: &Condition) -> bool {
    matches!(condition, Condition::Days { .. })
}

impl State {
    /// The state of the archive that is visible now.
    pub(crate) fn of(cluster: &Arc<Cluster>) -> Result<State> {
        Ok(State { view: cluster.view()?, cluster: Arc::clone(cluster) })
    }

    /// The commit that it is of, and whether its copies are known, as 16 hexadecimal digits.
    pub(crate) fn revision(&self) -> String {
        let has_copies = self.cluster.head().copies.is_some_and(|copies| copies.of == self.view.generation);
        format!("{:016x}", self.view.generation << 1 | i64::from(has_copies))
    }

    /// A path as answers tell it.
    pub(crate) fn told(&self, path: &Path) -> Result<PathBuf> {
        Ok(self.cluster.told(path))
    }

    fn put(&self, clause: &Clause<()>, filter: &Filter, takes: impl Fn(&Condition) -> bool, more: Vec<Value>) -> Put {
        let Asked { query, is_exact: clause_is_exact } = asked(clause, 1.0, &mut |_| 1.0);
        let (mut queries, filter_is_exact) = passing(filter, takes);
        queries.push(query);
        queries.extend(more);
        Put { query: self.view.all_of(queries), clause_is_exact, filter_is_exact }
    }

    /// The statistics that the scores of a clause are made of.
    fn statistics(&self, clause: &Clause<()>) -> Result<Statistics> {
        let terms: Vec<(TextField, String)> = leaves(clause).iter().flat_map(|leaf| leaf.terms()).collect();
        self.view.statistics(&terms)
    }

    /// Calls `each` with every document that matches and passes, in the order of their keys.
    fn each(
        &self,
        clause: &Clause<()>,
        filter: &Filter,
        more: Vec<Value>,
        mut each: impl FnMut(Doc, &Columns) -> Result<()>,
    ) -> Result<()> {
        let put = self.put(clause, filter, |_| true, more);
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
        let statistics = self.statistics(clause)?;
        self.view.each_whole(&put.query, |doc, document| {
            let matches = passes(doc, &document.columns) && score(&statistics, clause, document).is_some();
            if matches { each(doc, &document.columns) } else { Ok(()) }
        })
    }

    /// The undated documents that meet everything but the days asked for.
    fn undated_left_out(&self, clause: &Clause<()>, filter: &Filter) -> Result<u64> {
        if !filter.conditions.iter().any(is_days) {
            return Ok(0);
        }
        let others: Vec<Condition> =
            filter.conditions.iter().filter(|condition| !is_days(condition)).cloned().collect();
        let others = Filter { conditions: others };
        self.counted(clause, &others, vec![json!({ "term": { field::UNDATED: true } })])
    }

    /// The number of documents that match and pass, and of which more is asked.
    fn counted(&self, clause: &Clause<()>, filter: &Filter, more: Vec<Value>) -> Result<u64> {
        let put = self.put(clause, filter, |_| true, more.clone());
        if put.is_exact() {
            return self.view.total(&put.query);
        }
        let mut counted = 0;
        self.each(clause, filter, more, |_, _| {
            counted += 1;
            Ok(())
        })?;
        Ok(counted)
    }

    fn matches(&self, clause: &Clause<()>, filter: &Filter) -> Result<Matches> {
        let put = self.put(clause, filter, |_| true, Vec::new());
        let mut matches = Matches { undated_left_out: self.undated_left_out(clause, filter)?, ..Matches::default() };
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
        self.each(clause, filter, Vec::new(), |_, columns| {
            matches.total += 1;
            matches.undated += u64::from(columns.days.is_none());
            Ok(())
        })?;
        Ok(matches)
    }

    /// The best documents by score. They are looked at in the order of the scores that the cluster gives them, or that they can have
    /// at most, until no later one can be better than those that were found.
    fn best(&self, clause: &Clause<()>, filter: &Filter, request: TopDocsRequest) -> Result<Vec<Candidate>> {
        let statistics = self.statistics(clause)?;
        if asks_for_no_words(clause) {
            return self.best_by_columns(clause, filter, request, &statistics);
        }
        let calibration = Calibration::of(&self.view, clause, &statistics)?;
        let Asked { query, .. } = asked(clause, 1.0, &mut |leaf| calibration.boost(leaf));
        let (passing, _) = passing(filter, |_| true);
        let query = json!({ "bool": { "must": [query], "filter": self.view.all_of(passing) } });
        let mut found: Vec<Candidate> = Vec::new();
        let mut after: Option<Value> = None;
        let mut page = request.limit.saturating_add(SPARE).min(MOST_READ);
        loop {
            let mut body = json!({
                "size": page, "query": query, "docvalue_fields": super::record::COLUMNS, "_source": super::record::SOURCE,
                "sort": [{ "_score": "desc" }, { field::KEY: "asc" }], "track_scores": true, "track_total_hits": false,
            });
            if let Some(after) = after.take() {
                body["search_after"] = after;
            }
            let answer = self.view.search(&body)?;
            let hits = hits(&answer)?;
            for hit in hits {
                let (doc, document) = self.view.note_whole(hit)?;
                let passes = passes(filter, &document.columns) == Passes::Yes && !is_collapsed(filter, doc);
                let Some(score) = score(&statistics, clause, &document).filter(|_| passes) else { continue };
                let score = score * days_share(filter, &document.columns);
                let candidate = Candidate { score, key: doc.0, doc };
                if request.after.is_none_or(|after| is_behind(&candidate, after)) {
                    found.push(candidate);
                }
            }
            found.sort_by(|a, b| b.cmp(a));
            found.truncate(request.limit);
            let Some(last) = hits.last().filter(|_| hits.len() == page) else { return Ok(found) };
            let reachable = last["_score"].as_f64().unwrap_or(f64::MAX) * f64::from(calibration.most);
            let is_sure =
                found.len() == request.limit && found.last().is_some_and(|least| reachable < f64::from(least.score));
            if is_sure {
                return Ok(found);
            }
            after = Some(last["sort"].clone());
            page = (page * 2).min(MOST_READ);
        }
    }

    /// The same for a question without words: by the columns of all documents, which are a fraction of what they say.
    fn best_by_columns(
        &self,
        clause: &Clause<()>,
        filter: &Filter,
        request: TopDocsRequest,
        statistics: &Statistics,
    ) -> Result<Vec<Candidate>> {
        let mut found: BinaryHeap<Reverse<Candidate>> = BinaryHeap::new();
        self.each(clause, filter, Vec::new(), |doc, columns| {
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
    fn groups(
        &self,
        clause: &Clause<()>,
        filter: &Filter,
        with_sources: bool,
        mut each: impl FnMut(&str, bool, Option<(i64, i64)>, u64),
    ) -> Result<()> {
        let put = self.put(clause, filter, |_| true, Vec::new());
        if !put.is_exact() {
            return self.each(clause, filter, Vec::new(), |_, columns| {
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

    fn ordered_by_day(
        &self,
        query: &Clause<()>,
        filter: &Filter,
        request: ByDayRequest,
    ) -> Result<Vec<(i64, Candidate)>> {
        let put = self.put(query, filter, |_| true, Vec::new());
        let column = if request.newest { field::NEWEST } else { field::FIRST };
        let mut found: Vec<(i64, Candidate)> = Vec::new();
        let candidate = |doc: Doc| Candidate { score: 0.0, key: doc.0, doc };
        if !put.is_exact() {
            self.each(query, filter, Vec::new(), |doc, columns| {
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
                "size": page, "query": put.query, "docvalue_fields": super::record::COLUMNS, "_source": false,
                "sort": [{ column: "asc" }, { field::KEY: "asc" }], "track_total_hits": false,
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

    /// What lists tell of a document. One of a story is mostly asked for with the others.
    fn row(&self, doc: Doc) -> Result<Row> {
        if !self.view.has_row(doc) {
            let copies = self.copies()?;
            if copies.known(doc).is_some() {
                for keys in copies.keys().chunks(KEYS) {
                    let keys: Vec<i64> = keys.iter().map(|key| signed(*key)).collect();
                    let among = self.view.all_of(vec![json!({ "terms": { field::KEY: keys } })]);
                    self.view.each_row(&among, |_, _| Ok(()))?;
                }
            }
        }
        self.view.row(doc)
    }

    fn named(&self, query: Value, limit: usize) -> Result<Vec<Doc>> {
        let answer = self.view.search(&json!({
            "size": limit.min(1000), "query": self.view.all_of(vec![query]), "sort": [{ field::KEY: "asc" }],
            "docvalue_fields": super::record::COLUMNS, "_source": false, "track_total_hits": false,
        }))?;
        hits(&answer)?.iter().map(|hit| self.view.note_row(hit).map(|(doc, _)| doc)).collect()
    }
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

/// The same clause without what another engine would keep of its stems.
fn bare<T>(clause: &Clause<T>) -> Clause<()> {
    match clause {
        Clause::Nothing => Clause::Nothing,
        Clause::Everything => Clause::Everything,
        Clause::Stem(Stem { text, boost, documents, .. }) => {
            Clause::Stem(Stem { text: text.clone(), boost: *boost, documents: *documents, posted: () })
        }
        Clause::Word(word, boost) => Clause::Word(word.clone(), *boost),
        Clause::Phrase(words) => Clause::Phrase(words.clone()),
        Clause::Intervals(intervals) => Clause::Intervals(Intervals::clone(intervals)),
        Clause::Condition(condition) => Clause::Condition(condition.clone()),
        Clause::Constant(clause, constant) => Clause::Constant(Box::new(bare(clause)), *constant),
        Clause::Boost(clause, times) => Clause::Boost(Box::new(bare(clause)), *times),
        Clause::All(clauses) => Clause::All(clauses.iter().map(|(occur, clause)| (*occur, bare(clause))).collect()),
    }
}

impl Backend for State {
    type Posted = ();
    type Query = Clause<()>;
    type Copies = KnownCopies;

    fn documents(&self) -> u64 {
        self.view.documents
    }

    fn languages(&self) -> &[(Language, u64)] {
        &self.view.languages
    }

    fn stem(&self, stem: &str) -> Result<((), u64)> {
        self.frequency(TextField::Stems, stem).map(|documents| ((), documents))
    }

    fn frequency(&self, field: TextField, term: &str) -> Result<u64> {
        let asked = (field, term.to_owned());
        Ok(self.view.frequencies(std::slice::from_ref(&asked))?.get(&asked).copied().unwrap_or_default())
    }

    fn average_length(&self, field: TextField) -> Result<f32> {
        Ok(self.view.averages()?.get(&field).copied().unwrap_or_default())
    }

    fn terms_from(&self, field: TextField, prefix: &str, each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        if prefix.is_empty() {
            self.view.vocabulary(field)?.iter().for_each(|(term, documents)| each(term, *documents));
            return Ok(());
        }
        self.view.terms_from(field, prefix, each)
    }

    fn terms_near(&self, field: TextField, word: &str, distance: u8, each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        let word: Vec<char> = word.chars().collect();
        let most = usize::from(distance);
        for (term, documents) in self.view.vocabulary(field)?.iter() {
            let letters: Vec<char> = term.chars().collect();
            if letters.len().abs_diff(word.len()) <= most && edits(&word, &letters) <= most {
                each(term, *documents);
            }
        }
        Ok(())
    }

    fn terms_sounding(&self, field: TextField, name: &NameKeys, each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        let vocabulary = self.view.vocabulary(field)?;
        let alike = vocabulary.iter().filter(|(term, _)| likeness(name, term).is_some());
        alike.for_each(|(term, documents)| each(term, *documents));
        Ok(())
    }

    fn prepare(&self, clause: &Clause<()>) -> Clause<()> {
        bare(clause)
    }

    fn top_docs(
        &self,
        query: &Clause<()>,
        filter: &Filter,
        request: TopDocsRequest,
    ) -> Result<(Matches, Vec<Candidate>)> {
        let matches = if request.counting { self.matches(query, filter)? } else { Matches::default() };
        if request.limit == 0 || request.counting && matches.total == 0 {
            return Ok((matches, Vec::new()));
        }
        Ok((matches, self.best(query, filter, request)?))
    }

    fn by_day(&self, query: &Clause<()>, filter: &Filter, request: ByDayRequest) -> Result<Vec<(i64, Candidate)>> {
        if request.limit == 0 {
            return Ok(Vec::new());
        }
        let found = self.ordered_by_day(query, filter, request)?;
        if request.limit <= MOST_READ {
            // They are going to be shown.
            self.view.prefetch(&found.iter().map(|(_, candidate)| candidate.doc).collect::<Vec<_>>())?;
        }
        Ok(found)
    }

    fn count(&self, query: &Clause<()>, filter: &Filter, counting: Counting<KnownCopies>) -> Result<Counts> {
        let mut counts = Counts { undated_left_out: self.undated_left_out(query, filter)?, ..Counts::default() };
        let split = counting.split.as_deref();
        counts.split.resize_with(split.map_or(0, |split| split.len() + 2), Default::default);
        if let Some(copies) = &counting.copies {
            for keys in copies.keys().chunks(KEYS) {
                let keys: Vec<i64> = keys.iter().map(|key| signed(*key)).collect();
                let among = vec![json!({ "terms": { field::KEY: keys } })];
                let put = self.put(query, filter, |_| true, among.clone());
                if put.is_exact() {
                    self.view.each_hit(&put.query, &[field::KEY], |hit| {
                        counts.sharing.extend(copies.known(Doc(super::record::key(hit)?)));
                        Ok(())
                    })?;
                    continue;
                }
                self.each(query, filter, among, |doc, _| {
                    counts.sharing.extend(copies.known(doc));
                    Ok(())
                })?;
            }
        }
        if !counting.sources && !counting.days && split.is_none() {
            let Matches { total, undated, .. } = self.matches(query, filter)?;
            (counts.total, counts.undated) = (total, undated);
            return Ok(counts);
        }
        self.groups(query, filter, counting.sources || split.is_some(), |source, is_folder, days, documents| {
            counts.total += documents;
            counts.undated += if days.is_none() { documents } else { 0 };
            for _ in 0..documents {
                if let Some(split) = split {
                    counts.split[place_in_split(split, source)].add_document(days);
                }
                if let Some((first, last)) = days.filter(|_| counting.days) {
                    counts.days.add_span(first, last);
                }
            }
            if counting.sources {
                let from_folder = if is_folder { documents } else { 0 };
                counts.sources.entry(source.to_owned()).or_default().add(SourceTally { documents, from_folder, days });
            }
        })?;
        Ok(counts)
    }

    fn count_own(&self, query: &Clause<()>, filter: &Filter, name: &str) -> Result<OwnCounts> {
        let mut counts = OwnCounts::default();
        self.each(query, filter, vec![json!({ "term": { field::OWN_NAMES: name } })], |_, columns| {
            let mut values = columns.own.iter().filter(|(own, _)| own == name).peekable();
            counts.documents += u64::from(values.peek().is_some());
            values.for_each(|(_, value)| *counts.values.entry(value.clone()).or_default() += 1);
            Ok(())
        })?;
        Ok(counts)
    }

    fn own_fields(&self) -> Result<Vec<String>> {
        let mut names = BTreeSet::new();
        let all = self.view.all_of(Vec::new());
        self.view.combinations(&all, &[field::OWN_NAMES], None, &mut |key, _| {
            names.extend(key[field::OWN_NAMES].as_str().map(str::to_owned));
            Ok(true)
        })?;
        Ok(names.into_iter().collect())
    }

    fn count_mentions(&self, query: &Clause<()>, filter: &Filter, unit: Unit, certain: bool) -> Result<MentionCounts> {
        let mut counts = MentionCounts::default();
        self.each(query, filter, Vec::new(), |_, columns| {
            let spans =
                columns.mentions.iter().filter(|span| !(certain && span.certainty == MentionCertainty::Derived));
            let spans: Vec<(i32, i32)> =
                spans.map(|span| (step_of(span.first as i32, unit), step_of(span.last as i32, unit))).collect();
            counts.silent += u64::from(spans.is_empty());
            counts.coarse += u64::from(spans.iter().any(|(first, last)| first != last));
            let steps: BTreeSet<i32> = spans.iter().filter(|(first, last)| first == last).map(|span| span.0).collect();
            steps.into_iter().for_each(|step| *counts.steps.entry(step).or_default() += 1);
            Ok(())
        })?;
        Ok(counts)
    }

    fn count_dates(&self, query: &Clause<()>, filter: &Filter) -> Result<DateCounts> {
        let mut counts = DateCounts::default();
        self.each(query, filter, Vec::new(), |_, columns| {
            let kind = match columns.days.map(precision) {
                Some(Precision::Day) => [1, 0, 0, 0],
                Some(Precision::Month) => [0, 1, 0, 0],
                Some(Precision::Year) => [0, 0, 1, 0],
                None => [0, 0, 0, 1],
            };
            counts.add_rule(columns.rule, kind);
            counts.add_doubts(columns.doubts, 1);
            Ok(())
        })?;
        Ok(counts)
    }

    fn sightings(&self, query: &Clause<()>, filter: &Filter) -> Result<SightingsBySource> {
        let mut sightings: SightingsBySource = HashMap::new();
        self.each(query, filter, Vec::new(), |doc, columns| {
            sightings.entry(columns.source.clone()).or_default().push(((doc.0, doc), columns.days));
            Ok(())
        })?;
        Ok(sightings)
    }

    fn earliest(
        &self,
        query: &Clause<()>,
        filter: &Filter,
        request: EarliestRequest,
        collapsed: Option<(Arc<KnownCopies>, Collapsed)>,
    ) -> Result<EarliestDocs> {
        let mut found = EarliestDocs::new(request);
        self.each(query, filter, Vec::new(), |doc, columns| {
            let begins = collapsed.as_ref().is_some_and(|(copies, _)| copies.begins_story(doc));
            let early = |day| (day, !begins, doc.0, doc);
            match columns.days {
                None => found.undated.add(early(i64::MAX)),
                Some((first, last)) if first == last => {
                    if !collapsed.as_ref().is_some_and(|(_, collapsed)| collapsed.has(doc)) {
                        found.certain.add(early(first));
                    }
                    if columns.doubts.contains(Doubt::Conflicting) {
                        found.conflicting.add(early(first));
                    }
                }
                Some((first, _)) => {
                    found.coarse.add(early(first));
                    *found.coarse_days.entry(first).or_default() += 1;
                }
            }
            Ok(())
        })?;
        Ok(found)
    }

    fn score(&self, query: &Clause<()>, doc: Doc) -> Result<f32> {
        Ok(score(&self.statistics(query)?, query, &*self.view.whole(doc)?).unwrap_or(0.0))
    }

    fn share(&self, filter: &Filter, doc: Doc) -> Result<Option<f32>> {
        if !filter.asks_about_days() {
            return Ok(None);
        }
        Ok(Some(days_share(filter, &self.view.whole(doc)?.columns)))
    }

    fn term_scores(&self, field: TextField, terms: &[(&str, f32)], candidates: &mut [Candidate]) -> Result<Vec<f32>> {
        self.view.prefetch(&candidates.iter().map(|candidate| candidate.doc).collect::<Vec<_>>())?;
        let asked: Vec<(TextField, String)> = terms.iter().map(|(term, _)| (field, (*term).to_owned())).collect();
        let statistics = self.view.statistics(&asked)?;
        let score = |candidate: &Candidate| -> Result<f32> {
            let document: Arc<Analysed> = self.view.whole(candidate.doc)?;
            let of_term =
                |(term, weight): &(&str, f32)| weight * term_score(&statistics, field, term, &document).unwrap_or(0.0);
            Ok(terms.iter().map(of_term).sum())
        };
        candidates.iter().map(score).collect()
    }

    fn document(&self, doc: Doc) -> Result<Document> {
        let mut document = self.view.whole(doc)?.document.clone();
        if let Some(path) = &mut document.place.path {
            *path = self.cluster.told(path);
        }
        Ok(document)
    }

    fn id(&self, doc: Doc) -> Result<String> {
        Ok(self.row(doc)?.id)
    }

    fn days(&self, doc: Doc) -> Result<Option<(i64, i64)>> {
        Ok(self.row(doc)?.days)
    }

    fn key(&self, doc: Doc) -> Result<u64> {
        Ok(doc.0)
    }

    fn with_id(&self, id: &str, limit: usize) -> Result<Vec<Doc>> {
        let own = self.named(json!({ "term": { field::ID: id } }), limit)?;
        if own.is_empty() { self.named(json!({ "term": { field::OTHER_IDS: id } }), limit) } else { Ok(own) }
    }

    fn with_id_from(&self, beginning: &str, limit: usize) -> Result<Vec<Doc>> {
        self.named(json!({ "prefix": { field::ID: beginning } }), limit)
    }

    fn copies(&self) -> Result<Arc<KnownCopies>> {
        self.cluster.copies(self.view.generation)
    }
}
