//! Documents that a program adds, replaces and removes by their ids.
//!
//! Some of them may have come from files. The catalog must not count those any longer.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use crate::answer::update::CommitReport;
use crate::backend::writer::{BackendWriter, Refused};
use crate::catalog::files::Catalog;
use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};

/// A writer with what a program changed since the last commit.
pub(crate) struct OwnDocuments<W: BackendWriter> {
    writer: W,
    encoder: W::Encoder,
    /// Set if any document came from a file. Otherwise no ids are noted.
    any_of_files: bool,
    /// The documents that were removed or replaced.
    withdrawn: HashSet<String>,
    report: CommitReport,
}

/// [`OwnDocuments`] of any engine.
pub(crate) trait Documents: Send + Sync {
    /// Adds a document, which replaces one with the same id.
    fn add(&mut self, document: Document) -> Result<()>;

    /// Removes the document with this id, if there is one.
    fn remove(&mut self, id: &str);

    fn commit(&mut self) -> Result<CommitReport>;

    /// What was done since the last commit.
    fn report(&self) -> &CommitReport;

    /// The folder that the index lies in.
    fn folder(&self) -> Option<&Path>;
}

impl<W: BackendWriter + Send> Documents for OwnDocuments<W>
where
    W::Encoder: Send + Sync,
{
    fn add(&mut self, document: Document) -> Result<()> {
        self.withdraw(&document.id);
        self.report.added += 1;
        self.report.undated += u64::from(document.dated.date().is_none());
        self.writer.add(&mut self.encoder, document, None, None)
    }

    fn remove(&mut self, id: &str) {
        self.withdraw(id);
        self.report.removed += 1;
    }

    fn commit(&mut self) -> Result<CommitReport> {
        let refused = self.writer.refused()?;
        if let Some(Refused { id, reason, .. }) = refused.first() {
            self.report.added = self.report.added.saturating_sub(refused.len() as u64);
            let others: Vec<&str> = refused.iter().skip(1).map(|refused| &*refused.id).collect();
            let others =
                if others.is_empty() { String::new() } else { format!("; left out too: {}", others.join(", ")) };
            return Err(Error::new(ErrorKind::Format, format!("document {id} is left out: {reason}{others}"))
                .hint("nothing is committed yet: commit once more without what is left out"));
        }
        let mut catalog = self.writer.catalog()?;
        self.take_out(&mut catalog)?;
        self.writer.commit(&catalog)?;
        // What is committed is not told once more, whatever fails after it.
        let report = std::mem::take(&mut self.report);
        self.withdrawn.clear();
        self.any_of_files = self.writer.origins()?.of_files;
        self.writer.find_copies()?;
        Ok(report)
    }

    fn report(&self) -> &CommitReport {
        &self.report
    }

    fn folder(&self) -> Option<&Path> {
        self.writer.folder()
    }
}

impl<W: BackendWriter> OwnDocuments<W> {
    pub(crate) fn new(writer: W) -> Result<OwnDocuments<W>> {
        let (encoder, any_of_files) = (writer.encoder(), writer.origins()?.of_files);
        Ok(OwnDocuments { writer, encoder, any_of_files, withdrawn: HashSet::new(), report: CommitReport::default() })
    }

    fn withdraw(&mut self, id: &str) {
        if self.any_of_files {
            self.withdrawn.insert(id.to_owned());
        }
        self.writer.remove(id);
    }

    /// Takes the withdrawn documents out of the catalog of the last commit.
    fn take_out(&self, catalog: &mut Catalog) -> Result<()> {
        let mut files = HashSet::new();
        for id in &self.withdrawn {
            files.extend(self.writer.files_of(id)?);
        }
        for file in files {
            let Some(state) = catalog.files.get_mut(&file).map(Arc::make_mut) else { continue };
            let gone = self.writer.counts_in(&state.pieces, &self.withdrawn)?;
            for (piece, gone) in state.pieces.iter_mut().zip(gone) {
                let gone = gone.min(piece.documents);
                piece.documents -= gone;
                state.documents -= gone;
            }
        }
        Ok(())
    }
}
