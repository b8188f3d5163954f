//! Zip archives.
//!
//! The directory at the end says where members are. If an archive has lost it, as half a download has, members are
//! searched one by one. A library reads the directory, and members are unpacked here. So each is a stream of its own,
//! and one of many gigabytes, such as an exported mailbox, is never in memory.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use zip::{CompressionMethod, ZipArchive};

use super::member::{Access, Member, decoded_name, is_hidden};
use super::names::{NamePage, page_of};
use super::wacz;
use super::wacz::Hashes;
use crate::corpus::format::Format;
use crate::corpus::input::hashed_file::{Bytes, fill};
use crate::corpus::input::problem::{LOCKED, Problem};
use crate::corpus::raw::Given;

pub(crate) struct Zip {
    access: Access,
    /// The hashes of an archive of captured web pages (WACZ): there the pages lie in the archives in it, and some of the
    /// other members only list them.
    captures: Option<Hashes>,
    entries: std::vec::IntoIter<Entry>,
    /// The damage to the archive as a whole, which is reported after its members.
    damage: Option<String>,
}

/// An entry of the directory.
struct Entry {
    way: String,
    /// The byte at which the member begins. None if that cannot be found out.
    start: Option<u64>,
    packed: u64,
    /// The checksum of its content, if it is known.
    crc: Option<u32>,
    packing: Packing,
    encrypted: bool,
    link: bool,
}

/// How the bytes of a member are packed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Packing {
    Stored,
    Deflated,
    /// In a way that is not read, by its name.
    Other(String),
}

impl Packing {
    fn of_method(method: CompressionMethod) -> Packing {
        match method {
            CompressionMethod::Stored => Packing::Stored,
            CompressionMethod::Deflated => Packing::Deflated,
            method => Packing::Other(method.to_string().to_lowercase()),
        }
    }

    fn of_number(method: u16) -> Packing {
        match method {
            0 => Packing::Stored,
            8 => Packing::Deflated,
            method => Packing::Other(format!("method {method}")),
        }
    }
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
            Ok(entries) => return Ok(Zip::of(access, entries, None)),
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
                Ok(Zip::of(access, entries, damage))
            }
            _ => Err(damage),
        }
    }
}

impl Zip {
    fn of(access: Access, entries: Vec<Entry>, damage: Option<String>) -> Zip {
        let has = |test: fn(&str) -> bool| entries.iter().any(|entry| test(&entry.way));
        let description = entries.iter().find(|entry| entry.way == wacz::DESCRIPTION);
        // The description stands last, where an archive that is cut off has nothing.
        let is_cut = damage.is_some() && has(wacz::lists_captures);
        let captures = ((description.is_some() || is_cut) && has(wacz::holds_captures)).then(|| {
            let description = description.and_then(|description| open(&access, description).ok());
            description.map(Hashes::read).unwrap_or_default()
        });
        Zip { access, captures, entries: entries.into_iter(), damage }
    }

    /// The format of the document that the archive is, if it is one. Its first bytes do not always tell.
    pub(crate) fn document(&self) -> Option<Format> {
        let has = |name: &str| self.entries.as_slice().iter().any(|entry| entry.way == name);
        if has("META-INF/container.xml") {
            Some(Format::Epub)
        } else if has("[Content_Types].xml") && has("word/document.xml") {
            Some(Format::Docx)
        } else if has("[Content_Types].xml") && (has("xl/workbook.xml") || has("xl/workbook.bin")) {
            Some(Format::Xlsx)
        } else if has("[Content_Types].xml") && has("ppt/presentation.xml") {
            Some(Format::Pptx)
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
    let page = page_of(archive.file_names_raw());
    for index in 0..archive.len() {
        let entry = match archive.by_index_raw(index) {
            Ok(file) if file.is_dir() => continue,
            Ok(file) => Entry {
                way: decoded_name(file.name_raw(), page),
                start: file.data_start(),
                packed: file.compressed_size(),
                crc: Some(file.crc32()),
                packing: Packing::of_method(file.compression()),
                encrypted: file.encrypted(),
                link: file.is_symlink(),
            },
            Err(_) => Entry {
                way: format!("#{}", index + 1),
                start: None,
                packed: 0,
                crc: None,
                packing: Packing::Stored,
                encrypted: false,
                link: false,
            },
        };
        if !is_hidden(&entry.way) {
            entries.push(entry);
        }
    }
    if archive.has_duplicate_names() {
        let starts = entries.iter().filter_map(|entry| entry.start).collect();
        let (directory, offset) = (archive.central_directory_start(), archive.offset());
        entries.extend(namesakes(&mut archive.into_inner(), directory, offset, page, &starts)?);
    }
    Ok(entries)
}

/// The members that the library does not list because a later one has the same name. `directory` is the byte where the
/// directory begins, `offset` the length of what stands before the archive in its file, `listed` the bytes where known
/// members begin.
fn namesakes<R: Read + Seek>(
    bytes: &mut R,
    directory: u64,
    offset: u64,
    page: NamePage,
    listed: &HashSet<u64>,
) -> io::Result<Vec<Entry>> {
    bytes.seek(SeekFrom::Start(directory))?;
    let mut reader = BufReader::new(&mut *bytes);
    let mut found = Vec::new();
    while let Some(entry) = directory_entry(&mut reader, offset, page)? {
        if !is_hidden(&entry.way) && !entry.way.ends_with('/') {
            found.push(entry);
        }
    }
    drop(reader);
    for entry in &mut found {
        entry.start = entry.start.map(|header| content_start(bytes, header)).transpose()?.flatten();
    }
    found.retain(|entry| entry.start.is_none_or(|start| !listed.contains(&start)));
    Ok(found)
}

/// The next entry of a directory; its `start` is the byte where the member's header begins. None after the last.
fn directory_entry(directory: &mut impl Read, offset: u64, page: NamePage) -> io::Result<Option<Entry>> {
    const HEADER: usize = 46;
    let mut header = Vec::with_capacity(HEADER);
    fill(directory, &mut header, HEADER)?;
    if !header.starts_with(b"PK\x01\x02") || header.len() < HEADER {
        return Ok(None);
    }
    let (name, extra, note) = (two(&header, 28), two(&header, 30), two(&header, 32));
    let (name, extra) = (usize::from(name), usize::from(extra));
    let mut rest = Vec::new();
    fill(directory, &mut rest, name + extra + usize::from(note))?;
    let (way, extra) = (rest.get(..name).unwrap_or_default(), rest.get(name..name + extra).unwrap_or_default());
    let mut long = long_numbers(extra);
    // Numbers that do not fit into four bytes stand behind, in this order: the unpacked length, the length, the place.
    let mut number = |at: usize| match four(&header, at) {
        u32::MAX => long.next(),
        number => Some(u64::from(number)),
    };
    let (_, packed, start) = (number(24), number(20), number(42));
    Ok(Some(Entry {
        way: decoded_name(way, page),
        start: start.filter(|_| packed.is_some()).map(|start| start.saturating_add(offset)),
        packed: packed.unwrap_or_default(),
        crc: Some(four(&header, 16)),
        packing: Packing::of_number(two(&header, 10)),
        encrypted: two(&header, 8) & 1 != 0,
        // The member was made on Unix and has the mode of a link.
        link: two(&header, 4) >> 8 == 3 && four(&header, 38) >> 28 == 0xa,
    }))
}

/// The eight-byte numbers in the fields after a name.
fn long_numbers(mut extra: &[u8]) -> impl Iterator<Item = u64> {
    let mut numbers = Vec::new();
    while let (1.., Some(rest)) = (extra.len(), extra.get(4..)) {
        let (field, rest) = rest.split_at_checked(usize::from(two(extra, 2))).unwrap_or((rest, &[]));
        if two(extra, 0) == 1 {
            numbers.extend(field.chunks_exact(8).filter_map(|eight| Some(u64::from_le_bytes(eight.try_into().ok()?))));
        }
        extra = rest;
    }
    numbers.into_iter()
}

/// The byte where a member's content begins, if its own header begins at `header`. None if there is no such header.
fn content_start<R: Read + Seek>(bytes: &mut R, header: u64) -> io::Result<Option<u64>> {
    bytes.seek(SeekFrom::Start(header))?;
    let mut local = Vec::with_capacity(30);
    fill(bytes, &mut local, 30)?;
    let before = 30 + u64::from(two(&local, 26)) + u64::from(two(&local, 28));
    Ok(local.starts_with(b"PK\x03\x04").then(|| header.saturating_add(before)))
}

/// The two-byte number at a place; 0 beyond the end.
fn two(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map_or(0, u16::from_le_bytes)
}

/// The four-byte number at a place; 0 beyond the end.
fn four(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// The members whose own headers still exist, in their order.
fn search<R: Read + Seek>(bytes: &mut R) -> io::Result<Vec<Entry>> {
    const STEP: usize = 1 << 20;
    let mut entries: Vec<Entry> = Vec::new();
    // Set if the last entry's length is only known from the beginning of the next.
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
            // Bytes that may begin a signature or a header are kept.
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

/// The longest header of a member, with its name and the fields after it, in bytes.
const LONGEST_HEADER: usize = 30 + 2 * 0xffff;

/// The name of a member found without the directory, when other names are not known yet.
fn name_alone(name: &[u8]) -> String {
    decoded_name(name, page_of(std::iter::once(name)))
}

/// The header of a member at `place`, and whether it lacks the member's length.
fn local_header(header: &[u8], place: u64) -> Option<(Entry, bool)> {
    if header.len() < 30 {
        return None;
    }
    let (flags, packed) = (two(header, 6), four(header, 18));
    let (name, extra) = (usize::from(two(header, 26)), usize::from(two(header, 28)));
    let packing = Packing::of_number(two(header, 8));
    if matches!(packing, Packing::Other(_)) {
        return None;
    }
    let known = flags & 8 == 0 && packed != u32::MAX;
    let entry = Entry {
        way: name_alone(header.get(30..30 + name)?),
        start: Some(place + (30 + name + extra) as u64),
        packed: u64::from(packed),
        crc: if known { Some(four(header, 14)) } else { None },
        packing,
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
        if self.captures.is_some() && wacz::lists_captures(&entry.way) {
            let reason = "a list of what was captured; the pages themselves are read";
            return Some(Err(Problem { member: Some(entry.way), ..Problem::nothing(reason) }));
        }
        let bytes = open(&self.access, &entry);
        Some(match bytes {
            Ok(bytes) => {
                let bytes = match &self.captures {
                    Some(hashes) => hashes.sealed(&entry.way, bytes),
                    None => bytes,
                };
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
        return Err(Problem::failed(LOCKED));
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
    match &entry.packing {
        Packing::Stored => Ok(Box::new(Checked::new(packed, entry.crc))),
        Packing::Deflated => Ok(Box::new(Checked::new(Box::new(flate2::read::DeflateDecoder::new(packed)), entry.crc))),
        Packing::Other(name) => Err(Problem::failed(format!("packed in a way that is not read ({name})"))),
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

/// Compares the bytes of a member with their checksum when the member ends.
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::io::Write;

    use zip::write::{SimpleFileOptions, ZipWriter};

    /// The members of an archive of these names that are read, and those that are not.
    fn sorted(names: &[&str]) -> (Vec<String>, Vec<String>) {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(b"words").unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        let (mut read, mut refused) = (Vec::new(), Vec::new());
        for member in Zip::open(Access::Memory(bytes.into())).unwrap() {
            match member {
                Ok(member) => read.push(member.way),
                Err(problem) => refused.push(problem.member.unwrap()),
            }
        }
        (read, refused)
    }

    #[test]
    fn only_what_lists_captured_pages_is_no_document() {
        let lists = ["datapackage.json", "datapackage-digest.json", "indexes/index.cdx.gz", "pages/pages.jsonl"];
        let others = ["archive/data.warc.gz", "notes.txt", "pages/letter.html", "logs/crawl.log"];
        let (read, refused) = sorted(&[others.as_slice(), &lists].concat());
        assert_eq!(
            (read.as_slice(), refused.as_slice()),
            (others.map(str::to_owned).as_slice(), lists.map(str::to_owned).as_slice())
        );
    }

    #[test]
    fn an_archive_of_captures_that_is_cut_off_is_one_still() {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["archive/data.warc", "pages/pages.jsonl", "datapackage.json"] {
            writer.start_file(name, SimpleFileOptions::default()).unwrap();
            writer.write_all(b"words").unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        let end = memchr::memmem::find(&bytes, b"datapackage.json").unwrap();
        let read: Vec<_> = Zip::open(Access::Memory(bytes[..end].to_vec().into())).unwrap().collect();
        assert!(read[0].as_ref().is_ok_and(|member| member.way == "archive/data.warc"));
        assert!(read[1].as_ref().is_err_and(|problem| problem.member.as_deref() == Some("pages/pages.jsonl")));
    }

    #[test]
    fn captures_are_those_that_the_description_tells_the_hashes_of() {
        let read = |hash: &str| {
            let description = format!(
                r#"{{"resources": [{{"path": "archive/data.warc.gz", "hash": "sha256:{hash}", "bytes": 5}}, {{"path": 7}}]}}"#
            );
            let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
            for (name, text) in
                [("archive/data.warc.gz", "words"), ("archive/more.warc", "more"), ("datapackage.json", &description)]
            {
                writer.start_file(name, SimpleFileOptions::default()).unwrap();
                writer.write_all(text.as_bytes()).unwrap();
            }
            let bytes = writer.finish().unwrap().into_inner();
            let members = Zip::open(Access::Memory(bytes.into())).unwrap().flatten();
            members
                .map(|mut member| {
                    let mut text = String::new();
                    member.bytes.read_to_string(&mut text).map(|_| text).map_err(|error| error.to_string())
                })
                .collect::<Vec<_>>()
        };
        let wrong = "it is not the file that datapackage.json tells the SHA-256 of";
        assert_eq!(read(&"0".repeat(64)), [Err(wrong.to_owned()), Ok("more".to_owned())]);
        assert_eq!(
            read("dba36bffa5cab0f922d087a3aeb179f9d4e745df40b323e1b1471402848c8a3e"),
            [Ok("words".to_owned()), Ok("more".to_owned())]
        );
    }

    #[test]
    fn an_archive_that_only_holds_a_web_archive_is_read_whole() {
        for names in [
            ["archive/data.warc.gz", "pages/pages.jsonl", "letters/1.txt"],
            ["archive/data.txt", "datapackage.json", "pages/pages.jsonl"],
            ["old/archive/data.warc", "datapackage.json", "indexes/mill.txt"],
        ] {
            assert_eq!(sorted(&names), (names.map(str::to_owned).to_vec(), Vec::new()));
        }
    }
}
