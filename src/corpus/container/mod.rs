//! Files that hold other files, or pages: from bytes to members.
//!
//! [`zip`], [`tar`] and [`warc`] (which reads ARC too) give a run of [`member`]s: a name, its
//! bytes, and what the container says of it. A member is then read like a file, so containers may stand in each other,
//! as deep as the limits allow.
//!
//! The invariant: members come one after another, each as a stream, and nothing is unpacked to the disk. Only an
//! archive inside another, whose directory must be searched, is held in memory, and that within a limit. A container
//! that breaks off gives the members before the break, and a problem.

mod member;
#[cfg(any(feature = "zip", feature = "tar"))]
mod names;
#[cfg(feature = "tar")]
mod tar;
#[cfg(feature = "zip")]
mod wacz;
#[cfg(feature = "warc")]
mod warc;
#[cfg(feature = "zip")]
mod zip;

use super::format::Format;
use super::input::hashed_file::Bytes;
#[cfg(any(feature = "tar", feature = "warc"))]
use member::until_broken;
pub(crate) use member::{Access, Member, Members};

/// Returns whether a format's members can only be found from its end, so that all of its bytes must be at hand.
pub(crate) fn needs_access(format: Format) -> bool {
    format == Format::Zip
}

/// The members of a container whose bytes come one after another. None if the format is no such container.
#[cfg_attr(not(feature = "warc"), allow(unused_variables))]
pub(crate) fn stream(format: Format, bytes: Bytes, limit: u64) -> Option<Members> {
    match format {
        #[cfg(feature = "tar")]
        Format::Tar => {
            let mut tar = tar::Tar::new(bytes);
            Some(Box::new(until_broken("tar archive", move || tar.read())))
        }
        #[cfg(feature = "warc")]
        Format::WebArchive => {
            let mut archive = warc::WebArchive::new(bytes, limit);
            Some(Box::new(until_broken("web archive", move || archive.read())))
        }
        _ => None,
    }
}

/// The result of opening a container.
#[cfg_attr(not(feature = "zip"), allow(dead_code))]
pub(crate) enum Opened {
    Members(Members),
    /// One document, whose parts are packed like files.
    Document(Format),
}

/// Opens a container with all of its bytes at hand. Fails with the reason if it cannot be read.
#[cfg_attr(not(feature = "zip"), allow(unused_variables))]
pub(crate) fn open(format: Format, access: Access) -> Result<Opened, String> {
    match format {
        #[cfg(feature = "zip")]
        Format::Zip => {
            let zip = zip::Zip::open(access)?;
            Ok(zip.document().map_or_else(|| Opened::Members(Box::new(zip)), Opened::Document))
        }
        _ => Err("not a container".to_owned()),
    }
}
