//! The writing half: documents and the catalog to the cluster, one commit after the other.
//!
//! Every document is written with the number of the commit that is being made, and one that is removed gets that number too. So
//! nobody sees a change before the ledger's head names that commit, and what a killed program left behind is cleared away by
//! the next one that writes. Each writes by an alias of its own that goes with it, so what it sends too late changes nothing.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use xxhash_rust::xxh3::xxh3_128;

use super::build::Build;
use super::bulk::{BYTES, Bulk, Change};
use super::client::{Method, unexpected};
use super::copies::Filed;
use super::find_copies::find;
use super::lease::Lease;
use super::ledger::{At, Head, Ledger, Parts};
use super::mapping::field;
use super::open::Cluster;
use super::record;
use super::view::{View, living};
use super::vocabulary::Written;
use crate::backend::definition::analysed::Analysed;
use crate::backend::memory_budget::Share;
use crate::backend::writer::{BackendWriter, DocumentCounts, Origins, Refused, Spot, TakenIds};
use crate::catalog::encoded::encode;
use crate::catalog::file_state::PieceState;
use crate::catalog::files::Catalog;
use crate::document::Document;
use crate::document::path::path_text;
use crate::error::{Error, ErrorKind, Result};
use crate::text::Analyzer;

/// The documents of one answer.
const PAGE: usize = 5_000;
/// The bytes that are gathered at most while others are sent.
const GATHERED: usize = 4 * BYTES;
/// The values that are asked for at once.
const VALUES: usize = 1_000;

/// What is to go: of each name the documents that were written before a place in the order of all changes.
#[derive(Clone, Debug, Default)]
struct Removals {
    ids: HashMap<String, u64>,
    pieces: HashMap<String, u64>,
    /// Documents of pieces that have one of some ids.
    both: Vec<(Vec<String>, Vec<String>, u64)>,
}

/// A document that a scan tells of.
struct Met {
    name: String,
    id: String,
    piece: Option<String>,
    added: i64,
    order: u64,
}

/// The only writer of an archive in a cluster.
pub(crate) struct ClusterWriter {
    cluster: Arc<Cluster>,
    build: Build,
    /// The alias by which documents are written.
    alias: String,
    head: Head,
    at: At,
    /// The commit with which this writer began.
    began: i64,
    /// The number of the commit that is being made.
    stamp: AtomicI64,
    order: AtomicU64,
    queue: Mutex<(Vec<Change>, usize)>,
    /// Held while the queue is sent, so that changes of one document stay in their order.
    sending: Mutex<()>,
    removals: Mutex<Removals>,
    /// New documents that the cluster has refused.
    refused: Mutex<Vec<Refused>>,
    terms: Written,
    /// The parts that the head before the last one named.
    former: Vec<Parts>,
    lease: Arc<Lease>,
}

fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_micros() as i64)
}

fn piece_name(number: u64) -> String {
    format!("{number:016x}")
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ClusterWriter {
    /// Takes the right to write, and clears away what another writer left behind.
    pub(crate) fn open(cluster: Arc<Cluster>) -> Result<ClusterWriter> {
        let lease = cluster.lease()?;
        let (build, head, at) = cluster.now()?;
        let stamp = now().max(head.generation + 1);
        let alias = cluster.let_write(&build, stamp)?;
        let (head, at) = Ledger { client: &cluster.client, index: &build.ledger }.fence(head, at, stamp)?;
        cluster.reload()?;
        let writer = ClusterWriter {
            alias,
            build,
            at,
            began: head.generation,
            stamp: AtomicI64::new(stamp),
            head,
            order: AtomicU64::new(1),
            queue: Mutex::default(),
            sending: Mutex::default(),
            removals: Mutex::default(),
            refused: Mutex::default(),
            terms: Written::default(),
            former: Vec::new(),
            lease,
            cluster,
        };
        writer.clear_away()?;
        Ok(writer)
    }

    fn stamp(&self) -> i64 {
        self.stamp.load(Ordering::Relaxed)
    }

    fn next(&self) -> u64 {
        self.order.fetch_add(1, Ordering::Relaxed)
    }

    fn view(&self) -> Result<Arc<View>> {
        self.cluster.view()
    }

    /// Takes out what was written and never committed.
    fn clear_away(&self) -> Result<()> {
        self.refresh()?;
        let generation = self.head.generation;
        let mut changes = Vec::new();
        self.scan(vec![json!({ "range": { field::ADDED: { "gt": generation } } })], |met| {
            changes.push(Change::delete(&met.name, &met.id));
        })?;
        let removed = json!({ "range": { field::REMOVED: { "gt": generation } } });
        let added = json!({ "range": { field::ADDED: { "lte": generation } } });
        self.scan(vec![removed, added], |met| {
            changes.push(Change::update(&met.name, &met.id, &json!({ field::REMOVED: null })));
        })?;
        if !changes.is_empty() {
            tracing::debug!(documents = changes.len(), "cleared away what was never committed");
            self.send(&changes)?;
            self.refresh()?;
        }
        Ok(())
    }

    fn refresh(&self) -> Result<()> {
        let answer =
            self.cluster.client.ask(Method::Post, &format!("{}/_refresh", self.build.documents), &Value::Null)?;
        if answer["_shards"]["failed"].as_u64() != Some(0) {
            return Err(Error::new(ErrorKind::Io, "a part of the cluster does not take what was written")
                .hint("is the cluster red? ask _cluster/health"));
        }
        Ok(())
    }

    /// Makes changes, while the right to write is had.
    fn send(&self, changes: &[Change]) -> Result<()> {
        let bulk = Bulk { client: &self.cluster.client, alias: &self.alias, may: &|| self.lease.check() };
        // Who has lost the right to write has also lost the alias.
        let refused = bulk.send(changes).map_err(|error| self.lease.check().err().unwrap_or(error))?;
        lock(&self.refused).extend(refused);
        Ok(())
    }

    /// Takes changes that belong together: a document with the terms that it is the first to have.
    fn queue(&self, changes: Vec<Change>) -> Result<()> {
        let bytes = {
            let mut queue = lock(&self.queue);
            queue.1 += changes.iter().map(|change| change.lines.len()).sum::<usize>();
            queue.0.extend(changes);
            queue.1
        };
        match self.sending.try_lock() {
            Ok(order) if bytes >= BYTES => self.send_queued(&order),
            // What is gathered while another thread sends goes next.
            _ if bytes < GATHERED => Ok(()),
            _ => self.flush(),
        }
    }

    /// Sends what is queued.
    fn flush(&self) -> Result<()> {
        self.send_queued(&lock(&self.sending))
    }

    /// Sends what is queued, in its order. What the cluster did not take stays queued.
    fn send_queued(&self, _order: &MutexGuard<'_, ()>) -> Result<()> {
        let (changes, bytes) = std::mem::take(&mut *lock(&self.queue));
        if changes.is_empty() {
            return Ok(());
        }
        let sent = self.send(&changes);
        if sent.is_err() {
            let mut queue = lock(&self.queue);
            queue.0.splice(0..0, changes);
            queue.1 += bytes;
        }
        sent
    }

    /// Calls `each` with every document, committed or not, that all of these queries find.
    fn scan(&self, queries: Vec<Value>, mut each: impl FnMut(Met)) -> Result<()> {
        let body = json!({
            "query": { "bool": { "filter": queries } }, "_source": false,
            "docvalue_fields": [field::ID, field::ADDED, field::ORDER, field::PIECE],
            "sort": [{ field::KEY: "asc" }, { field::ADDED: "asc" }],
        });
        self.cluster.client.each_hit(&self.build.documents, PAGE, body, &mut |hit| {
            let number = |name: &'static str| record::number(hit, name).ok_or_else(|| unexpected(name));
            each(Met {
                name: hit["_id"].as_str().ok_or_else(|| unexpected("_id"))?.to_owned(),
                id: record::text(hit, field::ID).ok_or_else(|| unexpected(field::ID))?.to_owned(),
                piece: record::text(hit, field::PIECE).map(str::to_owned),
                added: number(field::ADDED)?,
                order: number(field::ORDER)? as u64,
            });
            Ok(())
        })
    }

    /// Takes out what was to be removed.
    fn remove_all(&self, removals: &Removals, stamp: i64) -> Result<()> {
        let mut gone: HashMap<String, Change> = HashMap::new();
        let mut take = |met: Met, before: u64| {
            if met.added < stamp {
                let change = Change::update(&met.name, &met.id, &json!({ field::REMOVED: stamp }));
                gone.insert(met.name, change);
            } else if met.order < before {
                let change = Change::delete(&met.name, &met.id);
                gone.insert(met.name, change);
            }
        };
        let with = |name: &str, values: &[&String]| {
            let mut queries = living(stamp);
            queries.push(json!({ "terms": { name: values } }));
            queries
        };
        let ids: Vec<&String> = removals.ids.keys().collect();
        for some in ids.chunks(VALUES) {
            self.scan(with(field::ID, some), |met| {
                let before = removals.ids.get(&met.id).copied().unwrap_or_default();
                take(met, before);
            })?;
        }
        let pieces: Vec<&String> = removals.pieces.keys().collect();
        for some in pieces.chunks(VALUES) {
            self.scan(with(field::PIECE, some), |met| {
                let before = met.piece.as_ref().and_then(|piece| removals.pieces.get(piece)).copied();
                take(met, before.unwrap_or_default());
            })?;
        }
        for (pieces, ids, before) in &removals.both {
            for some in ids.chunks(VALUES) {
                let mut queries = with(field::ID, &some.iter().collect::<Vec<_>>());
                queries.push(json!({ "terms": { field::PIECE: pieces } }));
                self.scan(queries, |met| take(met, *before))?;
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        let changes: Vec<Change> = gone.into_values().collect();
        self.send(&changes)?;
        self.refresh()
    }

    /// Writes a head after the last one.
    fn put(&mut self, head: Head) -> Result<()> {
        self.lease.check()?;
        let ledger = Ledger { client: &self.cluster.client, index: &self.build.ledger };
        self.at = ledger.put(&head, Some(self.at))?;
        for parts in std::mem::take(&mut self.former) {
            ledger.clear(&parts)?;
        }
        let is_left = |parts: &Parts| head.catalog.as_ref() != Some(parts) && head.copies.as_ref() != Some(parts);
        self.former = [&self.head.catalog, &self.head.copies]
            .into_iter()
            .flatten()
            .filter(|parts| is_left(parts))
            .cloned()
            .collect();
        self.head = head;
        self.cluster.reload()
    }

    /// Clears away the documents that went before this writer began.
    fn collect(&mut self) -> Result<()> {
        let floor = self.began;
        let mut changes = Vec::new();
        self.scan(vec![json!({ "range": { field::REMOVED: { "lte": floor } } })], |met| {
            changes.push(Change::delete(&met.name, &met.id));
        })?;
        if changes.is_empty() {
            return Ok(());
        }
        let writer = self.stamp().to_string();
        self.put(Head { floor, writer, ..self.head.clone() })?;
        self.send(&changes)?;
        self.refresh()
    }
}

impl BackendWriter for ClusterWriter {
    type Encoder = Analyzer;

    fn encoder(&self) -> Analyzer {
        Analyzer::new()
    }

    fn add(&self, analyzer: &mut Analyzer, document: Document, piece: Option<u64>, share: Option<Share>) -> Result<()> {
        let id = document.id.clone();
        let spot = Spot { piece, member: document.place.member.clone(), line: document.place.line };
        let analysed = Analysed::of(document, analyzer);
        let mut changes = self.terms.changes(&analysed);
        let mut fields = record::fields(analysed)?;
        let (stamp, order) = (self.stamp(), self.next());
        fields.insert(field::ADDED.to_owned(), json!(stamp));
        fields.insert(field::ORDER.to_owned(), json!(order));
        if let Some(piece) = piece {
            fields.insert(field::PIECE.to_owned(), json!(piece_name(piece)));
        }
        let name = format!("{:032x}-{stamp}", xxh3_128(id.as_bytes()));
        changes.push(Change::index(&name, &id, &Value::Object(fields), spot));
        let queued = self.queue(changes);
        drop(share);
        queued
    }

    fn refused(&self) -> Result<Vec<Refused>> {
        self.flush()?;
        Ok(std::mem::take(&mut *lock(&self.refused)))
    }

    fn remove(&self, id: &str) {
        let order = self.next();
        lock(&self.removals).ids.insert(id.to_owned(), order);
    }

    fn remove_pieces(&self, numbers: impl IntoIterator<Item = u64>) {
        for number in numbers {
            let order = self.next();
            lock(&self.removals).pieces.insert(piece_name(number), order);
        }
    }

    fn remove_from(&self, pieces: &[PieceState], ids: &HashSet<String>) -> Result<()> {
        let ids: Vec<String> = ids.iter().cloned().collect();
        if ids.is_empty() {
            return Ok(());
        }
        for some in pieces.chunks(VALUES) {
            let pieces = some.iter().map(|piece| piece_name(piece.number)).collect();
            let order = self.next();
            lock(&self.removals).both.push((pieces, ids.clone(), order));
        }
        Ok(())
    }

    fn commit(&mut self, catalog: &Catalog) -> Result<()> {
        let start = Instant::now();
        self.flush()?;
        self.refresh()?;
        let stamp = self.stamp();
        let removals = lock(&self.removals).clone();
        self.remove_all(&removals, stamp)?;
        let ledger = Ledger { client: &self.cluster.client, index: &self.build.ledger };
        let parts = ledger.write("catalog", stamp, stamp, &encode(catalog))?;
        self.put(Head {
            generation: stamp,
            catalog: Some(parts),
            archives: catalog.archives.clone(),
            writer: stamp.to_string(),
            ..self.head.clone()
        })?;
        *lock(&self.removals) = Removals::default();
        self.stamp.store(now().max(stamp + 1), Ordering::Relaxed);
        tracing::debug!(stamp, millis = start.elapsed().as_millis() as u64, "committed");
        Ok(())
    }

    fn find_copies(&mut self) -> Result<()> {
        if self.head.copies.as_ref().is_some_and(|copies| copies.of == self.head.generation) {
            return Ok(());
        }
        let view = self.view()?;
        let filed: Filed = find(&view)?;
        let bytes = serde_json::to_vec(&filed)
            .map_err(|error| Error::new(ErrorKind::Internal, "the list of copies cannot be written").because(error))?;
        let ledger = Ledger { client: &self.cluster.client, index: &self.build.ledger };
        let parts = ledger.write("copies", self.stamp(), view.generation, &bytes)?;
        let writer = format!("{} with copies", self.stamp());
        self.put(Head { copies: Some(parts), writer, ..self.head.clone() })?;
        self.stamp.store(now().max(self.stamp() + 1), Ordering::Relaxed);
        Ok(())
    }

    fn close(mut self) -> Result<DocumentCounts> {
        self.find_copies()?;
        self.collect()?;
        let view = self.view()?;
        let undated = view.all_of(vec![json!({ "term": { field::UNDATED: true } })]);
        Ok(DocumentCounts { documents: view.documents, undated: view.total(&undated)? })
    }

    fn catalog(&self) -> Result<Catalog> {
        Ledger { client: &self.cluster.client, index: &self.build.ledger }.catalog(&self.head)
    }

    fn predecessor(&self) -> &Catalog {
        &self.cluster.predecessor
    }

    fn folder(&self) -> Option<&Path> {
        None
    }

    fn origins(&self) -> Result<Origins> {
        let view = self.view()?;
        let from_files = json!({ "exists": { "field": field::PIECE } });
        let of_files = view.total(&view.all_of(vec![from_files]))?;
        Ok(Origins { of_files: of_files > 0, by_hand: view.documents > of_files })
    }

    fn files_of(&self, id: &str) -> Result<Vec<String>> {
        let view = self.view()?;
        let named: Vec<Value> =
            [field::ID, field::OTHER_IDS].into_iter().map(|name| json!({ "term": { name: id } })).collect();
        let mut files = Vec::new();
        view.each_whole(&view.all_of(vec![json!({ "bool": { "should": named } })]), |_, analysed| {
            files.extend(analysed.document.place.path.as_deref().map(path_text));
            Ok(())
        })?;
        Ok(files)
    }

    fn counts_in(&self, pieces: &[PieceState], ids: &HashSet<String>) -> Result<Vec<u64>> {
        let view = self.view()?;
        let ids: Vec<&String> = ids.iter().collect();
        let mut counts = Vec::new();
        for piece in pieces {
            let mut counted = 0;
            for some in ids.chunks(VALUES) {
                counted += view.total(&view.all_of(vec![
                    json!({ "term": { field::PIECE: piece_name(piece.number) } }),
                    json!({ "terms": { field::ID: some } }),
                ]))?;
            }
            counts.push(counted);
        }
        Ok(counts)
    }

    fn taken_ids(&self, pieces: &[PieceState]) -> Result<TakenIds> {
        let mut taken: HashSet<String> = HashSet::new();
        for some in pieces.chunks(VALUES) {
            let names: Vec<String> = some.iter().map(|piece| piece_name(piece.number)).collect();
            let mut queries = living(self.head.generation);
            queries.push(json!({ "terms": { field::PIECE: names } }));
            self.scan(queries, |met| {
                taken.insert(met.id);
            })?;
        }
        Ok(Box::new(move |id| Ok(taken.contains(id))))
    }
}
