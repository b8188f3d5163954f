//! What was found when an index was checked, and what came of mending it: plain data.

use serde::Serialize;

/// At most this many faults are told one by one; all are counted.
const TOLD: usize = 1_000;

/// Something that is not as it should be.
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

/// What [`Index::verify`](crate::Index::verify) found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Verification {
    /// Whether everything was read, and all of it is as it was written.
    pub whole: bool,
    /// Documents, as the index's parts count them.
    pub documents: u64,
    /// Documents whose record and text were read and analysed anew, and are what the index has of them.
    pub agreeing: u64,
    /// Files of the index that were read from end to end.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// How much is damaged.
    pub damaged: u64,
    /// What is damaged: the first thousand.
    pub damage: Vec<Fault>,
    /// Files of the archives that changed since they were read, or are gone. That is no damage: an update sees to it.
    pub outdated: Vec<Fault>,
    /// How long it took, in seconds.
    pub seconds: f64,
}

impl Verification {
    pub(crate) fn fault(&mut self, place: impl Into<String>, what: impl Into<String>) {
        self.damaged += 1;
        if self.damage.len() < TOLD {
            self.damage.push(Fault::new(place, what));
        }
    }

    /// Adds what somebody else found.
    pub(crate) fn absorb(&mut self, part: Verification) {
        self.agreeing += part.agreeing;
        self.damaged += part.damaged;
        let room = TOLD.saturating_sub(self.damage.len());
        self.damage.extend(part.damage.into_iter().take(room));
    }
}

/// What [`Index::repair`](crate::Index::repair) did.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Repair {
    /// Documents in the index now.
    pub documents: u64,
    /// How many of them were taken over from the damaged index, with the text it kept of them.
    pub kept: u64,
    /// How many were read again from the files they came from.
    pub read_again: u64,
    /// How many could not be recovered, where that can be told.
    pub lost: u64,
    /// Which these are, as far as the index can still tell: a document's id, or the file they came from and how many.
    pub losses: Vec<Fault>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
    /// How long it took, in seconds.
    pub seconds: f64,
}
