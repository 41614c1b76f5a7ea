//! `kaitei taste`, which nobody types: tries out a file for another process of this program, which is not to die
//! of it.

use super::Exit;
use super::args::TasteArgs;
use crate::diagnostic::message;
use crate::error::Error;
use crate::ingest::{self, Taster};
use crate::model::Limits;
use std::io::Read as _;
use std::path::Path;

/// Reads the file on standard input as a build would, within the limits of the machine as well.
pub(super) fn run(args: &TasteArgs) -> Result<Exit, Error> {
    let limits: Limits = serde_json::from_str(&args.limits)
        .map_err(|e| Error::usage(message(e.to_string(), e.to_string())))?;
    let stdin = std::io::stdin();
    let mut bytes = Vec::new();
    stdin.lock().read_to_end(&mut bytes).map_err(|e| Error::io(Path::new("(standard input)"), &e))?;
    confine(&limits);
    drop(ingest::read(&bytes, "", &limits));
    Ok(Exit::Done)
}

/// This program, as it runs. On Linux that is a file even if it has been deleted or replaced since.
pub(super) fn taster() -> Taster {
    let own = Path::new("/proc/self/exe");
    if cfg!(target_os = "linux") && own.exists() {
        return Taster::new(own);
    }
    // If the system does not tell, the one that would run by its name; if there is none, files are refused.
    Taster::new(std::env::current_exe().unwrap_or_else(|_| env!("CARGO_PKG_NAME").into()))
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
