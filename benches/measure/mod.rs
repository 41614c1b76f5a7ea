//! Measuring: processor time (Unix) and peak memory (Linux).

use std::process::Command;
use std::time::Duration;

/// Times that something is done; the fastest counts.
const TIMES: usize = 5;
/// What is short is done many times over, for the clock to see it.
const LONG: Duration = Duration::from_millis(200);

/// Processor time of the fastest of several runs; nothing where that cannot be told.
pub(crate) fn cpu_time_of(run: impl Fn()) -> Duration {
    let mut often = 1;
    while cpu_time() > Duration::ZERO && cpu_time_of_all(often, &run) < LONG {
        often *= 2;
    }
    (0..TIMES).map(|_| cpu_time_of_all(often, &run) / often).min().unwrap_or_default()
}

fn cpu_time_of_all(often: u32, run: &impl Fn()) -> Duration {
    let start = cpu_time();
    (0..often).for_each(|_| run());
    cpu_time().saturating_sub(start)
}

/// Time that this process has had on a processor.
#[cfg(unix)]
fn cpu_time() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::ProcessCPUTime).try_into().unwrap_or_default()
}

/// Nothing tells it.
#[cfg(not(unix))]
fn cpu_time() -> Duration {
    Duration::ZERO
}

/// Prints the memory in KiB that this process has had at its peak.
#[expect(clippy::print_stdout, reason = "the parent reads it")]
pub(crate) fn print_peak() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    println!("{}", peak.trim().trim_end_matches("kB").trim());
}

/// Peak memory in MiB of this program run with arguments; 0 where that cannot be told.
pub(crate) fn peak_of(arguments: &[&str]) -> u64 {
    let this = std::env::current_exe().expect("a running program");
    let output = Command::new(this).args(arguments).output().expect("this program starts again");
    let kib: u64 = String::from_utf8_lossy(&output.stdout).trim().parse().unwrap_or(0);
    kib >> 10
}
