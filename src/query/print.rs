//! Writes a question in words again: as it could be typed, and as it is meant.

use super::alone::written;
use super::ast::{Matching, Node};
use super::capitals;
use super::near;

/// The most words of a list in a reading for people.
const MAX_LIST: usize = 20;

/// Writes a text that parses to the same tree.
pub(crate) fn typed(root: &Node) -> String {
    let mut text = String::new();
    write(root, &mut text);
    // Brackets keep the OR of words in capitals from being read as a word.
    if matches!(root, Node::Or(_)) && capitals::is_sentence(&text) {
        text = format!("({text})");
    }
    text
}

/// Draws a tree, one part a line, indented by what it belongs to.
pub(crate) fn tree(root: &Node) -> String {
    let mut lines = String::new();
    draw(root, 0, &mut lines);
    lines
}

/// Describes a tree in words for people.
pub(crate) fn description(root: &Node, matching: Matching) -> String {
    let mut text = String::new();
    describe(root, matching, &mut text);
    text
}

fn write(node: &Node, out: &mut String) {
    match node {
        Node::All => {}
        Node::Word(word) => out.push_str(word),
        Node::Free(words) => separated(words, " ", out, write),
        Node::Phrase(text) => quote(text, out),
        Node::Loose(text, moves) => loose(text, *moves, out),
        Node::Form(form) => out.push_str(&written(form)),
        Node::Near(nodes, reach) => {
            separated(nodes, &format!(" {} ", near::name(*reach)), out, near_operand);
        }
        Node::Title(node) => {
            out.push_str("title:");
            write(node, out);
        }
        Node::Author(name) => value("author:", name, out),
        Node::File(path) => value("file:", path, out),
        Node::Own(field) => value("field:", field, out),
        Node::Date(range) => {
            out.push_str("date:");
            out.push_str(&range.to_string());
        }
        Node::About(range) => {
            out.push_str("about:");
            out.push_str(&range.to_string());
        }
        Node::Source(name) => value("source:", name, out),
        Node::Language(name) => value("lang:", name, out),
        Node::And(nodes) => all(nodes, out),
        Node::Or(nodes) => separated(nodes, " OR ", out, operand),
        // An exclusion stands alone only in a tree that nobody brought into shape.
        Node::Not(node) => exclusion(node, out),
    }
}

/// Writes parts side by side: the first free words bare, further ones so that they stay apart from them.
fn all(nodes: &[Node], out: &mut String) {
    let (mut sources, mut languages) = (0, 0);
    let nodes = nodes.iter().filter(|node| !matches!(node, Node::All));
    for (at, node) in nodes.enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let repeated = match node {
            Node::Word(_) => at > 0,
            Node::Source(_) => std::mem::replace(&mut sources, 1) > 0,
            Node::Language(_) => std::mem::replace(&mut languages, 1) > 0,
            _ => false,
        };
        if repeated {
            out.push('+');
        }
        match node {
            Node::Free(_) if at == 0 => write(node, out),
            node => operand(node, out),
        }
    }
}

fn operand(node: &Node, out: &mut String) {
    match node {
        Node::Not(node) => exclusion(node, out),
        Node::And(nodes) if matches!(nodes.as_slice(), [Node::All, _]) => all(nodes, out),
        Node::Free(_) | Node::And(_) | Node::Or(_) => {
            out.push('(');
            write(node, out);
            out.push(')');
        }
        node => write(node, out),
    }
}

/// Writes what is near something; brackets keep together what belongs together.
fn near_operand(node: &Node, out: &mut String) {
    match node {
        Node::Near(..) => {
            out.push('(');
            write(node, out);
            out.push(')');
        }
        node => operand(node, out),
    }
}

fn loose(text: &str, moves: u32, out: &mut String) {
    quote(text, out);
    out.push_str(&format!("~{moves}"));
}

fn exclusion(node: &Node, out: &mut String) {
    out.push('-');
    operand(node, out);
}

fn separated(nodes: &[Node], by: &str, out: &mut String, each: fn(&Node, &mut String)) {
    for (at, node) in nodes.iter().enumerate() {
        if at > 0 {
            out.push_str(by);
        }
        each(node, out);
    }
}

fn quote(text: &str, out: &mut String) {
    out.push('"');
    out.push_str(text);
    out.push('"');
}

fn value(field: &str, name: &str, out: &mut String) {
    out.push_str(field);
    if name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '/' | '&' | '\'')) {
        out.push_str(name);
    } else {
        quote(name, out);
    }
}

fn draw(node: &Node, depth: usize, out: &mut String) {
    let mut line = |text: &str| {
        out.push_str(&"  ".repeat(depth));
        out.push_str(text);
        out.push('\n');
    };
    let nodes = match node {
        Node::Free(nodes) => {
            line("words");
            nodes.as_slice()
        }
        Node::And(nodes) => {
            line("all of");
            nodes
        }
        Node::Or(nodes) => {
            line("any of");
            nodes
        }
        Node::Near(nodes, reach) => {
            line(&near::name(*reach));
            nodes
        }
        Node::Not(node) => {
            line("not");
            std::slice::from_ref(&**node)
        }
        Node::All => return line("every document"),
        leaf => {
            let mut text = String::new();
            write(leaf, &mut text);
            return line(&text);
        }
    };
    nodes.iter().for_each(|node| draw(node, depth + 1, out));
}

fn describe(node: &Node, matching: Matching, out: &mut String) {
    match node {
        Node::All => out.push_str("every document"),
        Node::Word(_) => list("", std::slice::from_ref(node), out),
        Node::Free(words) if matching.wants_all(words.len()) => list("all of ", words, out),
        Node::Free(words) => list("best of ", words, out),
        Node::Phrase(text) => quote(text, out),
        Node::Loose(text, moves) => loose(text, *moves, out),
        Node::Form(form) => out.push_str(&written(form)),
        Node::Near(nodes, reach) => {
            let name = format!(" {} ", near::name(*reach));
            let parts = nodes.iter().map(|node| match node {
                Node::Word(word) => word.clone(),
                node => part(node, matching),
            });
            out.push_str(&parts.collect::<Vec<_>>().join(&name));
        }
        Node::Title(node) => {
            out.push_str("title ");
            write(node, out);
        }
        Node::Author(name) => {
            out.push_str("author ");
            out.push_str(name);
        }
        Node::File(path) => {
            out.push_str("file ");
            out.push_str(path);
        }
        Node::Own(field) => {
            out.push_str("field ");
            out.push_str(field);
        }
        Node::Date(range) => out.push_str(&range.to_string()),
        Node::About(range) => {
            out.push_str("about ");
            out.push_str(&range.to_string());
        }
        Node::Source(name) => {
            out.push_str("source ");
            out.push_str(name);
        }
        Node::Language(name) => {
            out.push_str("language ");
            out.push_str(name);
        }
        Node::And(nodes) => {
            // Words that must be there make one list. Conditions come last, as people say them.
            let words: Vec<Node> = nodes.iter().filter(|node| matches!(node, Node::Word(_))).cloned().collect();
            let mut rest: Vec<&Node> = nodes.iter().filter(|node| !matches!(node, Node::Word(_))).collect();
            rest.sort_by_key(|node| place(node));
            let free = rest.iter().take_while(|node| place(node) == 0).count();
            let mut parts: Vec<String> = rest.into_iter().map(|node| part(node, matching)).collect();
            if !words.is_empty() {
                let mut list_of_words = String::new();
                list(if words.len() > 1 { "all of " } else { "" }, &words, &mut list_of_words);
                parts.insert(free, list_of_words);
            }
            out.push_str(&parts.join(" · "));
        }
        Node::Or(nodes) if nodes.iter().all(|node| matches!(node, Node::Word(_))) => list("any of ", nodes, out),
        Node::Or(nodes) => {
            let parts: Vec<String> = nodes.iter().map(|node| part(node, matching)).collect();
            out.push_str(&parts.join(" or "));
        }
        Node::Not(node) => {
            out.push_str("not ");
            out.push_str(&part(node, matching));
        }
    }
}

/// A part of something larger, in brackets if it has parts itself.
fn part(node: &Node, matching: Matching) -> String {
    let mut text = String::new();
    describe(node, matching, &mut text);
    let words_only = |nodes: &[Node]| nodes.iter().all(|node| matches!(node, Node::Word(_)));
    match node {
        Node::And(nodes) | Node::Or(nodes) if !words_only(nodes) => format!("({text})"),
        Node::Near(..) => format!("({text})"),
        _ => text,
    }
}

fn place(node: &Node) -> u8 {
    match node {
        Node::Free(_) | Node::All => 0,
        Node::About(_) => 3,
        Node::Date(_) => 4,
        Node::Source(_) => 5,
        Node::Language(_) => 6,
        Node::Author(_) => 7,
        Node::File(_) => 8,
        Node::Own(_) => 9,
        Node::Not(_) => 2,
        _ => 1,
    }
}

fn list(kind: &str, words: &[Node], out: &mut String) {
    out.push_str(kind);
    out.push('[');
    let shown = if words.len() > MAX_LIST + 1 { MAX_LIST } else { words.len() };
    separated(words.get(..shown).unwrap_or(words), " ", out, write);
    if shown < words.len() {
        out.push_str(&format!(" … {} more", words.len() - shown));
    }
    out.push(']');
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::query::question::Query;

    fn read(text: &str) -> Query {
        Query::parse(text, "2024-05-11".parse().unwrap())
    }

    #[test]
    fn the_reading_says_how_free_words_count() {
        for (text, matching, reading) in [
            ("a b c d", Matching::Auto, "all of [a b c d]"),
            ("a b c d e", Matching::Auto, "best of [a b c d e]"),
            ("a b c d e", Matching::All, "all of [a b c d e]"),
            ("a b", Matching::Best, "best of [a b]"),
            ("a b c d e +f +g -h", Matching::Auto, "best of [a b c d e] · all of [f g] · not [h]"),
            ("a", Matching::Auto, "[a]"),
            ("", Matching::Auto, "every document"),
            ("-a", Matching::Auto, "every document · not [a]"),
        ] {
            assert_eq!(read(text).describe(matching), reading, "{text}");
        }
    }

    #[test]
    fn long_lists_are_cut_in_the_reading_only() {
        let text = vec!["w"; 100].join(" ");
        assert_eq!(read(&text).describe(Matching::Auto), format!("best of [{} … 80 more]", vec!["w"; 20].join(" ")));
        assert_eq!(read(&text).to_string(), text);
    }
}
