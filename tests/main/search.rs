//! What is found, in what order, and what is marked in it: the library's search on awkward words and on the sample.

use dateline::{Document, Index, Language, Matched, Matching};
use unicode_normalization::UnicodeNormalization;

use crate::support::{found, in_memory, marked, sample_index};

fn texts(texts: &[&str]) -> Index {
    in_memory(texts.iter().enumerate().map(|(n, text)| Document::new(n.to_string(), *text)))
}

/// The same in a language that is told, since too little text does not show it.
fn texts_in(language: &str, texts: &[&str]) -> Index {
    let language: Language = language.parse().unwrap();
    in_memory(texts.iter().enumerate().map(|(n, text)| Document::new(n.to_string(), *text).language(language)))
}

/// Whether a question finds a document with just this text.
#[track_caller]
fn meets(text: &str, query: &str) -> bool {
    found(&texts(&[text]), query).len() == 1
}

/// The same where the language is told.
#[track_caller]
fn meets_in(language: &str, text: &str, query: &str) -> bool {
    found(&texts_in(language, &[text]), query).len() == 1
}

#[test]
fn letter_case_accents_apostrophes_and_endings_do_not_count() {
    let cases = [
        ("fr", "Les chars de l’armée avancent dans la plaine.", "armee"),
        ("fr", "Les chars de l'armée avancent dans la plaine.", "l'armée"),
        ("fr", "Les chars de l’armée avancent dans la plaine.", "L'ARMÉE"),
        ("en", "The captain, Mr O’Brien, was late.", "O'Brien"),
        ("en", "The captain, Mr O'Brien, was late.", "o’brien"),
        ("en", "The ship's bell was found.", "ship"),
        ("en", "They don’t know.", "don't"),
        ("en", "The ferries were late.", "ferry"),
        ("en", "The FERRY was late.", "ferries"),
        ("de", "Die Straße war gesperrt.", "strasse"),
        ("de", "Der Ärger über die Brücken war groß.", "brücke"),
        ("en", "The Nagorno-Karabakh talks.", "nagorno karabakh"),
        ("en", "The Nagorno‑Karabakh talks.", "Nagorno-Karabakh"),
        ("en", "The signal came at 12:30 sharp.", "12:30"),
        ("en", "Of 4,000,000 crowns none was left.", "4,000,000"),
    ];
    for (language, text, query) in cases {
        assert!(meets_in(language, text, query), "{query:?} in {text:?}");
    }
}

#[test]
fn composed_and_decomposed_letters_are_the_same() {
    let text = "La fête du café s’achève à l’été.";
    let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
    assert_ne!(nfc, nfd);
    for stored in [&nfc, &nfd] {
        for word in ["fête", "café", "été", "fete"] {
            let (composed, decomposed): (String, String) = (word.nfc().collect(), word.nfd().collect());
            assert!(meets(stored, &composed) && meets(stored, &decomposed), "{word}");
            let marks = marked(&texts(&[stored]).search(decomposed.as_str()).run().unwrap());
            assert_eq!(marks.len(), 1, "{word}: {marks:?}");
            assert!(folded(&marks[0]).contains(&folded(word)), "{word}: {marks:?}");
        }
    }
}

#[test]
fn words_of_other_scripts_are_found() {
    let cases = [
        ("В порту ночью случился пожар, сгорели лодки.", "ПОЖАР"),
        ("港口火灾造成八十三艘船被毁。", "火灾"),
        ("漁港の火災で八十三隻が焼けた。", "火災"),
        ("حريق في الميناء", "حريق"),
        ("Ο λιμένας κάηκε τη νύχτα.", "λιμενας"),
    ];
    for (text, query) in cases {
        assert!(meets(text, query), "{query:?} in {text:?}");
    }
    assert!(meets_in("ru", "В порту ночью случились пожары.", "пожар"));
    assert!(!meets("港口火灾造成八十三艘船被毁。", "灾火"), "the order of ideographs counts");
}

#[test]
fn the_four_i_of_turkish_are_found_however_they_are_typed() {
    for text in ["Isparta'da ILIK bir gün.", "ısparta'da ılık bir gün.", "İsparta'da ilik bir gün."] {
        for query in ["ilik", "ılık", "ILIK", "İLİK"] {
            assert!(meets(text, query), "{query:?} in {text:?}");
        }
    }
}

#[test]
fn a_very_long_word_is_found() {
    let word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";
    assert!(word.len() > 60);
    let text = format!("Der Landtag beriet über das {word} in zweiter Lesung.");
    assert!(meets(&text, word));
    assert!(meets(&text, &word.to_uppercase()));
    assert_eq!(marked(&texts(&[&text]).search(word).run().unwrap()), [word]);
}

#[test]
fn a_phrase_is_its_words_in_order_whatever_the_quotes() {
    let index = texts(&["The sluice was left open all night.", "It lay open on the left.", "Left, he said: open it."]);
    for phrase in ["\"left open\"", "“left open”", "„left open“", "«left open»", "\"LEFT OPEN\""] {
        let ids = found(&index, phrase);
        assert!(ids.contains(&"0".into()) && !ids.contains(&"1".into()), "{phrase} {ids:?}");
    }
    let marks = marked(&index.search("\"left open\" -said").run().unwrap());
    assert_eq!(marks, ["left open"]);
}

#[test]
fn what_is_excluded_is_excluded_from_the_whole_document_and_never_marked() {
    let index = texts(&[
        "Health for all. The harbour is safe.",
        "Health and insurance. The harbour is closed.",
        "Insurance only.",
    ]);
    assert_eq!(found(&index, "health -insurance"), ["0"]);
    assert_eq!(found(&index, "health NOT insurance"), ["0"]);
    assert_eq!(found(&index, "-insurance"), ["0"]);
    assert_eq!(found(&index, "health -\"harbour is closed\""), ["0"]);
    assert_eq!(found(&index, "health -\"no such words here\""), ["0", "1"]);
    assert_eq!(found(&index, "NOT \"no such words here\""), ["0", "1", "2"]);
    assert_eq!(found(&index, "health -\"health insurance\""), ["0", "1"]);
    let marks = marked(&index.search("health -\"no such words here\" -sink").run().unwrap());
    assert!(marks.iter().all(|mark| mark.eq_ignore_ascii_case("health")), "{marks:?}");
}

#[test]
fn and_or_and_brackets_are_about_documents() {
    let index = texts(&["fire and smoke", "fire and ash", "smoke and ash", "water"]);
    assert_eq!(found(&index, "fire AND smoke"), ["0"]);
    assert_eq!(found(&index, "fire OR water"), ["0", "1", "3"]);
    assert_eq!(found(&index, "ash (fire OR water)"), ["1"]);
    assert_eq!(found(&index, "(fire AND smoke) OR water"), ["0", "3"]);
    assert_eq!(found(&index, "ash -(fire OR water)"), ["2"]);
}

#[test]
fn words_that_carry_no_meaning_are_not_needed_unless_there_are_no_others() {
    let index = texts_in("en", &["The fire of the harbour.", "Fire in a harbour.", "To be or not to be."]);
    assert_eq!(found(&index, "the fire of harbour"), ["0", "1"]);
    assert_eq!(found(&index, "\"to be or not to be\""), ["2"]);
    assert!(found(&index, "to be").contains(&"2".into()));
}

/// How many of these English texts have all words of a question.
#[track_caller]
fn with_all(text: &[&str], query: &str) -> u64 {
    texts_in("en", text).search(query).matching(Matching::All).run().unwrap().total
}

#[test]
fn what_an_apostrophe_leaves_carries_no_meaning_but_the_same_letters_on_their_own_do() {
    let any = |query: &str| texts_in("en", &["T cells."]).search(query).matching(Matching::Best).run().unwrap().total;
    assert_eq!((any("don't panic"), any("T panic")), (0, 1));
    assert_eq!(with_all(&["Vitamin C.", "Vitamin D."], "vitamin D"), 1);
    assert_eq!(with_all(&["The election was called off."], "won election"), 0);
}

#[test]
fn a_hyphen_between_letters_and_figures_may_be_there_or_not() {
    assert_eq!(with_all(&["An F16 went down.", "An F-16 went down."], "F-16"), 2);
    assert_eq!(with_all(&["An F16 went down.", "An F\u{2011}16 went down."], "F16"), 2);
    assert_eq!(with_all(&["An F16 went down.", "An F-16 went down."], "went -F16"), 0);
    assert_eq!(with_all(&["The minister resigned."], "re-signed"), 0, "no hyphen joins two words");
    assert_eq!(with_all(&["Figure 16 of part F."], "F16"), 0);
}

#[test]
fn a_question_of_very_many_words_is_cut_to_those_that_tell_most_and_says_so() {
    let index = texts(&["A lighthouse.", "Another one."]);
    let many: String = (0..500).map(|number| format!("word{number} ")).collect();
    let results = index.search(format!("{many} lighthouse").as_str()).run().unwrap();
    assert!(results.notes.iter().any(|note| note.message.contains("501 different words")), "{:?}", results.notes);
    let long = index.search("title:".repeat(50_000).as_str()).run().unwrap();
    assert!(long.notes.iter().any(|note| note.message.contains("first 128 words")), "{:?}", long.notes.len());
    let repeated = index.search("lighthouse ".repeat(4_000).as_str()).run().unwrap();
    assert_eq!(repeated.total, 1);
}

#[test]
fn more_of_the_words_and_rarer_ones_come_first() {
    let mut all: Vec<String> = (0..30).map(|n| format!("Common words of the harbour, number {n}.")).collect();
    all.push("The harbour had a rare albatross.".into());
    let texts: Vec<&str> = all.iter().map(String::as_str).collect();
    let results = self::texts(&texts).search("harbour albatross").matching(Matching::Best).run().unwrap();
    assert_eq!((results.hits[0].id.as_str(), results.total, results.matched), ("30", 31, Matched::Best));
}

#[test]
fn any_question_at_all_gives_an_answer() {
    let index = texts(&["The ferry sails at dawn."]);
    let long = "ferry ".repeat(5_000);
    let deep = "(".repeat(10_000);
    let stars = "*".repeat(1_000);
    for query in [
        "",
        " ",
        "\"",
        "\"\"",
        "-",
        "- -",
        "()",
        ")(",
        "AND",
        "OR OR",
        "NOT",
        "-\"",
        "date:",
        "date:x",
        "source:",
        ":",
        "lang:",
        "lang:klingon",
        "a:b:c",
        "+",
        "+-",
        "*",
        "fer*",
        "[1992 TO 1993]",
        "ferry^2",
        "ferry~",
        "\\",
        "\u{0}",
        "\u{202e}yrref",
        "𝔣𝔢𝔯𝔯𝔶",
        "👩‍👩‍👧‍👦",
        "\u{301}",
        "ﬁ",
        "'",
        "''''",
        &long,
        &deep,
        &stars,
    ] {
        let results = index.search(query).run().unwrap();
        assert!(results.total <= 1, "{query:?}");
        index.search(query).timeline(dateline::Unit::Month).unwrap();
    }
}

/// Questions to the sample archive, with the beginnings of the words that may be marked.
const QUESTIONS: [(&str, &[&str]); 30] = [
    ("harbour fire", &["harbour", "fire"]),
    ("ferry", &["ferr"]),
    ("ferries to Skerry", &["ferr", "skerr"]),
    ("lighthouse", &["lighthouse"]),
    ("otters", &["otter"]),
    ("otter census count", &["otter", "census", "count"]),
    ("\"sea wall\"", &["sea wall"]),
    ("sea-wall", &["sea", "wall"]),
    ("Halcyon piano", &["halcyon", "piano"]),
    ("bread festival goose", &["bread", "festival", "goose", "geese"]),
    ("glass museum", &["glass", "museum"]),
    ("clock 1562", &["clock", "1562"]),
    ("crowns -harbour", &["crown"]),
    ("boats NOT fire", &["boat"]),
    ("fire lang:en -\"83 boats\"", &["fire"]),
    ("council (harbour OR wall)", &["council", "harbour", "wall"]),
    ("mill OR piano", &["mill", "piano"]),
    ("storm warning for tonight", &["storm", "warn", "tonight", "for"]),
    ("captain's", &["captain"]),
    ("Cooper's Quay", &["cooper", "quay"]),
    ("Hafen Feuer", &["hafen", "feuer", "hafens", "hafe"]),
    ("Fischotter Zählung", &["fischotter", "zahl"]),
    ("Glasmuseum Scherben", &["glasmuseum", "scherb"]),
    ("incendie port", &["incendi", "port"]),
    ("l'horloge", &["l'horloge", "horloge"]),
    ("fête du pain", &["fete", "pain", "du"]),
    ("пожар порт", &["пожар", "порт"]),
    ("маяк", &["маяк"]),
    ("yangın liman", &["yangin", "liman"]),
    ("gelgit değirmeni", &["gelgit", "degirmen"]),
];

fn folded(text: &str) -> String {
    text.nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' => '\'',
            'ı' => 'i',
            '\u{a0}' | '\n' => ' ',
            '‑' => '-',
            c => c,
        })
        .collect()
}

#[test]
fn every_mark_in_the_sample_is_a_word_asked_for_on_character_boundaries() {
    let index = Index::open(sample_index()).unwrap();
    for (query, beginnings) in QUESTIONS {
        let results = index.search(query).limit(100).passages(3).context(1).run().unwrap();
        assert!(results.total > 0, "{query} finds nothing");
        let mut marks = 0;
        for passage in results.hits.iter().flat_map(|hit| &hit.passages) {
            let mut end = 0;
            for mark in &passage.highlights {
                assert!(mark.bytes.start >= end && mark.bytes.start < mark.bytes.end, "{query}: marks overlap");
                end = mark.bytes.end;
                let word = passage.text.get(mark.bytes.clone()).expect("character boundaries");
                let of_the_query = beginnings.iter().any(|beginning| folded(word).starts_with(beginning));
                assert!(of_the_query, "{query} marks {word:?} in {:?}", passage.text);
                let by_chars: String = passage.text.chars().skip(mark.chars.start).take(mark.chars.len()).collect();
                assert_eq!(by_chars, word, "{query}");
                marks += 1;
            }
            let best = passage.text.get(passage.best.clone()).expect("character boundaries");
            assert!(!best.is_empty(), "{query}");
        }
        assert!(marks > 0, "{query} marks nothing");
    }
}

#[test]
fn every_document_found_in_the_sample_shows_why() {
    let index = Index::open(sample_index()).unwrap();
    for (query, beginnings) in QUESTIONS {
        for hit in index.search(query).limit(100).run().unwrap().hits {
            let title = folded(hit.title.as_deref().unwrap_or_default());
            let in_title = beginnings.iter().any(|beginning| title.contains(beginning));
            let in_text = hit.passages.iter().any(|passage| !passage.highlights.is_empty());
            assert!(in_text || in_title, "{query}: {:?} marks nothing", hit.title);
        }
    }
}

#[test]
fn passages_stand_in_the_document_where_they_say() {
    let index = Index::open(sample_index()).unwrap();
    for hit in index.search("harbour").limit(100).passages(5).run().unwrap().hits {
        let document = index.document(&hit.id).unwrap().unwrap();
        let own = document.passages();
        for passage in hit.passages {
            assert_eq!(document.text[passage.bytes.clone()], passage.text);
            let numbered = own.iter().find(|own| own.number() == passage.number).unwrap().range();
            assert!(numbered.start <= passage.bytes.start && passage.bytes.end <= numbered.end);
            assert_eq!(document.text[..passage.bytes.start].chars().count(), passage.chars.start);
        }
    }
}

#[test]
fn what_matches_in_the_title_alone_is_marked_there() {
    let index = in_memory([Document::new("a", "It turns at both tides.").title("The mill of Port Maren")]);
    let results = index.search("mill").run().unwrap();
    let title = results.hits[0].marked_title("[", "]", str::to_string);
    assert_eq!(title.as_deref(), Some("The [mill] of Port Maren"));
    assert!(results.hits[0].passages[0].highlights.is_empty());
}
