//! Why an answer is empty: which part of the question has no document, and what is left without it.

use tantivy::Searcher;

use super::collect::Tally;
use super::compile::{Asking, compile};
use super::failure::Doing;
use super::filter::Condition;
use crate::error::Result;
use crate::query::{Matching, Node, Query};
use crate::text::Analyzer;

/// Questions of more parts are not taken apart: each part costs two searches.
const MOST_PARTS: usize = 8;
/// So many ways out are told.
const MOST_WAYS: usize = 3;

/// The parts that a document must meet, one by one.
pub(super) fn parts(root: &Node) -> Vec<Node> {
    let mut parts = Vec::new();
    let nodes = match root {
        Node::And(nodes) => nodes.as_slice(),
        node => std::slice::from_ref(node),
    };
    for node in nodes {
        match node {
            Node::Free(words) => parts.extend(words.iter().cloned()),
            Node::All => {}
            node => parts.push(node.clone()),
        }
    }
    parts
}

/// A part as it can be typed.
pub(super) fn label(part: &Node) -> String {
    Query::from_node(part.clone()).to_string()
}

/// Sentences on why a question of several parts finds nothing under further conditions, which hold throughout.
pub(super) fn emptied(
    root: &Node,
    asking: &Asking<'_>,
    conditions: &[Condition],
    searcher: &Searcher,
    analyzer: &mut Analyzer,
) -> Result<Vec<String>> {
    let parts = parts(root);
    if !(2..=MOST_PARTS).contains(&parts.len()) {
        return Ok(Vec::new());
    }
    let mut count = |nodes: Vec<Node>| -> Result<u64> {
        let query = Query::from_node(Node::And(nodes));
        let mut plan = compile(query.node(), Matching::All, false, asking, analyzer)?;
        plan.filter.conditions.extend_from_slice(conditions);
        let tally = Tally { filter: &plan.filter, sources: false, days: false, folds: None };
        Ok(searcher.search(&*plan.query, &tally).doing("cannot search the index")?.total)
    };
    let without = |out: &[usize]| -> Vec<Node> {
        parts.iter().enumerate().filter(|(at, _)| !out.contains(at)).map(|(_, part)| part.clone()).collect()
    };
    let mut alone = Vec::new();
    for part in &parts {
        alone.push(if matches!(part, Node::Not(_)) { None } else { Some(count(vec![part.clone()])?) });
    }
    let absent: Vec<usize> = (0..parts.len()).filter(|at| alone[*at] == Some(0)).collect();
    let documents = |count: u64| if count == 1 { "1 document".to_string() } else { format!("{count} documents") };
    if !absent.is_empty() {
        let names: Vec<String> = absent.iter().map(|at| label(&parts[*at])).collect();
        let mut notes = vec![format!("no document has {}", names.join(", nor "))];
        if absent.len() < parts.len() {
            notes.push(format!("without {}: {}", names.join(" and "), documents(count(without(&absent))?)));
        }
        return Ok(notes);
    }
    let mut ways = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let left = count(without(&[at]))?;
        if left > 0 {
            ways.push((left, format!("without {}: {}", label(part), documents(left))));
        }
    }
    ways.sort_by_key(|(left, _)| std::cmp::Reverse(*left));
    if ways.is_empty() {
        let told: Vec<String> = parts
            .iter()
            .zip(&alone)
            .filter_map(|(part, alone)| alone.map(|alone| format!("{}: {}", label(part), documents(alone))))
            .collect();
        return Ok(vec![format!("no document has them all; each by itself is in some ({})", told.join("; "))]);
    }
    Ok(ways.into_iter().take(MOST_WAYS).map(|(_, way)| way).collect())
}
