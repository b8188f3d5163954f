//! Conditions on a document's columns: its days, those it speaks of, source and language.
//!
//! A filter is asked about each candidate document and never adds to its score, so a search keeps the engine's pruning of
//! hopeless candidates, which a range clause inside the query would switch off.

use std::sync::Arc;

use regex::RegexBuilder;
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::Query;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::schema::Facet;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use super::collapsed::Folded;
use crate::document::{DateRule, Doubts};
use crate::index::record::clue_column::Clues;
use crate::index::record::date_column::Days;
use crate::index::record::mention_column::Mentioned;
use crate::index::record::schema::{AGENCY, LANGUAGE, PATH, SOURCE};
use crate::passages::about::About;
use crate::text::fold;
use crate::time::DateRange;

/// One condition. All documents of a [`Filter`] meet all of its conditions.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    /// Published on some day of the range: at least possibly, or else for certain; undated documents never.
    Days { range: DateRange, certain: bool },
    /// Speaks of some of these days.
    About(Arc<About>),
    /// Dated by one of these kinds of clue.
    Rules(Arc<[DateRule]>),
    /// Dated in a way that is doubted for one of these reasons.
    Doubted(Doubts),
    /// Filed under one of these sources, or citing one as its agency; each folded, parts set apart by `/`.
    Sources(Arc<[String]>),
    /// In one of these languages, by code.
    Languages(Arc<[String]>),
    /// From a file with such a path.
    File(PathPattern),
    /// None of these, which others stand for.
    Unfolded(Arc<Folded>),
}

/// Which paths of files are meant.
#[derive(Clone, Debug)]
pub(crate) struct PathPattern(Arc<str>);

impl PathPattern {
    /// Letter case does not count. With `*` or `?` in it, the path ends so from some folder on, and `*` may stand for
    /// folders too; without, it has this somewhere.
    pub(crate) fn new(typed: &str) -> PathPattern {
        PathPattern(typed.to_lowercase().into())
    }

    fn test(&self) -> Box<dyn Fn(&str) -> bool + '_> {
        if !self.0.contains(['*', '?']) {
            return Box::new(|path| path.to_lowercase().contains(&*self.0));
        }
        let mut expression = "(?:^|/)".to_string();
        for c in self.0.trim_start_matches('/').chars() {
            match c {
                '*' => expression.push_str(".*"),
                '?' => expression.push('.'),
                c => expression.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
            }
        }
        match RegexBuilder::new(&format!("{expression}$")).case_insensitive(true).size_limit(1 << 20).build() {
            Ok(regex) => Box::new(move |path| regex.is_match(path)),
            // Too long to be the end of any path.
            Err(_) => Box::new(|_| false),
        }
    }
}

/// Conditions that must all hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(crate) conditions: Vec<Condition>,
}

/// What a filter makes of one document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    In,
    Out,
    /// Out, but only because the document is undated.
    OutUndated,
}

/// One condition, ready for the documents of one segment.
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
    /// The allowed numbers of kinds of clue.
    Rules {
        clues: Clues,
        allowed: Vec<bool>,
    },
    Doubted {
        clues: Clues,
        doubts: Doubts,
    },
    /// The allowed ordinals of source and agency.
    Sources {
        source: Option<(Column<u64>, Vec<bool>)>,
        agency: Option<(Column<u64>, Vec<bool>)>,
    },
    /// The allowed ordinals of a column with one text a document.
    Text {
        ordinals: Column<u64>,
        allowed: Vec<bool>,
    },
    /// The documents refused, rising.
    Unfolded(Arc<[DocId]>),
    Nothing,
}

/// A filter, ready for the documents of one segment.
pub(crate) struct SegmentFilter {
    conditions: Vec<SegmentCondition>,
}

impl Filter {
    /// Whether days are asked about, so that documents can be told apart by how well they speak of them.
    pub(crate) fn asks_about_days(&self) -> bool {
        self.conditions.iter().any(|condition| matches!(condition, Condition::About(_)))
    }

    /// See [`SegmentFilter::share`]; none where no days are asked about.
    pub(crate) fn share(&self, searcher: &Searcher, address: DocAddress) -> tantivy::Result<Option<f32>> {
        if !self.asks_about_days() {
            return Ok(None);
        }
        Ok(Some(self.for_segment(searcher.segment_reader(address.segment_ord))?.share(address.doc_id)))
    }

    pub(crate) fn for_segment(&self, segment: &SegmentReader) -> tantivy::Result<SegmentFilter> {
        self.over(segment, &|| Days::of(segment))
    }

    /// As [`for_segment`](Self::for_segment), with the segment's days where somebody has opened them already.
    pub(crate) fn over(
        &self,
        segment: &SegmentReader,
        days: &dyn Fn() -> tantivy::Result<Days>,
    ) -> tantivy::Result<SegmentFilter> {
        let conditions = self.conditions.iter().map(|c| c.over(segment, days)).collect::<tantivy::Result<_>>()?;
        Ok(SegmentFilter { conditions })
    }
}

impl SegmentFilter {
    /// Whether there is no condition at all.
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

    /// The share of its score that a document keeps for how well it speaks of the days asked about: all of it where
    /// none are, and never more.
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

impl Condition {
    /// The condition as a clause for use deep inside a query, where a filter over all cannot express it.
    pub(crate) fn into_query(self) -> Box<dyn Query> {
        let predicate = move |segment: &SegmentReader| {
            let condition = self.over(segment, &|| Days::of(segment))?;
            Ok(move |doc: DocId| condition.verdict(doc) == Verdict::In)
        };
        Box::new(DocPredicateQuery::from(FunctionPredicate::from(predicate)))
    }

    fn over(
        &self,
        segment: &SegmentReader,
        days: &dyn Fn() -> tantivy::Result<Days>,
    ) -> tantivy::Result<SegmentCondition> {
        let columns = segment.fast_fields();
        Ok(match self {
            Condition::Days { range, certain } => SegmentCondition::Days {
                days: days()?,
                from: i64::from(range.first_number()),
                to: i64::from(range.last_number()),
                certain: *certain,
            },
            Condition::About(about) => {
                SegmentCondition::About { mentioned: Mentioned::of(segment)?, about: Arc::clone(about) }
            }
            Condition::Rules(rules) => {
                let clues = Clues::of(segment)?;
                let is_wanted = |kind| clues.rule(kind).is_some_and(|rule| rules.contains(&rule));
                let allowed = (0..clues.kinds()).map(is_wanted).collect();
                SegmentCondition::Rules { clues, allowed }
            }
            Condition::Doubted(doubts) => SegmentCondition::Doubted { clues: Clues::of(segment)?, doubts: *doubts },
            Condition::Sources(wanted) => SegmentCondition::Sources {
                source: allowed_facets(segment, SOURCE, wanted)?,
                agency: allowed_facets(segment, AGENCY, wanted)?,
            },
            Condition::Languages(wanted) => {
                SegmentCondition::of_text(columns.str(LANGUAGE)?, |name| wanted.iter().any(|wanted| wanted == name))?
            }
            Condition::File(pattern) => SegmentCondition::of_text(columns.str(PATH)?, pattern.test())?,
            Condition::Unfolded(folded) => SegmentCondition::Unfolded(folded.of(segment.segment_id())),
        })
    }
}

impl SegmentCondition {
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
                // Most documents are dated to the day, and need no look at their last one.
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
            SegmentCondition::Unfolded(folded) => folded.binary_search(&doc).is_err(),
            SegmentCondition::Nothing => false,
        };
        if holds { Verdict::In } else { Verdict::Out }
    }
}

fn is_allowed(allowed: &[bool], ordinal: u64) -> bool {
    allowed.get(ordinal as usize).copied().unwrap_or(false)
}

/// Which ordinals of a facet column are among the wanted sources; `None` where the segment has no such column.
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

/// A facet as the engine encodes it, as parts set apart by `/`.
pub(crate) fn facet_path(encoded: &str) -> String {
    match Facet::from_encoded(encoded.as_bytes().to_vec()) {
        Ok(facet) => facet.to_path().join("/"),
        Err(_) => encoded.to_string(),
    }
}

/// Folded form of a source, for comparison: letter case, diacritics and white space do not count.
pub(crate) fn folded_source(name: &str) -> String {
    name.split('/').map(|part| fold(part.trim())).collect::<Vec<_>>().join("/")
}

/// Whether a source is the wanted one or lies below it; the wanted one may name any run of its parts.
pub(crate) fn source_matches(source: &str, wanted: &str) -> bool {
    let source = folded_source(source);
    // Whole parts only, anywhere on the path.
    source.match_indices(wanted).any(|(start, _)| {
        let end = start + wanted.len();
        (start == 0 || source.as_bytes()[start - 1] == b'/') && (end == source.len() || source.as_bytes()[end] == b'/')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_what_was_typed_or_ends_as_the_pattern_says() {
        for (path, wanted, matches) in [
            ("/a/Courier/1992/fire.md", "courier", true),
            ("/a/Courier/1992/fire.md", "courier/1992", true),
            ("/a/Courier/1992/fire.md", "1992/*.md", true),
            ("/a/Courier/1992/fire.md", "*.txt", false),
            ("/a/Courier/1992/fire.md", "92/*.md", false),
            ("/a/Courier/1992/fire.md", "courier/*.md", true),
            ("/a/Courier/1992/fire.md", "f?re.md", true),
            ("/a/x.zip/b.html", "x.zip", true),
        ] {
            assert_eq!(PathPattern::new(wanted).test()(path), matches, "{path} {wanted}");
        }
    }

    #[test]
    fn a_source_matches_itself_and_what_lies_below_in_whole_parts() {
        for (source, wanted, matches) in [
            ("Trend", "trend", true),
            ("Le Phare", "le phare", true),
            ("Senate/Akaka", "senate", true),
            ("Senate/Akaka", "akaka", true),
            ("Senate/Akaka", "senate/akaka", true),
            ("Senate/Akaka", "sen", false),
            ("Trends", "trend", false),
            ("Évidence", "evidence", true),
        ] {
            assert_eq!(source_matches(source, wanted), matches, "{source} {wanted}");
        }
    }
}
