//! Documents of files that a program removes or replaces by their ids. The catalog must not count them any longer.

use std::collections::HashSet;
use std::sync::Arc;

use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, TantivyDocument};

use crate::document::path::path_text;
use crate::error::Result;
use crate::index::record::schema::Fields;
use crate::index::record::stored::decode;
use crate::index::snapshot::shared::Inner;
use crate::index::storage::catalog::Catalog;
use crate::index::storage::error::Doing;

/// The documents that a program removes or replaces until the next commit.
pub(crate) struct Withdrawn {
    /// Set if any document came from a file. Otherwise there is nothing to note.
    any_of_files: bool,
    ids: HashSet<String>,
}

impl Withdrawn {
    /// Starts without any document.
    pub(crate) fn since_commit(index: &Inner) -> Result<Withdrawn> {
        let (of_files, _) = origins(index)?;
        Ok(Withdrawn { any_of_files: of_files, ids: HashSet::new() })
    }

    /// Notes that the document with this id goes, if there is one.
    pub(crate) fn note(&mut self, id: &str) {
        if self.any_of_files {
            self.ids.insert(id.to_owned());
        }
    }

    /// Takes the documents out of the catalog of the last commit.
    pub(crate) fn take_out(&self, index: &Inner, catalog: &mut Catalog) -> Result<()> {
        let searcher = index.reader.searcher();
        let mut documents = HashSet::new();
        let mut files = HashSet::new();
        for id in &self.ids {
            let query = TermQuery::new(Term::from_field_text(index.fields.id, id), IndexRecordOption::Basic);
            for address in searcher.search(&query, &DocSetCollector).doing("cannot search the index")? {
                let record: TantivyDocument = searcher.doc(address).doing("cannot read the index")?;
                let path = decode(&index.fields, &record)?.place.path.map(|path| path_text(&path));
                documents.insert(address);
                files.extend(path);
            }
        }
        for file in files {
            let Some(state) = catalog.files.get_mut(&file).map(Arc::make_mut) else { continue };
            for piece in &mut state.pieces {
                let gone = among(&searcher, index.fields, piece.number, &documents)?.min(piece.documents);
                piece.documents -= gone;
                state.documents -= gone;
            }
        }
        Ok(())
    }
}

/// The number of these documents that belong to a piece.
fn among(searcher: &Searcher, fields: Fields, piece: u64, documents: &HashSet<DocAddress>) -> Result<u64> {
    let term = Term::from_field_u64(fields.piece, piece);
    let mut among = 0;
    for (place, segment) in (0..).zip(searcher.segment_readers()) {
        let terms = segment.inverted_index(fields.piece).doing("cannot read the index")?;
        let postings = terms.read_postings(&term, IndexRecordOption::Basic).doing("cannot read the index")?;
        let Some(mut postings) = postings else { continue };
        while postings.doc() != TERMINATED {
            among += u64::from(documents.contains(&DocAddress::new(place, postings.doc())));
            postings.advance();
        }
    }
    Ok(among)
}

/// Returns whether any document came from a file, and whether any did not. A recently removed document may still count.
pub(crate) fn origins(index: &Inner) -> Result<(bool, bool)> {
    let (mut of_files, mut by_hand) = (false, false);
    for segment in index.reader.searcher().segment_readers() {
        let terms = segment.inverted_index(index.fields.piece).doing("cannot read the index")?;
        let mut pieces = terms.terms().stream().doing("cannot read the index")?;
        let mut documents: u64 = 0;
        while pieces.advance() {
            documents += u64::from(pieces.value().doc_freq);
        }
        of_files |= documents > 0;
        by_hand |= documents < u64::from(segment.max_doc());
    }
    Ok((of_files, by_hand))
}
