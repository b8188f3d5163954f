//! An archive in a browser, and over HTTP for programs.
//!
//! A [`Server`] is settings over an index; bound to an address it is a [`Listener`], which answers until it is told to
//! stop. `page` makes pages for people; programs get the JSON contract of the command, and agents their tools.
//!
//! * `connection` accepts with clocks for everything slow, `door` takes a request from the `guard` to its answer.
//! * `pool` are threads made for searching; everything that looks at the index runs there, from `routes` on.
//! * `site` is what is served: the index, one state of it for each answer, and how it is shown.
//! * `parameters` reads an address as the command reads its options; `problem` tells what was wrong with it.
//! * `api` answers programs, and `openapi` describes what it answers by the types of `schemas`.
//! * `access` are the token and the cookies, `entrance` is where a browser gets one, `metrics` counts.
//! * `agents` are the tools of `mcp`, over the same index.
//! * [`Watch`] tells whoever keeps an index up to date that its archive changed.
//! * `reply` is an answer before it is sent, `finish` gives it tag, packing and headers.
//!
//! The invariants: nothing is written, and no request makes the server fetch anything. The guard sees every request before
//! anything else does. An answer is of one state of the index, unless a program gave an index of its own, which has one
//! handle for all states. No question stands in a log of this library below the level TRACE; the protocol's library tells
//! messages at DEBUG, so a program that keeps logs leaves out the target `rmcp`, as the command does.

mod access;
#[cfg(feature = "mcp")]
mod agents;
mod api;
mod connection;
pub(crate) mod context;
mod door;
mod entrance;
mod file;
mod finish;
mod guard;
mod io;
mod metrics;
mod named;
mod openapi;
mod page;
pub(crate) mod parameters;
mod percent;
mod pool;
pub(crate) mod problem;
mod reply;
mod request;
mod routes;
mod schemas;
mod server;
mod site;
mod watch;

pub use server::{Bulletin, Listener, Server};
pub use watch::Watch;
