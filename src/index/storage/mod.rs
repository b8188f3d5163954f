//! What lies on the disk: the folder of an index, its manifest, lock and catalog, and the checked files the engine reads
//! and writes through.

pub(crate) mod catalog;
pub(crate) mod catalog_file;
pub(crate) mod checksum;
pub(crate) mod codec;
pub(crate) mod commit;
pub(crate) mod directory;
pub(crate) mod error;
pub(crate) mod garbage;
pub(crate) mod lock;
pub(crate) mod manifest;
pub(crate) mod network_disk;
pub(crate) mod swap;
pub(crate) mod windowed;
