//! `dateline cluster`: what whoever keeps a cluster has to know.

use anyhow::Result;
use dateline::Index;

use super::output::Screen;
use super::shared::args::Common;
use super::shared::exit::Outcome;

/// What whoever keeps an OpenSearch cluster has to know: the roles for an archive in it
///
/// An archive in a cluster is named where a folder is: dateline --index http://127.0.0.1:9200/ARCHIVE. How to load one is told
/// by dateline help cluster.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand)]
enum What {
    /// Print the roles of the security plugin for reading and for writing the archive of --index, as its REST interface takes them
    Role,
}

pub(super) fn run(common: &Common, args: &Args) -> Result<Outcome> {
    let What::Role = args.what;
    let mut screen = Screen::plain();
    for (name, role) in Index::cluster_roles(&common.index)? {
        screen.line(&format!("PUT _plugins/_security/api/roles/{name}"))?;
        screen.line(&role)?;
    }
    screen.finish()?;
    Ok(Outcome::Done)
}
