//! What README shows is what the command prints.
//!
//! Each `console` block there is one command and its output. Lines are folded for the page, so white space counts as
//! one space; so does the time an update takes. A line of three dots stands for whatever follows.

#![cfg(all(unix, feature = "cli", feature = "full"))]

use std::path::Path;
use std::process::Command;

/// The commands and what is said to come of them, in order.
fn blocks(page: &str) -> Vec<(String, String)> {
    let blocks = page.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
    let cut = |block: &str| {
        let (command, output) = block.split_once('\n').unwrap_or((block, ""));
        (command.strip_prefix("$ ").expect("a block begins with a command").to_string(), output.to_string())
    };
    blocks.map(cut).collect()
}

fn folded(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        let time = word.split_once('.').is_some_and(|(whole, part)| (whole.to_owned() + part).parse::<u64>().is_ok());
        if time { "(time)" } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn screens_are_real() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("README.md")).expect("README can be read");
    let index = tempfile::tempdir().expect("a temporary folder");
    let program = Path::new(env!("CARGO_BIN_EXE_dateline")).parent().expect("the command lies in a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let blocks = blocks(&page);
    assert!(blocks.len() > 5, "README has lost its screens");
    for (command, shown) in blocks {
        let line = command.replace("cargo run --release --", "dateline");
        let run = Command::new("sh")
            .args(["-c", &format!("{line} 2>&1")])
            .current_dir(root)
            .env("PATH", &path)
            .env("DATELINE_INDEX", index.path().join("index"))
            .env_remove("CLICOLOR_FORCE")
            .output()
            .expect("a shell");
        let (printed, shown) = (folded(&String::from_utf8_lossy(&run.stdout)), folded(&shown));
        match shown.strip_suffix("...") {
            Some(start) => assert!(printed.starts_with(start.trim_end()), "{command} prints:\n{printed}"),
            None => assert_eq!(printed, shown, "{command} prints something else"),
        }
    }
}
