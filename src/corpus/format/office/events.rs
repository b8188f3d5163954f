//! What reading XML as a run of events needs: attributes by their names, and text with its references put in.

use quick_xml::events::{BytesRef, BytesStart};

use crate::corpus::format::shared::entities;

/// An attribute by its name without a prefix, references put in.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found =
        element.attributes().with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
    Some(entities::unescape(&found.value).into_owned())
}

/// An attribute that is a number.
pub(super) fn number(element: &BytesStart, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}

/// Adds the character that a reference stands for. No document of this kind declares others than XML does.
pub(super) fn add_reference(out: &mut String, reference: &BytesRef) {
    match reference.resolve_char_ref() {
        Ok(Some(c)) => out.push(c),
        _ => out.push_str(quick_xml::escape::resolve_predefined_entity(reference.as_ref()).unwrap_or_default()),
    }
}
