//! The index: the handle that everything begins with.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::builder::Search;
#[cfg(not(feature = "cluster"))]
use super::engine::without_clusters;
use super::engine::{Engine, asked, must_be_folder};
#[cfg(feature = "cluster")]
use super::engine::{address, answered, is_address};
use super::facets::{facet_counts, span};
use crate::answer::copies::{CopyReport, Story};
use crate::answer::health::{Diagnostics, Info, LanguageCount, Repair, Space, Verification};
use crate::answer::update::{Skipped, UpdateReport};
use crate::backend::clause::{Clause, TextField};
use crate::backend::counts::Counting;
use crate::backend::filter::Filter;
use crate::backend::found::Doc;
use crate::backend::reader::Backend;
#[cfg(feature = "cluster")]
use crate::cluster::{
    address::Address, open::Cluster, rebuild::rebuild as cluster_rebuild, roles::roles, writer::ClusterWriter,
};
use crate::corpus::Corpus;
use crate::document::path::{path_of, path_text};
use crate::document::{Document, Doubt};
use crate::error::{Error, ErrorKind, Result};
use crate::index::snapshot::shared::Inner;
use crate::index::state::State;
use crate::index::storage::error::guarded;
use crate::index::storage::index_folder::IndexFolder;
use crate::index::storage::manifest;
use crate::index::upkeep::{diagnostics, disk_usage, rebuild, repair, verify};
use crate::index::writing::engine_writer::EngineWriter;
use crate::index::writing::index_writer::IndexWriter;
use crate::index::writing::update::Update;
use crate::indexer::archives;
use crate::query::Query;
use crate::text::{stretch, tokens};

/// The most documents that are named if an id, or its beginning, is ambiguous.
const MOST_NAMED: usize = 5;
/// The fewest characters by which the beginning of an id names a document.
const SHORTEST_BEGINNING: usize = 4;
/// The fewest letters by which words are looked for.
const SHORTEST_WORD: usize = 2;
/// Stories that are looked at together for the one with a document in it.
const STORIES: usize = 50;
/// The memory in which the engine gathers what it forgets.
const FORGETTING: usize = 32 << 20;

/// An index: documents made searchable, in a folder or in memory.
///
/// An index is cheap to clone, and every clone may search from its own thread. A search never waits for a writer. It
/// sees the last commit as of [`open`](Index::open) or the last [`reload`](Index::reload).
#[derive(Clone)]
pub struct Index {
    pub(crate) engine: Engine,
}

impl Index {
    /// Makes a new index in a folder that does not exist yet or is empty except for hidden files. Fails if the folder
    /// holds an index or anything else.
    pub fn create(folder: impl Into<PathBuf>) -> Result<Index> {
        let folder = folder.into();
        #[cfg(feature = "cluster")]
        if let Some(address) = address(&folder)? {
            return Cluster::create(address).map(Index::from);
        }
        #[cfg(not(feature = "cluster"))]
        without_clusters(&folder)?;
        Inner::create(IndexFolder::at(folder)).map(Index::from)
    }

    /// Opens the index in a folder. Fails if there is none, or one of another format.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Index> {
        let folder = folder.into();
        #[cfg(feature = "cluster")]
        if let Some(address) = address(&folder)? {
            return Cluster::open(address).map(Index::from);
        }
        #[cfg(not(feature = "cluster"))]
        without_clusters(&folder)?;
        let folder = IndexFolder::at(folder);
        guarded(|| Inner::open(folder).map(Index::from))
    }

    /// Opens the index in a folder, or makes one if there is none.
    pub fn open_or_create(folder: impl Into<PathBuf>) -> Result<Index> {
        let folder = folder.into();
        if Index::exists(&folder) {
            return Index::open(folder);
        }
        match Index::create(&folder) {
            // Another process was quicker.
            Err(_) if Index::exists(&folder) => Index::open(folder),
            made => made,
        }
    }

    /// The same index, whose answers tell paths from the folder of their archive on, and not from the root of the disk: for
    /// readers who are not to learn where on a machine it lies. Where there are several archives, a path begins with the
    /// name of its own. It is opened once more, and sees the commits that [`reload`](Self::reload) of its own makes visible.
    ///
    /// ```
    /// # use dateline::{Corpus, Index};
    /// # let folder = tempfile::tempdir().unwrap();
    /// # std::fs::write(folder.path().join("mill.txt"), "The mill turns.\n").unwrap();
    /// let index = Index::in_memory()?;
    /// index.update().run(&[Corpus::open(folder.path())?])?;
    /// let results = index.public_paths()?.search("mill").run()?;
    /// assert_eq!(results.hits[0].locator().as_deref(), Some("mill.txt"));
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn public_paths(&self) -> Result<Index> {
        match &self.engine {
            Engine::Disk(inner) => guarded(|| inner.public_paths().map(Index::from)),
            #[cfg(feature = "cluster")]
            Engine::Cluster(cluster) => cluster.public_paths().map(Index::from),
        }
    }

    /// The roles of OpenSearch's security plugin that an archive in a cluster needs, of who asks it and of who loads it:
    /// their names, and what the plugin's REST interface takes for each, as JSON. Nothing is asked of the cluster. Fails
    /// if the address names no archive.
    #[cfg(feature = "cluster")]
    pub fn cluster_roles(address: impl AsRef<Path>) -> Result<[(String, String); 2]> {
        Ok(roles(&Address::parse(&address.as_ref().to_string_lossy())?))
    }

    /// Makes a new index in memory. It is gone with its last clone.
    pub fn in_memory() -> Result<Index> {
        Inner::in_memory().map(Index::from)
    }

    /// Makes an index anew: `fill` gets an empty one beside the folder's, and when it is done the new one takes the
    /// place of the old, whatever format that had. Documents that were added by hand are not in any file: `fill` has to
    /// add them again. If `fill` fails, or the folder holds other files than an index's (hidden ones aside), the folder
    /// stays as it is. An update that is cancelled does not fail: whoever wants the old index then looks at
    /// [`stopped`](crate::UpdateReport::stopped), or lets `fill` fail by [`finished`](crate::UpdateReport::finished).
    pub fn rebuild<T>(folder: impl Into<PathBuf>, fill: impl FnOnce(&Index) -> Result<T>) -> Result<T> {
        let folder = folder.into();
        #[cfg(feature = "cluster")]
        if let Some(address) = address(&folder)? {
            return cluster_rebuild(address, |cluster| fill(&Index { engine: Engine::Cluster(cluster) }));
        }
        #[cfg(not(feature = "cluster"))]
        without_clusters(&folder)?;
        rebuild::rebuild(&IndexFolder::at(folder), |inner| fill(&Index { engine: Engine::Disk(inner) }))
    }

    /// Reads an index from end to end: whether every byte is as it was written, whether segments and catalog count alike,
    /// and whether what finds each document is what its stored text gives. An index that others write to meanwhile is
    /// looked at as it was. What is wrong is in the answer; fails where there is no index, or one of another format.
    pub fn verify(folder: impl AsRef<Path>) -> Result<Verification> {
        must_be_folder(folder.as_ref(), "verified")?;
        verify::verify(&IndexFolder::at(folder.as_ref()))
    }

    /// The facts about the index in a folder that a report of a fault needs, whatever state the index is in.
    pub fn diagnostics(folder: impl AsRef<Path>) -> Diagnostics {
        let mut found = diagnostics::diagnose(folder.as_ref());
        if let Err(error) = must_be_folder(folder.as_ref(), "described file by file") {
            found.error = Some(error.message().to_owned());
        }
        found
    }

    /// Mends a damaged index, or converts one of an earlier format. A new index is made beside it of all documents that
    /// can be read in the old one, and of the files of those that cannot. When it is complete, it replaces the old one.
    /// The result says what could not be recovered. Fails while somebody else is writing, and if there is no index; the
    /// old index then stays as it is.
    pub fn repair(folder: impl AsRef<Path>) -> Result<Repair> {
        must_be_folder(folder.as_ref(), "repaired")?;
        let folder = IndexFolder::at(folder.as_ref());
        guarded(|| repair::repair(&folder))
    }

    /// Returns whether a folder holds an index, of whatever format.
    pub fn exists(folder: impl AsRef<Path>) -> bool {
        #[cfg(feature = "cluster")]
        if is_address(folder.as_ref()) {
            return address(folder.as_ref())
                .ok()
                .flatten()
                .is_some_and(|address| Cluster::exists(&address).unwrap_or(false));
        }
        IndexFolder::at(folder.as_ref()).has_manifest()
    }

    /// Starts writing. Fails while somebody else is writing to the same index.
    pub fn writer(&self) -> Result<IndexWriter> {
        match &self.engine {
            Engine::Disk(inner) => IndexWriter::new(Arc::clone(inner)),
            #[cfg(feature = "cluster")]
            Engine::Cluster(cluster) => IndexWriter::over(ClusterWriter::open(Arc::clone(cluster))?),
        }
    }

    /// Starts an update of the index from folders and files.
    pub fn update(&self) -> Update<'_> {
        match &self.engine {
            Engine::Disk(inner) => Update::new(Arc::clone(inner)),
            #[cfg(feature = "cluster")]
            Engine::Cluster(cluster) => {
                let cluster = Arc::clone(cluster);
                Update::by(move |settings, archives| {
                    guarded(|| settings.update(ClusterWriter::open(cluster)?, archives))
                })
            }
        }
    }

    /// Starts a search. A string is read as in `dateline help query`, with today's date for words like "last month".
    pub fn search(&self, query: impl Into<Query>) -> Search {
        Search::new(self.engine.clone(), query.into())
    }

    /// Makes later commits visible, of this process or another.
    pub fn reload(&self) -> Result<()> {
        match &self.engine {
            Engine::Disk(inner) => guarded(|| inner.reload()),
            #[cfg(feature = "cluster")]
            Engine::Cluster(cluster) => cluster.reload(),
        }
    }

    /// The document with this id, or of a record that gives itself this id, or the only one whose id begins so (at
    /// least four characters). Fails if several match, and names them. `None` if none does.
    pub fn document(&self, id: &str) -> Result<Option<Document>> {
        asked!(&self.engine, |state| document_of(state, id))
    }

    /// The document that an id of a document or of a passage (`DOCUMENT#NUMBER`) names, with the passage's number where
    /// it is one. An id of a document comes first, since that of a record may hold a `#` and a number of its own. Fails
    /// as [`document`](Self::document) does; `None` where nothing is called so.
    pub fn document_or_passage(&self, id: &str) -> Result<Option<(Document, Option<u32>)>> {
        if let Some(document) = self.document(id)? {
            return Ok(Some((document, None)));
        }
        let Some((whole, number)) = id.rsplit_once('#') else { return Ok(None) };
        let Ok(number) = number.parse::<u32>() else { return Ok(None) };
        Ok(self.document(whole)?.map(|document| (document, Some(number))))
    }

    /// The ids of the documents that an id names: of the document with this id, or of records that give themselves this
    /// id, or of those whose ids begin so (at least four characters). The first six at most; none where nothing is
    /// called so.
    pub fn ids_named(&self, id: &str) -> Result<Vec<String>> {
        asked!(&self.engine, |state| named(state, id)?.into_iter().map(|doc| state.id(doc)).collect())
    }

    /// Words of the documents' texts that begin so, as they are looked up (in small letters, most marks taken off): at most
    /// `limit`, those in most documents first. None for a beginning of fewer than two letters, or of a script without
    /// spaces, in which what is looked up are no words.
    ///
    /// ```
    /// # use dateline::{Document, Index};
    /// # let index = Index::in_memory()?;
    /// # let mut writer = index.writer()?;
    /// writer.add(Document::new("a", "The ferry and the ferryman."))?;
    /// writer.add(Document::new("b", "A ferry, a field."))?;
    /// writer.commit()?;
    /// assert_eq!(index.words_from("Fer", 5)?, ["ferry", "ferryman"]);
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn words_from(&self, beginning: &str, limit: usize) -> Result<Vec<String>> {
        asked!(&self.engine, |state| words_from(state, beginning, limit))
    }

    /// The story that a document of this index stands in, with all its copies: a report on one story, or on none where
    /// nobody else has its text. Fails if the index cannot be read.
    pub fn story_of(&self, document: &Document) -> Result<CopyReport> {
        // Documents of the same day and source, of which it is one: few stories, whatever the archive.
        let mut search = self.search("").copies(usize::MAX);
        search = match document.dated.date() {
            Some(date) => search.dates(date),
            None => search.doubted(Doubt::Undated),
        };
        if let Some(source) = document.attribution.source() {
            search = search.source(source.as_str());
        }
        let has_it =
            |story: &Story| story.lead.id == document.id || story.copies.iter().any(|copy| copy.id == document.id);
        let mut before = 0;
        loop {
            let mut report = search.clone().limit(STORIES).offset(before).copy_report()?;
            let is_last = report.listed.len() < STORIES;
            report.listed.retain(has_it);
            if is_last || !report.listed.is_empty() {
                report.read_as = format!("the copies of {}", document.id);
                (report.total, report.distinct, report.stories) = (1, 1, report.listed.len() as u64);
                return Ok(report);
            }
            before += STORIES;
        }
    }

    /// The file that answers tell by this path; none where it is not there to be read.
    pub(crate) fn file(&self, told: &Path) -> Result<Option<PathBuf>> {
        match &self.engine {
            Engine::Disk(inner) => State::of(inner)?.file(told),
            #[cfg(feature = "cluster")]
            Engine::Cluster(cluster) => Ok(cluster.file(told)),
        }
    }

    /// The contents of the index.
    pub fn info(&self) -> Result<Info> {
        guarded(|| self.count())
    }

    /// What the engine tells of itself: its bytes, its parts, the format, and where it is.
    fn told(&self) -> Result<(u64, u64, u32, Option<PathBuf>)> {
        match &self.engine {
            Engine::Disk(inner) => {
                let segments = State::of(inner)?.view.searcher.segment_readers().len() as u64;
                let path = inner.path().filter(|_| !inner.has_public_paths).map(Path::to_path_buf);
                Ok((inner.folder.as_ref().map_or(0, IndexFolder::bytes), segments, manifest::FORMAT, path))
            }
            #[cfg(feature = "cluster")]
            Engine::Cluster(cluster) => {
                let (bytes, shards) = answered(cluster, || cluster.size())?;
                let path = (!cluster.has_public_paths()).then(|| cluster.address.to_string().into());
                Ok((bytes, shards, crate::cluster::format(), path))
            }
        }
    }

    fn count(&self) -> Result<Info> {
        let (counts, languages) = asked!(&self.engine, |state| {
            let counting = Counting { sources: true, ..Counting::default() };
            let counts = state.count(&state.prepare(&Clause::Everything), &Filter::default(), counting)?;
            Ok((counts, state.languages().to_vec()))
        })?;
        let (bytes, segments, format, path) = self.told()?;
        let span = span(&counts);
        let mut languages: Vec<LanguageCount> = languages
            .into_iter()
            .map(|(language, documents)| LanguageCount { language: language.code().to_string(), documents })
            .collect();
        languages.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.language.cmp(&b.language)));
        let catalog = self.engine.catalog()?;
        Ok(Info {
            documents: counts.total,
            undated: counts.undated,
            sources: facet_counts(&counts).len() as u64,
            bytes,
            skipped: catalog.skipped_count(),
            files: catalog.files.values().filter(|state| state.documents > 0).count() as u64,
            first: span.map(|(first, _)| first),
            last: span.map(|(_, last)| last),
            languages,
            format,
            segments,
            path,
            space: None,
        })
    }

    /// The state of the index that searches see, as 16 hexadecimal digits. It changes with every commit that changes a
    /// document, and is the same in every process.
    pub fn revision(&self) -> Result<String> {
        asked!(&self.engine, |state| Ok(state.revision()))
    }

    /// The disk space of each part of the index.
    pub fn space(&self) -> Result<Space> {
        disk_usage::space(self.engine.disk("measured part by part")?)
    }

    /// The folders and files that the index was brought up to date with, by their absolute paths.
    pub fn archives(&self) -> Result<Vec<PathBuf>> {
        guarded(|| Ok(archives::known(&self.engine.catalog()?)))
    }

    /// The archive at a path, read as it was the last time: hidden files, ignored files and file times as they were asked
    /// for then. Fails if there is nothing at the path.
    ///
    /// ```no_run
    /// # use dateline::Index;
    /// let index = Index::open("index")?;
    /// let known: Vec<_> = index.archives()?.iter().map(|path| index.archive(path)).collect::<Result<_, _>>()?;
    /// index.update().run(&known)?;
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn archive(&self, path: impl AsRef<Path>) -> Result<Corpus> {
        guarded(|| archives::at(&self.engine.catalog()?, &self.engine.predecessor(), path.as_ref()))
    }

    /// Takes the documents of a folder or file out of the index. No file is touched, and later updates leave the path out,
    /// until it is the path of an archive itself. Fails if the index has nothing from there, or somebody else is writing.
    pub fn forget(&self, path: impl AsRef<Path>) -> Result<UpdateReport> {
        match &self.engine {
            Engine::Disk(inner) => {
                guarded(|| archives::forget(EngineWriter::open(Arc::clone(inner), 1, FORGETTING)?, path.as_ref()))
            }
            #[cfg(feature = "cluster")]
            Engine::Cluster(cluster) => archives::forget(ClusterWriter::open(Arc::clone(cluster))?, path.as_ref()),
        }
    }

    /// The paths that are left out since they were [forgotten](Self::forget).
    pub fn forgotten(&self) -> Result<Vec<PathBuf>> {
        guarded(|| Ok(archives::forgotten(&self.engine.catalog()?)))
    }

    /// Returns whether a path is left out, since it was [forgotten](Self::forget) or lies in what was.
    pub fn is_forgotten(&self, path: impl AsRef<Path>) -> Result<bool> {
        guarded(|| archives::is_forgotten(&self.engine.catalog()?, path.as_ref()))
    }

    /// The files and records that were not read in the last update of each folder, with the reasons.
    pub fn skipped(&self) -> Result<Vec<Skipped>> {
        let mut skipped = self.engine.catalog()?.skipped();
        asked!(&self.engine, |state| {
            let told = |path: &str| Ok(path_text(&state.told(&path_of(path))?));
            skipped.iter().map(|skipped| told(&skipped.path)).collect::<Result<Vec<String>>>()
        })
        .map(|paths| {
            skipped.iter_mut().zip(paths).for_each(|(skipped, path)| skipped.path = path);
            skipped
        })
    }
}

/// The words that begin so, those in most documents first.
fn words_from<B: Backend>(state: &B, beginning: &str, limit: usize) -> Result<Vec<String>> {
    let typed = tokens(beginning);
    let [token] = typed.as_slice() else { return Ok(Vec::new()) };
    if token.text.chars().count() < SHORTEST_WORD || stretch(&typed) > 1 {
        return Ok(Vec::new());
    }
    let mut counted: HashMap<String, u64> = HashMap::new();
    state.terms_from(TextField::Words, &token.text, &mut |word, documents| match counted.get_mut(word) {
        Some(known) => *known += documents,
        None => drop(counted.insert(word.to_owned(), documents)),
    })?;
    let mut likely: Vec<(Reverse<u64>, String)> =
        counted.into_iter().map(|(word, documents)| (Reverse(documents), word)).collect();
    likely.sort_unstable();
    if !state.walks_removed() {
        return Ok(likely.into_iter().take(limit).map(|(_, word)| word).collect());
    }
    state.expect(|| likely.iter().map(|(_, word)| (TextField::Words, word.clone())).collect())?;
    let mut words: Vec<(Reverse<u64>, String)> = Vec::new();
    for (bound, word) in likely {
        // No later word is in more documents than its bound.
        if words.len() == limit && words.last().is_none_or(|(least, _)| *least < bound) {
            break;
        }
        let documents = state.frequency(TextField::Words, &word)?;
        if documents > 0 {
            let found = (Reverse(documents), word);
            words.insert(words.partition_point(|known| *known < found), found);
            words.truncate(limit);
        }
    }
    Ok(words.into_iter().map(|(_, word)| word).collect())
}

/// The document that an id, or its beginning, names.
fn document_of<B: Backend>(state: &B, id: &str) -> Result<Option<Document>> {
    match named(state, id)?.as_slice() {
        [] => Ok(None),
        [doc] => state.document(*doc).map(Some),
        several => {
            let ids: Vec<String> = several.iter().map(|doc| state.id(*doc)).collect::<Result<_>>()?;
            Err(Error::new(ErrorKind::Argument, format!("\"{id}\" names several documents"))
                .hint(format!("give one of their ids: {}", ids.join(" "))))
        }
    }
}

/// The documents that an id, or its beginning, names.
fn named<B: Backend>(state: &B, id: &str) -> Result<Vec<Doc>> {
    let found = state.with_id(id, MOST_NAMED)?;
    let lower = id.to_ascii_lowercase();
    if found.is_empty() && lower.len() >= SHORTEST_BEGINNING && lower.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return state.with_id_from(&lower, MOST_NAMED);
    }
    Ok(found)
}

impl From<Inner> for Index {
    fn from(inner: Inner) -> Index {
        Index { engine: Engine::Disk(Arc::new(inner)) }
    }
}

#[cfg(feature = "cluster")]
impl From<Cluster> for Index {
    fn from(cluster: Cluster) -> Index {
        Index { engine: Engine::Cluster(Arc::new(cluster)) }
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.engine {
            Engine::Disk(inner) => f.debug_struct("Index").field("folder", &inner.path()).finish_non_exhaustive(),
            #[cfg(feature = "cluster")]
            Engine::Cluster(cluster) => f.debug_struct("Index").field("cluster", cluster).finish_non_exhaustive(),
        }
    }
}
