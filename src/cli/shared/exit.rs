//! Exit codes, and what is printed about errors.

use std::io::ErrorKind as IoKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};

use anyhow::{Error, Result};
use dateline::ErrorKind;

use crate::cli::output::{harmless, tame};

/// The outcome of a command that ended without an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Outcome {
    /// Found, or done: 0.
    Done,
    /// Nothing found: 1.
    Nothing,
    /// The index was checked and is damaged: 3.
    Damaged,
    /// Some of it could not be done: 4.
    Partly,
}

impl Outcome {
    /// The outcome of a command that looked for something.
    pub(in super::super) fn found(anything: bool) -> Outcome {
        if anything { Outcome::Done } else { Outcome::Nothing }
    }
}

/// Keeps panics from being printed as they come: the library turns most into errors and reports those. Where a panic
/// happened is kept for [`code`].
pub(in super::super) fn catch_panics() {
    if std::env::var_os("RUST_BACKTRACE").is_some_and(|wish| wish != "0") {
        return;
    }
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        *FAULT.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }));
}

/// The place of the last panic.
static FAULT: Mutex<Option<String>> = Mutex::new(None);

/// Runs a command and turns its panics into errors.
pub(in super::super) fn guarded(work: impl FnOnce() -> Result<Outcome>) -> Result<Outcome> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err(dateline::Error::new(ErrorKind::Internal, "a fault in dateline itself")
            .hint("please report it with what dateline info --diagnostics prints")
            .into())
    })
}

/// Prints clap's message on the typed words. Help and version are no errors.
pub(in super::super) fn usage(error: &clap::Error) -> ExitCode {
    let plain = error.to_string();
    if tame(&plain) != plain {
        // The typed words may be a file's name, which may contain control characters.
        anstream::eprint!("{}", tame(&plain));
    } else {
        let _ = error.print();
    }
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

/// The exit code of a run. An error is printed on standard error first.
pub(in super::super) fn code(result: Result<Outcome>) -> ExitCode {
    let error = match result {
        Ok(Outcome::Done) => return ExitCode::SUCCESS,
        Ok(Outcome::Nothing) => return ExitCode::from(1),
        Ok(Outcome::Damaged) => return ExitCode::from(3),
        Ok(Outcome::Partly) => return ExitCode::from(4),
        Err(error) => error,
    };
    if is_closed_pipe(&error) {
        // The reader of our output has seen enough, as `head` has.
        return ExitCode::SUCCESS;
    }
    // Results that could not be written, to a full disk, say: every other file is named in an error of ours.
    let unwritten = error.downcast_ref::<std::io::Error>().is_some();
    let what = if unwritten { "cannot write the answer: " } else { "" };
    let ours = error.downcast_ref::<dateline::Error>();
    let internal = ours.is_some_and(|error| error.kind() == ErrorKind::Internal);
    let place = FAULT.lock().unwrap_or_else(PoisonError::into_inner).take().filter(|_| internal);
    let place = place.map_or(String::new(), |place| format!(" ({place})"));
    // A file's name may contain control characters.
    anstream::eprintln!("dateline: {what}{}{place}", harmless(&error.to_string()));
    if let Some(hint) = ours.and_then(dateline::Error::advice) {
        anstream::eprintln!("  {}", harmless(hint));
    }
    ExitCode::from(match ours.map(dateline::Error::kind) {
        Some(ErrorKind::Date | ErrorKind::Query | ErrorKind::Argument | ErrorKind::Format) => 2,
        Some(ErrorKind::NoIndex | ErrorKind::IndexVersion | ErrorKind::IndexBusy | ErrorKind::Corrupt) => 3,
        Some(ErrorKind::Cancelled) => 4,
        Some(ErrorKind::Io) if error_is_missing_path(&error) => 2,
        Some(_) => 3,
        None if unwritten => 4,
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
