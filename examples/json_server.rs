//! A small JSON server: it opens the index once and searches it from many threads, while a writer updates it.
//!
//! It answers a few requests of its own and ends.
//!
//! ```sh
//! cargo run --example json_server
//! ```

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use dateline::json::Failure;
use dateline::{Document, ErrorKind, Index, Result, json};

/// The answer to a path such as `/search/harbour+fire`: a status, and a body of the documented contract.
fn answer(index: &Index, path: &str) -> Result<(u16, String)> {
    let Some(question) = path.strip_prefix("/search/") else { return Ok((404, "{}".into())) };
    // A commit becomes visible when the index is looked at again: cheap, and nobody waits for the writer.
    index.reload()?;
    let results = index.search(question.replace('+', " ").as_str()).count_sources(true).run()?;
    Ok((200, json::to_string(&results)?))
}

fn serve(index: &Index, mut stream: TcpStream) -> io::Result<()> {
    let mut request = String::new();
    BufReader::new(&stream).read_line(&mut request)?;
    let path = request.split(' ').nth(1).unwrap_or_default();
    let (status, body) = answer(index, path).unwrap_or_else(|error| {
        // An error has a kind to choose a status by, and is sent in the shape of the contract too.
        let status = if error.kind() == ErrorKind::Argument { 400 } else { 500 };
        (status, json::to_string(&Failure::from(&error)).unwrap_or_default())
    });
    let length = body.len();
    let head = format!("HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n");
    stream.write_all((head + &body).as_bytes())
}

fn get(address: SocketAddr, path: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET {path} HTTP/1.1\r\n\r\n")?;
    let mut response = String::new();
    stream.read_to_string(&mut response)?;
    Ok(response.split("\r\n\r\n").nth(1).unwrap_or_default().to_owned())
}

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let index = Index::in_memory()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    for _ in 0..4 {
        // Clones share one open index, and each may search from its own thread.
        let (index, listener) = (index.clone(), listener.try_clone()?);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if let Err(error) = serve(&index, stream) {
                    eprintln!("a request was not answered: {error}");
                }
            }
        });
    }
    let mut writer = index.writer()?;
    for number in 1..=3 {
        writer.add(Document::new(format!("log-{number}"), format!("Day {number}: the ferry ran, no fog.")))?;
        writer.commit()?;
        let results: dateline::Results = json::from_str(&get(address, "/search/ferry")?)?;
        println!("after commit {number}: {} documents, version {} of the contract", results.total, json::VERSION);
    }
    println!("{}", get(address, "/search/ferry+AND")?);
    Ok(())
}
