//! From a question to the engine's query.

pub(crate) mod budget;
pub(crate) mod compiler;
pub(crate) mod expand;
pub(crate) mod intervals;
pub(crate) mod spelling;
pub(crate) mod terms;
pub(crate) mod typed_word;
pub(crate) mod vocabulary;
