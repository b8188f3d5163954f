//! Three nodes on this machine, started and stopped by the script beside this file.

use std::process::{Command, Output};

use super::support::home;

/// Nodes with ports and data of their own, which end with the test.
pub(crate) struct Nodes;

/// The port of the first node: not that of nodes that somebody started by hand.
const PORT: u16 = 19_701;

impl Nodes {
    /// Starts them; none where they cannot be had, which is said.
    pub(crate) fn start() -> Option<Nodes> {
        let nodes = Nodes;
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
        let nodes: Vec<String> = (0..3).map(|node| format!("127.0.0.1:{}", PORT + node)).collect();
        format!("http://{}", nodes.join(","))
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
        command.args(args).env("DATELINE_NODES_PORT", PORT.to_string());
        command.env("DATELINE_NODES", concat!(env!("CARGO_TARGET_TMPDIR"), "/cluster"));
        command.output().unwrap()
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        self.run(&["clean"]);
    }
}
