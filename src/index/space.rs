//! What each part of an index takes on the disk.

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::Searcher;
use tantivy::space_usage::PerFieldSpaceUsage;

use super::catalog::Catalog;
use super::failure::Doing;
use crate::error::Result;

/// What an index takes on the disk, and what for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Space {
    /// Bytes of the files that documents of the index came from, as they lie on the disk: packed, where they are.
    pub files: u64,
    /// The parts of the index, largest first.
    pub parts: Vec<SpacePart>,
}

/// A part of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SpacePart {
    /// What is kept: `texts` (and all else that is shown of documents), `terms`, `postings` (which documents have a
    /// term, and how often), `positions`, `columns`, `lengths`, `deleted`, `catalog` (of the files).
    pub part: &'static str,
    /// Of which field of the index; none where it is of all.
    pub field: Option<String>,
    /// Bytes on the disk.
    pub bytes: u64,
}

pub(super) fn space(searcher: &Searcher, catalog: &Catalog) -> Result<Space> {
    let usage = searcher.space_usage().doing("cannot read the index")?;
    let mut sums: BTreeMap<(&'static str, Option<String>), u64> = BTreeMap::new();
    for segment in usage.segments() {
        let mut add = |part, field, bytes| *sums.entry((part, field)).or_default() += bytes;
        add("texts", None, segment.store().total().get_bytes());
        add("deleted", None, segment.deletes().get_bytes());
        let fields: [(&'static str, &PerFieldSpaceUsage); 5] = [
            ("terms", segment.termdict()),
            ("postings", segment.postings()),
            ("positions", segment.positions()),
            ("columns", segment.fast_fields()),
            ("lengths", segment.fieldnorms()),
        ];
        for (part, usage) in fields {
            for field in usage.fields() {
                add(part, Some(field.field_name().to_owned()), field.total().get_bytes());
            }
        }
    }
    sums.insert(("catalog", None), catalog.size());
    let mut parts: Vec<SpacePart> =
        sums.into_iter().map(|((part, field), bytes)| SpacePart { part, field, bytes }).collect();
    parts.retain(|part| part.bytes > 0);
    // The sums are sorted by name, which settles what is equal.
    parts.sort_by_key(|part| std::cmp::Reverse(part.bytes));
    let files = catalog.files.values().filter(|state| state.documents > 0).map(|state| state.bytes).sum();
    Ok(Space { files, parts })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::corpus::Document;
    use crate::index::Index;

    #[test]
    fn every_part_of_an_index_is_counted_once() {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        writer.add(Document::new("a", "The ferry sailed at dawn. ".repeat(50)).title("Ferry")).unwrap();
        writer.commit().unwrap();
        let space = index.space().unwrap();
        let bytes = |name: &str, field: Option<&str>| {
            let found: Vec<_> =
                space.parts.iter().filter(|part| part.part == name && part.field.as_deref() == field).collect();
            assert_eq!(found.len(), 1, "{name} {field:?}");
            found[0].bytes
        };
        assert!(bytes("texts", None) > 100);
        assert!(bytes("positions", Some("words")) > 100);
        assert!(bytes("postings", Some("stems")) > 0);
        assert!(space.parts.is_sorted_by_key(|part| std::cmp::Reverse(part.bytes)));
    }
}
