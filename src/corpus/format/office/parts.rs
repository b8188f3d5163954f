//! How the parts of an Office package name each other, and what its properties say (ECMA-376, part 2).

use std::collections::HashMap;

use crate::corpus::format::packed::Package;
use crate::corpus::format::shared::properties::{declare, real_title};
use crate::corpus::format::xml::local;
use crate::corpus::raw::RawDocument;

/// A part that another names, and what for.
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type: `worksheet`, `comments`. Older and stricter files differ in what stands before it.
    pub(super) kind: String,
    /// The name of the part in the package.
    pub(super) target: String,
}

/// The parts that the package itself names.
pub(super) fn outer(package: &mut Package) -> Vec<Relation> {
    relations(package, "", "the package")
}

/// The name of the part with the document itself: the one that the package names, or else the usual one.
pub(super) fn main_part(outer: &[Relation], usual: &str) -> String {
    let named = outer.iter().find(|relation| relation.kind == "officeDocument");
    named.map_or_else(|| usual.to_owned(), |relation| relation.target.clone())
}

/// The parts that `part` names, which is told as `what`; those of the package itself for an empty name. What lies
/// outside the package is left out.
pub(super) fn relations(package: &mut Package, part: &str, what: &str) -> Vec<Relation> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let rels = format!("{folder}{}_rels/{name}.rels", if folder.is_empty() { "" } else { "/" });
    let what = format!("the list of parts of {what}");
    let Some(bytes) = package.optional(&rels, &what) else { return Vec::new() };
    let tree = package.tree(bytes, &what);
    let named = tree.descendants(0).filter(|id| local(tree.name(*id)) == "Relationship");
    named
        .filter(|id| !tree.attribute(*id, "TargetMode").is_some_and(|mode| mode.eq_ignore_ascii_case("external")))
        .filter_map(|id| {
            let kind = tree.attribute(id, "Type")?.rsplit('/').next()?.to_owned();
            let target = resolved(folder, tree.attribute(id, "Target")?)?;
            Some(Relation { id: tree.attribute(id, "Id")?.to_owned(), kind, target })
        })
        .collect()
}

/// Relations by their ids, of several with the same id the first.
pub(super) fn by_id(relations: &[Relation]) -> HashMap<&str, &Relation> {
    relations.iter().rev().map(|relation| (relation.id.as_str(), relation)).collect()
}

/// A name as it is written in a folder of the package, from the package's root. None if it leads out of the package.
fn resolved(folder: &str, target: &str) -> Option<String> {
    let (mut steps, target) = match target.strip_prefix('/') {
        Some(target) => (Vec::new(), target),
        None => (folder.split('/').filter(|step| !step.is_empty()).collect(), target),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()?),
            step => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

/// Adds what the package says of itself: title, author, days.
pub(super) fn properties(raw: &mut RawDocument, package: &mut Package, outer: &[Relation], program: &str) {
    for relation in outer {
        if !matches!(relation.kind.as_str(), "core-properties" | "extended-properties" | "custom-properties") {
            continue;
        }
        let Some(bytes) = package.optional(&relation.target, "what the file says of itself") else { continue };
        let tree = package.tree(bytes, "what the file says of itself");
        for id in tree.descendants(0) {
            let Some(value) = tree.line_of(id) else { continue };
            if relation.kind == "custom-properties" {
                // Whoever keeps such files may have fields of their own.
                if let Some(name) = tree.attribute(id, "name") {
                    raw.metadata.insert(name.to_owned(), value);
                }
                continue;
            }
            let place = |name: &str| format!("{program} {name}");
            match local(tree.name(id)) {
                "title" => raw.title = real_title(&value).or(raw.title.take()),
                "creator" => declare(raw, "author", &value, &place("dc:creator")),
                "created" => declare(raw, "created", &value, &place("dcterms:created")),
                "modified" => declare(raw, "modified", &value, &place("dcterms:modified")),
                "Application" => declare(raw, "program", &value, &place("Application")),
                name @ ("subject" | "description" | "keywords" | "category") => {
                    raw.metadata.insert(name.to_owned(), value);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_resolved_within_the_package() {
        for (folder, target, expected) in [
            ("xl", "worksheets/sheet1.xml", Some("xl/worksheets/sheet1.xml")),
            ("xl/worksheets", "../comments1.xml", Some("xl/comments1.xml")),
            ("xl", "/xl/styles.xml", Some("xl/styles.xml")),
            ("xl", "../../etc/passwd", None),
        ] {
            assert_eq!(resolved(folder, target).as_deref(), expected, "{target}");
        }
    }
}
