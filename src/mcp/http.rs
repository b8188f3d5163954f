//! Messages over HTTP: one request, one answer, and no session to lose.
//!
//! Host and Origin are not looked at here: the server that this stands in has its guard, which no message passes by.

use std::sync::Arc;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::http::request::Parts;
use hyper::{Request, StatusCode, header};
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::Value;

use super::message;
use super::server::Server;

/// Answers messages that come by HTTP, of both versions in use.
pub(crate) struct Endpoint(StreamableHttpService<Server, NeverSessionManager>);

/// The answer to a message.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// Whether the body is JSON; it is plain text otherwise, or nothing.
    pub(crate) is_json: bool,
    pub(crate) body: Vec<u8>,
}

impl Endpoint {
    pub(crate) fn new(server: Server) -> Endpoint {
        // Without sessions every request is whole, also of the version that had them; the tools never send a message
        // before their answer, so that is all of the body.
        let config = StreamableHttpServerConfig::default().with_legacy_session_mode(false).with_json_response(true);
        let config = config.disable_allowed_hosts().disable_allowed_origins();
        let copy = move || Ok(server.clone());
        Endpoint(StreamableHttpService::new(copy, Arc::new(NeverSessionManager::default()), config))
    }

    /// Answers a request whose body has arrived.
    pub(crate) async fn answer(&self, head: Parts, body: Vec<u8>) -> Answer {
        let refused = |answer: Value| Answer {
            status: StatusCode::BAD_REQUEST,
            is_json: true,
            body: answer.to_string().into_bytes(),
        };
        // What the library takes for no message it answers without a word and without the id.
        let body = match message::read(&body).map(|message| message.map(|message| serde_json::to_vec(&message))) {
            Err(answer) => return refused(answer),
            Ok(Some(read)) => read.unwrap_or(body),
            Ok(None) if body.trim_ascii().is_empty() => {
                return refused(message::refusal(&Value::Null, message::PARSE_ERROR, "the body is empty"));
            }
            Ok(None) => return Answer { status: StatusCode::ACCEPTED, is_json: false, body: Vec::new() },
        };
        let (head, body) = self.0.handle(Request::from_parts(head, Full::new(Bytes::from(body)))).await.into_parts();
        let kind = head.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let is_json = kind.is_some_and(|kind| kind.starts_with("application/json"));
        let body = match body.collect().await {
            Ok(whole) => whole.to_bytes().into(),
            Err(never) => match never {},
        };
        Answer { status: head.status, is_json, body }
    }
}
