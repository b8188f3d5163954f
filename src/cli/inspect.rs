//! `dateline inspect`: how dateline reads files, without an index.

use std::path::PathBuf;

use anyhow::Result;
use dateline::json::DocumentReport;
use dateline::{ErrorKind, Index};

use super::output;
use super::shared::args::Common;
use super::shared::exit::Outcome;
use super::shared::updating::Reading;

/// Show how dateline reads files: title, date and source with their reasons, language, passages
///
/// Ids and sources that come from the place of a file in its archive are those of the archive that the index knows, if it
/// knows one that holds the file; else those of the PATH by itself.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Files and folders
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
    /// Print too what rules leave out of the texts: menus and notices of web pages, other forms of a mail, running heads
    #[arg(long)]
    left_out: bool,
    /// How to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Jsonl,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let mut screen = common.screen();
    let (mut read, mut skipped, mut unread) = (0, 0, false);
    let index = known(common);
    for path in &args.paths {
        let archive = match &index {
            Some(index) => args.reading.part(common, index, path)?,
            None => args.reading.archive(common, path)?,
        };
        // The same files once more, with nothing left out: the documents come in the same order.
        let mut whole = args.left_out.then(|| archive.clone().all_text(true).into_iter().filter_map(Result::ok));
        for document in archive {
            match document {
                Ok(document) => {
                    read += 1;
                    match args.format {
                        Format::Text => output::text::inspected(&mut screen, &document)?,
                        Format::Jsonl => screen.json_line(&DocumentReport::inspected(&document))?,
                    }
                    let whole = whole.as_mut().and_then(|all| all.find(|all| all.id == document.id));
                    if let Some(whole) = whole.filter(|_| args.format == Format::Text) {
                        output::text::left_out(&mut screen, &document, &whole)?;
                    }
                }
                Err(error) => {
                    skipped += 1;
                    unread |= error.kind() == ErrorKind::Io;
                    common.note(&format!("dateline: {error}"));
                }
            }
        }
    }
    screen.finish()?;
    common.note(&format!("{} read · {skipped} skipped", output::quantity(read, "document")));
    Ok(if unread { Outcome::Partly } else { Outcome::found(read > 0) })
}

/// The index, whose archives the paths may be parts of. One that cannot be read says nothing here: files are read without
/// it.
fn known(common: &Common) -> Option<Index> {
    if Index::exists(&common.index) { Index::open(&common.index).ok() } else { None }
}
