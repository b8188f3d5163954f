//! References to documents and passages: `ID` and `ID#N`, also as the address of a resource.

use super::refusal::{Refusal, repeated};
use crate::{Document, Index};

/// What a resource's address begins with.
pub(super) const SCHEME: &str = "dateline:///doc/";

/// A document, and the number of a passage if one was named.
pub(super) struct Reference {
    pub(super) document: Document,
    pub(super) passage: Option<u32>,
}

/// What a reference names. Fails if nothing is called so, or several documents are.
pub(super) fn found(index: &Index, typed: &str) -> Result<Reference, Refusal> {
    let id = typed.trim();
    let id = id.strip_prefix(SCHEME).map_or(id.to_owned(), |rest| rest.replace("/passage/", "#"));
    let named = index
        .document_or_passage(&id)
        .map_err(|error| Refusal { allowed: error.advice().map(str::to_owned), ..Refusal::new(error.message(), "") })?;
    let Some((document, passage)) = named else {
        let allowed = "an `id` of an answer: ID, or ID#N for passage N. Ids change when files move: dateline_search finds \
                       the document again";
        return Err(Refusal::new(format!("no document has the id {}", repeated(&id)), allowed));
    };
    Ok(Reference { document, passage })
}
