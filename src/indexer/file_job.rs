//! One file that is being indexed, piece by piece.
//!
//! The catalog knows each piece by a number made of its content and its place. The first pieces that are as the index
//! has them are left alone: those of a file that grew at its end, and those that were read before an update was
//! stopped. From the first piece that differs, the file is read anew; what the index had of it from there goes when the
//! file has been read to its end.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use xxhash_rust::xxh3::xxh3_64;

use super::id_order::{Names, Turn};
use super::task::Task;
use crate::backend::writer::{Refused, Spot};
use crate::catalog::file_state::{FileState, NO_PIECE, Noted, PieceState};
use crate::corpus::{Piece, Pieces, Problem, Skip};
use crate::document::{Document, RECOGNISED_BY};

/// The state that is shared by the threads which work on the pieces of a file.
pub(crate) struct Job {
    pub(crate) task: Task,
    pub(crate) names: Arc<Names>,
    state: Mutex<FileState>,
}

impl Job {
    fn new(task: Task) -> Job {
        let state = FileState {
            bytes: task.entry.bytes,
            modified: task.entry.modified,
            seed: task.seed().to_owned(),
            former_seeds: task.reading.former_seeds.clone(),
            file_times: task.reading.file_times,
            corrected: task.corrected,
            ..FileState::default()
        };
        Job { task, names: Arc::default(), state: Mutex::new(state) }
    }

    /// The file's state. After a panic the lock still guards plain counts, which are as good as before.
    pub(crate) fn state(&self) -> MutexGuard<'_, FileState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a problem in one of the pieces.
    pub(crate) fn problem(&self, piece: usize, problem: Problem) {
        let Problem { member, line, reason, failed } = problem;
        let mut state = self.state();
        state.problem(Noted { piece: piece as u64, line, member, reason }, failed);
        self.note_reader(&mut state);
    }

    /// Lists a document of one of the pieces, which was counted, as one that the engine refuses.
    fn refuse(&self, piece: usize, Spot { member, line, .. }: Spot, reason: String) {
        self.state().discount(piece);
        self.problem(piece, Problem { member, line, reason, failed: true });
    }

    /// Keeps who recognised words of these documents, so that another does it again.
    pub(crate) fn note_recognised<'d>(&self, mut documents: impl Iterator<Item = &'d Document>) {
        if documents.any(|document| document.metadata.contains_key(RECOGNISED_BY)) {
            self.note_reader(&mut self.state());
        }
    }

    fn note_reader(&self, state: &mut FileState) {
        state.reader = Some(self.task.reading.reader(state.reader.as_deref()));
    }

    /// Keeps what corrections say of these documents by their ids, so that a later change is noticed.
    pub(crate) fn note_corrections<'d>(&self, documents: impl Iterator<Item = &'d Document>) {
        let Some(corrections) = &self.task.reading.corrections else { return };
        for id in documents.flat_map(Document::ids) {
            if let Some(mark) = corrections.mark_of_id(id) {
                self.state().corrected_ids.insert(id.clone(), mark);
            }
        }
    }
}

/// A file that is being read. Its owner hands out the pieces in their order.
pub(crate) struct OpenFile {
    pub(crate) job: Arc<Job>,
    pieces: Option<Pieces>,
    /// The text that the numbers of its pieces are made from, besides the pieces.
    seed: u64,
    /// The former state of the file, as long as all pieces are equal to it.
    known: Option<Arc<FileState>>,
    /// The numbers of the former pieces that have not been read again.
    left: HashSet<u64>,
    /// Set if its bytes could not be read to their end, so that its content is unknown.
    unread: bool,
    /// The number of pieces met so far.
    met: usize,
    /// The number of pieces handed out so far.
    handed: u64,
    /// The bytes of the file counted so far.
    counted: u64,
    told: Told,
}

/// The part of a file's outcome that was reported at a commit before its end.
#[derive(Clone, Copy, Default)]
struct Told {
    documents: u64,
    failed: u64,
    replaced: u64,
    /// Documents left as they were that are not reported yet.
    kept: u64,
    /// The number of documents that it replaces.
    replaces: u64,
}

/// Lists documents that the engine refuses as problems of their files, which are among these.
pub(crate) fn refuse<'f>(refused: Vec<Refused>, files: impl Iterator<Item = &'f OpenFile>) {
    if refused.is_empty() {
        return;
    }
    let mut pieces: HashMap<u64, (&Job, usize)> = HashMap::new();
    for job in files.map(|file| &*file.job) {
        pieces.extend((0..).zip(&job.state().pieces).map(|(at, piece)| (piece.number, (job, at))));
    }
    for Refused { id, spot, reason } in refused {
        tracing::debug!(id, reason, "a document is left out");
        if let Some((job, at)) = spot.piece.and_then(|piece| pieces.get(&piece)) {
            job.refuse(*at, spot, reason);
        }
    }
}

/// What to do with the next piece of a file.
pub(crate) enum Next {
    /// The piece is in the index as it is.
    Known { bytes: u64 },
    /// The piece has to be read.
    Read(Box<Portion>),
    /// The file has no more pieces.
    End,
}

/// A piece of a file on its way to a worker.
pub(crate) struct Portion {
    pub(crate) job: Arc<Job>,
    pub(crate) piece: Piece,
    pub(crate) turn: Turn,
    /// The place of the piece in the file, from 0.
    pub(crate) at: usize,
    /// The number by which the index finds the piece's documents.
    pub(crate) number: u64,
    /// The bytes of the file that it stands for.
    pub(crate) bytes: u64,
    /// The number of the former piece that must be removed first.
    pub(crate) replaces: Option<u64>,
    /// The unchanged pieces before it, if it is the first to be read after some.
    pub(crate) after: Option<Vec<PieceState>>,
}

/// The outcome of a file since it was last asked for.
pub(crate) struct Outcome {
    pub(crate) new: u64,
    pub(crate) replaced: u64,
    pub(crate) kept: u64,
    pub(crate) removed: u64,
    pub(crate) failed: u64,
}

impl OpenFile {
    pub(crate) fn new(mut task: Task) -> OpenFile {
        let known = task.before.take();
        let seed = xxh3_64(task.key.as_bytes());
        let mut file = OpenFile {
            job: Arc::new(Job::new(task)),
            pieces: None,
            seed,
            known,
            left: HashSet::new(),
            unread: false,
            met: 0,
            handed: 0,
            counted: 0,
            told: Told::default(),
        };
        let Job { task, .. } = &*file.job;
        match Pieces::open(Arc::clone(&task.entry), task.limits, |entry| task.reading.has_abstract(entry)) {
            Ok(pieces) => file.pieces = Some(pieces),
            Err(Skip { reason, failed, unread, .. }) => {
                file.unread = unread;
                if unread && file.job.task.same_rules {
                    // The index keeps its documents until the file can be read again.
                    file.met = file.known.as_ref().map_or(0, |known| known.pieces.len());
                }
                file.differs();
                let mut state = file.job.state();
                state.problem(Noted { piece: NO_PIECE, reason, ..Noted::default() }, failed);
                file.job.note_reader(&mut state);
            }
        }
        if !file.job.task.same_rules {
            file.differs();
        }
        file
    }

    /// The next piece. At the end the file is complete, and the state of the job says so.
    pub(crate) fn next(&mut self) -> Next {
        let Some(piece) = self.pieces.as_mut().and_then(Iterator::next) else {
            self.differs();
            // The memory for reading is released here, because many small files may wait to be entered into the
            // catalog.
            if let Some(pieces) = self.pieces.take() {
                let hash = pieces.hash();
                self.unread |= hash.is_none();
                self.job.state().hash = hash;
            }
            return Next::End;
        };
        // A packed file gives more bytes than it has, so its progress stops at its size.
        let bytes = (piece.len() as u64).min(self.job.task.entry.bytes - self.counted);
        self.counted += bytes;
        let at = self.met;
        let number = piece.number(self.seed, at as u64);
        if self.known.as_ref().and_then(|known| known.pieces.get(at)).is_some_and(|known| known.number == number) {
            self.met += 1;
            return Next::Known { bytes };
        }
        let was_known = self.differs();
        let mut state = self.job.state();
        let after = (was_known && at > 0).then(|| state.pieces.clone());
        let replaces = self.left.remove(&number).then_some(number);
        state.pieces.push(PieceState { number, ..PieceState::default() });
        drop(state);
        self.met += 1;
        let turn = self.job.names.turn(self.handed);
        self.handed += 1;
        let job = Arc::clone(&self.job);
        Next::Read(Box::new(Portion { job, piece, turn, at, number, bytes, replaces, after }))
    }

    /// The bytes of the file that no piece stood for.
    pub(crate) fn uncounted(&self) -> u64 {
        self.job.task.entry.bytes - self.counted
    }

    /// Returns whether anything differs from the former state.
    pub(crate) fn has_news(&self) -> bool {
        self.known.is_none() && self.handed > 0
    }

    /// Notes that the file differs from here on. Returns whether it was equal until now.
    fn differs(&mut self) -> bool {
        let Some(known) = self.known.take() else { return false };
        let mut state = self.job.state();
        state.keep(&known, self.met);
        (self.told.documents, self.told.kept) = (state.documents, state.documents);
        self.told.failed = state.failed;
        self.told.replaces = state.leftover.iter().map(|piece| piece.documents).sum();
        self.left = state.leftover.iter().map(|piece| piece.number).collect();
        true
    }

    /// Returns whether its bytes could not be read to their end. Its leftover then stays.
    pub(crate) fn is_unread(&self) -> bool {
        self.unread
    }

    /// The outcome so far. `whole` says that the file has been read to its end, so nothing is left over.
    pub(crate) fn outcome(&mut self, whole: bool) -> (FileState, Outcome) {
        let mut state = self.job.state();
        state.leftover.retain(|piece| self.left.contains(&piece.number));
        let kept = std::mem::take(&mut self.told.kept);
        let new = state.documents - self.told.documents;
        let replaced = new.min(self.told.replaces - self.told.replaced);
        let removed = if whole { self.told.replaces - self.told.replaced - replaced } else { 0 };
        if !whole {
            // Replaced documents are reported once. Pieces that were read again are gone already.
            let rest = self.told.replaces - self.told.replaced - replaced;
            let left: u64 = state.leftover.iter().map(|piece| piece.documents).sum();
            let mut gone = left.saturating_sub(rest);
            for piece in &mut state.leftover {
                let now = gone.min(piece.documents);
                piece.documents -= now;
                gone -= now;
            }
        }
        let failed = state.failed - self.told.failed;
        let outcome = Outcome { new, replaced, kept, removed, failed };
        self.told.documents = state.documents;
        self.told.failed = state.failed;
        self.told.replaced += replaced;
        (state.clone(), outcome)
    }
}
