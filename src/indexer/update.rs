//! Brings an index up to date with folders: new documents are added, changed ones replaced, vanished ones removed.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};

use super::ending::{close, take_out};
use super::file_job::{Job, Next, OpenFile, Outcome, Portion, refuse};
use super::plan::UpdatePlan;
use super::task::Task;
use crate::answer::update::UpdateReport;
use crate::backend::memory_budget::{Budget, Share};
use crate::backend::writer::BackendWriter;
use crate::catalog::file_state::PieceState;
use crate::catalog::files::Catalog;
use crate::corpus::Corpus;
use crate::error::{Error, Result};
use crate::note::{Note, NoteKind};

/// The longest time between two commits, also in the middle of a file, so that little is lost when the machine stops.
const COMMIT_EVERY: Duration = Duration::from_secs(60);
/// The most bytes of files between two commits.
const COMMIT_BYTES: u64 = 1 << 30;
/// The most documents between two commits. Their ids are kept until then.
const COMMIT_DOCUMENTS: u64 = 250_000;
/// Files read between two catalog updates.
const ROUND_FILES: usize = 4_096;

/// The progress of an update.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Files read so far, of those that have to be read.
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

/// The way of pieces to the threads that read them.
struct Line<'l, W> {
    writer: &'l W,
    send: Sender<(Box<Portion>, Share)>,
    counters: &'l Counters,
}

/// How an index is brought up to date.
pub(crate) struct Settings<'a> {
    /// The threads that read and analyze.
    pub(crate) threads: usize,
    /// The bytes for the update as a whole, of which this room uses two sixteenths: one for the pieces on their way to
    /// the threads, one for the documents on their way to the engine.
    pub(crate) memory: usize,
    /// Called now and then, from any thread.
    pub(crate) progress: Option<Box<dyn Fn(Progress) + Send + Sync + 'a>>,
    /// Stops the update soon after it becomes true.
    pub(crate) cancel: Option<Arc<AtomicBool>>,
}

impl Settings<'_> {
    /// Reads what is new or changed in the archives, and commits. Fails if an archive is missing or the index cannot be
    /// written.
    pub(crate) fn update<W: BackendWriter>(&self, mut writer: W, archives: &[Corpus]) -> Result<UpdateReport> {
        let start = Instant::now();
        let before = writer.catalog()?;
        let plan = UpdatePlan::new(archives, &before, &writer)?;
        tracing::debug!(
            to_read = plan.tasks.len(),
            gone = plan.vanished.len(),
            unchanged = plan.unchanged,
            unreadable = plan.unreadable,
            millis = start.elapsed().as_millis() as u64,
            "files compared with the catalog"
        );
        let mut report = UpdateReport { unchanged: plan.unchanged, failed: plan.unreadable, ..UpdateReport::default() };
        let mut catalog = plan.kept;
        for (_, state) in &plan.vanished {
            report.removed += take_out(&writer, state);
        }
        let (corrections, recognisers) = (plan.corrections, plan.recognisers);
        if let Some(flag) = &self.cancel {
            recognisers.values().for_each(|recogniser| recogniser.stop_at(flag));
        }
        let nothing_to_do = plan.tasks.is_empty()
            && plan.vanished.is_empty()
            && catalog.files == before.files
            && catalog.archives == before.archives;
        if !nothing_to_do {
            self.read(&mut writer, plan.tasks, &mut catalog, &mut report)?;
            writer.commit(&catalog)?;
        }
        let told = corrections.iter().flat_map(|corrections| corrections.notes());
        report.notes = told.map(correction).collect();
        let told: BTreeSet<String> = recognisers.values().filter_map(|recogniser| recogniser.told()).collect();
        report.notes.extend(told.into_iter().map(|told| Note::new(NoteKind::Recognition, told)));
        close(writer, &catalog, &mut report)?;
        if !report.stopped {
            let idle = corrections.iter().flat_map(|corrections| corrections.idle());
            report.notes.extend(idle.map(correction));
        }
        Ok(report)
    }

    fn stopped(&self) -> bool {
        self.cancel.as_ref().is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    /// Reads the tasks into the index and the catalog, and commits from time to time.
    fn read<W: BackendWriter>(
        &self,
        writer: &mut W,
        tasks: Vec<Task>,
        catalog: &mut Catalog,
        report: &mut UpdateReport,
    ) -> Result<()> {
        let mut counters = Counters::new(&tasks);
        counters.by_hand = writer.origins()?.by_hand;
        let mut rest = tasks.into_iter().peekable();
        let mut open = None;
        let mut batch = Batch::new(&counters, self.memory / 16);
        while (rest.peek().is_some() || open.is_some()) && !report.stopped {
            let whole = self.round(writer, &mut rest, &mut open, &mut batch, &counters)?;
            refuse(writer.refused()?, whole.iter().chain(&open));
            for mut file in whole {
                self.account(writer, &mut file, true, catalog, report)?;
            }
            report.stopped = self.stopped();
            if let Some(file) = open.as_mut().filter(|file| file.has_news()) {
                self.account(writer, file, false, catalog, report)?;
            }
            let more = rest.peek().is_some() || open.is_some();
            if more && !report.stopped && (open.is_some() || batch.is_over(&counters)) {
                writer.commit(catalog)?;
                batch = Batch::new(&counters, self.memory / 16);
            }
        }
        Ok(())
    }

    /// Reads files until there are many, or until it is time to commit. Returns those read to their end; `open` is the
    /// one that is not.
    fn round<W: BackendWriter>(
        &self,
        writer: &W,
        rest: &mut impl Iterator<Item = Task>,
        open: &mut Option<OpenFile>,
        batch: &mut Batch,
        counters: &Counters,
    ) -> Result<Vec<OpenFile>> {
        let (send, receive) = bounded::<(Box<Portion>, Share)>(self.threads * 2);
        let failed: Mutex<Option<Error>> = Mutex::new(None);
        if let Some(file) = open.as_ref().filter(|file| file.has_news()) {
            file.job.names.go_on_after(writer.taken_ids(&file.job.state().pieces)?);
        }
        let written = Budget::new(self.memory / 16);
        let mut whole = Vec::new();
        let fed = std::thread::scope(|scope| {
            for _ in 0..self.threads {
                let receive = receive.clone();
                let (failed, written) = (&failed, &written);
                scope.spawn(move || {
                    if let Err(error) = self.work(writer, &receive, written, counters) {
                        failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                        // The queue must not fill up behind a worker that is gone.
                        receive.iter().for_each(drop);
                    }
                });
            }
            drop(receive);
            let over = |batch: &Batch| {
                self.stopped()
                    || batch.is_over(counters)
                    || failed.lock().unwrap_or_else(PoisonError::into_inner).is_some()
            };
            let line = Line { writer, send, counters };
            while !over(batch) && whole.len() < ROUND_FILES {
                let Some(mut file) = open.take().or_else(|| rest.next().map(OpenFile::new)) else { break };
                if self.feed(&line, &mut file, batch, &over)? {
                    whole.push(file);
                } else {
                    *open = Some(file);
                }
            }
            drop(line);
            Ok(())
        });
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => fed.map(|()| whole),
        }
    }

    /// Hands the pieces of a file to the workers until the file ends or the batch is over. Returns whether the file has
    /// ended.
    fn feed<W: BackendWriter>(
        &self,
        line: &Line<'_, W>,
        file: &mut OpenFile,
        batch: &mut Batch,
        over: &impl Fn(&Batch) -> bool,
    ) -> Result<bool> {
        let Line { writer, send, counters } = line;
        while !over(batch) {
            let bytes = match file.next() {
                Next::End => {
                    counters.bytes.fetch_add(file.uncounted(), Ordering::Relaxed);
                    counters.files.fetch_add(1, Ordering::Relaxed);
                    self.tell(counters);
                    return Ok(true);
                }
                Next::Known { bytes } => bytes,
                Next::Read(portion) => {
                    let (bytes, length) = (portion.bytes, portion.piece.len());
                    writer.remove_pieces(portion.replaces);
                    if let Some(pieces) = &portion.after {
                        portion.job.names.go_on_after(writer.taken_ids(pieces)?);
                    }
                    batch.bytes += length as u64;
                    let share = batch.reading.take(length);
                    // Sending fails only if every worker has failed, which the caller sees.
                    if send.send((portion, share)).is_err() {
                        return Ok(false);
                    }
                    bytes
                }
            };
            counters.bytes.fetch_add(bytes, Ordering::Relaxed);
        }
        Ok(false)
    }

    /// Reads pieces into documents, and documents into the index, until there are no more.
    fn work<W: BackendWriter>(
        &self,
        writer: &W,
        receive: &Receiver<(Box<Portion>, Share)>,
        written: &Budget,
        counters: &Counters,
    ) -> Result<()> {
        let mut encoder = writer.encoder();
        for (portion, _share) in receive {
            let Portion { job, piece, turn, at, number, .. } = *portion;
            let mut documents = piece.read(&job.task.reading);
            job.note_corrections(documents.iter().flatten());
            job.note_recognised(documents.iter().flatten());
            turn.take(documents.iter_mut().flatten())?;
            for document in documents {
                let document = match document {
                    Ok(document) => document,
                    Err(problem) => {
                        job.problem(at, problem);
                        continue;
                    }
                };
                // A record takes about as much as its text and its terms.
                let share = written.take(document.text.len().saturating_mul(3));
                // A program may have replaced a document of this file by one of its own.
                if counters.by_hand {
                    writer.remove(&document.id);
                }
                writer.add(&mut encoder, document, Some(number), Some(share))?;
                job.state().count(at, 1);
                let documents = counters.documents.fetch_add(1, Ordering::Relaxed) + 1;
                if documents.is_multiple_of(256) {
                    self.tell(counters);
                }
            }
        }
        Ok(())
    }

    /// Enters the outcome of a file into the catalog and the report. `whole` says that it has been read to its end.
    fn account<W: BackendWriter>(
        &self,
        writer: &W,
        file: &mut OpenFile,
        whole: bool,
        catalog: &mut Catalog,
        report: &mut UpdateReport,
    ) -> Result<()> {
        // An unreadable file keeps its documents: its current content is unknown.
        let whole = whole && !file.is_unread();
        let (mut state, outcome) = file.outcome(whole);
        let Job { task, names, .. } = &*file.job;
        let ids = names.take_seen();
        if whole {
            writer.remove_pieces(numbers(&std::mem::take(&mut state.leftover)));
        } else if !state.leftover.is_empty() {
            // Until the file has been read to its end, the index has either the old or the new version of each
            // document.
            writer.remove_from(&state.leftover, &ids)?;
        }
        let Outcome { new, replaced, kept, removed, failed } = outcome;
        report.unchanged += kept;
        report.removed += removed;
        report.failed += failed;
        if task.is_moved() {
            report.moved += new;
        } else {
            report.changed += replaced;
            report.added += new - replaced;
        }
        if let Some(key) = &task.replaces {
            catalog.files.remove(key);
        }
        tracing::trace!(
            file = task.key,
            bytes = state.bytes,
            documents = state.documents,
            skipped = state.skipped,
            whole,
            "file read"
        );
        catalog.files.insert(task.key.clone(), Arc::new(state));
        Ok(())
    }

    fn tell(&self, counters: &Counters) {
        if let Some(progress) = &self.progress {
            progress(counters.progress());
        }
    }
}

/// What is wrong with a `dateline.toml`, with the file and the line.
fn correction(error: Error) -> Note {
    Note::new(NoteKind::Correction, error.to_string())
}

fn numbers<'p>(pieces: impl IntoIterator<Item = &'p PieceState>) -> impl Iterator<Item = u64> {
    pieces.into_iter().map(|piece| piece.number)
}

/// The work between two commits.
struct Batch {
    started: Instant,
    /// The bytes handed to the workers.
    bytes: u64,
    /// The number of documents added before it began.
    documents: u64,
    /// The budget for what is on its way to the workers.
    reading: Budget,
}

impl Batch {
    fn new(counters: &Counters, reading: usize) -> Batch {
        let documents = counters.documents.load(Ordering::Relaxed);
        Batch { started: Instant::now(), bytes: 0, documents, reading: Budget::new(reading) }
    }

    fn is_over(&self, counters: &Counters) -> bool {
        self.started.elapsed() > COMMIT_EVERY
            || self.bytes > COMMIT_BYTES
            || counters.documents.load(Ordering::Relaxed) - self.documents > COMMIT_DOCUMENTS
    }
}

struct Counters {
    files: AtomicU64,
    documents: AtomicU64,
    bytes: AtomicU64,
    files_total: u64,
    bytes_total: u64,
    /// Set if the index has documents that came from no file.
    by_hand: bool,
}

impl Counters {
    fn new(tasks: &[Task]) -> Counters {
        Counters {
            files: AtomicU64::new(0),
            documents: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            files_total: tasks.len() as u64,
            bytes_total: tasks.iter().map(|task| task.entry.bytes).sum(),
            by_hand: false,
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
