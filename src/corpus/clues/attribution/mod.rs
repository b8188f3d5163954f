//! Who published a document, whom it cites and who wrote it, from what it says of itself.
//!
//! [`agency`] finds the agency a text cites, [`byline`] its author, [`signature`] the office that signs a release, and
//! [`newsroom`] knows the names of agencies and the words that tell a newsroom from a person or an office. Source,
//! agency and author are three separate answers; of several clues to one of them the first by [`SourceRule`] counts.

mod agency;
mod byline;
mod newsroom;
mod signature;

use super::head_and_foot::HeadAndFoot;
use super::url::original;
use crate::corpus::raw::{Declared, Origin, RawDocument};
use crate::document::{Attribution, SourceClue, SourceRule};
use crate::time::{find_dates, folded, month_number};

// Names are compared without letter case, diacritics and signs, the likelier first.

const PUBLISHERS: &[&str] = &[
    "publisher",
    "publishername",
    "dcpublisher",
    "dctermspublisher",
    "ogsitename",
    "sitename",
    "source",
    "sourcename",
    "publication",
    "newspaper",
    "outlet",
    "site",
    "applicationname",
    "providername",
    "provider",
    "ispartofname",
    "citationjournaltitle",
    "dcsource",
    "from",
    "quelle",
    "herausgeber",
    "editeur",
    "fuente",
    "fonte",
    "источник",
    "издание",
    "джерело",
    "kaynak",
    "menbe",
    "zrodlo",
];

const AGENCIES: &[&str] =
    &["agency", "newsagency", "wire", "wireservice", "sourceorganization", "sourceorganizationname", "credit"];

const BYLINES: &[&str] = &[
    "author",
    "authors",
    "authorname",
    "by",
    "byline",
    "creator",
    "dccreator",
    "dctermscreator",
    "articleauthor",
    "articleauthorname",
    "parselyauthor",
    "sailthruauthor",
    "writer",
    "reporter",
    "auteur",
    "autor",
    "verfasser",
    "autore",
    "автор",
    "yazar",
    "muellif",
];

/// The longest declared name, in bytes.
const LONGEST: usize = 200;

/// Finds publisher, cited agency and byline.
///
/// `relative_path` is the path below the archive's root, with `/` between its parts, and empty if there is none. The
/// folder of the file is the weakest clue to the publisher.
pub(crate) fn attribute(raw: &RawDocument, ends: &HeadAndFoot<'_>, relative_path: &str) -> Attribution {
    let text = ends.text;
    let mut declared: Vec<&Declared> = raw.declared.iter().collect();
    declared.extend(ends.header.iter().flat_map(|header| &header.declared));

    let publisher = declared_clue(&declared, PUBLISHERS)
        .or_else(|| {
            let dated = !find_dates(text.get(ends.foot.clone())?).is_empty();
            let segments = dated.then(|| ends.foot_segments())?;
            let (name, at) = signature::find(segments, text)?;
            Some(clue(name, SourceRule::Signature, ends.place(at)))
        })
        .or_else(|| host(raw).map(|host| clue(host, SourceRule::UrlHost, "address".into())))
        .or_else(|| folder(relative_path).map(|name| clue(name, SourceRule::Folder, format!("folder {name}"))));
    let start = ends.head.start;
    let agency = declared_clue(&declared, AGENCIES).or_else(|| {
        let (name, at, rule) = agency::find(text.get(start..)?)?;
        Some(clue(name, rule, ends.place(start + at)))
    });
    let byline = declared_clue(&declared, BYLINES).or_else(|| {
        let (name, at) = byline::find(&ends.opening_segments())?;
        Some(clue(name, SourceRule::Byline, ends.place(at)))
    });
    Attribution { publisher, agency, byline }
}

fn clue(name: &str, rule: SourceRule, place: String) -> SourceClue {
    SourceClue { name: name.split_whitespace().collect::<Vec<_>>().join(" "), rule, place }
}

/// The strongest declared value under one of these names.
fn declared_clue(declared: &[&Declared], names: &[&str]) -> Option<SourceClue> {
    let found = declared.iter().filter_map(|declared| {
        let mut squashed = folded(declared.name.get(..80).unwrap_or(&declared.name));
        squashed.retain(char::is_alphanumeric);
        let likelihood = names.iter().position(|name| *name == squashed)?;
        let rule = match declared.origin {
            Origin::Sidecar => SourceRule::Sidecar,
            Origin::Header => SourceRule::Header,
            Origin::FrontMatter => SourceRule::FrontMatter,
            Origin::Field => SourceRule::Field,
            Origin::Mail => SourceRule::Mail,
            Origin::Properties => SourceRule::Properties,
            Origin::JsonLd => SourceRule::JsonLd,
            Origin::Meta => SourceRule::Meta,
            Origin::TimeElement | Origin::PageHead | Origin::PageLine | Origin::PageText => return None,
        };
        Some(((rule, likelihood), declared, name_of(&declared.value)?))
    });
    let ((rule, _), declared, name) = found.min_by_key(|(rank, ..)| *rank)?;
    Some(clue(name, rule, declared.place.clone()))
}

/// The name in a declared value: the person in `Ann Example <ann@example.org>`, the host of an address.
fn name_of(value: &str) -> Option<&str> {
    let value = value.trim();
    let name = match value.split_once('<') {
        Some((name, _)) if !name.trim().is_empty() => name.trim().trim_matches('"'),
        _ => value,
    };
    let name = if name.contains("://") { host_of(name)? } else { name };
    let named = name.len() <= LONGEST && name.chars().any(char::is_alphanumeric);
    named.then_some(name)
}

fn host(raw: &RawDocument) -> Option<&str> {
    let canonical = || {
        let named = |declared: &&Declared| matches!(declared.name.as_str(), "url" | "link" | "canonical" | "og:url");
        raw.declared.iter().find(named).map(|declared| declared.value.as_str())
    };
    host_of(raw.url.as_deref().or_else(canonical)?)
}

/// The host of an address, without `www.`.
fn host_of(url: &str) -> Option<&str> {
    let (_, rest) = original(url).split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit('@').next()?.split(':').next()?;
    let host = ["www.", "m.", "amp."].iter().find_map(|lead| host.strip_prefix(lead)).unwrap_or(host);
    (host.contains('.') && host.len() <= LONGEST && !host.chars().all(|c| c.is_ascii_digit() || c == '.'))
        .then_some(host)
}

/// The nearest folder above the file whose name says more than a date or a kind of file.
fn folder(relative_path: &str) -> Option<&str> {
    const PLAIN: &[&str] = &[
        "alto",
        "archive",
        "archives",
        "article",
        "articles",
        "content",
        "corpus",
        "data",
        "docs",
        "documents",
        "download",
        "downloads",
        "export",
        "files",
        "fulltext",
        "hocr",
        "html",
        "index",
        "input",
        "items",
        "json",
        "jsonl",
        "markdown",
        "md",
        "mets",
        "news",
        "ocr",
        "old",
        "out",
        "output",
        "page",
        "pages",
        "posts",
        "press",
        "raw",
        "releases",
        "scans",
        "scraped",
        "src",
        "stories",
        "text",
        "texts",
        "tmp",
        "toc",
        "txt",
        "web",
        "www",
        "xml",
    ];
    let (folders, _) = relative_path.rsplit_once('/')?;
    folders.rsplit('/').find(|name| {
        let mut words = name.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        let says = words.any(|word| month_number(word).is_none() && word.chars().count() > 1);
        says && !PLAIN.contains(&folded(name).as_str())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folders_of_scans_are_no_source() {
        for (path, expected) in [
            ("Courier/1896/ocr/alto/1.xml", Some("Courier")),
            ("Courier/toc/mets.xml", Some("Courier")),
            ("Tocsin/1.xml", Some("Tocsin")),
            ("alto/1.xml", None),
        ] {
            assert_eq!(folder(path), expected, "{path}");
        }
    }

    fn declared(origin: Origin, name: &str, value: &str) -> Declared {
        Declared { origin, name: name.into(), value: value.into(), place: "there".into() }
    }

    fn shown(raw: &RawDocument, path: &str) -> String {
        let found = attribute(raw, &HeadAndFoot::of(raw), path);
        let part = |clue: Option<SourceClue>| {
            clue.map_or("-".into(), |clue| format!("{} ({:?}, {})", clue.name, clue.rule, clue.place))
        };
        [part(found.publisher), part(found.agency), part(found.byline)].join(" | ")
    }

    #[test]
    fn the_three_are_kept_apart() {
        for (text, path, expected) in [
            (
                " date 2023-02-26 By Ann Example\n\nThe town met.\n\nAccording to Report, it rained.",
                "Walks/2023/02/a.txt",
                "Walks (Folder, folder Walks) | Report (Attribution, line 5) | Ann Example (Byline, line 1)",
            ),
            (
                "Source: Example Gazette\nBy: Bo Sample\n\nOSLO, Feb 26 (Reuters) - The town met.",
                "a.txt",
                "Example Gazette (Header, line 1) | Reuters (AgencyTag, line 4) | Bo Sample (Header, line 2)",
            ),
            (
                "The town met.\n\n**Embassy of Example\nBrussels\n26 February 2023**",
                "2023/a.txt",
                "Embassy of Example (Signature, line 3) | - | -",
            ),
            ("The town met.", "2023/02-feb/a.txt", "- | - | -"),
            ("", "", "- | - | -"),
        ] {
            let raw = RawDocument { text: text.into(), ..RawDocument::default() };
            assert_eq!(shown(&raw, path), expected, "{text}");
        }
    }

    #[test]
    fn declared_names_are_weighed_by_rule_then_by_name() {
        let mut raw = RawDocument {
            text: "The town met.".into(),
            url: Some("https://www.example.org/a".into()),
            ..RawDocument::default()
        };
        assert_eq!(shown(&raw, "Walks/a.txt"), "example.org (UrlHost, address) | - | -");
        raw.declared = vec![
            declared(Origin::Meta, "application-name", "App"),
            declared(Origin::Meta, "og:site_name", "Example\n Gazette"),
            declared(Origin::Meta, "author", "Ann Example <ann@example.org>"),
            declared(Origin::Meta, "agency", "Reuters"),
        ];
        assert_eq!(
            shown(&raw, ""),
            "Example Gazette (Meta, there) | Reuters (Meta, there) | Ann Example (Meta, there)"
        );
        raw.declared.push(declared(Origin::JsonLd, "publisher.name", "Gazette"));
        assert_eq!(attribute(&raw, &HeadAndFoot::of(&raw), "").publisher.unwrap().name, "Gazette");
        raw.declared.push(declared(Origin::Field, "source", "https://www.example.com/feed"));
        assert_eq!(attribute(&raw, &HeadAndFoot::of(&raw), "").publisher.unwrap().name, "example.com");
    }

    proptest! {
        #[test]
        fn any_text_is_attributed_or_not(
            text in "(By |According to |, | reports|\\. |Trend|Ann|Club|26 Feb 2023|[/(]|\n|é|сообщает |\\PC){0,40}",
            path in "([a-z]{1,4}|/|[0-9]{4}){0,8}",
        ) {
            let raw = RawDocument { text, ..RawDocument::default() };
            let found = attribute(&raw, &HeadAndFoot::of(&raw), &path);
            for clue in [found.publisher, found.agency, found.byline].into_iter().flatten() {
                prop_assert!(!clue.name.is_empty());
            }
        }
    }
}
