//! `kaitei probe`, which nobody types and no help names: tries out a file for another process of this program,
//! which is not to die of it.

use super::Exit;
use crate::ingest::{self, Probe, TASTE};
use crate::model::{Eras, Limits};
use std::ffi::OsString;
use std::io::Read as _;
use std::path::Path;

/// If that is what the arguments ask for: reads the file on standard input as a build would, with no more memory
/// and time than the limits say.
pub(super) fn run(arguments: &[OsString]) -> Option<Exit> {
    let [_, command, limits] = arguments else { return None };
    if command != TASTE {
        return None;
    }
    let limits: Option<Limits> = limits.to_str().and_then(|limits| serde_json::from_str(limits).ok());
    let Some(limits) = limits else { return Some(Exit::Usage) };
    let mut bytes = Vec::new();
    if std::io::stdin().lock().read_to_end(&mut bytes).is_err() {
        return Some(Exit::Io);
    }
    confine(&limits);
    drop(ingest::read(&bytes, "", &limits, Eras::reiwa()));
    Some(Exit::Done)
}

/// This program, as it runs. On Linux that is a file even if it has been deleted or replaced since.
pub(super) fn probe() -> Probe {
    let own = Path::new("/proc/self/exe");
    if cfg!(target_os = "linux") && own.exists() {
        return Probe::new(own);
    }
    // If the system does not tell, the one that would run by its name; if there is none, files are refused.
    Probe::new(std::env::current_exe().unwrap_or_else(|_| env!("CARGO_PKG_NAME").into()))
}

/// Limits the memory and the processor time of this process. A system that cannot has the other process's clock.
#[cfg(unix)]
fn confine(limits: &Limits) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = |resource, current, maximum| {
        let _ = setrlimit(resource, Rlimit { current: Some(current), maximum: Some(maximum) });
    };
    #[cfg(not(target_os = "openbsd"))]
    limit(Resource::As, limits.memory_mib << 20, limits.memory_mib << 20);
    // At the first of them the process is told why it ends, at the second it is killed.
    limit(Resource::Cpu, limits.seconds, limits.seconds + 1);
    // Nobody looks into what a crash leaves behind.
    limit(Resource::Core, 0, 0);
}

#[cfg(not(unix))]
fn confine(_: &Limits) {}
