//! Threads made for searching: as many as the machine has processors, and a short queue before them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, bounded};
use tokio::sync::oneshot;

use super::problem::Problem;
use crate::{Error, ErrorKind, Result};

/// Questions that wait for each thread; one more is refused.
pub(super) const WAITING: usize = 4;

type Job = Box<dyn FnOnce() + Send>;

/// Threads that answer questions, so that the one that listens never waits for the index.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    jobs: Sender<Job>,
    busy: Arc<AtomicUsize>,
}

impl Pool {
    /// Starts the threads. They end when the last clone of the pool is gone. Fails where no thread can be had.
    pub(super) fn start() -> Result<(Pool, Vec<JoinHandle<()>>)> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let (jobs, waiting) = bounded::<Job>(threads * WAITING);
        let busy = Arc::new(AtomicUsize::new(0));
        let mut started = Vec::new();
        for number in 0..threads {
            let (waiting, busy) = (waiting.clone(), Arc::clone(&busy));
            let thread = std::thread::Builder::new().name(format!("search-{number}"));
            let cannot = |error| Error::new(ErrorKind::Io, "cannot start a thread for searching").because(error);
            started.push(thread.spawn(move || work(&waiting, &busy)).map_err(cannot)?);
        }
        Ok((Pool { jobs, busy }, started))
    }

    /// Does work on one of the threads. Refuses where the queue is full, and tells a fault in the work as a problem.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> std::result::Result<T, Problem> {
        let (done, answer) = oneshot::channel();
        let job = move || {
            // A question whose client left meanwhile is not answered; one that leaves while it is, is no reason to stop.
            if !done.is_closed() {
                let _ = done.send(catch_unwind(AssertUnwindSafe(work)));
            }
        };
        let full = |_| Problem::new("busy", "every thread is searching, and as many questions wait as may");
        self.jobs.try_send(Box::new(job)).map_err(full)?;
        match answer.await {
            Ok(Ok(done)) => Ok(done),
            _ => Err(Problem::new("internal", "a fault in dateline itself; other requests are answered")),
        }
    }

    /// Questions that are being answered, and those that wait.
    pub(super) fn load(&self) -> (usize, usize) {
        (self.busy.load(Ordering::Relaxed), self.jobs.len())
    }
}

fn work(waiting: &Receiver<Job>, busy: &AtomicUsize) {
    for job in waiting {
        busy.fetch_add(1, Ordering::Relaxed);
        job();
        busy.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn work_is_done_a_fault_is_told_and_a_full_queue_refuses() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (pool, threads) = Pool::start().unwrap();
        runtime.block_on(async {
            assert_eq!(pool.ask(|| 7).await, Ok(7));
            assert_eq!(
                pool.ask(|| panic!("on purpose")).await.map_err(|problem: Problem| problem.kind),
                Err::<(), _>("internal")
            );
            let (hold, held) = bounded::<()>(0);
            // One more than fit: threads at work, and those that wait before them.
            let most = threads.len() * (WAITING + 1) + 1;
            let mut asked = Vec::new();
            for _ in 0..most {
                let held = held.clone();
                let pool = pool.clone();
                asked.push(Box::pin(async move { pool.ask(move || held.recv()).await.map(|_| ()) }));
            }
            let mut refused = 0;
            for ask in &mut asked {
                let polled = std::future::poll_fn(|context| std::task::Poll::Ready(ask.as_mut().poll(context))).await;
                refused += usize::from(matches!(polled, std::task::Poll::Ready(Err(Problem { kind: "busy", .. }))));
            }
            assert!((1..=threads.len() + 1).contains(&refused), "{refused}");
            drop(hold);
        });
        drop(pool);
        threads.into_iter().for_each(|thread| thread.join().unwrap());
    }
}
