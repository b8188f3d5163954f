//! Analyzers that threads borrow one after the other.

use std::sync::{Mutex, PoisonError};

use super::analyzer::Analyzer;

/// Idle analyzers. Each has a cache of stems that is worth keeping from one search to the next.
#[derive(Default)]
pub(crate) struct Analyzers {
    idle: Mutex<Vec<Analyzer>>,
}

impl Analyzers {
    /// Lends an analyzer that no other thread has.
    pub(crate) fn lend<T>(&self, work: impl FnOnce(&mut Analyzer) -> T) -> T {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let rested = idle().pop();
        let mut analyzer = rested.unwrap_or_else(Analyzer::for_questions);
        let done = work(&mut analyzer);
        idle().push(analyzer);
        done
    }
}
