//! Removes files that killed writers left in an index's folder, and those of former commits.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use tantivy::IndexMeta;
use tantivy::directory::{Directory, META_LOCK};

use super::commit::Payload;
use crate::error::{Error, Result};

/// Removes files that no commit names. The caller must hold the writer's lock and have written nothing yet. Files that
/// we did not make stay.
pub(crate) fn collect(folder: &Path, directory: &dyn Directory, committed: &IndexMeta) -> Result<()> {
    // A reader that opens the commit before the last holds this lock.
    let Ok(_readers) = directory.acquire_lock(&META_LOCK) else { return Ok(()) };
    let payload = Payload::read(committed.payload.as_deref()).unwrap_or_default();
    let living: HashSet<PathBuf> = committed.list_segment_files();
    let entries = fs::read_dir(folder).map_err(|error| Error::io("cannot read the index", folder, error))?;
    for entry in entries.filter_map(std::result::Result::ok) {
        let name = entry.file_name();
        let named = living.contains(Path::new(&name)) || payload.names(&name.to_string_lossy());
        if !named && is_transient(&name.to_string_lossy()) {
            // A file that cannot be deleted now is found again next time.
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(())
}

/// Removes the catalogs and lists of copies of former commits.
pub(crate) fn drop_lists(folder: Option<&Path>, directory: &dyn Directory, payload: &Payload) {
    let Some(folder) = folder else { return };
    // A reader that opens the files of a commit holds this lock.
    let Ok(_readers) = directory.acquire_lock(&META_LOCK) else { return };
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(std::result::Result::ok) {
        let name = entry.file_name();
        let text = name.to_string_lossy();
        if is_list(&text) && !payload.names(&text) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_list(name: &str) -> bool {
    (name.starts_with("catalog-") || name.starts_with("copies-")) && name.ends_with(".bin")
}

/// Returns whether a file with this name in an index's folder was made by us or the engine, in this format or an
/// earlier one.
pub(crate) fn is_ours(name: &str) -> bool {
    let earlier = name.starts_with("catalog-") && name.ends_with(".json");
    let engines = [".tantivy", ".managed"].iter().any(|beginning| name.starts_with(beginning));
    matches!(name, "manifest.json" | "meta.json" | "writer.lock") || earlier || engines || is_transient(name)
}

/// Returns whether a file has a name that we give to temporary things: catalogs, lists of copies, drafts, and the
/// engine's segments, which are named by 32 hexadecimal digits.
fn is_transient(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let part = stem.len() == 32 && name.len() > 33 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
    let draft = name == "manifest.draft" || name.starts_with(".tmp") && name.len() == 10;
    is_list(name) || part || draft
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_our_own_making_are_ever_taken_away() {
        for name in
            ["catalog-17.bin", "copies-17.bin", "manifest.draft", ".tmpA1b2C3", "8b8ba71c2c3a4f5d9ca942113fedb2c7.idx"]
        {
            assert!(is_transient(name), "{name}");
        }
        for name in [
            "manifest.json",
            "meta.json",
            "writer.lock",
            ".managed.json",
            ".gitignore",
            "notes.txt",
            "notes.draft",
            ".tmp",
        ] {
            assert!(!is_transient(name), "{name}");
        }
        for name in ["manifest.json", "writer.lock", ".managed.json", ".tantivy-meta.lock", "catalog-4.json"] {
            assert!(is_ours(name), "{name}");
        }
        assert!(![".gitignore", "notes.txt", "notes.json", "old"].into_iter().any(is_ours));
        assert!(!is_transient("8b8ba71c2c3a4f5d9ca942113fedb2c7"));
        assert!(!is_transient("8b8ba71c2c3a4f5d9ca942113fedb2c7-letter.txt"));
    }
}
