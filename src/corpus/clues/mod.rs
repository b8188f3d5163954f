//! What a document says of its own title, date and source.
//!
//! [`header`] takes the lines off the top of a plain text that are about the text. [`head_and_foot`] cuts the head and
//! the foot of a text into segments, the only parts where a text speaks of itself. [`dating`] gathers every clue to the
//! date and weighs them, [`attribution`] does so for the source, [`title`] fills in a title where none is declared, and
//! [`url`] knows addresses.
//!
//! The invariant: every clue is kept with the words it was taken from, also those that lost. A clue is ranked by where
//! it stands, never by what would be convenient: a date from a file name does not beat one that the document declares.

pub(crate) mod attribution;
mod date_labels;
pub(crate) mod dating;
pub(crate) mod head_and_foot;
pub(crate) mod header;
pub(crate) mod title;
pub(crate) mod url;
