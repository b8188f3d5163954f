//! Listening at an address, and who listens there already.

use std::error::Error as _;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::path::Path;

use anyhow::Result;
use dateline::serve::{Listener, Server};

use crate::cli::output::harmless;

/// Binds a server to an address. Where another program has it, that is told with the program's name, if the system tells
/// it, and with the option that names another address.
pub(in super::super) fn at(server: Server, address: SocketAddr, option: &str) -> Result<Listener> {
    server.bind(address).map_err(|error| {
        let cause = error.source().and_then(|cause| cause.downcast_ref::<std::io::Error>()).map(std::io::Error::kind);
        let why = match cause {
            // What else is wrong with a server has a hint of its own.
            None => return error.into(),
            Some(ErrorKind::AddrInUse) => {
                let who = holder(Path::new("/proc"), address).unwrap_or_else(|| "another program".to_owned());
                format!("{who} listens there: end it, or name")
            }
            Some(_) => "name".to_owned(),
        };
        error.hint(format!("{why} another place with {option}")).into()
    })
}

/// The program that listens at an address, as Linux tells it: `python3 (process 4711)`. None on other systems, and where
/// the program is another user's.
fn holder(proc: &Path, address: SocketAddr) -> Option<String> {
    let tables = ["net/tcp", "net/tcp6"].map(|table| std::fs::read_to_string(proc.join(table)).unwrap_or_default());
    let socket = tables.iter().find_map(|table| socket(table, address.port()))?;
    let link = format!("socket:[{socket}]");
    // `self` and its like stand beside the numbers of the processes.
    let is_process = |name: &OsStr| name.as_encoded_bytes().iter().all(u8::is_ascii_digit);
    let processes = std::fs::read_dir(proc).ok()?.filter_map(std::result::Result::ok);
    let processes = processes.filter(|process| is_process(&process.file_name()));
    let holds = |process: &Path| {
        let files = std::fs::read_dir(process.join("fd")).into_iter().flatten().filter_map(std::result::Result::ok);
        files.filter_map(|file| std::fs::read_link(file.path()).ok()).any(|file| file.as_os_str() == link.as_str())
    };
    let process = processes.map(|process| process.path()).find(|process| holds(process))?;
    let name = std::fs::read_to_string(process.join("comm")).ok()?;
    Some(format!("{} (process {})", harmless(name.trim()), process.file_name()?.to_string_lossy()))
}

/// The number of the socket that listens at a port, in a table of the system.
fn socket(table: &str, port: u16) -> Option<&str> {
    let end = format!(":{port:04X}");
    table.lines().find_map(|line| {
        let columns: Vec<&str> = line.split_whitespace().collect();
        // 0A is the state of a socket that listens.
        let is_it = columns.get(1)?.ends_with(&end) && *columns.get(3)? == "0A";
        columns.get(9).copied().filter(|_| is_it)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_socket_that_listens_at_a_port_is_found_among_others() {
        let table = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   \
            0: 0100007F:1BCD 0100007F:9C40 01 00000000:00000000 00:00000000 00000000  1000        0 11 1 0 20 4 30 10 -1\n   \
            1: 0100007F:1BCD 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 22 1 0 100 0 0 10 0\n";
        assert_eq!((socket(table, 7117), socket(table, 7118)), (Some("22"), None));
        assert_eq!(socket("nonsense", 7117), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_program_that_listens_is_named() {
        let Ok(listener) = std::net::TcpListener::bind("127.0.0.1:0") else { return };
        let told = listener.local_addr().ok().and_then(|address| holder(Path::new("/proc"), address));
        let us = format!("(process {})", std::process::id());
        assert!(told.as_ref().is_some_and(|told| told.ends_with(&us)), "{told:?}, and not {us}");
    }
}
