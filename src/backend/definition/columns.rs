//! What conditions are decided on.

use crate::backend::own_field::own_fields;
use crate::document::path::path_text;
use crate::document::{DateRule, Document, Doubts, Source};
use crate::passages::about::Span;
use crate::passages::match_dates::mentions_in;
use crate::text::{Language, fold};

/// A document's columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Columns {
    pub(crate) days: Option<(i64, i64)>,
    pub(crate) language: Option<Language>,
    /// The spans of the days it speaks of, each once.
    pub(crate) mentions: Vec<Span>,
    /// The path of its file, and of its place in there.
    pub(crate) path: Option<String>,
    /// The paths of its source and of its agency. The first is empty if it has none.
    pub(crate) source: String,
    pub(crate) agency: Option<String>,
    /// Set if only the name of its folder gives it its source.
    pub(crate) is_folder: bool,
    /// The kind of clue that dates it.
    pub(crate) rule: Option<DateRule>,
    pub(crate) doubts: Doubts,
    /// Its own fields: their folded names, and their values as written.
    pub(crate) own: Vec<(String, String)>,
}

impl Columns {
    pub(crate) fn of(document: &Document) -> Columns {
        let language = document.language.or_else(|| Language::detect(&document.text));
        let date = document.dated.date();
        let title = document.title.as_deref().unwrap_or_default();
        let found = [title, &document.text].into_iter().flat_map(|text| mentions_in(text, date, language));
        let mut mentions: Vec<Span> = found.filter_map(|mention| Span::of(&mention)).collect();
        mentions.sort_by_key(|span| (span.first, span.last, span.certainty as u8));
        mentions.dedup_by_key(|span| (span.first, span.last));
        let member = document.place.member.as_deref().map_or(String::new(), |inside| format!("/{inside}"));
        Columns {
            days: date.map(|date| (date.first_day().into(), date.last_day().into())),
            language,
            mentions,
            path: document.place.path.as_deref().map(|path| format!("{}{member}", path_text(path))),
            source: document.attribution.source().map(|source| source.as_str().to_string()).unwrap_or_default(),
            agency: document.attribution.agency.as_ref().map(|clue| Source::new(&clue.name).as_str().to_string()),
            is_folder: document.attribution.is_folder(),
            rule: document.dated.chosen.as_ref().map(|clue| clue.rule),
            doubts: document.dated.doubts(),
            own: own_fields(document).into_iter().map(|(name, value)| (name, value.to_owned())).collect(),
        }
    }

    /// Returns whether the document is filed under one of these folded sources, or cites one.
    pub(crate) fn is_from(&self, wanted: &[String]) -> bool {
        let within = |path: &str| {
            let parts: Vec<String> = path.split('/').map(|part| fold(part.trim())).collect();
            wanted.iter().any(|wanted| {
                let wanted: Vec<&str> = wanted.split('/').collect();
                parts.windows(wanted.len()).any(|run| run.iter().zip(&wanted).all(|(a, b)| a == b))
            })
        };
        (!self.source.is_empty() && within(&self.source)) || self.agency.as_deref().is_some_and(within)
    }
}
