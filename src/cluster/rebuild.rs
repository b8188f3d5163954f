//! Makes an archive anew in a build beside the one that is read, and lets the new one be read when it is complete.

use std::sync::Arc;

use serde_json::json;

use super::address::Address;
use super::build::Builds;
use super::client::Client;
use super::lease::Lease;
use super::ledger::Ledger;
use super::mapping::field;
use super::open::Cluster;
use crate::error::{Error, ErrorKind, Result};

/// Makes an archive anew by what `fill` writes, or makes one. If `fill` fails, or the cluster then has other documents than the
/// catalog tells of, the archive stays as it is.
pub(crate) fn rebuild<T>(address: Address, fill: impl FnOnce(Arc<Cluster>) -> Result<T>) -> Result<T> {
    let client = Arc::new(Client::new(address.nodes.clone())?);
    client.must_be_known()?;
    let builds = Builds { client: &client, address: &address };
    if builds.pointed()?.is_none() {
        return fill(Arc::new(Cluster::create(address)?));
    }
    // Nobody else may write to a build that is about to be replaced, nor make another.
    let lease = Lease::take(Arc::clone(&client), &address)?;
    let Some((old, answer)) = builds.pointed()? else {
        return Err(Error::new(ErrorKind::NoIndex, "the archive was deleted meanwhile").hint("run it again"));
    };
    builds.clear(&old)?;
    let ledger = Ledger { client: &client, index: &old.ledger };
    let predecessor = ledger.salvaged(&answer)?;
    if let Ok(Some((head, at))) = ledger.head_of(&answer) {
        // A commit that a former writer sends late would be lost with the old build.
        let writer = head.generation;
        ledger.fence(head, at, writer)?;
    }
    let (new, head) = builds.make()?;
    let made = (new.clone(), head);
    let cluster = Arc::new(Cluster::making(Arc::clone(&client), address.clone(), made, lease, predecessor));
    let filled = fill(Arc::clone(&cluster)).and_then(|filled| is_complete(&cluster).map(|()| filled));
    let lease = cluster.made();
    let filled = filled.and_then(|filled| {
        lease.as_ref().map_or(Ok(()), |lease| lease.check())?;
        builds.point(&new, Some(&old)).map(|()| filled)
    });
    // What cannot be deleted now is deleted by the next program that writes.
    if let Err(error) = builds.delete(if filled.is_ok() { &old } else { &new }) {
        tracing::debug!(%error, "a build that is not read stays for now");
    }
    filled
}

/// Fails unless the cluster has as many documents of files as the catalog tells of.
fn is_complete(cluster: &Cluster) -> Result<()> {
    cluster.reload()?;
    let view = cluster.view()?;
    let found = view.total(&view.all_of(vec![json!({ "exists": { "field": field::PIECE } })]))?;
    let known: u64 = cluster.catalog()?.files.values().map(|state| state.in_index()).sum();
    if found == known {
        return Ok(());
    }
    let message = format!("the cluster has {found} of the {known} documents that were loaded");
    Err(Error::new(ErrorKind::Io, message).hint("the archive stays as it was before: run it again"))
}
