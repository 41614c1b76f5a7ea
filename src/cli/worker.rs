//! `kaitei worker`, which nobody types and no help names: reads files for another process of this program, which is
//! not to die of them.

use super::Exit;
use super::confine::confine;
use crate::batch::protocol::Request;
use crate::batch::{WORKER, Workers};
use signal_hook::consts::{SIGINT, SIGTERM};
use std::ffi::OsString;
use std::io::{BufWriter, stdin, stdout};
use std::path::Path;

/// If that is what the arguments ask for: answers the requests on standard input, each with no more memory and time
/// than its limits say.
pub(super) fn run(arguments: &[OsString]) -> Option<Exit> {
    let [_, command] = arguments else { return None };
    if command != WORKER {
        return None;
    }
    for signal in [SIGINT, SIGTERM] {
        // What ends a build is for the build to hear: it finishes the documents that it has begun, and then this ends.
        let _ = signal_hook::flag::register(signal, std::sync::Arc::default());
    }
    let (mut requests, mut answers) = (stdin().lock(), BufWriter::new(stdout().lock()));
    loop {
        match Request::next(&mut requests) {
            Ok(Some(request)) => {
                confine(request.limits());
                if request.answer(&mut answers).is_err() {
                    return Some(Exit::Io);
                }
            }
            Ok(None) => return Some(Exit::Done),
            Err(_) => return Some(Exit::Usage),
        }
    }
}

/// Workers of this program, as it runs. On Linux that is a file even if it has been deleted or replaced since.
pub(super) fn workers() -> Workers {
    let own = Path::new("/proc/self/exe");
    if cfg!(target_os = "linux") && own.exists() {
        return Workers::new(own);
    }
    // If the system does not tell, the one that would run by its name; if there is none, files are refused.
    Workers::new(std::env::current_exe().unwrap_or_else(|_| env!("CARGO_PKG_NAME").into()))
}
