//! Trying out a file in another process, so that one that crashes, or asks for all memory or time, takes nothing
//! else down.
//!
//! The libraries that read Excel 97–2003, xlsb and encrypted files believe what a file says of its own sizes, and
//! a failed allocation ends the process: no panic to catch. So the program starts itself once more, hands the
//! file over, and the other process reads it as this one would, within limits. If it comes to its end, this
//! process reads the file itself: the same program on the same bytes ends in the same way. Nothing is handed
//! back, so that sheets and findings need no form for the journey; these formats are rare and read in
//! milliseconds, twice costs nothing.
//!
//! Where no process can be started, the file is refused: to read it anyhow would be what this is here to prevent.
//! Users of the library who have no such program read without.

use super::limits::mib;
use super::trouble::Refusal;
use crate::finding::Size;
use crate::model::Limits;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The argument by which the program knows that it is to try out a file; the limits follow as JSON, the file comes
/// on standard input. Ends with success if the file was read or explained.
pub const COMMAND: &str = "probe";

/// The clock runs as many times faster than the processor's time on a busy machine.
const BUSY: u64 = 4;
/// As much of what the process says at its end as is looked at.
const LAST_WORDS: u64 = 1 << 16;
/// Sent when the limit of processor time is reached, on all Unix systems.
#[cfg(unix)]
const SIGXCPU: i32 = 24;

/// The program that tries out files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    program: PathBuf,
}

impl Probe {
    /// A program that knows [`COMMAND`].
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into() }
    }

    /// Lets the other process read the file.
    pub(super) fn probe(&self, bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
        let untasted = |e: &dyn std::fmt::Display| Refusal::Untasted(e.to_string());
        let limits_json = serde_json::to_string(limits).map_err(|e| untasted(&e))?;
        let mut child = Command::new(&self.program)
            .arg(COMMAND)
            .arg(limits_json)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| untasted(&e))?;
        let last_words = attend(&mut child, bytes, limits);
        // Whatever became of it, it is not left behind.
        let status = child.wait().map_err(|e| untasted(&e))?;
        match last_words.map_err(|e| untasted(&e))? {
            None => Err(out_of_time(limits)),
            Some(_) if status.success() => Ok(()),
            Some(words) => Err(cause(status, &words, limits)),
        }
    }
}

/// Feeds the process and hears it out, and ends it when its time is over: `None`. The pipe of its last words is
/// closed when it ends, in whatever way, so waiting for that needs no clock to look at.
fn attend(child: &mut Child, bytes: &[u8], limits: &Limits) -> io::Result<Option<String>> {
    let (Some(stdin), Some(stderr)) = (child.stdin.take(), child.stderr.take()) else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    let time = Duration::from_secs(limits.seconds.saturating_mul(BUSY));
    thread::scope(|scope| {
        let (tell, told) = mpsc::channel();
        let attendant = thread::Builder::new().spawn_scoped(scope, move || {
            // Nobody listens any more once the time is over.
            let _ = tell.send(feed(stdin, stderr, bytes));
        });
        let words = attendant.map(|_| told.recv_timeout(time).ok());
        if !matches!(words, Ok(Some(_))) {
            // It may have ended by itself in this moment.
            let _ = child.kill();
        }
        words
    })
}

/// Hands the file over and returns the process's last words. A process that has died does not take it all.
fn feed(mut stdin: ChildStdin, mut stderr: ChildStderr, bytes: &[u8]) -> String {
    let _ = stdin.write_all(bytes);
    drop(stdin);
    let mut words = Vec::new();
    let _ = stderr.by_ref().take(LAST_WORDS).read_to_end(&mut words);
    let _ = io::copy(&mut stderr, &mut io::sink());
    String::from_utf8_lossy(&words).into_owned()
}

/// Why the process ended without success.
fn cause(status: ExitStatus, words: &str, limits: &Limits) -> Refusal {
    if ran_out_of_time(status) {
        out_of_time(limits)
    } else if words.contains("memory allocation of") {
        // The words of Rust's own runtime.
        Refusal::too_many_bytes(Size::Memory, mib(limits.memory_mib), limits.memory_mib)
    } else {
        Refusal::Crashed
    }
}

fn out_of_time(limits: &Limits) -> Refusal {
    Refusal::too_large(Size::Seconds, limits.seconds, limits.seconds)
}

#[cfg(unix)]
fn ran_out_of_time(status: ExitStatus) -> bool {
    std::os::unix::process::ExitStatusExt::signal(&status) == Some(SIGXCPU)
}

#[cfg(not(unix))]
fn ran_out_of_time(_: ExitStatus) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a program of a few lines of shell makes of a file of 1 MiB.
    #[cfg(unix)]
    fn probe(script: &str) -> Result<(), Refusal> {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("program");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        let limits = Limits { seconds: 1, ..Limits::default() };
        Probe::new(program).probe(&vec![0; 1 << 20], &limits)
    }

    // One test: a program that is being written must not be inherited by another that is being started.
    #[test]
    fn every_end_of_the_process_is_told_apart() {
        let none = Probe::new("/nowhere/at/all").probe(b"", &Limits::default());
        assert!(matches!(none, Err(Refusal::Untasted(_))));
        #[cfg(unix)]
        for (script, outcome) in [
            ("cat >/dev/null", Ok(())),
            ("exit 0", Ok(())),
            ("test \"$1\" = probe && test \"${2#*file_mib}\" != \"$2\"", Ok(())),
            ("exit 2", Err(Refusal::Crashed)),
            ("kill -ABRT $$", Err(Refusal::Crashed)),
            ("yes >&2 & sleep 0.1; kill $!; exit 1", Err(Refusal::Crashed)),
            (
                "echo memory allocation of 5 bytes failed >&2; kill -ABRT $$",
                Err(Refusal::too_large(Size::Memory, 384, 384)),
            ),
            ("kill -XCPU $$", Err(Refusal::too_large(Size::Seconds, 1, 1))),
            ("exec sleep 60", Err(Refusal::too_large(Size::Seconds, 1, 1))),
            ("cat >/dev/null; exec sleep 60", Err(Refusal::too_large(Size::Seconds, 1, 1))),
        ] {
            assert_eq!(probe(script), outcome, "{script}");
        }
    }
}
