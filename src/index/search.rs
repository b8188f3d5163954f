//! Asking: a builder for one question, and running it.

use std::sync::Arc;

use tantivy::query::Query as EngineQuery;
use tantivy::{DocAddress, Searcher, TantivyDocument};

use super::collect::{BestFirst, ByDay, Candidate, Counts, SourceTally, Tally};
use super::compile::{Plan, compile};
use super::excerpt::{Reading, line_of};
use super::failure::Doing;
use super::filter::{Filter, folded_source, source_matches};
use super::handle::Inner;
use super::rank::{BLOCK, REORDERED, add_exact, mix};
use super::record::decode;
use super::results::{FacetCount, Hit, Matched, Results, Timeline, Unit};
use super::timeline::timeline;
use super::vocabulary::Vocabulary;
use crate::corpus::{Document, Source};
use crate::error::Result;
use crate::query::{Matching, Node, Query};
use crate::text::{Analyzer, Language, nearest};
use crate::time::DateRange;

/// The order of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first; newest first where a question has nothing to rank by.
    #[default]
    Best,
    /// Newest first, undated last.
    Newest,
    /// Oldest first, undated last.
    Oldest,
}

/// One question to an index: set what matters, then [`run`](Search::run) it.
///
/// ```
/// use dateline::{Date, Document, Index, Sort};
///
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.add(Document::new("a", "The ferry sank.").date("1992-02-26".parse::<Date>()?).source("Courier"))?;
/// writer.add(Document::new("b", "A new ferry.").date("1994".parse::<Date>()?).source("Courier"))?;
/// writer.commit()?;
///
/// let february: Date = "1992-02".parse()?;
/// let results = index.search("ferry").dates(february.range()).sort(Sort::Newest).run()?;
/// assert_eq!(results.total, 1);
/// assert_eq!(results.hits[0].id, "a");
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "a search does nothing until it is run"]
pub struct Search {
    index: Arc<Inner>,
    query: Query,
    sources: Vec<String>,
    languages: Vec<Language>,
    dates: Option<DateRange>,
    matching: Matching,
    sort: Sort,
    limit: usize,
    offset: usize,
    passages: usize,
    context: usize,
    by_source: bool,
}

impl Search {
    pub(super) fn new(index: Arc<Inner>, query: Query) -> Search {
        Search {
            index,
            query,
            sources: Vec::new(),
            languages: Vec::new(),
            dates: None,
            matching: Matching::Auto,
            sort: Sort::Best,
            limit: 10,
            offset: 0,
            passages: 1,
            context: 0,
            by_source: false,
        }
    }

    /// Only documents published on a day of the range, at least possibly. Called again, both ranges count.
    pub fn dates(mut self, range: impl Into<DateRange>) -> Search {
        let range = range.into();
        self.dates = Some(self.dates.map_or(range, |dates| dates.intersection(range)));
        self
    }

    /// Only documents from this source, from one below it, or citing it as their agency. Called again, either will do.
    pub fn source(mut self, source: impl Into<String>) -> Search {
        self.sources.push(source.into());
        self
    }

    /// Only documents in this language. Called again, either will do.
    pub fn language(mut self, language: Language) -> Search {
        self.languages.push(language);
        self
    }

    /// Whether free words must all be there.
    pub fn matching(mut self, matching: Matching) -> Search {
        self.matching = matching;
        self
    }

    /// The order of the answer.
    pub fn sort(mut self, sort: Sort) -> Search {
        self.sort = sort;
        self
    }

    /// At most this many documents (10 unless set). With 0 there are only counts.
    pub fn limit(mut self, documents: usize) -> Search {
        self.limit = documents;
        self
    }

    /// Passes over this many documents first.
    pub fn offset(mut self, documents: usize) -> Search {
        self.offset = documents;
        self
    }

    /// At most this many passages of each document (1 unless set). With 0 no text is read, and the order is by whole
    /// documents alone.
    pub fn passages(mut self, passages: usize) -> Search {
        self.passages = passages;
        self
    }

    /// Widens each passage by this many before and after it.
    pub fn context(mut self, passages: usize) -> Search {
        self.context = passages;
        self
    }

    /// Counts the matching documents of each source.
    pub fn count_sources(mut self) -> Search {
        self.by_source = true;
        self
    }

    /// Finds, ranks and reads. Fails when the index cannot be read.
    pub fn run(self) -> Result<Results> {
        self.index.with_analyzer(|analyzer| self.run_with(analyzer))
    }

    fn run_with(&self, analyzer: &mut Analyzer) -> Result<Results> {
        let searcher = self.index.reader.searcher();
        let asked = Asked::new(self, &searcher, analyzer, true)?;
        let counts = &asked.counts;
        let wanted = self.limit.min(counts.total.saturating_sub(self.offset as u64) as usize);
        let hits = if wanted == 0 {
            Vec::new()
        } else if self.sort == Sort::Best && asked.plan.scored {
            self.best(&searcher, &asked, analyzer)?
        } else {
            self.by_day(&searcher, &asked, analyzer)?
        };
        let mut sources = facet_counts(counts);
        let source_count = sources.len() as u64;
        if !self.by_source {
            sources.clear();
        }
        Ok(Results {
            read_as: asked.read_as,
            matched: asked.plan.matched,
            notes: asked.notes,
            total: counts.total,
            undated: counts.undated,
            undated_left_out: counts.undated_left_out,
            source_count,
            hits,
            sources,
        })
    }

    /// How many matching documents there are in each step of time.
    pub fn timeline(self, unit: Unit) -> Result<Timeline> {
        let searcher = self.index.reader.searcher();
        let asked = self.index.with_analyzer(|analyzer| Asked::new(&self, &searcher, analyzer, false))?;
        let (buckets, coarse, note) = timeline(&asked.counts.days, unit);
        Ok(Timeline {
            read_as: asked.read_as,
            notes: asked.notes.into_iter().chain(note).collect(),
            unit,
            total: asked.counts.total,
            undated: asked.counts.undated,
            coarse,
            buckets,
        })
    }

    fn best(&self, searcher: &Searcher, asked: &Asked, analyzer: &mut Analyzer) -> Result<Vec<Hit>> {
        let end = self.offset + self.limit;
        // Whole blocks, so that a page holds the same documents however pages are cut; and some candidates more,
        // because exact words may lift a document from below.
        let limit = end.next_multiple_of(BLOCK).max(2 * BLOCK) + BLOCK;
        let collector = BestFirst { limit, filter: &asked.plan.filter };
        let mut candidates = searcher.search(&*asked.plan.query, &collector).doing("cannot search the index")?;
        add_exact(searcher, &self.index.fields, &asked.plan.exact, &mut candidates)?;

        let mut hits = Vec::new();
        for (number, block) in candidates.chunks(BLOCK).enumerate() {
            let from = number * BLOCK;
            if from >= end {
                break;
            }
            if from + block.len() <= self.offset {
                continue;
            }
            let reorder = self.passages > 0 && from < REORDERED;
            let mut read: Vec<(f32, Option<(Document, Reading)>, DocAddress)> = Vec::new();
            for candidate in block {
                let reading = if reorder {
                    let document = self.document(searcher, candidate.address)?;
                    let reading = Reading::new(&document, &asked.plan.wanted, analyzer);
                    Some((document, reading))
                } else {
                    None
                };
                read.push((candidate.score, reading, candidate.address));
            }
            if reorder {
                let documents: Vec<f32> = read.iter().map(|(score, ..)| *score).collect();
                let passages: Vec<f32> = read
                    .iter()
                    .map(|(_, reading, _)| reading.as_ref().map_or(0.0, |(_, reading)| reading.best_score()))
                    .collect();
                for (entry, score) in read.iter_mut().zip(mix(&documents, &passages)) {
                    entry.0 = score;
                }
                read.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
            }
            for (place, (score, reading, address)) in read.into_iter().enumerate() {
                let rank = from + place;
                if rank < self.offset || rank >= end {
                    continue;
                }
                let (document, reading) = match reading {
                    Some(read) => read,
                    None => {
                        let document = self.document(searcher, address)?;
                        let reading = self.read(&document, asked, analyzer);
                        (document, reading)
                    }
                };
                hits.push(self.hit(rank, score, document, &reading, asked));
            }
        }
        Ok(hits)
    }

    fn by_day(&self, searcher: &Searcher, asked: &Asked, analyzer: &mut Analyzer) -> Result<Vec<Hit>> {
        let limit = self.offset + self.limit;
        let collector = ByDay { limit, filter: &asked.plan.filter, newest: self.sort != Sort::Oldest };
        let candidates: Vec<Candidate> =
            searcher.search(&*asked.plan.query, &collector).doing("cannot search the index")?;
        let mut hits = Vec::new();
        for (rank, candidate) in candidates.into_iter().enumerate().skip(self.offset) {
            let document = self.document(searcher, candidate.address)?;
            let reading = self.read(&document, asked, analyzer);
            hits.push(self.hit(rank, 0.0, document, &reading, asked));
        }
        Ok(hits)
    }

    fn read(&self, document: &Document, asked: &Asked, analyzer: &mut Analyzer) -> Reading {
        if self.passages == 0 {
            return Reading::default();
        }
        Reading::new(document, &asked.plan.wanted, analyzer)
    }

    fn document(&self, searcher: &Searcher, address: DocAddress) -> Result<Document> {
        let record: TantivyDocument = searcher.doc(address).doing("cannot read a document from the index")?;
        decode(&self.index.fields, &record)
    }

    fn hit(&self, rank: usize, score: f32, document: Document, reading: &Reading, asked: &Asked) -> Hit {
        let passages = reading.excerpts(&document, &asked.plan.wanted, self.passages, self.context);
        Hit {
            rank: rank as u64 + 1,
            date: document.dated.date(),
            date_precision: document.dated.precision().map_or("unknown", |precision| precision.name()),
            source: document.attribution.source(),
            line: line_of(&document, 0),
            id: document.id,
            record_id: document.record_id,
            title: document.title,
            dated: document.dated,
            attribution: document.attribution,
            language: document.language,
            url: document.url,
            path: document.place.path,
            score,
            passages,
        }
    }
}

/// A question read against one state of the index, and everything counted that it matches.
struct Asked {
    plan: Plan,
    counts: Counts,
    notes: Vec<String>,
    read_as: String,
}

impl Asked {
    fn new(search: &Search, searcher: &Searcher, analyzer: &mut Analyzer, sources: bool) -> Result<Asked> {
        let query = search.filtered();
        let vocabulary = Vocabulary::new(searcher, search.index.fields)?;
        let mut make =
            |relaxed| compile(query.node(), search.matching, relaxed, search.index.fields, &vocabulary, analyzer);
        let count = |query: &dyn EngineQuery, filter: &Filter| {
            searcher.search(query, &Tally { filter, sources, days: !sources }).doing("cannot search the index")
        };
        let mut plan = make(false)?;
        let mut counts = count(&*plan.query, &plan.filter)?;
        let mut notes: Vec<String> = query.notes().iter().map(|note| note.message.clone()).collect();
        let mut matching = search.matching;
        if counts.total == 0 && plan.can_relax && search.matching == Matching::Auto {
            let relaxed = make(true)?;
            let more = count(&*relaxed.query, &relaxed.filter)?;
            if more.total > 0 {
                let apart = if counts.undated_left_out > 0 { "no dated document" } else { "no document" };
                notes.push(format!("{apart} has all of these words: showing those with some of them, best first"));
                (plan, counts, matching) = (relaxed, more, Matching::Best);
            }
        }
        notes.append(&mut plan.notes);
        if counts.total == 0 {
            notes.extend(search.unknown_sources(&query, searcher)?);
        }
        let matching = match (matching, plan.matched) {
            (Matching::Auto, Matched::All) => Matching::All,
            (Matching::Auto, Matched::Best) => Matching::Best,
            (matching, _) => matching,
        };
        let read_as = query.describe(matching);
        Ok(Asked { plan, counts, notes, read_as })
    }
}

impl Search {
    /// The question together with the builder's own conditions.
    fn filtered(&self) -> Query {
        let mut query = self.query.clone();
        if let Some(range) = self.dates {
            query = query.and(Node::Date(range));
        }
        let either = |mut nodes: Vec<Node>| if nodes.len() == 1 { nodes.remove(0) } else { Node::Or(nodes) };
        if !self.sources.is_empty() {
            query = query.and(either(self.sources.iter().cloned().map(Node::Source).collect()));
        }
        if !self.languages.is_empty() {
            let node = |language: &Language| Node::Language(language.code().to_string());
            query = query.and(either(self.languages.iter().map(node).collect()));
        }
        query
    }

    /// A sentence for each source asked for that the index does not have, with the nearest name it has.
    fn unknown_sources(&self, query: &Query, searcher: &Searcher) -> Result<Vec<String>> {
        let mut asked = Vec::new();
        collect_sources(query.node(), &mut asked);
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let filter = Filter::default();
        let all = Tally { filter: &filter, sources: true, days: false };
        let counts = searcher.search(&tantivy::query::AllQuery, &all).doing("cannot search the index")?;
        let known: Vec<&str> = counts.sources.keys().map(String::as_str).filter(|name| !name.is_empty()).collect();
        let mut notes = Vec::new();
        for name in asked {
            let folded = folded_source(&name);
            if known.iter().any(|known| source_matches(known, &folded)) {
                continue;
            }
            let near = nearest(&folded, known.iter().copied());
            let hint =
                near.map_or("dateline sources lists them".to_string(), |near| format!("did you mean \"{near}\"?"));
            notes.push(format!("no source is called \"{name}\": {hint}"));
        }
        Ok(notes)
    }
}

fn collect_sources(node: &Node, names: &mut Vec<String>) {
    match node {
        Node::Source(name) => names.push(name.clone()),
        Node::And(nodes) | Node::Or(nodes) | Node::Free(nodes) => {
            nodes.iter().for_each(|node| collect_sources(node, names));
        }
        _ => {}
    }
}

/// Sources with their counts, most frequent first; documents without a source are under none.
fn facet_counts(counts: &Counts) -> Vec<FacetCount> {
    let day = |number: i64| crate::time::Date::from_day_number(number as i32);
    let mut list: Vec<FacetCount> = counts
        .sources
        .iter()
        .filter(|(path, _)| !path.is_empty())
        .map(|(path, SourceTally { documents, days })| FacetCount {
            value: Source::new(path),
            documents: *documents,
            first: days.map(|(first, _)| day(first)),
            last: days.map(|(_, last)| day(last)),
        })
        .collect();
    list.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.value.cmp(&b.value)));
    list
}
