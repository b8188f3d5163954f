//! Explains an empty answer: which part of the question has no document, and what is left without it.

use super::compile::compiler::{Asking, compile};
use super::compile::spelling::spellings;
use super::compile::vocabulary::Vocabulary;
use crate::backend::counts::Counting;
use crate::backend::filter::Condition;
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::note::{Note, NoteKind};
use crate::query::{Form, Matching, Node, Query};
use crate::text::{Analyzer, tokens};

/// The most parts of a question that is taken apart: each part costs two searches.
const MOST_PARTS: usize = 8;
/// The most ways out that are told.
const MOST_WAYS: usize = 3;
/// The most missing words for which other spellings are looked up.
const MOST_SPELLED: usize = 3;

/// The parts that a document must meet, one by one.
pub(crate) fn parts(root: &Node) -> Vec<Node> {
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
pub(crate) fn label(part: &Node) -> String {
    Query::from_node(part.clone()).to_string()
}

/// The words of a part without its demand that they stand side by side, near each other, or in one form alone.
fn freed(part: &Node) -> Vec<Node> {
    let words = |text: &str| tokens(text).into_iter().map(|token| Node::Word(token.text)).collect();
    match part {
        Node::Word(text) => Some(words(text)).filter(|words: &Vec<Node>| words.len() > 1).unwrap_or_default(),
        Node::Phrase(text) | Node::Loose(text, _) | Node::Form(Form::Exact(text)) => words(text),
        Node::Near(nodes, _) => nodes.clone(),
        _ => Vec::new(),
    }
}

/// Notes on words that no document has, with words of the index that are spelled like them.
pub(crate) fn absent<B: Backend>(words: &[String], vocabulary: &Vocabulary<'_, B>) -> Result<Vec<Note>> {
    let told = |word: &String| {
        let near = spellings(vocabulary, word)?;
        let hint = if near.is_empty() { String::new() } else { format!("; nearest: {}", near.join(", ")) };
        Ok(Note::new(NoteKind::MissingWord, format!("\"{word}\" is in no document{hint}")))
    };
    words.iter().take(MOST_SPELLED).map(told).collect()
}

fn why(message: String) -> Note {
    Note::new(NoteKind::WhyEmpty, message)
}

/// Notes on why a question finds nothing under further conditions, which hold throughout. A single word or condition
/// needs none. Some of the missing words have a note already.
pub(crate) fn emptied<B: Backend>(
    root: &Node,
    told: &[String],
    asking: &Asking<'_, B>,
    conditions: &[Condition],
    analyzer: &mut Analyzer,
) -> Result<Vec<Note>> {
    let mut parts = parts(root);
    let words = if let [part] = parts.as_slice() { freed(part) } else { Vec::new() };
    if parts.len().max(words.len()) > MOST_PARTS {
        return Ok(Vec::new());
    }
    if !words.is_empty() {
        let query = Query::from_node(Node::And(words.clone()));
        let plan = compile(query.node(), Matching::All, false, asking, analyzer)?;
        let missing: Vec<String> = plan.missing.into_iter().filter(|word| !told.contains(word)).collect();
        if !missing.is_empty() {
            return absent(&missing, asking.vocabulary);
        }
    }
    let mut count = |nodes: Vec<Node>| -> Result<u64> {
        let query = Query::from_node(Node::And(nodes));
        let mut plan = compile(query.node(), Matching::All, false, asking, analyzer)?;
        plan.filter.conditions.extend_from_slice(conditions);
        Ok(asking.vocabulary.backend().count(&plan.query, &plan.filter, Counting::default())?.total)
    };
    let documents = |count: u64| if count == 1 { "1 document".to_string() } else { format!("{count} documents") };
    if !words.is_empty() {
        let free = count(words.clone())?;
        if free > 0 {
            let plain = words.iter().all(|word| matches!(word, Node::Word(_)));
            let typed = label(&if plain { Node::Free(words) } else { Node::And(words) });
            return Ok(vec![why(format!("as free words, {typed}: {}", documents(free)))]);
        }
        parts = words;
    }
    if parts.len() < 2 {
        return Ok(Vec::new());
    }
    let without = |out: &[usize]| -> Vec<Node> {
        parts.iter().enumerate().filter(|(at, _)| !out.contains(at)).map(|(_, part)| part.clone()).collect()
    };
    let mut alone = Vec::new();
    for part in &parts {
        alone.push(if matches!(part, Node::Not(_)) { None } else { Some(count(vec![part.clone()])?) });
    }
    let nowhere: Vec<usize> = (0..parts.len()).filter(|at| alone[*at] == Some(0)).collect();
    if !nowhere.is_empty() {
        let names: Vec<String> = nowhere.iter().map(|at| label(&parts[*at])).collect();
        let mut notes = vec![why(format!("no document has {}", names.join(", nor ")))];
        if nowhere.len() < parts.len() {
            let left = documents(count(without(&nowhere))?);
            notes.push(why(format!("without {}: {left}", names.join(" and "))));
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
        return Ok(vec![why(format!("no document has them all; each by itself is in some ({})", told.join("; ")))]);
    }
    Ok(ways.into_iter().take(MOST_WAYS).map(|(_, way)| why(way)).collect())
}
