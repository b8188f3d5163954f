//! BM25, as Lucene and tantivy have it (Robertson and Zaragoza, *The Probabilistic Relevance Framework*, 2009).

/// BM25's parameters as tantivy has them, so that both fields are scored the same way.
pub(crate) const K1: f32 = 1.2;
pub(crate) const B: f32 = 0.75;

/// BM25's factor for a word that occurs this often in a text of this length. It is multiplied by the word's idf.
#[inline]
pub(crate) fn bm25(times: f32, length: f32, average: f32) -> f32 {
    (1.0 + K1) * times / (times + K1 * (1.0 - B + B * length / average.max(1.0)))
}

/// BM25's inverse document frequency, in the form Lucene and tantivy use.
pub(crate) fn idf(documents: u64, with_term: u64) -> f32 {
    let without = documents.saturating_sub(with_term) as f32;
    (1.0 + (without + 0.5) / (with_term.min(documents) as f32 + 0.5)).ln()
}
