//! Keeping an index up to date while its archives change: `index --watch`, `open`.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::Result;
use dateline::serve::Watch;
use dateline::{ErrorKind, UpdateReport};

use super::args::Common;
use super::progress;

/// How long a wait for a change lasts before the flag that stops it is looked at.
const TURN: Duration = Duration::from_millis(200);

/// Updates the index in a folder whenever something at these paths changes, and tells what each update brought, until
/// Ctrl-C or until nobody listens. The writer's lock is held only while there is something to update. An update that
/// fails is told, and tried again with the next change, or at the next turn where only another writer stood in its way.
pub(in super::super) fn keep_up(
    common: &Common,
    folder: &Path,
    paths: &[PathBuf],
    update: impl Fn() -> Result<UpdateReport>,
    mut told: impl FnMut(&UpdateReport) -> bool,
) -> Result<()> {
    let watch = Watch::start(paths, folder)?;
    if watch.polls() {
        common.note("note: the system does not tell of changes here, so the folder is read every five seconds");
    }
    let stop = progress::interrupted();
    // What was saved before the watch began, or while another process was writing, is caught up with first.
    let (mut is_behind, mut is_told) = (true, false);
    while !stop.load(Ordering::Relaxed) {
        if !watch.wait(TURN) && !is_behind {
            continue;
        }
        match update() {
            Ok(report) => {
                (is_behind, is_told) = (false, false);
                let is_idle = report.added + report.changed + report.removed + report.moved == 0;
                if !is_idle && !report.stopped && !told(&report) {
                    return Ok(());
                }
            }
            Err(error) => {
                let is_busy = matches!(error.downcast_ref(), Some(error) if is_passing(error));
                if !(is_told && is_behind) {
                    common.note(&format!("not up to date: {error}"));
                }
                (is_behind, is_told) = (is_busy, true);
            }
        }
    }
    Ok(())
}

fn is_passing(error: &dateline::Error) -> bool {
    error.kind() == ErrorKind::IndexBusy
}
