//! News Industry Text Format (IPTC NITF 2 and 3).

use super::story::Story;
use crate::corpus::format::xml::{Id, Tree};

/// Reads a `nitf` element.
pub(super) fn read(tree: &Tree, nitf: Id) -> Story {
    let mut story = Story::new(nitf);
    fill(tree, nitf, &mut story);
    story
}

/// Fills in what a story does not know yet.
pub(super) fn fill(tree: &Tree, nitf: Id, story: &mut Story) {
    let attribute = |id: Option<Id>, name: &str| tree.attribute(id?, name).map(str::to_owned);
    let line = |id: Option<Id>| tree.line_of(id?);
    let head = tree.child(nitf, "head");
    let data = tree.at(nitf, &["head", "docdata"]);
    let of_data = |name: &str| data.and_then(|data| tree.child(data, name));
    let pubdata = head.and_then(|head| tree.child(head, "pubdata"));
    let body = tree.child(nitf, "body");
    let body_head = body.and_then(|body| tree.child(body, "body.head"));
    let of_head = |name: &str| body_head.and_then(|head| tree.child(head, name));

    let headline = line(of_head("hedline").and_then(|lines| tree.child(lines, "hl1")));
    let headline = headline.or_else(|| line(of_head("hedline")));
    let title = line(head.and_then(|head| tree.child(head, "title")));
    let further = title.clone().filter(|title| headline.as_ref().is_some_and(|headline| headline != title));
    story.raw.title = story.raw.title.take().or(headline).or(title);
    story.fact("title", further);
    story.fact("second_headline", line(of_head("hedline").and_then(|lines| tree.child(lines, "hl2"))));
    let id = attribute(of_data("doc-id"), "id-string");
    story.raw.record_id = story.raw.record_id.take().or(id);
    let language = attribute(Some(nitf), "xml:lang").or_else(|| attribute(body, "xml:lang"));
    story.raw.language = story.raw.language.take().or(language);

    // The day it may be published goes before the day it was sent out.
    story.day("published", attribute(pubdata, "date.publication"), "date.publication");
    story.day("published", attribute(of_data("date.release"), "norm"), "date.release");
    story.day("date", attribute(of_data("date.issue"), "norm"), "date.issue");
    let dateline = of_head("dateline");
    let told = dateline.and_then(|dateline| tree.child(dateline, "story.date"));
    story.day("created", attribute(told, "norm").or_else(|| line(told)), "story.date");

    story.name("publisher", attribute(pubdata, "name"), "pubdata");
    story.name("publisher", line(of_head("distributor")), "distributor");
    let holder = attribute(of_data("doc.copyright"), "holder");
    let holder = holder.map(|holder| holder.split(". ").next().unwrap_or_default().to_owned());
    story.name("publisher", holder, "doc.copyright");
    story.name("publisher", attribute(of_data("doc-id"), "regsrc"), "doc-id");
    let person = of_head("byline").and_then(|byline| tree.child(byline, "person"));
    let byline = person.or_else(|| of_head("byline")).map(|byline| tree.text_of(byline, &|name| name == "byttl"));
    let byline = byline.map(|byline| byline.split_whitespace().collect::<Vec<_>>().join(" "));
    story.author(byline, "byline");

    story.fact("dateline", line(dateline));
    story.fact("abstract", line(of_head("abstract")));
    story.fact("ednote", attribute(of_data("ed-msg"), "info"));
    let keywords: Vec<String> = of_data("key-list")
        .into_iter()
        .flat_map(|list| tree.named(list, "keyword"))
        .filter_map(|keyword| tree.attribute(keyword, "key").map(str::to_owned).or_else(|| tree.line_of(keyword)))
        .collect();
    story.fact("keywords", Some(keywords.join(", ")));

    if story.raw.text.is_empty() {
        let content = body.and_then(|body| tree.child(body, "body.content")).or(body);
        let leave = |name: &str| {
            matches!(
                name,
                "body.head"
                    | "media-metadata"
                    | "media-producer"
                    | "media-reference"
                    | "media-object"
                    | "nitf-table-metadata"
            )
        };
        story.raw.text = content.map(|content| tree.text_of(content, &leave)).unwrap_or_default();
    }
    let end = body.and_then(|body| tree.child(body, "body.end"));
    story.fact("end", end.map(|end| tree.text_of(end, &|_| false)).map(|end| end.trim().to_owned()));
    if story.raw.text.is_empty() {
        story.raw.text = story.raw.metadata.get("abstract").cloned().unwrap_or_default();
    }
}
