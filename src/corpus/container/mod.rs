//! Files that hold other files, or pages: from bytes to members.

mod member;
#[cfg(feature = "tar")]
mod tar;
#[cfg(feature = "warc")]
mod warc;
#[cfg(feature = "zip")]
mod zip;

use super::format::Format;
use super::source::Bytes;
pub(crate) use member::{Access, Member, Members};

/// Whether a format's members can only be found from the end of its bytes, so that all of them must be at hand.
pub(crate) fn needs_access(format: Format) -> bool {
    format == Format::Zip
}

/// The members of a container whose bytes come one after another. None if the format is no such container.
#[cfg_attr(not(feature = "warc"), allow(unused_variables))]
pub(crate) fn stream(format: Format, bytes: Bytes, limit: u64) -> Option<Members> {
    match format {
        #[cfg(feature = "tar")]
        Format::Tar => Some(Box::new(tar::Tar::new(bytes))),
        #[cfg(feature = "warc")]
        Format::WebArchive => Some(Box::new(warc::WebArchive::new(bytes, limit))),
        _ => None,
    }
}

/// The members of a container all of whose bytes are at hand. Fails with the reason if it cannot be read.
#[cfg_attr(not(feature = "zip"), allow(unused_variables))]
pub(crate) fn access(format: Format, access: Access) -> Result<Members, String> {
    match format {
        #[cfg(feature = "zip")]
        Format::Zip => Ok(Box::new(zip::Zip::open(access)?)),
        _ => Err("not a container".to_owned()),
    }
}
