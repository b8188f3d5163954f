//! What an archive of captured web pages says of its own files (WACZ 1.1.1): which only list captures, and the hashes of
//! those that hold them.

use std::collections::HashMap;
use std::io::{self, Read};

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::corpus::input::hashed_file::Bytes;

/// The member that describes the archive.
pub(super) const DESCRIPTION: &str = "datapackage.json";

/// The longest description, in bytes.
const LONGEST: u64 = 16 << 20;

/// The hashes of an archive's members, by their names.
#[derive(Debug, Default)]
pub(super) struct Hashes(HashMap<String, String>);

impl Hashes {
    /// Reads those that a description names. A damaged one names none, which is no fault of the members.
    pub(super) fn read(description: impl Read) -> Hashes {
        let mut bytes = Vec::new();
        let read = description.take(LONGEST).read_to_end(&mut bytes);
        let told: Value = read.ok().and_then(|_| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let resources = told.get("resources").and_then(Value::as_array);
        let hashes = resources.into_iter().flatten().filter_map(|resource| {
            let text = |name: &str| resource.get(name)?.as_str();
            let hash = text("hash")?.strip_prefix("sha256:")?;
            Some((text("path")?.to_owned(), hash.to_ascii_lowercase()))
        });
        Hashes(hashes.collect())
    }

    /// The bytes of a member, which fail at their end if they are not those that the description tells the hash of.
    pub(super) fn sealed(&self, way: &str, bytes: Bytes) -> Bytes {
        match self.0.get(way) {
            Some(expected) => {
                Box::new(Sealed { inner: bytes, expected: expected.clone(), hash: Sha256::new(), ended: false })
            }
            None => bytes,
        }
    }
}

/// Compares the bytes of a member with their hash when the member ends.
struct Sealed {
    inner: Bytes,
    expected: String,
    hash: Sha256,
    ended: bool,
}

impl Read for Sealed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        if read == 0 && !buffer.is_empty() && !std::mem::replace(&mut self.ended, true) {
            let hash: String = self.hash.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect();
            if hash != self.expected {
                let reason = "it is not the file that datapackage.json tells the SHA-256 of";
                return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
            }
        }
        Ok(read)
    }
}

/// Returns whether a member only lists captures.
pub(super) fn lists_captures(way: &str) -> bool {
    matches!(way, DESCRIPTION | "datapackage-digest.json")
        || way.starts_with("indexes/")
        || way.starts_with("pages/") && way.ends_with(".jsonl")
}

/// Returns whether a member holds captures.
pub(super) fn holds_captures(way: &str) -> bool {
    way.starts_with("archive/") && (way.ends_with(".warc") || way.ends_with(".warc.gz"))
}
