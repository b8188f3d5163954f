//! Files that are read piece by piece instead of being mapped into memory.
//!
//! A writer passes through all there is: it merges parts, and compares what is new with everything. The pages of a map
//! count as memory of the process as long as the map is there, so what had been passed would stay. Here small pieces
//! are read into memory of their own, and of the largest there is a map that goes when they are dropped: memory that was
//! taken for them would not always be given back to the system.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tantivy::HasLen;
use tantivy::directory::{Directory, FileHandle, MmapDirectory, OwnedBytes};

/// So much is read at least: a block of the seal.
const LEAST: usize = 32 << 10;
/// And so much at most beyond what was asked for, where one part of a file is read after the other.
const AHEAD: usize = 256 << 10;
/// What is asked for at once and larger is mapped. Less is not: a map is of the whole file, and whoever keeps one column
/// would keep the pages of all others that were looked at.
const MAPPED: usize = 4 << 20;

/// A file that is opened for each piece that is read of it: an index has more files than a process may hold open. It
/// must not be removed as long as it is read, which holds for parts that the engine knows to be in use.
pub(crate) struct PassingFile {
    path: PathBuf,
    /// Its folder, and its name there.
    maps: MmapDirectory,
    name: PathBuf,
    length: usize,
    last: Mutex<Piece>,
}

/// What was read last.
struct Piece {
    start: usize,
    bytes: OwnedBytes,
    /// How much is read the next time, if that follows.
    ahead: usize,
}

impl Piece {
    fn end(&self) -> usize {
        self.start + self.bytes.len()
    }

    fn slice(&self, range: &Range<usize>) -> Option<OwnedBytes> {
        let inside = self.start <= range.start && range.end <= self.end();
        inside.then(|| self.bytes.slice(range.start - self.start..range.end - self.start))
    }
}

impl PassingFile {
    /// A file of a folder, which is where `maps` has its files. Fails where there is no such file.
    pub(crate) fn open(folder: &Path, maps: &MmapDirectory, name: &Path) -> io::Result<PassingFile> {
        let path = folder.join(name);
        let length = std::fs::metadata(&path)?.len();
        let length = usize::try_from(length).map_err(|_| io::ErrorKind::FileTooLarge)?;
        let last = Mutex::new(Piece { start: 0, bytes: OwnedBytes::empty(), ahead: LEAST });
        Ok(PassingFile { path, maps: maps.clone(), name: name.to_path_buf(), length, last })
    }

    fn read(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(range.start as u64))?;
        let mut bytes = Vec::with_capacity(range.len());
        file.take(range.len() as u64).read_to_end(&mut bytes)?;
        if bytes.len() < range.len() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(OwnedBytes::new(bytes))
    }
}

impl FileHandle for PassingFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if range.len() > MAPPED {
            // The largest columns and the like.
            return self.maps.get_file_handle(&self.name).map_err(io::Error::other)?.read_bytes(range);
        }
        if range.len() > AHEAD {
            return self.read(range);
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = last.slice(&range) {
            return Ok(bytes);
        }
        // Who reads on from where they were will read on from here.
        let follows = (last.start..=last.end() + LEAST).contains(&range.start);
        let ahead = if follows { (last.ahead * 2).min(AHEAD) } else { LEAST };
        let end = (range.start + ahead).clamp(range.end, self.length);
        *last = Piece { start: range.start, bytes: self.read(range.start..end)?, ahead };
        Ok(last.bytes.slice(0..range.len()))
    }
}

impl HasLen for PassingFile {
    fn len(&self) -> usize {
        self.length
    }
}

impl fmt::Debug for PassingFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PassingFile({})", self.path.display())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn whatever_is_asked_for_in_whatever_order_is_what_stands_there() {
        let folder = tempfile::tempdir().unwrap();
        let (path, maps) = (folder.path().join("part.idx"), MmapDirectory::open(folder.path()).unwrap());
        let content: Vec<u8> = (0..MAPPED + 5).map(|at| (at * 7 % 251) as u8).collect();
        std::fs::write(&path, &content).unwrap();
        let file = PassingFile::open(folder.path(), &maps, Path::new("part.idx")).unwrap();
        let all = content.len();
        let mut asked = vec![0..0, 0..all, 7..AHEAD + 8, all - 1..all, 0..1, 3..90, 90..LEAST + 90, all..all];
        // One after the other, and with gaps.
        asked.extend((0..60).map(|at| at * 9_001..at * 9_001 + 9_001));
        asked.extend((0..30).rev().map(|at| at * 20_000..at * 20_000 + 5));
        for range in asked {
            assert_eq!(&*file.read_bytes(range.clone()).unwrap(), &content[range.clone()], "{range:?}");
        }
        assert!(file.read_bytes(all..all + 1).is_err());
        assert!(PassingFile::open(folder.path(), &maps, Path::new("none.idx")).is_err());
    }

    #[test]
    fn a_file_that_is_cut_while_it_is_read_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let (path, maps) = (folder.path().join("part.idx"), MmapDirectory::open(folder.path()).unwrap());
        std::fs::write(&path, vec![1; 2 * LEAST]).unwrap();
        let file = PassingFile::open(folder.path(), &maps, Path::new("part.idx")).unwrap();
        std::fs::write(&path, vec![1; LEAST]).unwrap();
        assert!(file.read_bytes(LEAST..LEAST + 9).is_err());
    }
}
