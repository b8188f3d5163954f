//! The entrance: where a browser that has no cookie gives the token, or comes with a link.

use std::time::SystemTime;

use super::access::Access;
use super::parameters::Parameters;
use super::problem::Problem;
use super::reply::{HTML, Keep, Reply, TEXT};

/// The path of the entrance.
pub(super) const ENTRANCE: &str = "/enter";

/// Asks for the token. It tells nothing of the archive.
const FORM: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>dateline</title>\
    <meta name=\"viewport\" content=\"width=device-width\"></head><body><main><h1>dateline</h1>\
    <form method=\"post\" action=\"/enter\"><p><label>Token: <input type=\"password\" name=\"token\" \
    autocomplete=\"current-password\" required autofocus></label> <button>Enter</button></p></form></main></body></html>\n";

/// Lets in a browser that comes by a link with a code.
pub(super) fn by_link(access: &Access, query: &str, now: SystemTime) -> Result<Reply, Problem> {
    let parameters = Parameters::parse(query);
    access.enter(parameters.get("code").unwrap_or_default(), now).map(let_in)
}

/// Lets in a browser that sent the token by the form.
pub(super) fn by_form(access: &Access, body: &[u8], now: SystemTime) -> Result<Reply, Problem> {
    let form = Parameters::parse(&String::from_utf8_lossy(body));
    access.enter_by_token(form.get("token").unwrap_or_default(), now).map(let_in)
}

/// Sends a browser to the first page, with its cookie. It is always the first page, so no link leads elsewhere by way of
/// here.
fn let_in(cookie: String) -> Reply {
    Reply::new(TEXT, "").status(303).keep(Keep::Never).header("location", "/").header("set-cookie", cookie)
}

/// The answer to whoever has no token: the form where a page is wanted.
pub(super) fn refused(problem: &Problem, wants_page: bool) -> Reply {
    if !wants_page {
        return Reply::from(problem);
    }
    // Without its referrer a browser would send the form as from nowhere, which the guard refuses.
    let form = Reply::new(HTML, FORM).status(problem.status).keep(Keep::Never);
    form.header("www-authenticate", "Bearer").header("referrer-policy", "same-origin")
}
