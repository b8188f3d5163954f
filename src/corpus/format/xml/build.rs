//! From the pieces of an XML file to its tree.

use crate::document::Certainty;
use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::tree::{Child, Id, Node, Tree};
use crate::corpus::format::shared::entities;

/// Elements deeper than this are read into the element at this depth.
const DEPTH: usize = 200;

/// No more elements than this are read of a file.
const NODES: usize = 2_000_000;

/// An element's longest value that is kept as an attribute, in bytes.
const ATTRIBUTE: usize = 64 * 1024;

/// The names of an element's attributes beyond this are not kept.
const ATTRIBUTES: usize = 64;

/// Prefixes by their namespaces, so that a document is read whatever prefixes it chose. The root's own namespace has
/// none.
const NAMESPACES: [(&str, &str); 11] = [
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("http://purl.org/rss/1.0/modules/content/", "content"),
    ("http://purl.org/rss/1.0/", ""),
    ("http://my.netscape.com/rdf/simple/0.9/", ""),
    ("http://www.w3.org/2005/Atom", "atom"),
    ("http://purl.org/atom/ns#", "atom"),
    ("http://www.w3.org/1999/xhtml", ""),
    ("http://iptc.org/std/nar/2006-10-01/", ""),
    ("http://iptc.org/std/NITF/2006-10-18/", ""),
    ("http://www.tei-c.org/ns/1.0", ""),
];

/// A tree in the making.
pub(super) struct Builder {
    pub(super) tree: Tree,
    /// The elements that are open, the file itself first.
    open: Vec<Id>,
    /// The number of open elements that are too deep to be kept.
    deeper: usize,
    prefixes: HashMap<String, &'static str>,
    /// The prefix and namespace of the root.
    own: Option<String>,
    counted: usize,
    line: u32,
}

impl Builder {
    pub(super) fn new(encoding: &'static str, certainty: Certainty) -> Builder {
        let file = Node { name: String::new(), attributes: Vec::new(), children: Vec::new(), line: 1 };
        Builder {
            tree: Tree { nodes: vec![file], broken: None, encoding, certainty },
            open: vec![0],
            deeper: 0,
            prefixes: HashMap::new(),
            own: None,
            counted: 0,
            line: 1,
        }
    }

    pub(super) fn run(&mut self, text: &str) {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        loop {
            let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    self.count(text, at);
                    if !self.begin(&tag) {
                        self.tree.broken = Some(format!("more than {NODES} elements; those before were read"));
                        return;
                    }
                }
                Ok(Event::Empty(tag)) => {
                    self.count(text, at);
                    if !self.begin(&tag) {
                        self.tree.broken = Some(format!("more than {NODES} elements; those before were read"));
                        return;
                    }
                    self.end(tag.name().as_ref());
                }
                Ok(Event::End(tag)) => self.end(tag.name().as_ref()),
                Ok(Event::Text(words)) => self.text(&words),
                Ok(Event::CData(words)) => self.text(&words),
                Ok(Event::GeneralRef(name)) => self.text(&entities::unescape(&format!("&{};", &*name))),
                Ok(Event::Eof) => {
                    if self.open.len() > 1 {
                        self.tree.broken = Some("the XML is cut off; what came before was read".to_owned());
                    }
                    return;
                }
                Ok(_) => {}
                Err(error) => {
                    self.count(text, usize::try_from(reader.error_position()).unwrap_or(at));
                    let line = self.line;
                    self.tree.broken =
                        Some(format!("the XML is broken on line {line} ({error}); what came before was read"));
                    return;
                }
            }
        }
    }

    fn count(&mut self, text: &str, at: usize) {
        if let Some(passed) = text.as_bytes().get(self.counted..at) {
            let lines = memchr::memchr_iter(b'\n', passed).count();
            self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
            self.counted = at;
        }
    }

    /// Begins an element; false if there are too many.
    fn begin(&mut self, tag: &BytesStart) -> bool {
        let mut attributes = Vec::new();
        for attribute in tag.attributes().with_checks(false).take(ATTRIBUTES).flatten() {
            let name = attribute.key.as_ref().to_owned();
            let value = attribute.value.into_owned();
            if name == "xmlns" || name.starts_with("xmlns:") {
                self.prefix(name.strip_prefix("xmlns:").unwrap_or_default(), value, tag.name().as_ref());
            } else if value.len() <= ATTRIBUTE {
                attributes.push((name, entities::unescape(&value).into_owned()));
            }
        }
        if self.open.len() > DEPTH {
            self.deeper += 1;
            return true;
        }
        if self.tree.nodes.len() > NODES {
            return false;
        }
        let name = self.known_name(tag.name().as_ref());
        let id = self.tree.nodes.len();
        self.tree.nodes.push(Node { name, attributes, children: Vec::new(), line: self.line });
        if let Some(parent) = self.open.last().and_then(|parent| self.tree.nodes.get_mut(*parent)) {
            parent.children.push(Child::Element(id));
        }
        self.open.push(id);
        true
    }

    fn prefix(&mut self, prefix: &str, namespace: String, element: &str) {
        let root = self.open.len() == 1;
        let of_root = element.split_once(':').map_or("", |(prefix, _)| prefix);
        let known = NAMESPACES.iter().find(|(known, _)| *known == namespace).map(|(_, prefix)| *prefix);
        if root && prefix == of_root {
            self.prefixes.insert(prefix.to_owned(), "");
            self.own = Some(namespace);
        } else if self.own.as_ref() == Some(&namespace) {
            self.prefixes.insert(prefix.to_owned(), "");
        } else if let Some(known) = known {
            // A default namespace set on an element within would rename what stands outside of it.
            if !prefix.is_empty() {
                self.prefixes.insert(prefix.to_owned(), known);
            }
        }
    }

    fn known_name(&self, name: &str) -> String {
        let Some((prefix, local)) = name.split_once(':') else { return name.to_owned() };
        match self.prefixes.get(prefix) {
            Some(&"") => local.to_owned(),
            Some(known) => format!("{known}:{local}"),
            None => name.to_owned(),
        }
    }

    fn end(&mut self, name: &str) {
        if self.deeper > 0 {
            self.deeper -= 1;
            return;
        }
        let name = self.known_name(name);
        // An end without a beginning ends nothing; one whose inner elements are open ends those too.
        let begun = self.open.iter().skip(1).rposition(|id| self.tree.name(*id) == name);
        if let Some(at) = begun {
            self.open.truncate(at + 1);
        }
    }

    fn text(&mut self, words: &str) {
        let Some(node) = self.open.last().and_then(|parent| self.tree.nodes.get_mut(*parent)) else { return };
        match node.children.last_mut() {
            Some(Child::Text(text)) => text.push_str(words),
            _ => node.children.push(Child::Text(words.to_owned())),
        }
    }
}
