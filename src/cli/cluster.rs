//! `dateline cluster`: what whoever keeps a cluster has to know.

use anyhow::Result;
use dateline::{Error, ErrorKind};
use serde_json::{Value, json};

use super::output::Screen;
use super::shared::args::Common;
use super::shared::exit::Outcome;

/// What whoever keeps an OpenSearch cluster has to know: the roles for an archive in it
///
/// An archive in a cluster is named where a folder is: dateline --index http://127.0.0.1:9200/ARCHIVE. How to load one, and how
/// large its shards should be, is told by dateline help cluster.
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
    let index = common.index.to_string_lossy();
    let archive = index.strip_prefix("http").and_then(|rest| rest.trim_end_matches('/').rsplit_once('/'));
    let is_name = |name: &&str| {
        !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
    };
    let archive = archive.map(|(_, archive)| archive).filter(is_name).ok_or_else(|| {
        Error::new(ErrorKind::Argument, "no archive is named")
            .hint("dateline --index http://127.0.0.1:9200/ARCHIVE cluster role")
    })?;
    let mut screen = Screen::plain();
    for (name, role) in roles(archive) {
        screen.line(&format!("PUT _plugins/_security/api/roles/{name}"))?;
        screen.line(&serde_json::to_string_pretty(&role)?)?;
    }
    screen.finish()?;
    Ok(Outcome::Done)
}

/// The roles of an archive: who asks, and who loads it.
fn roles(archive: &str) -> [(String, Value); 2] {
    let read =
        ["indices:data/read/search", "indices:data/read/msearch", "indices:data/read/get", "indices:monitor/stats"];
    let write = ["indices:admin/create", "indices:admin/refresh*", "indices:data/write/*"];
    let role = |cluster: &[&str], actions: &[&str]| {
        json!({
            "cluster_permissions": cluster,
            "index_permissions": [{ "index_patterns": [format!("/dateline-{archive}-f[0-9]+(-ledger)?/")], "allowed_actions": actions }],
        })
    };
    [
        (format!("dateline-{archive}-reader"), role(&["cluster:monitor/main", "indices:data/read/msearch"], &read)),
        (
            format!("dateline-{archive}-writer"),
            role(
                &["cluster:monitor/main", "indices:data/read/msearch", "indices:data/write/bulk"],
                &[&read[..], &write[..]].concat(),
            ),
        ),
    ]
}
