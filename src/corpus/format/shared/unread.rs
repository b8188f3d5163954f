//! The parts of a document that are not read, counted by their kinds: pictures, sounds, macros, files put into it.

use std::collections::BTreeMap;

use crate::corpus::input::problem::{Problem, counted};

/// A kind of part that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(not(feature = "office"), allow(dead_code, reason = "RTF has neither macros nor sounds"))]
pub(in crate::corpus::format) enum Kind {
    /// A file or an object of another program that was put into the document.
    File,
    Macros,
    Picture,
    Sound,
}

impl Kind {
    /// The kind of a part of a package by its name; none of a part that is read, or is none of the document's own.
    #[cfg(feature = "office")]
    fn of_name(name: &str) -> Option<Kind> {
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        let within = |part: &str| folder.split('/').any(|step| step.eq_ignore_ascii_case(part));
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
        let ending = ending.to_ascii_lowercase();
        // A small picture of the first page, and those of the program's own menus.
        if within("Thumbnails") || within("Configurations2") || stem.eq_ignore_ascii_case("thumbnail") {
            return None;
        }
        // The lists of the modules of a library are none.
        let is_list = matches!(file, "script-lb.xml" | "script-lc.xml" | "dialog-lb.xml" | "dialog-lc.xml");
        if file.eq_ignore_ascii_case("vbaProject.bin") || within("Basic") && ending == "xml" && !is_list {
            return Some(Kind::Macros);
        }
        if within("embeddings") || name.starts_with("Object ") && file == "content.xml" {
            return Some(Kind::File);
        }
        match ending.as_str() {
            "png" | "jpg" | "jpeg" | "gif" | "bmp" | "tif" | "tiff" | "emf" | "wmf" | "svg" | "svm" | "webp"
            | "pict" | "heic" => Some(Kind::Picture),
            "wav" | "mp3" | "mp4" | "avi" | "mov" | "wmv" | "m4a" | "m4v" | "mpg" => Some(Kind::Sound),
            _ => None,
        }
    }

    /// What is told of so many parts of the kind.
    fn told(self, count: usize) -> String {
        let verb = if count == 1 { "is" } else { "are" };
        let what = match self {
            Kind::File => counted(count, "file put into the document", "files put into the document"),
            // A part holds any number of them.
            Kind::Macros => return "macros, which are not read".to_owned(),
            Kind::Picture => counted(count, "picture", "pictures"),
            Kind::Sound => counted(count, "sound or film", "sounds or films"),
        };
        format!("{what}, which {verb} not read")
    }
}

/// The numbers of the parts that are not read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::corpus::format) struct Unread {
    counts: BTreeMap<Kind, usize>,
}

impl Unread {
    /// Those of a package, by the names of its parts.
    #[cfg(feature = "office")]
    pub(in crate::corpus::format) fn of_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Unread {
        let mut unread = Unread::default();
        for kind in names.into_iter().filter_map(Kind::of_name) {
            unread.add(kind, 1);
        }
        unread
    }

    pub(in crate::corpus::format) fn add(&mut self, kind: Kind, count: usize) {
        if count > 0 {
            *self.counts.entry(kind).or_default() += count;
        }
    }

    /// A problem a kind.
    pub(in crate::corpus::format) fn problems(&self) -> impl Iterator<Item = Problem> + '_ {
        self.counts.iter().map(|(kind, count)| Problem::nothing(kind.told(*count)))
    }
}

#[cfg(test)]
#[cfg(feature = "office")]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_counted_by_kind() {
        for (names, expected) in [
            (
                &["xl/media/a.png", "xl/media/b.EMF", "xl/vbaProject.bin", "xl/embeddings/oleObject1.bin", "xl/a.xml"]
                    [..],
                &[
                    "1 file put into the document, which is not read",
                    "macros, which are not read",
                    "2 pictures, which are not read",
                ][..],
            ),
            (&["docProps/thumbnail.jpeg", "Thumbnails/thumbnail.png", "Configurations2/images/Bitmaps/a.png"], &[]),
            (&["Basic/Standard/script-lb.xml", "Basic/script-lc.xml"], &[]),
            (&["Basic/Standard/Sort-list.xml"], &["macros, which are not read"]),
            (
                &["Object 1/content.xml", "Object 2/content.xml", "Object 1/styles.xml", "Pictures/a.jpg"],
                &["2 files put into the document, which are not read", "1 picture, which is not read"],
            ),
            (&["ppt/media/a.wav"], &["1 sound or film, which is not read"]),
        ] {
            let unread = Unread::of_names(names.iter().copied());
            let told: Vec<String> = unread.problems().map(|problem| problem.reason).collect();
            assert_eq!(told, expected, "{names:?}");
        }
    }
}
