//! `dateline index`: files to an index.

#[cfg(feature = "serve")]
use std::path::Path;
use std::path::PathBuf;

use anyhow::Result;
use dateline::{Corpus, Error, ErrorKind, Index, UpdateReport};

use super::args::Common;
use super::exit::Outcome;
use super::memory;
use super::output;
use super::output::{Screen, counted};
use super::progress;
use super::progress::Bar;
#[cfg(feature = "serve")]
use super::watch;

/// Index folders and files, or bring their index up to date
///
/// New files are added, changed ones read again, vanished ones removed, moved ones recognised. Files that cannot be
/// read are counted; `dateline skipped` lists them with the reason.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Folders and files
    #[arg(value_name = "PATH", default_value = "corpus")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// Make the index anew from all files; the old one answers until the new one is complete
    #[arg(long)]
    rebuild: bool,
    /// Go on bringing it up to date while the files change, until Ctrl-C
    #[cfg(feature = "serve")]
    #[arg(long)]
    watch: bool,
    /// Threads that read and analyze (default: one per processor)
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Memory to plan with, such as 512M or 2G: at least about eight times the longest document, and 64M for every two
    /// threads up to eight; memory that the system keeps comes on top
    #[arg(long, value_name = "SIZE", default_value = "512M", value_parser = size)]
    memory: usize,
    /// How to print the result
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How files are found and read. Every command that reads files has these options.
#[derive(clap::Args)]
pub(super) struct Reading {
    /// Read hidden files and folders too
    #[arg(long)]
    hidden: bool,
    /// Leave out files that .gitignore names
    #[arg(long)]
    gitignore: bool,
    /// Date a document without any clue by the day its file was last changed
    #[arg(long)]
    file_times: bool,
}

/// The archives to bring into the index before it is searched.
#[derive(clap::Args)]
#[command(next_help_heading = "Bringing the index up to date first")]
pub(super) struct Fresh {
    /// Bring the index up to date with this folder or file first (repeat for several)
    #[arg(long = "in", value_name = "PATH")]
    archives: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

impl Reading {
    pub(super) fn archive(&self, common: &Common, path: &PathBuf) -> Result<Corpus> {
        Ok(Corpus::open(path)?
            .hidden(self.hidden)
            .gitignore(self.gitignore)
            .file_times(self.file_times)
            .today(common.today()))
    }
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    memory::give_back();
    let mut archives = Vec::new();
    for path in &args.paths {
        archives.push(args.reading.archive(common, path)?);
    }
    let mut before = 0;
    let report = common.patiently(|| {
        let fill = |index: &Index| update(common, index, &archives, args.threads, Some(args.memory));
        if !args.rebuild {
            return fill(&Index::open_or_create(&common.index)?);
        }
        let replaces = Index::exists(&common.index);
        // The number of documents of an unreadable index is unknown.
        before = Index::open(&common.index).and_then(|old| old.info()).map_or(0, |old| old.documents);
        Index::rebuild(&common.index, |index| {
            let report = fill(index)?;
            if replaces { report.finished() } else { Ok(report) }
        })
    })?;
    let mut screen = Screen::plain();
    match args.format {
        Format::Json => screen.json(&report)?,
        Format::Text => screen.line(&summary(&report))?,
    }
    screen.finish()?;
    say_more(common, &report);
    if report.documents < before {
        common.note(&format!(
            "note: the index before had {}; what was not named now is no longer in it",
            output::quantity(before, "document")
        ));
    }
    #[cfg(feature = "serve")]
    if args.watch && !report.stopped {
        return watched(common, &args);
    }
    // A picture among the texts is no failure. A text that could not be read is one.
    Ok(if report.stopped || report.failed > 0 { Outcome::Partly } else { Outcome::Done })
}

/// Follows the changes of the files until Ctrl-C.
#[cfg(feature = "serve")]
fn watched(common: &Common, args: &Args) -> Result<Outcome> {
    common.note("watching for changes · Ctrl-C ends it");
    let mut written = Ok(());
    let refresh = || refresh(common, &common.index, &args.reading, &args.paths);
    watch::keep_up(common, &common.index, &args.paths, refresh, |report| {
        let mut screen = Screen::plain();
        let line = match args.format {
            Format::Json => screen.json(report),
            Format::Text => screen.line(&summary(report)).map_err(Into::into),
        };
        written = line.and_then(|()| Ok(screen.finish()?));
        say_more(common, report);
        written.is_ok()
    })?;
    written?;
    Ok(Outcome::Done)
}

impl Fresh {
    /// The index, after it was brought up to date with the named archives, if any.
    pub(super) fn open(&self, common: &Common) -> Result<Index> {
        if self.archives.is_empty() {
            return common.open();
        }
        let mut archives = Vec::new();
        for path in &self.archives {
            archives.push(self.reading.archive(common, path)?);
        }
        let (index, report) = common.patiently(|| {
            let index = Index::open_or_create(&common.index)?;
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

/// Reads a number of bytes as people write it: `512M`, `2 GB`, `1.5g`.
fn size(text: &str) -> Result<usize, String> {
    let bad = || format!("\"{text}\" is no size: write 512M or 2G");
    let text = text.trim().trim_end_matches(['b', 'B']).trim_end_matches('i').trim_end();
    let (number, times) = match text.char_indices().next_back() {
        Some((end, 'k' | 'K')) => (&text[..end], 1_u64 << 10),
        Some((end, 'm' | 'M')) => (&text[..end], 1 << 20),
        Some((end, 'g' | 'G')) => (&text[..end], 1 << 30),
        _ => (text, 1),
    };
    let number: f64 = number.trim_end().parse().map_err(|_| bad())?;
    let bytes = number * times as f64;
    if (1.0..1e15).contains(&bytes) { Ok(bytes as usize) } else { Err(bad()) }
}

/// Brings the index in a folder up to date without a word, and stops at Ctrl-C. Archives are opened anew each time, since
/// they are read as of today.
#[cfg(feature = "serve")]
pub(super) fn refresh(common: &Common, folder: &Path, reading: &Reading, paths: &[PathBuf]) -> Result<UpdateReport> {
    let archives = paths.iter().map(|path| reading.archive(common, path)).collect::<Result<Vec<_>>>()?;
    Ok(Index::open(folder)?.update().cancel(progress::interrupted()).run(&archives)?)
}

/// Brings an index up to date, with a progress bar on a terminal, and stops at Ctrl-C.
pub(super) fn update(
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
pub(super) fn summary(report: &UpdateReport) -> String {
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
pub(super) fn say_more(common: &Common, report: &UpdateReport) {
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

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (text, bytes) in
            [("512M", 512 << 20), ("2 GB", 2 << 30), ("1.5g", 3 << 29), ("64 MiB", 64 << 20), ("1000", 1000)]
        {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "M", "0", "-1G", "many", "1e30", "NaN", "ı"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
