//! The guard: what is asked of every request before anything else.
//!
//! A page of another site may send requests here with the reader's browser, and may even be given this server's address
//! under its own name. The first is told by `Origin` and `Sec-Fetch-Site`, the second by `Host`.

use std::net::IpAddr;

use super::api;
use super::percent::segments;
use super::problem::Problem;
use crate::text::repeated;

/// What the guard looks at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Request<'a> {
    pub(super) method: &'a str,
    /// The path as it stands in the address, still encoded.
    pub(super) path: &'a str,
    /// The header Host; none where there is none, or more than one.
    pub(super) host: Option<&'a str>,
    /// The authority of an address that is whole: `http://host/path`.
    pub(super) authority: Option<&'a str>,
    pub(super) origin: Option<&'a str>,
    pub(super) site: Option<&'a str>,
    pub(super) mode: Option<&'a str>,
    pub(super) destination: Option<&'a str>,
}

/// Which hosts this server is asked by, and from where.
#[derive(Clone, Debug, Default)]
pub(super) struct Guard {
    /// Names besides those of this machine.
    pub(super) hosts: Vec<String>,
    /// Other sites whose pages may ask for data, each as browsers name it: `https://notes.example:8443`.
    pub(super) origins: Vec<String>,
}

impl Guard {
    /// Lets a request pass, or says why not. Returns the other site whose page asks, where it may. `local` is the address
    /// at which the request arrived.
    pub(super) fn check<'r>(&self, request: &Request<'r>, local: IpAddr) -> Result<Option<&'r str>, Problem> {
        let host = request.host.ok_or_else(|| Problem::new("wrong-host", "the request names no host, or several"))?;
        for named in [Some(host), request.authority].into_iter().flatten() {
            if !self.is_ours(named, local) {
                let detail = format!("{} is none of this server's names", repeated(named));
                return Err(Problem::new("wrong-host", detail));
            }
        }
        let guest = self.guest(request);
        let is_taken =
            ["GET", "HEAD", "POST"].contains(&request.method) || guest.is_some() && request.method == "OPTIONS";
        if !is_taken {
            return Err(Problem::new("wrong-method", "only GET, HEAD and POST are answered here"));
        }
        if guest.is_some() {
            return Ok(guest);
        }
        let refused =
            |why: &str| Err(Problem::new("not-allowed", format!("the request comes from another site: {why}")));
        if request.origin.is_some_and(|origin| !is_same(origin, host)) {
            return refused("its Origin is not this server");
        }
        match request.site {
            None | Some("same-origin" | "none") => Ok(None),
            Some(_) if is_visit(request) => Ok(None),
            Some(_) => refused("only a link to a page may be followed from elsewhere"),
        }
    }

    /// The other site whose page asks for data, where it may. Pages, originals and tools are for no other site.
    fn guest<'r>(&self, request: &Request<'r>) -> Option<&'r str> {
        let origin = request.origin.filter(|origin| self.origins.iter().any(|allowed| allowed == origin))?;
        matches!(segments(request.path).first().map(String::as_str), Some("api" | "openapi.json")).then_some(origin)
    }

    /// Returns whether a host with or without a port is this server: a name of this machine, one that was allowed, or the
    /// very address at which the request arrived.
    fn is_ours(&self, host: &str, local: IpAddr) -> bool {
        let Some(name) = without_port(host) else { return false };
        let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
        match address {
            Some(address) => address.to_canonical().is_loopback() || address.to_canonical() == local.to_canonical(),
            None => {
                name.eq_ignore_ascii_case("localhost") || self.hosts.iter().any(|host| host.eq_ignore_ascii_case(name))
            }
        }
    }
}

/// A site as browsers name it, from how a person may write it. None if it is none: a scheme and a host, at most with a
/// port. Nobody is every site.
pub(super) fn origin(written: &str) -> Option<String> {
    let written = written.trim().to_ascii_lowercase();
    let host = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"))?;
    let name = without_port(host.strip_suffix('/').unwrap_or(host))?;
    let is_name =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._[]:".contains(&byte));
    is_name.then(|| written.strip_suffix('/').unwrap_or(&written).to_owned())
}

/// The host of `host:port`. None where the port is no number.
fn without_port(host: &str) -> Option<&str> {
    let (name, port) = match host.rfind(']') {
        Some(end) => host.split_at(end + 1),
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let is_port = |port: &str| port.strip_prefix(':').is_some_and(|digits| digits.parse::<u16>().is_ok());
    (port.is_empty() || is_port(port)).then_some(name)
}

/// Returns whether an origin is the host of the request; a server that ends TLS may stand before this one.
fn is_same(origin: &str, host: &str) -> bool {
    let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
    authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host))
}

/// Returns whether a reader follows a link to a page. Nothing else may come from another site.
fn is_visit(request: &Request<'_>) -> bool {
    // The path is read as whatever answers it reads it, decoded.
    let path = segments(request.path);
    let is_page = match path.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["api" | "assets" | "mcp" | "openapi.json" | "metrics" | "healthz" | "readyz", ..] => false,
        ["doc", _, "original"] => false,
        [name] => !api::has_ending(name),
        _ => true,
    };
    let is_top = request.mode == Some("navigate") && request.destination == Some("document");
    ["GET", "HEAD"].contains(&request.method) && is_page && is_top
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn asked<'a>(method: &'a str, path: &'a str, host: &'a str) -> Request<'a> {
        Request { method, path, host: Some(host), ..Request::default() }
    }

    fn verdict(request: Request<'_>) -> u16 {
        let guard = Guard { hosts: vec!["archive.example".into()], origins: vec!["https://notes.example".into()] };
        guard.check(&request, "192.168.1.5".parse().unwrap()).map_or_else(|problem| problem.status, |_| 200)
    }

    #[test]
    fn only_names_of_this_server_are_answered() {
        for host in [
            "localhost",
            "LOCALHOST:7117",
            "127.0.0.1:7117",
            "[::1]:7117",
            "192.168.1.5:80",
            "archive.example",
            "127.0.0.2",
        ] {
            assert_eq!(verdict(asked("GET", "/", host)), 200, "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:7117",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "192.168.1.6",
            "localhost:x",
            "a@localhost",
            "[::1",
            "0.0.0.0",
            "localhost.",
        ] {
            assert_eq!(verdict(asked("GET", "/", host)), 421, "{host}");
        }
        let whole = Request { authority: Some("evil.example"), ..asked("GET", "/", "localhost") };
        assert_eq!(verdict(whole), 421);
        assert_eq!(verdict(Request { host: None, ..asked("GET", "/", "") }), 421);
    }

    #[test]
    fn other_methods_are_refused() {
        for method in ["PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "get"] {
            assert_eq!(verdict(asked(method, "/", "localhost")), 405, "{method}");
        }
    }

    #[test]
    fn a_site_that_was_allowed_may_ask_for_data_alone() {
        let from = |origin, method, path| Request {
            origin: Some(origin),
            site: Some("cross-site"),
            ..asked(method, path, "localhost:7117")
        };
        for path in ["/api/v1/search", "/openapi.json", "/%61pi/v1/info"] {
            for method in ["GET", "HEAD", "POST", "OPTIONS"] {
                assert_eq!(verdict(from("https://notes.example", method, path)), 200, "{method} {path}");
            }
            assert_eq!(verdict(from("https://notes.example", "PUT", path)), 405, "{path}");
            for origin in ["http://notes.example", "https://notes.example:1", "https://notes.example.evil", "null", ""]
            {
                assert_eq!(verdict(from(origin, "GET", path)), 403, "{origin}");
                assert_eq!(verdict(from(origin, "OPTIONS", path)), 405, "{origin}");
            }
        }
        for path in ["/", "/search", "/doc/1/original", "/mcp", "/metrics", "/search.csv", "/apis"] {
            assert_eq!(verdict(from("https://notes.example", "GET", path)), 403, "{path}");
        }
    }

    #[test]
    fn a_site_is_a_scheme_and_a_host() {
        for (written, site) in [
            ("https://notes.example", Some("https://notes.example")),
            ("http://Localhost:3000/", Some("http://localhost:3000")),
            ("http://[::1]:3000", Some("http://[::1]:3000")),
            ("*", None),
            ("null", None),
            ("notes.example", None),
            ("https://", None),
            ("https://*.example", None),
            ("https://notes.example/page", None),
            ("https://a@notes.example", None),
            ("https://notes.example:x", None),
        ] {
            assert_eq!(origin(written).as_deref(), site, "{written}");
        }
    }

    #[test]
    fn other_sites_may_link_to_a_page_and_nothing_else() {
        let from = |origin, site| Request { origin, site, ..asked("GET", "/api/v1/search", "localhost:7117") };
        assert_eq!(verdict(from(Some("http://localhost:7117"), Some("same-origin"))), 200);
        assert_eq!(verdict(from(None, Some("none"))), 200);
        for origin in ["http://localhost:8000", "null", "http://evil.example", "", "localhost:7117"] {
            assert_eq!(verdict(from(Some(origin), None)), 403, "{origin}");
        }
        for site in ["cross-site", "same-site", "odd"] {
            assert_eq!(verdict(from(None, Some(site))), 403, "{site}");
            let visit = |method, path, mode, destination| Request {
                site: Some(site),
                mode: Some(mode),
                destination: Some(destination),
                ..asked(method, path, "localhost")
            };
            assert_eq!(verdict(visit("GET", "/doc/1", "navigate", "document")), 200);
            assert_eq!(verdict(visit("POST", "/doc/1", "navigate", "document")), 403);
            for path in [
                "/api/v1/search",
                "/%61pi/v1/search",
                "/search.csv",
                "/search%2Ecsv",
                "/doc/1/original",
                "/doc/1/%6Friginal",
                "/mcp",
                "/healthz",
            ] {
                assert_eq!(verdict(visit("GET", path, "navigate", "document")), 403, "{path}");
            }
            assert_eq!(verdict(visit("GET", "/doc/1", "navigate", "iframe")), 403);
            assert_eq!(verdict(visit("GET", "/doc/1", "no-cors", "image")), 403);
        }
    }
}
