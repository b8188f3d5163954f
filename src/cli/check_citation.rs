//! `dateline check-citation`: whether cited words still stand where they stood.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Result;
use dateline::{Error, ErrorKind, EvidenceStatus, Prover, read_evidence};

use super::output;
use super::shared::args::Common;
use super::shared::exit::Outcome;

/// Check citations made with --evidence: whether the same words stand at the same place of the same file
///
/// Each is the same, moved (the words stand elsewhere), changed (the file or the words are others) or gone. Exit codes: 0
/// all are the same, 1 one is not, 4 a piece of evidence cannot be read.
#[derive(clap::Args)]
pub(super) struct Args {
    /// A file with citations in any style, or with evidence as JSON; - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// One object with everything
    Json,
    /// One object for each piece of evidence
    Jsonl,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let bytes = if args.file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        bytes
    } else {
        std::fs::read(&args.file).map_err(|error| {
            Error::new(ErrorKind::Argument, "cannot read the citations").at(&args.file).because(error)
        })?
    };
    let (cited, broken) = read_evidence(&String::from_utf8_lossy(&bytes));
    if cited.is_empty() && broken == 0 {
        let error = Error::new(ErrorKind::Argument, "there is no evidence in these citations");
        return Err(error.hint("dateline cite --evidence makes citations that can be checked").into());
    }
    let index = common.open()?;
    let report = Prover::new(&index)?.check(cited)?;
    let mut screen = common.screen();
    match args.format {
        Format::Text => output::evidence::report(&mut screen, &report)?,
        Format::Json => screen.json(&report)?,
        Format::Jsonl => screen.json_lines(&report.evidence)?,
    }
    screen.finish()?;
    if broken > 0 {
        common.note(&format!("{} cannot be read, and was not checked", output::quantity(broken, "citation")));
    }
    let same = report.evidence.iter().all(|checked| checked.status == EvidenceStatus::Same);
    Ok(if broken > 0 { Outcome::Partly } else { Outcome::found(same) })
}
