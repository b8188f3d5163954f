//! Whatever bytes a client sends as the head of a request, it is answered or hung up on, and the server goes on.

use std::io::{Read, Write};
use std::net::Shutdown;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::client::Site;
use crate::support::Archive;

/// The headers that something of ours reads.
const READ: [&str; 15] = [
    "Host",
    "Origin",
    "Sec-Fetch-Site",
    "Sec-Fetch-Mode",
    "Sec-Fetch-Dest",
    "Authorization",
    "Cookie",
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "If-None-Match",
    "Content-Length",
    "Transfer-Encoding",
    "Connection",
    "Expect",
];

/// Headers after which the rest of a request is another one.
const LENGTHS: [&str; 4] = ["Content-Length", "Transfer-Encoding", "Connection", "Expect"];

/// A head, and whether it is whole and names this server, so that it has to be answered. The others are none, or almost
/// one.
fn head(host: String) -> impl Strategy<Value = (Vec<u8>, bool)> {
    let path = prop_oneof![
        "/[ -~]{0,40}",
        "/(search|doc|diff|copies|timeline|sources|compare|dates|api/v1/search|enter)[/?](q|from|after|rank|limit)=[ -~é\u{202e}]{0,30}",
        "\\PC{0,20}",
    ];
    let value = prop_oneof![
        Just(host.clone()),
        "[ -~]{0,40}",
        "\\PC{0,20}",
        "(gzip|en|text/html|\\*|W/\"x\"|same-origin|navigate)(;q=[0-9.]{0,4})?(, ?[a-z*/;=.0-9-]{0,12}){0,3}",
    ];
    let headers = prop::collection::vec((prop::sample::select(&READ[..]), value), 0..8);
    let whole = ("(GET|HEAD)", path.clone(), headers.clone()).prop_map(move |(method, path, headers)| {
        let headers = headers.iter().filter(|(name, _)| *name != "Host" && !LENGTHS.contains(name));
        let headers: String = headers.map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let path = path.replace(' ', "+");
        let head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n");
        (head.into_bytes(), true)
    });
    let asked = ("(GET|HEAD|POST|OPTIONS|[A-Z]{1,9})", path, "HTTP/(1\\.[01]|[0-9]\\.[0-9])", headers);
    let asked = asked.prop_map(|(method, path, version, headers)| {
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        (format!("{method} {path} {version}\r\n{headers}\r\n").into_bytes(), false)
    });
    let bytes = prop::collection::vec(any::<u8>(), 0..300).prop_map(|bytes| (bytes, false));
    prop_oneof![4 => whole, 3 => asked, 1 => bytes]
}

#[test]
fn no_head_of_a_request_harms_the_server() {
    let archive = Archive::new().file("a.txt", "The ferry ran on 26 February 1992.").indexed();
    archive.write("token", "sixteen-letters-or-more");
    let open = Site::start(&archive.index(), archive.here(), &[]);
    let closed = Site::start(&archive.index(), archive.here(), &["--token-file", "token"]);
    for site in [open, closed] {
        let asked = TestRunner::default().run(&head(site.address.to_string()), |(head, is_whole)| {
            let mut stream = site.connect();
            // A server that hangs up early reads no more.
            let _ = stream.write_all(&head);
            // A client that will say nothing more has left; of a whole head the server knows that by itself.
            if !is_whole {
                let _ = stream.shutdown(Shutdown::Write);
            }
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            let status = answer.get(9..12).map(|status| String::from_utf8_lossy(status).into_owned());
            let is_sound = status
                .as_deref()
                .is_none_or(|status| ["200", "303", "304"].contains(&status) || status.starts_with('4'));
            prop_assert!(!(is_whole && answer.is_empty()), "no answer");
            prop_assert!(is_sound && (answer.is_empty() || answer.starts_with(b"HTTP/1.")), "{status:?}");
            Ok(())
        });
        asked.unwrap();
        assert_eq!(site.get("/healthz").status, 200);
        #[cfg(unix)]
        {
            site.signal("TERM");
            let (code, said) = site.end();
            // A fault in a connection ends no other, so it shows here alone.
            assert!(code == Some(0) && !said.contains("panicked"), "{said}");
        }
    }
}
