//! The index as it is now, one state of it for each answer.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::{Index, Result};

/// An index that is looked at anew between two questions. A handle that was given out keeps the state it has, so an answer
/// made of several searches is of one state.
#[derive(Debug)]
pub(super) struct Current {
    /// Where it lies; none for an index that was given.
    folder: Option<PathBuf>,
    states: Mutex<States>,
}

#[derive(Debug, Default)]
struct States {
    /// What questions are answered from, with its revision.
    given: Option<(Index, String)>,
    /// A handle that is never given out, and looks for commits.
    probe: Option<Index>,
}

impl Current {
    /// The index in a folder, which need not be there yet.
    pub(super) fn at(folder: PathBuf) -> Current {
        Current { folder: Some(folder), states: Mutex::default() }
    }

    /// An index that is open already.
    pub(super) fn over(index: Index) -> Current {
        let states = States { given: None, probe: Some(index) };
        Current { folder: None, states: Mutex::new(states) }
    }

    /// The folder of the index.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The index in the state of its last commit, with its revision. Fails where there is none that can be read.
    pub(super) fn index(&self) -> Result<(Index, String)> {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(folder) = &self.folder else {
            // An index without a folder has one handle for all states.
            let index = states.probe.clone().map_or_else(Index::in_memory, Ok)?;
            index.reload()?;
            let revision = index.revision()?;
            return Ok((index, revision));
        };
        // The index may have been made anew, in another format too: then it is opened anew.
        let seen = states.probe.as_ref().map(|probe| probe.reload().and_then(|()| probe.revision()));
        let revision = match seen {
            Some(Ok(revision)) => revision,
            _ => {
                *states = States::default();
                let probe = Index::open(folder)?;
                let revision = probe.revision()?;
                states.probe = Some(probe);
                revision
            }
        };
        if let Some(given) = states.given.as_ref().filter(|given| given.1 == revision) {
            return Ok(given.clone());
        }
        // The probe sees this state and was never given out; another handle looks from now on.
        let given = (states.probe.take().map_or_else(|| Index::open(folder), Ok)?, revision);
        states.probe = Some(Index::open(folder)?);
        Ok(states.given.insert(given).clone())
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
        let current = Current::at(path.clone());
        assert_eq!(current.index().unwrap_err().kind(), crate::ErrorKind::NoIndex);
        let written = Index::create(&path).unwrap();
        add(&written, "a");
        let (before, revision) = current.index().unwrap();
        assert_eq!(current.index().unwrap().1, revision);
        add(&written, "b");
        let (after, changed) = current.index().unwrap();
        assert_ne!(revision, changed);
        assert_eq!(before.search("ferry").run().unwrap().total, 1);
        assert_eq!(after.search("ferry").run().unwrap().total, 2);
        Index::rebuild(&path, |index| {
            add(index, "c");
            Ok(())
        })
        .unwrap();
        let (anew, _) = current.index().unwrap();
        assert_eq!(anew.search("ferry").run().unwrap().hits[0].id, "c");
        assert_eq!(after.revision().unwrap(), changed);
    }
}
