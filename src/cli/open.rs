//! `dateline open`: an archive in the browser, and its index kept up to date.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

use anyhow::Result;
use dateline::serve::{Listener, Server};
use dateline::{Error, ErrorKind, Index, UpdateReport};
use etcetera::BaseStrategy;
use sha2::{Digest, Sha256};

use super::output::{harmless, shown_path};
use super::shared::args::Common;
use super::shared::exit::Outcome;
use super::shared::updating::{self, Reading};
use super::shared::{listen, memory, progress, watch};

/// The ports that are tried, in this order, before any free one.
const PORTS: std::ops::RangeInclusive<u16> = 7117..=7136;

/// Open an archive in the browser: index it, show it, and keep it up to date while it changes
///
/// The index is kept in your data folder, one for each archive, unless --index names another place. A file that is saved
/// into the folder is in the answers within seconds. Nothing leaves this machine. Ctrl-C ends it.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The archive: a folder or a file
    #[arg(value_name = "PATH")]
    path: PathBuf,
    #[command(flatten)]
    reading: Reading,
    /// Make the index anew, whatever format it has
    #[arg(long)]
    rebuild: bool,
    /// Open no browser; the link is printed in any case
    #[arg(long)]
    no_browser: bool,
    /// Listen at this port of this machine alone (default: 7117, or the next that is free)
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    memory::give_back();
    // An archive that is not there is told before an index is made for it.
    args.reading.archive(common, &args.path)?;
    let path = std::fs::canonicalize(&args.path).unwrap_or_else(|_| args.path.clone());
    let folder = if common.is_index_named { common.index.clone() } else { own_folder(&path)? };
    common.note(&format!("index: {}", shown_path(&folder)));
    let is_current = bring_up_to_date(common, &args, (&path, &folder))?;
    if progress::interrupted().load(Ordering::Relaxed) {
        common.note("stopped; what was read by then is in the index");
        return Ok(Outcome::Partly);
    }
    let name = path.file_name().map_or("archive".into(), |name| name.to_string_lossy());
    let listener = listen(common, &args, &folder, &name)?;
    let link = listener.link();
    common.note(&format!("open: {link} · Ctrl-C ends it"));
    if !args.no_browser && open::that_detached(&link).is_err() {
        common.note("note: no browser could be opened; open the link above in one");
    }
    let bulletin = listener.bulletin();
    thread::scope(|scope| {
        let paths = [path.clone()];
        let (args, folder, stop) = (&args, &folder, progress::interrupted());
        scope.spawn(move || {
            let told = |report: &UpdateReport| {
                bulletin.post(report);
                common.note(&format!("updated: {}", updating::summary(report)));
                true
            };
            let refresh = || updating::refresh(common, folder, &args.reading, &paths);
            if let Err(error) = watch::keep_up(common, folder, &paths, refresh, told) {
                common.note(&format!("note: changes are not followed: {error}"));
            }
        });
        let served = listener.run(Arc::clone(&stop));
        // The watch ends with the server, whatever ended it.
        stop.store(true, Ordering::Relaxed);
        served
    })?;
    Ok(if is_current { Outcome::Done } else { Outcome::Partly })
}

/// Brings the index up to date. Returns whether everything was read. While another process writes, what there is of the
/// index is shown.
fn bring_up_to_date(common: &Common, args: &Args, (path, folder): (&PathBuf, &Path)) -> Result<bool> {
    let fill = |index: &Index| {
        let archive = args.reading.known(common, index.archive(path)?)?;
        updating::update(common, index, &[archive], None, None)
    };
    // An index that was stopped on its way takes no other's place.
    let anew = || Index::rebuild(folder, |index| fill(index)?.finished());
    let done = common.patiently(|| {
        if args.rebuild {
            return anew();
        }
        match Index::open_or_create(folder).and_then(|index| fill(&index)) {
            Err(error) if is_unusable(&error) && !common.is_index_named => {
                common.note(&format!("{}; it is made anew", error.message()));
                anew()
            }
            Err(error) if is_unusable(&error) => Err(error
                .hint(format!("make it anew: dateline open --rebuild {}", harmless(&args.path.display().to_string())))),
            done => done,
        }
    });
    match done {
        Ok(report) => {
            common.note(&updating::summary(&report));
            updating::say_more(common, &report);
            Ok(!report.stopped && report.failed == 0)
        }
        Err(error) if is_busy(&error) && Index::open(folder).is_ok() => {
            common.note(&format!("note: {error}; what is there is shown"));
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// Returns whether an index can be made anew and in no other way used.
fn is_unusable(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::IndexVersion | ErrorKind::Corrupt)
}

fn is_busy(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Error>().is_some_and(|error| error.kind() == ErrorKind::IndexBusy)
}

/// The folder in which the index of an archive is kept: named as the archive, with a mark made of its path.
fn own_folder(path: &Path) -> Result<PathBuf> {
    let data = etcetera::choose_base_strategy().map_err(|_| {
        Error::new(ErrorKind::Argument, "there is no folder for data of yours").hint("name one with --index")
    })?;
    let name = path.file_name().map_or("archive".into(), |name| name.to_string_lossy());
    let plain: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(40).collect();
    let mark: String =
        Sha256::digest(path.as_os_str().as_encoded_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let folder = data.data_dir().join("dateline").join(format!("{plain}-{mark}"));
    let parent = folder.parent().unwrap_or(&folder);
    std::fs::create_dir_all(parent)
        .map_err(|error| Error::new(ErrorKind::Io, "cannot make the folder").at(parent).because(error))?;
    Ok(folder)
}

/// Listens at the port asked for, or at the first that is free.
fn listen(common: &Common, args: &Args, folder: &Path, name: &str) -> Result<Listener> {
    let server = || Server::open(folder).clock(common.clock()).archive(name);
    let address = |port: u16| SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
    // Nobody is told who has the ports that are only tried.
    let tried = || PORTS.clone().find_map(|port| server().bind(address(port)).ok());
    let free = if args.port.is_none() { tried() } else { None };
    free.map_or_else(|| listen::at(server(), address(args.port.unwrap_or(0)), "--port"), Ok)
}
