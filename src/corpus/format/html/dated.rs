//! Elements that are about a date: `<time>`, `<abbr>`, those whose class, id or property speaks of one.

use dom_query::NodeRef;

use super::lines::Spot;
use super::text::short_text;
use super::zone;
use super::zone::Zone;
use crate::corpus::raw::{Declared, Origin};

/// The longest declared date or author, in bytes.
const LONGEST: usize = 100;

/// The properties of an element, read from its attributes.
pub(super) struct Marks {
    pub(super) zone: Zone,
    property: Option<String>,
    label: Option<String>,
}

/// Reads them in one pass.
pub(super) fn marks(node: &NodeRef, name: &str) -> Marks {
    let mut marks = Marks { zone: zone::of_name(name), property: None, label: None };
    let Some(element) = node.element_ref() else { return marks };
    let whole = matches!(name, "html" | "body" | "main");
    for attr in &element.attrs {
        match &*attr.name.local {
            "itemprop" | "property" => {
                marks.property = Some(attr.value.rsplit(':').next().unwrap_or_default().trim().to_string());
            }
            "class" | "id" => {
                let said = zone::label(&attr.value);
                if !whole {
                    marks.zone = marks.zone.max(said.zone);
                }
                if marks.label.is_none() && said.date {
                    marks.label = Some(format!("{}.{}", &*attr.name.local, clip(&attr.value)));
                }
            }
            "itemtype" | "typeof" if attr.value.ends_with("Comment") => marks.zone = Zone::Comment,
            _ => {}
        }
    }
    marks
}

/// The date that an element declares, and its place.
pub(super) struct Dated {
    pub(super) declared: Declared,
    /// The text that a reader sees of it, if it is the date of a change. A line of the page with this text says nothing
    /// more.
    pub(super) change: Option<String>,
    pub(super) zone: Zone,
    pub(super) spot: Spot,
}

/// The text of an element whose name says that its date is that of a change: `date-modified`, `lastUpdated`.
pub(super) fn change(node: &NodeRef, declared: &Declared) -> Option<String> {
    const CHANGES: [&str; 6] = ["updat", "modif", "edited", "changed", "revised", "aktualisiert"];
    let name = declared.name.to_lowercase();
    let told = CHANGES.iter().any(|change| name.contains(change)) && !name.contains("publish");
    if told { short_text(node, LONGEST) } else { None }
}

/// A `<time>`, named `time` with its property or classes after a dot: `time.updated`.
pub(super) fn time(node: &NodeRef, marks: &Marks) -> Option<Declared> {
    let value = attribute(node, "datetime")
        .filter(|value| value.len() <= LONGEST && value.bytes().any(|b| b.is_ascii_digit()))
        .or_else(|| short_text(node, LONGEST))?;
    let name = match &marks.property {
        Some(property) => property.clone(),
        None => match attribute(node, "class").or_else(|| node.has_attr("pubdate").then(|| "pubdate".to_owned())) {
            Some(class) => format!("time.{}", clip(&class)),
            None => "time".to_owned(),
        },
    };
    Some(Declared { origin: Origin::TimeElement, name, value, place: "time element".to_owned() })
}

/// An element whose property, class or id speaks of a date or an author, and which holds little else.
pub(super) fn element(node: &NodeRef, name: &str, marks: &Marks) -> Option<Declared> {
    const PROPERTIES: [&str; 8] =
        ["datePublished", "dateCreated", "dateModified", "uploadDate", "author", "publisher", "creator", "dateline"];
    let property = marks.property.as_ref().filter(|property| PROPERTIES.contains(&property.as_str()));
    let figures = |value: &String| value.len() <= LONGEST && value.bytes().filter(u8::is_ascii_digit).count() >= 3;
    let title = || attribute(node, "title").filter(figures);
    let Some(label) = property.or(marks.label.as_ref()) else {
        // `<abbr title="26 May 2024">2 years ago</abbr>`
        let value = if matches!(name, "abbr" | "span") { title() } else { None }?;
        let place = format!("title of {name} element");
        return Some(Declared { origin: Origin::TimeElement, name: format!("{name}.title"), value, place });
    };
    let value = attribute(node, "content")
        .or_else(|| attribute(node, "datetime"))
        .filter(|value| value.len() <= LONGEST)
        .or_else(title)
        .or_else(|| short_text(node, LONGEST))?;
    let place = format!("element {label}");
    Some(Declared { origin: Origin::TimeElement, name: label.clone(), value, place })
}

fn clip(label: &str) -> String {
    label.split_ascii_whitespace().take(6).collect::<Vec<_>>().join(" ").chars().take(80).collect()
}

fn attribute(node: &NodeRef, name: &str) -> Option<String> {
    node.attr(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}
