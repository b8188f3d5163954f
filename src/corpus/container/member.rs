//! One of the files in a container.

#[cfg(any(feature = "tar", feature = "warc"))]
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

#[cfg(any(feature = "zip", feature = "tar"))]
use super::names::NamePage;
use crate::corpus::input::hashed_file::Bytes;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::Given;

/// One of the files in a container.
pub(crate) struct Member {
    /// The way to it inside the container: `a/b.html`, or `#12` where members have numbers and no names.
    pub(crate) way: String,
    /// The name by which its format is told where its content does not tell.
    pub(crate) name: String,
    /// What its id is made of, if that is not the way to it.
    pub(crate) key: Option<String>,
    /// What the container says of it.
    pub(crate) given: Given,
    /// Not read yet: whoever wants the next member has to be done with this one.
    pub(crate) bytes: Bytes,
}

/// The members of a container, in its order. A problem stands where a member could not be read; the members go on
/// after it unless there is nothing to go on from.
pub(crate) type Members = Box<dyn Iterator<Item = Result<Member, Problem>> + Send>;

/// The members that `next` reads one after another, until there are no more or `what` they are in is damaged.
#[cfg(any(feature = "tar", feature = "warc"))]
pub(super) fn until_broken(
    what: &'static str,
    mut next: impl FnMut() -> io::Result<Option<Result<Member, Problem>>>,
) -> impl Iterator<Item = Result<Member, Problem>> {
    let mut ended = false;
    std::iter::from_fn(move || {
        let read = if ended { Ok(None) } else { next() };
        ended = !matches!(read, Ok(Some(_)));
        read.unwrap_or_else(|error| {
            let how = match error.kind() {
                io::ErrorKind::UnexpectedEof => "cut off".to_owned(),
                _ => format!("damaged ({error})"),
            };
            Some(Err(Problem::failed(format!("the {what} is {how}; what came before was read"))))
        })
    })
}

/// Where the bytes of a container are.
#[cfg_attr(not(feature = "zip"), allow(dead_code))]
pub(crate) enum Access {
    /// They are a file.
    File(PathBuf),
    /// They have been read into memory.
    Memory(Arc<[u8]>),
}

/// Whether a member is one of those that systems put into archives for themselves, or hidden by its name, as files
/// are that are left out of folders.
#[cfg(any(feature = "zip", feature = "tar"))]
pub(super) fn is_hidden(way: &str) -> bool {
    way.split('/').any(|part| part == "__MACOSX" || part.len() > 1 && part.starts_with('.') && part != "..")
}

/// The name of a member as text: UTF-8 if it is that, else by the page of the archive's names.
#[cfg(any(feature = "zip", feature = "tar"))]
pub(super) fn decoded_name(bytes: &[u8], page: NamePage) -> String {
    let name = std::str::from_utf8(bytes).map_or_else(|_| page.decode(bytes), str::to_owned);
    name.replace('\\', "/").trim_start_matches("./").trim_start_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    #[cfg(any(feature = "zip", feature = "tar"))]
    use super::*;

    #[cfg(any(feature = "zip", feature = "tar"))]
    #[test]
    fn what_systems_hide_is_hidden() {
        for (way, hidden) in [("a/b.txt", false), ("__MACOSX/a", true), ("a/.DS_Store", true), ("../a", false)] {
            assert_eq!(is_hidden(way), hidden, "{way}");
        }
    }
}
