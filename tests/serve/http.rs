//! HTTP itself: forms of requests, limits, slow and broken clients, and how the server ends.

use std::io::{Read, Write};
use std::thread;
use std::time::Duration;

use crate::client::{Site, break_format, encoded};
use crate::support::{Archive, sample};

#[test]
fn heads_tags_and_packing_are_those_of_the_answer() {
    let site = Site::sample(&[]);
    let path = "/api/v1/search?q=harbour+fire";
    let whole = site.get(path);
    let head = site.ask("HEAD", path, "", b"");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), whole.body.len().to_string());
    let tag = whole.header("etag").to_owned();
    assert!(tag.starts_with("W/\"") && tag.contains(whole.header("dateline-revision")), "{tag}");
    let known = site.ask("GET", path, &format!("If-None-Match: {tag}\r\n"), b"");
    assert_eq!((known.status, known.body.len(), known.header("etag")), (304, 0, tag.as_str()));
    let other = site.ask("GET", "/api/v1/search?q=harbour", &format!("If-None-Match: {tag}\r\n"), b"");
    assert_eq!(other.status, 200);
    let packed = site.ask("GET", path, "Accept-Encoding: br, gzip\r\n", b"");
    assert_eq!(packed.header("content-encoding"), "gzip");
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(packed.body.as_slice()).read_to_end(&mut text).unwrap();
    assert!(text == whole.body && packed.body.len() < whole.body.len());
    assert_eq!(packed.header("etag"), tag);
    assert_eq!(site.ask("GET", path, "Accept-Encoding: gzip;q=0\r\n", b"").header("content-encoding"), "");
}

#[test]
fn questions_are_decoded_whatever_is_in_them() {
    let site = Site::sample(&[]);
    let same = ["q=harbour+fire", "q=harbour%20fire", "%71=harbour%20%66ire", "q=harbour+fire&from=&source="];
    let bodies: Vec<Vec<u8>> = same.iter().map(|query| site.get(&format!("/api/v1/search?{query}")).body).collect();
    assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]));
    for query in
        ["q=%00", "q=%FF%FE", "q=%", "q=%zz", "q=a%0Ab%0D%0Ac", "&&&", "=", "q", "q=%F0%9F%94%A5", "q=%E2%80%AE"]
    {
        let answer = site.get(&format!("/api/v1/search?{query}"));
        assert!([200, 400].contains(&answer.status), "{query}: {}", answer.text());
        answer.json();
    }
    let long = format!("/api/v1/search?q={}", "harbour+".repeat(2_000));
    assert_eq!(site.get(&long[..16_000]).status, 200);
}

#[test]
fn each_kind_of_problem_says_what_and_has_a_page() {
    let site = Site::sample(&["--no-originals"]);
    let hit = sample(&["search", "--quiet", "--format", "jsonl", "harbour fire"]);
    let id = &hit.column("id")[0];
    for (method, path, status, kind) in [
        ("GET", "/api/v1/search?form=1992", 400, "unknown-parameter"),
        ("GET", "/api/v1/search?from=31.2.1992", 400, "bad-date"),
        ("GET", "/api/v1/search?q=a&q=b", 400, "bad-parameter"),
        ("GET", "/api/v1/search?limit=many", 400, "bad-parameter"),
        ("GET", "/api/v1/search?after=t.10", 400, "stale-cursor"),
        ("GET", "/api/v1/compare?q=83", 400, "bad-parameter"),
        ("GET", "/api/v1/dates?doubtful=perhaps", 400, "bad-parameter"),
        ("GET", "/api/v1/documents/ffffffffffffffff", 404, "no-such-document"),
        ("GET", "/api/v1/documents/..%2F..%2Fetc%2Fpasswd", 404, "no-such-document"),
        ("GET", "/api/v1/nothing", 404, "no-such-page"),
        ("GET", "/api/v2/search", 404, "no-such-page"),
        ("GET", "/assets/nothing.css", 404, "no-such-page"),
        ("GET", "/api/v1/batch", 405, "wrong-method"),
        ("POST", "/api/v1/search?q=fire", 405, "wrong-method"),
        ("POST", "/search?q=fire", 405, "wrong-method"),
        ("DELETE", "/api/v1/search", 405, "wrong-method"),
        ("GET", "/api/v1/info.csv", 406, "not-acceptable"),
        ("GET", &format!("/api/v1/documents/{id}/original"), 403, "not-allowed"),
        ("GET", &format!("/api/v1/documents/{id}/passages/999"), 404, "no-such-document"),
    ] {
        let answer = site.ask(method, path, "", b"");
        assert_eq!((answer.status, answer.problem().as_str()), (status, kind), "{method} {path}: {}", answer.text());
        assert_eq!(site.get(&format!("/problems/{kind}")).status, 200);
        if status == 405 {
            assert!(!answer.header("allow").is_empty(), "{method} {path}");
        }
    }
    let named = site.get("/api/v1/search?form=1992").json();
    assert_eq!(named["errors"][0]["parameter"], "form");
    assert_eq!(named["errors"][0]["hint"], "did you mean from?");
    assert_eq!(site.get("/problems/nothing").problem(), "no-such-page");
}

#[test]
fn a_beginning_of_several_ids_is_answered_with_them() {
    let lines: Vec<String> = (0..40).map(|number| format!(r#"{{"text": "The ferry made trip {number}."}}"#)).collect();
    let archive = Archive::new().file("log.jsonl", lines.join("\n"));
    archive.write("files/a.jsonl", lines.join("\n").replace("ferry", "barge"));
    let archive = archive.indexed();
    let site = Site::start(&archive.index(), archive.here(), &[]);
    let records =
        [r#"{"id": "twice", "text": "One ferry."}"#, r#"{"id": "twice", "text": "Another ferry."}"#].join("\n");
    archive.write("files/twice.jsonl", records);
    archive.run(&["index", "files"]).exits(0);
    let answer = site.get("/api/v1/documents/twice");
    assert_eq!((answer.status, answer.problem().as_str()), (409, "ambiguous-id"));
    let ids: Vec<String> =
        answer.json()["candidates"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 2);
    for id in ids {
        assert_eq!(site.get(&format!("/api/v1/documents/{id}")).json()["record_id"], "twice");
    }
}

#[test]
fn what_is_too_large_is_refused_and_the_next_request_answered() {
    let site = Site::sample(&[]);
    let long = format!("/api/v1/search?q={}", "x".repeat(17 << 10));
    assert_eq!((site.get(&long).status, site.get(&long).problem().as_str()), (414, "too-large"));
    let huge = format!("/search?q={}", "x".repeat(200 << 10));
    assert!([414, 431].contains(&site.get(&huge).status));
    let headers = format!("X-Long: {}\r\n", "x".repeat(100 << 10));
    assert_eq!(site.ask("GET", "/", &headers, b"").status, 431);
    let many: String = (0..500).map(|number| format!("X-{number}: 1\r\n")).collect();
    assert_eq!(site.ask("GET", "/", &many, b"").status, 431);
    let body = vec![b'x'; (1 << 20) + 1];
    let answer = site.ask("POST", "/api/v1/batch", "", &body);
    assert_eq!((answer.status, answer.problem().as_str()), (413, "too-large"));
    let questions = "fire\n".repeat(1001);
    let answer = site.ask("POST", "/api/v1/batch", "", questions.as_bytes());
    assert_eq!((answer.status, answer.problem().as_str()), (413, "too-large"));
    // A body without telling its length.
    let head = format!("POST /api/v1/batch HTTP/1.1\r\nHost: {}\r\nTransfer-Encoding: chunked\r\n\r\n", site.address);
    let chunk = format!("{:x}\r\n", body.len());
    let request = [head.as_bytes(), chunk.as_bytes(), &body, b"\r\n0\r\n\r\n"].concat();
    assert_eq!(site.raw(&request, false).status, 413);
    assert_eq!(site.get("/api/v1/search?q=harbour").status, 200);
}

#[test]
fn broken_and_idle_clients_disturb_nobody() {
    let site = Site::sample(&[]);
    for junk in [
        "\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost\r\n\r\n",
        "\u{16}\u{3}\u{1}",
    ] {
        let mut stream = site.connect();
        stream.write_all(junk.as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{junk:?}: {answer}");
    }
    // A body that is cut off, an answer that is not taken, and many that say nothing.
    let mut cut = site.connect();
    write!(cut, "POST /api/v1/batch HTTP/1.1\r\nHost: {}\r\nContent-Length: 100\r\n\r\nharbour", site.address).unwrap();
    drop(cut);
    let mut untaken = site.connect();
    write!(untaken, "GET /api/v1/search?limit=200 HTTP/1.1\r\nHost: {}\r\n\r\n", site.address).unwrap();
    let idle: Vec<_> = (0..200).map(|_| site.connect()).collect();
    assert_eq!(site.get("/api/v1/search?q=harbour").status, 200);
    drop((untaken, idle));
    assert_eq!(site.get("/healthz").status, 200);
}

#[test]
fn many_at_once_get_the_same_answer_or_an_honest_refusal() {
    let site = Site::sample(&[]);
    let alone = site.get("/api/v1/search?q=harbour+fire&limit=50").body;
    let (mut answered, mut refused) = (0, 0);
    thread::scope(|scope| {
        let asked: Vec<_> =
            (0..64).map(|_| scope.spawn(|| site.get("/api/v1/search?q=harbour+fire&limit=50"))).collect();
        for answer in asked {
            let answer = answer.join().unwrap();
            match answer.status {
                200 => {
                    assert_eq!(answer.body, alone);
                    answered += 1;
                }
                _ => {
                    assert_eq!(
                        (answer.status, answer.problem().as_str(), answer.header("retry-after")),
                        (503, "busy", "1")
                    );
                    refused += 1;
                }
            }
        }
    });
    assert!(answered > 0 && answered + refused == 64, "{answered} {refused}");
    let metrics = site.get("/metrics").text();
    assert!(metrics.contains(&format!("dateline_answers_total{{status=\"5xx\"}} {refused}\n")), "{metrics}");
    assert!(!metrics.contains("harbour"));
}

#[test]
fn one_connection_serves_several_requests_in_order() {
    let site = Site::sample(&[]);
    let mut stream = site.connect();
    let one = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", site.address);
    let last = format!("GET /healthz HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", site.address);
    stream.write_all((one("/healthz") + &one("/api/v1/info") + &last).as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 3);
    assert!(text.find("well").unwrap() < text.find("\"documents\"").unwrap());
}

#[test]
fn originals_are_downloads_of_the_very_bytes() {
    let html = "<!doctype html><title>Notice</title><script>alert(1)</script><p>The ferry ran on 26 February 1992.</p>";
    let archive = Archive::new().file("no\"tice <b>.html", html).indexed();
    let id = archive.run(&["search", "--format", "jsonl", "ferry"]).exits(0).column("id")[0].clone();
    let site = Site::start(&archive.index(), archive.here(), &[]);
    for path in [format!("/api/v1/documents/{id}/original"), format!("/doc/{id}/original")] {
        let answer = site.get(&path);
        assert_eq!((answer.status, answer.text().as_str()), (200, html));
        assert_eq!(answer.header("content-type"), "application/octet-stream");
        assert_eq!(answer.header("content-security-policy"), "sandbox; default-src 'none'");
        let disposition = answer.header("content-disposition");
        assert!(disposition.starts_with("attachment; filename=\"no_tice _b_.html\""), "{disposition}");
        assert_eq!(site.ask("HEAD", &path, "", b"").header("content-length"), html.len().to_string());
    }
    archive.remove("files/no\"tice <b>.html");
    assert_eq!(site.get(&format!("/api/v1/documents/{id}/original")).problem(), "no-such-document");
    // What a link leads to is not what was read.
    #[cfg(unix)]
    {
        archive.write("secret", "a secret");
        std::os::unix::fs::symlink(archive.here().join("secret"), archive.here().join("files/no\"tice <b>.html"))
            .unwrap();
        assert_eq!(site.get(&format!("/api/v1/documents/{id}/original")).problem(), "no-such-document");
    }
}

#[test]
fn an_index_that_goes_and_comes_back_is_told() {
    let archive = Archive::new().file("a.txt", "The ferry ran.").indexed();
    let site = Site::start(&archive.index(), archive.here(), &[]);
    assert_eq!(site.get("/readyz").status, 200);
    archive.rename("index", "elsewhere");
    let answer = site.get("/api/v1/search?q=ferry");
    assert_eq!((answer.status, answer.problem().as_str()), (503, "no-index"));
    assert_eq!(
        (site.get("/readyz").status, site.get("/search?q=ferry").status, site.get("/healthz").status),
        (503, 503, 200)
    );
    archive.rename("elsewhere", "index");
    assert_eq!(site.get("/api/v1/search?q=ferry").status, 200);
    archive.run(&["index", "--rebuild", "files"]).exits(0);
    assert_eq!(site.get("/api/v1/search?q=ferry").json()["total"], 1);
}

#[test]
fn an_index_of_another_format_is_told_on_the_page_with_the_command_that_makes_it_anew() {
    let archive = Archive::new().file("a.txt", "The ferry ran.").indexed();
    break_format(&archive.index());
    let site = Site::start(&archive.index(), archive.here(), &[]);
    assert!(site.said.contains("this index has format 99"), "{}", site.said);
    let page = site.get("/search?q=ferry");
    let command = format!("dateline verify --repair --index {}", archive.index().display());
    assert!(page.status == 503 && page.text().contains(&command), "{}", page.text());
    assert_eq!(site.get("/api/v1/search?q=ferry").problem(), "index-changed");
    // The server looks on; the command does it, and the next question is answered.
    archive.run(&["verify", "--repair"]).exits(0);
    assert_eq!(site.get("/api/v1/search?q=ferry").json()["total"], 1);
    assert_eq!(site.get("/search?q=ferry").status, 200);
}

#[test]
fn an_index_that_cannot_be_served_and_a_port_that_is_taken_are_told_at_once() {
    let archive = Archive::new();
    archive.run(&["serve"]).exits(3).complains_in_one_line("index");
    let site = Site::sample(&[]);
    let taken = site.address.to_string();
    let archive = archive.file("a.txt", "The ferry ran.").indexed();
    archive.run(&["serve", "--addr", &taken]).exits(2).complains_in_one_line(&format!("cannot listen at {taken}"));
    #[cfg(target_os = "linux")]
    archive.run(&["serve", "--addr", &taken]).says(&format!("dateline (process {}) listens there", site.child.id()));
    archive.run(&["serve", "--addr", "nonsense"]).exits(2);
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_after_what_is_under_way_and_not_for_what_is_slow() {
    for signal in ["INT", "TERM"] {
        let site = Site::sample(&[]);
        let idle: Vec<_> = (0..5).map(|_| site.connect()).collect();
        let mut slow = site.connect();
        slow.write_all(b"GET / HTTP/1.1\r\nHos").unwrap();
        let mut asked = site.connect();
        write!(asked, "GET /api/v1/search?limit=500&no-collapse=1 HTTP/1.1\r\nHost: {}\r\n\r\n", site.address).unwrap();
        thread::sleep(Duration::from_millis(200));
        site.signal(signal);
        let mut text = String::new();
        asked.read_to_string(&mut text).unwrap();
        assert!(text.starts_with("HTTP/1.1 200 OK") && text.trim_end().ends_with('}'), "{signal}");
        let (code, said) = site.end();
        assert_eq!(code, Some(0), "{signal}: {said}");
        drop((idle, slow));
    }
}

#[test]
fn pages_carry_the_headers_that_keep_them_apart() {
    let site = Site::sample(&[]);
    for path in ["/", "/search?q=harbour", "/nothing", "/api/v1/info", "/openapi.json", "/healthz"] {
        let answer = site.get(path);
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
    assert_eq!(site.get("/search?q=harbour").header("cache-control"), "private, no-cache");
    assert!(site.get(&format!("/search?q={}", encoded("harbour fire"))).text().contains("harbour fire"));
}
