//! The results of checking and mending an index, as plain data.

use serde::Serialize;

/// The most faults that are listed. All are counted.
const MAX_FAULTS: usize = 1_000;

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Fault {
    /// A file of the index, a file of the archive, or a document by its id.
    pub place: String,
    /// What is wrong there.
    pub what: String,
}

impl Fault {
    pub(crate) fn new(place: impl Into<String>, what: impl Into<String>) -> Fault {
        Fault { place: place.into(), what: what.into() }
    }
}

/// The result of [`Index::verify`](crate::Index::verify).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Verification {
    /// Set if everything was read and nothing has changed since it was written.
    pub whole: bool,
    /// Documents, as the index's segments count them.
    pub documents: u64,
    /// Documents whose stored record and text were re-analysed and agree with the index.
    pub agreeing: u64,
    /// Files of the index that were read from end to end.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// The number of damaged things.
    pub damaged: u64,
    /// The damage, up to a thousand faults.
    pub damage: Vec<Fault>,
    /// Files of the archives that changed since they were read, or are gone. That is no damage: an update reads them.
    pub outdated: Vec<Fault>,
    /// The time it took, in seconds.
    pub seconds: f64,
}

impl Verification {
    pub(crate) fn fault(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.damaged += 1;
        if self.damage.len() < MAX_FAULTS {
            self.damage.push(Fault::new(place, what));
        }
    }

    /// Adds the results of another check.
    pub(crate) fn absorb(&mut self, part: Verification) {
        self.agreeing += part.agreeing;
        self.damaged += part.damaged;
        let room = MAX_FAULTS.saturating_sub(self.damage.len());
        self.damage.extend(part.damage.into_iter().take(room));
    }
}

/// The result of [`Index::repair`](crate::Index::repair).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Repair {
    /// Documents in the index now.
    pub documents: u64,
    /// How many of them were taken over from the damaged index, with their stored texts.
    pub kept: u64,
    /// How many were read again from the files they came from.
    pub read_again: u64,
    /// How many could not be recovered, as far as that can be told.
    pub lost: u64,
    /// The lost documents, as far as the index can still tell: a document's id, or a file and how many of its
    /// documents.
    pub losses: Vec<Fault>,
    /// Notes on other things worth knowing.
    pub notes: Vec<String>,
    /// The time it took, in seconds.
    pub seconds: f64,
}
