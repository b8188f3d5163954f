//! The bytes of a file, hashed as they lie on the disk.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use xxhash_rust::xxh3::Xxh3;

/// A stream of bytes with one owner.
pub(crate) type Bytes = Box<dyn Read + Send>;

/// A file that hashes what is read of it. Clones continue where the others stopped.
#[derive(Clone)]
pub(crate) struct HashedFile(Arc<Mutex<Hashed>>);

struct Hashed {
    file: File,
    hash: Xxh3,
}

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        if let Some(bytes) = buffer.get(..read) {
            self.hash.update(bytes);
        }
        Ok(read)
    }
}

impl HashedFile {
    pub(crate) fn open(path: &Path) -> io::Result<HashedFile> {
        let file = File::open(path)?;
        Ok(HashedFile(Arc::new(Mutex::new(Hashed { file, hash: Xxh3::new() }))))
    }

    /// The hash (XXH3, 128 bits) of all bytes of the file. Bytes that were not read yet are read now. None if that
    /// fails.
    pub(crate) fn finish(self) -> Option<u128> {
        let mut hashed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        io::copy(&mut *hashed, &mut io::sink()).ok()?;
        Some(hashed.hash.digest128())
    }
}

impl Read for HashedFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).read(buffer)
    }
}

/// Bytes that were read already, followed by the stream they came from.
pub(crate) fn rewound(head: Vec<u8>, rest: Bytes) -> Bytes {
    Box::new(io::Cursor::new(head).chain(rest))
}

/// Reads until `buffer` has `length` bytes or the source ends. After an error, `buffer` has what was read before it.
pub(crate) fn fill(source: &mut impl Read, buffer: &mut Vec<u8>, length: usize) -> io::Result<()> {
    let wanted = length.saturating_sub(buffer.len());
    source.by_ref().take(wanted as u64).read_to_end(buffer).map(|_| ())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::io::Write;
    use xxhash_rust::xxh3::xxh3_128;

    #[test]
    fn the_hash_is_that_of_the_file_however_much_was_read() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let content = b"some words ".repeat(10_000);
        file.write_all(&content).unwrap();
        for length in [0, 1, 5000, 1_000_000] {
            let mut source = HashedFile::open(file.path()).unwrap();
            let mut buffer = Vec::new();
            fill(&mut source.clone(), &mut buffer, length).unwrap();
            assert_eq!(buffer, content[..length.min(content.len())]);
            let mut more = Vec::new();
            fill(&mut source, &mut more, 3).unwrap();
            assert!(content[buffer.len()..].starts_with(&more));
            assert_eq!(source.finish(), Some(xxh3_128(&content)));
        }
    }
}
