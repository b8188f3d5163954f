//! `dateline serve`: the archive in a browser, and over HTTP for programs.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::builder::BoolishValueParser;
use dateline::serve::Server;
use dateline::{Error, ErrorKind, Index};

use super::shared::args::Common;
use super::shared::exit::Outcome;
use super::shared::{listen, progress};

/// Serve the index: pages for a browser, and the JSON of this command over HTTP
///
/// The index is only read, and updates are seen by the next question. Without a token, only this machine can ask.
/// Ctrl-C ends it. See `dateline help guide`, "In a browser".
#[derive(clap::Args)]
pub(super) struct Args {
    /// The address and port to listen at; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7117")]
    addr: SocketAddr,
    /// Answer only whoever has the token in this file: one word of 16 characters or more
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// A name besides localhost by which the server is asked (repeat for several)
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Another site whose pages may read /api, as https://notes.example (repeat for several)
    #[arg(long, value_name = "SITE")]
    allow_origin: Vec<String>,
    /// Tell paths from the archive's folder on, not from the root of the disk; =no tells them whole. Unless given, they are
    /// whole where only this machine can ask
    #[arg(
        long,
        value_name = "YES|NO",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "yes",
        value_parser = BoolishValueParser::new()
    )]
    public_paths: Option<bool>,
    /// Do not give out the files that documents come from
    #[arg(long)]
    no_originals: bool,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    // An index that cannot be served is told before anything listens. One of another format is told on the pages too, with
    // what makes it anew: whoever opens one may not have started the server.
    match Index::open(&common.index) {
        Err(error) if error.kind() == ErrorKind::IndexVersion => {
            common.note(&format!("note: {}; the pages say how it is made anew", error.message()));
        }
        opened => drop(opened?),
    }
    let mut server = Server::open(&common.index).clock(common.clock()).originals(!args.no_originals);
    if let Some(file) = &args.token_file {
        server = server.token(token(file)?);
    }
    if let Some(public) = args.public_paths {
        server = server.public_paths(public);
    }
    server = args.allow_host.iter().fold(server, |server, name| server.allow_host(name));
    server = args.allow_origin.iter().fold(server, |server, site| server.allow_origin(site));
    let listener = listen::at(server, args.addr, "--addr")?;
    if args.token_file.is_some() {
        common.note(&format!("open it once by {} · Ctrl-C ends it", listener.link()));
    } else {
        common.note(&format!("serving at {} · Ctrl-C ends it", listener.link()));
    }
    if !args.addr.ip().is_loopback() {
        common.note("note: what is asked and answered is not encrypted; put a server with TLS before it");
    }
    listener.run(progress::interrupted())?;
    Ok(Outcome::Done)
}

/// The token in a file.
fn token(file: &Path) -> Result<String> {
    let cannot = |error| Error::new(ErrorKind::Argument, "cannot read the token").at(file).because(error);
    Ok(std::fs::read_to_string(file).map_err(cannot)?.trim().to_owned())
}
