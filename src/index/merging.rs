//! Which parts of an index are merged: few parts make searching fast, and a merge takes memory by what it merges.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use tantivy::index::{SegmentComponent, SegmentId, SegmentMeta};
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Replaced documents go once they are this share of their part: counts of words stay close to the truth.
const REPLACED: f32 = 0.2;

/// The files of a part that grow with it.
const FILES: [SegmentComponent; 5] = [
    SegmentComponent::Store,
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::Terms,
    SegmentComponent::FastFields,
];

/// Parts of similar size are merged, eight or more, as the engine does by itself; but not those that are large already,
/// and no more at once than has room in memory.
#[derive(Debug)]
pub(super) struct Merging {
    similar: LogMergePolicy,
    /// None for an index in memory.
    folder: Option<PathBuf>,
    /// Bytes of files that may be merged at once.
    most: u64,
}

impl Merging {
    pub(super) fn new(folder: Option<PathBuf>, most: u64) -> Merging {
        Merging { similar: LogMergePolicy::default(), folder, most }
    }

    /// Bytes of the files of a part.
    fn size(&self, part: &SegmentMeta) -> u64 {
        let Some(folder) = &self.folder else { return 0 };
        let file = |kind: &SegmentComponent| fs::metadata(folder.join(part.relative_path(kind.clone()))).ok();
        FILES.iter().filter_map(file).map(|file| file.len()).sum()
    }

    /// As many of some parts, of which each is merged with another one at least, as there is room for at once.
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
        // A merge holds the texts of one part at a time: so no part may be too large, either.
        let is_large = |part: &SegmentMeta| sizes.get(&part.id()).is_some_and(|size| size * 4 > self.most);
        let has_room = |part: &SegmentMeta| part.num_deleted_docs() as f32 > REPLACED * part.max_doc() as f32;
        let (large, small): (Vec<_>, Vec<_>) = parts.iter().cloned().partition(is_large);
        let rewritten = large.iter().chain(&small).filter(|part| has_room(part));
        let mut candidates: Vec<_> = rewritten.map(|part| MergeCandidate(vec![part.id()])).collect();
        let rest: Vec<_> = small.into_iter().filter(|part| !has_room(part)).collect();
        let similar = self.similar.compute_merge_candidates(&rest);
        candidates.extend(similar.into_iter().flat_map(|parts| self.within(parts, &sizes)));
        candidates
    }
}
