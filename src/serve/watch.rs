//! Folders that are watched for changes.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::{Error, ErrorKind, Index, Result};

/// How long nothing may change before a change counts as whole: files are written in pieces.
const QUIET: Duration = Duration::from_millis(300);
/// The longest time for which changes that never pause are gathered.
const LONGEST: Duration = Duration::from_secs(5);
/// How often a folder is read where the system does not tell of changes.
const POLL: Duration = Duration::from_secs(5);

/// Folders and files whose changes are told as they happen.
pub struct Watch {
    changes: Receiver<()>,
    polls: bool,
    /// Watches as long as it is kept.
    _watcher: Box<dyn Watcher + Send>,
}

impl Watch {
    /// Watches these folders and files, but not what lies below `except`. The system tells of changes; where it cannot,
    /// because its watches have run out or the disk is another machine's, the folders are read every five seconds. Fails
    /// where neither is possible.
    pub fn start(paths: &[PathBuf], except: &Path) -> Result<Watch> {
        // Events name files as their folders were named, so both are named in the one true way. A watcher that reads
        // folders takes what is not there without an error.
        let except = std::fs::canonicalize(except).unwrap_or_else(|_| except.to_path_buf());
        let real = |path: &PathBuf| {
            let missing = |error| Error::new(ErrorKind::Io, "cannot watch what is not there").at(path).because(error);
            std::fs::canonicalize(path).map_err(missing)
        };
        let paths = &paths.iter().map(real).collect::<Result<Vec<_>>>()?;
        let is_far = paths.iter().any(|path| Index::diagnostics(path).network.is_some());
        if !is_far && let Ok(watch) = Watch::told(paths, &except) {
            return Ok(watch);
        }
        Watch::polled(paths, &except).map_err(|error| {
            let path = paths.first().map(PathBuf::as_path).unwrap_or(Path::new("."));
            Error::new(ErrorKind::Io, "cannot watch").at(path).because(error)
        })
    }

    /// Watches with the system's help.
    fn told(paths: &[PathBuf], except: &Path) -> notify::Result<Watch> {
        let (changes, handler) = told_by(except);
        Watch::over(RecommendedWatcher::new(handler, Config::default())?, paths, changes, false)
    }

    /// Watches by reading the folders now and then.
    fn polled(paths: &[PathBuf], except: &Path) -> notify::Result<Watch> {
        let (changes, handler) = told_by(except);
        let config = Config::default().with_poll_interval(POLL);
        Watch::over(PollWatcher::new(handler, config)?, paths, changes, true)
    }

    fn over(
        mut watcher: impl Watcher + Send + 'static,
        paths: &[PathBuf],
        changes: Receiver<()>,
        polls: bool,
    ) -> notify::Result<Watch> {
        for path in paths {
            watcher.watch(path, RecursiveMode::Recursive)?;
        }
        Ok(Watch { changes, polls, _watcher: Box::new(watcher) })
    }

    /// Returns whether folders are read every five seconds, because the system does not tell of changes.
    pub fn polls(&self) -> bool {
        self.polls
    }

    /// Waits for a change, at most this long, and then until nothing changes for a moment. Returns whether something
    /// changed.
    pub fn wait(&self, longest: Duration) -> bool {
        if self.changes.recv_timeout(longest).is_err() {
            return false;
        }
        let start = Instant::now();
        while start.elapsed() < LONGEST {
            match self.changes.recv_timeout(QUIET) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        true
    }
}

/// A handler of events, and where it tells of those that are changes.
fn told_by(except: &Path) -> (Receiver<()>, impl FnMut(notify::Result<Event>) + Send + 'static) {
    let (sender, changes) = channel();
    let except = except.to_path_buf();
    let handler = move |event: notify::Result<Event>| {
        // An event that could not be read may have been any.
        let is_change = event.as_ref().map_or(true, |event| {
            let is_apart = !event.paths.is_empty() && event.paths.iter().all(|path| path.starts_with(&except));
            !matches!(event.kind, EventKind::Access(_)) && !is_apart
        });
        if is_change {
            // Nobody may be waiting any more.
            let _ = sender.send(());
        }
    };
    (changes, handler)
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("polls", &self.polls).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const LONG: Duration = Duration::from_secs(30);

    fn tells_of_changes(start: fn(&[PathBuf], &Path) -> notify::Result<Watch>) {
        let folder = tempfile::tempdir().unwrap();
        let path = std::fs::canonicalize(folder.path()).unwrap();
        std::fs::create_dir_all(path.join("deep/er")).unwrap();
        std::fs::create_dir(path.join("index")).unwrap();
        let watch = start(std::slice::from_ref(&path), &path.join("index")).unwrap();
        assert!(!watch.wait(Duration::from_millis(50)));
        std::fs::write(path.join("deep/er/a.txt"), "The ferry ran.").unwrap();
        assert!(watch.wait(LONG));
        while watch.wait(POLL) {}
        std::fs::write(path.join("index/segment"), "0").unwrap();
        // The folder itself is changed by a new file in it, but not by one that is written again.
        while watch.wait(POLL) {}
        std::fs::write(path.join("index/segment"), "1").unwrap();
        assert!(!watch.wait(Duration::from_secs(1)));
        std::fs::remove_file(path.join("deep/er/a.txt")).unwrap();
        assert!(watch.wait(LONG));
    }

    #[test]
    fn the_system_tells_of_changes_however_deep_and_not_of_the_index() {
        tells_of_changes(Watch::told);
    }

    #[test]
    fn reading_now_and_then_tells_of_changes_too() {
        let folder = tempfile::tempdir().unwrap();
        let watch = Watch::polled(&[folder.path().to_path_buf()], Path::new("index")).unwrap();
        assert!(watch.polls() && !watch.wait(Duration::from_millis(50)));
        std::fs::write(folder.path().join("a.txt"), "The ferry ran.").unwrap();
        assert!(watch.wait(LONG));
    }

    #[cfg(unix)]
    #[test]
    fn the_index_is_left_out_by_whatever_name_its_folder_is_watched() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        std::fs::create_dir_all(real.join("index")).unwrap();
        std::fs::write(real.join("index/lock"), "0").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        for name in [link, real.join("index/..")] {
            let watch = Watch::start(std::slice::from_ref(&name), &name.join("index")).unwrap();
            std::fs::write(real.join("index/lock"), "1").unwrap();
            assert!(!watch.wait(Duration::from_secs(1)), "{name:?}");
            std::fs::write(real.join("a.txt"), "The ferry ran.").unwrap();
            assert!(watch.wait(LONG), "{name:?}");
        }
    }

    #[test]
    fn what_is_not_there_cannot_be_watched() {
        assert!(Watch::start(&[PathBuf::from("/no/such/folder")], Path::new("index")).is_err());
    }
}
