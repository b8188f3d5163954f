//! What is wrong with a cluster, an archive or an address is said in one line, and nothing is answered in part.

use std::path::Path;

use serde_json::json;

use super::Both;
use super::nodes::Nodes;
use super::support::{self, Archive, Run};

/// A word that is in no document and in nothing but questions.
const RARE: &str = "zephyrquill";
const ASKED: [&[&str]; 6] = [
    &["search", RARE],
    &["search", "harbour OR zephyrquill"],
    &["search", "\"harbour zephyrquill\""],
    &["search", "zephyrqui*"],
    &["search", "fire", "--source", RARE],
    &["timeline", RARE],
];

fn asked(url: &str, args: &[&str]) -> Run {
    let archive = Archive::new().file("a.txt", "Courier, 5 May 1994\n\nA word.\n");
    let mut command = support::command(Path::new(url), archive.here());
    command.args(args);
    Run::of(command)
}

/// An archive whose parts are each on one node alone.
pub(crate) struct Lone(Both);

impl Lone {
    pub(crate) fn loaded(nodes: &Nodes) -> Lone {
        let both = Both::of(&format!("{}/lone", nodes.address())).told(&[("DATELINE_CLUSTER_REPLICAS", "0")]);
        both.index();
        Lone(both)
    }

    /// While a node is gone, a part of the archive is too.
    pub(crate) fn is_not_answered(&self) {
        // Each waits for the part to come back for a while.
        std::thread::scope(|scope| {
            let ran = [ASKED[1], &["info"], &["index", "files"]].map(|args| {
                scope.spawn(|| Run::of(self.0.in_cluster(args)).exits(3).complains_in_one_line("the cluster"))
            });
            ran.into_iter().for_each(|ran| drop(ran.join().unwrap()));
        });
    }

    pub(crate) fn is_answered(&self) {
        self.0.answer_alike(10);
    }
}

pub(crate) fn what_is_wrong_is_said(nodes: &Nodes) {
    let address = nodes.address();
    let at = |archive: &str| format!("{address}/{archive}");
    asked("http://127.0.0.1:9/river", &["search", "fire"]).exits(3).complains_in_one_line("does not answer");
    asked(&at("nothing"), &["search", "fire"]).exits(3).complains_in_one_line("nothing");
    asked(&at("river"), &["verify", "--repair"]).exits(2).complains_in_one_line("cluster");
    asked("http://example.org:9200/river", &["search", "fire"]).exits(2).complains_in_one_line("example.org");
    #[cfg(not(feature = "cluster-tls"))]
    asked("https://127.0.0.1:9/river", &["search", "fire"]).exits(2).complains_in_one_line("built without TLS");

    // An index that is not ours under our name, and an archive of another format.
    let head = json!({ "ship": "the ferry" });
    nodes.put("dateline-strange/_doc/head", &head);
    nodes.put("dateline-numbered.f99.1.ledger/_doc/head", &head);
    nodes.put("dateline-numbered.f99.1.ledger/_alias/dateline-numbered", &json!({}));
    for args in [&["search", "fire"][..], &["index", "files"]] {
        asked(&at("strange"), args)
            .exits(3)
            .complains_in_one_line("dateline-strange is an index that dateline did not make");
        asked(&at("numbered"), args).exits(3).complains_in_one_line("this archive has format 99");
    }
}

pub(crate) fn no_word_of_a_question_is_logged(nodes: &Nodes) {
    for args in ASKED {
        asked(&format!("{}/river", nodes.address()), args);
    }
    let logs = nodes.logs().to_lowercase();
    assert!(logs.contains("dateline-river"), "the nodes log nothing");
    let line = logs.lines().find(|line| line.contains("zephyrq"));
    assert_eq!(line, None);
}
