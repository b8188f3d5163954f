//! Citations as JSON: CSL-JSON, a Web Annotation, and the skeleton of a ClaimReview.

use serde_json::{Map, Value, json};

use super::kind::Kind;
use super::name::Name;
use super::record::{Record, line};
use super::when::When;
use crate::answer::evidence::Evidence;
use crate::time::Date;

/// An item of CSL-JSON. A date has one to three parts; an undated item has none.
pub(crate) fn item(record: &Record) -> Value {
    let mut item = Map::new();
    let mut set = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            item.insert(name.to_string(), value);
        }
    };
    set("id", Some(record.reference().into()));
    set("type", Some(record.kind.csl().into()));
    set("title", record.title().map(Value::from));
    let authors: Vec<Value> = record.authors.iter().map(author).collect();
    set("author", (!authors.is_empty()).then(|| authors.into()));
    let container = record.container().map(Value::from);
    let publisher = matches!(record.kind, Kind::PressRelease | Kind::Report);
    set(if publisher { "publisher" } else { "container-title" }, container);
    set("genre", record.kind.words().filter(|_| record.kind != Kind::Broadcast).map(Value::from));
    set("issued", issued(record.when));
    set("URL", record.link().map(Value::from));
    set("accessed", record.accessed.map(|day| json!({ "date-parts": [parts(day)] })));
    set("language", record.language.map(Value::from));
    set("page", record.page.map(|page| page.to_string().into()));
    set("archive", record.file.as_deref().map(|file| line(file).into()));
    set("archive_location", Some(record.reference().into()));
    let undated = (record.when == When::Unknown).then(|| "n.d.".to_string());
    set("status", undated.clone().map(Value::from));
    let agency = record.agency.as_ref().map(|agency| format!("original-publisher: {}", line(agency)));
    let notes: Vec<String> = agency.into_iter().chain(record.note()).collect();
    set("note", (!notes.is_empty()).then(|| notes.join("; ").into()));
    set("abstract", record.quote.as_deref().map(|quote| line(quote).into()));
    let edtf = record.one_of.clone().or_else(|| record.when.edtf());
    let mut custom = Map::new();
    custom.extend(edtf.map(|edtf| ("edtf".to_string(), edtf.into())));
    let evidence = record.evidence.as_ref().and_then(|evidence| serde_json::to_value(evidence).ok());
    custom.extend(evidence.map(|evidence| ("evidence".to_string(), evidence)));
    set("custom", (!custom.is_empty()).then(|| custom.into()));
    item.into()
}

fn issued(when: When) -> Option<Value> {
    match when {
        When::Unknown => None,
        When::Inferred(year) => Some(json!({ "date-parts": [[year]], "circa": true })),
        When::Known(date) => Some(json!({ "date-parts": [parts(date)] })),
    }
}

/// Year, month and day, as many as are known.
fn parts(date: Date) -> Vec<u32> {
    let year = u32::try_from(date.year()).ok();
    year.into_iter().chain(date.month()).chain(date.day()).collect()
}

fn author(name: &Name) -> Value {
    match name {
        Name::Person { family, given } => json!({ "family": line(family), "given": line(given) }),
        Name::Whole(name) => json!({ "literal": line(name) }),
    }
}

/// A Web Annotation (JSON-LD) with both selectors. Positions are counted in code points.
pub(crate) fn annotation(record: &Record) -> Value {
    let source =
        record.url.clone().or_else(|| record.file.clone()).unwrap_or_else(|| format!("urn:dateline:{}", record.id));
    let mut target = Map::new();
    target.insert("source".into(), source.into());
    if let Some(evidence) = &record.evidence {
        target.insert("selector".into(), selectors(evidence));
    } else if let Some(quote) = &record.quote {
        target.insert("selector".into(), json!([{ "type": "TextQuoteSelector", "exact": quote }]));
    }
    if let Some(captured) = record.evidence.as_ref().and_then(|evidence| evidence.captured.as_deref()) {
        target.insert("state".into(), json!({ "type": "TimeState", "sourceDate": captured }));
    }
    let mut annotation = Map::new();
    annotation.insert(
        "@context".into(),
        json!(["http://www.w3.org/ns/anno.jsonld", { "dcterms": "http://purl.org/dc/terms/" }]),
    );
    annotation.insert("type".into(), "Annotation".into());
    annotation.insert("motivation".into(), "identifying".into());
    annotation.extend(record.title().map(|title| ("dcterms:title".to_string(), title.into())));
    annotation.extend(record.container().map(|source| ("dcterms:publisher".to_string(), source.into())));
    annotation.extend(record.when.edtf().map(|date| ("dcterms:issued".to_string(), date.into())));
    annotation.extend(record.note().map(|note| ("rdfs:comment".to_string(), note.into())));
    annotation.insert("target".into(), target.into());
    let evidence = record.evidence.as_ref().and_then(|evidence| serde_json::to_value(evidence).ok());
    annotation.extend(evidence.map(|evidence| ("evidence".to_string(), evidence)));
    annotation.into()
}

fn selectors(evidence: &Evidence) -> Value {
    json!([
        { "type": "TextQuoteSelector", "exact": evidence.exact, "prefix": evidence.prefix, "suffix": evidence.suffix },
        { "type": "TextPositionSelector", "start": evidence.chars.0, "end": evidence.chars.1 },
    ])
}

/// The skeleton of a ClaimReview of schema.org. It has no rating: that is for whoever reviews the claim.
pub(crate) fn claim_review(record: &Record) -> Value {
    let mut claim = Map::new();
    claim.insert("@type".into(), "Claim".into());
    claim.extend(record.link().map(|link| ("appearance".to_string(), json!({ "@type": "CreativeWork", "url": link }))));
    claim.extend(
        record
            .when
            .edtf()
            .filter(|_| !matches!(record.when, When::Inferred(_)))
            .map(|date| ("datePublished".to_string(), date.into())),
    );
    let author = record.container().map(|source| json!({ "@type": "Organization", "name": source }));
    claim.extend(author.map(|author| ("author".to_string(), author)));
    let first = record.first.as_ref().map(|(name, url)| {
        let mut work = Map::new();
        work.insert("@type".into(), "CreativeWork".into());
        work.insert("name".into(), name.clone().into());
        work.extend(url.clone().map(|url| ("url".to_string(), url.into())));
        Value::from(work)
    });
    claim.extend(first.map(|first| ("firstAppearance".to_string(), first)));
    let mut review = Map::new();
    review.insert("@context".into(), "https://schema.org".into());
    review.insert("@type".into(), "ClaimReview".into());
    let reviewed = record.quote.clone().or_else(|| record.evidence.as_ref().map(|evidence| evidence.exact.clone()));
    review.extend(reviewed.or_else(|| record.title()).map(|words| ("claimReviewed".to_string(), words.into())));
    review.insert("itemReviewed".into(), claim.into());
    let evidence = record.evidence.as_ref().and_then(|evidence| serde_json::to_value(evidence).ok());
    review.extend(evidence.map(|evidence| ("evidence".to_string(), evidence)));
    review.into()
}
