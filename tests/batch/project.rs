//! Throw-away projects of small documents, and the command run in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Only what is quick to make.
const TEMPLATE: &str = r#"
kaitei = 2
document.title = "一覧"
output.formats = ["data", "json"]
fields = [
    { key = "indicator", role = "name" }, { key = "project_no", role = "number" },
    { key = "baseline", role = "baseline" }, { key = "target", role = "target" },
    { key = "disposition", role = "disposition", choices = [{ code = "1", label = "維持" }, { code = "2", label = "修正" }] },
    { key = "new_target", role = "new_target" }, { key = "reason", role = "reason" },
]
columns = [
    { title = "指標", fields = ["indicator"], width = 20 },
    { title = "目標", fields = ["target"], width = 8 },
    { title = "取扱", fields = ["disposition"], width = 4 },
]
"#;

/// A folder's files by name, without those of a running or ended build.
pub(crate) type Set = BTreeMap<String, Vec<u8>>;

pub(crate) struct Project {
    folder: tempfile::TempDir,
    pub(crate) documents: Vec<String>,
}

pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The release build, if there is one to be tested.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("KAITEI_BIN").map_or_else(|| env!("CARGO_BIN_EXE_kaitei").into(), Into::into)
}

impl Project {
    /// So many documents, named `d0000` and so on, with an input file each.
    pub(crate) fn of(count: usize) -> Self {
        let documents: Vec<String> = (0..count).map(|number| format!("d{number:04}")).collect();
        let project = Self { folder: tempfile::tempdir().unwrap(), documents };
        for document in &project.documents {
            project.write(&format!("templates/{document}.toml"), TEMPLATE.as_bytes());
        }
        project.fill_in("3件");
        project
    }

    /// Gives every document an input whose indicators have this target.
    pub(crate) fn fill_in(&self, target: &str) {
        for document in &self.documents {
            self.write(&format!("input/{document}/a.csv"), form(target).as_bytes());
        }
    }

    /// Four documents: one as it should be, one with odd texts and names that look like something else, one without
    /// input, one with a wrong template.
    pub(crate) fn odd() -> Self {
        let project = Self::of(4);
        let odd = "<img src=x onerror=alert(1)>&amp; \u{1b}[31m\u{202e}%0A|`*";
        let row = |indicator: &str| format!("指標,目標,取扱\n指標{indicator},3件,\"{odd}\n::error::x\"\n");
        project.write("input/d0001/a,b：c%25.csv", row("11").as_bytes());
        project.write("input/d0001/福祉部/<b>.csv", row("12").as_bytes());
        project.write("input/d0001/福祉部/二.csv", row("13").as_bytes());
        fs::remove_dir_all(project.path().join("input/d0002")).unwrap();
        project.write("templates/d0003.toml", b"kaitei = 2\ntitel = 1");
        project
    }

    /// What a check says, as data; without failures.
    pub(crate) fn findings(&self) -> Vec<serde_json::Value> {
        let check = self.run(&["check", "--format", "json"]);
        let items: Vec<serde_json::Value> = serde_json::from_str(&check.stdout).unwrap();
        items.into_iter().filter(|item| item["origin"].is_object()).collect()
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).args(["--lang", "en"]).current_dir(self.path());
        for name in ["SOURCE_DATE_EPOCH", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"] {
            command.env_remove(name);
        }
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments))
    }

    /// Runs the command and expects success.
    pub(crate) fn does(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, Some(0), "{arguments:?}: {}{}", run.stdout, run.stderr);
        run.stdout
    }

    /// The files in a document's output folder; none if there is no folder.
    pub(crate) fn set(&self, document: &str) -> Option<Set> {
        let entries = fs::read_dir(self.path().join("output").join(document)).ok()?;
        let read = |path: PathBuf| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())
        };
        Some(entries.map(|entry| read(entry.unwrap().path())).collect())
    }

    /// All documents' sets.
    pub(crate) fn sets(&self) -> Vec<Option<Set>> {
        self.documents.iter().map(|document| self.set(document)).collect()
    }

    /// What is in the output folder beside the documents' folders.
    pub(crate) fn litter(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path().join("output")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        names
            .filter(|name| !self.documents.contains(name))
            .filter(|name| name.contains("kaitei-new") || name.contains("kaitei-stage"))
            .collect()
    }
}

impl Run {
    /// Standard error of a build without its last line, which says how long it took.
    pub(crate) fn words(&self) -> String {
        let (words, time) = self.stderr.trim_end().rsplit_once('\n').unwrap();
        assert!(time.starts_with("time: "), "{time}");
        words.to_owned()
    }

    pub(crate) fn of(mut command: Command) -> Self {
        let output = command.output().unwrap();
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A form of a few indicators with this target.
pub(crate) fn form(target: &str) -> String {
    let rows: Vec<String> = (1..=8).map(|number| format!("指標{number},{target},維持\n")).collect();
    format!("指標,目標,取扱\n{}", rows.concat())
}
