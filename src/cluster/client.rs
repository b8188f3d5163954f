//! Requests to a cluster over HTTP, and their answers.
//!
//! A node that cannot be reached is left for the next one. A cluster that is busy is asked again after a while. An
//! answer that lacks a part (a shard that failed, a search that was cut off) is an error, never an answer. Nobody but the nodes of
//! the address is ever asked, so nobody else is told who asks.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;
use ureq::Agent;

use super::credentials::Credentials;
#[cfg(feature = "cluster-tls")]
use super::trust::refusal;
use crate::error::{Error, ErrorKind, Result};

/// How often a request is made at most, to a cluster that is busy.
const TRIES: u32 = 8;
/// How often each node is tried that cannot be reached.
const KNOCKS: usize = 5;
/// The wait after the first try. It doubles with each.
const WAIT: Duration = Duration::from_millis(100);
/// The longest that an answer may take.
const PATIENCE: Duration = Duration::from_secs(120);
const CONNECTING: Duration = Duration::from_secs(5);
/// The longest answer, in bytes.
const LONGEST: u64 = 512 << 20;

/// The advice for an archive that cannot be read any more.
pub(crate) const REBUILD: &str = "make it anew from the files: dateline index --rebuild FOLDER";

pub(crate) const JSON: &str = "application/json";
pub(crate) const LINES: &str = "application/x-ndjson";

/// An answer's status and what it says.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

/// The way a request is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Put,
    Post,
    Delete,
}

/// The nodes of one cluster.
#[derive(Debug)]
pub(crate) struct Client {
    nodes: Vec<String>,
    /// The node that is asked first, by its place.
    first: AtomicUsize,
    agent: Agent,
    credentials: Credentials,
    wait: Duration,
}

impl Client {
    /// A client with the credentials of the environment, if it has any.
    pub(crate) fn new(nodes: Vec<String>) -> Result<Client> {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .timeout_connect(Some(CONNECTING))
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None);
        #[cfg(feature = "cluster-tls")]
        let config = config.tls_config(super::trust::config(&nodes)?);
        let credentials = Credentials::of_environment()?;
        Ok(Client { nodes, first: AtomicUsize::new(0), agent: config.build().into(), credentials, wait: WAIT })
    }

    /// The wait after a first try that found the cluster busy.
    pub(crate) fn wait(&self) -> Duration {
        self.wait
    }

    /// The same, which waits so long after its first try.
    #[cfg(test)]
    pub(crate) fn waiting(self, wait: Duration) -> Client {
        Client { wait, ..self }
    }

    /// Makes a request, and again while the cluster is busy or a node cannot be reached. Fails if that does not pass.
    pub(crate) fn send(&self, method: Method, path: &str, kind: &str, body: &[u8]) -> Result<Answer> {
        let (mut wait, mut unreached) = (self.wait, 0);
        let (mut last, mut refused) = (None, None);
        let mut attempt = 0;
        while attempt < TRIES && unreached < KNOCKS * self.nodes.len() {
            // Another node is asked at once.
            if attempt > 0 || unreached > 0 && unreached.is_multiple_of(self.nodes.len()) {
                std::thread::sleep(wait);
                wait *= 2;
            }
            let node = &self.nodes[self.first.load(Ordering::Relaxed) % self.nodes.len()];
            match self.once(node, method, path, kind, body) {
                Ok(answer) if is_busy(answer.status) => {
                    let error = self.refusal(&answer);
                    tracing::debug!(status = answer.status, attempt, "the cluster is busy");
                    last = None;
                    attempt += 1;
                    if attempt == TRIES {
                        return Err(error);
                    }
                }
                Ok(answer) => return Ok(answer),
                Err(ureq::Error::BodyExceedsLimit(most)) => {
                    return Err(Error::new(
                        ErrorKind::Io,
                        format!("the cluster's answer is longer than the {} MB that are read at once", most >> 20),
                    )
                    .hint("the archive holds many very long documents: ask for fewer at once, with -n"));
                }
                Err(error) => {
                    self.first.fetch_add(1, Ordering::Relaxed);
                    match refusal(node, &error) {
                        Some(refusal) => {
                            unreached += KNOCKS;
                            refused = Some(refusal);
                        }
                        None => {
                            unreached += 1;
                            last = Some(error);
                        }
                    }
                }
            }
        }
        if let Some(refused) = refused {
            return Err(refused);
        }
        let error = last.map_or_else(String::new, |error| format!(": {error}"));
        Err(Error::new(ErrorKind::Io, format!("the cluster at {} does not answer{error}", self.nodes.join(", ")))
            .hint("is it running, and is this its address, with https:// if it speaks TLS and http:// if not?"))
    }

    fn once(&self, node: &str, method: Method, path: &str, kind: &str, body: &[u8]) -> Result<Answer, ureq::Error> {
        let (uri, start) = (format!("{node}/{path}"), Instant::now());
        let authorized = |name: &'static str| self.credentials.authorization().map(|value| (name, value));
        macro_rules! made {
            ($request:expr) => {{
                let request = $request.header("content-type", kind);
                match authorized("authorization") {
                    Some((name, value)) => request.header(name, value),
                    None => request,
                }
            }};
        }
        let mut response = match method {
            Method::Get => made!(self.agent.get(&uri)).call()?,
            Method::Delete => made!(self.agent.delete(&uri)).call()?,
            Method::Put => made!(self.agent.put(&uri)).send(body)?,
            Method::Post => made!(self.agent.post(&uri)).send(body)?,
        };
        let status = response.status().as_u16();
        let elsewhere = response.headers().get("location").map(|place| String::from_utf8_lossy(place.as_bytes()));
        if let Some(place) = elsewhere.filter(|_| (300..400).contains(&status)) {
            return Ok(Answer { status, body: Value::String(place.into_owned()) });
        }
        let bytes = response.body_mut().with_config().limit(LONGEST).read_to_vec()?;
        // A proxy tells what is wrong in words of its own.
        tracing::trace!(
            ?method,
            path,
            status,
            sent = body.len(),
            bytes = bytes.len(),
            millis = start.elapsed().as_millis() as u64,
            "asked the cluster"
        );
        let body = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).chars().take(200).collect()));
        Ok(Answer { status, body })
    }

    /// What an answer says is wrong.
    pub(crate) fn refusal(&self, answer: &Answer) -> Error {
        let said = told(&answer.body);
        let error =
            |kind, what: &str| Error::new(kind, format!("the cluster {what}: {said} (status {})", answer.status));
        match answer.status {
            300..=399 => error(ErrorKind::Io, "leads elsewhere")
                .hint("nobody else is told who asks: if that is the cluster, name it by that address"),
            401 => error(ErrorKind::Io, "does not know this user")
                .hint("set DATELINE_CLUSTER_USER and DATELINE_CLUSTER_PASSWORD, or DATELINE_CLUSTER_API_KEY"),
            403 => error(ErrorKind::Io, "does not let this user do that")
                .hint("which rights are needed: dateline cluster role"),
            404 if answer.body["error"]["type"] == "index_not_found_exception" => {
                error(ErrorKind::Corrupt, "lacks a part of the archive").hint(REBUILD)
            }
            429 => error(ErrorKind::Io, "is too busy").hint("try again later, or give it more memory"),
            502..=504 => error(ErrorKind::Io, "is not ready").hint("is it red? ask _cluster/health"),
            _ if answer.body.is_string() => error(ErrorKind::Io, "refuses")
                .hint("OpenSearch does not answer so: is this its address, with https:// if it speaks TLS and http:// if not?"),
            _ => error(ErrorKind::Io, "refuses"),
        }
    }

    /// Makes a request that must succeed.
    pub(crate) fn ask(&self, method: Method, path: &str, body: &Value) -> Result<Value> {
        let bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let answer = self.send(method, path, JSON, &bytes)?;
        if answer.status >= 300 {
            return Err(self.refusal(&answer));
        }
        Ok(answer.body)
    }

    /// Fails unless the cluster is of a kind whose scores and answers are known.
    pub(crate) fn must_be_known(&self) -> Result<()> {
        let version = self.ask(Method::Get, "", &Value::Null)?["version"].clone();
        let number = version["number"].as_str().unwrap_or("unknown");
        if version["distribution"] == "opensearch" && number.starts_with("2.") {
            return Ok(());
        }
        let kind = version["distribution"].as_str().unwrap_or("another engine");
        Err(Error::new(
            ErrorKind::IndexVersion,
            format!("the cluster is {kind} {number}, and only OpenSearch 2 is known"),
        )
        .hint("an archive needs a cluster of OpenSearch 2"))
    }

    /// Makes a search, whose answer must be whole.
    pub(crate) fn search(&self, index: &str, body: &Value) -> Result<Value> {
        const OPTIONS: &str = "allow_partial_search_results=false&search_type=dfs_query_then_fetch&preference=dateline";
        let answer = self.ask(Method::Post, &format!("{index}/_search?{OPTIONS}"), body)?;
        is_whole(&answer)?;
        Ok(answer)
    }

    /// Calls `each` with every hit of a search that says by what hits are ordered, `page` of them at a time.
    pub(crate) fn each_hit(
        &self,
        index: &str,
        page: usize,
        mut body: Value,
        each: &mut dyn FnMut(&Value) -> Result<()>,
    ) -> Result<()> {
        body["size"] = page.into();
        body["track_total_hits"] = false.into();
        loop {
            let answer = self.search(index, &body)?;
            let Some(hits) = answer["hits"]["hits"].as_array() else { return Err(unexpected("hits")) };
            hits.iter().try_for_each(&mut *each)?;
            match hits.last() {
                Some(last) if hits.len() == page => body["search_after"] = last["sort"].clone(),
                _ => return Ok(()),
            }
        }
    }

    /// Makes several searches at once, whose answers must all be whole.
    pub(crate) fn searches(&self, index: &str, bodies: &[Value]) -> Result<Vec<Value>> {
        if bodies.is_empty() {
            return Ok(Vec::new());
        }
        let head = serde_json::json!({
            "index": index, "search_type": "dfs_query_then_fetch", "preference": "dateline",
            "allow_partial_search_results": false,
        });
        let lines: String = bodies.iter().map(|body| format!("{head}\n{body}\n")).collect();
        let mut wait = self.wait;
        let mut answers = self.responses(&lines)?;
        // A part may find the cluster busy that took the others.
        for _ in 1..TRIES {
            if !answers.iter().any(|answer| answer["status"].as_u64().is_some_and(|status| is_busy(status as u16))) {
                break;
            }
            std::thread::sleep(wait);
            wait *= 2;
            answers = self.responses(&lines)?;
        }
        for answer in &answers {
            let status = answer["status"].as_u64().unwrap_or(0) as u16;
            if status >= 300 {
                return Err(self.refusal(&Answer { status, body: answer.clone() }));
            }
            is_whole(answer)?;
        }
        if answers.len() != bodies.len() {
            return Err(unexpected("responses"));
        }
        Ok(answers)
    }

    /// The answers to several searches, whatever they are.
    fn responses(&self, lines: &str) -> Result<Vec<Value>> {
        let mut answer = self.send(Method::Post, "_msearch", LINES, lines.as_bytes())?;
        if answer.status >= 300 {
            return Err(self.refusal(&answer));
        }
        match answer.body["responses"].take() {
            Value::Array(answers) => Ok(answers),
            _ => Err(unexpected("responses")),
        }
    }
}

/// Returns whether an answer says that the cluster is busy.
fn is_busy(status: u16) -> bool {
    matches!(status, 429 | 502 | 503 | 504)
}

/// Without TLS whatever keeps a node from being spoken to may pass.
#[cfg(not(feature = "cluster-tls"))]
fn refusal(_node: &str, _error: &ureq::Error) -> Option<Error> {
    None
}

/// Fails where an answer of a search lacks a part.
fn is_whole(answer: &Value) -> Result<()> {
    let failed = answer["_shards"]["failed"].as_u64();
    if failed != Some(0) || answer["timed_out"] != Value::Bool(false) {
        let why = told(&answer["_shards"]["failures"][0]["reason"]);
        let what = match failed {
            Some(0) => "the search was cut off".to_owned(),
            _ => format!("a part of the archive did not answer: {why}"),
        };
        return Err(
            Error::new(ErrorKind::Io, what).hint("nothing is told of a part; is the cluster red? ask _cluster/health")
        );
    }
    Ok(())
}

/// The error for an answer that is not as the cluster's documents say.
pub(crate) fn unexpected(what: &str) -> Error {
    Error::new(ErrorKind::Io, format!("the cluster's answer lacks \"{what}\""))
        .hint("is this an OpenSearch cluster of version 2?")
}

/// What an answer says of an error, on one line.
pub(crate) fn told(body: &Value) -> String {
    let error = if body["error"].is_null() { body } else { &body["error"] };
    let cause = [&error["failed_shards"][0]["reason"], &error["root_cause"][0], error];
    let reason = cause.iter().find_map(|cause| cause["reason"].as_str().or_else(|| cause.as_str()));
    let reason = reason.map_or_else(|| body.to_string(), str::to_owned);
    reason.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::cluster::fake::{Reply, cluster};
    use serde_json::json;
    #[cfg(feature = "cluster-tls")]
    use std::io::{Read, Write};
    use std::sync::Arc;

    #[test]
    fn an_answer_that_lacks_a_part_is_an_error() {
        let answer = |failed: u64, cut: bool| json!({ "timed_out": cut, "_shards": { "failed": failed, "failures": [{ "reason": { "reason": "no copy" } }] } });
        assert!(is_whole(&answer(0, false)).is_ok());
        assert!(is_whole(&answer(0, true)).is_err());
        assert!(is_whole(&answer(1, false)).is_err_and(|error| error.to_string().contains("no copy")));
        assert!(is_whole(&json!({ "hits": {} })).is_err());
    }

    #[test]
    fn only_a_cluster_whose_scores_are_known_is_asked() {
        for (distribution, number, is_known) in
            [("opensearch", "2.19.6", true), ("opensearch", "3.1.0", false), ("", "8.15.0", false)]
        {
            let version = json!({ "version": { "distribution": distribution, "number": number } }).to_string();
            let client = cluster(move |_, _| Reply::Answer(200, version.clone()));
            assert_eq!(client.must_be_known().is_ok(), is_known, "{number}");
        }
    }

    #[test]
    fn a_part_of_several_searches_that_finds_the_cluster_busy_is_asked_again() {
        let mut asked = 0;
        let client = cluster(move |_, _| {
            asked += 1;
            let whole = json!({ "status": 200, "timed_out": false, "_shards": { "failed": 0 } });
            let busy = json!({ "status": 429, "error": { "reason": "rejected" } });
            let second = if asked < 3 { busy } else { whole.clone() };
            Reply::Answer(200, json!({ "responses": [whole, second] }).to_string())
        });
        assert_eq!(client.searches("archive", &[json!({}), json!({})]).unwrap().len(), 2);
    }

    #[test]
    fn a_search_without_all_parts_of_the_archive_is_no_answer() {
        let whole = json!({ "timed_out": false, "_shards": { "failed": 0 }, "hits": {} });
        let part = json!({ "timed_out": false, "_shards": { "failed": 1 }, "hits": {} });
        let refused = json!({ "error": { "reason": "all shards failed" } });
        for (status, body, is_answered) in [(200, whole, true), (200, part, false), (503, refused, false)] {
            let client = cluster(move |_, _| Reply::Answer(status, body.to_string()));
            assert_eq!(client.search("archive", &json!({})).is_ok(), is_answered, "{status}");
        }
    }

    #[test]
    fn a_busy_cluster_is_asked_again_and_a_node_that_is_gone_is_left() {
        let mut asked = 0;
        let client = cluster(move |_, _| {
            asked += 1;
            if asked < 3 { Reply::Answer(429, "{}".to_owned()) } else { Reply::Answer(200, "{}".to_owned()) }
        });
        // Nobody listens at the first of the two.
        let nodes = [vec!["http://127.0.0.1:1".to_owned()], client.nodes.clone()].concat();
        let client = Client::new(nodes).unwrap().waiting(Duration::from_millis(1));
        assert_eq!(client.send(Method::Get, "", JSON, &[]).map(|answer| answer.status).ok(), Some(200));
    }

    #[test]
    fn what_the_cluster_refuses_is_told_with_what_to_do() {
        for (status, told, advice) in [
            (401, "does not know this user: no (status 401)", "DATELINE_CLUSTER_USER"),
            (403, "does not let this user do that: no (status 403)", "dateline cluster role"),
            (503, "is not ready: no (status 503)", "_cluster/health"),
        ] {
            let client = cluster(move |_, _| Reply::Answer(status, json!({ "error": { "reason": "no" } }).to_string()));
            let answer = client.ask(Method::Get, "", &Value::Null);
            let error = answer.expect_err("it is refused");
            assert!(error.message().ends_with(told), "{error}");
            assert!(error.advice().is_some_and(|hint| hint.contains(advice)), "{error}");
        }
    }

    #[test]
    fn where_a_node_leads_elsewhere_nobody_is_asked_there() {
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&asked);
        let other = cluster(move |_, _| {
            counted.fetch_add(1, Ordering::Relaxed);
            Reply::Answer(200, "{}".to_owned())
        });
        let place = format!("{}/archive", other.nodes[0]);
        for method in [Method::Get, Method::Put, Method::Post, Method::Delete] {
            let (told, to) = (format!("leads elsewhere: {place} (status 307)"), place.clone());
            let client = cluster(move |_, _| Reply::Moved(to.clone()));
            let error = client.ask(method, "archive", &json!({})).unwrap_err();
            assert!(error.message().ends_with(&told), "{error}");
        }
        assert_eq!(asked.load(Ordering::Relaxed), 0);
    }

    #[test]
    #[cfg(feature = "cluster-tls")]
    fn a_node_that_speaks_no_tls_is_told_at_once_unless_another_does_better() {
        let plain = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let node = format!("https://{}", plain.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in plain.incoming() {
                counted.fetch_add(1, Ordering::Relaxed);
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 4096]);
                let _ = stream.write_all(b"HTTP/1.1 400 What?\r\n\r\n");
            }
        });
        let client = Client::new(vec![node.clone(), "https://127.0.0.1:1".to_owned()]).unwrap();
        let error = client.waiting(Duration::from_millis(1)).ask(Method::Get, "", &Value::Null).unwrap_err();
        assert_eq!(error.message(), format!("the cluster at {node} does not speak TLS"));
        assert!(asked.load(Ordering::Relaxed) <= 2);
    }
}
