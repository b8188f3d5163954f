//! NewsML-G2: items, packages of items, and messages that carry them.

use super::nitf;
use super::story::Story;
use crate::corpus::format::markup;
use crate::corpus::format::xml::{Id, Tree};

/// Reads an item, or all items of a message. A package is read only where no item is: it lists what lies elsewhere.
pub(super) fn read(tree: &Tree, root: Id) -> Vec<Story> {
    let inside = || std::iter::once(root).chain(tree.descendants(root));
    let sent = tree.find(root, "sent").and_then(|sent| tree.line_of(sent));
    let items: Vec<Id> = inside().filter(|id| tree.name(*id) == "newsItem").collect();
    if !items.is_empty() {
        return items.into_iter().map(|id| item(tree, id, sent.as_ref())).collect();
    }
    let packages = inside().filter(|id| tree.name(*id) == "packageItem");
    packages.map(|id| package(tree, id, sent.as_ref())).collect()
}

fn item(tree: &Tree, id: Id, sent: Option<&String>) -> Story {
    let mut story = about(tree, id, sent);
    let content = tree.child(id, "contentSet");
    for inline in content.into_iter().flat_map(|set| tree.children(set)) {
        let text = match tree.name(inline) {
            "inlineXML" => match tree.find(inline, "nitf") {
                Some(whole) => {
                    nitf::fill(tree, whole, &mut story);
                    continue;
                }
                None => {
                    // The head of an article repeats what the item has said.
                    let text = tree.text_of(inline, &|name| matches!(name, "head" | "header" | "script" | "style"));
                    if text.is_empty() { tree.text_of(inline, &|name| name == "head") } else { text }
                }
            },
            "inlineData" if tree.attribute(inline, "encoding").is_none() => {
                let data = tree.raw_text(inline);
                let html = tree.attribute(inline, "contenttype").is_some_and(|kind| kind.contains("html"));
                if html { markup::text_of(&data) } else { markup::text_of_value(data) }
            }
            _ => continue,
        };
        // One text may be given in several forms.
        if story.raw.text.is_empty() {
            story.raw.text = text;
        }
    }
    if story.raw.text.is_empty() {
        // A picture has its caption.
        let meta = tree.child(id, "contentMeta");
        let described = meta.into_iter().flat_map(|meta| tree.named(meta, "description"));
        let described = described.map(|description| tree.text_of(description, &|_| false));
        story.raw.text = described.max_by_key(String::len).unwrap_or_default();
    }
    story
}

fn package(tree: &Tree, id: Id, sent: Option<&String>) -> Story {
    let mut story = about(tree, id, sent);
    let refs = tree.descendants(id).filter(|below| tree.name(*below) == "itemRef");
    let titles = refs.filter_map(|item| {
        let title = tree.child(item, "headline").or_else(|| tree.child(item, "title"))?;
        tree.line_of(title)
    });
    story.raw.text = titles.collect::<Vec<_>>().join("\n\n");
    story
}

/// The facts that an item states about itself.
fn about(tree: &Tree, id: Id, sent: Option<&String>) -> Story {
    let mut story = Story::new(id);
    let meta = |set: &str, name: &str| tree.at(id, &[set, name]);
    let line = |id: Option<Id>| id.and_then(|id| tree.line_of(id));
    let item = |name: &str| line(meta("itemMeta", name));
    let content = |name: &str| line(meta("contentMeta", name));

    story.raw.record_id = tree.attribute(id, "guid").map(str::to_owned);
    let tag = meta("contentMeta", "language").and_then(|language| tree.attribute(language, "tag"));
    story.raw.language = tag.or_else(|| tree.attribute(id, "xml:lang")).map(str::to_owned);
    story.raw.title = content("headline").or_else(|| item("title"));

    story.day("published", item("embargoed"), "embargoed");
    let first = item("firstCreated");
    // The version that lies here may be a late correction; without the first it is the first as far as anyone knows.
    // A list of stories is made anew under its old name day by day.
    let is_list = tree.name(id) == "packageItem";
    let version = if first.is_some() && !is_list { "modified" } else { "date" };
    story.day(if is_list { "created" } else { "date" }, first, "firstCreated");
    story.day(version, item("versionCreated"), "versionCreated");
    story.day("created", content("contentCreated"), "contentCreated");
    story.day("modified", content("contentModified"), "contentModified");
    if story.raw.declared.is_empty() {
        story.day("date", sent.cloned(), "sent");
    }

    story.name("publisher", meta("itemMeta", "provider").and_then(|party| name_of(tree, party)), "provider");
    let holder = meta("rightsInfo", "copyrightHolder").and_then(|party| name_of(tree, party));
    story.name("publisher", holder, "copyrightHolder");
    story.name("credit", content("creditline"), "creditline");
    let source = meta("contentMeta", "infoSource").and_then(|party| name_of(tree, party));
    story.name("credit", source, "infoSource");
    story.author(content("by"), "by");
    // The creator may be the agency itself.
    let creator = meta("contentMeta", "creator").and_then(|party| name_of(tree, party));
    let creator = creator.filter(|creator| !story.raw.declared.iter().any(|declared| declared.value == *creator));
    story.author(creator, "creator");

    story.fact("dateline", content("dateline"));
    story.fact("slugline", content("slugline"));
    let kind = meta("itemMeta", "itemClass").and_then(|kind| tree.attribute(kind, "qcode"));
    story.fact("kind", kind.map(|kind| kind.rsplit(':').next().unwrap_or(kind).to_owned()));
    story
}

/// The name of somebody who may be given by name, in letters or by a code such as `nprov:REUTERS`.
fn name_of(tree: &Tree, party: Id) -> Option<String> {
    let name = tree.child(party, "name").and_then(|name| tree.line_of(name));
    let written = || tree.attribute(party, "literal").map(str::to_owned);
    let code = || {
        let (_, code) = tree.attribute(party, "qcode")?.rsplit_once(':')?;
        // A number or a handle names nobody to a reader.
        Some(code.to_owned()).filter(|code| code.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-')))
    };
    name.or_else(written).or_else(code)
}
