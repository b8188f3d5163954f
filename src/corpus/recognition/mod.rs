//! Words of pictures, recognised by a program that the user has installed: tesseract.
//!
//! [`Ocr`] says whether and how, [`Recogniser`] recognises one page after another for one run over an archive.
//! [`mod@tesseract`] knows the program and its answers, [`limited`] runs a program and ends it when it goes too far, and
//! [`kept`] keeps what was recognised by the hash of its picture.
//!
//! The invariant: nothing is run unless somebody asked for it, no shell reads anything, and whatever the program does
//! (hang, crash, fill memory or disk, print rubbish, start others, be another program) costs one page its words and is told. Only bytes
//! that begin as a picture does are handed to it, since it takes other bytes for a list of files to read.

mod kept;
mod limited;
mod ocr;
mod picture;
mod recogniser;
mod tesseract;

pub(crate) use kept::holds;
pub use ocr::Ocr;
#[cfg(feature = "newspapers")]
pub(crate) use picture::Picture;
pub(crate) use recogniser::Recogniser;
