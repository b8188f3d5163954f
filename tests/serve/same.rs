//! The server answers as the command does.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::client::{Site, encoded};
use crate::support::{Archive, TODAY, sample};

/// The examples of the page on the language of questions.
fn questions() -> Vec<String> {
    let questions: BTreeSet<String> = dateline::Query::SYNTAX
        .lines()
        .filter_map(|line| line.split_once(" →  ").map(|(typed, _)| typed.trim().to_owned()))
        .collect();
    assert!(questions.len() > 50);
    questions.into_iter().collect()
}

/// The body without the cursor, which names question and state over HTTP.
fn without_next(body: &str) -> String {
    body.lines().filter(|line| !line.starts_with("  \"next\": ")).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_question_of_the_language_is_answered_as_by_the_command_to_programs_and_on_the_page() {
    let site = Site::sample(&[]);
    for typed in questions() {
        let answer = site.get(&format!("/api/v1/search?q={}", encoded(&typed)));
        let told = sample(&["search", "--quiet", "--format", "json", "--", &typed]);
        assert_eq!(answer.status, 200, "{typed}");
        assert_eq!(without_next(&answer.text()), without_next(&told.out), "{typed}");
        assert_eq!(shown(&site.get(&format!("/search?q={}", encoded(&typed))).text()), listed(&told.json()), "{typed}");
    }
}

/// What a page of hits shows: how many documents there are, and the ids of its hits in their order.
fn shown(html: &str) -> (String, Vec<String>) {
    let heading = html.split_once("<h1 id=\"answer\" tabindex=\"-1\">").unwrap().1;
    let count = heading.split(['<', ',']).next().unwrap().trim().to_owned();
    let titles = html.split("<h3 ").skip(1).map(|title| title.split_once("href=\"/doc/").unwrap().1);
    (count, titles.map(|link| link.split(['?', '#', '"']).next().unwrap().to_owned()).collect())
}

/// The same of an answer of the command.
fn listed(told: &Value) -> (String, Vec<String>) {
    let count = match told["total"].as_u64().unwrap() {
        0 => "Nothing found".to_owned(),
        1 => "1 document".to_owned(),
        total => format!("{total} documents"),
    };
    (count, told["hits"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect())
}

#[test]
fn every_address_has_the_bytes_of_its_command() {
    let site = Site::sample(&[]);
    let id = sample(&["search", "--quiet", "--format", "jsonl", "harbour fire"]).column("id")[0].clone();
    let other = sample(&["search", "--quiet", "--format", "jsonl", "-n", "2", "harbour fire"]).column("id")[1].clone();
    let json = ["--quiet", "--format", "json"];
    let cases: Vec<(String, Vec<&str>)> = vec![
        (
            "search?q=harbour+fire&sort=oldest&limit=3&passages=2&context=1&explain=1".into(),
            vec!["search", "--sort", "oldest", "-n", "3", "--passages", "2", "-C", "1", "--explain", "harbour fire"],
        ),
        (
            "search?q=fire&no-collapse=1&cite=apa&from=feb+1992&to=1992-03".into(),
            vec!["search", "--no-collapse", "--cite", "apa", "--from", "feb 1992", "--to", "1992-03", "fire"],
        ),
        (
            "search?q=fire&expand=&flat=1&match=best&lang=English".into(),
            vec!["search", "--expand", "--flat", "--match", "best", "--lang", "English", "fire"],
        ),
        (
            "search?about=feb+1992&about-certain=1&certain&on=1992".into(),
            vec!["search", "--about", "feb 1992", "--about-certain", "--certain", "--on", "1992"],
        ),
        ("timeline?q=harbour&by=day&mentions=1".into(), vec!["timeline", "--by", "day", "--mentions", "harbour"]),
        ("timeline".into(), vec!["timeline"]),
        (
            "timeline?q=harbour&share=1&split=source&limit=2".into(),
            vec!["timeline", "--share", "--split", "source", "-n", "2", "harbour"],
        ),
        ("sources?q=harbour".into(), vec!["sources", "harbour"]),
        ("sources?field=desk".into(), vec!["sources", "--field", "desk"]),
        ("first?q=harbour+fire".into(), vec!["first", "harbour fire"]),
        (
            "first?q=harbour+fire&limit=2&cite=ris&expand".into(),
            vec!["first", "-n", "2", "--cite", "ris", "--expand", "harbour fire"],
        ),
        ("compare?q=83&q=71&near=boats".into(), vec!["compare", "83", "71", "--near", "boats"]),
        (
            "compare?q=83&q=71&near=boats&within=document&cite=plain&from=1992".into(),
            vec!["compare", "83", "71", "--near", "boats", "--within", "document", "--cite", "plain", "--from", "1992"],
        ),
        ("figures?q=boats".into(), vec!["figures", "boats"]),
        ("figures?q=boats&limit=2&passages=3".into(), vec!["figures", "-n", "2", "--passages", "3", "boats"]),
        ("dates".into(), vec!["dates"]),
        ("dates?doubtful=1".into(), vec!["dates", "--doubtful"]),
        (
            "dates?doubtful=conflicting,weak&rule=url&limit=5".into(),
            vec!["dates", "--doubtful=conflicting,weak", "--rule", "url", "-n", "5"],
        ),
        ("dates?undated=1".into(), vec!["dates", "--undated"]),
        ("copies?q=harbour&limit=2&offset=1".into(), vec!["copies", "-n", "2", "--offset", "1", "harbour"]),
        (format!("documents/{id}"), vec!["show", &id]),
        (format!("documents/{}", &id[..8]), vec!["show", &id]),
        ("info".into(), vec!["info"]),
    ];
    for (path, args) in cases {
        let told = sample(&[&args[..1], &json[..], &args[1..]].concat());
        let answer = site.get(&format!("/api/v1/{path}"));
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert_eq!(without_next(&answer.text()), without_next(&told.out), "{path}");
    }
    let passage = format!("{id}#1");
    for (path, shown) in [
        (format!("documents/{id}/passages/1?context=1"), vec!["show", "-C", "1", &passage]),
        (format!("documents/{}", encoded(&passage)), vec!["show", &passage]),
        (format!("diff/{id}/{other}"), vec!["diff", &id, &other]),
    ] {
        let told = sample(&[&shown[..1], &json[..], &shown[1..]].concat());
        assert_eq!(site.get(&format!("/api/v1/{path}")).text(), told.out, "{path}");
    }
    for style in dateline::CitationStyle::ALL.map(dateline::CitationStyle::name) {
        // Both of these need the words that are quoted.
        if ["annotation", "claimreview"].contains(&style) {
            continue;
        }
        let told = sample(&["cite", "--style", style, "--accessed", TODAY, &passage]);
        let path = format!("/api/v1/documents/{id}/citation?style={style}&passage=1&accessed={TODAY}");
        assert_eq!(site.get(&path).text(), told.out, "{style}");
    }
}

#[test]
fn lines_and_tables_are_those_of_the_command() {
    let site = Site::sample(&[]);
    for (path, args) in [
        ("search?q=harbour+fire", vec!["search", "harbour fire"]),
        ("figures?q=boats", vec!["figures", "boats"]),
        ("dates?doubtful", vec!["dates", "--doubtful"]),
        ("copies?q=harbour", vec!["copies", "harbour"]),
        ("skipped", vec!["skipped"]),
    ] {
        let told = sample(&[&args[..1], &["--quiet", "--format", "jsonl"], &args[1..]].concat());
        let answer = site.ask("GET", &format!("/api/v1/{path}"), "Accept: application/x-ndjson\r\n", b"");
        assert_eq!(answer.header("content-type"), "application/x-ndjson", "{path}");
        assert_eq!(answer.text(), told.out, "{path}");
    }
    for (path, args) in [
        ("search?q=harbour+fire&passages=3", vec!["search", "--passages", "3", "harbour fire"]),
        ("timeline?q=harbour&mentions=1", vec!["timeline", "--mentions", "harbour"]),
        ("sources?q=harbour", vec!["sources", "harbour"]),
        ("sources?field=desk", vec!["sources", "--field", "desk"]),
        ("figures?q=boats", vec!["figures", "boats"]),
        ("compare?q=83&q=71&near=boats", vec!["compare", "83", "71", "--near", "boats"]),
        ("dates?doubtful", vec!["dates", "--doubtful"]),
        ("dates", vec!["dates"]),
    ] {
        let told = sample(&[&args[..1], &["--quiet", "--format", "csv"], &args[1..]].concat());
        let answer = site.ask("GET", &format!("/api/v1/{path}"), "Accept: text/csv\r\n", b"");
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8", "{path}");
        assert_eq!(answer.text(), told.out, "{path}");
        let (name, query) = path.split_once('?').unwrap_or((path, ""));
        assert_eq!(site.get(&format!("/api/v1/{name}.csv?{query}")).text(), told.out, "{path}");
        // The address of the page, with the same ending.
        assert_eq!(site.get(&format!("/{name}.csv?{query}")).text(), told.out, "{path}");
    }
}

#[test]
fn lists_of_questions_and_drafts_are_answered_as_by_the_command() {
    let site = Site::sample(&[]);
    let archive = Archive::new();
    let questions = "harbour fire\nq7\tsea wall\n\nzzzzunheard\n";
    archive.write("questions.txt", questions);
    let file = archive.here().join("questions.txt");
    for (format, accept) in [("jsonl", ""), ("csv", "Accept: text/csv\r\n")] {
        let told = sample(&["batch", "--quiet", "--format", format, "--from", "1990", file.to_str().unwrap()]);
        let answer = site.ask("POST", "/api/v1/batch?from=1990", accept, questions.as_bytes());
        assert_eq!(answer.text(), told.out, "{format}");
    }
    let draft = "He wrote: \"Fire swept through the fishing harbour of Port Maren\". And: \"a thing that nobody ever wrote here\".";
    archive.write("draft.txt", draft);
    let file = archive.here().join("draft.txt");
    for (format, accept) in
        [("json", ""), ("jsonl", "Accept: application/x-ndjson\r\n"), ("csv", "Accept: text/csv\r\n")]
    {
        let told = sample(&["verify-quote", "--quiet", "--places", "2", "--format", format, file.to_str().unwrap()]);
        let answer = site.ask("POST", "/api/v1/verify-quote?places=2", accept, draft.as_bytes());
        assert_eq!(answer.text(), told.out, "{format}");
    }
}

/// An archive of many documents, and how many there are.
fn crowd() -> (Archive, usize) {
    const MANY: usize = 1_203;
    let lines: Vec<String> = (0..MANY)
        .map(|number| {
            format!(
                r#"{{"id": "r{number}", "date": "19{:02}-03-0{}", "text": "The ferry made trip {number}."}}"#,
                number % 90 + 10,
                number % 9 + 1
            )
        })
        .collect();
    (Archive::new().file("log.jsonl", lines.join("\n")).indexed(), MANY)
}

#[test]
fn a_walk_from_page_to_page_has_every_document_once_and_ends_where_the_index_changes() {
    let (archive, many) = crowd();
    let site = Site::start(&archive.index(), archive.here(), &[]);
    for sort in ["best", "newest", "oldest"] {
        let mut path = format!("/api/v1/search?q=ferry&limit=100&no-collapse=1&sort={sort}");
        let mut seen = Vec::new();
        loop {
            let answer = site.get(&path);
            let body = answer.json();
            assert_eq!(body["total"], many as u64);
            seen.extend(
                body["hits"].as_array().unwrap().iter().map(|hit| hit["record_id"].as_str().unwrap().to_owned()),
            );
            let Value::String(next) = &body["next"] else { break };
            let link = answer.header("link");
            path = link.trim_start_matches('<').split_once(">; rel=\"next\"").unwrap().0.to_owned();
            assert!(path.contains(&encoded_cursor(next)), "{path} {next}");
        }
        assert_eq!(seen.len(), many, "{sort}");
        assert_eq!(seen.into_iter().collect::<BTreeSet<_>>().len(), many, "{sort}");
    }
    let first = site.get("/api/v1/search?q=ferry&limit=5");
    let next = first.json()["next"].as_str().unwrap().to_owned();
    let follows = |query: &str| site.get(&format!("/api/v1/search?{query}&after={}", encoded(&next)));
    assert_eq!(follows("q=ferry&limit=7").status, 200);
    assert_eq!(follows("q=trip&limit=5").problem(), "stale-cursor");
    assert_eq!(follows("q=ferry&sort=oldest").problem(), "stale-cursor");
    archive.write("files/more.txt", "Another ferry.");
    archive.run(&["index", "files"]).exits(0);
    let stale = follows("q=ferry&limit=5");
    assert_eq!((stale.status, stale.problem().as_str()), (400, "stale-cursor"));
    let again = site.get("/api/v1/search?q=ferry&limit=5");
    assert_eq!(again.json()["total"], many as u64 + 1);
    assert_ne!(first.header("dateline-revision"), again.header("dateline-revision"));
}

/// A cursor as the server writes it into a link.
fn encoded_cursor(cursor: &str) -> String {
    encoded(cursor).replace("%2E", ".").replace("%2D", "-").replace("%7E", "~")
}
