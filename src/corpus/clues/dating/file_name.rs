//! The date in the name of a file or of the folders above it.

use super::candidate::Candidate;
use super::name::date_in_name;
use crate::document::DateRule;
use crate::time::Date;

/// The years that a folder named by four digits can stand for.
const FOLDER_YEARS: std::ops::Range<i32> = 1600..2200;

/// Adds the dates in a path below the archive's root, with `/` between its parts.
pub(super) fn clues(relative_path: &str, candidates: &mut Vec<Candidate>) {
    let (folders, file) = relative_path.rsplit_once('/').unwrap_or(("", relative_path));
    if let Some(clue) = in_file(folders, file) {
        candidates.push(clue);
    }
    if let Some((date, range)) = date_in_name(folders) {
        let words = folders.get(range).unwrap_or("");
        candidates.push(Candidate::new(date, DateRule::FolderName, format!("folder {words}"), words));
    } else if let Some((year, name)) = folders.rsplit('/').find_map(|name| Some((year(name)?, name))) {
        candidates.push(Candidate::new(year, DateRule::FolderName, format!("folder {name}"), name));
    }
}

fn in_file(folders: &str, file: &str) -> Option<Candidate> {
    let place = || format!("file name {file}");
    if let Some((date, range)) = date_in_name(file) {
        return Some(Candidate::new(date, DateRule::FileName, place(), file.get(range).unwrap_or("")));
    }
    // `1992/02/25.txt` is read together with its folders.
    let stem = file.split('.').next().filter(|stem| matches!(stem.len(), 1..=2))?;
    let day = stem.bytes().all(|b| b.is_ascii_digit()).then(|| format!("{folders}/{stem}"))?;
    let (date, range) = date_in_name(&day)?;
    let words = day.get(range.clone()).filter(|_| range.end == day.len())?;
    Some(Candidate::new(date, DateRule::FileName, place(), words))
}

fn year(name: &str) -> Option<Date> {
    let digits = name.len() == 4 && name.bytes().all(|b| b.is_ascii_digit());
    let year = digits.then(|| name.parse::<i32>().ok())??;
    FOLDER_YEARS.contains(&year).then(|| Date::from_year(year).ok())?
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn paths_give_dates_of_file_and_folders() {
        for (path, expected) in [
            ("lemonde-19680511.txt", "FileName 1968-05-11"),
            ("1992/02/25/town.txt", "FolderName 1992-02-25"),
            ("1992/02/25.txt", "FileName 1992-02-25, FolderName 1992-02"),
            ("1992-02/town.txt", "FolderName 1992-02"),
            ("press/1992/town.txt", "FolderName 1992"),
            ("press/1992/2024-02-25_x.md", "FileName 2024-02-25, FolderName 1992"),
            ("1984.txt", ""),
            ("press/7.txt", ""),
            ("", ""),
        ] {
            let mut found = Vec::new();
            clues(path, &mut found);
            let found: Vec<_> = found.iter().map(|c| format!("{:?} {}", c.clue.rule, c.clue.date)).collect();
            assert_eq!(found.join(", "), expected, "{path}");
        }
    }
}
