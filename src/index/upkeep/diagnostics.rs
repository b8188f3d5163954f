//! What a report of a fault needs to know of an index: its shape and its surroundings, and nothing of what it says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::salvage::Salvage;
use crate::answer::health::{Diagnostics, SegmentDiagnostics};
use crate::corpus::Limits;
use crate::corpus::ability;
use crate::error::Result;
use crate::index::snapshot::shared::Inner;
use crate::index::storage::error::{Doing, guarded};
use crate::index::storage::index_folder::IndexFolder;
use crate::index::storage::lock;
use crate::index::storage::manifest::{FORMAT, Manifest};
use crate::index::storage::network_disk;

/// Describes the index in a folder, whatever state it is in.
pub(crate) fn diagnose(folder: &Path) -> Diagnostics {
    let limits = Limits::default();
    let manifest = Manifest::parse(folder);
    let mut diagnostics = Diagnostics {
        reader: ability(),
        format: FORMAT,
        index_format: manifest.as_ref().map(|manifest| manifest.format),
        written_by: manifest.map(|manifest| manifest.version),
        network: network_disk::network(folder),
        writer: lock::holder(folder),
        bytes: sizes(folder),
        files: Salvage::open(folder).ok().and_then(|salvage| Some(salvage.catalog?.files.len() as u64)),
        limits: BTreeMap::from([
            ("document".to_owned(), limits.document_bytes),
            ("piece".to_owned(), limits.piece_bytes as u64),
            ("unpacked".to_owned(), limits.unpacked_bytes),
        ]),
        ..Diagnostics::default()
    };
    match guarded(|| segments(folder)) {
        Ok(segments) => diagnostics.segments = segments,
        // The message alone: a path may say whose machine it is.
        Err(error) => diagnostics.error = Some(error.message().to_string()),
    }
    diagnostics
}

/// The segments of the index, as the engine counts them.
fn segments(folder: &Path) -> Result<Vec<SegmentDiagnostics>> {
    let inner = Inner::open(IndexFolder::at(folder))?;
    let metas = inner.engine.searchable_segment_metas().doing("cannot read the index")?;
    let segment = |meta: &tantivy::SegmentMeta| SegmentDiagnostics {
        documents: meta.num_docs().into(),
        removed: meta.num_deleted_docs().into(),
    };
    Ok(metas.iter().map(segment).collect())
}

fn sizes(folder: &Path) -> BTreeMap<String, u64> {
    let mut sizes = BTreeMap::new();
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(std::result::Result::ok);
    for entry in entries {
        let Ok(data) = entry.metadata() else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        let ending = name.rsplit('.').next().unwrap_or_default();
        *sizes.entry(ending.to_string()).or_default() += data.len();
    }
    sizes
}
