//! Whether and how the words of pictures are recognised.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::{Error, ErrorKind, Result};

/// The most languages that are asked for at once. Each makes recognising slower.
const LANGUAGES: usize = 16;

/// How the words of scanned pages and pictures are recognised, by the program tesseract where it is installed.
///
/// Pages of a PDF that hold no text and are one picture are read, and pictures (PNG, JPEG, TIFF) are documents. One page
/// is given to one process, within limits. A page that takes too long or fails is told, and the rest is read.
///
/// An index remembers the languages that it was last updated with, for the folders that were named then: an update that
/// says nothing of it goes on as before, so nothing that was recognised is lost, and nothing new is left out. [`never`]
/// ends it. Files are read again when the languages change. Where tesseract is missing, what was recognised before stays,
/// and new pages are read once it is there.
///
/// ```no_run
/// use dateline::{Corpus, Index, Ocr};
///
/// let archive = Corpus::open("scans")?.ocr(Ocr::languages("eng+deu")?);
/// Index::open_or_create("index")?.update().run(&[archive])?;
/// # Ok::<(), dateline::Error>(())
/// ```
///
/// [`never`]: Ocr::never
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ocr {
    choice: Choice,
    program: Option<PathBuf>,
    kept: Option<PathBuf>,
    pub(super) page_time: Duration,
    pub(super) page_memory: u64,
    pub(super) picture_bytes: u64,
    pages: u32,
}

/// Whether words are recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Choice {
    #[default]
    AsBefore,
    Never,
    In(String),
}

impl Default for Ocr {
    /// As the index remembers it: not at all, unless it was asked for before.
    fn default() -> Ocr {
        Ocr {
            choice: Choice::AsBefore,
            program: None,
            kept: None,
            page_time: Duration::from_secs(120),
            page_memory: 2 << 30,
            picture_bytes: 64 << 20,
            pages: 2_000,
        }
    }
}

impl Ocr {
    /// Recognises words in these languages, by tesseract's own names for them, joined by `+`: `eng`, `eng+deu`,
    /// `script/Latin`. Fails if that is no such list.
    pub fn languages(languages: &str) -> Result<Ocr> {
        let names: Vec<&str> = languages.split('+').map(str::trim).collect();
        // A name becomes part of a file's name in tesseract's own folder.
        let is_name = |name: &&str| {
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.len() <= 40
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'/' | b'-'))
        };
        if names.len() > LANGUAGES || !names.iter().all(is_name) {
            let message = format!("\"{languages}\" does not name languages as tesseract does");
            return Err(Error::new(ErrorKind::Argument, message)
                .hint("write eng, deu or eng+deu; tesseract --list-langs lists those that are installed"));
        }
        Ok(Ocr { choice: Choice::In(names.join("+")), ..Ocr::default() })
    }

    /// Recognises nothing any more, and forgets what was recognised before.
    pub fn never() -> Ocr {
        Ocr { choice: Choice::Never, ..Ocr::default() }
    }

    /// Sets the program, by its path; the `tesseract` in `PATH` unless this is called.
    #[must_use]
    pub fn program(mut self, path: impl Into<PathBuf>) -> Ocr {
        self.program = Some(path.into());
        self
    }

    /// Sets how long one page may take, two minutes unless this is called. The process is ended then.
    #[must_use]
    pub fn page_time(mut self, time: Duration) -> Ocr {
        self.page_time = time;
        self
    }

    /// Sets the memory that one page may take, in bytes, 2 GB unless this is called. It is watched where the system tells
    /// how much a process has: on Linux.
    #[must_use]
    pub fn page_memory(mut self, bytes: u64) -> Ocr {
        self.page_memory = bytes;
        self
    }

    /// Sets the longest picture that is read, in bytes, 64 MB unless this is called.
    #[must_use]
    pub fn picture_limit(mut self, bytes: u64) -> Ocr {
        self.picture_bytes = bytes;
        self
    }

    /// Sets the most pages of one file that are recognised, 2,000 unless this is called.
    #[must_use]
    pub fn page_limit(mut self, pages: u32) -> Ocr {
        self.pages = pages;
        self
    }

    /// Sets the folder in which results are kept, at most 1 GB of them. Beside the index, in a folder of its name and
    /// `.ocr`, unless this is called; nowhere for an index in memory.
    #[must_use]
    pub fn kept_in(mut self, folder: impl Into<PathBuf>) -> Ocr {
        self.kept = Some(folder.into());
        self
    }

    /// The languages that are asked for; nothing within where none shall be, none where it is as before.
    pub(crate) fn asked(&self) -> Option<Option<&str>> {
        match &self.choice {
            Choice::AsBefore => None,
            Choice::Never => Some(None),
            Choice::In(languages) => Some(Some(languages)),
        }
    }

    pub(super) fn named_program(&self) -> Option<&Path> {
        self.program.as_deref()
    }

    pub(super) fn kept(&self) -> Option<&Path> {
        self.kept.as_deref()
    }

    pub(super) fn pages(&self) -> u32 {
        self.pages
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn only_names_of_languages_reach_the_program() {
        for (typed, read) in
            [("eng", "eng"), ("eng + deu", "eng+deu"), ("script/Latin", "script/Latin"), ("chi_sim", "chi_sim")]
        {
            assert_eq!(Ocr::languages(typed).unwrap().asked(), Some(Some(read)));
        }
        let many = ["eng"; LANGUAGES + 1].join("+");
        for wrong in ["", "eng+", "-l", "../../x", "eng deu", "/etc", "en;g", "e\0", "~eng", &many] {
            assert!(Ocr::languages(wrong).is_err(), "{wrong}");
        }
    }
}
