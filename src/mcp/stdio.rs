//! The protocol over a reader and a writer: one message a line, and nothing else.
//!
//! The transport is our own because the library's answers neither a line that is no JSON nor a message of the wrong shape
//! with the id it had, ends where the first message is a notification, and has no place to unpack arguments that come as
//! text.

use std::io::{self, BufRead, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rmcp::ServerHandler;
use rmcp::model::{ClientJsonRpcMessage, JsonRpcMessage, ServerJsonRpcMessage};
use rmcp::service::{RoleServer, ServerInitializeError, serve_server};
use rmcp::transport::Transport;
use serde_json::Value;
use tokio::sync::mpsc::{Receiver, channel};

use super::message::{INVALID_REQUEST, read, refusal};
use crate::{Error, ErrorKind, Result};

/// The longest line that is read, in bytes.
const LONGEST: usize = 4 << 20;
/// Messages that are read ahead of those being answered.
const AHEAD: usize = 16;

/// Speaks the protocol until the input ends or nobody reads the output any more.
pub(super) fn serve(
    handler: impl ServerHandler,
    input: impl BufRead + Send + 'static,
    output: impl Write + Send + 'static,
) -> Result<()> {
    let cannot = |error: io::Error| Error::new(ErrorKind::Io, "cannot start answering").because(error);
    // More searches at once than cores would only wait for each other.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().max_blocking_threads(cores).build().map_err(cannot)?;
    let lines = Lines::over(input, output).map_err(cannot)?;
    let ended = runtime.block_on(async {
        match serve_server(handler, lines).await {
            Ok(running) => running.waiting().await.map(|_| ()).map_err(|error| error.to_string()),
            Err(ServerInitializeError::ConnectionClosed(_) | ServerInitializeError::TransportError { .. }) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    });
    // A search under way is not waited for: nobody is there to hear its answer.
    runtime.shutdown_background();
    ended.map_err(|why| Error::new(ErrorKind::Internal, format!("the conversation ended: {why}")))
}

/// Messages, one a line.
struct Lines<W> {
    incoming: Receiver<ClientJsonRpcMessage>,
    out: Out<W>,
}

impl<W: Write + Send + 'static> Lines<W> {
    /// Reads on a thread of its own, which ends with the input.
    fn over(mut input: impl BufRead + Send + 'static, output: W) -> io::Result<Lines<W>> {
        let out = Out { writer: Arc::new(Mutex::new(output)), is_closed: Arc::default() };
        let (sender, incoming) = channel(AHEAD);
        let answers = out.clone();
        std::thread::Builder::new().spawn(move || {
            let mut begun = false;
            while let Some(line) = next_line(&mut input) {
                let message = line.and_then(|line| read(&line));
                match message {
                    Ok(None) => {}
                    // What comes before the first request is about nothing.
                    Ok(Some(message)) if begun || matches!(message, JsonRpcMessage::Request(_)) => {
                        begun = true;
                        if sender.blocking_send(message).is_err() {
                            return;
                        }
                    }
                    Ok(Some(_)) => {}
                    Err(refused) => {
                        let _ = answers.write(&refused);
                    }
                }
                if answers.is_closed.load(Ordering::Relaxed) {
                    return;
                }
            }
        })?;
        Ok(Lines { incoming, out })
    }
}

impl<W: Write + Send + 'static> Transport<RoleServer> for Lines<W> {
    type Error = io::Error;

    fn send(&mut self, message: ServerJsonRpcMessage) -> impl Future<Output = io::Result<()>> + Send + 'static {
        let out = self.out.clone();
        async move { out.write(&serde_json::to_value(message)?) }
    }

    async fn receive(&mut self) -> Option<ClientJsonRpcMessage> {
        self.incoming.recv().await
    }

    async fn close(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Where answers go, a whole line at a time.
struct Out<W> {
    writer: Arc<Mutex<W>>,
    /// Set once nobody reads any more.
    is_closed: Arc<AtomicBool>,
}

impl<W> Clone for Out<W> {
    fn clone(&self) -> Out<W> {
        Out { writer: Arc::clone(&self.writer), is_closed: Arc::clone(&self.is_closed) }
    }
}

impl<W: Write> Out<W> {
    fn write(&self, message: &Value) -> io::Result<()> {
        let line = format!("{message}\n");
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let written = writer.write_all(line.as_bytes()).and_then(|()| writer.flush());
        if written.is_err() {
            self.is_closed.store(true, Ordering::Relaxed);
        }
        written
    }
}

/// The next line; none at the end of the input. A line that is too long is passed over and refused.
fn next_line(input: &mut impl BufRead) -> Option<std::result::Result<Vec<u8>, Value>> {
    let mut line = Vec::new();
    let mut is_too_long = false;
    loop {
        let available = match input.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return None,
        };
        if available.is_empty() && line.is_empty() && !is_too_long {
            return None;
        }
        let end = available.iter().position(|byte| *byte == b'\n');
        let taken = end.map_or(available.len(), |end| end + 1);
        is_too_long |= line.len() + taken > LONGEST;
        if is_too_long {
            line.clear();
        } else {
            line.extend_from_slice(available.get(..taken).unwrap_or_default());
        }
        input.consume(taken);
        if end.is_some() || taken == 0 {
            break;
        }
    }
    let refused = || refusal(&Value::Null, INVALID_REQUEST, &format!("a message may have {LONGEST} bytes"));
    Some(if is_too_long { Err(refused()) } else { Ok(line) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_to_the_last_one_without_an_end_and_long_ones_are_refused() {
        let long = "x".repeat(LONGEST + 1);
        let text = format!("a\n\n{long}\nb");
        let mut input = io::BufReader::with_capacity(1 << 12, text.as_bytes());
        let lines: Vec<_> = std::iter::from_fn(|| next_line(&mut input)).collect();
        let read: Vec<Option<&[u8]>> = lines.iter().map(|line| line.as_deref().ok()).collect();
        assert_eq!(read, [Some(&b"a\n"[..]), Some(b"\n"), None, Some(b"b")]);
    }
}
