//! The files beside one that belong to it: the pages of an issue, and the issue of a page.
//!
//! One question decides both, [`Issues::of_page`]: a page is read with the issue that it belongs to, whichever of the
//! two is read first, and by itself if it belongs to none. So no page is read twice, and every one is read.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use percent_encoding::percent_decode_str;

use crate::corpus::format;
use crate::corpus::format::{Format, HEAD, IssueFiles, Unloaded};
use crate::corpus::input::hashed_file::Bytes;
use crate::corpus::input::limits::{Limits, too_long};
use crate::corpus::input::walk::{FileEntry, Reach, WalkOptions};
use crate::document::path::path_text;

/// The folders above a page in which its issue is looked for, and the most folders beside that of the page.
const ABOVE: usize = 6;
const BESIDE: usize = 64;

/// The most folders of which something is remembered.
const REMEMBERED: usize = 256;

/// An issue: a file of METS.
#[derive(Debug)]
struct Issue {
    path: PathBuf,
    has_articles: bool,
}

/// What is known of a folder. Each part is found once, when it is asked for.
#[derive(Debug, Default)]
struct Folder {
    /// The issues that it holds, by the pages that they name: of several that name a page the first that knows articles.
    issues: OnceLock<HashMap<PathBuf, Arc<Issue>>>,
    /// The first folders in it.
    folders: OnceLock<Vec<PathBuf>>,
}

/// The issues of an archive, as they are during one run over it. Paths are compared with links resolved.
#[derive(Debug)]
pub(crate) struct Issues {
    /// The folder that the archive is, or lies in.
    root: PathBuf,
    reach: Reach,
    limits: Limits,
    folders: Mutex<Folders>,
}

/// The folders that were asked for last.
#[derive(Debug, Default)]
struct Folders {
    known: HashMap<PathBuf, (u64, Arc<Folder>)>,
    /// How often a folder was asked for.
    asked: u64,
}

impl Issues {
    pub(crate) fn below(root: &Path, walk: &WalkOptions, limits: Limits) -> Issues {
        let mut root = fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf());
        if root.is_file() {
            root.pop();
        }
        Issues { reach: Reach::below(&root, walk), root, limits, folders: Mutex::default() }
    }

    /// The issue that a page is read with, by its path below the archive's root.
    pub(crate) fn of_entry(&self, entry: &FileEntry) -> Option<String> {
        Some(self.name(&self.of_page(&fs::canonicalize(&entry.path).ok()?)?.path))
    }

    /// Gives the bytes of a page as an issue names it. Fails with the reason if it is not there, not in the archive, or
    /// read elsewhere.
    pub(crate) fn load(&self, entry: &FileEntry, name: &str) -> Result<Vec<u8>, Unloaded> {
        let missing = |reason: &str| Unloaded::Missing(reason.to_owned());
        let from = fs::canonicalize(&entry.path).map_err(|error| Unloaded::Missing(error.to_string()))?;
        let path = found(&from, name).ok_or_else(|| missing("a page that METS names and that is not there"))?;
        let whole = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if !whole.starts_with(&self.root) {
            return Err(missing("a page that METS names and that lies outside the archive, which is not read"));
        }
        // What is no page of a scan belongs to no issue, and is asked of its content later.
        if !entry.alone && is_page(&path) {
            match self.of_page(&whole) {
                None => {
                    return Err(Unloaded::Elsewhere("lie too far from their METS, and are read by themselves".into()));
                }
                Some(issue) if issue.path != from => {
                    return Err(Unloaded::Elsewhere(format!("are read with {}", self.name(&issue.path))));
                }
                Some(_) => {}
            }
        }
        self.read(&path)
            .map_err(|error| Unloaded::Missing(format!("a page that METS names and that cannot be read: {error}")))
    }

    /// The issue that names a page; of several the first that knows articles.
    fn of_page(&self, page: &Path) -> Option<Arc<Issue>> {
        let mut best: Option<Arc<Issue>> = None;
        for folder in self.folders_of(page) {
            let known = self.folder(&folder);
            if let Some(issue) = known.issues.get_or_init(|| self.find(&folder)).get(page)
                && best.as_ref().is_none_or(|best| issue.has_articles && !best.has_articles)
            {
                best = Some(Arc::clone(issue));
            }
        }
        best
    }

    /// The folders in which the issue of a page may lie: its own, those above it, and those beside its own.
    fn folders_of(&self, page: &Path) -> Vec<PathBuf> {
        let above = page.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.root)).take(ABOVE);
        let mut folders: Vec<PathBuf> = above.map(Path::to_path_buf).collect();
        if let [own, around, ..] = folders.as_slice() {
            let known = self.folder(around);
            let beside = known.folders.get_or_init(|| folders_in(around)).iter().filter(|folder| *folder != own);
            let beside: Vec<PathBuf> = beside.take(BESIDE).cloned().collect();
            folders.extend(beside);
        }
        folders
    }

    fn folder(&self, folder: &Path) -> Arc<Folder> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).remember(folder)
    }

    /// Reads the issues of a folder, those that say so in their names first.
    fn find(&self, folder: &Path) -> HashMap<PathBuf, Arc<Issue>> {
        let mut files = list(folder);
        files.retain(|path| may_be_issue(path) && self.reach.comes_to(path));
        files.sort_by_key(|path| !is_named_so(path));
        let mut by_page: HashMap<PathBuf, Arc<Issue>> = HashMap::new();
        for path in files {
            let Some(bytes) = self.mets(&path) else { continue };
            let IssueFiles { names, has_articles } = format::files_of_issue(bytes);
            let issue = Arc::new(Issue { path: path.clone(), has_articles });
            for page in names.iter().filter_map(|name| fs::canonicalize(found(&path, name)?).ok()) {
                let known = by_page.entry(page).or_insert_with(|| Arc::clone(&issue));
                if has_articles && !known.has_articles {
                    *known = Arc::clone(&issue);
                }
            }
        }
        by_page
    }

    /// The bytes of a file that is METS.
    fn mets(&self, path: &Path) -> Option<Vec<u8>> {
        let head = head(path)?;
        matches!(format::recognise(&head, ""), Ok(Format::Mets)).then(|| self.read(path).ok())?
    }

    /// The bytes of a file, unpacked, if it is no longer than a document may be.
    fn read(&self, path: &Path) -> Result<Vec<u8>, String> {
        let bytes = open(path).ok_or("it is no file")?;
        let longest = self.limits.longest(true);
        let mut all = Vec::new();
        bytes.take(longest.saturating_add(1)).read_to_end(&mut all).map_err(|error| error.to_string())?;
        if all.len() as u64 > longest {
            return Err(too_long("a document", longest));
        }
        Ok(all)
    }

    /// A path below the archive's root.
    fn name(&self, path: &Path) -> String {
        path_text(path.strip_prefix(&self.root).unwrap_or(path))
    }
}

impl Folders {
    /// What is known of a folder. Of too many that which was not asked for the longest is forgotten.
    fn remember(&mut self, folder: &Path) -> Arc<Folder> {
        self.asked += 1;
        if let Some((last, known)) = self.known.get_mut(folder) {
            *last = self.asked;
            return Arc::clone(known);
        }
        if self.known.len() >= REMEMBERED
            && let Some(oldest) = self.known.iter().min_by_key(|(_, (last, _))| *last).map(|(path, _)| path.clone())
        {
            self.known.remove(&oldest);
        }
        let known = Arc::new(Folder::default());
        self.known.insert(folder.to_path_buf(), (self.asked, Arc::clone(&known)));
        known
    }
}

/// The first folders in another, one more than are looked at beside one of them.
fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let folders = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.path()).collect();
    folders.sort();
    folders.truncate(BESIDE + 1);
    folders
}

fn is_page(path: &Path) -> bool {
    let known = head(path).map(|head| format::recognise(&head, ""));
    matches!(known, Some(Ok(Format::Alto | Format::PageXml | Format::Hocr)))
}

/// Returns whether the name of a file, packed or not, may be that of METS.
fn may_be_issue(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let name = format::unpacked_name(&name);
    name.ends_with(".xml") || name.ends_with(".mets")
}

fn is_named_so(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    ["mets", "manifest", "toc"].iter().any(|word| name.contains(word))
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn head(path: &Path) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    open(path)?.take(HEAD as u64).read_to_end(&mut head).ok()?;
    Some(head)
}

/// A file, unpacked if it is packed. Links are not followed.
fn open(path: &Path) -> Option<Bytes> {
    if !fs::symlink_metadata(path).ok()?.is_file() {
        return None;
    }
    let mut file = File::open(path).ok()?;
    let mut first = [0; 6];
    let count = file.read(&mut first).ok()?;
    let bytes: Bytes = Box::new(File::open(path).ok()?);
    match format::recognise(first.get(..count)?, "") {
        Ok(packed @ (Format::Gzip | Format::Zstd | Format::Xz | Format::Bzip2)) => {
            Some(format::unpacked(packed, bytes))
        }
        _ => Some(bytes),
    }
}

/// The file that a name means, seen from the file that names it: with or without what it is packed by, and
/// beside it where the name is an address on the net.
fn found(from: &Path, name: &str) -> Option<PathBuf> {
    let folder = from.parent()?;
    let bare = name.strip_prefix("file://").or_else(|| name.strip_prefix("file:")).unwrap_or(name);
    let bare = if bare.contains("://") { bare.rsplit('/').next()? } else { bare };
    let bare = bare.replace('\\', "/");
    // A name that is no text when its escapes are read has none.
    let bare = percent_decode_str(&bare).decode_utf8().unwrap_or(Cow::Borrowed(&bare));
    let relative = Path::new(bare.trim_start_matches("./"));
    // A path from the root of somebody's machine means nothing here, but its last name may.
    let relative = if relative.is_absolute() { Path::new(relative.file_name()?) } else { relative };
    let path = plain(&folder.join(relative))?;
    let packed = ["", ".gz", ".bz2", ".xz", ".zst"].map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    });
    packed.into_iter().find(|path| path.is_file())
}

/// A path without steps up.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for step in path.components() {
        match step {
            Component::ParentDir => {
                if !plain.pop() {
                    return None;
                }
            }
            Component::CurDir => {}
            step => plain.push(step),
        }
    }
    Some(plain)
}
