//! What went wrong in other programs of this kind, one test for each.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use crate::client::{Answer, Site, encoded};
use crate::support::{Archive, command, home, sample_index};

const SCRIPT: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>";

#[test]
fn a_parameter_or_a_path_is_never_markup() {
    let site = Site::sample(&[]);
    let typed = encoded(SCRIPT);
    for path in [
        format!("/?_trace={typed}"),
        format!("/search?q={typed}&from={typed}"),
        format!("/search?{typed}={typed}"),
        format!("/{typed}"),
        format!("/doc/{typed}"),
        format!("/api/v1/{typed}"),
        format!("/api/v1/search?{typed}=1"),
        format!("/api/v1/documents/{typed}"),
        format!("/problems/{typed}"),
        format!("/assets/{typed}"),
    ] {
        let answer = site.get(&path);
        let kind = answer.header("content-type");
        assert!(!answer.text().contains("<script>alert"), "{path}: {}", answer.text());
        if kind.starts_with("text/html") {
            assert!(!answer.text().contains("<img src=x"), "{path}");
        } else {
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        }
    }
}

#[test]
fn no_path_leads_to_another_server() {
    let site = Site::sample(&[]);
    for path in [
        "//evil.example",
        "//evil.example/",
        "/\\evil.example",
        "/%2F%2Fevil.example",
        "/%5Cevil.example/..",
        "//evil.example/%2e%2e",
        "/search/",
        "/?next=//evil.example",
        "/enter?code=x&next=//evil.example",
    ] {
        let answer = site.get(path);
        assert!(!(300..400).contains(&answer.status), "{path}");
        assert_eq!(answer.header("location"), "", "{path}");
    }
}

#[test]
fn no_path_leads_out_of_the_archive() {
    let site = Site::sample(&[]);
    for path in [
        "/../../etc/passwd",
        "/assets/../../../etc/passwd",
        "/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/doc/..%2f..%2fetc%2fpasswd/original",
        "/api/v1/documents/%2Fetc%2Fpasswd/original",
        "/assets//etc/passwd",
    ] {
        let answer = site.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("root:"), "{path}");
    }
}

#[test]
fn whoever_has_no_token_learns_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, "correct-horse-battery-staple\n").unwrap();
    let index = folder.path().join("index");
    let archive = Archive::new().file("a.txt", "The ferry ran.").indexed();
    std::fs::rename(archive.index(), &index).unwrap();
    let site = Site::start(&index, folder.path(), &["--token-file", token.to_str().unwrap()]);
    let ready = site.get("/readyz");
    assert_eq!((ready.status, ready.header("dateline-revision"), ready.text().as_str()), (200, "", "ready\n"));
    std::fs::rename(&index, folder.path().join("elsewhere")).unwrap();
    let unready = site.get("/readyz");
    assert_eq!((unready.status, unready.text().as_str()), (503, "not ready\n"));
    std::fs::rename(folder.path().join("elsewhere"), &index).unwrap();
    for path in [
        "/",
        "/search?q=harbour",
        "/api/v1/info",
        "/api/v1/search",
        "/openapi.json",
        "/metrics",
        "/doc/x/original",
        "/skipped",
        "/enter",
        "/enter?code=wrong",
    ] {
        let answer = site.get(path);
        assert_eq!((answer.status, answer.header("www-authenticate")), (401, "Bearer"), "{path}");
        let text = answer.text();
        assert!(!text.contains("index") && !text.contains("ferry") && !text.contains("correct-horse"), "{text}");
    }
    assert_eq!(site.get("/healthz").status, 200);
    let with = |headers: &str| site.ask("GET", "/api/v1/info", headers, b"").status;
    assert_eq!(with("Authorization: Bearer correct-horse-battery-staple\r\n"), 200);
    assert_eq!(with("Authorization: Bearer wrong-horse-battery-staple\r\n"), 401);
    assert_eq!(with("Cookie: dateline=correct-horse-battery-staple\r\n"), 401);
    assert_eq!(site.get("/api/v1/info?token=correct-horse-battery-staple").status, 401);
}

#[test]
fn the_token_stands_in_no_link_and_leaves_by_no_redirect() {
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, "correct-horse-battery-staple").unwrap();
    let site = Site::sample(&["--token-file", token.to_str().unwrap()]);
    assert!(!site.said.contains("correct-horse"), "{}", site.said);
    let path = &site.link[site.link.find("/enter").unwrap()..];
    let entered = site.get(path);
    assert_eq!((entered.status, entered.header("location")), (303, "/"));
    assert_eq!(entered.header("referrer-policy"), "no-referrer");
    let cookie = entered.header("set-cookie").to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=") && !cookie.contains("correct-horse"),
        "{cookie}"
    );
    let kept = format!("Cookie: {}\r\n", cookie.split(';').next().unwrap());
    assert_eq!(site.ask("GET", "/search?q=harbour", &kept, b"").status, 200);
    // The link was good once.
    assert_eq!(site.get(path).status, 401);
    // A person is asked for the token by a form, which leads nowhere else.
    let asked = site.ask("GET", "/doc/x", "Accept: text/html,*/*;q=0.1\r\n", b"");
    assert_eq!(asked.status, 401);
    // Else a browser would send the form with `Origin: null`, which the guard takes for another site.
    assert_eq!(asked.header("referrer-policy"), "same-origin");
    assert!(asked.text().contains("action=\"/enter\"") && !asked.text().contains("corpus"), "{}", asked.text());
    let own = format!("Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\n", site.address);
    let sent = site.ask("POST", "/enter", &own, b"token=correct-horse-battery-staple");
    assert_eq!((sent.status, sent.header("location")), (303, "/"));
    let kept = format!("Cookie: {}\r\n", sent.header("set-cookie").split(';').next().unwrap());
    assert_eq!(site.ask("GET", "/search?q=harbour", &kept, b"").status, 200);
    let wrong = site.ask("POST", "/enter", &own, b"token=wrong-horse-battery-staple");
    assert_eq!((wrong.status, wrong.header("set-cookie")), (401, ""));
    let from_elsewhere = "Origin: http://evil.example\r\n";
    assert_eq!(site.ask("POST", "/enter", from_elsewhere, b"token=correct-horse-battery-staple").status, 403);
}

#[test]
fn a_token_file_that_is_none_is_told() {
    let archive = Archive::new().file("a.txt", "The ferry ran.").indexed();
    archive.write("short", "abc\n");
    archive.run(&["serve", "--token-file", "short", "--addr", "127.0.0.1:0"]).exits(2).complains_in_one_line("token");
    archive
        .run(&["serve", "--token-file", "missing", "--addr", "127.0.0.1:0"])
        .exits(2)
        .complains_in_one_line("missing");
}

#[test]
fn others_cannot_reach_it_without_a_token() {
    let archive = Archive::new().file("a.txt", "The ferry ran.").indexed();
    for address in ["0.0.0.0:0", "[::]:0"] {
        let run = archive.run(&["serve", "--addr", address]).exits(2);
        run.complains_in_one_line("could read the archive").says("--token-file");
    }
    let site = Site::sample(&[]);
    assert!(site.address.ip().is_loopback());
}

#[test]
fn the_pages_of_an_allowed_site_read_data_and_nothing_else() {
    let site = Site::sample(&["--allow-origin", "https://Notes.example/"]);
    let from = |method: &str, path: &str, origin: &str| {
        site.ask(method, path, &format!("Origin: {origin}\r\nSec-Fetch-Site: cross-site\r\n"), b"")
    };
    let data = from("GET", "/api/v1/search?q=harbour", "https://notes.example");
    assert_eq!((data.status, data.header("access-control-allow-origin")), (200, "https://notes.example"));
    assert!(data.header("vary").contains("Origin") && data.header("access-control-allow-credentials").is_empty());
    assert_eq!(data.text(), site.get("/api/v1/search?q=harbour").text());
    let wrong = from("GET", "/api/v1/search?q=harbour&limit=x", "https://notes.example");
    assert_eq!((wrong.status, wrong.header("access-control-allow-origin")), (400, "https://notes.example"));
    let before = from("OPTIONS", "/api/v1/search", "https://notes.example");
    assert_eq!((before.status, before.header("access-control-allow-methods")), (204, "GET, HEAD, POST"));
    for (path, origin) in [
        ("/search?q=harbour", "https://notes.example"),
        ("/mcp", "https://notes.example"),
        ("/api/v1/search?q=harbour", "https://other.example"),
        ("/api/v1/search?q=harbour", "null"),
    ] {
        let refused = from("GET", path, origin);
        assert_eq!((refused.status, refused.header("access-control-allow-origin")), (403, ""), "{path} {origin}");
        assert!(!refused.text().contains("Port Maren"), "{path} {origin}");
    }
    let archive = Archive::new().file("a.txt", "The ferry ran.").indexed();
    let run = archive.run(&["serve", "--addr", "127.0.0.1:0", "--allow-origin", "*"]).exits(2);
    run.complains_in_one_line("no site").says("https://notes.example");
}

#[test]
fn another_name_for_this_machine_is_not_answered() {
    let site = Site::sample(&["--allow-host", "archive.example"]);
    let by = |host: &str| site.ask("GET", "/api/v1/search?q=harbour", &format!("Host: {host}\r\n"), b"");
    for host in [
        "evil.example",
        "evil.example:7117",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "0.0.0.0",
        "10.0.0.1",
        "archive.example.evil.example",
        "",
        "localhost\u{e9}",
    ] {
        let answer = by(host);
        assert!([400, 421].contains(&answer.status), "{host}: {}", answer.status);
        assert!(!answer.text().contains("Port Maren"), "{host}");
    }
    for host in ["localhost", "LocalHost:1", "127.0.0.1", "[::1]:9", "archive.example", "archive.example:443"] {
        assert_eq!(by(host).status, 200, "{host}");
    }
    let request = "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n";
    assert!([400, 421].contains(&site.raw(request.as_bytes(), false).status));
    let twice = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert!([400, 421].contains(&site.raw(twice.as_bytes(), false).status));
    let whole = "GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(site.raw(whole.as_bytes(), false).status, 421);
}

#[test]
fn other_sites_cannot_ask_and_their_links_to_pages_work() {
    let site = Site::sample(&[]);
    let asked = |method: &str, path: &str, headers: &str| site.ask(method, path, headers, b"").status;
    let cross = "Sec-Fetch-Site: cross-site\r\n";
    let visit = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    let frame = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n";
    assert_eq!(asked("GET", "/search?q=harbour", visit), 200);
    for (method, path, headers) in [
        ("GET", "/api/v1/search?q=harbour", cross),
        ("GET", "/api/v1/search?q=harbour", visit),
        ("GET", "/search?q=harbour", cross),
        ("GET", "/search?q=harbour", frame),
        ("POST", "/api/v1/batch", visit),
        ("POST", "/api/v1/batch", "Origin: http://evil.example\r\n"),
        ("POST", "/api/v1/batch", "Origin: null\r\n"),
        ("GET", "/api/v1/search", "Origin: http://localhost:1\r\n"),
        ("GET", "/api/v1/search", "Sec-Fetch-Site: same-site\r\n"),
    ] {
        assert_eq!(asked(method, path, headers), 403, "{method} {path} {headers}");
    }
    let own = format!("Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\n", site.address);
    assert_eq!(asked("POST", "/api/v1/batch", &own), 200);
    let preflight = site.ask(
        "OPTIONS",
        "/api/v1/search",
        "Origin: http://evil.example\r\nAccess-Control-Request-Method: GET\r\n",
        b"",
    );
    assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (405, ""));
}

#[test]
fn texts_titles_and_file_names_of_documents_run_nothing() {
    let archive = Archive::new()
        .file(&format!("{}.txt", "<img src=x onerror=alert(1)>"), format!("Title: {SCRIPT}\nSource: {SCRIPT}\nDate: 1992-02-26\n\nThe ferry ran. {SCRIPT}"))
        .file("page.html", "<!doctype html><title>&lt;script&gt;alert(1)&lt;/script&gt;</title><meta name=author content=\"&lt;script&gt;alert(1)&lt;/script&gt;\"><p>The ferry ran. &lt;script&gt;alert(1)&lt;/script&gt;</p>")
        .file("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script><text>The ferry ran.</text></svg>")
        .indexed();
    let site = Site::start(&archive.index(), archive.here(), &[]);
    let hits = site.get("/api/v1/search?q=ferry");
    assert_eq!(hits.header("content-type"), "application/json");
    let ids: Vec<String> =
        hits.json()["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect();
    assert!(ids.len() >= 2);
    let mut paths = vec![
        "/search?q=ferry".to_owned(),
        "/sources".into(),
        "/skipped".into(),
        "/dates?doubtful=1".into(),
        "/first?q=ferry".into(),
    ];
    paths.extend(ids.iter().map(|id| format!("/doc/{id}")));
    for path in paths {
        let text = site.get(&path).text();
        assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{path}");
    }
    for id in ids {
        let original = site.get(&format!("/doc/{id}/original"));
        assert_eq!(original.header("content-type"), "application/octet-stream");
        assert!(original.header("content-disposition").starts_with("attachment;"));
        assert!(!original.header("content-disposition").contains('<'));
        assert_eq!(original.header("content-security-policy"), "sandbox; default-src 'none'");
    }
}

#[test]
fn deep_nesting_and_patterns_that_explode_are_answered() {
    let site = Site::sample(&[]);
    for typed in [
        "(".repeat(8_000),
        format!("{}fire{}", "(".repeat(4_000), ")".repeat(4_000)),
        "NOT ".repeat(3_000),
        "-".repeat(8_000),
        "\"".repeat(5_001),
        "a NEAR/5 ".repeat(900),
        "/(a+)+$/".into(),
        "/((a*)*)*b/ /(x|x|x|x)*y/".into(),
        "*a*b*c*d*e*f*".into(),
        "?".repeat(200),
        "fire~9 ".repeat(500),
    ] {
        let start = Instant::now();
        let answer = site.get(&format!("/api/v1/search?q={}", typed.replace(' ', "+").replace('"', "%22")));
        assert!([200, 400].contains(&answer.status), "{}: {}", &typed[..10], answer.text());
        assert!(start.elapsed() < Duration::from_secs(50), "{}", &typed[..10]);
    }
    let nested = "[".repeat(500_000);
    for path in ["/api/v1/batch", "/api/v1/verify-quote"] {
        let answer = site.ask("POST", path, "Content-Type: application/json\r\n", nested.as_bytes());
        assert!([200, 400].contains(&answer.status), "{path}: {}", answer.text());
    }
    assert_eq!(site.get("/healthz").status, 200);
}

#[test]
fn slow_headers_and_slow_bodies_are_ended() {
    let site = Site::sample(&[]);
    let mut slow = site.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ").unwrap();
    let start = Instant::now();
    let mut last = slow.try_clone().unwrap();
    let feeder = std::thread::spawn(move || {
        // A byte now and then does not buy more time.
        while last.write_all(b"x").is_ok() && start.elapsed() < Duration::from_secs(50) {
            std::thread::sleep(Duration::from_millis(500));
        }
    });
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest);
    assert!(start.elapsed() > Duration::from_secs(5) && start.elapsed() < Duration::from_secs(40));
    feeder.join().unwrap();
    assert_eq!(site.get("/healthz").status, 200);
}

#[test]
fn no_log_holds_a_question_or_a_token() {
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, "correct-horse-battery-staple").unwrap();
    let site = Site::start(sample_index(), home(), &["-v", "--token-file", token.to_str().unwrap()]);
    let own = "Authorization: Bearer correct-horse-battery-staple\r\n";
    for path in [
        "/api/v1/search?q=zebracrossing",
        "/search?q=zebracrossing",
        "/zebracrossing",
        "/api/v1/documents/zebracrossing",
        "/api/v1/search?zebracrossing=1",
    ] {
        site.ask("GET", path, own, b"");
    }
    site.ask("POST", "/api/v1/batch", own, b"zebracrossing\n");
    #[cfg(unix)]
    {
        site.signal("TERM");
        let (code, said) = site.end();
        assert_eq!(code, Some(0));
        assert!(said.contains("answered"), "{said}");
        assert!(!said.contains("zebracrossing") && !said.contains("correct-horse"), "{said}");
    }
}

/// Every answer that tells of files.
fn answers_with_paths(site: &Site, headers: &str, id: &str) -> Vec<(String, Answer)> {
    let mut answers = Vec::new();
    for path in [
        "/api/v1/search?q=ferry&cite=plain".to_owned(),
        "/api/v1/search.csv?q=ferry".into(),
        "/api/v1/search?q=ferry&explain=1&no-collapse=1".into(),
        "/api/v1/first?q=ferry&cite=plain".into(),
        "/api/v1/compare?q=12&q=13&cite=plain".into(),
        "/api/v1/compare.csv?q=12&q=13".into(),
        "/api/v1/figures?q=sailors".into(),
        "/api/v1/dates?doubtful=1".into(),
        "/api/v1/dates?limit=9".into(),
        "/api/v1/copies".into(),
        format!("/api/v1/documents/{id}"),
        format!("/api/v1/documents/{id}/copies"),
        format!("/api/v1/documents/{id}/citation?style=bibtex"),
        "/api/v1/info".into(),
        "/api/v1/skipped".into(),
        "/search?q=ferry".into(),
        format!("/doc/{id}?q=ferry"),
        format!("/doc/{id}?cite=1"),
        "/copies".into(),
        "/dates?doubtful=1".into(),
        "/compare?q=12&q=13".into(),
        "/figures?q=sailors".into(),
        "/first?q=ferry".into(),
        "/skipped".into(),
        "/about".into(),
    ] {
        let answer = site.ask("GET", &path, headers, b"");
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answers.push((path, answer));
    }
    let quote = "He wrote: \"The ferry ran with 12 sailors all night.\"\n";
    answers.push(("verify-quote".into(), site.ask("POST", "/api/v1/verify-quote", headers, quote.as_bytes())));
    for tool in ["search", "read", "copies", "first"] {
        let arguments = match tool {
            "read" => format!("{{\"ref\": \"{id}\", \"detail\": \"full\"}}"),
            "copies" => format!("{{\"ref\": \"{id}\"}}"),
            _ => "{\"query\": \"ferry\"}".to_owned(),
        };
        let call = format!(
            "{{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \
            \"params\": {{\"name\": \"dateline_{tool}\", \"arguments\": {arguments}}}}}"
        );
        let headers =
            format!("{headers}Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n");
        answers.push((tool.to_owned(), site.ask("POST", "/mcp", &headers, call.as_bytes())));
    }
    answers
}

#[test]
fn others_are_not_told_where_on_the_disk_the_archive_lies() {
    let story =
        "By Ann Hale\n\n26 February 1992\n\nThe ferry ran with 12 sailors all night. Nobody slept in the harbour.\n";
    let archive = Archive::new()
        .file("Courier/1992/ferry.txt", story)
        .file("Herald/ferry.txt", story.replace("12", "13"))
        .file("Herald/undated.txt", "The ferry ran with 14 sailors.")
        .file("broken.zip", "PK\u{3}\u{4} no archive");
    archive.write("token", "correct-horse-battery-staple");
    archive.run(&["index", "files"]).exits(4);
    let (index, here) = (archive.index(), archive.here());
    let root = std::fs::canonicalize(here).unwrap().to_str().unwrap().to_owned();
    let started = |address: &str, args: &[&str]| {
        let mut command = command(&index, here);
        command.args(["serve", "--addr", address, "--token-file", "token"]).args(args);
        Site::with(command)
    };
    let token = "Authorization: Bearer correct-horse-battery-staple\r\n";
    let asked = |site: &Site, path: &str| site.ask("GET", path, token, b"");
    let whole = started("127.0.0.1:0", &[]);
    let hits = asked(&whole, "/api/v1/search?q=ferry&source=Courier").json();
    let (id, file) = (hits["hits"][0]["id"].as_str().unwrap(), hits["hits"][0]["file"].as_str().unwrap());
    assert_eq!(file, format!("{root}/files/Courier/1992/ferry.txt"));
    for site in [started("0.0.0.0:0", &[]), started("127.0.0.1:0", &["--public-paths"])] {
        for (path, answer) in answers_with_paths(&site, token, id) {
            let text = answer.text();
            // Where an answer names files at all, it still does.
            assert!(!text.contains(&root) && !text.contains(here.to_str().unwrap()), "{path}: {text}");
        }
        assert_eq!(asked(&site, &format!("/api/v1/documents/{id}")).json()["file"], "Courier/1992/ferry.txt");
        assert!(asked(&site, "/api/v1/skipped").text().contains("\"broken.zip\""));
        let original = asked(&site, &format!("/doc/{id}/original"));
        assert_eq!((original.status, original.text().as_str()), (200, story));
        // The evidence of a citation has the hash of the file, which is found all the same.
        let hash = |site: &Site| {
            let text = asked(site, &format!("/doc/{id}?cite=1")).text();
            let at = text.find("SHA-256").unwrap_or_else(|| panic!("{text}"));
            text[at..].chars().take(120).collect::<String>()
        };
        assert_eq!(hash(&site), hash(&whole));
        std::fs::rename(&index, here.join("elsewhere")).unwrap();
        let gone = asked(&site, "/api/v1/info");
        std::fs::rename(here.join("elsewhere"), &index).unwrap();
        assert!(gone.status == 503 && !gone.text().contains(&root), "{}", gone.text());
    }
    let told = started("0.0.0.0:0", &["--public-paths=no"]);
    assert_eq!(asked(&told, &format!("/api/v1/documents/{id}")).json()["file"], file);
}
