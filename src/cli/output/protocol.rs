//! Standard output as a channel of messages, one a line, with nothing between them.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};

/// Standard output for messages. A line that is written at once is written whole.
pub(in super::super) fn lines() -> io::Stdout {
    io::stdout()
}

/// Lets Ctrl-C end the process between two lines: a line that is being written is finished first. A second Ctrl-C does not
/// wait.
pub(in super::super) fn end_between_lines() {
    static ASKED: AtomicBool = AtomicBool::new(false);
    // Without a handler Ctrl-C ends the process too.
    let _ = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        std::thread::spawn(|| {
            let _line = io::stdout().lock();
            std::process::exit(130)
        });
    });
}
