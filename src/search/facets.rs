//! Sources: their documents, and which source somebody meant.

use crate::answer::search::FacetCount;
use crate::backend::clause::Clause;
use crate::backend::counts::{Counting, Counts, SourceTally};
use crate::backend::filter::{Filter, folded_source, source_matches};
use crate::backend::reader::Backend;
use crate::document::Source;
use crate::error::Result;
use crate::note::{Note, NoteKind};
use crate::query::{Node, Query};
use crate::text::nearest;
use crate::time::Date;

/// The first and the last day of all documents counted by source.
pub(crate) fn span(counts: &Counts) -> Option<(Date, Date)> {
    let days = counts.sources.values().filter_map(|tally| tally.days);
    let (first, last) = days.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
    Some((Date::from_day_number(first as i32), Date::from_day_number(last as i32)))
}

/// Sources with their counts, the most frequent first. Documents without a source are left out.
pub(crate) fn facet_counts(counts: &Counts) -> Vec<FacetCount> {
    let day = |number: i64| Date::from_day_number(number as i32);
    let mut list: Vec<FacetCount> = counts
        .sources
        .iter()
        .filter(|(path, _)| !path.is_empty())
        .map(|(path, SourceTally { documents, from_folder, days })| FacetCount {
            value: Source::new(path),
            documents: *documents,
            from_folder: *from_folder,
            first: days.map(|(first, _)| day(first)),
            last: days.map(|(_, last)| day(last)),
        })
        .collect();
    list.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.value.cmp(&b.value)));
    list
}

/// A note on each source asked for that the index does not have, with the nearest name it has.
pub(crate) fn unknown_sources<B: Backend>(query: &Query, backend: &B) -> Result<Vec<Note>> {
    let mut asked: Vec<&str> = Vec::new();
    query.node().leaves(&mut |leaf| {
        if let Node::Source(name) = leaf {
            asked.push(name);
        }
    });
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let everything = backend.prepare(&Clause::Everything);
    let counting = Counting { sources: true, ..Counting::default() };
    let counts = backend.count(&everything, &Filter::default(), counting)?;
    let known: Vec<&str> = counts.sources.keys().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let mut notes = Vec::new();
    for name in asked {
        let folded = folded_source(name);
        if known.iter().any(|known| source_matches(known, &folded)) {
            continue;
        }
        let near = nearest(&folded, known.iter().copied());
        let hint = near.map_or("dateline sources lists them".to_string(), |near| format!("did you mean \"{near}\"?"));
        notes.push(Note::new(NoteKind::UnknownSource, format!("no source is called \"{name}\": {hint}")));
    }
    Ok(notes)
}
