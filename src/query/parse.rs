//! From text to question. Total: every text is read as something, and what was read otherwise than typed is noted.
//!
//! ```text
//! group       = alternative { OR alternative }
//! alternative = run { AND run }
//! run         = part { part }                      side by side
//! part        = { NOT | + | - } near
//! near        = one { NEAR one }
//! one         = word | phrase | condition | "(" group ")"
//! ```
//!
//! Two rules stand beside the grammar, because everybody means it so: `fire source:A OR source:B` joins the two
//! conditions, and conditions at either end of alternatives hold for all of them (`fire OR blaze date:1992`).

use std::ops::Range;

use super::ast::Node;
use super::lexer;
use super::limits::MAX_DEPTH;
use super::normal;
use super::normal::{NOTHING, all_of, any_of, not};
use super::notes::Notes;
use super::token::{Kind, Token};
use crate::note::{Note, NoteKind};
use crate::time::Date;

/// The deepest brackets that reading follows. It exceeds [`MAX_DEPTH`], so that brackets around brackets are not
/// counted, and bounds the recursion.
const MAX_BRACKETS: usize = 256;

/// Reads a question as a tree, and notes on what was read otherwise than typed.
pub(crate) fn parse(text: &str, today: Date) -> (Node, Vec<Note>) {
    let mut notes = Notes::default();
    let tokens = lexer::tokens(text, today, &mut notes);
    let tokens = balanced(tokens, &mut notes);
    let mut parser = Parser { text, tokens: &tokens, at: 0, notes: &mut notes };
    let root = parser.group().unwrap_or(Node::All);
    let (root, was_cut) = normal::cut(root);
    let mut notes = notes.finish();
    let mut note = |kind, message: String| notes.push(Note::new(kind, message).spanning(0..text.len()));
    if was_cut {
        note(NoteKind::Limit, too_deep());
    }
    if root == Node::All {
        note(NoteKind::NoWord, NOTHING.to_owned());
    }
    if asks_for_no_day(&root) {
        note(
            NoteKind::NoDay,
            "no day is in all of these dates, so only documents dated by month or year may match; write OR between \
             them for any of them"
                .to_owned(),
        );
    }
    (root, notes)
}

fn too_deep() -> String {
    format!("brackets are followed {MAX_DEPTH} deep: read as if those below were absent")
}

/// Returns whether ranges of days stand side by side without a common day; see [`all_of`].
fn asks_for_no_day(node: &Node) -> bool {
    match node {
        Node::And(nodes) => {
            nodes.iter().filter(|node| matches!(node, Node::Date(_))).count() > 1 || nodes.iter().any(asks_for_no_day)
        }
        Node::Or(nodes) => nodes.iter().any(asks_for_no_day),
        Node::Not(node) => asks_for_no_day(node),
        _ => false,
    }
}

/// Leaves out brackets that have no partner or are nested too deep.
fn balanced(tokens: Vec<Token>, notes: &mut Notes) -> Vec<Token> {
    let mut open = Vec::new();
    let mut out = vec![false; tokens.len()];
    let mut noted_depth = false;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open => open.push(at),
            Kind::Close => match open.pop() {
                None => {
                    out[at] = true;
                    notes.add(NoteKind::LeftOut, token.span.clone(), || {
                        "a bracket that was never opened: ignored".to_owned()
                    });
                }
                Some(partner) if open.len() >= MAX_BRACKETS => {
                    (out[partner], out[at]) = (true, true);
                    if !std::mem::replace(&mut noted_depth, true) {
                        notes.add(NoteKind::Limit, tokens[partner].span.start..token.span.end, too_deep);
                    }
                }
                Some(_) => {}
            },
            _ => {}
        }
    }
    for at in open {
        out[at] = true;
        notes.add(NoteKind::LeftOut, tokens[at].span.clone(), || "a bracket that is never closed: ignored".to_owned());
    }
    tokens.into_iter().zip(out).filter(|(_, out)| !out).map(|(token, _)| token).collect()
}

/// The role of a part in its run, which decides what it means there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// A word among others.
    Free,
    /// A phrase, a bracket, a word after `+`, anything after `NOT`.
    Fixed,
    /// `date:`, `source:`, `lang:`.
    Condition,
    /// Anything after a hyphen.
    Excluded,
}

struct Part {
    node: Node,
    role: Role,
    span: Range<usize>,
}

impl Part {
    /// Returns whether the part, at either end of some alternatives, can hold for all of them.
    fn is_condition(&self) -> bool {
        matches!(self.role, Role::Condition | Role::Excluded)
    }
}

type Run = Vec<Part>;

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    notes: &'a mut Notes,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    fn peek_kind(&self) -> Option<&'a Kind> {
        self.peek().map(|token| &token.kind)
    }

    fn left_out(&mut self, token: &Token, why: &str) {
        let typed = self.text.get(token.span.clone()).unwrap_or_default();
        self.notes.add(NoteKind::LeftOut, token.span.clone(), || format!("{typed} {why}: left out"));
    }

    /// Reads up to a closing bracket or the end. None if that is empty.
    fn group(&mut self) -> Option<Node> {
        let mut alternatives: Vec<Vec<Run>> = Vec::new();
        let mut pending: Option<&Token> = None;
        while let Some(token) = self.peek() {
            match token.kind {
                Kind::Close => break,
                Kind::And | Kind::Or => {
                    self.at += 1;
                    if alternatives.is_empty() {
                        self.left_out(token, "has nothing before it");
                    } else if pending.is_some() {
                        self.left_out(token, "follows another operator");
                    } else {
                        pending = Some(token);
                    }
                }
                _ => {
                    let run = self.run();
                    if run.is_empty() {
                        continue;
                    }
                    match (pending.take().map(|token| &token.kind), alternatives.last_mut()) {
                        (Some(Kind::And), Some(last)) => last.push(run),
                        _ => alternatives.push(vec![run]),
                    }
                }
            }
        }
        if let Some(token) = pending {
            self.left_out(token, "has nothing after it");
        }
        let mut parts = self.common(&mut alternatives);
        let alternatives: Vec<Node> =
            alternatives.into_iter().map(|runs| all_of(runs.into_iter().map(beside).collect())).collect();
        if alternatives.is_empty() {
            return None;
        }
        parts.insert(0, Part { node: any_of(alternatives), role: Role::Fixed, span: 0..0 });
        Some(beside(parts))
    }

    /// Takes the conditions at either end of several alternatives: they are meant for all alternatives, unless others
    /// have conditions of their own.
    fn common(&mut self, alternatives: &mut [Vec<Run>]) -> Vec<Part> {
        if alternatives.len() < 2 {
            return Vec::new();
        }
        let count = |run: &Run| run.iter().filter(|part| part.is_condition()).count();
        let outer = |run: Option<&Run>, back: bool| {
            run.map_or(0, |run| {
                let at_end = |part: &&Part| part.is_condition();
                let outer = if back {
                    run.iter().rev().take_while(at_end).count()
                } else {
                    run.iter().take_while(at_end).count()
                };
                // A run of conditions alone is an alternative of its own.
                if outer == run.len() { 0 } else { outer }
            })
        };
        let leading = outer(alternatives.first().and_then(|runs| runs.first()), false);
        let trailing = outer(alternatives.last().and_then(|runs| runs.last()), true);
        let own: usize = alternatives
            .iter()
            .filter(|runs| !matches!(runs.as_slice(), [run] if count(run) == run.len()))
            .flatten()
            .map(count)
            .sum();
        if own != leading + trailing {
            return Vec::new();
        }
        let mut parts = Vec::new();
        if let Some(run) = alternatives.first_mut().and_then(|runs| runs.first_mut()) {
            parts.extend(run.drain(..leading));
        }
        if let Some(run) = alternatives.last_mut().and_then(|runs| runs.last_mut()) {
            parts.extend(run.drain(run.len() - trailing..));
        }
        for part in &parts {
            let typed = self.text.get(part.span.clone()).unwrap_or_default();
            let message = || format!("{typed} holds for both sides of OR; use brackets to tie it to one");
            self.notes.add(NoteKind::ReadAs, part.span.clone(), message);
        }
        parts
    }

    /// Reads parts that stand side by side.
    fn run(&mut self) -> Run {
        let mut run = Run::new();
        while let Some(token) = self.peek() {
            if matches!(token.kind, Kind::And | Kind::Or | Kind::Close) {
                break;
            }
            let Some(mut part) = self.part() else { continue };
            while part.role == Role::Condition
                && let Some(Kind::Or) = self.peek_kind()
                && let Some(Token { kind: Kind::Item(node), span }) = self.tokens.get(self.at + 1)
                && is_field(node)
            {
                self.at += 2;
                let Part { node: before, span: Range { start, .. }, .. } = part;
                part = Part { node: any_of(vec![before, node.clone()]), role: Role::Condition, span: start..span.end };
            }
            run.push(part);
        }
        run
    }

    /// Reads one part with the signs before it. None if nothing is left of it.
    fn part(&mut self) -> Option<Part> {
        let start = self.peek()?.span.start;
        let mut negative = false;
        let mut sign = None;
        while let Some(token) = self.peek().filter(|token| matches!(token.kind, Kind::Not | Kind::Plus | Kind::Minus)) {
            self.at += 1;
            if token.kind != Kind::Plus {
                negative = !negative;
            }
            sign = Some(token);
        }
        let token = self.peek().filter(|token| !matches!(token.kind, Kind::And | Kind::Or | Kind::Close));
        let Some(token) = token else {
            if let Some(sign) = sign {
                self.left_out(sign, "has nothing after it");
            }
            return None;
        };
        if let Kind::Near(_) = token.kind {
            self.at += 1;
            self.left_out(token, "has nothing before it");
            return None;
        }
        let first = self.one();
        let node = self.near(first)?;
        let role = match (sign.map(|token| &token.kind), &node) {
            (Some(Kind::Minus), _) if negative => Role::Excluded,
            (Some(_), _) => Role::Fixed,
            (None, Node::Word(_)) if token.kind != Kind::Open => Role::Free,
            (None, Node::Near(..)) => Role::Fixed,
            (None, node) if token.kind != Kind::Open && is_field(node) => Role::Condition,
            (None, _) => Role::Fixed,
        };
        let end = self.tokens.get(self.at - 1).map_or(start, |token| token.span.end);
        Some(Part { node: if negative { not(node) } else { node }, role, span: start..end })
    }
}

impl Parser<'_> {
    /// Reads what one sign stands before. None if nothing is left of it.
    fn one(&mut self) -> Option<Node> {
        let token = self.peek()?;
        self.at += 1;
        match &token.kind {
            Kind::Item(node) => Some(node.clone()),
            Kind::Open => {
                let group = self.group();
                let end = self.peek().map_or(token.span.end, |close| close.span.end);
                self.at += 1;
                if group.is_none() {
                    self.notes.add(NoteKind::LeftOut, token.span.start..end, || {
                        "nothing between these brackets: left out".to_owned()
                    });
                }
                group
            }
            _ => None,
        }
    }

    /// Reads an operator of nearness and its right side, if one follows `first`.
    fn near(&mut self, mut first: Option<Node>) -> Option<Node> {
        while let Some(operator @ Token { kind: Kind::Near(reach), .. }) = self.peek() {
            let mut nodes: Vec<Node> = first.take().into_iter().collect();
            let mut span = operator.span.clone();
            // The same operator again continues the same list.
            while let Some(operator @ Token { kind: Kind::Near(next), .. }) = self.peek() {
                if next != reach {
                    break;
                }
                self.at += 1;
                span.end = operator.span.end;
                let follows = self.peek().is_some_and(|token| matches!(token.kind, Kind::Item(_) | Kind::Open));
                if !follows {
                    self.left_out(operator, "wants a word, a phrase or a bracket behind it");
                    continue;
                }
                nodes.extend(self.one());
            }
            if let Some(message) = normal::not_near(&nodes) {
                self.notes.add(NoteKind::ReadAs, span, || message);
            }
            first = (!nodes.is_empty()).then(|| normal::near(nodes, *reach));
        }
        first
    }
}

fn is_field(node: &Node) -> bool {
    matches!(
        node,
        Node::Date(_)
            | Node::About(_)
            | Node::Source(_)
            | Node::Language(_)
            | Node::Author(_)
            | Node::File(_)
            | Node::Own(_)
    )
}

/// The meaning of parts side by side: free words, and everything else as well. Sources side by side are alternatives,
/// and so are languages, since a document has only one.
fn beside(run: Run) -> Node {
    let mut words = Vec::new();
    let mut others: Vec<Node> = Vec::with_capacity(run.len() + 1);
    let mut sources = None;
    let mut languages = None;
    for part in run {
        let repeatable = match (part.role, sample(&part.node)) {
            (Role::Free, _) => {
                words.push(part.node);
                continue;
            }
            (Role::Condition, Some(Node::Source(_))) => &mut sources,
            (Role::Condition, Some(Node::Language(_))) => &mut languages,
            _ => {
                others.push(part.node);
                continue;
            }
        };
        let (_, same) = repeatable.get_or_insert((others.len(), Vec::new()));
        if same.is_empty() {
            others.push(Node::All);
        }
        same.push(part.node);
    }
    for (at, same) in [sources, languages].into_iter().flatten() {
        others[at] = any_of(same);
    }
    others.insert(0, normal::free(words));
    all_of(others)
}

/// The condition a node is, or the first of several of one kind.
fn sample(node: &Node) -> Option<&Node> {
    match node {
        Node::Or(nodes) => {
            let first = nodes.first()?;
            let kind = std::mem::discriminant(first);
            nodes.iter().all(|node| std::mem::discriminant(node) == kind).then_some(first)
        }
        node => Some(node),
    }
}
