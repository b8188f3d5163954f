//! Zip archives.
//!
//! The crate reads the directory; members are unpacked here, so that each is a stream of its own and one of many
//! gigabytes, such as an exported mailbox, never has to be in memory.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use zip::{CompressionMethod, ZipArchive};

use super::member::{Access, Member, decoded_name, is_hidden};
use crate::corpus::problem::Problem;
use crate::corpus::raw::Given;
use crate::corpus::source::Bytes;

pub(crate) struct Zip {
    access: Access,
    entries: std::vec::IntoIter<Entry>,
}

/// What the directory says of a member.
struct Entry {
    way: String,
    /// Where its bytes begin; none if that cannot be found out.
    start: Option<u64>,
    packed: u64,
    crc: u32,
    method: CompressionMethod,
    encrypted: bool,
    link: bool,
}

impl Zip {
    /// Reads the directory. Fails with the reason if there is none that can be read.
    pub(crate) fn open(access: Access) -> Result<Zip, String> {
        let entries = match &access {
            Access::File(path) => {
                let file = File::open(path).map_err(|error| format!("cannot open: {error}"))?;
                entries(BufReader::new(file))
            }
            Access::Memory(bytes) => entries(Cursor::new(Arc::clone(bytes))),
        };
        let entries = entries.map_err(|error| match error {
            zip::result::ZipError::Io(error) => format!("cannot read the zip archive: {error}"),
            error => format!("the zip archive is cut off or damaged ({error})"),
        })?;
        Ok(Zip { access, entries: entries.into_iter() })
    }
}

fn entries<R: Read + Seek>(reader: R) -> zip::result::ZipResult<Vec<Entry>> {
    let mut archive = ZipArchive::new(reader)?;
    let mut entries = Vec::new();
    for index in 0..archive.len() {
        let entry = match archive.by_index_raw(index) {
            Ok(file) if file.is_dir() => continue,
            Ok(file) => Entry {
                way: decoded_name(file.name_raw()),
                start: file.data_start(),
                packed: file.compressed_size(),
                crc: file.crc32(),
                method: file.compression(),
                encrypted: file.encrypted(),
                link: file.is_symlink(),
            },
            Err(_) => Entry {
                way: format!("#{}", index + 1),
                start: None,
                packed: 0,
                crc: 0,
                method: CompressionMethod::Stored,
                encrypted: false,
                link: false,
            },
        };
        if !is_hidden(&entry.way) {
            entries.push(entry);
        }
    }
    Ok(entries)
}

impl Iterator for Zip {
    type Item = Result<Member, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let entry = self.entries.next()?;
        let bytes = open(&self.access, &entry);
        Some(match bytes {
            Ok(bytes) => {
                Ok(Member { name: entry.way.clone(), way: entry.way, key: None, given: Given::default(), bytes })
            }
            Err(problem) => Err(Problem { member: Some(entry.way), ..problem }),
        })
    }
}

fn open(access: &Access, entry: &Entry) -> Result<Bytes, Problem> {
    if entry.link {
        return Err(Problem::nothing("a symbolic link, which is not followed"));
    }
    if entry.encrypted {
        return Err(Problem::failed("encrypted; it needs a password"));
    }
    let Some(start) = entry.start else { return Err(Problem::failed("its place in the zip archive is damaged")) };
    let packed: Bytes = match access {
        Access::File(path) => Box::new(part_of_file(path, start, entry.packed).map_err(cannot_open)?),
        Access::Memory(bytes) => {
            let mut cursor = Cursor::new(Arc::clone(bytes));
            cursor.set_position(start);
            Box::new(cursor.take(entry.packed))
        }
    };
    match entry.method {
        CompressionMethod::Stored => Ok(Box::new(Checked::new(packed, entry.crc))),
        CompressionMethod::Deflated => {
            Ok(Box::new(Checked::new(Box::new(flate2::read::DeflateDecoder::new(packed)), entry.crc)))
        }
        method => {
            let name = method.to_string().to_lowercase();
            Err(Problem::failed(format!("packed in a way that is not read ({name})")))
        }
    }
}

fn part_of_file(path: &PathBuf, start: u64, length: u64) -> io::Result<io::Take<BufReader<File>>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(start))?;
    Ok(BufReader::new(file).take(length))
}

fn cannot_open(error: io::Error) -> Problem {
    Problem::failed(format!("cannot open: {error}"))
}

/// Tells at the end of a member whether its bytes are those that were packed.
struct Checked {
    inner: flate2::CrcReader<BufReader<Bytes>>,
    expected: u32,
}

impl Checked {
    fn new(inner: Bytes, expected: u32) -> Checked {
        Checked { inner: flate2::CrcReader::new(BufReader::new(inner)), expected }
    }
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        if read == 0 && !buffer.is_empty() && self.inner.crc().sum() != self.expected {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum is wrong"));
        }
        Ok(read)
    }
}
