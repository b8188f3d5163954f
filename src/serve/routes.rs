//! From a request to its answer, on a thread made for searching.

use super::api;
use super::finish::finished;
use super::openapi::openapi;
use super::page;
use super::percent::segments;
use super::problem::{KINDS, Problem};
use super::reply::{HTML, JSON, Keep, Reply, TEXT};
use super::request::Request;
use super::site::Site;

/// The answer to a request, ready to be sent.
pub(super) fn answer(site: &Site, request: &Request) -> Reply {
    let path = segments(&request.path);
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["problems", kind] => return finished(explained(kind), request, None),
        ["openapi.json"] => {
            return finished(Reply::new(JSON, format!("{:#}\n", openapi(&api::described()))), request, None);
        }
        _ => {}
    }
    match site.current.get().and_then(|index| Ok((index.revision()?, index))) {
        Ok((revision, index)) => {
            let reply = match path.as_slice() {
                ["readyz"] => Reply::new(TEXT, "ready\n").keep(Keep::Never),
                ["api", "v1", rest @ ..] => told(api::answer(request, &index, site.files.as_ref(), rest)),
                ["api", ..] => Problem::new("no-such-page", "there is nothing at this address").into(),
                [name] if api::has_ending(name) => told(api::answer(request, &index, site.files.as_ref(), &[name])),
                ["doc", id, "original"] => told(api::original(&request.parameters, site.files.as_ref(), id)),
                _ => {
                    let context = site.context(&request.languages, &revision);
                    paged(page::render(&request.path, &request.parameters, &index, &context))
                }
            };
            finished(reply, request, Some(&revision))
        }
        Err(error) => {
            let problem = Problem::from(error);
            let reply = match path.as_slice() {
                ["readyz"] | ["api", ..] | ["doc", _, "original"] => Reply::from(&problem),
                [name] if api::has_ending(name) => Reply::from(&problem),
                _ => paged(page::problem(&problem, &request.parameters, &site.context(&request.languages, ""))),
            };
            finished(reply.keep(Keep::Never), request, None)
        }
    }
}

fn told(reply: Result<Reply, Problem>) -> Reply {
    reply.unwrap_or_else(Reply::from)
}

fn paged(page: page::Page) -> Reply {
    let reply = Reply::new(HTML, page.html).status(page.status);
    if page.status == 200 { reply } else { reply.keep(Keep::Never) }
}

/// The refusal of a method that an address does not take.
pub(super) fn wrong_method(taken: &'static str) -> Reply {
    Reply::from(Problem::new("wrong-method", format!("this address takes {taken}"))).header("allow", taken)
}

/// What a kind of problem means: the page at its `type`.
fn explained(kind: &str) -> Reply {
    match KINDS.iter().find(|known| known.0 == kind) {
        Some((kind, status, title, hint)) => {
            Reply::new(TEXT, format!("{kind}\n\n{title} (status {status}).\n\nWhat to do: {hint}.\n"))
        }
        None => Problem::new("no-such-page", "there is no such kind of problem").into(),
    }
}
