//! Members of containers.

#[cfg(any(feature = "tar", feature = "warc"))]
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

#[cfg(any(feature = "zip", feature = "tar"))]
use super::names::NamePage;
use crate::corpus::input::hashed_file::Bytes;
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::Given;

/// A file in a container.
pub(crate) struct Member {
    /// The way to it inside the container: `a/b.html`, or `#12` where members have numbers and no names.
    pub(crate) way: String,
    /// The name that tells its format where its content does not.
    pub(crate) name: String,
    /// The text that its id is made from, if that is not the way to it.
    pub(crate) key: Option<String>,
    /// The facts that the container states about it.
    pub(crate) given: Given,
    /// Its bytes, which have to be read before the next member is asked for.
    pub(crate) bytes: Bytes,
}

/// The members of a container, in its order. A problem stands in place of a member that could not be read. The members
/// go on after it if there is a place to continue from.
pub(crate) type Members = Box<dyn Iterator<Item = Result<Member, Problem>> + Send>;

/// The members that `next` reads, until there are no more or the container is damaged; `what` names the container.
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

/// The bytes of a container.
#[cfg_attr(not(feature = "zip"), allow(dead_code))]
pub(crate) enum Access {
    /// The bytes are those of a file.
    File(PathBuf),
    /// The bytes are in memory.
    Memory(Arc<[u8]>),
}

/// Returns whether a member is one that systems add to archives for themselves, or is hidden by its name like files
/// that are left out of folders.
#[cfg(any(feature = "zip", feature = "tar"))]
pub(super) fn is_hidden(way: &str) -> bool {
    way.split('/').any(|part| part == "__MACOSX" || part.len() > 1 && part.starts_with('.') && part != "..")
}

/// The name of a member as text: as UTF-8 if it is valid, or else in the code page of the archive's names.
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
