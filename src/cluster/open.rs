//! The handle of an archive in a cluster.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::address::Address;
use super::client::Client;
use super::copies::Filed;
use super::ledger::{Head, Ledger};
use super::mapping;
use super::view::View;
use crate::backend::definition::known_copies::KnownCopies;
use crate::catalog::files::Catalog;
use crate::catalog::public_paths::PublicPaths;
use crate::error::{Error, ErrorKind, Result};
use crate::text::Analyzers;

/// The shards of a new archive, and the copies of each, unless variables say otherwise.
const SHARDS: u32 = 1;
const REPLICAS: u32 = 0;

/// Behind every clone of an index in a cluster.
pub(crate) struct Cluster {
    pub(crate) client: Arc<Client>,
    pub(crate) address: Address,
    seen: Mutex<Seen>,
    /// How paths are told, where not from the root of the disk.
    paths: Option<PublicPaths>,
    pub(crate) analyzers: Analyzers,
}

/// The commit that is visible, and what was read of it.
struct Seen {
    head: Head,
    view: Option<Arc<View>>,
    /// The copies, with the commit that they are of.
    copies: Option<(i64, Arc<KnownCopies>)>,
}

impl std::fmt::Debug for Cluster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cluster").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Cluster {
    /// Opens an archive. Fails if the cluster has none of this name, or one of another format.
    pub(crate) fn open(address: Address) -> Result<Cluster> {
        let client = Client::new(address.nodes.clone())?;
        client.must_be_known()?;
        let head = Ledger { client: &client, index: &address.ledger() }.head()?;
        let (head, _) = head.ok_or_else(|| missing(&address))?;
        Ok(Cluster::with(client, address, head, None))
    }

    /// Makes a new archive. Fails if the cluster has one of this name.
    pub(crate) fn create(address: Address) -> Result<Cluster> {
        let client = Client::new(address.nodes.clone())?;
        client.must_be_known()?;
        let (documents, index) = (address.documents(), address.ledger());
        let ledger = Ledger { client: &client, index: &index };
        let number = |name: &str, unset: u32| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(unset);
        let replicas = number("DATELINE_CLUSTER_REPLICAS", REPLICAS);
        let shards = number("DATELINE_CLUSTER_SHARDS", SHARDS).clamp(1, 1024);
        if ledger.head()?.is_some() {
            return Err(Error::new(
                ErrorKind::Argument,
                format!("the cluster already has an archive {}", address.archive),
            ));
        }
        ledger.make(&documents, &mapping::documents(shards, replicas))?;
        ledger.make(&index, &mapping::ledger(replicas))?;
        let head = Head::first();
        ledger.put(&head, None)?;
        Ok(Cluster::with(client, address, head, None))
    }

    pub(crate) fn exists(address: &Address) -> Result<bool> {
        let client = Client::new(address.nodes.clone())?;
        Ok(Ledger { client: &client, index: &address.ledger() }.head()?.is_some())
    }

    fn with(client: Client, address: Address, head: Head, paths: Option<PublicPaths>) -> Cluster {
        let seen = Mutex::new(Seen { head, view: None, copies: None });
        Cluster { client: Arc::new(client), address, seen, paths, analyzers: Analyzers::default() }
    }

    /// The same archive with paths told from the archive's folder on.
    pub(crate) fn public_paths(&self) -> Result<Cluster> {
        let cluster = Cluster::open(self.address.clone())?;
        let paths = PublicPaths::new(&cluster.seen().head.archives);
        Ok(Cluster { paths: Some(paths), ..cluster })
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes later commits visible.
    pub(crate) fn reload(&self) -> Result<()> {
        let now = Ledger { client: &self.client, index: &self.address.ledger() }.head()?;
        let (now, _) = now.ok_or_else(|| missing(&self.address))?;
        let mut seen = self.seen();
        if now != seen.head {
            let is_same = now.generation == seen.head.generation;
            let view = seen.view.take().filter(|_| is_same);
            *seen = Seen { head: now, view, copies: None };
        }
        Ok(())
    }

    /// The documents of the visible commit.
    pub(crate) fn view(&self) -> Result<Arc<View>> {
        let mut seen = self.seen();
        if let Some(view) = &seen.view {
            return Ok(Arc::clone(view));
        }
        let view = Arc::new(View::open(Arc::clone(&self.client), self.address.documents(), seen.head.generation)?);
        seen.view = Some(Arc::clone(&view));
        Ok(view)
    }

    /// Returns whether documents of the visible commit may have been cleared away.
    pub(crate) fn is_stale(&self) -> Result<bool> {
        let now = Ledger { client: &self.client, index: &self.address.ledger() }.head()?;
        let (now, _) = now.ok_or_else(|| missing(&self.address))?;
        Ok(self.seen().head.generation < now.floor)
    }

    pub(crate) fn head(&self) -> Head {
        self.seen().head.clone()
    }

    pub(crate) fn catalog(&self) -> Result<Catalog> {
        Ledger { client: &self.client, index: &self.address.ledger() }.catalog(&self.head())
    }

    /// The copies among the documents of a commit.
    pub(crate) fn copies(&self, generation: i64) -> Result<Arc<KnownCopies>> {
        let mut seen = self.seen();
        if let Some((of, copies)) = &seen.copies
            && *of == generation
        {
            return Ok(Arc::clone(copies));
        }
        let filed = match &seen.head.copies {
            Some(parts) if parts.of == generation => {
                let bytes = Ledger { client: &self.client, index: &self.address.ledger() }.read(parts)?;
                serde_json::from_slice::<Filed>(&bytes).map_err(|error| {
                    Error::new(ErrorKind::Corrupt, "the list of copies in the cluster is damaged").because(error)
                })?
            }
            None if generation == 0 => Filed::default(),
            _ => {
                return Err(Error::new(
                    ErrorKind::Argument,
                    "the copies in this archive were not looked for to the end",
                )
                .hint("bring it up to date: dateline index; or ask without collapsing copies"));
            }
        };
        let copies = Arc::new(filed.known());
        seen.copies = Some((generation, Arc::clone(&copies)));
        Ok(copies)
    }

    /// The bytes of the archive on the cluster's disks, and its shards.
    pub(crate) fn size(&self) -> Result<(u64, u64)> {
        use super::client::{Method, unexpected};
        let path = format!("{},{}/_stats/store", self.address.documents(), self.address.ledger());
        let answer = self.client.ask(Method::Get, &path, &serde_json::Value::Null)?;
        let bytes = answer["_all"]["total"]["store"]["size_in_bytes"].as_u64();
        let shards = answer["_shards"]["successful"].as_u64();
        bytes.zip(shards).ok_or_else(|| unexpected("store"))
    }

    /// Deletes the archive.
    #[cfg(test)]
    pub(crate) fn delete(&self) -> Result<()> {
        for index in [self.address.ledger(), self.address.documents()] {
            self.client.ask(super::client::Method::Delete, &index, &serde_json::Value::Null)?;
        }
        Ok(())
    }

    /// A path as answers tell it.
    pub(crate) fn told(&self, path: &Path) -> PathBuf {
        self.paths.as_ref().map_or_else(|| path.to_path_buf(), |paths| paths.told(path))
    }

    /// The file that answers tell by this path; none where it is not there to be read.
    pub(crate) fn file(&self, told: &Path) -> Option<PathBuf> {
        self.paths.as_ref().map_or_else(|| Some(told.to_path_buf()), |paths| paths.file(told))
    }

    /// Whether paths are told from the archive's folder on.
    pub(crate) fn has_public_paths(&self) -> bool {
        self.paths.is_some()
    }
}

fn missing(address: &Address) -> Error {
    Error::new(ErrorKind::NoIndex, format!("the cluster has no archive {}", address.archive))
        .hint("load one: dateline index --index http://…/ARCHIVE FOLDER")
}
