//! The address of an archive in a cluster: `http://HOST:PORT/ARCHIVE`, or several nodes with commas between them.

use crate::error::{Error, ErrorKind, Result};

/// The longest name of an archive.
const LONGEST_NAME: usize = 100;

/// The nodes of a cluster and the name of an archive in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// Each begins with `http://`.
    pub(crate) nodes: Vec<String>,
    pub(crate) archive: String,
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.nodes.join(","), self.archive)
    }
}

impl Address {
    /// Returns whether a text that should name an index is the address of one in a cluster.
    pub(crate) fn is_one(text: &str) -> bool {
        text.starts_with("http://") || text.starts_with("https://")
    }

    pub(crate) fn parse(text: &str) -> Result<Address> {
        let refused = |why: &str| {
            Error::new(ErrorKind::Argument, format!("{}: {why}", without_password(text)))
                .hint("an archive in a cluster is named as http://127.0.0.1:9200/ARCHIVE; further nodes follow the first after a comma")
        };
        if text.starts_with("https://") {
            return Err(refused("this program speaks to clusters on this machine alone, without TLS")
                .hint("use http:// and an address of this machine, where a proxy or a tunnel ends the TLS"));
        }
        let rest = text.strip_prefix("http://").ok_or_else(|| refused("no address of a cluster"))?;
        let (nodes, archive) =
            rest.trim_end_matches('/').rsplit_once('/').ok_or_else(|| refused("no archive is named"))?;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if archive.is_empty() || archive.len() > LONGEST_NAME || !archive.chars().all(fits) {
            return Err(refused("the name of an archive has small letters, digits, - and _, and at most 100 of them"));
        }
        let mut found = Vec::new();
        for node in nodes.split(',') {
            let node = node.trim_start_matches("http://");
            if node.contains('@') {
                return Err(refused("a password does not belong in an address")
                    .hint("set DATELINE_CLUSTER_USER and DATELINE_CLUSTER_PASSWORD, or DATELINE_CLUSTER_API_KEY"));
            }
            if !is_loopback(node) {
                return Err(refused("without TLS only clusters on this machine are spoken to").hint(
                    "use an address of this machine, such as 127.0.0.1, where a proxy or a tunnel ends the TLS",
                ));
            }
            found.push(format!("http://{node}"));
        }
        Ok(Address { nodes: found, archive: archive.to_owned() })
    }

    /// The index of the documents.
    pub(crate) fn documents(&self) -> String {
        format!("dateline-{}-f{}", self.archive, super::mapping::FORMAT)
    }

    /// The index of what is known of all documents: the last commit, its catalog, its copies.
    pub(crate) fn ledger(&self) -> String {
        format!("{}-ledger", self.documents())
    }
}

/// An address without what stands before an `@` in it: an error must not tell a password.
fn without_password(text: &str) -> String {
    let rest = text.find("://").map_or(0, |at| at + "://".len());
    let (scheme, rest) = text.split_at(rest);
    format!("{scheme}{}", rest.rsplit_once('@').map_or(rest, |(_, host)| host))
}

/// Returns whether a host with its port is this machine.
fn is_loopback(node: &str) -> bool {
    let (host, port) = match node.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or((rest, ""), |(host, port)| (host, port.trim_start_matches(':'))),
        None => node.split_once(':').unwrap_or((node, "")),
    };
    let is_here = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    is_here && (port.is_empty() || port.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_address_names_nodes_of_this_machine_and_an_archive() {
        let address = Address::parse("http://127.0.0.1:9200,localhost:9201,[::1]:9202/river-mail/").unwrap();
        assert_eq!(address.nodes, ["http://127.0.0.1:9200", "http://localhost:9201", "http://[::1]:9202"]);
        assert_eq!(address.archive, "river-mail");
        for refused in [
            "index",
            "https://127.0.0.1:9200/a",
            "http://127.0.0.1:9200",
            "http://127.0.0.1:9200/",
            "http://127.0.0.1:9200/A",
            "http://127.0.0.1:9200/a/b",
            "http://127.0.0.1:9200/a*",
            "http://example.org:9200/a",
            "http://127.0.0.1.example.org/a",
            "http://user:secret@127.0.0.1:9200/a",
            "https://user:secret@127.0.0.1:9200/a",
            "http://127.0.0.1:9200,user:secret@127.0.0.1:9201/a",
            "http://user:sec,ret@secret@127.0.0.1:9201/a",
            "http://127.0.0.1:port/a",
        ] {
            let error = Address::parse(refused).unwrap_err();
            assert!(error.advice().is_some(), "{refused}: {error}");
            assert!(!error.to_string().contains("ret"), "{error}");
            assert_eq!(error.to_string().starts_with(refused), !refused.contains('@'), "{error}");
        }
    }
}
