//! Evidence that was checked, and manifests.

use std::io;

use dateline::{EvidenceReport, FileManifest};

use super::screen::Screen;
use super::words::{counted, harmless, quantity};

/// Prints what became of each piece of evidence.
pub(in super::super) fn report(screen: &mut Screen, report: &EvidenceReport) -> io::Result<()> {
    for checked in &report.evidence {
        let cited = &checked.cited;
        let place = format!("{} characters {} to {}", harmless(&cited.id), cited.chars.0, cited.chars.1);
        screen.line(&format!(
            "{:>3}  {}  {place}: {}",
            checked.number,
            screen.bold(checked.status.name()),
            checked.message
        ))?;
        if let (Some(id), Some(chars)) = (&checked.id, checked.chars)
            && (*id != cited.id || chars != cited.chars)
        {
            screen.line(&format!("     now: {} characters {} to {}", harmless(id), chars.0, chars.1))?;
        }
        if let Some(now) = &checked.now {
            screen.paragraph(&format!("cited: {}", harmless(&cited.exact)), "     ")?;
            screen.paragraph(&format!("there now: {}", harmless(now)), "     ")?;
        }
    }
    Ok(())
}

/// Prints a manifest as `sha256sum` writes it. Lines that begin with `#` are passed over by `sha256sum --check`.
pub(in super::super) fn manifest(screen: &mut Screen, manifest: &FileManifest) -> io::Result<()> {
    let bytes: u64 = manifest.files.iter().filter_map(|file| file.bytes).sum();
    let files = quantity(manifest.files.len() as u64, "file");
    screen.line(&format!("# {files}, {} bytes, index revision {}", counted(bytes), manifest.revision))?;
    for file in &manifest.files {
        let changed = if file.changed { ", changed since it was indexed" } else { "" };
        match (&file.sha256, file.bytes) {
            (Some(digest), Some(bytes)) => {
                screen.line(&format!("# {bytes} bytes{changed}"))?;
                screen.line(&format!("{digest}  {}", harmless(&file.file)))?;
            }
            _ => screen.line(&format!("# cannot be read: {}", harmless(&file.file)))?,
        }
    }
    Ok(())
}
