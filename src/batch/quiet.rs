//! Panics of the libraries that read files, kept off the terminal.
//!
//! A panic that reading catches has already been reported by the process's panic hook, on standard error, in words that
//! mean nothing to the reader. The program installs a hook that is silent while a file is read.

use std::cell::Cell;
use std::panic::{set_hook, take_hook};

thread_local! {
    /// Whether this thread is within [`quietly`].
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Makes the process's panic hook silent about panics while a file is read. Once, at the program's start.
pub fn quiet_caught_panics() {
    let loud = take_hook();
    set_hook(Box::new(move |info| {
        if !READING.get() {
            loud(info);
        }
    }));
}

/// Reads a file.
pub(super) fn quietly<T>(read: impl FnOnce() -> T) -> T {
    let _quiet = Quiet(READING.replace(true));
    read()
}

/// What was so before; it is so again even after a panic that reading does not catch.
struct Quiet(bool);

impl Drop for Quiet {
    fn drop(&mut self) {
        READING.set(self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::catch_unwind;

    #[test]
    fn it_is_quiet_while_a_file_is_read_alone() {
        assert_eq!(quietly(|| (quietly(|| 5), READING.get())), (5, true));
        assert!(catch_unwind(|| quietly(|| Vec::<u32>::new()[0])).is_err());
        assert!(!READING.get());
    }
}
