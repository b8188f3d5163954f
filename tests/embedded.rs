//! A program of somebody else's that embeds the library, built as its author would build it: in a debug build nothing of
//! this package's profiles reaches it, and the engine keeps its debug assertions.
//!
//! It takes minutes to build the first time, so it is only done where `DATELINE_EMBED` is set, as `.ci/run` does.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Command;

const PROGRAM: &str = r#"
use dateline::{Document, Index};

fn main() -> dateline::Result<()> {
    let index = Index::in_memory()?;
    let mut writer = index.writer()?;
    for (id, text) in [("a", "The fire in the harbour."), ("b", "A fire at the mill."), ("c", "Smoke over the mill.")] {
        writer.add(Document::new(id, text))?;
    }
    writer.commit()?;
    for question in ["fire NOT \"fire the\"", "fire NOT (harbour smoke)", "fire -(\"fire the\" OR \"the harbour\")", "\"the mill\" fire"] {
        let mut ids: Vec<String> = index.search(question).run()?.hits.into_iter().map(|hit| hit.id).collect();
        ids.sort();
        println!("{}", ids.join(" "));
    }
    Ok(())
}
"#;

#[test]
fn a_debug_build_of_a_program_that_embeds_the_library_gives_the_same_answers() {
    if std::env::var_os("DATELINE_EMBED").is_none() {
        eprintln!("skipped: DATELINE_EMBED is not set, so no program is built that embeds the library");
        return;
    }
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    // What was built stays for the next run.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("embedding");
    fs::create_dir_all(folder.join("src")).unwrap();
    let manifest = format!(
        "[package]\nname = \"embedding\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         dateline = {{ path = {:?}, default-features = false }}\n",
        home.to_str().unwrap()
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::write(folder.join("src/main.rs"), PROGRAM).unwrap();
    // The versions that this package is tested with.
    fs::copy(home.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let run = Command::new(cargo)
        .args(["run", "--quiet", "--offline", "--target-dir"])
        .arg(folder.join("target"))
        .current_dir(&folder)
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{err}");
    assert_eq!(out, "a b\na b\nb\nb\n", "{err}");
}
