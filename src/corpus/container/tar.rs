//! Tar archives of all kinds in use: POSIX (ustar, pax), GNU, and the oldest.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use tar::{EntryType, Header, PaxExtensions};

use super::member::{Member, decoded_name, is_hidden};
use super::names::page_of;
use crate::corpus::input::hashed_file::{Bytes, fill};
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::Given;

const BLOCK: usize = 512;

/// The longest header about a member, in bytes: a name or, in POSIX's extended form, anything else that is noted.
const LONGEST_NOTE: u64 = 1 << 20;

pub(crate) struct Tar {
    bytes: Arc<Mutex<Rest>>,
}

/// The unread rest of the archive, and how much of it belongs to the current member.
struct Rest {
    bytes: Bytes,
    /// The unread bytes of the member, without padding.
    member: u64,
    padding: u64,
}

/// The bytes of one member.
struct Content(Arc<Mutex<Rest>>);

impl Read for Content {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut rest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let length = buffer.len().min(usize::try_from(rest.member).unwrap_or(usize::MAX));
        let Some(buffer) = buffer.get_mut(..length).filter(|buffer| !buffer.is_empty()) else { return Ok(0) };
        let read = rest.bytes.read(buffer)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        rest.member -= read as u64;
        Ok(read)
    }
}

/// Headers that precede another header and change it.
#[derive(Default)]
struct Extended {
    name: Option<String>,
    size: Option<u64>,
    /// Set if the file's holes are left out of the archive.
    sparse: bool,
}

impl Tar {
    pub(crate) fn new(bytes: Bytes) -> Tar {
        Tar { bytes: Arc::new(Mutex::new(Rest { bytes, member: 0, padding: 0 })) }
    }

    /// The next member, behind all headers that only describe it. None at the end of the archive.
    pub(super) fn read(&mut self) -> Result<Option<Result<Member, Problem>>, io::Error> {
        let mut rest = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut extended = Extended::default();
        loop {
            let over = rest.member + rest.padding;
            if io::copy(&mut rest.bytes.by_ref().take(over), &mut io::sink())? < over {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            (rest.member, rest.padding) = (0, 0);
            let mut block = Vec::with_capacity(BLOCK);
            fill(&mut rest.bytes, &mut block, BLOCK)?;
            if block.iter().all(|byte| *byte == 0) {
                return Ok(None);
            }
            if block.len() < BLOCK {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let header = Header::from_byte_slice(&block);
            if !has_good_checksum(header) {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "a header's checksum is wrong"));
            }
            let kind = header.entry_type();
            // An extended size is that of the member, and not that of another header before it.
            let size = match extended.size.filter(|_| !is_note(kind)) {
                Some(size) => size,
                None => header.entry_size()?,
            };
            let padding = size.checked_next_multiple_of(BLOCK as u64).ok_or(io::ErrorKind::InvalidData)? - size;
            if matches!(kind, EntryType::GNULongName | EntryType::XHeader) {
                if size > LONGEST_NOTE {
                    return Err(io::Error::new(io::ErrorKind::InvalidData, "a name or note is too long"));
                }
                let mut content = Vec::new();
                fill(&mut rest.bytes, &mut content, usize::try_from(size).unwrap_or_default())?;
                if (content.len() as u64) < size {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                rest.padding = padding;
                extended.learn(kind, &content);
                continue;
            }
            (rest.member, rest.padding) = (size, padding);
            if !matches!(kind, EntryType::Regular | EntryType::Continuous | EntryType::Symlink | EntryType::Link)
                && kind.as_byte() != 0
                && kind != EntryType::GNUSparse
            {
                // These are folders, devices, and notes to the unpacking program.
                continue;
            }
            let way = extended.name.take().unwrap_or_else(|| name(&header.path_bytes()));
            let sparse = kind == EntryType::GNUSparse || extended.sparse;
            extended = Extended::default();
            if is_hidden(&way) || way.ends_with('/') {
                continue;
            }
            let problem = match kind {
                EntryType::Symlink | EntryType::Link => Some(Problem::nothing("a link, which is not followed")),
                _ if sparse => Some(Problem::failed("a file with holes, which is not read from tar archives")),
                _ => None,
            };
            return Ok(Some(match problem {
                Some(problem) => Err(Problem { member: Some(way), ..problem }),
                None => Ok(Member {
                    name: way.clone(),
                    way,
                    key: None,
                    given: Given::default(),
                    bytes: Box::new(Content(Arc::clone(&self.bytes))),
                }),
            }));
        }
    }
}

impl Extended {
    fn learn(&mut self, kind: EntryType, content: &[u8]) {
        if kind == EntryType::GNULongName {
            let name = content.split(|byte| *byte == 0).next().unwrap_or_default();
            self.name = Some(self::name(name));
            return;
        }
        for extension in PaxExtensions::new(content).flatten() {
            match extension.key_bytes() {
                b"path" => self.name = Some(self::name(extension.value_bytes())),
                b"GNU.sparse.name" => self.name = Some(self::name(extension.value_bytes())),
                b"GNU.sparse.major" | b"GNU.sparse.map" => self.sparse = true,
                b"size" => self.size = extension.value().ok().and_then(|size| size.parse().ok()),
                _ => {}
            }
        }
    }
}

/// A name as text. The other names of the archive are not known yet, so it is judged alone.
fn name(bytes: &[u8]) -> String {
    decoded_name(bytes, page_of(std::iter::once(bytes)))
}

/// Returns whether a header only describes the member after it.
fn is_note(kind: EntryType) -> bool {
    matches!(kind, EntryType::GNULongName | EntryType::GNULongLink | EntryType::XHeader | EntryType::XGlobalHeader)
}

fn has_good_checksum(header: &Header) -> bool {
    // The checksum counts its own eight bytes as spaces.
    let sum: u32 = header
        .as_bytes()
        .iter()
        .enumerate()
        .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u32::from(*byte) })
        .sum();
    header.cksum().is_ok_and(|written| written == sum)
}
