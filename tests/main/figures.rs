//! The numbers that an archive gives for a thing.

use crate::support::Archive;

/// The texts of an archive of our own: the same event by several papers.
fn archive() -> Archive {
    Archive::new()
        .file("courier/a.txt", "Fire in the fish market\n\n26 February 1992\n\nThe fire killed 613 hens, including 83 geese, 106 ducks and 70 old cocks. About a thousand people were driven out (among them 76 porters) and 1,275 crates were taken ashore.\n")
        .file("herald/b.txt", "Letter of the harbour board\n\n3 March 1992\n\nThe board states that 613 hens were lost, including 106 ducks, sixty-three geese and 70 cocks, and 1,275 crates were taken ashore.\n")
        .file("mail/c.txt", "A year later\n\n26 February 1993\n\nHundreds of hens, geese and ducks were lost at the 1st market, as article 5 of the report of 1992 says. More than 600 hens had been counted.\n")
        .indexed()
}

#[test]
fn a_number_is_shown_for_the_noun_it_counts_with_who_gives_it_and_when() {
    let archive = archive();
    for (asked, numbers) in [
        ("geese", vec!["83", "63"]),
        ("ducks", vec!["106"]),
        ("crates", vec!["1,275"]),
        ("hens", vec!["613", "hundreds", "more than 600"]),
        ("porters", vec!["76"]),
    ] {
        let answer = archive.run(&["figures", asked, "--format", "json"]).exits(0).json();
        let told: Vec<&str> =
            answer["figures"].as_array().unwrap().iter().map(|figure| figure["text"].as_str().unwrap()).collect();
        assert_eq!(told, numbers, "{asked}");
    }
    let answer = archive.run(&["figures", "ducks", "--format", "json"]).json();
    let ducks = &answer["figures"][0];
    let sources: Vec<_> = ducks["sources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["source"].as_str(), one["first"].as_str()))
        .collect();
    assert_eq!(sources, [(Some("courier"), Some("1992-02-26")), (Some("herald"), Some("1992-03-03"))]);
    assert_eq!((&ducks["first"], &ducks["last"]), (&"1992-02-26".into(), &"1992-03-03".into()));
}

#[test]
fn figures_are_printed_for_people_and_for_spreadsheets() {
    let archive = archive();
    archive
        .run(&["figures", "geese"])
        .exits(0)
        .prints("sixty-three")
        .prints("herald")
        .says("2 numbers in 2 of 3 documents");
    let csv = archive.run(&["figures", "geese", "--format", "csv"]).exits(0);
    assert!(csv.out.starts_with("number,bound,value,high,unit,documents,first,last,source,date,written,"), "{csv:#?}");
    assert!(csv.out.contains("\n63,exact,63,,,1,1992-03-03,1992-03-03,herald,1992-03-03,sixty-three,"), "{csv:#?}");
    let lines = archive.run(&["figures", "geese", "--format", "jsonl"]).exits(0);
    assert_eq!(lines.column("text"), ["83", "63"]);
    archive.run(&["figures", "zeppelins"]).exits(1);
    archive.run(&["figures", "since:1992"]).exits(2).complains_in_one_line("what is counted");
}
