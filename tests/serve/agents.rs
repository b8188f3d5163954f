//! The tools for agents at `/mcp`, as their clients ask.

use serde_json::{Value, json};

use crate::client::{Answer, Site};

const ACCEPT: &str = "Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n";

#[track_caller]
fn send(site: &Site, headers: &str, message: &Value) -> Answer {
    site.ask("POST", "/mcp", &format!("{ACCEPT}{headers}"), message.to_string().as_bytes())
}

fn search(meta: Option<Value>) -> Value {
    let mut params = json!({"name": "dateline_search", "arguments": {"query": "harbour fire", "limit": 2}});
    if let Some(meta) = meta {
        params["_meta"] = meta;
    }
    json!({"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": params})
}

#[test]
fn both_versions_are_answered_alike_and_as_the_interface_for_programs_answers() {
    let site = Site::sample(&[]);
    let params =
        json!({"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "a", "version": "1"}});
    let begun = send(&site, "", &json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}));
    assert_eq!((begun.status, begun.json()["result"]["serverInfo"]["name"].as_str()), (200, Some("dateline")));
    assert_eq!(begun.header("mcp-session-id"), "");
    let told = send(&site, "", &json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
    assert_eq!((told.status, told.body.len()), (202, 0));

    let former = send(&site, "MCP-Protocol-Version: 2025-11-25\r\n", &search(None));
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let headers = "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: dateline_search\r\n";
    let later = send(&site, headers, &search(Some(meta)));
    let of = |answer: &Answer| answer.json()["result"]["structuredContent"].clone();
    assert_eq!((former.status, later.status, later.header("content-type")), (200, 200, "application/json"));
    assert_eq!(of(&former), of(&later));
    let mut packed = search(None);
    packed["params"]["arguments"] = packed["params"]["arguments"].to_string().into();
    assert_eq!(of(&send(&site, "", &packed)), of(&later));
    assert_eq!(later.header("cache-control"), "no-store");
    let same = site.get("/api/v1/search?q=harbour+fire&limit=2").json();
    assert_eq!((&of(&later)["total"], &of(&later)["hits"][1]["id"]), (&same["total"], &same["hits"][1]["id"]));
}

#[test]
fn what_is_no_message_is_refused_by_its_status() {
    let site = Site::sample(&[]);
    for method in ["GET", "HEAD"] {
        let answer = site.ask(method, "/mcp", ACCEPT, b"");
        assert_eq!((answer.status, answer.header("allow")), (405, "POST"), "{method}");
    }
    assert_eq!(site.ask("DELETE", "/mcp", "", b"").status, 405);
    for (body, code) in [(&b"{"[..], -32700), (b"", -32700), (b"[]", -32600), (b"{\"id\": 7}", -32600)] {
        let answer = site.ask("POST", "/mcp", ACCEPT, body);
        assert_eq!((answer.status, &answer.json()["error"]["code"]), (400, &json!(code)), "{body:?}");
    }
    assert_eq!(
        site.ask(
            "POST",
            "/mcp",
            "Accept: application/json, text/event-stream\r\n",
            br#"{"jsonrpc": "2.0", "id": 1, "method": "ping"}"#
        )
        .status,
        415
    );
    assert_eq!(
        site.ask(
            "POST",
            "/mcp",
            "Content-Type: application/json\r\n",
            br#"{"jsonrpc": "2.0", "id": 1, "method": "ping"}"#
        )
        .status,
        406
    );
    assert_eq!(site.ask("POST", "/mcp", ACCEPT, &vec![b' '; (1 << 20) + 1]).problem(), "too-large");
    let headers = "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/list\r\n";
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let differs = send(&site, headers, &search(Some(meta)));
    assert_eq!((differs.status, &differs.json()["error"]["code"]), (400, &json!(-32020)));
}

#[test]
fn other_sites_other_names_and_whoever_has_no_token_call_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, "correct-horse-battery-staple\n").unwrap();
    let site = Site::sample(&["--token-file", token.to_str().unwrap()]);
    let own = "Authorization: Bearer correct-horse-battery-staple\r\n";
    assert_eq!(send(&site, own, &search(None)).status, 200);
    assert_eq!(send(&site, "", &search(None)).problem(), "not-signed-in");
    for (wrong, kind) in [
        ("Origin: http://evil.example\r\n", "not-allowed"),
        ("Origin: null\r\n", "not-allowed"),
        ("Sec-Fetch-Site: cross-site\r\n", "not-allowed"),
        ("Host: evil.example\r\n", "wrong-host"),
    ] {
        assert_eq!(send(&site, &format!("{own}{wrong}"), &search(None)).problem(), kind, "{wrong}");
    }
}
