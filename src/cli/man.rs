//! `dateline man`: the manual pages, made of the help texts.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Command;
use clap_mangen::Man;
use dateline::{Error, ErrorKind};

use super::output::Screen;
use super::shared::exit::Outcome;

/// Print the manual page, or write the pages of all commands into a folder; the guide says where they go
#[derive(clap::Args)]
pub(super) struct Args {
    /// Write dateline.1 and a page for each command into this folder, which is created if it is missing
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let mut root = super::command();
    root.build();
    match &args.folder {
        Some(folder) => write_pages(&root, folder)?,
        None => {
            let mut screen = Screen::plain();
            screen.line(String::from_utf8(page(&root)?)?.trim_end())?;
            screen.finish()?;
        }
    }
    Ok(Outcome::Done)
}

/// Writes a page for the command and one for each of its subcommands, with the names that `man` looks for.
fn write_pages(root: &Command, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| unwritten(folder, error))?;
    write(&folder.join("dateline.1"), root)?;
    for command in root.get_subcommands() {
        write(&folder.join(format!("dateline-{}.1", command.get_name())), command)?;
    }
    Ok(())
}

fn write(path: &Path, command: &Command) -> Result<()> {
    fs::write(path, page(command)?).map_err(|error| unwritten(path, error))?;
    Ok(())
}

fn unwritten(path: &Path, error: io::Error) -> Error {
    Error::new(ErrorKind::Argument, "the page cannot be written here").at(path).because(error)
}

fn page(command: &Command) -> Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    Ok(page)
}
