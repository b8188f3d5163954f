//! The server as the real command runs it, asked over connections of our own.

#![allow(clippy::unwrap_used)]

mod advisories;
mod agents;
mod client;
mod described;
mod heads;
mod http;
mod open;
mod same;
#[allow(dead_code)]
#[path = "../main/support.rs"]
mod support;
