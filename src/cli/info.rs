//! `dateline info`: what an index holds.

use anyhow::Result;
use dateline::{Diagnostics, Index, SpacePart};

use super::output;
use super::output::{Screen, counted, megabytes, quantity};
use super::shared::args::Common;
use super::shared::exit::Outcome;

/// The smallest fraction of the index that is named in the text output: one of this many.
const SMALL: u64 = 1_000;

/// Show what the index holds; with --verbose also the disk space of each part
#[derive(clap::Args)]
pub(super) struct Args {
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Print what a report of a fault needs: versions, sizes, settings, and no word of the documents
    #[arg(long, conflicts_with = "format")]
    diagnostics: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    if args.diagnostics {
        return diagnose(common);
    }
    let index = common.open()?;
    let mut info = index.info()?;
    if common.verbose > 0 {
        info.space = Some(index.space()?);
    }
    let mut screen = common.screen();
    if args.format == Format::Json {
        screen.json(&info)?;
        screen.finish()?;
        return Ok(Outcome::Done);
    }
    let mut row = |name: &str, value: String| screen.line(&format!("{name:<10} {value}"));
    row("index", common.index.display().to_string())?;
    row("documents", format!("{} from {}", counted(info.documents), quantity(info.files, "file")))?;
    row("undated", counted(info.undated))?;
    if let (Some(first), Some(last)) = (info.first, info.last) {
        row("dates", format!("{first} to {last}"))?;
    }
    row("sources", counted(info.sources))?;
    let told: u64 = info.languages.iter().map(|count| count.documents).sum();
    let mut languages: Vec<String> =
        info.languages.iter().map(|count| format!("{} {}", count.language, counted(count.documents))).collect();
    if told < info.documents {
        languages.push(format!("{} not recognised", counted(info.documents - told)));
    }
    if !languages.is_empty() {
        row("languages", languages.join(" · "))?;
    }
    row("skipped", counted(info.skipped))?;
    row(
        "size",
        format!("{} in {}, format {}", megabytes(info.bytes), quantity(info.segments, "segment"), info.format),
    )?;
    if let Some(space) = &info.space {
        let of = |bytes: u64, whole: u64| format!("{:>5.1} %", 100.0 * bytes as f64 / whole.max(1) as f64);
        screen.line("")?;
        screen.line(&format!(
            "of files   {}: the index is {}",
            megabytes(space.files),
            of(info.bytes, space.files).trim()
        ))?;
        let mut row = |name: &str, bytes: u64| {
            screen.line(&format!("{name:<24} {:>10} {}", megabytes(bytes), of(bytes, info.bytes)))
        };
        let (large, small): (Vec<_>, Vec<_>) = space.parts.iter().partition(|part| part.bytes >= info.bytes / SMALL);
        for SpacePart { part, field, bytes, .. } in large {
            row(&format!("{part} {}", field.as_deref().unwrap_or_default()), *bytes)?;
        }
        if !small.is_empty() {
            let name = format!("and {}", quantity(small.len() as u64, "smaller part"));
            row(&name, small.iter().map(|part| part.bytes).sum())?;
        }
    }
    screen.finish()?;
    Ok(Outcome::Done)
}

/// Prints what belongs under a report of a fault. It contains nothing of the documents, and not where they lie.
fn diagnose(common: &Common) -> Result<Outcome> {
    let diagnostics = Index::diagnostics(&common.index);
    let mut screen = Screen::plain();
    let mut row = |name: &str, value: String| screen.line(&format!("{name:<12} {}", output::harmless(&value)));
    row("dateline", diagnostics.reader.clone())?;
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    let threads = std::thread::available_parallelism().map_or(0, usize::from);
    row("system", format!("{}, {threads} threads, {build} build", system()))?;
    let settings: Vec<String> = ["NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "LANG", "LC_ALL", "TERM"]
        .iter()
        .filter_map(|name| Some(format!("{name}={}", std::env::var(name).ok()?)))
        .collect();
    row("settings", settings.join(" "))?;
    // Limits are printed as they are documented: in whole megabytes of 2^20 bytes.
    let limits: Vec<String> =
        diagnostics.limits.iter().map(|(name, bytes)| format!("{name} {} MB", bytes >> 20)).collect();
    row("limits", limits.join(" · "))?;
    describe(&diagnostics, &mut row)?;
    screen.finish()?;
    Ok(Outcome::Done)
}

fn describe(
    diagnostics: &Diagnostics,
    row: &mut impl FnMut(&str, String) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let written_by = diagnostics.written_by.as_deref().unwrap_or("unknown");
    let of_index = diagnostics.index_format.map_or("unknown".into(), |format| format.to_string());
    row("format", format!("{of_index}, written by dateline {written_by}; this one writes {}", diagnostics.format))?;
    row("medium", diagnostics.network.clone().unwrap_or_else(|| "local, as far as is known".into()))?;
    row("writer", diagnostics.writer.map_or("none".into(), |number| format!("process {number}")))?;
    row("catalog", diagnostics.files.map_or("cannot be read".into(), |files| format!("{} files", counted(files))))?;
    for segment in &diagnostics.segments {
        row("segment", format!("{} documents, {} removed", counted(segment.documents), counted(segment.removed)))?;
    }
    let sizes: Vec<String> =
        diagnostics.bytes.iter().map(|(ending, bytes)| format!("{ending} {}", counted(*bytes))).collect();
    row("bytes", sizes.join(" · "))?;
    row("opens", diagnostics.error.as_ref().map_or("yes".into(), |error| format!("no: {error}")))
}

/// The operating system, as far as it says.
fn system() -> String {
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!("{} {} {}", std::env::consts::OS, std::env::consts::ARCH, kernel.trim())
}
