//! Answers in terminals of every width: nothing is wider, and ids stay whole.

use textwrap::core::display_width;

use crate::support::{Archive, command, home};

/// Texts whose characters take two columns, none, or run from right to left.
fn archive() -> Archive {
    let chinese = "港口大火烧毁了八十三艘渔船和两间渔网仓库消防队员在黎明前控制了火势".repeat(4);
    let marks = "Le\u{301} po\u{302}rt bru\u{302}le\u{301} fire ".repeat(12);
    Archive::new()
        .file(
            "zh/a.txt",
            format!("港口大火烧毁渔船与仓库的消息传遍了整个群岛和对岸的城镇 fire\n\n1992-02-26\n\n{chinese} fire。"),
        )
        .file(
            "fr/b.txt",
            format!(
                "Le\u{301} grand incendie du port et de tous ses bateaux de pe\u{302}che\n\n1992-02-27\n\n{marks}."
            ),
        )
        .file(
            "emoji/c.txt",
            format!("Fire 🔥🔥🔥 at the harbour\n\n1992-02-28\n\n{}", "🔥 boats ⛵ burnt in the fire 🚒. ".repeat(12)),
        )
        .file("he/d.txt", format!("שריפה בנמל fire\n\n1992-02-29\n\n{}", "הסירות נשרפו fire בלילה. ".repeat(12)))
        .indexed()
}

fn lines(archive: &Archive, args: &[&str], columns: usize) -> Vec<String> {
    let mut command = command(&archive.index(), archive.here());
    command.args(args).env("COLUMNS", columns.to_string());
    let output = command.output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn no_line_is_wider_than_the_terminal_and_ids_are_whole() {
    let archive = archive();
    let ids: Vec<String> = archive.run(&["search", "fire", "--format", "jsonl"]).exits(0).column("id");
    assert_eq!(ids.len(), 4);
    for columns in [40, 80, 120] {
        let commands: [&[&str]; 8] = [
            &["search", "fire"],
            &["first", "fire"],
            &["figures", "boats"],
            &["compare", "fire boats", "fire", "burnt"],
            &["timeline", "fire"],
            &["timeline", "fire", "--mentions", "--share"],
            &["timeline", "--split", "source", "--by", "year"],
            &["sources", "fire"],
        ];
        for args in commands {
            let lines = lines(&archive, args, columns);
            for line in &lines {
                // A path or an id is never split: it may be longer than the line.
                let is_word = line.split_whitespace().count() <= 1;
                assert!(display_width(line) <= columns || is_word, "{args:?} at {columns}: {line}");
            }
            if args[0] == "search" {
                let text = lines.join("\n");
                assert!(ids.iter().all(|id| text.contains(&format!("{id}#"))), "{columns}: {text}");
            }
        }
    }
}

#[test]
fn the_page_of_the_query_language_fits_the_terminal() {
    let archive = Archive::new();
    for columns in [40, 80, 120] {
        for line in lines(&archive, &["help", "query"], columns) {
            assert!(display_width(&line) <= columns, "{columns}: {line}");
        }
    }
    let whole = lines(&archive, &["help", "query"], 120).join("\n");
    let page = std::fs::read_to_string(home().join("src/query/QUERY.md")).unwrap();
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert!(words(&whole).len() * 10 > words(&page).len() * 9);
}

#[test]
fn a_title_is_not_printed_again_as_its_passage() {
    let archive = Archive::new().file("a/1.txt", "Ferry runs aground off the mole").indexed();
    let out = archive.run(&["search", "aground"]).exits(0).out;
    assert_eq!(out.matches("runs").count(), 1, "{out}");
}

#[test]
fn all_of_an_answer_is_printed_page_by_page_as_it_is_at_once() {
    let text: String = (0..1203)
        .map(|number| format!("{{\"text\": \"A ferry with {number} sheep and a piano.\", \"date\": \"1992-02-26\"}}\n"))
        .collect();
    let archive = Archive::new().file("a.jsonl", text).indexed();
    let ids = |args: &[&str]| archive.run(args).exits(0).column("id");
    let all = ids(&["search", "ferry", "--format", "jsonl", "-n", "all", "--no-collapse"]);
    assert_eq!(all.len(), 1203);
    let mut distinct = all.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), 1203);
    let cited = archive.run(&["search", "ferry", "--format", "jsonl", "-n", "600", "--no-collapse", "--cite", "apa"]);
    let cited = cited.exits(0).jsonl();
    assert!(cited.len() == 600 && cited.iter().all(|hit| hit["cite"].is_string()));
    let csv = archive.run(&["search", "ferry", "--format", "csv", "-n", "all", "--bom"]).exits(0).out;
    assert!(csv.starts_with("\u{feff}rank,date,"), "{}", &csv[..80]);
    assert_eq!((csv.matches("rank,date").count(), csv.matches('\u{feff}').count()), (1, 1));
    assert_eq!(csv.lines().count(), 1204);
    archive.run(&["search", "ferry", "-n", "some"]).exits(2).says("neither a number nor all");
}

#[test]
fn help_puts_a_commands_own_options_first() {
    for name in ["search", "timeline", "compare", "figures"] {
        let help = Archive::new().run(&["help", name]).exits(0).out;
        let at = |part: &str| help.find(part).unwrap_or_else(|| panic!("no {part} in {help}"));
        assert!(at("--format") < at("Which documents"), "{help}");
        assert!(at("Which documents") < at("Bringing the index up to date first"), "{help}");
        assert!(at("--from") < at("Bringing the index up to date first"), "{help}");
    }
}

#[cfg(unix)]
#[test]
fn a_document_is_opened_in_the_systems_program() {
    use std::os::unix::fs::PermissionsExt;
    let archive = Archive::new().file("a.txt", "A ferry runs aground.").indexed();
    let tools = archive.here().join("tools");
    std::fs::create_dir(&tools).unwrap();
    for name in ["xdg-open", "open"] {
        std::fs::write(tools.join(name), "#!/bin/sh\nprintf %s \"$1\" > \"$0.opened\"\n").unwrap();
        std::fs::set_permissions(tools.join(name), std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let id = archive.run(&["search", "ferry", "--format", "jsonl"]).column("id").remove(0);
    let mut command = command(&archive.index(), archive.here());
    let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap_or_default());
    let done = command.args(["show", &id, "--open"]).env("PATH", path).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    let name = if cfg!(target_os = "macos") { "open.opened" } else { "xdg-open.opened" };
    assert!(std::fs::read_to_string(tools.join(name)).unwrap().ends_with("a.txt"));
}
