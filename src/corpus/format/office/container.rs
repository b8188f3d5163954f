//! The streams of an Office file from before 2007, and what in it is not read.

use std::io::{Error, ErrorKind, Result};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::biff::{u16_at, u32_at};
use crate::corpus::format::compound::container::Container;
use crate::corpus::format::shared::unread::{Kind, Unread};

/// The first of these streams that is there. A fault in foreign code must not end a run over an archive.
pub(super) fn stream(bytes: &[u8], names: &[&str]) -> Result<Vec<u8>> {
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut container = Container::open(bytes)?;
        let name = names.iter().find(|name| container.file.is_stream(name)).ok_or(ErrorKind::NotFound)?;
        container.read(name)
    }));
    read.unwrap_or_else(|_| Err(Error::other("its container cannot be read")))
}

/// What is not read of a file, by the names of its storages: macros, and files that were put into it.
pub(super) fn unread(bytes: &[u8]) -> Unread {
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut unread = Unread::default();
        let Ok(container) = Container::open(bytes) else { return unread };
        for entry in container.file.walk().filter(|entry| entry.is_storage()) {
            let name = entry.name();
            let in_pool = entry.path().parent().is_some_and(|around| around.ends_with("ObjectPool"));
            if name == "VBA" {
                unread.add(Kind::Macros, 1);
            } else if in_pool || is_numbered(name) {
                unread.add(Kind::File, 1);
            }
        }
        unread
    }));
    read.unwrap_or_default()
}

/// Returns whether a storage is named as a workbook names the files put into it: `MBD0001A2B3`.
fn is_numbered(name: &str) -> bool {
    name.strip_prefix("MBD").is_some_and(|number| number.len() == 8 && number.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// The number of pictures that a store of drawings holds (MS-ODRAW, 2.2.12 and 2.2.20).
pub(super) fn pictures_of_drawings(group: &[u8]) -> usize {
    // The store is in the group, beside what counts its shapes.
    let mut at = 8_usize;
    while let (Some(head), Some(kind), Some(length)) = (u16_at(group, at), u16_at(group, at + 2), u32_at(group, at + 4))
    {
        if kind == 0xf001 {
            return usize::from(head >> 4);
        }
        let Some(next) = usize::try_from(length).ok().and_then(|length| at.checked_add(8)?.checked_add(length)) else {
            break;
        };
        at = next;
    }
    0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use cfb::CompoundFile;
    use std::io::{Cursor, Write};

    #[test]
    fn macros_and_files_put_in_are_told_by_their_storages() {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        for storage in
            ["/_VBA_PROJECT_CUR", "/_VBA_PROJECT_CUR/VBA", "/MBD0001A2B3", "/MBDx", "/ObjectPool", "/ObjectPool/_1"]
        {
            file.create_storage(storage).unwrap();
        }
        file.create_stream("/Workbook").unwrap().write_all(b"words").unwrap();
        let bytes = file.into_inner().into_inner();
        let mut expected = Unread::default();
        expected.add(Kind::Macros, 1);
        expected.add(Kind::File, 2);
        assert_eq!(unread(&bytes), expected);
        assert_eq!(stream(&bytes, &["/Book", "/Workbook"]).unwrap(), b"words");
        assert_eq!(stream(&bytes, &["/Book", "/MBDx"]).unwrap_err().kind(), ErrorKind::NotFound);
        assert!(stream(&bytes[..600], &["/Workbook"]).is_err());
        assert_eq!(unread(b"x"), Unread::default());
    }

    #[test]
    fn pictures_are_counted_in_their_store() {
        let group = b"\x0f\0\0\xf0\x40\0\0\0\0\0\x06\xf0\x02\0\0\0xx\x3f\0\x01\xf0\0\0\0\0";
        assert_eq!(pictures_of_drawings(group), 3);
        assert_eq!(pictures_of_drawings(&group[..20]), 0);
        assert_eq!(pictures_of_drawings(b"\x0f\0\0\xf0\x40\0\0\0\0\0\x06\xf0\xff\xff\xff\xff"), 0);
    }
}
