//! Structured data in a page: schema.org in JSON-LD.

use std::collections::HashMap;

use serde_json::Value;

use super::json_mend;
use crate::corpus::raw::{Declared, Origin};

/// The most objects of a page that are looked at.
const OBJECTS: usize = 500;

/// The facts about a page that tell its own article from others that it mentions.
pub(super) struct Page<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) address: Option<&'a str>,
}

impl Page<'_> {
    /// Returns whether an object is about this page: by its address or its headline.
    fn is_about(&self, object: &Value) -> bool {
        let text = |key: &str| {
            let value = object.get(key)?;
            value.as_str().or_else(|| value.get("@id").or_else(|| value.get("url"))?.as_str())
        };
        let plain = |address: &str| {
            let address = address.split(['#', '?']).next().unwrap_or(address).trim_end_matches('/');
            address.split_once("://").map_or(address, |(_, rest)| rest).to_owned()
        };
        let here = self.address.map(plain);
        let titled = self.title.zip(text("headline").or_else(|| text("name")));
        here.is_some() && ["url", "mainEntityOfPage", "@id"].iter().any(|key| text(key).map(plain) == here)
            || titled.is_some_and(|(title, headline)| headline.len() >= 10 && title.contains(headline))
    }
}

/// What the blocks of a page declare about its publication, articles first, and the text of the article if they have
/// it. Broken blocks are skipped.
pub(super) fn declared(blocks: &[String], page: &Page) -> (Vec<Declared>, Option<String>) {
    let parsed: Vec<Value> = blocks.iter().filter_map(|block| json_mend::parse(block)).collect();
    let objects = flatten(&parsed);
    let names: HashMap<&str, &str> = objects
        .iter()
        .filter_map(|object| Some((object.get("@id")?.as_str()?, object.get("name")?.as_str()?)))
        .collect();
    let mut ranked: Vec<(usize, &Value)> =
        objects.into_iter().filter_map(|object| Some((rank(object)?, object))).collect();
    if ranked.iter().filter(|(rank, _)| *rank == 0).count() > 1 {
        // Of several articles, the page's own comes first.
        ranked.sort_by_cached_key(|(rank, object)| (*rank, !page.is_about(object)));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut declared = Vec::new();
    let mut body = None;
    for (rank, object) in ranked {
        if rank == 0 && body.is_none() {
            body = object.get("articleBody").and_then(Value::as_str).map(str::to_owned);
        }
        let kind = kinds(object).next().unwrap_or("");
        if rank == 2 {
            // The date of a film or picture is a weak clue to that of the page that shows it.
            if let Some(value) = object.get("uploadDate").and_then(scalar) {
                push(&mut declared, Origin::PageText, kind, "uploadDate", value);
            }
            continue;
        }
        for key in ["datePublished", "dateCreated", "uploadDate", "dateModified", "headline", "inLanguage"] {
            if let Some(value) = object.get(key).and_then(scalar) {
                push(&mut declared, Origin::JsonLd, kind, key, value);
            }
        }
        for (key, name) in [("publisher", "publisher.name"), ("author", "author.name"), ("creator", "creator.name")] {
            if let Some(value) = object.get(key).and_then(|value| names_of(value, &names)) {
                push(&mut declared, Origin::JsonLd, kind, name, value);
            }
        }
    }
    (declared, body)
}

fn push(declared: &mut Vec<Declared>, origin: Origin, kind: &str, name: &str, value: String) {
    let value = value.trim();
    let again = declared.iter().any(|other: &Declared| other.name == name && other.value == value);
    if value.is_empty() || value.len() > 1000 || again || declared.len() > 200 {
        return;
    }
    let place = if kind.is_empty() { format!("json-ld {name}") } else { format!("json-ld {kind} {name}") };
    declared.push(Declared { origin, name: name.to_owned(), value: value.to_owned(), place });
}

/// All objects that may stand for the page, including those of lists and graphs.
fn flatten(values: &[Value]) -> Vec<&Value> {
    let mut objects = Vec::new();
    let mut waiting: Vec<&Value> = values.iter().rev().collect();
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(items) => waiting.extend(items.iter().take(OBJECTS).rev()),
            Value::Object(fields) => {
                objects.push(value);
                waiting.extend(["mainEntity", "@graph"].iter().filter_map(|key| fields.get(*key)));
            }
            _ => {}
        }
        if objects.len() + waiting.len() > 4 * OBJECTS || objects.len() > OBJECTS {
            break;
        }
    }
    objects
}

fn kinds(object: &Value) -> impl Iterator<Item = &str> {
    let kind = object.get("@type");
    let many = kind.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    kind.and_then(Value::as_str).into_iter().chain(many.iter().filter_map(Value::as_str))
}

/// The rank of an object: articles, then pages, then films. None for subjects of pages, such as books and events, and
/// for things beside them, such as comments and the site.
fn rank(object: &Value) -> Option<usize> {
    const ARTICLES: [&str; 6] =
        ["BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "DiscussionForumPosting", "Report", "PressRelease"];
    const PAGES: [&str; 22] = [
        "ImageGallery",
        "MediaGallery",
        "VideoGallery",
        "CheckoutPage",
        "RealEstateListing",
        "ClaimReview",
        "DigitalDocument",
        "Letter",
        "WebPage",
        "AboutPage",
        "CollectionPage",
        "ContactPage",
        "FAQPage",
        "ItemPage",
        "MedicalWebPage",
        "ProfilePage",
        "QAPage",
        "Question",
        "CreativeWork",
        "WebContent",
        "Recipe",
        "HowTo",
    ];
    const FILMS: [&str; 4] = ["VideoObject", "PodcastEpisode", "NewsEpisode", "RadioEpisode"];
    // `http://schema.org/NewsArticle`, `schema:NewsArticle`
    let named = |kind: &str| kind.rsplit(['/', ':', '#']).next().unwrap_or(kind).to_owned();
    let any = |is: &dyn Fn(&str) -> bool| kinds(object).any(|kind| is(&named(kind)));
    if any(&|kind| kind.ends_with("Article") || ARTICLES.contains(&kind)) {
        return Some(0);
    }
    if any(&|kind| FILMS.contains(&kind)) {
        return Some(2);
    }
    // A block without a type counts as what most blocks are.
    (kinds(object).next().is_none() || any(&|kind| PAGES.contains(&kind))).then_some(1)
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => items.first().filter(|first| !first.is_array()).and_then(scalar),
        Value::Object(fields) => fields.get("@value").filter(|value| value.is_string()).and_then(scalar),
        _ => None,
    }
}

/// The names of people or organisations, joined by `, `. An object without a name may refer to another by its `@id`.
fn names_of(value: &Value, names: &HashMap<&str, &str>) -> Option<String> {
    let one = |value: &Value| match value {
        Value::String(name) => Some(name.clone()),
        Value::Object(fields) => match fields.get("name") {
            Some(name) => scalar(name),
            None => {
                fields.get("@id").and_then(Value::as_str).and_then(|id| names.get(id)).map(|name| (*name).to_owned())
            }
        },
        _ => None,
    };
    match value {
        Value::Array(items) => {
            let names: Vec<String> = items.iter().take(20).filter_map(one).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        other => one(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(block: &str) -> Vec<String> {
        declared(&[block.to_owned()], &Page { title: None, address: None })
            .0
            .into_iter()
            .map(|d| format!("{} = {}", d.place, d.value))
            .collect()
    }

    #[test]
    fn an_article_is_found_wherever_it_stands() {
        let expected =
            ["json-ld NewsArticle datePublished = 2024-02-26T08:00:00Z", "json-ld NewsArticle publisher.name = Post"];
        let article = r#"{"@type":"NewsArticle","datePublished":"2024-02-26T08:00:00Z","publisher":{"name":"Post"}}"#;
        let cases = [
            article.to_owned(),
            format!("[{article}]"),
            format!(r#"{{"@graph":[{{"@type":"WebSite","name":"x"}},{article}]}}"#),
            format!("<!--{article}-->"),
            format!("//<![CDATA[\n{article}\n//]]>"),
        ];
        for block in cases {
            assert_eq!(of(&block), expected, "{block}");
        }
    }

    #[test]
    fn articles_go_before_pages_and_comments_are_left_out() {
        let block = r##"{"@graph":[
            {"@type":"WebPage","datePublished":"2001"},
            {"@type":["Article","Thing"],"datePublished":"2002","author":[{"name":"A"},{"name":"B"}],"publisher":{"@id":"#o"}},
            {"@type":"Comment","datePublished":"2003"},
            {"@type":"Organization","@id":"#o","name":"The Org"}]}"##;
        let expected = [
            "json-ld Article datePublished = 2002",
            "json-ld Article publisher.name = The Org",
            "json-ld Article author.name = A, B",
            "json-ld WebPage datePublished = 2001",
        ];
        assert_eq!(of(block), expected);
    }

    #[test]
    fn what_the_page_speaks_of_has_dates_of_its_own() {
        for kind in [
            "WebSite",
            "Book",
            "Movie",
            "TVSeries",
            "Dataset",
            "Course",
            "LocalBusiness",
            "Product",
            "Event",
            "JobPosting",
            "SoftwareApplication",
            "Person",
            "Organization",
            "Comment",
            "Review",
            "MusicAlbum",
            "Blog",
            "Periodical",
        ] {
            let block = format!(r#"{{"@graph":[{{"@type":"{kind}","datePublished":"2001-01-01"}}]}}"#);
            assert_eq!(of(&block), [""; 0], "{kind}");
        }
        for kind in
            ["OpinionNewsArticle", "http://schema.org/NewsArticle", "TechArticle", "LiveBlogPosting", "ItemPage"]
        {
            let block = format!(r#"{{"@type":"{kind}","datePublished":"2019-03-04"}}"#);
            assert_eq!(of(&block).len(), 1, "{kind}");
        }
        let block = r#"{"@type":"WebPage","dateModified":"2022-01-01","mainEntity":{"@type":"NewsArticle","datePublished":"2019-03-04"}}"#;
        assert_eq!(of(block).first().map(String::as_str), Some("json-ld NewsArticle datePublished = 2019-03-04"));
    }

    #[test]
    fn of_several_articles_the_page_s_own_comes_first() {
        let block = r##"[
            {"@type":"NewsArticle","headline":"Another story of the day","datePublished":"2001","url":"https://a.example/x"},
            {"@type":"NewsArticle","headline":"Ships sail at noon","datePublished":"2002","mainEntityOfPage":{"@id":"http://a.example/y/"}},
            {"@type":"VideoObject","uploadDate":"2003"}]"##;
        let first = |title: Option<&str>, address: Option<&str>| {
            let (declared, _) = declared(&[block.to_owned()], &Page { title, address });
            let dates = declared.iter().filter(|d| d.name.contains("ate"));
            dates.map(|d| format!("{:?} {}", d.origin, d.value)).collect::<Vec<_>>()
        };
        let own = ["JsonLd 2002", "JsonLd 2001", "PageText 2003"];
        assert_eq!(first(None, None), ["JsonLd 2001", "JsonLd 2002", "PageText 2003"]);
        assert_eq!(first(Some("Ships sail at noon | The Post"), None), own);
        assert_eq!(first(None, Some("https://a.example/y?from=feed")), own);
    }

    #[test]
    fn broken_and_hostile_blocks_say_nothing() {
        assert!(of("{\"@type\": \"Article\", ").is_empty());
        assert!(of(&"[".repeat(100_000)).is_empty());
        assert!(of("").is_empty());
        assert_eq!(of("{\"headline\": \"two\nlines\"}"), ["json-ld headline = two lines"]);
    }
}
