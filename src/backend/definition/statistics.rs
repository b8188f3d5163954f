//! The statistics of all documents that BM25 needs.

use std::collections::HashMap;

use crate::backend::clause::TextField;

/// All fields of terms.
pub(crate) const FIELDS: [TextField; 4] = [TextField::Stems, TextField::Words, TextField::Forms, TextField::Author];

/// Counts over all documents.
#[derive(Default)]
pub(crate) struct Statistics {
    total: u64,
    /// Documents that have a term of a field.
    frequencies: HashMap<(TextField, String), u64>,
    averages: HashMap<TextField, f32>,
}

impl Statistics {
    /// Statistics that an engine has counted itself.
    #[cfg(feature = "cluster")]
    pub(crate) fn known(
        total: u64,
        frequencies: HashMap<(TextField, String), u64>,
        averages: HashMap<TextField, f32>,
    ) -> Statistics {
        Statistics { total, frequencies, averages }
    }

    #[cfg(test)]
    pub(crate) fn of(documents: &[super::analysed::Analysed]) -> Statistics {
        let mut statistics = Statistics { total: documents.len() as u64, ..Statistics::default() };
        for field in FIELDS {
            for term in documents.iter().flat_map(|document| document.terms(field)) {
                *statistics.frequencies.entry((field, term.to_string())).or_default() += 1;
            }
            let all: u64 = documents.iter().map(|document| stored_length(document.length(field))).sum();
            statistics.averages.insert(field, all as f32 / documents.len().max(1) as f32);
        }
        statistics
    }

    pub(crate) fn total(&self) -> u64 {
        self.total
    }

    pub(crate) fn with_term(&self, field: TextField, term: &str) -> u64 {
        self.frequencies.get(&(field, term.to_string())).copied().unwrap_or_default()
    }

    /// The average number of terms of a field in a document.
    pub(crate) fn average(&self, field: TextField) -> f32 {
        self.averages.get(&field).copied().unwrap_or_default()
    }
}

/// A length as engines keep it in one byte: exact up to 39, then with four significant bits (Lucene's SmallFloat).
pub(crate) fn stored_length(length: u64) -> u64 {
    const EXACT: u64 = 24;
    match length.checked_sub(EXACT) {
        None => length,
        Some(more) if more < 16 => length,
        Some(more) => {
            let shift = 64 - more.leading_zeros() - 4;
            EXACT + (more >> shift << shift)
        }
    }
}
