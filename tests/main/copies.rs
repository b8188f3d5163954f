//! Copies: found when documents are committed, collapsed when a question is answered, never lost.

use std::collections::BTreeSet;

use dateline::{Date, Document, Index, Relation, Results, Sort};

use crate::support::{Archive, Run, in_memory, sample};

/// A text of so many words that has its own ones, and `harbour` and `boats` among them.
fn text(name: &str, figure: u32, words: std::ops::Range<usize>) -> String {
    let words = words.map(|n| format!("{name}{n}")).collect::<Vec<_>>().join(" ");
    format!("In the harbour of {name} the fire of Tuesday night destroyed {figure} boats before dawn. {words}.")
}

fn document(id: &str, day: &str, source: &str, text: String) -> Document {
    Document::new(id, text).date(day.parse::<Date>().unwrap()).source(source)
}

/// An agency's story, taken over by four, one of them with another figure and one cut short; and a story of its own.
fn archive() -> Vec<Document> {
    vec![
        document("agency", "1992-02-26", "Agency", text("skerry", 83, 0..120)),
        document("daily", "1992-02-27", "Daily", text("skerry", 83, 0..120)),
        document("echo", "1992-02-28", "Echo", text("skerry", 83, 0..50)),
        document("radio", "1992-02-27", "Radio", text("skerry", 63, 0..120)),
        document("herald", "1992-02-29", "Herald", text("skerry", 63, 0..120)),
        document("other", "1992-02-27", "Daily", text("maren", 5, 0..120)),
    ]
}

/// `shown+collapsed collapsed`, in the order of the answer.
fn told(results: &Results) -> Vec<String> {
    let hit = |hit: &dateline::Hit| {
        let folded: Vec<&str> = hit.copies.iter().map(|copy| copy.id.as_str()).collect();
        if folded.is_empty() { hit.id.clone() } else { format!("{}+{}", hit.id, folded.join(" ")) }
    };
    results.hits.iter().map(hit).collect()
}

/// The same in alphabetical order, where the earliest stand for the others.
#[track_caller]
fn oldest(index: &Index, query: &str) -> Vec<String> {
    let mut told = told(&index.search(query).sort(Sort::Oldest).collapse_copies(true).run().unwrap());
    told.sort();
    told
}

#[test]
fn one_document_stands_for_its_copies_and_other_figures_stand_for_themselves() {
    let index = in_memory(archive());
    let results = index.search("harbour").sort(Sort::Oldest).collapse_copies(true).run().unwrap();
    assert_eq!((results.total, results.distinct), (6, 3));
    let mut told = told(&results);
    told.sort();
    assert_eq!(told, ["agency+daily echo", "other", "radio+herald"]);
    let hit = |id: &str| results.hits.iter().find(|hit| hit.id == id).unwrap();
    assert_eq!(hit("agency").copies[0].relation, Relation::Copy);
    assert_eq!((hit("agency").copies[1].relation, hit("agency").copies[1].share), (Relation::Part, 100));
    // Each of the two versions tells of the other.
    for (here, there, old, new) in [("agency", "radio", "83", "63"), ("radio", "agency", "63", "83")] {
        let versions = &hit(here).versions;
        assert_eq!((versions.len(), versions[0].id.as_str()), (1, there));
        assert_eq!((&*versions[0].figures[0].old, &*versions[0].figures[0].new), (old, new));
    }
    assert!(hit("other").versions.is_empty());
}

#[test]
fn a_program_that_embeds_the_library_gets_every_document_unless_it_asks_to_collapse() {
    let results = in_memory(archive()).search("harbour").run().unwrap();
    assert_eq!((results.total, results.distinct, results.hits.len()), (6, 6, 6));
    assert!(results.hits.iter().all(|hit| hit.copied == 0 && hit.copies.is_empty() && hit.versions.is_empty()));
}

#[test]
fn conditions_apply_before_collapsing() {
    let index = in_memory(archive());
    assert_eq!(oldest(&index, "harbour source:daily skerry5"), ["daily"]);
    assert_eq!(oldest(&index, "boats date:1992-02-28.."), ["echo", "herald"]);
    // The lead lacks the word: the others stand for themselves, as far as they say the same.
    assert_eq!(oldest(&index, "skerry60 -source:agency"), ["daily", "radio+herald"]);
    assert_eq!(oldest(&index, "skerry5 -source:agency"), ["daily+echo", "radio+herald"]);
    // The fullest stands for the others even where it is later, unless the oldest are wanted first.
    let best = index.search("skerry5 -source:agency -source:radio -source:herald").collapse_copies(true).run().unwrap();
    assert_eq!(told(&best), ["daily+echo"]);
}

#[test]
fn pages_of_a_collapsed_answer_hold_each_document_once() {
    let mut documents = Vec::new();
    for story in 0..40 {
        for copy in 0..story % 5 + 1 {
            let day = format!("1992-{:02}-{:02}", story % 12 + 1, copy + 1);
            documents.push(document(&format!("{story}-{copy}"), &day, "S", text(&format!("s{story}x"), 7, 0..60)));
        }
    }
    let all = documents.len();
    let index = in_memory(documents);
    for sort in [Sort::Best, Sort::Newest, Sort::Oldest] {
        let mut seen = BTreeSet::new();
        let mut shown = 0;
        for offset in (0..50).step_by(7) {
            let page = index.search("harbour").sort(sort).collapse_copies(true).limit(7).offset(offset).run().unwrap();
            assert_eq!((page.total, page.distinct), (all as u64, 40));
            shown += page.hits.len();
            for hit in page.hits {
                assert_eq!(hit.copied, hit.copies.len() as u64);
                seen.extend(hit.copies.into_iter().map(|copy| copy.id));
                seen.insert(hit.id);
            }
        }
        assert_eq!((shown, seen.len()), (40, all), "{sort:?}");
    }
}

#[test]
fn copies_are_followed_through_every_change() {
    let index = in_memory(archive());
    let mut writer = index.writer().unwrap();
    // The lead goes: the next takes its place.
    writer.remove("agency");
    writer.commit().unwrap();
    assert_eq!(oldest(&index, "skerry"), ["daily+echo", "radio+herald"]);
    // An earlier one comes, in a commit of its own.
    writer.add(document("wire", "1992-02-25", "Wire", text("skerry", 83, 0..120))).unwrap();
    writer.commit().unwrap();
    assert_eq!(oldest(&index, "skerry"), ["radio+herald", "wire+daily echo"]);
    // A copy is corrected, and so is one no more.
    writer.add(document("daily", "1992-02-27", "Daily", text("skerry", 71, 0..120))).unwrap();
    writer.commit().unwrap();
    assert_eq!(oldest(&index, "skerry"), ["daily", "radio+herald", "wire+echo"]);
    // All go but one.
    for id in ["wire", "echo", "radio", "herald"] {
        writer.remove(id);
    }
    writer.commit().unwrap();
    assert_eq!(oldest(&index, "skerry"), ["daily"]);
}

#[test]
fn an_update_of_files_finds_copies_too_and_keeps_one_list_of_them() {
    let archive = Archive::new().file("a/1992-02-26-one.txt", text("skerry", 83, 0..80)).indexed();
    archive.write("files/b/1992-02-27-two.txt", text("skerry", 83, 0..80));
    archive.run(&["index", "files"]).exits(0);
    let answer = archive.run(&["search", "harbour", "--format", "json"]).exits(0).json();
    assert_eq!((&answer["total"], &answer["distinct"]), (&2.into(), &1.into()));
    assert_eq!(answer["hits"][0]["copies"][0]["date"], "1992-02-27");
    let lists = std::fs::read_dir(archive.index()).unwrap();
    let lists = lists.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("copies-"));
    assert_eq!(lists.count(), 1);
    // A damaged list is said to be one, and made anew with the index.
    let list = std::fs::read_dir(archive.index()).unwrap().map(|entry| entry.unwrap().path());
    let list = list.into_iter().find(|path| path.to_string_lossy().contains("copies-")).unwrap();
    std::fs::write(list, b"broken").unwrap();
    archive
        .run(&["search", "harbour"])
        .exits(3)
        .complains_in_one_line("the index is damaged: its file copies-")
        .says("verify --repair");
    archive.run(&["search", "harbour", "--no-collapse"]).exits(0);
    archive.run(&["verify"]).exits(3).prints("copies-");
    archive.run(&["verify", "--repair"]).exits(0);
    archive.run(&["search", "harbour"]).exits(0).prints("+ 1 copy");
    archive.run(&["index", "--rebuild", "files"]).exits(0);
    archive.run(&["search", "harbour"]).exits(0).prints("+ 1 copy");
}

#[test]
fn who_still_reads_an_index_that_was_made_anew_collapses_nothing_by_the_list_of_the_new_one() {
    let archive = Archive::new()
        .file("a/1992-02-26-one.txt", text("skerry", 83, 0..80))
        .file("b/1992-02-27-two.txt", text("maren", 5, 0..80))
        .indexed();
    let index = dateline::Index::open(archive.index()).unwrap();
    archive.write("files/b/1992-02-27-two.txt", text("skerry", 83, 0..80));
    archive.run(&["index", "--rebuild", "files"]).exits(0);
    let found = |index: &dateline::Index| index.search("harbour").collapse_copies(true).run().unwrap().hits.len();
    assert_eq!(found(&index), 2);
    assert_eq!(found(&dateline::Index::open(archive.index()).unwrap()), 1);
}

#[test]
fn a_part_that_stands_in_another_text_is_told_and_not_collapsed() {
    let notice = text("skerry", 68, 0..80);
    let article = format!("{}\n\n{notice}\n\n{}", text("maren", 5, 0..200), text("kelp", 9, 0..100));
    let index = in_memory([
        document("notice", "1992-03-03", "Council", notice),
        document("article", "1992-03-04", "Courier", article),
    ]);
    assert_eq!(oldest(&index, "skerry"), ["article", "notice"]);
    let report = index.search("skerry").copy_report().unwrap();
    assert_eq!((report.stories, report.listed[0].lead.id.as_str()), (1, "notice"));
    let article = &report.listed[0].copies[0];
    assert_eq!((article.relation, article.share_of_other), (Relation::Contains, 100));
}

#[test]
fn notes_under_everything_of_a_source_make_no_copies() {
    let note = (0..40).map(|n| format!("note{n}")).collect::<Vec<_>>().join(" ");
    let story = |n: usize| format!("{}\n\n{note}", text(&format!("s{n}x"), 7, 0..60));
    let mut documents: Vec<Document> =
        (0..60).map(|n| document(&n.to_string(), "1992-03-03", "Council", story(n))).collect();
    documents.push(document("copy", "1992-03-04", "Courier", story(7)));
    let report = in_memory(documents).search("").copy_report().unwrap();
    let listed: Vec<_> = report.listed.iter().map(|story| (&*story.lead.id, &*story.copies[0].id)).collect();
    assert_eq!(listed, [("7", "copy")]);
}

#[test]
fn awkward_texts_are_no_copies_of_each_other() {
    let texts = ["", "", "one", "one", "一 二", "one two three four", "one two three four"];
    let documents = texts.iter().enumerate().map(|(n, text)| Document::new(n.to_string(), *text));
    let report = in_memory(documents).search("").copy_report().unwrap();
    assert_eq!((report.total, report.distinct, report.stories), (7, 7, 0));
}

#[test]
fn languages_without_spaces_have_copies_too() {
    let text = "昨夜、漁港で大きな火事があり、八十三隻の船が焼けた。原因はまだ分かっていないと港長は述べた。けが人はなかった。";
    let documents = [("a", text.to_string()), ("b", format!("{text}続報を待つ。")), ("c", "港は静かである。".into())];
    let index = in_memory(documents.map(|(id, text)| Document::new(id, text)));
    let report = index.search("").copy_report().unwrap();
    assert_eq!((report.stories, report.listed[0].copied), (1, 1));
}

#[test]
fn ten_thousand_of_one_text_are_one_story_counted_and_listed_as_far_as_is_asked() {
    let one = "In the harbour the fire of Tuesday night destroyed 83 boats.".to_string();
    let day = |n: i32| Date::from_day_number(8000 + n % 3000).to_string();
    let documents = (0..10_000).map(|n| document(&format!("{n:05}"), &day(n), "Agency", one.clone()));
    // If any two of them were compared, this would not end.
    let index = in_memory(documents);
    let results = index.search("harbour").collapse_copies(true).run().unwrap();
    assert_eq!((results.total, results.distinct, results.hits.len()), (10_000, 1, 1));
    assert_eq!((results.hits[0].copied, results.hits[0].copies.len()), (9_999, 20));
    let report = index.search("").copies(3).copy_report().unwrap();
    assert_eq!((report.stories, report.listed[0].copied, report.listed[0].copies.len()), (1, 9_999, 3));
    let more = index.search("harbour").collapse_copies(true).copies(500).run().unwrap();
    assert_eq!(more.hits[0].copies.len(), 500);
}

#[test]
fn the_first_is_told_apart_from_those_that_took_it_over_and_those_that_may_be_earlier() {
    let mut documents = archive();
    documents.push(Document::new("month", text("kelp", 1, 0..9)).date("1992-02".parse().unwrap()));
    documents.push(Document::new("later month", text("kelp", 1, 20..40)).date("1993".parse().unwrap()));
    documents.push(Document::new("undated", text("weed", 1, 0..9)));
    let index = in_memory(documents);
    let report = index.search("harbour").first().unwrap();
    let ids: Vec<&str> = report.documents.iter().map(|first| first.hit.id.as_str()).collect();
    assert_eq!(ids[0], "agency");
    assert_eq!((report.coarse, report.undated, report.conflicting), (1, 1, 0));
    assert_eq!(report.uncertain.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["month", "undated"]);
    let copy_of = |id: &str| report.documents.iter().find(|first| first.hit.id == id).unwrap().copy_of.as_ref();
    assert_eq!(copy_of("radio").map(|of| of.id.as_str()), Some("agency"));
    assert!(copy_of("other").is_none() && copy_of("agency").is_none());
    // What may be earlier is measured by the first, though none is asked for.
    let none = index.search("harbour").limit(0).first().unwrap();
    assert!(none.documents.is_empty(), "{none:?}");
    assert_eq!((none.coarse, none.undated, none.conflicting), (1, 1, 0));
    assert_eq!(none.uncertain.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["month", "undated"]);
}

#[test]
fn of_one_day_that_comes_first_which_others_took_over() {
    let mut documents = archive();
    for number in 0..9 {
        let note =
            format!("The harbour master of post {number} corrects what post {number} said: post {number} was shut.");
        documents.push(document(&format!("note {number}"), "1992-02-26", "Radio", note));
    }
    let report = in_memory(documents).search("harbour").first().unwrap();
    assert_eq!(report.documents[0].hit.id, "agency");
}

#[test]
fn a_copy_whose_day_is_known_is_the_first_though_another_may_be_of_any_day_of_the_year() {
    let said = || text("skerry", 83, 0..120);
    let index = in_memory(vec![
        document("cutting", "1992", "Scrapbook", said()),
        document("daily", "1992-02-26", "Daily", said()),
        document("echo", "1992-02-28", "Echo", said()),
    ]);
    let report = index.search("boats").first().unwrap();
    let told: Vec<_> = report.documents.iter().map(|document| &document.hit).collect();
    assert_eq!(told.iter().map(|hit| &*hit.id).collect::<Vec<_>>(), ["daily"]);
    assert_eq!(told[0].copies.iter().map(|copy| &*copy.id).collect::<Vec<_>>(), ["cutting", "echo"]);
    // Nobody can tell whether it was earlier: so it is told that it may be.
    assert_eq!((report.coarse, report.undated, report.conflicting), (1, 0, 0));
    assert_eq!(report.uncertain.iter().map(|one| &*one.id).collect::<Vec<_>>(), ["cutting"]);
    // So it is with a copy that has no date at all, and not with one that cannot be earlier.
    let index = in_memory(vec![
        Document::new("leaflet", said()),
        document("later", "1993", "Scrapbook", said()),
        document("daily", "1992-02-26", "Daily", said()),
    ]);
    let report = index.search("boats").first().unwrap();
    assert_eq!((report.distinct, report.coarse, report.undated), (1, 0, 1));
    assert_eq!(report.uncertain.iter().map(|one| &*one.id).collect::<Vec<_>>(), ["leaflet"]);
    // What is collapsed may say more than the first.
    let index = in_memory(vec![
        document("cutting", "1992", "Scrapbook", said()),
        document("echo", "1992-02-28", "Echo", text("skerry", 83, 0..50)),
    ]);
    let report = index.search("boats").first().unwrap();
    let told: Vec<_> = report.documents.iter().map(|document| &document.hit).collect();
    assert_eq!((&*told[0].id, &*told[0].copies[0].id), ("echo", "cutting"));
    assert_eq!((told[0].copies[0].relation, told[0].copies[0].share_of_other), (Relation::Contains, 100));
    // Where none is known to the day, the earliest stands for them.
    let index = in_memory(vec![
        document("later", "1992-02", "Daily", said()),
        document("cutting", "1992", "Scrapbook", said()),
    ]);
    assert_eq!(oldest(&index, "boats"), ["cutting+later"]);
}

#[test]
fn all_copies_of_one_document_are_named_and_few_of_others() {
    let mut documents = archive();
    documents.push(document("gazette", "1992-03-01", "Gazette", text("skerry", 63, 0..120)));
    let results =
        in_memory(documents).search("harbour").collapse_copies(true).copies(1).expand_copies("agency").run().unwrap();
    let named = |id: &str| results.hits.iter().find(|hit| hit.id == id).map(|hit| (hit.copied, hit.copies.len()));
    assert_eq!((named("agency"), named("radio")), (Some((2, 2)), Some((2, 1))));
}

#[test]
fn the_command_folds_names_and_unfolds() {
    let run = sample(&["search", "harbour fire boats", "--from", "1992", "--to", "1992-03-15"]).exits(0);
    run.says("distinct)").prints("+ 2 copies: The Skerry Islander 26 Feb 1992, ").prints("figures differ: 83 / 63");
    let run = sample(&["search", "harbour fire boats", "--no-collapse"]).exits(0);
    run.keeps_silent_about("distinct").keeps_silent_about("copy:").keeps_silent_about("figures differ");
    sample(&["search", "harbour fire boats", "--expand"]).exits(0).prints("+ 2 copies:\n");
    // Flat lines have no place for copies: they have lines of their own.
    let files = |run: &Run| -> BTreeSet<String> {
        let name = |line: &str| line.split("  ").find(|part| part.contains(".txt:")).map(str::to_owned);
        run.out.lines().filter_map(name).collect()
    };
    let flat = sample(&["search", "harbour fire boats", "--flat", "-n", "50"]).exits(0);
    let apart = sample(&["search", "harbour fire boats", "--flat", "-n", "50", "--no-collapse"]).exits(0);
    assert_eq!(files(&flat.keeps_silent_about("distinct")), files(&apart));
    sample(&["search", "harbour fire boats", "--flat", "--expand"]).exits(0).says("--expand has none to name");
    // A run has a line for each document.
    let lines = sample(&["search", "alarm raised 11.40", "--format", "trec", "-n", "50"]).exits(0).out.lines().count();
    let answer = sample(&["search", "alarm raised 11.40", "--format", "json", "-n", "50"]).exits(0).json();
    assert_eq!(lines as u64, answer["total"].as_u64().unwrap());
    assert!(answer["distinct"].as_u64() < answer["total"].as_u64());
}

#[test]
fn copies_are_named_of_the_document_asked_for_and_who_is_not_found_is_told() {
    let answer = |args: &[&str]| sample(&[&["search", "harbour fire boats", "--format", "json"], args].concat());
    let hits = answer(&[]).exits(0).json()["hits"].as_array().unwrap().clone();
    let id = |hit: &serde_json::Value| hit["id"].as_str().unwrap().to_owned();
    let copied = id(hits.iter().find(|hit| hit["copied"] == 2).unwrap());
    let alone = id(hits.iter().find(|hit| hit["copied"] == 0).unwrap());
    for command in ["search", "first"] {
        let expand = |id: &str| sample(&[command, "harbour fire boats", &format!("--expand={id}")]).exits(0);
        // As `show` takes it.
        for name in [&copied, &format!("{copied}#1"), &copied[..8]] {
            expand(name).prints("+ 2 copies:\n");
        }
        expand("nothing-like-it").prints("(--expand=").says("no document has the id \"nothing-like-it\"; ");
    }
    answer(&[&format!("--expand={alone}")]).exits(0).says(&format!("no document stands under {alone} as its copy"));
    let run = answer(&[&format!("--expand={copied}"), "-n", "1", "--offset", "5"]).exits(0);
    run.says("is not among those shown").says("--limit shows more");
}

#[test]
fn the_command_lists_stories_and_shows_what_was_changed() {
    let run = sample(&["copies", "harbour fire", "--format", "jsonl"]).exits(0);
    let stories = run.jsonl();
    let (lead, copies) = (&stories[0]["lead"], stories[0]["copies"].as_array().unwrap());
    let radio = copies.iter().find(|copy| copy["source"] == "Radio Skerry").unwrap();
    assert_eq!((&radio["figures"][0]["old"], &radio["figures"][0]["new"]), (&"83".into(), &"63".into()));
    let (lead, radio) = (lead["id"].as_str().unwrap(), radio["id"].as_str().unwrap());
    sample(&["diff", lead, radio]).exits(0).prints("destroying [-83-] {+63+} boats").prints("figures differ: 83 / 63");
    let diff = sample(&["diff", lead, radio, "--format", "json"]).exits(0).json();
    assert_eq!(diff["figures"][0]["old"], "83");
    sample(&["diff", lead, "nothing-like-it"]).exits(1).says("no document has the id");
    sample(&["diff", &format!("{lead}#1"), &format!("{radio}#2")]).exits(0);
    sample(&["diff", lead, "tidewater/first.txt"]).exits(1).says("dateline search 'file:tidewater/first.txt'");
    sample(&["copies", "nosuchwordhere"]).exits(1);
    let first = sample(&["first", "sea wall", "--to", "2000"]).exits(0);
    let first = first.prints("the earliest · dated by ").prints("may be earlier: ");
    // The conditions belong to the question, so it is not repeated without them.
    first.says("dateline dates --doubtful, asked the same\n");
    sample(&["first", "harbour fire", "--expand"]).exits(0).prints("+ 2 copies:\n");
    sample(&["copies", "--offset", "99"]).exits(0).says("none after the first 99");
}

#[test]
fn what_is_told_of_one_day_does_not_depend_on_what_was_indexed_first() {
    let documents = |order: [usize; 4]| {
        let day = |n: &str| document(n, "1992-02-26", "Agency", text("skerry", 83, 0..120));
        order.map(|at| day(["a", "b", "c", "d"][at]))
    };
    let told = |order| {
        let index = in_memory(documents(order));
        let copies = index.search("").copy_report().unwrap();
        let first = index.search("boats").first().unwrap();
        let compared = index.search("").compare(["83 boats".into(), "tuesday".into()]).unwrap();
        (format!("{copies:?}"), format!("{first:?}"), format!("{compared:?}"))
    };
    let expected = told([0, 1, 2, 3]);
    assert_eq!(told([3, 2, 1, 0]), expected);
    assert_eq!(told([2, 0, 3, 1]), expected);
}
