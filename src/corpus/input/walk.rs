//! Lists the files of an archive, always in the same order.

use std::collections::BTreeSet;
use std::error::Error as _;
use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::UNIX_EPOCH;

use ignore::{DirEntry, WalkBuilder};

use super::ignored::Ignored;
use super::nearest::nearest_name;
use super::problem::Skip;
use crate::document::path::{part_name, path_text};
use crate::error::{Error, ErrorKind, Result};

/// Options for leaving out files.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WalkOptions {
    /// Set to include files and folders whose names begin with a dot.
    pub(crate) hidden: bool,
    /// Set to leave out what `.gitignore`, `.ignore` and the like name.
    pub(crate) gitignore: bool,
}

/// A regular file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileEntry {
    /// The root joined with `relative`.
    pub(crate) path: PathBuf,
    /// The path below the root, with `/` between its parts on every system. Bytes that are not UTF-8 are written
    /// `\xNN`, so that two files never share it. For a root that is a file, the file's name.
    pub(crate) relative: String,
    pub(crate) bytes: u64,
    /// The time of the last change, in nanoseconds since 1970, if the file system has it.
    pub(crate) modified: Option<i64>,
    /// Set if the archive is this file and no folder: what lies beside it belongs to it only if it names it.
    #[cfg_attr(not(any(feature = "newspapers", feature = "bibliography")), allow(dead_code))]
    pub(crate) alone: bool,
}

impl FileEntry {
    /// Returns whether the file still has the length and time it had when it was listed.
    pub(crate) fn is_as_it_was(&self) -> bool {
        fs::metadata(&self.path).is_ok_and(|now| now.len() == self.bytes && modified(&now) == self.modified)
    }
}

/// An entry of the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    File(FileEntry),
    /// A symbolic link, a pipe, a socket or a device. It is never opened.
    Skipped(Skip),
}

/// The files below `root`, sorted by path; `root` may be a file itself.
///
/// Fails if there is nothing at `root`. A folder that cannot be read is an error among the items, and the walk goes on.
pub(crate) fn walk(root: &Path, options: &WalkOptions) -> Result<Box<dyn Iterator<Item = Result<Found>> + Send>> {
    let metadata = match fs::metadata(root) {
        Ok(metadata) => metadata,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Err(missing(root));
        }
        Err(error) => return Err(Error::io("cannot read", root, error)),
    };
    if !metadata.is_dir() {
        let name = root.file_name().unwrap_or(root.as_os_str());
        let mut found = classify(root.to_path_buf(), part_name(name.as_encoded_bytes()), &metadata);
        if let Found::File(entry) = &mut found {
            entry.alone = true;
        }
        return Ok(Box::new(std::iter::once(Ok(found))));
    }
    let mut builder = WalkBuilder::new(root);
    builder.standard_filters(false).follow_links(false).sort_by_file_name(|a, b| a.cmp(b));
    let reach = Arc::new(Reach::below(root, options));
    let asked = Arc::clone(&reach);
    builder.filter_entry(move |entry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        entry.depth() == 0 || asked.takes(entry.path(), is_folder)
    });
    let root = root.to_path_buf();
    let entries = builder.build().filter_map(move |entry| match entry {
        Ok(entry) => item(&root, entry),
        Err(error) => Some(Err(unreadable(&root, error))),
    });
    // Asked when the walk is over.
    let unread = std::iter::once_with(move || reach.unread());
    Ok(Box::new(entries.chain(unread.flatten().map(|skip| Ok(Found::Skipped(skip))))))
}

/// The rules by which a walk leaves out what lies below its root.
pub(crate) struct Reach {
    root: PathBuf,
    hidden: bool,
    ignored: Option<Mutex<Ignored>>,
}

impl std::fmt::Debug for Reach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reach").field("root", &self.root).field("hidden", &self.hidden).finish_non_exhaustive()
    }
}

impl Reach {
    pub(crate) fn below(root: &Path, options: &WalkOptions) -> Reach {
        let ignored = options.gitignore.then(|| Mutex::new(Ignored::below(root)));
        Reach { root: root.to_path_buf(), hidden: options.hidden, ignored }
    }

    /// Returns whether the walk takes a file, or goes into a folder, that lies in one it goes into.
    fn takes(&self, path: &Path, is_folder: bool) -> bool {
        let name = path.file_name().unwrap_or_default();
        let shown = self.hidden || !is_hidden(name) || is_folder && is_mail_folder(path);
        shown && !self.ignored.as_ref().is_some_and(|ignored| locked(ignored).leaves_out(path, is_folder))
    }

    /// Returns whether the walk comes to a file below the root.
    #[cfg_attr(
        not(any(feature = "newspapers", feature = "bibliography")),
        allow(dead_code, reason = "only issues and lists of references ask for the files beside theirs")
    )]
    pub(crate) fn comes_to(&self, file: &Path) -> bool {
        let mut folders = file.ancestors().skip(1).take_while(|folder| *folder != self.root);
        folders.all(|folder| self.takes(folder, true)) && self.takes(file, false)
    }

    /// Things with the name of a file of rules that were not read.
    fn unread(&self) -> Vec<Skip> {
        self.ignored.as_ref().map_or(Vec::new(), |ignored| locked(ignored).unread())
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Returns whether a folder is one of a mail store (Maildir++), whose folders for sent and other mail begin with a dot.
fn is_mail_folder(folder: &Path) -> bool {
    let is_there = |folder: &Path, name: &str| folder.join(name).is_dir();
    let held = |folder: &Path| ["cur", "new"].into_iter().filter(|name| is_there(folder, name)).count();
    // A folder without new mail may lack the place for it, but lies in a store.
    held(folder) == 2 || held(folder) == 1 && folder.parent().is_some_and(|store| held(store) > 0)
}

fn locked(ignored: &Mutex<Ignored>) -> MutexGuard<'_, Ignored> {
    ignored.lock().unwrap_or_else(PoisonError::into_inner)
}

/// These files below `root`, without a walk.
pub(crate) fn these(root: &Path, files: &BTreeSet<PathBuf>) -> Box<dyn Iterator<Item = Result<Found>> + Send> {
    let one = |path: &PathBuf| {
        let metadata = fs::symlink_metadata(path).map_err(|error| Error::io("cannot read", path, error))?;
        Ok(classify(path.clone(), relative_name(path.strip_prefix(root).unwrap_or(path)), &metadata))
    };
    Box::new(files.iter().map(one).collect::<Vec<_>>().into_iter())
}

/// The item for one entry. None for a folder.
fn item(root: &Path, entry: DirEntry) -> Option<Result<Found>> {
    // The root is a folder, perhaps through a link.
    if entry.depth() == 0 || entry.file_type().is_some_and(|kind| kind.is_dir()) {
        return None;
    }
    let metadata = match entry.metadata() {
        Ok(metadata) => metadata,
        // The file vanished while its folder was listed.
        Err(error) if error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound) => return None,
        Err(error) => return Some(Err(unreadable(root, error))),
    };
    let path = entry.into_path();
    let relative = relative_name(path.strip_prefix(root).unwrap_or(&path));
    Some(Ok(classify(path, relative, &metadata)))
}

fn classify(path: PathBuf, relative: String, metadata: &Metadata) -> Found {
    if metadata.is_file() {
        Found::File(FileEntry { path, relative, bytes: metadata.len(), modified: modified(metadata), alone: false })
    } else if metadata.is_symlink() {
        Found::Skipped(Skip::new(path, "a symbolic link, which is not followed"))
    } else {
        Found::Skipped(Skip::new(path, "a pipe, socket or device"))
    }
}

/// The time of the last change, in nanoseconds since 1970, if the file system has it.
pub(crate) fn modified(metadata: &Metadata) -> Option<i64> {
    let time = metadata.modified().ok()?;
    let nanoseconds = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i128::try_from(after.as_nanos()).ok()?,
        Err(before) => -i128::try_from(before.duration().as_nanos()).ok()?,
    };
    i64::try_from(nanoseconds).ok()
}

fn relative_name(path: &Path) -> String {
    let mut name = String::new();
    for part in path.components() {
        if !name.is_empty() {
            name.push('/');
        }
        name.push_str(&part_name(part.as_os_str().as_encoded_bytes()));
    }
    name
}

fn missing(root: &Path) -> Error {
    if let Ok(end) = fs::read_link(root) {
        return Error::new(ErrorKind::Io, format!("a symbolic link to {}, where nothing is", path_text(&end))).at(root);
    }
    let error = Error::new(ErrorKind::Io, "no such file or folder").at(root);
    match nearest_name(root) {
        Some(near) => error.hint(format!("did you mean {}?", near.display())),
        None => error.hint("give the path of a folder of documents, or of one document"),
    }
}

/// The error of the walk, with the path that it is about taken out of its text.
fn unreadable(root: &Path, error: ignore::Error) -> Error {
    let mut path = None;
    let mut inner = &error;
    loop {
        match inner {
            ignore::Error::WithPath { path: at, err } => {
                path = Some(at.clone());
                inner = err;
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => inner = err,
            _ => break,
        }
    }
    let path = path.unwrap_or_else(|| root.to_path_buf());
    // The operating system's own message stands below those that repeat the path.
    let cause = match inner {
        ignore::Error::Io(error) => error.source().map_or_else(|| error.to_string(), ToString::to_string),
        other => other.to_string(),
    };
    Error::new(ErrorKind::Io, "cannot read").at(path).because(cause)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn names(root: &Path, options: &WalkOptions) -> Vec<String> {
        walk(root, options)
            .unwrap()
            .map(|item| match item.unwrap() {
                Found::File(file) => file.relative,
                Found::Skipped(skip) => format!("- {}", skip.reason),
            })
            .collect()
    }

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "words\n").unwrap();
        }
        folder
    }

    #[test]
    fn the_folders_of_a_mail_store_are_not_hidden() {
        let folder = tempfile::tempdir().unwrap();
        for name in [".Old/cur/0", ".Sent/cur/1", ".Sent/new/2", ".git/new.d/3", ".cache/4", "cur/5"] {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        assert_eq!(
            names(folder.path(), &WalkOptions::default()),
            [".Old/cur/0", ".Sent/cur/1", ".Sent/new/2", "cur/5"]
        );
    }

    #[test]
    fn files_come_sorted_by_path_and_hidden_ones_only_when_asked() {
        let folder = tree(&["b/2.txt", "b/10.txt", "a.txt", "a/z.txt", ".git/x", "b/.secret", "ä.txt"]);
        let shown = ["a/z.txt", "a.txt", "b/10.txt", "b/2.txt", "ä.txt"];
        assert_eq!(names(folder.path(), &WalkOptions::default()), shown);
        let all = names(folder.path(), &WalkOptions { hidden: true, ..WalkOptions::default() });
        assert_eq!(all.len(), shown.len() + 2);
    }

    #[test]
    fn gitignore_is_heeded_only_when_asked() {
        let folder = tree(&["keep.txt", "drop.log", "sub/drop.log"]);
        fs::write(folder.path().join(".gitignore"), "*.log\n").unwrap();
        fs::write(folder.path().join(".ignore"), "keep.txt\n").unwrap();
        assert_eq!(names(folder.path(), &WalkOptions::default()), ["drop.log", "keep.txt", "sub/drop.log"]);
        assert!(names(folder.path(), &WalkOptions { gitignore: true, ..WalkOptions::default() }).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_of_rules_is_told_and_the_walk_goes_on() {
        let folder = tree(&["a.txt", "sub/b.log", "sub/c.txt"]);
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join(".gitignore")).unwrap();
        fs::write(folder.path().join("sub/.gitignore"), "*.log\n").unwrap();
        let found = names(folder.path(), &WalkOptions { gitignore: true, ..WalkOptions::default() });
        assert_eq!(found, ["a.txt", "sub/c.txt", "- not a regular file, so no rules are read from it"]);
    }

    #[test]
    fn a_root_that_is_a_file_is_its_only_entry() {
        let folder = tree(&["sub/one.txt"]);
        assert_eq!(names(&folder.path().join("sub/one.txt"), &WalkOptions::default()), ["one.txt"]);
    }

    #[test]
    fn an_empty_folder_has_no_entries() {
        assert!(names(tree(&[]).path(), &WalkOptions::default()).is_empty());
    }

    #[test]
    fn a_missing_root_is_an_error_that_names_the_nearest_one() {
        let folder = tree(&["speeches/1.txt"]);
        let error = walk(&folder.path().join("speeeches"), &WalkOptions::default()).err().unwrap();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Io, "no such file or folder"));
        assert!(error.advice().unwrap().ends_with("speeches?"), "{:?}", error.advice());
        let error = walk(&folder.path().join("zzzz"), &WalkOptions::default()).err().unwrap();
        assert!(error.advice().unwrap().starts_with("give the path"));
        let below_a_file = folder.path().join("speeches/1.txt/2.txt");
        assert_eq!(walk(&below_a_file, &WalkOptions::default()).err().unwrap().message(), "no such file or folder");
    }

    #[test]
    fn an_error_of_the_walk_names_its_path_once() {
        let gone = tree(&[]).path().join("gone");
        let error = WalkBuilder::new(&gone).build().find_map(std::result::Result::err).unwrap();
        let told = unreadable(Path::new("root"), error);
        assert_eq!(told.path(), Some(gone.as_path()));
        let system = fs::metadata(&gone).unwrap_err();
        assert_eq!(told.to_string(), format!("{}: cannot read: {system}", gone.display()));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_reported_and_never_opened() {
        let folder = tree(&["real/1.txt"]);
        std::os::unix::fs::symlink(folder.path().join("real"), folder.path().join("link")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("gone"), folder.path().join("dangling")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("socket")).unwrap();
        let link = "- a symbolic link, which is not followed";
        let expected = [link, link, "real/1.txt", "- a pipe, socket or device"];
        assert_eq!(names(folder.path(), &WalkOptions::default()), expected);
        // The root itself may be a link, because somebody named it on purpose.
        assert_eq!(names(&folder.path().join("link"), &WalkOptions::default()), ["1.txt"]);
        // A link that leads nowhere exists, so its own name is no hint.
        let dangling = folder.path().join("dangling");
        let error = walk(&dangling, &WalkOptions::default()).err().unwrap();
        assert!(error.message().starts_with("a symbolic link to") && error.advice().is_none(), "{error:?}");
        let error = walk(&dangling.join("1.txt"), &WalkOptions::default()).err().unwrap();
        assert!(error.advice().unwrap().starts_with("give the path"), "{error:?}");
    }

    #[cfg(unix)]
    #[test]
    fn an_unreadable_folder_is_an_error_and_the_walk_goes_on() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tree(&["a/1.txt", "locked/2.txt", "z/3.txt"]);
        let locked = folder.path().join("locked");
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
        let items: Vec<_> = walk(folder.path(), &WalkOptions::default()).unwrap().collect();
        let may_read_anything = fs::read_dir(&locked).is_ok();
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
        if may_read_anything {
            eprintln!("skipped: this user may read every folder");
            return;
        }
        assert_eq!(items.iter().filter(|item| item.is_ok()).count(), 2);
        let error = items.into_iter().find_map(Result::err).unwrap();
        assert_eq!(error.path(), Some(locked.as_path()));
        assert_eq!(error.message(), "cannot read");
    }
}
