//! The name somebody meant by a mistyped path.

use std::fs;
use std::path::{Path, PathBuf};

/// The most names of a folder that are compared: a hint must not cost a walk over a huge folder.
const NAMES: usize = 10_000;

/// The longest name that is compared, in characters.
const LENGTH: usize = 100;

/// The path with its first missing part replaced by the most similar existing name.
///
/// None if more than a third of the characters of every name differ.
pub(crate) fn nearest_name(path: &Path) -> Option<PathBuf> {
    let missing = path.ancestors().take_while(|part| !part.exists() && !part.as_os_str().is_empty()).last()?;
    let parent = missing.parent()?;
    let folder = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
    let typed = missing.file_name()?.to_str()?;
    let wanted = letters(typed)?;
    let allowed = wanted.len().div_ceil(3);
    let (_, name) = fs::read_dir(folder)
        .ok()?
        .take(NAMES)
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        // The typed name may exist, as a link that leads nowhere.
        .filter(|name| !name.starts_with('.') && name != typed)
        .filter_map(|name| Some((strsim::generic_levenshtein(&wanted, &letters(&name)?), name)))
        .filter(|(distance, _)| *distance <= allowed && *distance < wanted.len())
        .min()?;
    Some(parent.join(name))
}

fn letters(name: &str) -> Option<Vec<char>> {
    let letters: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
    (letters.len() <= LENGTH).then_some(letters)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_first_missing_part_is_the_one_replaced() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("Archive")).unwrap();
        fs::create_dir(folder.path().join("other")).unwrap();
        assert_eq!(nearest_name(&folder.path().join("archiv/1992/x.txt")), Some(folder.path().join("Archive")));
        assert_eq!(nearest_name(&folder.path().join("q")), None);
    }
}
