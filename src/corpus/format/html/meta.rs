//! What a page says of itself outside its text.

use dom_query::{Document, NodeRef};

use super::json_ld;
use super::text::short_text;
use crate::corpus::raw::{Declared, Origin};

/// How many values of each kind are kept: pages have few of their own and hostile ones many.
const MANY: usize = 300;

/// What a page says of itself.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) declared: Vec<Declared>,
    pub(super) language: Option<String>,
    pub(super) canonical: Option<String>,
    /// The text of the article as its structured data have it.
    pub(super) body: Option<String>,
    /// The content of `<title>`.
    pub(super) title: Option<String>,
    /// The first `<h1>` that has a text.
    pub(super) heading: Option<String>,
}

impl Facts {
    /// The first value declared under one of these names, the first name first.
    pub(super) fn value(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.declared.iter().find(|declared| declared.name.eq_ignore_ascii_case(name)).map(|d| d.value.as_str())
        })
    }
}

/// Gathers them in one pass over the tree.
pub(super) fn gather(page: &Document) -> Facts {
    let mut facts = Facts::default();
    let mut blocks = Vec::new();
    let mut times = Vec::new();
    for node in page.root().descendants_it() {
        let Some(name) = node.node_name() else { continue };
        match &*name {
            "html" => facts.language = attribute(&node, "lang").or_else(|| attribute(&node, "xml:lang")),
            "title" if facts.title.is_none() => facts.title = tidy(&node.text()),
            "meta" => meta(&mut facts, &node),
            "link" => {
                let canonical = node.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
                if canonical && facts.canonical.is_none() {
                    facts.canonical = attribute(&node, "href").filter(|url| url.contains("://"));
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
            "time" if times.len() < MANY => times.extend(time(&node)),
            "h1" if facts.heading.is_none() => facts.heading = short_text(&node, 600),
            "style" | "path" | "img" | "br" | "body" | "head" => {}
            _ => {
                if times.len() < MANY {
                    times.extend(dated_element(&node));
                }
            }
        }
    }
    let (structured, body) = json_ld::declared(&blocks);
    facts.declared.splice(0..0, structured);
    facts.body = body;
    facts.declared.extend(times);
    facts
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

/// A `<time>`, named `time` with its property or classes after a dot: `time.updated`.
fn time(node: &NodeRef) -> Option<Declared> {
    let value = attribute(node, "datetime").filter(|value| value.len() <= 100).or_else(|| short_text(node, 100))?;
    let name = match attribute(node, "itemprop") {
        Some(property) => property,
        None => match attribute(node, "class").or_else(|| node.has_attr("pubdate").then(|| "pubdate".to_owned())) {
            Some(class) => format!("time.{}", clip(&class)),
            None => "time".to_owned(),
        },
    };
    Some(Declared { origin: Origin::TimeElement, name, value, place: "time element".to_owned() })
}

/// An element whose property, class or id speaks of a date or an author, and which holds little else.
fn dated_element(node: &NodeRef) -> Option<Declared> {
    let element = node.element_ref()?;
    let (mut property, mut label) = (None, None);
    for attr in &element.attrs {
        match &*attr.name.local {
            "itemprop" => property = Some(attr.value.to_string()),
            "class" | "id" if label.is_none() && speaks_of_date(&attr.value) => {
                label = Some(format!("{}.{}", &*attr.name.local, clip(&attr.value)));
            }
            _ => {}
        }
    }
    drop(element);
    let property = property.filter(|property| {
        matches!(
            property.as_str(),
            "datePublished"
                | "dateCreated"
                | "dateModified"
                | "uploadDate"
                | "author"
                | "publisher"
                | "creator"
                | "dateline"
        )
    });
    let name = property.or(label)?;
    let value = attribute(node, "content")
        .or_else(|| attribute(node, "datetime"))
        .filter(|value| value.len() <= 100)
        .or_else(|| short_text(node, 100))?;
    let place = format!("element {name}");
    Some(Declared { origin: Origin::TimeElement, name, value, place })
}

fn speaks_of_date(label: &str) -> bool {
    const WORDS: [&str; 10] =
        ["date", "time", "timestamp", "datetime", "published", "pubdate", "posted", "publish", "created", "dateline"];
    label.len() <= 200
        && label.split(|c: char| !c.is_ascii_alphabetic()).any(|part| {
            let camel = |word: &str| {
                // `postDate`, `dateLine`, but not `update` or `overtime`.
                part.len() > word.len()
                    && (part.get(part.len() - word.len()..).is_some_and(|end| {
                        end.starts_with(|c: char| c.is_ascii_uppercase()) && end.eq_ignore_ascii_case(word)
                    }) || (part.starts_with(word)
                        && part
                            .get(word.len()..)
                            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))))
            };
            WORDS.iter().any(|word| part.eq_ignore_ascii_case(word) || camel(word))
                || part.eq_ignore_ascii_case("postdate")
        })
}

fn clip(label: &str) -> String {
    label.split_ascii_whitespace().take(6).collect::<Vec<_>>().join(" ").chars().take(80).collect()
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
        let facts = gather(&page);
        assert_eq!(facts.language.as_deref(), Some("de-AT"));
        assert_eq!(facts.canonical.as_deref(), Some("https://a.example/b"));
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
            "author = Jo",
        ];
        assert_eq!(declared, expected);
        assert_eq!(facts.value(&["none", "OG:site_name"]), Some("Post"));
    }

    #[test]
    fn only_words_for_dates_speak_of_dates() {
        for label in ["date", "entry-date", "postDate", "published_on", "dateLine", "meta time", "article__timestamp"] {
            assert!(speaks_of_date(label), "{label}");
        }
        for label in ["update", "candidate", "overtime", "dates-list", "lifetime", ""] {
            assert!(!speaks_of_date(label), "{label}");
        }
    }
}
