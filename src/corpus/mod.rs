//! From files to dated documents.
//!
//! The main type is [`Corpus`]: a folder, or one file, as a run of documents. [`input`] lists the files and reads their
//! bytes; [`reading`] cuts a file into pieces and goes into whatever is packed in it ([`container`]); [`mod@format`] makes
//! a [`raw`] document of bytes, which only repeats what the file says; [`encoding`] decodes text; [`recognition`] finds the
//! words of pictures; [`clues`] weighs what
//! the document says of its title, date and source; [`corrections`] has the last word.
//!
//! The invariant: one bad document never stops a run, and nothing disappears silently. Whatever gives no document is a
//! [`Problem`] with the file and the reason. The same archive gives the same documents with the same ids, in the same
//! order, on any number of threads. Links are not followed, nothing is fetched, and no program in a document is run. The
//! only program that ever is run is the one that [`recognition`] is asked to.

mod clues;
mod container;
mod corrections;
mod encoding;
mod format;
mod input;
mod raw;
mod reading;
#[cfg_attr(not(feature = "newspapers"), allow(dead_code, reason = "without these formats no picture is read"))]
mod recognition;

use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use corrections::dateline_toml::{self, SIDECAR};
use input::walk;
#[cfg(any(feature = "newspapers", feature = "bibliography"))]
use reading::beside::Beside;

use crate::document::Document;
use crate::error::{Error, ErrorKind, Result};
use crate::time::Date;

pub(crate) use corrections::Corrections;
pub(crate) use encoding::{decode, is_binary};
pub(crate) use input::build::ability;
pub(crate) use input::limits::Limits;
pub(crate) use input::problem::{Problem, Skip, counted};
pub(crate) use input::walk::{FileEntry, Found, WalkOptions, modified};
pub(crate) use reading::piece::{Piece, Reading, in_part, read_with, recognised};
pub(crate) use reading::pieces::Pieces;
pub use recognition::Ocr;
pub(crate) use recognition::{Recogniser, holds as holds_recognised};

/// A folder of documents, or one file.
///
/// Reads the formats that the features of this build allow, packed in each other or not, in whatever encoding. Iterating
/// gives the documents one after another, sorted by path; whatever gives none is an error among them that names the
/// file and the reason, and the iteration goes on. Links are not followed, and files and folders whose names begin with
/// a dot are left out without a word unless [`hidden`](Self::hidden) is set.
///
/// ```
/// # let folder = tempfile::tempdir().unwrap();
/// # std::fs::write(folder.path().join("mill.md"), "# The mill\n\nIt turns.\n").unwrap();
/// use dateline::Corpus;
///
/// for document in Corpus::open(folder.path())? {
///     let document = document?;
///     assert_eq!(document.title.as_deref(), Some("The mill"));
/// }
/// # Ok::<(), dateline::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Corpus {
    root: PathBuf,
    walk: WalkOptions,
    limits: Limits,
    reading: Reading,
    corrected: bool,
    ocr: Ocr,
    only: Only,
}

/// What of an archive is read.
#[derive(Clone, Debug)]
enum Only {
    All,
    /// These files, by their absolute paths.
    Files(Arc<BTreeSet<PathBuf>>),
    /// What lies below this folder.
    Below(PathBuf),
}

impl Corpus {
    /// The documents below a folder, or those of one file. Fails if there is nothing at `path`; whether it can be read
    /// shows only when it is.
    pub fn open(path: impl AsRef<Path>) -> Result<Corpus> {
        let root = path.as_ref().to_path_buf();
        // Only whether there is anything is asked: the walk itself begins with its first item.
        drop(walk::walk(&root, &WalkOptions::default())?);
        let seconds = jiff::Timestamp::now().as_second();
        let today = Date::from_day_number(i32::try_from(seconds.div_euclid(86_400)).unwrap_or(i32::MAX));
        let (walk, limits) = (WalkOptions::default(), Limits::default());
        let reading = Reading::on(today, &root, &walk);
        Ok(Corpus { root, walk, limits, reading, corrected: true, ocr: Ocr::default(), only: Only::All })
    }

    /// Sets whether files and folders whose names begin with a dot are read too; they are not unless this is called.
    #[must_use]
    pub fn hidden(mut self, hidden: bool) -> Self {
        self.walk.hidden = hidden;
        self
    }

    /// Sets whether what `.gitignore` and `.ignore` files name is left out; it is not unless this is called.
    #[must_use]
    pub fn gitignore(mut self, gitignore: bool) -> Self {
        self.walk.gitignore = gitignore;
        self
    }

    /// Sets whether the time a file was last changed may date a document that has no other clue; it may not unless this is
    /// called, since copying an archive often sets it anew.
    #[must_use]
    pub fn file_times(mut self, file_times: bool) -> Self {
        self.reading.file_times = file_times;
        self
    }

    /// Sets whether what rules leave out of texts on purpose is read too: menus and notices of web pages, other forms of a
    /// mail's text, running heads of printed pages. It is not unless this is called; how much was left out of a document
    /// is told in its metadata as `left_out`.
    #[must_use]
    pub fn all_text(mut self, all_text: bool) -> Corpus {
        self.reading.all_text = all_text;
        self
    }

    /// Sets whether and how the words of scanned pages and pictures are recognised. Unless this is called, an update goes
    /// on as the index remembers, and where there is no index nothing is recognised.
    #[must_use]
    pub fn ocr(mut self, ocr: Ocr) -> Corpus {
        self.ocr = ocr;
        self
    }

    /// The day on which the archive is read: no later day is taken for a publication date. The day it is (UTC) unless
    /// this is called.
    #[must_use]
    pub fn today(mut self, today: Date) -> Self {
        self.reading.today = today;
        self
    }

    /// The longest document that is read, in bytes, unpacked; 64 MB unless this is called. Longer ones are errors.
    #[must_use]
    pub fn document_limit(mut self, bytes: u64) -> Self {
        self.limits.document_bytes = bytes;
        self
    }

    /// Sets whether the corrections in `dateline.toml` at the archive's root hold; they do unless this is called. The file is
    /// no document either way.
    ///
    /// ```toml
    /// [[correct]]
    /// files = "speeches/1992-*.txt"    # or path = "…", or id = "…"; archive.zip!/a.html, mail.mbox#12
    /// date = "26 Feb 1992"             # a day, a month or a year; or "none"
    /// source = "Example Gazette"
    /// language = "az"
    ///
    /// [aliases]
    /// "Le Monde" = ["lemonde.fr", "LE MONDE"]
    /// ```
    #[must_use]
    pub fn corrections(mut self, corrections: bool) -> Self {
        self.corrected = corrections;
        self
    }

    /// These of the archive's files alone, wherever they lie below its root.
    pub(crate) fn only(mut self, files: BTreeSet<PathBuf>) -> Corpus {
        self.only = Only::Files(Arc::new(files));
        self
    }

    /// A file or folder of the archive alone, read as a part of it: ids, sources and corrections are those of the whole.
    /// Fails if it does not lie in the archive.
    ///
    /// ```
    /// # let folder = tempfile::tempdir().unwrap();
    /// # std::fs::create_dir(folder.path().join("mills")).unwrap();
    /// # std::fs::write(folder.path().join("mills/a.txt"), "It turns.\n").unwrap();
    /// # std::fs::write(folder.path().join("b.txt"), "It stands.\n").unwrap();
    /// use dateline::Corpus;
    ///
    /// let mut part = Corpus::open(folder.path())?.part(folder.path().join("mills/a.txt"))?.into_iter();
    /// let document = part.next().unwrap()?;
    /// assert_eq!(document.attribution.source().unwrap().as_str(), "mills");
    /// assert!(part.next().is_none());
    /// # Ok::<(), dateline::Error>(())
    /// ```
    pub fn part(self, path: impl AsRef<Path>) -> Result<Corpus> {
        let real = |path: &Path| std::fs::canonicalize(path).map_err(|error| Error::io("cannot read", path, error));
        let (root, path) = (real(&self.root)?, real(path.as_ref())?);
        if path == root {
            return Ok(self);
        }
        if !path.starts_with(&root) || !root.is_dir() {
            return Err(Error::new(ErrorKind::Argument, "this is no part of the archive").at(path));
        }
        let only = if path.is_dir() { Only::Below(path) } else { Only::Files(Arc::new(BTreeSet::from([path]))) };
        Ok(Corpus { root, only, ..self })
    }

    /// Returns whether a file of this path belongs to the archive, if there is one.
    pub(crate) fn holds(&self, path: &Path) -> bool {
        match &self.only {
            Only::All => path.starts_with(&self.root),
            Only::Files(files) => files.contains(path),
            Only::Below(folder) => path.starts_with(folder),
        }
    }

    /// The folder or file.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// The same archive by its absolute path, links resolved, so that it is the same wherever the process runs.
    pub(crate) fn anchored(&self) -> Result<Corpus> {
        let root = std::fs::canonicalize(&self.root).map_err(|error| Error::io("cannot read", &self.root, error))?;
        Corpus { root, ..self.clone() }.begun()
    }

    /// The same archive at the beginning of a run: its sidecar is read, and nothing is known of its files. Fails if the
    /// sidecar is no TOML.
    fn begun(mut self) -> Result<Corpus> {
        #[cfg(any(feature = "newspapers", feature = "bibliography"))]
        {
            self.reading.beside = Arc::new(Beside::below(&self.root, &self.walk, self.limits));
        }
        let languages = self.ocr.asked().flatten();
        let recogniser = languages.map(|languages| Arc::new(Recogniser::new(&self.ocr, languages, None)));
        self = self.recognised_by(recogniser);
        self.reading.corrections = None;
        if self.corrected {
            self.reading.corrections = dateline_toml::read(&self.root, self.reading.today)?.map(Arc::new);
        }
        Ok(self)
    }

    /// The files, and what lies between them that is none.
    pub(crate) fn entries(&self) -> Result<Box<dyn Iterator<Item = Result<Found>> + Send>> {
        let found = match &self.only {
            Only::All => walk::walk(&self.root, &self.walk)?,
            Only::Files(files) => walk::these(&self.root, files),
            Only::Below(folder) => {
                let folder = folder.clone();
                let is_below = move |found: &Result<Found>| match found {
                    Ok(Found::File(entry)) => entry.path.starts_with(&folder),
                    Ok(Found::Skipped(skip)) => skip.path.starts_with(&folder),
                    Err(error) => error.path().is_none_or(|path| path.starts_with(&folder)),
                };
                Box::new(walk::walk(&self.root, &self.walk)?.filter(is_below))
            }
        };
        // Of a file that is an archive by itself the name below the root is its own name.
        let folder = self.root.is_dir();
        let is_sidecar = move |found: &Result<Found>| match found {
            Ok(Found::File(entry)) => folder && entry.relative == SIDECAR,
            _ => false,
        };
        Ok(Box::new(found.filter(move |found| !is_sidecar(found))))
    }

    /// Returns whether it is all that lies below its root.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self.only, Only::All)
    }

    pub(crate) fn walk_options(&self) -> &WalkOptions {
        &self.walk
    }

    /// Whether and how words are to be recognised.
    pub(crate) fn asked_ocr(&self) -> &Ocr {
        &self.ocr
    }

    /// The same archive, the words of its pictures recognised by this.
    pub(crate) fn recognised_by(mut self, recogniser: Option<Arc<Recogniser>>) -> Corpus {
        self.limits.picture_bytes = recogniser.as_ref().map_or(0, |recogniser| recogniser.picture_bytes());
        self.reading.recogniser = recogniser;
        self
    }

    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    pub(crate) fn reading(&self) -> &Reading {
        &self.reading
    }
}

impl IntoIterator for Corpus {
    type Item = Result<Document>;
    type IntoIter = Documents;

    fn into_iter(self) -> Documents {
        let opened = self.clone().begun().and_then(|corpus| Ok((corpus.entries()?, corpus)));
        let (corpus, entries, waiting) = match opened {
            Ok((entries, corpus)) => {
                let notes = corpus.reading.corrections.iter().flat_map(|corrections| corrections.notes());
                let waiting = notes.map(Err).collect();
                (corpus, entries, waiting)
            }
            Err(error) => (self, Box::new(std::iter::empty()) as Box<_>, VecDeque::from([Err(error)])),
        };
        Documents { corpus, entries, pieces: None, waiting }
    }
}

/// The documents of a [`Corpus`], one after another; at most about one megabyte of a file is read ahead.
pub struct Documents {
    corpus: Corpus,
    entries: Box<dyn Iterator<Item = Result<Found>> + Send>,
    pieces: Option<(PathBuf, Pieces)>,
    waiting: VecDeque<Result<Document>>,
}

impl std::fmt::Debug for Documents {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Documents").field("corpus", &self.corpus).finish_non_exhaustive()
    }
}

impl Iterator for Documents {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Result<Document>> {
        loop {
            if let Some(document) = self.waiting.pop_front() {
                return Some(document);
            }
            if let Some((path, pieces)) = &mut self.pieces {
                match pieces.next() {
                    Some(piece) => {
                        let read = piece.read(&self.corpus.reading);
                        self.waiting.extend(read.into_iter().map(|one| one.map_err(|problem| problem.in_file(path))));
                    }
                    None => self.pieces = None,
                }
                continue;
            }
            match self.entries.next()? {
                Ok(Found::File(entry)) => {
                    let path = entry.path.clone();
                    match Pieces::open(Arc::new(entry), self.corpus.limits, |entry| {
                        self.corpus.reading.has_abstract(entry)
                    }) {
                        Ok(pieces) => self.pieces = Some((path, pieces)),
                        Err(skip) => return Some(Err(skip.into())),
                    }
                }
                Ok(Found::Skipped(skip)) => return Some(Err(skip.into())),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

#[cfg(test)]
#[cfg(feature = "newspapers")]
mod issues;
#[cfg(test)]
#[cfg(feature = "bibliography")]
mod references;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod unlost;
