//! The engine, which looks at every document for every question.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use super::copies::copies;
use super::edits::edits;
use crate::answer::timeline::Unit;
use crate::backend::clause::{Clause, TextField};
use crate::backend::copies::{Collapsed, Copies};
use crate::backend::counts::{
    Counting, Counts, DateCounts, MentionCounts, SightingsBySource, SourceTally, place_in_split,
};
use crate::backend::definition::analysed::Analysed;
use crate::backend::definition::evaluate::{Passes, days_share, passes, score, term_score};
use crate::backend::definition::known_copies::KnownCopies;
use crate::backend::definition::statistics::Statistics;
use crate::backend::definition::tally;
use crate::backend::earliest::{EarliestDocs, EarliestRequest};
use crate::backend::filter::{Condition, Filter};
use crate::backend::found::{ByDayRequest, Candidate, Doc, Matches, TopDocsRequest};
use crate::backend::own_field::OwnCounts;
use crate::backend::reader::Backend;
use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::text::{Analyzer, Language, NameKeys, likeness};

/// Documents in a list.
#[derive(Default)]
pub(crate) struct Oracle {
    documents: Vec<Analysed>,
    languages: Vec<(Language, u64)>,
    statistics: Statistics,
    /// Made when they are first asked for.
    copies: OnceLock<Arc<KnownCopies>>,
}

impl Oracle {
    pub(crate) fn of(documents: impl IntoIterator<Item = Document>) -> Oracle {
        let mut analyzer = Analyzer::new();
        let documents: Vec<Analysed> =
            documents.into_iter().map(|document| Analysed::of(document, &mut analyzer)).collect();
        let mut counted: BTreeMap<&str, (Language, u64)> = BTreeMap::new();
        for language in documents.iter().filter_map(|document| document.columns.language) {
            counted.entry(language.code()).or_insert((language, 0)).1 += 1;
        }
        let mut languages: Vec<(Language, u64)> = counted.into_values().collect();
        languages.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        Oracle { statistics: Statistics::of(&documents), documents, languages, copies: OnceLock::new() }
    }

    fn at(&self, doc: Doc) -> Result<&Analysed> {
        let missing = || Error::new(ErrorKind::Argument, "no such document");
        self.documents.get(doc.0 as usize).ok_or_else(missing)
    }

    fn key_of(&self, doc: Doc) -> u64 {
        self.documents.get(doc.0 as usize).map_or(0, |document| key(&document.document.id))
    }

    /// The documents that match, each with its score.
    fn matching<'o>(
        &'o self,
        query: &'o Clause<()>,
        filter: &'o Filter,
    ) -> impl Iterator<Item = (Doc, &'o Analysed, f32)> {
        (0..).map(Doc).zip(&self.documents).filter_map(move |(doc, document)| {
            let score = score(&self.statistics, query, document)?;
            (passes(filter, &document.columns) == Passes::Yes && !is_collapsed(filter, doc))
                .then_some((doc, document, score))
        })
    }

    fn undated_left_out(&self, query: &Clause<()>, filter: &Filter) -> u64 {
        let left_out = |document: &&Analysed| {
            passes(filter, &document.columns) == Passes::OnlyUndated
                && score(&self.statistics, query, document).is_some()
        };
        self.documents.iter().filter(left_out).count() as u64
    }

    fn terms(&self, field: TextField, is_meant: impl Fn(&str) -> bool, each: &mut dyn FnMut(&str, u64)) {
        let mut counted: BTreeMap<&str, u64> = BTreeMap::new();
        for document in &self.documents {
            document.terms(field).filter(|term| is_meant(term)).for_each(|term| *counted.entry(term).or_default() += 1);
        }
        counted.into_iter().for_each(|(term, documents)| each(term, documents));
    }
}

/// The number that orders documents of one score, equal to the one that the index on the disk gives an id.
fn key(id: &str) -> u64 {
    let is_number = id.len() == 16 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let number = u64::from_str_radix(id, 16).ok().filter(|_| is_number);
    number.unwrap_or_else(|| xxhash_rust::xxh3::xxh3_64(id.as_bytes()))
}

fn is_collapsed(filter: &Filter, doc: Doc) -> bool {
    filter.conditions.iter().any(|condition| match condition {
        Condition::NotCollapsed(collapsed) => collapsed.has(doc),
        _ => false,
    })
}

impl Backend for Oracle {
    type Posted = ();
    type Query = Clause<()>;
    type Copies = KnownCopies;

    fn documents(&self) -> u64 {
        self.documents.len() as u64
    }

    fn languages(&self) -> &[(Language, u64)] {
        &self.languages
    }

    fn stem(&self, stem: &str) -> Result<((), u64)> {
        Ok(((), self.statistics.with_term(TextField::Stems, stem)))
    }

    fn frequency(&self, field: TextField, term: &str) -> Result<u64> {
        Ok(self.statistics.with_term(field, term))
    }

    fn average_length(&self, field: TextField) -> Result<f32> {
        Ok(self.statistics.average(field))
    }

    fn terms_from(&self, field: TextField, prefix: &str, each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        self.terms(field, |term| term.starts_with(prefix), each);
        Ok(())
    }

    fn terms_near(&self, field: TextField, word: &str, distance: u8, each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        let word: Vec<char> = word.chars().collect();
        self.terms(field, |term| edits(&word, &term.chars().collect::<Vec<_>>()) <= usize::from(distance), each);
        Ok(())
    }

    fn terms_sounding(&self, field: TextField, name: &NameKeys, each: &mut dyn FnMut(&str, u64)) -> Result<()> {
        self.terms(field, |term| likeness(name, term).is_some(), each);
        Ok(())
    }

    fn prepare(&self, clause: &Clause<()>) -> Clause<()> {
        clause.clone()
    }

    fn top_docs(
        &self,
        query: &Clause<()>,
        filter: &Filter,
        request: TopDocsRequest,
    ) -> Result<(Matches, Vec<Candidate>)> {
        let mut found: Vec<Candidate> = self
            .matching(query, filter)
            .map(|(doc, document, score)| Candidate {
                score: score * days_share(filter, &document.columns),
                key: self.key_of(doc),
                doc,
            })
            .collect();
        let undated =
            self.matching(query, filter).filter(|(_, document, _)| document.columns.days.is_none()).count() as u64;
        let matches =
            Matches { total: found.len() as u64, undated, undated_left_out: self.undated_left_out(query, filter) };
        if let Some((score, key)) = request.after {
            found.retain(|found| match found.score.total_cmp(&score) {
                Ordering::Less => true,
                Ordering::Equal => found.key > key,
                Ordering::Greater => false,
            });
        }
        found.sort_by(|a, b| b.cmp(a));
        found.truncate(request.limit);
        Ok((matches, found))
    }

    fn by_day(&self, query: &Clause<()>, filter: &Filter, request: ByDayRequest) -> Result<Vec<(i64, Candidate)>> {
        let order = |days: Option<(i64, i64)>| match (days, request.newest) {
            (None, _) => i64::MAX,
            (Some((_, last)), true) => -last,
            (Some((first, _)), false) => first,
        };
        let mut found: Vec<(i64, u64, Doc)> = self
            .matching(query, filter)
            .map(|(doc, document, _)| (order(document.columns.days), self.key_of(doc), doc))
            .collect();
        found.retain(|(day, key, _)| request.after.is_none_or(|after| (*day, *key) > after));
        found.sort_unstable();
        found.truncate(request.limit);
        Ok(found.into_iter().map(|(day, key, doc)| (day, Candidate { score: 0.0, key, doc })).collect())
    }

    fn count(&self, query: &Clause<()>, filter: &Filter, counting: Counting<KnownCopies>) -> Result<Counts> {
        let mut counts = Counts { undated_left_out: self.undated_left_out(query, filter), ..Counts::default() };
        let split = counting.split.as_deref();
        counts.split.resize_with(split.map_or(0, |split| split.len() + 2), Default::default);
        for (doc, document, _) in self.matching(query, filter) {
            counts.total += 1;
            counts.sharing.extend(counting.copies.as_ref().and_then(|copies| copies.known(doc)));
            if let Some(split) = split {
                counts.split[place_in_split(split, &document.columns.source)].add_document(document.columns.days);
            }
            counts.undated += u64::from(document.columns.days.is_none());
            if counting.sources {
                let tally = SourceTally::one(document.columns.days, document.columns.is_folder);
                counts.sources.entry(document.columns.source.clone()).or_default().add(tally);
            }
            if let Some((first, last)) = document.columns.days.filter(|_| counting.days) {
                counts.days.add_span(first, last);
            }
        }
        Ok(counts)
    }

    fn count_own(&self, query: &Clause<()>, filter: &Filter, name: &str) -> Result<OwnCounts> {
        let mut counts = OwnCounts::default();
        for (_, document, _) in self.matching(query, filter) {
            let mut values = document.columns.own.iter().filter(|(own, _)| own == name).peekable();
            counts.documents += u64::from(values.peek().is_some());
            values.for_each(|(_, value)| *counts.values.entry(value.clone()).or_default() += 1);
        }
        Ok(counts)
    }

    fn own_fields(&self) -> Result<Vec<String>> {
        let own = self.documents.iter().flat_map(|document| &document.columns.own);
        Ok(own.map(|(name, _)| name.clone()).collect::<BTreeSet<_>>().into_iter().collect())
    }

    fn count_mentions(&self, query: &Clause<()>, filter: &Filter, unit: Unit, certain: bool) -> Result<MentionCounts> {
        let mut counts = MentionCounts::default();
        for (_, document, _) in self.matching(query, filter) {
            tally::mentions(&mut counts, &document.columns, unit, certain);
        }
        Ok(counts)
    }

    fn count_dates(&self, query: &Clause<()>, filter: &Filter) -> Result<DateCounts> {
        let mut counts = DateCounts::default();
        for (_, document, _) in self.matching(query, filter) {
            tally::dates(&mut counts, &document.columns);
        }
        Ok(counts)
    }

    fn sightings(&self, query: &Clause<()>, filter: &Filter) -> Result<SightingsBySource> {
        let mut sightings: SightingsBySource = HashMap::new();
        for (doc, document, _) in self.matching(query, filter) {
            sightings
                .entry(document.columns.source.clone())
                .or_default()
                .push(((self.key_of(doc), doc), document.columns.days));
        }
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
        for (doc, document, _) in self.matching(query, filter) {
            let columns = &document.columns;
            found.add_document((self.key_of(doc), doc), columns.days, || columns.doubts, collapsed.as_ref());
        }
        Ok(found)
    }

    fn score(&self, query: &Clause<()>, doc: Doc) -> Result<f32> {
        Ok(score(&self.statistics, query, self.at(doc)?).unwrap_or(0.0))
    }

    fn share(&self, filter: &Filter, doc: Doc) -> Result<Option<f32>> {
        Ok(if filter.asks_about_days() { Some(days_share(filter, &self.at(doc)?.columns)) } else { None })
    }

    fn term_scores(&self, field: TextField, terms: &[(&str, f32)], candidates: &mut [Candidate]) -> Result<Vec<f32>> {
        let mut scores = Vec::new();
        for candidate in candidates.iter() {
            let document = self.at(candidate.doc)?;
            let score = |(term, weight): &(&str, f32)| {
                weight * term_score(&self.statistics, field, term, document).unwrap_or(0.0)
            };
            scores.push(terms.iter().map(score).sum());
        }
        Ok(scores)
    }

    fn document(&self, doc: Doc) -> Result<Document> {
        let analysed = self.at(doc)?;
        let mut document = analysed.document.clone();
        document.language = analysed.columns.language;
        Ok(document)
    }

    fn id(&self, doc: Doc) -> Result<String> {
        Ok(self.at(doc)?.document.id.clone())
    }

    fn days(&self, doc: Doc) -> Result<Option<(i64, i64)>> {
        Ok(self.at(doc)?.columns.days)
    }

    fn key(&self, doc: Doc) -> Result<u64> {
        Ok(self.key_of(doc))
    }

    fn with_id(&self, id: &str, limit: usize) -> Result<Vec<Doc>> {
        let found = |is_it: &dyn Fn(&Document) -> bool| -> Vec<Doc> {
            let all = (0..).map(Doc).zip(&self.documents);
            all.filter(|(_, document)| is_it(&document.document)).map(|(doc, _)| doc).take(limit).collect()
        };
        let own = found(&|document| document.id == id);
        Ok(if own.is_empty() {
            found(&|document| {
                document.record_id.as_deref() == Some(id) || document.former_ids.iter().any(|former| former == id)
            })
        } else {
            own
        })
    }

    fn with_id_from(&self, beginning: &str, limit: usize) -> Result<Vec<Doc>> {
        let all = (0..).map(Doc).zip(&self.documents);
        let found = all.filter(|(_, document)| document.document.id.starts_with(beginning));
        Ok(found.map(|(doc, _)| doc).take(limit).collect())
    }

    fn copies(&self) -> Result<Arc<KnownCopies>> {
        let make = || Arc::new(copies(&self.documents, |number| key(&self.documents[number].document.id)));
        Ok(Arc::clone(self.copies.get_or_init(make)))
    }
}
