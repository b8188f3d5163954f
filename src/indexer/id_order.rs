//! Ids within one file. Its pieces are read on many threads, but their documents get ids in the order of the file. So
//! the same file gives the same ids, whichever thread is first.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::backend::writer::TakenIds;
use crate::document::Document;
use crate::error::Result;

/// The ids given in a file so far.
#[derive(Default)]
pub(crate) struct Names {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// The number of the piece whose turn it is.
    next: u64,
    /// The ids given since the file was begun, or since the last commit in it.
    seen: HashSet<String>,
    /// The ids given before that.
    before: Option<TakenIds>,
    /// For an id that is still taken with its line added: the last number added to it.
    again: HashMap<String, u64>,
    /// Set if a piece will never take its turn, so that nobody waits for it.
    broken: bool,
}

/// A piece's turn to name its documents. If it is dropped unused, the others continue: the update has failed then, and
/// names no longer matter.
pub(crate) struct Turn {
    names: Arc<Names>,
    number: u64,
    taken: bool,
}

impl Names {
    /// The turn of the piece with this number. Numbers count from 0 without a gap.
    pub(crate) fn turn(self: &Arc<Self>, number: u64) -> Turn {
        Turn { names: Arc::clone(self), number, taken: false }
    }

    /// The ids given since the file was begun, or since the last call.
    pub(crate) fn take_seen(&self) -> HashSet<String> {
        std::mem::take(&mut self.lock().seen)
    }

    /// From now on, looks up ids given earlier in the index, so that a long file takes no more memory than a short one.
    pub(crate) fn go_on_after(&self, before: TakenIds) {
        self.lock().before = Some(before);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Takes the id and returns true if nobody has it yet.
    fn give(&mut self, id: &str) -> Result<bool> {
        let given = self.before.as_ref().map_or(Ok(false), |before| before(id))?;
        Ok(!given && self.seen.insert(id.to_owned()))
    }
}

impl Turn {
    /// Waits for the pieces before, and makes ids unique. Of records that give themselves the same id, the second and
    /// later ones get their line added, and a number if that is not enough, so that all are kept. Fails if the index
    /// cannot be read.
    pub(crate) fn take<'a>(mut self, documents: impl Iterator<Item = &'a mut Document>) -> Result<()> {
        let names = Arc::clone(&self.names);
        let mut state = names.lock();
        while state.next < self.number && !state.broken {
            state = names.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        for document in documents {
            if state.give(&document.id)? {
                continue;
            }
            let named = format!("{}-{}", document.id, document.place.line.unwrap_or(0));
            let mut id = named.clone();
            let mut again = state.again.get(&named).copied().unwrap_or(1);
            while !state.give(&id)? {
                again += 1;
                id = format!("{named}-{again}");
            }
            if again > 1 {
                state.again.insert(named, again);
            }
            document.id = id;
        }
        state.next = self.number + 1;
        self.taken = true;
        drop(state);
        names.changed.notify_all();
        Ok(())
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
    #![allow(clippy::unwrap_used)]
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
            scope.spawn(|| names.turn(1).take([&mut second].into_iter()).unwrap());
            names.turn(0).take([&mut first].into_iter()).unwrap();
        });
        assert_eq!((first.id.as_str(), second.id.as_str()), ("id", "id-2"));
    }

    #[test]
    fn however_many_have_one_id_and_one_line_no_two_are_called_the_same() {
        let names = Arc::new(Names::default());
        let mut same: Vec<Document> = (0..4).map(|_| document(7)).collect();
        names.turn(0).take(same.iter_mut()).unwrap();
        let ids: Vec<&str> = same.iter().map(|document| document.id.as_str()).collect();
        assert_eq!(ids, ["id", "id-7", "id-7-2", "id-7-3"]);
    }

    #[test]
    fn nobody_waits_for_a_piece_that_is_gone() {
        let names = Arc::new(Names::default());
        let lost = names.turn(0);
        std::thread::scope(|scope| {
            scope.spawn(|| names.turn(1).take([&mut document(2)].into_iter()).unwrap());
            drop(lost);
        });
    }
}
