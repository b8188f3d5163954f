//! Citations of every kind and precision, read back by another parser where Rust has one.

#![allow(clippy::unwrap_used)]

use biblatex::{Bibliography, ChunksExt, DateValue, PermissiveType};

use super::citation::Citation;
use super::style::CitationStyle;
use crate::document::{DateClue, DateEvent, DateRule, Document, SourceClue, SourceRule};

/// Titles that break formats that are not careful.
const TITLES: [&str; 7] = [
    "The harbour fire",
    "Profit & loss: 100 % of {braces}, #1, $5, a_b, x^2 and ~tilde \\ backslash",
    "A title\nover two lines\r\nTY  - BOOK",
    "كتاب عن الميناء \u{202e}abc",
    "“Quoted”, she said: “yes?”",
    "@misc{trap, title = {x}}",
    "Пожар в порту — 1992",
];

/// Each kind of publication, and its type in RIS.
const KINDS: [(&str, &str); 9] = [
    ("article", "NEWS"),
    ("agency", "NEWS"),
    ("page", "ELEC"),
    ("press release", "PAMP"),
    ("speech", "SLIDE"),
    ("mail", "ICOMM"),
    ("broadcast", "GEN"),
    ("minutes", "RPRT"),
    ("unknown", "GEN"),
];

fn clue(name: &str, rule: SourceRule) -> Option<SourceClue> {
    Some(SourceClue { name: name.into(), rule, place: String::new() })
}

fn document(kind: &str, title: &str, date: Option<&str>) -> Document {
    let text = "Some text of the document. It has two sentences.";
    let mut document = Document::new("0123456789abcdef", text).title(title);
    match kind {
        "article" => {
            document.attribution.publisher = clue("The Courier", SourceRule::Header);
            document.attribution.byline = clue("Edda Marsh and Piers Holm", SourceRule::Byline);
        }
        "agency" => document.attribution.agency = clue("Tidewater News Agency", SourceRule::AgencyTag),
        "page" => document.url = Some("https://courier.example/a{b}?c=d&e".into()),
        "mail" => document.attribution.publisher = clue("Edda Marsh", SourceRule::Mail),
        "unknown" => {}
        kind => {
            document.attribution.publisher = clue("Port Maren/Town Council", SourceRule::Field);
            document = document.metadata("type", kind);
        }
    }
    match date {
        Some(date) => document.date(date.parse().unwrap()),
        None => document,
    }
}

type Case = (&'static str, &'static str, &'static str, Option<&'static str>);

fn every() -> Vec<Case> {
    let mut cases = Vec::new();
    for (kind, ris) in KINDS {
        for title in TITLES {
            for date in [Some("1992-02-26"), Some("1992-02"), Some("1992"), None] {
                cases.push((kind, ris, title, date));
            }
        }
    }
    cases
}

#[test]
fn bibtex_of_every_kind_and_precision_is_read_back() {
    for (kind, _, title, date) in every() {
        let written = Citation::of(&document(kind, title, date)).passage(1).write(CitationStyle::Bibtex);
        let read = Bibliography::parse(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
        assert_eq!(read.len(), 1, "{written}");
        let entry = read.iter().next().unwrap();
        match (date, entry.date().ok()) {
            (None, found) => assert!(found.is_none(), "{written}"),
            (Some(date), Some(PermissiveType::Typed(found))) => {
                let DateValue::At(at) = found.value else { panic!("{written}") };
                let told = match (at.month, at.day) {
                    (Some(month), Some(day)) => format!("{:04}-{:02}-{:02}", at.year, month + 1, day + 1),
                    (Some(month), None) => format!("{:04}-{:02}", at.year, month + 1),
                    _ => format!("{:04}", at.year),
                };
                assert_eq!(told, date, "{written}");
            }
            (Some(_), found) => panic!("{found:?}: {written}"),
        }
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let begins = title.split(['\\', '~', '^', '{', '\n']).next().unwrap();
        let read_title = letters(&entry.title().unwrap().format_verbatim());
        assert!(read_title.contains(&letters(begins)), "{read_title}: {written}");
    }
}

#[test]
fn an_inferred_year_is_no_day_in_any_style() {
    let mut document = document("article", "The fire", None);
    let (place, written) = ("folder 1992".to_string(), "1992".to_string());
    let (date, rule, event) = ("1992".parse().unwrap(), DateRule::FolderName, DateEvent::Published);
    document.dated.chosen = Some(DateClue { date, rule, place, written, event, uncertain: false });
    let cited = |style| Citation::of(&document).write(style);
    assert!(cited(CitationStyle::Plain).contains("[1992?] (date from the folder's name)"));
    assert!(cited(CitationStyle::Apa).contains("(ca. 1992)."));
    assert!(cited(CitationStyle::Chicago).contains("[1992?]"));
    assert!(cited(CitationStyle::Ris).contains("\nDA  - 1992///\n") && !cited(CitationStyle::Ris).contains("\nPY  - "));
    let item: serde_json::Value = serde_json::from_str(&cited(CitationStyle::CslJson)).unwrap();
    assert_eq!(item["issued"], serde_json::json!({ "date-parts": [[1992]], "circa": true }));
    assert_eq!(item["custom"]["edtf"], "1992?");
    let read = Bibliography::parse(&cited(CitationStyle::Bibtex)).unwrap();
    assert!(read.iter().next().unwrap().date().is_ok());
}

#[test]
fn ris_has_a_field_a_line_and_a_date_as_far_as_it_is_known() {
    for (kind, ris, title, date) in every() {
        let written = Citation::of(&document(kind, title, date)).write(CitationStyle::Ris);
        let lines: Vec<&str> = written.lines().collect();
        assert_eq!(lines[0], format!("TY  - {ris}"), "{kind}: {written}");
        assert_eq!(lines.iter().filter(|line| line.starts_with("TY  - ")).count(), 1, "{written}");
        assert_eq!(lines.last().copied(), Some("ER  - "), "{written}");
        assert!(lines.iter().all(|line| line.get(2..6) == Some("  - ")), "{written}");
        let day = lines.iter().find_map(|line| line.strip_prefix("DA  - "));
        let expected = date.map(|date| match date {
            "1992-02-26" => "1992/02/26/",
            "1992-02" => "1992/02//",
            _ => "1992///",
        });
        assert_eq!(day, expected, "{written}");
    }
}

#[test]
fn json_has_as_many_parts_of_a_date_as_are_known() {
    for (kind, _, title, date) in every() {
        let citation = Citation::of(&document(kind, title, date));
        let item: serde_json::Value = serde_json::from_str(&citation.write(CitationStyle::CslJson)).unwrap();
        let parts = item["issued"]["date-parts"][0].as_array().map(Vec::len);
        assert_eq!(parts, date.map(|date| date.split('-').count()), "{item}");
        assert_eq!(item["status"].as_str(), date.is_none().then_some("n.d."), "{item}");
        assert!(item["title"].as_str().is_some_and(|title| !title.contains('\n')), "{item}");
        for style in [CitationStyle::Annotation, CitationStyle::Claimreview] {
            let object: serde_json::Value = serde_json::from_str(&citation.write(style)).unwrap();
            assert!(object["@context"].is_string() || object["@context"].is_array(), "{object}");
        }
    }
}

#[test]
fn styles_for_readers_write_what_is_known() {
    use CitationStyle::{Apa, Chicago, Markdown, Plain};
    let of = |kind: &str, date, style| Citation::of(&document(kind, "The harbour fire", date)).passage(2).write(style);
    let day = Some("1992-02-26");
    for (kind, date, style, expected) in [
        (
            "article",
            day,
            Chicago,
            "Edda Marsh and Piers Holm, “The harbour fire,” The Courier, February 26, 1992, passage 2.",
        ),
        (
            "article",
            Some("1992-02"),
            Apa,
            "Marsh, E., & Holm, P. (1992, February). The harbour fire. The Courier. Passage 2.",
        ),
        ("agency", None, Apa, "The harbour fire. (n.d.). Tidewater News Agency. Passage 2. (Undated.)"),
        (
            "minutes",
            Some("1992"),
            Plain,
            "Town Council, Port Maren, \"The harbour fire\", report, 1992, passage 2 [0123456789abcdef#2]",
        ),
        (
            "press release",
            day,
            Chicago,
            "“The harbour fire,” press release, Town Council, Port Maren, February 26, 1992, passage 2.",
        ),
        (
            "page",
            day,
            Markdown,
            "[The harbour fire](<https://courier.example/a{b}?c=d&e>), 26 February 1992, passage 2 `0123456789abcdef#2`",
        ),
    ] {
        assert_eq!(of(kind, date, style), expected, "{kind}");
    }
}
