//! The citations of a comparison.

use super::citation::Citation;
use super::style::CitationStyle;
use crate::answer::comparison::Comparison;
use crate::error::Result;
use crate::search::index::Index;

/// Cites the first and the last document of each cell of a comparison, with the passage that is shown. Fails if the
/// index cannot be read.
pub fn cite_comparison(index: &Index, comparison: &mut Comparison, style: CitationStyle) -> Result<()> {
    let cells = comparison.sources.iter_mut().flat_map(|source| &mut source.cells);
    for sighting in cells.flat_map(|cell| [&mut cell.first, &mut cell.last]).flatten() {
        if let Some(document) = index.document(&sighting.id)? {
            let citation = Citation::of(&document);
            let passage = sighting.passage.as_ref().map(|passage| passage.number);
            sighting.cite = Some(match passage {
                Some(number) => citation.passage(number).write(style),
                None => citation.write(style),
            });
        }
    }
    Ok(())
}
