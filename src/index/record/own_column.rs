//! The column of documents' own fields: each field of a document is one term, its folded name, a NUL and its value.
//!
//! The terms of a column are sorted, so the values of one field stand together.

use std::ops::Range;

use tantivy::columnar::StrColumn;
use tantivy::schema::{Field, SchemaBuilder, TextOptions};
use tantivy::{DocId, SegmentReader, TantivyDocument};

use crate::backend::own_field::own_fields;
use crate::document::Document;

const OWN: &str = "own";

/// The field of the schema.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnField(Field);

impl OwnField {
    pub(crate) fn add_to(schema: &mut SchemaBuilder) -> OwnField {
        OwnField(schema.add_text_field(OWN, TextOptions::default().set_fast("raw")))
    }

    pub(crate) fn write(self, record: &mut TantivyDocument, document: &Document) {
        for (name, value) in own_fields(document) {
            record.add_text(self.0, format!("{name}\0{value}"));
        }
    }
}

/// The values of one field in one segment.
pub(crate) struct OwnValues {
    column: StrColumn,
    /// The ordinals of its terms.
    terms: Range<u64>,
    /// The bytes of a term before the value.
    prefix: usize,
}

impl OwnValues {
    /// The values of a field by its folded name; none where no document of the segment has it.
    pub(crate) fn of(segment: &SegmentReader, name: &str) -> tantivy::Result<Option<OwnValues>> {
        let Some(column) = segment.fast_fields().str(OWN)? else { return Ok(None) };
        let first = first_term(&column, &format!("{name}\0"))?;
        let behind = first_term(&column, &format!("{name}\u{1}"))?;
        let values = OwnValues { column, terms: first..behind, prefix: name.len() + 1 };
        Ok(Some(values).filter(|values| !values.terms.is_empty()))
    }

    /// The number of values. Their numbers are below it.
    pub(crate) fn count(&self) -> usize {
        (self.terms.end - self.terms.start) as usize
    }

    /// The numbers of a document's values.
    #[inline]
    pub(crate) fn numbers(&self, doc: DocId) -> impl Iterator<Item = usize> {
        let terms = self.terms.clone();
        let of_field = move |ordinal: u64| terms.contains(&ordinal).then(|| (ordinal - terms.start) as usize);
        self.column.ords().values_for_doc(doc).filter_map(of_field)
    }

    /// The value with a number, as written.
    pub(crate) fn value(&self, number: usize) -> tantivy::Result<String> {
        let mut term = String::new();
        self.column.ord_to_str(self.terms.start + number as u64, &mut term)?;
        Ok(term.get(self.prefix..).unwrap_or_default().to_owned())
    }
}

/// The folded names of all fields in a segment, in their order.
pub(crate) fn names(segment: &SegmentReader) -> tantivy::Result<Vec<String>> {
    let Some(column) = segment.fast_fields().str(OWN)? else { return Ok(Vec::new()) };
    let (mut names, mut at, mut term) = (Vec::new(), 0, String::new());
    while at < column.num_terms() as u64 {
        term.clear();
        column.ord_to_str(at, &mut term)?;
        let name = term.split('\0').next().unwrap_or_default().to_owned();
        at = first_term(&column, &format!("{name}\u{1}"))?.max(at + 1);
        names.push(name);
    }
    Ok(names)
}

/// The ordinal of the first term that is not less than a text.
fn first_term(column: &StrColumn, text: &str) -> tantivy::Result<u64> {
    let (mut low, mut high) = (0, column.num_terms() as u64);
    let mut term = String::new();
    while low < high {
        let middle = low + (high - low) / 2;
        term.clear();
        column.ord_to_str(middle, &mut term)?;
        if term.as_str() < text { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}
