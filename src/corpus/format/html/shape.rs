//! Decides whether a page may be given to a tree builder.
//!
//! Building a tree takes time and memory that grow with the depth of the page at every element, and so does every look
//! at the text of an element. Pages nested a hundred thousand deep are made only to hurt. They are found here by a tree
//! builder's rules for what closes what, but without a tree. Where the rules are simplified, the page counts as deeper
//! than it is.

use super::tags::{CONTAINERS, Event, Events, is_one_of};

/// The deepest page of which a tree is built. Browsers stop at 512.
const DEPTH: usize = 256;

/// The most bytes of text, each counted once for every element it is in: twenty times as many as very long pages have.
const WORK: usize = 400_000_000;

/// The most elements that may be opened anew because an unclosed `<font>` or `<b>` runs on into the next paragraph.
const REOPENED: usize = 400_000;

/// The most tags of a page of which a tree is built: each costs some 200 bytes of memory.
const TAGS: usize = 1_500_000;

/// The most times a page may say `<html>` or `<body>`: the attributes of each are added to those of all before.
const ROOTS: usize = 100;

const VOID: [&str; 16] = [
    "area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
const FORMATTING: [&str; 13] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "u"];
const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
/// The parts of a table. They close one another, and the table itself is counted.
const TABLE_PARTS: [&str; 7] = ["td", "th", "tr", "tbody", "thead", "tfoot", "colgroup"];
/// Elements that stop the end tag of an inner kind.
const SCOPES: [&str; 9] =
    ["table", "object", "template", "marquee", "applet", "caption", "button", "foreignobject", "select"];

fn is_special(name: &str) -> bool {
    is_one_of(name, &CONTAINERS)
        || is_one_of(name, &SCOPES)
        || is_one_of(name, &HEADINGS)
        || is_one_of(name, &["p", "li", "dd", "dt", "form", "noscript", "frameset"])
}

/// Returns whether a tree of this page can be built in time and memory proportional to its length.
pub(super) fn is_tame(html: &str) -> bool {
    let mut shape = Shape::default();
    let (mut work, mut reopened, mut tags, mut roots) = (0usize, 0usize, 0usize, 0usize);
    for event in Events::new(html) {
        match event {
            Event::Text(text) => {
                work = work.saturating_add((text.len() + 16) * (shape.open.len() + 4)).saturating_add(escapes(text));
            }
            Event::Raw { .. } => {}
            Event::Tag { name, closes: true, .. } => shape.close(name),
            Event::Tag { name, whole, attributes, .. } => {
                tags += 1;
                // Each attribute is compared with those before it.
                work = work.saturating_add(escapes(whole)).saturating_add(attributes.saturating_mul(attributes) / 20);
                roots += usize::from(is_one_of(name, &["html", "body"]));
                if !is_one_of(name, &FORMATTING) {
                    reopened += shape.running.iter().sum::<usize>();
                }
                shape.enter(name, whole);
            }
        }
        if shape.open.len() > DEPTH || work > WORK || reopened > REOPENED || tags > TAGS || roots > ROOTS {
            return false;
        }
    }
    true
}

/// The cost of writing a text again: html5ever 0.40 looks through the rest of it for every character that it has to
/// escape, some 64 bytes in the time that other work takes for one.
fn escapes(text: &str) -> usize {
    if text.len() < 4096 {
        return 0;
    }
    memchr::memchr2_iter(b'&', 0xc2, text.as_bytes()).count().saturating_mul(text.len() / 64)
}

/// The elements that are open at one place of a page.
#[derive(Default)]
struct Shape<'a> {
    open: Vec<&'a str>,
    /// How many formatting elements of each kind run on, whether their element is still open or was cut off.
    running: [usize; FORMATTING.len()],
    /// The number of open drawings and formulas, in which the rules of HTML do not hold.
    foreign: usize,
}

impl<'a> Shape<'a> {
    fn enter(&mut self, name: &'a str, whole: &str) {
        if is_one_of(name, &VOID) {
            if name.eq_ignore_ascii_case("hr") {
                self.cut(|other| other.eq_ignore_ascii_case("p"), |other| is_one_of(other, &SCOPES));
            }
            return;
        }
        if is_one_of(name, &["html", "head", "body"]) || (self.foreign > 0 && whole.ends_with("/>")) {
            return;
        }
        self.foreign += usize::from(is_one_of(name, &["svg", "math"]));
        if self.foreign == 0 {
            if is_one_of(name, &TABLE_PARTS) {
                return;
            }
            self.make_room(name);
        }
        if let Some(kind) = formatting(name).and_then(|kind| self.running.get_mut(kind)) {
            *kind += 1;
        }
        self.open.push(name);
    }

    /// Closes the elements that a start tag closes.
    fn make_room(&mut self, name: &str) {
        let is = |kind: &str| name.eq_ignore_ascii_case(kind);
        let item = |other: &str| is_special(other) && !is_one_of(other, &["address", "div", "p"]);
        if is("li") {
            self.cut(|other| other.eq_ignore_ascii_case("li"), item);
        } else if is("dd") || is("dt") {
            self.cut(|other| is_one_of(other, &["dd", "dt"]), item);
        } else if is("a") {
            self.close("a");
        } else if is("option") && self.open.last().is_some_and(|last| last.eq_ignore_ascii_case("option")) {
            self.open.pop();
        }
        let heading = is_one_of(name, &HEADINGS);
        if heading || is_one_of(name, &["p", "li", "dd", "dt", "form"]) || is_one_of(name, &CONTAINERS) {
            self.cut(|other| other.eq_ignore_ascii_case("p"), |other| is_one_of(other, &SCOPES));
        }
        if heading && self.open.last().is_some_and(|last| is_one_of(last, &HEADINGS)) {
            self.open.pop();
        }
    }

    /// Closes the innermost element for which `wanted` is true, with its content, unless one for which `stops` is true
    /// stands between.
    fn cut(&mut self, wanted: impl Fn(&str) -> bool, stops: impl Fn(&str) -> bool) {
        if let Some(at) = self.find(wanted, stops) {
            let lost = self.open.drain(at..).filter(|name| is_one_of(name, &["svg", "math"])).count();
            self.foreign = self.foreign.saturating_sub(lost);
        }
    }

    fn find(&self, wanted: impl Fn(&str) -> bool, stops: impl Fn(&str) -> bool) -> Option<usize> {
        for (at, name) in self.open.iter().enumerate().rev() {
            if wanted(name) {
                return Some(at);
            }
            if stops(name) {
                return None;
            }
        }
        None
    }

    /// Closes one element.
    fn close(&mut self, name: &str) {
        let same = |other: &str| other.eq_ignore_ascii_case(name);
        let scope = |other: &str| is_one_of(other, &SCOPES);
        if let Some(kind) = formatting(name) {
            // Elements that were opened inside it stay open.
            if let Some(at) = self.find(same, scope) {
                self.open.remove(at);
            }
            if let Some(running) = self.running.get_mut(kind) {
                *running = running.saturating_sub(1);
            }
        } else if same("form") {
            if let Some(at) = self.find(same, scope) {
                self.open.remove(at);
            }
        } else if is_one_of(name, &HEADINGS) {
            self.cut(|other| is_one_of(other, &HEADINGS), scope);
        } else if same("li") {
            self.cut(same, |other| scope(other) || is_one_of(other, &["ul", "ol"]));
        } else if is_special(name) {
            self.cut(same, scope);
        } else {
            self.cut(same, is_special);
        }
    }
}

fn formatting(name: &str) -> Option<usize> {
    FORMATTING.iter().position(|other| other.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ordinary_pages_are_tame_however_sloppy() {
        let cases = [
            "<p>one<table><tr><td>three</table>".repeat(5000),
            "<ul><li>one<li>two<p>x<li>three</ul><dl><dt>a<dd>b<dt>c</dl>".repeat(2000),
            "<select><option>one<option>two</select>".repeat(2000),
            "<div><p><a href=x><b>bold</b></a> <i>x</i></div>".repeat(2000),
            "<p><a name=x>never closed ".repeat(2000),
            "<p><b>cut off<p>and closed</b> late".repeat(2000),
            "<div title='</div><div>'></div>".repeat(2000),
            format!("<script>{}</script>", "document.write('<div>');".repeat(1000)),
            "<br>".repeat(10_000),
            "<h1>unclosed <h2>heading".repeat(2000),
        ];
        for page in cases {
            assert!(is_tame(&page), "{}", &page[..40]);
        }
    }

    #[test]
    fn pages_that_would_take_too_long_are_found_out() {
        let cases = [
            "<div>".repeat(1000),
            "<div></x>".repeat(1000),
            "<b><div></b>".repeat(1000),
            "<span><div></span>".repeat(1000),
            "<span><h1></span>".repeat(1000),
            "<li><dd>".repeat(1000),
            "<rt>".repeat(1000),
            "<body><div></body>".repeat(1000),
            "<div><table></div>".repeat(1000),
            "<svg><td>".to_owned() + &"<td>".repeat(1000),
            "<i>x<p>".repeat(2000),
            format!("{}{}", "<div>".repeat(200), "words ".repeat(500_000)),
            "&amp;&lt;".repeat(100_000),
            format!("<p {}>", "a=1 ".repeat(100_000)),
            "<html a=1>".repeat(1000),
        ];
        for page in cases {
            assert!(!is_tame(&page), "{}", &page[..20]);
        }
    }

    proptest! {
        #[test]
        fn any_page_is_judged(page in "(</?(p|div|li|dd|b|a|span|svg|table|form|h1|option)( a=\"|/)?>|<|>|\"|é| ){0,60}") {
            is_tame(&page);
        }
    }
}
