//! A throw-away copy of the sample project, and the command run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) const SAMPLE: &str = "meguro-2020";

pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) struct Project(tempfile::TempDir);

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaitei"));
    command.args(arguments).current_dir(folder).env("LC_ALL", "C.UTF-8");
    for name in ["SOURCE_DATE_EPOCH", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"] {
        command.env_remove(name);
    }
    command
}

pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let output = command(folder, arguments).output().unwrap();
    Run {
        code: output.status.code().expect("the command ends by itself"),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Project {
    /// One document of this repository in a folder of its own.
    pub(crate) fn sample() -> Self {
        Self::of(SAMPLE)
    }

    /// Another document of this repository, under the sample's name.
    pub(crate) fn of(document: &str) -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        let template = fs::read(root().join(format!("templates/{document}.toml"))).unwrap();
        project.write(&format!("templates/{SAMPLE}.toml"), &template);
        for entry in fs::read_dir(root().join("input").join(document)).unwrap() {
            let path = entry.unwrap().path();
            project.add_input(&path.file_name().unwrap().to_string_lossy(), &fs::read(&path).unwrap());
        }
        project
    }

    /// The sample's template, perhaps changed, with other input.
    pub(crate) fn with(template: &[u8], inputs: &[(&str, &[u8])]) -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        project.write(&format!("templates/{SAMPLE}.toml"), template);
        for (name, bytes) in inputs {
            project.add_input(name, bytes);
        }
        project
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn add_input(&self, name: &str, bytes: &[u8]) {
        self.write(&format!("input/{SAMPLE}/{name}"), bytes);
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        command(self.path(), arguments)
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        run_in(self.path(), arguments)
    }

    fn folder(&self) -> PathBuf {
        self.path().join("output").join(SAMPLE)
    }

    pub(crate) fn output(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder().join(name)).unwrap()
    }

    /// Names of the output files, sorted; hidden ones included.
    pub(crate) fn outputs(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.folder()) else { return Vec::new() };
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// The shell of a password-protected workbook: a compound file (MS-CFB) with an `EncryptedPackage` stream.
pub(crate) fn encrypted_workbook() -> Vec<u8> {
    const SECTOR: usize = 512;
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    let mut file = vec![0u8; SECTOR];
    file[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    let put16 = |file: &mut Vec<u8>, at: usize, n: u16| file[at..at + 2].copy_from_slice(&n.to_le_bytes());
    let put32 = |file: &mut Vec<u8>, at: usize, n: u32| file[at..at + 4].copy_from_slice(&n.to_le_bytes());
    for (at, n) in [(24, 0x3E), (26, 3), (28, 0xFFFE), (30, 9), (32, 6)] {
        put16(&mut file, at, n);
    }
    // One FAT sector (0), directory in sector 1, no mini FAT, no more DIFAT sectors.
    for (at, n) in [(44, 1), (48, 1), (56, 4096), (60, END), (68, END), (76, 0)] {
        put32(&mut file, at, n);
    }
    for at in (80..SECTOR).step_by(4) {
        put32(&mut file, at, FREE);
    }
    // FAT: itself, the directory, then eight sectors of the package.
    let mut fat = vec![0u8; SECTOR];
    for at in (0..SECTOR).step_by(4) {
        put32(&mut fat, at, FREE);
    }
    put32(&mut fat, 0, 0xFFFF_FFFD);
    put32(&mut fat, 4, END);
    for sector in 2..10u32 {
        put32(&mut fat, sector as usize * 4, if sector == 9 { END } else { sector + 1 });
    }
    let mut directory = vec![0u8; SECTOR];
    // Name, its bytes with the terminator, kind, child, first sector, size; two entries are unused.
    for (entry, name, length, kind, child, start, size) in [
        (0, "Root Entry", 22, 5u8, 1, END, 0u32),
        (1, "EncryptedPackage", 34, 2, FREE, 2, 4096),
        (2, "", 0, 0, FREE, 0, 0),
        (3, "", 0, 0, FREE, 0, 0),
    ] {
        let at = entry * 128;
        for (i, unit) in name.encode_utf16().enumerate() {
            put16(&mut directory, at + 2 * i, unit);
        }
        put16(&mut directory, at + 64, length);
        directory[at + 66] = kind;
        directory[at + 67] = 1;
        for (offset, n) in [(68, FREE), (72, FREE), (76, child), (116, start), (120, size)] {
            put32(&mut directory, at + offset, n);
        }
    }
    file.extend(fat);
    file.extend(directory);
    file.extend(vec![0x5A; 8 * SECTOR]);
    file
}
