//! `dateline index`: files to an index.

use std::path::PathBuf;

use anyhow::Result;
use dateline::{Corpus, Error, ErrorKind, Index, NoteKind};

use super::output;
use super::output::Screen;
use super::shared::args::Common;
use super::shared::exit::Outcome;
use super::shared::memory;
use super::shared::updating::{self, Reading};
#[cfg(feature = "serve")]
use super::shared::watch;

/// Index folders and files, or bring their index up to date
///
/// New files are added, changed ones read again, vanished ones removed, moved ones recognised. Files that cannot be
/// read are counted; `dateline skipped` lists them with the reason.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Folders and files; without any, those that the index knows, or the folder corpus
    #[arg(value_name = "PATH")]
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(common: &Common, mut args: Args) -> Result<Outcome> {
    memory::give_back();
    let (mut archives, mut missing) = (Vec::new(), false);
    if args.paths.is_empty() {
        (archives, missing) = known(common, &args)?;
        args.paths = archives.iter().map(|archive| archive.path().to_path_buf()).collect();
    }
    if args.paths.is_empty() {
        args.paths.push("corpus".into());
    }
    if archives.is_empty() {
        for path in &args.paths {
            archives.push(args.reading.archive(common, path)?);
        }
    }
    let mut before = 0;
    let report = common.patiently(|| {
        let fill = |index: &Index| updating::update(common, index, &archives, args.threads, Some(args.memory));
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
        Format::Text => screen.line(&updating::summary(&report))?,
    }
    screen.finish()?;
    updating::say_more(common, &report);
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
    let unrecognised = report.notes.iter().any(|note| note.kind == NoteKind::Recognition);
    Ok(if report.stopped || report.failed > 0 || unrecognised || missing { Outcome::Partly } else { Outcome::Done })
}

/// The archives that the index knows and that are there, parts before their wholes, and whether one is missing: a disk may
/// only be elsewhere, so what the index has of it stays. Fails if it cannot stay, in an index that is made anew.
fn known(common: &Common, args: &Args) -> Result<(Vec<Corpus>, bool)> {
    let (mut archives, mut missing) = (Vec::new(), false);
    if !Index::exists(&common.index) {
        return Ok((archives, missing));
    }
    let index = match Index::open(&common.index) {
        // One of another format is told of when it is written to.
        Err(error) if error.kind() == ErrorKind::IndexVersion => return Ok((archives, missing)),
        opened => opened?,
    };
    // A part that is read otherwise than its whole comes first, since the first archive that holds a file reads it.
    for path in index.archives()?.into_iter().rev() {
        if path.exists() {
            archives.push(args.reading.known(common, index.archive(&path)?)?);
        } else if args.rebuild {
            return Err(Error::new(ErrorKind::Argument, "this folder is not there, and its documents would be lost")
                .at(path)
                .hint("name the folders of which the index is to be made; or take this one out with dateline forget")
                .into());
        } else {
            missing = true;
            common.note(&format!(
                "{} is not there: its documents stay; dateline forget takes them out",
                output::shown_path(&path)
            ));
        }
    }
    if missing && archives.is_empty() {
        return Err(Error::new(ErrorKind::Argument, "none of the folders that the index knows is there").into());
    }
    Ok((archives, missing))
}

/// Follows the changes of the files until Ctrl-C.
#[cfg(feature = "serve")]
fn watched(common: &Common, args: &Args) -> Result<Outcome> {
    common.note("watching for changes · Ctrl-C ends it");
    let mut written = Ok(());
    let refresh = || updating::refresh(common, &common.index, &args.reading, &args.paths);
    watch::keep_up(common, &common.index, &args.paths, refresh, |report| {
        let mut screen = Screen::plain();
        let line = match args.format {
            Format::Json => screen.json(report),
            Format::Text => screen.line(&updating::summary(report)).map_err(Into::into),
        };
        written = line.and_then(|()| Ok(screen.finish()?));
        updating::say_more(common, report);
        written.is_ok()
    })?;
    written?;
    Ok(Outcome::Done)
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
