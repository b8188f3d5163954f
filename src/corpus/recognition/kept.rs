//! What was recognised, kept in a folder by what it was recognised from: the picture, the program's version, and the
//! languages. So an index that is made anew, or a file that was moved, costs nothing again.

use std::fs;
use std::io;
#[cfg(feature = "gzip")]
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

#[cfg(feature = "gzip")]
use super::tesseract::LONGEST_PAGE;

/// The most bytes that are kept. What has not been used for longest goes first.
const MOST: u64 = 1 << 30;

/// The file by which programs that save disks know a folder that can be made again.
const TAG: &str = "CACHEDIR.TAG";

/// What stands in it.
const SIGNATURE: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# Words of pictures, recognised for dateline.\n";

/// The ending of a kept page's name. A page packs to about a tenth.
const ENDING: &str = ".hocr.gz";

/// A folder of pages that were recognised.
#[derive(Debug)]
pub(super) struct Kept {
    folder: PathBuf,
    most: u64,
    /// The bytes in it, once they have been counted.
    bytes: Mutex<Option<u64>>,
}

impl Kept {
    pub(super) fn at(folder: impl Into<PathBuf>) -> Kept {
        Kept { folder: folder.into(), most: MOST, bytes: Mutex::default() }
    }

    /// The name under which the words of a picture are kept, of which this is the hash.
    pub(super) fn name(picture: [u8; 32], by: &str, frame: Option<u32>) -> String {
        let mut hash = Sha256::new();
        hash.update(format!("{by}\0{frame:?}\0"));
        hash.update(picture);
        let digits: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        digits + ENDING
    }

    /// The page of this name, if it is kept.
    pub(super) fn page(&self, name: &str) -> Option<Vec<u8>> {
        let path = self.folder.join(name);
        let page = unpacked(&fs::read(&path).ok()?)?;
        // It was used now. Where the time cannot be set, it only goes earlier.
        let _ = fs::File::options().append(true).open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        Some(page)
    }

    /// Keeps a page. Fails if the folder cannot be written.
    pub(super) fn keep(&self, name: &str, page: &[u8]) -> io::Result<()> {
        let tag = self.folder.join(TAG);
        if !tag.exists() {
            fs::create_dir_all(&self.folder)?;
            fs::write(tag, SIGNATURE)?;
        }
        // A reader sees all of a page or nothing of it. Two threads may keep the same page.
        static DRAFTS: AtomicU64 = AtomicU64::new(0);
        let number = DRAFTS.fetch_add(1, Ordering::Relaxed);
        let draft = self.folder.join(format!("{name}.{}-{number}", std::process::id()));
        let page = packed(page)?;
        fs::write(&draft, &page)?;
        fs::rename(&draft, self.folder.join(name))?;
        let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let all = match *bytes {
            Some(before) => before + page.len() as u64,
            None => self.pages()?.iter().map(|(_, _, length)| length).sum(),
        };
        *bytes = Some(if all > self.most { self.make_room()? } else { all });
        Ok(())
    }

    /// The pages with the time of their last use and their length, the longest unused first.
    fn pages(&self) -> io::Result<Vec<(SystemTime, PathBuf, u64)>> {
        let mut pages = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let (entry, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
            if !is_page(&name.to_string_lossy()) {
                continue;
            }
            // Another process may have taken it away.
            let Ok(metadata) = fs::metadata(&entry) else { continue };
            pages.push((metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH), entry, metadata.len()));
        }
        pages.sort();
        Ok(pages)
    }

    /// Takes away what has not been used for longest, an eighth of what may be kept and all that is beyond. Returns the
    /// bytes that are left.
    fn make_room(&self) -> io::Result<u64> {
        let pages = self.pages()?;
        let mut bytes: u64 = pages.iter().map(|(_, _, length)| length).sum();
        for (_, path, length) in pages {
            if bytes <= self.most / 8 * 7 {
                break;
            }
            if fs::remove_file(path).is_ok() {
                bytes -= length;
            }
        }
        Ok(bytes)
    }
}

#[cfg(feature = "gzip")]
fn packed(page: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(page)?;
    packer.finish()
}

/// The page, if it is whole.
#[cfg(feature = "gzip")]
fn unpacked(packed: &[u8]) -> Option<Vec<u8>> {
    let mut page = Vec::new();
    let mut unpacker = flate2::read::GzDecoder::new(packed).take(LONGEST_PAGE);
    unpacker.read_to_end(&mut page).ok()?;
    Some(page)
}

// Without the formats that have pictures nothing is kept.
#[cfg(not(feature = "gzip"))]
fn packed(page: &[u8]) -> io::Result<Vec<u8>> {
    Ok(page.to_vec())
}

#[cfg(not(feature = "gzip"))]
fn unpacked(packed: &[u8]) -> Option<Vec<u8>> {
    Some(packed.to_vec())
}

/// Returns whether a file of this name may be a page, whole or in the making.
fn is_page(name: &str) -> bool {
    name.split_once(ENDING)
        .is_some_and(|(stem, _)| stem.len() == 64 && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Returns whether a file is one that is kept here, and so no part of an archive.
pub(crate) fn holds(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    (is_page(&name) || name == TAG)
        && fs::metadata(file.with_file_name(TAG)).is_ok_and(|tag| tag.len() == SIGNATURE.len() as u64)
        && fs::read(file.with_file_name(TAG)).is_ok_and(|tag| tag == SIGNATURE.as_bytes())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_was_not_used_for_longest_goes_first() {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> = (0..5).map(|frame| Kept::name([7; 32], "1", Some(frame))).collect();
        let second = std::time::Duration::from_secs(1);
        // What does not pack.
        let page: Vec<u8> = (0..7).flat_map(|number| Sha256::digest([number])).collect();
        // There is room for four pages and a half, of which an eighth is made when the fifth comes.
        let most = packed(&page).unwrap().len() as u64 * 9 / 2;
        let kept = Kept { most, ..Kept::at(folder.path().join("x.ocr")) };
        for (name, age) in names.iter().zip([5, 4, 3, 2]) {
            kept.keep(name, &page).unwrap();
            let file = fs::File::options().append(true).open(kept.folder.join(name)).unwrap();
            file.set_modified(SystemTime::now() - second * age).unwrap();
        }
        assert_eq!(kept.page(&names[0]).as_ref(), Some(&page));
        kept.keep(&names[4], &page).unwrap();
        let left: Vec<bool> = names.iter().map(|name| kept.page(name).is_some()).collect();
        assert_eq!(left, [true, false, false, true, true]);
        assert!(holds(&kept.folder.join(&names[0])) && holds(&kept.folder.join(TAG)));
        assert!(!holds(&kept.folder.join("letter.hocr")) && !holds(&folder.path().join(&names[0])));
    }

    #[test]
    fn threads_that_keep_the_same_page_at_once_do_not_meet() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Kept::at(folder.path().join("x.ocr"));
        let name = Kept::name([7; 32], "1", None);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..100).for_each(|_| kept.keep(&name, b"A page of words.").unwrap()));
            }
        });
        assert_eq!(kept.page(&name).as_deref(), Some(&b"A page of words."[..]));
    }

    #[test]
    fn another_version_language_picture_or_frame_is_another_page() {
        let names = [
            Kept::name([1; 32], "5 eng", None),
            Kept::name([2; 32], "5 eng", None),
            Kept::name([1; 32], "6 eng", None),
            Kept::name([1; 32], "5 eng", Some(0)),
            Kept::name([1; 32], "5 eng", Some(1)),
        ];
        for (at, name) in names.iter().enumerate() {
            assert!(is_page(name) && !names[..at].contains(name), "{names:?}");
        }
    }
}
