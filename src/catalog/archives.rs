//! The archives that an index was brought up to date with, how they were read, and what of them is forgotten.

use std::collections::{BTreeMap, BTreeSet};
use std::path::is_separator;

use serde::{Deserialize, Serialize};

/// How an archive was read the last time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct HowRead {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) hidden: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) gitignore: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) file_times: bool,
    /// The languages in which words of pictures are recognised, empty for none; nothing where nobody said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ocr: Option<String>,
}

/// The archives of an index by their absolute paths.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Archives {
    pub(crate) known: BTreeMap<String, HowRead>,
    /// Paths that are left out until they are named themselves.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub(crate) forgotten: BTreeSet<String>,
}

impl Archives {
    pub(crate) fn is_empty(&self) -> bool {
        self.known.is_empty() && self.forgotten.is_empty()
    }

    /// Notes that an archive is read now. What it says of recognising words holds for all of it, and what it does not say
    /// stays; whatever of it was forgotten as a whole comes back.
    pub(crate) fn enter(&mut self, root: &str, mut how: HowRead) {
        let was_forgotten = self.is_forgotten(root);
        self.forgotten.remove(root);
        if how.ocr.is_some() {
            for (_, other) in self.known.iter_mut().filter(|(other, _)| is_below(other, root)) {
                other.ocr = None;
            }
        } else {
            how.ocr = self.known.get(root).and_then(|before| before.ocr.clone());
        }
        let bare = HowRead { ocr: None, ..how.clone() };
        let says_nothing_else = |other: &HowRead| other.ocr.is_none() && HowRead { ocr: None, ..other.clone() } == bare;
        // A part that is read like the whole is read with it, but for one that came back out of what is forgotten.
        let forgotten = &self.forgotten;
        let is_apart = |other: &str| forgotten.iter().any(|path| is_below(other, path) && is_below(path, root));
        self.known.retain(|other, as_told| {
            other == root || !is_below(other, root) || !says_nothing_else(as_told) || is_apart(other)
        });
        let around = self.known.iter().filter(|(other, _)| *other != root && is_below(root, other));
        let is_part = around
            .max_by_key(|(other, _)| other.len())
            .is_some_and(|(_, whole)| how.ocr.is_none() && HowRead { ocr: None, ..whole.clone() } == bare);
        if is_part && !was_forgotten && !self.known.contains_key(root) {
            return;
        }
        self.known.insert(root.to_owned(), how);
    }

    /// Leaves out what lies at a path, until it is named itself.
    pub(crate) fn forget(&mut self, path: &str) {
        self.known.retain(|root, _| !is_below(root, path));
        self.forgotten.retain(|other| !is_below(other, path));
        self.forgotten.insert(path.to_owned());
    }

    /// Returns whether a path is left out: what is said of it most closely counts.
    pub(crate) fn is_forgotten(&self, path: &str) -> bool {
        let closest = |paths: &mut dyn Iterator<Item = &String>| {
            paths.filter(|other| is_below(path, other)).map(|other| other.len()).max()
        };
        match closest(&mut self.forgotten.iter()) {
            Some(length) => closest(&mut self.known.keys()).is_none_or(|known| known < length),
            None => false,
        }
    }

    /// The languages in which words of the file at a path are recognised. None where they are not.
    pub(crate) fn languages_of(&self, path: &str) -> Option<&str> {
        let said = self.known.iter().filter(|(root, how)| how.ocr.is_some() && is_below(path, root));
        let closest = said.max_by_key(|(root, _)| root.len());
        closest.and_then(|(_, how)| how.ocr.as_deref()).filter(|languages| !languages.is_empty())
    }
}

/// Returns whether a path is a folder's own or lies below it.
pub(crate) fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(is_separator) || folder.ends_with(is_separator))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ocr(languages: &str) -> HowRead {
        HowRead { ocr: Some(languages.into()), ..HowRead::default() }
    }

    #[test]
    fn only_what_lies_below_a_folder_is_below_it() {
        assert!(is_below("/a/b/c.txt", "/a/b"));
        assert!(is_below("/a/b", "/a/b"));
        assert!(!is_below("/a/bc/d.txt", "/a/b"));
        // A name that is no Unicode is told with a backslash.
        assert!(cfg!(windows) || !is_below("/a/b\\xFF/d.txt", "/a/b"));
        assert!(is_below("/x", "/"));
    }

    #[test]
    fn what_was_said_of_a_folder_most_closely_counts_until_something_else_is_said() {
        let mut archives = Archives::default();
        archives.enter("/a/scans", ocr("eng"));
        archives.enter("/a", HowRead::default());
        assert_eq!(archives.languages_of("/a/scans/x.png"), Some("eng"));
        assert_eq!(archives.languages_of("/a/x.png"), None);
        archives.enter("/a", ocr("deu"));
        assert_eq!(archives.languages_of("/a/scans/x.png"), Some("deu"));
        archives.enter("/a/scans/late", ocr(""));
        archives.enter("/a", HowRead::default());
        assert_eq!(archives.languages_of("/a/scans/late/x.png"), None);
        assert_eq!(archives.languages_of("/a/x.png"), Some("deu"));
    }

    #[test]
    fn parts_that_are_read_like_the_whole_are_no_archives_of_their_own() {
        let mut archives = Archives::default();
        archives.enter("/a/b", HowRead::default());
        archives.enter("/a/c", HowRead { hidden: true, ..HowRead::default() });
        archives.enter("/a", HowRead::default());
        archives.enter("/a/d", HowRead::default());
        assert_eq!(archives.known.keys().collect::<Vec<_>>(), ["/a", "/a/c"]);
    }

    #[test]
    fn what_is_forgotten_stays_so_until_it_is_named_itself() {
        let mut archives = Archives::default();
        archives.enter("/a", HowRead::default());
        archives.forget("/a/b");
        assert!(archives.is_forgotten("/a/b/x.txt") && !archives.is_forgotten("/a/bc.txt"));
        archives.enter("/a", HowRead::default());
        assert!(archives.is_forgotten("/a/b/x.txt"));
        archives.enter("/a/b/c", HowRead::default());
        archives.enter("/a", HowRead::default());
        assert!(archives.is_forgotten("/a/b/x.txt") && !archives.is_forgotten("/a/b/c/x.txt"));
        archives.enter("/a/b", HowRead::default());
        assert!(!archives.is_forgotten("/a/b/x.txt"));
        archives.forget("/a");
        assert!(archives.known.is_empty() && archives.is_forgotten("/a/b/c/x.txt"));
    }
}
