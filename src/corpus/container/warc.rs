//! Web archives: WARC (ISO 28500) and the older ARC of the Internet Archive.
//!
//! The day a page was captured is not the day it was published, so it is kept as a fact about the page and is no clue.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use super::member::Member;
use crate::corpus::input::hashed_file::{Bytes, fill};
use crate::corpus::input::problem::Problem;
use crate::corpus::raw::Given;

/// The longest line of a record's header, in bytes.
const LONGEST_LINE: u64 = 64 * 1024;

/// The most ways in which one page is packed.
const MOST_PACKINGS: usize = 8;

/// The most lines of a header.
const MOST_LINES: usize = 1000;

pub(crate) struct WebArchive {
    bytes: BufReader<Bytes>,
    /// The longest record that is read, in bytes.
    limit: u64,
    /// The number of records met.
    number: u64,
    /// What the page that was given last has lost.
    damage: Option<Problem>,
}

/// The page in a server's answer.
struct Answer {
    body: Vec<u8>,
    given: Given,
    /// The reason why the body ends before it should.
    damage: Option<String>,
}

/// The header of a record.
#[derive(Default)]
struct Record {
    kind: String,
    url: String,
    date: String,
    id: String,
    content_type: String,
    length: u64,
}

impl WebArchive {
    pub(crate) fn new(bytes: Bytes, limit: u64) -> WebArchive {
        WebArchive { bytes: BufReader::new(bytes), limit, number: 0, damage: None }
    }

    /// One line without its end. None at the end of the archive.
    fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        if self.bytes.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        Ok(Some(String::from_utf8_lossy(line.trim_ascii_end()).into_owned()))
    }

    /// The next record's header; anything else is skipped. None at the end of the archive.
    fn header(&mut self) -> io::Result<Option<Record>> {
        while let Some(line) = self.line()? {
            if line.starts_with("WARC/") {
                return self.warc_header().map(Some);
            }
            if let Some(record) = arc_header(&line) {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    fn warc_header(&mut self) -> io::Result<Record> {
        let mut record = Record::default();
        for _ in 0..MOST_LINES {
            let line = self.line()?.ok_or(io::ErrorKind::UnexpectedEof)?;
            if line.is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => record.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => record.url = value.trim_matches(['<', '>']).to_owned(),
                "warc-date" => record.date = value.to_owned(),
                "warc-record-id" => record.id = value.trim_matches(['<', '>']).to_owned(),
                "content-type" => record.content_type = value.to_ascii_lowercase(),
                "content-length" => {
                    let wrong = || io::Error::new(io::ErrorKind::InvalidData, "a record does not say how long it is");
                    record.length = value.parse().map_err(|_| wrong())?;
                }
                _ => {}
            }
        }
        Ok(record)
    }

    pub(super) fn read(&mut self) -> io::Result<Option<Result<Member, Problem>>> {
        if let Some(damage) = self.damage.take() {
            return Ok(Some(Err(damage)));
        }
        while let Some(record) = self.header()? {
            self.number += 1;
            let way = format!("#{}", self.number);
            let about = |problem: Problem| Problem { member: Some(format!("{way} {}", record.url)), ..problem };
            if !matches!(record.kind.as_str(), "response" | "resource" | "conversion" | "revisit") {
                // Requests, and records about the crawling program, were never published.
                self.pass_over(record.length)?;
                continue;
            }
            if record.kind == "revisit" {
                self.pass_over(record.length)?;
                return Ok(Some(Err(about(Problem::nothing("captured again, the same as before")))));
            }
            if record.length > self.limit {
                self.pass_over(record.length)?;
                return Ok(Some(Err(about(Problem::failed("longer than a document may be")))));
            }
            let mut content = Vec::new();
            fill(&mut self.bytes, &mut content, usize::try_from(record.length).unwrap_or(usize::MAX))?;
            let cut = (content.len() as u64) < record.length;
            let http = record.content_type.starts_with("application/http") || content.starts_with(b"HTTP/");
            let read = match http {
                _ if cut => Err(Problem::failed("the web archive is cut off within this record")),
                true => answer(content, self.limit),
                false => Ok(Answer { body: content, given: Given::default(), damage: None }),
            };
            return Ok(Some(match read {
                Ok(Answer { body, given, damage }) => {
                    self.damage = damage.map(|damage| about(Problem::failed(damage)));
                    Ok(record.member(way, body, given))
                }
                Err(problem) => Err(about(problem)),
            }));
        }
        Ok(None)
    }

    fn pass_over(&mut self, length: u64) -> io::Result<()> {
        let passed = io::copy(&mut self.bytes.by_ref().take(length), &mut io::sink())?;
        if passed < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }
}

impl Record {
    fn member(self, way: String, content: Vec<u8>, mut given: Given) -> Member {
        given.metadata.push(("captured".to_owned(), self.date.clone()));
        let path = self.url.split(['?', '#']).next().unwrap_or_default();
        // A host is no file name: `example.com` is no program.
        let name = path.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map(|(_, path)| path.to_owned());
        let key = if self.id.is_empty() { format!("{} {}", self.url, self.date) } else { self.id };
        given.url = Some(self.url).filter(|url| url.contains("://"));
        Member { way, name: name.unwrap_or_default(), key: Some(key), given, bytes: Box::new(Cursor::new(content)) }
    }
}

/// The header line of an ARC record: address, IP address, day and time, type, length.
fn arc_header(line: &str) -> Option<Record> {
    let mut fields = line.rsplitn(5, ' ');
    let length = fields.next()?.parse().ok()?;
    let content_type = fields.next()?;
    let date = fields.next().filter(|date| date.len() >= 8 && date.bytes().all(|byte| byte.is_ascii_digit()))?;
    let _address = fields.next()?;
    let url = fields.next().filter(|url| url.contains(':'))?;
    let kind = if url.starts_with("filedesc:") || url.starts_with("dns:") { "warcinfo" } else { "response" };
    Some(Record {
        kind: kind.to_owned(),
        url: url.to_owned(),
        date: date.to_owned(),
        id: String::new(),
        content_type: content_type.to_ascii_lowercase(),
        length,
    })
}

/// The page in a server's answer, with the facts that the server states about it.
fn answer(content: Vec<u8>, limit: u64) -> Result<Answer, Problem> {
    let ends =
        [b"\r\n\r\n".as_slice(), b"\n\n"].map(|end| memchr::memmem::find(&content, end).map(|at| (at, end.len())));
    let Some((end, length)) = ends.into_iter().flatten().min() else {
        return Err(Problem::failed("the server's answer has no end to its header"));
    };
    let header = String::from_utf8_lossy(content.get(..end).unwrap_or_default()).into_owned();
    let mut body = content.get(end + length..).unwrap_or_default().to_vec();
    let status = header.lines().next().and_then(|line| line.split_whitespace().nth(1)).unwrap_or_default();
    if !status.starts_with('2') {
        return Err(Problem::nothing(format!("the server answered {status}, without a page")));
    }
    let (mut given, mut damage) = (Given::default(), None);
    // How the page was packed, the last way last, and how the answer was sent, wherever the header says so.
    let (mut packings, mut sendings) = (Vec::new(), Vec::new());
    let listed = |value: &str| value.split(',').map(|way| way.trim().to_ascii_lowercase()).collect::<Vec<_>>();
    for line in header.lines().skip(1) {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "transfer-encoding" => sendings.extend(listed(value)),
            "content-encoding" => packings.extend(listed(value)),
            "content-type" => {
                if let Some(reason) = no_page(value) {
                    return Err(Problem::nothing(reason));
                }
                let charset = value.to_ascii_lowercase().split("charset=").nth(1).map(|charset| {
                    charset.split(';').next().unwrap_or_default().trim_matches(['"', '\'', ' ']).to_owned()
                });
                given.charset = charset.filter(|charset| !charset.is_empty());
            }
            // Servers that make a page anew for whoever asks write the day of the capture there.
            "last-modified" => given.metadata.push(("http_last_modified".to_owned(), value.to_owned())),
            _ => {}
        }
    }
    if packings.len() + sendings.len() > MOST_PACKINGS {
        return Err(Problem::failed(format!("packed more than {MOST_PACKINGS} times over")));
    }
    for way in packings.iter().chain(&sendings).rev() {
        match way.as_str() {
            // What is cut off is read as far as it goes, and no further.
            _ if damage.is_some() => break,
            "chunked" => body = without_chunks(body),
            way => (body, damage) = unpacked(body, way, limit)?,
        }
    }
    Ok(Answer { body, given, damage })
}

/// What belongs to a page and is none, by the type that the server states: its address may have no name that tells.
fn no_page(content_type: &str) -> Option<&'static str> {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "text/css" => Some("a style sheet"),
        "text/javascript" | "application/javascript" | "application/x-javascript" | "application/ecmascript" => {
            Some("a script")
        }
        kind if kind.starts_with("font/") || kind.starts_with("application/font") => Some("a font"),
        _ => None,
    }
}

/// The bytes of a page, and the reason why they are not all.
fn unpacked(body: Vec<u8>, encoding: &str, limit: u64) -> Result<(Vec<u8>, Option<String>), Problem> {
    // By the standard there is a head of two bytes, whose number is divisible by 31; some servers leave it out.
    let headed = matches!(body.as_slice(), [first, second, ..] if first & 15 == 8 && (u16::from(*first) << 8 | u16::from(*second)) % 31 == 0);
    let packed: Bytes = Box::new(Cursor::new(body));
    let mut stream: Bytes = match encoding {
        "" | "identity" => packed,
        "gzip" | "x-gzip" => crate::corpus::input::decompress::gzip(packed),
        "deflate" if headed => Box::new(flate2::read::ZlibDecoder::new(packed)),
        "deflate" => Box::new(flate2::read::DeflateDecoder::new(packed)),
        "br" => Box::new(brotli_decompressor::Decompressor::new(packed, 64 * 1024)),
        #[cfg(feature = "zstd")]
        "zstd" => crate::corpus::input::decompress::zstd(packed),
        other => return Err(Problem::failed(format!("packed in a way that is not read ({other})"))),
    };
    let mut unpacked = Vec::new();
    match fill(&mut stream, &mut unpacked, usize::try_from(limit).unwrap_or(usize::MAX).saturating_add(1)) {
        _ if unpacked.len() as u64 > limit => Err(Problem::failed("longer than a document may be")),
        Err(error) if unpacked.is_empty() => Err(Problem::failed(format!("cannot be unpacked ({error})"))),
        // Half a page is better than none.
        Err(error) => Ok((unpacked, Some(format!("cannot be unpacked whole ({error}); what came before was read")))),
        Ok(_) => Ok((unpacked, None)),
    }
}

/// Removes the lengths that a server wrote between the parts of a page. Bytes without such lengths stay unchanged.
fn without_chunks(body: Vec<u8>) -> Vec<u8> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body.as_slice();
    while let Some(end) = memchr::memchr(b'\n', rest) {
        let line = rest.get(..end).unwrap_or_default().trim_ascii();
        let digits = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
        let length = std::str::from_utf8(digits).ok().and_then(|digits| usize::from_str_radix(digits, 16).ok());
        let Some(length) = length else { break };
        if length == 0 {
            return joined;
        }
        let chunk = rest.get(end + 1..).unwrap_or_default();
        joined.extend_from_slice(chunk.get(..length).unwrap_or(chunk));
        rest = chunk.get(length..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    joined.extend_from_slice(rest);
    joined
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::corpus::container::member::until_broken;

    fn read(archive: &str) -> Vec<String> {
        let mut archive = WebArchive::new(Box::new(Cursor::new(archive.as_bytes().to_vec())), 1000);
        until_broken("web archive", move || archive.read())
            .map(|member| match member {
                Ok(mut member) => {
                    let mut text = String::new();
                    member.bytes.read_to_string(&mut text).unwrap();
                    format!("{} {} [{}] {text}", member.way, member.given.url.unwrap_or_default(), member.name)
                }
                Err(problem) => format!("{} ! {}", problem.member.unwrap_or_default(), problem.reason),
            })
            .collect()
    }

    fn record(kind: &str, url: &str, content: &str) -> String {
        let length = content.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\n\
             Content-Length: {length}\r\n\r\n{content}\r\n\r\n"
        )
    }

    #[test]
    fn pages_are_read_and_the_rest_is_told_apart() {
        let archive = [
            record("warcinfo", "", "software: x"),
            record("request", "http://example.org/a", "GET /a HTTP/1.1\r\n\r\n"),
            record("response", "http://example.org/a.html?x=1", "HTTP/1.1 200 OK\r\n\r\nThe mill turns."),
            record("response", "http://example.org/", "HTTP/1.1 404 Not Found\r\n\r\nNo."),
            record(
                "response",
                "http://example.org/c",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nThe \r\n5;x=y\r\nmill.\r\n0\r\n\r\n",
            ),
            record("response", "http://example.org/long", &format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(1000))),
            record("revisit", "http://example.org/c", ""),
        ]
        .concat();
        assert_eq!(
            read(&archive),
            [
                "#3 http://example.org/a.html?x=1 [a.html] The mill turns.",
                "#4 http://example.org/ ! the server answered 404, without a page",
                "#5 http://example.org/c [c] The mill.",
                "#6 http://example.org/long ! longer than a document may be",
                "#7 http://example.org/c ! captured again, the same as before",
            ]
        );
    }

    #[test]
    fn pages_are_unpacked_however_a_server_packed_them_and_half_of_one_is_told() {
        use std::io::Write;
        let words = "The mill turns. ".repeat(9);
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        zlib.write_all(words.as_bytes()).unwrap();
        let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        raw.write_all(words.as_bytes()).unwrap();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
        gzip.write_all(words.as_bytes()).unwrap();
        let gzip = gzip.finish().unwrap();
        for (encoding, body, expected) in [
            ("deflate", zlib.finish().unwrap(), words.as_str()),
            ("deflate", raw.finish().unwrap(), words.as_str()),
            // A block that is stored as it is.
            ("br", b"\x0b\x02\x80hello\x03".to_vec(), "hello"),
            ("gzip", gzip.clone(), words.as_str()),
        ] {
            let (read, damage) = unpacked(body, encoding, 1_000).unwrap();
            assert_eq!((String::from_utf8_lossy(&read).as_ref(), damage), (expected, None), "{encoding}");
        }
        let mut archive = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/a\r\nContent-Type: application/http\r\n".to_vec();
        let answer = [b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", &gzip[..60]].concat();
        archive.extend(format!("Content-Length: {}\r\n\r\n", answer.len()).bytes());
        archive.extend(answer);
        let mut archive = WebArchive::new(Box::new(Cursor::new(archive)), 1_000);
        assert!(archive.read().unwrap().unwrap().is_ok());
        let problem = archive.read().unwrap().unwrap().err().unwrap();
        assert!(problem.failed && problem.reason.starts_with("cannot be unpacked whole"), "{}", problem.reason);
        assert!(archive.read().unwrap().is_none());
    }

    #[test]
    fn a_page_that_was_packed_twice_is_unpacked_twice_wherever_the_header_says_so() {
        use std::io::Write;
        let pack = |bytes: &[u8]| {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gzip.write_all(bytes).unwrap();
            gzip.finish().unwrap()
        };
        let once = pack(b"The mill turns.");
        let chunk = |body: &[u8]| [format!("{:x}\r\n", body.len()).as_bytes(), body, b"\r\n0\r\n\r\n"].concat();
        let zlib = {
            let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
            zlib.write_all(&once).unwrap();
            zlib.finish().unwrap()
        };
        for (header, body) in [
            ("Content-Encoding: GZIP, gzip", pack(&once)),
            ("Content-Encoding: gzip\r\nContent-Encoding: deflate", zlib),
            ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked", chunk(&once)),
            ("Transfer-Encoding: gzip, chunked", chunk(&once)),
            ("Content-Encoding: gzip, identity", once.clone()),
        ] {
            let content = [format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n").as_bytes(), &body].concat();
            let read = answer(content, 1_000).map(|answer| (answer.body, answer.damage));
            assert_eq!(read, Ok((b"The mill turns.".to_vec(), None)), "{header}");
        }
        let many = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {}\r\n\r\nx", "gzip,".repeat(100_000));
        assert!(answer(many.into_bytes(), 1_000).is_err());
    }

    #[test]
    fn half_a_record_is_reported_and_the_ones_before_it_are_read() {
        let whole = record("response", "http://example.org/a", "HTTP/1.1 200 OK\r\n\r\nThe mill turns.");
        let half = &whole[..whole.len() - 12];
        assert_eq!(
            read(&format!("{whole}{half}")),
            [
                "#1 http://example.org/a [a] The mill turns.",
                "#2 http://example.org/a ! the web archive is cut off within this record"
            ]
        );
        assert_eq!(
            read("WARC/1.0\r\nWARC-Type: response"),
            ["! the web archive is cut off; what came before was read"].map(|line| format!(" {line}"))
        );
    }

    #[test]
    fn the_older_format_is_read_too() {
        let archive = "filedesc://x.arc 0.0.0.0 20140216050221 text/plain 21\n1 0 Alexa Internet\nx y\n\n\
            http://example.org/a.html 93.184.216.119 20140216050221 text/html 34\nHTTP/1.1 200 OK\r\n\r\nThe mill turns.\n";
        assert_eq!(read(archive), ["#2 http://example.org/a.html [a.html] The mill turns."]);
    }

    #[test]
    fn parts_without_lengths_are_left_as_they_are() {
        for (body, expected) in
            [("plain words", "plain words"), ("3\r\nabc\r\nzz\r\n", "abczz\r\n"), ("ff\r\nabc", "abc")]
        {
            assert_eq!(without_chunks(body.into()), expected.as_bytes(), "{body}");
        }
    }
}
