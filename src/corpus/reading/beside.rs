//! The files beside one that belong to it: the pages of an issue, and the issue of a page.
//!
//! One question decides both, [`Issues::of_page`]: a page is read with the issue that it belongs to, whichever of the
//! two is read first, and by itself if it belongs to none. So no page is read twice, and every one is read.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use percent_encoding::percent_decode_str;

use crate::corpus::format;
use crate::corpus::format::{Format, HEAD, IssueFiles, Unloaded};
use crate::corpus::input::hashed_file::Bytes;
use crate::corpus::input::walk::{FileEntry, Reach};
use crate::document::path::path_text;

/// The longest file that is read beside another, in bytes, unpacked.
const LONGEST: u64 = 64 << 20;

/// The folders above a page in which its issue is looked for, and the most folders beside that of the page.
const ABOVE: usize = 6;
const BESIDE: usize = 64;

/// The most folders whose issues are remembered.
const REMEMBERED: usize = 256;

/// An issue: a file of METS, and the pages that it names.
#[derive(Debug)]
struct Issue {
    path: PathBuf,
    /// Links resolved.
    pages: HashSet<PathBuf>,
    has_articles: bool,
}

/// The issues of a folder, found once.
type OfFolder = Arc<OnceLock<Arc<Vec<Arc<Issue>>>>>;

/// The issues of an archive, as they are during one run over it.
#[derive(Debug)]
pub(crate) struct Issues {
    reach: Reach,
    folders: Mutex<Folders>,
}

/// The issues of the folders that were asked for last.
#[derive(Debug, Default)]
struct Folders {
    known: HashMap<PathBuf, OfFolder>,
    order: VecDeque<PathBuf>,
}

impl Issues {
    pub(crate) fn new(reach: Reach) -> Issues {
        Issues { reach, folders: Mutex::default() }
    }

    /// The issue that a page is read with, by its path below the archive's root.
    pub(crate) fn of_entry(&self, entry: &FileEntry) -> Option<String> {
        let root = root(entry);
        Some(below(&root, &self.of_page(&entry.path, &root)?.path))
    }

    /// Gives the bytes of a page as an issue names it. Fails with the reason if it is not there, not in the archive, or
    /// read elsewhere.
    pub(crate) fn load(&self, entry: &FileEntry, name: &str) -> Result<Vec<u8>, Unloaded> {
        let missing = |reason: &str| Unloaded::Missing(reason.to_owned());
        let path = found(&entry.path, name).ok_or_else(|| missing("a page that METS names and that is not there"))?;
        let root = root(entry);
        if !lies_within(&path, &root) {
            return Err(missing("a page that METS names and that lies outside the archive, which is not read"));
        }
        // What is no page of a scan belongs to no issue, and is asked of its content later.
        if !entry.alone && is_page(&path) {
            match self.of_page(&path, &root) {
                None => {
                    return Err(Unloaded::Elsewhere("lie too far from their METS, and are read by themselves".into()));
                }
                Some(issue) if issue.path != entry.path => {
                    return Err(Unloaded::Elsewhere(format!("are read with {}", below(&root, &issue.path))));
                }
                Some(_) => {}
            }
        }
        read(&path)
            .map_err(|error| Unloaded::Missing(format!("a page that METS names and that cannot be read: {error}")))
    }

    /// The issue that names a page; of several the first that knows articles.
    fn of_page(&self, page: &Path, root: &Path) -> Option<Arc<Issue>> {
        let whole = std::fs::canonicalize(page).ok()?;
        let mut best: Option<Arc<Issue>> = None;
        for folder in folders_of(page, root) {
            for issue in self.of_folder(&folder).iter().filter(|issue| issue.pages.contains(&whole)) {
                if best.as_ref().is_none_or(|best| issue.has_articles && !best.has_articles) {
                    best = Some(Arc::clone(issue));
                }
            }
        }
        best
    }

    fn of_folder(&self, folder: &Path) -> Arc<Vec<Arc<Issue>>> {
        let known = self.folders.lock().unwrap_or_else(PoisonError::into_inner).remember(folder);
        Arc::clone(known.get_or_init(|| Arc::new(self.find(folder))))
    }

    /// Reads the issues of a folder, those that say so in their names first.
    fn find(&self, folder: &Path) -> Vec<Arc<Issue>> {
        let mut files = list(folder);
        files.retain(|path| may_be_issue(path) && self.reach.comes_to(path));
        files.sort_by_key(|path| !is_named_so(path));
        let issues = files.into_iter().filter_map(|path| {
            let IssueFiles { names, has_articles } = format::files_of_issue(mets(&path)?);
            let pages = names.iter().filter_map(|name| std::fs::canonicalize(found(&path, name)?).ok()).collect();
            Some(Arc::new(Issue { path, pages, has_articles }))
        });
        issues.collect()
    }
}

impl Folders {
    fn remember(&mut self, folder: &Path) -> OfFolder {
        if let Some(known) = self.known.get(folder) {
            return Arc::clone(known);
        }
        if self.order.len() >= REMEMBERED
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
        self.order.push_back(folder.to_path_buf());
        Arc::clone(self.known.entry(folder.to_path_buf()).or_default())
    }
}

/// The folders in which the issue of a page may lie: its own, those above it, and those beside its own.
fn folders_of(page: &Path, root: &Path) -> Vec<PathBuf> {
    let above = page.ancestors().skip(1).take_while(|folder| folder.starts_with(root)).take(ABOVE);
    let mut folders: Vec<PathBuf> = above.map(Path::to_path_buf).collect();
    if let [own, around, ..] = folders.as_slice() {
        let (own, around) = (own.clone(), around.clone());
        folders.extend(list(&around).into_iter().filter(|path| *path != own && is_folder(path)).take(BESIDE));
    }
    folders
}

fn is_folder(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir())
}

fn is_page(path: &Path) -> bool {
    let known = head(path).map(|head| format::recognise(&head, ""));
    matches!(known, Some(Ok(Format::Alto | Format::PageXml | Format::Hocr)))
}

/// The root of the archive that a file is in.
fn root(entry: &FileEntry) -> PathBuf {
    let depth = Path::new(&entry.relative).components().count();
    entry.path.ancestors().nth(depth).unwrap_or(Path::new("")).to_path_buf()
}

fn below(root: &Path, path: &Path) -> String {
    path_text(path.strip_prefix(root).unwrap_or(path))
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
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn head(path: &Path) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    open(path)?.take(HEAD as u64).read_to_end(&mut head).ok()?;
    Some(head)
}

/// The bytes of a file that is METS.
fn mets(path: &Path) -> Option<Vec<u8>> {
    let head = head(path)?;
    matches!(format::recognise(&head, ""), Ok(Format::Mets)).then(|| read(path).ok())?
}

/// A file, unpacked if it is packed. Links are not followed.
fn open(path: &Path) -> Option<Bytes> {
    if !std::fs::symlink_metadata(path).ok()?.is_file() {
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

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let bytes = open(path).ok_or("it is no file")?;
    let mut all = Vec::new();
    bytes.take(LONGEST + 1).read_to_end(&mut all).map_err(|error| error.to_string())?;
    if all.len() as u64 > LONGEST {
        return Err(format!("it is longer than {} MB", LONGEST >> 20));
    }
    Ok(all)
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

/// Returns whether a file lies below the root of the archive, links resolved.
fn lies_within(path: &Path, root: &Path) -> bool {
    let resolved = |path: &Path| std::fs::canonicalize(path).ok();
    resolved(path).zip(resolved(root)).is_some_and(|(path, root)| path.starts_with(root))
}
