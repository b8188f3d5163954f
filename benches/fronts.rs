//! What the front ends cost beside the same searches in process: a call of a tool, citations, a page, a page at every key,
//! and many clients at once.
//!
//! Reads questions (`--queries`, one a line) and asks each of them in every way, one after the other in each round, so
//! that whatever else the machine does disturbs all alike. Prints the middle time of each and that which one in twenty exceeds, in microseconds, and ratios.
//! With `--clients N --seconds S` that many clients ask for so long at the end.
//!
//! ```sh
//! cargo run --profile dist --example fronts -- --index index --queries questions.txt --rounds 5 --clients 200 --seconds 60
//! ```

mod options;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use dateline::mcp;
use dateline::serve::Server;
use dateline::{Citation, CitationStyle, Index, Search, Unit};
use serde_json::json;

use options::Options;

type Failed = Box<dyn Error>;

/// Times by what took them, in microseconds.
type Times = BTreeMap<&'static str, Vec<f64>>;

fn main() -> Result<(), Failed> {
    let options = Options::read()?;
    let folder = options.required("index")?;
    let questions: Vec<String> = fs::read_to_string(options.required("queries")?)?
        .lines()
        .map(str::to_owned)
        .filter(|line| !line.is_empty())
        .collect();
    let stop = Arc::new(AtomicBool::new(false));
    let listener = Server::open(folder).bind("127.0.0.1:0".parse()?)?;
    let address = listener.address();
    let running = thread::spawn({
        let stop = Arc::clone(&stop);
        move || listener.run(stop)
    });

    let (index, tools) = (Index::open(folder)?, mcp::Server::open(folder));
    let mut client = Client::new(address)?;
    let mut times = Times::new();
    let rounds: usize = options.number("rounds", 5)?;
    for round in 0..=rounds {
        for question in &questions {
            // The first round warms up.
            let mut unkept = Times::new();
            ask(&index, &tools, &mut client, question, if round == 0 { &mut unkept } else { &mut times })?;
        }
    }
    for (what, all) in &mut times {
        println!("{what:28} p50 {:9.0}  p95 {:9.0}  us", quantile(all, 0.5), quantile(all, 0.95));
    }
    for (over, under) in [("tool", "search of five"), ("cited", "search of ten"), ("page", "answers of a page")] {
        let ratio = |times: &mut Times, what| times.get_mut(what).map_or(f64::NAN, |all| quantile(all, 0.5));
        println!("{over} / {under}: {:.2}", ratio(&mut times, over) / ratio(&mut times, under));
    }
    let clients = options.number("clients", 0)?;
    if clients > 0 {
        crowd(address, &questions, clients, Duration::from_secs(options.number("seconds", 60)?))?;
    }
    stop.store(true, Ordering::Relaxed);
    running.join().map_err(|_| "the server ended by a fault")??;
    Ok(())
}

/// Asks one question in every way.
fn ask(
    index: &Index,
    tools: &mcp::Server,
    client: &mut Client,
    question: &str,
    times: &mut Times,
) -> Result<(), Failed> {
    let search = |limit: usize| -> Search {
        index.search(question).limit(limit).collapse_copies(true).count_sources(true).why_empty(true)
    };
    timed(times, "search of five", || Ok(search(5).run()?))?;
    let arguments = json!({"query": question});
    timed(times, "tool", || Ok(tools.call("dateline_search", arguments.as_object().ok_or("no object")?)?))?;
    timed(times, "search of ten", || Ok(search(10).run()?))?;
    timed(times, "cited", || {
        let results = search(10).run()?;
        Ok(results.hits.iter().map(|hit| Citation::of_hit(hit).write(CitationStyle::Chicago)).collect::<Vec<_>>())
    })?;
    let asked = encoded(question);
    timed(times, "answers of a page", || {
        let results = search(10).run()?;
        Ok((results, search(0).mentions_timeline(Unit::Month)?, search(0).source_report()?))
    })?;
    let page = timed(times, "page", || client.get(&format!("/search?q={asked}")))?;
    assert_eq!(page.0, 200, "{question}");
    let letters: Vec<char> = question.chars().collect();
    for typed in 3..letters.len() {
        let begun: String = letters.iter().take(typed).collect();
        timed(times, "page at a key", || client.get(&format!("/search?q={}", encoded(&begun))))?;
    }
    Ok(())
}

fn timed<T>(times: &mut Times, what: &'static str, work: impl FnOnce() -> Result<T, Failed>) -> Result<T, Failed> {
    let start = Instant::now();
    let done = black_box(work()?);
    times.entry(what).or_default().push(start.elapsed().as_secs_f64() * 1e6);
    Ok(done)
}

fn quantile(all: &mut [f64], part: f64) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(((all.len() as f64 - 1.0) * part).round() as usize).copied().unwrap_or(f64::NAN)
}

/// Many clients at once, each asking one question after the other; every answer to a question has to be the same.
fn crowd(address: SocketAddr, questions: &[String], clients: usize, time: Duration) -> Result<(), Failed> {
    let end = Instant::now() + time;
    let all = (0..clients).map(|number| {
        let questions = questions.to_vec();
        thread::spawn(move || {
            let mut seen: BTreeMap<u16, usize> = BTreeMap::new();
            let mut bodies: BTreeSet<(usize, u64)> = BTreeSet::new();
            let mut client = Client::new(address).ok();
            for turn in number.. {
                if Instant::now() >= end {
                    break;
                }
                let question = turn % questions.len();
                let path = format!("/api/v1/search?q={}", encoded(&questions[question]));
                match client.as_mut().map(|client| client.get(&path)) {
                    Some(Ok((status, body))) => {
                        *seen.entry(status).or_default() += 1;
                        if status == 200 {
                            bodies.insert((
                                question,
                                body.iter()
                                    .fold(7, |hash: u64, byte| hash.wrapping_mul(1_099_511_628_211) ^ u64::from(*byte)),
                            ));
                        } else {
                            thread::sleep(Duration::from_secs(1));
                        }
                    }
                    _ => {
                        *seen.entry(0).or_default() += 1;
                        client = Client::new(address).ok();
                    }
                }
            }
            (seen, bodies)
        })
    });
    let all: Vec<_> = all.collect();
    let (mut seen, mut bodies): (BTreeMap<u16, usize>, BTreeSet<(usize, u64)>) = Default::default();
    for one in all {
        let (more, others) = one.join().map_err(|_| "a client ended by a fault")?;
        more.into_iter().for_each(|(status, times)| *seen.entry(status).or_default() += times);
        bodies.extend(others);
    }
    let asked: BTreeSet<usize> = bodies.iter().map(|(question, _)| *question).collect();
    println!("{clients} clients for {} s: answers by status {seen:?} (0: no answer)", time.as_secs());
    println!("{} questions answered, {} different answers to them", asked.len(), bodies.len());
    // The clients are in this process too, so the server has less than this.
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .filter(|line| line.starts_with("VmHWM") || line.starts_with("RssAnon"))
        .for_each(|line| println!("{line}"));
    Ok(())
}

/// A client on one connection.
struct Client {
    stream: BufReader<TcpStream>,
    host: SocketAddr,
}

impl Client {
    fn new(host: SocketAddr) -> Result<Client, Failed> {
        let stream = TcpStream::connect(host)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        stream.set_nodelay(true)?;
        Ok(Client { stream: BufReader::new(stream), host })
    }

    fn get(&mut self, path: &str) -> Result<(u16, Vec<u8>), Failed> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (mut status, mut length) = (None, 0);
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line)? == 0 {
                return Err("the server closed the connection".into());
            }
            let line = line.trim_end().to_ascii_lowercase();
            match line.split_once(": ") {
                _ if line.is_empty() => break,
                None => status = line.split(' ').nth(1).and_then(|status| status.parse().ok()),
                Some(("content-length", value)) => length = value.parse()?,
                Some(_) => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok((status.ok_or("no status")?, body))
    }
}

/// Percent-encodes a value of a query string.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
