//! A server over an archive, and whether there is a browser to look at it.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use dateline::serve::Server;
use dateline::{Corpus, Date, Document, Index};

use crate::driver::Browser;

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A browser, if tests in one are asked for.
pub(crate) fn browser() -> Option<Browser> {
    if std::env::var_os("DATELINE_BROWSER").is_none() {
        eprintln!("skipped: no browser is asked for; DATELINE_BROWSER=1 does, with chromium and chromedriver");
        return None;
    }
    Some(Browser::new())
}

/// The address of a server over this index, without a slash at its end. It ends with the tests.
pub(crate) fn served(index: Index) -> String {
    run(Server::over(index).archive("Port Maren archive").clock(|| day("2024-05-11")))
}

/// The link of a server, without a slash at its end.
pub(crate) fn run(server: Server) -> String {
    let listener = server.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let link = listener.link().trim_end_matches('/').to_owned();
    std::thread::spawn(move || listener.run(Arc::new(AtomicBool::new(false))));
    link
}

/// A server over the sample archive.
pub(crate) fn sample() -> &'static str {
    static SERVER: OnceLock<String> = OnceLock::new();
    SERVER.get_or_init(|| {
        let index = Index::in_memory().unwrap();
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        index.update().run(&[Corpus::open(corpus).unwrap().today(day("2024-05-11"))]).unwrap();
        served(index)
    })
}

pub(crate) fn holding(documents: impl IntoIterator<Item = Document>) -> String {
    let index = Index::in_memory().unwrap();
    add(&index, documents);
    served(index)
}

pub(crate) fn add(index: &Index, documents: impl IntoIterator<Item = Document>) {
    let mut writer = index.writer().unwrap();
    documents.into_iter().for_each(|document| writer.add(document).unwrap());
    writer.commit().unwrap();
}
