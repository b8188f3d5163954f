//! The content of a file as the body of an answer, read as fast as it is taken.

use std::fs::File;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use tokio::sync::mpsc::{Receiver, channel};

/// The bytes read at once.
const PIECE: usize = 64 << 10;
/// Pieces that are read ahead.
const AHEAD: usize = 4;

/// A file that is being sent.
pub(super) struct Sending {
    pieces: Receiver<io::Result<Bytes>>,
    left: u64,
}

impl Sending {
    /// Reads so many bytes of a file on a thread of its own, which ends with them or when nobody takes more. Fails where no
    /// thread can be had.
    pub(super) fn start(file: File, length: u64) -> io::Result<Sending> {
        let (sender, pieces) = channel(AHEAD);
        // A file that grows meanwhile is sent as long as it was told to be.
        let mut rest = file.take(length);
        std::thread::Builder::new().name("original".into()).spawn(move || {
            loop {
                let mut piece = vec![0; PIECE];
                let read = rest.read(&mut piece);
                let is_last = !matches!(read, Ok(1..));
                let sent = match read {
                    Ok(0) => return,
                    Ok(length) => {
                        piece.truncate(length);
                        Ok(Bytes::from(piece))
                    }
                    Err(error) => Err(error),
                };
                if sender.blocking_send(sent).is_err() || is_last {
                    return;
                }
            }
        })?;
        Ok(Sending { pieces, left: length })
    }
}

impl Body for Sending {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.pieces.poll_recv(context).map(|piece| {
            let piece = piece?;
            if let Ok(bytes) = &piece {
                self.left = self.left.saturating_sub(bytes.len() as u64);
            }
            Some(piece.map(Frame::data))
        })
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
