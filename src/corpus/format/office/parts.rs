//! How the parts of an Office package name each other, what its properties say, and which parts are not read
//! (ECMA-376, part 2).

use std::collections::{BTreeMap, HashMap};

use crate::corpus::format::packed::Parts;
use crate::corpus::format::properties::{declare, real_title};
use crate::corpus::format::xml;
use crate::corpus::format::xml::local;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::RawDocument;

/// A part that another names, and what for.
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type: `worksheet`, `comments`. Older and stricter files differ in what stands before it.
    pub(super) kind: String,
    /// The name of the part in the package.
    pub(super) target: String,
}

/// The parts that `part` names; those of the package itself for an empty name. What lies outside the package is left
/// out.
pub(super) fn relations(parts: &mut Parts, part: &str) -> Vec<Relation> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let rels = format!("{folder}{}_rels/{name}.rels", if folder.is_empty() { "" } else { "/" });
    let Ok(Some(bytes)) = parts.part(&rels) else { return Vec::new() };
    let tree = xml::read(bytes);
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
pub(super) fn properties(raw: &mut RawDocument, parts: &mut Parts, program: &str) {
    for relation in relations(parts, "") {
        if !matches!(relation.kind.as_str(), "core-properties" | "extended-properties" | "custom-properties") {
            continue;
        }
        let Ok(Some(bytes)) = parts.part(&relation.target) else { continue };
        let tree = xml::read(bytes);
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

/// What of a package is not read, a problem a kind: pictures, sounds, macros, files put into it.
pub(super) fn unread(names: &[String]) -> Vec<Problem> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for name in names {
        let folder = |part: &str| name.split('/').rev().skip(1).any(|step| step.eq_ignore_ascii_case(part));
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let picture = matches!(
            ending.as_str(),
            "png"
                | "jpg"
                | "jpeg"
                | "gif"
                | "bmp"
                | "tif"
                | "tiff"
                | "emf"
                | "wmf"
                | "svg"
                | "svm"
                | "webp"
                | "pict"
                | "heic"
        );
        let sound = matches!(ending.as_str(), "wav" | "mp3" | "mp4" | "avi" | "mov" | "wmv" | "m4a" | "m4v" | "mpg");
        let kind = if name.ends_with("vbaProject.bin") || folder("Basic") && ending == "xml" && !name.contains("-l") {
            "macros, which are not read"
        } else if folder("Thumbnails") {
            continue;
        } else if folder("embeddings") || name.starts_with("Object ") && name.ends_with("/content.xml") {
            "files put into the document, which are not read"
        } else if picture {
            "pictures, which are not read"
        } else if sound {
            "sound or video, which is not read"
        } else {
            continue;
        };
        *counts.entry(kind).or_default() += 1;
    }
    counts.into_iter().map(|(kind, count)| Problem::nothing(format!("{count} {kind}"))).collect()
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

    #[test]
    fn what_is_not_read_is_counted_by_kind() {
        let names = [
            "xl/media/a.png",
            "xl/media/b.EMF",
            "xl/vbaProject.bin",
            "xl/embeddings/oleObject1.bin",
            "xl/workbook.xml",
        ];
        let told: Vec<String> = unread(&names.map(str::to_owned)).into_iter().map(|problem| problem.reason).collect();
        assert_eq!(
            told,
            [
                "1 files put into the document, which are not read",
                "1 macros, which are not read",
                "2 pictures, which are not read"
            ]
        );
    }
}
