//! The files beside one that belong to it: the pages of an issue, and the issue of a page.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use crate::corpus::format;
use crate::corpus::format::{Format, HEAD};
use crate::corpus::input::hashed_file::Bytes;
use crate::corpus::input::walk::FileEntry;
use crate::document::path::path_text;

/// The longest file that is read beside another, in bytes, unpacked.
const LONGEST: u64 = 64 << 20;

/// The most files of a folder that are looked at for the issue of a page.
const MOST: usize = 64;

/// Gives the bytes of a file as another names it. Fails with the reason if it is not there, or not in the archive.
pub(crate) fn load(entry: &FileEntry, name: &str) -> Result<Vec<u8>, String> {
    let path = found(&entry.path, name).ok_or_else(|| "a page that METS names and that is not there".to_owned())?;
    if !lies_within(&path, entry) {
        return Err("a page that METS names and that lies outside the archive, which is not read".to_owned());
    }
    read(&path).map_err(|error| format!("a page that METS names and that cannot be read: {error}"))
}

/// The issue that names a file as one of its pages, by its path below the archive's root.
pub(crate) fn issue_of(entry: &FileEntry) -> Option<String> {
    let root = root(entry);
    let best = best_issue(&entry.path, &root)?;
    Some(path_text(best.strip_prefix(&root).unwrap_or(&best)))
}

/// Another issue that reads all the pages of this one, because it knows their articles too.
pub(crate) fn better_issue(entry: &FileEntry, bytes: &[u8]) -> Option<String> {
    let root = root(entry);
    let names = format::files_of_issue(bytes.to_vec());
    let pages: Vec<PathBuf> =
        names.iter().filter_map(|name| found(&entry.path, name)).filter(|path| is_page(path)).collect();
    // There is no other where this one is alone.
    if issues(pages.first()?, &root).len() < 2 {
        return None;
    }
    let mut better = None;
    for page in &pages {
        better = best_issue(page, &root).filter(|best| *best != entry.path);
        better.as_ref()?;
    }
    better.map(|path| path_text(path.strip_prefix(&root).unwrap_or(&path)))
}

/// The files of METS that may name a page, with their bytes.
fn issues(page: &Path, root: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    candidates(page, root).into_iter().filter_map(|path| Some((path.clone(), mets(&path)?))).collect()
}

/// The METS that names a page; of several the first that knows articles.
fn best_issue(page: &Path, root: &Path) -> Option<PathBuf> {
    let own = std::fs::canonicalize(page).ok()?;
    let (mut best, mut articles) = (None, false);
    for (path, bytes) in issues(page, root) {
        let has_articles = memchr::memmem::find(&bytes, b"ARTICLE").is_some();
        let names = format::files_of_issue(bytes);
        let is_own =
            |name: &String| same_name(name, &own) && found(&path, name).is_some_and(|found| is_same(&found, &own));
        if names.iter().any(is_own) && (best.is_none() || has_articles && !articles) {
            (best, articles) = (Some(path), has_articles);
        }
    }
    best
}

fn is_page(path: &Path) -> bool {
    head(path).is_some_and(|head| matches!(format::recognise(&head, ""), Ok(Format::Alto | Format::PageXml)))
}

fn same_name(name: &str, own: &Path) -> bool {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let own = own.file_name().map(|own| own.to_string_lossy()).unwrap_or_default();
    own.starts_with(last) && !last.is_empty()
}

fn is_same(path: &Path, own: &Path) -> bool {
    std::fs::canonicalize(path).is_ok_and(|path| path == own)
}

/// The root of the archive that a file is in.
fn root(entry: &FileEntry) -> PathBuf {
    let depth = Path::new(&entry.relative).components().count();
    entry.path.ancestors().nth(depth).unwrap_or(Path::new("")).to_path_buf()
}

/// The files that may be METS of a page: in its folder, the one above, and the other folders in that.
fn candidates(page: &Path, root: &Path) -> Vec<PathBuf> {
    let Some(folder) = page.parent() else { return Vec::new() };
    let mut folders = vec![folder.to_path_buf()];
    if let Some(above) = folder.parent().filter(|above| folder != root && above.starts_with(root)) {
        folders.push(above.to_path_buf());
        let mut others: Vec<PathBuf> = list(above).into_iter().filter(|path| path.is_dir() && path != folder).collect();
        others.truncate(MOST);
        folders.extend(others);
    }
    let stem =
        page.file_name().map(|name| name.to_string_lossy().chars().take(6).collect::<String>()).unwrap_or_default();
    let mut all = Vec::new();
    for folder in folders {
        let mut files: Vec<PathBuf> = list(&folder)
            .into_iter()
            .filter(|path| {
                *path != page
                    && path
                        .extension()
                        .is_some_and(|end| end.eq_ignore_ascii_case("xml") || end.eq_ignore_ascii_case("mets"))
            })
            .collect();
        if files.len() > MOST {
            // In a folder of many issues their names are told by how they begin.
            files.retain(|path| {
                path.file_name().is_some_and(|name| {
                    name.to_string_lossy().starts_with(&stem) || is_named_so(&name.to_string_lossy())
                })
            });
        }
        files.sort_by_key(|path| !path.file_name().is_some_and(|name| is_named_so(&name.to_string_lossy())));
        files.truncate(MOST);
        all.extend(files);
    }
    all
}

fn is_named_so(name: &str) -> bool {
    let small = name.to_lowercase();
    ["mets", "manifest", "toc"].iter().any(|word| small.contains(word))
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
    let bare = percent_decoded(&bare.replace('\\', "/"));
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

fn percent_decoded(name: &str) -> String {
    if !name.contains('%') {
        return name.to_owned();
    }
    let mut bytes = Vec::new();
    let mut at = 0;
    while let Some(byte) = name.as_bytes().get(at) {
        let digits = name.get(at + 1..at + 3).filter(|_| *byte == b'%');
        let decoded = digits.and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(decoded.unwrap_or(*byte));
        at += if decoded.is_some() { 3 } else { 1 };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

/// Whether a file lies below the root of the archive, links resolved.
fn lies_within(path: &Path, entry: &FileEntry) -> bool {
    let resolved = |path: &Path| std::fs::canonicalize(path).ok();
    match (resolved(path), resolved(&root(entry))) {
        (Some(path), Some(root)) => path.starts_with(root),
        _ => false,
    }
}
