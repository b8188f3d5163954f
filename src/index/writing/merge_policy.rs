//! Chooses the segments that are merged. Few segments make searching fast, and a merge takes memory in proportion to
//! what it merges.

use std::collections::HashMap;
use std::fs;

use tantivy::index::{SegmentComponent, SegmentId, SegmentMeta};
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

use crate::index::storage::index_folder::IndexFolder;

/// The share of replaced documents at which a segment is rewritten, so that counts of words stay close to the truth.
const MAX_REPLACED_SHARE: f32 = 0.2;

/// The files of a segment that grow with it.
const FILES: [SegmentComponent; 5] = [
    SegmentComponent::Store,
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::Terms,
    SegmentComponent::FastFields,
];

/// Merges eight or more segments of similar size, as the engine does by itself, except segments that are large already,
/// and no more at once than there is memory for.
#[derive(Debug)]
pub(crate) struct Merging {
    similar: LogMergePolicy,
    /// The folder of the index. None for an index in memory.
    folder: Option<IndexFolder>,
    /// The most bytes of files that may be merged at once.
    most: u64,
}

impl Merging {
    pub(crate) fn new(folder: Option<IndexFolder>, most: u64) -> Merging {
        Merging { similar: LogMergePolicy::default(), folder, most }
    }

    /// The bytes of a segment's files.
    fn size(&self, part: &SegmentMeta) -> u64 {
        let Some(folder) = &self.folder else { return 0 };
        let file = |kind: &SegmentComponent| fs::metadata(folder.path().join(part.relative_path(kind.clone()))).ok();
        FILES.iter().filter_map(file).map(|file| file.len()).sum()
    }

    /// Groups of segments, as many in each as there is memory for. A segment that would be alone is left out.
    fn within(&self, MergeCandidate(parts): MergeCandidate, sizes: &HashMap<SegmentId, u64>) -> Vec<MergeCandidate> {
        let mut parts: Vec<(u64, SegmentId)> =
            parts.into_iter().map(|part| (sizes.get(&part).copied().unwrap_or(0), part)).collect();
        parts.sort_unstable();
        let mut groups: Vec<(u64, Vec<SegmentId>)> = Vec::new();
        for (size, part) in parts {
            match groups.last_mut().filter(|(sum, _)| sum + size <= self.most) {
                Some((sum, group)) => {
                    *sum += size;
                    group.push(part);
                }
                None => groups.push((size, vec![part])),
            }
        }
        groups.into_iter().filter(|(_, group)| group.len() > 1).map(|(_, group)| MergeCandidate(group)).collect()
    }
}

impl MergePolicy for Merging {
    fn compute_merge_candidates(&self, parts: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let sizes: HashMap<SegmentId, u64> = parts.iter().map(|part| (part.id(), self.size(part))).collect();
        // A merge holds the texts of one segment at a time, so a single segment must not be too large either.
        let is_large = |part: &SegmentMeta| sizes.get(&part.id()).is_some_and(|size| size * 4 > self.most);
        let has_room = |part: &SegmentMeta| part.num_deleted_docs() as f32 > MAX_REPLACED_SHARE * part.max_doc() as f32;
        let (large, small): (Vec<_>, Vec<_>) = parts.iter().cloned().partition(is_large);
        let rewritten = large.iter().chain(&small).filter(|part| has_room(part));
        let mut candidates: Vec<_> = rewritten.map(|part| MergeCandidate(vec![part.id()])).collect();
        let rest: Vec<_> = small.into_iter().filter(|part| !has_room(part)).collect();
        let similar = self.similar.compute_merge_candidates(&rest);
        candidates.extend(similar.into_iter().flat_map(|parts| self.within(parts, &sizes)));
        candidates
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::fs::File;

    /// The groups that are merged, as places in `parts`. Each part is given by its documents, the removed ones among
    /// them, and the bytes of its files; `most` bytes may be merged at once.
    fn merged(parts: &[(u32, u32, u64)], most: u64) -> Vec<Vec<usize>> {
        let folder = tempfile::tempdir().unwrap();
        let engine = tantivy::Index::create_in_ram(tantivy::schema::Schema::builder().build());
        let part = |(documents, gone, bytes): &(u32, u32, u64)| {
            let part = engine.new_segment_meta(SegmentId::generate_random(), *documents);
            let part = if *gone > 0 { part.with_delete_meta(*gone, 1) } else { part };
            // The kind of the files makes no difference.
            for (kind, bytes) in [(SegmentComponent::Store, bytes / 2), (SegmentComponent::Terms, bytes - bytes / 2)] {
                File::create(folder.path().join(part.relative_path(kind))).unwrap().set_len(bytes).unwrap();
            }
            part
        };
        let parts: Vec<SegmentMeta> = parts.iter().map(part).collect();
        let place = |id: &SegmentId| parts.iter().position(|part| part.id() == *id).unwrap();
        let merging = Merging::new(Some(IndexFolder::at(folder.path())), most);
        let candidates = merging.compute_merge_candidates(&parts).into_iter();
        let mut merged: Vec<Vec<usize>> =
            candidates.map(|MergeCandidate(ids)| ids.iter().map(place).collect()).collect();
        merged.iter_mut().for_each(|group| group.sort_unstable());
        merged.sort();
        merged
    }

    #[test]
    fn eight_parts_of_similar_size_are_merged_and_seven_are_not() {
        assert_eq!(merged(&[(100, 0, 10); 8], 1_000), [(0..8).collect::<Vec<_>>()]);
        assert!(merged(&[(100, 0, 10); 7], 1_000).is_empty());
    }

    #[test]
    fn no_more_is_merged_at_once_than_there_is_room_for() {
        // There are 12 parts of 20 bytes: two groups of five, and the last two.
        let groups = merged(&[(100, 0, 20); 12], 100);
        let mut lengths: Vec<usize> = groups.iter().map(Vec::len).collect();
        lengths.sort_unstable();
        assert_eq!(lengths, [2, 5, 5]);
        // A single segment is not merged with none.
        assert_eq!(merged(&[(100, 0, 20); 11], 100).iter().map(Vec::len).collect::<Vec<_>>(), [5, 5]);
    }

    #[test]
    fn a_part_that_is_large_already_is_left_as_it_is() {
        let mut parts = vec![(100, 0, 5); 8];
        // A part may have at most a quarter of what may be merged at once.
        parts.push((100, 0, 25));
        assert_eq!(merged(&parts, 100), [(0..9).collect::<Vec<_>>()]);
        parts[8].2 = 26;
        assert_eq!(merged(&parts, 100), [(0..8).collect::<Vec<_>>()]);
    }

    #[test]
    fn a_part_of_which_more_than_a_fifth_is_gone_is_written_anew_however_large_it_is() {
        assert!(merged(&[(100, 20, 10), (100, 0, 10)], 1_000).is_empty());
        assert_eq!(merged(&[(100, 21, 10), (100, 0, 10)], 1_000), [[0]]);
        assert_eq!(merged(&[(100, 0, 10), (100, 21, 5_000)], 1_000), [[1]]);
        // It counts for no other merge.
        let mut parts = vec![(100, 0, 10); 8];
        parts[3].1 = 21;
        assert_eq!(merged(&parts, 1_000), [[3]]);
    }
}
