//! The bytes of a file: unpacked if it is compressed, and hashed as they lie on the disk.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

#[cfg(feature = "gzip")]
use flate2::read::MultiGzDecoder;
use xxhash_rust::xxh3::Xxh3;

/// A reader that hashes what passes through it.
pub(crate) struct Hashed {
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

/// The bytes of a file as its format sees them.
pub(crate) enum Source {
    Plain(Box<Rewound>),
    #[cfg(feature = "gzip")]
    Gzip(Box<MultiGzDecoder<Rewound>>),
}

/// A file of which the first bytes have been read already.
pub(crate) struct Rewound {
    head: io::Cursor<Vec<u8>>,
    rest: Hashed,
}

impl Read for Rewound {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.head.read(buffer)? {
            0 => self.rest.read(buffer),
            read => Ok(read),
        }
    }
}

/// Why a file cannot be opened.
#[derive(Debug)]
pub(crate) enum Refused {
    Io(io::Error),
    #[cfg_attr(feature = "gzip", expect(dead_code, reason = "only without gzip is it not read"))]
    Compressed,
}

impl Source {
    /// Opens a file; whether it is compressed is known by its first bytes.
    pub(crate) fn open(path: &Path) -> Result<Source, Refused> {
        let file = File::open(path).map_err(Refused::Io)?;
        let mut rest = Hashed { file, hash: Xxh3::new() };
        let mut magic = Vec::with_capacity(2);
        Read::take(&mut rest, 2).read_to_end(&mut magic).map_err(Refused::Io)?;
        let compressed = magic == [0x1f, 0x8b];
        let file = Rewound { head: io::Cursor::new(magic), rest };
        if !compressed {
            return Ok(Source::Plain(Box::new(file)));
        }
        #[cfg(feature = "gzip")]
        return Ok(Source::Gzip(Box::new(MultiGzDecoder::new(file))));
        #[cfg(not(feature = "gzip"))]
        Err(Refused::Compressed)
    }

    pub(crate) fn is_compressed(&self) -> bool {
        !matches!(self, Source::Plain(_))
    }

    /// The hash (XXH3, 128 bits) of all the bytes on the disk: of those read so far and, read now, of the others. None
    /// if they cannot be read.
    pub(crate) fn finish(mut self) -> Option<u128> {
        let hashed = match &mut self {
            Source::Plain(file) => &mut file.rest,
            #[cfg(feature = "gzip")]
            Source::Gzip(decoder) => &mut decoder.get_mut().rest,
        };
        io::copy(hashed, &mut io::sink()).ok()?;
        Some(hashed.hash.digest128())
    }
}

impl Read for Source {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Source::Plain(file) => file.read(buffer),
            #[cfg(feature = "gzip")]
            Source::Gzip(decoder) => decoder.read(buffer),
        }
    }
}

/// Reads until `buffer` has `length` bytes or the source ends; what was read before an error stays in `buffer`.
pub(crate) fn fill(source: &mut Source, buffer: &mut Vec<u8>, length: usize) -> io::Result<()> {
    let wanted = length.saturating_sub(buffer.len());
    source.take(wanted as u64).read_to_end(buffer).map(|_| ())
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
            let mut source = Source::open(file.path()).unwrap();
            let mut buffer = Vec::new();
            fill(&mut source, &mut buffer, length).unwrap();
            assert_eq!(buffer, content[..length.min(content.len())]);
            assert_eq!(source.finish(), Some(xxh3_128(&content)));
        }
    }

    #[cfg(feature = "gzip")]
    #[test]
    fn a_compressed_file_is_unpacked_and_hashed_as_it_lies() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        let mut packed = Vec::new();
        for part in ["first ", "second"] {
            let mut encoder = flate2::write::GzEncoder::new(&mut packed, flate2::Compression::fast());
            encoder.write_all(part.as_bytes()).unwrap();
            encoder.finish().unwrap();
        }
        file.write_all(&packed).unwrap();
        let mut source = Source::open(file.path()).unwrap();
        let mut buffer = Vec::new();
        fill(&mut source, &mut buffer, 1000).unwrap();
        assert_eq!(buffer, b"first second");
        assert_eq!(source.finish(), Some(xxh3_128(&packed)));
    }
}
