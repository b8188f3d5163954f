//! Archives in temporary folders, the sample archive, and the real command on them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use dateline::{Corpus, Date, Document, Index, Results, UpdateReport};
use serde_json::Value;
use tempfile::TempDir;

/// The day on which all tests happen.
pub(crate) const TODAY: &str = "2026-11-22";

/// The folder the package lies in.
pub(crate) fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn today() -> Date {
    TODAY.parse().unwrap()
}

/// The real command, on a fixed day, with nothing from the surroundings.
pub(crate) fn command(index: &Path, here: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command
        .args(["--today", TODAY])
        .current_dir(here)
        .env("DATELINE_INDEX", index)
        .env("NO_COLOR", "1")
        .env_remove("CLICOLOR_FORCE")
        .env_remove("COLUMNS")
        .env("TERM", "dumb")
        .stdin(Stdio::null());
    command
}

/// How a run of the command ended and what it printed.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    pub(crate) fn of(mut command: Command) -> Run {
        let output = command.output().unwrap();
        Run {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Ended with this exit code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Run {
        assert_eq!(self.code, Some(code), "{self:#?}");
        assert!(!self.err.contains("panicked"), "{self:#?}");
        self
    }

    /// Has this on standard output.
    #[track_caller]
    pub(crate) fn prints(self, part: &str) -> Run {
        assert!(self.out.contains(part), "no {part:?} in {self:#?}");
        self
    }

    /// Has this on standard error.
    #[track_caller]
    pub(crate) fn says(self, part: &str) -> Run {
        assert!(self.err.contains(part), "no {part:?} in {self:#?}");
        self
    }

    /// Has this neither on standard output nor on standard error.
    #[track_caller]
    pub(crate) fn keeps_silent_about(self, part: &str) -> Run {
        assert!(!self.out.contains(part) && !self.err.contains(part), "{part:?} in {self:#?}");
        self
    }

    /// Says what is wrong in one line, and perhaps what to do in a second.
    #[track_caller]
    pub(crate) fn complains_in_one_line(self, part: &str) -> Run {
        let mut lines = self.err.lines();
        let first = lines.next().unwrap_or_default();
        assert!(first.starts_with("dateline: ") && first.contains(part), "no {part:?} in {self:#?}");
        let more: Vec<&str> = lines.collect();
        assert!(more.len() <= 1 && more.iter().all(|hint| hint.starts_with("  ")), "{self:#?}");
        self
    }

    /// Standard output as one JSON value.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {self:#?}"))
    }

    /// Standard output as one JSON value a line.
    #[track_caller]
    pub(crate) fn jsonl(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// A field of each line of JSON, as text.
    #[track_caller]
    pub(crate) fn column(&self, field: &str) -> Vec<String> {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        self.jsonl().iter().map(|hit| text(&hit[field])).collect()
    }
}

/// An archive of its own in a temporary folder (`files`), with its index beside it (`index`).
pub(crate) struct Archive {
    folder: TempDir,
}

impl Archive {
    pub(crate) fn new() -> Archive {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("files")).unwrap();
        Archive { folder }
    }

    /// The temporary folder: the working folder of every run.
    pub(crate) fn here(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.here().join("index")
    }

    /// Writes a file below `files`, or anew.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Archive {
        self.write(&format!("files/{name}"), content);
        self
    }

    /// Writes a file below the temporary folder.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.here().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.here().join(name)).unwrap();
    }

    pub(crate) fn rename(&self, from: &str, to: &str) {
        let to = self.here().join(to);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(self.here().join(from), to).unwrap();
    }

    /// Runs the command in the temporary folder.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        let mut command = command(&self.index(), self.here());
        command.args(args);
        Run::of(command)
    }

    /// Runs `index files`, and gives the archive back.
    #[track_caller]
    pub(crate) fn indexed(self) -> Archive {
        self.run(&["index", "files"]).exits(0);
        self
    }

    /// Brings the index up to date with these folders through the library.
    #[track_caller]
    pub(crate) fn update(&self, folders: &[&str]) -> UpdateReport {
        let index = Index::open_or_create(self.index()).unwrap();
        index.update().threads(2).run(&self.corpora(folders)).unwrap()
    }

    pub(crate) fn corpora(&self, folders: &[&str]) -> Vec<Corpus> {
        folders.iter().map(|folder| Corpus::open(self.here().join(folder)).unwrap().today(today())).collect()
    }

    /// The ids of the documents that match, sorted.
    #[track_caller]
    pub(crate) fn ids(&self, query: &str) -> Vec<String> {
        let results = Index::open(self.index()).unwrap().search(query).limit(10_000).run().unwrap();
        let mut ids: Vec<String> = results.hits.into_iter().map(|hit| hit.id).collect();
        assert_eq!(ids.len() as u64, results.total);
        ids.sort();
        ids
    }
}

/// The index of the sample archive, made once by the real command.
pub(crate) fn sample_index() -> &'static Path {
    static INDEX: OnceLock<PathBuf> = OnceLock::new();
    INDEX.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sample-index");
        let _ = fs::remove_dir_all(&folder);
        let mut command = command(&folder, home());
        command.args(["index", "corpus"]);
        Run::of(command).exits(0);
        folder
    })
}

/// Runs the command on the sample archive.
pub(crate) fn sample(args: &[&str]) -> Run {
    let mut command = command(sample_index(), home());
    command.args(args);
    Run::of(command)
}

/// An index in memory of documents made by hand.
pub(crate) fn in_memory(documents: impl IntoIterator<Item = Document>) -> Index {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for document in documents {
        writer.add(document).unwrap();
    }
    writer.commit().unwrap();
    index
}

/// The ids of all that matches, sorted.
#[track_caller]
pub(crate) fn found(index: &Index, query: &str) -> Vec<String> {
    ids(&index.search(query).limit(1_000).run().unwrap())
}

/// The ids of an answer, sorted.
pub(crate) fn ids(results: &Results) -> Vec<String> {
    let mut ids: Vec<String> = results.hits.iter().map(|hit| hit.id.clone()).collect();
    ids.sort();
    ids
}

/// What is marked in an answer, in order.
pub(crate) fn marked(results: &Results) -> Vec<String> {
    let passages = results.hits.iter().flat_map(|hit| &hit.passages);
    passages
        .flat_map(|passage| passage.highlights.iter().map(|mark| passage.text[mark.bytes.clone()].to_string()))
        .collect()
}
