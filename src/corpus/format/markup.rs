//! Pieces of HTML inside other formats: the bodies of mails, feeds and wires.

#[cfg(any(test, not(feature = "html")))]
use super::shared::entities;
#[cfg(any(test, not(feature = "html")))]
use super::shared::flow::Flow;
#[cfg(any(feature = "xml", not(feature = "html")))]
use super::shared::flow::Gap;
use super::shared::hyphens;
use crate::corpus::input::line_ends;

/// The text of a value that may be plain or HTML.
pub(super) fn text_of_value(value: String) -> String {
    if is_markup(&value) { text_of(&value) } else { hyphens::join(line_ends::in_text(value)) }
}

/// Returns whether a value that may be plain text is HTML: it has an element with an end tag, or a break.
pub(super) fn is_markup(value: &str) -> bool {
    let mut rest = value;
    // The first few tags decide: a text about tags is not made of them.
    for _ in 0..8 {
        let Some(at) = rest.find('<') else { return false };
        rest = rest.get(at + 1..).unwrap_or_default();
        let name = rest.strip_prefix('/').unwrap_or(rest);
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let (name, after) = name.split_at_checked(end).unwrap_or((name, ""));
        let closes = after.starts_with('>') || after.starts_with([' ', '/', '\n', '\t', '\r']) && after.contains('>');
        if closes && (is_block(name) || is_inline(name)) {
            return true;
        }
    }
    false
}

fn is_inline(name: &str) -> bool {
    const NAMES: [&str; 16] =
        ["a", "abbr", "b", "code", "em", "font", "i", "img", "q", "small", "span", "strong", "sub", "sup", "u", "s"];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Returns whether an element stands apart from the text around it. Elements of newswire XML are included.
pub(super) fn is_block(name: &str) -> bool {
    const NAMES: [&str; 56] = [
        "address",
        "article",
        "aside",
        "block",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "fn",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hedline",
        "hl1",
        "hl2",
        "hr",
        "html",
        "li",
        "lg",
        "main",
        "nav",
        "note",
        "ol",
        "p",
        "para",
        "pre",
        "quote",
        "section",
        "simpara",
        "sp",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "ab",
        "media-caption",
    ];
    NAMES.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The gap around an element, if it has one.
#[cfg(any(feature = "xml", not(feature = "html")))]
pub(super) fn gap_of(name: &str) -> Option<Gap> {
    let any = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if any(&["br", "li", "tr", "dt", "dd", "l"]) {
        Some(Gap::Line)
    } else if any(&["td", "th"]) {
        Some(Gap::Space)
    } else {
        is_block(name).then_some(Gap::Paragraph)
    }
}

/// The text of a piece of HTML, with blank lines between its paragraphs.
#[cfg(feature = "html")]
pub(super) fn text_of(html: &str) -> String {
    super::html::whole_text(html).trim().to_owned()
}

/// The text of a piece of HTML, with blank lines between its paragraphs. Only tags are removed.
#[cfg(not(feature = "html"))]
pub(super) fn text_of(html: &str) -> String {
    strip(html)
}

/// Removes tags in one pass, for builds without the readers of whole pages.
#[cfg(any(test, not(feature = "html")))]
fn strip(html: &str) -> String {
    let mut flow = Flow::default();
    let mut rest = html;
    while !rest.is_empty() {
        let (words, tail) = rest.split_at_checked(rest.find('<').unwrap_or(rest.len())).unwrap_or((rest, ""));
        flow.words(&entities::unescape(words));
        let Some(tag) = tail.strip_prefix('<') else { break };
        let name = tag.strip_prefix('/').unwrap_or(tag);
        if tag.starts_with("!--") {
            rest = tag.find("-->").and_then(|end| tag.get(end + 3..)).unwrap_or_default();
            continue;
        }
        if !name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?')) {
            flow.words("<");
            rest = tag;
            continue;
        }
        let end = name.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap_or(name.len());
        let name = name.get(..end).unwrap_or_default();
        if let Some(gap) = gap_of(name) {
            flow.gap(gap);
        }
        rest = tag.find('>').and_then(|end| tag.get(end + 1..)).unwrap_or_default();
        if !tag.starts_with('/') && ["script", "style", "title"].iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
            rest = rest.find("</").and_then(|end| rest.get(end..)).unwrap_or_default();
        }
    }
    flow.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn markup_is_told_from_text_that_has_signs_in_it() {
        for (value, expected) in [
            ("<p>The mill</p>", true),
            ("Words <br/> words", true),
            ("a <a href='x'>mill</a>", true),
            ("1 < 2 and 3 > 2", false),
            ("I <3 mills", false),
            ("From: <ann@example.org>", false),
            ("plain", false),
            ("<p", false),
        ] {
            assert_eq!(is_markup(value), expected, "{value}");
        }
    }

    #[test]
    fn scraps_give_their_text_with_and_without_the_readers_of_pages() {
        let html = "<style>p{}</style><p>The &quot;mill&quot; turns&nbsp;&#8211; caf&eacute;.</p>\n<p>It <b>grinds</b>.<br>All day.</p><!-- no --><ul><li>one<li>two</ul>";
        let expected = "The \"mill\" turns\u{a0}– café.\n\nIt grinds.\nAll day.\n\none\ntwo";
        assert_eq!(text_of(html), expected);
        assert_eq!(strip(html), expected);
        assert_eq!(strip("1 < 2 &unknown; & more"), "1 < 2 &unknown; & more");
    }

    proptest! {
        #[test]
        fn any_scrap_is_read(html in "(<(p|b|br|!--|script|/p)( a=b)?>?|word |é|&amp;|&|;|<|>){0,40}") {
            strip(&html);
            text_of(&html);
            is_markup(&html);
        }
    }
}
