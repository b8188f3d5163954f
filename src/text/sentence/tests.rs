use super::*;
use proptest::prelude::*;

/// `¦` marks where a sentence must end; the white space around it is part of the text.
const CASES: &[&str] = &[
    // English
    "The council met on Tuesday. ¦It rebuilt the bridge.",
    "He met Gen. Miller. ¦They talked.",
    "The U.S. Senate voted. ¦It was late.",
    "He lives in the U.S. ¦The committee met there.",
    "She works for the U.N. in Geneva.",
    "Sen. Anna Example (D-Utah) and Rep. Tom Sample spoke.",
    "SEN. EXAMPLE TO MEET MAYOR IN PORT EXAMPLE",
    "See No. 5 on the list. ¦It is short.",
    "Mr. and Mrs. Moulin left. ¦No one saw them.",
    "He said no. ¦Then he left.",
    "Germany vs. France ended at 9 p.m. ¦The crowd went home.",
    "The train left at 5 p.m. Tuesday.",
    "Many ports, e.g. Hamburg, froze.",
    "On Jan. 26 the harbour froze. ¦It thawed in Feb. and again in March.",
    "The book by J. K. Miller sold well. ¦Nobody knows why.",
    "George W. Sample spoke. ¦A. N. Other replied.",
    "It rose 3.5 percent. ¦It fell 2.1 percent later.",
    "Example Corp. Chairman Tom Sample resigned.",
    "He works for Example Inc. ¦But he wants to leave.",
    "Wait... what was that? ¦Nothing.",
    "He waited ... and waited. ¦Nothing came.",
    "It was over… ¦The town slept.",
    "\"It is over.\" ¦He left the room.",
    "\"It is over,\" he said. ¦\"We go home.\"",
    "“It is over.” ¦“Is it?” ¦“Yes.”",
    "\"Really?\" he asked. ¦\"Yes!\" she said.",
    "It ended (so they say.) ¦Nobody cared.",
    "It ended in 1992. ¦The town was rebuilt.",
    "Of 20 ships only 15. ¦Three sank.",
    "The resolution.¦The committee adopted it.",
    "It ended in 1992.¦Then came spring.",
    "Visit www.example.com or Example.Com today.",
    "Read report.Final.pdf first. ¦Then sign.",
    "He has a Ph.D. in history. ¦She has none.",
    "Dr. Miller vs. St. Mary's Hospital. ¦Case closed.",
    "Washington, D.C. ¦Today the council met.",
    "Why? ¦Because it rained! ¦So it goes.",
    "It sank.[12] ¦It was raised.",
    "Prices: $5. ¦$6 with milk.",
    "He came. ¦– She left.",
    "Version 2.0 is out. ¦It works.",
    "What follows is Sec. 3 of Art. 5. ¦It is long.",
    "Lt. Gov. Sample and Maj. Gen. Example met Lt. Col. Other.",
    "An estimated 5 mln. people came.",
    // German
    "Am 26. Februar begann es. ¦Es endete am 3. Oktober.",
    "Dr. Müller kam, z.B. nach Hamburg. ¦Prof. Beispiel blieb.",
    "Siehe Nr. 5 bzw. Abs. 2. ¦Das genügt.",
    "Der 2. Weltkrieg endete. ¦Er begann 1939.",
    "„Es ist vorbei.“ ¦Er ging.",
    "Rund 5 Mio. Euro kostete das, d.h. zu viel. ¦Niemand zahlte.",
    // French
    "M. Moulin est venu. ¦Mme. Exemple est partie.",
    "« C'est fini. » ¦Il partit.",
    "Il mourut en 44 av. J.-C. à Rome. ¦Elle resta.",
    "Est-ce vrai ? ¦Oui !",
    // Russian
    "В 1992 г. в городе было тихо. ¦Потом начался шум.",
    "Он родился в 1961 г. ¦В городе его знали.",
    "Музей им. Примерова на ул. Садовой закрыт. ¦Почему?",
    "Дороги, т.е. улицы, пусты. ¦А. Б. Примеров уехал.",
    // Turkish, Azerbaijani
    "Prof. Dr. Örnek geldi. ¦Toplantı 26. Şubat günü bitti.",
    "Elma, armut vb. meyveler satıldı. ¦Pazar kapandı.",
    "Şəhər 1992-ci ildə dağıldı. ¦Ən çox uşaqlar öldü.",
    // Spanish
    "El Sr. Ejemplo llegó. ¦¿Quién lo vio? ¦¡Nadie!",
    "En EE.UU. hubo frío. ¦La Sra. Ejemplo se quedó.",
    // Other scripts
    "会议结束了。¦没有人说话！¦为什么？",
    "「終わった。」¦彼は去った。",
    "هل انتهى الأمر؟ ¦نعم. ¦عاد الجميع.",
    "यह समाप्त हुआ। ¦सब घर गए।",
    // Layout
    "A bridge is built\n\n¦The council met. ¦It voted.\n\n¦Then it rained.",
    "The council met on Tuesday and voted to rebuild the\nOld Bridge of Port Example. ¦It will cost much\nmoney.",
    "OLD BRIDGE TO RISE\n¦The council of the town met on Tuesday and voted.",
    "By Anna Example\n¦The council of the town met on Tuesday and voted to build.",
    "It decided:\n¦- to build the bridge\n¦- to pay for it\n",
    "The council met on Tuesday and voted to rebuild the bridge.\n    ¦The mayor was away.",
    "First part.\r\n\r\n¦Second part\r\nof the text. ¦Third.",
    "1. Introduction",
    "He left with Gen.\nMiller and came back. ¦It rained.",
    // Pages
    "The council met on Tuesday and voted to rebuild the\u{c}old bridge. ¦It will cost much.",
    "The council met on Tuesday and voted to rebuild the\n\u{c}Old Bridge of Port Example. ¦It will cost much.",
    "He left with Gen.\u{c}Miller and came back. ¦It rained.",
    "The council met. \u{c}¦It voted.\u{c}\u{c}¦Then it rained.",
    "The council met.\n\n\u{c}¦It voted.\n\u{c}\n¦Then it rained.",
    "OLD BRIDGE TO RISE\u{c}¦The council of the town met on Tuesday and voted.",
];

fn ends(text: &str) -> Vec<usize> {
    sentences(text).map(|sentence| sentence.range.end).filter(|end| *end < text.len()).collect()
}

#[test]
fn every_case_breaks_where_it_must_and_nowhere_else() {
    let (mut right, mut found, mut wanted) = (0, 0, 0);
    let mut wrong = Vec::new();
    for case in CASES {
        let mut text = String::new();
        let mut marks = Vec::new();
        for (at, part) in case.split('¦').enumerate() {
            if at > 0 {
                marks.push(text.len());
            }
            text.push_str(part);
        }
        let ends = ends(&text);
        right += ends.iter().filter(|end| marks.contains(end)).count();
        found += ends.len();
        wanted += marks.len();
        if ends != marks {
            wrong.push(format!("{case:?}\n   -> {:?}", sentences(&text).map(|s| &text[s.range]).collect::<Vec<_>>()));
        }
    }
    assert!(wrong.is_empty(), "{right} right of {found} found, {wanted} wanted\n{}", wrong.join("\n"));
}

#[test]
fn knows_headings_and_paragraphs() {
    let text = "A bridge is built\n\nThe council met. It voted.\n\nThen it rained.";
    let kinds: Vec<(bool, bool)> = sentences(text).map(|s| (s.ends_paragraph, s.heading)).collect();
    assert_eq!(kinds, [(true, true), (false, false), (true, false), (true, false)]);
}

#[test]
fn a_page_ends_no_paragraph() {
    let text = "The council met.\u{c}It voted.\n\n\u{c}Then it rained.";
    let kinds: Vec<bool> = sentences(text).map(|s| s.ends_paragraph).collect();
    assert_eq!(kinds, [false, true, true]);
}

#[test]
fn line_breaks_of_windows_are_those_of_unix() {
    for case in CASES {
        let text = case.replace(['¦', '\r'], "");
        let plain: Vec<String> = sentences(&text).map(|s| text[s.range].to_owned()).collect();
        let windows = text.replace('\n', "\r\n");
        let other: Vec<String> = sentences(&windows).map(|s| windows[s.range].replace("\r\n", "\n")).collect();
        assert_eq!(plain, other);
    }
}

proptest! {
    #[test]
    fn sentences_tile_any_text(text in "(\\PC|[A-Z][a-z]{0,5}|[.!?…。\"”)\\]\n\r\t\u{c} \u{2029}\u{a0}-]|[a-z]{1,5} ){0,120}") {
        let mut end = 0;
        for sentence in sentences(&text) {
            prop_assert_eq!(sentence.range.start, end);
            prop_assert!(sentence.range.end > end);
            prop_assert!(text.is_char_boundary(sentence.range.end));
            end = sentence.range.end;
        }
        prop_assert_eq!(end, text.len());
    }
}
