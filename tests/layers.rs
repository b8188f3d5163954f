//! The import rules of ARCHITECTURE.md, read off the `use` lines and paths of the code itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Rooms from the ground up; a room may name itself and those before it.
const ROOMS: [&str; 18] = [
    "error", "note", "time", "text", "figures", "document", "query", "answer", "passages", "catalog", "backend",
    "oracle", "corpus", "indexer", "cluster", "index", "search", "evidence",
];

/// The rooms inside a room, from the ground up: each may name those before it, but for what [`APART`] forbids.
const INNER: [(&str, &[&str]); 3] = [
    ("cli", &["output", "shared"]),
    ("corpus", &["input", "recognition", "encoding", "raw", "corrections", "clues", "format", "container", "reading"]),
    ("index", &["storage", "record", "copies", "snapshot", "scoring", "state", "writing", "upkeep"]),
];

/// The searching half and the writing half of the index, which never name each other.
const APART: [&[&str]; 2] = [&["scoring", "state"], &["writing", "upkeep"]];

/// The rooms of the index that may read files.
const READS_FILES: [&str; 2] = ["writing", "upkeep"];

/// Every source file below `src` that is not all tests, with its path from there.
fn sources() -> BTreeMap<PathBuf, String> {
    fn gather(folder: &Path, files: &mut BTreeMap<PathBuf, String>) {
        for entry in fs::read_dir(folder).expect("src can be read") {
            let path = entry.expect("src can be read").path();
            if path.is_dir() {
                gather(&path, files);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
                files.insert(path.clone(), fs::read_to_string(&path).expect("sources are text"));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = BTreeMap::new();
    gather(&root, &mut files);
    files.into_iter().map(|(path, text)| (path.strip_prefix(&root).expect("below src").to_path_buf(), text)).collect()
}

/// The lines of a file that are code, without what is there for tests alone.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let mut lines = text.lines();
    std::iter::from_fn(move || {
        loop {
            let line = lines.next()?;
            if line == "#[cfg(test)]" {
                let item = lines.find(|line| !line.starts_with("#["))?;
                if !item.ends_with(';') {
                    lines.find(|line| *line == "}")?;
                }
            } else if !line.trim_start().starts_with("//") {
                return Some(line);
            }
        }
    })
}

#[test]
fn what_stands_after_tests_is_code_too() {
    let text = "use a;\n#[cfg(test)]\nmod golden;\nuse b;\n// use c;\n#[cfg(test)]\n#[allow(x)]\nmod tests {\n    use d;\n}\nuse e;\n";
    assert_eq!(code(text).collect::<Vec<_>>(), ["use a;", "use b;", "use e;"]);
}

fn room(path: &Path) -> String {
    let first = path.components().next().expect("a file has a name").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_string()
}

/// The rooms a line names by `crate::ROOM`.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices("crate::").map(|(at, found)| {
        let rest = &line[at + found.len()..];
        &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())]
    })
}

#[test]
fn arrows_point_down_from_room_to_room() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(own) = ROOMS.iter().position(|name| *name == room(&path)) else { continue };
        for line in code(&text) {
            for name in named(line) {
                match ROOMS.iter().position(|room| *room == name) {
                    Some(other) if other <= own => {}
                    _ => wrong.push(format!("{}: {}", path.display(), line.trim())),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The inner rooms that a line names by `crate::ROOM::INNER`.
fn named_inside<'a>(line: &'a str, room: &str) -> Vec<&'a str> {
    let prefix = format!("crate::{room}::");
    line.match_indices(&prefix)
        .map(|(at, found)| {
            let rest = &line[at + found.len()..];
            &rest[..rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())]
        })
        .collect()
}

/// The room inside a room that a file lies in: its folder, or its own name.
fn inner_room(path: &Path) -> String {
    let second = path.components().nth(1).map(|part| part.as_os_str().to_string_lossy().into_owned());
    second.unwrap_or_default().trim_end_matches(".rs").to_string()
}

#[test]
fn arrows_point_down_between_the_rooms_inside_a_room() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some((name, inner)) = INNER.iter().find(|(name, _)| *name == room(&path)) else { continue };
        let Some(own) = inner.iter().position(|room| *room == inner_room(&path)) else { continue };
        for line in code(&text) {
            for other in named_inside(line, name) {
                let is_below = inner.iter().position(|room| *room == other).is_some_and(|other| other <= own);
                let half = |room: &str| APART.iter().position(|half| half.contains(&room));
                let is_across = *name == "index"
                    && matches!((half(inner[own]), half(other)), (Some(own), Some(other)) if own != other);
                if !is_below || is_across {
                    wrong.push(format!("{}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_writing_half_of_the_index_reads_files() {
    let mut wrong = Vec::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| room(path) == "index") {
        if path.components().count() < 3 || READS_FILES.contains(&inner_room(&path).as_str()) {
            continue;
        }
        let lines = code(&text).filter(|line| named(line).any(|name| ["corpus", "indexer"].contains(&name)));
        wrong.extend(lines.map(|line| format!("{}: {}", path.display(), line.trim())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_engine_names_another() {
    let mut wrong = Vec::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| ["index", "cluster"].contains(&room(path).as_str())) {
        let own = room(&path);
        let lines =
            code(&text).filter(|line| named(line).any(|name| ["index", "cluster"].contains(&name) && name != own));
        wrong.extend(lines.map(|line| format!("{}: {}", path.display(), line.trim())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The type an inherent `impl` line is of; none of another line, or of an `impl` of a trait.
fn implemented(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("impl")?;
    let rest = match rest.strip_prefix('<') {
        Some(generics) => {
            let mut depth = 1;
            let end = generics.find(|c: char| {
                depth += i32::from(c == '<') - i32::from(c == '>');
                depth == 0
            })?;
            &generics[end + 1..]
        }
        None => rest,
    };
    let name = rest.strip_prefix(' ')?;
    let is_trait = line.contains(" for ");
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    (!is_trait).then(|| &name[..end])
}

#[test]
fn what_a_type_can_do_stands_in_its_own_file() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for line in code(&text) {
            let Some(name) = implemented(line) else { continue };
            let is_here = ["struct ", "enum "].iter().any(|kind| {
                text.match_indices(&format!("{kind}{name}"))
                    .any(|(at, found)| !text[at + found.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))
            });
            if !is_here {
                wrong.push(format!("{}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "calls into these are arrows that no import shows:\n{}", wrong.join("\n"));
}

#[test]
fn no_child_imports_its_parent() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else { continue };
        if path.file_name().is_some_and(|name| name == "mod.rs") {
            continue;
        }
        // A child may name its siblings, not what its parent defines: those are the names its parent's file declares.
        let parent = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder).join("mod.rs"))
            .unwrap_or_default();
        let siblings: Vec<String> =
            code(&parent).filter_map(|line| line.split("mod ").nth(1)?.strip_suffix(';').map(str::to_string)).collect();
        for line in code(&text).filter(|line| line.trim_start().starts_with("use super::")) {
            let names = line.trim_start().trim_start_matches("use super::");
            let first = |name: &str| name.trim().split([':', ' ', ';', ',']).next().unwrap_or_default().to_string();
            let names: Vec<String> = match names.strip_prefix('{') {
                Some(list) => list.trim_end_matches(['}', ';']).split(',').map(first).collect(),
                None => vec![first(names)],
            };
            if names.iter().any(|name| name != "super" && !siblings.contains(name)) {
                wrong.push(format!("{}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_engine_is_named_only_inside_index() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if room(&path) != "index" {
            let lines = code(&text).filter(|line| line.contains("tantivy"));
            wrong.extend(lines.map(|line| format!("{}: {}", path.display(), line.trim())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_command_line_prints_and_only_its_output_room_to_standard_output() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let command = room(&path) == "cli" || room(&path) == "main";
        let output = path.starts_with("cli/output");
        for line in code(&text) {
            let to_stdout = line.contains(" println!(") || line.contains(" print!(") || line.contains("io::stdout()");
            let to_stderr = line.contains("eprintln!(") || line.contains("eprint!(");
            if (to_stdout && !output) || (to_stderr && !command) {
                wrong.push(format!("{}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_command_line_uses_public_names_only() {
    for (path, text) in sources().into_iter().filter(|(path, _)| room(path) == "cli") {
        for line in code(&text) {
            let reaches_in = named(line).any(|name| ROOMS.contains(&name));
            assert!(!reaches_in, "{}: {}", path.display(), line.trim());
        }
    }
}

/// The rooms whose names are public as they stand.
const PUBLIC: [&str; 5] = ["time", "text", "document", "query", "answer"];

#[test]
fn front_ends_of_the_library_use_no_room_that_is_private() {
    for (path, text) in sources().into_iter().filter(|(path, _)| ["mcp", "serve"].contains(&room(path).as_str())) {
        for line in code(&text) {
            let reaches_in = named(line).any(|name| ROOMS.contains(&name) && !PUBLIC.contains(&name));
            assert!(!reaches_in, "{}: {}", path.display(), line.trim());
        }
    }
}

/// Libraries of the front ends, each with the rooms that may name it.
const FOREIGN: [(&str, &[&str]); 7] = [
    ("rmcp", &["mcp"]),
    ("tokio", &["mcp", "serve"]),
    ("http_body_util", &["mcp", "serve"]),
    ("hyper", &["mcp", "serve"]),
    ("hyper_util", &["serve"]),
    ("maud", &["serve"]),
    ("notify", &["serve"]),
];

#[test]
fn protocols_and_their_runtime_are_named_only_by_the_front_ends_that_speak_them() {
    for (path, text) in sources() {
        for (library, rooms) in FOREIGN.iter().filter(|(_, rooms)| !rooms.contains(&room(&path).as_str())) {
            for line in code(&text) {
                let names = line.match_indices(&format!("{library}::")).any(|(at, _)| !line[..at].ends_with("_"));
                assert!(!names, "{} (only {rooms:?}): {}", path.display(), line.trim());
            }
        }
    }
}

/// Past this many lines it is time to look whether a second type has moved into a file.
const MOST_LINES: usize = 600;

#[test]
fn files_stay_readable_at_one_sitting() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| text.lines().count() > MOST_LINES)
        .map(|(path, text)| format!("{} has {} lines", path.display(), text.lines().count()))
        .collect();
    assert!(long.is_empty(), "which second noun moved in? {}", long.join(", "));
}

/// The neighbours that a line names by `super::NAME` or `super::{NAME, ...}`.
fn neighbours(line: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (at, found) in line.match_indices("super::") {
        if line[..at].ends_with("super::") {
            continue;
        }
        let rest = &line[at + found.len()..];
        let list = rest.strip_prefix('{').and_then(|list| list.split_once('}')).map_or(rest, |(list, _)| list);
        for name in list.split(',').take(if rest.starts_with('{') { usize::MAX } else { 1 }) {
            let name = name.trim_start();
            names.push(&name[..name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len())]);
        }
    }
    names
}

#[test]
fn files_of_a_folder_need_each_other_in_one_direction_only() {
    let mut arrows: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    let sources = sources();
    for (path, text) in &sources {
        let folder = path.parent().expect("a file lies in a folder");
        let beside = |name: &str| sources.keys().find(|other| **other == folder.join(format!("{name}.rs"))).cloned();
        let needs = code(text).flat_map(neighbours).filter_map(beside).collect();
        arrows.insert(path.clone(), needs);
    }
    // Files that need nothing that is still there are taken away, until none can be.
    while let Some(free) = arrows
        .iter()
        .find(|(_, needs)| !needs.iter().any(|need| arrows.contains_key(need)))
        .map(|(path, _)| path.clone())
    {
        arrows.remove(&free);
    }
    assert!(arrows.is_empty(), "these need each other, or something that does: {:?}", arrows.keys());
}
