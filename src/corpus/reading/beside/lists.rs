//! The references that name a file: lists of references lie in its folder, or above.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::ground::{Ground, Memory, Taken, beginning, head, list, meant};
use crate::corpus::format;
use crate::corpus::format::{Format, Reference};
use crate::corpus::input::problem::Problem;
use crate::corpus::input::walk::FileEntry;
use crate::corpus::raw::RawDocument;
use crate::document::path::path_text;

/// The most files of JSON in a folder that are asked whether they are lists of references. What a list that is not asked
/// says of this is told where it is read.
const OTHERS: usize = 1_000;

/// The bytes by which a file of JSON shows that it may be a list of references.
const BEGINNING: usize = 16 * 1024;

/// The name, in a document's metadata, of the reference whose abstract is its text.
const READ_FROM: &str = "read_from";

/// A reference that names a file.
#[derive(Debug)]
struct Cited {
    /// Its place: `references.bib mill1896`.
    place: String,
    reference: Reference,
}

/// What the lists in a folder say.
#[derive(Debug, Default)]
struct Here {
    /// The references by the files that they name.
    by_file: HashMap<PathBuf, Vec<Arc<Cited>>>,
    /// The lists that were asked, with the numbers of those of their references that name a file here.
    lists: HashMap<PathBuf, BTreeSet<usize>>,
}

/// The lists of references of an archive.
#[derive(Debug)]
pub(crate) struct Lists {
    ground: Arc<Ground>,
    /// What is said in each folder.
    folders: Memory<Here>,
}

impl Lists {
    pub(super) fn on(ground: Arc<Ground>) -> Lists {
        Lists { ground, folders: Memory::default() }
    }

    /// Adds to the documents of a whole file what lists of references say of it: its date, its author and its source to
    /// all of them, everything else to the only one. A file that gave none is a document of its abstract.
    pub(crate) fn tell(&self, entry: &FileEntry, read: &mut Vec<Result<RawDocument, Problem>>) {
        // A file that is an archive by itself has nothing beside it.
        let cited = if entry.alone { Vec::new() } else { self.cited(&self.ground.whole(entry)) };
        let Some(Cited { reference, place, .. }) = cited.first().map(|cited| &**cited) else { return };
        if !read.iter().flatten().any(|raw| !raw.text.trim().is_empty()) {
            read.retain(Result::is_err);
            let summary = reference.summary.clone().filter(|summary| !summary.trim().is_empty());
            read.extend(summary.map(|text| {
                let metadata = [(READ_FROM.to_owned(), place.clone())].into();
                Ok(RawDocument { text, metadata, ..RawDocument::default() })
            }));
        }
        let is_one = read.iter().flatten().count() == 1;
        for raw in read.iter_mut().flatten() {
            for cited in &cited {
                raw.declared.extend(cited.reference.declared(&cited.place));
            }
            if is_one {
                tell_all(reference, raw);
            }
        }
    }

    /// Returns whether the nearest reference to a file has an abstract.
    pub(crate) fn has_abstract(&self, entry: &FileEntry) -> bool {
        let cited = if entry.alone { Vec::new() } else { self.cited(&self.ground.whole(entry)) };
        cited.first().is_some_and(|cited| cited.reference.summary.is_some())
    }

    /// The numbers of those references of a list that name a file here. None if the list is not asked of any.
    pub(crate) fn pointing(&self, entry: &FileEntry) -> Option<BTreeSet<usize>> {
        let list = self.ground.whole(entry);
        let folder = list.parent().filter(|_| !entry.alone)?;
        let known = self.folders.of(folder);
        known.get_or_init(|| self.find(folder)).lists.get(&list).cloned()
    }

    /// A number made of all that lists of references say of a file, and, of a list, of which of its references name files
    /// here; 0 for nothing. When it changes, the file has to be read again.
    pub(crate) fn mark_of(&self, entry: &FileEntry) -> u64 {
        if entry.alone {
            return 0;
        }
        let cited = self.cited(&self.ground.whole(entry));
        let pointing = Some(()).filter(|()| may_be_list(&entry.path)).and_then(|()| self.pointing(entry));
        let pointing = pointing.filter(|pointing| !pointing.is_empty());
        if cited.is_empty() && pointing.is_none() {
            return 0;
        }
        // A reference that only stands elsewhere in its list says the same.
        let said = |cited: &Arc<Cited>| {
            let Cited { place, reference, .. } = &**cited;
            format!("{place} {:?}", Reference { line: 0, number: 0, ..reference.clone() })
        };
        let said: Vec<String> = cited.iter().map(said).collect();
        xxh3_64(format!("{said:?} {pointing:?}").as_bytes())
    }

    /// The references that name a file, those of the nearest list first.
    fn cited(&self, file: &Path) -> Vec<Arc<Cited>> {
        let mut cited = Vec::new();
        for folder in self.ground.above(file) {
            let known = self.folders.of(folder);
            let here = known.get_or_init(|| self.find(folder)).by_file.get(file);
            cited.extend(here.into_iter().flatten().map(Arc::clone));
        }
        cited
    }

    /// Reads the lists of references in a folder.
    fn find(&self, folder: &Path) -> Here {
        let mut here = Here::default();
        let mut files = list(folder, |path| may_be_list(path) && self.ground.reach.comes_to(path));
        // Those whose names say what they are come first: any number of other files is JSON.
        files.sort_by_key(|path| (is_json(path), !is_named_so(path)));
        let named = files.iter().filter(|path| !is_json(path)).count();
        for path in files.into_iter().take(named + OTHERS) {
            if is_json(&path) && !beginning(&path, BEGINNING).is_some_and(|begin| may_begin_so(&begin)) {
                continue;
            }
            let Some(bytes) = self.ground.read_if(&path, Format::References) else { continue };
            let name = path_text(path.file_name().map_or(&path, Path::new));
            let mut pointing = BTreeSet::new();
            for reference in format::references_of(bytes).0 {
                let mut named: Vec<PathBuf> =
                    reference.files.iter().filter_map(|file| self.named(folder, file)).collect();
                named.dedup();
                if !named.is_empty() {
                    pointing.insert(reference.number);
                }
                let place = format!("{name} {}", reference.place());
                let cited = Arc::new(Cited { place, reference });
                for file in named {
                    here.by_file.entry(file).or_default().push(Arc::clone(&cited));
                }
            }
            here.lists.insert(path, pointing);
        }
        here
    }

    /// The file that a name in a list means. It lies below the list, and is no list itself.
    fn named(&self, folder: &Path, name: &str) -> Option<PathBuf> {
        let whole = |path: &Path| fs::canonicalize(path).ok();
        let fits = |path: &Path| {
            whole(path).is_some_and(|path| {
                self.ground.above(&path).any(|above| above == folder)
                    && self.ground.reach.comes_to(&path)
                    && !is_list(&path)
            })
        };
        whole(&meant(folder, name, Taken::ByItsEnd, fits)?)
    }
}

/// Adds to the one document of a file all that a reference says besides its date, its author and its source.
fn tell_all(reference: &Reference, raw: &mut RawDocument) {
    raw.title = reference.title.clone().or(raw.title.take());
    let summary = reference.summary.iter().filter(|_| !raw.metadata.contains_key(READ_FROM));
    let summary = summary.map(|summary| ("abstract".to_owned(), summary.clone())).collect::<Vec<_>>();
    for (name, value) in reference.other.clone().into_iter().chain(summary) {
        raw.metadata.entry(name).or_insert(value);
    }
    raw.url = raw.url.take().or_else(|| reference.url.clone());
    raw.language = raw.language.take().or_else(|| reference.language.clone());
}

/// Returns whether a file is a list of references.
fn is_list(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let known = || format::recognise(&head(path)?, format::unpacked_name(&name)).ok();
    may_be_list(path)
        && (!is_json(path) || beginning(path, BEGINNING).is_some_and(|begin| may_begin_so(&begin)))
        && known() == Some(Format::References)
}

/// The ending of a file's name, in small letters, without that of packing.
fn ending(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    format::unpacked_name(&name).rsplit_once('.').map(|(_, ending)| ending.to_owned()).unwrap_or_default()
}

/// Returns whether the name of a file, packed or not, may be that of a list of references.
fn may_be_list(path: &Path) -> bool {
    matches!(ending(path).as_str(), "ris" | "bib" | "bibtex" | "json")
}

fn is_json(path: &Path) -> bool {
    ending(path) == "json"
}

/// Returns whether a list of references in JSON may begin like this.
fn may_begin_so(begin: &[u8]) -> bool {
    let begin = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begin).trim_ascii_start();
    begin.starts_with(b"[") && memchr::memmem::find(begin, b"\"date-parts\"").is_some()
}

/// Returns whether the name of a file says that it is such a list.
fn is_named_so(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    ["csl", "reference", "bibliograph", "library", "citation", "zotero"].iter().any(|word| name.contains(word))
}
