//! The fields of an index record. One record is one document.
//!
//! | field | kind | for |
//! |---|---|---|
//! | `id` | one term | replacing, removing, `show` |
//! | `id_number`, `id_is_number` | numbers, columns | ids without reading records, the order of equal scores: see `id_column` |
//! | `record_id` | terms | finding a record by the id it gives itself, and a document by the ids it had before its file moved |
//! | `piece` | number, indexed | all documents of one piece of a file |
//! | `stems` | terms, frequencies | free words: title and text, the title once more, stemmed in the document's own language |
//! | `words` | terms, frequencies, positions | phrases and exact words: the same words, folded only |
//! | `forms` | terms, frequencies, positions | how words are written, and where sentences begin: see `surface_forms` |
//! | `title_words` | number, column | how many of the first words are the title |
//! | `author` | terms, frequencies, positions | who wrote it, folded |
//! | `path` | column | the file, and the way inside it |
//! | `day_first`, `day_span` | numbers, columns | filters, sorting, timelines: see `date_column` |
//! | `date_rule`, `date_doubts` | one term, number, columns | how documents were dated: see `clue_column` |
//! | `source_is_folder` | number, column | whether only the name of a folder tells the source: see `clue_column` |
//! | `number`, `fingerprint` | numbers, columns | which documents are copies: see `fingerprint_column` |
//! | `mentioned` | numbers, column | the days it speaks of: see `mention_column` |
//! | `source`, `agency` | facets | filters and counts |
//! | `own` | column | filters and counts by documents' own fields: see `own_column` |
//! | `language` | one term, column | filters, and which stemmers a question needs |
//! | `record` | stored | everything shown of a document but its text, as JSON |
//! | `text` | stored | passages and highlights |
//!
//! Analysis happens before the engine sees a document (in [`crate::text`], with the document's own language): see
//! `term_stream` for how text fields are handed over. Words and forms count positions alike.

use tantivy::Index;
use tantivy::schema::{
    FAST, Facet, FacetOptions, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions,
};
use tantivy::tokenizer::TextAnalyzer;

use super::clue_column::ClueFields;
use super::date_column::DayFields;
use super::fingerprint_column::PrintFields;
use super::id_column::IdFields;
use super::mention_column::MentionField;
use super::own_column::OwnField;
use super::term_stream::{COUNTED, PLACED, Terms};
use crate::backend::clause::TextField;
use crate::document::Source;

/// The fields, looked up once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub(crate) id: Field,
    pub(crate) ids: IdFields,
    pub(crate) other_ids: Field,
    pub(crate) piece: Field,
    pub(crate) stems: Field,
    pub(crate) words: Field,
    pub(crate) forms: Field,
    pub(crate) title_words: Field,
    pub(crate) author: Field,
    pub(crate) path: Field,
    pub(crate) days: DayFields,
    pub(crate) clues: ClueFields,
    pub(crate) prints: PrintFields,
    pub(crate) mentioned: MentionField,
    pub(crate) own: OwnField,
    pub(crate) source: Field,
    pub(crate) agency: Field,
    pub(crate) language: Field,
    pub(crate) record: Field,
    pub(crate) text: Field,
}

pub(crate) const SOURCE: &str = "source";
pub(crate) const AGENCY: &str = "agency";
pub(crate) const LANGUAGE: &str = "language";
pub(crate) const PATH: &str = "path";
pub(crate) const TITLE_WORDS: &str = "title_words";

impl Fields {
    pub(crate) fn schema() -> (Schema, Fields) {
        let terms = |tokenizer, record| TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record);
        let counted = terms(COUNTED, IndexRecordOption::WithFreqs);
        let placed = terms(PLACED, IndexRecordOption::WithFreqsAndPositions);
        let text = |indexing| TextOptions::default().set_indexing_options(indexing);
        let mut schema = Schema::builder();
        let fields = Fields {
            id: schema.add_text_field("id", STRING),
            ids: IdFields::add_to(&mut schema),
            other_ids: schema.add_text_field("record_id", STRING),
            piece: schema.add_u64_field("piece", INDEXED),
            stems: schema.add_text_field("stems", text(counted)),
            words: schema.add_text_field("words", text(placed.clone())),
            forms: schema.add_text_field("forms", text(placed.clone().set_fieldnorms(false))),
            title_words: schema.add_u64_field(TITLE_WORDS, FAST),
            author: schema.add_text_field("author", text(placed)),
            path: schema.add_text_field(PATH, TextOptions::default().set_fast("raw")),
            days: DayFields::add_to(&mut schema),
            clues: ClueFields::add_to(&mut schema),
            prints: PrintFields::add_to(&mut schema),
            mentioned: MentionField::add_to(&mut schema),
            own: OwnField::add_to(&mut schema),
            source: schema.add_facet_field(SOURCE, FacetOptions::default()),
            agency: schema.add_facet_field(AGENCY, FacetOptions::default()),
            language: schema.add_text_field(LANGUAGE, STRING | FAST),
            record: schema.add_text_field("record", STORED),
            text: schema.add_text_field("text", STORED),
        };
        (schema.build(), fields)
    }

    /// The field of a kind of terms.
    pub(crate) fn of(&self, field: TextField) -> Field {
        match field {
            TextField::Stems => self.stems,
            TextField::Words => self.words,
            TextField::Forms => self.forms,
            TextField::Author => self.author,
        }
    }
}

/// Makes the index able to read and write the text fields; needed after every open.
pub(crate) fn register_tokenizer(index: &Index) {
    index.tokenizers().register(PLACED, TextAnalyzer::from(Terms::placed()));
    index.tokenizers().register(COUNTED, TextAnalyzer::from(Terms::counted()));
}

/// A source as a facet, its parts as levels.
pub(crate) fn facet(source: &Source) -> Facet {
    Facet::from_path(source.parts())
}
