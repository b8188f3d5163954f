//! Ways to the nodes by TLS and with a password, made by the script beside this file.

use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::support::home;

/// The ways, which end with the test.
pub(crate) struct Proxy {
    /// With the authority's certificate, and what came to the witness.
    folder: TempDir,
    ports: HashMap<String, u16>,
    program: Child,
}

impl Proxy {
    /// Opens ways to nodes for users, as the script takes both; none where it cannot be run, which is said.
    pub(crate) fn start(nodes: &[String], users: &Value) -> Option<Proxy> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("users.json"), users.to_string()).unwrap();
        let mut command = Command::new("python3");
        command.arg(home().join("tests/cluster/proxy.py")).arg(folder.path()).args(nodes);
        let Ok(mut program) = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() else {
            eprintln!("skipped: there is no Python here, so no cluster is asked by TLS");
            return None;
        };
        let lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let named = lines.map(|line| line.unwrap()).take_while(|line| !line.is_empty());
        let ports: HashMap<String, u16> = named
            .map(|line| line.split_once(' ').map(|(name, port)| (name.into(), port.parse().unwrap())).unwrap())
            .collect();
        if ports.is_empty() {
            assert_eq!(program.wait().unwrap().code(), Some(2), "the proxy did not start");
            eprintln!("skipped: there is no openssl here, so no cluster is asked by TLS");
            return None;
        }
        Some(Proxy { folder, ports, program })
    }

    /// A host with the port of a way.
    pub(crate) fn at(&self, host: &str, way: &str) -> String {
        format!("{host}:{}", self.ports[way])
    }

    /// A file of the proxy's folder.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        drop(self.program.stdin.take());
        let _ = self.program.wait();
    }
}
