//! The command `kaitei`.

use std::process::ExitCode;

fn main() -> ExitCode {
    kaitei::cli::run(std::env::args_os())
}
