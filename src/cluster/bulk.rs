//! Writing many documents with few requests.

use serde_json::{Value, json};

use super::client::{Answer, Client, LINES, Method, told, unexpected};
use crate::backend::writer::{Refused, Spot};
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
    /// Where a new document comes from, which can be left out. None for a change of one that is there.
    spot: Option<Spot>,
}

impl Change {
    pub(crate) fn index(name: &str, id: &str, fields: &Value, spot: Spot) -> Change {
        let lines = format!("{}\n{fields}\n", json!({ "index": { "_id": name } })).into_bytes();
        Change { lines, id: id.to_owned(), spot: Some(spot) }
    }

    /// As [`index`](Self::index), unless there is one of this name.
    pub(crate) fn create(name: &str, id: &str, fields: &Value) -> Change {
        let lines = format!("{}\n{fields}\n", json!({ "create": { "_id": name } })).into_bytes();
        Change { lines, id: id.to_owned(), spot: None }
    }

    pub(crate) fn update(name: &str, id: &str, fields: &Value) -> Change {
        let lines = format!("{}\n{}\n", json!({ "update": { "_id": name } }), json!({ "doc": fields }));
        Change { lines: lines.into_bytes(), id: id.to_owned(), spot: None }
    }

    pub(crate) fn delete(name: &str, id: &str) -> Change {
        let lines = format!("{}\n", json!({ "delete": { "_id": name } })).into_bytes();
        Change { lines, id: id.to_owned(), spot: None }
    }
}

/// The way of changes to an alias.
pub(crate) struct Bulk<'a> {
    pub(crate) client: &'a Client,
    /// The alias by which documents are written.
    pub(crate) alias: &'a str,
    /// Fails where nothing may be written any more.
    pub(crate) may: &'a dyn Fn() -> Result<()>,
}

impl Bulk<'_> {
    /// Makes changes, each of them, as long as they may be made. Those that the cluster has no room for are sent again after a
    /// while. Returns the new documents that it refuses for what they are; fails if it refuses anything else.
    pub(crate) fn send(&self, changes: &[Change]) -> Result<Vec<Refused>> {
        let (mut rest, mut refused) = (changes, Vec::new());
        while !rest.is_empty() {
            let mut bytes = 0;
            let fits = |change: &&Change| {
                bytes += change.lines.len();
                bytes <= BYTES
            };
            let (now, later) = rest.split_at(rest.iter().take_while(fits).count().max(1));
            self.send_some(now.iter().collect(), &mut refused)?;
            rest = later;
        }
        Ok(refused)
    }

    fn send_some(&self, mut changes: Vec<&Change>, refused: &mut Vec<Refused>) -> Result<()> {
        let mut wait = self.client.wait();
        for attempt in 0..TRIES {
            if attempt > 0 {
                std::thread::sleep(wait);
                wait *= 2;
            }
            (self.may)()?;
            let body: Vec<u8> = changes.iter().flat_map(|change| change.lines.iter().copied()).collect();
            let path = format!("{}/_bulk?require_alias=true", self.alias);
            let answer = self.client.send(Method::Post, &path, LINES, &body)?;
            if answer.status == 413 {
                return self.send_parts(&changes, refused);
            }
            if answer.status >= 300 {
                return Err(self.client.refusal(&answer));
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
                    // What is to be there is.
                    409 if item.get("create").is_some() => {}
                    429 | 502 | 503 | 504 => again.push(change),
                    400 | 413 => refused.push(refusal(change, &told(done))?),
                    status => {
                        let answer = Answer { status: status as u16, body: done.clone() };
                        return Err(self.client.refusal(&answer));
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
            .hint("has it room on its disks, and memory? What was committed stays, and the next update goes on there"))
    }

    /// Makes changes that are too long for one request.
    fn send_parts(&self, changes: &[&Change], refused: &mut Vec<Refused>) -> Result<()> {
        if let [change] = changes {
            refused.push(refusal(change, "it is longer than its http.max_content_length")?);
            return Ok(());
        }
        let (first, second) = changes.split_at(changes.len() / 2);
        self.send_some(first.to_vec(), refused)?;
        self.send_some(second.to_vec(), refused)
    }
}

/// What is told of a new document that the cluster refuses. Fails for any other change.
fn refusal(Change { id, spot, .. }: &Change, why: &str) -> Result<Refused> {
    match spot {
        Some(spot) => {
            Ok(Refused { id: id.clone(), spot: spot.clone(), reason: format!("the cluster refuses it: {why}") })
        }
        None => Err(Error::new(ErrorKind::Io, format!("the cluster refuses to change document {id}: {why}"))
            .hint("nothing since the last commit is kept")),
    }
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
            .map(|number| {
                Change::index(&format!("n{number}"), &format!("n{number}"), &json!({ "x": number }), Spot::default())
            })
            .collect()
    }

    fn send(client: &Client, changes: &[Change]) -> Result<Vec<Refused>> {
        Bulk { client, alias: "archive", may: &|| Ok(()) }.send(changes)
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
        send(&client, &changes(50)).unwrap();
        let kept = kept.lock().unwrap();
        assert_eq!((kept.len(), kept.values().max()), (50, Some(&1)));
    }

    #[test]
    fn a_document_that_is_refused_is_left_out_with_its_reason_and_the_others_are_kept() {
        let kept: Arc<Mutex<Vec<String>>> = Arc::default();
        let taken = Arc::clone(&kept);
        let client = cluster(move |_, body| {
            let item = |id: String| {
                if id == "n7" {
                    return item(400, "immense term");
                }
                taken.lock().unwrap().push(id);
                item(201, "")
            };
            let items: Vec<Value> = ids(body).into_iter().map(item).collect();
            Reply::Answer(200, json!({ "errors": true, "items": items }).to_string())
        });
        let told: Vec<_> = send(&client, &changes(20)).unwrap().into_iter().map(|one| (one.id, one.reason)).collect();
        assert_eq!(told, [("n7".to_owned(), "the cluster refuses it: immense term".to_owned())]);
        assert_eq!(kept.lock().unwrap().len(), 19);
    }

    #[test]
    fn what_concerns_all_documents_ends_the_load() {
        for (status, kind) in [(403, "cluster_block_exception"), (404, "index_not_found_exception"), (500, "x")] {
            let client = cluster(move |_, body| {
                let item = json!({ "index": { "status": status, "error": { "type": kind, "reason": "no" } } });
                let items: Vec<Value> = ids(body).into_iter().map(|_| item.clone()).collect();
                Reply::Answer(200, json!({ "errors": true, "items": items }).to_string())
            });
            let error = send(&client, &changes(2)).unwrap_err();
            assert!(error.message().ends_with(&format!("no (status {status})")), "{error}");
        }
        let client = cluster(|_, _| {
            let item = json!({ "update": { "status": 400, "error": { "reason": "no" } } });
            Reply::Answer(200, json!({ "errors": true, "items": [item] }).to_string())
        });
        assert!(send(&client, &[Change::update("n", "n", &json!({}))]).is_err());
    }

    #[test]
    fn a_request_that_is_too_long_is_parted_and_a_document_that_is_too_long_is_left_out() {
        let kept: Arc<Mutex<Vec<String>>> = Arc::default();
        let taken = Arc::clone(&kept);
        let client = cluster(move |_, body| {
            if body.len() > 200 {
                return Reply::Answer(413, String::new());
            }
            let items: Vec<Value> = ids(body).iter().map(|_| item(201, "")).collect();
            taken.lock().unwrap().extend(ids(body));
            Reply::Answer(200, json!({ "errors": false, "items": items }).to_string())
        });
        let mut all = changes(20);
        all[5] = Change::index("long", "long", &json!({ "x": "m".repeat(300) }), Spot::default());
        let refused = send(&client, &all).unwrap();
        assert_eq!(refused.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["long"]);
        assert!(refused[0].reason.contains("http.max_content_length"), "{refused:?}");
        let order: Vec<String> = (0..20).filter(|at| *at != 5).map(|at| format!("n{at}")).collect();
        assert_eq!(*kept.lock().unwrap(), order);
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
        send(&client, &changes(20)).unwrap();
        assert_eq!(kept.lock().unwrap().len(), 20);
    }

    #[test]
    fn a_cluster_that_stays_busy_is_told() {
        let client = cluster(|_, body| {
            let items: Vec<Value> = ids(body).into_iter().map(|_| item(429, "rejected")).collect();
            Reply::Answer(200, json!({ "errors": true, "items": items }).to_string())
        });
        let error = send(&client, &changes(3)).unwrap_err();
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
        let changes: Vec<Change> =
            (0..3).map(|at| Change::index(&format!("n{at}"), "n", &long, Spot::default())).collect();
        let has = || match *sent.lock().unwrap() {
            0 | 1 => Ok(()),
            _ => Err(Error::new(ErrorKind::IndexBusy, "lost")),
        };
        assert!(Bulk { client: &client, alias: "archive", may: &has }.send(&changes).is_err());
        assert_eq!(*sent.lock().unwrap(), 2);
    }

    #[test]
    fn an_answer_for_fewer_documents_than_were_sent_is_an_error() {
        let client =
            cluster(|_, _| Reply::Answer(200, json!({ "errors": false, "items": [item(201, "")] }).to_string()));
        assert!(send(&client, &changes(2)).is_err());
    }
}
