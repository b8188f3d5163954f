//! `dateline help`: help on commands, and the long pages.

use anyhow::Result;

use super::output;
use super::output::Screen;
use super::shared::exit::Outcome;

/// Show help: `dateline help guide` shows every command at work, `help query` explains the query language
#[derive(clap::Args)]
pub(super) struct Args {
    /// A command, or `guide`, or `query` for the query language
    topic: Option<String>,
}

/// The page is the contract of the query language; the library's documentation shows the same.
const QUERY: &str = include_str!("../query/QUERY.md");

/// Every command at work, the limits, and what to do when something goes wrong. Tests run its screens.
const GUIDE: &str = include_str!("GUIDE.md");

/// How an archive is kept in a cluster.
#[cfg(feature = "cluster")]
const CLUSTER: &str = include_str!("CLUSTER.md");

pub(super) fn run(args: Args) -> Result<Outcome> {
    let mut screen = Screen::plain();
    let mut root = super::command();
    root.build();
    match args.topic.as_deref() {
        None => screen.line(&root.render_long_help().to_string())?,
        Some("query") => output::page::page(&mut screen, QUERY.trim_end().lines())?,
        #[cfg(feature = "cluster")]
        Some("cluster") => output::page::page(&mut screen, CLUSTER.trim_end().lines())?,
        // Its screens are printed as they are, and its pictures cannot be.
        Some("guide") => {
            let is_text = |line: &&str| !line.starts_with("```") && !line.starts_with("![");
            GUIDE.lines().filter(is_text).try_for_each(|line| screen.line(line))?;
        }
        Some(topic) => match root.find_subcommand_mut(topic) {
            Some(command) => screen.line(&command.render_long_help().to_string())?,
            None => anyhow::bail!("there is no help on \"{topic}\"; dateline help lists the commands"),
        },
    }
    screen.finish()?;
    Ok(Outcome::Done)
}
