//! Tools for agents: an archive for language models, over the Model Context Protocol.
//!
//! A [`Server`] is a plain value over an index. [`Server::call`] answers one call of a tool, [`Server::serve`] speaks the
//! protocol over a reader and a writer, one message a line, and as an [`rmcp::ServerHandler`] it can be mounted in a server
//! of one's own. Both versions in use are spoken: 2025-11-25, which begins with `initialize`, and 2026-07-28, in which
//! each request is whole.
//!
//! * `arguments` reads what models send, `refusal` says what was wrong with it so that the next call is right.
//! * `tools` are the tools; `filters` and `reference` are what several of them take.
//! * `shape` makes the objects of an answer and `schema` describes them, `words` makes the text beside the object.
//! * `budget` fits an answer into its room, `cut` cuts texts at sentences, `fence` and `clean` keep the words of
//!   documents apart from ours and harmless.
//! * `resources` and `prompts` are the protocol's other lists; `stdio` and `http` carry
//!   what `message` reads.
//!
//! The invariants: nothing is written and no address is followed; an answer has at most `max_chars` characters, and says
//! what it leaves out and which call gets it; a model is never shown words of a document as if they were ours.

mod arguments;
mod budget;
mod clean;
mod cut;
mod fence;
mod filters;
mod handler;
#[cfg(feature = "serve")]
pub(crate) mod http;
mod message;
mod parameter;
mod prompts;
mod reference;
mod refusal;
mod resources;
mod schema;
mod server;
mod shape;
mod stdio;
#[cfg(test)]
mod tests;
mod tool;
mod tools;
mod words;
#[cfg(test)]
mod wrong_calls;

pub use server::{Reply, Server};
