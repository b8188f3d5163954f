//! One shape for one meaning: building a tree through these functions keeps the rules of [`Node`].

use super::alone::{reads_as, written};
use super::ast::{Node, Reach};
use super::chars::{is_searchable, quotable};
use super::form;
use super::limits::{MAX_DEPTH, MAX_MOVED, MAX_MOVES, MAX_NEAR};
use crate::note::{Note, NoteKind};
use crate::time::{Date, DateRange};

/// The note on a question that every document matches.
pub(super) const NOTHING: &str = "nothing to search for: every document matches";

/// All of these nodes, each of which has its shape already.
pub(crate) fn all_of(nodes: Vec<Node>) -> Node {
    let mut wanted = Vec::with_capacity(nodes.len());
    let mut unwanted = Vec::new();
    let mut sort = |node: Node| match node {
        Node::All => {}
        Node::Not(_) => unwanted.push(node),
        _ => wanted.push(node),
    };
    for node in nodes {
        match node {
            Node::And(nodes) => nodes.into_iter().for_each(&mut sort),
            node => sort(node),
        }
    }
    join_dates(&mut wanted);
    if wanted.is_empty() {
        wanted.push(Node::All);
    }
    wanted.append(&mut unwanted);
    one_or(wanted, Node::And)
}

/// Intersects dates that stand side by side. Ranges without a common day stay as they are, because no range means no
/// day.
fn join_dates(nodes: &mut Vec<Node>) {
    let ranges = nodes.iter().filter_map(|node| if let Node::Date(range) = node { Some(*range) } else { None });
    let joined = ranges.fold(DateRange::all(), DateRange::intersection);
    if joined.is_empty() {
        return;
    }
    let mut first = true;
    nodes.retain_mut(|node| match node {
        Node::Date(range) => {
            *range = joined;
            std::mem::take(&mut first)
        }
        _ => true,
    });
}

/// At least one of these nodes, each of which has its shape already.
pub(crate) fn any_of(nodes: Vec<Node>) -> Node {
    let mut flat = Vec::with_capacity(nodes.len());
    for node in nodes {
        match node {
            Node::All => return Node::All,
            Node::Or(nodes) => flat.extend(nodes),
            // An exclusion needs something to exclude from.
            Node::Not(_) => flat.push(all_of(vec![node])),
            node => flat.push(node),
        }
    }
    if flat.is_empty() { Node::All } else { one_or(flat, Node::Or) }
}

/// The exclusion of a node that has its shape already, for [`all_of`] to take up. Excluding everything excludes
/// nothing.
pub(crate) fn not(node: Node) -> Node {
    match node {
        Node::All => Node::All,
        Node::Not(node) => *node,
        Node::And(nodes) => match <[Node; 2]>::try_from(nodes) {
            Ok([Node::All, Node::Not(node)]) => *node,
            Ok(nodes) => Node::Not(Box::new(Node::And(nodes.into()))),
            Err(nodes) => Node::Not(Box::new(Node::And(nodes))),
        },
        node => Node::Not(Box::new(node)),
    }
}

/// Free words side by side.
pub(crate) fn free(words: Vec<Node>) -> Node {
    if words.is_empty() { Node::All } else { one_or(words, Node::Free) }
}

/// The deepest nesting of nearness in nearness.
const NEAR_DEPTH: usize = 4;

/// Returns whether these nodes can be near each other.
fn can_be_near(nodes: &[Node]) -> bool {
    nodes.len() <= MAX_NEAR && nodes.iter().all(|node| has_a_place(node, NEAR_DEPTH))
}

/// The note on several nodes that cannot be read as near each other.
pub(crate) fn not_near(nodes: &[Node]) -> Option<String> {
    if nodes.len() < 2 || can_be_near(nodes) {
        return None;
    }
    Some(if nodes.len() > MAX_NEAR {
        format!("only {MAX_NEAR} words can be near each other: read as AND")
    } else {
        "only words, phrases and alternatives of them can be near each other: read as AND".to_owned()
    })
}

/// Returns whether a node matches at positions of a text.
fn has_a_place(node: &Node, depth: usize) -> bool {
    match node {
        Node::Word(_) | Node::Phrase(_) | Node::Loose(..) | Node::Form(_) => true,
        Node::Near(nodes, _) | Node::Or(nodes) => depth > 0 && nodes.iter().all(|node| has_a_place(node, depth - 1)),
        _ => false,
    }
}

/// These nodes near each other, each in shape already. Where that is impossible, all of them anywhere.
pub(crate) fn near(mut nodes: Vec<Node>, reach: Reach) -> Node {
    if !can_be_near(&nodes) {
        return all_of(nodes.into_iter().map(apart).collect());
    }
    match nodes.pop() {
        Some(node) if nodes.is_empty() => node,
        Some(node) => {
            nodes.push(node);
            Node::Near(nodes, reach)
        }
        None => Node::All,
    }
}

/// A node that excludes nothing by itself.
fn apart(node: Node) -> Node {
    if let Node::Not(_) = node { all_of(vec![node]) } else { node }
}

fn one_or(mut nodes: Vec<Node>, many: fn(Vec<Node>) -> Node) -> Node {
    match nodes.pop() {
        Some(node) if nodes.is_empty() => node,
        Some(node) => {
            nodes.push(node);
            many(nodes)
        }
        None => Node::All,
    }
}

/// Brings a tree of any shape into shape.
pub(crate) fn tidy(node: Node) -> Node {
    let quoted = |text: &str, make: &dyn Fn(String) -> Node| {
        let text = quotable(text);
        if is_searchable(&text) { make(text) } else { Node::All }
    };
    match node {
        Node::All => Node::All,
        Node::Free(nodes) => {
            let mut words = Vec::new();
            let mut others = Vec::new();
            for node in nodes.into_iter().map(tidy) {
                match node {
                    Node::Word(_) => words.push(node),
                    Node::Free(nodes) => words.extend(nodes),
                    node => others.push(node),
                }
            }
            others.insert(0, free(words));
            all_of(others)
        }
        Node::Word(text) => {
            let word = Node::Word(text);
            match word {
                Node::Word(ref text) if !reads_as(text, &word) => quoted(text, &Node::Phrase),
                word => word,
            }
        }
        Node::Phrase(text) => quoted(&text, &Node::Phrase),
        Node::Loose(text, moves) => loose(&text, moves),
        Node::Form(form) => {
            let node = Node::Form(form);
            match node {
                Node::Form(ref form) if !reads_as(&written(form), &node) => quoted(form::words(form), &Node::Phrase),
                node => node,
            }
        }
        Node::Near(nodes, reach) => {
            let reach = match reach {
                Reach::Words(words) => Reach::Words(words.clamp(1, 999)),
                Reach::Behind(words) => Reach::Behind(words.clamp(1, 999)),
                reach => reach,
            };
            near(nodes.into_iter().map(tidy).filter(|node| *node != Node::All).collect(), reach)
        }
        Node::Title(node) => match *node {
            node @ (Node::Word(_) | Node::Form(_)) => title(node),
            node => title(tidy(node)),
        },
        Node::Author(name) => quoted(&name, &Node::Author),
        Node::File(path) => quoted(&path, &Node::File),
        Node::Own(field) => quoted(&field, &Node::Own),
        Node::Date(range) | Node::About(range) if range.is_all() => Node::All,
        // A document may speak of a day before and of a day after. No day is both, so only dates can express that.
        Node::Date(range) | Node::About(range) if range.is_empty() => {
            Node::And(vec![since(range.first()), Node::Date(DateRange::new(None, range.last()))])
        }
        Node::Date(range) => Node::Date(range),
        Node::About(range) => Node::About(range),
        Node::Source(name) => quoted(&name, &Node::Source),
        Node::Language(name) => quoted(&name, &Node::Language),
        Node::And(nodes) => all_of(nodes.into_iter().map(tidy).collect()),
        Node::Or(nodes) => any_of(nodes.into_iter().map(tidy).collect()),
        Node::Not(node) => match not(tidy(*node)) {
            node @ Node::Not(_) => all_of(vec![node]),
            node => node,
        },
    }
}

/// A phrase whose words may be moved. A single word cannot be.
fn loose(text: &str, moves: u32) -> Node {
    let text = quotable(text);
    if !is_searchable(&text) {
        Node::All
    } else if moves == 0 || !text.contains(' ') || text.split(' ').nth(MAX_MOVED).is_some() {
        Node::Phrase(text)
    } else {
        Node::Loose(text, moves.min(MAX_MOVES))
    }
}

/// A word, a phrase or a form in the title. For any other node, its words in the title.
fn title(node: Node) -> Node {
    match node {
        Node::Title(_) | Node::All => node,
        Node::Phrase(_) | Node::Loose(..) => Node::Title(Box::new(node)),
        Node::Word(ref text) => {
            let title = Node::Title(Box::new(node.clone()));
            if reads_as(&format!("title:{text}"), &title) { title } else { title_phrase(text) }
        }
        Node::Form(ref form) => {
            let title = Node::Title(Box::new(node.clone()));
            let reads = reads_as(&format!("title:{}", written(form)), &title);
            if reads { title } else { title_phrase(form::words(form)) }
        }
        Node::And(nodes) => all_of(nodes.into_iter().map(title).collect()),
        Node::Or(nodes) | Node::Free(nodes) => any_of(nodes.into_iter().map(title).collect()),
        Node::Not(node) => not(title(*node)),
        node => node,
    }
}

fn title_phrase(text: &str) -> Node {
    let text = quotable(text);
    if is_searchable(&text) { Node::Title(Box::new(Node::Phrase(text))) } else { Node::All }
}

fn since(first: Option<Date>) -> Node {
    Node::Date(DateRange::new(first, None))
}

/// Cuts a tree in shape at [`MAX_DEPTH`]: brackets below that are read as if absent. Returns true if it cut anything.
pub(crate) fn cut(node: Node) -> (Node, bool) {
    let mut was_cut = false;
    let node = cut_below(node, MAX_DEPTH, &mut was_cut);
    (all_of(vec![node]), was_cut)
}

fn cut_below(node: Node, room: usize, was_cut: &mut bool) -> Node {
    let mut deeper = |nodes: Vec<Node>| nodes.into_iter().map(|node| cut_below(node, room - 1, was_cut)).collect();
    match node {
        Node::And(nodes) if room > 0 => all_of(deeper(nodes)),
        Node::Or(nodes) if room > 0 => any_of(deeper(nodes)),
        Node::Not(node) => not(cut_below(*node, room, was_cut)),
        Node::And(_) | Node::Or(_) => {
            *was_cut = true;
            let (mut words, mut others) = (Vec::new(), Vec::new());
            leaves(node, false, &mut words, &mut others);
            others.insert(0, free(words));
            all_of(others)
        }
        leaf => leaf,
    }
}

fn leaves(node: Node, negative: bool, words: &mut Vec<Node>, others: &mut Vec<Node>) {
    match node {
        Node::And(nodes) | Node::Or(nodes) | Node::Free(nodes) => {
            nodes.into_iter().for_each(|node| leaves(node, negative, words, others));
        }
        Node::Not(node) => leaves(*node, !negative, words, others),
        Node::All => {}
        leaf if negative => others.push(not(leaf)),
        word @ Node::Word(_) => words.push(word),
        leaf => others.push(leaf),
    }
}

/// Two trees near each other, and a note where they cannot be: where either is more than words, phrases, forms and
/// alternatives of them.
pub(crate) fn near_each_other(one: &Node, other: &Node, reach: Reach) -> (Node, Option<Note>) {
    let each = |node: &Node| match node {
        Node::Free(nodes) => nodes.clone(),
        Node::Near(nodes, same) if *same == reach => nodes.clone(),
        node => vec![node.clone()],
    };
    let mut nodes = [each(one), each(other)].concat();
    nodes.retain(|node| *node != Node::All);
    let note = not_near(&nodes).map(|message| Note::new(NoteKind::ReadAs, message));
    (near(nodes, reach), note)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::query::question::Query;

    fn word(text: &str) -> Node {
        Node::Word(text.to_owned())
    }

    fn date(from: &str, to: &str) -> Node {
        Node::Date(DateRange::new(from.parse().ok(), to.parse().ok()))
    }

    #[test]
    fn trees_made_by_hand_are_brought_into_shape() {
        let not = |node: Node| Node::Not(Box::new(node));
        let phrase = |text: &str| Node::Phrase(text.to_owned());
        let empty = date("1993", "").clone();
        for (made, shape) in [
            (Node::And(vec![]), Node::All),
            (Node::Or(vec![word("a")]), word("a")),
            (Node::Free(vec![word("a")]), word("a")),
            (
                Node::Free(vec![word("a"), phrase("b"), word("c")]),
                Node::And(vec![Node::Free(vec![word("a"), word("c")]), phrase("b")]),
            ),
            (word("harbour fire"), phrase("harbour fire")),
            (word("-a"), phrase("-a")),
            (word("AND"), phrase("AND")),
            (phrase("say \"no\" "), phrase("say no")),
            (Node::Source("  ".into()), Node::All),
            (not(word("a")), Node::And(vec![Node::All, not(word("a"))])),
            (not(not(word("a"))), word("a")),
            (not(Node::All), Node::All),
            (
                Node::Or(vec![word("a"), not(word("b"))]),
                Node::Or(vec![word("a"), Node::And(vec![Node::All, not(word("b"))])]),
            ),
            (
                Node::And(vec![not(word("a")), Node::And(vec![word("b"), Node::All])]),
                Node::And(vec![word("b"), not(word("a"))]),
            ),
            (
                Node::And(vec![date("1992", ""), word("a"), date("", "1993")]),
                Node::And(vec![date("1992", "1993"), word("a")]),
            ),
            (Node::And(vec![date("", "1991"), empty.clone()]), Node::And(vec![date("", "1991"), empty])),
            (Node::Date(DateRange::all()), Node::All),
        ] {
            assert_eq!(Query::from_node(made.clone()).node(), &shape, "{made:?}");
        }
    }

    #[test]
    fn a_range_without_a_day_stays_a_contradiction() {
        let early = DateRange::new(None, "1991".parse().ok());
        let late = DateRange::new("1993".parse().ok(), None);
        let query = Query::from_node(Node::Date(early.intersection(late)));
        assert_eq!(query.node(), &Node::And(vec![date("1993", ""), date("", "1991")]));
    }

    #[test]
    fn a_condition_is_added_beside_the_whole_question() {
        let or = Node::Or(vec![word("a"), word("b")]);
        let query = Query::from_node(or.clone()).and(date("1992", "1992"));
        assert_eq!(query.node(), &Node::And(vec![or, date("1992", "1992")]));
        assert_eq!(Query::from_node(Node::All).and(word("a")).node(), &word("a"));
    }

    #[test]
    fn questions_are_joined_with_what_there_is_to_say_of_both() {
        let told = |query: &Query| query.notes().iter().map(|note| note.message.clone()).collect::<Vec<_>>();
        let [one, other] = ["fire )", "boats AND"].map(Query::from);
        let both = [told(&one), told(&other)].concat();
        assert_eq!((told(&one).len(), told(&other).len()), (1, 1));
        assert_eq!(told(&one.clone().and(&other)), both);
        assert_eq!(told(&one.near(&other, Reach::Sentence)), both);
    }

    #[test]
    fn why_questions_are_not_near_each_other_is_said_where_they_are_two() {
        let told = |one: &str, other: &str| {
            let near = Query::from(one).near(&Query::from(other), Reach::Sentence);
            let notes = near.notes().iter().map(|note| note.message.clone());
            notes.filter(|note| note.contains("near")).collect::<Vec<_>>().join(", ")
        };
        let kinds = "only words, phrases and alternatives of them can be near each other: read as AND";
        let words = "a b c d e f g h i j k l m n o p";
        for (one, other, note) in [
            ("83", "boats", ""),
            ("83", "boats source:courier", kinds),
            ("83", "source:courier", kinds),
            (words, "83", "only 16 words can be near each other: read as AND"),
            (words, "", ""),
            ("", "source:courier", ""),
            ("source:courier", "", ""),
            ("", "", ""),
        ] {
            assert_eq!(told(one, other), note, "{one:?} {other:?}");
        }
    }

    #[test]
    fn deep_trees_are_cut_and_keep_their_words() {
        let mut node = word("w0");
        for depth in 1..200 {
            let pair = vec![word(&format!("w{depth}")), node];
            node = if depth % 2 == 0 { Node::And(pair) } else { Node::Or(pair) };
        }
        let query = Query::from_node(node);
        let printed = query.to_string();
        assert!((0..200).all(|depth| printed.contains(&format!("w{depth}"))));
        assert!(!cut(query.root).1);
    }
}
