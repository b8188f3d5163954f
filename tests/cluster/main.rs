//! An archive in a real cluster of three nodes, as the real command loads and asks it: the same answers as on the disk,
//! also while a node is gone, and clear words for what may be wrong.
//!
//! `cargo test --features cluster-tls --test cluster` starts the nodes by `tests/cluster/nodes`, on ports of their own, and
//! stops them. Where they cannot be had (no Java, no Maven, no registry), it says why and does nothing. What is asked by TLS
//! goes through `tests/cluster/proxy.py`; with the feature `cluster` alone it is left out.
#![allow(clippy::unwrap_used)]

mod faults;
mod nodes;
#[cfg(feature = "cluster-tls")]
mod proxy;
#[path = "../main/support.rs"]
#[allow(dead_code, reason = "the other tests need more of it")]
mod support;
#[cfg(feature = "cluster-tls")]
mod tls;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use faults::Lone;
use nodes::Nodes;
use support::{Archive, Run, home};

/// What is asked beside the questions of the language's own page, each with what the index on the disk says too.
const ASKED: [&[&str]; 25] = [
    &["search", "harbour fire"],
    &["search", "harbour fire", "--format", "json"],
    &["search", "harbuor"],
    &["search", "qwxyzzy"],
    &["search", "fire", "--from", "1992-02", "--to", "1992-03", "--certain"],
    &["search", "fire", "--on", "1992", "--source", "courier"],
    &["search", "fire", "--about", "february 1992"],
    &["search", "fire", "--no-collapse", "-n", "20"],
    &["search", "fire", "--sort", "newest", "-n", "7"],
    &["search", "fire", "--sort", "oldest", "--format", "jsonl"],
    &["search", "harbour fire ferry bread lighthouse", "--match", "best", "--explain"],
    &["search", "\"net lofts\"", "--format", "csv"],
    &["search", "author:a*"],
    &["timeline", "harbour", "--by", "month"],
    &["timeline", "harbour", "--by", "year", "--split", "source"],
    &["timeline", "fire", "--mentions", "--by", "year"],
    &["sources", "fire"],
    &["dates"],
    &["dates", "--doubtful"],
    &["first", "harbour fire"],
    &["compare", "fire", "ferry"],
    &["copies", "fire"],
    &["figures", "boats"],
    &["skipped"],
    &["info", "--format", "json"],
];

/// The same archive on the disk and in a cluster.
struct Both {
    archive: Archive,
    url: String,
    /// What the command is told of the cluster in the environment.
    variables: Vec<(String, String)>,
}

impl Both {
    fn of(url: &str) -> Both {
        let archive = Archive::new();
        copy(&home().join("corpus"), &archive.here().join("files"));
        let variables = [("DATELINE_CLUSTER_SHARDS", "3"), ("DATELINE_CLUSTER_REPLICAS", "1")];
        Both { archive, url: url.to_owned(), variables: Vec::new() }.told(&variables)
    }

    /// The same, with other values of variables.
    fn told(mut self, variables: &[(&str, &str)]) -> Both {
        self.variables.retain(|(known, _)| variables.iter().all(|(name, _)| name != known));
        self.variables.extend(variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self
    }

    fn in_cluster(&self, args: &[&str]) -> Command {
        let mut command = support::command(Path::new(&self.url), self.archive.here());
        command.envs(self.variables.iter().map(|(name, value)| (name, value))).args(args);
        command
    }

    /// Brings both up to date.
    #[track_caller]
    fn index(&self) {
        let disk = self.archive.run(&["index", "files"]).exits(0);
        let cluster = Run::of(self.in_cluster(&["index", "files"])).exits(0);
        assert_eq!(counts(&cluster.out), counts(&disk.out));
    }

    /// Begins to do something in the cluster, and is killed.
    fn begin_and_kill(&self, args: &[&str]) {
        let mut begun = self.in_cluster(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(700));
        begun.kill().unwrap();
        begun.wait().unwrap();
    }

    /// Does on both what a killed program began to do in the cluster, whose right to write has to run out first.
    #[track_caller]
    fn end(&self, args: &[&str]) {
        let begun = Instant::now();
        self.archive.run(args).exits(0);
        loop {
            let again = Run::of(self.in_cluster(args));
            if again.code == Some(0) {
                return;
            }
            assert_eq!(again.code, Some(3), "{again:#?}");
            assert!(begun.elapsed() < Duration::from_secs(60), "{again:#?}");
            std::thread::sleep(Duration::from_secs(1));
        }
    }

    /// Asks one in so many of the questions of both, and of what else is asked one in three at least.
    #[track_caller]
    fn answer_alike(&self, one_in: usize) {
        let questions = questions();
        let some: Vec<&str> = questions.lines().step_by(one_in).collect();
        self.archive.write("questions.txt", some.join("\n"));
        for asked in ASKED.into_iter().step_by(one_in.min(3)) {
            let (disk, cluster) = (self.archive.run(asked), Run::of(self.in_cluster(asked)));
            if asked[0] == "info" {
                let of_contents = |run: &Run| {
                    let info = run.json();
                    ["documents", "undated", "sources", "files", "skipped", "first", "last", "languages"]
                        .map(|name| info[name].clone())
                };
                assert_eq!(of_contents(&cluster), of_contents(&disk));
                continue;
            }
            assert_eq!(
                (cluster.code, rounded(&cluster.out), &cluster.err),
                (disk.code, rounded(&disk.out), &disk.err),
                "{asked:?}"
            );
        }
        let disk = self.archive.run(&["batch", "questions.txt", "-n", "20", "--format", "trec"]);
        let cluster = Run::of(self.in_cluster(&["batch", "questions.txt", "-n", "20", "--format", "trec"]));
        assert!(disk.out.lines().count() > 1000 / one_in, "{}", disk.out.lines().count());
        assert_eq!(cluster.code, disk.code);
        let lines = |text: &str| -> Vec<String> { rounded(text).lines().map(str::to_owned).collect() };
        for (cluster, disk) in lines(&cluster.out).iter().zip(&lines(&disk.out)) {
            assert_eq!(cluster, disk);
        }
        assert_eq!(cluster.out.lines().count(), disk.out.lines().count());
    }
}

/// A text with its fractions cut to three digits: scores that are added up in another order differ in the last.
fn rounded(text: &str) -> String {
    let fraction = regex::Regex::new(r"\d+\.\d{4,}").unwrap();
    fraction
        .replace_all(text, |found: &regex::Captures| format!("{:.3}", found[0].parse::<f64>().unwrap()))
        .into_owned()
}

/// What an update says it did, without its time.
fn counts(out: &str) -> String {
    out.lines().flat_map(|line| line.rsplit_once(" · ")).map(|(counts, _)| counts.to_owned() + "\n").collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (entry, to) = (entry.as_ref().unwrap(), to.join(entry.as_ref().unwrap().file_name()));
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// The questions of the language's own page, without those that belong to the next line.
fn questions() -> String {
    let golden = fs::read_to_string(home().join("src/query/golden.txt")).unwrap();
    let asked = golden.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" => "));
    asked.map(|(question, _)| question.to_owned() + "\n").collect()
}

#[test]
fn a_cluster_answers_as_the_disk_does_also_without_one_of_its_nodes() {
    let Some(nodes) = Nodes::start() else { return };
    let both = Both::of(&format!("{}/river", nodes.address()));

    both.index();
    both.answer_alike(1);

    // Files that come, change and go.
    both.archive
        .write("files/new/one.txt", "Courier, 5 May 1994\n\nThe harbour burned again\n\nThe net lofts burned.\n");
    both.archive.write("files/new/two.txt", "Courier, 6 May 1994\n\nBread\n\nThe baker bakes on.\n");
    both.index();
    both.archive
        .write("files/new/two.txt", "Courier, 7 May 1994\n\nBread\n\nThe baker bakes no more by the harbour.\n");
    both.archive.remove("files/new/one.txt");
    both.index();
    both.answer_alike(10);
    both.index();

    let lone = Lone::loaded(&nodes);
    nodes.kill(2);
    lone.is_not_answered();
    both.answer_alike(4);
    both.archive.write("files/new/three.txt", "Courier, 8 May 1994\n\nThe ferry sails with two nodes\n\nIt sails.\n");
    both.index();
    both.answer_alike(10);
    nodes.restart(2);
    both.answer_alike(10);
    lone.is_answered();

    an_archive_is_made_anew(&both);
    a_killed_load_goes_on(&nodes);
    faults::what_is_wrong_is_said(&nodes);
    #[cfg(feature = "cluster-tls")]
    tls::a_cluster_behind_tls_answers_whom_it_knows(&nodes);
    faults::no_word_of_a_question_is_logged(&nodes);
}

/// A program that is killed while it loads leaves nothing that is seen, and the next one loads each document once.
fn a_killed_load_goes_on(nodes: &Nodes) {
    let both = Both::of(&format!("{}/killed", nodes.address()));
    both.begin_and_kill(&["index", "files"]);
    both.end(&["index", "files"]);
    both.answer_alike(10);
}

/// An archive that is made anew answers as before meanwhile, and afterwards too, by former ids as well; a program that is
/// killed at it changes nothing.
fn an_archive_is_made_anew(both: &Both) {
    both.archive.write("files/new/four.txt", "Courier, 9 May 1994\n\nAn otter by the ferry\n\nIt swims.\n");
    both.index();
    let id = both.archive.ids("otter ferry")[0].clone();
    both.begin_and_kill(&["index", "--rebuild", "files"]);
    both.answer_alike(50);
    both.archive.rename("files/new/four.txt", "files/new/five.txt");
    both.end(&["index", "--rebuild", "files"]);
    let shown = Run::of(both.in_cluster(&["show", &id])).exits(0).prints("It swims.");
    assert_eq!(shown.out, both.archive.run(&["show", &id]).out);
    both.answer_alike(10);
}
