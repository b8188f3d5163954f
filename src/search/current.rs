//! The index as it is now, one state of it for each answer.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::index::Index;
use crate::error::Result;

/// An index that is looked at anew between two questions, for programs that go on running while it is updated.
///
/// [`get`](CurrentIndex::get) gives the state of the last commit. A handle that was given out keeps the state it has, so
/// an answer made of several searches is of one state. All clones share what is open.
///
/// ```
/// use dateline::{CurrentIndex, Document, Index};
///
/// let folder = std::env::temp_dir().join(format!("dateline-current-{}", std::process::id()));
/// let current = CurrentIndex::at(&folder);
/// assert!(current.get().is_err(), "there is no index yet");
///
/// let mut writer = Index::create(&folder)?.writer()?;
/// writer.add(Document::new("log-1", "The ferry ran."))?;
/// writer.commit()?;
/// let before = current.get()?;
/// writer.add(Document::new("log-2", "The ferry ran again."))?;
/// writer.commit()?;
/// assert_eq!(before.search("ferry").run()?.total, 1);
/// assert_eq!(current.get()?.search("ferry").run()?.total, 2);
/// # std::fs::remove_dir_all(folder).ok();
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct CurrentIndex {
    kept: Kept,
    has_public_paths: bool,
}

#[derive(Clone, Debug)]
enum Kept {
    /// An index that was given, with one handle for all states.
    Given(Index),
    /// One that is opened where it lies.
    At(PathBuf, Arc<Mutex<States>>),
}

#[derive(Debug, Default)]
struct States {
    /// What questions are answered from, with its revision.
    given: Option<(Index, String)>,
    /// A handle that is never given out, and looks for commits.
    probe: Option<Index>,
}

impl CurrentIndex {
    /// The index in a folder. It need not be there yet, and may be made anew meanwhile.
    pub fn at(folder: impl Into<PathBuf>) -> CurrentIndex {
        CurrentIndex { kept: Kept::At(folder.into(), Arc::default()), has_public_paths: false }
    }

    /// The folder of the index; none for an index that was given.
    pub fn folder(&self) -> Option<&Path> {
        match &self.kept {
            Kept::Given(_) => None,
            Kept::At(folder, _) => Some(folder),
        }
    }

    /// The same index with [paths told from the archive's folder on](Index::public_paths), by errors too. Fails where an
    /// index that was given cannot be opened once more.
    pub fn public_paths(&self) -> Result<CurrentIndex> {
        let kept = match &self.kept {
            Kept::Given(index) => Kept::Given(index.public_paths()?),
            Kept::At(folder, _) => Kept::At(folder.clone(), Arc::default()),
        };
        Ok(CurrentIndex { kept, has_public_paths: true })
    }

    /// The index in the state of its last commit. Fails where there is none that can be read.
    pub fn get(&self) -> Result<Index> {
        self.opened().map_err(|error| if self.has_public_paths { error.without_path() } else { error })
    }

    fn open(&self, folder: &Path) -> Result<Index> {
        let index = Index::open(folder)?;
        if self.has_public_paths { index.public_paths() } else { Ok(index) }
    }

    fn opened(&self) -> Result<Index> {
        let (folder, states) = match &self.kept {
            Kept::Given(index) => {
                index.reload()?;
                return Ok(index.clone());
            }
            Kept::At(folder, states) => (folder, states),
        };
        let mut states = states.lock().unwrap_or_else(PoisonError::into_inner);
        // The index may have been made anew, in another format too: then it is opened anew.
        let seen = states.probe.as_ref().map(|probe| probe.reload().and_then(|()| probe.revision()));
        let revision = match seen {
            Some(Ok(revision)) => revision,
            _ => {
                *states = States::default();
                let probe = self.open(folder)?;
                let revision = probe.revision()?;
                states.probe = Some(probe);
                revision
            }
        };
        if let Some((given, _)) = states.given.as_ref().filter(|given| given.1 == revision) {
            return Ok(given.clone());
        }
        // The probe sees this state and was never given out; another handle looks from now on.
        let given = states.probe.take().map_or_else(|| self.open(folder), Ok)?;
        states.probe = Some(self.open(folder)?);
        states.given = Some((given.clone(), revision));
        Ok(given)
    }
}

/// An index that is open already. It has one handle for all states: what it is asked after a commit is of the new one.
impl From<Index> for CurrentIndex {
    fn from(index: Index) -> CurrentIndex {
        CurrentIndex { kept: Kept::Given(index), has_public_paths: false }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Document;

    fn add(index: &Index, id: &str) {
        let mut writer = index.writer().unwrap();
        writer.add(Document::new(id, "The ferry ran.")).unwrap();
        writer.commit().unwrap();
    }

    #[test]
    fn a_handle_keeps_its_state_and_the_next_has_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("index");
        let current = CurrentIndex::at(path.clone());
        assert_eq!(current.get().unwrap_err().kind(), crate::ErrorKind::NoIndex);
        let written = Index::create(&path).unwrap();
        add(&written, "a");
        let before = current.get().unwrap();
        let revision = before.revision().unwrap();
        assert_eq!(current.get().unwrap().revision().unwrap(), revision);
        add(&written, "b");
        let after = current.get().unwrap();
        let changed = after.revision().unwrap();
        assert_ne!(revision, changed);
        assert_eq!(before.search("ferry").run().unwrap().total, 1);
        assert_eq!(after.search("ferry").run().unwrap().total, 2);
        Index::rebuild(&path, |index| {
            add(index, "c");
            Ok(())
        })
        .unwrap();
        let anew = current.get().unwrap();
        assert_eq!(anew.search("ferry").run().unwrap().hits[0].id, "c");
        assert_eq!(after.revision().unwrap(), changed);
    }
}
