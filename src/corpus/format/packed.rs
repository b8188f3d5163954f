//! The parts of a document that is a zip archive: Word, OpenDocument, EPUB. Limits hold, whatever its headers say.

#[cfg(feature = "office")]
use std::io::Write;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;
#[cfg(feature = "office")]
use zip::{CompressionMethod, write::SimpleFileOptions, write::ZipWriter};

#[cfg(feature = "office")]
use super::shared::unread::Unread;
#[cfg(feature = "office")]
use super::xml::{self, Tree};
#[cfg(feature = "office")]
use crate::corpus::input::problem::Faults;
use crate::corpus::input::problem::{LOCKED, Problem};

/// The longest part, in bytes unpacked.
pub(super) const LONGEST_PART: u64 = 64 << 20;

/// The most bytes of all parts together, unpacked.
pub(super) const LONGEST_FILE: u64 = 256 << 20;

/// The most parts. A book of a thousand chapters and pictures has two thousand.
const MOST_PARTS: usize = 20_000;

/// An archive whose parts are read one at a time.
pub(super) struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The bytes that may still come out of it.
    left: u64,
}

impl<'a> Parts<'a> {
    /// Fails if the list of parts at the end of the file cannot be read, or is too long.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Parts<'a>, Problem> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
        if archive.len() > MOST_PARTS {
            return Err(Problem::failed(format!("more than {MOST_PARTS} parts in one document")));
        }
        Ok(Parts { archive, left: LONGEST_FILE })
    }

    /// The names of all parts, in the order of the archive.
    #[cfg(feature = "office")]
    pub(super) fn names(&self) -> Vec<String> {
        self.archive.file_names().flatten().map(|name| name.into_owned()).collect()
    }

    /// A part by its name. None if there is none.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Problem> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(refusal(&error)),
        };
        let mut bytes = Vec::new();
        let longest = LONGEST_PART.min(self.left);
        let read = part.take(longest + 1).read_to_end(&mut bytes);
        let length = bytes.len() as u64;
        self.left -= length.min(longest);
        if length > longest {
            return Err(too_long());
        }
        match read {
            Ok(_) => Ok(Some(bytes)),
            Err(error) => Err(Problem::failed(format!("damaged: {name} cannot be unpacked ({error})"))),
        }
    }

    /// Unpacks all parts without keeping them, to check the limits before a reader is used that has none. Damaged parts
    /// are no fault here, because the reader may not need them: their names are returned.
    pub(super) fn measure(&mut self) -> Result<Vec<String>, Problem> {
        let mut all = 0_u64;
        let mut damaged = Vec::new();
        for number in 0..self.archive.len() {
            let Ok(part) = self.archive.by_index(number) else {
                damaged.extend(self.archive.name_for_index(number).and_then(Result::ok).map(|name| name.into_owned()));
                continue;
            };
            let limit = LONGEST_PART.min(LONGEST_FILE - all) + 1;
            let (declared, name) = (part.size(), part.name().map(|name| name.into_owned()));
            let (length, whole) = count(&mut part.take(limit));
            if length.max(declared) >= limit {
                return Err(too_long());
            }
            all += length.max(declared);
            damaged.extend(name.ok().filter(|_| !whole));
        }
        Ok(damaged)
    }
}

/// The archive with other texts for some of its parts, by their names, or without them.
#[cfg(feature = "office")]
pub(super) fn with_parts(bytes: &[u8], texts: &[(String, Option<String>)]) -> Result<Vec<u8>, Problem> {
    let failed = |error: ZipError| refusal(&error);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(failed)?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for number in 0..archive.len() {
        let part = archive.by_index_raw(number).map_err(failed)?;
        if texts.iter().all(|(name, _)| part.name_raw() != name.as_bytes()) {
            writer.raw_copy_file(part).map_err(failed)?;
        }
    }
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in texts.iter().filter_map(|(name, text)| Some((name, text.as_ref()?))) {
        writer.start_file(name.as_str(), options).map_err(failed)?;
        writer.write_all(text.as_bytes()).map_err(|error| Problem::failed(format!("cannot be read: {error}")))?;
    }
    writer.finish().map(Cursor::into_inner).map_err(failed)
}

/// The number of bytes that can be read, and whether they are all.
fn count(part: &mut impl Read) -> (u64, bool) {
    let mut block = [0; 16 * 1024];
    let mut length = 0;
    loop {
        match part.read(&mut block) {
            Ok(0) => return (length, true),
            Ok(read) => length += read as u64,
            Err(_) => return (length, false),
        }
    }
}

/// A document in a package, read part by part: what cannot be read of it is told, and the rest is read.
#[cfg(feature = "office")]
pub(super) struct Package<'a> {
    parts: Parts<'a>,
    unread: Unread,
    faults: Faults,
}

#[cfg(feature = "office")]
impl<'a> Package<'a> {
    /// Fails if the list of parts at the end of the file cannot be read, or is too long.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Package<'a>, Problem> {
        let parts = Parts::open(bytes)?;
        let unread = Unread::of_names(parts.names().iter().map(String::as_str));
        Ok(Package { parts, unread, faults: Faults::default() })
    }

    pub(super) fn parts(&mut self) -> &mut Parts<'a> {
        &mut self.parts
    }

    /// Adds a fault.
    pub(super) fn tell(&mut self, problem: Problem) {
        self.faults.tell(problem);
    }

    /// A part without which there is no document. Fails with this reason if it is missing.
    pub(super) fn needed(&mut self, name: &str, missing: &str) -> Result<Vec<u8>, Problem> {
        self.parts.part(name)?.ok_or_else(|| Problem::failed(missing))
    }

    /// A part that need not be there. That it is damaged is told with `what` it is.
    pub(super) fn optional(&mut self, name: &str, what: &str) -> Option<Vec<u8>> {
        match self.parts.part(name) {
            Ok(bytes) => bytes,
            Err(problem) => {
                self.tell(Problem { reason: format!("{what}: {}", problem.reason), ..problem });
                None
            }
        }
    }

    /// A part that another one names. That it is missing or damaged is told with `what` it is.
    pub(super) fn named(&mut self, name: &str, what: &str) -> Option<Vec<u8>> {
        match self.parts.part(name) {
            Ok(None) => self.tell(Problem::failed(format!("{what} is missing"))),
            Ok(bytes) => return bytes,
            Err(problem) => self.tell(Problem { reason: format!("{what}: {}", problem.reason), ..problem }),
        }
        None
    }

    /// The elements of a part. That they break off is told with `what` it is.
    pub(super) fn tree(&mut self, bytes: Vec<u8>, what: &str) -> Tree {
        let tree = xml::read(bytes);
        if let Some(broken) = &tree.broken {
            self.tell(Problem::failed(format!("{what} is read in part: {broken}")));
        }
        tree
    }

    /// All that is not read of it: what is never read, and what cannot be.
    pub(super) fn problems(self) -> Vec<Problem> {
        self.unread.problems().chain(self.faults.problems()).collect()
    }
}

fn too_long() -> Problem {
    let (part, file) = (LONGEST_PART >> 20, LONGEST_FILE >> 20);
    Problem::failed(format!("unpacks to more than a document may be, {part} MB a part and {file} MB together"))
}

/// The fault of an archive, in words for a person.
pub(super) fn refusal(error: &ZipError) -> Problem {
    Problem::failed(match error {
        ZipError::InvalidPassword => LOCKED.to_owned(),
        ZipError::UnsupportedArchive(what) if *what == ZipError::PASSWORD_REQUIRED => LOCKED.to_owned(),
        ZipError::InvalidArchive(_) => "damaged or cut off: the list of its parts cannot be found".to_owned(),
        error => format!("damaged: {error}"),
    })
}

/// A part that is XML, as text: UTF-8 mostly, or UTF-16 by its mark.
pub(super) fn text(bytes: Vec<u8>) -> String {
    let declared = crate::corpus::encoding::declared_charset(&bytes);
    crate::corpus::encoding::decode(bytes, declared).text
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::io::Write;
    use zip::write::{SimpleFileOptions, ZipWriter};

    /// An archive of these parts.
    pub(in crate::corpus::format) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_are_found_by_name_or_missing() {
        let bytes = archive(&[("a.xml", "<a/>")]);
        let mut parts = Parts::open(&bytes).unwrap();
        assert_eq!(parts.part("a.xml").unwrap().as_deref(), Some(b"<a/>".as_slice()));
        assert_eq!(parts.part("b.xml").unwrap(), None);
        parts.measure().unwrap();
    }

    #[test]
    fn what_unpacks_without_end_is_refused() {
        let bytes = archive(&[("a.xml", &" ".repeat(LONGEST_PART as usize + 1))]);
        assert!(bytes.len() < 1 << 20);
        let mut parts = Parts::open(&bytes).unwrap();
        assert!(parts.part("a.xml").unwrap_err().reason.starts_with("unpacks to more"));
        assert!(Parts::open(&bytes).unwrap().measure().is_err());
    }

    #[test]
    fn no_more_is_unpacked_than_all_parts_may_have_together() {
        let bytes = archive(&[("a.xml", &"a".repeat(40)), ("b.xml", &"b".repeat(4_000))]);
        let mut parts = Parts::open(&bytes).unwrap();
        parts.left = 100;
        assert!(parts.part("a.xml").unwrap().is_some());
        assert!(parts.part("b.xml").unwrap_err().reason.starts_with("unpacks to more"));
        // A part that is too long has used up what was left, and no more.
        assert_eq!(parts.left, 0);
        assert!(parts.part("a.xml").is_err());
    }

    #[test]
    fn damaged_parts_are_named_where_all_are_measured() {
        let mut bytes = archive(&[("a.xml", "<a>words</a>"), ("b.xml", "<b/>")]);
        let at = memchr::memmem::find(&bytes, b"a.xml").unwrap() + 6;
        bytes[at] ^= 0xff;
        assert_eq!(Parts::open(&bytes).unwrap().measure().unwrap(), ["a.xml"]);
    }

    #[test]
    fn a_file_cut_off_says_so() {
        let bytes = archive(&[("a.xml", "<a/>")]);
        let problem = Parts::open(&bytes[..bytes.len() / 2]).err().unwrap();
        assert_eq!(problem.reason, "damaged or cut off: the list of its parts cannot be found");
    }
}
