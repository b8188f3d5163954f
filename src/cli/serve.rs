//! `dateline serve`: the archive in a browser, and over HTTP for programs.

use std::net::SocketAddr;

use anyhow::Result;
use dateline::Index;
use dateline::serve::Server;

use super::args::Common;
use super::exit::Outcome;
use super::progress;

/// Serve the index: pages for a browser, and the JSON of this command over HTTP
///
/// The index is only read, and updates are seen by the next question. Only this machine can ask. Ctrl-C ends it.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The address and port to listen at
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7117")]
    addr: SocketAddr,
    /// A name besides localhost by which the server is asked (repeat for several)
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Do not give out the files that documents come from
    #[arg(long)]
    no_originals: bool,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    // An index that cannot be served is told before anything listens.
    Index::open(&common.index)?;
    let server = Server::open(&common.index).clock(common.clock()).originals(!args.no_originals);
    let server = args.allow_host.iter().fold(server, |server, name| server.allow_host(name));
    let listener = server.bind(args.addr)?;
    common.note(&format!("serving at {} · Ctrl-C ends it", listener.link()));
    listener.run(progress::interrupted())?;
    Ok(Outcome::Done)
}
