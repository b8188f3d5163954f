//! The same questions to an archive in a real cluster and to the oracle, and the same answers.
//!
//! The variable names the nodes, as `tests/cluster/nodes` tells them; without it nothing is asked, and a line says so.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cluster::address::Address;
use crate::cluster::open::Cluster;
use crate::cluster::state::State;
use crate::cluster::writer::ClusterWriter;
use crate::document::Document;
use crate::indexer::own_documents::{Documents, OwnDocuments};
use crate::oracle::engine::Oracle;
use crate::search::answer;
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
