//! A server that a test started, and requests byte by byte.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::support::{command, home, sample_index};

/// No answer takes longer, on however busy a machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server, which ends with the test.
pub(crate) struct Site {
    pub(crate) child: Child,
    pub(crate) address: SocketAddr,
    /// The link that it printed.
    pub(crate) link: String,
    errors: Option<BufReader<ChildStderr>>,
    /// What it said before.
    pub(crate) said: String,
}

/// An answer.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The kind of a problem.
    #[track_caller]
    pub(crate) fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text());
        let told = self.json();
        assert_eq!(told["status"], self.status);
        assert!(!told["hint"].as_str().unwrap().is_empty() && !told["detail"].as_str().unwrap().is_empty());
        told["type"].as_str().unwrap().trim_start_matches("/problems/").to_owned()
    }
}

impl Site {
    /// A server for the sample archive, with these further arguments.
    pub(crate) fn sample(args: &[&str]) -> Site {
        Site::start(sample_index(), home(), args)
    }

    pub(crate) fn start(index: &Path, here: &Path, args: &[&str]) -> Site {
        let mut command = command(index, here);
        command.args(["serve", "--addr", "127.0.0.1:0"]).args(args);
        Site::with(command)
    }

    /// The server that a command starts.
    pub(crate) fn with(mut command: Command) -> Site {
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut errors = BufReader::new(child.stderr.take().unwrap());
        let mut said = String::new();
        let link = loop {
            let mut line = String::new();
            assert!(errors.read_line(&mut line).unwrap() > 0, "the server ended: {said}");
            said.push_str(&line);
            if let Some(link) = line.split_whitespace().find(|word| word.starts_with("http://")) {
                break link.to_owned();
            }
        };
        let address = link.trim_start_matches("http://").split('/').next().unwrap().parse().unwrap();
        Site { child, address, link, errors: Some(errors), said }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// The answer to a request with these further headers, each with its line end.
    #[track_caller]
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Answer {
        let length = if method == "POST" { format!("Content-Length: {}\r\n", body.len()) } else { String::new() };
        let host = if headers.lines().any(|line| line.starts_with("Host:")) {
            String::new()
        } else {
            format!("Host: {}\r\n", self.address)
        };
        let head = format!("{method} {path} HTTP/1.1\r\n{host}{length}{headers}Connection: close\r\n\r\n");
        self.raw(&[head.as_bytes(), body].concat(), method == "HEAD")
    }

    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "", b"")
    }

    /// The answer to these very bytes.
    #[track_caller]
    pub(crate) fn raw(&self, request: &[u8], is_head: bool) -> Answer {
        let mut stream = self.connect();
        // A server that refuses early may close before it read everything.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end =
            bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap_or_else(|| panic!("no answer: {bytes:?}"));
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers =
            lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        let answer = Answer { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() };
        if let Some(length) = answer.headers.get("content-length").filter(|_| !is_head) {
            assert_eq!(length.parse::<usize>().unwrap(), answer.body.len());
        }
        answer
    }

    /// Sends a signal.
    #[cfg(unix)]
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for its end: its exit code, and everything it said.
    pub(crate) fn end(mut self) -> (Option<i32>, String) {
        let mut rest = String::new();
        self.errors.take().unwrap().read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), std::mem::take(&mut self.said) + &rest)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Percent-encodes a value of a query string.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Makes an index look as if another version had written it.
pub(crate) fn break_format(index: &Path) {
    let path = index.join("manifest.json");
    let mut words: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    words["format"] = 99.into();
    std::fs::write(path, words.to_string()).unwrap();
}
