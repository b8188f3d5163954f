//! The builder of one question.

use std::fmt;
use std::time::Instant;

use super::answer;
use super::compare::compare;
use super::copy_report::copy_report;
use super::engine::{Engine, asked};
use super::figures::figures;
use super::first::first;
use super::own_fields::field_report;
use super::request::{Request, Sort};
use super::timeline::timeline;
use crate::answer::comparison::Comparison;
use crate::answer::copies::CopyReport;
use crate::answer::cursor::Cursor;
use crate::answer::dates::DateReport;
use crate::answer::fields::FieldReport;
use crate::answer::figures::FiguresReport;
use crate::answer::first::FirstReport;
use crate::answer::json::SourceReport;
use crate::answer::search::{Hit, Results};
use crate::answer::timeline::{Timeline, Unit};
use crate::document::{DateRule, Doubt};
use crate::error::Result;
use crate::query::{Matching, Node, Query, Synonyms};
use crate::text::Language;
use crate::time::DateRange;

/// Puts a search to its engine: `ask!(search, work)`, where the work takes the request, the engine's state and an analyzer.
macro_rules! ask {
    ($search:expr, $work:expr) => {{
        let (engine, request) = $search.filtered();
        let start = Instant::now();
        let done = engine.with_analyzer(|analyzer| asked!(&engine, |state| ($work)(&request, state, analyzer)));
        tracing::debug!(failed = done.is_err(), micros = start.elapsed().as_micros() as u64, "asked");
        done
    }};
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
    engine: Engine,
    sources: Vec<String>,
    languages: Vec<Language>,
    dates: Option<DateRange>,
    about: Vec<DateRange>,
    request: Request,
}

impl Search {
    pub(crate) fn new(engine: Engine, query: Query) -> Search {
        Search {
            engine,
            sources: Vec::new(),
            languages: Vec::new(),
            dates: None,
            about: Vec::new(),
            request: Request::of(query),
        }
    }

    /// Only documents published on a day of the range, possibly or certainly. If called again, both ranges must hold.
    pub fn dates(mut self, range: impl Into<DateRange>) -> Self {
        let range = range.into();
        self.dates = Some(self.dates.map_or(range, |dates| dates.intersection(range)));
        self
    }

    /// Sets whether a date that is only a month or a year must lie within the range as a whole. Unless set, it is
    /// enough that the document may be of one of the days.
    pub fn certain(mut self, certain: bool) -> Self {
        self.request.certain = certain;
        self
    }

    /// Only documents that speak of a day of the range, whenever they were published: by a date in their text, or by
    /// words counted from their own date ("on Tuesday", "thirty years ago"). Called again, both are wanted. Those that
    /// name the days more closely, and more surely, come first; passages that speak of them are preferred, and tell
    /// which days they mean in [`Excerpt::mentions`](crate::Excerpt::mentions).
    ///
    /// ```
    /// # use dateline::{Date, Document, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// let published: Date = "2022-02-25".parse()?;
    /// writer.add(Document::new("a", "The harbour burnt on 26 February 1992.").date(published))?;
    /// writer.commit()?;
    /// let results = index.search("").about("1992-02-26".parse::<Date>()?).run()?;
    /// assert_eq!(results.hits[0].passages[0].mentions[0].days.to_string(), "1992-02-26");
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn about(mut self, range: impl Into<DateRange>) -> Self {
        self.about.push(range.into());
        self
    }

    /// Only documents that speak of a time which lies in the range as a whole: a day of the month or the month itself, but
    /// not the year around it. It finds what a step of [`mentions_timeline`](Self::mentions_timeline) counts. Called again,
    /// both are wanted.
    ///
    /// ```
    /// # use dateline::{Date, Document, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Document::new("a", "The harbour burnt in 1992."))?;
    /// writer.commit()?;
    /// let february: Date = "1992-02".parse()?;
    /// assert_eq!(index.search("").about(february).run()?.total, 1);
    /// assert_eq!(index.search("").about_within(february).run()?.total, 0);
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn about_within(mut self, range: impl Into<DateRange>) -> Self {
        self.request.about_within.push(range.into());
        self
    }

    /// Sets whether days that were worked out, as from an anniversary, are ignored. Unless set, they count, but less.
    pub fn about_certain(mut self, certain: bool) -> Self {
        self.request.about_certain = certain;
        self
    }

    /// Only documents dated by this kind of clue. If called again, either will do.
    pub fn date_rule(mut self, rule: DateRule) -> Self {
        self.request.rules.push(rule);
        self
    }

    /// Only documents whose date is doubtful for this reason. If called again, either will do.
    pub fn doubted(mut self, doubt: Doubt) -> Self {
        self.request.doubts = self.request.doubts.iter().chain([doubt]).collect();
        self
    }

    /// Only documents from this source, from one below it, or citing it as their agency. If called again, either will
    /// do.
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.sources.push(source.into());
        self
    }

    /// Only documents in this language. If called again, either will do.
    pub fn language(mut self, language: Language) -> Self {
        self.languages.push(language);
        self
    }

    /// Sets how many of the free words a document must have.
    pub fn matching(mut self, matching: Matching) -> Self {
        self.request.matching = matching;
        self
    }

    /// Sets the order of the answer.
    pub fn sort(mut self, sort: Sort) -> Self {
        self.request.sort = sort;
        self
    }

    /// Sets the most documents of the answer (10 unless set). With 0 there are only counts.
    pub fn limit(mut self, documents: usize) -> Self {
        self.request.limit = documents;
        self
    }

    /// Skips this many documents. A large number takes longer; [`after`](Self::after) does not.
    pub fn offset(mut self, documents: usize) -> Self {
        self.request.offset = documents;
        self.request.after = None;
        self
    }

    /// Continues where an answer to the same question in the same order ended: see [`Results::next`]. Not for
    /// [`ids`](Self::ids).
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.request.offset = usize::try_from(cursor.rank).unwrap_or(usize::MAX);
        self.request.after = Some(cursor);
        self
    }

    /// Sets the most passages of each document (1 unless set). With 0 no text is read, and documents are ordered by
    /// their whole texts alone.
    pub fn passages(mut self, passages: usize) -> Self {
        self.request.passages = passages;
        self
    }

    /// Extends each passage by this many passages before and after it.
    pub fn context(mut self, passages: usize) -> Self {
        self.request.context = passages;
        self
    }

    /// Lets one document stand for those that say nothing it does not say: copies of it, and shorter versions, with the
    /// same figures and dates. [`Hit::copies`](crate::Hit::copies) names those that match. Copies with other figures
    /// stay hits of their own, which [`Hit::versions`](crate::Hit::versions) tells. Unless this is called, every
    /// document is a hit; and so it is for [`ids`](Self::ids) in any case.
    pub fn collapse_copies(mut self, collapse: bool) -> Self {
        self.request.collapse = collapse;
        self
    }

    /// Sets how many copies are named with a hit (20 unless set). All are counted.
    pub fn copies(mut self, copies: usize) -> Self {
        self.request.copies = copies;
        self
    }

    /// Names all copies of the hit with this id.
    pub fn expand_copies(mut self, id: impl Into<String>) -> Self {
        self.request.expanded = Some(id.into());
        self
    }

    /// Sets whether the matching documents of each source are counted (not unless this is called).
    pub fn count_sources(mut self, count: bool) -> Self {
        self.request.by_source = count;
        self
    }

    /// Tells a [timeline](Self::timeline) of each source as well: of at most this many, those with the most documents. The
    /// others are counted together. Fails there with more than 100.
    ///
    /// ```
    /// # use dateline::{Date, Document, Index, Unit};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// let day: Date = "1992-02-26".parse()?;
    /// for (id, source) in [("a", "Courier"), ("b", "Courier"), ("c", "Herald"), ("d", "Radio Skerry")] {
    ///     writer.add(Document::new(id, "The ferry sank.").date(day).source(source))?;
    /// }
    /// writer.commit()?;
    /// let timeline = index.search("ferry").split_sources(1).timeline(Unit::Year)?;
    /// let told = timeline.sources.unwrap_or_default();
    /// assert_eq!((told[0].source.as_ref().map(|name| name.as_str()), told[0].documents), (Some("Courier"), 2));
    /// assert_eq!((told[1].other_sources, told[1].documents), (Some(2), 2));
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn split_sources(mut self, sources: usize) -> Self {
        self.request.split = Some(sources);
        self
    }

    /// Sets whether a [timeline](Self::timeline) also counts all documents of each step that the same conditions on
    /// date, source, language and fields let through, whatever their words and the days they speak of (not unless this
    /// is called): [`Bucket::share`](crate::Bucket::share) tells how much of them the question finds.
    pub fn shares(mut self, shares: bool) -> Self {
        self.request.shares = shares;
        self
    }

    /// Sets words that mean the same, in free words and phrases. A note says which of them are used.
    pub fn synonyms(mut self, synonyms: Synonyms) -> Self {
        self.request.synonyms = synonyms;
        self
    }

    /// Sets whether the notes say, where nothing matches, which part of the question is to blame and what is left without it
    /// (not unless this is called: it takes a few searches more).
    pub fn why_empty(mut self, say: bool) -> Self {
        self.request.why_empty = say;
        self
    }

    /// Sets whether the answer says where each score came from, and how the question was read part by part (not unless this
    /// is called).
    pub fn explain(mut self, explain: bool) -> Self {
        self.request.explain = explain;
        self
    }

    /// Finds, ranks and reads. Fails if the index cannot be read.
    pub fn run(self) -> Result<Results> {
        ask!(self, |request, state, analyzer| {
            let results = answer::run(request, state, analyzer)?;
            // A server's log is kept, and a question tells what somebody looks for: only the finest detail holds it.
            tracing::trace!(read_as = results.read_as, "read");
            tracing::debug!(found = results.total, shown = results.hits.len(), "answered");
            Ok(results)
        })
    }

    /// Only the ids, and nothing counted, marked or read: for programs that search at every keystroke. The order is that
    /// in which documents are found, by the stems of the words in the whole document; [`run`](Self::run) also weighs
    /// words just as typed, passages, and what the best documents share, so neighbours may change places. Fails when
    /// the index cannot be read.
    ///
    /// ```
    /// # use dateline::{Document, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Document::new("a", "The ferry sank."))?;
    /// writer.commit()?;
    /// assert_eq!(index.search("ferries").limit(5).ids()?, ["a"]);
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn ids(self) -> Result<Vec<String>> {
        ask!(self, answer::ids)
    }

    /// One document as this question shows it, whether it matches or not: its best passages with the matches in them,
    /// as many as are [asked for](Search::passages), and, where copies are [collapsed](Search::collapse_copies), its
    /// copies and versions. None if no document has this id. Fails if the index cannot be read.
    ///
    /// ```
    /// # use dateline::{Document, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Document::new("log", "Fog since four. The ferry stays where it is."))?;
    /// writer.commit()?;
    /// let hit = index.search("ferry").passages(usize::MAX).read("log")?;
    /// assert_eq!(hit.map(|hit| hit.passages[0].to_html()).as_deref(), Some("Fog since four. The <mark>ferry</mark> stays where it is."));
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn read(self, id: &str) -> Result<Option<Hit>> {
        ask!(self, |request, state, analyzer| answer::read(request, state, analyzer, id))
    }

    /// Counts the matching documents of each step of time. Fails if the index cannot be read.
    pub fn timeline(self, unit: Unit) -> Result<Timeline> {
        ask!(self.collapse_copies(false), |request, state, analyzer| timeline(request, state, analyzer, unit, false))
    }

    /// The same, and beside it how many of the documents speak of each step, whenever they were published. A document
    /// counts once in each step it speaks of. Fails when the index cannot be read.
    ///
    /// ```
    /// # use dateline::{Date, Document, Index, Unit};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Document::new("a", "The harbour burnt on 26 February 1992.").date("1993".parse::<Date>()?))?;
    /// writer.commit()?;
    /// let timeline = index.search("").mentions_timeline(Unit::Year)?;
    /// let years: Vec<_> = timeline.buckets.iter().map(|year| (year.label.as_str(), year.mentioned)).collect();
    /// assert_eq!(years, [("1992", Some(1)), ("1993", Some(0))]);
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn mentions_timeline(self, unit: Unit) -> Result<Timeline> {
        ask!(self.collapse_copies(false), |request, state, analyzer| timeline(request, state, analyzer, unit, true))
    }

    /// Each of these questions under the conditions of this one, this one's own words included: what each finds in each
    /// source, the first and the last of it, and when a source went over from one to another. All words of a question
    /// must be there. At most [`limit`](Self::limit) sources are told, those that were first; at most 32 questions.
    /// Fails with more, and when the index cannot be read.
    ///
    /// ```
    /// # use dateline::{Date, Document, Index, Query};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// let day = |text: &str| text.parse::<Date>();
    /// writer.add(Document::new("a", "The fire took 83 boats.").source("Courier").date(day("1992-02-26")?))?;
    /// writer.add(Document::new("b", "The fire took 71 boats.").source("Courier").date(day("1992-02-27")?))?;
    /// writer.commit()?;
    /// let comparison = index.search("fire").compare([Query::from("83"), Query::from("71")])?;
    /// let courier = &comparison.sources[0];
    /// assert_eq!(courier.cells[0].documents, 1);
    /// assert_eq!(courier.switches[0].date.to_string(), "1992-02-27");
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn compare(self, queries: impl IntoIterator<Item = Query>) -> Result<Comparison> {
        let queries: Vec<Query> = queries.into_iter().collect();
        ask!(self.collapse_copies(false), |request, state, analyzer| compare(request, state, analyzer, &queries))
    }

    /// How the matching documents were dated: all of them counted, and at most [`limit`](Self::limit) of them listed,
    /// the oldest first and the undated last. Only those listed are read. Fails when the index cannot be read.
    ///
    /// ```
    /// # use dateline::{Document, Doubt, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Document::new("a", "The ferry sank."))?;
    /// writer.commit()?;
    /// let report = index.search("").doubted(Doubt::Undated).date_report()?;
    /// assert_eq!(report.documents[0].id, "a");
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn date_report(self) -> Result<DateReport> {
        ask!(self.collapse_copies(false), answer::date_report)
    }

    /// The sources of the matching documents, most frequent first, and those that may be one under several names. Fails
    /// when the index cannot be read.
    pub fn source_report(self) -> Result<SourceReport> {
        self.limit(0).collapse_copies(false).count_sources(true).run().map(SourceReport::from)
    }

    /// The matching documents by the value of one of their own fields: what files say of their documents beside title,
    /// date, source and text, as far as name and value are at most 64 and 200 bytes long. Letter case and diacritics
    /// of the name do not count. A note says so where no document has the field. Fails when the index cannot be read.
    ///
    /// ```
    /// # use dateline::{Document, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Document::new("a", "The ferry sank.").metadata("desk", "foreign"))?;
    /// writer.commit()?;
    /// let report = index.search("").field_report("desk")?;
    /// assert_eq!((report.values[0].value.as_str(), report.values[0].documents), ("foreign", 1));
    /// assert_eq!(index.search("field:desk=foreign").run()?.total, 1);
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn field_report(self, field: &str) -> Result<FieldReport> {
        ask!(self.collapse_copies(false), |request, state, analyzer| field_report(request, state, analyzer, field))
    }

    /// Who took over what: the stories of the matching documents, at most [`limit`](Self::limit) of them, those with
    /// the most documents first, and at most [`copies`](Self::copies) documents of each. Fails when the index cannot be
    /// read.
    ///
    /// ```
    /// # use dateline::{Document, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// let text = "The ferry sailed at dawn with forty sheep, a piano and the mayor of Port Maren on board.";
    /// writer.add(Document::new("a", text).date("1992-02-26".parse()?))?;
    /// writer.add(Document::new("b", text).date("1992-02-27".parse()?))?;
    /// writer.commit()?;
    /// let report = index.search("piano").copy_report()?;
    /// assert_eq!((report.total, report.distinct), (2, 1));
    /// assert_eq!((&*report.listed[0].lead.id, &*report.listed[0].copies[0].id), ("a", "b"));
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn copy_report(self) -> Result<CopyReport> {
        ask!(self.collapse_copies(true), copy_report)
    }

    /// The earliest of the matching documents, at most [`limit`](Self::limit) of them, their copies collapsed under them, and
    /// those whose dates leave open whether they are earlier. Fails when the index cannot be read.
    ///
    /// ```
    /// # use dateline::{Document, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Document::new("a", "The ferry is late.").date("1992-02-26".parse()?))?;
    /// writer.add(Document::new("b", "A ferry was built.").date("1992".parse()?))?;
    /// writer.commit()?;
    /// let report = index.search("ferry").first()?;
    /// assert_eq!(report.documents[0].hit.id, "a");
    /// assert_eq!((report.coarse, &*report.uncertain[0].id), (1, "b"));
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn first(self) -> Result<FirstReport> {
        ask!(self.collapse_copies(true).sort(Sort::Oldest), first)
    }

    /// The numbers that the matching documents give for the words of the question, each with who gives it and when: at
    /// most [`limit`](Self::limit) numbers, those that most documents give first. A number belongs to the noun it counts,
    /// all words of the question stand in its sentence, and copies are collapsed. Fails when the index cannot be read,
    /// and for a question without a word.
    ///
    /// ```
    /// # use dateline::{Document, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Document::new("a", "The fire took 90 boats, including 83 ferries.").source("Courier"))?;
    /// writer.add(Document::new("b", "More than eighty ferries were lost.").source("Herald"))?;
    /// writer.commit()?;
    /// let report = index.search("ferries").figures()?;
    /// let told: Vec<&str> = report.figures.iter().map(|figure| figure.text.as_str()).collect();
    /// assert_eq!(told, ["more than 80", "83"]);
    /// assert_eq!(report.figures[0].passages[0].written, "More than eighty");
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn figures(self) -> Result<FiguresReport> {
        ask!(self.collapse_copies(true).sort(Sort::Oldest), figures)
    }

    /// The question together with the builder's own conditions.
    fn filtered(self) -> (Engine, Request) {
        let Search { engine, sources, languages, dates, about, mut request } = self;
        let mut query = request.query;
        if let Some(range) = dates {
            query = query.and(Node::Date(range));
        }
        for range in about {
            query = query.and(Node::About(range));
        }
        let either = |mut nodes: Vec<Node>| if nodes.len() == 1 { nodes.remove(0) } else { Node::Or(nodes) };
        if !sources.is_empty() {
            query = query.and(either(sources.into_iter().map(Node::Source).collect()));
        }
        if !languages.is_empty() {
            let node = |language: &Language| Node::Language(language.code().to_string());
            query = query.and(either(languages.iter().map(node).collect()));
        }
        request.query = query;
        (engine, request)
    }
}

impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Search").field("query", &self.request.query).finish_non_exhaustive()
    }
}
