//! The documents that a command is about.

use anyhow::Result;
use dateline::{Hit, Index, Note, Search};

use super::args::{Common, Filters, Question};
use super::named::named;
use super::updating::Fresh;

/// A question and conditions that choose documents, in an index that is brought up to date first.
#[derive(clap::Args)]
pub(in super::super) struct Chosen {
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    fresh: Fresh,
}

impl Chosen {
    /// A search for these documents, and notes on how conditions were read.
    pub(in super::super) fn search(&self, common: &Common) -> Result<(Search, Vec<Note>)> {
        let (_, search, notes) = self.search_in(common)?;
        Ok((search, notes))
    }

    /// The same, with the index that is searched.
    pub(in super::super) fn search_in(&self, common: &Common) -> Result<(Index, Search, Vec<Note>)> {
        let words = self.question.words()?;
        let index = self.fresh.open(common)?;
        let (search, notes) = self.filters.search(common, &index, &words)?;
        Ok((index, search, notes))
    }
}

/// The option that names the copies of documents.
#[derive(clap::Args)]
pub(in super::super) struct Expand {
    /// Name all copies of the document with this ID, or of every document
    #[arg(long, value_name = "ID", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    expand: Option<String>,
}

impl Expand {
    /// The search with these copies named, and the document's id. It is none if no document has it, which is reported,
    /// and empty for all documents.
    pub(in super::super) fn ask(
        &self,
        common: &Common,
        index: &Index,
        search: Search,
    ) -> Result<(Search, Option<String>)> {
        Ok(match self.expand.as_deref() {
            None => (search, None),
            Some("") => (search.copies(usize::MAX), Some(String::new())),
            Some(id) => match named(common, index, id)? {
                Some((document, _)) => (search.expand_copies(&document.id), Some(document.id)),
                None => (search, None),
            },
        })
    }
}

/// Reports that the document whose copies are to be named is not shown, or has none.
pub(in super::super) fn say_unexpanded<'h>(common: &Common, id: Option<&str>, hits: impl IntoIterator<Item = &'h Hit>) {
    let Some(id) = id.filter(|id| !id.is_empty()) else { return };
    match hits.into_iter().find(|hit| hit.id == id) {
        None => common.note(&format!(
            "note: document {id} is not among those shown, so its copies are not named; --limit shows more"
        )),
        Some(hit) if hit.copied == 0 => common.note(&format!("note: no document stands under {id} as its copy")),
        Some(_) => {}
    }
}
