//! The pages of an issue, and the issue of a page.
//!
//! One question decides both, [`Issues::of_page`]: a page is read with the issue that it belongs to, whichever of the
//! two is read first, and by itself if it belongs to none. So no page is read twice, and every one is read. Of two METS
//! of one issue that which knows articles has the pages, else the nearer one, and in a folder the first by its name.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::ground::{Ground, Memory, Taken, beginning, head, list, meant};
use crate::corpus::encoding;
use crate::corpus::format;
use crate::corpus::format::{Format, IssueFiles, Unloaded};
use crate::corpus::input::walk::FileEntry;

/// The most folders beside that of a page in which its issue is looked for.
const BESIDE: usize = 64;

/// The bytes of a file within which METS names itself.
const BEGINNING: usize = 8 * 1024;

/// An issue: a file of METS.
#[derive(Debug)]
struct Issue {
    path: PathBuf,
    has_articles: bool,
}

/// The issues of an archive.
#[derive(Debug)]
pub(crate) struct Issues {
    ground: Arc<Ground>,
    /// The issues that a folder holds, by the pages that they name: of several that name a page the first that knows
    /// articles.
    issues: Memory<HashMap<PathBuf, Arc<Issue>>>,
    /// The first folders in a folder.
    folders: Memory<Vec<PathBuf>>,
}

impl Issues {
    pub(super) fn on(ground: Arc<Ground>) -> Issues {
        Issues { ground, issues: Memory::default(), folders: Memory::default() }
    }

    /// The issue that a page is read with, by its path below the archive's root.
    pub(crate) fn of_entry(&self, entry: &FileEntry) -> Option<String> {
        Some(self.ground.name(&self.of_page(&self.ground.whole(entry))?.path))
    }

    /// The files that are read with this one: of an issue the pages that it names, of a page its issue.
    pub(crate) fn others_of(&self, entry: &FileEntry) -> Vec<PathBuf> {
        if entry.alone {
            return Vec::new();
        }
        let whole = self.ground.whole(entry);
        let mut others: Vec<PathBuf> = self.of_page(&whole).iter().map(|issue| issue.path.clone()).collect();
        if let Some(folder) = whole.parent().filter(|_| may_be_issue(&whole)) {
            let known = self.issues.of(folder);
            let pages = known.get_or_init(|| self.find(folder)).iter();
            others.extend(pages.filter(|(_, issue)| issue.path == whole).map(|(page, _)| page.clone()));
        }
        others
    }

    /// The issues that may have named a page which is gone.
    pub(crate) fn around(&self, page: &Path) -> Vec<PathBuf> {
        let mut around = Vec::new();
        for folder in self.folders_of(page) {
            let known = self.issues.of(&folder);
            let issues = known.get_or_init(|| self.find(&folder)).values();
            around.extend(issues.map(|issue| issue.path.clone()));
        }
        around
    }

    /// Gives the bytes of a page as an issue names it. Fails with the reason if it is not there, not in the archive, or
    /// read elsewhere.
    pub(crate) fn load(&self, entry: &FileEntry, name: &str) -> Result<Vec<u8>, Unloaded> {
        let missing = |reason: &str| Unloaded::Missing(reason.to_owned());
        let from = self.ground.whole(entry);
        let path = found(&from, name).ok_or_else(|| missing("a page that METS names and that is not there"))?;
        let whole = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        if !whole.starts_with(&self.ground.root) {
            return Err(missing("a page that METS names and that lies outside the archive, which is not read"));
        }
        // What is no page of a scan belongs to no issue, and is asked of its content later.
        if !entry.alone && is_page(&path) {
            match self.of_page(&whole) {
                None => {
                    return Err(Unloaded::Elsewhere("lie too far from their METS, and are read by themselves".into()));
                }
                Some(issue) if issue.path != from => {
                    return Err(Unloaded::Elsewhere(format!("are read with {}", self.ground.name(&issue.path))));
                }
                Some(_) => {}
            }
        }
        self.ground
            .read(&path)
            .map_err(|error| Unloaded::Missing(format!("a page that METS names and that cannot be read: {error}")))
    }

    /// The issue that names a page; of several the first that knows articles.
    fn of_page(&self, page: &Path) -> Option<Arc<Issue>> {
        let mut best: Option<Arc<Issue>> = None;
        for folder in self.folders_of(page) {
            let known = self.issues.of(&folder);
            if let Some(issue) = known.get_or_init(|| self.find(&folder)).get(page)
                && best.as_ref().is_none_or(|best| issue.has_articles && !best.has_articles)
            {
                best = Some(Arc::clone(issue));
            }
        }
        best
    }

    /// The folders in which the issue of a page may lie: its own, those above it, and those beside its own.
    fn folders_of(&self, page: &Path) -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = self.ground.above(page).map(Path::to_path_buf).collect();
        if let [own, around, ..] = folders.as_slice() {
            let known = self.folders.of(around);
            let beside = known.get_or_init(|| folders_in(around)).iter().filter(|folder| *folder != own);
            let beside: Vec<PathBuf> = beside.take(BESIDE).cloned().collect();
            folders.extend(beside);
        }
        folders
    }

    /// Reads the issues of a folder, those that say so in their names first.
    fn find(&self, folder: &Path) -> HashMap<PathBuf, Arc<Issue>> {
        let mut files = list(folder, |path| may_be_issue(path) && self.ground.reach.comes_to(path));
        files.sort_by_key(|path| !is_named_so(path));
        let mut by_page: HashMap<PathBuf, Arc<Issue>> = HashMap::new();
        for path in files {
            // Most files of XML are something else, and need not be looked at any further.
            if !beginning(&path, BEGINNING).is_some_and(|begin| may_begin_so(&begin)) {
                continue;
            }
            let Some(bytes) = self.ground.read_if(&path, Format::Mets) else { continue };
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

/// Returns whether METS may begin like this. Where each letter takes two bytes, it may.
fn may_begin_so(begin: &[u8]) -> bool {
    memchr::memmem::find(begin, b"mets").is_some() || encoding::is_wide(begin)
}

fn is_named_so(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    ["mets", "manifest", "toc"].iter().any(|word| name.contains(word))
}

/// The page that an issue names.
fn found(issue: &Path, name: &str) -> Option<PathBuf> {
    meant(issue.parent()?, name, Taken::Exactly, |_| true)
}
