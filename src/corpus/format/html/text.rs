//! The text of a part of a page, with blank lines between its paragraphs.

use dom_query::{NodeData, NodeRef};

use super::tags::is_block;
use super::zone;
use super::zone::Zone;
use crate::corpus::format::shared::flow::{Flow, Gap};

/// The parts of a page that are left out, besides those that are never shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Leave {
    /// Nothing more.
    Nothing,
    /// Menus, forms, and what stands beside or under the text, as far as the names of elements tell.
    Surroundings,
    /// The same as far as classes and ids tell, and lists of links.
    Links,
}

enum Step<'a> {
    Enter(NodeRef<'a>),
    /// The end of an element: a blank line, a line, or a space.
    Break(Gap),
}

/// The text under `node`. White space is tidied except within `<pre>`.
pub(super) fn text_of(node: &NodeRef, leave: Leave) -> String {
    let mut flow = Flow::default();
    let whole = if leave == Leave::Links { node.text().len() } else { 0 };
    let mut steps = vec![Step::Enter(*node)];
    while let Some(step) = steps.pop() {
        let node = match step {
            Step::Enter(node) => node,
            Step::Break(gap) => {
                flow.gap(gap);
                continue;
            }
        };
        let Some(name) = node.node_name() else {
            if !read_text(&node, |text| flow.words(text)) && (node.is_document() || node.is_fragment()) {
                steps.extend(node.children_it(true).map(Step::Enter));
            }
            continue;
        };
        let name: &str = &name;
        let beside = leave != Leave::Nothing && matches!(name, "nav" | "footer" | "aside" | "form");
        if is_hidden(name) || beside || leave == Leave::Links && leads_away(&node, name, whole) {
            continue;
        }
        if name == "pre" {
            flow.gap(Gap::Paragraph);
            flow.verbatim(&node.text());
            flow.gap(Gap::Paragraph);
            continue;
        }
        let gap = match name {
            "br" => Some(Gap::Line),
            "li" | "tr" | "dt" | "dd" => Some(Gap::Line),
            "td" | "th" => Some(Gap::Space),
            _ => is_block(name).then_some(Gap::Paragraph),
        };
        if let Some(gap) = gap {
            flow.gap(gap);
            steps.push(Step::Break(gap));
        }
        steps.extend(node.children_it(true).map(Step::Enter));
    }
    flow.finish()
}

/// Returns whether an element exists to lead to other pages. An element with half the text of the page does not,
/// whatever its class: `with-sidebar` may be the class of the box around everything.
fn leads_away(node: &NodeRef, name: &str, whole: usize) -> bool {
    let told = |attribute: &str| {
        let beside = node.attr(attribute).is_some_and(|label| zone::label(&label).zone != Zone::Main);
        beside && node.text().len() * 2 < whole
    };
    match name {
        "ul" | "ol" => told("class") || told("id") || is_list_of_links(node),
        "div" | "section" | "p" | "table" => told("class") || told("id"),
        _ => false,
    }
}

/// Returns whether nearly all of a list's text is links, and at least three.
fn is_list_of_links(list: &NodeRef) -> bool {
    const NODES: usize = 400;
    let (mut all, mut linked, mut links) = (0, 0, 0);
    for node in list.descendants_it().take(NODES) {
        let link = node.node_name().is_some_and(|name| &*name == "a");
        if link {
            links += 1;
            linked += node.text().trim().len();
        } else if node.is_text() {
            all += node.text().trim().len();
        }
    }
    links >= 3 && linked * 10 >= all * 8
}

/// Returns whether an element's content is hidden from a reader.
pub(super) fn is_hidden(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "head"
            | "title"
            | "template"
            | "noscript"
            | "svg"
            | "iframe"
            | "object"
            | "canvas"
            | "audio"
            | "video"
            | "select"
            | "button"
            | "textarea"
            | "datalist"
    )
}

/// Calls `read` with the text of a text node, without copying it. Returns whether it is a text node.
pub(super) fn read_text(node: &NodeRef, read: impl FnOnce(&str)) -> bool {
    let found = node.query(|node| match &node.data {
        NodeData::Text { contents } => {
            read(contents);
            true
        }
        _ => false,
    });
    found.unwrap_or(false)
}

/// The text under `node` on one line, if it is no longer than `longest` bytes. It looks no further than that.
pub(super) fn short_text(node: &NodeRef, longest: usize) -> Option<String> {
    const NODES: usize = 40;
    let mut flow = Flow::default();
    for (seen, inner) in node.descendants_it().enumerate() {
        if seen > NODES || flow.len() > longest {
            return None;
        }
        if inner.is_text() && !inner.parent().and_then(|parent| parent.node_name()).is_some_and(|name| is_hidden(&name))
        {
            flow.words(&inner.text());
            flow.gap(Gap::Space);
        }
    }
    ((1..=longest).contains(&flow.len())).then(|| flow.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use dom_query::Document;

    fn text(html: &str, leave: Leave) -> String {
        text_of(&Document::from(html).root(), leave)
    }

    #[test]
    fn blocks_are_paragraphs_and_inline_elements_are_not() {
        let cases = [
            ("<p>One <b>b</b>old.</p><p>Two</p>", "One bold.\n\nTwo"),
            ("<div> a <div> b </div> c </div>", "a\n\nb\n\nc"),
            ("a<br>b<br><br>c", "a\nb\nc"),
            ("<ul><li>one<li>two</ul>after", "one\ntwo\n\nafter"),
            ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
            ("<pre>\n x\n   y\n</pre>z", " x\n   y\n\nz"),
            ("<p>a\n   b\t c</p>", "a b c"),
            ("10&nbsp;000 <i>x</i> <i>y</i>", "10\u{a0}000 x y"),
            ("x<script>s()</script><style>p{}</style><noscript>n</noscript>y<svg><text>t</text></svg>", "xy"),
            ("<title>T</title><body>", ""),
        ];
        for (html, expected) in cases {
            assert_eq!(text(html, Leave::Nothing), expected, "{html}");
        }
    }

    #[test]
    fn surroundings_are_left_out_on_request() {
        let page = "<nav>Home</nav><header>H</header><p>Story</p><aside>More</aside><footer>Foot</footer>";
        assert_eq!(text(page, Leave::Surroundings), "H\n\nStory");
        assert!(text(page, Leave::Nothing).contains("Foot"));
    }

    #[test]
    fn lists_of_links_and_what_is_classed_as_a_menu_are_left_out_on_request() {
        let page = "<p>The walk was long and the day was fine, and the boats came in with the tide, one by one, until dusk.</p>\
            <div class='main menu'>Home</div><ul><li><a>One</a><li><a>Two</a><li><a>Three</a></ul><p>Story</p>\
            <ul><li>First, <a>one</a> of the points<li>Second, <a>another</a> one<li>Third, the <a>last</a></ul>\
            <div class=related-posts>More</div>";
        let expected = "The walk was long and the day was fine, and the boats came in with the tide, one by one, until dusk.\n\nStory\n\nFirst, one of the points\nSecond, another one\nThird, the last";
        assert_eq!(text(page, Leave::Links), expected);
        assert!(text(page, Leave::Surroundings).contains("Three"));
    }

    #[test]
    fn short_text_is_given_only_if_it_is_short() {
        let page = Document::from("<p>26 <b>May</b>\n2024</p>");
        assert_eq!(page.select("p").nodes().first().and_then(|p| short_text(p, 40)).as_deref(), Some("26 May 2024"));
        assert_eq!(page.select("p").nodes().first().and_then(|p| short_text(p, 5)), None);
    }
}
