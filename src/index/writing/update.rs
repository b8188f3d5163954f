//! The public update of an index from folders.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::engine_writer::EngineWriter;
use crate::answer::update::UpdateReport;
use crate::corpus::Corpus;
use crate::error::Result;
use crate::index::snapshot::shared::Inner;
use crate::index::storage::error::guarded;
use crate::indexer::update::{Progress, Settings};

/// The memory of an update, unless it is set.
const MEMORY: usize = 512 << 20;
/// The sixteenths of the memory in which the engine gathers terms. It needs half as much again to write them.
const ENGINE_SIXTEENTHS: usize = 4;

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
    /// Opens a writer and updates the index by it.
    work: Box<Work>,
    settings: Settings<'a>,
}

/// Brings an index of some engine up to date.
type Work = dyn FnOnce(&Settings<'_>, &[Corpus]) -> Result<UpdateReport>;

impl<'a> Update<'a> {
    /// An update of an index on the disk or in memory.
    pub(crate) fn new(index: Arc<Inner>) -> Update<'a> {
        Update::by(move |settings, archives| {
            guarded(|| {
                // Reading and analyzing is more work than gathering terms, and fewer writing threads make larger segments,
                // which need less merging.
                let threads = settings.threads.div_ceil(2).clamp(1, 4);
                let writer = EngineWriter::open(index, threads, settings.memory / 16 * ENGINE_SIXTEENTHS)?;
                settings.update(writer, archives)
            })
        })
    }

    /// An update by what opens a writer of some engine and updates the index by it.
    pub(crate) fn by(work: impl FnOnce(&Settings<'_>, &[Corpus]) -> Result<UpdateReport> + 'static) -> Update<'a> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let settings = Settings { threads, memory: MEMORY, progress: None, cancel: None };
        Update { work: Box::new(work), settings }
    }

    /// Sets the threads that read and analyze: as many as the machine has, unless set. The engine has its own threads.
    pub fn threads(mut self, threads: usize) -> Self {
        self.settings.threads = threads.max(1);
        self
    }

    /// Sets the memory, in bytes, for what is on its way, for terms gathered before they are written, and for merging
    /// segments: 512 MB, unless set. It cannot be less than 64 MB for every two [`threads`](Self::threads) (256 MB for
    /// seven and more), nor less than about eight times the longest document. What is known of all files and documents
    /// comes on top, and freed memory that the system's allocator keeps.
    pub fn memory(mut self, bytes: usize) -> Self {
        self.settings.memory = bytes;
        self
    }

    /// Sets a function that is called now and then, from any thread.
    pub fn progress(mut self, progress: impl Fn(Progress) + Send + Sync + 'a) -> Self {
        self.settings.progress = Some(Box::new(progress));
        self
    }

    /// Sets a flag that stops the update soon after it becomes true. Finished work is kept, and the next update
    /// continues from there. A page that is being recognised is left, and its file read again by the next update.
    pub fn cancel(mut self, flag: Arc<AtomicBool>) -> Self {
        self.settings.cancel = Some(flag);
        self
    }

    /// Reads what is new or changed in the archives, and commits. Files known from other places are left alone. Fails
    /// if an archive is missing or the index cannot be written. A file that cannot be read is counted and listed.
    pub fn run(self, archives: &[Corpus]) -> Result<UpdateReport> {
        let start = Instant::now();
        let report = (self.work)(&self.settings, archives)?;
        Ok(UpdateReport { seconds: start.elapsed().as_secs_f64(), ..report })
    }
}

impl fmt::Debug for Update<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update")
            .field("threads", &self.settings.threads)
            .field("memory", &self.settings.memory)
            .finish_non_exhaustive()
    }
}
