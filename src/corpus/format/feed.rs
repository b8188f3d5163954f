//! Feeds: RSS 0.9x, 1.0 and 2.0, Atom, and exports of weblogs, which are RSS with more in it.

use super::markup;
use super::shared::entities;
use super::xml;
use super::xml::{Id, Tree, local};
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::{Declared, Origin, RawDocument};
use crate::document::Place;

/// Reads a feed. Every entry is a document, and the name of the feed is its publisher.
pub(crate) fn read(bytes: Vec<u8>) -> Vec<Result<RawDocument, Problem>> {
    let tree = xml::read(bytes);
    let mut read = Vec::new();
    if let Some(root) = tree.root() {
        let channel = tree.child(root, "channel").unwrap_or(root);
        let feed = Feed {
            tree: &tree,
            title: text(&tree, channel, "title"),
            about: text(&tree, channel, "description").or_else(|| text(&tree, channel, "subtitle")),
            language: text(&tree, channel, "language")
                .or_else(|| text(&tree, channel, "dc:language"))
                .or_else(|| tree.attribute(root, "xml:lang").map(str::to_owned)),
        };
        // In RSS 1.0 the entries stand beside the channel, else inside it.
        let entries = tree.children(root).chain(tree.children(channel).filter(|_| channel != root));
        let entries = entries.filter(|id| matches!(local(tree.name(*id)), "item" | "entry"));
        read.extend(entries.zip(1..).map(|(id, number)| feed.entry(id, number)));
    }
    match &tree.broken {
        Some(reason) => read.push(Err(Problem::failed(reason.clone()))),
        None if read.is_empty() => read.push(Err(Problem::nothing("a feed without entries"))),
        None => {}
    }
    read
}

struct Feed<'a> {
    tree: &'a Tree,
    title: Option<String>,
    /// The feed's description of itself.
    about: Option<String>,
    language: Option<String>,
}

impl Feed<'_> {
    fn entry(&self, id: Id, number: u64) -> Result<RawDocument, Problem> {
        let tree = self.tree;
        let place = Place { member: Some(format!("#{number}")), line: Some(tree.line(id)), ..Place::default() };
        let nothing = |reason: &str| {
            let problem = Problem::nothing_on_line(tree.line(id), reason);
            Err(Problem { member: place.member.clone(), ..problem })
        };
        // Exports of weblogs list their pictures and menus as entries too.
        if let Some(kind) = text(tree, id, "wp:post_type").filter(|kind| kind != "post" && kind != "page") {
            return nothing(&format!("an entry of type {kind}, which is no text"));
        }
        let title = tree.child(id, "title").map(|title| self.value(title)).map(|title| {
            // Titles are often escaped twice.
            entities::unescape(&title).split_whitespace().collect::<Vec<_>>().join(" ")
        });
        let title = title.filter(|title| !title.is_empty());
        let mut bodies = self.bodies(id);
        let body = bodies.next().or_else(|| title.clone());
        let Some(body) = body else { return nothing("the entry has no text and no title") };
        let record_id = text(tree, id, "guid")
            .or_else(|| text(tree, id, "id"))
            .or_else(|| tree.attribute(id, "rdf:about").map(str::to_owned));
        let url = self.link(id);
        let key = record_id.clone().or_else(|| url.clone()).unwrap_or_else(|| format!("\0{number}"));
        let mut raw = RawDocument {
            text: body,
            key,
            record_id,
            title,
            language: text(tree, id, "dc:language")
                .or_else(|| tree.attribute(id, "xml:lang").map(str::to_owned))
                .or_else(|| self.language.clone()),
            url,
            declared: self.declared(id),
            place,
            encoding: Some(tree.encoding.to_owned()),
            certainty: Some(tree.certainty),
            ..RawDocument::default()
        };
        let categories: Vec<String> = tree
            .children(id)
            .filter(|child| matches!(tree.name(*child), "category" | "dc:subject"))
            .filter_map(|child| tree.line_of(child).or_else(|| tree.attribute(child, "term").map(str::to_owned)))
            .collect();
        let further: Vec<String> = bodies.filter(|other| !raw.text.contains(other.trim())).collect();
        for (name, value) in
            [("description", further.join("\n\n")), ("about_feed", self.about.clone().unwrap_or_default())]
        {
            if !value.is_empty() {
                raw.metadata.insert(name.to_owned(), value);
            }
        }
        if let Some(rights) = text(tree, id, "rights").or_else(|| text(tree, id, "dc:rights")) {
            raw.metadata.insert("rights".to_owned(), rights);
        }
        if !categories.is_empty() {
            raw.metadata.insert("category".to_owned(), categories.join(", "));
        }
        if let Some(file) = tree.child(id, "enclosure").and_then(|file| tree.attribute(file, "url")) {
            raw.metadata.insert("enclosure".to_owned(), file.to_owned());
        }
        Ok(raw)
    }

    /// The texts of the entry: its content, then its description.
    fn bodies(&self, id: Id) -> impl Iterator<Item = String> + '_ {
        ["content:encoded", "content", "description", "summary", "dc:description", "media:description"]
            .iter()
            .flat_map(move |name| self.tree.named(id, name))
            .map(|element| self.value(element))
            .filter(|text| !text.trim().is_empty())
    }

    /// The text of an element that may hold plain text, escaped HTML or elements of XHTML.
    fn value(&self, id: Id) -> String {
        if !self.tree.is_leaf(id) {
            return self.tree.text_of(id, &|name| matches!(name, "script" | "style"));
        }
        let text = self.tree.raw_text(id);
        match self.tree.attribute(id, "type") {
            Some("text" | "text/plain") => text,
            Some("html" | "text/html") => markup::text_of(&text),
            _ => markup::text_of_value(text),
        }
    }

    fn link(&self, id: Id) -> Option<String> {
        let tree = self.tree;
        let original = text(tree, id, "feedburner:origLink");
        let plain = || tree.named(id, "link").find_map(|link| tree.line_of(link));
        let href = |wanted: fn(Option<&str>) -> bool| {
            let mut links = tree.children(id).filter(|link| local(tree.name(*link)) == "link");
            links.find_map(|link| tree.attribute(link, "href").filter(|_| wanted(tree.attribute(link, "rel"))))
        };
        let alternate = || href(|rel| matches!(rel, None | Some("alternate"))).map(str::to_owned);
        let guid = || {
            let guid = tree.child(id, "guid")?;
            let permanent = !tree.attribute(guid, "isPermaLink").is_some_and(|no| no.eq_ignore_ascii_case("false"));
            tree.line_of(guid).filter(|guid| permanent && guid.starts_with("http"))
        };
        original.or_else(plain).or_else(alternate).or_else(guid).map(|link| link.trim().to_owned())
    }

    fn declared(&self, id: Id) -> Vec<Declared> {
        const DATES: [&str; 12] = [
            "pubDate",
            "published",
            "issued",
            "dcterms:issued",
            "dcterms:available",
            "dc:date",
            "wp:post_date",
            "created",
            "dcterms:created",
            "updated",
            "modified",
            "dcterms:modified",
        ];
        let tree = self.tree;
        let mut declared = Vec::new();
        for name in DATES {
            for element in tree.named(id, name) {
                // Other readers do not know this name as that of a date.
                let known = if name == "wp:post_date" { "date" } else { name };
                declared.extend(tree.line_of(element).map(|value| declare(known, value, name)));
            }
        }
        for name in ["author", "dc:creator", "itunes:author"] {
            for author in tree.named(id, name) {
                let person = tree.child(author, "name").unwrap_or(author);
                declared.extend(tree.line_of(person).and_then(person_of).map(|value| declare("author", value, name)));
            }
        }
        // A collection of several papers' stories names the paper of each.
        let source = tree.child(id, "source");
        let source = source.and_then(|source| tree.line_of(tree.child(source, "title").unwrap_or(source)));
        let publisher = text(tree, id, "dc:publisher").map(|name| (name, "dc:publisher"));
        let source = source.map(|name| (name, "source")).or(publisher);
        let source = source.or_else(|| Some((self.title.clone()?, "title of the feed")));
        declared.extend(source.map(|(name, place)| declare("publisher", name, place)));
        declared
    }
}

fn declare(name: &str, value: String, place: &str) -> Declared {
    Declared { origin: Origin::Field, name: name.to_owned(), value, place: place.to_owned() }
}

/// RSS wants an address for an author: `ann@example.org (Ann Example)`.
fn person_of(author: String) -> Option<String> {
    let named = author.split_once('(').and_then(|(_, name)| name.split_once(')')).map(|(name, _)| name.trim());
    match named {
        Some(name) if author.contains('@') => Some(name.to_owned()).filter(|name| !name.is_empty()),
        _ => Some(author),
    }
}

fn text(tree: &Tree, id: Id, name: &str) -> Option<String> {
    tree.named(id, name).find_map(|element| tree.line_of(element))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn of(feed: &str) -> Vec<Result<RawDocument, String>> {
        read(feed.into()).into_iter().map(|one| one.map_err(|problem| problem.reason)).collect()
    }

    fn clues(raw: &RawDocument) -> Vec<String> {
        raw.declared.iter().map(|d| format!("{}={} ({})", d.name, d.value, d.place)).collect()
    }

    #[test]
    fn every_entry_of_rss_is_a_document() {
        let feed = "<?xml version='1.0'?>\n<rss version='2.0' xmlns:c='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'>
            <channel><title>Mill Gazette</title><language>en-gb</language><pubDate>Wed, 01 Jan 2020 00:00:00 GMT</pubDate>
            <item><title>The mill &amp;amp; the river</title><link>https://gazette.example/mill</link><guid isPermaLink='false'>g-1</guid>
            <pubDate>Mon, 26 Feb 1996 10:00:00 GMT</pubDate><dc:creator>Ann Example</dc:creator><description>Short.</description>
            <c:encoded><![CDATA[<p>It <b>turns</b>.</p><p>It grinds&nbsp;on.</p>]]></c:encoded><category>Mills</category><category>Rivers</category></item>
            <item><description>Plain &lt;i&gt;words&lt;/i&gt;</description><author>bo@example.org (Bo Sample)</author><source url='x'>Other Paper</source></item>
            <item><category>none</category></item></channel></rss>";
        let read = of(feed);
        let first = read.first().unwrap().as_ref().unwrap();
        assert_eq!(
            (first.text.as_str(), first.title.as_deref()),
            ("It turns.\n\nIt grinds\u{a0}on.", Some("The mill & the river"))
        );
        assert_eq!((first.key.as_str(), first.url.as_deref()), ("g-1", Some("https://gazette.example/mill")));
        assert_eq!(
            (first.language.as_deref(), first.place.member.as_deref(), first.place.line),
            (Some("en-gb"), Some("#1"), Some(4))
        );
        assert_eq!(
            clues(first),
            [
                "pubDate=Mon, 26 Feb 1996 10:00:00 GMT (pubDate)",
                "author=Ann Example (dc:creator)",
                "publisher=Mill Gazette (title of the feed)"
            ]
        );
        assert_eq!(first.metadata.get("category").map(String::as_str), Some("Mills, Rivers"));
        let second = read.get(1).unwrap().as_ref().unwrap();
        assert_eq!((second.text.as_str(), second.key.as_str()), ("Plain words", "\u{0}2"));
        assert_eq!(clues(second), ["author=Bo Sample (author)", "publisher=Other Paper (source)"]);
        assert_eq!(read.get(2).unwrap().as_ref().unwrap_err(), "the entry has no text and no title");
    }

    #[test]
    fn atom_and_rss_1_are_read() {
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title type='text'>Mühlenblatt</title>
            <entry><title type='html'>Die &lt;b&gt;Mühle&lt;/b&gt;</title><link rel='edit' href='e'/><link href='https://blatt.example/m'/><id>urn:1</id>
            <published>1996-02-26T10:00:00Z</published><updated>1997-01-01T00:00:00Z</updated><author><name>Ann Example</name></author>
            <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Sie dreht sich.</p><p>Immer.</p></div></content></entry></feed>";
        let read = of(atom);
        let raw = read.first().unwrap().as_ref().unwrap();
        assert_eq!((raw.text.as_str(), raw.title.as_deref()), ("Sie dreht sich.\n\nImmer.", Some("Die Mühle")));
        assert_eq!((raw.url.as_deref(), raw.language.as_deref()), (Some("https://blatt.example/m"), Some("de")));
        assert_eq!(clues(raw).first().map(String::as_str), Some("published=1996-02-26T10:00:00Z (published)"));
        let rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>
            <channel rdf:about='x'><title>Mills</title></channel><item rdf:about='https://mills.example/1'><title>One</title><dc:date>1999-05-01</dc:date></item></rdf:RDF>";
        let read = of(rdf);
        let raw = read.first().unwrap().as_ref().unwrap();
        assert_eq!((raw.text.as_str(), raw.key.as_str()), ("One", "https://mills.example/1"));
        assert_eq!(clues(raw), ["dc:date=1999-05-01 (dc:date)", "publisher=Mills (title of the feed)"]);
    }

    #[test]
    fn a_cut_off_feed_gives_what_it_has_and_says_so() {
        let read = of("<rss><channel><item><title>One</title></item><item><title>Tw");
        assert_eq!(read.len(), 3);
        assert_eq!(read.get(1).unwrap().as_ref().unwrap().text, "Tw");
        assert!(read.last().unwrap().as_ref().unwrap_err().contains("cut off"));
        assert_eq!(of("<rss><channel/></rss>").first().unwrap().as_ref().unwrap_err(), "a feed without entries");
    }
}
