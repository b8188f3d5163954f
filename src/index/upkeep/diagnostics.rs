//! What a report of a fault needs to know of an index: its shape and its surroundings, and nothing of what it says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Serialize;

use super::salvage::Salvage;
use crate::corpus::Limits;
use crate::corpus::ability;
use crate::error::Result;
use crate::index::snapshot::shared::Inner;
use crate::index::storage::error::{Doing, guarded};
use crate::index::storage::lock;
use crate::index::storage::manifest::{FORMAT, Manifest};
use crate::index::storage::network_disk;

/// The condition of an index, for a report of a fault. It holds no text, no name and no path of the archives'.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Condition {
    /// This dateline and the formats it can read.
    pub reader: String,
    /// The format it writes.
    pub format: u32,
    /// The format the index has, where that can be told.
    pub index_format: Option<u32>,
    /// The dateline that made the index.
    pub written_by: Option<String>,
    /// What the index lies on, where that is another machine's.
    pub network: Option<String>,
    /// The number of the process that writes to the index just now.
    pub writer: Option<u32>,
    /// Documents and removed documents of each of the engine's parts.
    pub parts: Vec<PartCondition>,
    /// Bytes of the index's files by the ending of their names.
    pub bytes: BTreeMap<String, u64>,
    /// Files in the catalog, where it can be read.
    pub files: Option<u64>,
    /// How large documents and what is unpacked of files may be, in bytes.
    pub limits: BTreeMap<&'static str, u64>,
    /// Why the index cannot be opened, if it cannot.
    pub error: Option<String>,
}

/// One of the engine's parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PartCondition {
    /// Documents.
    pub documents: u64,
    /// Documents that were removed or replaced, and lie there still.
    pub removed: u64,
}

impl Condition {
    pub(crate) fn of(folder: &Path) -> Condition {
        let limits = Limits::default();
        let manifest = Manifest::parse(folder);
        let mut condition = Condition {
            reader: ability(),
            format: FORMAT,
            index_format: manifest.as_ref().map(|manifest| manifest.format),
            written_by: manifest.map(|manifest| manifest.version),
            network: network_disk::network(folder),
            writer: lock::holder(folder),
            bytes: sizes(folder),
            files: Salvage::open(folder).ok().and_then(|salvage| Some(salvage.catalog?.files.len() as u64)),
            limits: BTreeMap::from([
                ("document", limits.document_bytes),
                ("piece", limits.piece_bytes as u64),
                ("unpacked", limits.unpacked_bytes),
            ]),
            ..Condition::default()
        };
        match guarded(|| parts(folder)) {
            Ok(parts) => condition.parts = parts,
            // The message alone: a path may say whose machine it is.
            Err(error) => condition.error = Some(error.message().to_string()),
        }
        condition
    }
}

fn parts(folder: &Path) -> Result<Vec<PartCondition>> {
    let inner = Inner::open(folder.to_path_buf())?;
    let metas = inner.engine.searchable_segment_metas().doing("cannot read the index")?;
    let part = |meta: &tantivy::SegmentMeta| PartCondition {
        documents: meta.num_docs().into(),
        removed: meta.num_deleted_docs().into(),
    };
    Ok(metas.iter().map(part).collect())
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
