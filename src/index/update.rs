//! Bringing an index up to date with folders: what is new is added, what changed replaced, what vanished removed.
//!
//! One thread reads files and cuts them into pieces; several read, date and analyze the pieces; the engine's own
//! threads write segments. Between them are short queues, so memory does not grow with the archive.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};
use tantivy::TantivyDocument;
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Term};

use super::catalog::{Catalog, FileState, Noted, ReasonCount};
use super::failure::{Doing, guarded};
use super::handle::Inner;
use super::medium;
use super::names::{Names, Turn};
use super::plan::{Plan, Task, written_hash};
use super::record::{Encoder, decode};
use super::writer::Engine;
use crate::corpus::{Corpus, Document, Piece, Pieces, Problem};
use crate::error::{Error, Result};

/// What was finished is committed at least this often, so that little is lost when the machine stops.
const COMMIT_EVERY: Duration = Duration::from_secs(60);

/// How far an update has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Files read, of those that had to be.
    pub files: u64,
    /// Files that have to be read.
    pub files_total: u64,
    /// Documents added.
    pub documents: u64,
    /// Bytes of files read.
    pub bytes: u64,
    /// Bytes of files that have to be read.
    pub bytes_total: u64,
}

/// What an update did. Counts are of documents, but for the last ones.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct UpdateReport {
    /// New documents.
    pub added: u64,
    /// Documents of files that changed, and were read again.
    pub changed: u64,
    /// Documents whose file was moved or renamed.
    pub moved: u64,
    /// Documents whose file, or whose record in it, is gone.
    pub removed: u64,
    /// Documents left as they were.
    pub unchanged: u64,
    /// Documents in the index, after the update.
    pub documents: u64,
    /// Undated documents in the index, after the update.
    pub undated: u64,
    /// Files and records passed over: [`Index::skipped`](crate::Index::skipped) lists them.
    pub skipped: u64,
    /// How many of the files and records read this time were damaged or unreadable; pictures and empty files are
    /// neither.
    pub failed: u64,
    /// The commonest reasons for that, with how often each occurs.
    pub reasons: Vec<ReasonCount>,
    /// What is wrong with the archives' corrections: the file, the line and why. What could be read of them holds. And
    /// whether the index lies on another machine's disk.
    pub notes: Vec<String>,
    /// Whether the update was stopped before its end; what was finished by then is kept.
    pub stopped: bool,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// An update of an index from folders and files: set what matters, then [`run`](Update::run) it.
///
/// ```no_run
/// use dateline::{Corpus, Index};
///
/// let index = Index::open_or_create("index")?;
/// let report = index.update().run(&[Corpus::open("corpus")?])?;
/// println!("{} added, {} undated", report.added, report.undated);
/// # Ok::<(), dateline::Error>(())
/// ```
#[must_use = "an update does nothing until it is run"]
pub struct Update<'a> {
    index: &'a Inner,
    threads: usize,
    progress: Option<Box<dyn Fn(Progress) + Send + Sync + 'a>>,
    cancel: Option<Arc<AtomicBool>>,
}

impl<'a> Update<'a> {
    pub(super) fn new(index: &'a Inner) -> Update<'a> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        Update { index, threads, progress: None, cancel: None }
    }

    /// Reads and analyzes on this many threads (as many as the machine has, unless set); the engine has its own.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads.max(1);
        self
    }

    /// Calls this now and then, from any thread.
    pub fn progress(mut self, progress: impl Fn(Progress) + Send + Sync + 'a) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Stops soon after the flag is set: files finished by then are kept, the others are left for the next update.
    pub fn cancel(mut self, flag: Arc<AtomicBool>) -> Self {
        self.cancel = Some(flag);
        self
    }

    /// Reads what is new or changed in the archives and commits. Files known from other places are left alone. Fails
    /// when an archive is missing or the index cannot be written; a file that cannot be read is counted and listed.
    pub fn run(self, archives: &[Corpus]) -> Result<UpdateReport> {
        guarded(|| self.bring_up_to_date(archives))
    }

    fn bring_up_to_date(&self, archives: &[Corpus]) -> Result<UpdateReport> {
        let start = Instant::now();
        let mut engine = Engine::open(self.index, self.threads.clamp(1, 4))?;
        let before = self.index.catalog()?;
        let plan = Plan::new(archives, &before, &|id| self.files_of(id))?;
        tracing::debug!(
            to_read = plan.tasks.len(),
            gone = plan.vanished.len(),
            unchanged = plan.unchanged,
            unreadable = plan.unreadable,
            millis = start.elapsed().as_millis() as u64,
            "files compared with the catalog"
        );
        let mut report = UpdateReport { unchanged: plan.unchanged, failed: plan.unreadable, ..UpdateReport::default() };
        let mut catalog = plan.kept.clone();
        for (key, state) in &plan.vanished {
            report.removed += state.documents;
            engine.remove_file(self.index, key);
        }
        let corrections = plan.corrections.clone();
        let nothing_to_do = plan.tasks.is_empty() && plan.vanished.is_empty() && catalog.files == before.files;
        if !nothing_to_do {
            self.read(&mut engine, plan.tasks, &mut catalog, &mut report)?;
            engine.commit(self.index, &catalog)?;
        }
        engine.find_copies(self.index)?;
        engine.close(self.index)?;
        self.index.reload()?;
        let info = super::collect::undated(&self.index.reader.searcher())?;
        (report.documents, report.undated) = info;
        report.skipped = catalog.files.values().map(|state| state.skipped).sum();
        report.reasons = catalog.reasons();
        let told = corrections.iter().flat_map(|corrections| corrections.notes());
        report.notes = told.map(|note| note.to_string()).collect();
        let network = self.index.folder.as_deref().and_then(medium::network);
        report.notes.extend(network.map(|kind| medium::warning(&kind)));
        if !report.stopped {
            let idle = corrections.iter().flat_map(|corrections| corrections.idle());
            report.notes.extend(idle.map(|note| note.to_string()));
        }
        report.seconds = start.elapsed().as_secs_f64();
        Ok(report)
    }

    /// The files that have documents of this id, or records that give it themselves.
    fn files_of(&self, id: &str) -> Result<Vec<String>> {
        let searcher = self.index.reader.searcher();
        let mut files = Vec::new();
        for field in [self.index.fields.id, self.index.fields.record_id] {
            let query = TermQuery::new(Term::from_field_text(field, id), IndexRecordOption::Basic);
            for address in searcher.search(&query, &DocSetCollector).doing("cannot search the index")? {
                let record: TantivyDocument = searcher.doc(address).doing("cannot read the index")?;
                let path = decode(&self.index.fields, &record)?.place.path;
                files.extend(path.map(|path| path.to_string_lossy().into_owned()));
            }
        }
        Ok(files)
    }

    fn stopped(&self) -> bool {
        self.cancel.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    /// Reads the tasks into the engine and the catalog, committing from time to time.
    fn read(
        &self,
        engine: &mut Engine,
        tasks: Vec<Task>,
        catalog: &mut Catalog,
        report: &mut UpdateReport,
    ) -> Result<()> {
        let counters = Counters::new(&tasks);
        let mut rest = tasks.into_iter().peekable();
        while rest.peek().is_some() && !report.stopped {
            let finished = self.batch(engine, &mut rest, &counters)?;
            for job in finished {
                self.account(engine, job, catalog, report);
            }
            report.stopped = self.stopped();
            if rest.peek().is_some() && !report.stopped {
                engine.commit(self.index, catalog)?;
            }
        }
        Ok(())
    }

    /// Reads files until it is time to commit, and gives back what became of them.
    fn batch(
        &self,
        engine: &Engine,
        rest: &mut impl Iterator<Item = Task>,
        counters: &Counters,
    ) -> Result<Vec<Arc<Job>>> {
        let (send, receive) = bounded::<Portion>(self.threads * 2);
        let failed: Mutex<Option<Error>> = Mutex::new(None);
        let started = Instant::now();
        let mut jobs = Vec::new();
        std::thread::scope(|scope| {
            for _ in 0..self.threads {
                let receive = receive.clone();
                let (engine, failed) = (&engine, &failed);
                scope.spawn(move || {
                    if let Err(error) = self.work(engine, &receive, counters) {
                        lock(failed).get_or_insert(error);
                        // The queue must not fill up behind a worker that is gone.
                        receive.iter().for_each(drop);
                    }
                });
            }
            drop(receive);
            for task in rest {
                let job = Arc::new(Job::new(task));
                self.feed(engine, &job, &send, counters);
                jobs.push(job);
                if self.stopped() || lock(&failed).is_some() || started.elapsed() > COMMIT_EVERY {
                    break;
                }
            }
            drop(send);
        });
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => Ok(jobs),
        }
    }

    /// Cuts one file into pieces for the workers.
    fn feed(&self, engine: &Engine, job: &Arc<Job>, send: &Sender<Portion>, counters: &Counters) {
        if let Some((key, _)) = &job.task.replaces {
            engine.remove_file(self.index, key);
        }
        let mut counted = 0;
        let names = Arc::new(Names::default());
        let mut turns = (0..).map(|number| names.turn(number));
        match Pieces::open(Arc::clone(&job.task.entry), job.task.limits) {
            Err(skip) => {
                let problem = Noted { line: None, member: None, reason: skip.reason };
                lock(&job.state).problem(problem, skip.failed);
            }
            Ok(mut pieces) => {
                for piece in &mut pieces {
                    if self.stopped() {
                        job.interrupted.store(true, Ordering::Relaxed);
                        return;
                    }
                    // A packed file gives more than it has: it is done when it is done.
                    let part = (piece.len() as u64).min(job.task.entry.bytes - counted);
                    counted += part;
                    counters.bytes.fetch_add(part, Ordering::Relaxed);
                    let Some(turn) = turns.next() else { return };
                    // Sending fails only where every worker has failed, which the caller sees.
                    if send.send(Portion { job: Arc::clone(job), piece, turn }).is_err() {
                        return;
                    }
                }
                lock(&job.state).hash = pieces.hash().map(written_hash);
            }
        }
        counters.bytes.fetch_add(job.task.entry.bytes - counted, Ordering::Relaxed);
        counters.files.fetch_add(1, Ordering::Relaxed);
        self.tell(counters);
    }

    /// Reads pieces into documents, and documents into the engine, until there are no more.
    fn work(&self, engine: &Engine, receive: &Receiver<Portion>, counters: &Counters) -> Result<()> {
        let mut encoder = Encoder::new(self.index.fields);
        for Portion { job, piece, turn } in receive {
            let mut documents = piece.read(&job.task.reading);
            job.note_corrections(documents.iter().flatten());
            turn.take(documents.iter_mut().flatten());
            for document in documents {
                let document = match document {
                    Ok(document) => document,
                    Err(problem) => {
                        let Problem { member, line, reason, failed } = problem;
                        lock(&job.state).problem(Noted { line, member, reason }, failed);
                        continue;
                    }
                };
                let record = encoder.encode(document, Some(&job.task.key))?;
                engine.add(self.index, record)?;
                lock(&job.state).documents += 1;
                let documents = counters.documents.fetch_add(1, Ordering::Relaxed) + 1;
                if documents.is_multiple_of(256) {
                    self.tell(counters);
                }
            }
        }
        Ok(())
    }

    /// Enters a finished file into the catalog and the report; one cut short is taken out again.
    fn account(&self, engine: &Engine, job: Arc<Job>, catalog: &mut Catalog, report: &mut UpdateReport) {
        if let Some((key, _)) = &job.task.replaces {
            // Until now it was what the index had of the file.
            catalog.files.remove(key);
        }
        if job.interrupted.load(Ordering::Relaxed) {
            engine.remove_file(self.index, &job.task.key);
            report.stopped = true;
            return;
        }
        let mut state = lock(&job.state).clone();
        // Threads met them in any order.
        state.problems.sort();
        let now = state.documents;
        tracing::trace!(
            file = job.task.key,
            bytes = state.bytes,
            documents = now,
            skipped = state.skipped,
            "file read"
        );
        report.failed += state.failed;
        match (&job.task.replaces, job.task.moved) {
            (Some((_, before)), true) => {
                report.moved += now;
                report.removed += before.saturating_sub(now);
            }
            (Some((_, before)), false) => {
                report.changed += now.min(*before);
                report.added += now.saturating_sub(*before);
                report.removed += before.saturating_sub(now);
            }
            (None, _) => report.added += now,
        }
        catalog.files.insert(job.task.key.clone(), state);
    }

    fn tell(&self, counters: &Counters) {
        if let Some(progress) = &self.progress {
            progress(counters.progress());
        }
    }
}

/// A piece of a file on its way to a worker.
struct Portion {
    job: Arc<Job>,
    piece: Piece,
    turn: Turn,
}

/// One file on its way into the index, shared by whoever works on its pieces.
struct Job {
    task: Task,
    state: Mutex<FileState>,
    interrupted: AtomicBool,
}

impl Job {
    fn new(task: Task) -> Job {
        let state = FileState {
            bytes: task.entry.bytes,
            modified: task.entry.modified,
            seed: task.seed.clone(),
            file_times: task.reading.file_times,
            corrected: task.corrected,
            ..FileState::default()
        };
        Job { task, state: Mutex::new(state), interrupted: AtomicBool::new(false) }
    }

    /// Keeps what was said of these documents by their ids, to see when something else is.
    fn note_corrections<'d>(&self, documents: impl Iterator<Item = &'d Document>) {
        let Some(corrections) = &self.task.reading.corrections else { return };
        for id in documents.flat_map(|document| [Some(&document.id), document.record_id.as_ref()]).flatten() {
            if let Some(mark) = corrections.mark_of_id(id) {
                lock(&self.state).corrected_ids.insert(id.clone(), mark);
            }
        }
    }
}

struct Counters {
    files: AtomicU64,
    documents: AtomicU64,
    bytes: AtomicU64,
    files_total: u64,
    bytes_total: u64,
}

impl Counters {
    fn new(tasks: &[Task]) -> Counters {
        Counters {
            files: AtomicU64::new(0),
            documents: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            files_total: tasks.len() as u64,
            bytes_total: tasks.iter().map(|task| task.entry.bytes).sum(),
        }
    }

    fn progress(&self) -> Progress {
        Progress {
            files: self.files.load(Ordering::Relaxed),
            files_total: self.files_total,
            documents: self.documents.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
            bytes_total: self.bytes_total,
        }
    }
}

/// A lock whose holder panicked still guards plain counts: they are as good as ever.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
