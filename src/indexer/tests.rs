//! Any engine that is written to through the seam holds the same documents, with the same catalog.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::archives;
use super::own_documents::{Documents, OwnDocuments};
use super::update::Settings;
use crate::answer::update::UpdateReport;
use crate::corpus::Corpus;
use crate::document::Document;
use crate::oracle::engine::Oracle;
use crate::oracle::writer::OracleIndex;
use crate::search::answer;
use crate::search::index::Index;
use crate::search::tests::{Chance, assert_same, request};
use crate::text::Analyzer;

const HISTORIES: u64 = 12;
const QUESTIONS: usize = 10;

/// Both engines, and what becomes of them.
struct Both {
    index: Index,
    oracle: OracleIndex,
}

impl Both {
    fn update(&mut self, archive: &Corpus, is_stopped: bool) {
        let stop = Arc::new(AtomicBool::new(is_stopped));
        let archives = std::slice::from_ref(archive);
        let settings = Settings { threads: 2, memory: 64 << 20, progress: None, cancel: Some(Arc::clone(&stop)) };
        let ours = self.index.update().cancel(stop).run(archives).unwrap();
        let told = settings.update(self.oracle.writer(), archives).unwrap();
        assert_eq!(UpdateReport { seconds: 0.0, ..ours }, UpdateReport { seconds: 0.0, ..told });
    }

    fn write(&mut self, added: &[Document], removed: &[String]) {
        let mut writer = self.index.writer().unwrap();
        let mut own = OwnDocuments::new(self.oracle.writer()).unwrap();
        for document in added {
            writer.add(document.clone()).unwrap();
            own.add(document.clone()).unwrap();
        }
        for id in removed {
            writer.remove(id);
            own.remove(id);
        }
        assert_eq!(writer.commit().unwrap(), own.commit().unwrap());
    }

    fn forget(&mut self, path: &Path) {
        let (ours, told) = (self.index.forget(path), archives::forget(self.oracle.writer(), path));
        let report =
            |forgotten: crate::Result<UpdateReport>| forgotten.map(|report| UpdateReport { seconds: 0.0, ..report });
        assert_eq!(report(ours).ok(), report(told).ok());
    }

    fn ids(&self) -> Vec<String> {
        self.oracle.documents().map(|document| document.id).collect()
    }

    /// Compares the documents, the catalogs, and answers.
    fn assert_same(&self, chance: &mut Chance, context: &str) {
        self.index.reload().unwrap();
        let catalog = self.index.engine.catalog().unwrap();
        assert_eq!(catalog.files, self.oracle.catalog.files, "{context}");
        assert_eq!(catalog.archives, self.oracle.catalog.archives, "{context}");
        let ids = self.ids();
        let ours = ids.iter().map(|id| (id.clone(), format!("{:?}", self.index.document(id).unwrap())));
        let told = self.oracle.documents().map(|document| (document.id.clone(), format!("{:?}", Some(document))));
        assert_eq!(ours.collect::<BTreeMap<_, _>>(), told.collect::<BTreeMap<_, _>>(), "{context}");
        assert_eq!(self.index.info().unwrap().documents, ids.len() as u64, "{context}");
        let (state, oracle) = (
            crate::index::state::State::of(self.index.engine.disk("").unwrap()).unwrap(),
            Oracle::of(self.oracle.documents()),
        );
        for _ in 0..QUESTIONS {
            let request = request(chance);
            let analyzer = &mut Analyzer::for_questions();
            let ours = answer::run(&request, &state, analyzer).unwrap();
            let told = answer::run(&request, &oracle, analyzer).unwrap();
            assert_same(&ours, &told, &format!("{context}: {}", request.query));
        }
    }
}

/// Writes a text or a list of records, some of which give themselves the same id.
fn write_file(path: &Path, chance: &mut Chance) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let thing = |chance: &mut Chance| chance.of(&["ferry", "mill", "harbour fire", "otter", "boats"]).to_string();
    if path.extension().unwrap() == "txt" {
        let text = format!(
            "Date: {}-0{}\n\nThe {} of the night.\n",
            1990 + chance.below(9),
            1 + chance.below(9),
            thing(chance)
        );
        return fs::write(path, text).unwrap();
    }
    let lines: Vec<String> = (0..1 + chance.below(4))
        .map(|_| format!("{{\"id\": \"{}\", \"text\": \"The {} burnt.\"}}", chance.below(3), thing(chance)))
        .collect();
    // Some lists have a record that cannot be read.
    let broken = if chance.one_in(3) { "\n{" } else { "" };
    fs::write(path, lines.join("\n") + broken).unwrap();
}

#[test]
fn two_engines_written_to_by_the_same_history_hold_the_same() {
    for history in 0..HISTORIES {
        let chance = &mut Chance(history);
        let home = tempfile::tempdir().unwrap();
        let file = |number: usize| {
            let folder = home.path().join(["north", "south", "south/far"][number % 3]);
            folder.join(format!("{number}.{}", ["txt", "jsonl"][number % 2]))
        };
        (0..6).for_each(|number| write_file(&file(number), chance));
        let mut both = Both { index: Index::in_memory().unwrap(), oracle: OracleIndex::default() };
        let archive = Corpus::open(home.path()).unwrap();
        both.update(&archive, false);
        for step in 0..8 {
            let (number, other) = (chance.below(10), chance.below(10));
            match chance.below(6) {
                0 if file(number).exists() => fs::remove_file(file(number)).unwrap(),
                1 if file(number).exists() && number % 2 == other % 2 => {
                    fs::create_dir_all(file(other).parent().unwrap()).unwrap();
                    fs::rename(file(number), file(other)).unwrap();
                }
                2 => {
                    let ids = both.ids();
                    let taken: Vec<String> = ids.into_iter().filter(|_| chance.one_in(4)).collect();
                    let mut added: Vec<Document> =
                        taken.iter().take(1).map(|id| Document::new(id, "The mill by hand.")).collect();
                    added.push(Document::new(format!("own-{number}"), "An otter of its own."));
                    both.write(&added, taken.get(1..).unwrap_or_default());
                }
                3 if chance.one_in(3) => both.forget(&home.path().join("south/far")),
                _ => write_file(&file(number), chance),
            }
            both.update(&archive, chance.one_in(4));
            both.assert_same(chance, &format!("history {history}, step {step}"));
        }
    }
}
