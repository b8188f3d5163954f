//! What an index knows of the folders it was made from: which they are, and what of them is left out.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::ending::{close, take_out};
use crate::answer::update::UpdateReport;
use crate::backend::writer::BackendWriter;
use crate::catalog::archives::is_below;
use crate::catalog::files::Catalog;
use crate::corpus::Corpus;
use crate::document::path::{path_of, path_text};
use crate::error::{Error, ErrorKind, Result};

/// The archives that an index was brought up to date with.
pub(crate) fn known(catalog: &Catalog) -> Vec<PathBuf> {
    catalog.archives.known.keys().map(|path| path_of(path)).collect()
}

/// The archive at a path, read as it was the last time. `predecessor` is the catalog of the index that is replaced. Fails
/// if there is nothing.
pub(crate) fn at(catalog: &Catalog, predecessor: &Catalog, path: &Path) -> Result<Corpus> {
    let archive = Corpus::open(path)?;
    let resolved = std::fs::canonicalize(path).map_err(|error| Error::io("cannot read", path, error))?;
    let key = path_text(&resolved);
    // An index that is made anew knows what its predecessor knew.
    let before = || predecessor.archives.known.get(&key);
    let Some(how) = catalog.archives.known.get(&key).or_else(before) else { return Ok(archive) };
    // The languages in which words are recognised are known to the update itself.
    Ok(archive.hidden(how.hidden).gitignore(how.gitignore).file_times(how.file_times))
}

/// The paths that are left out.
pub(crate) fn forgotten(catalog: &Catalog) -> Vec<PathBuf> {
    catalog.archives.forgotten.iter().map(|path| path_of(path)).collect()
}

/// Returns whether a path is left out.
pub(crate) fn is_forgotten(catalog: &Catalog, path: &Path) -> Result<bool> {
    Ok(catalog.archives.is_forgotten(&path_text(&resolved(path)?)))
}

/// The absolute path, links resolved as far as there is anything at it.
fn resolved(path: &Path) -> Result<PathBuf> {
    let failed = |error| Error::io("cannot read", path, error);
    let absolute = std::path::absolute(path).map_err(failed)?;
    for there in absolute.ancestors() {
        if let Ok(resolved) = std::fs::canonicalize(there) {
            let rest = absolute.strip_prefix(there).unwrap_or(Path::new(""));
            return Ok(if rest.as_os_str().is_empty() { resolved } else { resolved.join(rest) });
        }
    }
    Ok(absolute)
}

/// Takes out what lies at a path, and leaves it out until it is named itself. Fails if the index has nothing from there.
pub(crate) fn forget(mut writer: impl BackendWriter, path: &Path) -> Result<UpdateReport> {
    let start = Instant::now();
    let key = path_text(&resolved(path)?);
    let mut catalog = writer.catalog()?;
    let below: Vec<String> = catalog.files.keys().filter(|file| is_below(file, &key)).cloned().collect();
    if below.is_empty() {
        let message = "the index has nothing from here";
        let hint = "give a folder or a file that was indexed; dateline search prints where documents lie";
        return Err(Error::new(ErrorKind::Argument, message).at(path).hint(hint));
    }
    let mut report = UpdateReport::default();
    for state in below.iter().filter_map(|file| catalog.files.remove(file)) {
        report.removed += take_out(&writer, &state);
    }
    catalog.archives.forget(&key);
    writer.commit(&catalog)?;
    close(writer, &catalog, &mut report)?;
    report.unchanged = report.documents;
    report.seconds = start.elapsed().as_secs_f64();
    Ok(report)
}
