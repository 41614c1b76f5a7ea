//! Hashes kaitei's own sources, so that a manifest tells which code made the files, even between two releases.
//!
//! The same sources give the same hash on every machine: it covers names and contents, not times, paths or the
//! compiler. Carriage returns do not count, which a checkout on Windows may add.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

fn main() -> io::Result<()> {
    let mut hasher = Sha256::new();
    for root in ["Cargo.lock", "Cargo.toml", "assets", "src"] {
        println!("cargo::rerun-if-changed={root}");
        for file in files(Path::new(root))? {
            let mut content = fs::read(&file)?;
            content.retain(|&byte| byte != b'\r');
            let name = file.to_string_lossy().replace('\\', "/");
            // With lengths, so that no two sets of files read the same.
            hasher.update(format!("{name} {}\n", content.len()));
            hasher.update(&content);
        }
    }
    let mut build = String::new();
    for byte in hasher.finalize() {
        write!(build, "{byte:02x}").expect("writing to a string does not fail");
    }
    println!("cargo::rustc-env=KAITEI_BUILD={build}");
    Ok(())
}

/// The files at or below a path, by name.
fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut entries: Vec<PathBuf> =
        fs::read_dir(path)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        found.extend(files(&entry)?);
    }
    Ok(found)
}
