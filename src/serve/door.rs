//! The door: what every request goes through, from the guard to the answer as it is sent.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use http_body_util::{BodyExt, Either, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode};
use tokio::time::timeout;

#[cfg(feature = "mcp")]
use super::agents::{self, Agents};
use super::api;
use super::entrance::{self, ENTRANCE};
use super::file::Sending;
use super::finish::{EVERY, finished};
use super::guard::{self, Guard};
use super::page;
use super::parameters::Parameters;
use super::pool::Pool;
use super::problem::Problem;
use super::reply::{Body, Content, HTML, Keep, Reply, TEXT};
use super::request::{self, weighted};
use super::routes;
use super::site::Site;

/// The most bytes of an address.
const ADDRESS: usize = 16 << 10;
/// The most bytes of a body.
const BODY: usize = 1 << 20;
/// How long a body may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(30);

/// What stands between the connections and the site.
pub(super) struct Door {
    pub(super) site: Arc<Site>,
    pub(super) guard: Guard,
    pub(super) pool: Pool,
    #[cfg(feature = "mcp")]
    pub(super) agents: Agents,
}

impl Door {
    /// The answer to a request that arrived at this address.
    pub(super) async fn answer(&self, request: Request<Incoming>, local: IpAddr) -> Response<Body> {
        let is_head = request.method() == Method::HEAD;
        let start = Instant::now();
        let is_read = joined(request.headers(), "accept").contains("text/html");
        let languages = is_read.then(|| weighted(&joined(request.headers(), "accept-language")));
        let (head, body) = request.into_parts();
        let checked = self.guard.check(&guarded(&head), local).map(|guest| guest.map(str::to_owned));
        let told = |problem: &Problem| bare(self.refused(problem, languages.as_deref()));
        let reply = match checked {
            Ok(guest) => {
                let reply = self.admitted(head, body).await.unwrap_or_else(|problem| told(&problem));
                guest.into_iter().fold(reply, readable_by)
            }
            Err(problem) => told(&problem),
        };
        // Neither the address nor any word of the question is told.
        tracing::debug!(status = reply.status, seconds = start.elapsed().as_secs_f64(), "answered");
        self.site.metrics.note(reply.status, start.elapsed());
        response(reply, is_head)
    }

    /// The answer to a request that the guard let pass.
    async fn admitted(&self, head: Parts, body: Incoming) -> Result<Reply, Problem> {
        let one = |name: &str| only(&head.headers, name);
        if head.method == Method::OPTIONS {
            return Ok(bare(preflight()));
        }
        let address = head.uri.path_and_query().map_or("", |address| address.as_str());
        if address.len() > ADDRESS {
            return Err(Problem { status: 414, ..Problem::new("too-large", "the address has more than 16 kB") });
        }
        let is_get = head.method == Method::GET;
        if let Some(reply) = at_once(head.uri.path()) {
            return Ok(bare(reply));
        }
        if let Some(access) = &self.site.access {
            let now = SystemTime::now();
            let wants_page = joined(&head.headers, "accept").contains("text/html");
            let refused = |problem: Problem| Ok(bare(entrance::refused(&problem, wants_page)));
            if head.uri.path() == ENTRANCE {
                let entered = match head.method {
                    Method::POST => entrance::by_form(access, &read(body, &head.headers).await?, now),
                    _ => entrance::by_link(access, head.uri.query().filter(|_| is_get).unwrap_or_default(), now),
                };
                return entered.map(bare).or_else(refused);
            }
            match access.check(one("authorization"), &joined(&head.headers, "cookie"), now) {
                // Whoever watches over a server has no token.
                Err(_) if head.uri.path() == "/readyz" => return self.readiness().await,
                Err(problem) => return refused(problem),
                Ok(()) => {}
            }
        }
        if head.uri.path() == "/metrics" {
            let reply = Reply::new(TEXT, self.site.metrics.to_text(self.pool.load())).keep(Keep::Never);
            return Ok(bare(reply));
        }
        let is_post = head.method == Method::POST;
        #[cfg(feature = "mcp")]
        if head.uri.path() == agents::PATH {
            if !is_post {
                return Ok(bare(routes::wrong_method("POST")));
            }
            let body = read(body, &head.headers).await?;
            return self.agents.answer(&self.pool, head, body).await.map(bare);
        }
        if is_post && !api::is_posted(head.uri.path()) {
            // Its body is not even read.
            return Ok(bare(routes::wrong_method("GET, HEAD")));
        }
        let request = request::Request {
            method: if is_post { request::Method::Post } else { request::Method::Get },
            path: head.uri.path().to_owned(),
            parameters: Parameters::parse(head.uri.query().unwrap_or_default()).on_day((self.site.clock)()),
            accept: joined(&head.headers, "accept"),
            languages: weighted(&joined(&head.headers, "accept-language")),
            known_tags: joined(&head.headers, "if-none-match"),
            takes_gzip: weighted(&joined(&head.headers, "accept-encoding")).iter().any(|way| way == "gzip"),
            body: if is_post { read(body, &head.headers).await? } else { Vec::new() },
        };
        let site = Arc::clone(&self.site);
        self.pool.ask(move || routes::answer(&site, &request)).await
    }

    /// A refusal: a page for whoever reads one in these languages. Other sites and names are told without any of ours, and a
    /// method that is taken nowhere with those that are.
    fn refused(&self, problem: &Problem, languages: Option<&[String]>) -> Reply {
        let mut reply = Reply::from(problem);
        match (problem.kind, languages) {
            ("wrong-host" | "not-allowed", _) => {}
            ("wrong-method", _) => reply = reply.header("allow", "GET, HEAD, POST"),
            (_, None) => {}
            (_, Some(languages)) => {
                let page = page::problem(problem, &Parameters::parse(""), &self.site.context(languages, ""));
                reply.content_type = HTML;
                reply.content = Content::Bytes(page.html.into());
            }
        }
        reply
    }

    /// Whether questions can be answered, for whoever has no token: not a word more.
    async fn readiness(&self) -> Result<Reply, Problem> {
        let site = Arc::clone(&self.site);
        let reply = match self.pool.ask(move || site.current.get().is_ok()).await? {
            true => Reply::new(TEXT, "ready\n"),
            false => Reply::new(TEXT, "not ready\n").status(503),
        };
        Ok(bare(reply.keep(Keep::Never)))
    }
}

/// What the guard looks at.
fn guarded(head: &Parts) -> guard::Request<'_> {
    let one = |name: &str| only(&head.headers, name);
    guard::Request {
        method: head.method.as_str(),
        path: head.uri.path(),
        host: one("host"),
        authority: head.uri.authority().map(|authority| authority.as_str()),
        origin: one("origin").or(head.headers.contains_key("origin").then_some("")),
        site: one("sec-fetch-site").or(head.headers.contains_key("sec-fetch-site").then_some("")),
        mode: one("sec-fetch-mode"),
        destination: one("sec-fetch-dest"),
    }
}

/// What the page of an allowed site may send: its browser asks before it does.
fn preflight() -> Reply {
    Reply::new(TEXT, "")
        .status(204)
        .keep(Keep::Never)
        .header("access-control-allow-methods", "GET, HEAD, POST")
        .header("access-control-allow-headers", "Authorization, Content-Type, If-None-Match")
        .header("access-control-allow-private-network", "true")
        .header("access-control-max-age", "600")
}

/// An answer that the page of another site may read. It is asked without cookies.
fn readable_by(mut reply: Reply, site: String) -> Reply {
    if let Some((_, vary)) = reply.headers.iter_mut().find(|(name, _)| *name == "vary") {
        vary.push_str(", Origin");
    }
    reply
        .header("access-control-allow-origin", site)
        .header("access-control-expose-headers", "Dateline-Revision, ETag, Link, Retry-After")
}

/// The body of a request.
async fn read(body: Incoming, headers: &HeaderMap) -> Result<Vec<u8>, Problem> {
    let too_large = || Problem::new("too-large", "the body has more than 1 MB");
    let told = only(headers, "content-length").and_then(|length| length.parse::<usize>().ok());
    if told.is_some_and(|length| length > BODY) {
        return Err(too_large());
    }
    match timeout(BODY_TIME, Limited::new(body, BODY).collect()).await {
        Ok(Ok(whole)) => Ok(whole.to_bytes().into()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large()),
        Ok(Err(_)) => Err(Problem::new("bad-request", "the body ended too early")),
        Err(_) => Err(Problem::new("too-slow", "the body did not arrive within 30 seconds")),
    }
}

/// What is answered without the index.
fn at_once(path: &str) -> Option<Reply> {
    if path == "/healthz" {
        return Some(Reply::new(TEXT, "well\n").keep(Keep::Never));
    }
    path.starts_with("/assets/").then(|| match page::asset(path) {
        Some(asset) => Reply::new(asset.content_type, asset.bytes).keep(Keep::Forever),
        None => Problem::new("no-such-page", "there is no such file").into(),
    })
}

/// The header of this name; none where there is none, or more than one.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

/// The values of all headers of this name.
fn joined(headers: &HeaderMap, name: &str) -> String {
    headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",")
}

/// An answer that is the same whatever the request takes.
fn bare(reply: Reply) -> Reply {
    let nothing = request::Request {
        method: request::Method::Get,
        path: String::new(),
        parameters: Parameters::parse(""),
        accept: String::new(),
        languages: Vec::new(),
        known_tags: String::new(),
        takes_gzip: false,
        body: Vec::new(),
    };
    finished(reply, &nothing, None)
}

/// The answer as it is sent.
fn response(reply: Reply, is_head: bool) -> Response<Body> {
    let (body, length) = match reply.content {
        Content::Bytes(bytes) => {
            let length = bytes.len() as u64;
            (Either::Left(Full::new(Bytes::from(bytes))), length)
        }
        Content::File(_, length) if is_head => (Either::Left(Full::default()), length),
        Content::File(file, length) => match Sending::start(file, length) {
            Ok(sending) => (Either::Right(sending), length),
            Err(_) => {
                let problem = Problem::new("no-such-document", "the file cannot be read");
                return response(bare(Reply::from(problem)), is_head);
            }
        },
    };
    let mut response = Response::new(if is_head { Either::Left(Full::default()) } else { body });
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    if is_head {
        headers.insert("content-length", HeaderValue::from(length));
    }
    if reply.status != 304 {
        headers.insert("content-type", HeaderValue::from_static(reply.content_type));
    }
    for (name, value) in EVERY {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    for (name, value) in reply.headers {
        // A value that is no header's is left out: all are made of checked parts.
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    response
}
