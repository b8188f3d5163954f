//! XML as a bounded tree: nothing is fetched, no entity but the usual characters is put in.

mod build;
mod kind;
mod tree;

use crate::corpus::encoding;
use build::Builder;

pub(crate) use kind::{XmlKind, xml_kind};
pub(super) use tree::{Id, Tree, local};

/// Reads a file; what is wrong with it ends the tree there, and `broken` says so.
pub(super) fn read(bytes: Vec<u8>) -> Tree {
    let declared = encoding::declared_charset(&bytes);
    let decoded = encoding::decode(bytes, declared);
    let mut builder = Builder::new(decoded.encoding, decoded.certainty);
    builder.run(&decoded.text);
    builder.tree
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use proptest::prelude::*;

    fn tree(xml: &str) -> Tree {
        read(xml.as_bytes().to_vec())
    }

    #[test]
    fn a_tree_keeps_names_attributes_text_and_lines() {
        let tree =
            tree("<?xml version='1.0'?>\n<a x='1 &amp; 2'>one<b>\n two &eacute;&#233;<c/></b><![CDATA[<three>]]></a>");
        let root = tree.root().unwrap();
        assert_eq!((tree.name(root), tree.attribute(root, "x"), tree.line(root)), ("a", Some("1 & 2"), 2));
        assert_eq!(tree.line_of(root).as_deref(), Some("one two éé <three>"));
        assert_eq!(tree.find(root, "c").map(|id| tree.line(id)), Some(3));
        assert_eq!(tree.broken, None);
    }

    #[test]
    fn prefixes_are_those_of_their_namespaces() {
        let tree = tree(
            "<f:feed xmlns:f='http://www.w3.org/2005/Atom' xmlns:x='http://purl.org/dc/elements/1.1/'><f:entry><x:date>1999</x:date><y:z/></f:entry></f:feed>",
        );
        let names: Vec<_> = tree.descendants(0).map(|id| tree.name(id).to_owned()).collect();
        assert_eq!(names, ["feed", "entry", "dc:date", "y:z"]);
    }

    #[test]
    fn no_entity_is_followed_and_custom_ones_stay() {
        let bomb = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&b; &x; &amp;</a>";
        let tree = tree(bomb);
        assert_eq!(tree.line_of(0).as_deref(), Some("&b; &x; &"));
    }

    #[test]
    fn broken_xml_is_read_as_far_as_it_goes() {
        let cut = tree("<a><b>one</b><b>two");
        assert_eq!(cut.line_of(0).as_deref(), Some("one two"));
        assert!(cut.broken.as_deref().unwrap().contains("cut off"));
        let crossed = tree("<a><b>one<i>two</b>three</a>");
        assert_eq!(crossed.line_of(0).as_deref(), Some("one two three"));
        assert_eq!(crossed.broken, None);
        assert!(tree("<a>\n<b <</a>").broken.is_some());
    }

    #[test]
    fn depth_is_bounded_and_nothing_lost() {
        let deep = 100_000;
        let tree = tree(&format!("{}words{}<z>after</z>", "<d>".repeat(deep), "</d>".repeat(deep)));
        assert_eq!(tree.line_of(0).as_deref(), Some("words after"));
        assert!(tree.descendants(0).count() < 210);
    }

    proptest! {
        #[test]
        fn any_file_is_read(xml in "(<|/|>|a|b|:|!|\\?|--|\\[CDATA\\[|]]|=|\"|'|&|;|#|x| |é|xmlns:a){0,60}") {
            let tree = tree(&xml);
            tree.text_of(0, &|_| false);
            xml_kind(xml.as_bytes());
        }
    }
}
