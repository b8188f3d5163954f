//! Finds the documents in a file of JSON without reading it into memory.

use crate::corpus::format::shared::fields;

/// The names that programs give to the list of documents in an answer.
const LISTS: [&str; 22] = [
    "articles",
    "items",
    "item",
    "results",
    "result",
    "docs",
    "documents",
    "records",
    "rows",
    "posts",
    "entries",
    "stories",
    "news",
    "data",
    "hits",
    "messages",
    "speeches",
    "releases",
    "statements",
    "content",
    "list",
    "value",
];

/// The names of objects that only wrap documents.
pub(super) const WRAPS: [&str; 14] = [
    "response", "data", "result", "results", "hits", "payload", "feed", "body", "query", "item", "article", "_source",
    "document", "story",
];

/// The deepest nesting of objects that are searched for documents.
pub(super) const DEPTH: usize = 5;

pub(super) fn is_text(name: &str) -> bool {
    fields::role(name).0 == fields::Role::Text || TEXTS.contains(&name)
}

pub(super) fn is_title(name: &str) -> bool {
    fields::role(name).0 == fields::Role::Title
}

/// Names of texts besides those that all records have: those of ninjs, the newswire format in JSON, and of weblogs. The
/// first that is there counts.
pub(super) const TEXTS: [&str; 9] = [
    "body_text",
    "body_xhtml",
    "body_html",
    "content_html",
    "html",
    "description_text",
    "description",
    "description_html",
    "summary",
];

/// Walks over JSON without interpreting it: only strings, and the nesting of brackets.
pub(super) struct Scan<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Scan<'a> {
    /// Skips white space, and returns the character behind it.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.bytes.get(self.at..)?;
        self.at += rest.len() - rest.trim_ascii_start().len();
        self.bytes.get(self.at).copied()
    }

    pub(super) fn next_sign(&mut self) -> Option<u8> {
        let sign = self.peek()?;
        self.at += 1;
        Some(sign)
    }

    /// Skips a string whose opening quote was skipped, and returns its content.
    fn string(&mut self) -> Option<&'a [u8]> {
        let begin = self.at;
        loop {
            let rest = self.bytes.get(self.at..)?;
            let found = memchr::memchr2(b'"', b'\\', rest)?;
            self.at += found + 1;
            if rest.get(found) == Some(&b'"') {
                return self.bytes.get(begin..self.at - 1);
            }
            self.at += 1;
        }
    }

    /// Skips a value of any kind.
    fn value(&mut self) -> Option<()> {
        match self.next_sign()? {
            b'"' => self.string().map(drop),
            b'{' | b'[' => self.nested(),
            _ => {
                let rest = self.bytes.get(self.at..)?;
                self.at += rest.iter().position(|byte| matches!(byte, b',' | b'}' | b']'))?;
                Some(())
            }
        }
    }

    /// Skips the content of an open bracket, and the bracket that closes it.
    fn nested(&mut self) -> Option<()> {
        let mut depth = 1usize;
        while depth > 0 {
            let rest = self.bytes.get(self.at..)?;
            let found = rest.iter().position(|byte| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']'))?;
            self.at += found + 1;
            match rest.get(found) {
                Some(b'"') => drop(self.string()?),
                Some(b'{' | b'[') => depth += 1,
                _ => depth -= 1,
            }
        }
        Some(())
    }

    /// The byte after the bracket of an array, which was skipped, if the array's first value is an object.
    pub(super) fn array(&mut self) -> Option<usize> {
        let begin = self.at;
        (self.peek()? == b'{').then_some(begin)
    }

    /// Looks for the array of documents in an object whose bracket was skipped.
    pub(super) fn list_in_object(&mut self, depth: usize) -> Option<usize> {
        if depth > DEPTH {
            return None;
        }
        let mut found = None;
        loop {
            let done = match self.peek() {
                Some(b'"') => false,
                Some(b',') => {
                    self.at += 1;
                    continue;
                }
                // The head may end within a later field.
                _ => true,
            };
            if done {
                return found;
            }
            self.at += 1;
            let Some(name) = self.string() else { return found };
            let name = std::str::from_utf8(name).unwrap_or_default().to_ascii_lowercase();
            if self.peek() != Some(b':') {
                return found;
            }
            self.at += 1;
            let Some(sign) = self.peek() else { return found };
            // An object with a text of its own is a document, whatever else it lists.
            if sign == b'"' && (is_text(&name) && name != "description" && name != "summary") {
                return None;
            }
            let begin = self.at;
            if sign == b'[' && LISTS.contains(&name.as_str()) && found.is_none() {
                self.at += 1;
                found = self.array();
                self.at = begin;
            } else if sign == b'{'
                && (WRAPS.contains(&name.as_str()) || LISTS.contains(&name.as_str()))
                && found.is_none()
            {
                self.at += 1;
                found = self.list_in_object(depth + 1);
                self.at = begin;
            }
            // The search ends at the array, which may be as long as the file.
            if found.is_some() || self.value().is_none() {
                return found;
            }
        }
    }

    /// Skips the next object of the array, and returns where it begins. None at the array's end, or if the object is
    /// not whole.
    pub(super) fn next_object(&mut self) -> Option<usize> {
        let before = self.at;
        loop {
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'{') => {
                    let begin = self.at;
                    self.at += 1;
                    if self.nested().is_some() {
                        return Some(begin);
                    }
                    self.at = before;
                    return None;
                }
                // Any other value is no document, and is skipped.
                Some(b'"' | b'[' | b'0'..=b'9' | b'-' | b'n' | b't' | b'f') => {
                    if self.value().is_none() {
                        self.at = before;
                        return None;
                    }
                }
                _ => {
                    self.at = before;
                    return None;
                }
            }
        }
    }
}
