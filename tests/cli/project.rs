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
