//! Questions to archives in one language and in two, and what is left of them.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::document::Document;
use crate::search::index::Index;

const ENGLISH: [&str; 12] = [
    "The war ended and the war crimes were tried in the court of the town.",
    "A man and the men of the town went to the sea, and the sea was calm.",
    "The mine was closed, and a hat lay in the bar of the old inn.",
    "The who is who of the town: the clerk, the mayor and the miller.",
    "It was the harbour fire that the die hard crew put out in the night.",
    "The den of the fox was found at the mill, and her cubs were in it.",
    "The us and them of the fire brigade, who said that it was the wind.",
    "The vitamin of the year is in the apple, said the clerk of the market.",
    "The contra dance was held in the hall at the harbour of the town.",
    "The mit of the keeper was lost in the game at the field.",
    "The ferry and the boats were in the harbour when the storm came.",
    "The bridge was opened by the mayor, and the band was on it.",
];
const GERMAN: [&str; 6] = [
    "Der Hafen war geschlossen, und das Feuer hat die Boote und den Kran zerstört.",
    "Die Stadt war dunkel, und man hat den Bürgermeister mit dem Boot gesucht.",
    "Das Feuer war in der Nacht, und die Feuerwehr hat den Hafen gerettet.",
    "Der Markt war offen, und die Leute haben mit dem Müller über das Wetter geredet.",
    "Die Brücke war neu, und der Müller hat sie mit den Kindern besucht.",
    "Der Fuchs hat den Bau verlassen, und das war in der Nacht mit dem Sturm.",
];

/// The texts of two languages, so many times over.
fn archive(english: usize, german: usize) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (texts, times, code) in [(&ENGLISH[..], english, "en"), (&GERMAN[..], german, "de")] {
        for (at, text) in texts.iter().cycle().take(texts.len() * times).enumerate() {
            let language: Language = code.parse().unwrap();
            writer.add(Document::new(format!("{code}{at}"), *text).language(language)).unwrap();
        }
    }
    writer.commit().unwrap();
    index
}

/// The question as it was read, and what was left out of it.
fn read(index: &Index, question: &str, matching: Matching) -> (String, String) {
    let results = index.search(question).matching(matching).limit(0).run().unwrap();
    let told =
        |note: &Note| note.message.strip_prefix("words too common to tell anything were left out: ").map(String::from);
    (results.read_as, results.notes.iter().filter_map(told).collect())
}

/// Whether all words must be there or any will do is not what these tests are about.
#[track_caller]
fn asks(index: &Index, question: &str, read_as: &str, left_out: &str) {
    let (found, told) = read(index, question, Matching::Auto);
    let words = |read_as: &str| read_as.replace("all of [", "[").replace("best of [", "[");
    assert_eq!((words(&found), told), (words(read_as), left_out.to_string()), "{question}");
}

#[test]
fn content_of_the_archives_language_stays_though_another_language_lists_it() {
    for index in [archive(30, 1), archive(3, 3), archive(3, 6)] {
        for question in [
            "war crimes",
            "sea calm",
            "man overboard",
            "old men",
            "mine closed",
            "MIT keeper",
            "contra dance",
            "die hard",
            "hat inn",
            "bar inn",
            "den fox",
            "US brigade",
            "IT brigade",
            "WHO brigade",
            "the who",
        ] {
            asks(&index, question, &format!("all of [{question}]"), "");
        }
        asks(&index, "war", "[war]", "");
        asks(&index, "the harbour", "[harbour]", "the");
        asks(&index, "her majesty", "[majesty]", "her");
        asks(&index, "the men who die in the war at sea", "best of [men die war sea]", "the who in at");
    }
}

#[test]
fn grammar_of_the_questions_own_language_is_left_out_and_told() {
    for index in [archive(0, 3), archive(3, 3), archive(20, 1)] {
        asks(&index, "der Hafen und das Feuer", "all of [Hafen Feuer]", "der und das");
        asks(&index, "das Feuer", "[Feuer]", "das");
    }
    let mixed = archive(3, 3);
    asks(&mixed, "the fire and the harbour of the town", "all of [fire harbour town]", "the and of");
    asks(&mixed, "der Krieg war lang und schwer", "all of [Krieg lang schwer]", "der war und");
    // Of four words one that another main language uses stays.
    asks(&mixed, "der Hafen war offen", "all of [Hafen war offen]", "der");
}

#[test]
fn where_a_language_is_named_it_decides() {
    let mixed = archive(3, 3);
    asks(&mixed, "war crimes lang:en", "all of [war crimes] · language en", "");
    asks(&mixed, "die hard lang:de", "[hard] · language de", "die");
    asks(&mixed, "war crimes lang:en lang:de", "all of [war crimes] · (language en or language de)", "");
    asks(&mixed, "the hard lang:de", "all of [the hard] · language de", "");
    let results = mixed.search("war crimes").language(Language::ENGLISH).run().unwrap();
    assert_eq!(results.read_as, "all of [war crimes] · language en");
}

#[test]
fn where_all_must_be_there_and_where_all_would_go_nothing_is_left_out() {
    let index = archive(3, 1);
    let all = |question: &str| read(&index, question, Matching::All);
    assert_eq!(all("the fire in the harbour").0, "all of [the fire in the harbour]");
    assert_eq!(all("the fire in the harbour").1, "");
    asks(&index, "to be or not to be", "best of [to be or not to be]", "");
    asks(&index, "who is it", "all of [who is it]", "");
    asks(&index, "\"the who\" harbour", "[harbour] · \"the who\"", "");
    asks(&index, "the NEAR/3 who", "the NEAR/3 who", "");
    asks(&index, "harbour +the", "all of [harbour the]", "");
    assert_eq!(read(&index, "harbour \"the who\"", Matching::Best).1, "", "nothing in quotation marks");
}

#[test]
fn capitals_among_small_letters_and_lone_letters_are_names() {
    let index = archive(3, 1);
    for question in ["WHO report", "report by WHO", "vitamin A", "vitamin a", "World War I"] {
        let kept = question.replace("by ", "");
        asks(&index, question, &format!("all of [{kept}]"), if kept == question { "" } else { "by" });
    }
    asks(&index, "the clerk Will Hale", "[clerk Will Hale]", "the");
    asks(&index, "Fire In The Harbour", "[Fire Harbour]", "In The");
    asks(&index, "A fire", "[fire]", "A");
    asks(&index, "how do I open the harbour gate", "all of [open harbour gate]", "how do I the");
    asks(&index, "report of the US and IT market of WHO", "best of [report US IT market WHO]", "of the and");
    // In capitals throughout, of few words any may be a name; of many none is told from grammar.
    asks(&index, "WHO US", "all of [WHO US]", "");
    asks(&index, "THE FIRE IN THE HARBOUR", "all of [FIRE HARBOUR]", "THE IN");
    asks(&index, "THE FIRE AND THE FLOOD AT SEA", "all of [FIRE FLOOD SEA]", "THE and AT");
    let notes = index.search("report by the WHO").run().unwrap().notes;
    let told = "WHO is found in small letters too; =WHO finds it only as it is written";
    assert!(notes.iter().any(|note| note.message == told));
}

#[test]
fn rare_words_of_a_list_and_words_with_synonyms_stay() {
    let index = archive(40, 0);
    asks(&index, "which boats", "[which boats]", "");
    asks(&index, "the harbour between the towns of old", "best of [harbour between towns old]", "the of");
    let synonyms = Synonyms::parse("it = information technology\n");
    let results = index.search("it market").synonyms(synonyms).run().unwrap();
    assert!(results.read_as.ends_with("of [it market]"), "{}", results.read_as);
    assert!(results.notes.iter().any(|note| note.message.starts_with("it is also information technology")));
}

#[test]
fn an_answer_without_documents_names_only_words_that_were_asked_for() {
    let index = archive(3, 0);
    let notes = index.search("the zeppelin of the harbour").why_empty(true).explain(true).run().unwrap();
    assert!(notes.tree.unwrap().lines().all(|line| !matches!(line.trim(), "the" | "of")));
    assert!(!notes.notes.iter().any(|note| note.message.contains("\"the\"") || note.message.contains("without the")));
}
