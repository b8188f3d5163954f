//! The documents that ids of a request name.

use super::problem::Problem;
use crate::text::repeated;
use crate::{Document, Index};

/// The document with this id, or the only one whose id begins so.
pub(crate) fn document(index: &Index, id: &str) -> Result<Document, Problem> {
    let ids = index.ids_named(id)?;
    match ids.as_slice() {
        [only] => index.document(only)?.ok_or_else(|| none(id)),
        [] => Err(none(id)),
        several => {
            let detail = format!("{} names several documents", repeated(id));
            Err(Problem { candidates: several.to_vec(), ..Problem::new("ambiguous-id", detail) })
        }
    }
}

/// The document that an id of a document or of a passage (`DOCUMENT#NUMBER`) names, with the passage's number where it is
/// one. An id of a document comes first, since that of a record may hold a `#` of its own.
pub(crate) fn document_or_passage(index: &Index, id: &str) -> Result<(Document, Option<u32>), Problem> {
    let whole = document(index, id);
    let parts = id.rsplit_once('#').and_then(|(whole, number)| Some((whole, number.parse::<u32>().ok()?)));
    match (whole, parts) {
        (Err(problem), Some((whole, number))) if problem.kind == "no-such-document" => {
            Ok((document(index, whole)?, Some(number)))
        }
        (found, _) => Ok((found?, None)),
    }
}

fn none(id: &str) -> Problem {
    Problem::new("no-such-document", format!("no document has the id {}", repeated(id)))
}
