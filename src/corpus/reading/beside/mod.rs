//! The files beside one that belong to it: [`issues`] finds the pages of an issue, and the issue of a page; [`lists`] the
//! references that name a file. Both look at folders of one [`ground`], each once.

mod ground;
#[cfg(feature = "newspapers")]
mod issues;
#[cfg(feature = "bibliography")]
mod lists;

#[cfg(feature = "newspapers")]
pub(crate) use issues::Issues;
#[cfg(feature = "bibliography")]
pub(crate) use lists::Lists;
