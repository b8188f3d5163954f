//! The command line: one file a subcommand. It uses the library's public names only.
//!
//! Each subcommand has an `Args`, which clap fills, and a `run`, which ends in an outcome that is its exit code. What
//! several share is in [`shared`], and nothing else: a command does not call another.
//!
//! The invariant: results go to standard output and everything else to standard error, so a program that reads the one
//! is never disturbed by the other. Only [`output`] writes to standard output. Since only public names are used,
//! whoever embeds the library can do all that the command can.

mod batch;
mod check_citation;
mod cite;
#[cfg(feature = "cluster")]
mod cluster;
mod compare;
mod completions;
mod copies;
mod dates;
mod diff;
mod figures;
mod first;
mod forget;
mod help;
mod index;
mod info;
mod inspect;
mod man;
mod manifest;
#[cfg(feature = "mcp")]
mod mcp;
#[cfg(feature = "serve")]
mod open;
mod output;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod shared;
mod show;
mod skipped;
mod sources;
mod timeline;
mod verify;
mod verify_quote;

use std::process::ExitCode;

use clap::parser::ValueSource;
use clap::{FromArgMatches, Parser, Subcommand};

use shared::args::Common;
use shared::{exit, log};

/// Full-text search for archives of dated documents.
#[derive(Parser)]
#[command(name = "dateline", version, disable_help_subcommand = true, max_term_width = 100)]
#[command(
    after_help = "Try it: dateline search 'harbour fire' --in corpus\nExit codes: 0 found or done, 1 nothing found, \
                        2 wrong usage, 3 index unusable or busy, 4 done in part"
)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Index(index::Args),
    Search(search::Args),
    Batch(batch::Args),
    Timeline(timeline::Args),
    Sources(sources::Args),
    Figures(figures::Args),
    First(first::Args),
    Copies(copies::Args),
    Diff(diff::Args),
    Compare(compare::Args),
    Dates(dates::Args),
    Show(show::Args),
    Inspect(inspect::Args),
    Info(info::Args),
    Skipped(skipped::Args),
    Forget(forget::Args),
    Verify(verify::Args),
    #[cfg(feature = "serve")]
    Open(open::Args),
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    #[cfg(feature = "mcp")]
    Mcp(mcp::Args),
    VerifyQuote(verify_quote::Args),
    Cite(cite::Args),
    CheckCitation(check_citation::Args),
    Manifest(manifest::Args),
    #[cfg(feature = "cluster")]
    Cluster(cluster::Args),
    Completions(completions::Args),
    Man(man::Args),
    Help(help::Args),
}

/// Runs the typed command, and returns its exit code.
pub(crate) fn run() -> ExitCode {
    exit::catch_panics();
    let parsed = command().try_get_matches().and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, matches)));
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return exit::usage(&error),
    };
    let mut common = cli.common;
    let typed = matches.subcommand().and_then(|(_, typed)| typed.value_source("index"));
    common.is_index_named = typed.is_some_and(|source| source != ValueSource::DefaultValue);
    log::listen(common.verbose);
    exit::code(exit::guarded(|| match cli.command {
        Command::Index(args) => index::run(&common, args),
        Command::Search(args) => search::run(&common, args),
        Command::Batch(args) => batch::run(&common, args),
        Command::Timeline(args) => timeline::run(&common, args),
        Command::Sources(args) => sources::run(&common, args),
        Command::Figures(args) => figures::run(&common, args),
        Command::First(args) => first::run(&common, args),
        Command::Copies(args) => copies::run(&common, args),
        Command::Diff(args) => diff::run(&common, args),
        Command::Compare(args) => compare::run(&common, args),
        Command::Dates(args) => dates::run(&common, args),
        Command::Show(args) => show::run(&common, args),
        Command::Inspect(args) => inspect::run(&common, args),
        Command::Info(args) => info::run(&common, args),
        Command::Skipped(args) => skipped::run(&common, args),
        Command::Forget(args) => forget::run(&common, args),
        Command::Verify(args) => verify::run(&common, args),
        #[cfg(feature = "serve")]
        Command::Open(args) => open::run(&common, args),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&common, args),
        #[cfg(feature = "mcp")]
        Command::Mcp(args) => mcp::run(&common, args),
        Command::VerifyQuote(args) => verify_quote::run(&common, args),
        Command::Cite(args) => cite::run(&common, args),
        Command::CheckCitation(args) => check_citation::run(&common, args),
        Command::Manifest(args) => manifest::run(&common, args),
        #[cfg(feature = "cluster")]
        Command::Cluster(args) => cluster::run(&common, &args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Help(args) => help::run(args),
    }))
}

/// The whole command, for its help pages.
fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}
