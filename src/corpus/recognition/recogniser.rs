//! The recogniser of one run over an archive.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::kept::Kept;
use super::limited::Limits;
use super::ocr::Ocr;
use super::picture::Picture;
use super::tesseract::{Failure, LONGEST_PAGE, STOPPED, Tesseract, is_whole_page};

/// The weight of failures in a row after which the program is not asked any more: five pages that take too long.
const TOO_MANY: u32 = 20;

/// Recognises the words of pages, one process a page, on any thread.
#[derive(Debug)]
pub(crate) struct Recogniser {
    ocr: Ocr,
    languages: String,
    kept: Option<Kept>,
    /// The program, looked for when it is first needed.
    program: OnceLock<Result<Tesseract, String>>,
    /// The weight of the failures since the last page that had none.
    failures: AtomicU32,
    /// Set once a page was refused for a reason that says nothing of its picture.
    has_refused: AtomicBool,
    /// The flag that stops the run, if there is one.
    stop: OnceLock<Arc<AtomicBool>>,
    /// What is to be told once, however many pages it concerns.
    told: Mutex<Option<String>>,
}

impl Recogniser {
    /// Recognises these languages. Results are kept where `ocr` says, or beside `index`.
    pub(crate) fn new(ocr: &Ocr, languages: &str, index: Option<&Path>) -> Recogniser {
        let beside = || {
            let mut name = index?.file_name()?.to_owned();
            name.push(".ocr");
            Some(index?.with_file_name(name))
        };
        let kept = ocr.kept().map(Path::to_path_buf).or_else(beside).map(Kept::at);
        let (program, failures, has_refused, stop, told) = Default::default();
        Recogniser {
            ocr: ocr.clone(),
            languages: languages.to_owned(),
            kept,
            program,
            failures,
            has_refused,
            stop,
            told,
        }
    }

    /// Sets a flag after which no page is recognised any more, and the program that is at one is ended.
    pub(crate) fn stop_at(&self, flag: &Arc<AtomicBool>) {
        // A run has one flag.
        let _ = self.stop.set(Arc::clone(flag));
    }

    fn is_stopped(&self) -> bool {
        self.stop.get().is_some_and(|flag| flag.load(Ordering::Relaxed))
    }

    /// The longest picture that is read, in bytes.
    pub(crate) fn picture_bytes(&self) -> u64 {
        self.ocr.picture_bytes
    }

    /// The most pages of a file that are recognised.
    pub(crate) fn most_pages(&self) -> u32 {
        self.ocr.pages()
    }

    pub(crate) fn languages(&self) -> &str {
        &self.languages
    }

    fn program(&self) -> Result<&Tesseract, &str> {
        let find = || Tesseract::find(self.ocr.named_program(), &self.languages, self.ocr.page_memory);
        self.program.get_or_init(find).as_ref().map_err(String::as_str)
    }

    /// Returns whether there is a program that can recognise.
    pub(crate) fn is_usable(&self) -> bool {
        self.program().is_ok()
    }

    /// Returns whether it has refused pages that it may recognise another time, so that whatever was read since then
    /// has to be read again.
    pub(crate) fn has_refused(&self) -> bool {
        self.has_refused.load(Ordering::Relaxed)
    }

    fn refuse(&self, reason: impl Into<String>) -> Result<Vec<u8>, String> {
        self.has_refused.store(true, Ordering::Relaxed);
        Err(reason.into())
    }

    /// What recognises, in words for a person: `tesseract 5.3.0 (eng+deu)`.
    pub(crate) fn name(&self) -> String {
        let name = self.program().map_or_else(|_| "tesseract".to_owned(), Tesseract::name);
        format!("{name} ({})", self.languages)
    }

    /// The words of a picture with their places, as hOCR; of one of its frames, counted from 0, where it has several.
    /// Fails with the reason.
    pub(crate) fn page(&self, picture: &mut Picture<'_>, frame: Option<u32>) -> Result<Vec<u8>, String> {
        let program = self.program()?;
        if self.is_stopped() {
            return self.refuse(STOPPED);
        }
        if picture.bytes.len() as u64 > self.ocr.picture_bytes {
            return Err(format!("a picture of more than {} MB", self.ocr.picture_bytes >> 20));
        }
        let name = self.kept.as_ref().map(|_| Kept::name(picture.hash(), &self.name(), frame));
        let kept = self.kept.as_ref().zip(name.as_deref());
        // One that was cut off, as by a machine that stopped, is made again.
        if let Some(page) = kept.and_then(|(kept, name)| kept.page(name)).filter(|page| is_whole_page(page)) {
            return Ok(page);
        }
        if self.failures.load(Ordering::Relaxed) >= TOO_MANY {
            return self.refuse("tesseract failed too often before, and is not asked again in this run");
        }
        let limits = Limits { time: self.ocr.page_time, memory: self.ocr.page_memory, output: LONGEST_PAGE };
        match program.page(picture, frame, &self.languages, limits, &|| self.is_stopped()) {
            Ok(page) => {
                self.failures.store(0, Ordering::Relaxed);
                if let Some(Err(error)) = kept.map(|(kept, name)| kept.keep(name, &page)) {
                    self.tell(format!("what is recognised cannot be kept, and is recognised again next time: {error}"));
                }
                Ok(page)
            }
            Err(Failure { reason, weight, is_passing }) => {
                if is_passing {
                    self.has_refused.store(true, Ordering::Relaxed);
                }
                let before = self.failures.fetch_add(weight, Ordering::Relaxed);
                if weight > 0 && before + weight >= TOO_MANY {
                    self.tell(format!("tesseract failed too often in a row, and was not asked again: {reason}"));
                }
                Err(reason)
            }
        }
    }

    fn tell(&self, what: String) {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(what);
    }

    /// What is wrong with the program, if it was needed; and what else is to be told of the run.
    pub(crate) fn told(&self) -> Option<String> {
        match self.program.get() {
            Some(Err(reason)) => Some(format!("words of pictures are not recognised: {reason}")),
            _ => self.told.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }
}
