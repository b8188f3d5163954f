//! The engine that an index is kept by: the disk or memory, or a cluster.
//!
//! Only the public handles know of it; what answers is written over any [`Backend`](crate::backend::reader::Backend).

use std::path::Path;
use std::sync::Arc;

use crate::catalog::files::Catalog;
#[cfg(feature = "cluster")]
use crate::cluster::{address::Address, open::Cluster};
use crate::error::{Error, ErrorKind, Result};
use crate::index::snapshot::shared::Inner;
use crate::text::Analyzer;

/// Where an index is kept.
#[derive(Clone)]
pub(crate) enum Engine {
    /// In a folder or in memory.
    Disk(Arc<Inner>),
    /// In a cluster.
    #[cfg(feature = "cluster")]
    Cluster(Arc<Cluster>),
}

/// Asks the state of an engine that is visible now: `asked!(engine, |state| …)` gives what the closure's body gives.
macro_rules! asked {
    ($engine:expr, |$state:ident| $work:expr) => {
        match $engine {
            $crate::search::engine::Engine::Disk(inner) => $crate::index::storage::error::guarded(|| {
                let $state = &$crate::index::state::State::of(inner)?;
                $work
            }),
            #[cfg(feature = "cluster")]
            $crate::search::engine::Engine::Cluster(cluster) => $crate::search::engine::answered(cluster, || {
                let $state = &$crate::cluster::state::State::of(cluster)?;
                $work
            }),
        }
    };
}
pub(crate) use asked;

/// An answer of a cluster, made of one commit. Where another one became visible on the way, or what the answer is made of
/// may have been cleared away, it is made again of the last commit.
#[cfg(feature = "cluster")]
pub(crate) fn answered<T>(cluster: &Arc<Cluster>, mut work: impl FnMut() -> Result<T>) -> Result<T> {
    const TRIES: u32 = 5;
    for _ in 0..TRIES {
        let head = cluster.head();
        let answer = crate::index::storage::error::guarded(&mut work);
        // A part that is missing may have been cleared away too.
        if answer.as_ref().is_err_and(|error| error.kind() == ErrorKind::Corrupt) {
            cluster.reload()?;
        }
        if cluster.head() == head && !cluster.is_stale()? {
            return answer;
        }
        cluster.reload()?;
    }
    Err(Error::new(ErrorKind::IndexBusy, "the archive changes faster than it can be asked").hint("ask again later"))
}

impl Engine {
    /// The engine of an index on the disk. Fails for any other, which cannot do what only the disk can.
    #[cfg_attr(not(feature = "cluster"), allow(unused_variables))]
    pub(crate) fn disk(&self, what: &str) -> Result<&Arc<Inner>> {
        match self {
            Engine::Disk(inner) => Ok(inner),
            #[cfg(feature = "cluster")]
            Engine::Cluster(_) => Err(only_on_disk(what)),
        }
    }

    pub(crate) fn catalog(&self) -> Result<Catalog> {
        match self {
            Engine::Disk(inner) => inner.catalog(),
            #[cfg(feature = "cluster")]
            Engine::Cluster(cluster) => answered(cluster, || cluster.catalog()),
        }
    }

    /// Calls `work` with an analyzer.
    pub(crate) fn with_analyzer<T>(&self, work: impl FnOnce(&mut Analyzer) -> T) -> T {
        match self {
            Engine::Disk(inner) => inner.analyzers.lend(work),
            #[cfg(feature = "cluster")]
            Engine::Cluster(cluster) => cluster.analyzers.lend(work),
        }
    }

    /// The catalog of the index that this one replaces. Empty if it replaces none.
    pub(crate) fn predecessor(&self) -> Catalog {
        match self {
            Engine::Disk(inner) => inner.predecessor.clone(),
            #[cfg(feature = "cluster")]
            Engine::Cluster(cluster) => cluster.predecessor.clone(),
        }
    }
}

/// The address of an archive in a cluster that stands where a folder may stand. None for a folder.
#[cfg(feature = "cluster")]
pub(crate) fn address(folder: &Path) -> Result<Option<Address>> {
    match folder.to_str().filter(|text| Address::is_one(text)) {
        Some(text) => Address::parse(text).map(Some),
        None => Ok(None),
    }
}

/// The error for what cannot be done to an archive in a cluster, where one is named.
pub(crate) fn must_be_folder(folder: &Path, what: &str) -> Result<()> {
    if is_address(folder) { Err(only_on_disk(what)) } else { Ok(()) }
}

/// Returns whether an archive in a cluster is named where a folder may stand.
pub(crate) fn is_address(folder: &Path) -> bool {
    folder.to_str().is_some_and(|text| text.starts_with("http://") || text.starts_with("https://"))
}

fn only_on_disk(what: &str) -> Error {
    Error::new(ErrorKind::Argument, format!("an archive in a cluster cannot be {what}"))
        .hint("this is for indexes on the disk; a cluster has its own tools for it")
}

/// The error for an address where this program does not speak to clusters.
#[cfg(not(feature = "cluster"))]
pub(crate) fn without_clusters(folder: &Path) -> Result<()> {
    if !is_address(folder) {
        return Ok(());
    }
    let feature = if folder.to_string_lossy().starts_with("https://") { "cluster-tls" } else { "cluster" };
    Err(Error::new(ErrorKind::Argument, "this dateline was built without clusters")
        .hint(format!("build it with: cargo install dateline --features {feature}")))
}
