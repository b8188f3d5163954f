//! The server: an index in a browser and over HTTP.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use super::access::Access;
#[cfg(feature = "mcp")]
use super::agents::Agents;
use super::connection::accept;
use super::context::News;
use super::door::Door;
use super::entrance::ENTRANCE;
use super::guard::{Guard, origin};
use super::metrics::Metrics;
use super::pool::Pool;
use super::site::{Clock, Site};
use crate::text::repeated;
use crate::{CurrentIndex, Date, Error, ErrorKind, Result, UpdateReport};

/// An archive in a browser: pages at `/`, the JSON contract at `/api/v1`, tools for agents at `/mcp` (with the feature
/// `mcp`).
///
/// The index is only read, and what another process commits is seen by the next question.
pub struct Server {
    current: CurrentIndex,
    clock: Clock,
    guard: Guard,
    originals: bool,
    public_paths: Option<bool>,
    archive: Option<String>,
    token: Option<String>,
}

/// A server that listens, and answers once it [runs](Listener::run).
pub struct Listener {
    listener: TcpListener,
    address: SocketAddr,
    site: Arc<Site>,
    guard: Guard,
}

/// Where pages learn what an update brought while they are open.
#[derive(Clone)]
pub struct Bulletin {
    site: Arc<Site>,
}

impl Server {
    /// A server for the index in a folder. The index need not be there yet.
    pub fn open(folder: impl Into<PathBuf>) -> Server {
        Server::over(CurrentIndex::at(folder))
    }

    /// A server for an index that is open already, or one that others share.
    pub fn over(index: impl Into<CurrentIndex>) -> Server {
        Server {
            current: index.into(),
            clock: Arc::new(Date::today),
            guard: Guard::default(),
            originals: true,
            public_paths: None,
            archive: None,
            token: None,
        }
    }

    /// Sets what tells the day that words like "yesterday" count from. Unless set, it is the day of the question in UTC.
    #[must_use]
    pub fn clock(mut self, today: impl Fn() -> Date + Send + Sync + 'static) -> Server {
        self.clock = Arc::new(today);
        self
    }

    /// Names the archive, as its pages do. Unless set, it is the name of the index's folder.
    #[must_use]
    pub fn archive(mut self, name: impl Into<String>) -> Server {
        self.archive = Some(name.into());
        self
    }

    /// Answers requests for this host too, besides those for this machine: the name by which others know it, without a
    /// port.
    #[must_use]
    pub fn allow_host(mut self, name: impl Into<String>) -> Server {
        self.guard.hosts.push(name.into());
        self
    }

    /// Lets the pages of another site read `/api` and `/openapi.json`: `https://notes.example`, with its port if it has one
    /// of its own. They are asked without cookies, so with a token they have to send it.
    #[must_use]
    pub fn allow_origin(mut self, site: impl Into<String>) -> Server {
        self.guard.origins.push(site.into());
        self
    }

    /// Sets whether the files that documents come from are given out. They are unless it is set.
    #[must_use]
    pub fn originals(mut self, given: bool) -> Server {
        self.originals = given;
        self
    }

    /// Sets whether answers tell paths from the archive's folder on, and not from the root of the disk. Unless set, they do
    /// where others can reach the server: where it does not listen at this machine's own address.
    #[must_use]
    pub fn public_paths(mut self, public: bool) -> Server {
        self.public_paths = Some(public);
        self
    }

    /// Answers only whoever has this token, one word of 16 characters or more: programs send it as `Authorization:
    /// Bearer`, a browser gets in once by [`Listener::link`]. Unless set, everybody on this machine may ask.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Server {
        self.token = Some(token.into());
        self
    }

    /// Listens at an address; port 0 takes a free one. Fails where the address cannot be had, where an allowed host, an
    /// allowed site or the token is none, and where others could reach it without a token: then the address has to be of this machine alone, 127.0.0.1 or `[::1]`.
    pub fn bind(self, address: SocketAddr) -> Result<Listener> {
        if !address.ip().is_loopback() && self.token.is_none() {
            let message = format!("without a token, everybody who can reach {address} could read the archive");
            let hint = "give one with --token-file, or serve at 127.0.0.1";
            return Err(Error::new(ErrorKind::Argument, message).hint(hint));
        }
        if let Some(wrong) = self.guard.hosts.iter().find(|host| host.contains([':', '/']) || host.trim().is_empty()) {
            let error = Error::new(ErrorKind::Argument, format!("{} is no name of a host", repeated(wrong)));
            return Err(error.hint("it has neither a scheme nor a port: archive.example"));
        }
        let allowed = |site: &String| {
            let error = || Error::new(ErrorKind::Argument, format!("{} is no site", repeated(site)));
            origin(site).ok_or_else(|| error().hint("it has a scheme and a host, and no path: https://notes.example"))
        };
        let origins = self.guard.origins.iter().map(allowed).collect::<Result<_>>()?;
        let cannot = |error| Error::new(ErrorKind::Argument, format!("cannot listen at {address}")).because(error);
        let listener = TcpListener::bind(address).map_err(cannot)?;
        listener.set_nonblocking(true).map_err(cannot)?;
        let address = listener.local_addr().map_err(cannot)?;
        let folder = self.current.folder().and_then(|folder| folder.file_name());
        let name = folder.map(|name| name.to_string_lossy().into_owned());
        let has_public_paths = self.public_paths.unwrap_or(!address.ip().is_loopback());
        let site = Site {
            current: if has_public_paths { self.current.public_paths()? } else { self.current.clone() },
            files: self.originals.then_some(self.current),
            has_public_paths,
            clock: self.clock,
            archive: self.archive.or(name).unwrap_or_else(|| "archive".into()),
            news: Mutex::default(),
            access: self.token.map(|token| Access::new(&token, address.port())).transpose()?,
            metrics: Metrics::default(),
        };
        Ok(Listener { listener, address, site: Arc::new(site), guard: Guard { origins, ..self.guard } })
    }
}

impl Listener {
    /// The address at which it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The link to its first page. With a token it has a code that lets one browser in, once.
    pub fn link(&self) -> String {
        // No browser opens 0.0.0.0.
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(if address.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() });
        }
        match self.site.access.as_ref().and_then(Access::code) {
            Some(code) => format!("http://{address}{ENTRANCE}?code={code}"),
            None => format!("http://{address}/"),
        }
    }

    /// A handle by which pages are told what an update brought.
    pub fn bulletin(&self) -> Bulletin {
        Bulletin { site: Arc::clone(&self.site) }
    }

    /// Answers until the flag is set. Then no more connections are taken, and answers under way have ten seconds to end.
    /// Fails where no thread can be had.
    pub fn run(self, stop: Arc<AtomicBool>) -> Result<()> {
        let cannot = |error| Error::new(ErrorKind::Io, "cannot start answering").because(error);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(cannot)?;
        let (pool, _threads) = Pool::start()?;
        let door = Arc::new(Door {
            #[cfg(feature = "mcp")]
            agents: Agents::new(self.site.current.clone(), Arc::clone(&self.site.clock)),
            site: self.site,
            guard: self.guard,
            pool,
        });
        let ended = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener).map_err(cannot)?;
            accept(listener, door, stop).await;
            Ok(())
        });
        // What is still searched for was waited for long enough.
        runtime.shutdown_background();
        ended
    }
}

impl Bulletin {
    /// Tells pages what an update brought.
    pub fn post(&self, report: &UpdateReport) {
        let news = News { added: report.added, changed: report.changed, removed: report.removed };
        *self.site.news.lock().unwrap_or_else(PoisonError::into_inner) = Some(news);
    }
}

impl fmt::Debug for Bulletin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulletin").finish_non_exhaustive()
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("folder", &self.current.folder()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listener").field("address", &self.address).finish_non_exhaustive()
    }
}
