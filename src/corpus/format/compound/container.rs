//! The container of Office and Outlook files from before 2007 (MS-CFB): storages and streams by their paths, and what is
//! damaged of them.

use std::io::{Cursor, Error, ErrorKind, Read};

use cfb::CompoundFile;

use crate::corpus::input::problem::{Faults, Problem};

/// The most storages and streams of a kind in another storage.
const MOST: usize = 10_000;

/// A container, read stream by stream.
pub(in crate::corpus::format) struct Container<'a> {
    pub(in crate::corpus::format) file: CompoundFile<Cursor<&'a [u8]>>,
    /// The bytes that its streams may still have together: those of a sound file share none.
    left: u64,
    pub(in crate::corpus::format) faults: Faults,
}

impl<'a> Container<'a> {
    /// Fails if the lists at the head of the container are damaged.
    pub(in crate::corpus::format) fn open(bytes: &'a [u8]) -> Result<Container<'a>, Error> {
        let file = CompoundFile::open(Cursor::new(bytes))?;
        Ok(Container { file, left: bytes.len() as u64, faults: Faults::default() })
    }
}

impl Container<'_> {
    pub(in crate::corpus::format) fn exists(&self, path: &str) -> bool {
        self.file.exists(path)
    }

    /// The paths of the storages in another whose names begin like this, in the order of their names.
    pub(in crate::corpus::format) fn storages(&mut self, storage: &str, begin: &str) -> Vec<String> {
        self.entries(storage, |entry| entry.is_storage() && entry.name().starts_with(begin))
    }

    /// The paths of the streams in a storage.
    pub(in crate::corpus::format) fn streams(&mut self, storage: &str) -> Vec<String> {
        self.entries(storage, cfb::Entry::is_stream)
    }

    fn entries(&mut self, storage: &str, is_meant: impl Fn(&cfb::Entry) -> bool) -> Vec<String> {
        let folder = if storage.is_empty() { "/" } else { storage };
        let Ok(entries) = self.file.read_storage(folder) else { return Vec::new() };
        let around = storage.trim_end_matches('/');
        let meant = entries.filter(is_meant).map(|entry| format!("{around}/{}", entry.name()));
        let mut paths: Vec<String> = meant.take(MOST + 1).collect();
        paths.sort();
        if paths.len() > MOST {
            paths.truncate(MOST);
            self.faults.tell(Problem::failed(format!("more than {MOST} parts in one message; the rest is not read")));
        }
        paths
    }

    /// A stream of a message. None if there is none, or it is damaged, which is told.
    pub(in crate::corpus::format) fn stream(&mut self, path: &str) -> Option<Vec<u8>> {
        match self.read(path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => {
                let reason = format!("a damaged Outlook message: its part {path} cannot be read ({error})");
                self.faults.tell(Problem::failed(reason));
                None
            }
        }
    }
}

impl Container<'_> {
    /// A stream of the container. Fails if there is none, or it is damaged.
    pub(in crate::corpus::format) fn read(&mut self, path: &str) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        self.file.open_stream(path)?.take(self.left + 1).read_to_end(&mut bytes)?;
        let left = self.left.checked_sub(bytes.len() as u64);
        self.left = left.ok_or_else(|| Error::other("its parts are longer together than the file"))?;
        Ok(bytes)
    }
}
