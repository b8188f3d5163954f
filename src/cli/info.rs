//! `dateline info`: what an index holds.

use anyhow::Result;

use super::args::Common;
use super::exit::Outcome;
use super::output::{self, Screen, counted, megabytes};

/// Show what the index holds
#[derive(clap::Args)]
pub(super) struct Args {
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let info = common.open()?.info()?;
    let mut screen = Screen::new(common.color);
    if args.format == Format::Json {
        output::json::info(&mut screen, &info)?;
        screen.finish()?;
        return Ok(Outcome::Done);
    }
    let mut row = |name: &str, value: String| screen.line(&format!("{name:<10} {value}"));
    row("index", common.index.display().to_string())?;
    row("documents", format!("{} from {} files", counted(info.documents), counted(info.files)))?;
    row("undated", counted(info.undated))?;
    if let (Some(first), Some(last)) = (info.first, info.last) {
        row("dates", format!("{first} to {last}"))?;
    }
    row("sources", counted(info.sources))?;
    let languages: Vec<String> =
        info.languages.iter().map(|count| format!("{} {}", count.language, counted(count.documents))).collect();
    row("languages", languages.join(" · "))?;
    row("skipped", counted(info.skipped))?;
    row("size", format!("{} in {} segments, format {}", megabytes(info.bytes), info.segments, info.format))?;
    screen.finish()?;
    Ok(Outcome::Done)
}
