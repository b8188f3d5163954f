//! The program tesseract: where it is, what it can do, and the words of one page.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::limited;
use super::limited::{End, Input, Limits};
use super::picture::Picture;

/// How long the program may take to say what it is.
const TO_ANSWER: Duration = Duration::from_secs(20);

/// The most bytes that the words of one page may take with their places. Pages of newspapers have some 2 MB.
pub(super) const LONGEST_PAGE: u64 = 32 << 20;

/// The name of the data by which it knows which way up a page lies.
const ORIENTATION: &str = "osd";

/// Why a page was left that was under way.
pub(super) const STOPPED: &str = "dateline was stopped before it was recognised";

/// The bytes at the end of a page in which it says that it ends.
const END: usize = 64;

/// The beginnings of the pictures that it is given: PNG, JPEG, TIFF, JPEG 2000, PBM, PGM, PPM.
const PICTURES: [&[u8]; 8] =
    [b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP  ", b"P4\n", b"P5\n", b"P6\n"];

/// The installed program.
#[derive(Debug)]
pub(super) struct Tesseract {
    program: PathBuf,
    version: String,
    /// Set if it knows which way up a page lies.
    turns: bool,
}

/// Why a page has no words.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) reason: String,
    /// How much it tells against the program, and not against the picture.
    pub(super) weight: u32,
    /// Set if it says nothing of the picture: it may be recognised another time.
    pub(super) is_passing: bool,
}

/// Returns whether these are the words of a page, to its end.
pub(super) fn is_whole_page(page: &[u8]) -> bool {
    let end = page.get(page.len().saturating_sub(END)..).unwrap_or_default();
    memchr::memmem::find(page, b"ocr_page").is_some() && memchr::memmem::find(end, b"</html>").is_some()
}

impl Tesseract {
    /// Finds the program that is named, or the one in `PATH`, and asks which version it is and whether it knows these
    /// languages. Fails with the reason, for a person.
    pub(super) fn find(named: Option<&Path>, languages: &str, memory: u64) -> Result<Tesseract, String> {
        let program = match named {
            Some(path) => path.to_path_buf(),
            None => in_path().ok_or(
                "tesseract is not installed; it is in the package tesseract-ocr, its languages in packages like \
                 tesseract-ocr-deu",
            )?,
        };
        let shown = program.display();
        let limits = Limits { time: TO_ANSWER, memory, output: 1 << 20 };
        let ask = |question: &str| match limited::run(
            &program,
            &[question.into()],
            (&[], &mut Input::default()),
            limits,
            &|| false,
        ) {
            // Former versions answer on standard error.
            End::Well(said, complaints) => Ok(String::from_utf8_lossy(&[said, complaints].concat()).into_owned()),
            End::NotRun(error) => Err(format!("{shown} cannot be run: {error}")),
            End::Late => Err(format!("{shown} does not say within {} s which version it is", TO_ANSWER.as_secs())),
            End::Failed(said) => Err(format!("{shown} is no tesseract, or a broken one: {said}")),
            End::Crashed(how) => Err(format!("{shown} crashes ({how})")),
            End::Large | End::Long | End::Stopped => Err(format!("{shown} is no tesseract: its answer has no end")),
        };
        let told = ask("--version")?;
        let mut words = told.split_whitespace();
        let (name, version) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        if name != "tesseract" || !version.trim_start_matches('v').starts_with(|c: char| c.is_ascii_digit()) {
            let answer = limited::last_line(told.lines().next().unwrap_or_default().as_bytes()).unwrap_or_default();
            return Err(format!("{shown} is no tesseract: asked for its version, it says \"{answer}\""));
        }
        let version: String = version.chars().filter(|c| !c.is_control()).take(40).collect();
        let listed = ask("--list-langs")?;
        let known: Vec<&str> = listed.lines().skip(1).map(str::trim).filter(|name| !name.is_empty()).collect();
        if let Some(unknown) = languages.split('+').find(|name| !known.contains(name)) {
            let known: String = known.join(", ").chars().filter(|c| !c.is_control()).take(200).collect();
            return Err(format!(
                "tesseract does not know the language \"{unknown}\"; it knows {known}; languages are in packages like \
                 tesseract-ocr-{}",
                unknown.replace('_', "-")
            ));
        }
        let turns = known.contains(&ORIENTATION);
        Ok(Tesseract { program, version, turns })
    }

    /// Its name and version, and what it cannot do.
    pub(super) fn name(&self) -> String {
        let lacks = if self.turns { "" } else { " for upright pages" };
        format!("tesseract {}{lacks}", self.version)
    }

    /// The words of a picture with their places, as hOCR; of one of its frames, counted from 0, where it has several.
    pub(super) fn page(
        &self,
        picture: &mut Picture<'_>,
        frame: Option<u32>,
        languages: &str,
        limits: Limits,
        stopped: &dyn Fn() -> bool,
    ) -> Result<Vec<u8>, Failure> {
        let fails = |weight: u32, reason: String| Err(Failure { reason, weight, is_passing: false });
        if !PICTURES.iter().any(|begin| picture.bytes.starts_with(begin)) {
            return fails(0, "a picture of a kind that tesseract is not given".to_owned());
        }
        // A page that lies on its side or its head is turned only by the first of these.
        let segmentation = if self.turns { "1" } else { "3" };
        let mut arguments: Vec<OsString> =
            ["stdin", "stdout", "-l", languages, "--psm", segmentation, "-c", "tessedit_create_hocr=1"]
                .map(Into::into)
                .to_vec();
        if let Some(frame) = frame {
            arguments.extend(["-c".into(), format!("tessedit_page_number={frame}").into()]);
        }
        let Limits { time, memory, output } = limits;
        match limited::run(&self.program, &arguments, (picture.bytes, &mut picture.input), limits, stopped) {
            End::Well(page, _) if is_whole_page(&page) => Ok(page),
            End::Well(..) => fails(1, "tesseract answered something else than a page".to_owned()),
            End::Failed(said) => fails(0, format!("tesseract could not read the picture: {said}")),
            End::Crashed(how) => fails(1, format!("tesseract crashed ({how})")),
            End::Late => fails(4, format!("tesseract took more than {}", seconds(time))),
            End::Large => fails(0, format!("tesseract took more than {} MB of memory", memory >> 20)),
            End::Long => fails(1, format!("tesseract answered more than {} MB", output >> 20)),
            // A disk that is full for a while, or too many processes.
            End::NotRun(error) => {
                Err(Failure { reason: format!("tesseract cannot be run: {error}"), weight: 1, is_passing: true })
            }
            End::Stopped => Err(Failure { reason: STOPPED.to_owned(), weight: 0, is_passing: true }),
        }
    }
}

fn seconds(time: Duration) -> String {
    if time.as_secs() > 0 { format!("{} s", time.as_secs()) } else { format!("{} ms", time.as_millis()) }
}

/// The program in one of the folders of `PATH`. One that is named from the working folder is not looked into, since that
/// may be anybody's.
fn in_path() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let name = format!("tesseract{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(&name))
        .find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file).is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}
