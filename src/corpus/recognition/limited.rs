//! Another program, run within limits: its input and output are files, so nothing that it starts can keep us waiting.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The longest pause between two looks at a process.
const PAUSE: Duration = Duration::from_millis(20);

/// How many generations of processes are weighed: a script that starts the program, and what that starts.
const GENERATIONS: u32 = 3;

/// The most bytes that a program may write to its standard error.
const COMPLAINTS: u64 = 1 << 20;

/// How far a program may go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) time: Duration,
    /// Its memory, in bytes, looked at where the system tells it.
    pub(super) memory: u64,
    /// The most bytes that it may write.
    pub(super) output: u64,
}

/// The end of a program.
#[derive(Debug)]
pub(super) enum End {
    /// What it wrote to standard output and standard error.
    Well(Vec<u8>, Vec<u8>),
    /// It ended with an error, and said this.
    Failed(String),
    Crashed(String),
    Late,
    /// It took more memory than it may.
    Large,
    /// It wrote more than it may.
    Long,
    /// Nobody wants its answer any more.
    Stopped,
    /// It cannot be started, or its files cannot be written.
    NotRun(io::Error),
}

/// What is given to programs, one after another: written to a file once, when the first needs it.
#[derive(Debug, Default)]
pub(super) struct Input(Option<Scratch>);

impl Input {
    /// The file, at its beginning. No two programs may read it at once.
    fn file(&mut self, bytes: &[u8]) -> io::Result<File> {
        let given = match &mut self.0 {
            Some(given) => given,
            empty => {
                let mut given = Scratch::new()?;
                given.file.write_all(bytes)?;
                empty.insert(given)
            }
        };
        given.file.seek(SeekFrom::Start(0))?;
        given.file.try_clone()
    }
}

/// Runs a program with these arguments and this input, and waits for its end, or until it is `stopped`.
pub(super) fn run(
    program: &Path,
    arguments: &[OsString],
    input: (&[u8], &mut Input),
    limits: Limits,
    stopped: &dyn Fn() -> bool,
) -> End {
    attempt(program, arguments, input, limits, stopped).unwrap_or_else(End::NotRun)
}

fn attempt(
    program: &Path,
    arguments: &[OsString],
    (bytes, input): (&[u8], &mut Input),
    limits: Limits,
    stopped: &dyn Fn() -> bool,
) -> io::Result<End> {
    let given = input.file(bytes)?;
    let (mut output, mut complaints) = (Scratch::new()?, Scratch::new()?);
    let mut command = Command::new(program);
    command.args(arguments).stdin(given);
    command.stdout(Stdio::from(output.file.try_clone()?)).stderr(Stdio::from(complaints.file.try_clone()?));
    // Pages are recognised side by side already. Messages are not translated.
    command.env("OMP_THREAD_LIMIT", "1").env("LC_ALL", "C");
    #[cfg(unix)]
    {
        // What is typed to end dateline makes no page look damaged; and what the program starts ends with it.
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
    }
    let mut child = Ended(started(&mut command)?);
    let begin = Instant::now();
    let mut pause = Duration::from_millis(1);
    let status = loop {
        if let Some(status) = child.0.try_wait()? {
            break status;
        }
        if stopped() {
            return Ok(End::Stopped);
        }
        if begin.elapsed() > limits.time {
            return Ok(End::Late);
        }
        if memory(child.0.id(), GENERATIONS) > limits.memory {
            return Ok(End::Large);
        }
        if output.length()? > limits.output || complaints.length()? > COMPLAINTS {
            return Ok(End::Long);
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(PAUSE);
    };
    if output.length()? > limits.output {
        return Ok(End::Long);
    }
    let said = complaints.contents(COMPLAINTS)?;
    Ok(if status.success() {
        End::Well(output.contents(limits.output)?, said)
    } else if let Some(signal) = signal(status) {
        End::Crashed(format!("signal {signal}"))
    } else {
        End::Failed(last_line(&said).unwrap_or_else(|| status.to_string()))
    })
}

/// Starts a program. One that is being written at this moment is tried again: whoever starts another program while a file
/// is open for writing keeps it open for a moment.
fn started(command: &mut Command) -> io::Result<Child> {
    let begin = Instant::now();
    loop {
        match command.spawn() {
            Err(error)
                if error.kind() == io::ErrorKind::ExecutableFileBusy && begin.elapsed() < Duration::from_secs(2) =>
            {
                std::thread::sleep(PAUSE);
            }
            started => return started,
        }
    }
}

/// A process that is ended when nobody waits for it any more, with all that it has started.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // Where it has ended by itself, its number may be another's by now.
        if self.0.try_wait().is_ok_and(|status| status.is_none()) {
            #[cfg(unix)]
            if let Ok(group) = i32::try_from(self.0.id()) {
                use nix::sys::signal::{Signal, killpg};
                let _ = killpg(nix::unistd::Pid::from_raw(group), Signal::SIGKILL);
            }
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }
}

/// The last line with words, without what a terminal would obey.
pub(super) fn last_line(said: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(said);
    let line = text.lines().rev().find(|line| line.chars().any(char::is_alphanumeric))?;
    Some(line.trim().chars().filter(|c| !c.is_control()).take(160).collect())
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_: ExitStatus) -> Option<i32> {
    None
}

/// The memory of a process and of those that it has started, in bytes, as far as the system tells it.
fn memory(process: u32, generations: u32) -> u64 {
    if !cfg!(target_os = "linux") {
        return 0;
    }
    let own = std::fs::read_to_string(format!("/proc/{process}/status")).ok().and_then(|status| {
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        Some(line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.saturating_mul(1024))
    });
    let below = match generations.checked_sub(1) {
        Some(left) => {
            let started = std::fs::read_to_string(format!("/proc/{process}/task/{process}/children"));
            let numbers = started.unwrap_or_default();
            numbers.split_whitespace().filter_map(|number| number.parse().ok()).map(|child| memory(child, left)).sum()
        }
        None => 0,
    };
    own.unwrap_or(0).saturating_add(below)
}

/// A file that nobody else sees, and that is gone when it is closed.
#[derive(Debug)]
struct Scratch {
    file: File,
    /// Its path, where the system keeps a file's name while it is open.
    path: Option<PathBuf>,
}

impl Scratch {
    fn new() -> io::Result<Scratch> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let nanoseconds = jiff::Timestamp::now().as_nanosecond();
        let name = format!("dateline-{}-{number}-{nanoseconds}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        let path = std::fs::remove_file(&path).is_err().then_some(path);
        Ok(Scratch { file, path })
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.file.metadata()?.len())
    }

    fn contents(&mut self, limit: u64) -> io::Result<Vec<u8>> {
        self.file.seek(SeekFrom::Start(0))?;
        let mut bytes = Vec::new();
        (&mut self.file).take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            let _ = std::fs::remove_file(path);
        }
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_a_program_has_started_is_weighed_with_it() {
        let mut command = Command::new("sh");
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let child = Ended(command.args(["-c", "sleep 20 & wait"]).spawn().unwrap());
        let begin = Instant::now();
        // The shell alone, and with what it has started by then.
        let weights = || (memory(child.0.id(), 0), memory(child.0.id(), 1));
        while weights().0 == weights().1 && begin.elapsed() < Duration::from_secs(10) {
            std::thread::sleep(PAUSE);
        }
        let (alone, all) = weights();
        assert!(alone > 0 && all > alone, "{alone} {all}");
    }
}
