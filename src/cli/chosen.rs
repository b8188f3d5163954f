//! The documents that a command is about.

use anyhow::Result;
use dateline::Search;

use super::args::{Common, Filters, Question};
use super::index::Fresh;

/// Those that a question and conditions choose, in an index brought up to date first.
#[derive(clap::Args)]
pub(super) struct Chosen {
    #[command(flatten)]
    question: Question,
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    fresh: Fresh,
}

impl Chosen {
    /// A search for them, and how the conditions were read where that needs saying.
    pub(super) fn search(&self, common: &Common) -> Result<(Search, Vec<String>)> {
        let words = self.question.words()?;
        let index = self.fresh.open(common)?;
        self.filters.search(common, &index, &words)
    }

    /// The question, as it was typed.
    pub(super) fn words(&self) -> Result<String> {
        self.question.words()
    }
}
