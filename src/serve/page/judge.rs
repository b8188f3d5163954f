//! Pages as the tests judge them: their tags, their text, their links, and whether they are sound HTML.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet, HashSet};

/// One tag of a page.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) closes: bool,
}

/// A text with its character references read.
pub(super) fn unescaped(text: &str) -> String {
    html_escape::decode_html_entities(text).into_owned()
}

/// The tags of a page in their order. The pages are written by one program, which quotes all attributes.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        let (closes, body) = rest.strip_prefix('/').map_or((false, rest), |body| (true, body));
        if body.starts_with('!') {
            continue;
        }
        let name: String = body.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        assert!(!name.is_empty(), "a bare < in {:.80}", body);
        let (mut at, mut attributes) = (name.len(), BTreeMap::new());
        loop {
            let tail = body[at..].trim_start();
            at = body.len() - tail.len();
            if tail.starts_with('>') {
                break;
            }
            let key: String = tail.chars().take_while(|c| !c.is_whitespace() && *c != '=' && *c != '>').collect();
            at += key.len();
            let value = match body[at..].strip_prefix("=\"") {
                Some(quoted) => {
                    let end = quoted.find('"').unwrap();
                    at += end + 3;
                    unescaped(&quoted[..end])
                }
                None => String::new(),
            };
            assert!(attributes.insert(key.clone(), value).is_none(), "{key} twice");
        }
        rest = &body[at..];
        tags.push(Tag { name, attributes, closes });
    }
    tags
}

/// The text of a page, without its tags.
pub(super) fn text_of(html: &str) -> String {
    let pieces = html.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text));
    unescaped(&pieces.collect::<String>())
}

/// Tags that are never closed.
const VOID: [&str; 6] = ["meta", "link", "input", "br", "hr", "img"];
/// The tags that pages are made of.
const NAMED: &str = "a article aside b bdi blockquote body br button caption code datalist dd defs del details dialog div dl dt \
    figcaption figure footer form g h1 h2 h3 h4 head header html input ins kbd label li line link main \
    mark meta nav ol option p pre q rect script section select small span summary sup svg table tbody td \
    text th thead time title tr ul use";

/// Fails where a page is not sound: tags that do not match, a name given twice, anything that could run or be fetched.
#[track_caller]
pub(super) fn sound(address: &str, html: &str) {
    let mut open: Vec<String> = Vec::new();
    let mut ids = HashSet::new();
    for tag in tags(html) {
        let name = tag.name.as_str();
        assert!(NAMED.split(' ').any(|known| known == name), "{address}: <{name}>");
        if tag.closes {
            assert_eq!(open.pop().as_deref(), Some(name), "{address}");
            continue;
        }
        for (key, value) in &tag.attributes {
            assert!(!key.starts_with("on") && key != "style", "{address}: {key}={value}");
            if ["href", "src", "action"].contains(&key.as_str()) {
                let is_ours = value.starts_with('/') && !value.starts_with("//") || value.starts_with('#');
                let is_outward = name == "a"
                    && tag.attributes.get("class").is_some_and(|class| class == "outward")
                    && (value.to_lowercase().starts_with("http://") || value.to_lowercase().starts_with("https://"));
                assert!(is_ours || is_outward, "{address}: {key}={value}");
            }
            if key == "id" {
                assert!(ids.insert(value.clone()), "{address}: id {value} twice");
            }
        }
        if name == "script" {
            assert!(tag.attributes.contains_key("src"), "{address}");
        }
        if !VOID.contains(&name) {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty(), "{address}: {open:?}");
    assert!(!html.contains("<style"), "{address}");
}

/// The names that a link may lead to within the page.
pub(super) fn ids(html: &str) -> BTreeSet<String> {
    tags(html).into_iter().filter_map(|tag| tag.attributes.get("id").cloned()).collect()
}

/// Where its links lead.
pub(super) fn links(html: &str) -> BTreeSet<String> {
    let href = |tag: Tag| (tag.name == "a").then(|| tag.attributes.get("href").cloned()).flatten();
    tags(html).into_iter().filter_map(href).collect()
}
