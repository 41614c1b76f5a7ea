//! Panics of the libraries that read files: caught, and kept off the terminal.
//!
//! A caught panic has already been reported by the process's panic hook, on standard error, in words that mean
//! nothing to the reader. The program installs a hook that is silent while a file is read; a library that
//! only uses this crate keeps the hook that it has.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};

thread_local! {
    /// Whether this thread is within [`catch`].
    static CATCHING: Cell<bool> = const { Cell::new(false) };
}

/// Makes the process's panic hook silent about panics that reading a file catches. For programs, once, at their
/// start.
pub fn quiet_caught_panics() {
    let loud = take_hook();
    set_hook(Box::new(move |info| {
        if !CATCHING.get() {
            loud(info);
        }
    }));
}

/// Runs a reader; `None` if it panicked.
pub(super) fn catch<T>(read: impl FnOnce() -> T) -> Option<T> {
    let before = CATCHING.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(read));
    CATCHING.set(before);
    outcome.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_the_reader_alone() {
        assert_eq!(catch(|| 5), Some(5));
        assert_eq!(catch(|| catch(|| Vec::<u32>::new()[0]).is_none() && CATCHING.get()), Some(true));
        assert!(!CATCHING.get());
    }
}
