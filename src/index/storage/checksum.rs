//! Files that detect whether they are still as they were written.
//!
//! Every file of an index is sealed when it is written and checked when it is read, so a byte that changed on the disk
//! is an error and never an answer. A large file is checked block by block when a block is first needed, so opening an
//! index reads no more than without seals. `FORMAT.md` has the layout.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tantivy::HasLen;
use tantivy::directory::{AntiCallToken, FileHandle, OwnedBytes, TerminatingWrite};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// The bytes of a block, which are checked together. A block is small enough to check for one posting list, and large
/// enough that its checksum adds little.
const BLOCK: usize = 32 << 10;

/// The end of a seal. Before it stand the checksums of the blocks, the length of the content, and the checksum of both.
const MAGIC: &[u8; 8] = b"dlseal-1";
const TAIL: usize = 8 + 8 + MAGIC.len();

/// The bytes of a small file's seal, which is a line of its own: `#`, and the checksum of everything before the line in
/// hexadecimal.
const LINE: usize = 2 + 16 + 1;

/// A file has changed since it was written.
#[derive(Debug)]
pub(crate) struct Damage {
    file: PathBuf,
    what: &'static str,
}

impl Damage {
    fn error(file: &Path, what: &'static str) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, Damage { file: file.to_path_buf(), what })
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "its file {} {}", self.file.display(), self.what)
    }
}

impl std::error::Error for Damage {}

const CHANGED: &str = "is not as it was written";
const CUT: &str = "is cut short or was never finished";

/// Writes a large file and its seal.
pub(crate) struct SealingWriter {
    inner: Box<dyn TerminatingWrite + Send + Sync>,
    /// The hash of the current block, of which this many bytes are written.
    hasher: Xxh3,
    filled: usize,
    length: u64,
    /// The checksums of the former blocks, as they will be written.
    sums: Vec<u8>,
}

impl SealingWriter {
    pub(crate) fn new(inner: Box<dyn TerminatingWrite + Send + Sync>) -> SealingWriter {
        SealingWriter { inner, hasher: Xxh3::new(), filled: 0, length: 0, sums: Vec::new() }
    }

    fn take(&mut self, mut bytes: &[u8]) {
        self.length += bytes.len() as u64;
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(BLOCK - self.filled));
            self.hasher.update(now);
            self.filled += now.len();
            if self.filled == BLOCK {
                self.end_block();
            }
            bytes = later;
        }
    }

    fn end_block(&mut self) {
        self.sums.extend_from_slice(&self.hasher.digest().to_le_bytes());
        self.hasher.reset();
        self.filled = 0;
    }
}

impl Write for SealingWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.take(&bytes[..written.min(bytes.len())]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl TerminatingWrite for SealingWriter {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        if self.filled > 0 {
            self.end_block();
        }
        let mut seal = std::mem::take(&mut self.sums);
        seal.extend_from_slice(&self.length.to_le_bytes());
        let sum = xxh3_64(&seal);
        seal.extend_from_slice(&sum.to_le_bytes());
        seal.extend_from_slice(MAGIC);
        self.inner.write_all(&seal)?;
        self.inner.terminate_ref(token)
    }
}

/// A large file that hands out only bytes it has checked.
pub(crate) struct SealedFile {
    inner: Arc<dyn FileHandle>,
    path: PathBuf,
    length: usize,
    sums: OwnedBytes,
    /// The blocks that were checked and found unchanged.
    checked: Vec<AtomicBool>,
}

impl SealedFile {
    /// Opens a file written by [`SealingWriter`]. Fails if its seal is missing or broken.
    pub(crate) fn open(inner: Arc<dyn FileHandle>, path: &Path) -> io::Result<SealedFile> {
        let end = inner.len();
        let tail_at = end.checked_sub(TAIL).ok_or_else(|| Damage::error(path, CUT))?;
        let tail = inner.read_bytes(tail_at..end)?;
        let number = |at: usize| tail.get(at..at + 8).map(le).unwrap_or_default();
        if &tail[16..] != MAGIC {
            return Err(Damage::error(path, CUT));
        }
        let length = number(0);
        // Lengths must add up before anything is read by them, whatever the file contains.
        let blocks = length.div_ceil(BLOCK as u64);
        let whole = blocks.checked_mul(8).and_then(|sums| sums.checked_add(length)?.checked_add(TAIL as u64));
        if whole != Some(end as u64) {
            return Err(Damage::error(path, CHANGED));
        }
        let length = length as usize;
        let sealed = inner.read_bytes(length..tail_at + 8)?;
        if xxh3_64(&sealed) != number(8) {
            return Err(Damage::error(path, CHANGED));
        }
        let sums = sealed.slice(0..tail_at - length);
        let checked = std::iter::repeat_with(AtomicBool::default).take(blocks as usize).collect();
        Ok(SealedFile { inner, path: path.to_path_buf(), length, sums, checked })
    }

    /// Checks blocks that were read.
    fn check(&self, first: usize, bytes: &[u8]) -> io::Result<()> {
        for (block, bytes) in (first..).zip(bytes.chunks(BLOCK)) {
            let Some(checked) = self.checked.get(block) else { return Err(Damage::error(&self.path, CHANGED)) };
            // Two threads may both check a block, which costs time and nothing else.
            if checked.load(Ordering::Relaxed) {
                continue;
            }
            if self.sums.get(block * 8..block * 8 + 8).map(le) != Some(xxh3_64(bytes)) {
                return Err(Damage::error(&self.path, CHANGED));
            }
            checked.store(true, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// The length of a large file's content, assuming that its seal has the right length. Used when the seal itself cannot
/// be read.
pub(crate) fn unsealed_length(whole: usize) -> usize {
    let sealed = whole.saturating_sub(TAIL);
    // Every block, also an incomplete one, takes eight bytes more.
    sealed - sealed.div_ceil(BLOCK + 8) * 8
}

fn le(bytes: &[u8]) -> u64 {
    bytes.try_into().map_or(0, u64::from_le_bytes)
}

impl fmt::Debug for SealedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealedFile({})", self.path.display())
    }
}

impl HasLen for SealedFile {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for SealedFile {
    fn read_bytes(&self, range: std::ops::Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.length {
            return Err(Damage::error(&self.path, "is shorter than another file says"));
        }
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        let (first, last) = (range.start / BLOCK, (range.end - 1) / BLOCK);
        let all_checked = |blocks: &[AtomicBool]| blocks.iter().all(|checked| checked.load(Ordering::Relaxed));
        if self.checked.get(first..=last).is_some_and(all_checked) {
            return self.inner.read_bytes(range);
        }
        let start = first * BLOCK;
        let whole = self.inner.read_bytes(start..self.length.min((last + 1) * BLOCK))?;
        self.check(first, &whole)?;
        Ok(whole.slice(range.start - start..range.end - start))
    }
}

/// A small file's content with its seal.
pub(crate) fn seal(content: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(content.len() + LINE);
    sealed.extend_from_slice(content);
    sealed.extend_from_slice(line(content).as_bytes());
    sealed
}

/// The seal of a small file.
fn line(content: &[u8]) -> String {
    format!("\n#{:016x}\n", xxh3_64(content))
}

/// The content of a small file without its seal. Fails if the seal is missing or does not match.
pub(crate) fn unseal(mut sealed: Vec<u8>, path: &Path) -> io::Result<Vec<u8>> {
    let end = sealed.len().checked_sub(LINE).ok_or_else(|| Damage::error(path, CUT))?;
    let (content, found) = sealed.split_at(end);
    if found != line(content).as_bytes() {
        return Err(Damage::error(path, CHANGED));
    }
    sealed.truncate(end);
    Ok(sealed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::Mutex;

    /// A file in memory that tests look at and change.
    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            // A disk may accept fewer bytes than it is given.
            let some = bytes.len().min(1_000);
            self.0.lock().unwrap().extend_from_slice(&bytes[..some]);
            Ok(some)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl TerminatingWrite for Paper {
        fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(content: &[u8]) -> Vec<u8> {
        let paper = Paper::default();
        let mut writer = SealingWriter::new(Box::new(paper.clone()));
        writer.write_all(content).unwrap();
        writer.terminate().unwrap();
        paper.0.lock().unwrap().clone()
    }

    fn open(bytes: Vec<u8>) -> io::Result<SealedFile> {
        SealedFile::open(Arc::new(OwnedBytes::new(bytes)), Path::new("x.idx"))
    }

    fn content(length: usize) -> Vec<u8> {
        (0..length).map(|at| (at * 7 % 251) as u8).collect()
    }

    #[test]
    fn what_is_written_is_what_is_read_whatever_its_length() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 5] {
            let content = content(length);
            let file = open(written(&content)).unwrap();
            assert_eq!(file.len(), length);
            assert_eq!(&*file.read_bytes(0..length).unwrap(), &content[..]);
            assert_eq!(unsealed_length(written(&content).len()), length);
        }
    }

    #[test]
    fn any_byte_that_changes_is_found_when_it_is_read() {
        let content = content(BLOCK + 40);
        let whole = written(&content);
        for at in (0..whole.len()).step_by(97).chain(whole.len() - 80..whole.len()) {
            let mut damaged = whole.clone();
            damaged[at] ^= 1 << (at % 8);
            let read = open(damaged).and_then(|file| file.read_bytes(0..content.len()));
            assert!(read.is_err(), "byte {at}");
        }
    }

    #[test]
    fn blocks_that_are_not_read_need_not_be_whole() {
        let content = content(2 * BLOCK);
        let mut damaged = written(&content);
        damaged[BLOCK + 1] ^= 1;
        let file = open(damaged).unwrap();
        assert_eq!(&*file.read_bytes(5..BLOCK).unwrap(), &content[5..BLOCK]);
        assert!(file.read_bytes(5..BLOCK + 1).is_err());
    }

    #[test]
    fn what_is_cut_grown_or_asked_for_beyond_its_end_is_an_error_and_no_panic() {
        let whole = written(&content(BLOCK + 40));
        for length in (0..whole.len()).step_by(1_001).chain(whole.len() - 60..whole.len()) {
            assert!(open(whole[..length].to_vec()).is_err(), "cut to {length}");
        }
        let mut grown = whole.clone();
        grown.insert(100, 0);
        assert!(open(grown).is_err());
        let file = open(whole).unwrap();
        assert!(file.read_bytes(BLOCK..BLOCK + 41).is_err());
        #[allow(clippy::reversed_empty_ranges)]
        let backwards = file.read_bytes(9..3);
        assert!(backwards.is_err());
    }

    #[test]
    fn a_small_file_is_readable_text_and_tells_of_any_change() {
        let sealed = seal(b"{\"files\": 1}");
        assert_eq!(String::from_utf8(sealed.clone()).unwrap(), "{\"files\": 1}\n#c0138e6937d125c3\n");
        assert_eq!(unseal(sealed.clone(), Path::new("x")).unwrap(), b"{\"files\": 1}");
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 4;
            assert!(unseal(damaged, Path::new("x")).is_err(), "byte {at}");
            assert!(unseal(sealed[..at].to_vec(), Path::new("x")).is_err(), "cut to {at}");
        }
    }
}
