//! The documents of pieces in the last commit.

use std::collections::HashSet;

use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, TERMINATED};

use crate::backend::writer::{Origins, TakenIds};
use crate::catalog::file_state::PieceState;
use crate::error::Result;
use crate::index::record::schema::Fields;
use crate::index::storage::error::Doing;

/// Returns where the documents of an index came from.
pub(super) fn origins(searcher: &Searcher, fields: Fields) -> Result<Origins> {
    let mut origins = Origins { of_files: false, by_hand: false };
    for segment in searcher.segment_readers() {
        let terms = segment.inverted_index(fields.piece).doing("cannot read the index")?;
        let mut pieces = terms.terms().stream().doing("cannot read the index")?;
        let mut documents: u64 = 0;
        while pieces.advance() {
            documents += u64::from(pieces.value().doc_freq);
        }
        origins.of_files |= documents > 0;
        origins.by_hand |= documents < u64::from(segment.max_doc());
    }
    Ok(origins)
}

/// For each of these pieces the number of its documents that are among some.
pub(super) fn counts_in(
    searcher: &Searcher,
    fields: Fields,
    pieces: &[PieceState],
    among: &HashSet<DocAddress>,
) -> Result<Vec<u64>> {
    let mut counts = vec![0; pieces.len()];
    for (place, segment) in (0..).zip(searcher.segment_readers()) {
        for (count, piece) in counts.iter_mut().zip(pieces) {
            each_of(segment, fields, piece, |doc| *count += u64::from(among.contains(&DocAddress::new(place, doc))))?;
        }
    }
    Ok(counts)
}

/// Tells which ids the documents of some pieces have. Where the index cannot be read, no id is taken: nothing can be
/// committed to it either.
pub(super) fn taken_ids(searcher: Searcher, fields: Fields, pieces: &[PieceState]) -> Result<TakenIds> {
    // For each segment, the living documents of those pieces.
    let mut documents = Vec::new();
    for segment in searcher.segment_readers() {
        let mut ours = vec![false; segment.max_doc() as usize];
        for piece in pieces {
            each_of(segment, fields, piece, |doc| ours[doc as usize] = !segment.is_deleted(doc))?;
        }
        documents.push(ours);
    }
    Ok(Box::new(move |id| {
        let term = Term::from_field_text(fields.id, id);
        searcher.segment_readers().iter().zip(&documents).any(|(segment, ours)| {
            let Ok(terms) = segment.inverted_index(fields.id) else { return false };
            let Ok(Some(mut found)) = terms.read_postings(&term, IndexRecordOption::Basic) else { return false };
            while found.doc() != TERMINATED {
                if ours[found.doc() as usize] {
                    return true;
                }
                found.advance();
            }
            false
        })
    }))
}

/// Calls `each` with every document of a piece in a segment, removed ones included.
fn each_of(segment: &SegmentReader, fields: Fields, piece: &PieceState, mut each: impl FnMut(u32)) -> Result<()> {
    let terms = segment.inverted_index(fields.piece).doing("cannot read the index")?;
    let term = Term::from_field_u64(fields.piece, piece.number);
    let postings = terms.read_postings(&term, IndexRecordOption::Basic).doing("cannot read the index")?;
    let Some(mut postings) = postings else { return Ok(()) };
    while postings.doc() != TERMINATED {
        each(postings.doc());
        postings.advance();
    }
    Ok(())
}
