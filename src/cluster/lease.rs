//! The right to write to an archive, which one program has at a time.
//!
//! It is a document that its holder writes anew every other second. Whoever finds one that no longer changes takes it over: its
//! holder is gone. A holder that could not write for a while must not write anything else either. It stands in an index of its
//! own, since it is the right to write to every build of the archive, and to say which of them is read.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::json;

use super::address::Address;
use super::build::replicas;
use super::client::{Client, JSON, Method, unexpected};
use super::ledger::Ledger;
use super::mapping;
use crate::error::{Error, ErrorKind, Result};

const NAME: &str = "writer";
const BEAT: Duration = Duration::from_secs(2);
/// How long one must stay unchanged before it is taken over.
const PATIENCE: Duration = Duration::from_secs(9);
/// How long its holder may write after it was last written.
const TRUSTED: Duration = Duration::from_secs(7);
const SLICE: Duration = Duration::from_millis(50);

/// The right to write, held until it is dropped.
#[derive(Debug)]
pub(crate) struct Lease {
    shared: Arc<Shared>,
    beating: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    client: Arc<Client>,
    index: String,
    holder: String,
    place: Mutex<(u64, u64)>,
    written: Mutex<Instant>,
    ends: AtomicBool,
    is_lost: AtomicBool,
    beats: AtomicU64,
}

impl Shared {
    /// Writes the document after the version at a place, or the first one. None if somebody else did meanwhile.
    fn write(&self, after: Option<(u64, u64)>) -> Result<Option<(u64, u64)>> {
        let condition = match after {
            Some((number, term)) => format!("if_seq_no={number}&if_primary_term={term}"),
            None => "op_type=create".to_owned(),
        };
        let beat = self.beats.fetch_add(1, Ordering::Relaxed);
        let body = json!({ "holder": self.holder, "beat": beat }).to_string();
        let path = format!("{}/_doc/{NAME}?{condition}", self.index);
        let answer = self.client.send(Method::Put, &path, JSON, body.as_bytes())?;
        if answer.status == 409 {
            // The answer to an earlier try may have been lost.
            return Ok(self
                .read()?
                .filter(|(_, holder, written)| *holder == self.holder && *written == beat)
                .map(|found| found.0));
        }
        if answer.status >= 300 {
            return Err(self.client.refusal(&answer));
        }
        let place = |name: &'static str| answer.body[name].as_u64().ok_or_else(|| unexpected(name));
        Ok(Some((place("_seq_no")?, place("_primary_term")?)))
    }

    /// The place of the document, its holder and its beat.
    #[allow(clippy::type_complexity)]
    fn read(&self) -> Result<Option<((u64, u64), String, u64)>> {
        let answer = self.client.send(Method::Get, &format!("{}/_doc/{NAME}", self.index), JSON, &[])?;
        if answer.status == 404 {
            return Ok(None);
        }
        if answer.status >= 300 {
            return Err(self.client.refusal(&answer));
        }
        let place = |name: &'static str| answer.body[name].as_u64().ok_or_else(|| unexpected(name));
        let source = &answer.body["_source"];
        let holder = source["holder"].as_str().unwrap_or("another program").to_owned();
        Ok(Some(((place("_seq_no")?, place("_primary_term")?), holder, source["beat"].as_u64().unwrap_or_default())))
    }

    fn beat(&self) {
        let mut place = self.place.lock().unwrap_or_else(PoisonError::into_inner);
        let start = Instant::now();
        match self.write(Some(*place)) {
            Ok(Some(now)) => {
                *place = now;
                *self.written.lock().unwrap_or_else(PoisonError::into_inner) = start;
            }
            Ok(None) => self.is_lost.store(true, Ordering::Relaxed),
            Err(error) => tracing::debug!(%error, "the right to write could not be renewed"),
        }
    }
}

impl Lease {
    /// Takes the right to write. Fails if another program has it.
    pub(crate) fn take(client: Arc<Client>, address: &Address) -> Result<Lease> {
        let index = address.lease();
        Ledger { client: &client, index: &index }.make(&index, &mapping::ledger(replicas()?))?;
        let started = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default().as_nanos();
        let host = std::env::var("HOSTNAME").unwrap_or_else(|_| "this archive".to_owned());
        let shared = Shared {
            client,
            index,
            holder: format!("process {} on {host}, {started:x}", std::process::id()),
            place: Mutex::new((0, 0)),
            written: Mutex::new(Instant::now()),
            ends: AtomicBool::new(false),
            is_lost: AtomicBool::new(false),
            beats: AtomicU64::new(0),
        };
        let mut found = shared.read()?;
        let place = loop {
            let Some((first, holder, _)) = found else {
                match shared.write(None)? {
                    Some(place) => break place,
                    None => return Err(busy("it was quicker")),
                }
            };
            // Its holder may be gone. Whoever took it over meanwhile is given as long.
            let start = Instant::now();
            while start.elapsed() < PATIENCE {
                std::thread::sleep(BEAT + SLICE);
                match shared.read()? {
                    Some((now, holder, _)) if now != first => return Err(busy(&holder)),
                    None => break,
                    Some(_) => {}
                }
            }
            found = shared.read()?;
            if found.as_ref().is_some_and(|(now, ..)| *now == first) {
                match shared.write(Some(first))? {
                    Some(place) => break place,
                    None => return Err(busy(&holder)),
                }
            }
        };
        *shared.place.lock().unwrap_or_else(PoisonError::into_inner) = place;
        let shared = Arc::new(shared);
        let beating = Arc::clone(&shared);
        let beating = std::thread::spawn(move || {
            let mut next = Instant::now() + BEAT;
            while !beating.ends.load(Ordering::Relaxed) && !beating.is_lost.load(Ordering::Relaxed) {
                if Instant::now() >= next {
                    beating.beat();
                    next = Instant::now() + BEAT;
                }
                std::thread::sleep(SLICE);
            }
        });
        Ok(Lease { shared, beating: Some(beating) })
    }

    /// Fails if the right to write may have gone to another program.
    pub(crate) fn check(&self) -> Result<()> {
        let age = self.shared.written.lock().unwrap_or_else(PoisonError::into_inner).elapsed();
        if age > TRUSTED {
            self.shared.beat();
        }
        let age = self.shared.written.lock().unwrap_or_else(PoisonError::into_inner).elapsed();
        if self.shared.is_lost.load(Ordering::Relaxed) || age > TRUSTED {
            return Err(Error::new(ErrorKind::IndexBusy, "another program has taken over writing to this archive")
                .hint("nothing of this one was committed since: run it again"));
        }
        Ok(())
    }
}

/// The error for an archive that somebody else writes to.
pub(crate) fn busy(holder: &str) -> Error {
    let holder = holder.split(',').next().unwrap_or(holder);
    Error::new(ErrorKind::IndexBusy, format!("another program is writing to this archive: {holder}"))
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.shared.ends.store(true, Ordering::Relaxed);
        if let Some(beating) = self.beating.take() {
            let _ = beating.join();
        }
        let (number, term) = *self.shared.place.lock().unwrap_or_else(PoisonError::into_inner);
        let condition = format!("if_seq_no={number}&if_primary_term={term}");
        let path = format!("{}/_doc/{NAME}?{condition}", self.shared.index);
        let _ = self.shared.client.send(Method::Delete, &path, JSON, &[]);
    }
}
