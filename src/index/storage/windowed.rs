//! Files that are read in windows instead of being mapped into memory.
//!
//! A writer passes through everything: it merges segments, and compares what is new with all there is. The pages of a
//! map count as memory of the process as long as the map exists, so everything it passed would stay. Here, small
//! windows are read into memory of their own. The largest are maps that go when they are dropped, because memory
//! allocated for them would not always be given back to the system.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tantivy::HasLen;
use tantivy::directory::{Directory, FileHandle, MmapDirectory, OwnedBytes};

/// The fewest bytes that are read at once: a block of the seal.
const MIN_WINDOW: usize = 32 << 10;
/// The most bytes that are read beyond a request, where one part of a file is read after the other.
const MAX_AHEAD: usize = 256 << 10;
/// Larger requests are mapped. Smaller ones are not: a map covers the whole file, and holding one column would keep the
/// pages of all other columns that were read.
const MIN_MAPPED: usize = 4 << 20;

/// A file that is opened again for each window: an index has more files than a process may hold open. It must not be
/// removed while it is read, which holds for segments that the engine knows to be in use.
pub(crate) struct WindowedFile {
    path: PathBuf,
    /// The folder of the file, and the file's name there.
    maps: MmapDirectory,
    name: PathBuf,
    length: usize,
    last: Mutex<Piece>,
}

/// The window that was read last.
struct Piece {
    start: usize,
    bytes: OwnedBytes,
    /// The bytes to read the next time, if that follows this window.
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

impl WindowedFile {
    /// A file of a folder, which is also the folder of `maps`. Fails if there is no such file.
    pub(crate) fn open(folder: &Path, maps: &MmapDirectory, name: &Path) -> io::Result<WindowedFile> {
        let path = folder.join(name);
        let length = std::fs::metadata(&path)?.len();
        let length = usize::try_from(length).map_err(|_| io::ErrorKind::FileTooLarge)?;
        let last = Mutex::new(Piece { start: 0, bytes: OwnedBytes::empty(), ahead: MIN_WINDOW });
        Ok(WindowedFile { path, maps: maps.clone(), name: name.to_path_buf(), length, last })
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

impl FileHandle for WindowedFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if range.len() > MIN_MAPPED {
            // Requests this large are for the largest columns and the like.
            return self.maps.get_file_handle(&self.name).map_err(io::Error::other)?.read_bytes(range);
        }
        if range.len() > MAX_AHEAD {
            return self.read(range);
        }
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = last.slice(&range) {
            return Ok(bytes);
        }
        // A reader that continues where the last window ended will continue from here too.
        let follows = (last.start..=last.end() + MIN_WINDOW).contains(&range.start);
        let ahead = if follows { (last.ahead * 2).min(MAX_AHEAD) } else { MIN_WINDOW };
        let end = (range.start + ahead).clamp(range.end, self.length);
        *last = Piece { start: range.start, bytes: self.read(range.start..end)?, ahead };
        Ok(last.bytes.slice(0..range.len()))
    }
}

impl HasLen for WindowedFile {
    fn len(&self) -> usize {
        self.length
    }
}

impl fmt::Debug for WindowedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WindowedFile({})", self.path.display())
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
        let content: Vec<u8> = (0..MIN_MAPPED + 5).map(|at| (at * 7 % 251) as u8).collect();
        std::fs::write(&path, &content).unwrap();
        let file = WindowedFile::open(folder.path(), &maps, Path::new("part.idx")).unwrap();
        let all = content.len();
        let mut asked = vec![0..0, 0..all, 7..MAX_AHEAD + 8, all - 1..all, 0..1, 3..90, 90..MIN_WINDOW + 90, all..all];
        // Requests follow each other, and some leave gaps.
        asked.extend((0..60).map(|at| at * 9_001..at * 9_001 + 9_001));
        asked.extend((0..30).rev().map(|at| at * 20_000..at * 20_000 + 5));
        for range in asked {
            assert_eq!(&*file.read_bytes(range.clone()).unwrap(), &content[range.clone()], "{range:?}");
        }
        assert!(file.read_bytes(all..all + 1).is_err());
        assert!(WindowedFile::open(folder.path(), &maps, Path::new("none.idx")).is_err());
    }

    #[test]
    fn a_file_that_is_cut_while_it_is_read_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let (path, maps) = (folder.path().join("part.idx"), MmapDirectory::open(folder.path()).unwrap());
        std::fs::write(&path, vec![1; 2 * MIN_WINDOW]).unwrap();
        let file = WindowedFile::open(folder.path(), &maps, Path::new("part.idx")).unwrap();
        std::fs::write(&path, vec![1; MIN_WINDOW]).unwrap();
        assert!(file.read_bytes(MIN_WINDOW..MIN_WINDOW + 9).is_err());
    }
}
