//! The limits of a process that reads a file: its memory, and the processor time that it has from now on.

use crate::model::Limits;

/// Limits this process. A system that cannot has the other process's clock.
#[cfg(unix)]
pub(super) fn confine(limits: &Limits) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};
    // The bound above stays what it is: the next file's limits may be wider.
    let limit = |resource, current: u64| {
        let maximum = getrlimit(resource).maximum;
        let current = Some(maximum.map_or(current, |maximum| current.min(maximum)));
        let _ = setrlimit(resource, Rlimit { current, maximum });
    };
    #[cfg(not(target_os = "openbsd"))]
    limit(Resource::As, limits.memory_mib << 20);
    // A part of a second counts as one.
    let used = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or_default() + 1;
    limit(Resource::Cpu, used.saturating_add(limits.seconds));
    // Nobody looks into what a crash leaves behind.
    limit(Resource::Core, 0);
}

/// Limits this process, which does so itself: a job object would, but none of the safe interfaces to it limits both.
#[cfg(windows)]
pub(super) fn confine(limits: &Limits) {
    windows::confine(limits);
}

#[cfg(windows)]
mod windows {
    use crate::batch::OUT_OF_TIME;
    use crate::model::Limits;
    use cap::Cap;
    use std::alloc::System;
    use std::sync::Once;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;
    use std::time::Duration;
    use winsafe::{FILETIME, HPROCESS};

    /// All that is allocated. What the limit does not leave is not there, as if the machine had no more.
    #[global_allocator]
    static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

    /// Between two looks at the processor time.
    const PAUSE: Duration = Duration::from_millis(200);
    /// Of a second, the part in which Windows counts.
    const TICKS: u64 = 10_000_000;

    /// The processor time at which this process ends.
    static END: AtomicU64 = AtomicU64::new(u64::MAX);
    static WATCH: Once = Once::new();

    pub(super) fn confine(limits: &Limits) {
        let most = usize::try_from(limits.memory_mib << 20).unwrap_or(usize::MAX);
        if MEMORY.set_limit(most).is_err() {
            // More is in use already: no more.
            let _ = MEMORY.set_limit(MEMORY.allocated());
        }
        END.store(used().saturating_add(limits.seconds.saturating_mul(TICKS)), Ordering::Relaxed);
        WATCH.call_once(|| {
            // Without it there is the other process's clock.
            let _ = thread::Builder::new().spawn(watch);
        });
    }

    fn watch() {
        while used() < END.load(Ordering::Relaxed) {
            thread::sleep(PAUSE);
        }
        let _ = HPROCESS::GetCurrentProcess().TerminateProcess(OUT_OF_TIME);
    }

    /// The processor time of this process, in ticks.
    fn used() -> u64 {
        let ticks = |time: FILETIME| u64::from(time.dwHighDateTime) << 32 | u64::from(time.dwLowDateTime);
        HPROCESS::GetCurrentProcess()
            .GetProcessTimes()
            .map_or(0, |(_, _, kernel, user)| ticks(kernel) + ticks(user))
    }
}
