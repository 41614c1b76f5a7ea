//! The command `kaitei`.

fn main() {}
