//! Converts between documents and the engine's records. A record stores everything of a document beside its text.

use tantivy::TantivyDocument;
use tantivy::schema::Value;

use super::inverter::Inverter;
use super::schema::{Fields, facet};
use super::term_stream::{write_places, write_term};
use crate::backend::record::Record;
use crate::document::path::path_text;
use crate::document::{Document, Source};
use crate::error::{Error, ErrorKind, Result};
use crate::index::storage::error::damaged;
use crate::text::{Analyzer, Language, tokens};

/// Makes engine records. Each thread needs its own, since it has an analyzer and buffers.
pub(crate) struct Encoder {
    fields: Fields,
    analyzer: Analyzer,
    gatherer: Inverter,
    /// The terms of one field, before they are added.
    terms: String,
}

impl Encoder {
    pub(crate) fn new(fields: Fields) -> Encoder {
        Encoder { fields, analyzer: Analyzer::new(), gatherer: Inverter::new(), terms: String::new() }
    }

    /// Analyzes a document and fills the fields of a record. `piece` is the number of the piece of a file it came from.
    pub(crate) fn encode(&mut self, document: Document, piece: Option<u64>) -> Result<TantivyDocument> {
        let fields = self.fields;
        let language = document.language.or_else(|| Language::detect(&document.text));
        self.gatherer.begin();
        let title_words = match document.title.as_deref() {
            None => 0,
            // If the title only repeats the opening of the text, its words would be counted twice.
            Some(title) if repeats(title, &document.text) => tokens(title).len() as u64,
            Some(title) => {
                self.gatherer.text(title);
                let title_words = self.gatherer.position();
                self.gatherer.gap();
                u64::from(title_words)
            }
        };
        self.gatherer.text(&document.text);
        let fingerprint = self.gatherer.fingerprint();

        // A record holds the text and its terms: about this much together.
        let mut record = TantivyDocument::with_capacity(document.text.len().saturating_mul(3).saturating_add(1 << 10));
        record.add_text(fields.id, &document.id);
        fields.ids.write(&mut record, &document.id);
        for name in document.record_id.iter().chain(&document.former_ids) {
            record.add_text(fields.other_ids, name);
        }
        if let Some(piece) = piece {
            record.add_u64(fields.piece, piece);
        }
        self.gatherer.write_words(&mut self.terms);
        record.add_text(fields.words, &self.terms);
        // The title's stems are counted once more, since a title says in few words what a document is about (Robertson,
        // Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", 2004). Stems have no positions that
        // this could shift.
        let title = document.title.as_deref().unwrap_or_default();
        self.gatherer.write_stems(&mut self.analyzer, language, title, &mut self.terms);
        record.add_text(fields.stems, &self.terms);
        self.gatherer.write_forms(&mut self.terms);
        record.add_text(fields.forms, &self.terms);
        record.add_u64(fields.title_words, title_words);
        if let Some(byline) = &document.attribution.byline {
            self.terms.clear();
            for (place, token) in (0..).zip(tokens(&byline.name)) {
                write_term(&mut self.terms, &token.text, 1);
                write_places(&mut self.terms, &[place]);
            }
            record.add_text(fields.author, &self.terms);
        }
        if let Some(path) = &document.place.path {
            let member = document.place.member.as_deref();
            let inside = member.map_or(String::new(), |member| format!("/{member}"));
            record.add_text(fields.path, format!("{}{inside}", path_text(path)));
        }
        fields.days.write(&mut record, document.dated.date());
        fields.clues.write(&mut record, &document.dated, &document.attribution);
        fields.prints.write_fingerprint(&mut record, &fingerprint);
        fields.mentioned.write(&mut record, &document, language);
        fields.own.write(&mut record, &document);
        if let Some(source) = document.attribution.source() {
            record.add_facet(fields.source, facet(&source));
        }
        if let Some(agency) = &document.attribution.agency {
            record.add_facet(fields.agency, facet(&Source::new(&agency.name)));
        }
        if let Some(language) = language {
            record.add_text(fields.language, language.code());
        }
        let (mut stored, text) = Record::of(document);
        stored.language = language;
        let stored = serde_json::to_string(&stored)
            .map_err(|error| Error::new(ErrorKind::Format, "cannot store a document").because(error))?;
        record.add_text(fields.record, stored);
        record.add_text(fields.text, text);
        Ok(record)
    }
}

/// Returns whether the text opens with the title.
fn repeats(title: &str, text: &str) -> bool {
    text.trim_start().trim_start_matches(['#', ' ']).starts_with(title.trim_end_matches('…'))
}

/// The document that a stored record was made from.
pub(crate) fn decode(fields: &Fields, record: &TantivyDocument) -> Result<Document> {
    let string = |field| {
        record.get_first(field).and_then(|value| value.as_str()).ok_or_else(|| damaged("a record lacks its content"))
    };
    let stored: Record = serde_json::from_str(string(fields.record)?)
        .map_err(|error| damaged(format!("a record is no record: {error}")))?;
    Ok(stored.with_text(string(fields.text)?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_document_comes_back_as_it_went_in() {
        let (_, fields) = Fields::schema();
        let document = Document::new("tract-17", "Soyez réalistes, demandez l'impossible.")
            .title("Tract 17")
            .source("Sorbonne/Comité")
            .date("1968-05".parse().unwrap())
            .language("fr".parse().unwrap())
            .metadata("colour", "red");
        let record = Encoder::new(fields).encode(document.clone(), Some(17)).unwrap();
        assert_eq!(decode(&fields, &record).unwrap(), document);
    }

    #[test]
    fn a_title_that_opens_the_text_is_not_counted_twice() {
        assert!(repeats("Harbour fire…", "# Harbour fire in the night"));
        assert!(!repeats("Harbour fire", "The night of the harbour fire"));
    }
}
