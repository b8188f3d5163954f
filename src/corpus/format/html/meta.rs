//! The facts that a page states about itself outside its text.

use dom_query::{Document, NodeRef};

use super::address::{Saved, address};
use super::dated;
use super::dated::Dated;
use super::facts::Facts;
use super::json_ld;
use super::lines::{Headline, Line, Lines, Spot};
use super::script;
use super::tags::is_block;
use super::text::{is_hidden, read_text, short_text};
use super::zone::Zone;
use crate::corpus::raw::{Declared, Origin};

/// The most values of each kind that are kept. Pages have few of their own, and hostile pages have many.
const MANY: usize = 300;

/// The approximate number of letters and signs of a text without white space, in bytes.
pub(super) fn letters(text: &str) -> usize {
    text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count()
}

/// A step of the walk over a page.
enum Step<'a> {
    Enter(NodeRef<'a>, Zone),
    Leave(Boundary, Zone),
}

/// What ends with an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Boundary {
    Inline,
    Block,
    Heading(u8),
}

/// Gathers the facts in one pass over the tree of a page, which is `written` so.
pub(super) fn gather(page: &Document, written: &str) -> Facts {
    let mut facts = Facts::default();
    let (mut canonical, mut saved) = (None, Saved::of(written));
    let mut blocks = Vec::new();
    let mut dated: Vec<Dated> = Vec::new();
    let mut lines = Lines::default();
    let mut steps = vec![Step::Enter(page.root(), Zone::Main)];
    while let Some(step) = steps.pop() {
        let (node, zone) = match step {
            Step::Enter(node, zone) => (node, zone),
            Step::Leave(Boundary::Inline, _) => {
                lines.gap();
                continue;
            }
            Step::Leave(Boundary::Block, zone) => {
                lines.end(zone);
                continue;
            }
            Step::Leave(Boundary::Heading(_), zone) => {
                lines.heading(None, zone);
                continue;
            }
        };
        let Some(name) = node.node_name() else {
            let is_text = read_text(&node, |text| {
                facts.letters += letters(text);
                lines.words(text);
            });
            if !is_text {
                steps.extend(node.children_it(true).map(|child| Step::Enter(child, zone)));
            }
            continue;
        };
        let name: &str = &name;
        match name {
            "html" => {
                facts.language = attribute(&node, "lang").or_else(|| attribute(&node, "xml:lang"));
                let [from, when] =
                    ["data-scrapbook-source", "data-scrapbook-create"].map(|name| attribute(&node, name));
                saved = saved.or(from.as_deref(), when.as_deref());
            }
            "title" if facts.title.is_none() => facts.title = tidy(&node.text()),
            "meta" => meta(&mut facts, &node),
            "link" => {
                let is_canonical = node.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
                if is_canonical && canonical.is_none() {
                    canonical = attribute(&node, "href").filter(|url| url.contains("://"));
                }
            }
            "script" => {
                let data = node
                    .attr("type")
                    .is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("application/ld+json"));
                if data && blocks.len() < MANY {
                    blocks.push(node.text().to_string());
                }
            }
            "br" | "hr" => lines.end(zone),
            "h1" if facts.heading.is_none() => facts.heading = short_text(&node, 600),
            "img" => facts.pictures += usize::from(node.attr("alt").is_some_and(|alt| !alt.trim().is_empty())),
            "button" | "select" | "textarea" | "noscript" | "iframe" | "object" => {
                facts.hidden += usize::from(node.children_it(false).next().is_some());
            }
            _ => {}
        }
        if matches!(name, "br" | "hr" | "img" | "meta" | "link" | "input") || is_hidden(name) && name != "head" {
            continue;
        }
        let marks = dated::marks(&node, name);
        let zone = match marks.zone {
            // Readers comment after the story. Before any heading, the word names a kind of story.
            Zone::Comment if !lines.has_heading() => zone,
            opened => zone.max(opened),
        };
        let boundary = match name {
            "h1" => Boundary::Heading(1),
            "h2" => Boundary::Heading(2),
            "h3" => Boundary::Heading(3),
            "h4" | "h5" | "h6" => Boundary::Heading(4),
            _ if is_block(name) => Boundary::Block,
            _ => Boundary::Inline,
        };
        match boundary {
            Boundary::Heading(level) => lines.heading(Some(level), zone),
            Boundary::Block => lines.end(zone),
            Boundary::Inline => {}
        }
        if dated.len() < MANY && zone != Zone::Comment {
            let found = if name == "time" { dated::time(&node, &marks) } else { dated::element(&node, name, &marks) };
            dated.extend(found.map(|declared| Dated {
                change: dated::change(&node, &declared),
                declared,
                zone,
                spot: lines.spot(),
            }));
        }
        steps.push(Step::Leave(boundary, zone));
        steps.extend(node.children_it(true).map(|child| Step::Enter(child, zone)));
    }
    saved = saved.or(facts.value(&["savepage-url"]), facts.value(&["savepage-date"]));
    facts.address = address(&facts, canonical, &saved, written);
    facts.saved = saved.when;
    let title = facts.value(&["og:title"]).or(facts.title.as_deref());
    let (structured, body) = json_ld::declared(&blocks, &json_ld::Page { title, address: facts.address.as_deref() });
    facts.declared.splice(0..0, structured);
    facts.body = body;
    let titles: Vec<&str> = facts.title.as_deref().into_iter().chain(facts.value(&["og:title", "headline"])).collect();
    let (lines, headline) = lines.finish(&titles);
    facts.declared.extend(sights(dated, lines, &headline));
    facts.declared.extend(in_scripts(page, &facts));
    facts
}

/// The publication date in a script of the page, if nothing else in its head has one.
fn in_scripts(page: &Document, facts: &Facts) -> Option<Declared> {
    let declares = |declared: &Declared| {
        let name = declared.name.to_ascii_lowercase();
        matches!(declared.origin, Origin::JsonLd | Origin::Meta) && (name.contains("publi") || name.contains("date"))
    };
    if facts.declared.iter().any(declares) {
        return None;
    }
    let scripts = page.select("script");
    let (name, value) = scripts.nodes().iter().take(MANY).find_map(|script| script::published(&script.text()))?;
    let place = format!("script variable {name}");
    Some(Declared { origin: Origin::PageText, name: name.to_owned(), value, place })
}

/// The dates that the body shows: first those beside the headline, then those in the rest of the main part, then those
/// beside it.
fn sights(dated: Vec<Dated>, lines: Vec<Line>, headline: &Headline) -> Vec<Declared> {
    let mut ranked: Vec<((usize, usize), Declared)> = Vec::new();
    let mut add = |mut declared: Declared, zone: Zone, spot: Spot| {
        let distance = headline.distance(spot, zone);
        declared.origin = match (distance, zone) {
            (Some(_), _) => Origin::PageHead,
            (None, Zone::Main) => declared.origin,
            (None, _) => Origin::PageText,
        };
        let line = usize::from(declared.place.starts_with("line"));
        ranked.push((distance.map_or((1 + line, zone as usize), |distance| (0, distance)), declared));
    };
    let mut changes = Vec::new();
    for Dated { declared, change, zone, spot } in dated {
        changes.extend(change.filter(|text| text.bytes().any(|byte| byte.is_ascii_digit())));
        add(declared, zone, spot);
    }
    for Line { mut text, label, spot, zone } in lines.into_iter().filter(|line| line.zone != Zone::Comment) {
        // The element says that this is the date of a change.
        for change in &changes {
            text = text.replacen(change.as_str(), "", 1);
        }
        if !text.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let place =
            if headline.distance(spot, zone).is_some() { "line beside the headline" } else { "line of the page" };
        add(Declared { origin: Origin::PageLine, name: label, value: text, place: place.to_owned() }, zone, spot);
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, declared)| declared).collect()
}

fn meta(facts: &mut Facts, node: &NodeRef) {
    let Some(content) = attribute(node, "content").filter(|content| content.len() <= 2000) else { return };
    let names = ["property", "name", "itemprop", "http-equiv"];
    let Some(name) = names.iter().find_map(|name| attribute(node, name)).filter(|name| name.len() <= 100) else {
        return;
    };
    if facts.declared.len() < MANY {
        let place = format!("meta {name}");
        facts.declared.push(Declared { origin: Origin::Meta, name, value: content, place });
    }
}

fn attribute(node: &NodeRef, name: &str) -> Option<String> {
    node.attr(name).and_then(|value| tidy(&value))
}

fn tidy(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_asked_for_all_it_declares() {
        let page = Document::from(
            r#"<html lang="de-AT"><head><title> T </title><link rel=canonical href="https://a.example/b">
            <meta property="og:site_name" content="Post"><meta name="DC.date" content="2024-02-26"><meta name=empty content="">
            <meta itemprop=datePublished content="2024-02-25"><meta http-equiv="content-language" content="de">
            <script type="application/ld+json">{"@type":"Article","datePublished":"2024-02-24"}</script>
            <body><h1></h1><h1>Heading</h1><time datetime="2024-02-23" class="entry updated">x</time><time>23 May</time>
            <span class="postDate">22 February 2024</span><div class="dates"><p>no</div><b itemprop=author>Jo</b>
            <div class="date">a very long text that speaks of many other things and so is not a date at all, for sure, no no no no no</div>"#,
        );
        let facts = gather(&page, "");
        assert_eq!(facts.language.as_deref(), Some("de-AT"));
        assert_eq!(facts.address.as_deref(), Some("https://a.example/b"));
        assert_eq!((facts.title.as_deref(), facts.heading.as_deref()), (Some("T"), Some("Heading")));
        let declared: Vec<_> = facts.declared.iter().map(|d| format!("{} = {}", d.name, d.value)).collect();
        let expected = [
            "datePublished = 2024-02-24",
            "og:site_name = Post",
            "DC.date = 2024-02-26",
            "datePublished = 2024-02-25",
            "content-language = de",
            "time.entry updated = 2024-02-23",
            "time = 23 May",
            "class.postDate = 22 February 2024",
            " = x 23 May 22 February 2024",
            "author = Jo",
        ];
        assert_eq!(declared, expected);
        assert_eq!(facts.value(&["none", "OG:site_name"]), Some("Post"));
    }

    #[test]
    fn dates_are_told_apart_by_where_they_stand() {
        let page = Document::from(
            r#"<title>Ships sail at noon | The Post</title>
            <div class="teaser"><h3>Other words</h3><span class="date">21 May 2024</span></div>
            <h1>Ships sail at noon</h1><p>By Ann Example | 26 May 2024</p><p>The story.</p>
            <h2>More</h2><p>Posted on 24 May 2024</p><time datetime="2024-05-23"></time>
            <ol class="commentlist"><li><time datetime="2024-05-27"></time> on 28 May 2024</ol>"#,
        );
        let dated: Vec<_> = gather(&page, "")
            .declared
            .into_iter()
            .map(|d| format!("{:?} {} = {}", d.origin, d.name, d.value))
            .collect();
        assert_eq!(
            dated,
            [
                "PageHead  = By Ann Example | 26 May 2024",
                "TimeElement time = 2024-05-23",
                "PageText class.date = 21 May 2024",
                "PageLine  = Posted on 24 May 2024",
                "PageText  = 21 May 2024",
            ]
        );
    }
}
