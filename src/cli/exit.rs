//! How a run ended: the exit codes, and what is said about errors, in one place.

use std::io::ErrorKind as IoKind;
use std::process::ExitCode;

use anyhow::{Error, Result};
use dateline::ErrorKind;

/// How a command ended without an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Found, or done: 0.
    Done,
    /// Nothing found: 1.
    Nothing,
    /// Some of it could not be done: 4.
    Partly,
}

/// What clap says of the words typed: help and version are no errors.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

/// The exit code of a run; an error is said on standard error first.
pub(super) fn code(result: Result<Outcome>) -> ExitCode {
    let error = match result {
        Ok(Outcome::Done) => return ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => return ExitCode::from(1),
        Ok(Outcome::Partly) => return ExitCode::from(4),
        Err(error) => error,
    };
    if is_closed_pipe(&error) {
        // Whoever read our output has seen enough, as `head` does.
        return ExitCode::SUCCESS;
    }
    anstream::eprintln!("dateline: {error}");
    let ours = error.downcast_ref::<dateline::Error>();
    if let Some(hint) = ours.and_then(dateline::Error::advice) {
        anstream::eprintln!("  {hint}");
    }
    ExitCode::from(match ours.map(dateline::Error::kind) {
        Some(ErrorKind::Date | ErrorKind::Query | ErrorKind::Argument | ErrorKind::Format) => 2,
        Some(ErrorKind::NoIndex | ErrorKind::IndexVersion | ErrorKind::IndexBusy | ErrorKind::Corrupt) => 3,
        Some(ErrorKind::Cancelled) => 4,
        Some(ErrorKind::Io) if error_is_missing_path(&error) => 2,
        Some(_) => 3,
        // Results that could not be written, to a full disk, say.
        None if error.chain().any(|cause| cause.is::<std::io::Error>()) => 4,
        None => 2,
    })
}

fn is_closed_pipe(error: &Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == IoKind::BrokenPipe))
}

/// A path that is not there was mistyped: wrong usage.
fn error_is_missing_path(error: &Error) -> bool {
    let named = error.downcast_ref::<dateline::Error>().and_then(dateline::Error::path);
    let not_found = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<std::io::Error>().is_none_or(|error| error.kind() == IoKind::NotFound)
    };
    named.is_some_and(|path| !path.exists()) && error.chain().all(not_found)
}
