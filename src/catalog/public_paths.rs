//! Paths as others than the archive's owner are told them: from the archive's folder on.

use std::path::{Component, Path, PathBuf};

use super::archives::Archives;
use crate::document::path::path_of;

/// The archives of an index, and what is left out of the paths of their files.
pub(crate) struct PublicPaths(Vec<Archive>);

struct Archive {
    folder: PathBuf,
    /// What is left out: the folder, or where there are several archives only what it lies in.
    before: PathBuf,
}

impl PublicPaths {
    pub(crate) fn new(archives: &Archives) -> PublicPaths {
        let folders: Vec<PathBuf> = archives.known.keys().map(|folder| path_of(folder)).collect();
        let is_one = folders.len() == 1;
        let archive = |folder: &PathBuf| {
            let before = if is_one && !folder.is_file() { folder } else { outer(folder, &folders) };
            Archive { before: before.to_path_buf(), folder: folder.clone() }
        };
        let mut all: Vec<Archive> = folders.iter().map(archive).collect();
        // Those within others come before these.
        all.sort_by_key(|archive| std::cmp::Reverse(archive.folder.components().count()));
        PublicPaths(all)
    }

    /// A path without the folders that its archive lies in. Where there are several archives it begins with the name of its
    /// own. What lies in none of them, as after one was moved, is told by its name alone.
    pub(crate) fn told(&self, path: &Path) -> PathBuf {
        let archive = self.0.iter().find(|archive| path.starts_with(&archive.folder));
        let below = archive.and_then(|archive| path.strip_prefix(&archive.before).ok());
        let told = below.filter(|below| !below.as_os_str().is_empty()).or(path.file_name().map(Path::new));
        told.map(Path::to_path_buf).unwrap_or_default()
    }

    /// The file that is told by this path; none where there is none.
    pub(crate) fn file(&self, told: &Path) -> Option<PathBuf> {
        let is_below = told.components().all(|part| matches!(part, Component::Normal(_)));
        let file = |archive: &Archive| {
            Some(archive.before.join(told)).filter(|file| is_below && file.starts_with(&archive.folder))
        };
        self.0.iter().filter_map(file).find(|file| self.told(file) == told && file.is_file())
    }
}

/// What an archive lies in: as much of its path as can be left out so that no other archive ends in the rest.
fn outer<'p>(folder: &'p Path, all: &[PathBuf]) -> &'p Path {
    let tells_apart = |outer: &&Path| {
        let told = folder.strip_prefix(outer).unwrap_or(folder);
        !all.iter().any(|other| other != folder && other.ends_with(told))
    };
    folder.ancestors().skip(1).find(tells_apart).or(folder.ancestors().last()).unwrap_or(folder)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::catalog::archives::HowRead;

    fn paths(folders: &[&str]) -> PublicPaths {
        let known = folders.iter().map(|folder| ((*folder).to_owned(), HowRead::default())).collect();
        PublicPaths::new(&Archives { known, ..Archives::default() })
    }

    #[test]
    fn a_path_is_told_from_its_archive_on() {
        for (folders, path, told) in [
            (&["/home/anna/archive"][..], "/home/anna/archive/1992/fire.md", "1992/fire.md"),
            (&["/home/anna/archive"], "/home/anna/archives/fire.md", "fire.md"),
            (&["/home/anna/fire.md"], "/home/anna/fire.md", "fire.md"),
            (&["/a/north", "/b/south"], "/b/south/fire.md", "south/fire.md"),
            (&["/a", "/a/b/c"], "/a/b/c/fire.md", "c/fire.md"),
            (&["/a/news", "/b/news"], "/b/news/fire.md", "b/news/fire.md"),
            (&["/a/news", "/b/a/news"], "/a/news/fire.md", "a/news/fire.md"),
            (&["/a/news", "/b/a/news"], "/b/a/news/fire.md", "b/a/news/fire.md"),
            (&["/a", "/a/b/c"], "/a/b/fire.md", "a/b/fire.md"),
            (&[], "/home/anna/fire.md", "fire.md"),
        ] {
            assert_eq!(paths(folders).told(Path::new(path)), Path::new(told), "{path} of {folders:?}");
        }
    }

    #[test]
    fn what_is_told_leads_to_the_file_and_to_no_other() {
        let at = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let file = at.path().join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, "x").unwrap();
            file
        };
        let (north, south, secret) = (file("north/a.md"), file("far/south/a.md"), file("secret.md"));
        let text = |path: &Path| path.to_str().unwrap().to_owned();
        let folders = [text(&at.path().join("north")), text(&at.path().join("far/south"))];
        let both = paths(&[&folders[0], &folders[1]]);
        let one = paths(&[&folders[0]]);
        for (paths, path) in [(&both, &north), (&both, &south), (&one, &north)] {
            assert_eq!(paths.file(&paths.told(path)).as_ref(), Some(path));
        }
        assert_eq!((both.file(Path::new("secret.md")), one.file(&one.told(&secret))), (None, None));
        assert_eq!(one.file(Path::new("../secret.md")), None);
    }
}
