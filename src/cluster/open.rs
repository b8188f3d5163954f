//! The handle of an archive in a cluster.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::address::Address;
use super::build::{Build, Builds};
use super::client::{Client, Method, unexpected};
use super::copies::Filed;
use super::lease::{Lease, busy};
use super::ledger::{At, Head, Ledger};
use super::view::View;
use crate::backend::definition::known_copies::KnownCopies;
use crate::catalog::files::Catalog;
use crate::catalog::public_paths::PublicPaths;
use crate::error::{Error, ErrorKind, Result};
use crate::text::Analyzers;

/// Behind every clone of an index in a cluster.
pub(crate) struct Cluster {
    pub(crate) client: Arc<Client>,
    pub(crate) address: Address,
    seen: Mutex<Seen>,
    /// How paths are told, where not from the root of the disk.
    paths: Option<PublicPaths>,
    pub(crate) analyzers: Analyzers,
    /// The build that is being made to replace the one that is read, until it does.
    making: Arc<Mutex<Option<Making>>>,
    /// The catalog of the build that this one replaces.
    pub(crate) predecessor: Catalog,
}

/// A build that is being made, and the right to write, which its maker has all the time.
pub(crate) struct Making {
    build: Build,
    lease: Arc<Lease>,
}

/// The commit that is visible, and what was read of it.
struct Seen {
    build: Build,
    head: Head,
    view: Option<Arc<View>>,
    /// The copies, with the commit that they are of.
    copies: Option<(i64, Arc<KnownCopies>)>,
}

impl Seen {
    fn of(build: Build, head: Head) -> Seen {
        Seen { build, head, view: None, copies: None }
    }

    /// The build and the commit.
    fn place(&self) -> (Build, Head) {
        (self.build.clone(), self.head.clone())
    }
}

impl std::fmt::Debug for Cluster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cluster").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Cluster {
    /// Opens an archive. Fails if the cluster has none of this name, or one of another format.
    pub(crate) fn open(address: Address) -> Result<Cluster> {
        let client = Arc::new(Client::new(address.nodes.clone())?);
        client.must_be_known()?;
        let builds = Builds { client: &client, address: &address };
        let (build, head, _) = builds.head()?.ok_or_else(|| missing(&address))?;
        builds.must_keep_words(&build)?;
        Ok(Cluster::with(client, address, Seen::of(build, head)))
    }

    /// Makes a new archive. Fails if the cluster has one of this name.
    pub(crate) fn create(address: Address) -> Result<Cluster> {
        let client = Arc::new(Client::new(address.nodes.clone())?);
        client.must_be_known()?;
        let builds = Builds { client: &client, address: &address };
        let _lease = Lease::take(Arc::clone(&client), &address)?;
        if builds.pointed()?.is_some() {
            return Err(Error::new(
                ErrorKind::Argument,
                format!("the cluster already has an archive {}", address.archive),
            ));
        }
        builds.clear_unread()?;
        let (build, head) = builds.make()?;
        builds.point(&build, None)?;
        Ok(Cluster::with(client, address, Seen::of(build, head)))
    }

    /// A build that is being made beside the one that is read, by who has the right to write.
    pub(crate) fn making(
        client: Arc<Client>,
        address: Address,
        (build, head): (Build, Head),
        lease: Lease,
        predecessor: Catalog,
    ) -> Cluster {
        let making = Making { build: build.clone(), lease: Arc::new(lease) };
        let cluster = Cluster::with(client, address, Seen::of(build, head));
        Cluster { making: Arc::new(Mutex::new(Some(making))), predecessor, ..cluster }
    }

    /// Ends the making of a build: from now on this is the archive, whichever build of it is read. Returns the right to write.
    pub(crate) fn made(&self) -> Option<Arc<Lease>> {
        self.in_making().take().map(|making| making.lease)
    }

    /// Returns whether something in the cluster has the name of an archive, whether it can be read or not.
    pub(crate) fn exists(address: &Address) -> Result<bool> {
        let client = Client::new(address.nodes.clone())?;
        Builds { client: &client, address }.is_named()
    }

    fn with(client: Arc<Client>, address: Address, seen: Seen) -> Cluster {
        Cluster {
            client,
            address,
            seen: Mutex::new(seen),
            paths: None,
            analyzers: Analyzers::default(),
            making: Arc::default(),
            predecessor: Catalog::default(),
        }
    }

    /// The same archive with paths told from the archive's folder on.
    pub(crate) fn public_paths(&self) -> Result<Cluster> {
        let (build, head, _) = self.now()?;
        let paths = PublicPaths::new(&head.archives);
        let cluster = Cluster::with(Arc::clone(&self.client), self.address.clone(), Seen::of(build, head));
        Ok(Cluster { paths: Some(paths), making: Arc::clone(&self.making), ..cluster })
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn in_making(&self) -> MutexGuard<'_, Option<Making>> {
        self.making.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn builds(&self) -> Builds<'_> {
        Builds { client: &self.client, address: &self.address }
    }

    /// The build and the commit that are read now.
    pub(crate) fn now(&self) -> Result<(Build, Head, At)> {
        let making = self.in_making().as_ref().map(|making| making.build.clone());
        let now = match making {
            None => self.builds().head()?,
            Some(build) => {
                let head = Ledger { client: &self.client, index: &build.ledger }.head()?;
                head.map(|(head, at)| (build, head, at))
            }
        };
        now.ok_or_else(|| missing(&self.address))
    }

    /// The right to write. Fails if somebody else has it.
    pub(crate) fn lease(&self) -> Result<Arc<Lease>> {
        match &*self.in_making() {
            // Besides the maker of a build one writer has it at a time.
            Some(making) if Arc::strong_count(&making.lease) > 1 => Err(busy("this one")),
            Some(making) => Ok(Arc::clone(&making.lease)),
            None => Lease::take(Arc::clone(&self.client), &self.address).map(Arc::new),
        }
    }

    /// Lets whoever has the right to write do so, and nobody else: deletes what killed programs left behind, and returns the alias
    /// by which the documents of a build are written.
    pub(crate) fn let_write(&self, build: &Build, writer: i64) -> Result<String> {
        if self.in_making().is_none() {
            self.builds().clear(build)?;
        }
        self.builds().let_write(build, writer)
    }

    /// Makes later commits visible, of this build or of one that has replaced it.
    pub(crate) fn reload(&self) -> Result<()> {
        let (build, head, _) = self.now()?;
        let mut seen = self.seen();
        if head != seen.head || build != seen.build {
            let is_same = build == seen.build && head.generation == seen.head.generation;
            let view = seen.view.take().filter(|_| is_same);
            *seen = Seen { view, ..Seen::of(build, head) };
        }
        Ok(())
    }

    /// The documents of the visible commit.
    pub(crate) fn view(&self) -> Result<Arc<View>> {
        let mut seen = self.seen();
        if let Some(view) = &seen.view {
            return Ok(Arc::clone(view));
        }
        let view = Arc::new(View::open(Arc::clone(&self.client), seen.build.documents.clone(), seen.head.generation)?);
        seen.view = Some(Arc::clone(&view));
        Ok(view)
    }

    /// Returns whether documents of the visible commit may have been cleared away.
    pub(crate) fn is_stale(&self) -> Result<bool> {
        let (build, head, _) = self.now()?;
        let seen = self.seen();
        Ok(seen.build != build || seen.head.generation < head.floor)
    }

    pub(crate) fn head(&self) -> Head {
        self.seen().head.clone()
    }

    pub(crate) fn catalog(&self) -> Result<Catalog> {
        let (build, head) = self.seen().place();
        Ledger { client: &self.client, index: &build.ledger }.catalog(&head)
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
                let bytes = Ledger { client: &self.client, index: &seen.build.ledger }.read(parts)?;
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
        let (build, _) = self.seen().place();
        let path = format!("{},{}/_stats/store", build.documents, build.ledger);
        let answer = self.client.ask(Method::Get, &path, &serde_json::Value::Null)?;
        let bytes = answer["_all"]["total"]["store"]["size_in_bytes"].as_u64();
        let shards = answer["_shards"]["successful"].as_u64();
        bytes.zip(shards).ok_or_else(|| unexpected("store"))
    }

    /// Deletes the archive.
    #[cfg(test)]
    pub(crate) fn delete(&self) -> Result<()> {
        for build in self.builds().all()? {
            for index in [build.ledger, build.documents] {
                self.client.ask(Method::Delete, &index, &serde_json::Value::Null)?;
            }
        }
        self.client.ask(Method::Delete, &self.address.lease(), &serde_json::Value::Null).map(drop)
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
