//! Three nodes on this machine, started and stopped by the script beside this file.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use super::support::home;

/// Nodes with ports and data of their own, which end with the test.
pub(crate) struct Nodes {
    /// The port of the first one.
    port: u16,
}

/// The port of the first node, unless the script's variable names another: not that of nodes that somebody started by hand.
const PORT: u16 = 19_701;
const PORT_VARIABLE: &str = "DATELINE_NODES_PORT";
/// Where they keep programs, data and logs.
const FOLDER: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/cluster");

impl Nodes {
    /// Starts them; none where they cannot be had, which is said.
    pub(crate) fn start() -> Option<Nodes> {
        let port = std::env::var(PORT_VARIABLE).map_or(PORT, |port| port.parse().unwrap());
        let nodes = Nodes { port };
        for step in ["clean", "get", "start"] {
            let ended = nodes.run(&[step]);
            if ended.status.code() == Some(2) {
                eprintln!("skipped: {}", String::from_utf8_lossy(&ended.stderr).trim());
                return None;
            }
            assert!(ended.status.success(), "{step}: {ended:?}");
        }
        Some(nodes)
    }

    /// Where they are asked.
    pub(crate) fn address(&self) -> String {
        format!("http://{}", self.hosts().join(","))
    }

    /// Each with its port.
    pub(crate) fn hosts(&self) -> Vec<String> {
        (0..3).map(|node| format!("127.0.0.1:{}", self.port + node)).collect()
    }

    /// Writes something into the cluster by hand.
    pub(crate) fn put(&self, path: &str, body: &Value) {
        let url = format!("http://{}/{path}", self.hosts()[0]);
        let mut command = Command::new("curl");
        command.args(["-sfS", "-X", "PUT", "-H", "content-type: application/json", "-d", &body.to_string(), &url]);
        let ended = command.output().unwrap();
        assert!(ended.status.success(), "{path}: {ended:?}");
    }

    /// All that the nodes have logged so far.
    pub(crate) fn logs(&self) -> String {
        let mut all = String::new();
        for node in 1..=3 {
            let node = Path::new(FOLDER).join(node.to_string());
            let logs = fs::read_dir(node.join("logs")).unwrap().map(|log| log.unwrap().path());
            for file in logs.chain([node.join("out")]) {
                all += &String::from_utf8_lossy(&fs::read(file).unwrap());
            }
        }
        all
    }

    /// Ends a node at once.
    pub(crate) fn kill(&self, node: u8) {
        self.must(&["kill", &node.to_string()]);
    }

    /// Starts a node again, and waits until the cluster is whole.
    pub(crate) fn restart(&self, node: u8) {
        self.must(&["restart", &node.to_string()]);
    }

    fn must(&self, args: &[&str]) {
        let ended = self.run(args);
        assert!(ended.status.success(), "{args:?}: {ended:?}");
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = Command::new(home().join("tests/cluster/nodes"));
        command.args(args).env(PORT_VARIABLE, self.port.to_string());
        command.env("DATELINE_NODES", FOLDER);
        command.output().unwrap()
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        self.run(&["clean"]);
    }
}
