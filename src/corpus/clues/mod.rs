//! What a document says of its own title, date and source.

pub(crate) mod attribution;
pub(crate) mod dating;
pub(crate) mod head_and_foot;
pub(crate) mod header;
pub(crate) mod title;
pub(crate) mod url;
