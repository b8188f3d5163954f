//! What `.gitignore` and `.ignore` files leave out.
//!
//! The walker would open whatever has such a name, and wait for ever on a pipe. Here only regular files of a bounded
//! length are read; the rest has no rules, and is told.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::problem::Skip;

/// Longer than anybody's rules, in bytes.
const LONGEST: u64 = 4 << 20;

/// The files in which a folder keeps rules, the first to decide first.
const FILES: [&str; 3] = [".ignore", ".gitignore", ".git/info/exclude"];

/// The rules of a folder, by the files that have them.
type Rules = [Gitignore; FILES.len()];

/// The rules that hold below a folder: its own, those of the folders above it, and the user's for all of git.
pub(crate) struct Ignored {
    /// As the walk names it, and whole.
    root: PathBuf,
    whole: PathBuf,
    folders: HashMap<PathBuf, Rules>,
    everywhere: Gitignore,
    unread: Vec<Skip>,
}

impl Ignored {
    pub(crate) fn below(root: &Path) -> Ignored {
        let whole = fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
        let (everywhere, _) = Gitignore::global();
        Ignored { root: root.to_path_buf(), whole, folders: HashMap::new(), everywhere, unread: Vec::new() }
    }

    /// Returns whether rules leave out a path of the walk. The folder nearest to it decides, in each kind of file.
    pub(crate) fn leaves_out(&mut self, path: &Path, is_folder: bool) -> bool {
        let path = self.whole.join(path.strip_prefix(&self.root).unwrap_or(path));
        let mut decided = [const { None }; FILES.len()];
        for folder in path.ancestors().skip(1) {
            for (rules, decided) in self.rules(folder).iter().zip(&mut decided) {
                if decided.is_none() {
                    *decided = verdict(rules, &path, is_folder);
                }
            }
        }
        decided.into_iter().flatten().next().or_else(|| verdict(&self.everywhere, &path, is_folder)).unwrap_or(false)
    }

    /// Things with the name of a file of rules that were not read.
    pub(crate) fn unread(&mut self) -> Vec<Skip> {
        std::mem::take(&mut self.unread)
    }

    fn rules(&mut self, folder: &Path) -> &Rules {
        if !self.folders.contains_key(folder) {
            let rules = FILES.map(|name| self.read(folder, &folder.join(name)));
            self.folders.insert(folder.to_path_buf(), rules);
        }
        &self.folders[folder]
    }

    fn read(&mut self, folder: &Path, file: &Path) -> Gitignore {
        let text = match rules_text(file) {
            Ok(Some(text)) => text,
            Ok(None) => return Gitignore::empty(),
            Err(reason) => {
                self.unread.push(Skip::new(file.to_path_buf(), reason));
                return Gitignore::empty();
            }
        };
        let mut builder = GitignoreBuilder::new(folder);
        for line in text.trim_start_matches('\u{feff}').lines() {
            // A line that is no pattern leaves nothing out.
            let _ = builder.add_line(None, line);
        }
        builder.build().unwrap_or_else(|_| Gitignore::empty())
    }
}

/// Returns whether rules leave a path out or let it in, if they say.
fn verdict(rules: &Gitignore, path: &Path, is_folder: bool) -> Option<bool> {
    match rules.matched(path, is_folder) {
        Match::None => None,
        Match::Ignore(_) => Some(true),
        Match::Whitelist(_) => Some(false),
    }
}

/// The text of a file of rules; none where there is no file, an error where there is something else.
fn rules_text(file: &Path) -> Result<Option<String>, String> {
    let unread = |error: std::io::Error| format!("its rules cannot be read: {error}");
    let metadata = match fs::metadata(file) {
        Ok(metadata) => metadata,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        Err(error) => return Err(unread(error)),
    };
    if !metadata.is_file() {
        return Err("not a regular file, so no rules are read from it".to_owned());
    }
    if metadata.len() > LONGEST {
        return Err("too long for a file of rules, so none are read from it".to_owned());
    }
    let mut bytes = Vec::new();
    File::open(file).and_then(|file| file.take(LONGEST).read_to_end(&mut bytes)).map_err(unread)?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_nearest_folder_decides_and_ignore_files_before_those_of_git() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("a/b/.git/info")).unwrap();
        fs::write(root.join(".gitignore"), "\u{feff}*.log\n/drafts/\n[\n").unwrap();
        fs::write(root.join("a/.gitignore"), "!kept.log\n").unwrap();
        fs::write(root.join("a/.ignore"), "note.txt\n").unwrap();
        fs::write(root.join("a/b/.git/info/exclude"), "*.bak\n").unwrap();
        let mut ignored = Ignored::below(&root.join("a"));
        let mut out = |path: &str| ignored.leaves_out(&root.join("a").join(path), false);
        assert!(out("x.log") && out("b/x.log"), "a rule of the folder above");
        assert!(!out("kept.log") && !out("b/kept.log"));
        assert!(out("note.txt") && !out("x.txt"));
        assert!(out("b/x.bak") && !out("x.bak"));
        let mut whole = Ignored::below(root);
        assert!(whole.leaves_out(&root.join("drafts"), true) && !whole.leaves_out(&root.join("a/drafts"), true));
        assert!(ignored.unread().is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn only_regular_files_have_rules() {
        let folder = tempfile::tempdir().unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join(".gitignore")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", folder.path().join(".ignore")).unwrap();
        let mut ignored = Ignored::below(folder.path());
        assert!(!ignored.leaves_out(&folder.path().join("a.txt"), false));
        let unread = ignored.unread();
        assert_eq!(unread.len(), 2, "{unread:?}");
        assert!(unread.iter().all(|skip| skip.reason.starts_with("not a regular file")), "{unread:?}");
        assert!(ignored.unread().is_empty(), "each is told once");
    }
}
