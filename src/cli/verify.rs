//! `dateline verify`: checks an index, and mends it.

use anyhow::Result;
use dateline::json::VerificationReport;
use dateline::{ErrorKind, Fault, Index, Repair, Verification};

use super::output;
use super::output::{Screen, counted, megabytes, quantity};
use super::shared::args::Common;
use super::shared::exit::Outcome;

/// Check the index from end to end, and mend it
///
/// Every byte is compared with the checksum it was written with, every document's text is analysed anew and compared
/// with the index, and the files are compared with the catalog. Exit codes: 0 sound or mended, 3 damaged, 4 mended
/// except for what is listed.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Mend a damaged index, or convert one of an earlier format: all documents that can be read are kept, the others
    /// are read again from their files. The old index answers until the new one is complete
    #[arg(long)]
    repair: bool,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

/// The most lines of one kind in the text output. JSON has all.
const LISTED: usize = 50;

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let found = match Index::verify(&common.index) {
        Err(error) if args.repair && error.kind() == ErrorKind::IndexVersion => None,
        found => Some(found?),
    };
    let needed = found.as_ref().is_none_or(|found| !found.whole);
    let done = if args.repair && needed { Some(common.patiently(|| Index::repair(&common.index))?) } else { None };
    // A mended index is verified, so that the result can be relied on.
    let after = done.as_ref().map(|_| Index::verify(&common.index)).transpose()?;

    let mut screen = Screen::plain();
    if args.format == Format::Json {
        screen.json(&VerificationReport { found: found.clone(), repair: done.clone() })?;
    } else {
        if let Some(found) = &found {
            tell_found(&mut screen, found, args.repair)?;
        }
        if let Some(done) = &done {
            tell_done(&mut screen, done)?;
        }
    }
    screen.finish()?;
    if needed && !args.repair {
        common.note("mend it: dateline verify --repair");
    }
    Ok(match (&done, after) {
        (_, Some(after)) if !after.whole => Outcome::Damaged,
        (Some(done), _) if done.lost > 0 || !done.losses.is_empty() => Outcome::Partly,
        (Some(_), _) => Outcome::Done,
        (None, _) if needed => Outcome::Damaged,
        (None, _) => Outcome::Done,
    })
}

fn tell_found(screen: &mut Screen, found: &Verification, repair: bool) -> std::io::Result<()> {
    list(screen, "damaged", &found.damage, found.damaged)?;
    // Outdated files of a mended index are read by the next update.
    if !repair || found.whole {
        list(screen, "outdated", &found.outdated, found.outdated.len() as u64)?;
    }
    let verdict = if found.whole { "whole" } else { "damaged" };
    screen.line(&format!(
        "{verdict}: {} read anew and as indexed, of {} · {} in {} checked · {:.1} s",
        quantity(found.agreeing, "document"),
        counted(found.documents),
        megabytes(found.bytes),
        quantity(found.files, "file"),
        found.seconds
    ))
}

fn tell_done(screen: &mut Screen, done: &Repair) -> std::io::Result<()> {
    for note in &done.notes {
        screen.line(&format!("note: {}", output::harmless(&note.message)))?;
    }
    list(screen, "lost", &done.losses, done.losses.len() as u64)?;
    screen.line(&format!(
        "mended: {} · {} kept · {} read again · {} lost · {:.1} s",
        quantity(done.documents, "document"),
        counted(done.kept),
        counted(done.read_again),
        counted(done.lost),
        done.seconds
    ))
}

fn list(screen: &mut Screen, what: &str, faults: &[Fault], all: u64) -> std::io::Result<()> {
    for fault in faults.iter().take(LISTED) {
        screen.line(&format!("{what}: {}: {}", output::harmless(&fault.place), output::harmless(&fault.what)))?;
    }
    let told = faults.len().min(LISTED) as u64;
    if all > told {
        screen.line(&format!("{what}: and {} more", counted(all - told)))?;
    }
    Ok(())
}
