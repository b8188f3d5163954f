//! Bringing an index up to date: how files are read, before a question or for its own sake, and what is said of it.

#[cfg(feature = "serve")]
use std::path::Path;
use std::path::PathBuf;

use anyhow::Result;
use dateline::{Corpus, Error, ErrorKind, Index, Ocr, UpdateReport};

use super::args::Common;
use super::progress;
use super::progress::Bar;
use crate::cli::output::counted;

/// How files are found and read. Every command that reads files has these options.
#[derive(clap::Args)]
pub(in super::super) struct Reading {
    /// Read hidden files and folders too
    #[arg(long)]
    hidden: bool,
    /// Leave out files that .gitignore names
    #[arg(long)]
    gitignore: bool,
    /// Date a document without any clue by the day its file was last changed
    #[arg(long)]
    file_times: bool,
    /// Recognise the words of scanned pages and pictures with the installed tesseract, in these languages (eng unless
    /// named): --ocr=eng+deu; an index goes on so until --no-ocr
    #[arg(long, value_name = "LANGUAGES", num_args = 0..=1, require_equals = true, default_missing_value = "eng")]
    ocr: Option<String>,
    /// Recognise no words any more, and forget those that were
    #[arg(long, conflicts_with = "ocr", hide_short_help = true)]
    no_ocr: bool,
    /// The program that recognises words, in place of the tesseract in PATH
    #[arg(long, value_name = "PROGRAM", env = "DATELINE_TESSERACT", hide_short_help = true)]
    tesseract: Option<PathBuf>,
}

impl Reading {
    pub(in super::super) fn archive(&self, common: &Common, path: &PathBuf) -> Result<Corpus> {
        Ok(Corpus::open(path)?
            .hidden(self.hidden)
            .gitignore(self.gitignore)
            .file_times(self.file_times)
            .ocr(self.ocr()?)
            .today(common.today()))
    }

    /// A path as a part of the archive that the index knows it in, the smallest; by itself if there is none.
    pub(in super::super) fn part(&self, common: &Common, index: &Index, path: &PathBuf) -> Result<Corpus> {
        let Ok(real) = path.canonicalize() else { return self.archive(common, path) };
        let roots = index.archives()?;
        let holding = roots.iter().filter(|root| real.starts_with(root)).max_by_key(|root| root.components().count());
        match holding {
            Some(root) if *root != real => Ok(self.known(common, index.archive(root)?)?.part(&real)?),
            _ => self.archive(common, path),
        }
    }

    /// An archive that the index knows, read as it was, and with what is asked for besides.
    pub(in super::super) fn known(&self, common: &Common, mut archive: Corpus) -> dateline::Result<Corpus> {
        if self.hidden {
            archive = archive.hidden(true);
        }
        if self.gitignore {
            archive = archive.gitignore(true);
        }
        if self.file_times {
            archive = archive.file_times(true);
        }
        Ok(archive.ocr(self.ocr()?).today(common.today()))
    }

    fn ocr(&self) -> dateline::Result<Ocr> {
        let ocr = match &self.ocr {
            Some(languages) => Ocr::languages(languages)?,
            None if self.no_ocr => Ocr::never(),
            None => Ocr::default(),
        };
        Ok(match &self.tesseract {
            Some(program) => ocr.program(program),
            None => ocr,
        })
    }
}

/// The archives to bring into the index before it is searched.
#[derive(clap::Args)]
#[command(next_help_heading = "Bringing the index up to date first")]
pub(in super::super) struct Fresh {
    /// Bring the index up to date with this folder or file first (repeat for several)
    #[arg(long = "in", value_name = "PATH")]
    archives: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

impl Fresh {
    /// The index, after it was brought up to date with the named archives, if any.
    pub(in super::super) fn open(&self, common: &Common) -> Result<Index> {
        if self.archives.is_empty() {
            return common.open();
        }
        // An archive that is not there is told before an index is made for it.
        for path in &self.archives {
            Corpus::open(path)?;
        }
        let (index, report) = common.patiently(|| {
            let index = Index::open_or_create(&common.index)?;
            let archive = |path: &PathBuf| self.reading.known(common, index.archive(path)?);
            let archives = self.archives.iter().map(archive).collect::<dateline::Result<Vec<_>>>()?;
            let report = update(common, &index, &archives, None, None)?;
            Ok((index, report))
        })?;
        let idle = report.added + report.changed + report.removed + report.moved == 0;
        if !idle {
            common.note(&format!("indexed: {}", summary(&report)));
            say_more(common, &report);
        }
        if report.stopped {
            return Err(Error::new(ErrorKind::Cancelled, "stopped before the question was asked").into());
        }
        Ok(index)
    }
}

/// Brings the index in a folder up to date without a word, and stops at Ctrl-C. Archives are opened anew each time, since
/// they are read as of today.
#[cfg(feature = "serve")]
pub(in super::super) fn refresh(
    common: &Common,
    folder: &Path,
    reading: &Reading,
    paths: &[PathBuf],
) -> Result<UpdateReport> {
    let index = Index::open(folder)?;
    let archive = |path: &PathBuf| reading.known(common, index.archive(path)?);
    let mut archives = Vec::new();
    for path in paths {
        // What was forgotten since the beginning is not named again by a change.
        if !index.is_forgotten(path)? {
            archives.push(archive(path)?);
        }
    }
    Ok(index.update().cancel(progress::interrupted()).run(&archives)?)
}

/// Brings an index up to date, with a progress bar on a terminal, and stops at Ctrl-C.
pub(in super::super) fn update(
    common: &Common,
    index: &Index,
    archives: &[Corpus],
    threads: Option<usize>,
    memory: Option<usize>,
) -> dateline::Result<UpdateReport> {
    let bar = Bar::new(common.watched());
    let mut update = index.update().progress(|progress| bar.show(progress)).cancel(progress::interrupted());
    if let Some(threads) = threads {
        update = update.threads(threads);
    }
    if let Some(memory) = memory {
        update = update.memory(memory);
    }
    let report = update.run(archives);
    bar.clear();
    report
}

/// The result of an update, on one line.
pub(in super::super) fn summary(report: &UpdateReport) -> String {
    let mut parts = vec![
        format!("{} added", counted(report.added)),
        format!("{} changed", counted(report.changed)),
        format!("{} removed", counted(report.removed)),
        format!("{} unchanged", counted(report.unchanged)),
    ];
    if report.moved > 0 {
        parts.push(format!("{} moved", counted(report.moved)));
    }
    parts.push(format!("{} undated", counted(report.undated)));
    parts.push(format!("{} skipped", counted(report.skipped)));
    parts.push(format!("{:.1} s", report.seconds));
    parts.join(" · ")
}

/// Prints what a person should know besides the summary.
pub(in super::super) fn say_more(common: &Common, report: &UpdateReport) {
    if report.stopped {
        let kept = report.added + report.changed + report.removed + report.moved > 0;
        common.note(if kept {
            "stopped early: what was read by then is in the index; run the same command again for the rest"
        } else {
            "stopped before anything was read: the index is as it was; run the same command again"
        });
    }
    if report.skipped > 0 {
        let commonest = report.reasons.iter().take(3);
        let rest = report.skipped.saturating_sub(commonest.clone().map(|why| why.count).sum());
        let mut reasons: Vec<String> =
            commonest.map(|why| format!("{} ({})", why.reason, counted(why.count))).collect();
        if rest > 0 {
            reasons.push(format!("and {} more", counted(rest)));
        }
        common.note(&format!("skipped: {}; dateline skipped lists them", reasons.join(", ")));
    }
    if report.failed > 0 {
        common.note(&format!("damaged or unreadable, of what was read now: {}", counted(report.failed)));
    }
    for note in &report.notes {
        common.note(&format!("note: {note}"));
    }
    if report.documents == 0 && !report.stopped {
        common.note("the index is empty: no document was found");
    }
}
