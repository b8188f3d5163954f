//! From words to a question. Knows no engine.

mod ast;

pub use ast::{Node, Note, Query};
