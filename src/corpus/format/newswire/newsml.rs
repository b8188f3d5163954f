//! NewsML 1.0 to 1.2.

use super::nitf;
use super::story::Story;
use crate::corpus::format::markup;
use crate::corpus::format::xml::{Id, Tree};

/// Reads all items of a file.
pub(super) fn read(tree: &Tree, root: Id) -> Vec<Story> {
    let sent = tree.at(root, &["NewsEnvelope", "DateAndTime"]).and_then(|sent| tree.line_of(sent));
    tree.named(root, "NewsItem").map(|id| item(tree, id, sent.as_ref())).collect()
}

fn item(tree: &Tree, id: Id, sent: Option<&String>) -> Story {
    let mut story = Story::new(id);
    let line = |id: Option<Id>| id.and_then(|id| tree.line_of(id));
    let below = |name: &str| tree.find(id, name);
    let formal = |id: Option<Id>| id.and_then(|id| tree.attribute(id, "FormalName")).map(str::to_owned);
    let party = |name: &str| formal(below(name).and_then(|below| tree.child(below, "Party")));
    let managed = |name: &str| line(tree.at(id, &["NewsManagement", name]));

    let identifier = |name: &str| line(tree.at(id, &["Identification", "NewsIdentifier", name]));
    story.raw.record_id = identifier("PublicIdentifier").or_else(|| identifier("NewsItemId"));
    story.raw.title = line(below("HeadLine"));
    story.raw.language = formal(below("Language"));

    let status = formal(tree.at(id, &["NewsManagement", "Status"]));
    if status.is_some_and(|status| status.eq_ignore_ascii_case("embargoed")) {
        story.day(
            "published",
            line(tree.at(id, &["NewsManagement", "StatusWillChange", "DateAndTime"])),
            "StatusWillChange",
        );
    }
    let first = managed("FirstCreated");
    let revision = if first.is_some() { "modified" } else { "date" };
    story.day("date", first, "FirstCreated");
    story.day(revision, managed("ThisRevisionCreated"), "ThisRevisionCreated");
    if story.raw.declared.is_empty() {
        story.day("date", identifier("DateId"), "DateId");
        story.day("modified", sent.cloned(), "DateAndTime");
    }

    story.name("publisher", party("Provider"), "Provider");
    story.name("publisher", party("Source"), "Source");
    story.name("publisher", identifier("ProviderId"), "ProviderId");
    story.name("credit", line(below("CreditLine")), "CreditLine");
    story.author(line(below("ByLine")), "ByLine");
    story.author(party("Creator").filter(|name| name.contains(' ')), "Creator");
    story.fact("dateline", line(below("DateLine")));
    story.fact("slugline", line(below("SlugLine")));
    story.fact("subheadline", line(below("SubHeadLine")));

    let contents: Vec<Id> = tree.descendants(id).filter(|below| tree.name(*below) == "ContentItem").collect();
    let is_text =
        |content: &Id| formal(tree.child(*content, "MediaType")).is_some_and(|kind| kind.eq_ignore_ascii_case("text"));
    let any_text = contents.iter().any(is_text);
    let mut texts: Vec<String> = Vec::new();
    for content in contents.into_iter().filter(|content| !any_text || is_text(content)) {
        // Pictures may lie inside, encoded.
        let Some(data) = tree.child(content, "DataContent") else { continue };
        if let Some(whole) = tree.find(data, "nitf") {
            let mut inner = nitf::read(tree, whole);
            texts.push(std::mem::take(&mut inner.raw.text));
            nitf::fill(tree, whole, &mut story);
            story.raw.text.clear();
        } else if tree.is_leaf(data) {
            let text = tree.raw_text(data);
            let html =
                formal(tree.child(content, "Format")).is_some_and(|format| format.to_lowercase().contains("html"));
            texts.push(if html { markup::text_of(&text) } else { markup::text_of_value(text) });
        } else {
            texts.push(tree.text_of(data, &|name| matches!(name, "head" | "script" | "style")));
        }
    }
    texts.retain(|text| !text.trim().is_empty());
    story.raw.text = texts.join("\n\n");
    story
}
