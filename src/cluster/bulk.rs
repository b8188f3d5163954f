//! Writing many documents with few requests.

use serde_json::{Value, json};

use super::client::{Client, LINES, Method, told, unexpected};
use crate::error::{Error, ErrorKind, Result};

/// The bytes of one request. A longer document goes alone.
pub(crate) const BYTES: usize = 5 << 20;
/// How often a document is sent that the cluster has no room for now.
const TRIES: u32 = 8;

/// One change, as the cluster reads it.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) lines: Vec<u8>,
    /// The id of the document, to say which it was.
    pub(crate) id: String,
}

impl Change {
    pub(crate) fn index(name: &str, id: &str, fields: &Value) -> Change {
        let lines = format!("{}\n{fields}\n", json!({ "index": { "_id": name } })).into_bytes();
        Change { lines, id: id.to_owned() }
    }

    pub(crate) fn update(name: &str, id: &str, fields: &Value) -> Change {
        let lines = format!("{}\n{}\n", json!({ "update": { "_id": name } }), json!({ "doc": fields }));
        Change { lines: lines.into_bytes(), id: id.to_owned() }
    }

    pub(crate) fn delete(name: &str, id: &str) -> Change {
        Change { lines: format!("{}\n", json!({ "delete": { "_id": name } })).into_bytes(), id: id.to_owned() }
    }
}

/// Makes changes, each of them, as long as they may be made. Those that the cluster has no room for are sent again after a
/// while. Fails if one is refused.
pub(crate) fn send(client: &Client, index: &str, may: &dyn Fn() -> Result<()>, changes: &[Change]) -> Result<()> {
    let mut rest = changes;
    while !rest.is_empty() {
        let mut bytes = 0;
        let fits = |change: &&Change| {
            bytes += change.lines.len();
            bytes <= BYTES
        };
        let (now, later) = rest.split_at(rest.iter().take_while(fits).count().max(1));
        send_some(client, index, may, now.iter().collect())?;
        rest = later;
    }
    Ok(())
}

fn send_some(client: &Client, index: &str, may: &dyn Fn() -> Result<()>, mut changes: Vec<&Change>) -> Result<()> {
    let mut wait = client.wait();
    for attempt in 0..TRIES {
        if attempt > 0 {
            std::thread::sleep(wait);
            wait *= 2;
        }
        may()?;
        let body: Vec<u8> = changes.iter().flat_map(|change| change.lines.iter().copied()).collect();
        let answer = client.send(Method::Post, &format!("{index}/_bulk"), LINES, &body)?;
        if answer.status == 413 {
            let id = changes.first().map_or("", |change| change.id.as_str());
            return Err(Error::new(ErrorKind::Io, format!("the cluster takes no document as long as {id}"))
                .hint("raise its setting http.max_content_length"));
        }
        if answer.status >= 300 {
            return Err(client.refusal(&answer));
        }
        let items = answer.body["items"].as_array().filter(|items| items.len() == changes.len());
        let items = items.ok_or_else(|| unexpected("items"))?;
        let mut again = Vec::new();
        for (change, item) in changes.into_iter().zip(items) {
            let done = item.as_object().and_then(|item| item.values().next()).ok_or_else(|| unexpected("items"))?;
            match done["status"].as_u64().unwrap_or_default() {
                200..=299 => {}
                // What is to go may be gone.
                404 if item.get("delete").is_some() && done["error"].is_null() => {}
                429 | 502 | 503 | 504 => again.push(change),
                status => {
                    let why = told(done);
                    return Err(Error::new(
                        ErrorKind::Io,
                        format!("the cluster refuses document {}: {why} (status {status})", change.id),
                    )
                    .hint("nothing since the last commit is kept; has the cluster room on its disks?"));
                }
            }
        }
        if again.is_empty() {
            return Ok(());
        }
        tracing::debug!(documents = again.len(), attempt, "the cluster has no room for some documents yet");
        changes = again;
    }
    Err(Error::new(ErrorKind::Io, format!("the cluster stays too busy to take {} documents", changes.len()))
        .hint("try again later, or give it more memory: what was committed stays, and the next update goes on there"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeMap;
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::cluster::fake::{Reply, cluster};

    /// The ids of the documents that a request asks to keep.
    fn ids(body: &str) -> Vec<String> {
        let action = |line: &str| serde_json::from_str::<Value>(line).ok()?["index"]["_id"].as_str().map(str::to_owned);
        body.lines().filter_map(action).collect()
    }

    fn changes(count: usize) -> Vec<Change> {
        (0..count)
            .map(|number| Change::index(&format!("n{number}"), &format!("n{number}"), &json!({ "x": number })))
            .collect()
    }

    fn item(status: u16, why: &str) -> Value {
        let error = if status < 300 { Value::Null } else { json!({ "type": "x", "reason": why }) };
        json!({ "index": { "status": status, "error": error } })
    }

    #[test]
    fn what_the_cluster_has_no_room_for_is_sent_until_it_has() {
        let kept: Arc<Mutex<BTreeMap<String, usize>>> = Arc::default();
        let (taken, mut met) = (Arc::clone(&kept), 0);
        let client = cluster(move |_, body| {
            let items = ids(body).into_iter().map(|id| {
                met += 1;
                if met % 3 == 0 {
                    return item(429, "rejected");
                }
                *taken.lock().unwrap().entry(id).or_default() += 1;
                item(201, "")
            });
            Reply::Answer(200, json!({ "errors": true, "items": items.collect::<Vec<_>>() }).to_string())
        });
        send(&client, "archive", &|| Ok(()), &changes(50)).unwrap();
        let kept = kept.lock().unwrap();
        assert_eq!((kept.len(), kept.values().max()), (50, Some(&1)));
    }

    #[test]
    fn a_document_that_is_refused_is_told_with_its_reason() {
        let client = cluster(|_, body| {
            let items =
                ids(body).into_iter().map(|id| if id == "n7" { item(400, "immense term") } else { item(201, "") });
            Reply::Answer(200, json!({ "errors": true, "items": items.collect::<Vec<_>>() }).to_string())
        });
        let error = send(&client, "archive", &|| Ok(()), &changes(20)).unwrap_err();
        assert_eq!(error.message(), "the cluster refuses document n7: immense term (status 400)");
    }

    #[test]
    fn a_cut_connection_loses_nothing_and_doubles_nothing() {
        let kept: Arc<Mutex<BTreeMap<String, usize>>> = Arc::default();
        let (taken, mut asked) = (Arc::clone(&kept), 0);
        let client = cluster(move |_, body| {
            asked += 1;
            // The first request is kept, but its answer never comes.
            ids(body).into_iter().for_each(|id| *taken.lock().unwrap().entry(id).or_default() = 1);
            if asked == 1 {
                return Reply::Cut;
            }
            let items: Vec<Value> = ids(body).into_iter().map(|_| item(200, "")).collect();
            Reply::Answer(200, json!({ "errors": false, "items": items }).to_string())
        });
        send(&client, "archive", &|| Ok(()), &changes(20)).unwrap();
        assert_eq!(kept.lock().unwrap().len(), 20);
    }

    #[test]
    fn a_cluster_that_stays_busy_is_told() {
        let client = cluster(|_, body| {
            let items: Vec<Value> = ids(body).into_iter().map(|_| item(429, "rejected")).collect();
            Reply::Answer(200, json!({ "errors": true, "items": items }).to_string())
        });
        let error = send(&client, "archive", &|| Ok(()), &changes(3)).unwrap_err();
        assert!(error.message().contains("too busy to take 3 documents"), "{error}");
    }

    #[test]
    fn nothing_more_is_sent_by_who_has_lost_the_right_to_write() {
        let sent: Arc<Mutex<usize>> = Arc::default();
        let counted = Arc::clone(&sent);
        let client = cluster(move |_, body| {
            *counted.lock().unwrap() += 1;
            let items: Vec<Value> = ids(body).into_iter().map(|_| item(200, "")).collect();
            Reply::Answer(200, json!({ "errors": false, "items": items }).to_string())
        });
        let long = json!({ "x": "m".repeat(BYTES) });
        let changes: Vec<Change> = (0..3).map(|at| Change::index(&format!("n{at}"), "n", &long)).collect();
        let has = || match *sent.lock().unwrap() {
            0 | 1 => Ok(()),
            _ => Err(Error::new(ErrorKind::IndexBusy, "lost")),
        };
        assert!(send(&client, "archive", &has, &changes).is_err());
        assert_eq!(*sent.lock().unwrap(), 2);
    }

    #[test]
    fn an_answer_for_fewer_documents_than_were_sent_is_an_error() {
        let client =
            cluster(|_, _| Reply::Answer(200, json!({ "errors": false, "items": [item(201, "")] }).to_string()));
        assert!(send(&client, "archive", &|| Ok(()), &changes(2)).is_err());
    }
}
