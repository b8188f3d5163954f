//! The address of an archive in a cluster: `http://HOST:PORT/ARCHIVE` on this machine, `https://HOST:PORT/ARCHIVE` on any, or
//! several nodes with commas between them.

use crate::error::{Error, ErrorKind, Result};

const PLAIN: &str = "http://";
const BY_TLS: &str = "https://";
/// The longest name of an archive.
const LONGEST_NAME: usize = 100;

/// The nodes of a cluster and the name of an archive in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// Each begins with the same `http://` or `https://`.
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
        text.starts_with(PLAIN) || text.starts_with(BY_TLS)
    }

    pub(crate) fn parse(text: &str) -> Result<Address> {
        let refused = |why: &str| {
            Error::new(ErrorKind::Argument, format!("{}: {why}", without_password(text)))
                .hint("an archive in a cluster is named as http://127.0.0.1:9200/ARCHIVE; further nodes follow the first after a comma")
        };
        let found = [PLAIN, BY_TLS].into_iter().find_map(|scheme| Some((scheme, text.strip_prefix(scheme)?)));
        let (scheme, rest) = found.ok_or_else(|| refused("no address of a cluster"))?;
        if scheme == BY_TLS && !cfg!(feature = "cluster-tls") {
            return Err(refused("this dateline was built without TLS")
                .hint("build it with: cargo install dateline --features cluster-tls"));
        }
        let (nodes, archive) =
            rest.trim_end_matches('/').rsplit_once('/').ok_or_else(|| refused("no archive is named"))?;
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        if archive.is_empty() || archive.len() > LONGEST_NAME || !archive.chars().all(fits) {
            return Err(refused("the name of an archive has small letters, digits, - and _, and at most 100 of them"));
        }
        let mut found = Vec::new();
        if nodes.contains('@') {
            return Err(refused("a password does not belong in an address")
                .hint("set DATELINE_CLUSTER_USER and DATELINE_CLUSTER_PASSWORD, or DATELINE_CLUSTER_API_KEY"));
        }
        for node in nodes.split(',') {
            let node = node.strip_prefix(scheme).unwrap_or(node);
            let host = host(node).ok_or_else(|| refused(&format!("{node} is no host with a port")))?;
            if scheme == PLAIN && !is_loopback(host) {
                return Err(refused("without TLS only clusters on this machine are spoken to")
                    .hint("use https:// (a dateline with the feature cluster-tls), or a tunnel from an address of this machine"));
            }
            found.push(format!("{scheme}{node}"));
        }
        Ok(Address { nodes: found, archive: archive.to_owned() })
    }

    /// The name under which the archive is read: an alias of the ledger of one of its builds. All its indices are called so, with
    /// more behind a dot, which no archive's name has in it.
    pub(crate) fn alias(&self) -> String {
        format!("dateline-{}", self.archive)
    }

    /// The index that holds the right to write to any build.
    pub(crate) fn lease(&self) -> String {
        format!("{}.lease", self.alias())
    }
}

/// An address without what stands before an `@` in it: an error must not tell a password.
fn without_password(text: &str) -> String {
    let rest = text.find("://").map_or(0, |at| at + "://".len());
    let (scheme, rest) = text.split_at(rest);
    format!("{scheme}{}", rest.rsplit_once('@').map_or(rest, |(_, host)| host))
}

/// The host of a node, which may have a port.
fn host(node: &str) -> Option<&str> {
    let (host, port) = match node.strip_prefix('[') {
        Some(rest) => {
            let (host, port) = rest.split_once(']')?;
            host.parse::<std::net::Ipv6Addr>().ok()?;
            (host, port.strip_prefix(':').or(port.is_empty().then_some("0"))?)
        }
        None => node.split_once(':').unwrap_or((node, "0")),
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._:".contains(c);
    (!host.is_empty() && host.chars().all(fits) && port.parse::<u16>().is_ok()).then_some(host)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
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
    }

    #[test]
    #[cfg(feature = "cluster-tls")]
    fn an_address_with_tls_names_nodes_anywhere() {
        let address = Address::parse("https://search.example:9200,https://10.0.0.2,[fd00::1]:9202/river").unwrap();
        assert_eq!(address.nodes, ["https://search.example:9200", "https://10.0.0.2", "https://[fd00::1]:9202"]);
        assert_eq!(Address::parse(&address.to_string()).unwrap(), address);
    }

    #[test]
    #[cfg(not(feature = "cluster-tls"))]
    fn without_tls_an_address_that_asks_for_it_is_told_how_it_is_had() {
        let error = Address::parse("https://127.0.0.1:9200/a").unwrap_err();
        assert!(error.advice().unwrap().ends_with("--features cluster-tls"), "{error}");
    }

    #[test]
    fn what_is_no_address_is_refused_without_telling_a_password() {
        for refused in [
            "index",
            "http://127.0.0.1:9200",
            "http://127.0.0.1:9200/",
            "http://127.0.0.1:9200/A",
            "http://127.0.0.1:9200/a/b",
            "http://127.0.0.1:9200/a*",
            "http://example.org:9200/a",
            "http://127.0.0.1.example.org/a",
            "http://127.0.0.1:9200,https://127.0.0.1:9201/a",
            "http://127.0.0.1:9200,/a",
            "http://user:secret@127.0.0.1:9200/a",
            "https://user:secret@127.0.0.1:9200/a",
            "http://127.0.0.1:9200,user:secret@127.0.0.1:9201/a",
            "http://user:sec,ret@secret@127.0.0.1:9201/a",
            "http://127.0.0.1:port/a",
            "http://127.0.0.1:/a",
            "https://127.0.0.1:99999/a",
            "https://search.example:9200?b/a",
            "https://search example:9200/a",
            "https://[search.example]:9200/a",
            "https://[::1/a",
            "https://search.example:9200,http://search.example:9201/a",
        ] {
            let error = Address::parse(refused).unwrap_err();
            assert!(error.advice().is_some(), "{refused}: {error}");
            assert!(!error.to_string().contains("ret"), "{error}");
            assert_eq!(error.to_string().starts_with(refused), !refused.contains('@'), "{error}");
        }
    }
}
