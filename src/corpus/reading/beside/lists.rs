//! The references that name a file: lists of references lie in its folder, or above.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use xxhash_rust::xxh3::xxh3_64;

use super::ground::{Ground, Memory, list};
use crate::corpus::format;
use crate::corpus::format::{Format, Reference};
use crate::corpus::input::limits::Limits;
use crate::corpus::input::walk::{FileEntry, WalkOptions};
use crate::corpus::raw::RawDocument;
use crate::document::path::path_text;

/// The most steps at the end of a path by which a file is looked for.
const STEPS: usize = 12;

/// The most files of JSON in a folder that are asked whether they are lists of references.
const OTHERS: usize = 64;

/// A reference that names a file.
#[derive(Debug)]
struct Cited {
    /// The list that it stands in.
    list: PathBuf,
    /// Its place: `references.bib line 12`.
    place: String,
    reference: Reference,
}

/// The lists of references of an archive.
#[derive(Debug)]
pub(crate) struct Lists {
    ground: Ground,
    /// The references of the lists in a folder, by the files that they name.
    references: Memory<HashMap<PathBuf, Vec<Arc<Cited>>>>,
}

impl Lists {
    pub(crate) fn below(root: &Path, walk: &WalkOptions, limits: Limits) -> Lists {
        Lists { ground: Ground::below(root, walk, limits), references: Memory::default() }
    }

    /// Adds to a document what lists of references say of its file.
    pub(crate) fn tell(&self, entry: &FileEntry, raw: &mut RawDocument) {
        // A file that is an archive by itself has nothing beside it.
        let cited = if entry.alone { Vec::new() } else { self.cited(&self.ground.whole(entry)) };
        for cited in &cited {
            raw.declared.extend(cited.reference.declared(&cited.place));
        }
        if let Some(Cited { reference, .. }) = cited.first().map(|cited| &**cited) {
            raw.title = reference.title.clone().or(raw.title.take());
            for (name, value) in &reference.other {
                raw.metadata.entry(name.clone()).or_insert_with(|| value.clone());
            }
            raw.url = raw.url.take().or_else(|| reference.url.clone());
            raw.language = raw.language.take().or_else(|| reference.language.clone());
        }
    }

    /// The numbers of those references of a list that name a file here.
    pub(crate) fn pointing(&self, entry: &FileEntry) -> HashSet<usize> {
        let list = self.ground.whole(entry);
        let Some(folder) = list.parent().filter(|_| !entry.alone) else { return HashSet::new() };
        let known = self.references.of(folder);
        let all = known.get_or_init(|| self.find_references(folder)).values().flatten();
        all.filter(|cited| cited.list == list).map(|cited| cited.reference.number).collect()
    }

    /// A number made of all that lists of references say of a file, and, of a list, of which of its references name files
    /// here; 0 for nothing. When it changes, the file has to be read again.
    pub(crate) fn mark_of(&self, entry: &FileEntry) -> u64 {
        if entry.alone {
            return 0;
        }
        let cited = self.cited(&self.ground.whole(entry));
        let mut pointing: Vec<usize> = match may_be_list(&entry.path) {
            true => self.pointing(entry).into_iter().collect(),
            false => Vec::new(),
        };
        pointing.sort_unstable();
        if cited.is_empty() && pointing.is_empty() {
            return 0;
        }
        let said: Vec<_> = cited.iter().map(|cited| (&cited.place, &cited.reference)).collect();
        xxh3_64(format!("{said:?} {pointing:?}").as_bytes())
    }

    /// The references that name a file, those of the nearest list first.
    fn cited(&self, file: &Path) -> Vec<Arc<Cited>> {
        let mut cited = Vec::new();
        for folder in self.ground.above(file) {
            let known = self.references.of(folder);
            let here = known.get_or_init(|| self.find_references(folder)).get(file);
            cited.extend(here.into_iter().flatten().map(Arc::clone));
        }
        cited
    }

    /// Reads the lists of references in a folder.
    fn find_references(&self, folder: &Path) -> HashMap<PathBuf, Vec<Arc<Cited>>> {
        let mut by_file: HashMap<PathBuf, Vec<Arc<Cited>>> = HashMap::new();
        let mut files = list(folder);
        files.retain(|path| may_be_list(path) && self.ground.reach.comes_to(path));
        // Those whose names say what they are come first: any number of other files is JSON.
        files.sort_by_key(|path| is_json(path));
        let named = files.iter().filter(|path| !is_json(path)).count();
        for path in files.into_iter().take(named + OTHERS) {
            let Some(bytes) = self.ground.read_if(&path, Format::References) else { continue };
            let name = path_text(path.file_name().map_or(&path, Path::new));
            for reference in format::references_of(bytes).0 {
                let mut named: Vec<PathBuf> =
                    reference.files.iter().filter_map(|file| self.named(folder, file)).collect();
                named.dedup();
                let place = format!("{name} line {}", reference.line);
                let cited = Arc::new(Cited { list: path.clone(), place, reference });
                for file in named {
                    by_file.entry(file).or_default().push(Arc::clone(&cited));
                }
            }
        }
        by_file
    }

    /// The file that a name in a list means: by its whole path, or by as much of its end as lies beside the list, since
    /// lists name files as they lay on somebody's machine.
    fn named(&self, folder: &Path, name: &str) -> Option<PathBuf> {
        let name = name.replace('\\', "/");
        let plain = percent_decode_str(&name).decode_utf8().unwrap_or(Cow::Borrowed(&name)).into_owned();
        [&name, &plain].into_iter().find_map(|name| {
            let steps: Vec<&str> = name.split('/').filter(|step| !matches!(*step, "" | ".")).collect();
            let from = steps.len().saturating_sub(STEPS);
            (from..steps.len()).find_map(|from| {
                let path = folder.join(steps.get(from..)?.iter().collect::<PathBuf>());
                let whole = fs::canonicalize(path).ok().filter(|whole| whole.is_file())?;
                let near = self.ground.above(&whole).any(|above| above == folder);
                (near && self.ground.reach.comes_to(&whole)).then_some(whole)
            })
        })
    }
}

/// Returns whether the name of a file may be that of a list of references.
fn may_be_list(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    matches!(extension.as_deref(), Some("ris" | "bib" | "bibtex" | "json"))
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}
