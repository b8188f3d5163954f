//! The progress bar of an update, and the flag that stops it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use dateline::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on standard error, or nothing if that is no terminal.
pub(in super::super) struct Bar(Option<ProgressBar>);

impl Bar {
    pub(in super::super) fn new(watched: bool) -> Bar {
        if !watched {
            return Bar(None);
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
        let style = "{bar:24} {bytes}/{total_bytes} {bytes_per_sec} {msg}";
        // A template that indicatif cannot read would only look plain.
        bar.set_style(ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()));
        Bar(Some(bar))
    }

    pub(in super::super) fn show(&self, progress: Progress) {
        let Some(bar) = &self.0 else { return };
        bar.set_length(progress.bytes_total);
        bar.set_position(progress.bytes);
        let files = format!("{}/{} files", progress.files, progress.files_total);
        bar.set_message(format!("{files}, {} documents", crate::cli::output::counted(progress.documents)));
    }

    pub(in super::super) fn clear(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

/// A flag that Ctrl-C sets. A second Ctrl-C ends the process at once, and the index keeps its last commit.
pub(in super::super) fn interrupted() -> Arc<AtomicBool> {
    static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    let flag = FLAG.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        let set = Arc::clone(&flag);
        // Without a handler Ctrl-C ends the process, which is safe too.
        let _ = ctrlc::set_handler(move || {
            if set.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        });
        flag
    });
    Arc::clone(flag)
}
