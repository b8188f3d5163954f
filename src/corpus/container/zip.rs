//! Zip archives.
//!
//! The directory at the end says where members are; of an archive that has lost it, as half a download has, they are
//! looked for one by one. The crate reads the directory; members are unpacked here, so that each is a stream of its own and one of many
//! gigabytes, such as an exported mailbox, never has to be in memory.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use zip::{CompressionMethod, ZipArchive};

use super::member::{Access, Member, decoded_name, is_hidden};
use crate::corpus::format::Format;
use crate::corpus::input::hashed_file::{Bytes, fill};
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::Given;

pub(crate) struct Zip {
    access: Access,
    entries: std::vec::IntoIter<Entry>,
    /// What is wrong with the whole, told after its members.
    damage: Option<String>,
}

/// What the directory says of a member.
struct Entry {
    way: String,
    /// Where its bytes begin; none if that cannot be found out.
    start: Option<u64>,
    packed: u64,
    /// The checksum of its content, where it is known.
    crc: Option<u32>,
    method: CompressionMethod,
    encrypted: bool,
    link: bool,
}

impl Zip {
    /// Reads the directory. Fails with the reason if there is none that can be read.
    pub(crate) fn open(access: Access) -> Result<Zip, String> {
        let read = |error: io::Error| format!("cannot open: {error}");
        let listed = match &access {
            Access::File(path) => entries(BufReader::new(File::open(path).map_err(read)?)),
            Access::Memory(bytes) => entries(Cursor::new(Arc::clone(bytes))),
        };
        let damage = match listed {
            Ok(entries) => return Ok(Zip { access, entries: entries.into_iter(), damage: None }),
            Err(zip::result::ZipError::Io(error)) if error.kind() != io::ErrorKind::UnexpectedEof => {
                return Err(format!("cannot read the zip archive: {error}"));
            }
            Err(error) => format!("the zip archive is cut off or damaged ({error})"),
        };
        let found = match &access {
            Access::File(path) => search(&mut File::open(path).map_err(read)?),
            Access::Memory(bytes) => search(&mut Cursor::new(Arc::clone(bytes))),
        };
        match found {
            Ok(entries) if !entries.is_empty() => {
                let damage = Some(format!("{damage}; what could be found in it was read"));
                Ok(Zip { access, entries: entries.into_iter(), damage })
            }
            _ => Err(damage),
        }
    }
}

impl Zip {
    /// The format of the document that the archive is, if it is one: its first bytes do not always tell.
    pub(crate) fn document(&self) -> Option<Format> {
        let has = |name: &str| self.entries.as_slice().iter().any(|entry| entry.way == name);
        if has("META-INF/container.xml") {
            Some(Format::Epub)
        } else if has("[Content_Types].xml") && has("word/document.xml") {
            Some(Format::Docx)
        } else if has("META-INF/manifest.xml") && has("content.xml") && has("mimetype") {
            Some(Format::Odt)
        } else {
            None
        }
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
                crc: Some(file.crc32()),
                method: file.compression(),
                encrypted: file.encrypted(),
                link: file.is_symlink(),
            },
            Err(_) => Entry {
                way: format!("#{}", index + 1),
                start: None,
                packed: 0,
                crc: None,
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

/// The members whose own headers are still there, in the order in which they stand.
fn search<R: Read + Seek>(bytes: &mut R) -> io::Result<Vec<Entry>> {
    const STEP: usize = 1 << 20;
    let mut entries: Vec<Entry> = Vec::new();
    // Whether the last entry's length is to be learnt from where the next one begins.
    let mut open = false;
    let (mut block, mut begin) = (Vec::new(), 0u64);
    loop {
        let length = block.len() + STEP;
        fill(bytes, &mut block, length)?;
        let at_end = block.len() < length;
        let signature = memchr::memmem::find(&block, b"PK\x03\x04");
        let Some(at) = signature.filter(|at| at_end || at + LONGEST_HEADER <= block.len()) else {
            if at_end {
                if let Some(last) = entries.last_mut().filter(|_| open) {
                    last.packed = (begin + block.len() as u64).saturating_sub(last.start.unwrap_or_default());
                }
                return Ok(entries);
            }
            // What may be the beginning of a signature, or of a header, stays.
            let done = signature.unwrap_or(block.len() - 3);
            block.drain(..done);
            begin += done as u64;
            continue;
        };
        let here = begin + at as u64;
        if let Some(last) = entries.last_mut().filter(|_| std::mem::take(&mut open)) {
            last.packed = here.saturating_sub(last.start.unwrap_or_default());
        }
        let mut done = at + 4;
        if let Some((entry, known)) = block.get(at..).and_then(|header| local_header(header, here)) {
            let end = entry.start.unwrap_or_default().saturating_add(if known { entry.packed } else { 0 });
            done = usize::try_from(end - begin).unwrap_or(usize::MAX);
            open = !known;
            if !is_hidden(&entry.way) && !entry.way.ends_with('/') {
                entries.push(entry);
            } else {
                open = false;
            }
        }
        if done <= block.len() {
            block.drain(..done);
        } else {
            bytes.seek(SeekFrom::Current((done - block.len()) as i64))?;
            block.clear();
        }
        begin += done as u64;
    }
}

/// The longest header of a member with its name and the fields after it, in bytes.
const LONGEST_HEADER: usize = 30 + 2 * 0xffff;

/// What stands before a member at `place`, and whether it says how long the member is.
fn local_header(header: &[u8], place: u64) -> Option<(Entry, bool)> {
    let two = |at: usize| Some(u16::from_le_bytes(header.get(at..at + 2)?.try_into().ok()?));
    let four = |at: usize| Some(u32::from_le_bytes(header.get(at..at + 4)?.try_into().ok()?));
    let (flags, packed) = (two(6)?, four(18)?);
    let (name, extra) = (usize::from(two(26)?), usize::from(two(28)?));
    let method = match two(8)? {
        0 => CompressionMethod::Stored,
        8 => CompressionMethod::Deflated,
        _ => return None,
    };
    let known = flags & 8 == 0 && packed != u32::MAX;
    let entry = Entry {
        way: decoded_name(header.get(30..30 + name)?),
        start: Some(place + (30 + name + extra) as u64),
        packed: u64::from(packed),
        crc: if known { Some(four(14)?) } else { None },
        method,
        encrypted: flags & 1 != 0,
        link: false,
    };
    Some((entry, known))
}

impl Iterator for Zip {
    type Item = Result<Member, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some(entry) = self.entries.next() else {
            return self.damage.take().map(|damage| Err(Problem::failed(damage)));
        };
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
    expected: Option<u32>,
}

impl Checked {
    fn new(inner: Bytes, expected: Option<u32>) -> Checked {
        Checked { inner: flate2::CrcReader::new(BufReader::new(inner)), expected }
    }
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        if read == 0 && !buffer.is_empty() && self.expected.is_some_and(|crc| crc != self.inner.crc().sum()) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "its checksum is wrong"));
        }
        Ok(read)
    }
}
