//! The document that somebody named.

use anyhow::Result;
use dateline::{Document, Index};

use super::args::Common;
use crate::cli::output;

/// The document with an id, and the number of the passage if the id names one. If there is none, that is reported.
pub(in super::super) fn named(common: &Common, index: &Index, id: &str) -> Result<Option<(Document, Option<u32>)>> {
    if let Some(named) = index.document_or_passage(id)? {
        return Ok(Some(named));
    }
    let hint = match id {
        short if short.len() < 4 => "the beginning of an id needs at least 4 characters".into(),
        path if path.contains(['/', '\\', '.']) => {
            format!("ids of what is in a file: dateline search {}", output::quoted(&format!("file:{path}")))
        }
        _ => "dateline search prints ids behind what it finds".into(),
    };
    common.note(&format!("no document has the id \"{id}\"; {hint}"));
    Ok(None)
}
