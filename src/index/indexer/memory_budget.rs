//! How many bytes may be on their way at once, however large the archive is and however long its documents are.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

use tantivy::TantivyDocument;
use tantivy::schema::document::Document;

/// Bytes that may be on their way between two parts of the pipeline; shared by its clones.
#[derive(Clone)]
pub(crate) struct Budget(Arc<Shared>);

struct Shared {
    most: usize,
    used: Mutex<usize>,
    freed: Condvar,
}

/// A part of a budget, given back when it is dropped.
pub(crate) struct Share {
    budget: Budget,
    bytes: usize,
}

impl Budget {
    pub(crate) fn new(most: usize) -> Budget {
        Budget(Arc::new(Shared { most, used: Mutex::new(0), freed: Condvar::new() }))
    }

    /// Waits until so many bytes are free. What is larger than the whole budget goes alone.
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

/// A record on its way through the engine's queue, which counts documents and not bytes: its share is given back once
/// the engine has written it.
pub(crate) struct Weighed {
    pub(crate) record: TantivyDocument,
    pub(crate) _share: Option<Share>,
}

impl Document for Weighed {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.record.iter_fields_and_values()
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
