//! The container of a message: storages and streams by their paths.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

/// The longest stream, in bytes, and the most storages of a kind.
const LONGEST: u64 = 256 << 20;
const MOST: usize = 10_000;

pub(super) type Container<'a> = CompoundFile<Cursor<&'a [u8]>>;

/// The storages in another whose names begin like this, in the order of their names.
pub(super) fn storages(file: &Container, storage: &str, begin: &str) -> Vec<String> {
    let Ok(entries) = file.read_storage(storage) else { return Vec::new() };
    let named = entries.filter(|entry| entry.is_storage() && entry.name().starts_with(begin)).take(MOST);
    let mut names: Vec<String> =
        named.map(|entry| format!("{}/{}", storage.trim_end_matches('/'), entry.name())).collect();
    names.sort();
    names
}

/// A stream of the container. None if there is none, or it is damaged.
pub(super) fn stream(file: &mut Container, path: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let whole = file.open_stream(path).ok()?;
    whole.take(LONGEST).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
