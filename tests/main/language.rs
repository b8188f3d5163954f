//! The query language from text to answers: what is found, what is marked, what is said.

use dateline::{Document, Index, Language, Synonyms};

use crate::support::{found, ids, in_memory, marked, sample, sample_index};

fn texts(texts: &[&str]) -> Index {
    let document = |(n, text): (usize, &&str)| Document::new(n.to_string(), *text).language(Language::ENGLISH);
    in_memory(texts.iter().enumerate().map(document))
}

fn marks(index: &Index, query: &str) -> Vec<String> {
    marked(&index.search(query).run().unwrap())
}

fn notes(index: &Index, query: &str) -> String {
    index
        .search(query)
        .why_empty(true)
        .run()
        .unwrap()
        .notes
        .iter()
        .map(|note| note.message.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_phrase_with_moves_takes_words_between_and_neighbours_changed() {
    let index = texts(&[
        "It was left wide open.",
        "It was left very wide open.",
        "It stood open, left behind.",
        "Left by night, it lay there, and the door was open.",
    ]);
    assert_eq!(found(&index, "\"left open\""), Vec::<String>::new());
    assert_eq!(found(&index, "\"left open\"~1"), ["0"]);
    assert_eq!(found(&index, "\"left open\"~2"), ["0", "1", "2"]);
    assert_eq!(marks(&index, "\"left open\"~1"), ["left wide open"]);
}

#[test]
fn near_counts_words_finds_endings_and_marks_only_what_is_near() {
    let index = texts(&[
        "The kites flew over the harbour. Far away from all of that another harbour lay, without any.",
        "A harbour with one kite.",
        "The kite was lost. In the evening, when all the boats had come home again, the harbour slept.",
    ]);
    assert_eq!(found(&index, "kite NEAR/4 harbour"), ["0", "1"]);
    assert_eq!(found(&index, "kite NEAR/3 harbour"), ["1"]);
    assert_eq!(found(&index, "kite PRE/4 harbour"), ["0"]);
    assert_eq!(found(&index, "kite NEAR/s harbour"), ["0", "1"]);
    assert_eq!(found(&index, "kite NEAR/p harbour"), ["0", "1", "2"]);
    assert_eq!(found(&index, "(kite OR boat) NEAR/9 slept"), ["2"]);
    assert_eq!(found(&index, "-(kite NEAR/s harbour)"), ["2"]);
    assert_eq!(found(&index, "kite NEAR/5 kite"), Vec::<String>::new());
    let marks = marked(&index.search("kite PRE/4 harbour").run().unwrap());
    assert_eq!(marks, ["kites", "harbour"], "the other harbour is not near");
}

#[test]
fn words_near_each_other_are_found_by_their_stems_in_the_document_s_own_language() {
    let german: Language = "de".parse().unwrap();
    let index = in_memory([
        Document::new("en", "The ferries met the storms at noon.").language(Language::ENGLISH),
        Document::new("de", "Die Häuser am Hafen brannten.").language(german),
    ]);
    assert_eq!(found(&index, "ferry NEAR/5 storm"), ["en"]);
    assert_eq!(found(&index, "Haus NEAR/5 Hafen"), ["de"]);
    assert_eq!(marks(&index, "Haus NEAR/5 Hafen"), ["Häuser", "Hafen"]);
}

#[test]
fn nothing_is_near_across_the_title_and_the_text() {
    let index = in_memory([Document::new("a", "Opened at noon.").title("The bridge left")]);
    assert_eq!(found(&index, "\"left opened\""), Vec::<String>::new());
    assert_eq!(found(&index, "left NEAR/3 opened"), Vec::<String>::new());
    assert_eq!(found(&index, "left opened"), ["a"]);
}

#[test]
fn patterns_find_the_words_of_the_index_and_say_which() {
    let index =
        texts(&["He was killed.", "The killers fled.", "A skilled hand.", "Women and a woman.", "Fire brigade."]);
    for (query, ids) in [
        ("kill*", vec!["0", "1"]),
        ("*killed", vec!["0", "2"]),
        ("wom?n", vec!["3"]),
        ("k*d", vec!["0"]),
        ("killd~1", vec!["0"]),
        ("ikllers~2", vec!["1"]),
        ("/kill(ed|ers)/", vec!["0", "1"]),
        ("/fi.e/", vec!["4"]),
        ("-kill*", vec!["2", "3", "4"]),
        ("\"fir* brigade\"", vec!["4"]),
        ("\"was * fled\"", vec![]),
        ("\"killers * x\" OR \"a * hand\"", vec!["2"]),
    ] {
        assert_eq!(found(&index, query), ids, "{query}");
    }
    assert_eq!(marks(&index, "wom?n"), ["Women", "woman"]);
    assert_eq!(marks(&index, "hand -kill*"), ["hand"]);
    assert!(notes(&index, "kill*").contains("kill* is 2 words of this index: killed, killers"));
    assert!(notes(&index, "zebra*").contains("zebra* is no word of this index"));
}

#[test]
fn a_word_that_stands_for_many_is_scored_as_one_and_cut_with_a_note() {
    let many: String = (0..1_200).map(|n| format!("w{n} ")).collect();
    let index = texts(&[&many, "w1 w2", "other"]);
    let results = index.search("w*").run().unwrap();
    assert_eq!(results.total, 2);
    assert!(
        results.notes[0].message.contains("1000 most frequent words") && results.notes[0].message.contains("200 rarer"),
        "{:?}",
        results.notes
    );
}

#[test]
fn an_exact_form_has_its_capitals_accents_and_ending() {
    let index = texts(&[
        "Polish sausages.",
        "They polish the floor.",
        "POLISH is Polish, and they polish it.",
        "Mâche, a salad, from the mache field.",
        "The US and us, in the U.S. of America.",
    ]);
    for (query, ids) in [
        ("=Polish", vec!["0", "2"]),
        ("=polish", vec!["1", "2"]),
        ("=POLISH", vec!["2"]),
        ("=PoLiSh", vec![]),
        ("=mache", vec!["3"]),
        ("=Mâche", vec!["3"]),
        ("=mâche", vec![]),
        ("=sausage", vec![]),
        ("=US", vec!["4"]),
        ("=us", vec!["4"]),
        ("=\"Polish sausages\"", vec!["0"]),
        ("=\"polish sausages\"", vec![]),
        ("=Polish NEAR/3 =polish", vec!["2"]),
    ] {
        assert_eq!(found(&index, query), ids, "{query}");
    }
    assert_eq!(marks(&index, "=polish"), ["polish", "polish"]);
}

#[test]
fn titles_authors_and_files_are_conditions() {
    let index = Index::open(sample_index()).unwrap();
    let titles = |query: &str| -> Vec<String> {
        let hits = index.search(query).limit(100).run().unwrap().hits;
        hits.into_iter().filter_map(|hit| hit.title).collect()
    };
    for query in ["title:fire", "title:fires", "title:fir*"] {
        let found = titles(query);
        assert!(
            !found.is_empty() && found.iter().all(|title| title.to_lowercase().contains("fir")),
            "{query} {found:?}"
        );
    }
    assert!(titles("fire").len() > titles("title:fire").len());
    assert!(titles("fire -title:fire").iter().all(|title| !title.to_lowercase().contains("fire")));
    let files = |query: &str| -> Vec<String> {
        let hits = index.search(query).limit(100).run().unwrap().hits;
        hits.into_iter().filter_map(|hit| Some(hit.path?.to_string_lossy().into_owned())).collect()
    };
    let found = files("fire file:courier");
    assert!(!found.is_empty() && found.iter().all(|file| file.contains("/courier/")), "{found:?}");
    let found = files("file:*.html");
    assert!(!found.is_empty() && found.iter().all(|file| file.ends_with(".html")), "{found:?}");
    let byline = index.search("").limit(100).run().unwrap().hits.into_iter().find_map(|hit| hit.attribution.byline);
    let name = byline.expect("the sample has bylines").name;
    let last = name.split_whitespace().last().unwrap();
    let hits = index.search(format!("author:{last}").as_str()).limit(100).run().unwrap().hits;
    assert!(!hits.is_empty() && hits.iter().all(|hit| hit.attribution.byline.as_ref().unwrap().name.contains(last)));
}

#[test]
fn an_empty_answer_says_why_and_what_is_left() {
    let index = texts(&["The harbour fire.", "A harbour storm.", "The lighthouse keeper."]);
    let said = notes(&index, "harbour +lighthouse");
    assert!(said.contains("without lighthouse: 2 documents") && said.contains("without harbour: 1 document"), "{said}");
    let said = notes(&index, "harbour +zebra date:1992");
    assert!(said.contains("no document has zebra"), "{said}");
    let said = notes(&index, "lighthuose");
    assert!(said.contains("\"lighthuose\" is in no document; nearest: lighthouse"), "{said}");
    let said = notes(&index, "harbour lighthuose");
    assert!(said.contains("nearest: lighthouse"), "{said}");
    assert_eq!(notes(&index, "harbour"), "");
    // Words bound to each other are told apart.
    for (bound, said) in [
        ("\"harbour lighthuose\"", "\"lighthuose\" is in no document; nearest: lighthouse"),
        ("harbour.lighthuose", "\"lighthuose\" is in no document; nearest: lighthouse"),
        ("=Lighthuose", "\"lighthuose\" is in no document; nearest: lighthouse"),
        ("=Storms", "as free words, storms: 1 document"),
        ("\"fire harbour\"", "as free words, fire harbour: 1 document"),
        ("fire NEAR/1 the", "as free words, fire the: 1 document"),
        (
            "storm NEAR/1 (fire OR zebra)",
            "\"zebra\" is in no document\nwithout storm: 1 document\nwithout fire OR zebra: 1 document",
        ),
        ("\"lighthouse storm\"", "without lighthouse: 1 document\nwithout storm: 1 document"),
    ] {
        assert_eq!(notes(&index, bound), said, "{bound}");
    }
}

#[test]
fn a_name_hardly_known_is_found_in_other_letters_and_never_silently() {
    let index = in_memory(
        [
            "Xocalı faciəsi.",
            "В Киеве и Киев.",
            "Kyiv was quiet.",
            "Əliyev came.",
            "The marina was full.",
            "Kyiv again.",
        ]
        .iter()
        .enumerate()
        .map(|(n, text)| Document::new(n.to_string(), *text)),
    );
    assert_eq!(found(&index, "Khojali"), ["0"]);
    assert_eq!(found(&index, "Aliyev"), ["3"]);
    assert!(notes(&index, "Khojali").contains("=khojali finds it only as typed"));
    assert_eq!(found(&index, "Kiev"), ["1", "2", "5"]);
    assert_eq!(marks(&index, "Khojali"), ["Xocalı"]);
    assert_eq!(found(&index, "=Khojali"), Vec::<String>::new());
    assert_eq!(found(&index, "marine"), Vec::<String>::new());
}

#[test]
fn synonyms_are_the_user_s_own_and_are_said() {
    let index = texts(&["The Soviet Union fell.", "The USSR fell.", "Soviet ships, a union."]);
    let synonyms = Synonyms::parse("USSR = Soviet Union");
    let results = index.search("ussr").synonyms(synonyms.clone()).run().unwrap();
    assert_eq!(ids(&results), ["0", "1"]);
    assert!(results.notes[0].message.contains("ussr is also soviet union"), "{:?}", results.notes);
    let results = index.search("\"soviet union\" fell").synonyms(synonyms).run().unwrap();
    assert_eq!(ids(&results), ["0", "1"]);
}

#[test]
fn synonyms_stand_near_others_and_in_titles_as_the_word_itself_does() {
    let index =
        texts(&["The Soviet Union soon fell.", "The USSR soon fell.", "The USSR was large, and the wall fell."]);
    let synonyms = Synonyms::parse("USSR = Soviet Union");
    for (question, expected) in [
        ("ussr NEAR/2 fell", vec!["0", "1"]),
        ("\"soviet union\" NEAR/2 fell", vec!["0", "1"]),
        ("fell NEAR/2 (ussr OR wall)", vec!["0", "1", "2"]),
        ("=USSR NEAR/2 fell", vec!["1"]),
    ] {
        let results = index.search(question).synonyms(synonyms.clone()).run().unwrap();
        assert_eq!(ids(&results), expected, "{question}");
        let said = results.notes.iter().any(|note| note.message.contains("by the list of synonyms"));
        assert_eq!(said, !question.contains('='), "{question}: {:?}", results.notes);
    }
    let results = index.search("ussr NEAR/2 fell").synonyms(synonyms).run().unwrap();
    let passage = &results.hits.iter().find(|hit| hit.id == "0").unwrap().passages[0];
    let marked: Vec<&str> = passage.highlights.iter().filter_map(|mark| passage.text.get(mark.bytes.clone())).collect();
    assert_eq!(marked, ["Soviet Union", "fell"], "as it stands there");
}

#[test]
fn an_explanation_tells_parts_and_tree() {
    let index = texts(&["The harbour fire.", "A harbour storm."]);
    let results = index.search("harbour (fire OR storm)").explain(true).run().unwrap();
    assert_eq!(results.tree.as_deref(), Some("all of\n  harbour\n  any of\n    fire\n    storm\n"));
    let scores = results.hits[0].scores.clone().unwrap();
    let parts: Vec<&str> = scores.parts.iter().map(|part| part.part.as_str()).collect();
    assert_eq!(parts, ["harbour", "fire OR storm"]);
    assert!(scores.parts.iter().all(|part| part.score > 0.0) && scores.document > 0.0 && scores.passage > 0.0);
    sample(&["search", "harbour fire", "--explain"]).exits(0).prints("exact words").says("words\n    harbour");
}

#[test]
fn hostile_questions_are_answered_quickly() {
    let index = Index::open(sample_index()).unwrap();
    let near = "a NEAR/5 ".repeat(5_000);
    let patterns: String = ('a'..='z').flat_map(|a| ('a'..='z').map(move |b| format!("{a}*{b} "))).collect();
    let regexes = "/(a|b|ab)*(a|b|ab)*(a|b|ab)*c/ ".repeat(50);
    let brackets = "(a NEAR/3 ".repeat(3_000);
    let moves = format!("\"{}\"~100", "the of a in to ".repeat(200));
    for query in [
        near.as_str(),
        &patterns,
        &regexes,
        &brackets,
        &moves,
        "*a*",
        "the NEAR/999 of NEAR/999 a NEAR/999 in",
        "the NEAR/999 the NEAR/999 the",
        "=the",
        "/((a{500}){500}){500}/",
        "title:*",
        "file:***?*?*?*?*?*x",
        "\"* * *\"",
        "\"*\"",
        "author:*",
        "=\"",
        "/",
        "~",
        "=",
    ] {
        let begun = std::time::Instant::now();
        index.search(query).run().unwrap();
        let took = begun.elapsed();
        // Far more than it takes: unoptimised, on a busy machine.
        assert!(took.as_secs() < 5, "{} took {took:?}", &query[..query.len().min(40)]);
    }
}

/// The engine is built with its debug assertions here, as it is in debug builds of programs that embed the library.
#[test]
fn exclusions_that_end_before_what_they_are_asked_for_are_answered() {
    let index = dateline::Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let texts = [
        "The fire in the harbour.",
        "A fire at the mill, and the harbour.",
        "Smoke over the mill.",
        "The fire again, with smoke.",
        "Nothing of that kind, but fire.",
    ];
    for (at, text) in texts.iter().enumerate() {
        writer.add(Document::new(at.to_string(), *text)).unwrap();
    }
    writer.commit().unwrap();
    for (question, expected) in [
        ("fire NOT \"fire the\"", &["0", "1", "3", "4"][..]),
        ("fire NOT \"the fire\"", &["1", "4"]),
        ("fire NOT \"nothing anywhere\"", &["0", "1", "3", "4"]),
        ("fire NOT (harbour smoke)", &["0", "1", "3", "4"]),
        ("fire NOT (harbour mill)", &["0", "3", "4"]),
        ("fire -(\"fire the\" OR \"in the harbour\")", &["1", "3", "4"]),
        ("fire -(smoke \"the mill\")", &["0", "1", "3", "4"]),
        ("fire -\"fire the\" -\"the fire\" -(mill smoke)", &["1", "4"]),
        ("fire -(harbour NEAR/3 mill)", &["0", "3", "4"]),
        ("-\"fire the\"", &["0", "1", "2", "3", "4"]),
        ("fire -(smoke -\"fire the\")", &["0", "1", "4"]),
    ] {
        let mut found = index.search(question).ids().unwrap();
        found.sort();
        assert_eq!(found, expected, "{question}");
        assert_eq!(index.search(question).explain(true).run().unwrap().total, expected.len() as u64, "{question}");
    }
}
