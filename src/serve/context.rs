//! What a page knows besides its address and the index.

/// The surroundings of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageContext {
    /// The languages that the reader prefers, the most wanted first, as tags in lower case: `ar`, `en-gb`.
    pub(crate) languages: Vec<String>,
    /// The state of the index that the page is made of.
    pub(crate) revision: String,
    /// The name of the archive.
    pub(crate) archive: String,
    /// Whether the files that documents come from may be fetched, at `/doc/ID/original`.
    pub(crate) originals: bool,
    /// The folder of the index; none for one that has no folder, and where paths are not told whole.
    pub(crate) folder: Option<std::path::PathBuf>,
    /// What the last update brought since the server started.
    pub(crate) news: Option<News>,
}

/// What an update brought. A page that is open learns of it by the header `Dateline-Revision` of `/readyz`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct News {
    /// Documents that are new.
    pub(crate) added: u64,
    /// Documents whose content is another.
    pub(crate) changed: u64,
    /// Documents that are gone.
    pub(crate) removed: u64,
}
