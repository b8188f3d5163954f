//! Connections: accepted by a loop of our own, because slow clients would stay for ever without its clocks.

use std::convert::Infallible;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioTimer;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{interval, sleep, timeout};

use super::door::Door;
use super::io::{Pulse, Watched};
use super::reply::Body;

/// How long the head of a request may take to arrive. The library counts it from the end of the answer before.
const HEAD: Duration = Duration::from_secs(10);
/// How long a connection may be without a byte passing, unless a question is being answered.
const IDLE: Duration = Duration::from_secs(60);
/// How long answers under way are waited for after the server was told to stop.
const ENDING: Duration = Duration::from_secs(10);
/// The most connections at once; more wait until one ends.
const CONNECTIONS: usize = 800;
/// The most bytes of the head of a request: an address of 16 kB, and its headers.
const HEAD_BYTES: usize = 40 << 10;
/// How often the flag that stops the server is looked at.
const TICK: Duration = Duration::from_millis(100);

/// Accepts connections until the flag is set, then ends what is under way.
pub(super) async fn accept(listener: TcpListener, door: Arc<Door>, stop: Arc<AtomicBool>) {
    let (stopping, stopped) = watch::channel(false);
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let mut connections = JoinSet::new();
    let mut tick = interval(TICK);
    let mut seat = None;
    while !stop.load(Ordering::Relaxed) {
        if seat.is_none() {
            seat = Arc::clone(&room).try_acquire_owned().ok();
        }
        tokio::select! {
            _ = tick.tick() => {}
            Some(_) = connections.join_next() => {}
            accepted = listener.accept(), if seat.is_some() => match accepted {
                Ok((stream, _)) => {
                    let (door, stopped, seat) = (Arc::clone(&door), stopped.clone(), seat.take());
                    connections.spawn(async move {
                        serve(stream, door, stopped).await;
                        drop(seat);
                    });
                }
                // Too many files are open, or the client has gone: either passes.
                Err(_) => sleep(TICK).await,
            },
        }
    }
    drop(listener);
    let _ = stopping.send(true);
    let all = async { while connections.join_next().await.is_some() {} };
    let _ = timeout(ENDING, all).await;
}

/// Serves one connection until it ends, is silent for too long, or the server stops.
async fn serve(stream: TcpStream, door: Arc<Door>, mut stopped: watch::Receiver<bool>) {
    let Ok(local) = stream.local_addr().map(|address| address.ip()) else { return };
    // Small answers leave at once.
    let _ = stream.set_nodelay(true);
    let pulse = Pulse::new();
    let alive = pulse.clone();
    let service =
        service_fn(move |request: Request<Incoming>| answer(Arc::clone(&door), request, local, alive.clone()));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD).max_header_size(HEAD_BYTES).max_buf_size(2 * HEAD_BYTES);
    let mut connection = pin!(builder.serve_connection(Watched::new(stream, pulse.clone()), service));
    let mut check = interval(HEAD / 2);
    let mut is_ending = *stopped.borrow();
    if is_ending {
        connection.as_mut().graceful_shutdown();
    }
    loop {
        tokio::select! {
            _ = connection.as_mut() => return,
            _ = stopped.changed(), if !is_ending => {
                is_ending = true;
                connection.as_mut().graceful_shutdown();
            }
            _ = check.tick() => if pulse.silence() > IDLE { return },
        }
    }
}

/// Answers a request. While it is being answered the connection counts as alive.
async fn answer(
    door: Arc<Door>,
    request: Request<Incoming>,
    local: IpAddr,
    pulse: Pulse,
) -> Result<Response<Body>, Infallible> {
    let mut answered = pin!(door.answer(request, local));
    let mut beat = interval(HEAD);
    loop {
        tokio::select! {
            response = answered.as_mut() => {
                pulse.beat();
                return Ok(response);
            }
            _ = beat.tick() => pulse.beat(),
        }
    }
}
