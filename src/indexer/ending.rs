//! What ends in an index: the documents of a file that is gone, and writing itself.

use crate::answer::update::UpdateReport;
use crate::backend::writer::{BackendWriter, DocumentCounts};
use crate::catalog::file_state::FileState;
use crate::catalog::files::Catalog;
use crate::error::Result;

/// Removes all documents of a file, and returns their number.
pub(super) fn take_out(writer: &impl BackendWriter, state: &FileState) -> u64 {
    writer.remove_pieces(state.pieces.iter().chain(&state.leftover).map(|piece| piece.number));
    state.in_index()
}

/// Ends writing, and reports what the index then has.
pub(super) fn close(writer: impl BackendWriter, catalog: &Catalog, report: &mut UpdateReport) -> Result<()> {
    report.notes.extend(writer.notes());
    let DocumentCounts { documents, undated } = writer.close()?;
    (report.documents, report.undated) = (documents, undated);
    report.skipped = catalog.skipped_count();
    report.reasons = catalog.reasons();
    Ok(())
}
