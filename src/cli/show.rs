//! `dateline show`: one document or passage as the index has it.

use anyhow::Result;
use dateline::json::DocumentReport;
use dateline::{Document, Error, ErrorKind};

use super::output;
use super::shared::args::Common;
use super::shared::exit::Outcome;
use super::shared::named::named;

/// Show a document, or one of its passages: ID, or ID#PASSAGE
#[derive(clap::Args)]
pub(super) struct Args {
    /// An id as search prints it, its beginning, or the id that a record gives itself; with #NUMBER for one passage
    #[arg(value_name = "ID[#PASSAGE]")]
    id: String,
    /// Show this many passages before and after too
    #[arg(long, short = 'C', value_name = "N", default_value_t = 0)]
    context: u32,
    /// Open the file, or the address it was published at, in the program that the system has for it
    #[arg(long, conflicts_with_all = ["context", "format"])]
    open: bool,
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
    let index = common.open()?;
    let Some((document, passage)) = named(common, &index, &args.id)? else { return Ok(Outcome::Nothing) };
    if args.open {
        return open(common, &document);
    }
    let all = document.passages();
    let passages = match passage {
        None => all,
        Some(number) => {
            if !all.iter().any(|passage| passage.number() == number) {
                let message = format!("document {} has {}", document.id, output::quantity(all.len() as u64, "passage"));
                let error = Error::new(ErrorKind::Argument, format!("{message}, and no passage {number}"));
                return Err(error.into());
            }
            let near = number.saturating_sub(args.context)..=number.saturating_add(args.context);
            all.into_iter().filter(|passage| near.contains(&passage.number())).collect()
        }
    };
    let mut screen = common.screen();
    match args.format {
        Format::Text => output::text::document(&mut screen, &document, &passages, passage)?,
        Format::Json => screen.json(&DocumentReport::shown(&document, &passages))?,
    }
    screen.finish()?;
    Ok(Outcome::Done)
}

/// Opens the file of a document, or its address where the file is packed in another or gone.
fn open(common: &Common, document: &Document) -> Result<Outcome> {
    let file = document.place.path.as_deref().filter(|path| path.exists());
    let target = match (file, document.url.as_deref()) {
        (Some(file), None) => file.as_os_str(),
        (Some(file), Some(_)) if document.place.member.is_none() => file.as_os_str(),
        (_, Some(url)) if url.starts_with("http://") || url.starts_with("https://") => url.as_ref(),
        (Some(file), _) => file.as_os_str(),
        (None, _) => {
            let message = format!("document {} has no file that is still there, and no address", document.id);
            return Err(Error::new(ErrorKind::Argument, message).into());
        }
    };
    let named = output::quoted(&target.to_string_lossy());
    open::that(target).map_err(|error| {
        let error = Error::new(ErrorKind::Io, "no program opens such files here").because(error);
        error.hint(format!("it is {named}"))
    })?;
    common.note(&format!("opened {named}"));
    Ok(Outcome::Done)
}
