//! The documents' own fields: the counts of one field's values.

use super::field_names::unknown_field;
use super::matched::{Beside, MatchedDocs};
use super::request::Request;
use crate::answer::fields::{FieldReport, ValueCount};
use crate::backend::own_field::folded;
use crate::backend::reader::Backend;
use crate::error::Result;
use crate::search::compile::vocabulary::Vocabulary;
use crate::text::Analyzer;

/// Counts the matching documents by the value of a field.
pub(crate) fn field_report<B: Backend>(
    request: &Request,
    backend: &B,
    analyzer: &mut Analyzer,
    field: &str,
) -> Result<FieldReport> {
    let mut matched = MatchedDocs::of(request, &Vocabulary::new(backend), analyzer, Beside::Nothing, 0)?;
    let counts = backend.count_own(&matched.compiled.query, &matched.compiled.filter, &folded(field))?;
    matched.notes.extend(unknown_field(field, &backend.own_fields()?));
    let mut values: Vec<ValueCount> =
        counts.values.into_iter().map(|(value, documents)| ValueCount::new(value, documents)).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.documents));
    Ok(FieldReport {
        read_as: matched.read_as,
        notes: matched.notes,
        field: field.to_owned(),
        total: matched.counts.total,
        documents: counts.documents,
        values,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::backend::clause::Clause;
    use crate::backend::counts::Counting;
    use crate::backend::filter::{Condition, Filter};
    use crate::backend::own_field::OwnPattern;
    use crate::document::Document;
    use crate::index::state::State;
    use crate::note::NoteKind;
    use crate::oracle::engine::Oracle;
    use crate::search::index::Index;
    use std::sync::Arc;

    fn archive() -> Vec<Document> {
        let with = |id: &str, fields: &[(&str, &str)]| {
            let document = Document::new(id, "The ferry sailed at dawn.");
            fields.iter().fold(document, |document, (name, value)| document.metadata(*name, *value))
        };
        vec![
            with("a", &[("desk", "Foreign"), ("page", "1")]),
            with("b", &[("Desk", "foreign affairs"), ("desk", "home")]),
            with("c", &[("désk", "home"), ("desk2", "home")]),
            with("d", &[("des", "home"), ("section", &"x".repeat(300))]),
            with("e", &[("desk", "home"), ("Desk", "home")]),
        ]
    }

    fn index(documents: &[Document]) -> Index {
        let index = Index::in_memory().unwrap();
        for document in documents {
            let mut writer = index.writer().unwrap();
            writer.add(document.clone()).unwrap();
            writer.commit().unwrap();
        }
        index.reload().unwrap();
        index
    }

    #[test]
    fn values_of_a_field_are_found_and_counted_alike_by_both_engines() {
        let documents = archive();
        let index = index(&documents);
        let state = State::of(index.engine.disk("").unwrap()).unwrap();
        let oracle = Oracle::of(documents);
        assert_eq!(state.own_fields().unwrap(), oracle.own_fields().unwrap());
        assert_eq!(state.own_fields().unwrap(), ["des", "desk", "desk2", "page"]);
        for (typed, found) in [
            ("desk=foreign", 1),
            ("DESK=Foreign*", 2),
            ("desk=home", 3),
            ("desk", 4),
            ("desk2=home", 1),
            ("des", 1),
            ("page=1", 1),
            ("section", 0),
            ("nothing=1", 0),
        ] {
            let condition = Condition::Own(Arc::new(OwnPattern::new(typed)));
            let filter = Filter { conditions: vec![condition] };
            let everything = state.prepare(&Clause::Everything);
            let on_disk = state.count(&everything, &filter, Counting::default()).unwrap().total;
            let by_force = oracle.count(&Clause::Everything, &filter, Counting::default()).unwrap().total;
            assert_eq!((on_disk, by_force), (found, found), "{typed}");
        }
        for name in ["desk", "des", "page", "none"] {
            let (all, filter) = (state.prepare(&Clause::Everything), Filter::default());
            let on_disk = state.count_own(&all, &filter, name).unwrap();
            let by_force = oracle.count_own(&Clause::Everything, &filter, name).unwrap();
            assert_eq!(on_disk.values, by_force.values, "{name}");
            assert_eq!(on_disk.documents, by_force.documents, "{name}");
        }
    }

    #[test]
    fn a_field_that_no_document_has_is_told_with_the_nearest() {
        let index = index(&archive());
        let told = |question: &str| {
            let results = index.search(question).run().unwrap();
            let kinds = results.notes.iter().filter(|note| note.kind == NoteKind::UnknownField);
            (results.total, kinds.map(|note| note.message.clone()).collect::<Vec<_>>())
        };
        assert_eq!(told("ferry field:desk=home"), (3, Vec::new()));
        assert_eq!(told("ferry field:dsk=home"), (0, vec!["no document has a field dsk: did you mean desk?".into()]));
        let report = index.search("ferry").field_report("Desk").unwrap();
        let counts: Vec<_> = report.values.iter().map(|count| (count.value.as_str(), count.documents)).collect();
        assert_eq!(counts, [("home", 3), ("Foreign", 1), ("foreign affairs", 1)]);
        assert_eq!((report.total, report.documents), (5, 4));
    }
}
