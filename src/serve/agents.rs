//! `/mcp`: the tools for agents, behind the guard and the token that everything else is behind.

use std::sync::Arc;

use hyper::http::request::Parts;
use tokio::runtime::Handle;

use super::pool::Pool;
use super::problem::Problem;
use super::reply::{JSON, Keep, Reply, TEXT};
use super::site::Clock;
use crate::CurrentIndex;
use crate::mcp::Server;
use crate::mcp::http::Endpoint;

/// The path of the tools.
pub(super) const PATH: &str = "/mcp";

/// Tools over the index that the site serves.
pub(super) struct Agents(Arc<Endpoint>);

impl Agents {
    pub(super) fn new(index: CurrentIndex, clock: Clock) -> Agents {
        Agents(Arc::new(Endpoint::new(Server::over(index).clock(move || clock()))))
    }

    /// The answer to a message. It takes its turn among the questions of the pool.
    pub(super) async fn answer(&self, pool: &Pool, head: Parts, body: Vec<u8>) -> Result<Reply, Problem> {
        let (endpoint, runtime) = (Arc::clone(&self.0), Handle::current());
        // The library answers in tasks of the runtime; a thread of the pool waits for them, so no more calls are under way
        // than there are such threads.
        let answer = pool.ask(move || runtime.block_on(endpoint.answer(head, body))).await?;
        let content_type = if answer.is_json { JSON } else { TEXT };
        Ok(Reply::new(content_type, answer.body).status(answer.status.as_u16()).keep(Keep::Never))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::mpsc::channel;

    use super::*;
    use crate::serve::pool::WAITING;
    use crate::{Date, Index};

    #[test]
    fn a_call_takes_its_turn_among_the_questions_and_is_refused_where_no_more_may_wait() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (pool, threads) = Pool::start().unwrap();
        let agents = Agents::new(Index::in_memory().unwrap().into(), Arc::new(Date::today));
        let ping = || {
            let head = hyper::Request::post(PATH)
                .header("host", "localhost")
                .header("content-type", "application/json")
                .header("accept", "application/json, text/event-stream");
            let body = br#"{"jsonrpc": "2.0", "id": 1, "method": "ping"}"#;
            (head.body(()).unwrap().into_parts().0, body.to_vec())
        };
        runtime.block_on(async {
            let (head, body) = ping();
            assert_eq!(agents.answer(&pool, head, body).await.unwrap().status, 200);
            let (hold, held) = channel::<()>();
            let held = Arc::new(std::sync::Mutex::new(held));
            // Until every thread has a question and every place before them is taken, however late the threads begin.
            let mut asked = Vec::new();
            while pool.load() != (threads.len(), threads.len() * WAITING) {
                let held = Arc::clone(&held);
                let mut ask = Box::pin(pool.ask(move || held.lock().unwrap().recv().is_ok()));
                std::future::poll_fn(|context| std::task::Poll::Ready(ask.as_mut().poll(context).is_ready())).await;
                asked.push(ask);
                std::thread::yield_now();
            }
            let (head, body) = ping();
            assert_eq!(agents.answer(&pool, head, body).await.unwrap_err().kind, "busy");
            drop(hold);
        });
        drop(pool);
        threads.into_iter().for_each(|thread| thread.join().unwrap());
    }
}
