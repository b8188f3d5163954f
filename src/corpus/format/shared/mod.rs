//! What several formats have in common. Nothing here knows a format.
//!
//! * [`fields`] gives named values their meaning, by the names in [`field_names`].
//! * [`flow`] builds text where line breaks mean nothing, [`hyphens`] joins words cut in two by a line's end, and
//!   [`entities`] reads characters written as `&eacute;`.
//! * [`properties`] are what programs note in the files they write, [`unread`] counts what of a file is not read.

pub(super) mod entities;
pub(super) mod field_names;
pub(super) mod fields;
pub(super) mod flow;
pub(super) mod hyphens;
pub(super) mod properties;
pub(super) mod unread;
