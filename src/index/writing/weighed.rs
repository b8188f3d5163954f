//! A record on its way to the engine.

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

use crate::backend::memory_budget::Share;

/// A record with its share of a budget. The engine's queue counts documents and not bytes, so the share is given back
/// once the engine has written the record.
pub(crate) struct Weighed {
    pub(crate) record: TantivyDocument,
    pub(crate) _share: Option<Share>,
}

impl Document for Weighed {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.record.iter_fields_and_values()
    }
}
