//! Files that are read with others: an issue of a newspaper and its pages. Where one of them is new, has changed or is gone,
//! the others have to be read again.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::former::has_changed;
use crate::catalog::file_state::FileState;
use crate::catalog::files::Catalog;
use crate::corpus::{Corpus, FileEntry, read_with};
use crate::document::path::{path_of, path_text};

/// The keys of files that have to be read again. `met` are the files that there are, each with the number of its archive.
pub(super) fn companions(
    met: &[(String, FileEntry, usize)],
    archives: &[Corpus],
    before: &Catalog,
    gone: &BTreeMap<&String, &Arc<FileState>>,
) -> HashSet<String> {
    // What is not known yet is read in any case.
    if before.files.is_empty() {
        return HashSet::new();
    }
    let mut others: Vec<PathBuf> = Vec::new();
    let mut moving: HashSet<&str> = gone.keys().map(|key| key.as_str()).collect();
    for (key, entry, number) in met {
        if before.files.get(key).is_none_or(|state| has_changed(state, entry)) {
            moving.insert(key);
            others.extend(archives.get(*number).into_iter().flat_map(|archive| archive.reading().others_of(entry)));
        }
    }
    for path in gone.keys().map(|key| path_of(key)) {
        let around = archives.iter().filter(|archive| archive.holds(&path));
        others.extend(around.flat_map(|archive| archive.reading().issues_around(&path)));
    }
    let mut again: HashSet<String> = others.iter().map(|path| path_text(path)).collect();
    // Pages of an issue that may name them no more.
    for (key, state) in &before.files {
        let mut issues = state.problems.iter().filter_map(|noted| read_with(&noted.reason));
        // An issue is told from the root of its archive, which is a folder above the page.
        let is_moving =
            |issue: &str| path_of(key).ancestors().any(|above| moving.contains(&*path_text(&above.join(issue))));
        if issues.any(is_moving) {
            again.insert(key.clone());
        }
    }
    again
}

#[cfg(test)]
#[cfg(feature = "newspapers")]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;

    use crate::corpus::Corpus;
    use crate::search::index::Index;

    fn page(words: &str) -> String {
        format!(
            "<?xml version='1.0'?><alto><Layout><Page><PrintSpace><TextBlock ID='B1'><TextLine><String CONTENT='{words}'/>\
             </TextLine></TextBlock></PrintSpace></Page></Layout></alto>"
        )
    }

    fn issue(pages: &[&str]) -> String {
        let files: String = (0..)
            .zip(pages)
            .map(|(at, name)| format!("<file ID='A{at}'><FLocat xlink:href='{name}'/></file>"))
            .collect();
        let divs: String =
            (0..pages.len()).map(|at| format!("<div TYPE='page'><fptr FILEID='A{at}'/></div>")).collect();
        format!(
            "<mets xmlns:xlink='x'><dmdSec><mods><dateIssued>1896-04-01</dateIssued></mods></dmdSec>\
             <fileSec>{files}</fileSec><structMap>{divs}</structMap></mets>"
        )
    }

    #[test]
    fn an_issue_and_its_pages_are_read_again_when_one_of_them_comes_changes_or_goes() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let write = |name: &str, text: &str| {
            fs::create_dir_all(path(name).parent().unwrap()).unwrap();
            fs::write(path(name), text).unwrap();
        };
        let index = Index::in_memory().unwrap();
        let archive = Corpus::open(folder.path()).unwrap();
        // How often each page is found, and how many of them are dated.
        let found = || {
            index.update().run(std::slice::from_ref(&archive)).unwrap();
            ["mill", "ferry", "otter"].map(|word| {
                let hits = index.search(word).collapse_copies(false).run().unwrap().hits;
                (hits.len(), hits.iter().filter(|hit| hit.date.is_some()).count())
            })
        };
        write("a/1.xml", &page("mill"));
        write("a/2.xml", &page("ferry"));
        assert_eq!(found(), [(1, 0), (1, 0), (0, 0)]);
        // The issue comes, and names a page that is not there.
        write("a/mets.xml", &issue(&["1.xml", "2.xml", "3.xml"]));
        assert_eq!(found(), [(1, 1), (1, 1), (0, 0)]);
        // The page comes, and another changes.
        write("a/3.xml", &page("otter"));
        write("a/1.xml", &page("mill otter"));
        assert_eq!(found(), [(1, 1), (1, 1), (2, 2)]);
        // A page goes.
        fs::remove_file(path("a/2.xml")).unwrap();
        assert_eq!(found(), [(1, 1), (0, 0), (2, 2)]);
        // The issue names a page no more.
        write("a/mets.xml", &issue(&["1.xml"]));
        assert_eq!(found(), [(1, 1), (0, 0), (2, 1)]);
        // A copy of a page lies where there is no issue.
        write("b/1.xml", &page("mill otter"));
        assert_eq!(found()[0], (2, 1));
        // The issue goes.
        fs::remove_file(path("a/mets.xml")).unwrap();
        assert_eq!(found(), [(2, 0), (0, 0), (3, 0)]);
    }
}
