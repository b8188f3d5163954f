//! Properties that hold of every question, however strange.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::ast::{Form, Matching, Node, Reach};
use super::limits::MAX_WORDS;
use super::question::Query;
use crate::time::{Date, DateRange};

fn read(text: &str) -> Query {
    Query::parse(text, Date::from_ymd(2024, 5, 11).unwrap())
}

fn round_trips(query: &Query) -> Result<(), TestCaseError> {
    let printed = query.to_string();
    let again = Query::parse(&printed, Date::from_ymd(1992, 2, 26).unwrap());
    prop_assert_eq!(again.node(), query.node(), "printed as {:?}", printed);
    prop_assert_eq!(again.to_string(), printed);
    let tidied = Query::from_node(query.node().clone());
    prop_assert_eq!(tidied.node(), query.node());
    in_shape(query.node(), 0)
}

/// Checks the promises of [`Node`].
fn in_shape(node: &Node, depth: usize) -> Result<(), TestCaseError> {
    prop_assert!(depth <= 64);
    match node {
        Node::And(nodes) => {
            prop_assert!(nodes.len() > 1 && !matches!(nodes[0], Node::Not(_)));
            prop_assert!(nodes[1..].iter().all(|node| !matches!(node, Node::All)));
            for node in nodes {
                prop_assert!(!matches!(node, Node::And(_)));
                match node {
                    Node::Not(node) => {
                        prop_assert!(!matches!(**node, Node::Not(_) | Node::All));
                        in_shape(node, depth + 1)?;
                    }
                    Node::All => {}
                    node => in_shape(node, depth + 1)?,
                }
            }
            Ok(())
        }
        Node::Or(nodes) => {
            prop_assert!(nodes.len() > 1);
            prop_assert!(nodes.iter().all(|node| !matches!(node, Node::Or(_) | Node::All | Node::Not(_))));
            nodes.iter().try_for_each(|node| in_shape(node, depth + 1))
        }
        Node::Free(nodes) => {
            prop_assert!(nodes.len() > 1 && nodes.iter().all(|node| matches!(node, Node::Word(_))));
            Ok(())
        }
        Node::Near(nodes, _) => {
            prop_assert!(nodes.len() > 1);
            nodes.iter().try_for_each(|node| has_a_place(node, 0))
        }
        Node::Title(node) => {
            prop_assert!(matches!(**node, Node::Word(_) | Node::Phrase(_) | Node::Loose(..) | Node::Form(_)));
            Ok(())
        }
        Node::Loose(text, moves) => {
            prop_assert!(*moves > 0 && text.contains(' '));
            Ok(())
        }
        Node::Not(_) => Err(TestCaseError::fail("an exclusion outside of an And")),
        Node::All => {
            prop_assert_eq!(depth, 0);
            Ok(())
        }
        _ => Ok(()),
    }
}

fn has_a_place(node: &Node, depth: usize) -> Result<(), TestCaseError> {
    prop_assert!(depth <= 5);
    match node {
        Node::Near(nodes, _) | Node::Or(nodes) => nodes.iter().try_for_each(|node| has_a_place(node, depth + 1)),
        Node::Word(_) | Node::Phrase(_) | Node::Loose(..) | Node::Form(_) => Ok(()),
        _ => Err(TestCaseError::fail("it has no place in a text")),
    }
}

fn leaves(node: &Node, out: &mut String) {
    match node {
        Node::Free(nodes) | Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| leaves(node, out)),
        Node::Not(node) => leaves(node, out),
        Node::Near(nodes, _) => nodes.iter().for_each(|node| leaves(node, out)),
        Node::Title(node) => leaves(node, out),
        Node::Word(text)
        | Node::Phrase(text)
        | Node::Loose(text, _)
        | Node::Source(text)
        | Node::Language(text)
        | Node::Author(text)
        | Node::File(text)
        | Node::Own(text) => {
            out.push(' ');
            out.push_str(text);
        }
        _ => {}
    }
}

fn reach() -> impl Strategy<Value = Reach> {
    prop_oneof![
        (0u32..2000).prop_map(Reach::Words),
        (0u32..2000).prop_map(Reach::Behind),
        Just(Reach::Sentence),
        Just(Reach::Paragraph)
    ]
}

fn node() -> impl Strategy<Value = Node> {
    let text =
        prop_oneof![4 => "[a-cé'’-]{1,4}", 1 => "\\PC{0,6}", 1 => "(AND|OR|NOT|date:x|-a|a b|\"|א\"ב|NEAR/5|a\\*)"];
    let day = 1980i32..2030;
    let leaf = prop_oneof![
        6 => text.clone().prop_map(Node::Word),
        2 => text.clone().prop_map(Node::Phrase),
        1 => text.clone().prop_map(Node::Source),
        1 => text.clone().prop_map(Node::Language),
        1 => (text.clone(), 0u32..200).prop_map(|(text, moves)| Node::Loose(text, moves)),
        1 => text.clone().prop_map(|text| Node::Form(Form::Wild(text))),
        1 => "[a-c*?]{1,5}".prop_map(|text| Node::Form(Form::Wild(text))),
        1 => (text.clone(), 0u8..4).prop_map(|(text, distance)| Node::Form(Form::Fuzzy(text, distance))),
        1 => text.clone().prop_map(|text| Node::Form(Form::Exact(text))),
        1 => "[a-c.*()/\\\\]{1,6}".prop_map(|text| Node::Form(Form::Regex(text))),
        1 => text.clone().prop_map(Node::Author),
        1 => text.clone().prop_map(Node::File),
        1 => text.prop_map(Node::Own),
        2 => (proptest::option::of(day.clone()), proptest::option::of(day)).prop_map(|(from, to)| {
            let date = |year: Option<i32>| year.map(|year| Date::from_year(year).unwrap());
            Node::Date(DateRange::new(date(from), date(to)))
        }),
        1 => (1980i32..2030, 1980i32..2030).prop_map(|(from, to)| {
            Node::About(DateRange::new(Date::from_year(from).ok(), Date::from_year(to).ok()))
        }),
        1 => Just(Node::All),
    ];
    leaf.prop_recursive(6, 40, 4, |inner| {
        let nodes = || proptest::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            nodes().prop_map(Node::And),
            nodes().prop_map(Node::Or),
            nodes().prop_map(Node::Free),
            (nodes(), reach()).prop_map(|(nodes, reach)| Node::Near(nodes, reach)),
            inner.clone().prop_map(|node| Node::Title(Box::new(node))),
            inner.clone().prop_map(|node| Node::Not(Box::new(node))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_a_question_that_can_be_written_and_read_again(text in "\\PC*") {
        round_trips(&read(&text))?;
    }

    #[test]
    fn so_is_any_heap_of_signs(
        text in "([ ()\"“»*+–-]|AND |OR |NOT |a|b |é|א|~5|=|!|/|\\?|:|date:|source:|lang:x|-date:|1992|\\.\\.|title:|w/5 |NEAR/s |SAME |author:|/a|=\"|a\\*|\\[1992 TO |\\]|,|&&|\n){0,24}"
    ) {
        let query = read(&text);
        round_trips(&query)?;
        for note in query.notes() {
            prop_assert!(note.span.clone().is_some_and(|span| text.get(span).is_some()));
            prop_assert!(!note.message.is_empty());
        }
        prop_assert!(!query.describe(Matching::Auto).is_empty());
    }

    #[test]
    fn conditions_and_brackets_keep_their_meaning(
        text in "(a |b |c |\"d e\" |\\( ?|\\) ?|OR |AND |NOT |-|\\+|date:199[0-5] |about:199[0-5] |source:[xyz] |lang:[xy] ){0,20}"
    ) {
        round_trips(&read(&text))?;
    }

    #[test]
    fn trees_made_by_hand_are_written_so_that_they_can_be_read(node in node()) {
        round_trips(&Query::from_node(node))?;
    }

    #[test]
    fn a_condition_added_leaves_the_question_readable(node in node(), condition in node()) {
        round_trips(&Query::from_node(node).and(condition))?;
    }

    #[test]
    fn no_word_gets_lost(words in proptest::collection::vec("[\\p{L}\\p{N}]{1,8}", 1..12), seed in "[ ,;.()\"«»„“'!-]{12}") {
        // Single letters and digits between punctuation make no field and no operator.
        let mut text = String::new();
        let marks: Vec<char> = seed.chars().collect();
        for (at, word) in words.iter().enumerate() {
            let word = word.to_lowercase();
            text.push_str(&format!(" {}{word}{} ", marks[at], marks[(at + 5) % 12]));
        }
        let mut found = String::new();
        leaves(read(&text).node(), &mut found);
        for word in words {
            prop_assert!(found.contains(&word.to_lowercase()), "{} is not in {}", word, found);
        }
    }
}

#[test]
fn a_megabyte_of_signs_is_read_in_one_pass() {
    for sign in [
        "(",
        ")",
        "\"",
        "-",
        "- ",
        "()",
        "-(",
        "(-",
        "\"\" ",
        "NOT ",
        "OR ",
        "AND NOT ",
        "* ",
        "a OR (",
        "+(",
        "=",
        ":",
        "title:",
        "date:",
        "date:\"",
        "«a",
        "~",
        "a\"~5",
        "א\"",
        "/",
        "/a",
        "/a/ ",
        "=\"",
        "a NEAR ",
        "NEAR/5 ",
        "a* ",
        "title:\"",
        "date:[",
        "a~2 ",
        "((a{9}){9}) ",
    ] {
        let text = sign.repeat(1_000_000 / sign.len());
        let query = read(&text);
        assert!(query.notes().len() <= 24, "{sign}");
        round_trips(&query).unwrap();
    }
}

#[test]
fn brackets_are_followed_and_then_noted() {
    let nested = |depth: usize| {
        let mut text = "a".to_owned();
        for level in 0..depth {
            text = format!("(b{level} {} {text})", if level % 2 == 0 { "AND" } else { "OR" });
        }
        text
    };
    for (depth, is_noted) in [(60, false), (64, false), (65, true), (255, true), (300, true), (20_000, true)] {
        let query = read(&nested(depth));
        assert_eq!(query.notes().iter().any(|note| note.message.contains("64 deep")), is_noted, "{depth}");
        let mut words = String::new();
        leaves(query.node(), &mut words);
        assert_eq!(words.split_whitespace().count(), (depth + 1).min(MAX_WORDS), "{depth}");
        round_trips(&query).unwrap();
    }
    assert_eq!(read(&format!("{}a{}", "(".repeat(200), ")".repeat(200))).notes(), []);
}

#[test]
fn four_thousand_words_are_read_and_the_rest_is_noted() {
    let words = |many: usize| vec!["w"; many].join(" ");
    for (text, is_noted) in [
        (words(MAX_WORDS), false),
        (words(100_000), true),
        (format!("\"{}\"", words(100_000)), true),
        (format!("a ({})", words(100_000)), true),
        (format!("a ({})", words(MAX_WORDS - 1)), false),
        (vec!["a b"; 3000].join(" OR "), true),
        (vec!["(-a -b)"; 2048].join(" OR "), false),
    ] {
        let query = read(&text);
        let mut found = String::new();
        leaves(query.node(), &mut found);
        assert_eq!(found.split_whitespace().count(), MAX_WORDS);
        assert_eq!(query.notes().iter().any(|note| note.message.contains("4096 words")), is_noted);
        round_trips(&query).unwrap();
    }
}

/// These questions were found by damaging well-formed ones.
#[test]
fn questions_that_once_were_written_otherwise_than_they_were_read() {
    for text in [
        "date:[--b\r\n1992 TO 1993]",
        "/usr/\"x\" y",
        "/usr/(x)",
        "date:[1992 TO * * x * *]",
        "date:[1992\" TO 1993]",
        "date:[\"1992 TO 1993]x",
        "date:{ **} 1992 TO 1993}",
    ] {
        round_trips(&read(text)).unwrap();
    }
}
