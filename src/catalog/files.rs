//! Every file that was seen, with what became of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::archives::Archives;
use super::file_state::{FileState, Noted};
use crate::answer::update::{ReasonCount, Skipped};

/// The reason why something of a file is missing that is otherwise as it should be.
const CUT_OFF: &str = "not read to its end, since an update was stopped; the next one goes on there";

/// Every file the index knows, by its absolute path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Catalog {
    /// The beginning of the last update, in nanoseconds since 1970. Files that changed after it are compared again.
    pub(crate) began: i64,
    /// The files. Their states are shared between the former catalog and the new one if nothing changed.
    pub(crate) files: BTreeMap<String, Arc<FileState>>,
    /// The archives they are of.
    pub(crate) archives: Archives,
}

impl Catalog {
    /// Everything that was not read, in the order of the files. A file's problems past the first hundred are one line.
    pub(crate) fn skipped(&self) -> Vec<Skipped> {
        let mut list = Vec::new();
        for (path, state) in &self.files {
            list.extend(state.problems.iter().map(|Noted { line, member, reason, .. }| Skipped {
                path: path.clone(),
                member: member.clone(),
                line: *line,
                reason: reason.clone(),
            }));
            let more = state.skipped.saturating_sub(state.problems.len() as u64);
            if more > 0 {
                list.push(Skipped {
                    path: path.clone(),
                    member: None,
                    line: None,
                    reason: format!("{more} more records like these"),
                });
            }
            if state.is_cut_off() {
                list.push(Skipped { path: path.clone(), member: None, line: None, reason: CUT_OFF.to_owned() });
            }
        }
        list
    }

    /// The number of records and files that were not read, all of which [`skipped`](Self::skipped) tells.
    pub(crate) fn skipped_count(&self) -> u64 {
        self.files.values().map(|state| state.skipped + u64::from(state.is_cut_off())).sum()
    }

    /// The commonest reasons with their counts, the most frequent first.
    pub(crate) fn reasons(&self) -> Vec<ReasonCount> {
        // A kind of reason is shown by the words that all of the kind share, or by its own words if there is only one.
        let mut counts: HashMap<String, (u64, Option<&str>)> = HashMap::new();
        for Noted { reason, .. } in self.files.values().flat_map(|state| &state.problems) {
            let (count, words) = counts.entry(without_places(reason)).or_insert((0, Some(reason)));
            *count += 1;
            *words = words.filter(|words| words == reason);
        }
        let told = |(kind, (count, words)): (String, (u64, Option<&str>))| ReasonCount {
            reason: words.map_or(kind, str::to_owned),
            count,
        };
        let mut reasons: Vec<_> = counts.into_iter().map(told).collect();
        reasons.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
        reasons
    }
}

/// A reason without the numbers that say where in a file it occurred, so that equal reasons are counted together.
fn without_places(reason: &str) -> String {
    const PLACES: [&str; 12] =
        ["line", "column", "col", "byte", "bytes", "offset", "position", "page", "record", "row", "object", "at"];
    let mut words = Vec::new();
    let mut after_place = false;
    for word in reason.split(' ') {
        let bare = word.trim_matches(|c: char| matches!(c, ',' | ':' | ';' | '(' | ')' | '#'));
        let number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
        words.push(if number && after_place { word.replace(bare, "…") } else { word.to_owned() });
        after_place = PLACES.contains(&bare.to_lowercase().as_str());
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::catalog::file_state::{NO_PIECE, PieceState};

    #[test]
    fn reasons_that_differ_in_their_place_alone_are_one() {
        let mut state = FileState::default();
        for reason in ["line 3, column 7: no comma", "line 12, column 8: no comma", "at most 64 MB", "an image"] {
            state.problem(Noted { reason: reason.into(), ..Noted::default() }, true);
        }
        let catalog = Catalog { files: BTreeMap::from([("x".to_string(), Arc::new(state))]), ..Catalog::default() };
        let reasons: Vec<_> =
            catalog.reasons().into_iter().map(|why| format!("{} {}", why.count, why.reason)).collect();
        assert_eq!(reasons, ["2 line …, column …: no comma", "1 an image", "1 at most 64 MB"]);
    }

    #[test]
    fn problems_past_the_first_hundred_are_still_counted_and_listed() {
        let mut state = FileState::default();
        // Threads meet problems in any order.
        for line in (1..=103).rev() {
            state.problem(Noted { line: Some(line), reason: "broken".into(), ..Noted::default() }, true);
        }
        let catalog = Catalog { files: BTreeMap::from([("x".to_string(), Arc::new(state))]), ..Catalog::default() };
        let list = catalog.skipped();
        assert_eq!(list.len(), 101);
        assert!(list.iter().map(|skipped| skipped.line).take(100).eq((1..=100).map(Some)), "{list:?}");
        assert_eq!(list.last().unwrap().reason, "3 more records like these");
    }

    #[test]
    fn a_file_whose_reading_was_stopped_is_listed_until_it_is_whole() {
        let pieces = vec![PieceState { documents: 1, ..PieceState::default() }];
        let cut = FileState { pieces: pieces.clone(), ..FileState::default() };
        let whole = FileState { pieces: pieces.clone(), hash: Some(1), ..FileState::default() };
        let mut unread = FileState { pieces, ..FileState::default() };
        unread.problem(Noted { piece: NO_PIECE, reason: "no permission".into(), ..Noted::default() }, true);
        let files = [("cut", cut), ("unread", unread), ("whole", whole)];
        let files = files.map(|(name, state)| (name.to_owned(), Arc::new(state))).into();
        let catalog = Catalog { files, ..Catalog::default() };
        let list = catalog.skipped();
        assert_eq!(catalog.skipped_count(), 2);
        let told: Vec<(&str, &str)> = list.iter().map(|one| (one.path.as_str(), one.reason.as_str())).collect();
        assert_eq!(told, [("cut", CUT_OFF), ("unread", "no permission")]);
    }
}
