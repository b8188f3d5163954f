//! References to documents and passages: `ID` and `ID#N`, also as the address of a resource.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::refusal::Refusal;
use crate::text::repeated;
use crate::{Document, Index};

/// What a resource's address begins with.
pub(super) const SCHEME: &str = "dateline:///doc/";

/// A document, and the number of a passage if one was named.
pub(super) struct Reference {
    pub(super) document: Document,
    pub(super) passage: Option<u32>,
}

/// The reference that the rest of a resource's address is: `ID` or `ID/passage/N`, with `%` escapes.
pub(super) fn id_at(rest: &str) -> String {
    unescaped(rest).replace("/passage/", "#")
}

/// What a reference names. Fails if nothing is called so, or several documents are.
pub(super) fn found(index: &Index, typed: &str) -> Result<Reference, Refusal> {
    let id = typed.trim();
    let id = id.strip_prefix(SCHEME).map_or(id.to_owned(), id_at);
    let named = index
        .document_or_passage(&id)
        .map_err(|error| Refusal { allowed: error.advice().map(str::to_owned), ..Refusal::new(error.message(), "") })?;
    let Some((document, passage)) = named else {
        let allowed = "an `id` of an answer: ID, or ID#N for passage N; dateline_search finds the document again";
        return Err(Refusal::new(format!("no document has the id {}", repeated(&id)), allowed));
    };
    Ok(Reference { document, passage })
}

/// An address with its `%` escapes read. Escapes that are none, or no text, stay as they are.
fn unescaped(address: &str) -> String {
    percent_decode_str(address).decode_utf8().map_or_else(|_| address.to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_an_address_are_read_and_others_stay() {
        for (address, id) in [("a%231", "a#1"), ("caf%C3%A9", "café"), ("50%", "50%"), ("%zz", "%zz"), ("%ff", "%ff")]
        {
            assert_eq!(unescaped(address), id);
        }
    }
}
