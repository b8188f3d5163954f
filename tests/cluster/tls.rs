//! A cluster behind TLS and a password: the same answers, and clear words for whoever is not let in or cannot be trusted.

use std::path::Path;

use serde_json::{Value, json};

use super::Both;
use super::nodes::Nodes;
use super::proxy::Proxy;
use super::support::{self, Archive, Run};

const PASSWORD: &str = "ropewalk-4711";
/// What of it is sent, after a user's name of any length.
const SENT: [&str; 3] = ["cm9wZXdhbGst", "b3Bld2Fsay", "cGV3YWxrLTQ3"];

/// The roles for an archive, of who asks it and of who loads it, as the command prints them.
fn roles(archive: &str) -> [Value; 2] {
    let here = Archive::new();
    let mut command = support::command(Path::new(&format!("http://127.0.0.1:9/{archive}")), here.here());
    command.args(["cluster", "role"]);
    let told = Run::of(command).exits(0).out;
    let mut roles = told.split("PUT _plugins/_security/api/roles/").skip(1);
    [(); 2].map(|()| serde_json::from_str(roles.next().unwrap().split_once('\n').unwrap().1).unwrap())
}

/// Asks as somebody, and makes sure that no password is told, however much is told.
fn asked(url: &str, variables: &[(&str, &str)], args: &[&str]) -> Run {
    let archive = Archive::new().file("a.txt", "Courier, 5 May 1994\n\nA word.\n");
    let mut command = support::command(Path::new(url), archive.here());
    command.args(args).envs(variables.iter().copied());
    let run = Run::of(command).keeps_silent_about(PASSWORD);
    SENT.into_iter().fold(run, |run, sent| run.keeps_silent_about(sent))
}

pub(crate) fn a_cluster_behind_tls_answers_whom_it_knows(nodes: &Nodes) {
    let [read, write] = roles("secured");
    let user = |role: &Value| json!({ "password": PASSWORD, "role": role });
    let users = json!({ "asker": user(&read), "loader": user(&write), "key": user(&read) });
    let Some(proxy) = Proxy::start(&nodes.hosts(), &users) else { return };
    let authority = proxy.file("authority.pem").to_str().unwrap().to_owned();
    let secret = proxy.file("secret").to_str().unwrap().to_owned();
    std::fs::write(&secret, format!("{PASSWORD}\n")).unwrap();
    let trusting = ("DATELINE_CLUSTER_CA", authority.as_str());
    let password = ("DATELINE_CLUSTER_PASSWORD", PASSWORD);
    let loader = [trusting, ("DATELINE_CLUSTER_USER", "loader"), password];
    let in_file = ("DATELINE_CLUSTER_PASSWORD_FILE", secret.as_str());
    let asker = [trusting, ("DATELINE_CLUSTER_USER", "asker"), ("DATELINE_CLUSTER_PASSWORD", ""), in_file];

    let url = format!("https://{},{}/secured", proxy.at("127.0.0.1", "new"), proxy.at("localhost", "old"));
    let both = Both::of(&url).told(&loader);
    both.index();
    // The role of whoever asks is enough for all that is asked, and for nothing else.
    both.told(&asker).answer_alike(4);
    asked(&url, &asker, &["index", "files"]).exits(3).complains_in_one_line("does not let this user do that");

    let search = ["-v", "-v", "search", "harbour fire"];
    let at = |way: &str| format!("https://{}/secured", proxy.at("localhost", way));
    for variables in [&loader[..], &asker[..], &[trusting, ("DATELINE_CLUSTER_API_KEY_FILE", secret.as_str())]] {
        asked(&url, variables, &search).exits(0).says("asked the cluster");
    }
    // A node that cannot be trusted is left for one that can.
    let two = format!("https://{},{}/secured", proxy.at("localhost", "other"), proxy.at("localhost", "new"));
    asked(&two, &loader, &search).exits(0);

    let none = proxy.file("none").to_str().unwrap().to_owned();
    let wrong = [trusting, ("DATELINE_CLUSTER_USER", "loader"), ("DATELINE_CLUSTER_PASSWORD", "ropewalk")];
    let by_others = [("DATELINE_CLUSTER_CA", none.as_str()), loader[1], password];
    let plain = format!("http://{}/secured", proxy.at("localhost", "new"));
    for (url, variables, told) in [
        (&url, &wrong[..], "does not know this user"),
        (&url, &[trusting], "does not know this user"),
        (&url, &loader[1..], "its certificate is of an authority that is not known here"),
        (&url, &by_others, "none cannot be read"),
        (&at("other"), &loader, "its certificate is for another host: ferry.example"),
        (&at("expired"), &loader, "its certificate has expired"),
        (&at("plain"), &loader, "does not speak TLS"),
        (&at("moved"), &loader, "leads elsewhere: https://localhost:"),
        (&plain, &loader, "does not answer"),
    ] {
        asked(url, variables, &["search", "fire"]).exits(3).complains_in_one_line(told);
        asked(url, variables, &["index", "files"]).exits(3).complains_in_one_line(told);
    }
    assert!(!proxy.file("witness").exists(), "somebody was told elsewhere who asks");
}
