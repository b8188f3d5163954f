//! Plans an update: which files are new, changed, moved, gone or unchanged.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::companions::companions;
use super::former::{Known, former_seeds, same_content};
use super::other_indexes::Indexes;
use super::task::Task;
use crate::backend::writer::BackendWriter;
use crate::catalog::archives::{Archives, HowRead, is_below};
use crate::catalog::file_state::{FileState, NO_PIECE, Noted};
use crate::catalog::files::Catalog;
use crate::corpus::{
    Corpus, Corrections, FileEntry, Found, Reading, Recogniser, WalkOptions, ability, counted, holds_recognised,
};
use crate::document::path::{path_of, path_text};
use crate::error::{Error, ErrorKind, Result};

/// The resolution of file times on some systems, in nanoseconds. A file that changed so shortly before the last update
/// may have changed again without a new time.
const TIME_RESOLUTION: i64 = 2_000_000_000;

/// The work of an update.
pub(crate) struct UpdatePlan {
    pub(crate) tasks: Vec<Task>,
    /// Files that are gone, without those that were moved.
    pub(crate) vanished: Vec<(String, Arc<FileState>)>,
    /// The catalog before any task is done: unchanged files, files that are not opened, and the former state of files
    /// that are to be read.
    pub(crate) kept: Catalog,
    /// Documents of unchanged files.
    pub(crate) unchanged: u64,
    /// Folders that could not be read.
    pub(crate) unreadable: u64,
    /// The corrections of the archives. At the end they tell which of them met no document.
    pub(crate) corrections: Vec<Arc<Corrections>>,
    /// What recognises the words of pictures: for each archive and each languages one.
    pub(crate) recognisers: BTreeMap<(usize, String), Arc<Recogniser>>,
}

impl UpdatePlan {
    /// Walks the archives and compares them with the catalog of the last commit. Fails if an archive is missing, or if
    /// its `dateline.toml` is no TOML.
    pub(crate) fn new(archives: &[Corpus], before: &Catalog, writer: &impl BackendWriter) -> Result<UpdatePlan> {
        let (predecessor, home) = (writer.predecessor(), writer.home());
        let began = jiff::Timestamp::now().as_nanosecond() as i64;
        let mut plan = UpdatePlan {
            tasks: Vec::new(),
            vanished: Vec::new(),
            kept: Catalog { began, ..Catalog::default() },
            unchanged: 0,
            unreadable: 0,
            corrections: Vec::new(),
            recognisers: BTreeMap::new(),
        };
        let mut seen = HashSet::new();
        // Folders that could not be read. A file below one is not gone merely because it was not seen.
        let mut unread: Vec<String> = Vec::new();
        // Paths that were files and are now something that is not opened, such as links.
        let mut replaced: Vec<&String> = Vec::new();
        let mut candidates = Vec::new();
        let mut indexes = Indexes::new(writer);
        let archives: Vec<Corpus> = archives.iter().map(Corpus::anchored).collect::<Result<_>>()?;
        plan.kept.archives = read_now(&archives, [&before.archives, &predecessor.archives]);
        for (number, archive) in archives.iter().enumerate() {
            // A part that was read first, by rules of its own, is not read once more by those of the whole.
            let is_part = |earlier: &&Corpus| earlier.is_whole() && archive.holds(earlier.path());
            let parts: Vec<&Path> = archives.iter().take(number).filter(is_part).map(Corpus::path).collect();
            for found in archive.entries()? {
                let path = match &found {
                    Ok(Found::File(entry)) => Some(&*entry.path),
                    Ok(Found::Skipped(skip)) => Some(&*skip.path),
                    Err(error) => error.path(),
                };
                let is_left_out = |path: &Path| {
                    parts.iter().any(|part| path.starts_with(part)) || plan.kept.archives.is_forgotten(&path_text(path))
                };
                if path.is_some_and(is_left_out) {
                    continue;
                }
                match found {
                    Ok(Found::File(entry)) => {
                        if indexes.hold(&entry.path) || holds_recognised(&entry.path) {
                            continue;
                        }
                        let key = path_text(&entry.path);
                        // Archives may overlap.
                        if seen.insert(key.clone()) {
                            candidates.push((key, entry, number));
                        }
                    }
                    Ok(Found::Skipped(skip)) => {
                        let key = path_text(&skip.path);
                        // Where archives overlap, the first one that has the file counts.
                        if !seen.insert(key.clone()) {
                            continue;
                        }
                        if let Some((key, _)) = before.files.get_key_value(&key).filter(|(_, was)| was.is_indexed()) {
                            replaced.push(key);
                        }
                        plan.pass_over(key, FileState::default(), skip.reason, false);
                    }
                    Err(error) => {
                        let key = error.path().map(path_text).unwrap_or_default();
                        unread.push(key.clone());
                        if !seen.insert(key.clone()) {
                            continue;
                        }
                        // The index keeps its documents, and the next update looks again.
                        let known = before.files.get(&key).filter(|was| was.is_indexed());
                        let state = known.map_or_else(FileState::default, |state| state.unfinished());
                        plan.pass_over(key, state, reason(&error), true);
                    }
                }
            }
        }
        for folder in indexes.others() {
            let key = path_text(&folder);
            if seen.insert(key.clone()) {
                let reason = "the folder of another index: the files it consists of are not read";
                plan.pass_over(key, FileState::default(), reason.to_string(), false);
            }
        }
        let mut gone: BTreeMap<&String, &Arc<FileState>> =
            replaced.into_iter().map(|key| (key, &before.files[key])).collect();
        for (key, state) in &before.files {
            if seen.contains(key) {
                continue;
            }
            let ours = archives.iter().any(|archive| archive.holds(&path_of(key)));
            if ours && !unread.iter().any(|folder| is_below(key, folder)) {
                gone.insert(key, state);
            } else {
                plan.kept.files.insert(key.clone(), state.clone());
            }
        }
        let mut known = Known::new(before, predecessor, gone, &seen);
        plan.corrections = archives.iter().filter_map(|archive| archive.reading().corrections.clone()).collect();
        known.again = newly_corrected(&plan.corrections, before, writer)?;
        known.again.extend(companions(&candidates, &archives, before, &known.gone));
        // Files that follow each other are nearly always recognised alike.
        let mut last: Option<(usize, Option<String>, Corpus)> = None;
        for (key, entry, number) in candidates {
            let languages = plan.kept.archives.languages_of(&key);
            if !last.as_ref().is_some_and(|(other, known, _)| *other == number && known.as_deref() == languages) {
                let languages = languages.map(str::to_owned);
                let Some(archive) = archives.get(number).cloned() else { continue };
                let recogniser = plan.recogniser(languages.as_deref(), number, &archive, home);
                last = Some((number, languages, archive.recognised_by(recogniser)));
            }
            if let Some((_, _, archive)) = &last {
                plan.candidate(key, entry, archive, &mut known);
            }
        }
        if before.files.is_empty() {
            plan.refuse_to_lose(&archives, predecessor)?;
        }
        plan.vanished = known.gone.into_iter().map(|(key, state)| (key.clone(), state.clone())).collect();
        Ok(plan)
    }

    /// What recognises the words of an archive in these languages, if somebody asked for it.
    fn recogniser(
        &mut self,
        languages: Option<&str>,
        number: usize,
        archive: &Corpus,
        home: Option<&Path>,
    ) -> Option<Arc<Recogniser>> {
        let languages = languages?;
        let of_archive = self.recognisers.entry((number, languages.to_owned()));
        Some(Arc::clone(of_archive.or_insert_with(|| Arc::new(Recogniser::new(archive.asked_ocr(), languages, home)))))
    }

    /// Fails if an index that is made anew would not have the words that its predecessor has, since nobody can recognise
    /// them now.
    fn refuse_to_lose(&self, archives: &[Corpus], predecessor: &Catalog) -> Result<()> {
        let before = |task: &&Task| predecessor.files.get(&task.key).filter(|state| would_lose(&task.reading, state));
        let lost = self.tasks.iter().filter(|task| before(task).is_some()).count();
        if lost == 0 {
            return Ok(());
        }
        let why = self.recognisers.values().find_map(|recogniser| recogniser.told()).unwrap_or_default();
        let files = counted(lost, "file", "files");
        let error = Error::new(ErrorKind::Argument, format!("what was recognised in {files} would be lost: {why}"));
        let error = error.hint("name the program with --tesseract, or do without with --no-ocr");
        Err(match archives.first() {
            Some(archive) => error.at(archive.path()),
            None => error,
        })
    }

    /// Notes why the file at a path is not read. `state` is what the index has of it.
    fn pass_over(&mut self, key: String, mut state: FileState, reason: String, failed: bool) {
        state.problem(Noted { piece: NO_PIECE, reason, ..Noted::default() }, failed);
        state.reader.get_or_insert_with(ability);
        self.unreadable += u64::from(failed);
        self.kept.files.insert(key, Arc::new(state));
    }

    fn candidate(&mut self, key: String, entry: FileEntry, archive: &Corpus, files: &mut Known<'_>) {
        // A former state without content, as of a link, is no knowledge of the file.
        let known = files.catalog.files.get(&key).filter(|state| !state.seed.is_empty() || state.is_indexed());
        let corrections = archive.reading().corrections.clone();
        let corrected = archive.reading().mark_of(&entry);
        let said = |id: &str| corrections.as_ref().and_then(|corrections| corrections.mark_of_id(id));
        let same_ids = known.is_none_or(|state| state.corrected_ids.iter().all(|(id, mark)| said(id) == Some(*mark)));
        // A file that was read by other rules is read again, and so is one that another version may read better.
        let same = known.filter(|state| {
            state.reader.as_ref().is_none_or(|reader| archive.reading().is_as_good_as(reader))
                && state.file_times == archive.reading().file_times
                && state.corrected == corrected
                && same_ids
                && !files.again.contains(&key)
        });
        let same_rules = same.is_some_and(|state| !state.file_times || state.modified == entry.modified);
        // What nobody can recognise again stays as it is, whatever else asks for a new reading.
        let loses = |state: &&Arc<FileState>| would_lose(archive.reading(), state);
        if let Some(state) =
            same.or(known.filter(loses)).filter(|state| state.bytes == entry.bytes && !state.is_unfinished())
        {
            let settled = state.modified == entry.modified
                && state.modified.is_some_and(|time| time + TIME_RESOLUTION < files.catalog.began);
            if settled || same_content(state, &entry.path) {
                meet(&corrections, &entry, Some(state));
                let mut state = Arc::clone(state);
                if state.modified != entry.modified {
                    Arc::make_mut(&mut state).modified = entry.modified;
                }
                return self.keep(key, state);
            }
        }
        if let Some(state) = files.unread_before(&entry, archive.reading(), corrected).filter(|_| known.is_none()) {
            meet(&corrections, &entry, None);
            let (seed, modified) = (files.free_seed(&key, &entry.relative, &self.tasks), entry.modified);
            let file_times = archive.reading().file_times;
            // The index has nothing of this file; the pieces belong to the other one.
            let (pieces, leftover) = (Vec::new(), Vec::new());
            let state =
                FileState { seed, modified, file_times, corrected, pieces, leftover, ..FileState::clone(state) };
            files.take_seed(&state.seed, &key);
            return self.keep(key, Arc::new(state));
        }
        meet(&corrections, &entry, None);
        let before = match known {
            Some(state) => Some((key.clone(), Arc::clone(state))),
            None => files.moved_from(&entry).map(|(from, state)| (from.clone(), Arc::clone(state))),
        };
        if let Some((from, state)) = before.as_ref().filter(|(from, state)| *from != key && loses(&state)) {
            self.keep(from.clone(), Arc::clone(state));
            let reason = format!("moved from {from}, under which the index keeps the words recognised in it for now");
            return self.pass_over(key, FileState::default(), reason, false);
        }
        if let Some((from, state)) = &before {
            // The former state stays until the file is read, because the update may stop before.
            self.kept.files.entry(from.clone()).or_insert_with(|| Arc::clone(state));
        }
        // Ids are made from where a file lies now, so the same files have the same ids in every files. A mended index may
        // have lost the seed.
        let seed = known.map(|state| state.seed.clone()).filter(|seed| !seed.is_empty());
        let seed = seed.unwrap_or_else(|| files.free_seed(&key, &entry.relative, &self.tasks));
        files.take_seed(&seed, &key);
        let former = match &before {
            Some((_, state)) => Some(&**state),
            None => files.replaced(&key, &entry),
        };
        let former_seeds = former.map_or_else(Vec::new, |state| former_seeds(state, &seed));
        let (replaces, before) = before.unzip();
        let mut reading = archive.reading().clone();
        reading.seed = Some(seed);
        reading.former_seeds = former_seeds;
        let (limits, entry) = (archive.limits(), Arc::new(entry));
        self.tasks.push(Task { key, entry, reading, limits, replaces, before, same_rules, corrected });
    }

    fn keep(&mut self, key: String, state: Arc<FileState>) {
        self.unchanged += state.documents;
        self.kept.files.insert(key, state);
    }
}

/// Returns whether documents of a file have words that nobody could recognise again now.
fn would_lose(reading: &Reading, state: &FileState) -> bool {
    state.documents > 0 && state.reader.as_deref().is_some_and(|reader| reading.would_lose(reader))
}

fn how_read(archive: &Corpus) -> HowRead {
    let WalkOptions { hidden, gitignore } = *archive.walk_options();
    let ocr = archive.asked_ocr().asked().map(|languages| languages.unwrap_or_default().to_owned());
    HowRead { hidden, gitignore, file_times: archive.reading().file_times, ocr }
}

/// The archives of an index with those that are read now. `before` are those that the index knows, or else those of the
/// index that it replaces.
fn read_now(archives: &[Corpus], [before, predecessor]: [&Archives; 2]) -> Archives {
    let mut known = if before.is_empty() { predecessor.clone() } else { before.clone() };
    for archive in archives {
        // Single files that are named to be mended are no archive.
        if archive.is_whole() {
            known.enter(&path_text(archive.path()), how_read(archive));
        }
    }
    known
}

/// The files with documents whose ids have corrections that they did not have when the files were read.
fn newly_corrected(
    corrections: &[Arc<Corrections>],
    before: &Catalog,
    writer: &impl BackendWriter,
) -> Result<HashSet<String>> {
    let known: HashSet<(&str, u64)> = before
        .files
        .values()
        .flat_map(|state| state.corrected_ids.iter().map(|(id, mark)| (id.as_str(), *mark)))
        .collect();
    let mut files = HashSet::new();
    for (id, _) in corrections.iter().flat_map(|corrections| corrections.ids()).filter(|said| !known.contains(said)) {
        files.extend(writer.files_of(id)?);
    }
    Ok(files)
}

/// Tells the corrections which file they meet, and, if the file is unchanged, which of its documents.
fn meet(corrections: &Option<Arc<Corrections>>, entry: &FileEntry, kept: Option<&FileState>) {
    let Some(corrections) = corrections else { return };
    corrections.meet(&entry.relative, kept.is_none());
    kept.iter().flat_map(|state| state.corrected_ids.keys()).for_each(|id| corrections.meet_id(id));
}

/// The text of an error without the path, which stands beside it.
fn reason(error: &Error) -> String {
    match std::error::Error::source(error) {
        Some(source) => format!("{}: {source}", error.message()),
        None => error.message().to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::search::index::Index;

    #[test]
    fn what_cannot_be_looked_at_keeps_its_documents_until_it_can() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.txt");
        std::fs::write(&file, "The ferry sails.\n").unwrap();
        let index = Index::in_memory().unwrap();
        let archive = Corpus::open(folder.path()).unwrap();
        index.update().run(std::slice::from_ref(&archive)).unwrap();
        std::fs::remove_file(&file).unwrap();
        // A file that is asked for by name and missing is one that cannot be looked at.
        let named = archive.clone().only([file.clone()].into());
        for _ in 0..2 {
            let report = index.update().run(std::slice::from_ref(&named)).unwrap();
            assert_eq!((report.failed, report.skipped, report.documents), (1, 1, 1), "{report:?}");
        }
        std::fs::write(&file, "The ferry sails.\n").unwrap();
        let report = index.update().run(std::slice::from_ref(&archive)).unwrap();
        assert_eq!((report.unchanged, report.skipped, report.documents), (1, 0, 1), "{report:?}");
        std::fs::remove_file(&file).unwrap();
        let report = index.update().run(&[archive]).unwrap();
        assert_eq!((report.removed, report.documents), (1, 0), "{report:?}");
    }

    #[cfg(feature = "bibliography")]
    #[test]
    fn a_file_is_read_again_when_a_list_of_references_says_otherwise_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("mill.txt", "The mill turns.\n");
        let index = Index::in_memory().unwrap();
        let archive = Corpus::open(folder.path()).unwrap();
        let dates = || {
            let report = index.update().run(std::slice::from_ref(&archive)).unwrap();
            let hits = index.search("mill").run().unwrap().hits;
            (hits.iter().map(|hit| hit.date.map(|date| date.to_string())).collect::<Vec<_>>(), report.unchanged)
        };
        let dated = |date: &str| (vec![Some(date.to_owned())], 0);
        assert_eq!(dates(), (vec![None], 0));
        let list = |year: &str, file: &str| format!("@misc{{a, title = {{Mill}}, year = {year}, file = {{{file}}}}}\n");
        write("list.bib", &list("1896", "mill.txt"));
        assert_eq!(dates(), dated("1896"));
        write("list.bib", &list("1897", "mill.txt"));
        assert_eq!(dates(), dated("1897"));
        // Nothing has changed.
        assert_eq!(dates(), (vec![Some("1897".to_owned())], 1));
        // What stands before a reference changes nothing in it.
        let more = "@misc{b, title = {Ferry}, year = 1900}\n\n";
        write("list.bib", &(more.to_owned() + &list("1897", "mill.txt")));
        assert_eq!(dates(), (vec![Some("1897".to_owned())], 1));
        // What a list tells of itself changes with the files that are there.
        write("list.bib", &list("1897", "ferry.txt"));
        assert_eq!(dates(), (vec![None], 0));
        let told =
            |index: &Index| index.skipped().unwrap().into_iter().map(|skipped| skipped.reason).collect::<Vec<_>>();
        assert!(told(&index).contains(&"references whose files are not here: 1".to_owned()), "{:?}", told(&index));
        write("ferry.txt", "The ferry sails.\n");
        dates();
        assert!(told(&index).iter().all(|reason| !reason.contains("not here")), "{:?}", told(&index));
        std::fs::remove_file(folder.path().join("list.bib")).unwrap();
        dates();
        assert_eq!(index.search("ferry").run().unwrap().hits[0].date, None);
    }

    #[cfg(feature = "bibliography")]
    #[test]
    fn a_copy_of_a_list_that_gave_nothing_is_read_where_the_files_of_its_references_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let list = "@misc{a, year = 1896, file = {mill.txt}, abstract = {The mill turns.}}\n";
        write("a/mill.txt", "The miller sleeps.\n");
        write("a/list.bib", list);
        let index = Index::in_memory().unwrap();
        let archive = Corpus::open(folder.path()).unwrap();
        assert_eq!(index.update().run(std::slice::from_ref(&archive)).unwrap().documents, 1);
        write("b/list.bib", list);
        assert_eq!(index.update().run(&[archive]).unwrap().documents, 2);
        assert_eq!(index.search("turns").run().unwrap().hits.len(), 1);
    }

    #[test]
    fn files_that_gave_nothing_share_neither_pieces_nor_seeds_though_they_are_alike() {
        let folder = tempfile::tempdir().unwrap();
        let index = Index::in_memory().unwrap();
        let archives = ["one", "two"].map(|name| {
            let archive = folder.path().join(name);
            std::fs::create_dir(&archive).unwrap();
            std::fs::write(archive.join("broken.jsonl"), "{\n{\n").unwrap();
            Corpus::open(archive).unwrap()
        });
        for count in 1..=2 {
            index.update().run(&archives[..count]).unwrap();
        }
        let catalog = index.engine.catalog().unwrap();
        let pieces = catalog.files.values().flat_map(|state| &state.pieces).map(|piece| piece.number);
        let seeds = catalog.files.values().map(|state| state.seed.as_str());
        assert!(catalog.files.len() == 2 && catalog.files.values().all(|state| state.skipped > 0), "{catalog:?}");
        assert_eq!(pieces.collect::<Vec<_>>().len(), 1);
        assert_eq!(seeds.collect::<HashSet<_>>().len(), 2);
    }
}
