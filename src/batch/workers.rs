//! Processes that read files for this one, so that a file that crashes its reader, or asks for all memory or time, takes
//! nothing else down.
//!
//! The libraries that read workbooks believe what a file says of its own sizes, and a failed allocation ends the
//! process: no panic to catch. So the program starts itself once more, hands the file over, and takes what was read
//! ([`super::protocol`]). The other process limits its own memory and time. It is kept for the next file, unless
//! this one was large: memory that was once used is not always given back.
//!
//! What comes of a file does not depend on those before it: a worker that has read one and fails at the next is not
//! believed, and a new one is asked.
//!
//! Where no process can be started, the file is refused: to read it anyhow would be what this is here to prevent.

use super::protocol::{self, Asked};
use super::quiet::quietly;
use crate::finding::{Damage, Detail, Finding, Noted, Problem, Size};
use crate::ingest::{self, Survey};
use crate::model::{Eras, Limits, Origin, RawSheet};
use std::io::{self, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Duration;

/// The argument by which the program knows that it is to answer requests on its standard input until there are no more.
pub const COMMAND: &str = "worker";

/// The clock runs as many times faster than the processor's time on a busy machine.
const BUSY: u64 = 4;
/// As much of what the process says at its end as is looked at.
const LAST_WORDS: u64 = 1 << 16;
/// Bytes of a file after which its worker is not kept.
const LARGE: usize = 1 << 20;
/// Sent when the limit of processor time is reached, on all Unix systems.
#[cfg(unix)]
const SIGXCPU: i32 = 24;
/// What a worker ends with that has reached it elsewhere.
pub const OUT_OF_TIME: u32 = 24;

/// The workers that have nothing to do, and the program that they run.
#[derive(Debug)]
pub struct Workers {
    program: PathBuf,
    idle: Mutex<Vec<Worker>>,
}

/// A running process; it ends with this value.
#[derive(Debug)]
struct Worker {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    stderr: ChildStderr,
}

/// What a worker is asked.
struct Request<'r> {
    asked: Asked,
    bytes: &'r [u8],
    file: &'r str,
    limits: &'r Limits,
    eras: &'r Eras,
}

/// How its answer is heard.
type Hear<T> = fn(&mut BufReader<ChildStdout>, &Limits) -> io::Result<T>;

/// Why a worker did not answer.
#[derive(Debug, PartialEq, Eq)]
enum Failure {
    /// There is none; the system's own words.
    NotStarted(String),
    OutOfTime,
    OutOfMemory,
    Crashed,
}

impl Workers {
    /// A program that knows [`COMMAND`].
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), idle: Mutex::default() }
    }

    /// Who reads files for [`crate::pipeline`].
    pub fn reader(&self) -> impl Fn(&[u8], &str, &Limits, &Eras) -> Noted<Vec<RawSheet>> + Sync {
        |bytes, file, limits, eras| self.read(bytes, file, limits, eras)
    }

    /// Reads one file as [`ingest::read`] does, by a worker if it is a risky one.
    fn read(&self, bytes: &[u8], file: &str, limits: &Limits, eras: &Eras) -> Noted<Vec<RawSheet>> {
        if !ingest::is_packed(bytes) {
            return quietly(|| ingest::read(bytes, file, limits, eras));
        }
        let request = Request { asked: Asked::Sheets, bytes, file, limits, eras };
        self.have(&request, protocol::hear).unwrap_or_else(|failure| Noted {
            value: Vec::new(),
            findings: vec![Finding::new(failure.problem(limits), Origin::of_file(file))],
        })
    }

    /// Surveys one file as [`ingest::survey`] does, likewise. Of one that cannot be, nothing is told.
    pub(super) fn survey(&self, bytes: &[u8], file: &str, limits: &Limits) -> Survey {
        if !ingest::is_packed(bytes) {
            return quietly(|| ingest::survey(bytes, file, limits));
        }
        let request = Request { asked: Asked::Survey, bytes, file, limits, eras: Eras::reiwa() };
        self.have(&request, protocol::hear_survey).unwrap_or_default()
    }

    /// Has a worker answer.
    fn have<T: Send>(&self, request: &Request<'_>, hear: Hear<T>) -> Result<T, Failure> {
        let ask = |worker| self.ask(worker, request, hear);
        // Not in the match: the list would be held until the answer is there, and is asked for then.
        let idle = self.idle().pop();
        match idle {
            // It may have died of the file before, or be too large already. Time is counted for each file anew.
            Some(used) => ask(used).or_else(|failure| match failure {
                Failure::OutOfTime => Err(failure),
                _ => self.start().and_then(ask),
            }),
            None => self.start().and_then(ask),
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().expect("nobody panics with the list of idle workers in hand")
    }

    fn start(&self) -> Result<Worker, Failure> {
        let not_started = |error: io::Error| Failure::NotStarted(error.to_string());
        let mut child = Command::new(&self.program)
            .arg(COMMAND)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(not_started)?;
        let (Some(stdin), Some(stdout), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(not_started(io::ErrorKind::BrokenPipe.into()));
        };
        Ok(Worker { child, stdin, stdout: BufReader::new(stdout), stderr })
    }

    /// Has this worker answer, and keeps it if it did.
    fn ask<T: Send>(&self, mut worker: Worker, request: &Request<'_>, hear: Hear<T>) -> Result<T, Failure> {
        match worker.answer(request, hear)? {
            Ok(answer) => {
                if request.bytes.len() < LARGE {
                    self.idle().push(worker);
                }
                Ok(answer)
            }
            Err(_) => Err(worker.cause()),
        }
    }
}

impl Worker {
    /// Hands the file over and hears what came of it, and ends the process when its time is over. A process that has
    /// died does not take it all.
    fn answer<T: Send>(&mut self, request: &Request<'_>, hear: Hear<T>) -> Result<io::Result<T>, Failure> {
        let Self { child, stdin, stdout, .. } = self;
        let &Request { asked, bytes, file, limits, eras } = request;
        let time = Duration::from_secs(limits.seconds.saturating_mul(BUSY));
        thread::scope(|scope| {
            let (tell, told) = mpsc::channel();
            let attendant = thread::Builder::new().spawn_scoped(scope, move || {
                let _ = protocol::ask(stdin, asked, (bytes, file), limits, eras);
                // Nobody listens any more once the time is over.
                let _ = tell.send(hear(stdout, limits));
            });
            let answer = attendant
                .map_err(|error| Failure::NotStarted(error.to_string()))
                .and_then(|_| told.recv_timeout(time).map_err(|_| Failure::OutOfTime));
            if answer.is_err() {
                // It may have ended by itself in this moment. Its end closes the pipes, on which the attendant waits.
                let _ = child.kill();
            }
            answer
        })
    }

    /// Why the process ended, or answered nonsense.
    fn cause(mut self) -> Failure {
        // If it lives, it has said nothing.
        let _ = self.child.kill();
        let mut words = Vec::new();
        let _ = (&mut self.stderr).take(LAST_WORDS).read_to_end(&mut words);
        let Ok(status) = self.child.wait() else { return Failure::Crashed };
        // The words of Rust's own runtime.
        let is_full = String::from_utf8_lossy(&words).contains("memory allocation of");
        match (ran_out_of_time(status), is_full) {
            (true, _) => Failure::OutOfTime,
            (false, true) => Failure::OutOfMemory,
            (false, false) => Failure::Crashed,
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Whatever became of it, it is not left behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Failure {
    fn problem(self, limits: &Limits) -> Problem {
        let unreadable = |damage, detail| Problem::FileUnreadable { damage, detail: Detail(detail) };
        let too_large = |size, most| Problem::SheetTooLarge { size, found: most, most };
        match self {
            Self::NotStarted(why) => unreadable(Damage::NotTried, Some(why)),
            Self::OutOfTime => too_large(Size::Seconds, limits.seconds),
            Self::OutOfMemory => too_large(Size::Memory, limits.memory_mib),
            Self::Crashed => unreadable(Damage::Crashed, None),
        }
    }
}

#[cfg(unix)]
fn ran_out_of_time(status: ExitStatus) -> bool {
    std::os::unix::process::ExitStatusExt::signal(&status) == Some(SIGXCPU)
}

#[cfg(not(unix))]
fn ran_out_of_time(status: ExitStatus) -> bool {
    status.code().and_then(|code| u32::try_from(code).ok()) == Some(OUT_OF_TIME)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use tempfile::TempDir;

    const ANSWER: &str = "echo '{\"sheets\":[],\"findings\":[]}'";

    /// Takes a file of 1 MiB: no process may be left that holds a pipe.
    const EAT: &str = "head -c 1048576 >/dev/null";

    fn nothing_to_say() -> Noted<Vec<RawSheet>> {
        Noted { value: Vec::new(), findings: Vec::new() }
    }

    /// Workers that are a few lines of shell; each leaves a line in `starts` beside the script.
    fn workers(script: &str) -> (Workers, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("program");
        fs::write(&program, format!("#!/bin/sh\necho . >>\"${{0%/*}}/starts\"\n{script}\n")).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        (Workers::new(program), folder)
    }

    fn starts(folder: &TempDir) -> usize {
        fs::read_to_string(folder.path().join("starts")).unwrap().lines().count()
    }

    /// What comes of a packed file of so many bytes.
    fn read(workers: &Workers, length: usize) -> Noted<Vec<RawSheet>> {
        let mut bytes = b"PK\x03\x04".to_vec();
        bytes.resize(length, 0);
        let limits = Limits { seconds: 1, ..Limits::default() };
        workers.read(&bytes, "a.xlsx", &limits, Eras::reiwa())
    }

    // One test: a program that is being written must not be inherited by another that is being started.
    #[test]
    fn every_end_of_a_worker_is_told_apart_and_one_that_lives_is_kept() {
        let problem = |failure: Failure| failure.problem(&Limits { seconds: 1, ..Limits::default() });
        let none = read(&Workers::new("/nowhere/at/all"), 9).findings.remove(0);
        assert!(matches!(none.problem, Problem::FileUnreadable { damage: Damage::NotTried, .. }));
        for (script, failure) in [
            ("test \"$1\" = worker || exit 1; EAT; ANSWER", None),
            ("exit 0", Some(Failure::Crashed)),
            ("EAT; echo '{}'", Some(Failure::Crashed)),
            ("kill -ABRT $$", Some(Failure::Crashed)),
            ("yes >&2 & sleep 0.1; kill $!; exit 1", Some(Failure::Crashed)),
            ("echo memory allocation of 5 bytes failed >&2; kill -ABRT $$", Some(Failure::OutOfMemory)),
            ("kill -XCPU $$", Some(Failure::OutOfTime)),
            ("exec sleep 60", Some(Failure::OutOfTime)),
            ("exec cat >&2", Some(Failure::OutOfTime)),
        ] {
            let (workers, _folder) = workers(&script.replace("ANSWER", ANSWER).replace("EAT", EAT));
            let findings = read(&workers, 1 << 20).findings;
            let problems: Vec<Problem> = findings.into_iter().map(|finding| finding.problem).collect();
            assert_eq!(problems, Vec::from_iter(failure.map(problem)), "{script}");
        }

        let (patient, folder) = workers(&format!("while read -r line; do {ANSWER}; done"));
        for _ in 0..3 {
            assert_eq!(read(&patient, 9), nothing_to_say());
        }
        assert_eq!(starts(&folder), 1);
        // One that was kept and has died takes no file down.
        let (mortal, folder) = workers(&format!("read -r line; {ANSWER}"));
        for _ in 0..3 {
            assert_eq!(read(&mortal, 9), nothing_to_say());
        }
        assert_eq!(starts(&folder), 3);
        // One that has read a large file is not kept.
        let (large, folder) = workers(&format!("{EAT}; {ANSWER}; {EAT}; {ANSWER}"));
        for _ in 0..2 {
            assert_eq!(read(&large, LARGE), nothing_to_say());
        }
        assert_eq!(starts(&folder), 2);
    }
}
