//! Counts and times of answers, without a word of any question, for whoever keeps the server.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What was answered since the server started.
#[derive(Debug, Default)]
pub(super) struct Metrics {
    /// Answers by the first digit of their status.
    answers: [AtomicU64; 6],
    micros: AtomicU64,
}

impl Metrics {
    /// Notes an answer.
    pub(super) fn note(&self, status: u16, took: Duration) {
        if let Some(count) = self.answers.get(usize::from(status / 100)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
        self.micros.fetch_add(took.as_micros() as u64, Ordering::Relaxed);
    }

    /// The counts as Prometheus reads them.
    pub(super) fn to_text(&self, (busy, waiting): (usize, usize)) -> String {
        let mut text = String::from("# TYPE dateline_answers_total counter\n");
        for (class, count) in self.answers.iter().enumerate().skip(2) {
            let count = count.load(Ordering::Relaxed);
            text.push_str(&format!("dateline_answers_total{{status=\"{class}xx\"}} {count}\n"));
        }
        let seconds = self.micros.load(Ordering::Relaxed) as f64 / 1e6;
        text.push_str(&format!(
            "# TYPE dateline_answer_seconds_total counter\ndateline_answer_seconds_total {seconds}\n"
        ));
        text.push_str(&format!("# TYPE dateline_searching gauge\ndateline_searching {busy}\n"));
        text.push_str(&format!("# TYPE dateline_waiting gauge\ndateline_waiting {waiting}\n"));
        text
    }
}
