//! The container of Office and Outlook files from before 2007 (MS-CFB): its [`kind`], its [`container`] of storages and
//! streams, and the times that it counts ([`mod@filetime`]).

#[cfg(any(feature = "office", feature = "mail"))]
#[cfg_attr(not(feature = "mail"), allow(dead_code, reason = "office files ask for single streams"))]
pub(super) mod container;
#[cfg(any(feature = "office", feature = "mail"))]
pub(super) mod filetime;
pub(super) mod kind;
