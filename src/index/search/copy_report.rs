//! Who took over what: the stories of the documents that match, and the documents that stand in others.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use tantivy::DocAddress;

use super::matched::{Asked, Counting};
use super::request::Request;
use crate::answer::copies::{Copied, CopyReport, Story};
use crate::answer::dates::DatedDocument;
use crate::error::Result;
use crate::index::compile::vocabulary::Vocabulary;
use crate::index::copies::by_document::Folds;
use crate::index::copies::list::Figures;
use crate::index::record::date_column::Days;
use crate::index::record::id_column::Ids;
use crate::index::snapshot::shared::Inner;
use crate::index::snapshot::view::View;
use crate::index::storage::error::Doing;

impl Request {
    /// The stories of the documents that match, the one with the most documents first.
    pub(crate) fn copy_report(&self, index: &Inner) -> Result<CopyReport> {
        let view = index.view()?;
        let vocabulary = Vocabulary::new(&view);
        let asked =
            index.with_analyzer(|analyzer| Asked::new(self, index, &vocabulary, analyzer, Counting::Documents, 0))?;
        let mut report = CopyReport {
            total: asked.counts.total,
            distinct: asked.distinct(),
            stories: 0,
            listed: Vec::new(),
            read_as: asked.read_as,
            notes: asked.notes,
        };
        let Some(folding) = &asked.folding else { return Ok(report) };
        let matching: HashSet<u32> = asked.counts.sharing.into_iter().collect();
        let folds = &*folding.folds;
        let order = Order { folds, columns: columns(&view).doing("cannot read the index")? };
        let mut stories: Vec<(u32, Vec<Taken>)> = order.stories()?.into_iter().collect();
        stories.retain(|(lead, taken)| {
            matching.contains(lead) || taken.iter().any(|taken| matching.contains(&taken.document))
        });
        stories.sort_by_key(|(lead, taken)| (Reverse(taken.len()), order.place(*lead)));
        report.stories = stories.len() as u64;
        let read = |known: u32| view.document(folds.address(known));
        for (lead, mut taken) in stories.into_iter().skip(self.offset).take(self.limit) {
            taken.sort_by_key(|taken| order.place(taken.document));
            let copied = taken.len() as u64;
            let copy = |taken: Taken| {
                let figures = taken.figures.map_or(Ok(Vec::new()), |figures| folds.figures(&figures))?;
                Ok(Copied::new(read(taken.document)?, taken.share, taken.share_of_lead, figures))
            };
            let copies = taken.into_iter().take(self.copies).map(copy).collect::<Result<_>>()?;
            report.listed.push(Story { lead: DatedDocument::from(read(lead)?), copied, copies });
        }
        Ok(report)
    }
}

/// A document as it relates to the lead of its story.
struct Taken {
    document: u32,
    share: u8,
    share_of_lead: u8,
    figures: Option<Figures>,
}

/// Documents that share text, and what orders them.
struct Order<'f> {
    folds: &'f Folds,
    columns: Vec<(&'f Days, &'f Ids)>,
}

impl<'f> Order<'f> {
    /// What documents are ordered by, whatever their place in the index: the day, undated ones last, then the id.
    fn place(&self, known: u32) -> (i64, u64) {
        let DocAddress { segment_ord, doc_id } = self.folds.address(known);
        let Some((days, ids)) = self.columns.get(segment_ord as usize) else { return (i64::MAX, u64::MAX) };
        (days.first(doc_id).unwrap_or(i64::MAX), ids.key(doc_id))
    }

    /// All stories, by their leads; a document that shares less with another is told with the earlier of them.
    fn stories(&self) -> Result<BTreeMap<u32, Vec<Taken>>> {
        let folds = self.folds;
        let mut stories: BTreeMap<u32, Vec<Taken>> = BTreeMap::new();
        for story in folds.stories()? {
            let members = story.members.into_iter().filter_map(|member| {
                let (document, figures) = (folds.by_number(member.number)?, Some(member.figures));
                Some(Taken { document, share: member.of_it, share_of_lead: member.of_other, figures })
            });
            let members: Vec<Taken> = members.collect();
            if let Some(lead) = folds.by_number(story.lead).filter(|_| !members.is_empty()) {
                stories.entry(lead).or_default().extend(members);
            }
        }
        for (first, second, pair) in folds.parts()? {
            let first_leads = self.place(first) <= self.place(second);
            let (lead, document) = if first_leads { (first, second) } else { (second, first) };
            let (share, share_of_lead) =
                if first_leads { (pair.of_second, pair.of_first) } else { (pair.of_first, pair.of_second) };
            stories.entry(lead).or_default().push(Taken { document, share, share_of_lead, figures: None });
        }
        Ok(stories)
    }
}

/// The days and ids of each segment.
fn columns(view: &View) -> tantivy::Result<Vec<(&Days, &Ids)>> {
    let segments = (0..).take(view.searcher.segment_readers().len());
    segments.map(|segment| Ok((view.days(segment)?, view.ids(segment)?))).collect()
}
