//! A filter prepared for the documents of one segment.
//!
//! It is asked about each candidate document and never adds to its score. So a search keeps the engine's pruning of
//! hopeless candidates, which a range clause inside the query would turn off.

use std::sync::Arc;

use tantivy::columnar::{Column, StrColumn};
use tantivy::query::Query;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::schema::Facet;
use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use crate::backend::filter::{Condition, Filter, source_matches};
use crate::backend::own_field::OwnPattern;
use crate::document::Doubts;
use crate::index::record::address::{address, doc_at};
use crate::index::record::clue_column::Clues;
use crate::index::record::date_column::Days;
use crate::index::record::mention_column::Mentioned;
use crate::index::record::own_column::OwnValues;
use crate::index::record::schema::{AGENCY, LANGUAGE, PATH, SOURCE};
use crate::passages::about::About;

/// The verdict of a filter on one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    In,
    Out,
    /// Refused only because the document is undated.
    OutUndated,
}

/// One condition, prepared for the documents of one segment.
pub(crate) enum SegmentCondition {
    Days {
        days: Days,
        from: i64,
        to: i64,
        certain: bool,
    },
    About {
        mentioned: Mentioned,
        about: Arc<About>,
    },
    /// The allowed kinds of clues, by number.
    Rules {
        clues: Clues,
        allowed: Vec<bool>,
    },
    Doubted {
        clues: Clues,
        doubts: Doubts,
    },
    /// The allowed sources and agencies, by ordinal.
    Sources {
        source: Option<(Column<u64>, Vec<bool>)>,
        agency: Option<(Column<u64>, Vec<bool>)>,
    },
    /// The allowed texts, by ordinal, of a column with one text a document.
    Text {
        ordinals: Column<u64>,
        allowed: Vec<bool>,
    },
    /// The wanted values of one of the documents' own fields, by number.
    Own {
        values: OwnValues,
        wanted: Vec<bool>,
    },
    /// The refused documents, rising.
    NotCollapsed(Arc<[DocId]>),
    Nothing,
}

/// A filter, prepared for the documents of one segment.
pub(crate) struct SegmentFilter {
    conditions: Vec<SegmentCondition>,
}

impl SegmentFilter {
    pub(crate) fn of(
        filter: &Filter,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<SegmentFilter> {
        SegmentFilter::over(filter, segment, reader, &|| Days::of(reader))
    }

    /// As [`of`](Self::of), with the segment's days if they are open already.
    pub(crate) fn over(
        filter: &Filter,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
        days: &dyn Fn() -> tantivy::Result<Days>,
    ) -> tantivy::Result<SegmentFilter> {
        let ready = |condition| SegmentCondition::of(condition, segment, reader, days);
        Ok(SegmentFilter { conditions: filter.conditions.iter().map(ready).collect::<tantivy::Result<_>>()? })
    }

    /// Returns whether there is no condition.
    pub(crate) fn lets_all_in(&self) -> bool {
        self.conditions.is_empty()
    }

    #[inline]
    pub(crate) fn verdict(&self, doc: DocId) -> Verdict {
        let mut undated = false;
        for condition in &self.conditions {
            match condition.verdict(doc) {
                Verdict::In => {}
                Verdict::Out => return Verdict::Out,
                Verdict::OutUndated => undated = true,
            }
        }
        if undated { Verdict::OutUndated } else { Verdict::In }
    }

    /// The share of its score that a document keeps, by how well it speaks of the days asked about. It is 1 if none are
    /// asked about, and never more.
    #[inline]
    pub(crate) fn share(&self, doc: DocId) -> f32 {
        self.conditions.iter().fold(1.0, |share, condition| match condition {
            SegmentCondition::About { mentioned, about } => {
                let mut closest = 0f32;
                mentioned.any(doc, |span| {
                    closest = closest.max(about.closeness(span));
                    closest == 1.0
                });
                share * About::share(closest)
            }
            _ => share,
        })
    }
}

/// A condition as a clause for use inside a query, where a filter over the whole query cannot express it.
pub(crate) fn condition_query(condition: Condition) -> Box<dyn Query> {
    let predicate = move |reader: &SegmentReader| {
        // Only collapsed copies need to know the segment, and they never stand inside a query.
        let condition = SegmentCondition::of(&condition, 0, reader, &|| Days::of(reader))?;
        Ok(move |doc: DocId| condition.verdict(doc) == Verdict::In)
    };
    Box::new(DocPredicateQuery::from(FunctionPredicate::from(predicate)))
}

impl SegmentCondition {
    fn of(
        condition: &Condition,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
        days: &dyn Fn() -> tantivy::Result<Days>,
    ) -> tantivy::Result<SegmentCondition> {
        let columns = reader.fast_fields();
        Ok(match condition {
            Condition::Days { range, certain } => SegmentCondition::Days {
                days: days()?,
                from: i64::from(range.first_number()),
                to: i64::from(range.last_number()),
                certain: *certain,
            },
            Condition::About(about) => {
                SegmentCondition::About { mentioned: Mentioned::of(reader)?, about: Arc::clone(about) }
            }
            Condition::Rules(rules) => {
                let clues = Clues::of(reader)?;
                let is_wanted = |kind| clues.rule(kind).is_some_and(|rule| rules.contains(&rule));
                let allowed = (0..clues.kinds()).map(is_wanted).collect();
                SegmentCondition::Rules { clues, allowed }
            }
            Condition::Doubted(doubts) => SegmentCondition::Doubted { clues: Clues::of(reader)?, doubts: *doubts },
            Condition::Sources(wanted) => SegmentCondition::Sources {
                source: allowed_facets(reader, SOURCE, wanted)?,
                agency: allowed_facets(reader, AGENCY, wanted)?,
            },
            Condition::Languages(wanted) => {
                SegmentCondition::of_text(columns.str(LANGUAGE)?, |name| wanted.iter().any(|wanted| wanted == name))?
            }
            Condition::File(pattern) => SegmentCondition::of_text(columns.str(PATH)?, pattern.test())?,
            Condition::Own(pattern) => SegmentCondition::of_own(reader, pattern)?,
            Condition::NotCollapsed(collapsed) => {
                let here = doc_at(segment, 0)..doc_at(segment + 1, 0);
                let docs = collapsed.within(here).iter().map(|doc| address(*doc).doc_id);
                SegmentCondition::NotCollapsed(docs.collect())
            }
        })
    }

    fn of_own(reader: &SegmentReader, pattern: &OwnPattern) -> tantivy::Result<SegmentCondition> {
        let Some(values) = OwnValues::of(reader, pattern.name())? else { return Ok(SegmentCondition::Nothing) };
        let is_wanted = |number| Ok(pattern.is_met(&values.value(number)?));
        let wanted = (0..values.count()).map(is_wanted).collect::<tantivy::Result<_>>()?;
        Ok(SegmentCondition::Own { values, wanted })
    }

    fn of_text(column: Option<StrColumn>, is_allowed: impl Fn(&str) -> bool) -> tantivy::Result<SegmentCondition> {
        let Some(column) = column else { return Ok(SegmentCondition::Nothing) };
        let mut allowed = vec![false; column.num_terms()];
        let mut text = String::new();
        for (ordinal, allowed) in allowed.iter_mut().enumerate() {
            text.clear();
            column.ord_to_str(ordinal as u64, &mut text)?;
            *allowed = is_allowed(&text);
        }
        Ok(SegmentCondition::Text { ordinals: column.ords().clone(), allowed })
    }

    #[inline]
    fn verdict(&self, doc: DocId) -> Verdict {
        let holds = match self {
            SegmentCondition::Days { days, from, to, certain } => match days.first(doc) {
                None => return Verdict::OutUndated,
                Some(first) if *certain => *from <= first && days.last(doc).is_some_and(|last| last <= *to),
                // Most documents are dated to the day, so their last day need not be read.
                Some(first) => first <= *to && (*from <= first || days.last(doc).is_some_and(|last| *from <= last)),
            },
            SegmentCondition::About { mentioned, about } => mentioned.any(doc, |span| about.is_met(span)),
            SegmentCondition::Rules { clues, allowed } => {
                clues.kind(doc).is_some_and(|kind| is_allowed(allowed, kind as u64))
            }
            SegmentCondition::Doubted { clues, doubts } => doubts.iter().any(|doubt| clues.doubts(doc).contains(doubt)),
            SegmentCondition::Sources { source, agency } => [source, agency]
                .into_iter()
                .flatten()
                .any(|(column, allowed)| column.values_for_doc(doc).any(|ordinal| is_allowed(allowed, ordinal))),
            SegmentCondition::Text { ordinals, allowed } => {
                ordinals.first(doc).is_some_and(|ordinal| is_allowed(allowed, ordinal))
            }
            SegmentCondition::Own { values, wanted } => {
                values.numbers(doc).any(|number| is_allowed(wanted, number as u64))
            }
            SegmentCondition::NotCollapsed(docs) => docs.binary_search(&doc).is_err(),
            SegmentCondition::Nothing => false,
        };
        if holds { Verdict::In } else { Verdict::Out }
    }
}

fn is_allowed(allowed: &[bool], ordinal: u64) -> bool {
    allowed.get(ordinal as usize).copied().unwrap_or(false)
}

/// The ordinals of a facet column that are among the sources asked for. `None` if the segment has no such column.
fn allowed_facets(
    segment: &SegmentReader,
    field: &str,
    wanted: &[String],
) -> tantivy::Result<Option<(Column<u64>, Vec<bool>)>> {
    let Some(column) = segment.fast_fields().str(field)? else { return Ok(None) };
    let mut allowed = vec![false; column.num_terms()];
    let mut encoded = String::new();
    for (ordinal, allowed) in allowed.iter_mut().enumerate() {
        encoded.clear();
        column.ord_to_str(ordinal as u64, &mut encoded)?;
        *allowed = wanted.iter().any(|wanted| source_matches(&facet_path(&encoded), wanted));
    }
    Ok(Some((column.ords().clone(), allowed)))
}

/// The path of a source by its number in a segment; empty for the number behind the last, which stands for none.
pub(super) fn source_path(source: Option<&StrColumn>, ordinal: usize) -> String {
    let mut encoded = String::new();
    let is_named = source.is_some_and(|source| {
        ordinal < source.num_terms() && source.ord_to_str(ordinal as u64, &mut encoded).unwrap_or(false)
    });
    if is_named { facet_path(&encoded) } else { String::new() }
}

/// A facet in the engine's encoding, as a path with `/` between its parts.
fn facet_path(encoded: &str) -> String {
    match Facet::from_encoded(encoded.as_bytes().to_vec()) {
        Ok(facet) => facet.to_path().join("/"),
        Err(_) => encoded.to_string(),
    }
}
