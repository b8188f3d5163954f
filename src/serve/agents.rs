//! `/mcp`: the tools for agents, behind the guard and the token that everything else is behind.

use hyper::http::request::Parts;
use tokio::sync::Semaphore;

use super::pool::{WAITING, threads};
use super::problem::Problem;
use super::reply::{JSON, Keep, Reply, TEXT};
use super::site::Site;
use crate::mcp::Server;
use crate::mcp::http::Endpoint;

/// The path of the tools.
pub(super) const PATH: &str = "/mcp";

/// Tools over the index that the site serves.
pub(super) struct Agents {
    endpoint: Endpoint,
    /// Calls that are answered or wait; one more is refused.
    room: Semaphore,
}

impl Agents {
    pub(super) fn new(site: &Site) -> Agents {
        let clock = site.clock.clone();
        let server = Server::over(site.current.clone()).clock(move || clock());
        Agents { endpoint: Endpoint::new(server), room: Semaphore::new(threads() * (1 + WAITING)) }
    }

    /// The answer to a message.
    pub(super) async fn answer(&self, head: Parts, body: Vec<u8>) -> Result<Reply, Problem> {
        let full = |_| Problem::new("busy", "every thread is searching, and as many calls wait as may");
        let _seat = self.room.try_acquire().map_err(full)?;
        let answer = self.endpoint.answer(head, body).await;
        let content_type = if answer.is_json { JSON } else { TEXT };
        Ok(Reply::new(content_type, answer.body).status(answer.status.as_u16()).keep(Keep::Never))
    }
}
