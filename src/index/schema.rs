//! The fields of an index record. One record is one document.
//!
//! | field | kind | for |
//! |---|---|---|
//! | `id` | one term | replacing, removing, `show` |
//! | `id_number`, `id_is_number` | numbers, columns | ids without reading records, the order of equal scores: see `ids` |
//! | `record_id` | one term | finding a record by the id it gives itself |
//! | `file` | number, indexed | all documents of one file |
//! | `stems` | terms, frequencies | free words: title and text, the title once more, stemmed in the document's own language |
//! | `words` | terms, frequencies, positions | phrases and exact words: the same words, folded only |
//! | `forms` | terms, frequencies, positions | how words are written, and where sentences begin: see `forms` |
//! | `title_words` | number, column | how many of the first words are the title |
//! | `author` | terms, frequencies, positions | who wrote it, folded |
//! | `path` | column | the file, and the way inside it |
//! | `day_first`, `day_span` | numbers, columns | filters, sorting, timelines: see `days` |
//! | `date_rule`, `date_doubts` | one term, number, columns | how documents were dated: see `clues` |
//! | `number`, `fingerprint` | numbers, columns | which documents are copies: see `prints` |
//! | `source`, `agency` | facets | filters and counts |
//! | `language` | one term, column | filters, and which stemmers a question needs |
//! | `record` | stored | everything shown of a document but its text, as JSON |
//! | `text` | stored | passages and highlights |
//!
//! Analysis happens before the engine sees a document (in [`crate::text`], with the document's own language), so the
//! text fields are handed over as terms set apart by one character and merely split here. Words, stems and forms count
//! positions alike.

use tantivy::Index;
use tantivy::schema::{
    FAST, Facet, FacetOptions, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};

use super::clues::ClueFields;
use super::days::DayFields;
use super::forms::{FORM_TERMS, FormTerms};
use super::ids::IdFields;
use super::prints::PrintFields;
use crate::corpus::Source;
use crate::text::TERM_SEPARATOR;

/// The name under which [`Terms`] is registered; tantivy does not keep tokenizers with an index.
const TERMS: &str = "terms";

/// The fields, looked up once.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    pub(super) id: Field,
    pub(super) ids: IdFields,
    pub(super) record_id: Field,
    pub(super) file: Field,
    pub(super) stems: Field,
    pub(super) words: Field,
    pub(super) forms: Field,
    pub(super) title_words: Field,
    pub(super) author: Field,
    pub(super) path: Field,
    pub(super) days: DayFields,
    pub(super) clues: ClueFields,
    pub(super) prints: PrintFields,
    pub(super) source: Field,
    pub(super) agency: Field,
    pub(super) language: Field,
    pub(super) record: Field,
    pub(super) text: Field,
}

pub(super) const SOURCE: &str = "source";
pub(super) const AGENCY: &str = "agency";
pub(super) const LANGUAGE: &str = "language";
pub(super) const PATH: &str = "path";
pub(super) const TITLE_WORDS: &str = "title_words";

/// An empty term stands for this many positions that no word has, so that no phrase spans the gap.
pub(super) const GAP: usize = 256;

impl Fields {
    pub(super) fn schema() -> (Schema, Fields) {
        let terms = |record| {
            let indexing = TextFieldIndexing::default().set_tokenizer(TERMS).set_index_option(record);
            TextOptions::default().set_indexing_options(indexing)
        };
        let forms = TextFieldIndexing::default()
            .set_tokenizer(FORM_TERMS)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
            .set_fieldnorms(false);
        let mut schema = Schema::builder();
        let fields = Fields {
            id: schema.add_text_field("id", STRING),
            ids: IdFields::add_to(&mut schema),
            record_id: schema.add_text_field("record_id", STRING),
            file: schema.add_u64_field("file", INDEXED),
            stems: schema.add_text_field("stems", terms(IndexRecordOption::WithFreqs)),
            words: schema.add_text_field("words", terms(IndexRecordOption::WithFreqsAndPositions)),
            forms: schema.add_text_field("forms", TextOptions::default().set_indexing_options(forms)),
            title_words: schema.add_u64_field(TITLE_WORDS, FAST),
            author: schema.add_text_field("author", terms(IndexRecordOption::WithFreqsAndPositions)),
            path: schema.add_text_field(PATH, TextOptions::default().set_fast("raw")),
            days: DayFields::add_to(&mut schema),
            clues: ClueFields::add_to(&mut schema),
            prints: PrintFields::add_to(&mut schema),
            source: schema.add_facet_field(SOURCE, FacetOptions::default()),
            agency: schema.add_facet_field(AGENCY, FacetOptions::default()),
            language: schema.add_text_field(LANGUAGE, STRING | FAST),
            record: schema.add_text_field("record", STORED),
            text: schema.add_text_field("text", STORED),
        };
        (schema.build(), fields)
    }
}

/// Makes the index able to read and write the text fields; needed after every open.
pub(super) fn register_tokenizer(index: &Index) {
    index.tokenizers().register(TERMS, TextAnalyzer::from(Terms::default()));
    index.tokenizers().register(FORM_TERMS, TextAnalyzer::from(FormTerms::default()));
}

/// A source as a facet, its parts as levels.
pub(super) fn facet(source: &Source) -> Facet {
    Facet::from_path(source.parts())
}

/// Splits text that is terms already, each followed by [`TERM_SEPARATOR`].
#[derive(Clone, Default)]
struct Terms {
    token: Token,
}

struct TermStream<'a> {
    rest: &'a str,
    token: &'a mut Token,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        self.token.reset();
        TermStream { rest: text, token: &mut self.token }
    }
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let Some(end) = memchr::memchr(TERM_SEPARATOR as u8, self.rest.as_bytes()) else { return false };
            let term = &self.rest[..end];
            self.rest = &self.rest[end + 1..];
            if term.is_empty() {
                self.token.position = self.token.position.wrapping_add(GAP);
                continue;
            }
            self.token.text.clear();
            self.token.text.push_str(term);
            self.token.position = self.token.position.wrapping_add(1);
            return true;
        }
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_split_at_the_separator_and_numbered_from_zero_and_an_empty_one_is_a_gap() {
        let mut terms = Terms::default();
        let mut stream = terms.token_stream("one\u{1f}zwei\u{1f}\u{1f}três\u{1f}");
        let mut seen = Vec::new();
        while stream.advance() {
            seen.push((stream.token().position, stream.token().text.clone()));
        }
        assert_eq!(seen, [(0, "one".to_string()), (1, "zwei".to_string()), (2 + GAP, "três".to_string())]);
    }
}
