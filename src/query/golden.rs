//! Questions and how they are read: the table in `golden.txt`, and every example of `QUERY.md`.
//!
//! In the table a line `question => tree` shows a tree: `[a b]` free words, `"a b"` a phrase, `{a & b}` all of,
//! `{a | b}` at least one of, `!a` not, `*` every document, `@days`, `about@days`, `source=`, `lang=`; `"a b"~3` a phrase with moves,
//! `<kill*>` a form, `{a ~5 b}` near, `{a >5 b}` near and in this order, `{a ~s b}` and `{a ~p b}` in one sentence and
//! in one paragraph. The lines under it that begin with `!` are its notes, in order; a question without such lines has
//! none.

#![allow(clippy::unwrap_used)]

use super::ast::{Form, Matching, Node, Reach};
use super::question::Query;
use crate::time::Date;

fn tree(node: &Node) -> String {
    let joined = |nodes: &[Node], by: &str| nodes.iter().map(tree).collect::<Vec<_>>().join(by);
    match node {
        Node::All => "*".to_owned(),
        Node::Free(nodes) => format!("[{}]", joined(nodes, " ")),
        Node::Word(word) => word.clone(),
        Node::Phrase(text) => format!("\"{text}\""),
        Node::Loose(text, moves) => format!("\"{text}\"~{moves}"),
        Node::Form(Form::Wild(text)) => format!("<{text}>"),
        Node::Form(Form::Fuzzy(text, distance)) => format!("<{text}~{distance}>"),
        Node::Form(Form::Exact(text)) => format!("<={text}>"),
        Node::Form(Form::Regex(text)) => format!("</{text}/>"),
        Node::Near(nodes, Reach::Words(words)) => format!("{{{}}}", joined(nodes, &format!(" ~{words} "))),
        Node::Near(nodes, Reach::Behind(words)) => format!("{{{}}}", joined(nodes, &format!(" >{words} "))),
        Node::Near(nodes, Reach::Sentence) => format!("{{{}}}", joined(nodes, " ~s ")),
        Node::Near(nodes, Reach::Paragraph) => format!("{{{}}}", joined(nodes, " ~p ")),
        Node::Title(node) => format!("title={}", tree(node)),
        Node::Author(name) => format!("author={name}"),
        Node::File(path) => format!("file={path}"),
        Node::Own(field) => format!("field={field}"),
        Node::Date(range) => format!("@{range}"),
        Node::About(range) => format!("about@{range}"),
        Node::Source(name) => format!("source={name}"),
        Node::Language(name) => format!("lang={name}"),
        Node::And(nodes) => format!("{{{}}}", joined(nodes, " & ")),
        Node::Or(nodes) => format!("{{{}}}", joined(nodes, " | ")),
        Node::Not(node) => format!("!{}", tree(node)),
    }
}

fn read(text: &str) -> Query {
    Query::parse(text, Date::from_ymd(2024, 5, 11).unwrap())
}

fn shown(text: &str) -> String {
    let query = read(text);
    let mut shown = format!("{text} => {}\n", tree(query.node()));
    for note in query.notes() {
        assert!(note.span.clone().is_some_and(|span| text.get(span).is_some()), "{note:?} of {text}");
        shown.push_str(&format!("    ! {}\n", note.message));
    }
    shown
}

#[test]
fn every_line_of_the_table_is_read_as_it_says() {
    let mut lines =
        include_str!("golden.txt").lines().filter(|line| !line.is_empty() && !line.starts_with("# ")).peekable();
    let mut questions = 0;
    while let Some(line) = lines.next() {
        let (text, _) = line.rsplit_once(" => ").unwrap();
        let mut expected = format!("{line}\n");
        while let Some(note) = lines.next_if(|line| line.starts_with("    ! ")) {
            expected.push_str(&format!("{note}\n"));
        }
        assert_eq!(shown(text), expected);
        questions += 1;
    }
    assert!(questions >= 200, "{questions}");
}

#[test]
fn every_example_of_the_page_is_true() {
    let mut examples = 0;
    for line in Query::SYNTAX.lines() {
        if let Some((text, reading)) = line.split_once('→') {
            assert_eq!(read(text.trim()).describe(Matching::Auto), reading.trim(), "{line}");
            examples += 1;
        }
    }
    assert!(examples >= 25, "{examples}");
}
