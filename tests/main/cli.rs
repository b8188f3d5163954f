//! The real command as a person meets it: screens, filters, exit codes.

use std::fs;

use crate::support::{Archive, Run, command, home, sample, sample_index};

#[test]
fn indexing_ends_with_one_line_of_counts() {
    let archive = Archive::new()
        .file("a.txt", "Date: 26 February 1992\n\nThe ferry sails at dawn.\n")
        .file("b.txt", "The lighthouse is dark.\n");
    let run = archive.run(&["index", "files"]).exits(0);
    let (counts, seconds) = run.out.trim_end().rsplit_once(" · ").unwrap();
    assert_eq!(counts, "2 added · 0 changed · 0 removed · 0 unchanged · 1 undated · 0 skipped");
    assert!(seconds.ends_with(" s"), "{seconds}");
    assert_eq!(run.err, "");
    let report = archive.run(&["index", "files", "--format", "json"]).exits(0).json();
    assert_eq!((&report["unchanged"], &report["documents"]), (&2.into(), &2.into()));
}

#[test]
fn a_list_of_questions_is_answered_line_by_line_whatever_is_on_a_line() {
    let archive = Archive::new();
    archive.write("questions.txt", b"harbour\nq2\tmuseum -glass\n\n((\nzzzz\n\xff\n");
    let list = archive.here().join("questions.txt");
    let list = list.to_str().unwrap();
    let rows = sample(&["batch", list, "--format", "jsonl"]).exits(0).jsonl();
    let ids: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["1", "q2", "4", "5", "6"]);
    let alone = sample(&["search", "museum -glass", "--format", "json", "-n", "1"]).exits(0).json();
    assert_eq!(rows[1]["documents"], alone["total"]);
    assert_eq!(rows[1]["passage"], alone["hits"][0]["passages"][0]["id"]);
    assert_eq!(rows[3]["documents"], 0);
    sample(&["batch", list])
        .exits(0)
        .says("5 questions")
        .says("note: question 4: a bracket")
        .says("note: question 6: the line is not UTF-8")
        .prints("The Maren Courier");
    sample(&["batch", list, "--format", "trec", "-n", "3"]).exits(0).prints("q2 Q0 ");
    // A line's number may be what another gives as its id: in a TREC run the two would be one.
    archive.write("twice.txt", b"harbour\n1\tmuseum\n");
    let twice = archive.here().join("twice.txt");
    let run = sample(&["batch", twice.to_str().unwrap(), "--format", "trec"]).exits(0);
    run.says("note: question 1: one before has this id too");
    sample(&["batch", "no such file"]).exits(2).complains_in_one_line("no such file");
}

#[test]
fn one_command_is_enough_for_a_newcomer() {
    let archive = Archive::new().file("a.txt", "Date: 26 February 1992\n\nThe ferry sails at dawn.\n");
    archive
        .run(&["search", "ferry", "--in", "files"])
        .exits(0)
        .says("indexed: 1 added")
        .says("read as: [ferry]")
        .prints("The *ferry* sails at dawn.")
        .prints("files/a.txt:3");
    // Nothing changed, so nothing is said of indexing.
    archive.run(&["search", "ferry", "--in", "files"]).exits(0).keeps_silent_about("indexed");
}

#[test]
fn an_answer_shows_day_title_source_passage_file_line_and_id() {
    let run = sample(&["search", "glass museum", "-n", "2"]).exits(0);
    insta::assert_snapshot!(run.out, @r"
     24 Jan 2011  *Glass* *museum* opens its north wing  — The Maren Courier
                  … The *glass* *museum* has opened its north wing, twenty-four years and six months after it promised to. The founding charter of 12 July 1986 mentions a gallery “to the north, when funds allow”. On Saturday they did. …
                  corpus/courier/2011/glass-museum-new-wing.html  798d2b1b25e64027#1

         undated  Room 7, case 3: Melted bottle  — glass-museum
                  The cork is still in place. The *museum* has been asked many times whether there is anything in the bottle. There is. Nobody has tasted it. Please do not lean on the *glass*.
                  corpus/glass-museum/label-melted-bottle.txt:7  9117913cdbe22d08#2
    ");
    insta::assert_snapshot!(run.err, @r"
    read as: all of [glass museum]
    note: museum is also the end of glasmuseums; =museum finds it only as typed
    3 documents · 2 sources · 1 undated · 1 to 2 shown (more: --offset 2)
    ");
}

#[test]
fn a_flat_answer_has_one_line_a_passage_best_first() {
    let run = sample(&["search", "harbour fire", "--flat", "-n", "5"]).exits(0);
    let lines: Vec<&str> = run.out.lines().collect();
    assert!((5..=15).contains(&lines.len()), "{run:#?}");
    for line in &lines {
        let id = line.rsplit("  ").next().unwrap();
        let (document, passage) = id.split_once('#').unwrap();
        assert!(document.len() >= 16 && passage.parse::<u32>().is_ok(), "{line}");
        assert!(line.starts_with("19") || line.starts_with("20") || line.starts_with("undated"), "{line}");
    }
}

#[test]
fn conditions_narrow_the_answer() {
    let dates = |args: &[&str]| -> Vec<String> {
        let all = [&["search", "--no-collapse", "--format", "jsonl", "-n", "100"][..], args].concat();
        sample(&all).exits(0).column("date")
    };
    let all = dates(&["harbour"]).len();
    let early = dates(&["harbour", "--to", "1992-02"]);
    let late = dates(&["harbour", "--from", "march 1992"]);
    assert!(early.iter().all(|date| date.starts_with("1992-02")), "{early:?}");
    assert!(late.iter().all(|date| date.as_str() >= "1992-03"), "{late:?}");
    // One document that speaks of the harbour is undated.
    assert_eq!(early.len() + late.len() + 1, all);
    assert_eq!(dates(&["harbour", "--on", "1992-02-26"]).len(), 4);
    assert_eq!(dates(&["harbour", "date:1992-02-26"]).len(), 4);

    let sources = |name: &str| {
        sample(&["search", "", "--format", "jsonl", "-n", "100", "--source", name]).exits(0).column("source")
    };
    assert_eq!(sources("radio skerry").len(), 7, "letter case does not count");
    let two = sample(&["search", "", "--source", "drafts", "--source", "glass-museum", "--format", "jsonl"]).exits(0);
    assert_eq!(two.jsonl().len(), 2);

    let languages = sample(&["search", "", "--lang", "fr", "--lang", "Turkish", "--format", "jsonl", "-n", "100"]);
    let languages = languages.exits(0).column("lang");
    assert_eq!(languages.len(), 9);
    assert!(languages.iter().all(|language| language == "fr" || language == "tr"));
}

#[test]
fn a_source_that_is_not_there_is_named_with_the_nearest_one() {
    sample(&["search", "harbour", "--source", "corier"]).exits(1).says("did you mean \"courier\"?");
}

#[test]
fn by_date_the_undated_come_last_whichever_way() {
    for (order, descending) in [("newest", true), ("oldest", false)] {
        let run = sample(&["search", "", "--no-collapse", "--sort", order, "-n", "100", "--format", "jsonl"]).exits(0);
        let dates = run.column("date");
        assert_eq!(dates.len(), 61);
        assert!(dates[58..].iter().all(|date| date == "null"), "{dates:?}");
        // A month or a year may begin before a day that is within it.
        let years: Vec<&str> = dates[..58].iter().map(|date| &date[..4]).collect();
        let ordered = years.windows(2).all(|pair| if descending { pair[0] >= pair[1] } else { pair[0] <= pair[1] });
        assert!(ordered, "{years:?}");
    }
}

#[test]
fn pages_hold_every_document_once() {
    for extra in [&[][..], &["--sort", "newest"], &["--passages", "0"]] {
        let page = |limit: &str, offset: &str| -> Vec<String> {
            let args = [
                &["search", "harbour", "--no-collapse", "--format", "jsonl", "-n", limit, "--offset", offset][..],
                extra,
            ];
            sample(&args.concat()).exits(0).column("id")
        };
        let whole = page("100", "0");
        let paged: Vec<String> = [0, 4, 8, 12, 16, 20, 24].iter().flat_map(|at| page("4", &at.to_string())).collect();
        assert_eq!(paged, whole, "{extra:?}");
        assert_eq!(whole.len(), 25);
    }
    let json = |extra: &[&str]| {
        sample(&[&["search", "harbour", "--no-collapse", "--format", "json"][..], extra].concat()).exits(0).json()
    };
    let first = json(&["-n", "20"]);
    let second = json(&["-n", "20", "--after", first["next"].as_str().unwrap()]);
    assert_eq!(second["hits"].as_array().unwrap().len(), 5);
    assert_eq!((&second["hits"][0]["rank"], &second["next"]), (&21.into(), &serde_json::Value::Null));
    sample(&["search", "harbour", "--no-collapse", "--after", "nothing"]).exits(2);
    let run =
        sample(&["search", "harbour", "--no-collapse", "-n", "4", "--offset", "8"]).exits(0).says("9 to 12 shown");
    assert_eq!(run.out.matches('#').count(), 4);
    sample(&["search", "harbour", "--no-collapse", "--offset", "1000"])
        .exits(0)
        .says("25 documents")
        .says("none after the first 1,000");
}

#[test]
fn more_passages_and_their_neighbours_are_shown_when_asked() {
    let id = "council/harbour-fire-inquiry.md";
    let query = ["search", "fire", "--source", "port maren town council", "--on", "1993-01-18", "--format", "jsonl"];
    let with = |extra: &[&str]| {
        let hits = sample(&[&query[..], extra].concat()).exits(0).jsonl();
        assert!(hits[0]["file"].as_str().unwrap().ends_with(id));
        hits[0]["passages"].as_array().unwrap().clone()
    };
    assert_eq!(with(&[]).len(), 1);
    let three = with(&["--passages", "3"]);
    assert_eq!(three.len(), 3);
    let scores: Vec<f64> = three.iter().map(|passage| passage["score"].as_f64().unwrap()).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    assert_eq!(with(&["--passages", "0"]).len(), 0);
    let (narrow, wide) = (with(&[])[0].clone(), with(&["-C", "1"])[0].clone());
    assert_eq!(narrow["id"], wide["id"]);
    assert!(wide["text"].as_str().unwrap().contains(narrow["text"].as_str().unwrap()));
    assert!(wide["text"].as_str().unwrap().len() > narrow["text"].as_str().unwrap().len());
}

#[test]
fn four_words_are_all_needed_and_falling_back_is_said() {
    let note = "no document has all of these words";
    sample(&["search", "harbour fire"]).exits(0).says("all of [harbour fire]").keeps_silent_about(note);
    sample(&["search", "harbour piano otters"]).exits(0).says("best of [harbour piano otters]").says(note);
    sample(&["search", "harbour piano otters", "--match", "all"]).exits(1).says("0 documents");
    let best = sample(&["search", "harbour fire", "--match", "best"]).exits(0).says("best of [harbour fire]");
    assert!(best.err.contains("documents"), "{best:#?}");
    sample(&["search", "fire smoke ash dust soot"]).exits(0).says("best of");
    sample(&["search", "fire smoke ash dust soot", "--match", "all"]).exits(1).says("all of");
}

#[test]
fn a_timeline_draws_empty_years_and_bars_in_proportion() {
    let run = sample(&["timeline", "otters", "--by", "year", "--to", "2009"]).exits(0);
    insta::assert_snapshot!(run.out, @r"
    1994       1 ████████████████████████
    1995       0
    1996       0
    1997       0
    1998       0
    1999       0
    2000       0
    2001       0
    2002       0
    2003       0
    2004       1 ████████████████████████
    2005       0
    2006       0
    2007       1 ████████████████████████
    2008       0
    2009       2 ████████████████████████████████████████████████
    ");
    let run = sample(&["timeline", "--by", "day", "--from", "1992-02-25", "--to", "1992-03-02"]).exits(0);
    insta::assert_snapshot!(run.out, @r"
    1992-02-25 1 ████████████
    1992-02-26 4 ████████████████████████████████████████████████
    1992-02-27 3 ████████████████████████████████████
    1992-02-28 2 ████████████████████████
    1992-02-29 1 ████████████
    1992-03-01 0
    1992-03-02 1 ████████████
    ");
}

#[test]
fn a_timeline_tells_sources_and_shares_and_counts_the_other_sources_together() {
    let asked = ["timeline", "harbour", "--by", "year", "--to", "1994", "--split", "source", "-n", "2", "--share"];
    let run = sample(&asked).exits(0).says("16 documents · 0 undated · 64% of 25");
    insta::assert_snapshot!(run.out, @r"
        1  3    75%  Radio Skerry
        2  2   100%  Port Maren Town Council
    other 11    58%  7 other sources

                  1     2  other
    1992        75%  100%    67%
    1993          –  100%      –
    1994          –     –   100%
    ");
    let run = sample(&[&asked[..], &["--format", "csv"]].concat()).exits(0);
    insta::assert_snapshot!(run.out, @r"
    period,first_day,source,other_sources,documents,all,share
    1992,1992-01-01,Radio Skerry,,3,4,0.750000
    1992,1992-01-01,Port Maren Town Council,,1,1,1.000000
    1992,1992-01-01,,7,10,15,0.666667
    1993,1993-01-01,Radio Skerry,,0,0,
    1993,1993-01-01,Port Maren Town Council,,1,1,1.000000
    1993,1993-01-01,,7,0,0,
    1994,1994-01-01,Radio Skerry,,0,0,
    1994,1994-01-01,Port Maren Town Council,,0,0,
    1994,1994-01-01,,7,1,1,1.000000
    ");
    let run = sample(&["timeline", "harbour", "--by", "year", "--to", "1994", "--share"]).exits(0);
    insta::assert_snapshot!(run.out, @r"
    1992       14   70% █████████████████████████████████▋
    1993        1  100% ████████████████████████████████████████████████
    1994        1  100% ████████████████████████████████████████████████
    ");
    sample(&["timeline", "--split", "source", "-n", "101"]).exits(2).says("at most 100 sources");
    sample(&["timeline", "--split", "source", "--mentions"]).exits(2);
}

#[test]
fn a_share_is_of_what_the_conditions_let_through_typed_or_given() {
    let all = |args: &[&str]| {
        let run = sample(&[&["timeline", "--share", "--format", "json"], args].concat());
        run.json()["all"].as_u64().unwrap()
    };
    let given = all(&["harbour", "--source", "TNA", "--lang", "en"]);
    assert_eq!(given, all(&["harbour source:TNA lang:en"]));
    assert_eq!(given, all(&["harbour source:TNA lang:en about:1992 -fire"]));
    assert!(given < all(&["harbour OR source:TNA"]));
}

#[test]
fn a_timeline_by_any_unit_counts_every_dated_document_once() {
    for (unit, coarse) in [("year", 0), ("month", 2), ("week", 5), ("day", 5)] {
        let timeline = sample(&["timeline", "--by", unit, "--format", "json"]).exits(0).json();
        let buckets = timeline["buckets"].as_array().unwrap();
        let drawn: u64 = buckets.iter().map(|bucket| bucket["documents"].as_u64().unwrap()).sum();
        assert_eq!(timeline["coarse"], coarse, "{unit}");
        assert_eq!(drawn + coarse + timeline["undated"].as_u64().unwrap(), 61, "{unit}");
        assert_eq!(timeline["total"], 61);
    }
    let weeks = sample(&["timeline", "fire", "--by", "week", "--format", "csv", "--on", "1992-02..1992-03"]).exits(0);
    assert!(weeks.out.starts_with("period,first_day,documents\n1992-W09,1992-02-24,"), "{weeks:#?}");
}

#[test]
fn sources_are_counted_most_frequent_first() {
    let run = sample(&["sources", "otters"]).exits(0).says("6 sources");
    insta::assert_snapshot!(run.out, @r"
    2  The Maren Courier        2009-04-20 to 2014-12-06
    1  Marener Küstenblatt      2019-03-04
    1  Port Maren Town Council  2007-01-01 to 2007-12-31
    1  Radio Skerry             2004-11-09
    1  The Skerry Islander      2009-05-01
    1  courier                  1994-06-11 · a folder's name, said by no document
    ");
    let all = sample(&["sources", "--format", "json"]).exits(0).json();
    let counts: Vec<u64> =
        all["sources"].as_array().unwrap().iter().map(|source| source["documents"].as_u64().unwrap()).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
    assert_eq!(counts.iter().sum::<u64>(), 61);
    sample(&["sources", "otters", "--format", "csv"])
        .exits(0)
        .prints("source,documents,first_day,last_day,from_folder\n");
}

#[test]
fn a_document_is_shown_by_its_id_the_beginning_of_it_its_record_and_its_passage() {
    let title = "HARBOUR FIRE DESTROYS 83 BOATS AT PORT MAREN";
    let id = "4647702e593d5af2";
    let whole = sample(&["show", id]).exits(0).prints(title).prints("#1").prints("#2").prints("It was made in 1562.");
    assert_eq!(sample(&["show", "4647702e"]).exits(0).out, whole.out);
    let second = sample(&["show", &format!("{id}#2")]).exits(0).prints("It was made in 1562.");
    assert!(!second.out.contains("#1") && !second.out.contains("The alarm was raised"), "{second:#?}");
    let near = sample(&["show", &format!("{id}#2"), "-C", "1"]).exits(0).prints("The alarm was raised");
    assert!(near.out.contains("#1") && near.out.contains("#2"), "{near:#?}");
    sample(&["show", "si-0112"]).exits(0).prints("Fire destroys 83 boats at Port Maren");
    sample(&["show", "zzzz"]).exits(1).says("no document has the id \"zzzz\"");
    sample(&["show", &format!("{id}#99")]).exits(2).complains_in_one_line("no passage 99");
    let json = sample(&["show", "si-0112#1", "--format", "json"]).exits(0).json();
    assert_eq!((&json["record_id"], &json["passages"][0]["number"]), (&"si-0112".into(), &1.into()));
    assert!(json["passages"][0]["text"].as_str().unwrap().starts_with("PORT MAREN, February 26"));
}

#[test]
fn an_id_that_two_records_have_is_an_error_that_names_both() {
    let record = |file: &str| format!("{{\"id\": \"r/1#2\", \"text\": \"A record of {file}.\"}}\n");
    let archive = Archive::new().file("a.jsonl", record("a")).file("b.jsonl", record("b")).indexed();
    let ids = archive.ids("record");
    let run = archive.run(&["show", "r/1#2"]).exits(2).complains_in_one_line("names several documents");
    assert!(ids.iter().all(|id| run.err.contains(id)), "{run:#?}");
    archive.run(&["show", &ids[0]]).exits(0);
}

#[test]
fn an_index_says_what_it_holds() {
    sample(&["info"]).exits(0).prints("documents  61 from 48 files").prints("1986-07-14 to 2022-02-26");
    let info = sample(&["info", "--format", "json"]).exits(0).json();
    assert_eq!((&info["documents"], &info["undated"], &info["skipped"]), (&61.into(), &3.into(), &2.into()));
    assert!(info["bytes"].as_u64().unwrap() > 10_000);
    assert_eq!(info["sources"], sample(&["sources", "--format", "json"]).json()["sources"].as_array().unwrap().len());
    assert_eq!(info["languages"][0]["language"], "en");
    // Of one thing there is one, and every document has a language or is said to have none that is known.
    let archive = Archive::new().file("a.txt", "4711\n").indexed();
    let run = archive.run(&["info"]).exits(0).prints("documents  1 from 1 file\n").prints(" in 1 segment, format ");
    run.prints("languages  1 not recognised\n");
    let empty = Archive::new().indexed();
    empty.run(&["info"]).exits(0).keeps_silent_about("languages");
    empty.run(&["info", "--diagnostics"]).exits(0).prints("document 64 MB");
}

#[test]
fn parts_of_an_index_too_small_to_matter_are_counted_and_named_in_json_alone() {
    let info = sample(&["info", "--verbose", "--format", "json"]).exits(0).json();
    let (whole, parts) = (info["bytes"].as_u64().unwrap(), info["space"]["parts"].as_array().unwrap());
    let small = parts.iter().filter(|part| part["bytes"].as_u64().unwrap() < whole / 1_000).count();
    assert!(small > 1, "{info}");
    let run = sample(&["info", "--verbose"]).exits(0).prints(&format!("and {small} smaller parts "));
    let rows = run.out.lines().filter(|line| line.ends_with('%')).count();
    // Beside the parts: the one line of the small ones, and how the index compares with the files.
    assert_eq!(rows, parts.len() - small + 2, "{}", run.out);
}

#[test]
fn what_was_not_read_is_listed_with_the_reason() {
    let run = sample(&["skipped"]).exits(0).says("2 not read");
    assert_eq!(run.out, "corpus/drafts/empty.txt: an empty file\ncorpus/drafts/harbour-sketch.png: an image\n");
}

#[test]
fn the_page_on_the_query_language_is_the_library_s() {
    let run = sample(&["help", "query"]).exits(0);
    assert_eq!(run.out.trim_end(), dateline::Query::SYNTAX.trim_end());
    sample(&["help", "search"]).exits(0).prints("--from");
    sample(&["help"]).exits(0).prints("timeline");
    sample(&["--version"]).exits(0).prints(env!("CARGO_PKG_VERSION"));
}

#[test]
fn exit_codes_are_those_the_help_names() {
    sample(&["search", "harbour"]).exits(0);
    sample(&["search", "zzqqxx"]).exits(1);
    sample(&["frobnicate"]).exits(2).says("frobnicate");
    sample(&["search", "--frobnicate"]).exits(2).complains_in_one_line("--frobnicate");
    sample(&["search", "--form", "1992", "fire"]).exits(2).complains_in_one_line("--form");
    sample(&["search", "fire", "--form", "1992"]).exits(2).says("--form");
    sample(&["search", "harbour", "--from", "nonsense"]).exits(2).complains_in_one_line("\"nonsense\" names no day");
    sample(&["search", "harbour", "--lang", "klingon"]).exits(2).says("klingon");
    sample(&["search", "harbour", "--index", "nowhere"]).exits(3);
    sample(&["help", "nowhere"]).exits(2).complains_in_one_line("nowhere");
    let archive = Archive::new().file("cut.jsonl", "{\"text\": \"The ferry sails.\"}\n{\"text\": \"The fer");
    archive.run(&["index", "files"]).exits(4);
}

#[test]
fn marks_are_letters_in_a_pipe_and_colours_when_asked() {
    let plain = sample(&["search", "harbour", "-n", "2"]).exits(0).prints("*harbour*");
    assert!(!plain.out.contains('\u{1b}'));
    let colored = sample(&["search", "harbour", "-n", "2", "--color", "always"]).exits(0);
    assert!(colored.out.contains("\u{1b}[1;33mharbour\u{1b}[0m"), "{colored:#?}");
    // Without NO_COLOR too a pipe gets none.
    let mut piped = command(sample_index(), home());
    piped.env_remove("NO_COLOR").args(["search", "harbour", "-n", "2"]);
    let piped = Run::of(piped).exits(0);
    assert_eq!(piped.out, plain.out);
    assert!(!sample(&["search", "harbour", "--color", "never"]).out.contains('\u{1b}'));
}

#[test]
fn names_of_files_are_links_where_they_are_asked_for() {
    let archive = Archive::new().file("a b.txt", "The ferry ran on 26 February 1992.").indexed();
    let shown = |text: &str| {
        let pieces = text.split("\u{1b}]8;;").map(|piece| piece.split_once("\u{1b}\\").map_or(piece, |(_, text)| text));
        pieces.collect::<String>()
    };
    let id = archive.ids("ferry").remove(0);
    for args in [["search", "ferry"], ["show", &id], ["dates", "--doubtful"]] {
        let plain = archive.run(&args);
        let linked = archive.run(&[args[0], args[1], "--hyperlink", "always"]);
        assert_eq!(shown(&linked.out), plain.out, "{args:?}");
        assert!(linked.out.contains("/files/a%20b.txt"), "{linked:#?}");
        assert!(!plain.out.contains('\u{1b}'));
    }
    let address = "/files/a%20b.txt#1\u{1b}\\files/a b.txt:1\u{1b}]8;;\u{1b}\\";
    archive.run(&["search", "ferry", "--hyperlink", "always"]).prints(address);
}

#[test]
fn lines_are_folded_at_spaces_alone() {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let whole = sample(&["search", "harbour fire"]).exits(0);
    for columns in ["60", "80", "100"] {
        let mut folded = command(sample_index(), home());
        folded.env("COLUMNS", columns).args(["search", "harbour fire"]);
        let folded = Run::of(folded).exits(0);
        assert_ne!(folded.out, whole.out, "{columns}");
        assert_eq!(words(&folded.out), words(&whole.out), "{columns}");
    }
}

#[test]
fn what_a_document_was_found_by_is_marked_in_its_passage() {
    // The stem of the first is not the Turkish stem of what stands in the texts; in other languages it is.
    for (word, marks) in [("yangın", "Liman *yangınının*"), ("yangını", "Liman *yangınının*")] {
        let hits = sample(&["search", word, "--format", "json"]).exits(0).json();
        let hits = hits["hits"].as_array().unwrap();
        assert_eq!(hits.len(), 2);
        for hit in hits {
            let highlights = hit["passages"][0]["highlights"].as_array().unwrap();
            assert!(!highlights.is_empty(), "{word}: {hit:#}");
        }
        sample(&["search", word]).exits(0).prints(marks);
    }
}

#[test]
fn quiet_says_nothing_beside_the_results() {
    let run = sample(&["search", "harbour piano otters", "-q"]).exits(0);
    assert_eq!(run.err, "");
    assert_eq!(run.out, sample(&["search", "harbour piano otters"]).out);
}

#[test]
fn words_may_come_apart_and_the_first_may_begin_with_a_hyphen() {
    let quoted = sample(&["search", "harbour fire"]);
    assert_eq!(sample(&["search", "harbour", "fire"]).out, quoted.out);
    sample(&["search", "-harbour"]).exits(0).says("not [harbour]");
    sample(&["search", "-harbour", "--on", "1992", "-n", "3"]).exits(0).says("not [harbour]").says("1992-01-01");
}

#[test]
fn every_shell_completes_every_command() {
    let commands = commands();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = sample(&["completions", shell]).exits(0).out;
        for name in &commands {
            assert!(script.contains(name.as_str()), "{shell} completes no {name}");
        }
        assert!(script.contains("passages"), "{shell} completes no option");
    }
    sample(&["completions", "tcsh"]).exits(2).says("bash, elvish, fish, powershell, zsh");
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    sample(&["man"]).exits(0).prints(".TH dateline 1").prints("dateline\\-search(1)").prints("Exit codes: 0 found");
    let archive = Archive::new().file("a.txt", "");
    archive.run(&["man", "share/man1"]).exits(0);
    let page = |name: &str| fs::read_to_string(archive.here().join("share/man1").join(name)).unwrap();
    assert_eq!(page("dateline.1").trim_end(), sample(&["man"]).out.trim_end());
    for name in commands() {
        let page = page(&format!("dateline-{name}.1"));
        assert!(page.contains(&format!(".TH dateline-{name} 1")), "{page}");
    }
    archive.run(&["man", "files/a.txt"]).exits(2).complains_in_one_line("the page cannot be written here");
}

/// The names of all commands, as the help lists them.
fn commands() -> Vec<String> {
    let help = sample(&["--help"]).exits(0).out;
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let names = list.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.strip_prefix("  "));
    let names: Vec<String> =
        names.filter(|line| !line.starts_with(' ')).filter_map(|line| Some(line.split(' ').next()?.into())).collect();
    assert!(names.len() > 15, "{names:?}");
    names
}
