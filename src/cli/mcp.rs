//! `dateline mcp`: the archive for language models.

use std::io::{self, BufReader};

use anyhow::{Context, Result};
use dateline::mcp::Server;
use dateline::{Error, ErrorKind};
use serde_json::Value;

use super::output::{self, Screen};
use super::shared::args::Common;
use super::shared::exit::Outcome;

/// Let a language model ask: tools over the Model Context Protocol, on standard input and output
///
/// A client starts this command and speaks with it: see `dateline help guide`, "Language models". The index is only
/// read, and updates are seen between two calls. `dateline serve` has the same tools at /mcp.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The characters of an answer, text and object together, unless a call asks for another number
    #[arg(long, value_name = "N", default_value_t = 12_000, value_parser = clap::value_parser!(u32).range(1_000..=200_000))]
    max_chars: u32,
    /// Make one call and print its answer, as a model gets it: --call dateline_search '{"query": "fire"}'
    #[arg(long, value_name = "TOOL")]
    call: Option<String>,
    /// The arguments of the call, as JSON
    #[arg(value_name = "ARGUMENTS", requires = "call")]
    arguments: Option<String>,
    /// How to print the answer of a call
    #[arg(long, value_name = "FORMAT", default_value = "text", requires = "call")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// The text
    Text,
    /// The object
    Json,
}

pub(super) fn run(common: &Common, args: Args) -> Result<Outcome> {
    let with_settings = |server: Server| server.max_chars(args.max_chars as usize).clock(common.clock());
    if let Some(tool) = &args.call {
        return call(&with_settings(Server::over(common.open()?)), tool, &args);
    }
    output::protocol::end_between_lines();
    if let Err(error) = common.open() {
        common.note(&format!("{error}; calls are answered once the index can be read"));
    }
    let server = with_settings(Server::open(&common.index));
    server.serve(BufReader::new(io::stdin()), output::protocol::lines())?;
    Ok(Outcome::Done)
}

/// Makes one call and prints its answer.
fn call(server: &Server, tool: &str, args: &Args) -> Result<Outcome> {
    let typed = args.arguments.as_deref().unwrap_or("{}");
    let arguments: Value = serde_json::from_str(typed).context("the arguments are no JSON")?;
    let no_object = || Error::new(ErrorKind::Argument, "the arguments are no object of JSON");
    let reply = server.call(tool, arguments.as_object().ok_or_else(no_object)?)?;
    let Some(structured) = reply.structured else {
        let what = reply.text.strip_prefix("Error: ").unwrap_or(&reply.text);
        return Err(Error::new(reply.error.unwrap_or(ErrorKind::Argument), what).into());
    };
    let mut screen = Screen::plain();
    match args.format {
        Format::Text => screen.line(&reply.text)?,
        Format::Json => screen.line(&format!("{structured:#}"))?,
    }
    screen.finish()?;
    Ok(Outcome::Done)
}
