//! Indexing something large: saying how far it has come, and stopping when somebody has had enough.
//!
//! ```sh
//! cargo run --example progress_and_cancellation
//! ```

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dateline::{Corpus, ErrorKind, Index, Result};

fn main() -> Result<()> {
    let index = Index::in_memory()?;
    let archive = Corpus::open("corpus")?;

    // Whoever holds this flag can stop the update: a button, a signal, a deadline. Here it is the update's own
    // progress that sets it, after ten files.
    let stop = Arc::new(AtomicBool::new(false));

    let report = index
        .update()
        // Called from any thread, now and then: it must be quick, and it must be able to be called from several at once.
        .progress(|progress| {
            println!("{} of {} files, {} documents", progress.files, progress.files_total, progress.documents);
            if progress.files >= 10 {
                stop.store(true, Ordering::Relaxed);
            }
        })
        .cancel(Arc::clone(&stop))
        .run(std::slice::from_ref(&archive))?;

    // Being stopped is no error. Files finished by then are in the index and can be searched; none is there by half.
    println!("stopped: {}, documents so far: {}\n", report.stopped, report.documents);

    // The next update does the rest, and only the rest.
    let report = index.update().run(&[archive])?;
    println!("{} added, {} unchanged, in {:.1} s", report.added, report.unchanged, report.seconds);

    // A file that cannot be read is no error either: it is passed over, counted and listed with its reason.
    for skipped in index.skipped()? {
        println!("{}: {}", skipped.path, skipped.reason);
    }

    // What is an error has a kind, to decide by, and often a way out, to show.
    if let Err(error) = Corpus::open("corpse") {
        assert_eq!(error.kind(), ErrorKind::Io);
        println!("\n{error}\n  {}", error.advice().unwrap_or_default());
    }
    Ok(())
}
