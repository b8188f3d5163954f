//! A file of XML as a tree of elements.

use crate::corpus::format::markup;
use crate::corpus::format::shared::flow::{Flow, Gap};
use crate::document::Certainty;

/// An element of a [`Tree`] by its number.
pub(in crate::corpus::format) type Id = usize;

#[derive(Debug)]
pub(super) enum Child {
    Text(String),
    Element(Id),
}

#[derive(Debug)]
pub(super) struct Node {
    /// As written, but with the usual prefix where its namespace is a well-known one.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Child>,
    pub(super) line: u32,
}

/// The elements of a file.
#[derive(Debug)]
pub(in crate::corpus::format) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// Why it ends before the file does.
    pub(in crate::corpus::format) broken: Option<String>,
    /// The name of the file's encoding.
    pub(in crate::corpus::format) encoding: &'static str,
    pub(in crate::corpus::format) certainty: Certainty,
}

impl Tree {
    /// The outermost element.
    pub(in crate::corpus::format) fn root(&self) -> Option<Id> {
        // The first node stands for the file.
        self.children(0).next()
    }

    pub(in crate::corpus::format) fn name(&self, id: Id) -> &str {
        self.nodes.get(id).map_or("", |node| node.name.as_str())
    }

    /// The line of the file at which the element begins, from 1.
    pub(in crate::corpus::format) fn line(&self, id: Id) -> u32 {
        self.nodes.get(id).map_or(1, |node| node.line)
    }

    pub(in crate::corpus::format) fn children(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        self.nodes.get(id).into_iter().flat_map(|node| &node.children).filter_map(|child| match child {
            Child::Element(id) => Some(*id),
            Child::Text(_) => None,
        })
    }

    pub(in crate::corpus::format) fn named<'a>(&'a self, id: Id, name: &'a str) -> impl Iterator<Item = Id> + 'a {
        self.children(id).filter(move |child| self.name(*child).eq_ignore_ascii_case(name))
    }

    pub(in crate::corpus::format) fn child(&self, id: Id, name: &str) -> Option<Id> {
        self.children(id).find(|child| self.name(*child).eq_ignore_ascii_case(name))
    }

    /// The element at the end of a way of names from `id` down, the first child of each.
    pub(in crate::corpus::format) fn at(&self, id: Id, way: &[&str]) -> Option<Id> {
        way.iter().try_fold(id, |id, name| self.child(id, name))
    }

    /// An attribute that says something.
    pub(in crate::corpus::format) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        let attributes = &self.nodes.get(id)?.attributes;
        let (_, value) = attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// The attributes of an element, as written.
    #[cfg(feature = "office")]
    pub(in crate::corpus::format) fn attributes(&self, id: Id) -> impl Iterator<Item = (&str, &str)> {
        let attributes = self.nodes.get(id).into_iter().flat_map(|node| &node.attributes);
        attributes.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// An attribute that says something, by its name without the prefix of a namespace.
    #[cfg(any(feature = "office", feature = "newspapers"))]
    pub(in crate::corpus::format) fn local_attribute(&self, id: Id, name: &str) -> Option<&str> {
        let attributes = &self.nodes.get(id)?.attributes;
        let (_, value) = attributes.iter().find(|(known, _)| local(known) == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// The elements below `id` in the order of the file, not `id` itself.
    pub(in crate::corpus::format) fn descendants(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        let mut waiting: Vec<Id> = Vec::new();
        let push = |waiting: &mut Vec<Id>, id: Id| {
            let from = waiting.len();
            waiting.extend(self.children(id));
            if let Some(added) = waiting.get_mut(from..) {
                added.reverse();
            }
        };
        push(&mut waiting, id);
        std::iter::from_fn(move || {
            let next = waiting.pop()?;
            push(&mut waiting, next);
            Some(next)
        })
    }

    /// The elements below `id` that a test chooses, without those that lie in another chosen one: each part of the file
    /// is in one of them at most.
    #[cfg(feature = "office")]
    pub(in crate::corpus::format) fn outermost<'a>(
        &'a self,
        id: Id,
        choose: impl Fn(Id) -> bool + 'a,
    ) -> impl Iterator<Item = Id> + 'a {
        // Elements are numbered in the order of the file.
        let mut last = id;
        self.descendants(id).filter(move |below| {
            let chosen = *below > last && choose(*below);
            if chosen {
                last = self.descendants(*below).last().unwrap_or(*below);
            }
            chosen
        })
    }

    /// The first element of that name below `id`.
    pub(in crate::corpus::format) fn find(&self, id: Id, name: &str) -> Option<Id> {
        self.descendants(id).find(|below| self.name(*below).eq_ignore_ascii_case(name))
    }

    /// Returns whether an element contains only text.
    pub(in crate::corpus::format) fn is_leaf(&self, id: Id) -> bool {
        self.children(id).next().is_none()
    }

    /// The number of words in an element itself, not in those within.
    pub(in crate::corpus::format) fn own_words(&self, id: Id) -> usize {
        self.own_text(id).map(|text| text.split_ascii_whitespace().count()).sum()
    }

    /// The number of bytes of text in an element itself.
    pub(in crate::corpus::format) fn own_length(&self, id: Id) -> usize {
        self.own_text(id).map(|text| text.trim().len()).sum()
    }

    fn own_text(&self, id: Id) -> impl Iterator<Item = &str> {
        self.nodes.get(id).into_iter().flat_map(|node| &node.children).filter_map(|child| match child {
            Child::Text(text) => Some(text.as_str()),
            Child::Element(_) => None,
        })
    }

    /// All characters in and below an element, as they are written.
    pub(in crate::corpus::format) fn raw_text(&self, id: Id) -> String {
        let mut text = String::new();
        self.visit(id, &mut |step| {
            if let Step::Text(words) = step {
                text.push_str(words);
            }
        });
        text
    }

    /// The text in and below an element in one line; none if there is none.
    pub(in crate::corpus::format) fn line_of(&self, id: Id) -> Option<String> {
        let mut flow = Flow::default();
        self.visit(id, &mut |step| match step {
            Step::Text(words) => flow.words(words),
            Step::Enter(_) | Step::Leave(_) => flow.gap(Gap::Space),
        });
        Some(flow.finish()).filter(|line| !line.is_empty())
    }

    /// The text in and below an element, its paragraphs set apart by blank lines; elements for which `skip` is true are
    /// left out.
    pub(in crate::corpus::format) fn text_of(&self, id: Id, skip: &dyn Fn(&str) -> bool) -> String {
        self.text_without(id, &|id| skip(self.name(id)))
    }

    /// The same where it is not an element's name alone that tells whether it is left out.
    pub(in crate::corpus::format) fn text_without(&self, id: Id, skip: &dyn Fn(Id) -> bool) -> String {
        let mut flow = Flow::default();
        let mut hidden: Option<Id> = None;
        let mut verbatim: Option<Id> = None;
        self.visit(id, &mut |step| match step {
            Step::Text(_) if hidden.is_some() => {}
            Step::Text(words) if verbatim.is_some() => flow.verbatim(words),
            Step::Text(words) => flow.words(words),
            Step::Enter(id) => {
                let name = self.name(id);
                if hidden.is_none() && skip(id) {
                    hidden = Some(id);
                }
                if verbatim.is_none() && name.eq_ignore_ascii_case("pre") {
                    verbatim = Some(id);
                }
                if let Some(gap) = markup::gap_of(local(name)) {
                    flow.gap(gap);
                }
            }
            Step::Leave(id) => {
                hidden = hidden.filter(|hidden| *hidden != id);
                verbatim = verbatim.filter(|verbatim| *verbatim != id);
                if let Some(gap) = markup::gap_of(local(self.name(id))) {
                    flow.gap(gap);
                }
            }
        });
        flow.finish()
    }

    fn visit<'a>(&'a self, id: Id, take: &mut dyn FnMut(Step<'a>)) {
        enum Todo<'a> {
            Child(&'a Child),
            Leave(Id),
        }
        let mut todo: Vec<Todo<'a>> = Vec::new();
        let enter = |id: Id, todo: &mut Vec<Todo<'a>>| {
            todo.push(Todo::Leave(id));
            let children = self.nodes.get(id).map_or(&[] as &[Child], |node| &node.children);
            todo.extend(children.iter().rev().map(Todo::Child));
        };
        take(Step::Enter(id));
        enter(id, &mut todo);
        while let Some(next) = todo.pop() {
            match next {
                Todo::Child(Child::Text(text)) => take(Step::Text(text)),
                Todo::Child(Child::Element(id)) => {
                    take(Step::Enter(*id));
                    enter(*id, &mut todo);
                }
                Todo::Leave(id) => take(Step::Leave(id)),
            }
        }
    }
}

enum Step<'a> {
    Enter(Id),
    Text(&'a str),
    Leave(Id),
}

/// A name without its prefix.
pub(in crate::corpus::format) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
