//! The pages say what the command prints: the screens of README and guide, the fields of the JSON contract.

#![cfg(all(unix, feature = "cli", feature = "full", feature = "mcp"))]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect("the page can be read")
}

/// Runs a line as a shell would, in the project's folder; what it prints, in the order a terminal shows it.
fn run(line: &str, index: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_dateline")).parent().expect("the command lies in a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let run = Command::new("sh")
        .args(["-c", &format!("{line} 2>&1")])
        .current_dir(root())
        .env("PATH", path)
        .env("DATELINE_INDEX", index)
        .env_remove("CLICOLOR_FORCE")
        .env_remove("COLUMNS")
        .output()
        .expect("a shell");
    String::from_utf8(run.stdout).expect("text")
}

/// The commands of README's `console` blocks and what is said to come of them, in order.
fn screens(page: &str) -> Vec<(String, String)> {
    let blocks = page.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    let cut = |block: &str| {
        let (command, output) = block.split_once('\n').unwrap_or((block, ""));
        (command.strip_prefix("$ ").expect("a screen begins with a command").to_string(), output.to_string())
    };
    blocks.map(cut).collect()
}

/// Whether a word is the fence of an answer to a language model, `<<0123456789ab` or `0123456789ab>>`.
fn is_fence(word: &str) -> bool {
    let mark = word.trim_start_matches("<<").trim_end_matches(">>");
    mark.len() == 12 && mark.len() + 2 == word.len() && mark.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Lines are folded for the page, so white space counts as one space; the time an update takes is never the same, nor is
/// the mark of a fence.
fn folded(text: &str) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    words.iter_mut().filter(|word| is_fence(word)).for_each(|word| *word = "(fence)");
    for at in 1..words.len() {
        if words[at] == "s" && words[at - 1].parse::<f64>().is_ok() {
            words[at - 1] = "(time)";
        }
    }
    words.join(" ")
}

/// Runs the screens of a page one after the other on an index of their own.
fn assert_screens_are_real(path: &str) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (command, shown) in screens(&page(path)) {
        let line = command.replace("cargo run --release --", "dateline");
        let (printed, shown) = (folded(&run(&line, &folder.path().join("index"))), folded(&shown));
        // A line of three dots stands for whatever follows.
        match shown.strip_suffix("...") {
            Some(start) => assert!(printed.starts_with(start.trim_end()), "{path}: {command} prints:\n{printed}"),
            None => assert_eq!(printed, shown, "{path}: {command} prints something else"),
        }
    }
}

#[test]
fn screens_of_readme_are_real() {
    assert!(screens(&page("README.md")).len() >= 3, "README has lost its screens");
    assert_screens_are_real("README.md");
}

#[test]
fn screens_of_the_guide_are_real() {
    assert!(screens(&page("src/cli/GUIDE.md")).len() > 10, "the guide has lost its screens");
    assert_screens_are_real("src/cli/GUIDE.md");
}

#[test]
fn the_guide_is_shown_whole_but_for_its_pictures_and_the_marks_of_its_screens() {
    let guide = page("src/cli/GUIDE.md");
    let lines: Vec<&str> = guide.lines().filter(|line| !line.starts_with("```") && !line.starts_with("![")).collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert_eq!(run("dateline help guide", folder.path()).lines().collect::<Vec<_>>(), lines);
}

#[test]
fn readme_and_guide_show_every_command() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let help = run("dateline help", folder.path());
    let commands = help.split("Commands:").nth(1).and_then(|rest| rest.split("Options:").next()).expect("commands");
    let pages = page("README.md") + &page("src/cli/GUIDE.md");
    let names = commands.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: Vec<&str> = names.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 10, "{help}");
    for name in names {
        assert!(pages.contains(&format!("dateline {name}")), "neither README nor the guide shows dateline {name}");
    }
}

/// The names of all fields, however deep; what documents say of themselves is theirs to name.
fn fields(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                names.insert(name.clone());
                if name != "metadata" {
                    fields(value, names);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| fields(value, names)),
        _ => {}
    }
}

#[test]
fn every_json_field_is_in_the_contract() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = folder.path().join("index");
    let contract = page("src/answer/json/JSON.md");
    for command in [
        "index corpus -q --format json",
        "search 'harbour fire' --from 1992 -q --format json",
        "search 'harbour fire' -q --format jsonl",
        "search 'harbour fire' --about 'feb 1992' --explain -C 1 -q --format json",
        "printf 'harbour fire\\nzeppelin\\n' | dateline batch - -q --format jsonl",
        "compare 83 68 --near boats -q --format json",
        "figures boats -q --format json",
        "figures boats -q --format jsonl",
        "timeline 'harbour fire' -q --format json",
        "timeline 'harbour fire' --mentions -q --format json",
        "sources 'harbour fire' -q --format json",
        "copies 'harbour fire' -q --format json",
        "first 'sea wall' -q --format json",
        "diff si-0112 tna-7731 -q --format json",
        "dates --doubtful -q --format json",
        "show si-0112 -q --format json",
        "inspect corpus/courier -q --format jsonl",
        "info -q --format json",
        "dateline info --verbose --format json 2>/dev/null | cat",
        "skipped -q --format jsonl",
        "verify-quote examples/draft.md -q --format json",
        "search 'sea wall' --cite plain -q --format json",
        "dateline cite si-0112 --evidence | dateline check-citation - -q --format json",
        "manifest -q --format json",
        "verify -q --format json",
    ] {
        let line = if command.contains("| ") { command.to_string() } else { format!("dateline {command}") };
        let printed = run(&line, &index);
        let mut names = BTreeSet::new();
        for value in serde_json::Deserializer::from_str(&printed).into_iter::<Value>() {
            fields(&value.expect("JSON"), &mut names);
        }
        assert!(!names.is_empty(), "{command} prints no field");
        for name in names {
            assert!(contract.contains(&format!("`{name}`")), "{command} prints \"{name}\", of which JSON.md is silent");
        }
    }
}

/// Every folder below a folder with a page of its own: a room.
fn rooms(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("src can be read").path();
        if path.is_dir() {
            if path.join("mod.rs").is_file() {
                found.insert(format!("{}/", path.file_name().expect("a name").to_string_lossy()));
            }
            rooms(&path, found);
        }
    }
}

#[test]
fn the_map_of_the_house_has_every_room_and_no_other() {
    let mut found = BTreeSet::new();
    rooms(&root().join("src"), &mut found);
    let map = page("ARCHITECTURE.md");
    let drawn = map.split("```").nth(1).expect("the rooms");
    let named: BTreeSet<String> =
        drawn.split_whitespace().filter(|word| word.ends_with('/')).map(str::to_string).collect();
    let only = |these: &BTreeSet<String>, those| these.difference(those).cloned().collect::<Vec<_>>();
    let (gone, unnamed) = (only(&named, &found), only(&found, &named));
    assert!(gone.is_empty() && unnamed.is_empty(), "on the map alone: {gone:?}; in src alone: {unnamed:?}");
}
