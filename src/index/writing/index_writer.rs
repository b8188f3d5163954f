//! The public writer of documents of a program's own.

use std::fmt;
use std::sync::Arc;

use super::engine_writer::EngineWriter;
use crate::answer::update::CommitReport;
use crate::backend::writer::BackendWriter;
use crate::document::Document;
use crate::error::Result;
use crate::index::snapshot::shared::Inner;
use crate::indexer::own_documents::{Documents, OwnDocuments};

/// The bytes of terms and positions that an [`IndexWriter`] gathers before it writes a segment.
const WRITER_MEMORY: usize = 96 << 20;

/// Writes documents to an index. Nothing is seen by a search before [`commit`](Self::commit), and what was not
/// committed when the writer goes away never happened.
///
/// ```
/// use dateline::{Document, Index};
///
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.add(Document::new("a", "The ferry sailed at dawn."))?;
/// assert_eq!(writer.commit()?.added, 1);
/// assert_eq!(index.info()?.documents, 1);
/// # Ok::<(), dateline::Error>(())
/// ```
pub struct IndexWriter {
    documents: Box<dyn Documents>,
}

impl IndexWriter {
    pub(crate) fn new(index: Arc<Inner>) -> Result<IndexWriter> {
        IndexWriter::over(EngineWriter::open(index, 1, WRITER_MEMORY)?)
    }

    /// The same by the writer of any engine.
    pub(crate) fn over<W: BackendWriter + Send + 'static>(writer: W) -> Result<IndexWriter>
    where
        W::Encoder: Send + Sync,
    {
        Ok(IndexWriter { documents: Box::new(OwnDocuments::new(writer)?) })
    }

    /// Adds a document, which replaces one with the same id. Fails if the index cannot be written.
    pub fn add(&mut self, document: Document) -> Result<()> {
        self.documents.add(document)
    }

    /// Removes the document with this id, if there is one.
    pub fn remove(&mut self, id: &str) {
        self.documents.remove(id);
    }

    /// Makes all changes visible at once, and safe on disk. Fails without having done so where the engine refuses a document, as a
    /// cluster may: it is left out then, and the rest can be committed.
    pub fn commit(&mut self) -> Result<CommitReport> {
        self.documents.commit()
    }
}

impl fmt::Debug for IndexWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IndexWriter")
            .field("folder", &self.documents.folder())
            .field("report", self.documents.report())
            .finish_non_exhaustive()
    }
}
