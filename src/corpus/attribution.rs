//! Who published a document, whom it cites, who wrote it.

use super::document::Attribution;
use super::raw::RawDocument;

pub(crate) fn attribute(_: &RawDocument, _: &str) -> Attribution {
    Attribution::default()
}
