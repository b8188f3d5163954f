//! The documents that ids of a request name.

use super::problem::Problem;
use crate::{Document, Index};

/// The document with this id, or the only one whose id begins so.
pub(crate) fn document(index: &Index, id: &str) -> Result<Document, Problem> {
    let ids = index.ids_named(id)?;
    match ids.as_slice() {
        [only] => index.document(only)?.ok_or_else(|| none(id)),
        [] => Err(none(id)),
        several => {
            let detail = format!("{} names several documents", super::words::repeated(id));
            Err(Problem { candidates: several.to_vec(), ..Problem::new("ambiguous-id", detail) })
        }
    }
}

fn none(id: &str) -> Problem {
    Problem::new("no-such-document", format!("no document has the id {}", super::words::repeated(id)))
}
