//! Who may ask where a token is needed: programs that send it, and browsers that swapped a one-time code for a cookie.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

use super::problem::Problem;
use crate::{Error, ErrorKind, Result};

/// The fewest characters of a token.
const SHORTEST: usize = 16;
/// How many bytes of chance are in a code or a cookie.
const CHANCE: usize = 24;
/// The most browsers that are let in at once.
const COOKIES: usize = 1_000;
/// How long a cookie is good: a working day. The browser forgets it then, and the server does too, since whoever took a
/// cookie does not forget it.
const DAY: Duration = Duration::from_secs(12 * 3600);

/// A token and the browsers that were let in.
pub(super) struct Access {
    /// The hash of the token. Hashes are compared, so the time a comparison takes tells nothing of the token.
    token: [u8; 32],
    /// The code that the next browser swaps for a cookie.
    code: Mutex<Option<String>>,
    /// The cookies that were given out, the oldest first.
    cookies: Mutex<Vec<Cookie>>,
    /// The cookie's name, with the port: cookies are shared by all ports of a machine.
    name: String,
}

/// A cookie that lets in, by its hash.
struct Cookie {
    hash: [u8; 32],
    given: SystemTime,
}

impl Cookie {
    /// Whether it is good still. One from the future is none: somebody has turned the clock back.
    fn is_good(&self, now: SystemTime) -> bool {
        now.duration_since(self.given).is_ok_and(|age| age < DAY)
    }
}

impl Access {
    /// Lets in who has this token. Fails where it is too short to be one.
    pub(super) fn new(token: &str, port: u16) -> Result<Access> {
        if token.chars().count() < SHORTEST || token.contains(|c: char| c.is_whitespace() || c.is_control()) {
            let error = Error::new(ErrorKind::Argument, "the token is no token");
            return Err(error.hint(format!("it is one word of {SHORTEST} characters or more")));
        }
        Ok(Access {
            token: hash(token),
            code: Mutex::new(Some(chance()?)),
            cookies: Mutex::default(),
            name: format!("dateline-{port}"),
        })
    }

    /// The code of the one-time link; none once it was used.
    pub(super) fn code(&self) -> Option<String> {
        self.code.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets a request pass that has the token or a cookie.
    pub(super) fn check(
        &self,
        authorization: Option<&str>,
        cookies: &str,
        now: SystemTime,
    ) -> std::result::Result<(), Problem> {
        let bearer = authorization.and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
        });
        let has_token = bearer.is_some_and(|token| hash(token) == self.token);
        let given = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let lets_in = |hash: [u8; 32]| given.iter().any(|known| known.hash == hash && known.is_good(now));
        let has_cookie = cookies
            .split(';')
            .filter_map(|cookie| cookie.trim().split_once('='))
            .any(|(name, value)| name == self.name && lets_in(hash(value)));
        let refused = || Problem::new("not-signed-in", "the request has no token of this server");
        (has_token || has_cookie).then_some(()).ok_or_else(refused)
    }

    /// Swaps the token for the header that sets a cookie.
    pub(super) fn enter_by_token(&self, token: &str, now: SystemTime) -> std::result::Result<String, Problem> {
        if hash(token.trim()) != self.token {
            return Err(Problem::new("not-signed-in", "this is not the token of this server"));
        }
        self.cookie(now)
    }

    /// Swaps the code of the link for the header that sets a cookie. A code is good once.
    pub(super) fn enter(&self, code: &str, now: SystemTime) -> std::result::Result<String, Problem> {
        let used = || Problem::new("not-signed-in", "this link was used, or is of another server");
        let mut kept = self.code.lock().unwrap_or_else(PoisonError::into_inner);
        kept.take_if(|kept| hash(kept) == hash(code)).ok_or_else(used)?;
        self.cookie(now)
    }

    /// A new cookie, as the header that sets it.
    fn cookie(&self, now: SystemTime) -> std::result::Result<String, Problem> {
        let cookie = chance()?;
        let mut given = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        given.retain(|known| known.is_good(now));
        // The oldest are forgotten, so that no number of visits fills the memory.
        if given.len() >= COOKIES {
            given.remove(0);
        }
        given.push(Cookie { hash: hash(&cookie), given: now });
        // Lax: a link to a page that is followed from elsewhere has to work, and nothing else from elsewhere passes the
        // guard.
        Ok(format!("{}={cookie}; HttpOnly; SameSite=Lax; Path=/; Max-Age={}", self.name, DAY.as_secs()))
    }
}

fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// Letters and digits that nobody can guess.
fn chance() -> Result<String> {
    let mut bytes = [0; CHANCE];
    let cannot = |error: getrandom::Error| {
        Error::new(ErrorKind::Internal, "the system gives no random numbers").because(error.to_string())
    };
    getrandom::fill(&mut bytes).map_err(cannot)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const TOKEN: &str = "correct-horse-battery";
    const NOW: SystemTime = SystemTime::UNIX_EPOCH;

    #[test]
    fn a_token_a_code_once_and_the_cookie_let_in_and_nothing_else() {
        let access = Access::new(TOKEN, 7117).unwrap();
        let is_in = |authorization: Option<&str>, cookies: &str| access.check(authorization, cookies, NOW).is_ok();
        assert!(is_in(Some("Bearer correct-horse-battery"), "") && is_in(Some("bearer correct-horse-battery"), ""));
        for wrong in ["", "Bearer", "Bearer ", "Bearer correct-horse-batter", "Basic correct-horse-battery", TOKEN] {
            assert!(!is_in(Some(wrong), ""), "{wrong}");
        }
        let code = access.code().unwrap();
        assert!(access.enter("", NOW).is_err() && access.enter(TOKEN, NOW).is_err());
        let set = access.enter(&code, NOW).unwrap();
        assert!(access.enter(&code, NOW).is_err() && access.code().is_none());
        let cookie = set.split(';').next().unwrap();
        assert!(is_in(None, cookie) && is_in(None, &format!("a=b; {cookie}; c=d")));
        assert!(!is_in(None, &cookie.replace("7117", "7118")) && !is_in(None, "dateline-7117=") && !is_in(None, ""));
        let by_token = access.enter_by_token(&format!("{TOKEN}\n"), NOW).unwrap();
        assert!(is_in(None, by_token.split(';').next().unwrap()) && access.enter_by_token("", NOW).is_err());
        assert!(!set.contains(TOKEN) && set.contains("HttpOnly") && set.contains("Path=/"));
    }

    #[test]
    fn a_cookie_ends_on_the_server_when_it_ends_in_the_browser() {
        let access = Access::new(TOKEN, 7117).unwrap();
        let now = NOW + DAY;
        let set = access.enter_by_token(TOKEN, now).unwrap();
        let age: u64 = set.split("Max-Age=").nth(1).unwrap().parse().unwrap();
        let cookie = set.split(';').next().unwrap();
        let is_in = |now: SystemTime| access.check(None, cookie, now).is_ok();
        assert!(is_in(now) && is_in(now + Duration::from_secs(age - 1)));
        assert!(!is_in(now + Duration::from_secs(age)) && !is_in(NOW), "it is over, or not given yet");
        // The token lets in at any time, and a new cookie after it.
        assert!(access.check(Some("Bearer correct-horse-battery"), cookie, now + 2 * DAY).is_ok());
        let next = access.enter_by_token(TOKEN, now + 2 * DAY).unwrap();
        assert!(access.check(None, next.split(';').next().unwrap(), now + 2 * DAY).is_ok());
        assert_eq!(access.cookies.lock().unwrap().len(), 1, "what has ended is forgotten");
    }

    #[test]
    fn short_tokens_are_none() {
        for token in ["", "short", "fifteen-letters", "two words of a token"] {
            assert!(Access::new(token, 1).is_err(), "{token}");
        }
    }
}
