//! Web pages: their main text, and what they say of themselves.

mod address;
mod dated;
mod facts;
mod json_ld;
mod json_mend;
mod lines;
mod meta;
mod notices;
mod script;
mod shape;
mod tags;
mod text;
mod zone;

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use crate::corpus::clues::url::original;
use crate::corpus::encoding::Decoded;
use crate::corpus::raw::{Declared, RawDocument};
use crate::document::Place;
use facts::Facts;
use meta::letters;
use text::{Leave, text_of};

/// Reads a page. Its text has blank lines between paragraphs. It is not the file's own text, so no line or byte is
/// given. With `all_text` it is everything on the page: menus, notices, texts of pictures, and what is shown only
/// without scripts.
pub(crate) fn read(decoded: Decoded, all_text: bool) -> RawDocument {
    let (mut facts, mut text) = if shape::is_tame(&decoded.text) {
        let page = Document::from(decoded.text.as_str());
        let facts = meta::gather(&page, &decoded.text);
        (facts, notices::without_notices(main_text(page, &decoded.text)))
    } else {
        let stripped = tags::strip(&decoded.text);
        (meta::gather(&Document::from(stripped.head.as_str()), &stripped.head), stripped.text)
    };
    // Pages that scripts build, or that open only for subscribers, may have their text nowhere else.
    if let Some(body) = facts.body.take().filter(|body| body.len() / 2 > text.len()) {
        text = if body.contains("</") { tags::strip(&body).text } else { body };
    }
    if text.trim().is_empty() {
        let description = facts.value(&["og:description", "description"]);
        text = description.unwrap_or_default().to_owned();
    }
    let beside = facts.letters.saturating_sub(letters(&text));
    if all_text {
        text = tags::everything(&decoded.text);
    }
    let mut raw = RawDocument {
        text,
        title: title(&facts),
        place: Place::default(),
        encoding: Some(decoded.encoding.to_owned()),
        certainty: Some(decoded.certainty),
        ..RawDocument::default()
    };
    raw.leave_out("letters around the main text", beside);
    raw.leave_out("texts of pictures", facts.pictures);
    raw.leave_out("buttons, lists to choose from and notices without scripts", facts.hidden);
    if let Some(window) = facts.title.as_deref().filter(|window| !says_no_more(window, raw.title.as_deref())) {
        raw.metadata.insert("window_title".to_owned(), window.to_owned());
    }
    raw.url = facts.address.as_deref().map(|address| original(address).to_owned());
    if let Some(when) = facts.saved.take() {
        raw.metadata.insert("saved".to_owned(), when);
    }
    raw.language = facts
        .language
        .clone()
        .or_else(|| facts.value(&["content-language", "dc.language", "inLanguage"]).map(str::to_owned));
    for (name, from) in
        [("description", ["og:description", "description"]), ("section", ["article:section", "section"])]
    {
        if let Some(value) = facts.value(&from) {
            raw.metadata.insert(name.to_owned(), value.to_owned());
        }
    }
    if let Some(value) = facts.value(&["keywords", "news_keywords"]) {
        raw.metadata.insert("keywords".to_owned(), value.to_owned());
    }
    raw.declared = facts.declared.into_iter().filter(is_telling).collect();
    raw
}

/// The whole text of a page, menus included: for pages that are parts of something, like the chapters of a book or the
/// bodies of mails.
pub(crate) fn whole_text(page: &str) -> String {
    if shape::is_tame(page) { text_of(&Document::from(page).root(), Leave::Nothing) } else { tags::strip(page).text }
}

/// Returns whether a value may say when, by whom or under what name the page was published. Pages declare much else.
fn is_telling(declared: &Declared) -> bool {
    const TECHNICAL: [&str; 12] = [
        "viewport",
        "theme-color",
        "robots",
        "referrer",
        "generator",
        "format-detection",
        "csrf",
        "verification",
        "og:image",
        "twitter:image",
        "fb:",
        "app-",
    ];
    !TECHNICAL.iter().any(|word| declared.name.contains(word))
}

/// The main text as readability, the algorithm of browsers' reading views, finds it. If it finds nothing, or far less
/// than there is, the text of the whole body without its surroundings.
fn main_text(page: Document, html: &str) -> String {
    let config = Config { disable_json_ld: true, ..Config::default() };
    // The page has passed our own limits; a fault in foreign code must still not end a run over an archive.
    let article = catch_unwind(AssertUnwindSafe(|| {
        let mut reader = Readability::with_document(page, None, Some(config)).ok()?;
        reader.parse().ok()?;
        let found = reader.doc.select_single("#readability-page-1");
        found.nodes().first().map(|node| text_of(node, Leave::Nothing))
    }));
    let article = article.ok().flatten().unwrap_or_default();
    if article.len() >= SHORT {
        return article;
    }
    // The tree has been consumed. Few pages need another, so building it again costs less than looking at every page's
    // body first.
    let body = body_text(&Document::from(html));
    if is_far_too_little(&article, &body) { body } else { article }
}

/// The text of the whole page, without links to other pages.
fn body_text(page: &Document) -> String {
    let body = text_of(&page.root(), Leave::Links);
    // A page of links alone is a page too.
    if body.len() < LITTLE { text_of(&page.root(), Leave::Surroundings) } else { body }
}

/// The bytes below which an article is compared with the whole page: it may be a cookie notice.
const SHORT: usize = 600;

/// The bytes of text, without links, below which a page is read with its links.
const LITTLE: usize = 200;

/// Returns whether an article has only a few words of a page with many more: a cookie notice, or the only paragraph
/// among many line breaks.
fn is_far_too_little(article: &str, body: &str) -> bool {
    article.trim().is_empty() || article.len() * 4 < body.len()
}

/// The title declared for sharing, or else the headline, the first heading, or the title of the window; without the
/// name of the site.
fn title(facts: &Facts) -> Option<String> {
    let site = facts.value(&["og:site_name", "application-name", "publisher.name"]);
    let declared = facts.value(&["og:title", "headline", "twitter:title", "dc.title"]).map(str::to_owned);
    if let Some(title) = declared.or_else(|| facts.heading.clone()) {
        return Some(without_site(&title, site, false));
    }
    facts.title.as_deref().map(|title| without_site(title, site, true))
}

/// Returns whether the window's title adds nothing to the page's title but the name of the site.
fn says_no_more(window: &str, title: Option<&str>) -> bool {
    title.is_some_and(|title| window.contains(title) || title.contains(window))
}

/// Takes ` | Site` off the end of a title, or `Site | ` off its head. The site is the known name or, with `guess`, a
/// last part that is shorter than the text before it.
fn without_site(title: &str, site: Option<&str>, guess: bool) -> String {
    for separator in [" | ", " » ", " — ", " – ", " - ", " :: ", " · "] {
        let (Some((head, last)), Some((first, tail))) = (title.rsplit_once(separator), title.split_once(separator))
        else {
            continue;
        };
        let is_site = |part: &str| site.is_some_and(|site| part.trim().eq_ignore_ascii_case(site.trim()));
        if is_site(last) {
            return head.trim().to_owned();
        }
        if is_site(first) {
            return tail.trim().to_owned();
        }
        let strong = matches!(separator, " | " | " » " | " :: ");
        if guess && strong && last.split_whitespace().count() < head.split_whitespace().count() {
            return head.trim().to_owned();
        }
    }
    title.to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::corpus::encoding::decode;
    use proptest::prelude::*;

    fn of(page: &str) -> RawDocument {
        read(decode(page.into(), None), false)
    }

    fn story(paragraphs: usize) -> String {
        (1..=paragraphs)
            .map(|n| {
                format!(
                    "<p>Paragraph {n} tells, with commas, of the harbour, of its ships, and of those who sail them.</p>"
                )
            })
            .collect()
    }

    #[test]
    fn the_main_text_is_found_among_menus_and_scripts() {
        let page = format!(
            "<html lang=en><head><title>Ships | The Post</title><meta property=og:site_name content='The Post'></head><body>\
             <nav><a href=/>Home</a> <a href=/s>Sport</a></nav><script>var x = 'secret';</script><style>.y {{}}</style>\
             <article><h1>Ships sail</h1>{}</article><footer>All rights reserved</footer></body></html>",
            story(8)
        );
        let raw = of(&page);
        assert!(raw.text.contains("Paragraph 1 tells") && raw.text.contains("\n\nParagraph 8 tells"), "{}", raw.text);
        for word in ["Home", "secret", ".y", "All rights"] {
            assert!(!raw.text.contains(word), "{word}");
        }
        assert_eq!(raw.title.as_deref(), Some("Ships sail"));
        assert_eq!((raw.language.as_deref(), raw.place.clone()), (Some("en"), Place::default()));
    }

    #[test]
    fn a_page_without_a_main_text_gives_its_body() {
        assert_eq!(of("<title>T</title><body>Only <b>a few</b> words.</body>").text, "Only a few words.");
        assert_eq!(of("<p>Fragment").text, "Fragment");
        assert_eq!(of("").text, "");
    }

    #[test]
    fn a_page_put_together_by_scripts_gives_the_text_of_its_structured_data() {
        let page = r#"<script type="application/ld+json">{"@type":"Article","articleBody":"The ship came in at noon."}</script><div id=app></div>"#;
        assert_eq!(of(page).text, "The ship came in at noon.");
    }

    #[test]
    fn a_page_with_no_text_at_all_gives_its_description() {
        let page = "<title>T</title><meta property=og:description content='The ship came in.'><div id=app></div>";
        assert_eq!(of(page).text, "The ship came in.");
        assert_eq!(of("<title>T</title><div id=app></div>").text, "");
    }

    #[test]
    fn titles_lose_the_name_of_the_site() {
        let cases = [
            ("A day at sea | Post", Some("Post"), false, "A day at sea"),
            ("Post - A day at sea", Some("post"), false, "A day at sea"),
            ("A day at sea | Unknown", None, true, "A day at sea"),
            ("A day at sea | Unknown", None, false, "A day at sea | Unknown"),
            ("Men - women", None, true, "Men - women"),
            ("Plain", Some("Post"), true, "Plain"),
        ];
        for (title, site, guess, expected) in cases {
            assert_eq!(without_site(title, site, guess), expected);
        }
    }

    #[test]
    fn pages_nested_beyond_reason_are_read_off_their_tags() {
        let depth = 100_000;
        let page = format!(
            "<title>Deep</title><meta name=date content=2024-01-02>{}The words.{}",
            "<div>".repeat(depth),
            "</div>".repeat(depth)
        );
        let raw = of(&page);
        assert_eq!((raw.text.trim(), raw.title.as_deref()), ("The words.", Some("Deep")));
        assert_eq!(raw.declared.first().map(|d| d.value.as_str()), Some("2024-01-02"));
        of(&"<svg><g>".repeat(30_000));
        for unclosed in ["<span>", "<font size=1>", "<table>", "<ul><li>", "<b><p>", "<a><div>", "<select>", "<object>"]
        {
            let page = format!("{}The words.", unclosed.repeat(30_000));
            assert!(of(&page).text.contains("The words."), "{unclosed}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_page_is_read(page in "(<(p|div|table|tr|td|b|a|svg|math|select|template|form|li|h1|time|script)( class=date)?>|</(p|div|table|b|a|svg|form)>|word |é|&amp;|<|<!--){0,40}") {
            of(&page);
        }
    }
}
