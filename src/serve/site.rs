//! What the server serves: the index, and how it is shown.

use std::sync::{Arc, Mutex, PoisonError};

use super::access::Access;
use super::context::{News, PageContext};
use super::metrics::Metrics;
use crate::{CurrentIndex, Date};

/// Tells the day of a question.
pub(super) type Clock = Arc<dyn Fn() -> Date + Send + Sync>;

/// Everything that answers are made of.
pub(super) struct Site {
    /// The index as answers tell of it.
    pub(super) current: CurrentIndex,
    /// The same with whole paths, from which the files of documents are given out; none where they are not.
    pub(super) files: Option<CurrentIndex>,
    /// Whether paths are told from the archive's folder on.
    pub(super) has_public_paths: bool,
    pub(super) clock: Clock,
    /// The name of the archive.
    pub(super) archive: String,
    pub(super) news: Mutex<Option<News>>,
    /// Who may ask; everybody who passes the guard, where there is none.
    pub(super) access: Option<Access>,
    pub(super) metrics: Metrics,
}

impl Site {
    /// What a page knows that is read by somebody with these languages.
    pub(super) fn context(&self, languages: &[String], revision: &str) -> PageContext {
        PageContext {
            languages: languages.to_vec(),
            revision: revision.to_owned(),
            archive: self.archive.clone(),
            originals: self.files.is_some(),
            folder: self
                .current
                .folder()
                .filter(|_| !self.has_public_paths)
                .and_then(|folder| std::path::absolute(folder).ok()),
            news: *self.news.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }
}
