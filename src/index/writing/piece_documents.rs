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
            let is_among = |doc| among.contains(&DocAddress::new(place, doc));
            each_with(segment, &of(fields, piece), |doc| *count += u64::from(is_among(doc)))?;
        }
    }
    Ok(counts)
}

/// Tells which ids the documents of some pieces have.
pub(super) fn taken_ids(searcher: Searcher, fields: Fields, pieces: &[PieceState]) -> Result<TakenIds> {
    // For each segment, the living documents of those pieces.
    let mut documents = Vec::new();
    for segment in searcher.segment_readers() {
        let mut ours = vec![false; segment.max_doc() as usize];
        for piece in pieces {
            each_with(segment, &of(fields, piece), |doc| ours[doc as usize] = !segment.is_deleted(doc))?;
        }
        documents.push(ours);
    }
    Ok(Box::new(move |id| {
        let term = Term::from_field_text(fields.id, id);
        for (segment, ours) in searcher.segment_readers().iter().zip(&documents) {
            let mut is_taken = false;
            each_with(segment, &term, |doc| is_taken |= ours[doc as usize])?;
            if is_taken {
                return Ok(true);
            }
        }
        Ok(false)
    }))
}

/// The term that the documents of a piece have.
fn of(fields: Fields, piece: &PieceState) -> Term {
    Term::from_field_u64(fields.piece, piece.number)
}

/// Calls `each` with every document of a segment that has a term, removed ones included.
fn each_with(segment: &SegmentReader, term: &Term, mut each: impl FnMut(u32)) -> Result<()> {
    let terms = segment.inverted_index(term.field()).doing("cannot read the index")?;
    let postings = terms.read_postings(term, IndexRecordOption::Basic).doing("cannot read the index")?;
    let Some(mut postings) = postings else { return Ok(()) };
    while postings.doc() != TERMINATED {
        each(postings.doc());
        postings.advance();
    }
    Ok(())
}
