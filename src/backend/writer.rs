//! The writing half of the seam: what bringing an index up to date asks of an engine.

use std::collections::HashSet;
use std::path::Path;

use super::memory_budget::Share;
use crate::catalog::file_state::PieceState;
use crate::catalog::files::Catalog;
use crate::document::Document;
use crate::error::Result;
use crate::note::Note;

/// Tells whether an id is taken. Fails if the index cannot be read.
pub(crate) type TakenIds = Box<dyn Fn(&str) -> Result<bool> + Send>;

/// Where the documents of an index came from. Documents that were removed not long ago may still count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Origins {
    /// Set if any document came from a file.
    pub(crate) of_files: bool,
    /// Set if any document came from a program.
    pub(crate) by_hand: bool,
}

/// The numbers of documents in an index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DocumentCounts {
    pub(crate) documents: u64,
    pub(crate) undated: u64,
}

/// The place of a document among what is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The number of its piece; none for a document of a program.
    pub(crate) piece: Option<u64>,
    pub(crate) member: Option<String>,
    pub(crate) line: Option<u32>,
}

/// A document that an engine does not take, though it takes others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) id: String,
    pub(crate) spot: Spot,
    pub(crate) reason: String,
}

/// The only writer of an index for as long as it exists.
///
/// Changes are seen by nobody before [`commit`](Self::commit), and what was not committed when the writer goes away
/// never happened. A removal takes out what was added before it, committed or not, and where it fails, the next commit
/// does. What the writer tells of the index is of the last commit.
pub(crate) trait BackendWriter: Sync {
    /// Makes documents ready for the engine. Each thread has its own.
    type Encoder;

    fn encoder(&self) -> Self::Encoder;

    /// Adds a document of the piece with this number, or of a program. `share` is given back once the document is
    /// written.
    fn add(
        &self,
        encoder: &mut Self::Encoder,
        document: Document,
        piece: Option<u64>,
        share: Option<Share>,
    ) -> Result<()>;

    /// The documents added since the last call that the engine refuses, each for a reason of its own, and leaves out. They are
    /// asked for before each commit, whose catalog then tells of them.
    fn refused(&self) -> Result<Vec<Refused>> {
        Ok(Vec::new())
    }

    /// Removes the documents with this id.
    fn remove(&self, id: &str);

    /// Removes the documents of the pieces with these numbers.
    fn remove_pieces(&self, numbers: impl IntoIterator<Item = u64>);

    /// Removes the documents of some pieces that have one of these ids.
    fn remove_from(&self, pieces: &[PieceState], ids: &HashSet<String>) -> Result<()>;

    /// Makes everything since the last commit visible, together with this catalog.
    fn commit(&mut self, catalog: &Catalog) -> Result<()>;

    /// Finds the copies among what was committed.
    fn find_copies(&mut self) -> Result<()>;

    /// Ends writing: finds copies, and tidies up. Changes that were not committed are dropped.
    fn close(self) -> Result<DocumentCounts>;

    fn catalog(&self) -> Result<Catalog>;

    /// The catalog of the index that this one replaces, which knows where files lay before. Empty if it replaces none.
    fn predecessor(&self) -> &Catalog;

    /// The folder that the index lies in, which is no part of an archive.
    fn folder(&self) -> Option<&Path>;

    /// The folder that the index has, or will have once it has replaced another.
    fn home(&self) -> Option<&Path> {
        self.folder()
    }

    /// Returns whether files with this name may be part of an index on the disk.
    fn may_be_of_index(&self, _name: &str) -> bool {
        false
    }

    /// Returns whether a folder is an index on the disk.
    fn is_index(&self, _folder: &Path) -> bool {
        false
    }

    /// What whoever writes should know of the place that is written to.
    fn notes(&self) -> Vec<Note> {
        Vec::new()
    }

    fn origins(&self) -> Result<Origins>;

    /// The files with documents that have this id or had it, or whose record gives itself this id.
    fn files_of(&self, id: &str) -> Result<Vec<String>>;

    /// For each of these pieces the number of its documents that have one of the ids.
    fn counts_in(&self, pieces: &[PieceState], ids: &HashSet<String>) -> Result<Vec<u64>>;

    /// Tells which ids the documents of some pieces have.
    fn taken_ids(&self, pieces: &[PieceState]) -> Result<TakenIds>;
}
