//! A limit on the bytes that are on their way at once, however large the archive and its documents are.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// The bytes that may be on their way between two parts of the pipeline. Clones share them.
#[derive(Clone)]
pub(crate) struct Budget(Arc<Shared>);

struct Shared {
    most: usize,
    used: Mutex<usize>,
    freed: Condvar,
}

/// A share of a budget, which is given back when it is dropped.
pub(crate) struct Share {
    budget: Budget,
    bytes: usize,
}

impl Budget {
    pub(crate) fn new(most: usize) -> Budget {
        Budget(Arc::new(Shared { most, used: Mutex::new(0), freed: Condvar::new() }))
    }

    /// Waits until this many bytes are free. A request larger than the whole budget waits until all of it is free.
    pub(crate) fn take(&self, bytes: usize) -> Share {
        let Shared { most, used, freed } = &*self.0;
        let mut taken = used.lock().unwrap_or_else(PoisonError::into_inner);
        while *taken > 0 && taken.saturating_add(bytes) > *most {
            taken = freed.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken = taken.saturating_add(bytes);
        Share { budget: self.clone(), bytes }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let Shared { used, freed, .. } = &*self.budget.0;
        let mut taken = used.lock().unwrap_or_else(PoisonError::into_inner);
        *taken = taken.saturating_sub(self.bytes);
        drop(taken);
        freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn no_more_is_on_its_way_than_the_budget_and_what_is_larger_goes_alone() {
        let budget = Budget::new(10);
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for bytes in [3, 4, 25, 5, 9, 2] {
                let (budget, now, most) = (budget.clone(), &now, &most);
                scope.spawn(move || {
                    for _ in 0..50 {
                        let share = budget.take(bytes);
                        let sum = now.fetch_add(bytes, Ordering::SeqCst) + bytes;
                        assert!(sum <= 10 || sum == 25);
                        most.fetch_max(sum, Ordering::SeqCst);
                        now.fetch_sub(bytes, Ordering::SeqCst);
                        drop(share);
                    }
                });
            }
        });
        assert_eq!(most.into_inner(), 25);
    }
}
