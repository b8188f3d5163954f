//! Quotes against a small archive: each with the status and the classes it must get.

#![allow(clippy::unwrap_used)]

use super::check::QuoteCheck;
use super::quote::Quote;
use crate::answer::quotes::{CheckedQuote, QuoteStatus};
use crate::document::Document;
use crate::search::index::Index;

/// Documents of our own writing: an id, a source, a day, a language and a text.
const ARCHIVE: &[(&str, &str, &str, &str, &str)] = &[
    (
        "en-1",
        "Courier",
        "1992-02-26",
        "en",
        "The harbour fire took 83 boats on Tuesday night. The mayor, Edda Marsh, said that the council would not close \
         the ferry before the inquiry. \"We refused the offer of the port authority,\" she told Piers Holm. On 26 February \
         1992 the clock stopped at ten past four. Nobody was hurt, and the burnt boats were taken to the upper yard. \
         The new lighthouse may be ready in May. The govern-\nment paid 2.5 million for the sea wall, which is 1,275 \
         metres long. Did the wind turn? The keeper did not know.",
    ),
    (
        "en-2",
        "Tidewater",
        "1992-02-27",
        "en",
        "Edda Marsh praised Piers Holm for his work. The old crane was modern in 1905 and lifted every barrel by hand. \
         When the tide is low, the mill turns slowly, and the miller sleeps. When the storm came, the miller ran.",
    ),
    (
        "de-1",
        "Küstenblatt",
        "1992-02-28",
        "de",
        "Der Hafen brannte die ganze Nacht. Dreiundachtzig Boote gingen verloren, und die Feuerwehr konnte nicht helfen. \
         „Wir haben kein Wasser gehabt“, sagte Jens Petersen. Die Fähre fährt wieder.",
    ),
    (
        "fr-1",
        "Le Phare",
        "1992-02-29",
        "fr",
        "Le port a brûlé toute la nuit. Le maire n'a pas fermé le bac avant l'enquête. « Nous avons perdu quatre-vingt-trois \
         bateaux », a dit Luc Moreau. Le phare sera rallumé en mai.",
    ),
    (
        "es-1",
        "El Faro",
        "1992-03-01",
        "es",
        "El puerto ardió toda la noche. La alcaldesa no cerró el transbordador antes de la investigación. Se perdieron \
         ochenta y tres barcos, según dijo Luis Vega.",
    ),
    (
        "ru-1",
        "Маяк",
        "1992-03-02",
        "ru",
        "Порт горел всю ночь. Мэр не закрыл паром до окончания следствия. Сгорело восемьдесят три лодки, сказал Пётр Холм. \
         Теперь это невозможно забыть.",
    ),
    (
        "tr-1",
        "Sahil",
        "1992-03-03",
        "tr",
        "Liman bütün gece yandı. Belediye başkanı soruşturmadan önce vapuru kapatmadı. Seksen üç tekne yandı, dedi Murat Deniz.",
    ),
    ("zh-1", "海港报", "1992-03-04", "zh", "港口整夜燃烧。市长没有关闭渡轮。八十三艘船被烧毁。"),
];

fn archive() -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (id, source, day, language, text) in ARCHIVE {
        let document = Document::new(*id, *text).source(*source).date(day.parse().unwrap());
        writer.add(document.language(language.parse().unwrap())).unwrap();
    }
    writer.commit().unwrap();
    index
}

fn told(quote: &CheckedQuote) -> String {
    let mut classes: Vec<String> = quote
        .differences
        .iter()
        .map(|difference| format!("{}{}", difference.class.name(), if difference.accepted { "~" } else { "" }))
        .collect();
    classes.sort();
    classes.dedup();
    format!("{} {}", quote.status.name(), classes.join(" ")).trim_end().to_string()
}

/// A quote, its status and the classes of its differences; those that are accepted have a tilde.
const QUOTES: &[(&str, &str)] = &[
    ("The harbour fire took 83 boats on Tuesday night.", "exact"),
    ("the harbour fire took 83 boats on Tuesday night", "typographic"),
    ("“We refused the offer of the port authority,” she told Piers Holm", "typographic"),
    ("The government paid 2.5 million", "typographic spelling~"),
    ("took eighty-three boats on Tuesday night", "typographic figure~"),
    ("On February 26, 1992 the clock stopped", "typographic date~"),
    ("The harbour fire took 63 boats on Tuesday night", "altered figure"),
    ("The harbour fire took sixty-three boats on Tuesday night", "altered figure"),
    ("The harbour fire took 83 boats on Wednesday night", "altered date"),
    ("the council would close the ferry before the inquiry", "altered negation"),
    ("the council would ... close the ferry before the inquiry", "altered negation"),
    ("the council would […] not close the ferry […] the inquiry", "elided"),
    ("the council wouldn't close the ferry before the inquiry", "altered tense"),
    ("the council will not close the ferry before the inquiry", "altered tense"),
    ("We accepted the offer of the port authority", "altered word"),
    ("We refuse the offer of the port authority", "altered tense"),
    ("[They] refused the offer of the port authority", "bracketed"),
    ("We refused the offer [from the harbour] of the port authority", "bracketed"),
    ("Piers Holm praised Edda Marsh for his work", "altered name"),
    ("and the miller sleeps, when the tide is low, the mill turns slowly", "altered order"),
    ("The old crane was modem in 1905", "typographic spelling~"),
    ("The old crane was modern in l905", "typographic spelling~"),
    ("The old crane was modern in 1906", "altered date"),
    ("The new lighthouse must be ready in May", "altered modal"),
    ("The new lighthouse may be ready in June", "altered date"),
    ("the sea wall, which is 1275 metres long", "typographic figure~"),
    ("the sea wall, which is 1,725 metres long", "altered figure"),
    ("Nobody was hurt, and the burnt boats", "exact"),
    ("Somebody was hurt, and the burnt boats", "altered negation"),
    ("The keeper did know. Nobody", "altered negation"),
    ("Did the wind turn? The keeper", "exact"),
    ("Did the wind turn. The keeper", "altered punctuation"),
    ("The gardener painted nine fences green in the afternoon", "not-found"),
    ("boats", "too-short"),
    ("Nous avons perdu quatre-vingt-trois bateaux, a dit Luc Moreau. Le phare sera rallume", "altered spelling"),
    ("Der Hafen brannte die ganze Nacht", "exact"),
    ("83 Boote gingen verloren, und die Feuerwehr konnte nicht helfen", "typographic figure~"),
    ("Dreiundsechzig Boote gingen verloren, und die Feuerwehr", "altered figure"),
    ("und die Feuerwehr konnte helfen", "altered negation"),
    ("Wir haben ein Wasser gehabt, sagte Jens Petersen", "altered negation"),
    ("Wir haben kein Wasser gehabt, sagte Jens Paulsen", "altered name"),
    ("Le maire a fermé le bac avant l'enquête", "altered negation"),
    ("Le maire n’a pas fermé le bac avant l’enquête", "typographic"),
    ("Nous avons perdu 83 bateaux", "typographic figure~"),
    ("Nous avons perdu quatre-vingt-treize bateaux", "altered figure"),
    ("La alcaldesa cerró el transbordador antes de la investigación", "altered negation"),
    ("Se perdieron 83 barcos, según dijo Luis Vega", "typographic figure~"),
    ("Мэр закрыл паром до окончания следствия", "altered negation"),
    ("Сгорело 83 лодки, сказал Петр Холм", "typographic figure~"),
    ("Теперь это возможно забыть", "altered negation"),
    ("Belediye başkanı soruşturmadan önce vapuru kapattı", "altered negation"),
    ("Seksen üç tekne yandı, dedi Murat Deniz", "exact"),
    ("市长关闭渡轮。八十三艘船被烧毁", "altered negation"),
    ("八十三艘船被烧毁", "exact"),
];

#[test]
fn every_quote_gets_its_status_and_its_classes() {
    let report = QuoteCheck::new(&archive()).run(QUOTES.iter().map(|(quote, _)| *quote)).unwrap();
    let wrong: Vec<String> = report
        .quotes
        .iter()
        .zip(QUOTES)
        .filter(|(checked, (_, expected))| told(checked) != *expected)
        .map(|(checked, (quote, expected))| {
            format!("{quote}\n    {} instead of {expected}; {:?}", told(checked), checked.differences)
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_that_stand_elsewhere_than_claimed_do_not_pass() {
    let quote = || Quote::new("the miller sleeps. When the storm came");
    let day = |text: &str| text.parse::<crate::time::Date>().unwrap().range();
    let report = QuoteCheck::new(&archive())
        .run([
            quote(),
            quote().source("Tidewater"),
            quote().source("Courier"),
            quote().source("Tidewater").dates(day("1992-02")),
            quote().dates(day("1993")),
            quote().document("en-2"),
            quote().document("en-1"),
        ])
        .unwrap();
    let statuses: Vec<QuoteStatus> = report.quotes.iter().map(|quote| quote.status).collect();
    use QuoteStatus::{Elsewhere, Exact, NotFound};
    assert_eq!(statuses, [Exact, Exact, Elsewhere, Exact, Elsewhere, Exact, NotFound]);
    assert_eq!(told(&report.quotes[2]), "elsewhere attribution");
    assert_eq!(report.quotes[2].differences[0].source, "Tidewater, 1992-02-27");
}

#[test]
fn places_are_told_the_earliest_first_and_copies_as_one() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let long =
        "The ferry sailed at dawn with forty sheep, a piano and the mayor of Port Maren on board, and nobody sang.";
    let other = "Years later a visitor wrote: a piano and the mayor of Port Maren on board. That is all he wrote.";
    for (id, text, day) in [("c", other, "1999-01-01"), ("b", long, "1992-02-27"), ("a", long, "1992-02-26")] {
        writer.add(Document::new(id, text).date(day.parse().unwrap())).unwrap();
    }
    writer.commit().unwrap();
    let report = QuoteCheck::new(&index).run(["a piano and the mayor of Port Maren on board"]).unwrap();
    let quote = &report.quotes[0];
    assert_eq!((quote.total, quote.distinct), (3, 2));
    let places: Vec<(&str, u64)> = quote.places.iter().map(|place| (place.r#ref.as_str(), place.copies)).collect();
    assert_eq!(places, [("a", 1), ("c", 0)]);
    assert_eq!(quote.places[0].text, "a piano and the mayor of Port Maren on board");
}

#[test]
fn the_answer_is_the_same_on_any_number_of_threads() {
    let index = archive();
    let quotes: Vec<&str> = QUOTES.iter().map(|(quote, _)| *quote).collect();
    let one = QuoteCheck::new(&index).threads(1).run(quotes.clone()).unwrap();
    assert_eq!(one, QuoteCheck::new(&index).threads(4).run(quotes).unwrap());
}
