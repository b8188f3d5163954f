//! One document as the engine keeps it: the fields, the terms, and the columns beside them.

pub(crate) mod address;
pub(crate) mod clue_column;
pub(crate) mod date_column;
pub(crate) mod fingerprint_column;
pub(crate) mod id_column;
pub(crate) mod inverter;
pub(crate) mod mention_column;
pub(crate) mod schema;
pub(crate) mod stored;
pub(crate) mod surface_forms;
pub(crate) mod term_stream;
