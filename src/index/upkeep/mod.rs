//! Checking, mending and describing an index.

pub(crate) mod consistency;
pub(crate) mod diagnostics;
pub(crate) mod disk_usage;
pub(crate) mod rebuild;
pub(crate) mod repair;
pub(crate) mod report;
pub(crate) mod salvage;
pub(crate) mod verify;
