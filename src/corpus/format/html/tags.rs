//! A page as tags and the text between them, and its text where no tree of it can be built.

use crate::corpus::format::shared::entities;

/// Elements that end a paragraph. Their end tags close everything that is open in them.
pub(super) const CONTAINERS: [&str; 28] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "header",
    "hgroup",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
    "object",
];

/// A piece of a page.
pub(super) enum Event<'a> {
    Text(&'a str),
    /// A tag: its name as written, the whole of it, whether it ends an element, and the most attributes it can have.
    Tag {
        name: &'a str,
        whole: &'a str,
        closes: bool,
        attributes: usize,
    },
    /// The content of `<script>`, or of another element that has no tags inside.
    Raw {
        name: &'a str,
        content: &'a str,
    },
}

/// The pieces of a page, by the rules of the HTML standard for where a tag and a comment end.
pub(super) struct Events<'a> {
    rest: &'a str,
    /// The element whose raw content comes next.
    raw: Option<&'a str>,
}

impl<'a> Events<'a> {
    pub(super) fn new(html: &'a str) -> Events<'a> {
        Events { rest: html, raw: None }
    }

    /// Takes the next `length` bytes. Every `length` is the place of an ASCII character, so it cuts between characters.
    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// The length of the tag that `rest` begins with, and the most attributes it can have. Quoted values may contain
    /// `>`.
    fn tag_length(&self) -> (usize, usize) {
        let bytes = self.rest.as_bytes();
        let (mut at, mut attributes) = (1, 0);
        let (mut after_equals, mut in_value) = (false, false);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'>' => return (at + 1, attributes),
                b'"' | b'\'' if after_equals => {
                    let inside = bytes.get(at + 1..).unwrap_or_default();
                    at += 1 + memchr::memchr(byte, inside).unwrap_or(inside.len());
                    (after_equals, in_value) = (false, false);
                    attributes += 1;
                }
                b'=' => (after_equals, in_value) = (true, true),
                byte if byte.is_ascii_whitespace() => {
                    in_value &= after_equals;
                    attributes += 1;
                }
                _ => {
                    attributes += usize::from(byte == b'/' && !in_value);
                    after_equals = false;
                }
            }
            at += 1;
        }
        (bytes.len(), attributes)
    }

    fn raw_length(&self, name: &str) -> usize {
        let bytes = self.rest.as_bytes();
        let ends = |at: usize| {
            let tail = bytes.get(at + 2..).unwrap_or_default();
            bytes.get(at + 1) == Some(&b'/')
                && tail.get(..name.len()).is_some_and(|tail| tail.eq_ignore_ascii_case(name.as_bytes()))
                && tail.get(name.len()).is_none_or(|&byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
        };
        memchr::memchr_iter(b'<', bytes).find(|&at| ends(at)).unwrap_or(bytes.len())
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if let Some(name) = self.raw.take() {
                let length = self.raw_length(name);
                return Some(Event::Raw { name, content: self.take(length) });
            }
            let bytes = self.rest.as_bytes();
            let Some(b'<') = bytes.first() else {
                let length = memchr::memchr(b'<', bytes).unwrap_or(bytes.len());
                return Some(Event::Text(self.take(length)));
            };
            let begin = match (bytes.get(1), bytes.get(2)) {
                (Some(b'!'), _) | (Some(b'?'), _) => {
                    let (offset, end) = if bytes.starts_with(b"<!--") { (2, "-->") } else { (0, ">") };
                    let tail = bytes.get(offset..).unwrap_or_default();
                    let found = memchr::memmem::find(tail, end.as_bytes());
                    let length = found.map_or(bytes.len(), |at| offset + at + end.len());
                    self.take(length);
                    continue;
                }
                (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => 2,
                (Some(letter), _) if letter.is_ascii_alphabetic() => 1,
                _ => {
                    // A single `<` is text.
                    let length =
                        memchr::memchr(b'<', bytes.get(1..).unwrap_or_default()).map_or(bytes.len(), |at| at + 1);
                    return Some(Event::Text(self.take(length)));
                }
            };
            let (length, attributes) = self.tag_length();
            let whole = self.take(length);
            let name = whole.get(begin..).unwrap_or_default();
            let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(name.len());
            let name = name.get(..end).unwrap_or_default();
            if begin == 1
                && is_one_of(name, &["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"])
            {
                self.raw = Some(name);
            }
            return Some(Event::Tag { name, whole, closes: begin == 2, attributes });
        }
    }
}

pub(super) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|other| other.eq_ignore_ascii_case(name))
}

/// The content of a page, read without building a tree.
pub(super) struct Stripped {
    /// The tags about the page as a whole, as they are written: a small page of its own.
    pub(super) head: String,
    /// The whole text, with blank lines between its blocks.
    pub(super) text: String,
}

/// Reads a page from its tags, in one pass.
pub(super) fn strip(html: &str) -> Stripped {
    const HEAD: usize = 512 * 1024;
    let mut head = String::new();
    let mut text = String::new();
    let mut hidden = false;
    for event in Events::new(html) {
        match event {
            Event::Text(words) if !hidden => {
                let words = entities::unescape(words);
                for word in words.split_ascii_whitespace() {
                    push_word(&mut text, word, &words);
                }
                if words.ends_with(|c: char| c.is_ascii_whitespace())
                    && !text.is_empty()
                    && !text.ends_with(['\n', ' '])
                {
                    text.push(' ');
                }
            }
            Event::Text(_) => {}
            Event::Raw { name, content } => {
                let wanted = is_one_of(name, &["title"]) || content.contains("schema.org");
                if wanted && head.len() + content.len() < HEAD {
                    head.push_str(content);
                }
            }
            Event::Tag { name, whole, closes, .. } => {
                let wanted = is_one_of(name, &["meta", "link", "title", "script"])
                    || (name.eq_ignore_ascii_case("html") && head.is_empty());
                if wanted && whole.len() < 8192 && head.len() + whole.len() < HEAD {
                    head.push_str(whole);
                }
                if is_one_of(name, &["svg", "template", "noscript"]) {
                    hidden = !closes && !whole.ends_with("/>");
                }
                // A block ends an unclosed drawing.
                hidden &= !is_block(name);
                if name.eq_ignore_ascii_case("br") {
                    text.push('\n');
                } else if is_block(name) && !text.is_empty() && !text.ends_with("\n\n") {
                    text.truncate(text.trim_end_matches([' ', '\n']).len());
                    text.push_str("\n\n");
                }
            }
        }
    }
    Stripped { head, text }
}

/// All words of a page except those for programs: everything that may be shown, and the texts of pictures. Blocks have
/// lines of their own.
pub(super) fn everything(html: &str) -> String {
    let mut text = String::new();
    let mut code = false;
    let mut add = |words: &str, block: bool| {
        let words = entities::unescape(words);
        let words = words.trim();
        if block && !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        if !words.is_empty() {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push(' ');
            }
            text.push_str(words);
        }
    };
    for event in Events::new(html) {
        match event {
            Event::Text(words) if !code => add(words, false),
            Event::Raw { name, content } if is_one_of(name, &["title", "textarea"]) => add(content, true),
            Event::Raw { name, content } if is_one_of(name, &["iframe", "noframes"]) => add(content, true),
            Event::Tag { name, whole, closes, .. } => {
                if is_one_of(name, &["svg", "template"]) {
                    code = !closes && !whole.ends_with("/>");
                }
                let alt = if name.eq_ignore_ascii_case("img") { attribute(whole, "alt") } else { None };
                add(alt.unwrap_or_default(), is_block(name) || is_one_of(name, &["br", "option", "label"]));
            }
            _ => {}
        }
    }
    text
}

/// The value of an attribute, as it is written in a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.match_indices(name).map(|(at, _)| at + name.len());
    let value = at.filter_map(|at| tag.get(at..)?.trim_start().strip_prefix('=')).next()?.trim_start();
    match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.split(quote).next(),
        _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
    }
}

/// Returns whether the element stands apart from the text before and after it.
pub(super) fn is_block(name: &str) -> bool {
    is_one_of(name, &CONTAINERS)
        || is_one_of(
            name,
            &[
                "body", "button", "p", "li", "dt", "dd", "td", "th", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
                "form", "caption",
            ],
        )
}

fn push_word(text: &mut String, word: &str, within: &str) {
    // Words of one piece have one space between them. The first word joins the text before it.
    let first = std::ptr::eq(word.as_ptr(), within.as_ptr());
    if !text.is_empty() && !text.ends_with(['\n', ' ']) && !first {
        text.push(' ');
    }
    text.push_str(word);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_is_read_off_the_tags() {
        let page = "<html lang=en><title>T &amp; U</title><style>p{}</style><meta name=a content=b><p>One <b>b</b>old\n x\
            <p>Two&nbsp;&#8211; &copy; 3 < 4<br>line<!-- <p>no --><script>no()</script><div>End</div>";
        let stripped = strip(page);
        assert_eq!(stripped.text.trim(), "One bold x\n\nTwo\u{a0}– © 3 < 4\nline\n\nEnd");
        assert!(stripped.head.starts_with("<html lang=en><title>T &amp; U</title><meta name=a content=b>"));
    }

    proptest! {
        #[test]
        fn any_page_is_scanned_to_its_end(page in "(<|/|>|!|-|=|\"|'|script|div|b|&#x?|;|é| |a){0,60}") {
            let length: usize = Events::new(&page).map(|event| match event {
                Event::Text(text) => text.len(),
                Event::Tag { whole, .. } => whole.len(),
                Event::Raw { content, .. } => content.len(),
            }).sum();
            prop_assert!(length <= page.len());
            strip(&page);
        }
    }
}
