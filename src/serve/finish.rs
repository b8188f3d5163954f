//! The last touch on an answer: its tag, its packing, and the headers that every answer has.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use xxhash_rust::xxh3::xxh3_64;

use super::reply::{Content, Keep, Reply};
use super::request::Request;

/// Shorter answers are not packed: that would not make them shorter.
const WORTH_PACKING: usize = 860;

/// What pages may do: use files of this server, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer, unless the answer has its own.
pub(super) const EVERY: [(&str, &str); 7] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// The answer with its tag and packed if that is taken, or that it has not changed.
pub(super) fn finished(reply: Reply, request: &Request, revision: Option<&str>) -> Reply {
    let mut reply = revision.iter().fold(reply, |reply, revision| reply.header("dateline-revision", *revision));
    let keep = match reply.keep {
        Keep::Never => "no-store",
        Keep::Checked => "private, no-cache",
        Keep::Forever => "private, max-age=31536000, immutable",
    };
    reply.headers.push(("cache-control", keep.into()));
    reply.headers.push(("vary", "Accept, Accept-Encoding, Accept-Language, Cookie".into()));
    let Content::Bytes(body) = &mut reply.content else { return reply };
    if reply.keep == Keep::Checked && reply.status == 200 {
        // The content itself is hashed: the tag is the same exactly where the answer is.
        let tag = format!("W/\"{}-{:016x}\"", revision.unwrap_or("none"), xxh3_64(body));
        let is_known =
            request.known_tags.split(',').any(|known| matches!(known.trim(), "*") || is_same(known.trim(), &tag));
        reply.headers.push(("etag", tag));
        if is_known {
            body.clear();
            reply.status = 304;
            return reply;
        }
    }
    if request.takes_gzip
        && body.len() >= WORTH_PACKING
        && let Some(packed) = packed(body)
    {
        *body = packed;
        reply.headers.push(("content-encoding", "gzip".into()));
    }
    reply
}

/// Compares two tags, weak or strong.
fn is_same(known: &str, tag: &str) -> bool {
    known.trim_start_matches("W/") == tag.trim_start_matches("W/")
}

fn packed(body: &[u8]) -> Option<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::fast());
    writer.write_all(body).ok()?;
    writer.finish().ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::serve::parameters::Parameters;
    use crate::serve::reply::JSON;
    use crate::serve::request::Method;

    fn request(known_tags: &str, takes_gzip: bool) -> Request {
        Request {
            method: Method::Get,
            path: "/".into(),
            parameters: Parameters::parse(""),
            accept: String::new(),
            languages: Vec::new(),
            known_tags: known_tags.into(),
            takes_gzip,
            body: Vec::new(),
        }
    }

    fn header<'a>(reply: &'a Reply, name: &str) -> Option<&'a str> {
        reply.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    fn bytes(reply: &Reply) -> &[u8] {
        let Content::Bytes(bytes) = &reply.content else { panic!("no bytes") };
        bytes
    }

    #[test]
    fn an_answer_that_is_known_is_not_sent_again_and_another_is() {
        let first = finished(Reply::new(JSON, "{}"), &request("", false), Some("abc"));
        let tag = header(&first, "etag").unwrap().to_owned();
        for known in [tag.clone(), format!("\"x\", {tag}"), tag.trim_start_matches("W/").to_owned(), "*".into()] {
            let again = finished(Reply::new(JSON, "{}"), &request(&known, false), Some("abc"));
            assert_eq!((again.status, bytes(&again)), (304, &b""[..]), "{known}");
        }
        assert_eq!(finished(Reply::new(JSON, "{ }"), &request(&tag, false), Some("abc")).status, 200);
        assert_eq!(finished(Reply::new(JSON, "{}"), &request(&tag, false), Some("abd")).status, 200);
        let failed = finished(Reply::new(JSON, "{}").status(404), &request(&tag, false), Some("abc"));
        assert_eq!((failed.status, header(&failed, "etag")), (404, None));
    }

    #[test]
    fn long_answers_are_packed_where_that_is_taken() {
        let long = "fire ".repeat(1_000);
        let plain = finished(Reply::new(JSON, long.clone()), &request("", false), None);
        assert_eq!((bytes(&plain), header(&plain, "content-encoding")), (long.as_bytes(), None));
        let packed = finished(Reply::new(JSON, long.clone()), &request("", true), None);
        assert_eq!(header(&packed, "content-encoding"), Some("gzip"));
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(bytes(&packed)), &mut text).unwrap();
        assert_eq!(text, long);
        assert_eq!(header(&finished(Reply::new(JSON, "{}"), &request("", true), None), "content-encoding"), None);
    }
}
