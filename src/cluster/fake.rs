//! A cluster of one thread that answers as a test says, or keeps what is written by its name and finds nothing.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use super::client::Client;
use super::mapping::length;
use crate::backend::definition::statistics::FIELDS;

/// What is answered to a request.
pub(crate) enum Reply {
    Answer(u16, String),
    /// What is asked for is said to be at another address.
    Moved(String),
    /// The connection is cut, whatever came of the request.
    Cut,
}

/// A client of a cluster that answers each request (its first line and its body) as `answer` says, as long as the test runs.
pub(crate) fn cluster(answer: impl FnMut(&str, &str) -> Reply + Send + 'static) -> Client {
    Client::new(vec![node(answer)]).unwrap().waiting(Duration::from_millis(1))
}

/// What a cluster keeps.
#[derive(Default)]
pub(crate) struct Kept {
    /// What was written by its name, with the number of its writing.
    by_name: BTreeMap<String, (u64, Value)>,
    /// The index that the archive's alias names.
    pub(crate) read: Option<String>,
    /// The ids of the documents in the order of writing.
    pub(crate) documents: Vec<String>,
}

/// The address of a cluster that keeps one archive, which is written to and whose documents are never found. It refuses those
/// of whose lines `refuses` says so.
pub(crate) fn keeping(refuses: fn(&str) -> bool) -> (String, Arc<Mutex<Kept>>) {
    let kept: Arc<Mutex<Kept>> = Arc::default();
    let keeper = Arc::clone(&kept);
    let node = node(move |line, body| {
        let (status, answer) = keeper.lock().unwrap().answer(line, body, refuses);
        Reply::Answer(status, answer.to_string())
    });
    (node, kept)
}

impl Kept {
    fn answer(&mut self, line: &str, body: &str, refuses: fn(&str) -> bool) -> (u16, Value) {
        let mut words = line.split(' ');
        let (method, target) = (words.next().unwrap(), words.next().unwrap().trim_start_matches('/'));
        let path = target.split('?').next().unwrap();
        let value = || serde_json::from_str::<Value>(body).unwrap();
        match (method, path.split_once('/')) {
            ("GET", None) => (200, json!({ "version": { "distribution": "opensearch", "number": "2.19.6" } })),
            ("POST", None) => {
                let add = value()["actions"].as_array().unwrap().last().unwrap()["add"].clone();
                if !add["alias"].as_str().unwrap().contains('.') {
                    self.read = add["index"].as_str().map(str::to_owned);
                }
                (200, json!({ "acknowledged": true }))
            }
            ("PUT", Some((_, name))) if name.starts_with("_doc/") => {
                let after = target.split_once("if_seq_no=").and_then(|(_, rest)| rest.split('&').next());
                let now = self.by_name.get(path).map(|(number, _)| number.to_string());
                if after.is_some_and(|after| now.as_deref() != Some(after)) {
                    return (409, json!({ "error": { "reason": "another version is there" } }));
                }
                let number = self.by_name.values().map(|(number, _)| *number).max().unwrap_or_default() + 1;
                self.by_name.insert(path.to_owned(), (number, value()));
                (201, json!({ "_seq_no": number, "_primary_term": 1 }))
            }
            ("GET", Some((index, name))) if name.starts_with("_doc/") => {
                let index = match &self.read {
                    Some(read) if !index.contains('.') => read,
                    _ => index,
                };
                let found = self.by_name.get(&format!("{index}/{name}"));
                let told = |(number, source): &(u64, Value)| json!({ "_index": index, "_seq_no": number, "_primary_term": 1, "_source": source });
                found.map_or((404, json!({ "found": false })), |found| (200, told(found)))
            }
            ("DELETE", _) => {
                self.by_name.remove(path);
                (200, json!({}))
            }
            (_, Some((_, "_bulk"))) => {
                let lines: Vec<&str> = body.lines().collect();
                let is_kept = |two: &&[&str]| two[0].starts_with("{\"index\"") || two[0].starts_with("{\"create\"");
                let items = lines.chunks(2).filter(is_kept).map(|two| {
                    if two[0].starts_with("{\"create\"") {
                        return json!({ "create": { "status": 201 } });
                    }
                    if refuses(two[1]) {
                        return json!({ "index": { "status": 400, "error": { "reason": "it is too odd" } } });
                    }
                    let id = serde_json::from_str::<Value>(two[1]).unwrap()["id"].clone();
                    self.documents.push(id.as_str().unwrap().to_owned());
                    json!({ "index": { "status": 201 } })
                });
                (200, json!({ "items": items.collect::<Vec<_>>() }))
            }
            (_, Some((_, "_search" | "_refresh"))) => {
                let hits = json!({ "total": { "value": 0, "relation": "eq" }, "hits": [] });
                let mut counts = json!({ "languages": { "buckets": [] } });
                for text in FIELDS {
                    counts[length(text)] = json!({ "value": 0.0 });
                }
                (200, json!({ "timed_out": false, "_shards": { "failed": 0 }, "hits": hits, "aggregations": counts }))
            }
            _ => (200, json!({})),
        }
    }
}

/// The address of a node that answers each request as `answer` says.
fn node(mut answer: impl FnMut(&str, &str) -> Reply + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let node = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let Some((line, body)) = request(&mut stream) else { continue };
            let (status, head, body) = match answer(&line, &body) {
                Reply::Answer(status, body) => (status, String::new(), body),
                Reply::Moved(place) => (307, format!("location: {place}\r\n"), String::new()),
                Reply::Cut => continue,
            };
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 {status} x\r\n{head}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
        }
    });
    node
}

fn request(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut bytes = Vec::new();
    let mut some = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.to_lowercase().lines().find_map(|line| {
                line.strip_prefix("content-length:").and_then(|length| length.trim().parse::<usize>().ok())
            });
            if body.len() >= length.unwrap_or_default() {
                return Some((head.lines().next()?.to_owned(), body.to_owned()));
            }
        }
        match stream.read(&mut some).ok()? {
            0 => return None,
            read => bytes.extend(&some[..read]),
        }
    }
}
