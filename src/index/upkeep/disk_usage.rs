//! The disk space that each part of an index takes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tantivy::space_usage::PerFieldSpaceUsage;

use crate::answer::health::{Space, SpacePart};
use crate::error::Result;
use crate::index::snapshot::shared::Inner;
use crate::index::storage::error::Doing;

pub(crate) fn space(index: &Inner) -> Result<Space> {
    let usage = index.reader.searcher().space_usage().doing("cannot read the index")?;
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
    let payload = index.payload()?;
    for (part, file) in [("catalog", payload.catalog), ("copies", payload.copies)] {
        sums.insert((part, None), file.map_or(0, |file| length(index, Path::new(&file))));
    }
    if let Some(folder) = &index.folder {
        sums.insert(("other", None), folder.bytes().saturating_sub(sums.values().sum()));
    }
    let mut parts: Vec<SpacePart> =
        sums.into_iter().map(|((part, field), bytes)| SpacePart { part: part.to_owned(), field, bytes }).collect();
    parts.retain(|part| part.bytes > 0);
    // Parts are already sorted by name, which orders those of equal size.
    parts.sort_by_key(|part| std::cmp::Reverse(part.bytes));
    let files = index.catalog()?.files.values().filter(|state| state.documents > 0).map(|state| state.bytes).sum();
    Ok(Space { files, parts })
}

/// The bytes of a list that a commit names. None if a later commit has removed it.
fn length(index: &Inner, file: &Path) -> u64 {
    match &index.folder {
        Some(folder) => fs::metadata(folder.path().join(file)).map_or(0, |file| file.len()),
        None => index.directory.atomic_read(file).map_or(0, |content| content.len() as u64),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::document::Document;
    use crate::search::index::Index;

    fn fill(index: &Index) {
        let mut writer = index.writer().unwrap();
        for id in ["a", "b"] {
            writer.add(Document::new(id, "The ferry sailed at dawn. ".repeat(50)).title("Ferry")).unwrap();
        }
        writer.commit().unwrap();
    }

    #[test]
    fn the_parts_are_all_that_lies_in_the_folder_but_its_locks() {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::open_or_create(folder.path()).unwrap();
        fill(&index);
        let files: BTreeMap<String, u64> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name().into_string().unwrap(), entry.metadata().unwrap().len()))
            .collect();
        let of = |kind: &str| files.iter().filter(|(name, _)| name.starts_with(kind)).map(|(_, bytes)| bytes).sum();
        let locks: u64 = files.iter().filter(|(name, _)| name.ends_with(".lock")).map(|(_, bytes)| bytes).sum();
        assert!(locks > 0, "{files:?}");
        let space = index.space().unwrap();
        let part = |name: &str| space.parts.iter().filter(|part| part.part == name).map(|part| part.bytes).sum::<u64>();
        assert_eq!((part("catalog"), part("copies")), (of("catalog-"), of("copies-")));
        let all = space.parts.iter().map(|part| part.bytes).sum::<u64>();
        assert_eq!((all, index.info().unwrap().bytes), (files.values().sum::<u64>() - locks, all));
    }

    #[test]
    fn every_part_of_an_index_is_counted_once() {
        let index = Index::in_memory().unwrap();
        fill(&index);
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
        assert!(bytes("copies", None) > 10);
        assert!(space.parts.is_sorted_by_key(|part| std::cmp::Reverse(part.bytes)));
    }
}
