//! An index in memory that is written to by brute force.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::backend::memory_budget::Share;
use crate::backend::writer::{BackendWriter, DocumentCounts, Origins, TakenIds};
use crate::catalog::file_state::PieceState;
use crate::catalog::files::Catalog;
use crate::document::Document;
use crate::document::path::path_text;
use crate::error::Result;

/// A document, with the number of its piece if it came from a file.
#[derive(Clone)]
struct Kept {
    document: Document,
    piece: Option<u64>,
}

/// Documents and the catalog that tells of them, as of the last commit.
#[derive(Default)]
pub(crate) struct OracleIndex {
    documents: Vec<Kept>,
    pub(crate) catalog: Catalog,
}

impl OracleIndex {
    pub(crate) fn documents(&self) -> impl Iterator<Item = Document> {
        self.documents.iter().map(|kept| kept.document.clone())
    }

    pub(crate) fn writer(&mut self) -> OracleWriter<'_> {
        OracleWriter { next: Mutex::new(self.documents.clone()), index: self, predecessor: Catalog::default() }
    }
}

/// Writes to an [`OracleIndex`].
pub(crate) struct OracleWriter<'i> {
    index: &'i mut OracleIndex,
    /// The documents as they will be after the next commit.
    next: Mutex<Vec<Kept>>,
    predecessor: Catalog,
}

impl OracleWriter<'_> {
    fn next(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The committed documents of some pieces.
    fn of<'w>(&'w self, pieces: &'w [PieceState]) -> impl Iterator<Item = &'w Kept> {
        let is_of = |kept: &&Kept| pieces.iter().any(|piece| Some(piece.number) == kept.piece);
        self.index.documents.iter().filter(is_of)
    }
}

impl BackendWriter for OracleWriter<'_> {
    type Encoder = ();

    fn encoder(&self) {}

    fn add(&self, (): &mut (), document: Document, piece: Option<u64>, _: Option<Share>) -> Result<()> {
        self.next().push(Kept { document, piece });
        Ok(())
    }

    fn remove(&self, id: &str) {
        self.next().retain(|kept| kept.document.id != id);
    }

    fn remove_pieces(&self, numbers: impl IntoIterator<Item = u64>) {
        let numbers: Vec<u64> = numbers.into_iter().collect();
        self.next().retain(|kept| kept.piece.is_none_or(|piece| !numbers.contains(&piece)));
    }

    fn remove_from(&self, pieces: &[PieceState], ids: &HashSet<String>) -> Result<()> {
        let is_of = |kept: &Kept| pieces.iter().any(|piece| Some(piece.number) == kept.piece);
        self.next().retain(|kept| !is_of(kept) || !ids.contains(&kept.document.id));
        Ok(())
    }

    fn commit(&mut self, catalog: &Catalog) -> Result<()> {
        let next = self.next().clone();
        self.index.documents = next;
        self.index.catalog = catalog.clone();
        Ok(())
    }

    fn find_copies(&mut self) -> Result<()> {
        Ok(())
    }

    fn close(self) -> Result<DocumentCounts> {
        let documents = &self.index.documents;
        let undated = documents.iter().filter(|kept| kept.document.dated.date().is_none()).count();
        Ok(DocumentCounts { documents: documents.len() as u64, undated: undated as u64 })
    }

    fn catalog(&self) -> Result<Catalog> {
        Ok(self.index.catalog.clone())
    }

    fn predecessor(&self) -> &Catalog {
        &self.predecessor
    }

    fn folder(&self) -> Option<&Path> {
        None
    }

    fn origins(&self) -> Result<Origins> {
        let pieces = || self.index.documents.iter().map(|kept| kept.piece);
        Ok(Origins { of_files: pieces().any(|piece| piece.is_some()), by_hand: pieces().any(|piece| piece.is_none()) })
    }

    fn files_of(&self, id: &str) -> Result<Vec<String>> {
        let named = self.index.documents.iter().filter(|kept| kept.document.ids().any(|known| known == id));
        Ok(named.filter_map(|kept| kept.document.place.path.as_deref().map(path_text)).collect())
    }

    fn counts_in(&self, pieces: &[PieceState], ids: &HashSet<String>) -> Result<Vec<u64>> {
        let count = |piece| self.of(std::slice::from_ref(piece)).filter(|kept| ids.contains(&kept.document.id)).count();
        Ok(pieces.iter().map(|piece| count(piece) as u64).collect())
    }

    fn taken_ids(&self, pieces: &[PieceState]) -> Result<TakenIds> {
        let taken: HashSet<String> = self.of(pieces).map(|kept| kept.document.id.clone()).collect();
        Ok(Box::new(move |id| Ok(taken.contains(id))))
    }
}
