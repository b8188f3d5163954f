//! The same questions to an archive in a real cluster and to the oracle, and the same answers.
//!
//! The variable names the nodes, as `tests/cluster/nodes` tells them; without it nothing is asked, and a line says so.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::backend::writer::Spot;
use crate::cluster::address::Address;
use crate::cluster::build::Builds;
use crate::cluster::bulk::{Bulk, Change as Line};
use crate::cluster::client::Method;
use crate::cluster::fake::keeping;
use crate::cluster::ledger::{Head, Ledger};
use crate::cluster::open::Cluster;
use crate::cluster::rebuild::rebuild;
use crate::cluster::state::State;
use crate::cluster::view::View;
use crate::cluster::writer::ClusterWriter;
use crate::corpus::Corpus;
use crate::document::Document;
use crate::error::{Error, ErrorKind};
use crate::indexer::own_documents::{Documents, OwnDocuments};
use crate::oracle::engine::Oracle;
use crate::search::answer;
use crate::search::engine::answered;
use crate::search::index::Index;
use crate::search::request::Request;
use crate::search::tests::{Chance, Change, assert_same, assert_same_others, changes, copy_of, document, request};
use crate::text::Analyzer;
use crate::time::Date;

/// The nodes, with commas between them: `http://127.0.0.1:19201,http://127.0.0.1:19202`.
const NODES: &str = "DATELINE_CLUSTER_NODES";
const QUESTIONS: usize = 60;
const QUESTIONS_VARIABLE: &str = "DATELINE_QUESTIONS";
const DOCUMENTS: usize = 84;

/// A new archive in the cluster. None without one.
fn archive(name: &str) -> Option<Arc<Cluster>> {
    let Ok(nodes) = std::env::var(NODES) else {
        eprintln!("skipped: {NODES} names no cluster; tests/cluster/nodes start makes one");
        return None;
    };
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
    let address = Address::parse(&format!("{}/test-{name}-{now}", nodes.trim_end_matches('/'))).unwrap();
    Some(Arc::new(Cluster::create(address).unwrap()))
}

fn load(cluster: &Arc<Cluster>, documents: &[Document]) {
    let mut writer = OwnDocuments::new(ClusterWriter::open(Arc::clone(cluster)).unwrap()).unwrap();
    documents.iter().for_each(|document| writer.add(document.clone()).unwrap());
    writer.commit().unwrap();
}

fn documents(count: usize, chance: &mut Chance) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    for number in 0..count {
        let original = documents.get(chance.below(number)).filter(|_| chance.one_in(3));
        let document = match original {
            Some(original) => copy_of(original, number, chance),
            None => document(number, chance),
        };
        documents.push(document);
    }
    documents
}

fn assert_alike(request: &Request, state: &State, oracle: &Oracle, context: &str) {
    let by_cluster = answer::run(request, state, &mut Analyzer::for_questions()).unwrap();
    let by_oracle = answer::run(request, oracle, &mut Analyzer::for_questions()).unwrap();
    assert_same(&by_cluster, &by_oracle, context);
    assert_same_others(request, state, oracle, context);
}

#[test]
fn a_cluster_and_the_oracle_give_the_same_answers() {
    let Some(cluster) = archive("oracle") else { return };
    let questions = std::env::var(QUESTIONS_VARIABLE).ok().and_then(|n| n.parse().ok()).unwrap_or(QUESTIONS);
    let chance = &mut Chance(2022);
    let documents = documents(DOCUMENTS, chance);
    documents.chunks(DOCUMENTS / 3).for_each(|some| load(&cluster, some));
    let state = State::of(&cluster).unwrap();
    let oracle = Oracle::of(documents);
    for number in 0..questions {
        let mut request = Request { collapse: chance.one_in(2), ..request(chance) };
        request.about_certain = chance.one_in(3);
        if chance.one_in(4) {
            let range: Date = chance.of(&["1992", "1992-02", "1968-05", "2001"]).parse().unwrap();
            request.about_within.push(range.into());
        }
        let context = format!("question {number}: {} {:?} {:?}", request.query, request.sort, request.about_within);
        assert_alike(&request, &state, &oracle, &context);
    }
    cluster.delete().unwrap();
}

#[test]
fn a_cluster_that_was_written_to_again_and_again_answers_as_the_oracle() {
    let Some(cluster) = archive("history") else { return };
    let chance = &mut Chance(7);
    let mut living: BTreeMap<usize, Document> = BTreeMap::new();
    for step in 0..8 {
        let mut writer = OwnDocuments::new(ClusterWriter::open(Arc::clone(&cluster)).unwrap()).unwrap();
        let mut after = living.clone();
        for change in changes(&mut after, chance) {
            match change {
                Change::Add(document) => writer.add(*document).unwrap(),
                Change::Remove(id) => writer.remove(&id),
            }
        }
        // A writer that stops before it commits leaves nothing behind.
        if step % 3 == 1 {
            continue;
        }
        writer.commit().unwrap();
        living = after;
        if step % 3 == 2 {
            drop(writer);
            let made = rebuild(cluster.address.clone(), |new| {
                load(&new, &living.values().cloned().collect::<Vec<_>>());
                if step == 2 { Err(Error::new(ErrorKind::Cancelled, "left")) } else { Ok(()) }
            });
            assert_eq!(made.is_err(), step == 2);
            cluster.reload().unwrap();
        }
        let (state, oracle) = (State::of(&cluster).unwrap(), Oracle::of(living.values().cloned()));
        for number in 0..5 {
            let request = Request { collapse: chance.one_in(2), ..request(chance) };
            let context = format!("step {step}, question {number}: {} {:?}", request.query, request.sort);
            assert_alike(&request, &state, &oracle, &context);
        }
    }
    cluster.delete().unwrap();
}

#[test]
fn an_archive_that_is_made_anew_is_read_as_before_until_it_is_complete() {
    let Some(cluster) = archive("anew") else { return };
    let address = &cluster.address;
    load(&cluster, &[Document::new("a", "The ferry sank."), Document::new("b", "A ferry.")]);
    let asked = |cluster: &Arc<Cluster>| {
        let request = Request::of(crate::query::Query::from("ferry"));
        answered(cluster, || answer::run(&request, &State::of(cluster)?, &mut Analyzer::for_questions()))
            .map(|results| results.total)
    };
    let is_busy = |error: Error| error.kind() == ErrorKind::IndexBusy;
    let reader = Arc::new(Cluster::open(address.clone()).unwrap());
    rebuild(address.clone(), |new| {
        load(&new, &[Document::new("c", "Another ferry.")]);
        assert_eq!((asked(&new)?, asked(&reader)?), (1, 2));
        assert!(ClusterWriter::open(Arc::clone(&reader)).err().is_some_and(is_busy));
        assert!(rebuild(address.clone(), |_| Ok(())).err().is_some_and(is_busy));
        let writer = ClusterWriter::open(Arc::clone(&new))?;
        assert!(ClusterWriter::open(Arc::clone(&new)).err().is_some_and(is_busy));
        drop(writer);
        Ok(())
    })
    .unwrap();
    // The documents of the state that it saw are gone.
    assert!(reader.is_stale().unwrap());
    assert_eq!(asked(&reader).unwrap(), 1);
    // What somebody who was killed left behind goes with the next writer.
    let builds = Builds { client: &cluster.client, address };
    builds.make().unwrap();
    assert_eq!(builds.all().unwrap().len(), 2);
    load(&cluster, &[Document::new("d", "One more ferry.")]);
    assert_eq!((builds.all().unwrap().len(), asked(&cluster).unwrap()), (1, 2));
    // Whose alias was taken is not deleted with all its documents.
    let (build, ..) = cluster.now().unwrap();
    let path = format!("{}/_alias/{}", build.ledger, address.alias());
    cluster.client.ask(Method::Delete, &path, &Value::Null).unwrap();
    assert!(Cluster::create(address.clone()).is_err_and(|error| error.message().contains("without its alias")));
    cluster.delete().unwrap();
}

#[test]
fn what_a_writer_sends_after_another_has_taken_over_changes_nothing() {
    let Some(cluster) = archive("late") else { return };
    load(&cluster, &[Document::new("a", "The ferry sank."), Document::new("b", "A ferry.")]);
    let builds = Builds { client: &cluster.client, address: &cluster.address };
    let (build, ..) = cluster.now().unwrap();
    let late = builds.let_write(&build, 1).unwrap();
    load(&cluster, &[Document::new("c", "Another ferry.")]);
    let named = |id: &str| {
        let found = cluster.client.search(&build.documents, &json!({ "query": { "term": { "id": id } } })).unwrap();
        found["hits"]["hits"][0]["_id"].as_str().unwrap().to_owned()
    };
    let fields = json!({ "id": "d", "key": 4, "added": 1 });
    for change in [
        Line::index("d", "d", &fields, Spot::default()),
        Line::update(&named("a"), "a", &json!({ "removed": 1 })),
        Line::delete(&named("b"), "b"),
    ] {
        let bulk = Bulk { client: &cluster.client, alias: &late, may: &|| Ok(()) };
        assert!(bulk.send(&[change]).is_err());
    }
    cluster.client.ask(Method::Post, &format!("{}/_refresh", build.documents), &Value::Null).unwrap();
    let found =
        cluster.client.search(&build.documents, &json!({ "query": { "exists": { "field": "added" } } })).unwrap();
    assert_eq!(found["hits"]["total"]["value"], 3);
    // Nor does a build come back that was deleted.
    let (left, _) = builds.make().unwrap();
    let alias = builds.let_write(&left, 3).unwrap();
    builds.delete(&left).unwrap();
    let bulk = Bulk { client: &cluster.client, alias: &alias, may: &|| Ok(()) };
    assert!(bulk.send(&[Line::index("d", "d", &fields, Spot::default())]).is_err());
    assert_eq!(builds.all().unwrap(), std::slice::from_ref(&build));
    assert_eq!(View::open(Arc::clone(&cluster.client), build.documents, i64::MAX).unwrap().documents, 3);
    cluster.delete().unwrap();
}

/// A folder of files, one of which has a record that is odd.
fn files() -> (tempfile::TempDir, Corpus) {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..5 {
        std::fs::write(folder.path().join(format!("{number}.txt")), format!("The ferry {number} sails.\n")).unwrap();
    }
    let records =
        ["The mill turns.", "An odd mill.", "The mill stands."].map(|text| format!("{{\"text\": \"{text}\"}}\n"));
    std::fs::write(folder.path().join("mills.jsonl"), records.concat()).unwrap();
    let corpus = Corpus::open(folder.path()).unwrap();
    (folder, corpus)
}

#[test]
fn a_document_that_is_refused_is_listed_as_skipped_and_the_others_are_loaded() {
    let (node, kept) = keeping(|line| line.contains("odd"));
    let (folder, corpus) = files();
    let index = Index::create(format!("{node}/river")).unwrap();
    let report = index.update().run(std::slice::from_ref(&corpus)).unwrap();
    assert_eq!((report.added, report.failed, report.skipped), (7, 1, 1), "{report:?}");
    assert_eq!(kept.lock().unwrap().documents.len(), 7);
    let skipped = index.skipped().unwrap();
    let told: Vec<_> = skipped.iter().map(|one| (one.path.ends_with("mills.jsonl"), one.line, &*one.reason)).collect();
    assert_eq!(told, [(true, Some(2), "the cluster refuses it: it is too odd")]);
    // As it is, the file is not read again.
    let report = index.update().run(&[corpus]).unwrap();
    assert_eq!((report.unchanged, report.failed, report.skipped), (7, 0, 1), "{report:?}");
    drop(folder);
    let mut writer = index.writer().unwrap();
    writer.add(Document::new("a", "An odd ferry.")).unwrap();
    writer.add(Document::new("b", "A ferry.")).unwrap();
    assert!(writer.commit().is_err_and(|error| error.message().contains("document a")));
    assert_eq!(writer.commit().unwrap().added, 1);
    assert_eq!(kept.lock().unwrap().documents.last().unwrap(), "b");
}

#[test]
fn a_build_in_which_documents_are_missing_does_not_replace_the_one_that_is_read() {
    let (node, kept) = keeping(|_| false);
    let (_folder, corpus) = files();
    let address = format!("{node}/river");
    Index::create(&address).unwrap();
    let read = || kept.lock().unwrap().read.clone();
    let before = read();
    let error = Index::rebuild(&address, |index| index.update().run(&[corpus])).unwrap_err();
    assert_eq!(error.message(), "the cluster has 0 of the 8 documents that were loaded");
    assert_eq!(read(), before);
    Index::rebuild(&address, |_| Ok(())).unwrap();
    assert_ne!(read(), before);
}

#[test]
fn a_state_stays_as_it_was_while_others_write_and_only_one_writes() {
    let Some(cluster) = archive("states") else { return };
    let reader = Arc::new(Cluster::open(cluster.address.clone()).unwrap());
    let found = |cluster: &Arc<Cluster>| {
        let request = Request::of(crate::query::Query::from("ferry"));
        answer::run(&request, &State::of(cluster).unwrap(), &mut Analyzer::for_questions()).unwrap().total
    };
    load(&cluster, &[Document::new("a", "The ferry sank."), Document::new("b", "A ferry.")]);
    assert_eq!((found(&cluster), found(&reader)), (2, 0));
    reader.reload().unwrap();
    let mut writer = OwnDocuments::new(ClusterWriter::open(Arc::clone(&cluster)).unwrap()).unwrap();
    let other = ClusterWriter::open(Arc::clone(&reader)).err().unwrap();
    assert_eq!(other.kind(), crate::error::ErrorKind::IndexBusy, "{other}");
    writer.remove("a");
    writer.add(Document::new("c", "Another ferry.")).unwrap();
    writer.add(Document::new("d", "One more ferry.")).unwrap();
    assert_eq!((found(&cluster), found(&reader)), (2, 2));
    writer.commit().unwrap();
    drop(writer);
    assert_eq!((found(&cluster), found(&reader)), (3, 2));
    reader.reload().unwrap();
    assert_eq!(found(&reader), 3);
    cluster.delete().unwrap();
}

#[test]
fn a_commit_that_a_former_writer_sends_late_is_not_taken() {
    let (node, _) = keeping(|_| false);
    let cluster = Arc::new(Cluster::create(Address::parse(&format!("{node}/river")).unwrap()).unwrap());
    let (build, head, at) = cluster.now().unwrap();
    let _writer = ClusterWriter::open(Arc::clone(&cluster)).unwrap();
    let ledger = Ledger { client: &cluster.client, index: &build.ledger };
    let late = ledger.put(&Head { generation: 7, ..head }, Some(at)).unwrap_err();
    assert_eq!(late.kind(), ErrorKind::IndexBusy, "{late}");
    assert_eq!(ledger.head().unwrap().unwrap().0.generation, 0);
}
