//! One state of an archive in a cluster, which implements [`Backend`].
//!
//! The cluster finds and counts. What it cannot decide is decided here, document by document, by the definition in
//! [`crate::backend::definition`]; and so is every score: those of the cluster, which are of other statistics and added up otherwise,
//! only tell in which order documents are looked at, and when no later one can be among the best.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};

use super::mapping::field;
use super::open::Cluster;
use super::question::{MOST_READ, Question};
use super::record::signed;
use super::view::{NONE_STORED, Row, View, hits};
use super::vocabulary;
use crate::answer::timeline::Unit;
use crate::backend::clause::{Clause, Intervals, Stem, TextField};
use crate::backend::copies::{Collapsed, Copies};
use crate::backend::counts::{
    Counting, Counts, DateCounts, MentionCounts, SightingsBySource, SourceTally, place_in_split,
};
use crate::backend::definition::analysed::Analysed;
use crate::backend::definition::evaluate::{days_share, score, term_score};
use crate::backend::definition::known_copies::KnownCopies;
use crate::backend::definition::tally;
use crate::backend::earliest::{EarliestDocs, EarliestRequest};
use crate::backend::filter::Filter;
use crate::backend::found::{ByDayRequest, Candidate, Doc, Matches, TopDocsRequest};
use crate::backend::own_field::OwnCounts;
use crate::backend::reader::Backend;
use crate::document::Document;
use crate::error::Result;
use crate::text::{Language, NameKeys};

/// The documents that are counted by their keys in one request.
const KEYS: usize = 20_000;

/// The most words whose forms are looked up with them.
const FEW_WORDS: usize = 64;

/// One state of an archive in a cluster.
#[derive(Clone)]
pub(crate) struct State {
    cluster: Arc<Cluster>,
    view: Arc<View>,
}

impl State {
    fn question<'q>(&'q self, clause: &'q Clause<()>, filter: &'q Filter) -> Question<'q> {
        Question { view: &self.view, clause, filter }
    }

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

    /// What lists tell of a document. One of a story is mostly asked for with the others.
    fn row(&self, doc: Doc) -> Result<Row> {
        if !self.view.has_row(doc) {
            let copies = self.copies()?;
            if let Some(at) = copies.known(doc)
                && let Some(keys) = copies.numbers().chunks(KEYS).nth(at as usize / KEYS)
            {
                self.view.each_row(&self.view.all_of(vec![among(keys)]), |_, _| Ok(()))?;
            }
        }
        self.view.row(doc)
    }

    /// The places among the documents of stories of those that match, of which there are `total`.
    fn sharing(&self, query: &Clause<()>, filter: &Filter, copies: &KnownCopies, total: u64) -> Result<Vec<u32>> {
        let mut sharing = Vec::new();
        // Either all that match are told, or all of stories are asked about, whichever is less.
        let all = copies.numbers();
        let groups: Vec<Vec<Value>> = match total.saturating_mul(2) < all.len() as u64 {
            true => vec![Vec::new()],
            false => all.chunks(KEYS).map(|keys| vec![among(keys)]).collect(),
        };
        for more in groups {
            let put = self.question(query, filter).put(more.clone());
            if put.is_exact() {
                self.view.each_hit(&put.query, &[field::KEY], |hit| {
                    sharing.extend(copies.known(Doc(super::record::key(hit)?)));
                    Ok(())
                })?;
                continue;
            }
            self.question(query, filter).each(more, |doc, _| {
                sharing.extend(copies.known(doc));
                Ok(())
            })?;
        }
        Ok(sharing)
    }

    fn named(&self, query: Value, limit: usize) -> Result<Vec<Doc>> {
        let answer = self.view.search(&json!({
            "size": limit.min(1000), "query": self.view.all_of(vec![query]), "sort": [{ field::KEY: "asc" }],
            "docvalue_fields": super::record::COLUMNS, "stored_fields": NONE_STORED, "track_total_hits": false,
        }))?;
        hits(&answer)?.iter().map(|hit| self.view.note_row(hit).map(|(doc, _)| doc)).collect()
    }
}

/// The documents with these keys.
fn among(keys: &[u64]) -> Value {
    json!({ "terms": { field::KEY: keys.iter().map(|key| signed(*key)).collect::<Vec<i64>>() } })
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
        Ok(self.view.average(field))
    }

    fn expect(&self, terms: impl FnOnce() -> Vec<(TextField, String)>) -> Result<()> {
        let mut terms = terms();
        let words: Vec<String> =
            terms.iter().filter(|(field, _)| *field == TextField::Words).map(|(_, word)| word.clone()).collect();
        // How a word is written is asked for next.
        if words.len() <= FEW_WORDS {
            let forms = vocabulary::forms(&self.view, &words)?;
            terms.extend(forms.into_iter().map(|form| (TextField::Forms, form)));
        }
        self.view.frequencies(&terms).map(drop)
    }

    // The list of terms has no numbers, and terms of documents that are gone.
    fn walks_removed(&self) -> bool {
        true
    }

    fn terms_from(&self, field: TextField, prefix: &str, each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        vocabulary::beginning(&self.view, field, prefix, &mut |term| each(term, self.view.documents))
    }

    fn terms_holding(&self, field: TextField, parts: &[&str], each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        vocabulary::holding(&self.view, field, parts, &mut |term| each(term, self.view.documents))
    }

    fn terms_near(&self, field: TextField, word: &str, distance: u8, each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        vocabulary::near(&self.view, field, word, distance, &mut |term| each(term, self.view.documents))
    }

    fn terms_sounding(&self, field: TextField, name: &NameKeys, each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        vocabulary::sounding(&self.view, field, name, &mut |term| each(term, self.view.documents))
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
        let matches = if request.counting { self.question(query, filter).matches()? } else { Matches::default() };
        if request.limit == 0 || request.counting && matches.total == 0 {
            return Ok((matches, Vec::new()));
        }
        Ok((matches, self.question(query, filter).best(request)?))
    }

    fn by_day(&self, query: &Clause<()>, filter: &Filter, request: ByDayRequest) -> Result<Vec<(i64, Candidate)>> {
        if request.limit == 0 {
            return Ok(Vec::new());
        }
        let found = self.question(query, filter).by_day(request)?;
        if request.limit <= MOST_READ {
            // They are going to be shown.
            self.view.prefetch(&found.iter().map(|(_, candidate)| candidate.doc).collect::<Vec<_>>())?;
        }
        Ok(found)
    }

    fn count(&self, query: &Clause<()>, filter: &Filter, counting: Counting<KnownCopies>) -> Result<Counts> {
        let mut counts =
            Counts { undated_left_out: self.question(query, filter).undated_left_out()?, ..Counts::default() };
        let split = counting.split.as_deref();
        counts.split.resize_with(split.map_or(0, |split| split.len() + 2), Default::default);
        if !counting.sources && !counting.days && split.is_none() {
            let Matches { total, undated, .. } = self.question(query, filter).matches()?;
            (counts.total, counts.undated) = (total, undated);
            if let Some(copies) = &counting.copies {
                counts.sharing = self.sharing(query, filter, copies, total)?;
            }
            return Ok(counts);
        }
        self.question(query, filter).groups(
            counting.sources || split.is_some(),
            |source, is_folder, days, documents| {
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
                    counts.sources.entry(source.to_owned()).or_default().add(SourceTally {
                        documents,
                        from_folder,
                        days,
                    });
                }
            },
        )?;
        if let Some(copies) = &counting.copies {
            counts.sharing = self.sharing(query, filter, copies, counts.total)?;
        }
        Ok(counts)
    }

    fn count_own(&self, query: &Clause<()>, filter: &Filter, name: &str) -> Result<OwnCounts> {
        let mut counts = OwnCounts::default();
        self.question(query, filter).each(vec![json!({ "term": { field::OWN_NAMES: name } })], |_, columns| {
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
        self.question(query, filter).each(Vec::new(), |_, columns| {
            tally::mentions(&mut counts, columns, unit, certain);
            Ok(())
        })?;
        Ok(counts)
    }

    fn count_dates(&self, query: &Clause<()>, filter: &Filter) -> Result<DateCounts> {
        let mut counts = DateCounts::default();
        self.question(query, filter).each(Vec::new(), |_, columns| {
            tally::dates(&mut counts, columns);
            Ok(())
        })?;
        Ok(counts)
    }

    fn sightings(&self, query: &Clause<()>, filter: &Filter) -> Result<SightingsBySource> {
        let mut sightings: SightingsBySource = HashMap::new();
        self.question(query, filter).each(Vec::new(), |doc, columns| {
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
        self.question(query, filter).each(Vec::new(), |doc, columns| {
            found.add_document((doc.0, doc), columns.days, || columns.doubts, collapsed.as_ref());
            Ok(())
        })?;
        Ok(found)
    }

    fn score(&self, query: &Clause<()>, doc: Doc) -> Result<f32> {
        Ok(score(&self.question(query, &Filter::default()).statistics()?, query, &*self.view.whole(doc)?)
            .unwrap_or(0.0))
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
