//! Ids within one file. Its pieces are read on many threads, but name their documents in the order of the file, so that
//! the same file gives the same ids whichever thread was first.

use std::collections::HashSet;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::corpus::Document;

/// The ids given in a file so far.
#[derive(Default)]
pub(super) struct Names {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The piece whose turn it is.
    next: u64,
    seen: HashSet<String>,
    /// A piece will never take its turn, so nobody needs to wait for it.
    broken: bool,
}

/// A piece's turn to name its documents. One that is dropped without being taken lets the others go on: the update has
/// failed then, and no name matters any more.
pub(super) struct Turn {
    names: Arc<Names>,
    number: u64,
    taken: bool,
}

impl Names {
    /// The turn of the piece of this number, from 0 without a gap.
    pub(super) fn turn(self: &Arc<Self>, number: u64) -> Turn {
        Turn { names: Arc::clone(self), number, taken: false }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Waits for the pieces before, and tells the documents apart: of records that give themselves the same id the
    /// second and later ones get their line added, so that all are kept.
    pub(super) fn take<'a>(mut self, documents: impl Iterator<Item = &'a mut Document>) {
        let names = Arc::clone(&self.names);
        let mut state = names.lock();
        while state.next < self.number && !state.broken {
            state = names.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        for document in documents {
            if !state.seen.insert(document.id.clone()) {
                document.id = format!("{}-{}", document.id, document.place.line.unwrap_or(0));
                state.seen.insert(document.id.clone());
            }
        }
        state.next = self.number + 1;
        self.taken = true;
        drop(state);
        names.changed.notify_all();
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if !self.taken {
            self.names.lock().broken = true;
            self.names.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(line: u32) -> Document {
        let mut document = Document::new("id", "text");
        document.place.line = Some(line);
        document
    }

    #[test]
    fn the_first_in_the_file_keeps_the_id_whoever_comes_first() {
        let names = Arc::new(Names::default());
        let (mut first, mut second) = (document(1), document(2));
        std::thread::scope(|scope| {
            scope.spawn(|| names.turn(1).take([&mut second].into_iter()));
            names.turn(0).take([&mut first].into_iter());
        });
        assert_eq!((first.id.as_str(), second.id.as_str()), ("id", "id-2"));
    }

    #[test]
    fn nobody_waits_for_a_piece_that_is_gone() {
        let names = Arc::new(Names::default());
        let lost = names.turn(0);
        std::thread::scope(|scope| {
            scope.spawn(|| names.turn(1).take([&mut document(2)].into_iter()));
            drop(lost);
        });
    }
}
