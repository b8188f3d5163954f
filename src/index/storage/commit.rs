//! The payload of a commit: the names of our own files that belong to it.

use serde::{Deserialize, Serialize};

use super::error::damaged;
use super::manifest::FORMAT;
use crate::catalog::archives::Archives;
use crate::error::{Error, ErrorKind, Result};

/// The text that the engine keeps with each commit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Payload {
    pub(crate) format: u32,
    /// The file of the catalog.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) catalog: Option<String>,
    /// The file with the list of copies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) copies: Option<String>,
    /// The number that the next added document gets.
    pub(crate) next: u64,
    /// The archives that the index was brought up to date with.
    #[serde(default, skip_serializing_if = "Archives::is_empty")]
    pub(crate) archives: Archives,
}

impl Default for Payload {
    fn default() -> Payload {
        Payload { format: FORMAT, catalog: None, copies: None, next: 0, archives: Archives::default() }
    }
}

impl Payload {
    /// Reads a payload. It is empty if there was no commit yet.
    pub(crate) fn read(payload: Option<&str>) -> Result<Payload> {
        payload.map_or(Ok(Payload::default()), |payload| serde_json::from_str(payload).map_err(damaged))
    }

    /// The archives that a payload of whatever format tells of, though nothing else in it can be used. None if it tells of
    /// none.
    pub(crate) fn archives_in(payload: &str) -> Archives {
        #[derive(Deserialize)]
        struct Told {
            #[serde(default)]
            archives: Archives,
        }
        serde_json::from_str(payload).map(|Told { archives }| archives).unwrap_or_default()
    }

    pub(crate) fn write(&self) -> Result<String> {
        serde_json::to_string(self)
            .map_err(|error| Error::new(ErrorKind::Format, "cannot write what the commit says").because(error))
    }

    /// Returns whether the commit needs the file with this name.
    pub(crate) fn names(&self, file: &str) -> bool {
        [&self.catalog, &self.copies].into_iter().flatten().any(|name| name == file)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_payload_comes_back_and_no_commit_says_nothing() {
        let payload = Payload { copies: Some("copies-7.bin".into()), next: 3, ..Payload::default() };
        let back = Payload::read(Some(&payload.write().unwrap())).unwrap();
        assert_eq!((back.copies.as_deref(), back.catalog, back.next), (Some("copies-7.bin"), None, 3));
        assert!(payload.names("copies-7.bin") && !payload.names("copies-6.bin"));
        assert_eq!(Payload::read(None).unwrap().next, 0);
    }
}
