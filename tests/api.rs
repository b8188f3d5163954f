//! The library's public names and signatures, against the list of them: what changes there changes for everybody who
//! embeds it, and should not by accident.
//!
//! The lint `unreachable_pub` sees to it that whatever is `pub` can be reached, so the sources say what there is. A
//! change that is meant is written down by `DATELINE_BLESS=1 cargo test --test api`.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source file of the library that is not all tests.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src can be read") {
        let path = entry.expect("src can be read").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() && name != "cli" {
            sources(&path, found);
        } else if name.ends_with(".rs") && !["main.rs", "tests.rs"].contains(&name.as_str()) {
            found.push(path);
        }
    }
    found.sort();
}

/// The public items of one file, each on one line with the type it belongs to.
fn items(text: &str, list: &mut Vec<String>) {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let mut owner = String::new();
    let mut lines = code.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(header) = line.strip_prefix("impl") {
            owner = header.trim_end_matches(['{', ' ', '}']).trim().to_string();
        }
        let variants = line.starts_with("pub enum ");
        let item = line.trim_start();
        if !item.starts_with("pub ") || item.starts_with("pub use ") && !line.starts_with("pub use ") {
            continue;
        }
        let mut whole = item.to_string();
        let ends =
            |text: &str| text.ends_with(['{', ';', ',', '}']) && text.matches('(').count() == text.matches(')').count();
        while !ends(&whole) {
            let Some(next) = lines.next() else { break };
            whole = format!("{whole} {}", next.trim());
        }
        if variants {
            while let Some(next) = lines.next_if(|next| *next != "}") {
                if !next.trim_start().starts_with(['/', '#']) {
                    whole = format!("{whole} {}", next.trim());
                }
            }
        }
        let whole = whole.trim_end_matches(['{', ';', ',', ' ']);
        let method = line.starts_with("    pub fn ") || line.starts_with("    pub const ");
        list.push(if method { format!("{owner}: {whole}") } else { whole.to_string() });
        if line.starts_with("pub struct ") {
            owner = line.trim_start_matches("pub struct ").trim_end_matches(['{', ' ']).to_string();
        }
        if line.starts_with("    pub ") && !method {
            let field = list.pop().unwrap_or_default();
            list.push(format!("{owner}: {field}"));
        }
    }
}

fn api() -> String {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut list = Vec::new();
    for file in files {
        items(&fs::read_to_string(file).expect("sources are text"), &mut list);
    }
    list.retain(|item| !item.starts_with("pub use ") && !item.starts_with("pub mod "));
    list.sort();
    list.dedup();
    list.join("\n") + "\n"
}

#[test]
fn public_names_change_on_purpose_only() {
    let path = root().join("tests/api.txt");
    let now = api();
    if std::env::var_os("DATELINE_BLESS").is_some() {
        fs::write(&path, &now).expect("the list can be written");
    }
    let before = fs::read_to_string(&path).unwrap_or_default();
    let only = |these: &str, those: &str| -> Vec<String> {
        these.lines().filter(|line| !those.lines().any(|other| other == *line)).map(str::to_string).collect()
    };
    let (gone, new) = (only(&before, &now), only(&now, &before));
    assert!(
        gone.is_empty() && new.is_empty(),
        "gone:\n{}\nnew:\n{}\nIf this is meant: DATELINE_BLESS=1 cargo test --test api",
        gone.join("\n"),
        new.join("\n")
    );
}

#[test]
fn no_type_of_another_library_is_in_a_signature() {
    let foreign = ["tantivy", "jiff", "serde_json", "regex::", "toml::", "zip::", "dom_", "crossbeam", "anyhow"];
    let found: Vec<String> =
        api().lines().filter(|line| foreign.iter().any(|name| line.contains(name))).map(str::to_string).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
