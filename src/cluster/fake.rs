//! A cluster of one thread that answers as a test says.

#![allow(clippy::unwrap_used)]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use super::client::Client;

/// What is answered to a request.
pub(crate) enum Reply {
    Answer(u16, String),
    /// What is asked for is said to be at another address.
    Moved(String),
    /// The connection is cut, whatever came of the request.
    Cut,
}

/// A client of a cluster that answers each request (its first line and its body) as `answer` says, as long as the test runs.
pub(crate) fn cluster(mut answer: impl FnMut(&str, &str) -> Reply + Send + 'static) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let node = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let Some((line, body)) = request(&mut stream) else { continue };
            let (status, head, body) = match answer(&line, &body) {
                Reply::Answer(status, body) => (status, String::new(), body),
                Reply::Moved(place) => (307, format!("location: {place}\r\n"), String::new()),
                Reply::Cut => continue,
            };
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 {status} x\r\n{head}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
        }
    });
    Client::new(vec![node]).unwrap().waiting(Duration::from_millis(1))
}

fn request(stream: &mut TcpStream) -> Option<(String, String)> {
    let mut bytes = Vec::new();
    let mut some = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.to_lowercase().lines().find_map(|line| {
                line.strip_prefix("content-length:").and_then(|length| length.trim().parse::<usize>().ok())
            });
            if body.len() >= length.unwrap_or_default() {
                return Some((head.lines().next()?.to_owned(), body.to_owned()));
            }
        }
        match stream.read(&mut some).ok()? {
            0 => return None,
            read => bytes.extend(&some[..read]),
        }
    }
}
